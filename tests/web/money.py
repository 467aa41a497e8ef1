"""A small school whose children are owed a lunch, and the four people who pay it: what the tests of payments begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ansinh import law
from ansinh.core.dates import SchoolYear, Span
from ansinh.core.decide import decide
from ansinh.engines.reference import reference
from ansinh.web.access import LEADER, SPECIALIST
from ansinh.web.payments import actions
from ansinh.web.payments.models import Run
from ansinh.web.registry import snapshot
from ansinh.web.registry.models import School, User

from .conftest import NOON, grant, keep
from .rosters import POVERTY, workbook
from .test_difference import accepted, children

YEAR = SchoolYear(2023)
AUTUMN = Span(date(2023, 9, 1), date(2024, 1, 1))
SPRING = Span(date(2024, 1, 1), date(2024, 6, 1))
POOR, NOT_POOR = "Hộ nghèo", "Không thuộc hộ nghèo, cận nghèo"


@dataclass(frozen=True)
class Office:
    """The four people of a payment: who draws up, checks, approves and sends."""

    clerk: User
    checker: User
    leader: User
    cashier: User


def office(school: School, clerk: User) -> Office:
    area = school.area.parent
    names = (("kiem-tra", SPECIALIST), ("lanh-dao", LEADER), ("ke-toan", SPECIALIST))
    return Office(clerk, *(grant(User.objects.create_user(name, role=role), area=area) for name, role in names))


def roster(school: School, clerk: User, poverty: list[str], at: datetime = NOON) -> None:
    """The school's list of the year, with a child for each word on poverty."""
    rows = [{**child, POVERTY: said} for child, said in zip(children(len(poverty)), poverty, strict=True)]
    accepted(keep(workbook(rows), school, clerk, f"{at:%d}.xlsx"), clerk, at)


def drawn(school: School, by: User, period: Span = AUTUMN, at: datetime = NOON) -> Run:
    people = snapshot.people(list(snapshot.listed(YEAR).order_by("pk").values_list("pk", flat=True)), YEAR)
    decisions = decide(people, law=law.load(), engine=reference, year=YEAR)
    return actions.draw_up(decisions=decisions, people=people, school=school, period=period, by=by, at=at)


def approved(school: School, people: Office, period: Span = AUTUMN) -> Run:
    run = drawn(school, people.clerk, period)
    actions.check(run=run, by=people.checker, at=NOON + timedelta(days=1))
    actions.approve(run=run, by=people.leader, at=NOON + timedelta(days=2))
    return run


def sent(school: School, people: Office, period: Span = AUTUMN) -> Run:
    run = approved(school, people, period)
    actions.send(run=run, by=people.cashier, at=NOON + timedelta(days=3))
    return run
