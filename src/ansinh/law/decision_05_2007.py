"""Decision 05/2007/QĐ-UBDT: the three areas of the mountainous region, until 2013 (source TP447).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark

UNREAD = Doubt(
    "Quyết định 05/2007/QĐ-UBDT: chỉ biết ngày ban hành; ngày hiệu lực chưa đọc được, đang lấy ngày ban hành.",
    "Decision 05/2007/QĐ-UBDT: only the day of issue is known; it is used as the first day.",
)

DOCUMENT = Document(
    id="qd-05-2007",
    number="05/2007/QĐ-UBDT",
    kind="decision",
    title_vi="Công nhận ba khu vực vùng dân tộc thiểu số và miền núi",
    title_en="Three areas of the ethnic-minority and mountainous region",
    issued=date(2007, 9, 6),
    since=date(2007, 9, 6),
    source="TP447",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
)
