"""Decree 321/2026/NĐ-CP: the merit standard of 3,012,000, in force 1 October 2026, counted from 1 July 2026.

Standard and days as the press has them (sources VNX321, TN321, COMP26). The table of monthly rates was not read: the full rate
is taken equal to the standard, the reduced one by the old ratio. Its day of issue is the first day the press wrote of it.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.rules import Document, Doubt, Mark, NumberValue

UNREAD = Doubt(
    "Chưa đọc được Nghị định 321/2026/NĐ-CP: chỉ biết mức chuẩn 3.012.000 đồng từ 01/7/2026 và ngày hiệu lực 01/10/2026; ngày ban hành, hệ số trợ cấp mỗi năm và bảng mức hằng tháng phải được kiểm tra.",
    "Decree 321/2026 was not read: only the standard of 3,012,000 from 1 July 2026 and the day in force, 1 October 2026; its day of issue, the yearly multiples and the monthly table must be checked.",
)

DOCUMENT = Document(
    id="nd-321-2026",
    number="321/2026/NĐ-CP",
    kind="decree",
    title_vi="Mức hưởng trợ cấp, phụ cấp ưu đãi người có công với cách mạng",
    title_en="Amounts of allowances for people with merit",
    issued=date(2026, 8, 19),
    since=date(2026, 10, 1),
    applies_from=Month(2026, 7),
    source="VNX321; TN321; COMP26",
    mark=Mark.SECONDARY,
    numbers=(
        NumberValue(
            "merit_standard_vnd",
            3_012_000,
            "VND/month",
            "?",
            "VNX321; TN321; COMP26",
            Mark.SECONDARY,
            "Mức chuẩn người có công",
            "Merit standard",
            UNREAD,
        ),
        NumberValue(
            "merit_monthly_full_vnd",
            3_012_000,
            "VND/month",
            "?",
            "VNX321; TN321; COMP26",
            Mark.UNCONFIRMED,
            "Trợ cấp giáo dục tháng, mức đủ",
            "Monthly education allowance, full rate",
            UNREAD,
        ),
        NumberValue(
            "merit_monthly_reduced_vnd",
            1_511_000,
            "VND/month",
            "?",
            "VNX321; TN321; COMP26",
            Mark.UNCONFIRMED,
            "Trợ cấp giáo dục tháng, mức giảm",
            "Monthly education allowance, reduced rate",
            UNREAD,
        ),
    ),
    doubts=(UNREAD,),
)
