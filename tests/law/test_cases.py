"""Every worked case of every law file, on every engine."""

from collections import defaultdict

import pytest

from ansinh import law as law_room
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Decision, Outcome, decide
from ansinh.core.rules import Case, Document, Expected
from ansinh.core.tables import People
from ansinh.engines.frames import columns, frames
from ansinh.engines.loop import Loop
from ansinh.engines.reference import reference
from tests.law.ordinary import people_of

LAW = law_room.load()
CASES = [pytest.param(d, case, id=f"{d.id}: {case.name}") for d in LAW.documents for case in d.cases]


@pytest.mark.parametrize(("document", "case"), CASES)
def test_worked_case(document: Document, case: Case) -> None:
    decisions = decide(people_of(case), law=LAW, engine=reference, year=SchoolYear(case.year))
    by_benefit: dict[str, list[Decision]] = defaultdict(list)
    for row in decisions.rows():
        by_benefit[row.benefit].append(row)
    for benefit, expected in case.expect.items():
        check(case, benefit, by_benefit[benefit], expected)


def check(case: Case, benefit: str, rows: list[Decision], expected: Expected) -> None:
    where = f"{case.at} {case.name}: {benefit}"
    wanted = Outcome[expected.outcome.upper()]
    met = [row for row in rows if row.outcome is wanted]
    if wanted is Outcome.NO:
        assert len(met) == len(rows), f"{where}: {rows}"
    assert met or (not rows and wanted is Outcome.NO), f"{where}: no month is {expected.outcome}: {rows[:1]}"
    if expected.quantity is not None:
        assert {row.quantity for row in met} == {expected.quantity}, where
    if expected.months is not None:
        assert len(met) == expected.months, where
    if expected.total is not None:
        assert sum(row.quantity for row in met) == expected.total, where
    if expected.cite is not None:
        assert {row.cite for row in met} == {expected.cite}, where
    if expected.missing:
        assert {row.missing for row in met} == {expected.missing}, where


@pytest.mark.parametrize("year", sorted({case.year for d in LAW.documents for case in d.cases}))
def test_the_fast_engines_decide_every_worked_case_as_the_reference(year: int) -> None:
    cases = [case for d in LAW.documents for case in d.cases if case.year == year]
    people = People([{**people_of(case).learners[0], "learner": f"{n:04d}"} for n, case in enumerate(cases)])
    plan = LAW.plan(SchoolYear(year))
    expected = reference(people, plan)
    for found in (frames(people, plan), Loop(columns(people), plan, compiled=False)):
        assert list(found.cells()) == list(expected.cells())
        assert found.totals() == expected.totals()


@pytest.mark.parametrize("document", [d for d in LAW.documents if d.rules], ids=lambda d: d.id)
def test_each_rule_has_a_case_that_pays_one_that_does_not_and_one_that_cannot_say(document: Document) -> None:
    for rule in document.rules:
        outcomes = {case.expect[rule.benefit].outcome for case in document.cases if rule.benefit in case.expect}
        assert outcomes == {"yes", "no", "cannot_say"}, f"{rule.at}: {rule.benefit} has only {sorted(outcomes)}"


def test_every_first_and_last_day_has_at_most_one_rule_a_benefit() -> None:
    for edge in {month for rule in LAW.rules for month in (rule.since, rule.since + -1)}:
        for benefit in LAW.benefits:
            held = [r for r in LAW.rules if r.rule.benefit == benefit and r.since <= edge < r.until]
            assert len(held) <= 1, (benefit, edge, [r.document.id for r in held])
