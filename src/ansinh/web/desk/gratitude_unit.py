"""A unit in a campaign: for its own keeper who agreed to what and who paid; for everybody else sums and remittances."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from ansinh.core.money import format_vnd, format_whole
from ansinh.core.words import folded
from ansinh.web.access import AUDITOR, CLERK, LEADER, SPECIALIST, seen_by
from ansinh.web.desk.asked import address, day, person, scope
from ansinh.web.desk.gratitude_forms import AmountField, DayField, Page, ReasonForm, ask, vnd, words
from ansinh.web.desk.gratitude_funds import how
from ansinh.web.payments import gratitude_actions as actions
from ansinh.web.payments import gratitude_queries as queries
from ansinh.web.payments.actions import PaymentError
from ansinh.web.registry.models import School
from ansinh.web.registry.scope import Scope

WHO = (CLERK, SPECIALIST, LEADER, AUDITOR)
PEOPLE_ON_A_PAGE = 100
# How the address bar names where a member of the staff stands.
STATES = {
    "chua-hoi": ("open",),
    "chua-thu": ("agreed",),
    "da-thu": ("paid",),
    "khong": ("declined", "left out"),
}
# What a button of the list writes.
WRITES = {"dong-y": queries.CHOICES.AGREED, "khong": queries.CHOICES.DECLINED, "mien": queries.CHOICES.LEFT_OUT}


class RemitForm(forms.Form):
    """Money paid to the fund."""

    amount_vnd = AmountField(label=gettext_lazy("Số tiền nộp (đồng)"))
    on = DayField(label=gettext_lazy("Ngày nộp"))
    reference = forms.CharField(label=gettext_lazy("Số chứng từ (nếu có)"), max_length=200, required=False)


class AcknowledgeForm(forms.Form):
    """The receipt of the fund's board."""

    reference = forms.CharField(label=gettext_lazy("Số biên nhận của Ban Quản lý Quỹ"), max_length=200)
    amount_vnd = AmountField(label=gettext_lazy("Số tiền Quỹ đã nhận (đồng)"))
    on = DayField(label=gettext_lazy("Ngày biên nhận"))


def place_of(request: HttpRequest, pk: int, school: int) -> tuple[Scope, Any, queries.Unit]:
    """The scope, the campaign and the unit asked for; Http404 outside the scope."""
    mine = scope(request)
    one = get_object_or_404(queries.campaigns(mine), pk=pk)
    at = get_object_or_404(mine.schools().select_related("area"), pk=school)
    unit = next(iter(queries.units(one, mine.schools().filter(pk=at.pk))), queries.Unit(at, None))
    return mine, one, unit


