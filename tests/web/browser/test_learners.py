"""Finding a child while typing, and the child's page, in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ansinh.web.registry import actions
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Person, School, User

from ..conftest import NOON, keep
from ..rosters import POVERTY, workbook
from ..test_difference import children
from .conftest import DESKTOP, PHONE, OpenPage, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def child(school: School, clerk: User) -> Person:
    """A child of a school with a long name, with a correction and with a paper missing."""
    school.name = LONG
    school.save()
    rows = [{**children(30)[0], POVERTY: ""}, *children(30)[1:]]
    for name, poverty in (("mot.xlsx", ""), ("hai.xlsx", "Hộ nghèo")):
        rows[1] = {**rows[1], POVERTY: poverty or rows[1][POVERTY]}
        actions.accept(difference=difference(keep(workbook(rows), school, clerk, name)), by=clerk, at=NOON)
    return Person.objects.get(code="M00001")


def test_results_come_while_typing_and_lead_to_the_child(open_page: OpenPage, clerk: User, child: Person) -> None:
    page = open_page()
    sign_in(page, clerk)
    page.click("nav >> text=Học sinh")
    page.locator("#q").press_sequentially("nguyen thi binh", delay=20)
    link = page.locator("#ket-qua-tim a", has_text="Nguyễn Thị Bình").first
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_have_text(child.full_name)
    expect(page.locator(".timeline li")).to_have_count(2)
    page.click("text=Hiện thông tin nhạy cảm")
    expect(page.locator(".note")).to_contain_text("đã được ghi lại")


def test_it_works_without_javascript(open_page: OpenPage, clerk: User, child: Person) -> None:
    page = open_page(PHONE, scripts=False)
    sign_in(page, clerk)
    page.goto(reverse("desk:find"))
    page.fill("#q", child.code)
    page.click("main button:has-text('Tìm')")
    page.click(f"#ket-qua-tim >> text={child.full_name}")
    expect(page.locator("h1")).to_have_text(child.full_name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_screens(size: dict[str, int], scheme: str, open_page: OpenPage, clerk: User, child: Person) -> None:
    page = open_page(size, scheme)
    sign_in(page, clerk)
    find, one = reverse("desk:find"), reverse("desk:learner", args=[child.pk])
    addresses = {"find": find, "find-some": f"{find}?q=thi", "find-none": f"{find}?q=zzz"}
    for name, address in {**addresses, "learner": one, "learner-revealed": f"{one}?hien=1"}.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('.timeline details').forEach((part) => { part.open = true; })")
        _look(page, name, size, scheme)
