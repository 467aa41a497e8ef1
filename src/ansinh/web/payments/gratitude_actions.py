"""Verbs of the fund of gratitude: each in one transaction, with who and when. What is refused here the databases refuse too."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from ansinh.core.money import format_vnd
from ansinh.web.access import CLERK, SPECIALIST
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_models import Campaign, Choice, FundAct, FundAnswer, FundEntry, FundPlan
from ansinh.web.payments.gratitude_queries import Contributor, contributors, units
from ansinh.web.payments.gratitude_wage import Formula
from ansinh.web.registry.models import Area, School, User
from ansinh.web.registry.scope import scope_of


def open_campaign(
    *, area: Area, year: int, name: str, opens_on: date, closes_on: date, formula: Formula, basis: str, by: User,
    at: datetime,
) -> Campaign:  # fmt: skip
    """Begin a year's campaign in an area with its way of reckoning one day's wage, which is not changed afterwards."""
    if by.role != SPECIALIST or not scope_of(by).areas().filter(pk=area.pk).exists():
        raise PermissionDenied
    if closes_on < opens_on:
        raise PaymentError("Ngày kết thúc phải sau ngày bắt đầu.", "The last day comes after the first.")
    if Campaign.objects.filter(area=area, year=year, name=name).exists():
        raise PaymentError("Năm ấy đã có đợt vận động cùng tên.", "That year has a campaign of this name.")
    return Campaign.objects.create(
        area=area, year=year, name=name, opens_on=opens_on, closes_on=closes_on, base_vnd=formula.base_vnd,
        divisor=formula.divisor, step_vnd=formula.step_vnd, rounding=formula.rounding.value,
        with_allowance=formula.with_allowance, basis=basis, by=by, at=at,
    )  # fmt: skip


def plan(
    *, campaign: Campaign, school: School, plan_vnd: int, fund: str, account: str = "", by: User, at: datetime
) -> None:
    """What a unit is to reach, and the fund of this year that receives its money. Said again, the newest holds."""
    if by.role != SPECIALIST or not scope_of(by).schools().filter(pk=school.pk).exists():
        raise PermissionDenied
    if plan_vnd < 0 or not fund.strip():
        raise PaymentError(
            f"{school.name}: hãy ghi số tiền kế hoạch và tên quỹ nhận tiền.",
            f"{school.name}: give the plan and the fund that receives the money.",
        )
    values = {"plan_vnd": plan_vnd, "fund": fund.strip(), "account": account.strip()}
    held = FundPlan.objects.filter(campaign=campaign, school=school).order_by("-pk").first()
    if held is None or any(getattr(held, name) != value for name, value in values.items()):
        FundPlan.objects.create(campaign=campaign, school=school, by=by, at=at, **values)


def answer(
    *,
    campaign: Campaign,
    school: School,
    choice: str,
    amounts: Mapping[uuid.UUID, int],
    on: date,
    by: User,
    at: datetime,
) -> int:
    """Write down what members of a school's staff said: each their own amount where they agreed, on the day of their
    consent. How many answers are new. PaymentError names who cannot be written so, and nothing is written.
    """
    with transaction.atomic():
        known = _unit(campaign, school, by)
        rows: list[FundAnswer] = []
        for member, amount in amounts.items():
            one = _one(known, member)
            _fits(one, choice, amount)
            before = one.answer
            kept = amount if choice == Choice.AGREED else 0
            if before and (before.choice, before.amount_vnd) == (choice, kept):
                continue
            consent = on if choice == Choice.AGREED else None
            rows.append(
                FundAnswer(
                    campaign=campaign, school=school, member=member, choice=choice, amount_vnd=kept,
                    consent_on=consent, by=by, at=at,
                )
            )  # fmt: skip
        FundAnswer.objects.bulk_create(rows)
    return len(rows)


def _fits(one: Contributor, choice: str, amount: int) -> None:
    if choice not in Choice.values:
        raise PaymentError("Hãy chọn việc cần ghi.", "Choose what is to be written.")
    if choice == Choice.AGREED and one.minor:
        raise PaymentError(f"{one.name} chưa đủ 18 tuổi: không vận động.", f"{one.name} is under 18 and is not asked.")
    if choice == Choice.AGREED and amount <= 0:
        raise PaymentError(
            f"{one.name}: chưa có số tiền. Hãy ghi số tiền người ấy muốn đóng góp.",
            f"{one.name} has no amount. Write what the person wants to give.",
        )
    if (choice == Choice.AGREED and amount < one.received_vnd) or (choice != Choice.AGREED and one.received_vnd):
        raise PaymentError(
            f"{one.name} đã nộp {format_vnd(one.received_vnd)}: hãy thu lại phiếu thu trước.",
            f"{one.name} has paid {format_vnd(one.received_vnd)}: take the receipt back first.",
        )


def collect(
    *, campaign: Campaign, school: School, members: Collection[uuid.UUID], on: date, by: User, at: datetime
) -> list[FundEntry]:
    """Receipts for what these members agreed to and have not paid yet, numbered on. PaymentError where one did not agree."""
    _not_later(on, at)
    with transaction.atomic():
        known = _unit(campaign, school, by)
        number = _next(campaign, school, FundAct.RECEIVED)
        rows: list[FundEntry] = []
        for one in known.values():
            if one.member not in members:
                continue
            if not one.owed_vnd:
                raise PaymentError(
                    f"{one.name} chưa ghi đồng ý, hoặc đã nộp đủ.", f"{one.name} did not agree, or has paid in full."
                )
            rows.append(
                FundEntry(
                    campaign=campaign, school=school, act=FundAct.RECEIVED, number=number + len(rows),
                    member=one.member, who=one.name, post=one.post, amount_vnd=one.owed_vnd, on=on, by=by, at=at,
                )
            )  # fmt: skip
        return FundEntry.objects.bulk_create(rows)


def remit(
    *, campaign: Campaign, school: School, amount_vnd: int, on: date, reference: str = "", by: User, at: datetime
) -> FundEntry:
    """Pay what was collected to the fund that the plan names."""
    _not_later(on, at)
    with transaction.atomic():
        _unit(campaign, school, by)
        unit = next(iter(units(campaign, School.objects.filter(pk=school.pk))), None)
        if unit is None or unit.plan is None:
            raise PaymentError("Đơn vị chưa có quỹ nhận tiền.", "The unit has no fund that receives its money.")
        if not 0 < amount_vnd <= unit.remaining_vnd:
            left = format_vnd(unit.remaining_vnd)
            raise PaymentError(f"Chỉ nộp được tối đa {left} đã thu và chưa nộp.", f"At most {left} can be remitted.")
        return FundEntry.objects.create(
            campaign=campaign, school=school, act=FundAct.REMITTED, who=unit.plan.fund, post=unit.plan.account,
            number=_next(campaign, school, FundAct.REMITTED), amount_vnd=amount_vnd, on=on,
            reference=reference.strip(), by=by, at=at,
        )  # fmt: skip


def acknowledge(*, remitted: FundEntry, amount_vnd: int, on: date, reference: str, by: User, at: datetime) -> FundEntry:
    """The receipt of the fund's board for what was remitted, or for a part of it."""
    _not_later(on, at)
    if not reference.strip():
        raise PaymentError("Hãy ghi số biên nhận của Ban Quản lý Quỹ.", "Give the number of the board's receipt.")
    with transaction.atomic():
        _unit(remitted.campaign, remitted.school, by)
        try:
            with transaction.atomic():
                return FundEntry.objects.create(
                    campaign=remitted.campaign, school=remitted.school, act=FundAct.ACKNOWLEDGED, of=remitted,
                    number=_next(remitted.campaign, remitted.school, FundAct.ACKNOWLEDGED), amount_vnd=amount_vnd,
                    who=remitted.who, on=on, reference=reference.strip(), by=by, at=at,
                )  # fmt: skip
        except IntegrityError:
            raise PaymentError(
                "Lần nộp này đã thu lại, hoặc các biên nhận nhiều hơn số đã nộp.",
                "This remittance was taken back, or more would be acknowledged than was remitted.",
            ) from None


