"""Decision 1010/QĐ-TTg: communes in difficult areas, since 2018 (source ND238T).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, Replaces

UNREAD = Doubt(
    "Quyết định 1010/QĐ-TTg: ngày hiệu lực chưa đọc được, đang lấy ngày ban hành; việc thay Quyết định 1049/QĐ-TTg là suy ra.",
    "Decision 1010/QĐ-TTg: its first day was not read, its day of issue is used; that it replaces Decision 1049/QĐ-TTg is derived.",
)

DOCUMENT = Document(
    id="qd-1010-2018",
    number="1010/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách các đơn vị hành chính cấp xã thuộc vùng khó khăn",
    title_en="Communes of difficult areas",
    issued=date(2018, 8, 10),
    since=date(2018, 8, 10),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("qd-1049-2014"),),
    doubts=(UNREAD,),
)
