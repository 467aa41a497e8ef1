"""School and staff lists in a real browser: sent, compared, chosen, accepted, undone; no barrier, nothing too wide."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ansinh import sheets
from ansinh.sheets._blank import filled
from ansinh.web.registry.models import Area, School, User

from ..conftest import grant
from ..other_lists import Row, accepted, kept, schools, staff, working
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def _file(folder: Path, kind: str, rows: list[Row], name: str) -> Path:
    path = folder / name
    path.write_bytes(filled(sheets.templates()[kind], rows, {}))
    return path


@SCHEMES
@SIZES
def test_a_specialist_brings_the_list_of_schools(
    size: dict[str, int], scheme: str, open_page: OpenPage, area: Area, specialist: User, clerk: User, tmp_path: Path
) -> None:
    assert area.parent is not None
    first = accepted(kept("school_list", schools(8), by=specialist, area=area.parent), specialist)
    rows = [*schools(7), *schools(2, first=20), dict(schools(1, first=30)[0], public_school="")]
    rows[0]["school_name"] = LONG
    rows[1] |= {"level": "THCS", "until": "01/06/2027"}
    rows.append(dict(schools(1, first=31)[0], commune_code="12345", commune="Xã Không Có", level="trung cấp nghề cũ"))
    file = _file(tmp_path, "school_list", rows, "Mạng lưới trường năm học 2025-2026 (bản đã sửa).xlsx")
    page = open_page(size, scheme)
    sign_in(page, specialist)
    _look(page, "schools-home", size, scheme)
    go(page, "text=Tải danh sách lên")
    go(page, "main >> text=Danh sách trường")
    page.select_option("#id_area", label="Tỉnh Thử")
    _look(page, "schools-upload", size, scheme)
    page.set_input_files("#id_file", file)
    go(page, "text=Tải lên và kiểm tra")
    _look(page, "schools-faults", size, scheme)
    go(page, "a.button:has-text('So với sổ')")
    expect(page.locator("h1")).to_have_text("So với sổ")
    expect(page.locator("#chap-nhan")).to_contain_text("Chấp nhận 4 dòng")
    _look(page, "schools-difference", size, scheme)
    page.click("tr.gone input[type=checkbox]")
    expect(page.locator("#chap-nhan")).to_contain_text("1 trường kết thúc")
    _look(page, "schools-difference-gone", size, scheme)
    page.click("tr.gone input[type=checkbox]")
    expect(page.locator("#chap-nhan")).to_contain_text("Chấp nhận 4 dòng")
    go(page, "text=Chấp nhận 4 dòng")
    expect(page.locator("h1")).to_contain_text("Đã ghi từ tệp")
    _look(page, "schools-batch", size, scheme)
    go(page, "text=Hoàn tác lần ghi này")
    _look(page, "schools-undo", size, scheme)
    go(page, "main form .first")
    _look(page, "schools-undone", size, scheme)
    grant(clerk, school=School.objects.get(code="99100007"))
    page.goto(f"/ban-lam-viec/lan-ghi/{first.pk}/hoan-tac/")
    _look(page, "schools-undo-refused", size, scheme)


@SCHEMES
@SIZES
def test_a_clerk_brings_the_list_of_staff(
    size: dict[str, int], scheme: str, open_page: OpenPage, school: School, clerk: User, tmp_path: Path
) -> None:
    accepted(kept("staff_list", staff(8), by=clerk, school=school), clerk)
    rows = [*staff(7), *staff(2, first=20), dict(staff(1, first=30)[0], staff_code="", birth_date="")]
    rows[0] |= {"coefficient_hundredths": "2,67", "position": "Tổ trưởng chuyên môn", "allowance_hundredths": "0,2"}
    rows[1]["full_name"] = "Tôn Nữ Công Tằng Thị Diễm Quỳnh Hương"
    file = _file(tmp_path, "staff_list", rows, "Nhân sự 2025-2026.xlsx")
    page = open_page(size, scheme)
    sign_in(page, clerk)
    go(page, "text=Tải danh sách lên")
    go(page, "main >> text=Danh sách cán bộ, giáo viên, nhân viên")
    page.set_input_files("#id_file", file)
    go(page, "text=Tải lên và kiểm tra")
    _look(page, "staff-faults", size, scheme)
    go(page, "a.button:has-text('So với sổ')")
    expect(page.locator("#chap-nhan")).to_contain_text("Chấp nhận 5 dòng")
    _look(page, "staff-difference", size, scheme)
    go(page, "text=Chấp nhận 5 dòng")
    expect(page.locator("h1")).to_contain_text("Đã ghi từ tệp")
    assert len(working()) == 9
    _look(page, "staff-batch", size, scheme)
    go(page, "text=Hoàn tác lần ghi này")
    _look(page, "staff-undo", size, scheme)
    go(page, "main form .first")
    expect(page.locator("h2").first).to_contain_text("đã được hoàn tác")
    assert len(working()) == 8
    go(page, "nav.crumbs >> text=Lịch sử ghi sổ")
    _look(page, "staff-history", size, scheme)
