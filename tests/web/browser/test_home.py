"""Home, a school's page, a commune's page and the page of missing papers, in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ansinh.core.tables import LEVEL
from ansinh.web.access import ADMINISTRATOR, AUDITOR, COMMUNE, LEADER
from ansinh.web.registry import actions
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, School, User

from ..conftest import NOON, PASSWORD, grant, keep
from ..rosters import POVERTY, workbook
from ..test_difference import children
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network(area: Area, school: School, clerk: User) -> School:
    """Nine schools of a commune: one with a long name and a list in the register, one with a list that waits."""
    school.name = LONG
    school.save()
    rows = [{**child, POVERTY: ""} if n % 4 == 0 else child for n, child in enumerate(children(30))]
    actions.accept(difference=difference(keep(workbook(rows), school, clerk)), by=clerk, at=NOON)
    for number in range(8):
        School.objects.create(
            code=f"9910000{number}", name=f"Trường Tiểu học Đồng Xanh {number}", level=LEVEL.primary, area=area
        )
    second = School.objects.get(code="99100000")
    keep(workbook(children(3)), second, grant(clerk, school=second), "cho-ghi.xlsx")
    return school


def _person(role: str, area: Area | None = None) -> User:
    found = User.objects.create_user(f"nguoi-{role}", password=PASSWORD, role=role, full_name="Người thử (đặt ra)")
    return grant(found, area=area) if area else found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_screens_of_a_clerk(
    size: dict[str, int], scheme: str, open_page: OpenPage, clerk: User, network: School
) -> None:
    page = open_page(size, scheme)
    sign_in(page, clerk)
    _look(page, "home-clerk", size, scheme)
    go(page, f"main >> text={LONG}")
    _look(page, "school", size, scheme)
    go(page, "text=Xem từng em")
    _look(page, "lacking", size, scheme)
    page.select_option("#giay", index=1)
    go(page, "main >> button:has-text('Xem')")
    expect(page.locator("tbody tr").first).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_home_of_every_other_role(
    size: dict[str, int], open_page: OpenPage, specialist: User, area: Area, network: School
) -> None:
    assert area.parent is not None
    people = {
        "specialist": specialist,
        "leader": _person(LEADER, area.parent),
        "auditor": _person(AUDITOR, area.parent),
        "commune": _person(COMMUNE, area),
        "administrator": _person(ADMINISTRATOR),
    }
    for name, person in people.items():
        page = open_page(size)
        sign_in(page, person)
        _look(page, f"home-{name}", size, "light")
        if name == "leader":
            go(page, "text=Chưa gửi (7)")
            expect(page.locator("#truong ~ table tbody tr")).to_have_count(7)
        if name == "commune":
            page.goto(reverse("desk:area", args=[area.pk]))
            _look(page, "commune", size, "light")
