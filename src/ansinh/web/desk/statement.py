"""A bank's statement: each row beside the order it names, and what a person accepts of it.

Between being read and being accepted a statement lies nowhere on the server: it goes out sealed with the page that shows it,
and comes back with what was chosen.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ansinh import sheets
from ansinh.core.money import format_whole
from ansinh.core.reconcile import Kind, Match
from ansinh.web.access import seen_by
from ansinh.web.columns import english
from ansinh.web.desk.asked import person
from ansinh.web.desk.paying import PAYERS, told
from ansinh.web.payments import statements
from ansinh.web.payments.actions import PaymentError
from ansinh.web.registry import sealed

LARGEST = 1024 * 1024  # Sealed it goes through the page, and grows by four fifths on the way.
SHOWN = 300  # Rows of one kind that a page has room for; those past them are counted, and taken with the others.
TAKEN_AS_THEY_ARE = (Kind.PAID, Kind.RETURNED)


@dataclass(frozen=True)
class Group:
    """The rows of one kind, each with its place among all."""

    kind: str
    rows: Sequence[tuple[int, Match]]
    more: int
    amount_vnd: int


def _groups(matches: Sequence[Match]) -> list[Group]:
    found = []
    for kind in Kind:
        rows = [(place, match) for place, match in enumerate(matches) if match.kind is kind]
        if rows:
            total = sum(match.said.amount_vnd for _place, match in rows)
            found.append(Group(kind.value, rows[:SHOWN], max(0, len(rows) - SHOWN), total))
    return found


@seen_by(*PAYERS, second_factor=True)
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """Choose a statement; see each row with the order it names; accept."""
    if request.method != "POST":
        return render(request, "desk/statement.html", {"wrong": []})
    if request.POST.get("tep"):
        return _taken(request)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return _refused(request, [_("Hãy chọn tệp sao kê, không quá 1 MB; tệp lớn hơn thì tách theo ngày.")])
    intake = _read(file.read(), str(file.name)[:255])
    if intake.refused:
        return _refused(request, [fault.en if english() else fault.vi for fault in intake.faults])
    matches = statements.read_statement(intake, by=person(request))
    groups = _groups(matches)
    context = {
        "wrong": [],
        "intake": intake,
        "faults": [fault for fault in intake.faults if fault.severity != sheets.Severity.NOTE],
        "groups": groups,
        "ready": sum(match.kind in TAKEN_AS_THEY_ARE for match in matches),
        "doubtful": sum(match.kind is Kind.DOUBTFUL for match in matches),
        "sealed": sealed.seal(base64.b64encode(intake.original).decode()).token,
    }
    return render(request, "desk/statement.html", context)


def _read(data: bytes, name: str) -> sheets.Intake:
    return sheets.read(sheets.templates()[statements.TEMPLATE], data, filename=name)


def _refused(request: HttpRequest, wrong: list[str]) -> HttpResponse:
    return render(request, "desk/statement.html", {"wrong": wrong}, status=422)


def _taken(request: HttpRequest) -> HttpResponse:
    """Take what was accepted of the statement that came back with the page."""
    try:
        data = base64.b64decode(sealed.Sealed(request.POST["tep"]).reveal())
    except sealed.SealError:
        return _refused(request, [_("Trang đã cũ. Hãy chọn lại tệp sao kê.")])
    intake = _read(data, request.POST.get("ten", "")[:255])
    matches = statements.read_statement(intake, by=person(request))
    aside = set(request.POST.getlist("bo"))
    accept, chosen, runs = [], {}, set()
    for place, match in enumerate(matches):
        meant = request.POST.get(f"la-{place}", "")
        if match.kind in TAKEN_AS_THEY_ARE and str(place) not in aside:
            accept.append(match.said.place)
        elif match.kind is Kind.DOUBTFUL and meant:
            chosen[match.said.place] = meant
        else:
            continue
        runs |= {order.run for order in match.orders}
    try:
        done = statements.take_statement(
            intake=intake, accept=accept, chosen=chosen, by=person(request), at=timezone.now()
        )
    except PaymentError as refused:
        told(request, refused)
        return redirect("desk:statement")
    words: dict[str, Any] = {"paid": format_whole(done.paid), "back": format_whole(done.returned)}
    messages.success(request, _("Đã ghi nhận sao kê: %(paid)s khoản đã chi, %(back)s khoản bị trả lại.") % words)
    return redirect(reverse("desk:run", args=[runs.pop()]) if len(runs) == 1 else reverse("desk:runs"))


urlpatterns = [path("sao-ke/", statement, name="statement")]
