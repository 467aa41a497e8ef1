"""Decision 900/QĐ-TTg: communes of Programme 135, 2017 to 2020 (source TVPL900).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 900/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 900/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-900-2017",
    number="900/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách xã đặc biệt khó khăn, xã biên giới, xã an toàn khu vào diện đầu tư của Chương trình 135 giai đoạn 2017-2020",
    title_en="Extremely difficult, border and safe-zone communes of Programme 135, 2017 to 2020",
    issued=date(2017, 6, 20),
    since=date(2017, 6, 20),
    source="TVPL900",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
