"""Decision 72/QĐ-TTg: amends the lists of Decision 582 (source DOKI861).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 72/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 72/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-72-2021",
    number="72/QĐ-TTg",
    kind="decision",
    title_vi="Điều chỉnh, bổ sung danh sách thôn, xã theo Quyết định 582/QĐ-TTg",
    title_en="Amends the lists of Decision 582/QĐ-TTg",
    issued=date(2021, 1, 16),
    since=date(2021, 1, 16),
    source="DOKI861",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
