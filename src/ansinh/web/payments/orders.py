"""Orders: what of an approved run each child is paid in one payment, into which account, and under which reference.

Nothing is kept: an order is read off the lines, the ledger and the records of accounts. One that was sent shows the account
as it was known then, so that the same file can be written again; one to be sent shows it as it is known now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone

from ansinh.core.orders import Order, PayTo, Way, read_reference
from ansinh.web.payments import payees
from ansinh.web.payments.due import kept_back
from ansinh.web.payments.models import Act, Entry, Line, Payee, Run, State
from ansinh.web.registry import bulk
from ansinh.web.registry.models import Enrolment, User
from ansinh.web.registry.scope import scope_of

PAYABLE = (State.APPROVED, State.SENT, State.RECONCILED, State.CLOSED)
_Key = tuple[int, int, int]  # Run, child and number of times sent.


def orders(run: Run, *, at: datetime | None = None) -> list[Order]:
    """The orders of a run that was approved, in the order of its class lists; none before approval or once taken back.

    at: the instant as of which accounts of orders not yet sent are known (None: now).
    """
    return of_runs([run], at=at)


def of_runs(runs: Iterable[Run], *, at: datetime | None = None) -> list[Order]:
    """The orders of several runs, run by run; see `orders`."""
    payable = {run.pk: run for run in runs if run.state in PAYABLE}
    found: list[Order] = []
    for some in bulk.chunks(sorted(payable), 200):
        found += _of_some({pk: payable[pk] for pk in some}, at or timezone.now())
    return found


def of_reference(reference: str, *, by: User) -> tuple[Run, Order | None] | None:
    """The run a reference is of, within the scope of a person, and its order while that is the child's present one."""
    parts = read_reference(reference)
    run = within(by).filter(pk=parts[0]).first() if parts else None
    if run is None:
        return None
    return run, next((order for order in orders(run) if order.reference == reference), None)


def within(by: User) -> QuerySet[Run]:
    """The runs of schools within a person's scope; what they were drawn up from is left in the database."""
    return (
        Run.objects.filter(school__in=scope_of(by).schools()).select_related("school").defer("snapshot").order_by("pk")
    )


def _of_some(runs: dict[int, Run], at: datetime) -> list[Order]:
    lines = list(
        Line.objects.filter(run__in=list(runs), live=True, due_vnd__gt=F("before_vnd"))
        .select_related("learner")
        .annotate(
            sent=Count("entries", filter=Q(entries__act=Act.SEND)),
            back=Count("entries", filter=Q(entries__act=Act.RETURN)),
            paid=Count("entries", filter=Q(entries__act=Act.SETTLE)),
            sent_at=Max("entries__at", filter=Q(entries__act=Act.SEND)),
            first=Min("entries__number", filter=Q(entries__act=Act.SEND)),
        )
        .order_by("pk")
    )
    groups: dict[_Key, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.run_id, line.learner_id, max(_of(line, "sent"), 1)].append(line)
    back = _kept_back_by_child(runs, lines)
    accounts = _Accounts({line.learner_id for line in lines}, at)
    classes = _classes(runs, lines)
    found = []
    for (run, learner, times), own in sorted(groups.items()):
        owed = sum(line.amount_vnd for line in own)
        netted = min(owed, back[run, learner])  # Of a run sent in parts, what is kept back is kept back of the first.
        back[run, learner] -= netted
        person, (class_name, class_sort) = own[0].learner, classes.get((run, learner), ("", ""))
        order = Order(
            run, learner, times, owed - netted, tuple(line.pk for line in own), _way(own),
            person.code, person.full_name, class_name, accounts.of(own),
        )  # fmt: skip
        found.append(((run, class_sort, person.name_sort, learner, times), order))
    return [order for _place, order in sorted(found, key=lambda one: one[0])]


def _of(line: Line, name: str) -> int:
    return int(getattr(line, name))  # A column that the question added.


def _way(lines: Sequence[Line]) -> Way:
    if all(_of(line, "paid") for line in lines):
        return Way.PAID
    if any(_of(line, "sent") > _of(line, "back") and not _of(line, "paid") for line in lines):
        return Way.SENT
    return Way.RETURNED if any(_of(line, "sent") for line in lines) else Way.TO_SEND


def _kept_back_by_child(runs: dict[int, Run], lines: Sequence[Line]) -> dict[tuple[int, int], int]:
    """Run and child → đồng kept back when the run was sent, or that would be if it were sent now."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for run, its in groupby(sorted(lines, key=lambda line: (line.run_id, line.pk)), key=lambda line: line.run_id):
        own = list(its)
        if runs[run].state == State.APPROVED:
            taken = [(line.learner_id, -line.amount_vnd) for line in kept_back(own)]
        else:
            taken = _netted(max(_of(line, "first") for line in own))
        for learner, amount in taken:
            found[run, learner] += amount
    return found


def _netted(last: int) -> list[tuple[int, int]]:
    """What sending a run kept back: the entries that follow the last of its first sendings without a gap, as `send` posts them.

    They bear the runs in which too much was paid, not this one.
    """
    after = Entry.objects.filter(number__gt=last)
    end = after.exclude(act=Act.NET).order_by("number").values_list("number", flat=True).first()
    own = after.filter(act=Act.NET)
    return list((own.filter(number__lt=end) if end else own).values_list("line__learner_id", "amount_vnd"))


def _classes(runs: dict[int, Run], lines: Sequence[Line]) -> dict[tuple[int, int], tuple[str, str]]:
    """Run and child → the class on the list of the run's school and year, and how classes are put in order."""
    runs_at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, run in runs.items():
        runs_at[run.school_id, run.year].append(pk)
    found = {}
    for some in bulk.chunks(sorted({line.learner_id for line in lines})):
        own = Enrolment.objects.filter(person__in=some, school__in={school for school, _year in runs_at})
        for person, school, year, name, order in own.values_list(
            "person_id", "school_id", "year", "class_name", "class_sort"
        ):
            for pk in runs_at.get((school, year), ()):
                found[pk, person] = (name, order)
    return found


class _Accounts:
    """The records of accounts of some children, asked for once; seals are opened only of those that are paid into."""

    def __init__(self, learners: Iterable[int], at: datetime) -> None:
        self.at = at
        self.records: dict[int, list[Payee]] = defaultdict(list)
        for some in bulk.chunks(sorted(learners)):
            for payee in Payee.objects.filter(learner__in=some).order_by("pk"):
                self.records[payee.learner_id].append(payee)

    def of(self, lines: Sequence[Line]) -> PayTo | None:
        sent = [line.sent_at for line in lines if getattr(line, "sent_at", None)]  # type: ignore[attr-defined]
        known: datetime = max(sent) if sent else self.at
        written = [payee for payee in self.records[lines[0].learner_id] if payee.at <= known]
        return payees.paid_to(written, timezone.localdate(known))
