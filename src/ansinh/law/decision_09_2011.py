"""Decision 09/2011/QĐ-TTg: poverty lines of 2011 to 2015 (sources TNN11, TTCT09, TLC09, VNN59); the near-poor bands are from memory.

No rule reads these lines: the status a household was recognised with is the fact, dated, not its income.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue

UNREAD = Doubt(
    "Mức cận nghèo 2011-2015 (520.000 đồng nông thôn, 650.000 đồng thành thị) chưa được xác nhận.",
    "The near-poor ceilings of 2011 to 2015 (520,000 rural, 650,000 urban) are not confirmed.",
)

DOCUMENT = Document(
    id="qd-09-2011",
    number="09/2011/QĐ-TTg",
    kind="decision",
    title_vi="Chuẩn hộ nghèo, hộ cận nghèo áp dụng cho giai đoạn 2011-2015",
    title_en="Poverty and near-poverty lines, 2011 to 2015",
    issued=date(2011, 1, 30),
    since=date(2011, 1, 1),
    source="TNN11; TTCT09; VNN59",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "poverty_line_rural_vnd",
            400_000,
            "VND/month",
            "?",
            "TNN11; VNN59",
            Mark.SECONDARY,
            "Chuẩn nghèo nông thôn",
            "Poverty line, rural",
        ),
        NumberValue(
            "poverty_line_urban_vnd",
            500_000,
            "VND/month",
            "?",
            "TNN11; VNN59",
            Mark.SECONDARY,
            "Chuẩn nghèo thành thị",
            "Poverty line, urban",
        ),
        NumberValue(
            "near_poverty_line_rural_vnd",
            520_000,
            "VND/month",
            "?",
            "TNN11; VNN59",
            Mark.UNCONFIRMED,
            "Chuẩn cận nghèo nông thôn",
            "Near-poverty line, rural",
            UNREAD,
        ),
        NumberValue(
            "near_poverty_line_urban_vnd",
            650_000,
            "VND/month",
            "?",
            "TNN11; VNN59",
            Mark.UNCONFIRMED,
            "Chuẩn cận nghèo thành thị",
            "Near-poverty line, urban",
            UNREAD,
        ),
    ),
    doubts=(UNREAD,),
)
