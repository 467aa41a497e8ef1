"""The papers of a unit's campaign: contributors to sign, receipts, remittance slip, letters of thanks. For its keeper alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ansinh import reports
from ansinh.reports import Heading
from ansinh.reports.gratitude_list import Line
from ansinh.reports.gratitude_receipt import Receipt
from ansinh.web.access import AUDITOR, CLERK, LEADER, SPECIALIST, seen_by
from ansinh.web.desk.asked import person, scope
from ansinh.web.desk.downloads import download
from ansinh.web.desk.gratitude_funds import how
from ansinh.web.desk.gratitude_unit import place_of
from ansinh.web.payments import gratitude_queries as queries
from ansinh.web.registry import actions as registry
from ansinh.web.registry.models import School


def _heading(school: School) -> Heading:
    return Heading.of_school({"school_name": school.name, "commune": school.area.name})


@seen_by(CLERK)
@require_safe
def paper(request: HttpRequest, pk: int, school: int, what: str, form: str) -> HttpResponse:
    """A paper that names people: it is written in the access log."""
    mine, one, unit = place_of(request, pk, school)
    make = {"danh-sach": _list, "phieu-thu": _receipts, "thu-cam-on": _thanks}[what]
    name, figures, people = make(request, mine, one, unit)
    if not people:
        raise Http404
    said = f"{reports.reports()[name].vi}, {one.year}, {unit.school.name}"
    registry.log_reading(by=person(request), at=timezone.now(), act="export", what=said[:200], people=people)
    return download(reports.write(name, figures, form), f"{what}-den-on-dap-nghia-{one.year}", form)


Made = tuple[str, Any, int]


def _list(request: HttpRequest, mine: Any, one: Any, unit: queries.Unit) -> Made:
    giving = [row for row in queries.contributors(one, unit.school, mine) if row.owed_vnd + row.received_vnd > 0]
    lines = [
        Line(row.name, row.post, queries.hundredths(row.coefficient_hundredths), row.received_vnd + row.owed_vnd)
        for row in giving
    ]
    with override("vi"):  # The paper is Vietnamese whatever the screen speaks.
        reckoned = how(one)
    figures = reports.reports()["gratitude_list"].figures(
        lines=lines, year=one.year, how=reckoned, on=timezone.localdate(), heading=_heading(unit.school)
    )
    return "gratitude_list", figures, len(lines)


def _receipts(request: HttpRequest, mine: Any, one: Any, unit: queries.Unit) -> Made:
    """The receipts that stand; one alone by its number."""
    found = queries.entries(mine).filter(
        campaign=one, school=unit.school, act=queries.ACTS.RECEIVED, corrects__isnull=True, corrected_by__isnull=True
    )
    number = request.GET.get("so", "")
    if number.isdecimal():
        found = found.filter(number=int(number))
    receipts = [Receipt(entry.number, entry.on, entry.who, entry.post, entry.amount_vnd) for entry in found]
    figures = reports.reports()["gratitude_receipt"].figures(
        receipts=receipts, campaign=one.name, year=one.year, heading=_heading(unit.school)
    )
    return "gratitude_receipt", figures, len(receipts)


def _thanks(request: HttpRequest, mine: Any, one: Any, unit: queries.Unit) -> Made:
    names = [row.name for row in queries.contributors(one, unit.school, mine) if row.received_vnd > 0]
    figures = reports.reports()["gratitude_thanks"].figures(
        names=names, year=one.year, on=timezone.localdate(), heading=_heading(unit.school)
    )
    return "gratitude_thanks", figures, len(names)


@seen_by(CLERK, SPECIALIST, LEADER, AUDITOR)
@require_safe
def remittance(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The slip of one remittance; it names nobody."""
    mine = scope(request)
    one = get_object_or_404(queries.entries(mine), pk=pk, act=queries.ACTS.REMITTED, corrects__isnull=True)
    (unit,) = queries.units(one.campaign, mine.schools().filter(pk=one.school_id))
    figures = reports.reports()["gratitude_remittance"].figures(
        number=one.number, on=one.on, amount_vnd=one.amount_vnd, fund=one.who, account=one.post,
        reference=one.reference, contributors=unit.contributors, year=one.campaign.year, heading=_heading(one.school),
    )  # fmt: skip
    return download(reports.write("gratitude_remittance", figures, form), f"giay-nop-tien-{one.number}", form)
