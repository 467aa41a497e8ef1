"""Decision 612/QĐ-UBDT: 13,222 hamlets, 11,179 of them in area III communes; in force the same day; replaces 433 (source VB612; TVPL612).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, Replaces

DOCUMENT = Document(
    id="qd-612-2021",
    number="612/QĐ-UBDT",
    kind="decision",
    title_vi="Danh sách thôn đặc biệt khó khăn vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2021-2025",
    title_en="Extremely difficult hamlets, 2021 to 2025",
    issued=date(2021, 9, 16),
    since=date(2021, 9, 16),
    source="VB612; TVPL612",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-433-2021"),),
)
