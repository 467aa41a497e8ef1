"""The screens of what a run pays out: files for the bank and for cash, a statement taken, signatures, what is sent again."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from ansinh.core.orders import Order, Way
from ansinh.web.payments import actions, orders, payees
from ansinh.web.payments.models import Answer, BankStatement, Entry, Payee, Run, State
from ansinh.web.registry.models import Person, Reading, School, User

from .conftest import NOON
from .money import POOR, Office, approved, drawn, office, roster, sent
from .paying import HEADS, accounts, said, with_accounts
from .test_runs import signed_in, text_of

PAYER = {"holder": "Trường Thử", "bank": "970405", "number": "1200000001", "on": "15/10/2025"}
A_CHILD = 1_240_000  # Four months of a poor child.


@pytest.fixture
def people(school: School, clerk: User) -> Office:
    return office(school, clerk)


@pytest.fixture
def children(school: School, people: Office) -> list[Person]:
    roster(school, people.clerk, [POOR] * 4)
    return list(Person.objects.order_by("pk"))


def at(name: str, run: Run, *more: str) -> str:
    return reverse(f"desk:{name}", args=[run.pk, *more])


def file(*rows: str, name: str = "sao-ke.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEADS + "".join(f"{row}\n" for row in rows)).encode())


def hidden(page: str) -> dict[str, str]:
    """What the page of a statement sends back."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("tep", "ten")}  # type: ignore[index]


def take(client: Client, *rows: str, name: str = "sao-ke.csv", **chosen: str) -> str:
    """A statement read, and accepted as it is shown but for what is chosen; what the desk then says."""
    page = client.post(reverse("desk:statement"), {"file": file(*rows, name=name)})
    return text_of(client.post(reverse("desk:statement"), {**hidden(page.content.decode()), **chosen}, follow=True))


def present(run: Run) -> list[Order]:
    run.refresh_from_db()
    return orders.orders(run)


def test_returns_are_sent_again_and_the_run_is_closed(school: School, people: Office, children: list[Person]) -> None:
    with_accounts(children, people.clerk)
    run = sent(school, people)
    one, two, three, four = present(run)
    cashier = signed_in(people.cashier)
    page = cashier.post(
        reverse("desk:statement"), {"file": file(said(one), *(said(order, "Trả lại") for order in (two, three, four)))}
    )
    assert "4 dòng khớp với lệnh chi" in text_of(page)
    assert all(child.full_name in text_of(page) for child in children)
    assert not Answer.objects.exists()  # Looking does nothing.
    told = cashier.post(reverse("desk:statement"), hidden(page.content.decode()), follow=True)
    assert "1 khoản đã chi, 3 khoản bị trả lại" in text_of(told)
    assert "Chi lại 3 khoản bị trả" in text_of(cashier.get(at("run", run)))
    # Another than who sent the run is told who sends again, and cannot.
    clerk = signed_in(people.clerk)
    assert f"Chi lại do {people.cashier} làm" in text_of(clerk.get(at("run", run)))
    assert "Chỉ người đã chi đợt này mới chi lại." in text_of(clerk.post(at("run-resend", run), follow=True))
    assert "Đã chi lại 3 khoản" in text_of(cashier.post(at("run-resend", run), follow=True))
    again = [order for order in present(run) if order.way is Way.SENT]
    assert [order.times for order in again] == [2, 2, 2]
    assert "3 khoản đã chi, 0 khoản bị trả lại" in take(cashier, *map(said, again), name="lan-2.csv")
    run.refresh_from_db()
    assert run.state == State.RECONCILED
    leader = signed_in(people.leader)
    leader.post(reverse("desk:run-step", args=[run.pk, "khoa"]))
    run.refresh_from_db()
    assert run.state == State.CLOSED


def test_a_doubtful_row_waits_for_a_person_and_a_row_may_be_set_aside(
    school: School, people: Office, children: list[Person]
) -> None:
    with_accounts(children, people.clerk)
    run = sent(school, people)
    one, two, three, _four = present(run)
    wrong = three.reference[:-1] + ("A" if three.reference[-1] != "A" else "B")
    rows = (said(one), said(two), said(three, text=wrong), said(one, text="lai tien gui"), said(two, amount=7))
    clerk = signed_in(people.clerk)
    shown = text_of(clerk.post(reverse("desk:statement"), {"file": file(*rows)}))
    for words in ("Nghi ngờ", "Đúng mã, khác số tiền", "Không phải lệnh chi của các trường được giao"):
        assert words in shown
    assert "1 khoản đã chi" in take(clerk, *rows, bo="1")  # The second row is set aside, the third left as it is.
    assert set(Answer.objects.values_list("reference", flat=True)) == {one.reference}
    assert "2 khoản đã chi" in take(clerk, *rows, **{"la-2": three.reference})
    assert Answer.objects.get(reference=three.reference).chosen
    assert BankStatement.objects.count() == 1


def test_a_statement_that_cannot_be_read_or_came_back_changed_is_refused(
    school: School, people: Office, children: list[Person]
) -> None:
    run = sent(school, people)
    clerk = signed_in(people.clerk)
    where = reverse("desk:statement")
    assert clerk.post(where, {"file": SimpleUploadedFile("x.xlsx", b"khong phai bang tinh")}).status_code == 422
    assert clerk.post(where).status_code == 422
    page = clerk.post(where, {"file": file(said(present(run)[0]))})
    back = hidden(page.content.decode())
    changed = {**back, "tep": back["tep"][:-9] + ("A" if back["tep"][-9] != "A" else "B") + back["tep"][-8:]}
    assert "Trang đã cũ" in clerk.post(where, changed).content.decode()
    assert not Answer.objects.exists()


