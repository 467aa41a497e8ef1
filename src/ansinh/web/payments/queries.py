"""Questions about the money: what runs come to, whose lines they hold, what stands on the ledger's accounts, and the ledger
as an auditor takes it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ansinh.core import ledger
from ansinh.core.words import folded
from ansinh.web.payments.actions import instant
from ansinh.web.payments.due import GIVEN_UP, kept_back
from ansinh.web.payments.models import HANDS, Act, Answer, Entry, Line, Run
from ansinh.web.registry.models import Area, AreaLevel, Enrolment, Person, School
from ansinh.web.registry.scope import Scope

_CHUNK = 5_000
_PAYS, _CLAIMS = Q(due_vnd__gt=F("before_vnd")), Q(due_vnd__lt=F("before_vnd"))


@dataclass(frozen=True)
class Sums:
    """What lines come to, in đồng: pay what is to be paid, of which arrears for earlier months; back what was paid too much."""

    children: int = 0
    lines: int = 0
    pay_vnd: int = 0
    arrears_vnd: int = 0
    back_vnd: int = 0


def _summed(lines: QuerySet[Any, Any], *by: str) -> QuerySet[Any, Any]:
    def sum_of(wanted: Q) -> Coalesce:
        return Coalesce(Sum(F("due_vnd") - F("before_vnd"), filter=wanted), 0)

    lines = lines.order_by(*by).values(*by)
    lines = lines.annotate(
        n_children=Count("learner", distinct=True),
        n_lines=Count("pk"),
        pay=sum_of(_PAYS),
        arrears=sum_of(_PAYS & Q(month__lt=F("run__since"))),
        back=-sum_of(_CLAIMS),
    )
    return lines.values_list(*by, "n_children", "n_lines", "pay", "arrears", "back")


def sums(runs: Iterable[Run]) -> dict[int, Sums]:
    """Run → what its lines come to."""
    found = _summed(Line.objects.filter(run__in=[run.pk for run in runs]), "run_id")
    return {run: Sums(*rest) for run, *rest in found}


def by_benefit(run: Run) -> list[tuple[str, Sums]]:
    """What a run comes to, support by support."""
    return [(benefit, Sums(*rest)) for benefit, *rest in _summed(Line.objects.filter(run=run), "benefit")]


def grounds(run: Run) -> list[tuple[str, date, str]]:
    """Support, month and clause of what a run pays, each once."""
    paying = Line.objects.filter(run=run, due_vnd__gt=0).order_by("benefit", "month", "cite")
    return list(paying.values_list("benefit", "month", "cite").distinct())


def to_send_vnd(run: Run) -> int:
    """What sending an approved run would pay out: less what was paid too much before and is kept back."""
    paying = list(Line.objects.filter(_PAYS, run=run).order_by("pk"))
    return sum(line.amount_vnd for line in (*paying, *kept_back(paying)))


def children(run: Run, text: str = "") -> QuerySet[Person]:
    """The children a run has lines of, in class-list order of their names; those whose name has all the words typed."""
    found = Person.objects.filter(pk__in=Line.objects.filter(run=run).values("learner_id"))
    for word in folded(text).split():
        found = found.filter(name_words__contains=word)
    return found.order_by("name_sort", "pk")


def classes(run: Run, learners: Sequence[int]) -> dict[int, str]:
    """Learner → class, on the list of the run's school and year."""
    rows = Enrolment.objects.filter(school=run.school_id, year=run.year, person__in=learners)
    return dict(rows.values_list("person_id", "class_name"))


def lines(run: Run, learners: Sequence[int]) -> QuerySet[Line]:
    """The lines of these children, each child's by support and month."""
    return Line.objects.filter(run=run, learner__in=learners).order_by("learner_id", "benefit", "month")


def lines_of_child(scope: Scope, person: Person) -> QuerySet[Line]:
    """What schools within drew up for a child and did not give up, newest run first; of the records joined into it too."""
    mine = Line.objects.filter(Q(learner=person) | Q(learner__joined_into=person)).exclude(run__state__in=GIVEN_UP)
    if not scope.whole:
        mine = mine.filter(run__school__in=scope.schools())
    return mine.select_related("run__school").defer("run__snapshot").order_by("-run_id", "benefit", "month")


def entries(run: Run) -> QuerySet[Entry]:
    """The ledger's entries of a run, in their order."""
    return Entry.objects.filter(run=run).select_related("by", "line__learner__joined_into").order_by("number")


