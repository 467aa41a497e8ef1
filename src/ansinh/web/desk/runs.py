"""Runs of payments: the list of a scope, and drawing one up for a school's children of some months."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ansinh.core.dates import Month, SchoolYear, Span
from ansinh.core.decide import Decisions, Outcome
from ansinh.core.words import folded
from ansinh.web.access import AUDITOR, CLERK, LEADER, SPECIALIST, seen_by
from ansinh.web.columns import english
from ansinh.web.desk import queries
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.cohort import Choices, Cohort, Known, choices, chosen, of
from ansinh.web.desk.unconfirmed import unconfirmed
from ansinh.web.payments import actions, calendar, steps
from ansinh.web.payments import queries as payments
from ansinh.web.payments.due import VND, Due, lines_of, months_of
from ansinh.web.registry.models import School

READERS_OF_MONEY = (CLERK, SPECIALIST, LEADER, AUDITOR)
RUNS_ON_A_PAGE = 50
MOST = 5_000  # Children decided while a person waits; the largest schools have fewer.
SCHOOLS_OFFERED = 50  # In one drop-down; of more, those that a search leaves.
FIRST_HALF, SECOND_HALF, MONTHS = "hk1", "hk2", "thang"


@seen_by(*READERS_OF_MONEY)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The runs of the schools within, newest first; by state, year and school."""
    mine, me = scope(request), person(request)
    every = steps.within(mine)
    years = [SchoolYear(start) for start in every.order_by("-year").values_list("year", flat=True).distinct()]
    state, year, words = (request.GET.get(name, "")[:100] for name in ("buoc", "nam", "truong"))
    found = every
    if year:
        found = found.filter(year=next((one.start for one in years if str(one) == year), -1))
    if words:
        found = found.filter(school__in=_schools_named(choices(mine), words))
    counts = steps.counts(found)
    if state:
        found = found.filter(state=state)
    page = Paginator(found, RUNS_ON_A_PAGE).get_page(request.GET.get("trang"))
    sums = payments.sums(page)
    context = {
        "page": page,
        "rows": [(run, sums.get(run.pk, payments.Sums())) for run in page],
        "counts": counts,
        "every": sum(counts.values()),
        "state": state,
        "year": year,
        "years": years,
        "text": words,
        "waiting": {name: count for name, count in steps.waiting(every, me).items() if count},
        "may_draw": me.role in actions.MAY["drawn_up"],  # type: ignore[index]
        "address": address(request),
    }
    return render(request, "desk/runs.html", context)


def _schools_named(given: Choices, text: str) -> list[School]:
    """The schools whose name, code or commune has all the words typed; every school where nothing is typed."""
    words = folded(text).split()
    return [
        school
        for school in given.schools
        if all(word in folded(f"{school.name} {school.code} {school.area.name}") for word in words)
    ]


@dataclass(frozen=True)
class Asked:
    """What is to be drawn up: which school, which year, which months."""

    given: Choices
    schools: list[School]
    text: str
    cohort: Cohort | None
    kind: str
    first: Month | None
    last: Month | None

    @property
    def period(self) -> Span | None:
        """The months asked for; None while there is no year, or the last is before the first."""
        if self.first is None or self.last is None or self.last < self.first:
            return None
        return Span(self.first.first_day, (self.last + 1).first_day)

    @property
    def months(self) -> list[Month]:
        """Those to choose from."""
        return [self.cohort.year.month(position) for position in range(1, 13)] if self.cohort else []


def _asked(request: HttpRequest) -> Asked:
    given = choices(scope(request))
    text = request.GET.get("tim", "")[:100]
    schools = _schools_named(given, text) or list(given.schools)
    place = request.GET.get("noi", "")
    if not place.startswith("truong-") and len(schools) == 1:
        place = f"truong-{schools[0].pk}"
    found = None
    if given.years and place:
        year, school, _area = chosen(given, request.GET.get("nam", ""), place)
        found = of(scope(request), year, school=school) if school else None
    kind = request.GET.get("ky", "")
    first, last = _months(request, found, kind)
    if found and found.school and found.school not in schools[:SCHOOLS_OFFERED]:
        schools = [found.school, *schools]
    return Asked(given, schools[:SCHOOLS_OFFERED], text, found, kind or _half(found), first, last)


def _half(found: Cohort | None) -> str:
    """The half of the year that is on, or was last."""
    return SECOND_HALF if found and timezone.localdate() >= date(found.year.start + 1, 1, 1) else FIRST_HALF


def _months(request: HttpRequest, found: Cohort | None, kind: str) -> tuple[Month | None, Month | None]:
    if found is None:
        return None, None
    if kind == MONTHS:
        known = {str(found.year.month(position)): found.year.month(position) for position in range(1, 13)}
        return known.get(request.GET.get("tu", "")), known.get(request.GET.get("den", ""))
    if (kind or _half(found)) == FIRST_HALF:
        return found.year.month(1), found.year.month(4)
    return found.year.month(5), found.year.month(9)


