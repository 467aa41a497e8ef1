"""The law index in a real browser, at phone and desktop width, light and dark, without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from .conftest import DESKTOP, PHONE, OpenPage, go
from .test_screens import _look

SCREENS = {
    "law": reverse("portal:law"),
    "law-document": reverse("portal:law-document", args=["nd-66-2025"]),
    "law-benefits": reverse("portal:law-benefits"),
    "law-benefit": reverse("portal:law-benefit", args=["lunch"]),
    "law-day": reverse("portal:law-day") + "?ngay=2025-09-01",
    "law-day-wrong": reverse("portal:law-day") + "?ngay=hom-nay",
    "law-changes": reverse("portal:law-changes") + "?tu=2025-01-01&den=2026-09-30",
    "law-doubts": reverse("portal:law-doubts"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_screen_of_the_law(db: None, size: dict[str, int], scheme: str, open_page: OpenPage) -> None:
    page = open_page(size, scheme)
    for name, address in SCREENS.items():
        page.goto(address)
        _look(page, name, size, scheme)


def test_from_the_front_page_to_an_article_without_a_script(db: None, open_page: OpenPage) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto("/")
    go(page, "text=Luật đang dùng")
    go(page, "text=Theo ngày")
    page.fill("#ngay", "2024-07-01")
    go(page, "main button[type=submit]")
    go(page, "main th a >> nth=0")
    assert page.locator("main h3", has_text="Khi thuộc một trong các trường hợp").count() >= 1
    go(page, "main h2 a >> nth=0")
    assert page.locator("main dt", has_text="Có hiệu lực").is_visible()
