"""Decision 33/2020/QĐ-TTg: criteria of 2021 to 2025 (source DOKI861).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 33/2020/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 33/2020/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-33-2020",
    number="33/2020/QĐ-TTg",
    kind="decision",
    title_vi="Tiêu chí phân định vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2021-2025",
    title_en="Criteria of the ethnic-minority and mountainous region, 2021 to 2025",
    issued=date(2020, 11, 12),
    since=date(2020, 11, 12),
    source="DOKI861",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
