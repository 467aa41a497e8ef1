"""The ledger on screen: the entries of a run, what stands for a school, and the whole of it as the file that is verified."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh import law
from ansinh.core import ledger
from ansinh.core.dates import SchoolYear
from ansinh.web.access import AUDITOR, LEADER, seen_by
from ansinh.web.columns import said
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.runs import READERS_OF_MONEY
from ansinh.web.payments import queries as payments
from ansinh.web.payments import steps
from ansinh.web.registry import actions
from ansinh.web.registry.models import School

ENTRIES_ON_A_PAGE = 100
SHORT = 12  # Letters of a hash that a table has room for.


@dataclass(frozen=True)
class Row:
    """An entry with its accounts in plain words: where the money went, and where it came from."""

    entry: Any
    debit: str
    credit: str

    @property
    def short(self) -> str:
        return str(self.entry.hash[:SHORT])


def account_words(account: str, school: School, child: str) -> str:
    """An account as people call it. school, child: whom the entry is about."""
    if account.startswith(ledger.EXPENSE):
        benefit, year = account.rsplit("/", 2)[1:]
        words = {"benefit": said(law.load().benefits[benefit]), "year": SchoolYear(int(year))}
        return _("Chi %(benefit)s, năm học %(year)s") % words
    if account.startswith(ledger.PAYABLE):
        return _("Còn phải trả em %(name)s") % {"name": child}
    return {ledger.BANK: _("Lệnh chuyển qua ngân hàng"), ledger.PAID: _("Ngân hàng đã xác nhận")}[account]


@seen_by(*READERS_OF_MONEY)
@require_safe
def of_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries of a run."""
    run = get_object_or_404(steps.within(scope(request)), pk=pk)
    page = Paginator(payments.entries(run), ENTRIES_ON_A_PAGE).get_page(request.GET.get("trang"))
    rows = []
    for entry in page:
        learner = entry.line.learner
        name = (learner.joined_into or learner).full_name
        rows.append(Row(entry, *(account_words(account, run.school, name) for account in (entry.debit, entry.credit))))
    context = {"run": run, "page": page, "rows": rows, "address": address(request)}
    return render(request, "desk/run_ledger.html", context)


@seen_by(*READERS_OF_MONEY)
@require_safe
def of_school(request: HttpRequest, pk: int) -> HttpResponse:
    """What the entries of a school come to, by year and support."""
    mine = scope(request)
    school = get_object_or_404(mine.schools().select_related("area"), pk=pk)
    context = {"school": school, "balances": payments.balances_of(school), "whole": _may_take(request)}
    return render(request, "desk/school_ledger.html", context)


def _may_take(request: HttpRequest) -> bool:
    return person(request).role in (AUDITOR, LEADER) and scope(request).whole


@seen_by(AUDITOR, LEADER)
@require_safe
def as_file(request: HttpRequest) -> FileResponse:
    """The whole ledger, for who is granted the whole of it; that it was taken is written down."""
    if not _may_take(request):
        raise PermissionDenied
    at = timezone.now()
    actions.log_reading(by=person(request), at=at, act="export", what=_("Sổ cái"))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with payments.one_state():
        for line in payments.exported(at=at, whose=payments.whose()):
            file.write(f"{line}\n".encode())
    file.seek(0)
    name = f"so-cai-{timezone.localtime(at):%Y-%m-%d}.tsv"
    return FileResponse(
        file, as_attachment=True, filename=name, content_type="text/tab-separated-values; charset=utf-8"
    )


urlpatterns = [
    path("dot-chi/<int:pk>/so-cai/", of_run, name="run-ledger"),
    path("so-cai/truong/<int:pk>/", of_school, name="school-ledger"),
    path("so-cai.tsv", as_file, name="ledger-file"),
]
