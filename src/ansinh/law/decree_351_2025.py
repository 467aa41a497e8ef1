"""Decree 351/2025/NĐ-CP (number not confirmed): poverty lines of 2026, as those of 2022 to 2025 (source HUENGHEO).

No rule reads these lines: the status a household was recognised with is the fact, dated, not its income.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue, Replaces

UNREAD = Doubt(
    "Số 351/2025/NĐ-CP, ngày ban hành và điều khoản của nghị định chuẩn nghèo 2026-2030 chưa được xác nhận.",
    "The number 351/2025, the day of issue and the articles of the decree on poverty lines of 2026 to 2030 are not confirmed.",
)

DOCUMENT = Document(
    id="nd-351-2025",
    number="351/2025/NĐ-CP",
    kind="decree",
    title_vi="Chuẩn nghèo đa chiều giai đoạn 2026-2030",
    title_en="Multidimensional poverty lines, 2026 to 2030",
    issued=date(2025, 12, 31),
    since=date(2026, 1, 1),
    source="HUENGHEO",
    mark=Mark.UNCONFIRMED,
    replaces=(Replaces("nd-07-2021"),),
    numbers=(
        NumberValue(
            "poverty_line_rural_vnd",
            1_500_000,
            "VND/month",
            "?",
            "HUENGHEO",
            Mark.SECONDARY,
            "Chuẩn nghèo nông thôn",
            "Poverty line, rural",
            UNREAD,
        ),
        NumberValue(
            "poverty_line_urban_vnd",
            2_000_000,
            "VND/month",
            "?",
            "HUENGHEO",
            Mark.SECONDARY,
            "Chuẩn nghèo thành thị",
            "Poverty line, urban",
            UNREAD,
        ),
        NumberValue(
            "near_poverty_line_rural_vnd",
            1_500_000,
            "VND/month",
            "?",
            "HUENGHEO",
            Mark.SECONDARY,
            "Chuẩn cận nghèo nông thôn",
            "Near-poverty line, rural",
            UNREAD,
        ),
        NumberValue(
            "near_poverty_line_urban_vnd",
            2_000_000,
            "VND/month",
            "?",
            "HUENGHEO",
            Mark.SECONDARY,
            "Chuẩn cận nghèo thành thị",
            "Near-poverty line, urban",
            UNREAD,
        ),
    ),
    doubts=(UNREAD,),
)
