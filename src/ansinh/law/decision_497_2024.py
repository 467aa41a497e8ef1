"""Decision 497/QĐ-UBDT: amends names and hamlets of Decision 612 (source ND238T).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 497/QĐ-UBDT: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 497/QĐ-UBDT: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-497-2024",
    number="497/QĐ-UBDT",
    kind="decision",
    title_vi="Điều chỉnh tên huyện, xã, thôn theo Quyết định 612/QĐ-UBDT",
    title_en="Amends the list of Decision 612/QĐ-UBDT",
    issued=date(2024, 7, 30),
    since=date(2024, 7, 30),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    doubts=(UNREAD,),
)
