"""Decree 47/2017/NĐ-CP: base salary from 1 July 2017.

The amount is used in an official example (source PDGDNN); number, day of issue and first day are read in
https://english.luatvietnam.vn, document 113971. The article was not read.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-47-2017",
    number="47/2017/NĐ-CP",
    kind="decree",
    title_vi="Mức lương cơ sở đối với cán bộ, công chức, viên chức và lực lượng vũ trang",
    title_en="Base salary of officials and the armed forces",
    issued=date(2017, 4, 24),
    since=date(2017, 7, 1),
    source="PDGDNN",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "base_salary_vnd",
            1_300_000,
            "VND/month",
            "?",
            "PDGDNN",
            Mark.SECONDARY,
            "Mức lương cơ sở",
            "Base salary",
        ),
    ),
)
