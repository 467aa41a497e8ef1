"""A clerk's file from its faults to the register, a specialist's word on a doubtful pair, and the screens of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ansinh.web.desk import queries
from ansinh.web.registry import actions, comparing
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Batch, Enrolment, School, Upload, User

from ..conftest import NOON, keep
from ..rosters import POVERTY, workbook
from ..test_difference import children
from ..test_matching import TWO_NEAR
from .conftest import DESKTOP, PHONE, OpenPage, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)


def _send(page: Page, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    page.goto(reverse("desk:upload"))
    page.set_input_files("#id_file", file)
    page.click("text=Tải lên và kiểm tra")
    page.wait_for_url("**/tep/*/")


def test_from_a_fault_to_the_register_and_a_doubtful_pair_in_between(
    open_page: OpenPage, clerk: User, specialist: User, tmp_path: Path
) -> None:
    page = open_page()
    sign_in(page, clerk)
    rows = children(3)
    _send(page, tmp_path, "lan-1.xlsx", workbook([{**rows[0], "Khuyết tật": "có lẽ"}, *rows[1:]]))
    expect(page.locator("h1")).to_have_text("1 chỗ cần sửa trong tệp")
    page.click("text=Tải tệp đã sửa")
    _send(page, tmp_path, "lan-1-da-sua.xlsx", workbook(rows))
    expect(page.locator("h1")).to_have_text("Tệp không có lỗi")
    page.click("main >> text=So với sổ")
    page.click("text=Chấp nhận 3 dòng")
    page.wait_for_url("**/lan-ghi/*/")
    assert Enrolment.objects.count() == 3

    # Two rows of the next file have lost their codes and an accent: they wait, the others need not.
    near = [TWO_NEAR[0], *rows[1:], *children(4)[3:]]
    _send(page, tmp_path, "lan-2.xlsx", workbook(near))
    page.click("main >> text=So với sổ")
    expect(page.locator(".note")).to_contain_text("1 dòng chưa rõ là ai")
    page.click("text=Chấp nhận 1 dòng")
    page.wait_for_url("**/lan-ghi/*/")

    other = open_page()
    sign_in(other, specialist)
    other.click("main >> text=1 dòng chưa rõ là ai trong sổ")
    other.click("text=Nguyễn Thị Ăn")
    expect(other.locator(".sides tr.other").first).to_contain_text("≠")
    other.click("text=Là một em")
    other.wait_for_url("**/so-voi-so/")
    expect(other.locator(".done")).to_contain_text("là người đã có trong sổ")

    page.goto(reverse("desk:difference", args=[Upload.objects.get(filename="lan-2.xlsx").pk]))
    expect(page.locator("tr.changed dd").first).to_contain_text("Nguyễn Thị Ăn")
    page.click("text=Chấp nhận 1 dòng")
    page.wait_for_url("**/lan-ghi/*/")
    assert Enrolment.objects.filter(left=False).count() == 4
    page.click("text=Hoàn tác lần ghi này")
    page.click("main button.first")
    expect(page.locator(".note h2")).to_have_text("Lần ghi này đã được hoàn tác")


@pytest.fixture
def edition(school: School, clerk: User) -> Upload:
    """A later file with every kind of change, of a school with a long name."""
    school.name = LONG
    school.save()
    first = children(30)
    actions.accept(difference=difference(keep(workbook(first), school, clerk)), by=clerk, at=NOON)
    changed = [{**one, POVERTY: "Hộ nghèo", "Lớp": "Chồi 12", "Khuyết tật": "Có"} for one in first[2:8]]
    rows = [*TWO_NEAR, *changed, *first[8:26], *children(34)[30:]]
    upload = keep(workbook(rows), school, clerk, "Danh sách trẻ mẫu giáo năm học 2023-2024 (bản đã sửa lần hai).xlsx")
    comparing.compared(upload, read=queries.intake_of)
    return upload


def test_rows_are_taken_and_left_out_with_the_keys(open_page: OpenPage, clerk: User, edition: Upload) -> None:
    page = open_page()
    sign_in(page, clerk)
    page.goto(reverse("desk:difference", args=[edition.pk]) + "?loai=changed")
    button = page.locator("#chap-nhan button.first")
    expect(button).to_have_text("Chấp nhận 14 dòng")
    page.keyboard.press("x")  # Outside the table the keys are the browser's own.
    expect(button).to_have_text("Chấp nhận 14 dòng")
    boxes = page.locator("tr[data-row] input[type=checkbox]")
    boxes.first.focus()
    page.keyboard.press("x")
    expect(button).to_have_text("Chấp nhận 13 dòng")
    page.keyboard.press("j")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(button).to_have_text("Chấp nhận 12 dòng")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(button).to_have_text("Chấp nhận 13 dòng")
    page.reload()
    expect(boxes.first).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    button.click()
    page.wait_for_url("**/lan-ghi/*/")
    assert sum(Batch.objects.get(upload=edition).counts.values()) == 13


def test_without_javascript(open_page: OpenPage, clerk: User, edition: Upload) -> None:
    page = open_page(PHONE, scripts=False)
    sign_in(page, clerk)
    page.goto(reverse("desk:difference", args=[edition.pk]) + "?loai=new")
    page.locator("tr[data-row] input[type=checkbox]").first.uncheck()
    page.click("text=Giữ lựa chọn của trang này")
    expect(page.locator("#chap-nhan button.first")).to_have_text("Chấp nhận 13 dòng")
    page.click("text=Chấp nhận 13 dòng")
    page.wait_for_url("**/lan-ghi/*/")
    assert Batch.objects.get(upload=edition).counts["new"] == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen(
    size: dict[str, int], scheme: str, open_page: OpenPage, edition: Upload, clerk: User, school: School
) -> None:
    page = open_page(size, scheme)
    sign_in(page, clerk)
    first = Batch.objects.get()
    at = reverse("desk:difference", args=[edition.pk])
    screens = {
        "changes-home": reverse("desk:home"),
        "changes": at,
        "changes-shown": at + "?loai=changed&hien=1",
        "changes-none": at + "?loai=unchanged&trang=9",
        "doubts": reverse("desk:doubts"),
        "pair": reverse("desk:pair", args=[edition.pk, 1]),
        "decisions": reverse("desk:decisions"),
        "join": reverse("desk:join") + "?ma=M00003&ma-2=M00004",
        "join-missing": reverse("desk:join") + "?ma=M00003&ma-2=X",
        "year-end": reverse("desk:year-end", args=[school.pk]),
        "batch": reverse("desk:batch", args=[first.pk]),
        "undo": reverse("desk:undo", args=[first.pk]),
        "history": reverse("desk:history", args=["truong", school.pk]),
    }
    for name, address in screens.items():
        page.goto(address)
        _look(page, name, size, scheme)
    page.goto(at)
    page.click("#chap-nhan button.first")
    page.wait_for_url("**/lan-ghi/*/")
    _look(page, "batch-doubts", size, scheme)
    page.goto(reverse("desk:undo", args=[first.pk]))
    _look(page, "undo-refused", size, scheme)
