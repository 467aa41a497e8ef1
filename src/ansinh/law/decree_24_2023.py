"""Decree 24/2023/NĐ-CP: base salary from 1 July 2023.

The amount and its first day are read in secondary pages; the article was not.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-24-2023",
    number="24/2023/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2023, 5, 14),
    since=date(2023, 7, 1),
    source="QUA; PDTL2",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_800_000,
            "VND/month",
            "?",
            "QUA; PDTL2",
            Mark.SECONDARY,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
