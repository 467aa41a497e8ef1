"""A real Chromium against a real server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ansinh.web.registry.models import User

from ..conftest import PASSWORD

# Debian's browser is used as it is installed: nothing is downloaded for the tests.
CHROMIUM = "/usr/bin/chromium"

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run, told to speak to nobody but us."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for an asynchronous view.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """open_page(size, scheme, scripts) → a page of a fresh browser; any error in its console fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def make(size: dict[str, int] = DESKTOP, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            base_url=live_server.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)
        page = context.new_page()
        # A shared machine may be slow: what is tested is that the page comes, not when.
        page.set_default_timeout(60_000)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    # A page refused on purpose is an error to the console; anything else, as a breach of the policy, is ours to mend.
    assert [text for text in said if "the server responded with a status of 4" not in text] == []


def go(page: Page, target: str) -> None:
    """Click what leads to another page, and be there: a click alone returns before a slow machine has begun to leave."""
    with page.expect_navigation():
        page.click(target)


def sign_in(page: Page, person: User) -> None:
    """Through the sign-in page, as a person does."""
    page.goto("/dang-nhap/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/ban-lam-viec/")
