"""Questions on the fund of gratitude: how a campaign and its units stand, and, for a unit's own keeper, who gave what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from ansinh.core.money import format_whole
from ansinh.core.words import name_order, text_order
from ansinh.web.access import CLERK
from ansinh.web.payments.gratitude_models import Campaign, Choice, FundAct, FundAnswer, FundEntry, FundPlan
from ansinh.web.payments.gratitude_wage import Formula, Rounding
from ansinh.web.registry.models import School, Staff, User
from ansinh.web.registry.scope import Scope

ADULT = 18  # Who is younger is not asked.
FEWEST_NAMED = 5  # Of fewer contributors no number is made public.
CHOICES, ACTS = Choice, FundAct


@dataclass(frozen=True)
class Unit:
    """How a unit stands in a campaign, from the entries alone. plan: None while it has none."""

    school: School
    plan: FundPlan | None
    contributors: int = 0
    collected_vnd: int = 0
    remitted_vnd: int = 0
    acknowledged_vnd: int = 0

    @property
    def plan_vnd(self) -> int:
        return self.plan.plan_vnd if self.plan else 0

    @property
    def remaining_vnd(self) -> int:
        """Collected and not yet paid to the fund."""
        return self.collected_vnd - self.remitted_vnd

    @property
    def unconfirmed_vnd(self) -> int:
        """Paid to the fund and not yet acknowledged by its board."""
        return self.remitted_vnd - self.acknowledged_vnd

    @property
    def percent(self) -> int | None:
        """Collected of the plan, a part of a percent dropped; None without a plan."""
        return percent(self.collected_vnd, self.plan_vnd)


@dataclass(frozen=True)
class Totals:
    """A campaign's units together."""

    units: int
    contributors: int
    plan_vnd: int
    collected_vnd: int
    remitted_vnd: int
    acknowledged_vnd: int

    @property
    def remaining_vnd(self) -> int:
        return self.collected_vnd - self.remitted_vnd

    @property
    def percent(self) -> int | None:
        return percent(self.collected_vnd, self.plan_vnd)


@dataclass(frozen=True)
class Contributor:
    """A member of the staff as the unit's keeper sees them. proposed_vnd: one day's wage, None while nothing says it.

    left_out: the law forbids to ask them, as the birth date says or the keeper wrote.
    """

    member: uuid.UUID
    name: str
    post: str
    coefficient_hundredths: int | None
    allowance_hundredths: int | None
    proposed_vnd: int | None
    answer: FundAnswer | None
    received_vnd: int
    minor: bool = False
    listed: bool = True

    @property
    def state(self) -> str:
        """`left out`, `declined`, `paid`, `agreed` or `open`."""
        if self.received_vnd > 0 and (self.answer is None or self.received_vnd >= self.answer.amount_vnd):
            return "paid"
        if self.minor:
            return str(Choice.LEFT_OUT)
        return str(self.answer.choice) if self.answer else "open"

    @property
    def owed_vnd(self) -> int:
        """What was agreed and has not been collected."""
        agreed = self.answer.amount_vnd if self.answer and not self.minor else 0
        return max(0, agreed - self.received_vnd)


def percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None


def formula(campaign: Campaign) -> Formula:
    """The way in which a campaign reckons one day's wage."""
    return Formula(
        campaign.base_vnd, campaign.divisor, campaign.step_vnd, Rounding(campaign.rounding), campaign.with_allowance
    )


def campaigns(scope: Scope) -> QuerySet[Campaign]:
    """The campaigns of areas within, and those in which a school within takes part."""
    part = FundPlan.objects.filter(campaign=OuterRef("pk"), school__in=scope.schools())
    return Campaign.objects.filter(Q(area__in=scope.areas()) | Exists(part)).select_related("area", "by")


def entries(scope: Scope) -> QuerySet[FundEntry]:
    """The entries of schools within; what was received names people, and is for the keepers of their schools alone."""
    found = FundEntry.objects.filter(school__in=scope.schools()).select_related("campaign", "school__area", "by")
    if not keeps(scope):
        found = found.exclude(act=FundAct.RECEIVED)
    return found.annotate(taken_back=Exists(FundEntry.objects.filter(corrects=OuterRef("pk"))))


def keeps(scope: Scope) -> bool:
    """Whether the person keeps the list of contributors of the schools within: a clerk does, nobody else."""
    return isinstance(scope.person, User) and scope.person.role == CLERK


def plans(campaign: Campaign, schools: QuerySet[School] | Sequence[School]) -> dict[int, FundPlan]:
    """The plan that holds of each of these schools that has one."""
    found = FundPlan.objects.filter(campaign=campaign, school__in=schools).order_by("pk")
    return {plan.school_id: plan for plan in found}


