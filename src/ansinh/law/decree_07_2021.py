"""Decree 07/2021/NĐ-CP: multidimensional poverty lines of 2022 to 2025 (source LV07); amended by Decree 30/2025.

Poor and near-poor share one income line: three deprivations and more make a household poor, fewer near-poor.
No rule reads these lines: the status a household was recognised with is the fact, dated, not its income.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue, Replaces

DOCUMENT = Document(
    id="nd-07-2021",
    number="07/2021/NĐ-CP",
    kind="decree",
    title_vi="Chuẩn nghèo đa chiều giai đoạn 2021-2025",
    title_en="Multidimensional poverty lines, 2021 to 2025",
    issued=date(2021, 1, 27),
    since=date(2022, 1, 1),
    source="LV07",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-59-2015"),),
    numbers=(
        NumberValue(
            "poverty_line_rural_vnd",
            1_500_000,
            "VND/month",
            "?",
            "LV07",
            Mark.SECONDARY,
            "Chuẩn nghèo nông thôn",
            "Poverty line, rural",
        ),
        NumberValue(
            "poverty_line_urban_vnd",
            2_000_000,
            "VND/month",
            "?",
            "LV07",
            Mark.SECONDARY,
            "Chuẩn nghèo thành thị",
            "Poverty line, urban",
        ),
        NumberValue(
            "near_poverty_line_rural_vnd",
            1_500_000,
            "VND/month",
            "?",
            "LV07",
            Mark.SECONDARY,
            "Chuẩn cận nghèo nông thôn",
            "Near-poverty line, rural",
        ),
        NumberValue(
            "near_poverty_line_urban_vnd",
            2_000_000,
            "VND/month",
            "?",
            "LV07",
            Mark.SECONDARY,
            "Chuẩn cận nghèo thành thị",
            "Near-poverty line, urban",
        ),
    ),
)
