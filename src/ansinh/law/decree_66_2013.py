"""Decree 66/2013/NĐ-CP: base salary from 1 July 2013.

The amount and its first day are read in a secondary page; number and day of issue in a translation
(https://thuvienphapluat.vn, document 197434). The article was not read.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-66-2013",
    number="66/2013/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2013, 6, 27),
    since=date(2013, 7, 1),
    source="QUA",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_150_000,
            "VND/month",
            "?",
            "QUA",
            Mark.SECONDARY,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
