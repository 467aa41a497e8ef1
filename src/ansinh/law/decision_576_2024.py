"""Decision 576/QĐ-TTg: nine coastal and island communes leave the list of Decision 353 (source ND238T).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 576/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 576/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-576-2024",
    number="576/QĐ-TTg",
    kind="decision",
    title_vi="Công nhận 9 xã bãi ngang, ven biển, hải đảo thoát khỏi tình trạng đặc biệt khó khăn",
    title_en="Nine coastal and island communes no longer extremely difficult",
    issued=date(2024, 6, 22),
    since=date(2024, 6, 22),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    doubts=(UNREAD,),
)
