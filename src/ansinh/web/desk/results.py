"""A roster decided as it came: each child, each support, the payable list. What is not theirs is a 404."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ansinh import reports
from ansinh.core.dates import SchoolYear
from ansinh.web.access import READERS, seen_by
from ansinh.web.desk import queries
from ansinh.web.desk.asked import address, file, one_of, person, scope
from ansinh.web.desk.uploads import XLSX
from ansinh.web.registry import actions
from ansinh.web.registry.models import Upload

ROSTER = "learner_roster"
CHILDREN_ON_A_PAGE = 100
FORMS = {"xlsx": XLSX, "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def _upload(request: HttpRequest, pk: Any) -> Upload:
    """A school's roster within the person's scope; 404 for every other."""
    return get_object_or_404(scope(request).uploads(), pk=pk, school__isnull=False, template=ROSTER)


def _year(request: HttpRequest, upload: Upload) -> SchoolYear:
    """The school year asked for; else the one the sheet names; else the one of the day it was uploaded."""
    if text := request.GET.get("nam"):
        return one_of(text, queries.school_years())
    return queries.year_named_in(upload) or SchoolYear.of(timezone.localdate(upload.at))


def _wanted(request: HttpRequest) -> queries.Wanted:
    outcome = request.GET.get("tra-loi", "")
    return queries.Wanted(
        outcome=outcome if outcome in queries.OUTCOMES else "",
        benefit=request.GET.get("khoan", "")[:100],
        school_class=request.GET.get("lop", "")[:100],
        text=request.GET.get("tim", "")[:200],
    )


@seen_by(*READERS)
@require_safe
def results(request: HttpRequest, pk: Any) -> HttpResponse:
    """Every child with each benefit's answer, under the law of the school year chosen."""
    upload = _upload(request, pk)
    year = _year(request, upload)
    found = queries.results_of(upload, year)
    wanted = _wanted(request)
    chosen = wanted.chosen(found)
    page = Paginator(chosen, CHILDREN_ON_A_PAGE).get_page(request.GET.get("trang"))
    found.name_missing(page)
    context = {
        "upload": upload,
        "year": year,
        "years": queries.school_years(),
        "results": found,
        "wanted": wanted,
        "shown": len(chosen),
        "totals": queries.totals(chosen, found.asked),
        "page": page,
        "address": address(request),
    }
    return render(request, "desk/results.html", context)


@seen_by(*READERS)
@require_safe
def child(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """One child: each benefit's answer and its chain of reasons; what is missing comes first."""
    upload = _upload(request, pk)
    year = _year(request, upload)
    found = queries.results_of(upload, year)
    one = next((child for child in found.children if child.number == number), None)
    if one is None:
        raise Http404
    if request.GET.get("hien") == "1":
        what = f"{upload.filename}, {number}: {one.name}"
        actions.log_reading(by=person(request), at=timezone.now(), act="read", what=what)
    context = {
        "upload": upload,
        "year": year,
        "years": queries.school_years(),
        "child": one,
        **queries.explained(found, one, refused=request.GET.get("khong") == "1"),
        "facts": queries.facts_of(found, one),
        # What the law on personal data protects leaves the server only when it is asked for.
        "revealed": request.GET.get("hien") == "1",
        "every": request.GET.get("het", ""),  # The support all of whose clauses are to be told.
    }
    return render(request, "desk/child.html", context)


@seen_by(*READERS)
@require_safe
def payable(request: HttpRequest, pk: Any, form: str) -> HttpResponse:
    """The payable list of the school year, as a workbook or as an official document."""
    upload = _upload(request, pk)
    report = reports.reports()["payable_list"]
    if form not in report.forms:
        raise Http404
    year = _year(request, upload)
    found = queries.results_of(upload, year)
    what = f"{upload.filename}, {year}"
    people = len(found.children)
    actions.log_reading(by=person(request), at=timezone.now(), act="export", what=what, people=people)
    data = reports.write(report, _figures(report, upload, found), form)
    return file(data, FORMS[form], f"danh-sach-chi-tra-{queries.school_of(upload).code}-{year}.{form}")


def _figures(report: reports.Report, upload: Upload, found: queries.Results) -> Any:
    """The figures of a report about an upload, headed by its school and commune."""
    school = queries.school_of(upload)
    heading = reports.Heading(
        superior=f"UBND {school.area.name}".upper(), issuer=school.name.upper(), place=school.area.name
    )
    used = reports.FileUsed(upload.filename, upload.sha256)
    return report.figures(found.decisions(), found.people, heading=heading, on=timezone.localdate(), file=used)