@seen_by(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """The unit's page. Its keeper writes on it what was said and what was paid, many at once."""
    mine, one, found = place_of(request, pk, school)
    keeps = queries.keeps(mine)
    refused = ""
    if request.method == "POST":
        if not keeps:
            raise Http404
        try:
            messages.success(request, _write(request, one, found.school))
            kept = request.GET.copy()
            kept.pop("chon", None)
            return redirect(f"{request.path}?{kept.urlencode()}")
        except PaymentError as error:
            refused = words(error)
    moved = queries.entries(mine).filter(campaign=one, school=found.school).order_by("-pk")
    context: dict[str, Any] = {
        "campaign": one,
        "how": how(one),
        "unit": found,
        "keeps": keeps,
        "refused": refused,
        "today": timezone.localdate(),
        "entries": [entry for entry in moved if entry.act != queries.ACTS.RECEIVED],
    }
    if keeps:
        context |= _list(request, queries.contributors(one, found.school, mine))
        context["receipts"] = [entry for entry in moved if entry.act == queries.ACTS.RECEIVED][:PEOPLE_ON_A_PAGE]
    return render(request, "desk/gratitude_unit.html", context, status=422 if refused else 200)


def _list(request: HttpRequest, every: list[queries.Contributor]) -> dict[str, Any]:
    """The contributors asked for, with what was typed where it was refused."""
    part, text = request.GET.get("phan", ""), request.GET.get("tim", "")[:100]
    words_, states = folded(text).split(), STATES.get(part)
    chosen = [
        one
        for one in every
        if states is None or one.state in states
        if all(word in folded(f"{one.name} {one.post}") for word in words_)
    ]
    page = Paginator(chosen, PEOPLE_ON_A_PAGE).get_page(request.GET.get("trang"))
    ticked = set(request.POST.getlist("ai"))
    all_ticked = request.GET.get("chon") == "tat-ca"
    labels = (_("Chưa hỏi"), _("Đồng ý, chưa thu"), _("Đã thu"), _("Không tham gia, không vận động"))
    return {
        "page": page,
        "rows": [
            {
                "one": one,
                "ticked": str(one.member) in ticked or all_ticked,
                "amount": request.POST.get(f"tien-{one.member}", _amount(one)),
            }
            for one in page
        ],
        "parts": [
            (slug, label, sum(one.state in states for one in every))
            for (slug, states), label in zip(STATES.items(), labels, strict=True)
        ],
        "everybody": len(every),
        "part": part if part in STATES else "",
        "text": text,
        "address": address(request),
    }


def _amount(one: queries.Contributor) -> str:
    said = one.answer.amount_vnd if one.answer else 0
    amount = said or one.proposed_vnd
    return format_whole(amount) if amount else ""


def _write(request: HttpRequest, one: Any, school: School) -> str:
    """Do what the button says for everybody ticked; PaymentError where it cannot be."""
    on = day(request.POST.get("ngay"))
    if on is None:
        raise PaymentError("Hãy ghi ngày, ví dụ 20/07/2025.", "Give the day, for example 20/07/2025.")
    try:
        members = [uuid.UUID(text) for text in request.POST.getlist("ai")]
    except ValueError:
        raise Http404 from None
    if not members:
        raise PaymentError("Hãy đánh dấu ít nhất một người.", "Tick at least one person.")
    by: dict[str, Any] = {"by": person(request), "at": timezone.now()}
    what = request.POST.get("viec", "")
    if what == "thu":
        made = actions.collect(campaign=one, school=school, members=members, on=on, **by)
        return ngettext("Đã lập %(n)s phiếu thu, %(amount)s.", "Đã lập %(n)s phiếu thu, %(amount)s.", len(made)) % {
            "n": format_whole(len(made)),
            "amount": format_vnd(sum(entry.amount_vnd for entry in made)),
        }
    if what not in WRITES:
        raise Http404
    amounts = {member: _typed(request, member) if what == "dong-y" else 0 for member in members}
    n = actions.answer(campaign=one, school=school, choice=WRITES[what], amounts=amounts, on=on, **by)
    return ngettext("Đã ghi cho %(n)s người.", "Đã ghi cho %(n)s người.", n) % {"n": format_whole(n)}


def _typed(request: HttpRequest, member: uuid.UUID) -> int:
    text = request.POST.get(f"tien-{member}", "")
    try:
        return vnd(text) if text.strip() else 0
    except ValueError:
        raise PaymentError(
            f"“{text}” không phải số tiền. Hãy ghi số đồng, ví dụ 500.000.",
            f"“{text}” is not an amount. Write whole đồng, for example 500.000.",
        ) from None


def _back(one: Any, school: School) -> tuple[str, str]:
    return reverse("desk:unit", args=[one.pk, school.pk]), school.name


@seen_by(CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def remit(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """Pay what was collected to the fund."""
    _mine, one, found = place_of(request, pk, school)
    first = {"amount_vnd": found.remaining_vnd, "on": timezone.localdate()}
    form = RemitForm(request.POST if request.method == "POST" else None, initial=first)
    lead = _("Còn %(amount)s đã thu và chưa nộp. Quỹ nhận tiền: %(fund)s.") % {
        "amount": format_vnd(found.remaining_vnd),
        "fund": found.plan.fund if found.plan else "–",
    }

    def act(kept: dict[str, Any]) -> str:
        made = actions.remit(campaign=one, school=found.school, **kept, by=person(request), at=timezone.now())
        return _("Đã ghi nộp %(amount)s. Khi Quỹ gửi biên nhận, hãy ghi số biên nhận.") % {
            "amount": format_vnd(made.amount_vnd)
        }

    return ask(request, form, Page(_("Nộp tiền về Quỹ"), _("Ghi lần nộp"), *_back(one, found.school), lead), act)


@seen_by(CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the fund's board for a remittance."""
    one = get_object_or_404(queries.entries(scope(request)), pk=pk, act=queries.ACTS.REMITTED)
    first = {"amount_vnd": one.amount_vnd, "on": timezone.localdate()}
    form = AcknowledgeForm(request.POST if request.method == "POST" else None, initial=first)

    def act(kept: dict[str, Any]) -> str:
        actions.acknowledge(remitted=one, **kept, by=person(request), at=timezone.now())
        return _("Đã ghi biên nhận của Quỹ.")

    return ask(
        request, form, Page(_("Ghi biên nhận của Quỹ"), _("Ghi biên nhận"), *_back(one.campaign, one.school)), act
    )


@seen_by(CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back by a record of its own."""
    one = get_object_or_404(queries.entries(scope(request)), pk=pk)
    lead = _("%(what)s số %(number)s, %(amount)s, sẽ không còn được tính. Cả hai lần ghi đều còn đọc được.") % {
        "what": one.get_act_display(),
        "number": one.number,
        "amount": format_vnd(one.amount_vnd),
    }
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act(kept: dict[str, Any]) -> str:
        actions.take_back(entry=one, **kept, by=person(request), at=timezone.now())
        return _("Đã thu lại.")

    page = Page(_("Thu lại lần ghi nhầm"), _("Thu lại lần ghi này"), *_back(one.campaign, one.school), lead)
    return ask(request, form, page, act)
