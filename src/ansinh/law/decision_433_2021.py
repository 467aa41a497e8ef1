"""Decision 433/QĐ-UBDT: 2,027 hamlets outside area III communes (source VB612; TVPL612).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 433/QĐ-UBDT: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 433/QĐ-UBDT: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-433-2021",
    number="433/QĐ-UBDT",
    kind="decision",
    title_vi="Danh sách thôn đặc biệt khó khăn vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2021-2025",
    title_en="Extremely difficult hamlets, 2021 to 2025",
    issued=date(2021, 6, 18),
    since=date(2021, 6, 18),
    source="VB612; TVPL612",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
