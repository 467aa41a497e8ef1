"""Decision 152/2007/QĐ-TTg: policy scholarships in the national education system. Cited only: Joint Circular 109/2009 carries it out.

Number and day of issue as named in a secondary page (source LN109); its text was not read. Joint Circular 42/2013 names its
scholarship as the one that excludes the scholarship of disabled learners.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

DOCUMENT = Document(
    id="qd-152-2007",
    number="152/2007/QĐ-TTg",
    kind="decision",
    title_vi="Học bổng chính sách đối với học sinh, sinh viên học tại các cơ sở giáo dục thuộc hệ thống giáo dục quốc dân",
    title_en="Policy scholarships of learners of the national education system",
    issued=date(2007, 9, 14),
    since=date(2007, 9, 14),
    source="LN109; PDNKT",
    mark=Mark.SECONDARY,
    doubts=(
        Doubt(
            "Chưa đọc được Quyết định 152/2007/QĐ-TTg: ngày hiệu lực (đang lấy ngày ban hành) và mức cho sinh viên cử tuyển, học viên cơ sở dạy nghề cho thương binh, người khuyết tật trước 01/9/2020 phải được đối chiếu.",
            "The text of Decision 152/2007 was not read: its first day (the day of issue is used) and what quota students and trainees of institutions for war invalids received before 1 September 2020 must be checked.",
        ),
    ),
)
