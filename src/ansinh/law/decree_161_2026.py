"""Decree 161/2026/NĐ-CP: base salary from 1 July 2026.

Read in a text copy made by optical recognition.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-161-2026",
    number="161/2026/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2026, 5, 15),
    since=date(2026, 7, 1),
    source="DX161",
    mark=Mark.FULL_TEXT,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            2_530_000,
            "VND/month",
            "3.2",
            "DX161",
            Mark.FULL_TEXT,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
