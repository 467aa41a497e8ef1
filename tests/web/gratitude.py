"""Made-up Mothers, campaigns and staff: what the tests of gratitude begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ansinh.core.dates import Month
from ansinh.web.access import SPECIALIST
from ansinh.web.payments import gratitude_actions as fund
from ansinh.web.payments import gratitude_care_actions as care
from ansinh.web.payments.gratitude_models import Campaign, Commitment, Mother
from ansinh.web.payments.gratitude_wage import Formula
from ansinh.web.registry.models import Area, School, User

from .conftest import NOON, PASSWORD, grant
from .other_lists import accepted, kept, staff

TODAY = date(2025, 10, 1)


def officer(area: Area, name: str = "chuyen-vien-qd") -> User:
    """A specialist of the whole province."""
    made = User.objects.create_user(name, password=PASSWORD, role=SPECIALIST, full_name="Chuyên viên (đặt ra)")
    return grant(made, area=area.parent or area)


def mother(area: Area, by: User, name: str = "Nguyễn Thị Đặt Ra", **values: Any) -> Mother:
    return care.register(area=area, by=by, at=NOON, full_name=name, birth_year=1932, **values)


def promise(
    of: Mother, by: User, *, since: date = date(2025, 1, 1), amount: int = 500_000, cycle: int = 1
) -> Commitment:
    return care.commit(
        mother=of, sponsor="Trường Thử", since=since, amount_vnd=amount, cycle_months=cycle, by=by, at=NOON
    )


def pay(commitment: Commitment, months: Sequence[Month], by: User, amount: int = 500_000) -> None:
    for month in months:
        care.pay(
            commitment=commitment, month=month, amount_vnd=amount, on=month.first_day, reference="ký nhận", by=by,
            at=NOON,
        )  # fmt: skip


def employ(school: School, clerk: User, count: int) -> None:
    """So many made-up members of a school's staff, by the list that the clerk accepts."""
    accepted(kept("staff_list", staff(count), by=clerk, school=school, name=f"nhan-su-{count}"), clerk)


def campaign(area: Area, by: User, *, name: str = "Đền ơn đáp nghĩa 2025", **formula: Any) -> Campaign:
    """A campaign of the area in 2025: one day's wage as base 2,340,000 over 22, rounded down to a thousand."""
    reckoned = Formula(**{"base_vnd": 2_340_000, "divisor": 22, **formula})
    return fund.open_campaign(
        area=area, year=2025, name=name, opens_on=date(2025, 6, 28), closes_on=date(2025, 7, 27), formula=reckoned,
        basis="Kế hoạch thử", by=by, at=NOON,
    )  # fmt: skip
