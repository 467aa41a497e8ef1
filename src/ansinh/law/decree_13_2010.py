"""Decree 13/2010/NĐ-CP: amends Decree 67/2007; the social-assistance standard of 180,000 until 2014.

Named as its document in a provincial decision (source LMKBT); the amount is from memory. The groups and coefficients of
Decree 67/2007 were not read, so the monthly allowance of 2010 to 2014 is not decided.
"""

from datetime import date

from ansinh.core.rules import Document, Doubt, Mark, NumberValue

UNREAD = Doubt(
    "Mức chuẩn trợ giúp xã hội 180.000 đồng (Nghị định 13/2010/NĐ-CP) và ngày bắt đầu chưa được xác nhận.",
    "The social-assistance standard of 180,000 (Decree 13/2010) and its first day are not confirmed.",
)

DOCUMENT = Document(
    id="nd-13-2010",
    number="13/2010/NĐ-CP",
    kind="decree",
    title_vi="Sửa đổi, bổ sung một số điều của Nghị định 67/2007/NĐ-CP về chính sách trợ giúp các đối tượng bảo trợ xã hội",
    title_en="Amends Decree 67/2007 on assistance to people under social protection",
    issued=date(2010, 2, 27),
    since=date(2010, 2, 27),
    source="LMKBT",
    mark=Mark.UNCONFIRMED,
    numbers=(
        NumberValue(
            "social_standard_vnd",
            180_000,
            "VND/month",
            "?",
            "LMKBT",
            Mark.UNCONFIRMED,
            "Mức chuẩn trợ giúp xã hội",
            "Social-assistance standard",
            UNREAD,
        ),
    ),
    doubts=(UNREAD,),
)
