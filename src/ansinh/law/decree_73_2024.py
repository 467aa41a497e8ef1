"""Decree 73/2024/NĐ-CP: base salary from 1 July 2024."""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-73-2024",
    number="73/2024/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở và chế độ tiền thưởng",
    title_en="Base salary and bonuses",
    issued=date(2024, 6, 30),
    since=date(2024, 7, 1),
    source="DX161",
    mark=Mark.FULL_TEXT,
    numbers=(
        NumberValue(
            "base_salary_vnd", 2_340_000, "VND/month", "3.2", "DX161", Mark.FULL_TEXT, "Mức lương cơ sở", "Base salary"
        ),
    ),
)
