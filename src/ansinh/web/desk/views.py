"""The staff screens. Every view starts from registry.queries, so that what is not theirs is a 404."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ansinh import reports, sheets
from ansinh.core.dates import SchoolYear
from ansinh.core.words import text_order
from ansinh.web.access import CLERK, SIGNED_IN, SPECIALIST, seen_by
from ansinh.web.desk import queries
from ansinh.web.desk.forms import UploadForm
from ansinh.web.registry import actions
from ansinh.web.registry.models import Upload, User
from ansinh.web.registry.queries import latest_uploads
from ansinh.web.registry.scope import Scope, scope_of

ROSTER = "learner_roster"
CHILDREN_ON_A_PAGE = 100
ROWS_ON_A_PAGE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"xlsx": XLSX, "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _scope(request: HttpRequest) -> Scope:
    return scope_of(_person(request))


def _upload(request: HttpRequest, pk: Any) -> Upload:
    """A school's roster within the person's scope; 404 for every other."""
    return get_object_or_404(_scope(request).uploads(), pk=pk, school__isnull=False)


def _file(data: bytes, kind: str, filename: str) -> HttpResponse:
    """A download whose Vietnamese file name survives (RFC 6266)."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response


@seen_by(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What came in last and what to do next; a specialist sees every school. Everybody arrives here after signing in."""
    scope = _scope(request)
    newest = latest_uploads(scope)
    named = sorted(scope.schools().select_related("area"), key=lambda school: text_order(school.name))
    schools = [(school, newest.get(school.pk)) for school in named]
    waiting = sum(upload is None for _school, upload in schools)
    withdrawn = scope.uploads().filter(school__isnull=False, withdrawn_at__isnull=False)[:5]
    context = {"schools": schools, "waiting": waiting, "withdrawn": withdrawn, "template": ROSTER}
    context["opens"] = _person(request).role in (CLERK, SPECIALIST)
    return render(request, "desk/home.html", context)


@seen_by(CLERK, SPECIALIST)
@require_safe
def blank_template(request: HttpRequest, template: str) -> HttpResponse:
    """The blank workbook of an import template."""
    found = sheets.templates().get(template)
    if found is None:
        raise Http404
    return _file(sheets.blank(found), XLSX, f"mau-{template.replace('_', '-')}.xlsx")


@seen_by(CLERK, SPECIALIST)
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """In the demo only: the made-up roster, to try an upload with."""
    made_up = settings.VAR / "demo" / "danh-sach-thu.xlsx"
    if not settings.DEMO or not made_up.exists():
        raise Http404
    return _file(made_up.read_bytes(), XLSX, made_up.name)


@seen_by(CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; read it; keep it, or say why it cannot be read. The school chosen stays chosen."""
    person = _person(request)
    if not _scope(request).schools_written().exists():
        return render(request, "desk/no_school.html")
    if request.method != "POST":
        asked = {"school": request.GET["truong"]} if "truong" in request.GET else None
        return render(request, "desk/upload.html", {"form": UploadForm(person, initial=asked), "template": ROSTER})
    form = UploadForm(person, request.POST, request.FILES)
    refusals: list[sheets.Fault] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        intake = sheets.read(sheets.templates()[ROSTER], file.read(), filename=file.name)
        refusals = [fault for fault in intake.faults if fault.severity == sheets.Severity.FILE]
        if not refusals:
            kept = actions.keep(intake=intake, school=form.cleaned_data["school"], by=person, at=timezone.now())
            where = reverse("desk:faults", kwargs={"pk": kept.pk})
            if request.htmx:  # type: ignore[attr-defined]
                return HttpResponseClientRedirect(where)
            return HttpResponseRedirect(where)
        for fault in refusals:
            form.add_error("file", _in_language(request, fault.vi, fault.en))
    return render(request, "desk/upload.html", {"form": form, "template": ROSTER, "refusals": refusals}, status=422)


def _in_language(request: HttpRequest, vi: str, en: str) -> str:
    return en if getattr(request, "LANGUAGE_CODE", "vi") == "en" else vi


@seen_by(CLERK, SPECIALIST)
@require_safe
def faults(request: HttpRequest, pk: Any) -> HttpResponse:
    """The rows of the sheet with the faults beside them."""
    upload = _upload(request, pk)
    page = queries.fault_page(upload, every_row=request.GET.get("dong") == "tat-ca", column=request.GET.get("cot", ""))
    rows = Paginator(page.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    may_write = _scope(request).schools_written().filter(pk=queries.school_of(upload).pk).exists()
    context = {"upload": upload, "page": page, "rows": rows, "may_write": may_write, "address": _address(request)}
    return render(request, "desk/faults.html", context)


def _address(request: HttpRequest) -> str:
    """The filters of the address bar without the page, for the pager's links."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


@seen_by(CLERK, SPECIALIST)
@require_safe
def original(request: HttpRequest, pk: Any) -> HttpResponse:
    """The file as it came, byte for byte, never shown inside the page."""
    upload = _upload(request, pk)
    return _file(bytes(upload.original), "application/octet-stream", upload.filename)


@seen_by(CLERK)
@require_POST
def withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    upload = _upload(request, pk)
    actions.withdraw(upload=upload, by=_person(request), at=timezone.now())
    messages.success(
        request, _("Đã hoàn tác tệp %(file)s. Có thể khôi phục bất cứ lúc nào.") % {"file": upload.filename}
    )
    return redirect("desk:faults", pk=upload.pk)


@seen_by(CLERK)
@require_POST
def restore(request: HttpRequest, pk: Any) -> HttpResponse:
    upload = _upload(request, pk)
    actions.restore(upload=upload, by=_person(request))
    messages.success(request, _("Đã khôi phục tệp %(file)s.") % {"file": upload.filename})
    return redirect("desk:faults", pk=upload.pk)


def _year(request: HttpRequest, upload: Upload) -> SchoolYear:
    """The school year asked for; else the one the sheet names; else the one of the day it was uploaded."""
    asked = request.GET.get("nam")
    if asked:
        try:
            year = SchoolYear.parse(asked)
        except ValueError:
            raise Http404 from None
        if year not in queries.school_years():
            raise Http404
        return year
    at = timezone.localtime(upload.at)
    return queries.year_named_in(upload) or SchoolYear(at.year if at.month >= 8 else at.year - 1)


def _wanted(request: HttpRequest) -> queries.Wanted:
    outcome = request.GET.get("tra-loi", "")
    return queries.Wanted(
        outcome=outcome if outcome in queries.OUTCOMES else "",
        benefit=request.GET.get("khoan", "")[:100],
        school_class=request.GET.get("lop", "")[:100],
        text=request.GET.get("tim", "")[:200],
    )


@seen_by(CLERK, SPECIALIST)
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
        "address": _address(request),
    }
    return render(request, "desk/results.html", context)


@seen_by(CLERK, SPECIALIST)
@require_safe
def child(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """One child: each benefit's answer and its chain of reasons; what is missing comes first."""
    upload = _upload(request, pk)
    year = _year(request, upload)
    found = queries.results_of(upload, year)
    one = next((child for child in found.children if child.number == number), None)
    if one is None:
        raise Http404
    explained = queries.reasons_of(found, one)
    context = {
        "upload": upload,
        "year": year,
        "years": queries.school_years(),
        "child": one,
        # What is owed or in question comes first; what is refused is there for who asks.
        "asked": {name: reasons for name, reasons in explained.items() if one.answers[name].outcome != queries.NO},
        "refused": {name: reasons for name, reasons in explained.items() if one.answers[name].outcome == queries.NO},
        "facts": queries.facts_of(found, one),
        # What the law on personal data protects leaves the server only when it is asked for.
        "revealed": request.GET.get("hien") == "1",
    }
    return render(request, "desk/child.html", context)


@seen_by(CLERK, SPECIALIST)
@require_safe
def payable(request: HttpRequest, pk: Any, form: str) -> HttpResponse:
    """The payable list of the school year, as a workbook or as an official document."""
    upload = _upload(request, pk)
    report = reports.reports()["payable_list"]
    if form not in report.forms:
        raise Http404
    year = _year(request, upload)
    found = queries.results_of(upload, year)
    data = reports.write(report, _figures(report, upload, found), form)
    return _file(data, FORMS[form], f"danh-sach-chi-tra-{queries.school_of(upload).code}-{year}.{form}")


def _figures(report: reports.Report, upload: Upload, found: queries.Results) -> Any:
    """The figures of a report about an upload, headed by its school and commune."""
    school = queries.school_of(upload)
    heading = reports.Heading(
        superior=f"UBND {school.area.name}".upper(), issuer=school.name.upper(), place=school.area.name
    )
    file = reports.FileUsed(upload.filename, upload.sha256)
    return report.figures(found.decisions(), found.people, heading=heading, on=timezone.localdate(), file=file)
