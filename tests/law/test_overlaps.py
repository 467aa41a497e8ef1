"""Supports that are not had together: the one that wins is paid, and the one given up is shown with what it gave way to."""

from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Decision, Outcome, decide
from ansinh.core.rules import Case
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND
from ansinh.engines.reference import reference
from tests.law.ordinary import people_of

LAW = law_room.load()
BORDER: dict[str, Any] = {"level": LEVEL.primary, "grade": 3, "border_commune_school": True, "lunch_at_school": True}
FAR: dict[str, Any] = {
    "distance_m": 5_000,
    "home_area": AREA.three,
    "parent_home_area": AREA.three,
    "school_area": AREA.three,
}
BORDER_BOARDER: dict[str, Any] = {**BORDER, "school_kind": SCHOOL_KIND.border_boarding, "housed_by_school": True}
CONG_BOARDER: dict[str, Any] = {"ethnicity": ETHNICITY.cong, "school_kind": SCHOOL_KIND.boarding}
CONG_STUDENT: dict[str, Any] = {
    "ethnicity": ETHNICITY.cong,
    "level": LEVEL.university,
    "grade": None,
    "poverty": POVERTY.poor,
}


def decided(year: int, facts: dict[str, Any]) -> list[Decision]:
    people = people_of(Case("made up", year, facts, {}))
    return list(decide(people, law=LAW, engine=reference, year=SchoolYear(year)).rows())


@pytest.mark.parametrize(
    ("year", "facts", "winner", "quantity", "loser"),
    [
        (2026, {**BORDER, **FAR}, "semi_boarding_meals", 936_000, "border_lunch"),
        (2026, {**BORDER, **FAR}, "semi_boarding_rice", 15, "border_rice"),
        (2026, {**BORDER_BOARDER, **FAR}, "border_boarding_meals", 1_170_000, "semi_boarding_meals"),
        (2026, BORDER_BOARDER, "border_boarding_meals", 1_170_000, "border_lunch"),
        # Fifteen kilograms under either decree: the law of these schools is named first.
        (2026, {**BORDER_BOARDER, **FAR}, "border_boarding_rice", 15, "semi_boarding_rice"),
        (2024, CONG_BOARDER, "small_group_support", 2_340_000, "policy_scholarship"),
        (2024, CONG_STUDENT, "small_group_support", 2_340_000, "ethnic_student_support"),
    ],
)
def test_the_higher_support_is_paid_and_the_other_shown_as_given_up(
    year: int, facts: dict[str, Any], winner: str, quantity: int, loser: str
) -> None:
    rows = decided(year, facts)
    paid = [row for row in rows if row.benefit == winner]
    given_up = [row for row in rows if row.benefit == loser]
    assert paid and given_up
    assert {(row.outcome, row.quantity) for row in paid} == {(Outcome.YES, quantity)}
    assert {(row.outcome, row.quantity, row.superseded_by) for row in given_up} == {(Outcome.NO, 0, winner)}


def test_the_scholarship_gives_way_in_the_month_decree_57_begins() -> None:
    """Until June 2017 Decision 2123 pays who studies; from July Decree 57 pays all twelve months, in the scholarship's place."""
    rows = {row.month: row for row in decided(2016, CONG_BOARDER) if row.benefit == "policy_scholarship"}
    assert (rows[Month(2017, 6)].outcome, rows[Month(2017, 6)].quantity) == (Outcome.YES, 968_000)
    assert {rows[Month(2017, month)].superseded_by for month in (7, 8)} == {"small_group_support"}


def test_a_boarding_pupil_of_unknown_group_has_at_least_the_scholarship() -> None:
    """The higher support stays open; what is owed in any case is said."""
    rows = decided(2024, {**CONG_BOARDER, "ethnicity": None})
    outcomes = {row.benefit: row.outcome for row in rows if row.month == Month(2024, 10)}
    assert outcomes["policy_scholarship"] is Outcome.YES
    assert outcomes["small_group_support"] is Outcome.CANNOT_SAY
