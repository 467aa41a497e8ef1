"""Decree 31/2012/NĐ-CP: general minimum wage (called base salary from 1 July 2013) from 1 May 2012.

Article 1 is read in a translation (https://natlex.ilo.org, record 94458; https://english.luatvietnam.vn, document 69633).
In force from 1 June 2012, its amount applies from 1 May 2012.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-31-2012",
    number="31/2012/NĐ-CP",
    kind="decree",
    title_vi="Mức lương tối thiểu chung",
    title_en="General minimum wage",
    issued=date(2012, 4, 12),
    since=date(2012, 6, 1),
    applies_from=Month(2012, 5),
    source="BHXHHT",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_050_000,
            "VND/month",
            "1",
            "BHXHHT",
            Mark.SECONDARY,
            "Mức lương tối thiểu chung",
            "General minimum wage",
        ),
    ),
)
