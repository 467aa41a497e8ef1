"""A made-up draft decree, to be tried before it takes effect: lunch is raised, workers' children join, place alone no longer
entitles. `ansinh try tests/province/draft ROSTER --school-year 2026-2027`.
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import Condition, Document, Mark, NumberValue, Replaces, Rule
from ansinh.law._words import (
    age_by_year,
    child_of_merit,
    disabled,
    kindergarten,
    no_support,
    poor_or_near_poor,
    public_school,
)

DOCUMENT = Document(
    id="du-thao-mau",
    number="Dự thảo 1/2026",
    kind="decree",
    title_vi="Dự thảo bịa để thử: hỗ trợ ăn trưa cho trẻ em mẫu giáo",
    title_en="A made-up draft on lunch support for kindergarten children",
    issued=date(2026, 7, 1),
    since=date(2026, 9, 1),
    source="made up",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-277-2025"),),
    numbers=(NumberValue("lunch_vnd", 450_000, "VND/month", "4", "made up", vi="Ăn trưa", en="Lunch support"),),
    rules=(
        Rule(
            "lunch",
            "3",
            (
                Condition(
                    "3.1",
                    "Trẻ em mẫu giáo từ 3 đến 5 tuổi",
                    "A kindergarten child aged 3 to 5",
                    kindergarten & age_by_year.between(3, 5),
                ),
            ),
            (
                Condition(
                    "3.2.a", "Thuộc hộ nghèo, hộ cận nghèo", "Of a poor or near-poor household", poor_or_near_poor
                ),
                Condition("3.2.b", "Không có nguồn nuôi dưỡng", "No source of support", no_support),
                Condition("3.2.c", "Con của người có công", "Child of a person with merit", child_of_merit),
                Condition(
                    "3.2.d", "Khuyết tật học hòa nhập", "Disabled, in inclusive education", disabled & Fact("inclusive")
                ),
                Condition(
                    "3.2.đ",
                    "Học trường công lập và có cha, mẹ hoặc người chăm sóc là công nhân khu công nghiệp",
                    "In a public school, a parent or caregiver working in an industrial park",
                    public_school & Fact("industrial_worker_parent"),
                ),
            ),
            Number("lunch_vnd"),
            9,
        ),
    ),
)