def units(campaign: Campaign, schools: QuerySet[School]) -> list[Unit]:
    """The units among these schools that take part in a campaign, by name."""
    held = plans(campaign, schools)
    moved = FundEntry.objects.filter(campaign=campaign, school__in=schools)
    sums = {
        (school, act): amount
        for school, act, amount in moved.values_list("school", "act").order_by().annotate(Sum("amount_vnd"))
    }
    people: dict[int, int] = {}
    gave = moved.filter(act=FundAct.RECEIVED).values("school", "member").order_by().annotate(all=Sum("amount_vnd"))
    for row in gave.filter(all__gt=0):
        people[row["school"]] = people.get(row["school"], 0) + 1
    taking_part = schools.filter(pk__in={*held, *(school for school, _act in sums)}).select_related("area")
    return [
        Unit(
            school, held.get(school.pk), people.get(school.pk, 0), sums.get((school.pk, FundAct.RECEIVED), 0),
            sums.get((school.pk, FundAct.REMITTED), 0), sums.get((school.pk, FundAct.ACKNOWLEDGED), 0),
        )
        for school in sorted(taking_part, key=lambda school: (text_order(school.name), school.pk))
    ]  # fmt: skip


def totals(found: Iterable[Unit]) -> Totals:
    """These units together."""
    every = list(found)
    return Totals(
        len(every), sum(one.contributors for one in every), sum(one.plan_vnd for one in every),
        sum(one.collected_vnd for one in every), sum(one.remitted_vnd for one in every),
        sum(one.acknowledged_vnd for one in every),
    )  # fmt: skip


def contributors(campaign: Campaign, school: School, scope: Scope) -> list[Contributor]:
    """The staff of a school in the order of a class list, with what each said and gave. PermissionError for who is not the
    keeper: no list of who did not give is ever shown to others.
    """
    if not keeps(scope) or not scope.schools().filter(pk=school.pk).exists():
        raise PermissionError("the list of contributors is its keeper's alone")
    answers = {one.member: one for one in FundAnswer.objects.filter(campaign=campaign, school=school).order_by("pk")}
    received: dict[uuid.UUID, int] = {}
    named: dict[uuid.UUID, tuple[str, str]] = {}
    for one in FundEntry.objects.filter(campaign=campaign, school=school, act=FundAct.RECEIVED):
        assert one.member is not None
        received[one.member] = received.get(one.member, 0) + one.amount_vnd
        named[one.member] = (one.who, one.post)
    staff = {one.member: one for one in scope.staff().filter(school=school)}
    reckoned = formula(campaign)
    found = [_of_staff(one, campaign, reckoned, answers, received) for one in staff.values()]
    # Who gave and has left since stays on the list.
    found += [
        Contributor(member, *named[member], None, None, None, answers.get(member), amount, listed=False)
        for member, amount in received.items()
        if amount and member not in staff
    ]
    return sorted(found, key=lambda one: (name_order(one.name), str(one.member)))


def _of_staff(
    one: Staff,
    campaign: Campaign,
    reckoned: Formula,
    answers: dict[uuid.UUID, FundAnswer],
    received: dict[uuid.UUID, int],
) -> Contributor:
    coefficient, allowance = one.coefficient_hundredths, one.allowance_hundredths
    return Contributor(
        one.member, one.full_name, one.position, coefficient, allowance, reckoned.wage_day_vnd(coefficient, allowance),
        answers.get(one.member), received.get(one.member, 0),
        minor=one.birth_date is not None and one.birth_date > years_before(campaign.opens_on, ADULT),
    )  # fmt: skip


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def proposed(campaign: Campaign, scope: Scope, schools: Sequence[School]) -> dict[int, int]:
    """One day's wage of all whose coefficient is known, by school: what a plan may begin with. Sums alone, no names."""
    reckoned = formula(campaign)
    found: dict[int, int] = {}
    rows = scope.staff().filter(school__in=schools).order_by()
    alike = rows.values_list("school", "coefficient_hundredths", "allowance_hundredths").annotate(Count("pk"))
    for school, coefficient, allowance, count in alike:
        day = reckoned.wage_day_vnd(coefficient, allowance)
        found[school] = found.get(school, 0) + (day or 0) * count
    return found


@dataclass(frozen=True)
class PublicUnit:
    """What is public of a unit: sums, and how many gave where they are not so few that each could be guessed."""

    name: str
    plan_vnd: int
    contributors: int | None
    collected_vnd: int
    remitted_vnd: int
    acknowledged_vnd: int
    percent: int | None


def public_figures(campaign: Campaign) -> list[PublicUnit]:
    """What a campaign makes public: every unit's sums, no person's name or amount."""
    return [
        PublicUnit(
            one.school.name, one.plan_vnd, one.contributors if one.contributors >= FEWEST_NAMED else None,
            one.collected_vnd, one.remitted_vnd, one.acknowledged_vnd, one.percent,
        )
        for one in units(campaign, School.objects.all())
    ]  # fmt: skip


def hundredths(number: int | None) -> str:
    """`234` → `2,34`, as coefficients are written."""
    return "" if number is None else f"{format_whole(number // 100)},{number % 100:02d}"


ROUNDINGS = tuple((str(value), label) for value, label in Campaign._meta.get_field("rounding").choices or ())
