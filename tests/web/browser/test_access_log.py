"""The leader sees the province, and the auditor reads who read what, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ansinh.web.access import AUDITOR, LEADER
from ansinh.web.registry import actions
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Person, School, User

from ..conftest import NOON, PASSWORD, grant, keep
from ..rosters import workbook
from ..test_difference import children
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import _look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def child(school: School, clerk: User) -> Person:
    actions.accept(difference=difference(keep(workbook(children(12)), school, clerk)), by=clerk, at=NOON)
    return Person.objects.get(code="M00001")


def _person(role: str, area: Area) -> User:
    assert area.parent is not None
    made = User.objects.create_user(f"nguoi-{role}", password=PASSWORD, role=role, full_name="Người của Sở (đặt ra)")
    return grant(made, area=area.parent)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_one_reads_the_auditor_reads(
    size: dict[str, int], scheme: str, open_page: OpenPage, clerk: User, area: Area, child: Person
) -> None:
    page = open_page(size, scheme)
    sign_in(page, clerk)
    page.keyboard.press("/")
    page.keyboard.type(child.full_name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    go(page, f"#ket-qua-tim >> text={child.full_name}")
    go(page, "text=Hiện thông tin nhạy cảm")

    auditor = open_page(size, scheme)
    sign_in(auditor, _person(AUDITOR, area))
    go(auditor, "main >> text=1 lượt xem hoặc tìm thông tin nhạy cảm")
    row = auditor.locator("tbody tr").first
    expect(row).to_contain_text(clerk.full_name)
    expect(row).to_contain_text(child.full_name)
    _look(auditor, "access-log", size, scheme)
    with auditor.expect_download() as file:
        auditor.click("text=Tải bảng (.xlsx)")
    assert file.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_leader_sees_the_province(size: dict[str, int], open_page: OpenPage, area: Area, child: Person) -> None:
    assert area.parent is not None
    page = open_page(size)
    sign_in(page, _person(LEADER, area))
    go(page, "nav >> text=Địa bàn")
    expect(page.locator("h1")).to_have_text(area.parent.name)
    expect(page.locator("main")).to_contain_text("1 trường, 12 người học năm nay")
    _look(page, "province", size, "light")
    go(page, f"main >> text={area.name}")
    expect(page.locator("main")).to_contain_text("Em trong danh sách")
    go(page, "main th >> text=Trường Mầm non Thử Nghiệm")
    expect(page.locator(".figures")).to_contain_text("12")
