"""Decree 77/2024/NĐ-CP: the merit standard of 2,789,000, from 1 July 2024 (sources CB55, PDNCC)."""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-77-2024",
    number="77/2024/NĐ-CP",
    kind="decree",
    title_vi="Mức hưởng trợ cấp, phụ cấp ưu đãi người có công với cách mạng",
    title_en="Amounts of allowances for people with merit",
    issued=date(2024, 7, 1),
    since=date(2024, 7, 1),
    source="CB55; PDNCC",
    mark=Mark.FULL_TEXT,
    numbers=(
        NumberValue(
            "merit_standard_vnd",
            2_789_000,
            "VND/month",
            "?",
            "CB55; PDNCC",
            Mark.FULL_TEXT,
            "Mức chuẩn người có công",
            "Merit standard",
        ),
        NumberValue(
            "merit_monthly_full_vnd",
            2_789_000,
            "VND/month",
            "?",
            "CB55; PDNCC",
            Mark.FULL_TEXT,
            "Trợ cấp giáo dục tháng, mức đủ",
            "Monthly education allowance, full rate",
        ),
        NumberValue(
            "merit_monthly_reduced_vnd",
            1_399_000,
            "VND/month",
            "?",
            "CB55; PDNCC",
            Mark.FULL_TEXT,
            "Trợ cấp giáo dục tháng, mức giảm",
            "Monthly education allowance, reduced rate",
        ),
    ),
)
