"""The yearly cap when the law changes it in mid-year, with months in question before and after: every engine alike."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.core.dates import OPEN, SchoolYear, study_mask
from ansinh.core.decide import OVER_CAP, UNKNOWN
from ansinh.core.nodes import Const, Fact
from ansinh.core.resolve import Law, load_law
from ansinh.core.rules import Benefit, Condition, Document, Mark, Replaces, Rule
from ansinh.core.tables import POVERTY, People
from ansinh.engines.reference import reference
from tests.agree.generate import YEAR
from tests.agree.test_engines_agree import ENGINES, assert_same

JANUARY = date(YEAR + 1, 1, 1)


def law(first: int, later: int) -> Law:
    """One support, owed to the poor, with one cap until January and another from then on."""
    poor = Condition("1", "", "", Fact("poverty").is_(POVERTY.poor))

    def document(name: str, since: date, cap: int, **said: object) -> Document:
        rule = Rule("one", "1", (), (poor,), Const(7), cap)
        return Document(
            name, name, "decree", name, name, since, since, "made up", Mark.FULL_TEXT, rules=(rule,), **said
        )  # type: ignore[arg-type]

    old = document("old", date(2000, 1, 1), first, benefits=(Benefit("one", "one", "one", "VND"),))
    return load_law([old, document("new", JANUARY, later, replaces=(Replaces("old"),))])


def people(*spans: tuple[date, int | None]) -> People:
    """One learner, September to May, whose household's status is as given from each day on."""
    ends = [since for since, _ in spans[1:]] + [OPEN]
    rows = [
        {"key": "h", "since": since, "until": until, "learned": date(2000, 1, 1), "poverty": status}
        for (since, status), until in zip(spans, ends, strict=True)
    ]
    return People([{"learner": "L", "months": study_mask(range(1, 10)), "household": "h"}], {"household": rows})


WORLDS = {
    "in question, then owed": ((date(YEAR, 1, 1), None), (date(YEAR, 11, 1), POVERTY.poor)),
    "owed, then in question": ((date(YEAR, 1, 1), POVERTY.poor), (date(YEAR, 11, 1), None)),
    "owed, in question, owed": (
        (date(YEAR, 1, 1), POVERTY.poor),
        (date(YEAR, 10, 1), None),
        (date(YEAR, 11, 1), POVERTY.poor),
    ),
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize(("first", "later"), [(2, 1), (1, 2), (2, 9), (9, 2), (3, 3), (9, 9)])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_counts_places_alike(engine: str, first: int, later: int, world: str) -> None:
    who = people(*WORLDS[world])
    plan = law(first, later).plan(SchoolYear(YEAR))
    assert_same(ENGINES[engine](who, plan), reference(who, plan))


def test_a_month_in_question_holds_a_place_and_no_more_than_the_cap_of_its_day() -> None:
    """Two months in question under a cap of two; from January the cap is nine: seven places are free, five months are left."""
    plan = law(2, 9).plan(SchoolYear(YEAR))
    codes = [cell.code for cell in reference(people(*WORLDS["in question, then owed"]), plan).cells()]
    assert codes == [UNKNOWN, UNKNOWN, UNKNOWN + 2, UNKNOWN + 2, 1, 1, 1, 1, 1]


def test_a_smaller_cap_is_used_up_by_what_was_paid_under_the_larger() -> None:
    plan = law(2, 1).plan(SchoolYear(YEAR))
    codes = [cell.code for cell in reference(people(*WORLDS["owed, in question, owed"]), plan).cells()]
    assert codes == [1, UNKNOWN, UNKNOWN + 2, UNKNOWN + 2, *[OVER_CAP] * 5]
