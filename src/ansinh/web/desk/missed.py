"""Who was missed, on screen: children entitled, or short of one paper, who stand on no payment list; with the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ansinh import law, reports, sheets
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import decide
from ansinh.engines.reference import reference
from ansinh.reports import missed as missed_report
from ansinh.sheets.payment_list import paid
from ansinh.web.access import CLERK, SPECIALIST, seen_by
from ansinh.web.desk import queries
from ansinh.web.desk.cohort import Choices, Cohort, Known, choices, cohort, place_asked
from ansinh.web.desk.downloads import download
from ansinh.web.registry import actions
from ansinh.web.registry.models import Upload, User
from ansinh.web.registry.scope import Scope, scope_of

LISTS = "payment_list"
MOST = 2_000  # Children decided while a person waits; a province is the command line's work.
LINES_ON_A_PAGE = 100


@dataclass(frozen=True)
class Asked:
    """What the address bar asks for: who, the support looked at, and up to which month."""

    scope: Scope
    given: Choices
    cohort: Cohort | None
    benefit: str
    until: Month | None

    @property
    def too_many(self) -> bool:
        return self.cohort is not None and len(self.cohort.ids) > MOST

    def lists(self) -> list[Upload]:
        """The payment lists that stand, of the schools looked at, newest first."""
        kept = self.scope.uploads().filter(template=LISTS, withdrawn_at__isnull=True)
        if self.cohort is None or (self.cohort.school is None and self.cohort.area is None):
            return list(kept)
        if self.cohort.school is not None:
            return list(kept.filter(school=self.cohort.school))
        return list(kept.filter(school__area=self.cohort.area))


def _asked(request: HttpRequest) -> Asked:
    scope = scope_of(cast(User, request.user))
    given = choices(scope)
    found = cohort(scope, given, year=request.GET.get("nam", ""), place=place_asked(request, given))
    benefit = request.GET.get("khoan", "")
    if benefit and benefit not in law.load().benefits:
        raise Http404
    return Asked(scope, given, found, benefit, _month(request.GET.get("den-thang", ""), found))


def _month(text: str, found: Cohort | None) -> Month | None:
    """The last month looked at: that asked for, else the one before today's while the year runs, else all of it."""
    months = [found.year.month(position) for position in range(13)] if found else []
    named = next((month for month in months if str(month) == text), None)
    before = Month.of(timezone.localdate()) + -1
    return named or (before if before in months else None)


def found_of(asked: Asked) -> missed_report.Missed | None:
    """Who was missed; None when there is no list of learners, or too many to decide while a person waits."""
    if asked.cohort is None or asked.too_many or not asked.cohort.ids:
        return None
    people = asked.cohort.people()
    said = paid([queries.intake_of(upload) for upload in asked.lists()], law.load().benefits.values())
    # A list names children by the school's code, decisions by their number in the registry.
    by_code = {str(named.get("code") or learner): learner for learner, named in people.names.items()}
    entries = frozenset((by_code.get(code, code), benefit, month) for code, benefit, month in said.entries)
    return _found(Known.of(people), asked.cohort.year, asked.benefit, asked.until, entries)


@lru_cache(maxsize=8)  # Turning a page, and taking what the page shows as a file, decide nothing anew.
def _found(
    known: Known, year: SchoolYear, benefit: str, until: Month | None, entries: frozenset[missed_report.Entry]
) -> missed_report.Missed:
    benefits = [benefit] if benefit else None
    # The reference engine, because every paper that is missing must be named, which it alone can do.
    decisions = decide(known.people, law=law.load(), engine=reference, year=year)
    return missed_report.figures(decisions, known.people, paid=entries, until=until, benefits=benefits)


@seen_by(CLERK, SPECIALIST)
@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    """Counts by school, support and paper, then each child; what leaves as a file is exactly this."""
    asked = _asked(request)
    found = found_of(asked)
    lang = int(get_language() == "en")
    context: dict[str, Any] = {
        "asked": asked,
        "most": MOST,
        "found": found,
        "lists": asked.lists() if asked.cohort else [],
        "benefits": law.load().benefits.values(),
        "address": _address(request),
        "may_write": asked.scope.writes(LISTS),
    }
    if found is not None:
        page = Paginator(found.lines, LINES_ON_A_PAGE).get_page(request.GET.get("trang"))
        context |= {"page": page, "tables": [table for table in missed_report.count_tables(found, lang) if table.rows]}
        _log(request, "read", found)
    return render(request, "desk/missed.html", context)


def _address(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


def _log(request: HttpRequest, act: str, found: missed_report.Missed) -> None:
    if found.children:
        what = _("Danh sách bị bỏ sót, năm học %(year)s") % {"year": found.year}
        by = cast(User, request.user)
        actions.log_reading(by=by, at=timezone.now(), act=act, what=what, people=len(found.children))


@seen_by(CLERK, SPECIALIST)
@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponse:
    """The workbook, or the letters to parents."""
    asked = _asked(request)
    found = found_of(asked)
    if found is None:
        raise Http404
    _log(request, "export", found)
    if form == "docx":
        reply_by = _day(request.GET.get("tra-loi-truoc", ""))
        letters = reports.reports()["parent_letter"]
        figures = letters.figures(found, on=timezone.localdate(), reply_by=reply_by)
        return download(reports.write(letters, figures, "docx"), f"thu-gui-cha-me-{found.year}", "docx")
    data = reports.write(reports.reports()["missed"], found, "xlsx")
    return download(data, f"bi-bo-sot-{found.year}", "xlsx")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@seen_by(CLERK, SPECIALIST)
@require_POST
def keep_list(request: HttpRequest) -> HttpResponse:
    """Keep a payment list of a school; a file that cannot be read is refused with the reason."""
    person = cast(User, request.user)
    scope = scope_of(person)
    school = get_object_or_404(scope.schools(), pk=request.POST.get("school") or 0)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Hãy chọn tệp danh sách chi trả."))
        return redirect("desk:missed")
    intake = sheets.read(sheets.templates()[LISTS], file.read(), filename=str(file.name))
    if intake.refused:
        english = get_language() == "en"
        for fault in intake.faults:
            messages.error(request, fault.en if english else fault.vi)
    else:
        actions.keep(intake=intake, school=school, by=person, at=timezone.now())
        said = _("Đã nhận %(n)s khoản chi từ tệp %(file)s.") % {"n": len(intake.rows), "file": intake.filename}
        messages.success(request, said)
    return redirect(f"{reverse('desk:missed')}?noi=truong-{school.pk}")


urlpatterns = [
    path("bo-sot/", missed, name="missed"),
    path("bo-sot/danh-sach-da-chi/", keep_list, name="missed-list"),
    path("bo-sot/bi-bo-sot.xlsx", as_file, {"form": "xlsx"}, name="missed-xlsx"),
    path("bo-sot/thu-gui-cha-me.docx", as_file, {"form": "docx"}, name="missed-letters"),
]
