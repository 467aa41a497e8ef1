"""The law in use, for everybody: by document, by support, by day, what changed between two days; as pages and as JSON."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh import law
from ansinh.reports import law_changes, law_index
from ansinh.web.access import EVERYONE, seen_by

YEAR = timedelta(days=365)
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)  # Beyond them nothing of this law is asked.


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _day(request: HttpRequest, name: str, otherwise: date) -> tuple[date, str]:
    """A day of the address bar, and what is wrong with it; the other day where none or no day is given."""
    text = request.GET.get(name, "")
    try:
        found = date.fromisoformat(text) if text else otherwise
        return min(max(found, FIRST), LAST), ""
    except ValueError:
        said = _("“%(text)s” không phải là một ngày. Hãy viết năm-tháng-ngày, ví dụ 2025-09-01.") % {"text": text[:20]}
        return otherwise, said


@seen_by(EVERYONE)
@require_safe
def documents(request: HttpRequest, form: str = "") -> HttpResponse:
    """Every document with the months it decides, newest first."""
    held = law.load()
    if form:
        return _json([law_index.document_entry(held, document) for document in held.documents])
    lines = [law_index.document_line(held, document) for document in reversed(held.documents)]
    return render(request, "portal/law/documents.html", {"lines": lines, "counts": law_index.counts(held)})


@seen_by(EVERYONE)
@require_safe
def document(request: HttpRequest, name: str, form: str = "") -> HttpResponse:
    """One document clause by clause, with what it ends and what ends it."""
    held = law.load()
    found = next((one for one in held.documents if one.id == name), None)
    if found is None:
        raise Http404
    entry = law_index.document_entry(held, found)
    if form:
        return _json(entry)
    ended = [one for one in held.documents if name in {other.document for other in one.replaces}]
    ends = [one for one in held.documents if one.id in {other.document for other in found.replaces}]
    cases = [case for case in found.cases if case.source]
    context = {"entry": entry, "document": found, "ended_by": ended, "ends": ends, "cases": len(cases)}
    return render(request, "portal/law/document.html", context)


@seen_by(EVERYONE)
@require_safe
def benefits(request: HttpRequest, form: str = "") -> HttpResponse:
    """Every support, with the documents that granted it one after another."""
    entries = law_index.by_benefit(law.load())
    return _json(entries) if form else render(request, "portal/law/benefits.html", {"entries": entries})


@seen_by(EVERYONE)
@require_safe
def benefit(request: HttpRequest, name: str, form: str = "") -> HttpResponse:
    """One support through time, newest rule first."""
    entry = next((one for one in law_index.by_benefit(law.load()) if one["benefit"] == name), None)
    if entry is None:
        raise Http404
    if form:
        return _json(entry)
    return render(request, "portal/law/benefit.html", {"entry": entry, "rules": list(reversed(entry["rules"]))})


@seen_by(EVERYONE)
@require_safe
def day(request: HttpRequest, form: str = "") -> HttpResponse:
    """What may be had on a day and the numbers of that day."""
    on, wrong = _day(request, "ngay", timezone.localdate())
    held = law.load()
    supports, numbers = law_index.in_force_on(held, on), law_index.numbers_on(held, on)
    if form and not wrong:
        return _json({"on": on.isoformat(), "supports": supports, "numbers": numbers})
    context = {"on": on, "wrong": wrong, "supports": supports, "numbers": numbers}
    return render(request, "portal/law/day.html", context, status=422 if wrong else 200)


@seen_by(EVERYONE)
@require_safe
def changes(request: HttpRequest, form: str = "") -> HttpResponse:
    """What changed in the law between two days; by default, in the last year."""
    until, wrong_until = _day(request, "den", timezone.localdate())
    since, wrong_since = _day(request, "tu", until - YEAR)
    wrong = wrong_since or wrong_until
    if until < since:
        wrong, since = _("Ngày sau đứng trước ngày đầu."), until - YEAR
    found = law_changes.figures(law.load(), since=since, until=until)
    entries = law_changes.entries(found)
    if form and not wrong:
        return _json({"from": since.isoformat(), "to": until.isoformat(), "changes": entries})
    lang = int(get_language() == "en")
    rows = [(change, law_changes.spoken(change, lang)) for change in reversed(found.changes)]
    context = {"since": since, "until": until, "wrong": wrong, "rows": rows}
    return render(request, "portal/law/changes.html", context, status=422 if wrong else 200)


@seen_by(EVERYONE)
@require_safe
def doubts(request: HttpRequest, form: str = "") -> HttpResponse:
    """What a jurist must still check."""
    entries = law_index.doubts_of(law.load())
    return _json(entries) if form else render(request, "portal/law/doubts.html", {"entries": entries})


def _both(address: str, view: Any, name: str) -> list[Any]:
    """The page and the same as JSON."""
    return [path(f"{address}/", view, name=name), path(f"{address}.json", view, {"form": "json"}, name=f"{name}-json")]


urlpatterns = [
    *_both("luat", documents, "law"),
    *_both("luat/van-ban/<slug:name>", document, "law-document"),
    *_both("luat/che-do", benefits, "law-benefits"),
    *_both("luat/che-do/<slug:name>", benefit, "law-benefit"),
    *_both("luat/ngay", day, "law-day"),
    *_both("luat/thay-doi", changes, "law-changes"),
    *_both("luat/chua-kiem-chung", doubts, "law-doubts"),
]
