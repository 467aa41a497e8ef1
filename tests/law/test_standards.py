"""Supports that follow a standard or the base salary, through the years: each total of twelve months written out by hand.

All learners are made up. A raise counted from 1 July falls in the last two months of the school year; one decided later than
it counts from is owed as arrears, which the second clock shows.
"""

from datetime import date
from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.codes import COURSE_LEVEL, MERIT_RATE
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, decide
from ansinh.core.rules import Case
from ansinh.core.tables import ETHNICITY, LEVEL, MERIT, ORPHAN, POVERTY, SCHOOL_KIND
from ansinh.engines.frames import frames
from ansinh.engines.reference import reference
from tests.law.ordinary import people_of

LAW = law_room.load()
MERIT_CHILD: dict[str, Any] = {"merit": MERIT.child, "merit_rate": MERIT_RATE.full}
BOARDER = {**MERIT_CHILD, "school_kind": SCHOOL_KIND.boarding}
TRAINEE: dict[str, Any] = {
    "level": LEVEL.vocational,
    "grade": None,
    "course_level": COURSE_LEVEL.intermediate,
    "ethnicity": ETHNICITY.tay,
    "poverty": POVERTY.poor,
}

ROWS: list[tuple[str, dict[str, Any], int, int]] = [
    # An orphan of both parents, ten years old: 1.5 times the standard. The rule of these years begins in January 2015.
    ("social_allowance", {}, 2013, 0),
    ("social_allowance", {}, 2014, 8 * 405_000),
    ("social_allowance", {}, 2019, 12 * 405_000),
    ("social_allowance", {}, 2020, 10 * 405_000 + 2 * 540_000),
    ("social_allowance", {}, 2023, 10 * 540_000 + 2 * 750_000),
    ("social_allowance", {}, 2025, 10 * 750_000 + 2 * 810_000),
    ("social_allowance", {}, 2026, 12 * 810_000),
    # A child of a person with merit at an ordinary school: once a year, at the standard of September.
    ("merit_yearly", MERIT_CHILD, 2012, 0),
    ("merit_yearly", MERIT_CHILD, 2013, 250_000),
    ("merit_yearly", MERIT_CHILD, 2021, 250_000),
    ("merit_yearly", MERIT_CHILD, 2022, 649_600),
    ("merit_yearly", MERIT_CHILD, 2023, 822_000),
    ("merit_yearly", MERIT_CHILD, 2024, 1_115_600),
    ("merit_yearly", MERIT_CHILD, 2026, 1_204_800),
    # The same child at an ethnic boarding school: the full monthly rate, twelve months.
    ("merit_monthly", BOARDER, 2018, 2 * 1_624_000),
    ("merit_monthly", BOARDER, 2019, 12 * 1_624_000),
    ("merit_monthly", BOARDER, 2022, 10 * 1_624_000 + 2 * 2_055_000),
    ("merit_monthly", BOARDER, 2023, 10 * 2_055_000 + 2 * 2_789_000),
    ("merit_monthly", BOARDER, 2025, 10 * 2_789_000 + 2 * 3_012_000),
    # A poor learner of an ethnic minority in an intermediate course: the base salary, twelve months, from January 2016.
    ("vocational_scholarship", TRAINEE, 2014, 0),
    ("vocational_scholarship", TRAINEE, 2015, 4 * 1_150_000 + 4 * 1_210_000),
    ("vocational_scholarship", TRAINEE, 2022, 10 * 1_490_000 + 2 * 1_800_000),
    ("vocational_scholarship", TRAINEE, 2023, 10 * 1_800_000 + 2 * 2_340_000),
    ("vocational_scholarship", TRAINEE, 2026, 12 * 2_530_000),
]


def total(benefit: str, facts: dict[str, Any], year: int, known: date | None = None) -> int:
    """The sum of a school year, the same from both engines."""
    if not facts:
        facts = {"birth_date": date(year - 10, 5, 20), "orphan": ORPHAN.both}
    people = people_of(Case("made up", year, facts, {}))
    found = []
    for engine in (reference, frames):
        made = decide(people, law=LAW, engine=engine, year=SchoolYear(year), known=known, benefits=[benefit])
        rows = list(made.rows())
        assert all(row.outcome in (Outcome.YES, Outcome.NO) for row in rows)
        found.append(sum(row.quantity for row in rows))
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(("benefit", "facts", "year", "expected"), ROWS)
def test_the_total_of_a_school_year(benefit: str, facts: dict[str, Any], year: int, expected: int) -> None:
    assert total(benefit, facts, year) == expected


def test_a_raise_decided_in_august_is_owed_from_july() -> None:
    before = total("social_allowance", {}, 2025, known=date(2026, 8, 1))
    assert before == 12 * 750_000
    assert total("social_allowance", {}, 2025) - before == 2 * (810_000 - 750_000)
