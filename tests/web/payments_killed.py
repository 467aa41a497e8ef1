"""What tests/web/test_payments_killed.py runs in a process of its own, on a real database: paying, killed at random moments.

    python -m tests.web.payments_killed MOMENTS SEED

A run is sent, statements are taken row by row (which settles and bounces), what came back is sent again, cash is signed for;
then comes the next month's run. Each act is killed at a moment drawn, again and again until it stands. After each kill all of
it stands or nothing, the ledger verifies, and no month is paid twice. Prints what was seen as JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from ansinh.core import ledger  # noqa: E402
from ansinh.core.dates import Span  # noqa: E402
from ansinh.core.orders import Order, Way  # noqa: E402
from ansinh.sheets import Intake  # noqa: E402
from ansinh.web.payments import actions, orders, queries, statements  # noqa: E402
from ansinh.web.payments.models import Answer, BankStatement, Entry, Line, Run, State  # noqa: E402
from ansinh.web.registry.models import Person, School  # noqa: E402
from tests.web.at_once import forked, network  # noqa: E402
from tests.web.conftest import NOON  # noqa: E402
from tests.web.money import POOR, Office, drawn, office, roster  # noqa: E402
from tests.web.paying import said, statement, with_accounts  # noqa: E402
from tests.web.test_payments_at_once import FIRSTS  # noqa: E402

CHILDREN, CASH = 16, 4
AT = NOON + timedelta(days=3)
Act = tuple[str, Callable[[], object]]


def whole() -> None:
    """RuntimeError when the ledger does not verify, or a month is paid or confirmed twice."""
    with transaction.atomic():
        verdict = ledger.verify(f"{line}\n".encode() for line in queries.exported(at=NOON, whose="Sở Thử"))
    if verdict.findings:
        raise RuntimeError(f"the ledger does not verify: {verdict.findings[:3]}")
    settled = Counter(Entry.objects.filter(act="settle").values_list("line_id", flat=True))
    live = Counter(Line.objects.filter(live=True).values_list("learner", "benefit", "month"))
    if {*settled.values(), *live.values()} - {1}:
        raise RuntimeError("a month is paid twice")


def state() -> tuple[Any, ...]:
    """What stands, by content."""
    return (
        list(Entry.objects.order_by("number").values_list("number", "act", "line_id", "amount_vnd")),
        list(Run.objects.order_by("pk").values_list("pk", "state", "sent_by")),
        sorted(Answer.objects.values_list("reference", "paid")),
        sorted(BankStatement.objects.values_list("sha256", flat=True)),
    )


def undone(work: Callable[[], object]) -> tuple[Any, ...]:
    """What would stand after the work, which is then rolled back."""
    with transaction.atomic():
        work()
        found = state()
        transaction.set_rollback(True)
    return found


def runs(school: School, people: Office) -> Iterator[Run]:
    """A run a month, approved when it is its turn."""
    for since, until in itertools.pairwise(FIRSTS):
        run = drawn(school, people.clerk, Span(since, until))
        actions.check(run=run, by=people.checker, at=AT)
        actions.approve(run=run, by=people.leader, at=AT)
        yield run


def acts(run: Run, people: Office) -> Iterator[Act]:
    """The acts of a run's life, each named when the one before it stands."""
    yield "send", lambda: actions.send(run=run, by=people.cashier, at=AT)

    def take(intake: Intake) -> Act:
        accept = [(row.sheet, row.row) for row in intake.rows]
        return "take", lambda: statements.take_statement(intake=intake, accept=accept, by=people.clerk, at=AT)

    def on_the_way(*, cash: bool) -> list[Order]:
        found = orders.orders(Run.objects.get(pk=run.pk))
        return [one for one in found if one.way is Way.SENT and (one.pay_to is None) == cash]

    for place, order in enumerate(on_the_way(cash=False)):
        yield take(statement(said(order, "Trả lại" if place % 2 else "Đã chi")))
    yield "resend", lambda: statements.resend(run=run, by=people.cashier, at=AT)
    for order in on_the_way(cash=False):
        yield take(statement(said(order)))
    for order in on_the_way(cash=True):
        child = order.learner
        yield "sign", lambda: statements.sign(run=run, learners=[child], on=AT.date(), by=people.clerk, at=AT)  # noqa: B023


def timed(work: Callable[[], object]) -> float:
    """How long the work takes in a child that is left alone."""
    started = time.monotonic()
    if os.waitpid(forked(work), 0)[1]:  # type: ignore[arg-type]
        raise RuntimeError("the work failed without being killed")
    return time.monotonic() - started


class Kills:
    """Acts killed so far. A few moments are spread over acts of every kind, so that each kind meets some of them."""

    def __init__(self, moments: int, seed: int) -> None:
        self.moments, self.done, self.dead = moments, 0, 0
        self.most, self.every = max(3, moments // 12), 1 if moments > 100 else 3
        self.drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
        self.seen = {name: {"all": 0, "nothing": 0} for name in ("send", "take", "resend", "sign")}
        self.met: Counter[str] = Counter()
        self.beside = timed(state)  # What a child needs beside its work.

    def of(self, name: str, work: Callable[[], object]) -> None:
        """One act, killed until it stands or was killed often enough; then it is done in peace."""
        started = time.monotonic()
        empty, full = state(), undone(work)
        takes = self.beside + time.monotonic() - started
        spared = self.met[name] % self.every
        self.met[name] += 1
        stands, tries = False, 0 if spared else min(self.most, self.moments - self.done)
        while not stands and tries:
            tries -= 1
            stands = self._once(name, work, empty, full, takes)
        if not stands:
            work()
            if state() != full:
                raise RuntimeError(f"{name} done again does not lead where it always led")
        if name in ("take", "sign") and undone(work) != full:
            raise RuntimeError(f"{name} done twice changes something")

    def _once(
        self, name: str, work: Callable[[], object], empty: tuple[Any, ...], full: tuple[Any, ...], takes: float
    ) -> bool:
        child = forked(work)  # type: ignore[arg-type]
        time.sleep(self.drawn.uniform(0, takes * 1.1))
        os.kill(child, signal.SIGKILL)
        self.dead += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        found = state()
        if found not in (full, empty):
            raise RuntimeError(f"half of it stands after {name} was killed")
        whole()
        self.seen[name]["all" if found == full else "nothing"] += 1
        self.done += 1
        return found == full


def killed(moments: int, seed: int) -> dict[str, Any]:
    """Pay month after month, each act killed at random moments: how many left all, how many nothing."""
    ((school, clerk),) = network(1)
    people = office(school, clerk)
    roster(school, clerk, [POOR] * CHILDREN)
    with_accounts(Person.objects.order_by("pk")[: CHILDREN - CASH], clerk)
    kills = Kills(moments, seed)
    for run in runs(school, people):
        for name, work in acts(run, people):
            kills.of(name, work)
        if Run.objects.get(pk=run.pk).state != State.RECONCILED:
            raise RuntimeError("a run all of whose orders were answered is not reconciled")
        whole()
        if kills.done == moments:
            break
    sent = sum(Run.objects.filter(state=State.RECONCILED).values_list("lines__due_vnd", flat=True))
    return {**kills.seen, "killed": kills.dead, "settled": -queries.balances()["da-tra"], "due": sent}


if __name__ == "__main__":
    print(json.dumps(killed(*map(int, sys.argv[1:]))))
