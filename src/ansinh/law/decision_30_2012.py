"""Decision 30/2012/QĐ-TTg: criteria of 2012 to 2015 (source TP447).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 30/2012/QĐ-TTg: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 30/2012/QĐ-TTg: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-30-2012",
    number="30/2012/QĐ-TTg",
    kind="decision",
    title_vi="Tiêu chí xác định thôn đặc biệt khó khăn, xã thuộc vùng dân tộc và miền núi giai đoạn 2012-2015",
    title_en="Criteria of extremely difficult hamlets and of communes by area, 2012 to 2015",
    issued=date(2012, 7, 18),
    since=date(2012, 7, 18),
    source="TP447",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