def test_files_for_the_bank_hold_the_orders_and_no_child(
    school: School, people: Office, children: list[Person]
) -> None:
    with_accounts(children[:3], people.clerk)
    run = approved(school, people)
    clerk = signed_in(people.clerk)
    shown = text_of(clerk.get(at("run-papers", run)))
    assert f"Số em 3 Số tiền {3 * A_CHILD:,} đ".replace(",", ".") in shown
    for form in ("xlsx", "csv", "xml"):
        response = clerk.post(at("run-bank-file", run), {**PAYER, "form": form})
        assert response.status_code == 200, form
        if form != "xlsx":
            data = response.content.decode()
            assert all(order.reference in data for order in present(run) if order.pay_to)
            assert not any(child.full_name in data for child in children)
    total = ET.fromstring(response.content).find(".//{*}CtrlSum")  # noqa: S314 (written by this very server)
    assert total is not None
    assert total.text == str(3 * A_CHILD)
    assert Reading.objects.filter(act="export", by=people.clerk).count() == 3
    # What was typed is asked for again, and the number of the account is not sent back into the page.
    wrong = clerk.post(at("run-bank-file", run), {**PAYER, "number": "12-34", "on": "hôm nay", "form": "xlsx"})
    assert wrong.status_code == 422
    assert "Số tài khoản trích nợ chỉ gồm chữ số" in wrong.content.decode()
    assert "12-34" not in wrong.content.decode()


def test_cash_is_listed_and_signed_for(school: School, people: Office, children: list[Person]) -> None:
    run = sent(school, people)
    clerk = signed_in(people.clerk)
    for paper, form in (("bang-ke", "docx"), ("bang-ke", "xlsx"), ("giay-nhan", "docx")):
        assert clerk.get(at("run-cash-file", run, paper, form)).content[:2] == b"PK"
    assert clerk.get(at("run-cash-file", run, "giay-nhan", "xlsx")).status_code == 404
    assert "4 em chưa ký nhận" in text_of(clerk.get(at("run-sign", run)))
    for given in ({"on": "15/10/2025"}, {"on": "31/12/2999", "em": children[0].pk}, {"on": "", "em": children[0].pk}):
        assert clerk.post(at("run-sign", run), given).status_code == 422
    some = [child.pk for child in children[:3]]
    assert "Đã ghi nhận 3 em ký nhận." in text_of(
        clerk.post(at("run-sign", run), {"on": "15/10/2025", "em": some}, follow=True)
    )
    run.refresh_from_db()
    assert run.state == State.SENT
    clerk.post(at("run-sign", run), {"on": "15/10/2025", "em": children[3].pk})
    run.refresh_from_db()
    assert run.state == State.RECONCILED


def test_accounts_are_taken_and_what_is_in_question_is_named_by_its_row(
    school: School, people: Office, children: list[Person]
) -> None:
    run = approved(school, people)
    stranger = Person(code="KHONG-CO", full_name="Không Có")
    listed = accounts([(child, "Nguyễn Thị Mẫu", "Agribank", "0012345678") for child in (children[0], stranger)])
    sent_in = SimpleUploadedFile("tk.csv", listed.original)
    page = signed_in(people.clerk).post(at("run-accounts", run), {"file": sent_in})
    assert "1 mới, 0 thay đổi" in text_of(page)
    assert "dòng 3: không có em nào mang mã này" in text_of(page)
    assert [payee.learner_id for payee in Payee.objects.all()] == [children[0].pk]
    assert "0012345678" not in page.content.decode()
    assert len(payees.standing([child.pk for child in children])) == 1


def test_before_approval_and_for_other_roles_there_is_nothing_to_pay(
    school: School, people: Office, children: list[Person], other_clerk: User
) -> None:
    run = drawn(school, people.clerk)
    clerk = signed_in(people.clerk)
    assert clerk.get(at("run-papers", run)).status_code == 404
    actions.check(run=run, by=people.checker, at=NOON)
    actions.approve(run=run, by=people.leader, at=NOON)
    assert clerk.get(at("run-papers", run)).status_code == 200
    assert signed_in(people.leader).get(at("run-papers", run)).status_code == 403
    assert signed_in(other_clerk).get(at("run-papers", run)).status_code == 404
    assert "run-papers" not in signed_in(people.leader).get(at("run", run)).content.decode()


def test_paying_asks_for_a_second_factor(school: School, people: Office, children: list[Person]) -> None:
    run = sent(school, people)
    clerk, entries = signed_in(people.clerk), Entry.objects.count()
    with override_settings(SECOND_FACTOR_COMPULSORY=True):
        for name in ("run-sign", "run-resend", "run-kept-back", "run-accounts", "run-bank-file"):
            assert clerk.post(at(name, run)).headers["Location"] == reverse("mfa_index"), name
        assert clerk.post(reverse("desk:statement")).headers["Location"] == reverse("mfa_index")
    assert Entry.objects.count() == entries
