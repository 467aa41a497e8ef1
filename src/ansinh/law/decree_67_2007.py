"""Decree 67/2007/NĐ-CP: assistance to people under social protection, as amended by Decree 13/2010, until the end of 2014.

Named in a provincial decision (source LMKBT). Its groups and coefficients were not read: it has no rule here, and the monthly
allowance of 2010 to 2014 is not decided. Its first day was not read either: its day of signature is used.
"""

from datetime import date

from ansinh.core.rules import Document, Mark

DOCUMENT = Document(
    id="nd-67-2007",
    number="67/2007/NĐ-CP",
    kind="decree",
    title_vi="Chính sách trợ giúp các đối tượng bảo trợ xã hội",
    title_en="Assistance to people under social protection",
    issued=date(2007, 4, 13),
    since=date(2007, 4, 13),
    source="LMKBT",
    mark=Mark.SECONDARY,
)
