"""The yearly campaign for the fund of gratitude on screen: sums of every unit, never who gave and who did not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ansinh import law
from ansinh.core.dates import Month
from ansinh.core.money import format_vnd, format_whole
from ansinh.core.tables import LEVEL
from ansinh.core.words import folded
from ansinh.web.access import AUDITOR, CLERK, LEADER, SPECIALIST, seen_by
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.downloads import download
from ansinh.web.desk.export import workbook
from ansinh.web.desk.gratitude_forms import AmountField, DayField, Page, ask, vnd, words
from ansinh.web.payments import gratitude_actions as actions
from ansinh.web.payments import gratitude_queries as queries
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_wage import DIVISORS, STEPS_VND, Formula, Rounding
from ansinh.web.registry.models import School

WHO = (CLERK, SPECIALIST, LEADER, AUDITOR)
UNITS_ON_A_PAGE = 50
BASE_SALARY = "base_salary_vnd"


class CampaignForm(forms.Form):
    """A year's campaign and its way of reckoning one day's wage."""

    area: Any = forms.ModelChoiceField(label=gettext_lazy("Địa bàn"), queryset=None)
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    name = forms.CharField(label=gettext_lazy("Tên đợt vận động"), max_length=200)
    opens_on = DayField(label=gettext_lazy("Từ ngày"))
    closes_on = DayField(label=gettext_lazy("Đến hết ngày"))
    basis = forms.CharField(label=gettext_lazy("Văn bản phát động (số, ngày, cơ quan)"), max_length=300, required=False)
    base_vnd = AmountField(label=gettext_lazy("Mức lương cơ sở để tính (đồng)"))
    divisor = forms.IntegerField(
        label=gettext_lazy("Chia cho bao nhiêu ngày công"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("Thực tế thường gặp: 22, 24, 26 hoặc 30. Chọn theo văn bản phát động."),
    )
    step_vnd = forms.TypedChoiceField(
        label=gettext_lazy("Làm tròn đến"), coerce=int, choices=[(one, format_vnd(one)) for one in STEPS_VND]
    )
    rounding = forms.ChoiceField(label=gettext_lazy("Cách làm tròn"), choices=queries.ROUNDINGS)
    with_allowance = forms.BooleanField(label=gettext_lazy("Cộng cả phụ cấp chức vụ vào hệ số lương"), required=False)

    def __init__(self, areas: Any, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["area"]
        field.queryset = areas
        first = list(areas[:1])
        if first:
            field.initial, field.empty_label = first[0].pk, None


@seen_by(*WHO)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign within, newest first, with its sums."""
    mine = scope(request)
    found = [(one, queries.totals(queries.units(one, mine.schools()))) for one in queries.campaigns(mine)]
    writes = person(request).role == SPECIALIST
    return render(request, "desk/gratitude.html", {"campaigns": found, "writes": writes})


