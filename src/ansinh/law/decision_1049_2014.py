"""Decision 1049/QĐ-TTg: communes in difficult areas, 2014 to 2015 (source VPL1049).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Ngày của Quyết định 1049/QĐ-TTg (năm 2014) chưa đọc được; đang lấy 26/6/2014.",
    "The day of Decision 1049/QĐ-TTg (2014) was not read; 26 June 2014 is used.",
)

DOCUMENT = Document(
    id="qd-1049-2014",
    number="1049/QĐ-TTg",
    kind="decision",
    title_vi="Danh mục đơn vị hành chính thuộc vùng khó khăn",
    title_en="Communes of difficult areas",
    issued=date(2014, 6, 26),
    since=date(2014, 6, 26),
    source="VPL1049",
    mark=Mark.UNCONFIRMED,
    doubts=(UNREAD,),
)
