"""What is due: decisions against what has been paid, month by month; and the facts they rest on, frozen.

Pure but for `paid`, `opened` and `lines_of`, which ask the ledger. The same decisions and payments give the same lines.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Exists, F, OuterRef

from ansinh.core.dates import MONTHS_IN_YEAR, Month, SchoolYear, Span
from ansinh.core.decide import Decision, Decisions, Outcome, describe, outcome_of
from ansinh.core.tables import People
from ansinh.sheets import read_snapshot, write_snapshot
from ansinh.web.payments.models import Act, Line, Run, State
from ansinh.web.registry import bulk
from ansinh.web.registry.models import School

GIVEN_UP = (State.RETURNED, State.CANCELLED, State.TAKEN_BACK)
NO_CLAUSE = "-"  # Where no single clause decides, or, of a document, where the month is not asked about any more.
VND = "VND"  # The unit of benefits paid in money; rice and percentages of tuition are not paid by the ledger.
Key = tuple[int, str, date]  # Learner, benefit and the first day of the month.


@dataclass(frozen=True)
class Paid:
    """What was last said to be due for a month: the live line that nothing live follows, and its đồng."""

    line: int
    due_vnd: int


@dataclass(frozen=True, order=True)
class Due:
    """One line to be: what is due for a month that differs from what was paid, and the decision it rests on."""

    learner: int
    benefit: str
    month: date
    follows: int | None
    before_vnd: int
    due_vnd: int
    document: str
    cite: str
    decision: str


def due(
    decisions: Decisions, paid: Mapping[Key, Paid], *, months: Iterable[Month], opened: Iterable[Month]
) -> list[Due]:
    """The lines a run should have: of its own months, and of months opened by earlier runs where the answer has changed.

    A month that cannot be said is left as it was paid. One that is not asked about any more (the child did not study in it)
    is due nothing. In đồng.
    """
    plan = decisions.plan
    wanted = {month.first_day for month in (*months, *opened)}
    days = {place: day for place in range(MONTHS_IN_YEAR) if (day := plan.year.month(place).first_day) in wanted}
    money = {place: benefit.name for place, benefit in enumerate(plan.benefits) if benefit.unit == VND}
    found: list[Due] = []
    asked: set[Key] = set()
    # Cell by cell, and only what makes a line in words: of three hundred answers about a child some ten are lines.
    for cell in decisions.result.cells():
        if cell.position not in days or cell.benefit not in money:
            continue
        key = (int(cell.learner), money[cell.benefit], days[cell.position])
        last, outcome = paid.get(key), outcome_of(cell.code)
        if last is None and outcome is not Outcome.YES:
            continue
        asked.add(key)
        if outcome is not Outcome.CANNOT_SAY and cell.quantity != (last.due_vnd if last else 0):
            row = describe(decisions.law, plan, cell)
            found += _line(key, last, row.quantity, row.document.id, row.cite, _identity(row))
    for key, last in paid.items():
        if key not in asked and key[2] in wanted:
            found += _line(key, last, 0, "", "", hashlib.sha256(repr(key).encode()).hexdigest())
    return sorted(found)


def _line(key: Key, last: Paid | None, due_vnd: int, document: str, cite: str, decision: str) -> list[Due]:
    before = last.due_vnd if last else 0
    if due_vnd == before:
        return []
    return [Due(*key, last.line if last else None, before, due_vnd, document or NO_CLAUSE, cite or NO_CLAUSE, decision)]


def _identity(row: Decision) -> str:
    parts = (row.learner, row.month, row.benefit, row.outcome.name, row.quantity, row.document.id, row.cite)
    return hashlib.sha256("\t".join(map(str, parts)).encode()).hexdigest()


def paid(learners: Iterable[int], year: SchoolYear) -> dict[Key, Paid]:
    """What has been approved for these learners in the months of a school year, and not taken back."""
    first, last = year.month(0).first_day, year.until
    later = Line.objects.filter(follows=OuterRef("pk"), live=True)
    found: dict[Key, Paid] = {}
    for some in bulk.chunks(sorted(learners)):
        lines = Line.objects.filter(learner__in=some, live=True, month__gte=first, month__lt=last)
        for pk, learner, benefit, month, due_vnd in lines.exclude(Exists(later)).values_list(
            "pk", "learner_id", "benefit", "month", "due_vnd"
        ):
            found[learner, benefit, month] = Paid(pk, due_vnd)
    return found


def opened(school: School, year: SchoolYear, before: date) -> set[Month]:
    """The months that earlier runs of a school began, of which a later one pays or claims back what has changed."""
    runs = Run.objects.filter(school=school, year=year.start, until__lte=before).exclude(state__in=GIVEN_UP)
    return {month for span in runs.values_list("since", "until") for month in months_of(Span(*span))}


def lines_of(decisions: Decisions, people: People, *, school: School, period: Span) -> list[Due]:
    """The lines of a run of these people, were it drawn up now."""
    year = decisions.plan.year
    before = paid([int(row["learner"]) for row in people.learners], year)
    return due(decisions, before, months=months_of(period), opened=opened(school, year, period.since))


def kept_back(paying: Sequence[Line]) -> list[Line]:
    """The clawbacks, oldest first and each whole, that the payments of the same children cover."""
    covers: dict[int, int] = {}
    for line in paying:
        covers[line.learner_id] = covers.get(line.learner_id, 0) + line.amount_vnd
    found = []
    for some in bulk.chunks(sorted(covers)):
        owed = Line.objects.filter(learner__in=some, live=True, due_vnd__lt=F("before_vnd"))
        for line in owed.exclude(entries__act=Act.NET).order_by("month", "pk"):
            if -line.amount_vnd <= covers[line.learner_id]:
                covers[line.learner_id] += line.amount_vnd
                found.append(line)
    return found


def freeze(people: People) -> bytes:
    """The facts as a zip of CSV tables: the same people give the same bytes."""
    whole = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        write_snapshot(people, Path(folder), form="csv")
        for table in sorted(Path(folder).iterdir()):
            packed.writestr(zipfile.ZipInfo(table.name), table.read_bytes(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def thaw(frozen: bytes) -> People:
    """The people that were frozen."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(frozen)) as packed:
        packed.extractall(folder)
        return read_snapshot(Path(folder))


def law_hash(decisions: Decisions) -> str:
    """SHA-256 of the law as it decides that year: every rule with its numbers filled in, and the documents they are from."""
    documents = sorted({rule.document.id for rule in decisions.plan.declared.values()})
    return hashlib.sha256(repr((documents, decisions.plan.stretches)).encode()).hexdigest()


def months_of(span: Span) -> list[Month]:
    """The months that begin in a span."""
    month, found = Month.of(span.since), []
    while month.first_day < span.until:
        found.append(month)
        month = month + 1
    return found
