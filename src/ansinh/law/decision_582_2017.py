"""Decision 582/QĐ-TTg: 20,176 hamlets, 1,935 communes of area III, 2,018 of II and 1,313 of I; in force the same day (source TKL582).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, Replaces

DOCUMENT = Document(
    id="qd-582-2017",
    number="582/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách thôn đặc biệt khó khăn, xã khu vực III, II, I giai đoạn 2016-2020",
    title_en="Extremely difficult hamlets and communes of areas III, II and I, 2016 to 2020",
    issued=date(2017, 4, 28),
    since=date(2017, 4, 28),
    source="TKL582",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-447-2013"),),
)