@seen_by(SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def open_campaign(request: HttpRequest) -> HttpResponse:
    """Begin a campaign. Its way of reckoning is recorded, and is not changed afterwards."""
    mine, today = scope(request), timezone.localdate()
    known = law.load().number(BASE_SALARY, Month.of(today))
    first: dict[str, Any] = {
        "year": today.year,
        "name": _("Vận động Quỹ Đền ơn đáp nghĩa năm %(year)s") % {"year": today.year},
        "opens_on": today.replace(month=6, day=28),
        "closes_on": today.replace(month=7, day=27),
        "base_vnd": known[1].value if known else None,
        "divisor": DIVISORS[0],
        "step_vnd": 1_000,
        "with_allowance": True,
    }
    sent = request.POST if request.method == "POST" else None
    # The province comes first: a campaign is mostly its own.
    form = CampaignForm(mine.areas_written().order_by("-level", "name"), sent, initial=first)
    page = Page(
        _("Mở đợt vận động"), _("Mở đợt vận động"), reverse("desk:gratitude"), _("Đền ơn đáp nghĩa"),
        _("Quỹ vận động quanh năm, cao điểm từ 28/6 đến 27/7; đóng góp là tự nguyện, mỗi người tự chọn mức của mình."),
        (_("Cách tính một ngày lương: căn cứ chưa được kiểm chứng. Chưa tìm thấy quy định nào ấn định cách tính cho quỹ này; "
           "hãy ghi theo văn bản phát động. Cách tính đã ghi thì không sửa, để ai cũng đối chiếu được."),),
    )  # fmt: skip

    def act(kept: dict[str, Any]) -> str:
        reckoned = Formula(
            kept["base_vnd"], kept["divisor"], kept["step_vnd"], Rounding(kept["rounding"]), kept["with_allowance"]
        )
        about = {name: kept[name] for name in ("area", "year", "name", "opens_on", "closes_on", "basis")}
        again = queries.campaigns(mine).filter(area=kept["area"], year=kept["year"]).exists()
        made = actions.open_campaign(**about, formula=reckoned, by=person(request), at=timezone.now())
        if again:
            warning = _("Năm %(year)s đã có đợt vận động khác: đừng để một người bị hỏi hai lần trong năm.")
            messages.warning(request, warning % {"year": made.year})
        return _("Đã mở %(name)s. Tiếp theo, ghi kế hoạch và quỹ nhận tiền của từng đơn vị.") % {"name": made.name}

    return ask(request, form, page, act)


def how(campaign: Any) -> str:
    """A campaign's way of reckoning one day's wage, in words."""
    parts = _("(hệ số lương + phụ cấp chức vụ)") if campaign.with_allowance else _("hệ số lương")
    return _("%(parts)s × %(base)s ÷ %(divisor)s ngày, %(rounding)s đến %(step)s") % {
        "parts": parts,
        "base": format_vnd(campaign.base_vnd),
        "divisor": campaign.divisor,
        "rounding": str(campaign.get_rounding_display()).lower(),
        "step": format_vnd(campaign.step_vnd),
    }


@seen_by(*WHO)
@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: plan, collected, remitted and what remains, unit by unit."""
    mine = scope(request)
    one = get_object_or_404(queries.campaigns(mine), pk=pk)
    every = queries.units(one, mine.schools())
    text = request.GET.get("tim", "")[:100]
    chosen = [unit for unit in every if _named(unit.school, text)]
    context = {
        "campaign": one,
        "how": how(one),
        "totals": queries.totals(every),
        "chosen": queries.totals(chosen),
        "page": Paginator(chosen, UNITS_ON_A_PAGE).get_page(request.GET.get("trang")),
        "address": address(request),
        "text": text,
        "role": person(request).role,
    }
    return render(request, "desk/gratitude_campaign.html", context)


def _named(school: School, text: str) -> bool:
    said = folded(f"{school.name} {school.code} {school.area.name}")
    return all(word in said for word in folded(text).split())


@seen_by(*WHO)
@require_safe
def campaign_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The units' sums as a workbook, as they are seen."""
    mine = scope(request)
    one = get_object_or_404(queries.campaigns(mine), pk=pk)
    chosen = [unit for unit in queries.units(one, mine.schools()) if _named(unit.school, request.GET.get("tim", ""))]
    headings = (
        _("Đơn vị"), _("Mã trường"), _("Quỹ nhận tiền"), _("Kế hoạch"), _("Số người đóng góp"), _("Đã thu"), _("Đã nộp"),
        _("Quỹ đã biên nhận"), _("Còn phải nộp"), _("So với kế hoạch"),
    )  # fmt: skip
    rows = [
        (
            unit.school.name, unit.school.code, unit.plan.fund if unit.plan else "", unit.plan_vnd, unit.contributors,
            unit.collected_vnd, unit.remitted_vnd, unit.acknowledged_vnd, unit.remaining_vnd, unit.percent,
        )
        for unit in chosen
    ]  # fmt: skip
    return download(workbook([(one.name, headings, rows)]), f"den-on-dap-nghia-{one.year}", "xlsx")


@seen_by(SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan and the receiving fund of each school; those ticked are written at once."""
    mine = scope(request)
    one = get_object_or_404(queries.campaigns(mine), pk=pk)
    text = request.GET.get("tim", "")[:100]
    schools = [school for school in mine.schools().select_related("area").order_by("name") if _named(school, text)]
    page = Paginator(schools, UNITS_ON_A_PAGE).get_page(request.GET.get("trang"))
    shown = list(page)
    refusals: list[str] = []
    if request.method == "POST":
        written, refusals = _planned(request, one, shown)
        if not refusals:
            messages.success(request, _("Đã ghi kế hoạch của %(n)s đơn vị.") % {"n": format_whole(written)})
            return redirect("desk:campaign", pk=one.pk)
    held = queries.plans(one, shown)
    suggested = queries.proposed(one, mine, shown)
    rows = [_row(request, school, held.get(school.pk), suggested.get(school.pk, 0)) for school in shown]
    context = {
        "campaign": one, "rows": rows, "page": page, "address": address(request), "text": text, "refusals": refusals,
    }  # fmt: skip
    return render(request, "desk/gratitude_plan.html", context, status=422 if refusals else 200)


def _planned(request: HttpRequest, one: Any, shown: list[School]) -> tuple[int, list[str]]:
    """Write the plans of the schools ticked: how many, and why some could not be; what could be is written."""
    ticked, written, refusals = set(request.POST.getlist("truong")), 0, []
    for school in shown:
        if str(school.pk) not in ticked:
            continue
        given = {name: request.POST.get(f"{name}-{school.pk}", "") for name in ("ke-hoach", "quy", "tai-khoan")}
        try:
            actions.plan(
                campaign=one, school=school, plan_vnd=vnd(given["ke-hoach"]), fund=given["quy"][:200],
                account=given["tai-khoan"][:100], by=person(request), at=timezone.now(),
            )  # fmt: skip
            written += 1
        except ValueError:
            refusals.append(
                _("%(name)s: “%(text)s” không phải số tiền.") % {"name": school.name, "text": given["ke-hoach"]}
            )
        except PaymentError as refused:
            refusals.append(words(refused))
    if not written and not refusals:
        refusals.append(_("Hãy đánh dấu ít nhất một đơn vị."))
    return written, refusals


def _row(request: HttpRequest, school: School, held: Any, suggested: int) -> dict[str, Any]:
    """A school's line: what was typed, else what holds, else what is suggested."""

    def first(name: str, value: str) -> str:
        return request.POST.get(f"{name}-{school.pk}", value)

    ticked = str(school.pk) in request.POST.getlist("truong")
    return {
        "school": school,
        "held": held,
        "ticked": ticked or (request.GET.get("chon") == "tat-ca" and held is None),
        "plan": first("ke-hoach", format_whole(held.plan_vnd if held else suggested)),
        "fund": first("quy", held.fund if held else _fund_of(school)),
        "account": first("tai-khoan", held.account if held else ""),
        "suggested": suggested,
    }


def _fund_of(school: School) -> str:
    """The fund of who manages the school: a suggestion, which the page says is not confirmed by a text."""
    if school.authority.startswith("Sở") or school.level >= LEVEL.upper_secondary:
        return "Quỹ Đền ơn đáp nghĩa tỉnh"
    return f"Quỹ Đền ơn đáp nghĩa {school.area.name[:1].lower()}{school.area.name[1:]}"
