"""Decree 33/2009/NĐ-CP: general minimum wage (called base salary from 1 July 2013) from 1 May 2009.

The amount and its first day are read in a secondary page; the article was not, and the day of issue is not confirmed.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue

DOCUMENT = Document(
    id="nd-33-2009",
    number="33/2009/NĐ-CP",
    kind="decree",
    title_vi="Mức lương tối thiểu chung",
    title_en="General minimum wage",
    issued=date(2009, 4, 6),
    since=date(2009, 5, 1),
    source="BHXHHT",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            650_000,
            "VND/month",
            "?",
            "BHXHHT",
            Mark.SECONDARY,
            "Mức lương tối thiểu chung",
            "General minimum wage",
            doubt=Doubt(
                "Nghị định 33/2009/NĐ-CP: ngày ban hành 06/4/2009 chưa được xác nhận.",
                "Decree 33/2009: the day of issue, 6 April 2009, is not confirmed.",
            ),
        ),
    ),
)
