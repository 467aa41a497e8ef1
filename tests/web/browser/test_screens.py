"""Every screen at phone and desktop width, light and dark: no barrier that axe knows, nothing wider than the window.

`ANSINH_SCREENSHOTS=var/screenshots` keeps a picture of each, to look at.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from ansinh.web.registry.models import School, Upload, User
from tests.province.make import MESSY

from ..conftest import keep
from ..rosters import many, workbook
from .conftest import DESKTOP, PHONE, OpenPage, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "Trường Phổ thông Dân tộc bán trú Trung học cơ sở và Tiểu học Giồng Thốt Nốt Cao"


def _barriers(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def _look(page: Page, name: str, size: dict[str, int], scheme: str) -> None:
    folder = os.environ.get("ANSINH_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{scheme}.png", full_page=True)
    assert _barriers(page) == [], name
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"], f"{name} is {width} pixels wide"


@pytest.fixture
def crowded(school: School, clerk: User) -> Upload:
    """A school with a long name and 120 children, the upload a clerk would really have."""
    school.name = LONG
    school.save()
    return keep(many(120), school, clerk, "Danh sách trẻ mẫu giáo năm học 2023-2024 (bản đã sửa lần hai).xlsx")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen(
    size: dict[str, int], scheme: str, open_page: OpenPage, crowded: Upload, clerk: User, school: School
) -> None:
    messy = keep(workbook(), school, clerk, "ba-tre.xlsx")
    page = open_page(size, scheme)
    for name, address in (("front", "/"), ("sign-in", "/dang-nhap/"), ("not-found", "/khong-co/")):
        page.goto(address)
        _look(page, name, size, scheme)
    sign_in(page, clerk)
    screens = {
        "home": reverse("desk:home"),
        "upload": reverse("desk:upload"),
        "faults": reverse("desk:faults", args=[messy.pk]),
        "faults-none": reverse("desk:faults", args=[crowded.pk]) + "?dong=tat-ca",
        "results": reverse("desk:results", args=[messy.pk]),
        "results-many": reverse("desk:results", args=[crowded.pk]),
        "results-none": reverse("desk:results", args=[messy.pk]) + "?tim=khong+co+ai",
        "child-yes": reverse("desk:child", args=[messy.pk, 1]) + "?hien=1",
        "child-unknown": reverse("desk:child", args=[messy.pk, 2]),
        "password": reverse("password"),
    }
    for name, address in screens.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        _look(page, name, size, scheme)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_demo_says_that_it_is_one(size: dict[str, int], open_page: OpenPage, clerk: User, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    page = open_page(size)
    for name, address in (("demo-front", "/"), ("demo-sign-in", "/dang-nhap/")):
        page.goto(address)
        assert page.locator(".demo-note").is_visible()
        _look(page, name, size, "light")
    sign_in(page, clerk)
    page.goto(reverse("desk:upload"))
    _look(page, "demo-upload", size, "light")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_roster_that_lacks_nearly_everything_stays_readable(
    size: dict[str, int], open_page: OpenPage, school: School, clerk: User
) -> None:
    """Nearly every answer waits for many facts; the list of 29 children is no longer than a few screens all the same."""
    kept = keep(MESSY.read_bytes(), school, clerk, MESSY.name)
    page = open_page(size)
    sign_in(page, clerk)
    for name in ("faults", "results"):
        page.goto(reverse(f"desk:{name}", args=[kept.pk]))
        _look(page, f"{name}-messy", size, "light")
    rows = page.locator("tbody:last-child tr").all()
    assert len(rows) == 29
    tallest = max(row.bounding_box()["height"] for row in rows)  # type: ignore[index]
    assert tallest < (2_500 if size == PHONE else 250)


def test_the_empty_desk_and_a_refused_form(open_page: OpenPage, clerk: User) -> None:
    page = open_page(PHONE)
    sign_in(page, clerk)
    _look(page, "home-empty", PHONE, "light")
    page.goto(reverse("desk:upload"))
    page.evaluate("document.querySelector('#id_file').required = false")
    page.click("main button[type=submit]")
    page.wait_for_selector(".errors")
    _look(page, "upload-refused", PHONE, "light")


def test_the_specialists_desk(open_page: OpenPage, crowded: Upload, specialist: User, other_school: School) -> None:
    page = open_page(DESKTOP)
    sign_in(page, specialist)
    _look(page, "home-specialist", DESKTOP, "light")


def test_text_twice_as_large_loses_nothing(open_page: OpenPage, crowded: Upload, clerk: User) -> None:
    page = open_page({"width": 640, "height": 800})
    sign_in(page, clerk)
    for address in (reverse("desk:home"), reverse("desk:faults", args=[crowded.pk]), "/"):
        page.goto(address)
        # What a browser's text-only zoom does: every length here is in rem.
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, address


def test_printing_leaves_the_menus_out(open_page: OpenPage, crowded: Upload, clerk: User) -> None:
    page = open_page(DESKTOP)
    sign_in(page, clerk)
    page.goto(reverse("desk:results", args=[crowded.pk]))
    page.emulate_media(media="print")
    for gone in (".filters", ".account", ".foot form"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("main h1").is_visible()
    assert page.locator(".print-only").is_visible()
    # A4 laid across, less its margins, at 96 pixels to the inch.
    page.set_viewport_size({"width": 1030, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 1030
