"""Decision 59/2015/QĐ-TTg: multidimensional poverty lines of 2016 to 2020, kept for 2021 (sources TVPL59, LVN59, VNN59).

No rule reads these lines: the status a household was recognised with is the fact, dated, not its income.
How many deprivations make a household poor or near-poor was not read in the text.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue, Replaces

DOCUMENT = Document(
    id="qd-59-2015",
    number="59/2015/QĐ-TTg",
    kind="decision",
    title_vi="Chuẩn nghèo tiếp cận đa chiều áp dụng cho giai đoạn 2016-2020",
    title_en="Multidimensional poverty lines, 2016 to 2020",
    issued=date(2015, 11, 19),
    since=date(2016, 1, 5),
    source="TVPL59; LVN59; VNN59",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-09-2011"),),
    numbers=(
        NumberValue(
            "poverty_line_rural_vnd",
            700_000,
            "VND/month",
            "?",
            "TVPL59",
            Mark.SECONDARY,
            "Chuẩn nghèo nông thôn",
            "Poverty line, rural",
        ),
        NumberValue(
            "poverty_line_urban_vnd",
            900_000,
            "VND/month",
            "?",
            "TVPL59",
            Mark.SECONDARY,
            "Chuẩn nghèo thành thị",
            "Poverty line, urban",
        ),
        NumberValue(
            "near_poverty_line_rural_vnd",
            1_000_000,
            "VND/month",
            "?",
            "TVPL59",
            Mark.SECONDARY,
            "Chuẩn cận nghèo nông thôn",
            "Near-poverty line, rural",
        ),
        NumberValue(
            "near_poverty_line_urban_vnd",
            1_300_000,
            "VND/month",
            "?",
            "TVPL59",
            Mark.SECONDARY,
            "Chuẩn cận nghèo thành thị",
            "Near-poverty line, urban",
        ),
    ),
)
