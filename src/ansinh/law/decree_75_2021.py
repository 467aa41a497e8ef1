"""Decree 75/2021/NĐ-CP: the merit standard of 1,624,000, the yearly multiples (Article 8) and the monthly rates (Annex I).

Read in the official codification and a text copy (sources PDNCC, CB75, CB4804). Article 4 counts from 1 July 2021; Article 8
applies from 1 January 2022 (Article 15.3), with Decree 131/2021, which says who is entitled. The decree's own day in force
was not read: the day its amounts count from is used.
"""

from datetime import date

from ansinh.core.rules import Document, Mark, NumberValue

DOCUMENT = Document(
    id="nd-75-2021",
    number="75/2021/NĐ-CP",
    kind="decree",
    title_vi="Mức hưởng trợ cấp, phụ cấp và các chế độ ưu đãi người có công với cách mạng",
    title_en="Amounts of allowances and preferences for people with merit",
    issued=date(2021, 7, 24),
    since=date(2021, 7, 1),
    source="PDNCC; CB75; CB4804",
    mark=Mark.FULL_TEXT,
    numbers=(
        NumberValue(
            "merit_standard_vnd", 1_624_000, "VND/month", "3", "CB75", vi="Mức chuẩn người có công", en="Merit standard"
        ),
        NumberValue(
            "merit_yearly_preschool_percent",
            20,
            "%",
            "8",
            "PDNCC",
            vi="Trợ cấp năm học, mầm non (0,2 mức chuẩn)",
            en="Yearly allowance, preschool (0.2 of the standard)",
        ),
        NumberValue(
            "merit_yearly_school_percent",
            40,
            "%",
            "8",
            "PDNCC",
            vi="Trợ cấp năm học, phổ thông, dạy nghề, đại học (0,4 mức chuẩn)",
            en="Yearly allowance, schools, vocational and higher education (0.4 of the standard)",
        ),
        NumberValue(
            "merit_monthly_full_vnd",
            1_624_000,
            "VND/month",
            "4",
            "CB75",
            vi="Trợ cấp giáo dục tháng, mức đủ (Phụ lục I, dòng 11.1)",
            en="Monthly education allowance, full rate (Annex I, line 11.1)",
        ),
        NumberValue(
            "merit_monthly_reduced_vnd",
            815_000,
            "VND/month",
            "4",
            "CB75",
            vi="Trợ cấp giáo dục tháng, mức giảm (Phụ lục I, dòng 11.2)",
            en="Monthly education allowance, reduced rate (Annex I, line 11.2)",
        ),
    ),
)
