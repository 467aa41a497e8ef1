"""Decree 55/2023/NĐ-CP: the merit standard of 2,055,000, in force 5 September 2023, paid from 1 July 2023 (source CB55)."""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-55-2023",
    number="55/2023/NĐ-CP",
    kind="decree",
    title_vi="Mức hưởng trợ cấp, phụ cấp ưu đãi người có công với cách mạng",
    title_en="Amounts of allowances for people with merit",
    issued=date(2023, 7, 21),
    since=date(2023, 9, 5),
    applies_from=Month(2023, 7),
    source="CB55",
    mark=Mark.FULL_TEXT,
    numbers=(
        NumberValue(
            "merit_standard_vnd",
            2_055_000,
            "VND/month",
            "?",
            "CB55",
            Mark.FULL_TEXT,
            "Mức chuẩn người có công",
            "Merit standard",
        ),
        NumberValue(
            "merit_monthly_full_vnd",
            2_055_000,
            "VND/month",
            "?",
            "CB55",
            Mark.FULL_TEXT,
            "Trợ cấp giáo dục tháng, mức đủ",
            "Monthly education allowance, full rate",
        ),
        NumberValue(
            "merit_monthly_reduced_vnd",
            1_031_000,
            "VND/month",
            "?",
            "CB55",
            Mark.FULL_TEXT,
            "Trợ cấp giáo dục tháng, mức giảm",
            "Monthly education allowance, reduced rate",
        ),
    ),
)
