"""Decision 861/QĐ-TTg: 1,551 communes of area III, 210 of II and 1,673 of I; in force the same day; replaces 582, 103 and 72 (source TVPL861; DOKI861).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, Replaces

DOCUMENT = Document(
    id="qd-861-2021",
    number="861/QĐ-TTg",
    kind="decision",
    title_vi="Danh sách các xã khu vực III, II, I vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2021-2025",
    title_en="Communes of areas III, II and I, 2021 to 2025",
    issued=date(2021, 6, 4),
    since=date(2021, 6, 4),
    source="TVPL861; DOKI861",
    mark=Mark.SECONDARY,
    replaces=(
        Replaces("qd-582-2017"),
        Replaces("qd-103-2019"),
        Replaces("qd-72-2021"),
    ),
)
