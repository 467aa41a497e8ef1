"""A made-up law with each kind of quantity, and made-up learners, for the tests of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ansinh.core.dates import USUAL_STUDY_MONTHS, Month, SchoolYear, study_mask
from ansinh.core.decide import Decisions, decide
from ansinh.core.nodes import Const, Fact, Number
from ansinh.core.resolve import Law, load_law
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Overlap,
    Replaces,
    Rule,
    pays,
)
from ansinh.core.tables import POVERTY, People
from ansinh.engines.reference import reference
from tests.law.ordinary import ORDINARY

YEAR = SchoolYear(2025)
DOUBT = Doubt("Điều khoản chuyển tiếp chưa đọc được.", "The transitional clause was not read.")

poor = Condition(
    "2.1.a", "Người học thuộc hộ nghèo", "A learner of a poor household", Fact("poverty").is_(POVERTY.poor)
)
disabled = Condition("2.1.b", "Người học khuyết tật", "A disabled learner", Fact("disabled").is_(True))
public = Condition("1.2", "Học tại cơ sở công lập", "In a public school", Fact("public_school").is_(True))
boarding = Condition("4.1", "Ở bán trú", "Stays during the week", Fact("semi_boarder").is_(True))


def _rule(benefit: str, cite: str, amount: Number | Const, cap: int = 9, doubt: Doubt | None = None) -> Rule:
    doubts = (doubt,) if doubt else ()
    return Rule(benefit, cite, (public,), (poor, disabled), amount, cap, doubts=doubts)


FIRST = Document(
    id="made-up-1",
    number="1/2024/NĐ-CP",
    kind="decree",
    title_vi="Chính sách <hỗ trợ> & miễn giảm (bịa để thử)",
    title_en="Made-up support",
    issued=date(2024, 1, 5),
    since=date(2024, 2, 1),
    source="made up",
    mark=Mark.FULL_TEXT,
    benefits=(
        Benefit("meal", "Hỗ trợ tiền ăn", "Meal support", "VND"),
        Benefit("rice", "Hỗ trợ gạo", "Rice", "kg"),
        Benefit("tuition", "Miễn, giảm học phí", "Tuition reduction", "%"),
        Benefit("grant", "Trợ cấp học tập", "Study grant", "VND"),
    ),
    cases=(Case("nghèo", 2025, {"poverty": POVERTY.poor}, {"meal": pays(150_000)}),),
    numbers=(NumberValue("meal_vnd", 150_000, "VND/month", "2.2", "made up"),),
    rules=(
        _rule("meal", "2", Number("meal_vnd")),
        Rule("rice", "4", (boarding,), (poor,), Const(15), 9),
        _rule("tuition", "3", Const(70)),
        _rule("grant", "5", Const(100_000), cap=5, doubt=DOUBT),
    ),
)
# Raises the amount in the middle of the school year under the same rule.
SECOND = Document(
    id="made-up-2",
    number="2/2026/NĐ-CP",
    kind="decree",
    title_vi="Nâng mức hỗ trợ tiền ăn (bịa để thử)",
    title_en="Made-up raise",
    issued=date(2025, 12, 1),
    since=date(2026, 1, 1),
    source="made up",
    mark=Mark.FULL_TEXT,
    applies_from=Month(2026, 1),
    replaces=(Replaces("made-up-1", ("2",)),),
    numbers=(NumberValue("meal_vnd", 200_000, "VND/month", "2.2", "made up"),),
    rules=(_rule("meal", "2", Number("meal_vnd")),),
)
EXCLUSIVE = Overlap(("meal", "grant"), "6", "Chỉ hưởng mức cao nhất", "Only the highest")

PEOPLE = People(
    learners=[
        {"learner": code, "months": study_mask(USUAL_STUDY_MONTHS), **ORDINARY, **facts}
        for code, facts in {
            "HS01": {"poverty": POVERTY.poor, "semi_boarder": True},
            "HS02": {"disabled": True},
            "HS03": {"poverty": None},
            "HS04": {"poverty": None, "disabled": True},
            "HS05": {},
            "HS06": {"public_school": False, "poverty": POVERTY.poor},
        }.items()
    ],
    names={
        "HS01": {"name": "=HYPERLINK(1)", "class": "10A"},
        "HS02": {"name": "Trần Thị Ánh", "class": "6A"},
        "HS03": {"name": "Nguyễn Văn An", "class": "6A"},
        "HS04": {"name": "Lê <b>Bình</b> & em", "class": "6B"},
        "HS05": {"name": "Phạm Đức Dũng", "class": "6B"},
    },
)


def law(*, exclusive: bool = False) -> Law:
    first = FIRST if not exclusive else _with_overlap()
    return load_law([first, SECOND])


def _with_overlap() -> Document:
    return replace(FIRST, overlaps=(EXCLUSIVE,))


def decisions(*, exclusive: bool = False, people: People = PEOPLE) -> Decisions:
    return decide(people, law=law(exclusive=exclusive), engine=reference, year=YEAR)
