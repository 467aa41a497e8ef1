"""Ten made-up families walk the questionnaire on a phone, with JavaScript off; the screens are looked at under axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ansinh.web.portal.asking import KEYS, NAMES

from ..test_ask_families import FAMILIES, PLAIN
from .conftest import DESKTOP, PHONE, OpenPage, go
from .test_screens import _look

pytestmark = pytest.mark.django_db(transaction=True)

# Words that must stand in the result of each family, so that a walk cannot end anywhere.
ENDS = {
    "kindergarten, poor": "khoản 3 Điều 17 Nghị định 238/2025/NĐ-CP",
    "kindergarten, nothing entitles": "100 % học phí",
    "nursery in an area III commune": "Hỗ trợ trẻ em nhà trẻ bán trú",
    "grade 1, minority, far from school": "936.000 đ mỗi tháng",
    "primary in a town": "100 % học phí",
    "lower secondary, orphan of both parents": "khoản 1 Điều 17 Nghị định 238/2025/NĐ-CP",
    "upper secondary, Kinh, poor, far": "15 kg mỗi tháng",
    "boarding school, very small people": "100 % học phí",
    "adult education, disabled": "khoản 2 Điều 17 Nghị định 238/2025/NĐ-CP",
    "private kindergarten, industrial worker": "150.000 đ mỗi tháng",
}


def _begin(page: Page) -> None:
    page.goto("/")
    go(page, "main >> text=Cháu được hưởng những gì?")
    # The first page's language form has a cookie of its own; from here on there is none.
    page.context.clear_cookies()
    page.select_option("#nam", "2026")
    go(page, "text=Bắt đầu")


def _answer(page: Page, truth: dict[str, str]) -> str:
    """Tap one answer; the name of the question."""
    name = NAMES[page.locator(".choice").first.get_attribute("name") or ""]
    listed = page.locator(".choices select")
    if listed.count():
        offered = [option.get_attribute("value") or "" for option in listed.locator("option").all()]
        listed.select_option(truth.get(name) or min(filter(None, offered)))
        go(page, "text=Tiếp tục")
        return name
    offered = [button.get_attribute("value") or "" for button in page.locator(".choice").all()]
    code = next(c for c in (truth.get(name), PLAIN.get(name), "khong", "none", *sorted(offered)) if c in offered)
    go(page, f".choice[value='{code}']")
    return name


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_walks_through(name: str, open_page: OpenPage) -> None:
    page = open_page(PHONE, scripts=False)
    _begin(page)
    asked = []
    while page.locator(".choices").count():
        width = page.locator(".choice").first.bounding_box()
        assert width and width["height"] >= 44
        asked.append(_answer(page, FAMILIES[name]))
        assert len(asked) <= 24
    assert len(set(asked)) == len(asked)
    text = page.locator("main").inner_text().replace("\xa0", " ")
    assert ENDS[name] in text
    assert page.context.cookies() == []
    # The address alone brings the same result to someone else.
    other = open_page(PHONE, scripts=False)
    other.goto(page.url)
    assert other.locator("h1").inner_text() == page.locator("h1").inner_text()


def test_back_and_change(open_page: OpenPage) -> None:
    page = open_page(PHONE, scripts=False)
    _begin(page)
    _answer(page, {"level": "mau-giao"})
    second = page.locator("h1").inner_text()
    _answer(page, {"birth": "2022-05"})
    go(page, "text=‹ Quay lại")
    expect(page.locator("h1")).to_have_text(second)
    page.go_back()
    page.click("summary >> text=Những điều đã trả lời")
    page.locator(".told a").first.click()
    expect(page.locator("h1")).to_have_text("Cháu đang học cấp nào?")
    expect(page.locator(".choice[aria-current]")).to_contain_text("Mẫu giáo")
    go(page, ".choice[value='nghe']")
    expect(page.locator("h1")).to_have_text("Bạn học nghề ở trình độ nào?")


SCREENS = {
    "ask-start": "/duoc-huong-gi/",
    "ask-first": "/duoc-huong-gi/hoi/?nam=2026",
    "ask-place": "/duoc-huong-gi/hoi/?nam=2026&cap=tieu-hoc&doi=noi-o",
    "ask-birth": "/duoc-huong-gi/hoi/?nam=2026&cap=mau-giao&doi=sinh",
    "ask-birth-month": "/duoc-huong-gi/hoi/?nam=2024&cap=mau-giao&doi=sinh",
    "ask-result": "/duoc-huong-gi/ket-qua/?nam=2026&cap=mau-giao&sinh=2022-05&ho=ngheo&dan-toc=1&hoc=thuong&cong-lap=co",
    "ask-result-open": "/duoc-huong-gi/ket-qua/?nam=2026&cap=tieu-hoc&noi-o=thon&ho=chua-biet",
    "ask-result-none": "/duoc-huong-gi/ket-qua/?nam=2026&cap=nghe",
    "ask-result-en": "/duoc-huong-gi/ket-qua/?nam=2026&cap=mau-giao&sinh=2022-05&ho=ngheo&dan-toc=1&hoc=thuong&tieng=en",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_screens_of_the_questionnaire(size: dict[str, int], scheme: str, open_page: OpenPage) -> None:
    page = open_page(size, scheme)
    for name, address in SCREENS.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        _look(page, name, size, scheme)


def test_the_result_prints_without_links_to_press(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    page.goto(SCREENS["ask-result"])
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    changes = page.locator(".told:not(.filing) a")
    assert changes.count() > 0
    assert not any(link.is_visible() for link in changes.all())
    # The article that says where to file is cited on paper too.
    assert page.locator(".filing a").first.is_visible()
    assert not page.locator("#giu-lai").is_visible()
    assert page.locator(".print-only").is_visible()
    assert f"{KEYS['poverty']}=ngheo" in page.locator(".print-only").inner_text()