@dataclass(frozen=True)
class Decided:
    """A school's children decided, and who is in question, by support: learner → the months."""

    decisions: Decisions
    questions: dict[str, dict[str, set[Month]]]


@lru_cache(maxsize=2)  # What was shown is drawn up next: the same facts are not decided twice.
def _decided(known: Known, year: SchoolYear) -> Decided:
    decisions = queries.decided(known.people, year)
    questions: dict[str, dict[str, set[Month]]] = {}
    for row in decisions.rows():
        if row.outcome is Outcome.CANNOT_SAY and row.unit == VND:
            questions.setdefault(row.benefit, {}).setdefault(row.learner, set()).add(row.month)
    return Decided(decisions, questions)


@dataclass
class Total:
    """What the lines of one support, or of all, come to; in đồng."""

    learners: set[int] = field(default_factory=set)
    lines: int = 0
    pay_vnd: int = 0
    arrears_vnd: int = 0
    back_vnd: int = 0

    def add(self, line: Due, since: date) -> None:
        amount = line.due_vnd - line.before_vnd
        self.learners.add(line.learner)
        self.lines += 1
        self.pay_vnd += max(amount, 0)
        self.back_vnd += max(-amount, 0)
        self.arrears_vnd += max(amount, 0) if line.month < since else 0

    @property
    def children(self) -> int:
        return len(self.learners)

    @property
    def mark(self) -> str:
        """What was shown, in a few figures: what is drawn up must come to the same."""
        return f"{self.children}-{self.lines}-{self.pay_vnd}-{self.back_vnd}"


@dataclass(frozen=True)
class Preview:
    """What a run would hold, and who cannot be answered."""

    whole: Total
    benefits: dict[str, Total]
    questions: dict[str, int]
    in_question: int


def _preview(found: Decided, lines: list[Due], period: Span) -> Preview:
    whole, benefits = Total(), dict[str, Total]()
    for line in lines:
        for total in (whole, benefits.setdefault(line.benefit, Total())):
            total.add(line, period.since)
    asked = set(months_of(period))
    questions = {
        benefit: {learner for learner, months in learners.items() if months & asked}
        for benefit, learners in found.questions.items()
    }
    counted = {benefit: len(learners) for benefit, learners in questions.items() if learners}
    in_question = len(set().union(*questions.values())) if questions else 0
    in_order = dict(sorted(counted.items(), key=lambda item: -item[1]))
    return Preview(whole, dict(sorted(benefits.items())), in_order, in_question)


@seen_by(CLERK, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: HttpRequest) -> HttpResponse:
    """Choose a school, a year and months; see what a run would hold; draw it up as it was shown."""
    asked = _asked(request)
    context: dict[str, Any] = {"asked": asked, "most": MOST, "address": address(request)}
    # A school that is chosen by itself, being the only one, is not decided before it is asked for.
    found, period = asked.cohort if "noi" in request.GET else None, asked.period
    if found is not None and found.school is not None and period is not None and 0 < len(found.ids) <= MOST:
        people = found.people()
        decided = _decided(Known.of(people), found.year)
        lines = lines_of(decided.decisions, people, school=found.school, period=period)
        shown = _preview(decided, lines, period)
        if request.method == "POST":
            if request.POST.get("khop") != shown.whole.mark:
                messages.warning(request, _("Dữ liệu đã thay đổi sau khi xem. Hãy xem lại số mới bên dưới rồi lập."))
            elif run := _drawn(request, decided.decisions, people, found.school, period):
                return redirect("desk:run", pk=run.pk)
        context |= {
            "shown": shown,
            "unconfirmed": unconfirmed(
                ((line.benefit, line.month, line.cite) for line in lines if line.due_vnd), found.year
            ),
            "beside": _beside(request, found, period),
            "dates": calendar.dates_for(shown.benefits, found.year, period),
            "unknown_dates": calendar.without_rounds(list(shown.benefits), found.year),
            "today": timezone.localdate(),
        }
    elif request.method == "POST":
        raise Http404
    return render(request, "desk/run_new.html", context)


def _drawn(request: HttpRequest, decisions: Decisions, people: Any, school: School, period: Span) -> Any:
    """The run drawn up; None, with a message, when there is nothing to draw up."""
    try:
        run = actions.draw_up(
            decisions=decisions, people=people, school=school, period=period, by=person(request), at=timezone.now()
        )
    except actions.PaymentError as wrong:
        messages.error(request, wrong.en if english() else wrong.vi)
        return None
    messages.success(request, _("Đã lập đợt chi. Người khác sẽ kiểm tra, duyệt và chi."))
    return run


def _beside(request: HttpRequest, found: Cohort, period: Span) -> list[Any]:
    """Runs of the same school and months that stand already."""
    same = steps.within(scope(request)).filter(school=found.school, year=found.year.start)
    return list(steps.standing(same).filter(since__lt=period.until, until__gt=period.since))


urlpatterns = [
    path("dot-chi/", runs, name="runs"),
    path("dot-chi/moi/", draw_up, name="run-new"),
]
