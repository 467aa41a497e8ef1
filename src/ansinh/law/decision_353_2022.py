"""Decision 353/QĐ-TTg: coastal and island communes of 2021 to 2025 (source ND238T).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, Replaces

UNREAD = Doubt(
    "Quyết định 353/QĐ-TTg: ngày hiệu lực chưa đọc được, đang lấy ngày ban hành; danh sách sau năm 2025 không tìm thấy.",
    "Decision 353/QĐ-TTg: its first day was not read, its day of issue is used; no list after 2025 was found.",
)

DOCUMENT = Document(
    id="qd-353-2022",
    number="353/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách huyện nghèo, xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo giai đoạn 2021-2025",
    title_en="Poor districts; extremely difficult coastal and island communes, 2021 to 2025",
    issued=date(2022, 3, 15),
    since=date(2022, 3, 15),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("qd-131-2017"),),
    doubts=(UNREAD,),
)
