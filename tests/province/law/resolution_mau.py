"""A made-up resolution of a made-up province: it raises one amount and adds one group. An example of a law pack.

Set ANSINH_LAW_PATH to this folder, or try it first: `ansinh try tests/province/law ROSTER`.
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Mark,
    NumberValue,
    Overlap,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import LEVEL
from ansinh.law._words import age_by_year, kindergarten, public_school

CHILD = {"level": LEVEL.kindergarten, "birth_date": date(2022, 5, 10), "grade": None}

DOCUMENT = Document(
    id="nq-mau-2026",
    number="1/2026/NQ-HĐND",
    kind="resolution",
    title_vi="Hỗ trợ ăn trưa cho trẻ em mẫu giáo trên địa bàn tỉnh Mẫu (bịa để thử)",
    title_en="Lunch support for kindergarten children of a made-up province",
    issued=date(2026, 7, 10),
    since=date(2026, 9, 1),
    source="made up",
    mark=Mark.FULL_TEXT,
    benefits=(
        Benefit("lunch_workers", "Hỗ trợ ăn trưa cho con công nhân", "Lunch support, children of workers", "VND"),
    ),
    numbers=(
        NumberValue("lunch_vnd", 400_000, "VND/month", "1.1", "made up", vi="Ăn trưa", en="Lunch support"),
        NumberValue(
            "lunch_workers_vnd", 200_000, "VND/month", "1.2", "made up", vi="Ăn trưa con công nhân", en="Workers' lunch"
        ),
    ),
    rules=(
        Rule(
            "lunch_workers",
            "2",
            (
                Condition(
                    "2.1",
                    "Trẻ em mẫu giáo từ 3 đến 5 tuổi học trường công lập",
                    "A kindergarten child aged 3 to 5 in a public school",
                    kindergarten & age_by_year.between(3, 5) & public_school,
                ),
            ),
            (
                Condition(
                    "2.2",
                    "Cha, mẹ hoặc người chăm sóc là công nhân khu công nghiệp",
                    "A parent or caregiver works in an industrial park",
                    Fact("industrial_worker_parent"),
                ),
            ),
            Number("lunch_workers_vnd"),
            9,
        ),
    ),
    overlaps=(
        Overlap(
            ("lunch", "lunch_workers"), "3", "Chỉ hưởng một mức ăn trưa cao nhất", "Only the highest lunch support"
        ),
    ),
    cases=(
        Case(
            "a worker's child",
            2026,
            {**CHILD, "industrial_worker_parent": True},
            {"lunch_workers": pays(200_000, months=9, cite="2.2")},
        ),
        Case("no worker's child", 2026, CHILD, {"lunch_workers": refuses()}),
        Case(
            "not known",
            2026,
            {**CHILD, "industrial_worker_parent": None},
            {"lunch_workers": undecided("industrial_worker_parent")},
        ),
    ),
)
