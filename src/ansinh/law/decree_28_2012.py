"""Decree 28/2012/NĐ-CP: details of the Law on Persons with Disabilities: kinds and degrees of disability.

Read in the official codification (source PDNKT): three degrees, very severe, severe and light. Its Articles 15 to 23, on
allowances, ended on 1 July 2021 by Decree 20/2021 (source PDBTXH); their coefficients were not read.
"""

from datetime import date

from ansinh.core.rules import Document, Mark

DOCUMENT = Document(
    id="nd-28-2012",
    number="28/2012/NĐ-CP",
    kind="decree",
    title_vi="Chi tiết và hướng dẫn thi hành một số điều của Luật Người khuyết tật",
    title_en="Details of the Law on Persons with Disabilities",
    issued=date(2012, 4, 10),
    since=date(2012, 6, 1),
    source="PDNKT",
    mark=Mark.FULL_TEXT,
)
