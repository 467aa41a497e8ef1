"""Decree 38/2019/NĐ-CP: base salary from 1 July 2019.

The amount and its first day are read in secondary pages; the article was not.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-38-2019",
    number="38/2019/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2019, 5, 9),
    since=date(2019, 7, 1),
    source="NVM38; PDTL",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_490_000,
            "VND/month",
            "?",
            "NVM38; PDTL",
            Mark.SECONDARY,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
