"""Finding a child, and the child's own page: one timeline of what was said, and what the law makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ansinh.core.dates import SchoolYear
from ansinh.web.access import READERS, seen_by
from ansinh.web.desk import lists, queries
from ansinh.web.desk.asked import person as reader
from ansinh.web.desk.asked import scope
from ansinh.web.desk.asked import year as asked_year
from ansinh.web.desk.run import MonthsAlike, stretches
from ansinh.web.desk.runs import READERS_OF_MONEY
from ansinh.web.payments import queries as payments
from ansinh.web.registry import actions, snapshot
from ansinh.web.registry.models import Batch, Person, Statement
from ansinh.web.registry.search import search
from ansinh.web.registry.standing import SAID

SHOWN = 50  # Who is further down than this has not been described well enough yet.
# What a statement says of its own list, which the line's heading says already.
_OF_THE_LINE = ("enrolled", "months", "household_id")


@seen_by(*READERS)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Children: who is meant by what was typed, or, where nothing is, the list of a year and a place."""
    text = request.GET.get("q", "").strip()[:100]
    context = {"text": text, **(_found(request, text) if text else lists.shown(request))}
    return render(request, "desk/find.html", context)


def _found(request: HttpRequest, text: str) -> dict[str, Any]:
    """Any part of the name, a code, an identity number, a birth date."""
    mine = scope(request)
    found = search(mine, text, limit=SHOWN)
    lines = mine.enrolments().filter(person__in=[person.pk for person in found.people]).select_related("school")
    last = {line.person_id: line for line in lines.order_by("year")}
    if sum(letter.isdecimal() for letter in text) in (9, 12):
        # Digits of this length may be an identity number: who looked for it is written down, the number is not.
        people = len(found.people)
        actions.log_reading(by=reader(request), at=timezone.now(), act="search", what="số", people=people)
    return {
        "found": found,
        "exact": [(person, last.get(person.pk)) for person in found.people[: found.near_from]],
        "near": [(person, last.get(person.pk)) for person in found.people[found.near_from :]],
        "most": SHOWN,
    }


@dataclass(frozen=True)
class Event:
    """One line of the timeline: what one row of one file, or the end of a school year, said. `fields`: column → value."""

    batch: Batch
    sheet: str
    row: int
    since: date
    until: date | None
    school: str
    left: bool
    fields: tuple[tuple[str, Any], ...]

    @property
    def at(self) -> datetime:
        return self.batch.at


@seen_by(*READERS)
@require_safe
def learner(request: HttpRequest, pk: int) -> HttpResponse:
    """One child: the timeline, and each support of a school year with its reasons; what is missing comes first."""
    mine = scope(request)
    one = get_object_or_404(mine.people(), pk=pk)
    lines = list(mine.enrolments().filter(person=one).select_related("school__area").order_by("-year", "school__name"))
    years = sorted({SchoolYear(line.year) for line in lines}, reverse=True)
    year = asked_year(request, years)
    revealed = request.GET.get("hien") == "1"
    if revealed:
        actions.log_reading(by=reader(request), at=timezone.now(), act="read", what="hồ sơ", person=one)
    context = {
        "one": one,
        "lines": lines,
        "year": year,
        "years": years,
        "revealed": revealed,
        "every": request.GET.get("het", ""),  # The support all of whose clauses are to be told.
        "events": _events(mine.statements(one).select_related("batch__upload", "batch__by", "school")),
        "joined": list(mine.joinings().filter(kept=one, parted_at__isnull=True)),
        "sealed": bool(one.digest),
        "paid": paid_to(payments.lines_of_child(mine, one)),
        "opens_runs": reader(request).role in READERS_OF_MONEY,
        **_decided(one, year, refused=request.GET.get("khong") == "1"),
    }
    return render(request, "desk/learner.html", context)


def paid_to(lines: Any) -> list[tuple[Any, list[MonthsAlike], int]]:
    """Run by run, newest first: what one child is due in it, and the sum in đồng."""
    of_run: dict[int, list[Any]] = {}
    for line in lines:
        of_run.setdefault(line.run_id, []).append(line)
    return [
        (some[0].run, stretches(some, some[0].run.since), sum(line.amount_vnd for line in some))
        for some in of_run.values()
    ]


def _decided(one: Person, year: SchoolYear | None, *, refused: bool) -> dict[str, Any]:
    """Each support of the year with its reasons; those of what is refused where they are asked for."""
    known = snapshot.people([one.pk], year) if year else None
    if year is None or known is None or not known.learners:
        return {"child": None}
    said = {(str(one.pk), fact): source for fact, source in snapshot.sources(one.pk).items()}
    results = queries.results_for(replace(known, sources=said), year)
    child = results.children[0]
    return {"child": child, **queries.explained(results, child, refused=refused)}


def _events(said: Any) -> list[Event]:
    """The statements newest first; those of a batch taken back stay readable, and say so."""
    return [_event(one) for one in said.order_by("-batch__at", "-batch_id", "-id")]


def _event(one: Statement) -> Event:
    sheets = one.batch.places.get("sheets") or [""]
    values = [(name, getattr(one, name)) for name in SAID if name not in _OF_THE_LINE]
    return Event(
        batch=one.batch,
        sheet=sheets[one.sheet] if one.row and one.sheet < len(sheets) else "",
        row=one.row,
        since=one.since,
        until=one.until,
        school=one.school.name if one.school else "",
        left=one.enrolled is False,
        fields=tuple((name, found) for name, found in values if found is not None),
    )
