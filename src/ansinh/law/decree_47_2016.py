"""Decree 47/2016/NĐ-CP: base salary from 1 May 2016.

The amount is read in secondary pages, with the days (https://thuvienphapluat.vn/news/headlines/13768): issued 26 May
2016, in force from 15 July 2016, its amount applies from 1 May 2016. The article was not read.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-47-2016",
    number="47/2016/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2016, 5, 26),
    since=date(2016, 7, 15),
    applies_from=Month(2016, 5),
    source="LN47",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_210_000,
            "VND/month",
            "?",
            "LN47",
            Mark.SECONDARY,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
