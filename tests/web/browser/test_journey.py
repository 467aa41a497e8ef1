"""The clerk's whole way through, with the mouse, with the keyboard alone, and without JavaScript."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ansinh.web.desk import queries
from ansinh.web.desk.results import CHILDREN_ON_A_PAGE
from ansinh.web.registry.models import School, Upload, User

from ..conftest import PASSWORD, grant
from ..rosters import many, workbook
from .conftest import PHONE, OpenPage, go, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "danh-sach-lop-la.xlsx"
    file.write_bytes(workbook())
    return file


def _to_results(page: Page, roster: Path) -> None:
    page.set_input_files("#id_file", roster)
    page.click("text=Tải lên và kiểm tra")
    page.wait_for_url("**/tep/*/")
    expect(page.locator("h1")).to_have_text("1 chỗ cần sửa trong tệp")
    expect(page.locator("#dong-4")).to_contain_text("có lẽ")
    go(page, "text=Xem kết quả từng trẻ")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_from_the_first_page_to_the_payable_list(
    size: dict[str, int] | None, open_page: OpenPage, clerk: User, roster: Path
) -> None:
    page = open_page(size) if size else open_page()
    page.goto("/")
    go(page, "text=Đăng nhập để làm việc")
    page.fill("#id_username", clerk.username)
    page.fill("#id_password", PASSWORD)
    go(page, "main button[type=submit]")
    go(page, "main >> text=Tải danh sách lên")
    _to_results(page, roster)
    page.select_option("#tra-loi", "unknown")
    page.wait_for_url("**tra-loi=unknown**")
    page.fill("#tim", "gia hoa")
    expect(page.locator("tbody:last-child tr")).to_have_count(1)
    go(page, "text=Trần Gia Hoà")
    expect(page.locator(".decision.unknown").first).to_contain_text("Còn thiếu: Hộ nghèo, cận nghèo")
    expect(page.locator(".decision.unknown").first).to_contain_text("điểm c khoản 1 Điều 7 Nghị định 105/2020/NĐ-CP")
    page.go_back()
    with page.expect_download() as download:
        page.click("text=Danh sách chi trả (.xlsx)")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "Thạch Thị Ngọc Ánh" in cells
    with page.expect_download() as download:
        page.click("text=Văn bản (.docx)")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_a_refusal_is_said_on_the_page_and_the_school_stays(
    open_page: OpenPage, clerk: User, other_school: School, tmp_path: Path
) -> None:
    grant(clerk, school=other_school)
    page = open_page()
    sign_in(page, clerk)
    page.goto(reverse("desk:upload"))
    page.select_option("#id_school", str(other_school.pk))
    picture = tmp_path / "anh.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.set_input_files("#id_file", picture)
    page.click("text=Tải lên và kiểm tra")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator(".errors a")).to_have_attribute("href", "#id_file")
    expect(page.locator("#id_school")).to_have_value(str(other_school.pk))


def test_with_the_keyboard_alone(open_page: OpenPage, clerk: User, roster: Path) -> None:
    page = open_page()
    page.goto("/dang-nhap/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(clerk.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ban-lam-viec/**")
    _tab_to(page, "Tải danh sách lên")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-len/")
    # The file dialogue belongs to the system; from there on the keys are ours again.
    page.set_input_files("#id_file", roster)
    page.focus("#id_file")
    _tab_to(page, "Tải lên và kiểm tra")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tep/*/")
    _tab_to(page, "Xem kết quả từng trẻ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ket-qua/**")
    _tab_to(page, "Thạch Thị Ngọc Ánh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tre/**")
    _tab_to(page, "Vì sao?")
    page.keyboard.press("Enter")
    expect(page.locator("details[open]").first).to_be_visible()


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says these words; each stop must show where it is."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()").startswith(words):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no focus ring on {words}"
            return
    raise AssertionError(f"Tab never came to {words!r}")


def test_without_javascript(open_page: OpenPage, clerk: User, roster: Path) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto("/")
    assert page.locator("h1").is_visible()
    go(page, "text=Đăng nhập để làm việc")
    sign_in(page, clerk)
    go(page, "main >> text=Tải danh sách lên")
    _to_results(page, roster)
    page.select_option("#tra-loi", "unknown")
    page.select_option("#khoan", "lunch")
    page.click("main >> text=Lọc")
    expect(page.locator("tbody:last-child tr")).to_have_count(1)


def test_two_thousand_children_are_decided_once(open_page: OpenPage, clerk: User, tmp_path: Path) -> None:
    page = open_page()
    page.set_default_timeout(180_000)
    sign_in(page, clerk)
    page.goto(reverse("desk:upload"))
    large = tmp_path / "hai-nghin.xlsx"
    large.write_bytes(many(2000))
    page.set_input_files("#id_file", large)
    page.click("text=Tải lên và kiểm tra")
    page.wait_for_url("**/tep/*/")
    upload = Upload.objects.get()
    assert upload.rows_read == 2000
    address = reverse("desk:results", args=[upload.pk])
    page.goto(address)
    expect(page.locator("#dem")).to_have_text("2.000 trẻ")
    decided = queries._results.cache_info().misses
    page.goto(address + "?tra-loi=yes")
    # The second look is remembered, and it shows a page of the list and not the whole.
    assert queries._results.cache_info().misses == decided
    assert page.locator("tbody:last-child tr").count() == CHILDREN_ON_A_PAGE
    page.click("text=Trang sau")
    expect(page.locator(".pager")).to_contain_text("101–200 trên")
