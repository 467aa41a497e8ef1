"""Decree 351/2025/NĐ-CP (number not confirmed): its poverty lines from 1 January 2027 to 2030 (source HUENGHEO).

A document has one first day, so the second stage of this decree stands in a file of its own.
No rule reads these lines: the status a household was recognised with is the fact, dated, not its income.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue

UNREAD = Doubt(
    "Số 351/2025/NĐ-CP, ngày ban hành và điều khoản của nghị định chuẩn nghèo 2026-2030 chưa được xác nhận.",
    "The number 351/2025, the day of issue and the articles of the decree on poverty lines of 2026 to 2030 are not confirmed.",
)

DOCUMENT = Document(
    id="nd-351-2025-2027",
    number="351/2025/NĐ-CP",
    kind="decree",
    title_vi="Chuẩn nghèo đa chiều giai đoạn 2026-2030: mức từ năm 2027",
    title_en="Multidimensional poverty lines, 2026 to 2030: from 2027",
    issued=date(2025, 12, 31),
    since=date(2027, 1, 1),
    source="HUENGHEO",
    mark=Mark.UNCONFIRMED,
    numbers=(
        NumberValue(
            "poverty_line_rural_vnd",
            2_200_000,
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
            2_800_000,
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
            2_200_000,
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
            2_800_000,
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
