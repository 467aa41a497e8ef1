"""A semester's payments at a demo school in a real browser: drawn up, checked, approved and sent by four people of the demo."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from ansinh import law, sheets
from ansinh.core import ledger
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, decide
from ansinh.core.orders import Order, Way
from ansinh.engines.reference import reference
from ansinh.sheets import _sample
from ansinh.sheets._blank import filled
from ansinh.web.payments import actions as payments
from ansinh.web.payments import orders, queries
from ansinh.web.payments.models import Run, State
from ansinh.web.registry import actions, made_up, snapshot
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Enrolment, Person, School, User

from ..conftest import PASSWORD
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import _look

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])


@pytest.fixture
def school(db: None) -> School:
    """The first school of the demo, its list accepted by its clerk."""
    network = made_up.build(PASSWORD)
    first = network.schools[0]
    accept(made_up.roster(first), first, network.accounts[0])
    return first


def accept(data: bytes, school: School, by: User) -> None:
    """A list of the school, uploaded and accepted whole."""
    intake = sheets.read(sheets.templates()["learner_roster"], data, filename="danh-sach.xlsx")
    upload = actions.keep(intake=intake, school=school, by=by, at=timezone.now())
    actions.accept(difference=difference(upload), by=by, at=timezone.now())


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


def upload(page: Page, name: str, rows: list[str]) -> None:
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": "\n".join(rows).encode()})


def accounts_of(run: Run) -> list[str]:
    """A list of accounts: one for each child of a run."""
    people = Person.objects.filter(pk__in=run.lines.values("learner")).order_by("pk")
    heads = "Mã học sinh;Họ và tên;Tên chủ tài khoản;Ngân hàng;Số tài khoản"
    return [heads, *(f"{one.code};{one.full_name};Nguyễn Thị Mẫu;Agribank;00{one.pk:08d}" for one in people)]


def statement_of(found: list[Order], returned: int = 0) -> list[str]:
    """What the bank says of orders on the way: the first few returned, the others paid."""
    heads = "Ngày giao dịch;Số tham chiếu;Nội dung;Số tiền;Trạng thái;Lý do"
    rows = [
        f"15/10/2025;{one.reference};CK ho tro;{one.amount_vnd};"
        + ("Trả lại;Tài khoản đã đóng" if place < returned else "Đã chi;")
        for place, one in enumerate(found)
    ]
    return [heads, *rows]


def owed(school: School) -> int:
    """What the law gives the children of the school for September to December, in đồng, reckoned plainly."""
    year = SchoolYear(2025)
    ids = snapshot.listed(year, Enrolment.objects.filter(school=school)).values_list("pk", flat=True)
    rows = decide(snapshot.people(list(ids), year), law=law.load(), engine=reference, year=year).rows()
    months = [year.month(position) for position in range(1, 5)]
    return sum(row.quantity for row in rows if row.unit == "VND" and row.month in months and row.outcome is Outcome.YES)


def test_returns_are_sent_again_and_a_late_paper_yields_its_arrears(open_page: OpenPage, school: School) -> None:
    clerk, leader = person("van-thu-1"), person("lanh-dao")
    page = signed_in(open_page, "van-thu-1")
    draw_up(page, school)
    go(page, "text=Lập đợt chi này")
    run, now = Run.objects.get(), timezone.now()
    payments.check(run=run, by=person("chuyen-vien"), at=now)
    payments.approve(run=run, by=leader, at=now)

    cashier = signed_in(open_page, "ke-toan")
    cashier.goto(reverse("desk:run-papers", args=[run.pk]))
    upload(cashier, "tai-khoan.csv", accounts_of(run))
    go(cashier, "text=Tải tài khoản lên")
    cashier.wait_for_selector("text=Đã đọc danh sách tài khoản")
    _look(cashier, "run-papers", DESKTOP, "light")
    take(cashier, run, "Chi đợt này")

    on_the_way = orders.orders(run)
    cashier.goto(reverse("desk:statement"))
    upload(cashier, "sao-ke.csv", statement_of(on_the_way, returned=3))
    go(cashier, "text=Đọc sao kê")
    assert f"{len(on_the_way)} dòng khớp với lệnh chi" in cashier.inner_text("main")
    _look(cashier, "statement", DESKTOP, "light")
    go(cashier, "text=Ghi nhận các dòng đã chọn")
    cashier.wait_for_selector("text=3 khoản bị trả lại")
    assert cashier.inner_text("main").count("Tài khoản đã đóng") == 3
    _look(cashier, "run-returned", DESKTOP, "light")
    go(cashier, "text=Chi lại 3 khoản bị trả")
    again = [one for one in orders.orders(run) if one.way is Way.SENT]
    assert [one.times for one in again] == [2, 2, 2]
    cashier.set_viewport_size(PHONE)
    cashier.goto(reverse("desk:statement"))
    _look(cashier, "statement-empty", PHONE, "light")
    upload(cashier, "sao-ke-2.csv", statement_of(again))
    go(cashier, "text=Đọc sao kê")
    _look(cashier, "statement", PHONE, "light")
    go(cashier, "text=Ghi nhận các dòng đã chọn")
    cashier.wait_for_selector("text=Đã đối chiếu, chờ khóa")
    _look(cashier, "run-reconciled", PHONE, "light")

    approver = signed_in(open_page, "lanh-dao")
    take(approver, run, "Khóa đợt chi")
    run.refresh_from_db()
    assert run.state == State.CLOSED

    # A certificate of poverty comes late: the next month's run pays exactly what the past months lacked.
    before = owed(school)
    rows = _sample.sample_rows(int(school.code), school=made_up._as_sample(school))
    next(row for row in rows if "Không" in str(row["poverty"]))["poverty"] = "Hộ nghèo"
    facts = made_up._as_sample(school).facts()
    accept(filled(sheets.templates()["learner_roster"], rows, facts), school, clerk)
    late = owed(school) - before
    assert late > 0
    page.goto(f"{reverse('desk:run-new')}?noi=truong-{school.pk}&ky=thang&tu=2026-01&den=2026-01")
    assert f"Trong đó truy lĩnh {late:,} đ".replace(",", ".") in re.sub(r"\s+", " ", page.inner_text("main"))
    go(page, "text=Lập đợt chi này")
    assert "truy lĩnh" in page.inner_text("main")
    following = Run.objects.exclude(pk=run.pk).get()
    arrears = following.lines.filter(month__lt=following.since)
    assert sum(line.amount_vnd for line in arrears) == late
    assert arrears.values("learner").distinct().count() == 1


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
