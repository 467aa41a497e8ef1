"""The fund of gratitude: one day's wage, who agreed, what was collected and remitted; nothing is changed, nobody is exposed."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ansinh.web.access import AUDITOR, LEADER
from ansinh.web.payments import gratitude_actions as actions
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_guards import KEPT
from ansinh.web.payments.gratitude_models import Campaign, Choice, FundAct, FundAnswer, FundEntry
from ansinh.web.payments.gratitude_queries import (
    Contributor,
    Unit,
    campaigns,
    contributors,
    entries,
    proposed,
    public_figures,
    totals,
    units,
)
from ansinh.web.payments.gratitude_wage import DIVISORS, STEPS_VND, Formula, Rounding
from ansinh.web.registry.models import Area, School, Staff, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, grant
from .gratitude import campaign, employ, officer

TODAY = date(2025, 10, 1)


@given(
    coefficient=st.integers(0, 1_500) | st.none(),
    allowance=st.integers(0, 300) | st.none(),
    base=st.integers(1, 5_000_000),
    divisor=st.sampled_from(DIVISORS) | st.integers(1, 31),
    step=st.sampled_from(STEPS_VND),
    rounding=st.sampled_from(Rounding),
    with_allowance=st.booleans(),
)
def test_a_day_s_wage_is_the_fraction_rounded(
    coefficient: int | None, allowance: int | None, base: int, divisor: int, step: int, rounding: Rounding,
    with_allowance: bool,
) -> None:  # fmt: skip
    found = Formula(base, divisor, step, rounding, with_allowance).wage_day_vnd(coefficient, allowance)
    if coefficient is None:
        assert found is None
        return
    hundredths = coefficient + (allowance or 0) * with_allowance
    steps = Fraction(hundredths, 100) * base / divisor / step
    whole = {
        Rounding.DOWN: floor(steps),
        Rounding.UP: ceil(steps),
        Rounding.NEAREST: floor(steps + Fraction(1, 2)),
    }
    assert found == whole[rounding] * step


def test_a_day_s_wage_of_a_teacher() -> None:
    """2,34 × 2.340.000 ÷ 22 = 248.890,9 đồng, worked by hand."""
    assert Formula(2_340_000, 22, 1_000).wage_day_vnd(234, 0) == 248_000
    assert Formula(2_340_000, 22, 1_000, Rounding.UP).wage_day_vnd(234, 0) == 249_000
    assert Formula(2_340_000, 22, 1, Rounding.NEAREST).wage_day_vnd(234, 50) == 302_073
    assert Formula(2_340_000, 22, 1, Rounding.NEAREST, with_allowance=False).wage_day_vnd(234, 50) == 248_891


@pytest.fixture
def officer_(area: Area) -> User:
    return officer(area)


@pytest.fixture
def drive(area: Area, officer_: User, school: School, clerk: User) -> Campaign:
    """A campaign in which a school of ten takes part."""
    employ(school, clerk, 10)
    made = campaign(area, officer_)
    actions.plan(campaign=made, school=school, plan_vnd=2_000_000, fund="Quỹ tỉnh", by=officer_, at=NOON)
    return made


def staff_of(drive: Campaign, school: School, clerk: User) -> list[Contributor]:
    return contributors(drive, school, scope_of(clerk))


def unit(drive: Campaign, school: School) -> Unit:
    (found,) = units(drive, School.objects.filter(pk=school.pk))
    return found


def agree(drive: Campaign, school: School, clerk: User, people: list[Contributor], amount: int = 0) -> int:
    amounts = {one.member: amount or one.proposed_vnd or 0 for one in people}
    return actions.answer(
        campaign=drive, school=school, choice=Choice.AGREED, amounts=amounts, on=TODAY, by=clerk, at=NOON
    )


def decline(drive: Campaign, school: School, clerk: User, one: Contributor, choice: str = Choice.DECLINED) -> int:
    return actions.answer(
        campaign=drive, school=school, choice=choice, amounts={one.member: 0}, on=TODAY, by=clerk, at=NOON
    )


def collect(drive: Campaign, school: School, clerk: User, people: list[Contributor]) -> list[FundEntry]:
    members = [one.member for one in people]
    return actions.collect(campaign=drive, school=school, members=members, on=TODAY, by=clerk, at=NOON)


def remit(drive: Campaign, school: School, clerk: User, amount: int) -> FundEntry:
    return actions.remit(campaign=drive, school=school, amount_vnd=amount, on=TODAY, by=clerk, at=NOON)


def test_from_the_list_to_the_board_s_receipt(drive: Campaign, school: School, clerk: User) -> None:
    people = staff_of(drive, school, clerk)
    assert {one.proposed_vnd for one in people} == {248_000}
    assert agree(drive, school, clerk, people[:6]) == 6
    assert agree(drive, school, clerk, people[6:7], amount=500_000) == 1
    assert decline(drive, school, clerk, people[7]) == 1
    assert decline(drive, school, clerk, people[8], Choice.LEFT_OUT) == 1
    assert agree(drive, school, clerk, people[:6]) == 0, "the same answer twice is one"
    assert [one.number for one in collect(drive, school, clerk, people[:7])] == list(range(1, 8))
    stands = unit(drive, school)
    assert (stands.contributors, stands.collected_vnd, stands.percent) == (7, 6 * 248_000 + 500_000, 99)
    assert [one.state for one in staff_of(drive, school, clerk)] == ["paid"] * 7 + ["declined", "left out", "open"]
    sent = remit(drive, school, clerk, 1_500_000)
    with pytest.raises(PaymentError, match="At most 488"):
        remit(drive, school, clerk, 488_001)
    actions.acknowledge(remitted=sent, amount_vnd=1_000_000, on=TODAY, reference="BN 01", by=clerk, at=NOON)
    with pytest.raises(PaymentError, match="more would be"):
        actions.acknowledge(remitted=sent, amount_vnd=500_001, on=TODAY, reference="BN 02", by=clerk, at=NOON)
    stands = unit(drive, school)
    assert (stands.remaining_vnd, stands.unconfirmed_vnd) == (488_000, 500_000)


def test_what_was_wrong_is_taken_back_in_order(drive: Campaign, school: School, clerk: User) -> None:
    people = staff_of(drive, school, clerk)
    agree(drive, school, clerk, people[:2])
    (first, _second) = collect(drive, school, clerk, people[:2])
    sent = remit(drive, school, clerk, 496_000)
    board = actions.acknowledge(remitted=sent, amount_vnd=496_000, on=TODAY, reference="BN", by=clerk, at=NOON)
    for entry in (first, sent):
        with pytest.raises(PaymentError, match="first"):
            actions.take_back(entry=entry, reason="nhầm", by=clerk, at=NOON)
    with pytest.raises(PaymentError, match="take the receipt back"):
        decline(drive, school, clerk, people[0])
    for entry in (board, sent, first):
        back = actions.take_back(entry=entry, reason="nhầm", by=clerk, at=NOON)
        assert back.amount_vnd == -entry.amount_vnd
    with pytest.raises(PaymentError, match="already"):
        actions.take_back(entry=first, reason="lần nữa", by=clerk, at=NOON)
    decline(drive, school, clerk, people[0])
    stands = unit(drive, school)
    assert (stands.contributors, stands.collected_vnd, stands.remitted_vnd) == (1, 248_000, 0)


def test_nobody_pays_who_did_not_agree(drive: Campaign, school: School, clerk: User) -> None:
    people = staff_of(drive, school, clerk)
    decline(drive, school, clerk, people[0])
    for one in people[:2]:
        with pytest.raises(PaymentError, match="did not agree"):
            collect(drive, school, clerk, [one])
    with pytest.raises(PaymentError, match="no amount"):
        actions.answer(
            campaign=drive, school=school, choice=Choice.AGREED, amounts={people[0].member: 0}, on=TODAY, by=clerk,
            at=NOON,
        )  # fmt: skip
    with pytest.raises(PaymentError, match="no longer"):
        actions.answer(
            campaign=drive,
            school=school,
            choice=Choice.DECLINED,
            amounts={uuid.uuid4(): 0},
            on=TODAY,
            by=clerk,
            at=NOON,
        )
    assert not FundEntry.objects.exists()


def test_who_is_under_eighteen_is_not_asked(drive: Campaign, school: School, clerk: User) -> None:
    one = Staff.objects.order_by("pk")[0]
    Staff.objects.create(
        member=one.member, full_name="Em Trẻ Tuổi", birth_date=date(2007, 6, 29), school=school, batch=one.batch,
        coefficient_hundredths=200, since=TODAY, row=999,
    )  # fmt: skip
    (young,) = [one for one in staff_of(drive, school, clerk) if one.minor]
    assert (young.name, young.state) == ("Em Trẻ Tuổi", "left out")
    with pytest.raises(PaymentError, match="under 18"):
        agree(drive, school, clerk, [young])


def test_only_the_keeper_sees_who_gave(
    area: Area, drive: Campaign, school: School, clerk: User, other_clerk: User, officer_: User
) -> None:
    people = staff_of(drive, school, clerk)
    agree(drive, school, clerk, people[:2])
    collect(drive, school, clerk, people[:2])
    remit(drive, school, clerk, 1_000)
    others = [
        grant(User.objects.create_user(f"nguoi-{role}", role=role), area=area.parent) for role in (LEADER, AUDITOR)
    ]
    for person in (*others, officer_, other_clerk):
        with pytest.raises(PermissionError):
            contributors(drive, school, scope_of(person))
        assert not entries(scope_of(person)).filter(act=FundAct.RECEIVED).exists()
        with pytest.raises(PermissionDenied):
            collect(drive, school, person, people[:1])
    assert entries(scope_of(others[0])).count() == 1
    assert entries(scope_of(other_clerk)).count() == 0
    assert [campaigns(scope_of(one)).count() for one in (clerk, other_clerk, officer_)] == [1, 0, 1]
    assert entries(scope_of(clerk)).count() == 3
    (shown,) = public_figures(drive)
    assert (shown.contributors, shown.collected_vnd) == (None, 496_000), "two are too few to be counted in public"


def test_a_plan_said_again_is_the_one_that_holds(drive: Campaign, school: School, officer_: User) -> None:
    for amount in (3_000_000, 3_000_000, 2_500_000):
        actions.plan(campaign=drive, school=school, plan_vnd=amount, fund="Quỹ xã", by=officer_, at=NOON)
    assert drive.plans.count() == 3
    assert (unit(drive, school).plan_vnd, unit(drive, school).plan.fund) == (2_500_000, "Quỹ xã")  # type: ignore[union-attr]
    assert proposed(drive, scope_of(officer_), [school]) == {school.pk: 2_480_000}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        act()
    return str(said.value)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_databases_neither_change_nor_delete(drive: Campaign, school: School, clerk: User) -> None:
    people = staff_of(drive, school, clerk)
    agree(drive, school, clerk, people[:2])
    collect(drive, school, clerk, people[:2])
    for name in [name for name in KEPT if name.startswith(("payments_fund", "payments_campaign"))]:
        assert "cannot be deleted" in refused(lambda name=name: sql(f"DELETE FROM {name}"))  # type: ignore[misc]  # noqa: S608
        assert "cannot be changed" in refused(lambda name=name: sql(f"UPDATE {name} SET by_id = by_id"))  # type: ignore[misc]  # noqa: S608


def test_the_databases_hold_what_the_verbs_promise(drive: Campaign, school: School, clerk: User) -> None:
    people = staff_of(drive, school, clerk)
    agree(drive, school, clerk, people[:2])
    (first, _second) = collect(drive, school, clerk, people[:2])
    same: dict[str, Any] = {"campaign": drive, "school": school, "on": TODAY, "by": clerk, "at": NOON}

    def put(**values: Any) -> str:
        return refused(lambda: FundEntry.objects.create(**same, **values))

    one, other = people[0].member, people[5].member
    assert "gap" in put(act="received", number=9, member=one, amount_vnd=5)
    assert "did not agree" in put(act="received", number=3, member=other, amount_vnd=5)
    back = {"act": "received", "number": 3, "reason": "x", "corrects": first}
    assert "whole" in put(**back, member=one, amount_vnd=-5)
    assert "whole" in put(**back, member=other, amount_vnd=-248_000)
    sent = remit(drive, school, clerk, 400_000)
    assert "no more is paid" in put(act="remitted", number=2, amount_vnd=96_001)
    assert "no more is paid" in put(**back, member=one, amount_vnd=-248_000)
    assert "no more is acknowledged" in put(act="acknowledged", number=1, of=sent, amount_vnd=400_001)
    assert "no more is acknowledged" in put(act="acknowledged", number=1, of=first, amount_vnd=1)
    actions.acknowledge(remitted=sent, amount_vnd=1, on=TODAY, reference="BN", by=clerk, at=NOON)
    assert "not taken back" in put(act="remitted", number=2, reason="x", corrects=sent, amount_vnd=-400_000)
    assert "given back" in refused(
        lambda: FundAnswer.objects.create(
            campaign=drive, school=school, member=one, choice="declined", by=clerk, at=NOON
        )
    )
    put(act="received", number=3, member=one, amount_vnd=-5)
    if connection.vendor == "sqlite":
        columns = ", ".join(f'"{field.column}"' for field in FundEntry._meta.concrete_fields)
        for pk in (first.pk, sent.pk):
            said = refused(
                lambda pk=pk: sql(  # type: ignore[misc]
                    f"INSERT OR REPLACE INTO payments_fundentry ({columns}) "  # noqa: S608
                    f"SELECT {columns} FROM payments_fundentry WHERE id = {pk}"
                )
            )
            assert said


def test_a_thousand_staff_sum_to_the_unit(
    area: Area, school: School, other_school: School, clerk: User, other_clerk: User, officer_: User
) -> None:
    """Half a thousand each at two schools: answers, receipts, corrections by chance; totals are the contributors' own."""
    chance = random.Random(27)  # noqa: S311
    made = campaign(area, officer_)
    slow: dict[int, dict[uuid.UUID, int]] = {}
    for place, keeper, count in ((school, clerk, 700), (other_school, other_clerk, 300)):
        employ(place, keeper, count)
        actions.plan(campaign=made, school=place, plan_vnd=10**8, fund="Quỹ tỉnh", by=officer_, at=NOON)
        people = staff_of(made, place, keeper)
        chance.shuffle(people)
        gives = people[: count * 4 // 5]
        amounts = {one.member: chance.choice((248_000, 100_000, 1_000_001)) for one in gives}
        actions.answer(campaign=made, school=place, choice=Choice.AGREED, amounts=amounts, on=TODAY, by=keeper, at=NOON)
        received = collect(made, place, keeper, gives)
        slow[place.pk] = dict(amounts)
        for entry in chance.sample(received, 20):
            actions.take_back(entry=entry, reason="nhầm", by=keeper, at=NOON)
            del slow[place.pk][entry.member]
        assert {one.member: one.received_vnd for one in staff_of(made, place, keeper) if one.received_vnd} == slow[
            place.pk
        ]
        remit(made, place, keeper, 5_000_000)
    found = units(made, School.objects.all())
    assert {one.school.pk: (one.contributors, one.collected_vnd) for one in found} == {
        pk: (len(gave), sum(gave.values())) for pk, gave in slow.items()
    }
    whole = totals(found)
    assert whole.contributors == sum(len(gave) for gave in slow.values())
    assert whole.collected_vnd == sum(sum(gave.values()) for gave in slow.values())
    assert whole.remaining_vnd == whole.collected_vnd - 10_000_000