def reasons(run: Run) -> dict[int, str]:
    """Learner → why a bank last returned their payment, in its own words."""
    back = Answer.objects.filter(run=run, paid=False).order_by("pk")
    return dict(back.values_list("learner_id", "reason"))


@dataclass(frozen=True)
class Balance:
    """What the entries of a school say of one support in one school year, in đồng.

    approved: less what was taken back or claimed back. owed: approved and not out, below zero what children owe.
    """

    year: int
    benefit: str
    approved_vnd: int
    sent_vnd: int
    netted_vnd: int
    returned_vnd: int
    settled_vnd: int

    @property
    def owed_vnd(self) -> int:
        return self.approved_vnd - self.sent_vnd + self.netted_vnd + self.returned_vnd


def balances_of(school: School) -> list[Balance]:
    """A school's money by year and support, newest year first, from the entries alone."""
    found: dict[tuple[int, str], dict[str, int]] = {}
    of = Entry.objects.filter(run__school=school).order_by().values_list("run__year", "line__benefit", "act")
    claims = Q(line__due_vnd__lt=F("line__before_vnd"))
    totals = of.annotate(every=Sum("amount_vnd"), back=Coalesce(Sum("amount_vnd", filter=claims), 0))
    for year, benefit, act, every, back in totals:
        # An entry of a clawback goes the other way round; only its approval and the taking back of that are meant here.
        acts = found.setdefault((year, benefit), {})
        acts[act] = every - 2 * back if act in (Act.APPROVE, Act.TAKE_BACK) else every
    return [
        Balance(
            year, benefit, acts.get(Act.APPROVE, 0) - acts.get(Act.TAKE_BACK, 0),
            *(acts.get(act, 0) for act in (Act.SEND, Act.NET, Act.RETURN, Act.SETTLE)),
        )
        for (year, benefit), acts in sorted(found.items(), key=lambda item: (-item[0][0], item[0][1]))
    ]  # fmt: skip


@contextmanager
def one_state() -> Iterator[None]:
    """A transaction that sees the ledger as it stands when it begins, whoever writes meanwhile."""
    within = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def balances() -> dict[str, int]:
    """Account → đồng debited less đồng credited, from the entries alone; no balance is kept anywhere."""
    found: dict[str, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, amount in Entry.objects.values_list(side).order_by(side).annotate(Sum("amount_vnd")):
            found[account] = found.get(account, 0) + sign * amount
    return {account: amount for account, amount in sorted(found.items()) if amount}


def exported(*, at: datetime, whose: str) -> Iterator[str]:
    """The ledger in the lines that `ansinh ledger verify` checks (core.ledger), in a transaction of the caller's."""
    yield "\t".join(("ledger", "1", instant(at), whose))
    for run in Run.objects.order_by("pk").values_list(
        "pk", *(f"{hand}_id" for hand in HANDS), "snapshot_hash", "law_hash"
    ):
        yield _record("run", *run)
    columns = (
        "pk",
        "run_id",
        "learner_id",
        "benefit",
        "month",
        "follows_id",
        "before_vnd",
        "due_vnd",
        "document",
        "cite",
    )
    for line in _read(Line.objects.order_by("pk").values_list(*columns, "decision")):
        yield _record("line", *line[:4], f"{line[4]:%Y-%m}", *line[5:])
    last, number = ledger.START, 0
    entries = Entry.objects.order_by("number").values_list(
        "number", "at", "by_id", "act", "run_id", "line_id", "debit", "credit", "amount_vnd", "hash"
    )
    for number, made, *rest, last in _read(entries):
        yield _record("entry", number, instant(made), *rest, last)
    for account, amount in balances().items():
        yield _record("balance", account, amount)
    yield _record("end", number, last)


def whose() -> str:
    """Whose ledger this is: the provinces of today's map in which its schools lie."""
    provinces = Area.objects.filter(level=AreaLevel.PROVINCE, until__isnull=True)
    paying = provinces.filter(Q(pk__in=School.objects.values("area__parent")) | Q(pk__in=School.objects.values("area")))
    return ", ".join(paying.order_by("code").values_list("name", flat=True))


def _read(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=_CHUNK)


def _record(*fields: object) -> str:
    return "\t".join("" if field is None else str(field) for field in fields)
