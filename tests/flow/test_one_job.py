"""One real job from end to end on the shipped sample: a roster becomes answers, each explained; one cell deleted changes
exactly what that cell still decides; the same roster follows each year's law."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from ansinh import law as law_room
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Decision, Outcome, decide, explain
from ansinh.core.tables import POVERTY, People
from ansinh.engines.frames import frames
from ansinh.engines.reference import reference, trace
from ansinh.sheets import learner_roster, read

SAMPLE = Path(__file__).parents[1] / "province" / "roster-sample.xlsx"
LAW = law_room.load()
YEAR = SchoolYear(2025)
Key = tuple[str, Month, str]


@cache
def sample(year: SchoolYear = YEAR) -> People:
    """The sample as the roster of another year: the same children, born as many years earlier."""
    people = people_in(SAMPLE.read_bytes(), year)
    rows = [dict(row) | {"birth_date": _earlier(row["birth_date"], YEAR.start - year.start)} for row in people.learners]
    return People(rows, people.tables, people.sources, people.names)


def _earlier(day: date | None, years: int) -> date | None:
    return day and day.replace(year=day.year - years, day=min(day.day, 28))


def people_in(data: bytes, year: SchoolYear = YEAR) -> People:
    intake = read(learner_roster.TEMPLATE, data, filename=SAMPLE.name)
    assert not [fault for fault in intake.faults if fault.severity in ("file", "row")]
    return learner_roster.people(intake, year)


def decisions(people: People, year: SchoolYear = YEAR) -> dict[Key, Decision]:
    rows = decide(people, law=LAW, engine=frames, year=year).rows()
    return {(row.learner, row.month, row.benefit): row for row in rows}


def without_cell(learner: str, fact: str) -> People:
    """The sample with one cell emptied: the cell the fact came from."""
    source = sample().sources[learner, fact]
    book = openpyxl.load_workbook(SAMPLE)
    cell = book[source.sheet][f"{source.column}{source.row}"]
    assert cell.value is not None
    cell.value = None
    out = io.BytesIO()
    book.save(out)
    return people_in(out.getvalue())


def with_poverty(learner: str, value: int) -> dict[Key, Decision]:
    """The sample decided as if the child's own household had this status."""
    people = sample()
    key = f"only-{learner}"
    rows = [dict(row) | ({"household": key} if row["learner"] == learner else {}) for row in people.learners]
    held = people.tables["household"][0]
    household = [*people.tables["household"], {**held, "key": key, "poverty": value}]
    return decisions(People(rows, {**people.tables, "household": household}, people.sources, people.names))


def alone_in_household(people: People) -> list[str]:
    """Children whose poverty cell is filled and whose household code, if any, no other child shares."""
    shared = [row["household"] for row in people.learners]
    return [
        row["learner"]
        for row in people.learners
        if shared.count(row["household"]) == 1 and decisions_known(people, row["learner"])
    ]


def decisions_known(people: People, learner: str) -> bool:
    keys = {row["learner"]: row["household"] for row in people.learners}
    return any(row["key"] == keys[learner] and row["poverty"] is not None for row in people.tables["household"])


@pytest.mark.parametrize("learner", alone_in_household(sample())[::7])
def test_one_cell_deleted_leaves_in_doubt_exactly_what_it_still_decides(learner: str) -> None:
    before, after = decisions(sample()), decisions(without_cell(learner, "poverty"))
    as_if = [with_poverty(learner, code.value) for code in POVERTY.codes]
    assert before.keys() == after.keys()
    for key, was in before.items():
        now = after[key]
        if key[0] != learner or len({world[key].outcome for world in as_if}) == 1:
            assert (now.outcome, now.missing) == (was.outcome, was.missing), key
            if key[0] != learner:
                assert now.quantity == was.quantity
        else:
            assert (now.outcome, now.missing) == (Outcome.CANNOT_SAY, ("poverty",)), key


def test_the_deleted_cell_matters_to_some_and_not_to_others() -> None:
    """The test above would pass on an empty change; this one says that both things happen in the sample."""
    learner = next(
        child
        for child in alone_in_household(sample())
        if decisions(sample())[child, Month(2025, 10), "study_cost"].outcome is Outcome.NO
    )
    after = decisions(without_cell(learner, "poverty"))
    mine = [row.outcome for row in after.values() if row.learner == learner]
    assert Outcome.CANNOT_SAY in mine
    assert set(mine) != {Outcome.CANNOT_SAY}


# What each year's law gives a month, read off the decrees; the sample must show every one and no other.
MONTHLY = {
    2017: {"lunch": {120_000, 130_000}, "study_cost": {100_000}, "semi_boarding_meals": {520_000}},
    2019: {"lunch": {149_000}, "study_cost": {100_000}, "semi_boarding_meals": {596_000}},
    2021: {"lunch": {160_000}, "study_cost": {150_000}, "semi_boarding_meals": {596_000}},
    2024: {"lunch": {160_000}, "study_cost": {150_000}, "semi_boarding_meals": {936_000}},
    2025: {"lunch": {160_000, 360_000}, "study_cost": {150_000}, "semi_boarding_meals": {936_000}},
}


@pytest.mark.parametrize("start", MONTHLY)
def test_each_year_pays_by_its_own_law(start: int) -> None:
    year = SchoolYear(start)
    rows = decisions(sample(year), year).values()
    for benefit, amounts in MONTHLY[start].items():
        assert {row.quantity for row in rows if row.benefit == benefit and row.outcome is Outcome.YES} == amounts, (
            benefit
        )


def test_lunch_changes_law_within_the_school_year() -> None:
    rows = decisions(sample(SchoolYear(2017)), SchoolYear(2017)).values()
    paid = {(row.month, row.quantity) for row in rows if row.benefit == "lunch" and row.outcome is Outcome.YES}
    # Decree 06/2018 is in force on 20 February 2018: it decides from the first month that begins in force.
    assert {amount for month, amount in paid if month < Month(2018, 3)} == {120_000}
    assert {amount for month, amount in paid if month >= Month(2018, 3)} == {130_000}


def test_explanations_say_what_decisions_pay() -> None:
    """For every learner, month and benefit the explanation gives the decision's outcome, amount and clause."""
    people = sample()
    decided = {
        (row.learner, row.month, row.benefit): row
        for row in decide(people, law=LAW, engine=reference, year=YEAR).rows()
    }
    fast = decisions(people)
    assert decided == fast
    for row in people.learners:
        keys = {key for key in decided if key[0] == row["learner"]}
        months = {month for _, month, _ in keys}
        explained = explain(people, row["learner"], law=LAW, tracer=trace, year=YEAR, months=months)
        assert {(row["learner"], one.decision.month, one.decision.benefit) for one in explained} == keys
        for one in explained:
            assert one.decision == decided[row["learner"], one.decision.month, one.decision.benefit]
            assert one.chain, "an answer rests on something"
            assert all(step.holds is None for step in one.chain) == (one.decision.outcome is Outcome.CANNOT_SAY)


def test_a_year_explained_at_once_is_its_months_explained_one_by_one() -> None:
    people = sample()
    for row in people.learners[:3]:
        every = [YEAR.month(position) for position in range(12)]
        whole = explain(people, row["learner"], law=LAW, tracer=trace, year=YEAR, months=every)
        alone = [
            one for m in every for one in explain(people, row["learner"], law=LAW, tracer=trace, year=YEAR, months=[m])
        ]
        assert whole == alone
        assert len({one.decision.month for one in whole}) >= 10
