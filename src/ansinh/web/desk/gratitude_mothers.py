"""The register of Heroic Mothers on screen: who is cared for by whom, and where what was promised did not come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh import reports
from ansinh.core.words import folded
from ansinh.reports.gratitude_mothers import Line, Sponsor
from ansinh.web.access import AUDITOR, LEADER, SPECIALIST, seen_by
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.downloads import download
from ansinh.web.payments import gratitude_care_queries as queries
from ansinh.web.payments.gratitude_care_actions import kind_of
from ansinh.web.registry import actions as registry

WHO = (SPECIALIST, LEADER, AUDITOR)
MOTHERS_ON_A_PAGE = 50
# How the address bar names a part of the register.
PARTS = ("con-song", "co-don-vi", "chua-co", "canh-bao", "da-mat")


def is_in(one: queries.Cared, part: str) -> bool:
    """Whether a Mother belongs to a part of the register; every one does to no part."""
    return {
        "con-song": one.living,
        "co-don-vi": one.sponsored,
        "chua-co": one.living and not one.sponsored,
        "canh-bao": one.missing_vnd > 0,
        "da-mat": not one.living,
    }.get(part, True)


def _asked(request: HttpRequest) -> tuple[list[queries.Cared], list[queries.Cared], str, str]:
    """All within, those asked for, the part and the text."""
    every = queries.cared(queries.mothers(scope(request)), timezone.localdate())
    part, text = request.GET.get("phan", ""), request.GET.get("tim", "")[:100]
    words = folded(text).split()
    chosen = [one for one in every if is_in(one, part) if all(word in folded(_said(one)) for word in words)]
    return every, chosen, part if part in PARTS else "", text


def _said(one: queries.Cared) -> str:
    sponsors = " ".join(care.commitment.sponsor for care in one.cares)
    return f"{one.mother.full_name} {one.mother.area.name} {sponsors}"


@seen_by(*WHO)
@require_safe
def mothers(request: HttpRequest) -> HttpResponse:
    """Every Mother with her sponsor and what is missing; filters by part and by words."""
    every, chosen, part, text = _asked(request)
    labels = (_("Còn sống"), _("Có đơn vị phụng dưỡng"), _("Chưa có đơn vị"), _("Chậm trao"), _("Đã từ trần"))
    context = {
        "counts": queries.counts(every),
        "parts": [
            (slug, label, sum(is_in(one, slug) for one in every)) for slug, label in zip(PARTS, labels, strict=True)
        ],
        "part": part,
        "text": text,
        "page": Paginator(chosen, MOTHERS_ON_A_PAGE).get_page(request.GET.get("trang")),
        "address": address(request),
        "writes": person(request).role == SPECIALIST,
        "today": timezone.localdate(),
    }
    return render(request, "desk/gratitude_mothers.html", context)


@seen_by(*WHO)
@require_safe
def mothers_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as it is seen, as an official paper. It names people, and so is written in the access log."""
    _every, chosen, _part, _text = _asked(request)
    _log(request, "export", _("Danh sách Mẹ Việt Nam anh hùng và đơn vị phụng dưỡng"), len(chosen))
    lines = [
        Line(
            name=one.mother.full_name,
            birth_year=one.mother.birth_year,
            commune=one.mother.area.name,
            died_on=one.mother.died_on,
            sponsors=tuple(_sponsor(care) for care in one.holding),
            missing_vnd=one.missing_vnd,
        )
        for one in chosen
    ]
    paper = reports.reports()["gratitude_mothers"].figures(lines=lines, on=timezone.localdate())
    return download(reports.write("gratitude_mothers", paper, form), "danh-sach-me-viet-nam-anh-hung", form)


def _sponsor(care: queries.Care) -> Sponsor:
    amount, cycle = (care.terms.amount_vnd, care.terms.cycle_months) if care.terms else (0, 1)
    return Sponsor(care.commitment.sponsor, amount, cycle, care.commitment.since)


@seen_by(*WHO)
@require_safe
def mother(request: HttpRequest, pk: int) -> HttpResponse:
    """One Mother: what is missing first, then each commitment with its periods, payments, visits and works."""
    mine, today = scope(request), timezone.localdate()
    one = get_object_or_404(queries.mothers(mine), pk=pk)
    (found,) = queries.cared([one], today)
    shown = request.GET.get("hien") == "1"
    if shown:
        _log(request, "read", _("Nơi ở, người chăm sóc, sức khỏe của Mẹ %(name)s") % {"name": one.full_name}, 1)
    context: dict[str, Any] = {
        "found": found,
        "mother": one,
        "shown": shown,
        "payments": list(queries.payments(mine).filter(commitment__mother=one).order_by("-on", "-pk")),
        "gifts": list(queries.gifts(mine).filter(mother=one)),
        "notes": list(one.notes.select_related("by").order_by("-pk")),
        "writes": person(request).role == SPECIALIST,
        "today": today,
        "timeline": _timeline(found),
    }
    return render(request, "desk/gratitude_mother.html", context)


def _timeline(found: queries.Cared) -> list[tuple[date, str, str, str]]:
    """(day, what, sponsor, why) of every commitment, oldest first."""
    steps = []
    for care in found.cares:
        one = care.commitment
        said = _("Nhận thay từ %(other)s") % {"other": one.follows.sponsor} if one.follows else _("Nhận phụng dưỡng")
        steps.append((one.since, said, one.sponsor, one.certificate))
        steps += [(turn.on, str(turn.get_kind_display()), one.sponsor, turn.reason) for turn in care.turns]
    if found.mother.died_on:
        steps.append((found.mother.died_on, _("Mẹ từ trần"), "", ""))
    return sorted(steps, key=lambda step: step[0])


@seen_by(*WHO)
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture or paper of a payment, as it came."""
    payment = get_object_or_404(queries.payments(scope(request)), pk=pk)
    if not payment.evidence:
        raise Http404
    data = bytes(payment.evidence)
    _log(request, "read", _("Chứng từ trao tiền cho Mẹ %(name)s") % {"name": payment.commitment.mother}, 1)
    response = HttpResponse(data, content_type=kind_of(data))
    response.headers["Content-Disposition"] = "inline"
    return response


def _log(request: HttpRequest, act: str, what: str, people: int) -> None:
    registry.log_reading(by=person(request), at=timezone.now(), act=act, what=what[:200], people=people)
