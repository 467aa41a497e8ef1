"""Two supports that pay twelve months and may not be had together: in the holidays too only the highest, on every engine."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.core.dates import SchoolYear, study_mask
from ansinh.core.decide import SUPERSEDED
from ansinh.core.nodes import Const, Fact, Node
from ansinh.core.resolve import Law, load_law
from ansinh.core.rules import Benefit, Condition, Document, Mark, Overlap, Rule
from ansinh.core.tables import People
from tests.agree.generate import YEAR
from tests.agree.test_engines_agree import ENGINES, assert_same, reference

ALWAYS: Node = Fact("disabled") | ~Fact("disabled")


def law(*, twelve: tuple[bool, bool]) -> Law:
    """`low` pays 5 and `high` 7 a month to everyone of whom it is known whether they are disabled."""
    owed = Condition("1", "", "", ALWAYS)
    rules = tuple(
        Rule(name, str(k), (), (owed,), Const(amount), 12, twelve=lasting)
        for k, (name, amount, lasting) in enumerate(zip(("low", "high"), (5, 7), twelve, strict=True), start=1)
    )
    since = date(2000, 1, 1)
    return load_law(
        [
            Document(
                "both", "both", "decree", "both", "both", since, since, "made up", Mark.FULL_TEXT,
                rules=rules,
                benefits=tuple(Benefit(name, name, name, "VND") for name in ("low", "high")),
                overlaps=(Overlap(("low", "high"), "9", "", ""),),
            )
        ]
    )  # fmt: skip


@pytest.mark.parametrize("twelve", [(True, True), (True, False), (False, True)])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_settles_overlaps_in_the_holidays(engine: str, twelve: tuple[bool, bool]) -> None:
    months = study_mask(range(1, 10))
    people = People([{"learner": "L", "months": months, "disabled": True}, {"learner": "M", "months": months}])
    plan = law(twelve=twelve).plan(SchoolYear(YEAR))
    assert_same(ENGINES[engine](people, plan), reference(people, plan))


def test_the_lower_is_not_paid_in_summer_unless_it_alone_pays_then() -> None:
    people = People([{"learner": "L", "months": study_mask(range(1, 10)), "disabled": True}])

    def summer(twelve: tuple[bool, bool]) -> list[tuple[int, int]]:
        cells = reference(people, law(twelve=twelve).plan(SchoolYear(YEAR))).cells()
        return [(cell.code, cell.quantity) for cell in cells if cell.position > 9 and cell.benefit == 0]

    assert summer((True, True)) == [(SUPERSEDED + 1, 0)] * 3
    assert summer((True, False)) == [(1, 5)] * 3
    assert summer((False, True)) == []
