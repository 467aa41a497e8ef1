"""Children as a list, in a real browser: filtered, columns chosen, kept under a name, taken back and brought again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ansinh.web.registry import actions
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import School, User

from ..conftest import NOON, keep
from ..rosters import workbook
from ..test_lists import rows_of
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listed(school: School, clerk: User) -> School:
    school.name = LONG
    school.save()
    actions.accept(difference=difference(keep(workbook(rows_of(130)), school, clerk)), by=clerk, at=NOON)
    return school


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_screens(size: dict[str, int], scheme: str, open_page: OpenPage, clerk: User, listed: School) -> None:
    page = open_page(size, scheme)
    sign_in(page, clerk)
    page.goto(reverse("desk:find"))
    _look(page, "learners", size, scheme)
    page.goto(reverse("desk:find") + "?ngheo=ngheo&cot=class_name&cot=birth_date&cot=poverty&cot=ethnicity")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    _look(page, "learners-filtered", size, scheme)


def test_a_list_is_kept_renamed_removed_and_brought_back(open_page: OpenPage, clerk: User, listed: School) -> None:
    page = open_page(DESKTOP, scripts=False)
    sign_in(page, clerk)
    go(page, "nav >> text=Học sinh")
    page.click("summary >> text=Thêm điều kiện lọc")
    page.select_option("#ngheo", "ngheo")
    go(page, "details >> text=Xem danh sách")
    expect(page.locator("[role=status].lead")).to_contain_text("44 em")
    page.fill("#ten", "Hộ nghèo")
    go(page, "#luu ~ form >> text=Lưu")
    expect(page.locator("nav .chips")).to_contain_text("Hộ nghèo")
    page.fill("#ten", "Em hộ nghèo của trường")
    go(page, "text=Đổi tên")
    expect(page.locator("nav .chips")).to_contain_text("Em hộ nghèo của trường")
    go(page, "text=Bỏ danh sách này")
    expect(page.locator("nav .chips")).to_have_count(0)
    go(page, "text=Lấy lại")
    expect(page.locator("nav .chips")).to_contain_text("Em hộ nghèo của trường")
    with page.expect_download() as file:
        page.click("text=Tải bảng (.csv)")
    assert file.value.suggested_filename.endswith(".csv")
