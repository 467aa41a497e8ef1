"""Any sequence of drawing up, approving, sending, returning, taking back and facts that change, against a dictionary."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from ansinh.core import ledger
from ansinh.core.dates import Span
from ansinh.web.access import CLERK
from ansinh.web.payments import actions, queries
from ansinh.web.payments.models import Line, Run, State
from ansinh.web.registry.models import Area, School, User

from .conftest import BEGAN, NOON, grant
from .money import NOT_POOR, POOR, Office, drawn, office, roster

PERIODS = [Span(date(2023, 9, 1), date(2023, 11, 1)), Span(date(2023, 11, 1), date(2024, 1, 1))]
DUE, CHILDREN = (0, 150_000, 160_000), 3


class Payments(RuleBasedStateMachine):
    """The plain twin: which months of which children were approved, what went out and came back, as numbers in sets."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=BEGAN)
        area = Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=province, since=BEGAN)
        self.school = School.objects.create(code="99000001", name="Trường Thử", level=1, area=area)
        clerk = grant(User.objects.create_user("van-thu", role=CLERK), school=self.school)
        self.people: Office = office(self.school, clerk)
        self.at, self.poor = NOON, [True] * CHILDREN
        self.spent: dict[int, int] = {}  # Run → đồng booked by its approval.
        self.out: dict[int, int] = {}  # Line → đồng on the way or paid.
        self.turns = (
            0  # How often what a run drawn up now rests on may have changed: runs begun, approved and taken back.
        )
        self.drawn_on: dict[int, int] = {}  # Run → the turn after which it was last drawn up.
        self._tell()

    def _tell(self) -> None:
        self.at += timedelta(days=1)
        roster(self.school, self.people.clerk, [POOR if poor else NOT_POOR for poor in self.poor], self.at)

    def _runs(self, *states: State) -> list[Run]:
        return list(Run.objects.filter(state__in=states).order_by("pk"))

    @rule(child=st.integers(0, CHILDREN - 1))
    def somebody_becomes_poor_or_is_not(self, child: int) -> None:
        if self.at < NOON + timedelta(days=25):
            self.poor[child] = not self.poor[child]
            self._tell()

    @rule(period=st.sampled_from(PERIODS))
    def draw_up(self, period: Span) -> None:
        try:
            run = drawn(self.school, self.people.clerk, period, self.at)
            self.turns += run.pk not in self.drawn_on
            self.drawn_on[run.pk] = self.turns
        except actions.PaymentError as nothing:
            assert "nothing" in str(nothing)

    @precondition(lambda self: self._runs(State.DRAWN_UP, State.CHECKED))
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self._runs(State.DRAWN_UP, State.CHECKED)))
        if run.state == State.DRAWN_UP:
            actions.check(run=run, by=self.people.checker, at=self.at)
        taken = any(self._overtaken(line) for line in run.lines.all())
        try:
            actions.approve(run=run, by=self.people.leader, at=self.at)
        except actions.PaymentError:
            assert taken or self.drawn_on[run.pk] < self.turns
            return
        assert not taken
        self.turns += 1
        self.spent[run.pk] = sum(line.due_vnd - line.before_vnd for line in run.lines.all())

    def _overtaken(self, line: Line) -> bool:
        """Whether the last live line of the month is not the one this would follow."""
        live = list(Line.objects.filter(learner=line.learner, benefit=line.benefit, month=line.month, live=True))
        ends = [one.pk for one in live if not any(other.follows_id == one.pk for other in live)]
        return ends != ([line.follows_id] if line.follows_id else [])

    @precondition(lambda self: self._runs(State.APPROVED))
    @rule(data=st.data())
    def send_or_take_back(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self._runs(State.APPROVED)))
        if data.draw(st.booleans()):
            actions.send(run=run, by=self.people.cashier, at=self.at)
            self.out |= {line.pk: line.amount_vnd for line in run.lines.all() if line.amount_vnd > 0}
            return
        followed = Line.objects.filter(follows__run=run, live=True).exists()
        try:
            actions.take_back(run=run, by=self.people.leader, at=self.at, reason="thử")
        except actions.PaymentError:
            assert followed
        else:
            assert not followed
            self.turns += 1
            del self.spent[run.pk]

    @precondition(lambda self: self._runs(State.SENT))
    @rule(data=st.data())
    def come_back_or_be_confirmed(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self._runs(State.SENT)))
        on_the_way = run.lines.filter(pk__in=self.out).exclude(entries__act="settle").order_by("pk")
        lines = data.draw(st.lists(st.sampled_from(list(on_the_way)), unique=True)) if on_the_way else []
        if not lines:
            return
        what = data.draw(st.sampled_from(["bounce", "bounce and resend", "settle"]))
        if what == "settle":
            actions.settle(lines=lines, by=self.people.cashier, at=self.at)
            return
        actions.bounce(lines=lines, by=self.people.cashier, at=self.at)
        if what == "bounce and resend":
            actions.resend(lines=lines, by=self.people.cashier, at=self.at)
        else:
            for line in lines:
                del self.out[line.pk]

    @invariant()
    def balances_are_those_of_the_dictionary(self) -> None:
        found = queries.balances()
        assert sum(found.values()) == 0
        spent = sum(amount for name, amount in found.items() if name.startswith("chi/"))
        assert spent == sum(self.spent.values())
        kept = sum(-line.amount_vnd for line in Line.objects.filter(entries__act="net"))
        gone = -sum(found.get(name, 0) for name in ("ngan-hang", "da-tra"))
        assert gone == sum(self.out.values()) - kept
        settled = Line.objects.filter(entries__act="settle").values_list("pk", flat=True)
        on_the_way = sum(amount for pk, amount in self.out.items() if pk not in set(settled))
        assert -found.get("ngan-hang", 0) == on_the_way

    @invariant()
    def no_month_is_due_more_than_once(self) -> None:
        for learner, benefit, month in (
            Line.objects.filter(live=True).values_list("learner", "benefit", "month").distinct()
        ):
            lines = Line.objects.filter(live=True, learner=learner, benefit=benefit, month=month)
            assert sum(line.amount_vnd for line in lines) in DUE

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
            Payments,
            settings=settings(
                max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
