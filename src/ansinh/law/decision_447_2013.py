"""Decision 447/QĐ-UBDT: hamlets and communes of 2012 to 2015, in force the same day; replaces the lists before (source TP447; BD447).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, Replaces

DOCUMENT = Document(
    id="qd-447-2013",
    number="447/QĐ-UBDT",
    kind="decision",
    title_vi="Công nhận thôn đặc biệt khó khăn, xã khu vực I, II, III giai đoạn 2012-2015",
    title_en="Extremely difficult hamlets and communes of areas I, II and III, 2012 to 2015",
    issued=date(2013, 9, 19),
    since=date(2013, 9, 19),
    source="TP447; BD447",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-05-2007"),),
)
