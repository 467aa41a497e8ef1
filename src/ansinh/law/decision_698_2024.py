"""Decision 698/QĐ-TTg: amends the list of Decision 861 (source ND238T).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 698/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 698/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-698-2024",
    number="698/QĐ-TTg",
    kind="decision",
    title_vi="Điều chỉnh danh sách xã theo Quyết định 861/QĐ-TTg",
    title_en="Amends the list of Decision 861/QĐ-TTg",
    issued=date(2024, 7, 19),
    since=date(2024, 7, 19),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    doubts=(UNREAD,),
)
