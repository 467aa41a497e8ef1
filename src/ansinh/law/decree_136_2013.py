"""Decree 136/2013/NĐ-CP: the social-assistance standard of 270,000 and the allowance of a child with no source of support.

Amounts of 675,000 (under four) and 405,000 (from four), 2.5 and 1.5 times the standard, are published (source TKL136; also
LN360, VP20). The first day of the standard, 1 January 2015, is from memory. Other groups of Article 5 and the allowances of
disabled people (Decree 28/2012) in these years were not read and are not written.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import LEVEL, ORPHAN
from ansinh.law._words import age, no_support, orphan_of_both

FIRST_DAY = Doubt(
    "Chưa xác nhận ngày bắt đầu áp dụng mức chuẩn 270.000 đồng (đang lấy 01/01/2015) và toàn văn Nghị định 136/2013/NĐ-CP.",
    "The first day of the standard of 270,000 (1 January 2015 is used) and the text of Decree 136/2013 are not confirmed.",
)
OTHERS = Doubt(
    "Trước 01/7/2021 người khuyết tật hưởng trợ cấp theo Nghị định 28/2012/NĐ-CP, và Điều 5 có nhóm khác: hệ số chưa đọc được, phải xét riêng.",
    "Before 1 July 2021 disabled people drew allowances under Decree 28/2012, and Article 5 has other groups: coefficients not read, look at each one.",
    only="no",
)
STUDENT = Doubt(
    "Nhóm từ 16 đến 22 tuổi đang học viết theo khoản 2 Điều 5 Nghị định 20/2021/NĐ-CP.",
    "The group aged 16 to 22 in education is written after Article 5.2 of Decree 20/2021.",
)
MONTHS = Doubt(
    "Trợ cấp tính từ tháng ký quyết định, thôi hưởng từ tháng sau khi hết điều kiện; người học chưa đủ chín tháng chỉ được tính các tháng học ở đây.",
    "The allowance counts from the month of the decision and stops the month after the condition ends; for who studies under nine months only the months studied are shown here.",
    only="yes",
)
unsupported = no_support | orphan_of_both
CHILD_UNDER_4 = {"level": LEVEL.nursery, "grade": None}
ORPHAN_12 = {"birth_date": date(2007, 5, 20), "orphan": ORPHAN.both}

DOCUMENT = Document(
    id="nd-136-2013",
    number="136/2013/NĐ-CP",
    kind="decree",
    title_vi="Chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội",
    title_en="Social assistance to people under social protection",
    issued=date(2013, 10, 21),
    since=date(2014, 1, 1),
    applies_from=Month(2015, 1),
    source="TKL136; LN360; VP20",
    mark=Mark.SECONDARY,
    replaces=(Replaces("nd-67-2007"), Replaces("nd-13-2010")),
    benefits=(Benefit("social_allowance", "Trợ cấp xã hội hằng tháng", "Monthly social allowance", "VND"),),
    numbers=(
        NumberValue(
            "social_standard_vnd",
            270_000,
            "VND/month",
            "4",
            "TKL136; VP20",
            Mark.SECONDARY,
            "Mức chuẩn trợ giúp xã hội",
            "Social-assistance standard",
        ),
    ),
    rules=(
        Rule(
            "social_allowance",
            "5",
            (),
            (
                Condition(
                    "5.1",
                    "Trẻ em dưới 4 tuổi không có nguồn nuôi dưỡng (hệ số 2,5)",
                    "A child under 4 with no source of support (2.5)",
                    unsupported & (age < 4),
                    quantity=Number("social_standard_vnd").percent(250),
                ),
                Condition(
                    "5.1",
                    "Trẻ em từ 4 đến dưới 16 tuổi không có nguồn nuôi dưỡng (hệ số 1,5)",
                    "A child from 4 to under 16 with no source of support (1.5)",
                    unsupported & (age < 16),
                ),
                Condition(
                    "5.2",
                    "Người từ 16 đến 22 tuổi thuộc khoản 1 đang học phổ thông, học nghề, cao đẳng, đại học (hệ số 1,5)",
                    "A person of clause 1 aged 16 to 22, in general, vocational, college or university education (1.5)",
                    unsupported & age.between(16, 22),
                    doubt=STUDENT,
                ),
            ),
            Number("social_standard_vnd").percent(150),
            12,
            twelve=True,
            doubts=(OTHERS, MONTHS),
        ),
    ),
    cases=(
        Case(
            "PUB-06: mồ côi cả cha lẫn mẹ, 3 tuổi",
            2019,
            {**CHILD_UNDER_4, "birth_date": date(2017, 1, 10), "orphan": ORPHAN.both},
            {"social_allowance": pays(675_000, cite="5.1", months=12)},
            source="PUB-06",
        ),
        Case(
            "PUB-06: mồ côi cả cha lẫn mẹ, 12 tuổi",
            2019,
            ORPHAN_12,
            {"social_allowance": pays(405_000, months=12, total=4_860_000, cite="5.1")},
            source="PUB-06",
        ),
        Case(
            "17 tuổi, không có nguồn nuôi dưỡng, đang học",
            2019,
            {"level": LEVEL.upper_secondary, "grade": 11, "birth_date": date(2002, 8, 1), "no_support": True},
            {"social_allowance": pays(405_000, months=12, cite="5.2")},
        ),
        Case("mồ côi cha", 2019, {"orphan": ORPHAN.one}, {"social_allowance": refuses()}),
        Case("mồ côi, 23 tuổi", 2019, {**ORPHAN_12, "birth_date": date(1996, 5, 1)}, {"social_allowance": refuses()}),
        Case(
            "chưa biết có nguồn nuôi dưỡng không",
            2019,
            {"no_support": None},
            {"social_allowance": undecided("no_support")},
        ),
    ),
    doubts=(FIRST_DAY,),
)
