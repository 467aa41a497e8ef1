"""Decree 335/2026/NĐ-CP: the social-assistance standard of 540,000, in force 5 October 2026, counted from 1 July 2026.

Amount and days as the press has them (sources TT335, COMP26); 810,000 for a severely disabled adult is published there. Whether
groups and coefficients of Decree 20/2021 changed on 5 October 2026 was not read: those of Decree 20/2021 are used.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.rules import Document, Doubt, Mark, NumberValue

UNREAD = Doubt(
    "Chưa đọc được Nghị định 335/2026/NĐ-CP ngoài mức chuẩn 540.000 đồng: nhóm và hệ số đang lấy theo Nghị định 20/2021/NĐ-CP, phải được kiểm tra.",
    "Of Decree 335/2026 only the standard of 540,000 was read: groups and coefficients are those of Decree 20/2021 and must be checked.",
)

DOCUMENT = Document(
    id="nd-335-2026",
    number="335/2026/NĐ-CP",
    kind="decree",
    title_vi="Mức chuẩn trợ giúp xã hội",
    title_en="Social-assistance standard",
    issued=date(2026, 8, 21),
    since=date(2026, 10, 5),
    applies_from=Month(2026, 7),
    source="TT335; COMP26",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "social_standard_vnd",
            540_000,
            "VND/month",
            "?",
            "TT335; COMP26",
            Mark.SECONDARY,
            "Mức chuẩn trợ giúp xã hội",
            "Social-assistance standard",
            UNREAD,
        ),
    ),
    doubts=(UNREAD,),
)
