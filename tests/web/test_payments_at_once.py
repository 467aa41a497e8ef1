"""Fifty approvals of runs that overlap, at once: each child's month is paid once, and the ledger is whole."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import combinations

import pytest
from django.db import connection

from ansinh.core import ledger
from ansinh.core.dates import Span
from ansinh.web.payments import actions, queries
from ansinh.web.payments.models import Line, Run, State
from ansinh.web.registry.models import School, User

from .conftest import NOON
from .money import POOR, drawn, office, roster
from .test_difference import LATER

FIRSTS = [date(2023, 9 + n, 1) if n < 4 else date(2024, n - 3, 1) for n in range(10)]  # September to June.
SPANS = [Span(since, until) for since, until in combinations(FIRSTS, 2)]


@pytest.mark.django_db(transaction=True)
def test_fifty_overlapping_runs_approved_at_once_pay_each_month_once(school: School, clerk: User) -> None:
    people = office(school, clerk)
    roster(school, clerk, [POOR])
    runs = [drawn(school, clerk, span) for span in SPANS]
    roster(school, clerk, [POOR, POOR], LATER)
    runs += [drawn(school, clerk, span) for span in SPANS[:5]]
    assert len({run.pk for run in runs}) == 50
    for run in runs:
        actions.check(run=run, by=people.checker, at=NOON)

    def approve(run: Run) -> str:
        try:
            actions.approve(run=run, by=people.leader, at=NOON)
        except actions.PaymentError:
            return "overtaken"
        finally:
            if connection.vendor == "postgresql":
                connection.close()
        return "approved"

    # The tests' SQLite lives in memory, where one connection is all there is: there they come one after another.
    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(len(runs)) as pool:
            found = Counter(pool.map(approve, runs))
    else:
        found = Counter(map(approve, runs))
    assert found["approved"] == Run.objects.filter(state=State.APPROVED).count() >= 1
    assert found["overtaken"] == 50 - found["approved"] > 0
    months = Counter(Line.objects.filter(live=True).values_list("learner", "benefit", "month"))
    assert set(months.values()) == {1}
    verdict = ledger.verify(f"{line}\n".encode() for line in queries.exported(at=NOON, whose="Sở Thử"))
    assert verdict.findings == ()
    assert verdict.entries == sum(months.values())
