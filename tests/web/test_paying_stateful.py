"""Any sequence of statements, returns, cash, and sending again, against a dictionary: what is paid, and that it is paid once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ansinh.core import ledger
from ansinh.core.orders import Order, reference
from ansinh.core.reconcile import Kind
from ansinh.sheets import Intake
from ansinh.web.access import CLERK
from ansinh.web.payments import orders, queries, statements
from ansinh.web.payments.models import Entry, Run
from ansinh.web.registry.models import Area, Person, School, User

from .conftest import BEGAN, NOON, grant
from .money import POOR, SPRING, Office, office, roster, sent
from .paying import said, statement, with_accounts

CHILDREN = 3  # The last of whom is paid in cash.
WHAT = ("returned", "paid", "an earlier sending", "mistyped", "another amount", "not ours")


@dataclass
class Twin:
    """One child of one run, plainly: đồng, how often sent, and where the money is."""

    amount: int
    times: int = 1
    where: str = "out"  # Or back, or paid.


class Paying(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=BEGAN)
        area = Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=province, since=BEGAN)
        school = School.objects.create(code="99000001", name="Trường Thử", level=1, area=area)
        clerk = grant(User.objects.create_user("van-thu", role=CLERK), school=school)
        self.people: Office = office(school, clerk)
        roster(school, clerk, [POOR] * CHILDREN)
        with_accounts(Person.objects.order_by("pk")[: CHILDREN - 1], clerk)
        self.runs = [sent(school, self.people), sent(school, self.people, SPRING)]
        self.at = NOON + timedelta(days=5)
        self.twin = {
            (order.run, order.learner): Twin(order.amount_vnd) for run in self.runs for order in orders.orders(run)
        }
        self.taken: list[tuple[Intake, list[tuple[str, int]]]] = []

    def _orders(self) -> list[Order]:
        return orders.of_runs(Run.objects.filter(pk__in=[run.pk for run in self.runs]))

    @rule(
        rows=st.lists(
            st.tuples(st.integers(0, 2 * CHILDREN - 1), st.sampled_from(WHAT), st.integers(0, 15)),
            min_size=1,
            max_size=6,
        ),
        again=st.booleans(),
    )
    def a_statement_comes(self, rows: list[tuple[int, str, int]], again: bool) -> None:
        self.at += timedelta(hours=1)
        found, lines = self._orders(), []
        for which, what, at in rows:
            order = found[which]
            if what == "mistyped":
                wrong = "Z" if order.reference[at] != "Z" else "Y"
                lines.append(said(order, text=order.reference[:at] + wrong + order.reference[at + 1 :]))
            elif what == "another amount":
                lines.append(said(order, amount=order.amount_vnd + 1))
            elif what == "not ours":
                lines.append(said(order, text="lai tien gui"))
            elif what == "an earlier sending":
                lines.append(said(order, text=reference(order.run, order.learner, max(order.times - 1, 1))))
            else:
                lines.append(said(order, "Đã chi" if what == "paid" else "Trả lại"))
        intake = statement(*lines)
        expected = self._expected(found, rows)
        matches = statements.read_statement(intake, by=self.people.cashier)
        accept = [match.said.place for match in matches if match.kind in (Kind.PAID, Kind.RETURNED)]
        done = statements.take_statement(intake=intake, accept=accept, by=self.people.cashier, at=self.at)
        assert (done.paid, done.returned) == (
            sum(outcome == "paid" for outcome in expected.values()),
            sum(outcome == "back" for outcome in expected.values()),
        )
        for key, outcome in expected.items():
            self.twin[key].where = outcome
        self.taken.append((intake, accept))
        if again:
            self.what_came_back_is_sent_again(0)
            self.what_came_back_is_sent_again(1)

    def _expected(self, found: list[Order], rows: list[tuple[int, str, int]]) -> dict[tuple[int, int], str]:
        """What the rows come to, by the twin alone: a child named as both paid and returned is left as it is."""
        said_of: dict[tuple[int, int], set[str]] = {}
        for which, what, _at in rows:
            key = (found[which].run, found[which].learner)
            now = what in ("paid", "returned") or (what == "an earlier sending" and self.twin[key].times == 1)
            if now and self.twin[key].where == "out":
                said_of.setdefault(key, set()).add("back" if what == "returned" else "paid")
        return {key: next(iter(said)) for key, said in said_of.items() if len(said) == 1}

    @rule(data=st.data())
    def an_old_statement_comes_again(self, data: st.DataObject) -> None:
        if not self.taken:
            return
        intake, accept = data.draw(st.sampled_from(self.taken))
        before = Entry.objects.count()
        done = statements.take_statement(intake=intake, accept=accept, by=self.people.cashier, at=self.at)
        assert (done.paid, done.returned, done.before) == (0, 0, len(accept))
        assert Entry.objects.count() == before

    @rule(run=st.integers(0, 1))
    def what_came_back_is_sent_again(self, run: int) -> None:
        self.at += timedelta(hours=1)
        pk = self.runs[run].pk
        back = {key for key, one in self.twin.items() if key[0] == pk and one.where == "back"}
        again = statements.resend(run=self.runs[run], by=self.people.cashier, at=self.at)
        assert {(order.run, order.learner) for order in again} == back
        for key in back:
            self.twin[key].where, self.twin[key].times = "out", self.twin[key].times + 1

    @rule(run=st.integers(0, 1))
    def the_child_signs_for_cash(self, run: int) -> None:
        (order,) = [one for one in self._orders() if one.run == self.runs[run].pk and one.pay_to is None]
        one = self.twin[order.run, order.learner]
        if one.where == "back":
            return
        signed = statements.sign(
            run=self.runs[run], learners=[order.learner], on=NOON.date(), by=self.people.cashier, at=self.at
        )
        assert signed == (one.where == "out")
        one.where = "paid"

    @invariant()
    def balances_are_the_twins(self) -> None:
        found = queries.balances()
        where = {
            place: sum(one.amount for one in self.twin.values() if one.where == place)
            for place in ("out", "back", "paid")
        }
        assert -found.get("da-tra", 0) == where["paid"]
        assert -found.get("ngan-hang", 0) == where["out"]
        assert -sum(amount for name, amount in found.items() if name.startswith("phai-tra/")) == where["back"]

    @invariant()
    def references_tell_the_sendings(self) -> None:
        found = {(order.run, order.learner): order for order in self._orders()}
        assert {key: (order.times, order.amount_vnd) for key, order in found.items()} == {
            key: (one.times, one.amount) for key, one in self.twin.items()
        }

    @invariant()
    def nothing_is_confirmed_twice(self) -> None:
        settled = Counter(
            Entry.objects.filter(act="settle").values_list("line__learner", "line__benefit", "line__month")
        )
        assert set(settled.values()) <= {1}

    def teardown(self) -> None:
        try:
            lines = [f"{line}\n".encode() for line in queries.exported(at=self.at, whose="Sở Thử")]
            assert ledger.verify(lines).findings == ()
        finally:
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)


class Sequences(TestCase):
    def test_any_sequence(self) -> None:
        run_state_machine_as_test(
            Paying,
            settings=settings(
                max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
