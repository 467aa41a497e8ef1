"""Decree 22/2011/NĐ-CP: general minimum wage (called base salary from 1 July 2013) from 1 May 2011.

The amount and its first day are read in a secondary page; the article was not. The day of issue is named in
https://antlawyers.vn/others/english-the-common-minimum-wage-increase-to-1050000-vnd-from-1st-may-2012.html/amp.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-22-2011",
    number="22/2011/NĐ-CP",
    kind="decree",
    title_vi="Mức lương tối thiểu chung",
    title_en="General minimum wage",
    issued=date(2011, 4, 4),
    since=date(2011, 5, 1),
    source="BHXHHT",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            830_000,
            "VND/month",
            "?",
            "BHXHHT",
            Mark.SECONDARY,
            "Mức lương tối thiểu chung",
            "General minimum wage",
        ),
    ),
)
