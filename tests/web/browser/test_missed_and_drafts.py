"""The missed and draft screens in a real browser: no barrier, nothing wider than the window; a list sent as a clerk sends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from ansinh.web.registry.models import School, User

from ..conftest import keep
from ..rosters import POVERTY, workbook
from ..test_difference import accepted, children
from ..test_drafts import pack  # noqa: F401 — a fixture.
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import LONG, _look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowded(school: School, clerk: User) -> School:
    """A school with a long name and forty children on a list that was accepted; some lack one paper."""
    school.name = LONG
    school.save()
    rows = [child | ({POVERTY: ""} if n % 7 == 0 else {}) for n, child in enumerate(children(40))]
    accepted(keep(workbook(rows), school, clerk), clerk)
    return school


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_missed_screen(
    size: dict[str, int], open_page: OpenPage, crowded: School, clerk: User, tmp_path: Path
) -> None:
    page = open_page(size)
    sign_in(page, clerk)
    go(page, "text=Bị bỏ sót")
    _look(page, "missed", size, "light")
    file = tmp_path / "da-chi-thang-9.csv"
    file.write_text("Mã học sinh,Chế độ,Tháng\nM00001,Hỗ trợ ăn trưa,9/2023\n", encoding="utf-8-sig")
    page.click("summary:has-text('Thêm danh sách chi trả')")
    page.set_input_files("#file", file)
    page.click("text=Tải danh sách chi trả lên")
    page.wait_for_selector("text=Đã nhận 1 khoản chi")
    _look(page, "missed-with-list", size, "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_draft_screens(
    size: dict[str, int],
    scheme: str,
    open_page: OpenPage,
    crowded: School,
    specialist: User,
    pack: Path,  # noqa: F811
) -> None:
    page = open_page(size, scheme)
    sign_in(page, specialist)
    page.goto(reverse("desk:drafts"))
    _look(page, "drafts", size, scheme)
    go(page, "main th a")
    page.wait_for_selector("h2:has-text('Từng em')")
    _look(page, "draft", size, scheme)
    page.goto(reverse("desk:missed"))
    _look(page, "missed-specialist", size, scheme)
