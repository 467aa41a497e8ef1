"""Made-up Mothers and their sponsors for the demo, forty-four of them, the same each time. Nobody here exists.

One commitment has lapsed for three months, one Mother has no sponsor and one has died, so that each can be looked at.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ansinh.core.dates import Month
from ansinh.web.payments import gratitude_care_actions as actions
from ansinh.web.payments.gratitude_care_queries import care_of
from ansinh.web.payments.gratitude_models import CareGift, CarePayment, Commitment, Mother, Occasion
from ansinh.web.registry.models import Area, School, User

MOTHERS = 44
SEED = 27_07
MADE_UP = "ĐẶT-RA"  # Stands in every decision's number, so that nobody takes one for true.
LAPSED, ALONE, DEAD = 7, 20, 33
_FAMILY = ("Nguyễn Thị", "Trần Thị", "Lê Thị", "Phạm Thị", "Huỳnh Thị", "Võ Thị", "Đặng Thị", "Thạch Thị", "Kim Thị")
_GIVEN = ("Ân", "Bưởi", "Cúc", "Dừa", "Được", "Hẹ", "Hường", "Lành", "Lúa", "Mận", "Nở", "Quýt", "Sen", "Sương", "Thơm",
          "Tròn", "Út", "Xoài", "Yên", "Én")  # fmt: skip
# Amount, months of a period, sources.
_TERMS = (
    (500_000, 1, ()),
    (1_000_000, 1, (("Đóng góp của cán bộ, giáo viên", 500_000), ("Quỹ công đoàn", 500_000))),
    (1_200_000, 1, ()),
    (5_000_000, 6, ()),
)
_ANNIVERSARY = (7, 27)


def mothers(*, by: User, at: datetime) -> int:
    """Enter the made-up Mothers unless they are there; how many are."""
    found = Mother.objects.filter(title_decision__contains=MADE_UP)
    if not found.exists():
        with transaction.atomic():
            _mothers(by, at)
    return found.count()


def _mothers(by: User, at: datetime) -> None:
    chance = random.Random(SEED)  # noqa: S311 (made-up data, the same each time)
    schools = list(School.objects.filter(code__startswith="9986").order_by("code")[:30])
    communes = list(Area.objects.filter(pk__in={school.area_id for school in schools}).order_by("code"))
    today, began = timezone.localdate(at), Month.of(timezone.localdate(at)) + -14
    names = [f"{family} {given}" for family in _FAMILY for given in _GIVEN]
    for number, name in enumerate(chance.sample(names, MOTHERS)):
        mother = actions.register(
            area=communes[number % len(communes)], by=by, at=at, full_name=name, birth_year=1925 + number % 15,
            address=f"Ấp {number % 9 + 1} (đặt ra)", title_decision=f"{number + 1:02d}/{MADE_UP}",
            title_on=date(2014, 12, 19), carer=f"{chance.choice(_FAMILY)} {chance.choice(_GIVEN)} (con dâu)",
            health="Đi lại khó khăn (đặt ra)", public=number % 4 == 0,
        )  # fmt: skip
        if number == ALONE:
            continue
        amount, cycle, sources = _TERMS[0] if number == LAPSED else _TERMS[number % len(_TERMS)]
        sponsor = "Công đoàn ngành Giáo dục" if number % 6 == 5 else schools[number % len(schools)].name
        promised = actions.commit(
            mother=mother, sponsor=sponsor, since=began.first_day, amount_vnd=amount, cycle_months=cycle,
            sources=sources, certificate=f"GCN-{number + 1:02d}/{MADE_UP}", by=by, at=at,
        )  # fmt: skip
        if number == DEAD:
            actions.record_death(mother=mother, on=today - timedelta(days=100), by=by, at=at)
        _paid(promised, today, 3 if number == LAPSED else 0, by, at)
        _visited(mother, sponsor, today, by, at)


def _paid(promised: Commitment, today: date, unpaid: int, by: User, at: datetime) -> None:
    over = [one for one in care_of(promised, today).periods if one.over]
    CarePayment.objects.bulk_create(
        CarePayment(
            commitment=promised, month=one.month.first_day, amount_vnd=one.due_vnd,
            on=one.month.first_day + timedelta(days=9), payer="Ban Chấp hành Công đoàn",
            reference="Gia đình ký nhận", by=by, at=at,
        )
        for one in over[: len(over) - unpaid]
    )  # fmt: skip


def _visited(mother: Mother, sponsor: str, today: date, by: User, at: datetime) -> None:
    on = date(today.year, *_ANNIVERSARY)
    on = on if on <= today else date(today.year - 1, *_ANNIVERSARY)
    values = {"giver": sponsor, "what": "Quà và sữa", "cash_vnd": 500_000, "things_vnd": 300_000}
    CareGift.objects.create(mother=mother, occasion=Occasion.JULY_27, on=on, by=by, at=at, **values)
