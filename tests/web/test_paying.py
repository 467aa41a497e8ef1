"""Accounts, orders, statements, cash and sending again: each child is paid once, by a reference that says which time it is."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from ansinh import sheets
from ansinh.core.orders import PayTo, Way, read_reference
from ansinh.core.reconcile import Kind
from ansinh.sheets._blank import filled
from ansinh.web.payments import actions, orders, payees, queries, statements
from ansinh.web.payments.models import Answer, BankStatement, Entry, Payee, Run, State
from ansinh.web.registry import sealed
from ansinh.web.registry.models import Person, School, User

from .conftest import NOON
from .money import NOT_POOR, POOR, SPRING, Office, approved, drawn, office, roster, sent
from .paying import accounts, said, statement, with_accounts
from .test_difference import LATER
from .test_payments import A_MONTH, verified

DAY = date(2025, 10, 16)


@pytest.fixture
def people(school: School, clerk: User) -> Office:
    return office(school, clerk)


@pytest.fixture
def children(school: School, people: Office) -> list[Person]:
    roster(school, people.clerk, [POOR] * 3)
    return list(Person.objects.order_by("pk"))


# Accounts


def test_a_list_of_accounts_adds_records_and_changes_none(people: Office, children: list[Person]) -> None:
    one, two, three = children
    first = accounts([(one, "Nguyễn Thị Mẫu", "Agribank", "0012345678"), (two, "", "Tiền mặt", "")])
    kinds = [change.kind for change in payees.record(intake=first, by=people.clerk, at=NOON)]
    assert kinds == [payees.Kind.NEW, payees.Kind.UNCHANGED]
    again = payees.record(intake=first, by=people.clerk, at=LATER)
    assert {change.kind for change in again} == {payees.Kind.UNCHANGED}
    second = accounts([(one, "Nguyễn Thị Mẫu", "970436", "9912345678"), (three, "Trần Mẫu", "VCB", "1")])
    assert [fault.code for fault in second.faults] == ["account_unread"]
    (change,) = payees.record(intake=second, by=people.clerk, at=LATER)
    assert change.kind is payees.Kind.CHANGED
    assert change.before == PayTo("Nguyễn Thị Mẫu", "970405", "0012345678")
    assert Payee.objects.filter(learner=one).count() == 2
    assert "0012345678" not in repr(change)


def test_a_code_of_another_name_or_school_is_not_taken(
    people: Office, children: list[Person], other_clerk: User
) -> None:
    one, two = children[:2]
    one.full_name = "Ai Khác Hẳn"
    unknown = Person(code="KHONG-CO", full_name="Không Có")
    rows = [(child, "Nguyễn Thị Mẫu", "BIDV", "12345678") for child in (one, two, unknown)]
    kinds = [change.kind for change in payees.record(intake=accounts(rows), by=people.clerk, at=NOON)]
    assert kinds == [payees.Kind.OTHER_NAME, payees.Kind.NEW, payees.Kind.NOT_FOUND]
    (change,) = payees.difference(accounts(rows[1:2]), by=other_clerk, at=NOON)
    assert change.kind is payees.Kind.NOT_FOUND
    with pytest.raises(PermissionDenied):
        payees.record(intake=accounts(rows), by=people.leader, at=NOON)
    assert Payee.objects.count() == 1


def test_the_number_lies_under_seal_and_nothing_is_edited(people: Office, children: list[Person]) -> None:
    with_accounts(children[:1], people.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM payments_payee")
        assert f"00{children[0].pk:08d}" not in str(cursor.fetchall())
    for statement_ in ("UPDATE payments_payee SET holder = 'x'", "DELETE FROM payments_payee"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement_)


def test_a_new_key_seals_the_numbers_anew(
    school: School, people: Office, children: list[Person], settings: Any
) -> None:
    with_accounts(children, people.clerk)
    run = sent(school, people)
    before = orders.orders(run)
    statements.take_statement(intake=statement(said(before[0])), accept=[("sao-ke.csv", 2)], by=people.clerk, at=NOON)
    new = sealed.new_key()
    settings.IDENTITY_KEYS = [new, *settings.IDENTITY_KEYS]
    call_command("reseal", stdout=io.StringIO())
    settings.IDENTITY_KEYS = [new]
    assert [one.pay_to for one in orders.orders(run)] == [one.pay_to for one in before]
    assert BankStatement.objects.get().original.reveal()


def test_the_last_record_holds_from_its_first_day_on(children: list[Person], clerk: User) -> None:
    def record(since: date, until: date | None, number: str) -> Payee:
        return Payee(since=since, until=until, holder="Mẫu", bank="970405", account=sealed.seal(number))  # type: ignore[misc]

    old = record(date(2025, 9, 1), None, "1111")
    new = record(date(2025, 11, 1), date(2026, 1, 1), "2222")
    number = [getattr(payees.paid_to([old, new], day), "account", None) for day in (
        date(2025, 8, 31), date(2025, 10, 31), date(2025, 11, 1), date(2026, 1, 1),
    )]  # fmt: skip
    assert number == [None, "1111", "2222", None]


# Orders


def test_orders_of_a_run(school: School, people: Office, children: list[Person]) -> None:
    run = drawn(school, people.clerk)
    assert orders.orders(run) == []
    with_accounts(children[:2], people.clerk)
    actions.check(run=run, by=people.checker, at=NOON)
    actions.approve(run=run, by=people.leader, at=NOON)
    found = orders.orders(run)
    assert [one.learner for one in found if one.pay_to] == [child.pk for child in children[:2]]
    assert {one.amount_vnd for one in found} == {4 * A_MONTH}
    assert {one.way for one in found} == {Way.TO_SEND}
    assert [one.code for one in found if one.pay_to is None] == [children[2].code]
    assert sorted(pk for one in found for pk in one.lines) == list(
        run.lines.order_by("pk").values_list("pk", flat=True)
    )
    # Sent, the references stay what they were: trying again is no second order.
    actions.send(run=run, by=people.cashier, at=NOON)
    assert [one.reference for one in orders.orders(run)] == [one.reference for one in found]
    told = orders.of_reference(found[0].reference, by=people.clerk)
    assert told is not None
    assert told[1] is not None
    assert (told[0].pk, told[1].lines) == (run.pk, found[0].lines)


def test_an_order_shows_the_account_as_it_was_known_when_sent(
    school: School, people: Office, children: list[Person]
) -> None:
    with_accounts(children, people.clerk)
    run = sent(school, people)
    before = orders.orders(run)
    moved = accounts([(children[0], "Nguyễn Thị Mẫu", "BIDV", "77777777")])
    payees.record(intake=moved, by=people.clerk, at=NOON + timedelta(days=10))
    assert orders.orders(run) == before
    actions.bounce(lines=list(run.lines.filter(learner=children[0])), by=people.cashier, at=NOON)
    (again,) = statements.resend(run=run, by=people.cashier, at=NOON + timedelta(days=11))
    assert again.pay_to == PayTo("Nguyễn Thị Mẫu", "970418", "77777777")
    assert read_reference(again.reference) == (run.pk, children[0].pk, 2)
    assert again.reference not in {one.reference for one in before}


def test_what_is_kept_back_is_taken_off_the_order(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, POOR])
    sent(school, people)
    roster(school, people.clerk, [NOT_POOR, POOR], LATER)
    claim = sent(school, people, SPRING)
    assert sum(one.amount_vnd for one in orders.orders(claim)) == 5 * A_MONTH  # Of the other child alone.
    roster(school, people.clerk, [POOR, POOR], LATER.replace(month=12))
    run = approved(school, people, SPRING)
    (before,) = orders.orders(run)
    actions.send(run=run, by=people.cashier, at=NOON)
    (order,) = orders.orders(run)
    owed = sum(line.amount_vnd for line in run.lines.all())
    kept = sum(Entry.objects.filter(act="net").values_list("amount_vnd", flat=True))
    assert before.amount_vnd == order.amount_vnd == owed - kept
    assert kept > 0
    if order.amount_vnd:
        statements.take_statement(intake=statement(said(order)), accept=[("sao-ke.csv", 2)], by=people.clerk, at=NOON)
    else:
        assert statements.settle_kept_back(run=run, by=people.clerk, at=NOON) == 1
    run.refresh_from_db()
    assert run.state == State.RECONCILED
    assert verified().findings == ()


def test_a_payment_kept_back_whole_is_no_order_to_a_bank(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    autumn = sent(school, people)
    roster(school, people.clerk, [NOT_POOR], LATER)
    sent(school, people, SPRING)
    roster(school, people.clerk, [POOR], LATER.replace(month=12))
    run = sent(school, people)  # The autumn is owed again, and was paid once: all of it is kept back.
    (order,) = orders.orders(run)
    assert (order.amount_vnd, order.way) == (0, Way.SENT)
    with pytest.raises(actions.PaymentError, match="not on the cash list"):
        statements.sign(run=run, learners=[order.learner], on=DAY, by=people.clerk, at=NOON)
    assert statements.settle_kept_back(run=run, by=people.clerk, at=NOON) == 1
    assert statements.settle_kept_back(run=run, by=people.clerk, at=NOON) == 0
    run.refresh_from_db()
    assert run.state == State.RECONCILED
    assert [one.amount_vnd for one in orders.orders(autumn)] == [4 * A_MONTH]
    assert verified().findings == ()


# Statements


def test_a_statement_is_taken_once(school: School, people: Office, children: list[Person]) -> None:
    with_accounts(children, people.clerk)
    run = sent(school, people)
    one, two, three = orders.orders(run)
    wrong = three.reference[:-1] + ("A" if three.reference[-1] != "A" else "B")
    intake = statement(
        said(one), said(two, "Trả lại"), said(three, text=wrong), said(three, amount=5), said(one, text="lai tien gui")
    )
    kinds = [match.kind for match in statements.read_statement(intake, by=people.clerk)]
    assert kinds == [Kind.PAID, Kind.RETURNED, Kind.DOUBTFUL, Kind.OTHER_AMOUNT, Kind.UNKNOWN]
    places = [(row.sheet, row.row) for row in intake.rows]
    for not_right in places[2:]:
        with pytest.raises(actions.PaymentError, match="matches no order"):
            statements.take_statement(intake=intake, accept=[*places[:2], not_right], by=people.clerk, at=NOON)
    assert not BankStatement.objects.exists()
    done = statements.take_statement(intake=intake, accept=places[:2], by=people.clerk, at=NOON)
    assert (done.paid, done.returned, done.before) == (1, 1, 0)
    entries = Entry.objects.count()
    again = statements.take_statement(intake=intake, accept=places[:2], by=people.clerk, at=LATER)
    assert (again.statement, again.paid, again.returned, again.before) == (done.statement, 0, 0, 2)
    assert Entry.objects.count() == entries
    # A person says which order the doubtful row means.
    chosen = {places[2]: three.reference}
    assert statements.take_statement(intake=intake, accept=(), chosen=chosen, by=people.clerk, at=LATER).paid == 1
    assert [one.chosen for one in Answer.objects.order_by("pk")] == [False, False, True]
    assert BankStatement.objects.get().original.reveal()
    (back,) = statements.resend(run=run, by=people.cashier, at=LATER)
    assert (back.learner, back.times) == (two.learner, 2)
    late = statement(said(two), said(back), name="lan-2.csv")
    assert [match.kind for match in statements.read_statement(late, by=people.clerk)] == [Kind.ALREADY, Kind.PAID]
    statements.take_statement(intake=late, accept=[("lan-2.csv", 3)], by=people.clerk, at=LATER)
    run.refresh_from_db()
    assert run.state == State.RECONCILED
    verdict = verified()
    assert (verdict.findings, verdict.settled) == ((), 3 * 4 * A_MONTH)


def test_a_workbook_is_read_and_its_faults_say_where(school: School, people: Office, children: list[Person]) -> None:
    run = sent(school, people)
    order = orders.orders(run)[0]
    rows = [
        {"date": date(2025, 10, 15), "remark": order.reference, "amount": order.amount_vnd, "status": "Thành công"},
        {"date": date(2025, 10, 15), "remark": order.reference, "amount": "một triệu", "status": "Đã chi"},
        {"date": "hôm qua", "remark": order.reference, "amount": "1.000", "status": "Đã chi"},
    ]
    template = sheets.templates()["bank_statement"]
    intake = sheets.read(template, filled(template, rows, {}), filename="sao-ke.xlsx")
    assert [match.kind for match in statements.read_statement(intake, by=people.clerk)] == [Kind.PAID]
    assert {(fault.code, fault.row, fault.column) for fault in intake.faults} >= {
        ("amount_unread", 7, "D"),
        ("date_unread", 8, "A"),
    }


def test_a_statement_of_another_school_is_not_ours(
    school: School, people: Office, children: list[Person], other_clerk: User
) -> None:
    order = orders.orders(sent(school, people))[0]
    (match,) = statements.read_statement(statement(said(order)), by=other_clerk)
    assert match.kind is Kind.UNKNOWN
    assert orders.of_reference(order.reference, by=other_clerk) is None
    with pytest.raises(PermissionDenied):
        statements.read_statement(statement(said(order)), by=people.leader)


def test_two_rows_are_not_taken_for_one_order(school: School, people: Office, children: list[Person]) -> None:
    order = orders.orders(sent(school, people))[0]
    intake = statement(said(order), said(order, "Trả lại"))
    first, second = ((row.sheet, row.row) for row in intake.rows)
    assert {match.kind for match in statements.read_statement(intake, by=people.clerk)} == {Kind.DOUBTFUL}
    both = {first: order.reference, second: order.reference}
    with pytest.raises(actions.PaymentError, match="Two rows"):
        statements.take_statement(intake=intake, accept=(), chosen=both, by=people.clerk, at=NOON)
    with pytest.raises(actions.PaymentError, match="matches no order"):
        statements.take_statement(intake=intake, accept=[first], by=people.clerk, at=NOON)
    assert not Answer.objects.exists()
    done = statements.take_statement(
        intake=intake, accept=(), chosen={second: order.reference}, by=people.clerk, at=NOON
    )
    assert (done.paid, done.returned) == (0, 1)


# Cash


def test_those_who_signed_are_settled_and_no_others(school: School, people: Office, children: list[Person]) -> None:
    with_accounts(children[:1], people.clerk)
    run = sent(school, people)
    _banked, one, two = sorted(orders.orders(run), key=lambda order: order.pay_to is None)
    assert statements.sign(run=run, learners=[one.learner], on=DAY, by=people.clerk, at=NOON) == 1
    assert statements.sign(run=run, learners=[one.learner], on=DAY, by=people.clerk, at=NOON) == 0
    assert {order.learner: order.way for order in orders.orders(run)}[one.learner] is Way.PAID
    assert Run.objects.get(pk=run.pk).state == State.SENT
    with pytest.raises(actions.PaymentError, match="not on the cash list"):
        statements.sign(run=run, learners=[two.learner, _banked.learner], on=DAY, by=people.clerk, at=NOON)
    assert Answer.objects.get().on == DAY
    assert -queries.balances()["da-tra"] == one.amount_vnd
    assert verified().findings == ()


def test_another_schools_run_is_nobody_elses(
    school: School, people: Office, children: list[Person], other_clerk: User
) -> None:
    run = sent(school, people)
    learners = [children[0].pk]
    with pytest.raises(PermissionDenied):
        statements.sign(run=run, learners=learners, on=DAY, by=other_clerk, at=NOON)
    with pytest.raises(PermissionDenied):
        statements.resend(run=run, by=other_clerk, at=NOON)
    with pytest.raises(PermissionDenied):
        statements.settle_kept_back(run=run, by=other_clerk, at=NOON)


def test_only_who_sent_a_run_sends_it_again(school: School, people: Office, children: list[Person]) -> None:
    run = sent(school, people)
    actions.bounce(lines=list(run.lines.all()), by=people.cashier, at=NOON)
    with pytest.raises(actions.PaymentError, match="Only who sent"):
        statements.resend(run=run, by=people.checker, at=NOON)
    back = orders.orders(run)
    with pytest.raises(actions.PaymentError, match="came back"):
        statements.sign(run=run, learners=[back[0].learner], on=DAY, by=people.clerk, at=NOON)


@pytest.mark.parametrize("table", ["payments_payee", "payments_bankstatement", "payments_answer"])
def test_what_was_answered_is_kept(school: School, people: Office, children: list[Person], table: str) -> None:
    with_accounts(children, people.clerk)
    order = orders.orders(sent(school, people))[0]
    intake = statement(said(order))
    statements.take_statement(intake=intake, accept=[("sao-ke.csv", 2)], by=people.clerk, at=NOON)
    with connection.cursor() as cursor:
        for act in (f"UPDATE {table} SET by_id = {people.leader.pk}", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(act)
