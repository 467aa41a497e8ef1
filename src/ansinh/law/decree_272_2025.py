"""Decree 272/2025/NĐ-CP: criteria of 2026 to 2030; provinces approve their own lists under it (source TVND272).

It decides nothing by itself: places carry their class, dated by it.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, Replaces

UNREAD = Doubt(
    "Nghị định 272/2025/NĐ-CP: chỉ biết ngày ban hành; ngày hiệu lực và việc thay Quyết định 33/2020/QĐ-TTg là suy ra.",
    "Decree 272/2025/NĐ-CP: only the day of issue is known; its first day and that it replaces Decision 33/2020 are derived.",
)

DOCUMENT = Document(
    id="nd-272-2025",
    number="272/2025/NĐ-CP",
    kind="decree",
    title_vi="Phân định vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2026-2030",
    title_en="Criteria of the ethnic-minority and mountainous region, 2026 to 2030",
    issued=date(2025, 10, 16),
    since=date(2025, 10, 16),
    source="TVND272",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-33-2020"),),
    doubts=(UNREAD,),
)
