"""Decree 97/2023/NĐ-CP: public fees of school year 2023-2024 held at the level of 2021-2022 (amends Decree 81/2021).

Read in the official codification (source PD13, Article 3). It moves fees and who bears them, not who is exempt: it has no
rule for a learner, and stands here so that the register of documents is whole.
"""

from datetime import date

from ansinh.core.rules import Document, Mark

DOCUMENT = Document(
    id="nd-97-2023",
    number="97/2023/NĐ-CP",
    kind="decree",
    title_vi="Sửa đổi, bổ sung một số điều của Nghị định 81/2021/NĐ-CP về học phí",
    title_en="Amends Decree 81/2021 on tuition",
    issued=date(2023, 12, 31),
    since=date(2023, 12, 31),
    source="PD13",
    mark=Mark.FULL_TEXT,
)
