"""Decree 76/2024/NĐ-CP: the social-assistance standard of 500,000 from 1 July 2024 (source LV76). Its day of issue is from memory."""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-76-2024",
    number="76/2024/NĐ-CP",
    kind="decree",
    title_vi="Sửa đổi, bổ sung một số điều của Nghị định 20/2021/NĐ-CP về trợ giúp xã hội",
    title_en="Amends Decree 20/2021 on social assistance",
    issued=date(2024, 7, 1),
    since=date(2024, 7, 1),
    source="LV76",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "social_standard_vnd",
            500_000,
            "VND/month",
            "?",
            "LV76",
            Mark.SECONDARY,
            "Mức chuẩn trợ giúp xã hội",
            "Social-assistance standard",
        ),
    ),
)
