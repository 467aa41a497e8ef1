"""A semester's payments at a demo school in a real browser: drawn up, checked, approved and sent by four people of the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from ansinh import sheets
from ansinh.core import ledger
from ansinh.web.payments import queries
from ansinh.web.payments.models import Run, State
from ansinh.web.registry import actions, made_up
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import School, User

from ..conftest import PASSWORD
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import _look

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])


@pytest.fixture
def school(db: None) -> Iterator[School]:
    """The first school of the demo, its list accepted by its clerk."""
    network = made_up.build(PASSWORD)
    first = network.schools[0]
    intake = sheets.read(sheets.templates()["learner_roster"], made_up.roster(first), filename="danh-sach.xlsx")
    upload = actions.keep(intake=intake, school=first, by=network.accounts[0], at=timezone.now())
    actions.accept(difference=difference(upload), by=network.accounts[0], at=timezone.now())
    yield first


def person(username: str) -> User:
    return User.objects.get(username=username)


def signed_in(open_page: OpenPage, username: str, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
    page = open_page(size, scheme)
    sign_in(page, person(username))
    return page


def draw_up(page: Page, school: School) -> None:
    go(page, "nav >> text=Đợt chi")
    go(page, "main >> text=Lập đợt chi >> nth=0")
    page.select_option("#noi", label=school.name)
    page.select_option("#ky", "hk1")
    go(page, "text=Xem số phải chi")


def take(page: Page, run: Run, button: str) -> None:
    """The step on the run's page, then the same words on the page that says what it does."""
    page.goto(reverse("desk:run", args=[run.pk]))
    go(page, f"main a.button:has-text('{button}')")
    assert "Bằng chữ: " in page.inner_text("main")
    go(page, f"main button:has-text('{button}')")
    page.wait_for_selector(".done")


def test_a_semester_by_four_people_of_the_demo(open_page: OpenPage, school: School) -> None:
    page = signed_in(open_page, "van-thu-1")
    draw_up(page, school)
    shown = re.search(r"Phải chi\s+([\d.]+) đ", page.inner_text("main"))
    assert shown is not None
    go(page, "text=Lập đợt chi này")
    run = Run.objects.get()
    assert f"{sum(line.amount_vnd for line in run.lines.all()):,}".replace(",", ".") == shown[1]
    # Who drew up is offered no other step, and told whose it is.
    assert "Bước tiếp theo là kiểm tra, do Chuyên viên Sở làm." in page.inner_text("main")
    assert page.locator("main a.button:has-text('Xác nhận đã kiểm tra')").count() == 0

    checker = signed_in(open_page, "chuyen-vien")
    checker.wait_for_selector("text=1 đợt chi chờ kiểm tra.")
    take(checker, run, "Xác nhận đã kiểm tra")

    leader = signed_in(open_page, "lanh-dao")
    leader.wait_for_selector("text=1 đợt chi chờ duyệt.")
    take(leader, run, "Duyệt đợt chi")

    # The specialist who checked may not send as well: by the page's own words, and by the address.
    checker.goto(reverse("desk:run", args=[run.pk]))
    words = "Bạn đã kiểm tra đợt chi này, nên không chi được: phải do người khác với người đã kiểm tra."
    assert words in checker.inner_text("main")
    checker.goto(reverse("desk:run-money", args=[run.pk, "chi"]))
    assert words in checker.inner_text("main")
    run.refresh_from_db()
    assert run.state == State.APPROVED

    cashier = signed_in(open_page, "ke-toan")
    cashier.wait_for_selector("text=1 đợt chi đã duyệt, chờ chi.")
    take(cashier, run, "Chi đợt này")
    run.refresh_from_db()
    hands = (run.drawn_up_by, run.checked_by, run.approved_by, run.sent_by)
    assert [one.username for one in hands if one] == ["van-thu-1", "chuyen-vien", "lanh-dao", "ke-toan"]

    auditor = signed_in(open_page, "kiem-toan")
    auditor.goto(reverse("desk:school-ledger", args=[school.pk]))
    with auditor.expect_download() as taken:
        auditor.click("text=Tải cả sổ cái (.tsv)")
    with taken.value.path().open("rb") as file:
        verdict = ledger.verify(file)
    assert (verdict.findings, verdict.sent) == ((), -queries.balances()["ngan-hang"])


@LOOKS
def test_the_screens_of_payments(size: dict[str, int], scheme: str, open_page: OpenPage, school: School) -> None:
    page = signed_in(open_page, "van-thu-1", size, scheme)
    page.goto(reverse("desk:runs"))
    _look(page, "runs-empty", size, scheme)
    draw_up(page, school)
    _look(page, "run-new", size, scheme)
    go(page, "text=Lập đợt chi này")
    _look(page, "run-drawn-up", size, scheme)
    run = Run.objects.get()
    checker = signed_in(open_page, "chuyen-vien", size, scheme)
    checker.goto(reverse("desk:runs"))
    _look(checker, "runs", size, scheme)
    take(checker, run, "Xác nhận đã kiểm tra")
    leader = signed_in(open_page, "lanh-dao", size, scheme)
    leader.goto(reverse("desk:run-money", args=[run.pk, "duyet"]))
    _look(leader, "run-approve", size, scheme)
    leader.goto(reverse("desk:run-step", args=[run.pk, "tra-lai"]))
    _look(leader, "run-give-back", size, scheme)
    take(leader, run, "Duyệt đợt chi")
    _look(leader, "run-approved", size, scheme)
    for name, address in (
        ("run-ledger", reverse("desk:run-ledger", args=[run.pk])),
        ("school-ledger", reverse("desk:school-ledger", args=[school.pk])),
        ("learner-paid", reverse("desk:learner", args=[run.lines.order_by("pk")[0].learner_id])),
    ):
        leader.goto(address)
        _look(leader, name, size, scheme)
