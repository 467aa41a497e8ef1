"""A made-up campaign for the demo: staff lists of nine schools, plans, some who agreed and paid, money remitted."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ansinh import sheets
from ansinh.sheets._blank import filled
from ansinh.web.access import CLERK
from ansinh.web.payments import gratitude_actions as actions
from ansinh.web.payments.gratitude_models import Campaign, Choice, FundPlan
from ansinh.web.payments.gratitude_queries import contributors, proposed, units
from ansinh.web.payments.gratitude_wage import Formula
from ansinh.web.registry import actions as registry
from ansinh.web.registry import staff_lists
from ansinh.web.registry.models import School, User
from ansinh.web.registry.scope import scope_of

SCHOOLS = 9
SEED = 28_06
TEMPLATE = "staff_list"
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Thạch", "Kim", "Bùi")
_MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Thanh", "Hữu")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Khoa",
    "Lan",
    "Minh",
    "Nga",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Tâm",
)
_COEFFICIENTS = ("2,34", "2,67", "3,00", "3,33", "3,66", "3,99", "4,32")


def campaign(*, by: User, at: datetime) -> Campaign | None:
    """Make the campaign of the year up unless it is there. None where the demo's schools are not."""
    year = timezone.localdate(at).year
    held = Campaign.objects.filter(year=year).first()
    schools = list(
        School.objects.filter(code__startswith="9986").select_related("area__parent").order_by("code")[:SCHOOLS]
    )
    if held is not None or not schools or schools[0].area.parent is None:
        return held
    with transaction.atomic():
        made = actions.open_campaign(
            area=schools[0].area.parent, year=year, name=f"Vận động Quỹ Đền ơn đáp nghĩa năm {year} (đặt ra)",
            opens_on=date(year, 6, 28), closes_on=date(year, 7, 27), formula=Formula(2_340_000, 22),
            basis="Kế hoạch đặt ra cho bản dùng thử", by=by, at=at,
        )  # fmt: skip
        chance = random.Random(SEED)  # noqa: S311 (made-up data, the same each time)
        for number, school in enumerate(schools):
            _staff(school, chance, at)
            sums = proposed(made, scope_of(by), [school])
            fund = (
                "Quỹ Đền ơn đáp nghĩa tỉnh"
                if number % 3 == 1
                else f"Quỹ Đền ơn đáp nghĩa {school.area.name[:1].lower()}{school.area.name[1:]}"
            )
            actions.plan(campaign=made, school=school, plan_vnd=sums.get(school.pk, 0), fund=fund, by=by, at=at)
            if number:  # The first school is left to be tried.
                _gave(made, school, chance, at)
    return made


def _staff(school: School, chance: random.Random, at: datetime) -> None:
    rows: list[dict[str, object]] = [
        {
            "staff_code": f"CB{n:03d}",
            "full_name": f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}",
            "birth_date": f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1970 + n % 30}",
            "position": "Hiệu trưởng" if n == 0 else "Nhân viên" if n % 9 == 8 else "Giáo viên",
            "coefficient_hundredths": chance.choice(_COEFFICIENTS),
            "allowance_hundredths": "0,5" if n == 0 else "0",
            "contract": "Viên chức, công chức",
        }
        for n in range(chance.randrange(18, 32))
    ]
    intake = sheets.read(
        sheets.templates()[TEMPLATE], filled(sheets.templates()[TEMPLATE], rows, {}), filename="nhan-su.xlsx"
    )
    clerk = _clerk(school)
    upload = registry.keep(intake=intake, school=school, by=clerk, at=at)
    registry.accept(difference=staff_lists.difference_of(upload, intake=intake), by=clerk, at=at)


def _gave(made: Campaign, school: School, chance: random.Random, at: datetime) -> None:
    clerk, on = _clerk(school), timezone.localdate(at)
    people = contributors(made, school, scope_of(clerk))
    ready = [one for one in people if one.proposed_vnd and chance.random() < 0.85]
    amounts = {one.member: chance.choice((one.proposed_vnd or 0, one.proposed_vnd or 0, 100_000)) for one in ready}
    about: dict[str, Any] = {"campaign": made, "school": school, "by": clerk, "at": at}
    actions.answer(choice=Choice.AGREED, amounts=amounts, on=on, **about)
    actions.collect(members=[one.member for one in ready[: len(ready) * 9 // 10]], on=on, **about)
    (unit,) = units(made, School.objects.filter(pk=school.pk))
    if FundPlan.objects.filter(campaign=made).count() % 3:
        sent = actions.remit(amount_vnd=unit.collected_vnd, on=on, **about)
        if FundPlan.objects.filter(campaign=made).count() % 2:
            actions.acknowledge(
                remitted=sent, amount_vnd=sent.amount_vnd, on=on, reference=f"BN-{school.code[-2:]} (đặt ra)",
                by=clerk, at=at,
            )  # fmt: skip


def _clerk(school: School) -> User:
    return User.objects.filter(grants__school=school, role=CLERK).order_by("pk")[0]
