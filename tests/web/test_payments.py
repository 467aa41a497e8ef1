"""Door 4: a run drawn up, checked, approved, sent and reconciled; arrears and clawback; what is paid once is not paid again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ansinh.core import ledger
from ansinh.web.payments import actions, due, queries
from ansinh.web.payments.models import Entry, Line, Run, State
from ansinh.web.registry.models import School, User

from .conftest import NOON
from .money import AUTUMN, NOT_POOR, POOR, SPRING, Office, approved, drawn, office, roster, sent
from .test_difference import LATER

MONTH = {"lunch": 160_000, "study_cost": 150_000}  # What a poor child of the kindergarten is due.
A_MONTH = sum(MONTH.values())


@pytest.fixture
def people(school: School, clerk: User) -> Office:
    return office(school, clerk)


def owed(account: str) -> int:
    return sum(amount for name, amount in queries.balances().items() if name.startswith(account))


def verified() -> ledger.Verdict:
    lines = [f"{line}\n".encode() for line in queries.exported(at=NOON, whose="Sở Thử")]
    return ledger.verify(lines)


def test_a_semester_from_drawing_up_to_closing(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, NOT_POOR, POOR])
    run = drawn(school, people.clerk)
    assert {line.benefit: line.due_vnd for line in run.lines.all()} == MONTH
    assert run.lines.count() == 16  # Two children, four months, two supports.
    assert not Entry.objects.exists()
    actions.check(run=run, by=people.checker, at=NOON)
    actions.approve(run=run, by=people.leader, at=NOON)
    assert (owed("chi/"), owed("phai-tra/")) == (8 * A_MONTH, -8 * A_MONTH)
    actions.send(run=run, by=people.cashier, at=NOON)
    assert (owed("phai-tra/"), owed("ngan-hang")) == (0, -8 * A_MONTH)
    lines = list(run.lines.order_by("pk"))
    actions.bounce(lines=lines[:3], by=people.cashier, at=NOON)
    back = sum(line.due_vnd for line in lines[:3])
    assert (owed("phai-tra/"), owed("ngan-hang")) == (-back, back - 8 * A_MONTH)
    actions.settle(lines=lines[3:], by=people.cashier, at=NOON)
    run.refresh_from_db()
    assert run.state == State.SENT
    actions.resend(lines=lines[:3], by=people.cashier, at=NOON)
    actions.settle(lines=lines[:3], by=people.cashier, at=NOON)
    run.refresh_from_db()
    assert run.state == State.RECONCILED
    actions.close(run=run, by=people.leader, at=NOON)
    assert queries.balances() == {
        "chi/99000001/lunch/2023": 8 * MONTH["lunch"],
        "chi/99000001/study_cost/2023": 8 * MONTH["study_cost"],
        "da-tra": -8 * A_MONTH,
    }
    verdict = verified()
    assert (verdict.findings, verdict.settled, verdict.entries) == ((), 8 * A_MONTH, Entry.objects.count())


def test_the_same_drawn_up_twice_is_one_run(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    assert drawn(school, people.clerk).pk == drawn(school, people.clerk, at=LATER).pk
    assert Run.objects.count() == 1


def test_a_late_certificate_yields_exactly_its_arrears(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, NOT_POOR])
    sent(school, people)
    roster(school, people.clerk, [POOR, POOR], LATER)
    run = drawn(school, people.clerk, SPRING)
    lines = run.lines.all()
    late = [line for line in lines if line.month < SPRING.since]
    assert len(late) == 8
    assert {(line.benefit, line.before_vnd, line.due_vnd, line.follows_id) for line in late} == {
        (benefit, 0, due, None) for benefit, due in MONTH.items()
    }
    assert len({line.learner_id for line in late}) == 1
    assert len(lines) == 2 * (4 + 2 * 5)


def test_what_was_paid_too_much_is_kept_back_from_later_payments(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR, POOR])
    sent(school, people)
    roster(school, people.clerk, [POOR, NOT_POOR], LATER)
    spring = sent(school, people, SPRING)
    back = [line for line in spring.lines.all() if line.due_vnd < line.before_vnd]
    assert {(line.benefit, line.before_vnd, line.due_vnd) for line in back} == {(b, due, 0) for b, due in MONTH.items()}
    assert len(back) == 8
    # Nothing is paid to that child, so that nothing can be kept back: it stands as owed by the child.
    child = f"phai-tra/{back[0].learner_id}"
    assert queries.balances()[child] == 4 * A_MONTH
    assert verified().findings == ()


def test_a_clawback_is_netted_against_what_is_paid(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    sent(school, people)
    roster(school, people.clerk, [NOT_POOR], LATER)
    first = drawn(school, people.clerk, SPRING)
    actions.check(run=first, by=people.checker, at=NOON)
    actions.approve(run=first, by=people.leader, at=NOON)
    actions.send(run=first, by=people.cashier, at=NOON)
    assert not first.entries.filter(act="send").exists()
    child = f"phai-tra/{first.lines.first().learner_id}"  # type: ignore[union-attr]
    assert queries.balances()[child] == 4 * A_MONTH
    # The certificate was right after all: the autumn is owed again, and the spring; what was claimed is kept back first.
    roster(school, people.clerk, [POOR], LATER.replace(month=12))
    again = sent(school, people, SPRING)
    assert sum(line.amount_vnd for line in again.lines.all()) == 9 * A_MONTH
    out = sum(e.amount_vnd * (1 if e.act == "send" else -1) for e in Entry.objects.filter(act__in=("send", "net")))
    assert out == 9 * A_MONTH  # Four months of autumn once, five of spring once.
    assert child not in queries.balances()
    # All confirmed, the order book closes at nought, and what was paid is what left the account.
    sent_ = [line for line in Line.objects.filter(live=True) if line.amount_vnd > 0]
    actions.settle(lines=sent_, by=people.cashier, at=NOON)
    assert queries.balances().get("ngan-hang", 0) == 0
    assert queries.balances()["da-tra"] == -9 * A_MONTH
    assert verified().findings == ()


def test_no_two_of_the_four_are_one_person(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    run = drawn(school, people.checker)
    with pytest.raises(actions.PaymentError):
        actions.check(run=run, by=people.checker, at=NOON)
    actions.check(run=run, by=people.cashier, at=NOON)
    actions.approve(run=run, by=people.leader, at=NOON)
    with pytest.raises(actions.PaymentError):
        actions.send(run=run, by=people.cashier, at=NOON)
    actions.send(run=run, by=people.clerk, at=NOON)


def test_a_run_drawn_up_beside_another_is_refused_when_that_was_approved(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    one = drawn(school, people.clerk)
    roster(school, people.clerk, [POOR, POOR], LATER)
    other = drawn(school, people.clerk)
    for run in (one, other):
        actions.check(run=run, by=people.checker, at=NOON)
    actions.approve(run=one, by=people.leader, at=NOON)
    with pytest.raises(actions.PaymentError, match="8 months"):
        actions.approve(run=other, by=people.leader, at=NOON)
    other.refresh_from_db()
    assert other.state == State.CHECKED
    actions.cancel(run=other, by=people.clerk, at=NOON, reason="lập lại")
    # Taken back before sending, the months are free again.
    actions.take_back(run=one, by=people.leader, at=NOON, reason="sót một em")
    assert queries.balances() == {}
    assert approved(school, people).lines.filter(live=True).count() == 16
    assert verified().findings == ()


Lines = list[due.Due]


@pytest.mark.parametrize(
    ("planted", "wrong"),
    [
        (lambda lines: [replace(line, due_vnd=line.due_vnd + 1) for line in lines], 8),
        (lambda lines: lines[:-1], 1),
        (lambda lines: [*lines, replace(lines[-1], month=date(2024, 1, 1))], 1),
        (lambda lines: [replace(lines[0], cite="99"), *lines[1:]], 1),
        (lambda lines: [replace(lines[0], document="nd-0-0000"), *lines[1:]], 1),
    ],
    ids=["amount", "missing", "beyond the period", "clause", "document"],
)
def test_what_was_tampered_with_is_found_by_recomputing(
    school: School, people: Office, planted: Callable[[Lines], Lines], wrong: int
) -> None:
    roster(school, people.clerk, [POOR])
    real = actions.lines_of
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "lines_of", lambda *a, **named: planted(real(*a, **named)))
        run = drawn(school, people.clerk)
    actions.check(run=run, by=people.checker, at=NOON)
    with pytest.raises(actions.PaymentError, match=f" {wrong} lines differ"):
        actions.approve(run=run, by=people.leader, at=NOON)
    assert not Line.objects.filter(live=True).exists()
    run.refresh_from_db()
    assert run.state == State.CHECKED


def test_a_run_resting_on_one_given_up_since_is_drawn_up_again(school: School, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    autumn = drawn(school, people.clerk)
    spring = drawn(
        school, people.clerk, SPRING
    )  # The autumn is opened, and not approved: the spring's run brings it too.
    assert spring.lines.filter(month__lt=SPRING.since).count() == 8
    actions.cancel(run=autumn, by=people.clerk, at=NOON, reason="thử")
    actions.check(run=spring, by=people.checker, at=NOON)
    with pytest.raises(actions.PaymentError, match=" 8 lines differ"):
        actions.approve(run=spring, by=people.leader, at=NOON)


def test_who_may_do_what(school: School, other_school: School, other_clerk: User, people: Office) -> None:
    roster(school, people.clerk, [POOR])
    with pytest.raises(PermissionDenied):
        drawn(school, other_clerk)
    run = drawn(school, people.clerk)
    with pytest.raises(PermissionDenied):
        actions.check(run=run, by=other_clerk, at=NOON)
    actions.check(run=run, by=people.checker, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.approve(run=run, by=people.cashier, at=NOON)
    with pytest.raises(actions.PaymentError, match="cannot become"):
        actions.send(run=run, by=people.cashier, at=NOON)
    with pytest.raises(actions.PaymentError, match="Say why"):
        actions.give_back(run=run, by=people.leader, at=NOON, reason=" ")


def test_nothing_due_is_no_run(school: School, people: Office) -> None:
    roster(school, people.clerk, [NOT_POOR])
    with pytest.raises(actions.PaymentError, match="nothing to pay"):
        drawn(school, people.clerk, AUTUMN)