def take_back(*, entry: FundEntry, reason: str, by: User, at: datetime) -> FundEntry:
    """Take an entry back whole by a record of its own: later ones that rest on it first."""
    if not reason.strip():
        raise PaymentError("Hãy ghi lý do.", "Give the reason.")
    with transaction.atomic():
        _unit(entry.campaign, entry.school, by)
        try:
            with transaction.atomic():
                return FundEntry.objects.create(
                    campaign=entry.campaign, school=entry.school, act=entry.act, member=entry.member, who=entry.who,
                    post=entry.post, number=_next(entry.campaign, entry.school, entry.act), of=entry.of,
                    amount_vnd=-entry.amount_vnd, on=timezone.localdate(at), reference=entry.reference, corrects=entry,
                    reason=reason.strip()[:300], by=by, at=at,
                )  # fmt: skip
        except IntegrityError:
            raise PaymentError(
                "Không thu lại được: đã thu lại rồi, tiền đã nộp về Quỹ, hoặc Quỹ đã biên nhận. Hãy thu lại lần sau trước.",
                "It cannot be taken back: it was already, or the money was remitted or acknowledged. Take those back first.",
            ) from None


def _unit(campaign: Campaign, school: School, by: User) -> dict[uuid.UUID, Contributor]:
    """The unit's contributors, held until the transaction ends so that two keepers do not number alike."""
    scope = scope_of(by)
    if by.role != CLERK or not scope.schools().filter(pk=school.pk).exists():
        raise PermissionDenied
    School.objects.select_for_update().get(pk=school.pk)
    return {one.member: one for one in contributors(campaign, school, scope)}


def _one(known: Mapping[uuid.UUID, Contributor], member: uuid.UUID) -> Contributor:
    if member not in known:
        raise PaymentError("Có người không còn trong danh sách nhân sự.", "Somebody is no longer on the staff list.")
    return known[member]


def _next(campaign: Campaign, school: School, act: str) -> int:
    kept = FundEntry.objects.filter(campaign=campaign, school=school, act=act).aggregate(last=Max("number"))
    return (kept["last"] or 0) + 1


def _not_later(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise PaymentError("Ngày này còn ở phía trước.", "This day is yet to come.")
