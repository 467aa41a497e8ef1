"""Decree 28/2010/NĐ-CP: general minimum wage (called base salary from 1 July 2013) from 1 May 2010.

The amount and its first day are read in a secondary page; the article was not, and the day of issue is not confirmed.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue

DOCUMENT = Document(
    id="nd-28-2010",
    number="28/2010/NĐ-CP",
    kind="decree",
    title_vi="Mức lương tối thiểu chung",
    title_en="General minimum wage",
    issued=date(2010, 3, 25),
    since=date(2010, 5, 1),
    source="BHXHHT",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            730_000,
            "VND/month",
            "?",
            "BHXHHT",
            Mark.SECONDARY,
            "Mức lương tối thiểu chung",
            "General minimum wage",
            doubt=Doubt(
                "Nghị định 28/2010/NĐ-CP: ngày ban hành 25/3/2010 chưa được xác nhận.",
                "Decree 28/2010: the day of issue, 25 March 2010, is not confirmed.",
            ),
        ),
    ),
)
