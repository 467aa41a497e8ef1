"""Doubts that several documents share: what the tables cannot say yet, or a text leaves open."""

from __future__ import annotations

from ansinh.core.rules import Doubt

VOCATIONAL = Doubt(
    "Học sinh, sinh viên giáo dục nghề nghiệp được xét ở quyền lợi riêng (miễn, giảm học phí giáo dục nghề nghiệp); sinh viên đại học chưa được xét ở đây.",
    "Vocational learners are decided under a support of their own (tuition in vocational education); higher-education students are not decided here.",
    only="no",
)
DIFFICULT_AREA = Doubt(
    "“Vùng khó khăn” (Quyết định 1010/QĐ-TTg) chưa phải là dữ kiện: ở đây lấy xã khu vực I, II, III, thôn và xã ĐBKK.",
    "“Difficult areas” (Decision 1010/QĐ-TTg) are no fact yet: area I, II and III communes and extremely difficult places are used.",
)
NO_BORDER_FACT = Doubt(
    "Hệ thống chưa có dữ kiện về xã biên giới, núi cao, hải đảo: trẻ có cha mẹ thường trú ở các xã đó mà không phải xã ĐBKK phải được xét riêng.",
    "There is no fact for border, high-mountain or island communes: children of parents there, outside extremely difficult communes, must be looked at one by one.",
    only="no",
)
HARDSHIP = Doubt(
    "“Khó khăn về kinh tế” của trẻ khuyết tật được hiểu là hộ nghèo, cận nghèo: chưa đối chiếu với văn bản.",
    "“Economic difficulty” of a disabled child is read as a poor or near-poor household: not checked against the text.",
)
