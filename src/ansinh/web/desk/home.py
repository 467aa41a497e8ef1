"""Where everybody arrives: what waits for this person, each school with where its list stands; and a school's own page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.core.words import folded, text_order
from ansinh.web.access import CLERK, COMMUNE, READERS, SIGNED_IN, SPECIALIST, seen_by
from ansinh.web.desk import cohort
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.asked import year as asked_year
from ansinh.web.desk.inbox import tasks
from ansinh.web.desk.lacking import lacking_of
from ansinh.web.desk.uploads import kinds_of
from ansinh.web.registry.models import Upload
from ansinh.web.registry.queries import (
    ACCEPTED,
    NONE,
    WAITING,
    doubts_by_upload,
    rosters,
    states_of,
)

SCHOOLS_ON_A_PAGE = 50
UPLOADS_AT_HOME = 10
# How the address bar names the state of a school's list.
STATES = {"chua-gui": NONE, "cho-ghi": WAITING, "da-ghi": ACCEPTED}


@seen_by(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, where each school's list stands, and what came in last. Everybody arrives here after signing in."""
    mine, today = scope(request), timezone.localdate()
    stand = rosters(mine)
    every = sorted(mine.schools().select_related("area"), key=lambda school: text_order(school.name))
    state, words = STATES.get(request.GET.get("tinh-trang", "")), folded(request.GET.get("tim", "")[:100]).split()
    counts = {
        name.replace("-", "_"): sum(stand.state(school.pk) == of for school in every) for name, of in STATES.items()
    }
    chosen = [
        school
        for school in every
        if state in (None, stand.state(school.pk))
        if all(word in folded(f"{school.name} {school.code} {school.area.name}") for word in words)
    ]
    page = Paginator(chosen, SCHOOLS_ON_A_PAGE).get_page(request.GET.get("trang"))
    opens = person(request).role in (CLERK, COMMUNE, SPECIALIST)
    recent = list(mine.uploads()[:UPLOADS_AT_HOME])
    shown = mine.uploads().filter(pk__in=[stand.newest[one.pk] for one in page if one.pk in stand.newest])
    newest = {upload.school_id: upload for upload in shown}
    states = states_of(mine, {upload.pk: upload for upload in (*newest.values(), *recent)}.values())
    doubts = doubts_by_upload(mine) if opens else {}
    context = {
        "tasks": tasks(person(request).role, mine, stand, every, today),
        "every": len(every),
        "counts": counts,
        "state": request.GET.get("tinh-trang", "") if state else "",
        "text": request.GET.get("tim", "")[:100],
        "page": page,
        "schools": [(school, _stand(newest.get(school.pk), states, doubts)) for school in page],
        "recent": [_stand(upload, states, doubts) for upload in recent],
        "kinds": kinds_of(request),
        "opens": opens,
        "address": address(request),
    }
    return render(request, "desk/home.html", context)


def _stand(upload: Upload | None, states: dict[Any, str], doubts: dict[Any, int]) -> dict[str, Any] | None:
    if upload is None:
        return None
    return {"upload": upload, "state": states[upload.pk], "doubts": doubts.get(upload.pk, 0)}


@seen_by(*READERS)
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: its list of a year in counts, who lacks which paper, what came in last, and what to do next."""
    mine = scope(request)
    one = get_object_or_404(mine.schools().select_related("area"), pk=pk)
    lists = mine.enrolments().filter(school=one).order_by("-year")
    years = [SchoolYear(year) for year in lists.values_list("year", flat=True).distinct()]
    year = asked_year(request, years)
    uploads = list(mine.uploads().filter(school=one)[:UPLOADS_AT_HOME])
    opens = person(request).role in (CLERK, COMMUNE, SPECIALIST)
    states = states_of(mine, uploads)
    doubts = doubts_by_upload(mine) if opens else {}
    stands = [_stand(upload, states, doubts) for upload in uploads]
    newest = next(
        (s for s in stands if s and s["upload"].template == "learner_roster" and s["state"] != "undone"), None
    )
    context = {
        "school": one,
        "level": LEVEL.of(one.level),
        "staff": mine.staff().filter(school=one).count(),
        "kind": SCHOOL_KIND.of(one.kind) if one.kind is not None else None,
        "years": years,
        "year": year,
        "found": lacking_of(cohort.of(mine, year, school=one)) if year else None,
        "stands": stands,
        "newest": newest,
        "opens": opens,
    }
    return render(request, "desk/school.html", context)
