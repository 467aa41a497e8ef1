"""What goes out of a run and what comes back: files for the bank, lists for cash, accounts, signatures, what is sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ansinh import reports, sheets
from ansinh.core.banks import BANKS
from ansinh.core.money import format_whole
from ansinh.core.orders import Order, PayTo, Way
from ansinh.web.access import CLERK, SPECIALIST, seen_by
from ansinh.web.columns import english
from ansinh.web.desk.asked import day, person, scope
from ansinh.web.desk.downloads import download
from ansinh.web.payments import orders, payees, statements, steps
from ansinh.web.payments.actions import PaymentError
from ansinh.web.registry import actions

PAYERS = (CLERK, SPECIALIST)
LARGEST_LIST = 10 * 1024 * 1024


def run_of(request: HttpRequest, pk: int) -> Any:
    """A run of a school within that was approved; 404 for every other."""
    one = get_object_or_404(steps.within(scope(request)), pk=pk)
    if one.state not in orders.PAYABLE:
        raise Http404
    return one


@dataclass(frozen=True)
class Sum:
    """How many orders, and their đồng."""

    count: int
    amount_vnd: int

    @classmethod
    def of(cls, some: Iterable[Order]) -> Sum:
        found = list(some)
        return cls(len(found), sum(one.amount_vnd for one in found))


@dataclass(frozen=True)
class Outcome:
    """How far the orders of a run are. whole: kept back whole, so that no bank will ever tell of them."""

    paid: Sum
    on_the_way: Sum
    returned: Sum
    whole: int
    back: tuple[Order, ...]
    cash: int

    @classmethod
    def of(cls, found: list[Order]) -> Outcome:
        by_way = {way: [one for one in found if one.way is way] for way in Way}
        sent = by_way[Way.SENT]
        return cls(
            Sum.of(by_way[Way.PAID]), Sum.of(sent), Sum.of(by_way[Way.RETURNED]),
            sum(not one.amount_vnd for one in sent), tuple(by_way[Way.RETURNED]),
            sum(one.pay_to is None and bool(one.amount_vnd) for one in sent),
        )  # fmt: skip


def told(request: HttpRequest, wrong: PaymentError) -> None:
    messages.error(request, wrong.en if english() else wrong.vi)


# Papers ------------------------------------------------------------------------------------------------------------


@seen_by(*PAYERS)
@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What is paid through the bank and what in cash, with the files for either."""
    return _papers(request, run_of(request, pk))


def _papers(request: HttpRequest, run: Any, **more: Any) -> HttpResponse:
    found = [one for one in orders.orders(run) if one.amount_vnd and one.way in (Way.TO_SEND, Way.SENT)]
    context = {
        "run": run,
        "bank": Sum.of(one for one in found if one.pay_to),
        "cash": Sum.of(one for one in found if not one.pay_to),
        "banks": sorted(BANKS.values(), key=lambda bank: bank.short.lower()),
        "today": timezone.localdate(),
        "wrong": [],
        "given": {},
        **more,
    }
    return render(request, "desk/run_papers.html", context, status=422 if more.get("wrong") else 200)


@sensitive_post_parameters("number")
@seen_by(*PAYERS, second_factor=True)
@require_POST
def bank_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The orders into accounts, as a workbook, .csv or pain.001; the account debited is typed in and kept nowhere."""
    run = run_of(request, pk)
    given = {name: request.POST.get(name, "").strip()[:140] for name in ("holder", "bank", "number", "on", "form")}
    on, form = day(given["on"]), given["form"]
    report = reports.reports()["bank_list"]
    wrong = [
        words
        for words, holds in (
            (_("Hãy ghi tên chủ tài khoản trích nợ."), bool(given["holder"])),
            (_("Hãy chọn ngân hàng."), given["bank"] in BANKS),
            (_("Số tài khoản trích nợ chỉ gồm chữ số, từ 4 đến 19 số."), _is_account(given["number"])),
            (_("Hãy ghi ngày chi, ví dụ 15/10/2025."), on is not None),
            (_("Hãy chọn loại tệp."), form in report.forms),
        )
        if not holds
    ]
    if wrong or on is None:
        return _papers(request, run, wrong=wrong, given=given)
    payer = PayTo(given["holder"], given["bank"], given["number"])
    try:
        figures = report.figures(orders.orders(run), payer=payer, on=on, at=timezone.now())
        data = reports.write(report, figures, form)
    except ValueError:
        said = _("Không có khoản nào chi qua ngân hàng, hoặc một tên không viết được bằng chữ cái của ngân hàng.")
        return _papers(request, run, wrong=[said], given=given)
    _log(request, _("Danh sách chi qua ngân hàng, đợt %(n)s") % {"n": run.pk}, len(figures.orders))
    return _download(data, f"chi-qua-ngan-hang-dot-{run.pk}", form)


def _is_account(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 4 <= len(text) <= 19


@seen_by(*PAYERS)
@require_safe
def cash_file(request: HttpRequest, pk: int, paper: str, form: str) -> HttpResponse:
    """The list on which families sign for cash, or a receipt for each."""
    run = run_of(request, pk)
    report = reports.reports()["cash_list" if paper == "bang-ke" else "cash_receipt"]
    if form not in report.forms:
        raise Http404
    school = run.school
    heading = reports.Heading(
        superior=f"UBND {school.area.name}".upper(), issuer=school.name.upper(), place=school.area.name
    )
    about = f"đợt {run.pk}, {school.name}"  # The paper is in Vietnamese, whatever the page is in.
    figures = report.figures(orders.orders(run), about=about, heading=heading)
    _log(request, _("Danh sách chi tiền mặt, đợt %(n)s") % {"n": run.pk}, len(figures.orders))
    return _download(reports.write(report, figures, form), f"{paper}-tien-mat-dot-{run.pk}", form)


def _log(request: HttpRequest, what: str, people: int) -> None:
    actions.log_reading(by=person(request), at=timezone.now(), act="export", what=what, people=people)


def _download(data: bytes, name: str, form: str) -> HttpResponse:
    if form != "xml":
        return download(data, name, form)
    response = HttpResponse(data, content_type="application/xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xml"'
    return response


@seen_by(*PAYERS, second_factor=True)
@require_POST
def accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list of accounts: what is new or changed is recorded; what is in question is shown by row and left alone."""
    run = run_of(request, pk)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST_LIST:
        return _papers(request, run, wrong=[_("Hãy chọn tệp tài khoản nhận tiền, không quá 10 MB.")])
    intake = sheets.read(sheets.templates()[payees.TEMPLATE], file.read(), filename=str(file.name)[:255])
    if intake.refused:
        return _papers(request, run, wrong=[fault.en if english() else fault.vi for fault in intake.faults])
    changes = payees.record(intake=intake, by=person(request), at=timezone.now())
    counts = Counter(change.kind.value for change in changes)
    left = [change for change in changes if change.kind in (payees.Kind.NOT_FOUND, payees.Kind.OTHER_NAME)]
    changed = [change for change in changes if change.kind is payees.Kind.CHANGED]
    faults = [fault for fault in intake.faults if fault.severity != sheets.Severity.NOTE]
    return _papers(request, run, counts=counts, left=left, changed=changed, faults=faults)


# What came of it ---------------------------------------------------------------------------------------------------


@seen_by(*PAYERS, second_factor=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose families signed for their cash, and on what day."""
    run = run_of(request, pk)
    found = [one for one in orders.orders(run) if one.pay_to is None and one.amount_vnd and one.way is Way.SENT]
    wrong = ""
    if request.method == "POST":
        on = day(request.POST.get("on"))
        learners = [int(text) for text in request.POST.getlist("em") if text.isdecimal()]
        if on is None or on > timezone.localdate():
            wrong = _("Hãy ghi ngày ký nhận, không sau hôm nay.")
        elif not learners:
            wrong = _("Hãy chọn các em đã ký nhận.")
        else:
            try:
                n = statements.sign(run=run, learners=learners, on=on, by=person(request), at=timezone.now())
            except PaymentError as refused:
                told(request, refused)
            else:
                said = ngettext("Đã ghi nhận %(n)s em ký nhận.", "Đã ghi nhận %(n)s em ký nhận.", n)
                messages.success(request, said % {"n": format_whole(n)})
            return redirect("desk:run", pk=pk)
    context = {"run": run, "orders": found, "sum": Sum.of(found), "today": timezone.localdate(), "wrong": wrong}
    return render(request, "desk/run_sign.html", context, status=422 if wrong else 200)


@seen_by(*PAYERS, second_factor=True)
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again all that came back of a run."""
    try:
        again = statements.resend(run=run_of(request, pk), by=person(request), at=timezone.now())
    except PaymentError as refused:
        told(request, refused)
    else:
        said = ngettext(
            "Đã chi lại %(n)s khoản với mã lệnh mới. Hãy tải lại danh sách để gửi ngân hàng.",
            "Đã chi lại %(n)s khoản với mã lệnh mới. Hãy tải lại danh sách để gửi ngân hàng.",
            len(again),
        )
        messages.success(request, said % {"n": format_whole(len(again))})
    return redirect("desk:run", pk=pk)


@seen_by(*PAYERS, second_factor=True)
@require_POST
def kept_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what was kept back whole: no money went, so that no statement tells of it."""
    try:
        n = statements.settle_kept_back(run=run_of(request, pk), by=person(request), at=timezone.now())
    except PaymentError as refused:
        told(request, refused)
    else:
        said = ngettext("Đã xác nhận %(n)s khoản trừ hết.", "Đã xác nhận %(n)s khoản trừ hết.", n)
        messages.success(request, said % {"n": format_whole(n)})
    return redirect("desk:run", pk=pk)


urlpatterns = [
    path("dot-chi/<int:pk>/giay-to/", papers, name="run-papers"),
    path("dot-chi/<int:pk>/giay-to/ngan-hang/", bank_file, name="run-bank-file"),
    re_path(
        r"^dot-chi/(?P<pk>\d+)/giay-to/(?P<paper>bang-ke|giay-nhan)\.(?P<form>docx|pdf|xlsx)$",
        cash_file,
        name="run-cash-file",
    ),
    path("dot-chi/<int:pk>/tai-khoan/", accounts, name="run-accounts"),
    path("dot-chi/<int:pk>/ky-nhan/", sign, name="run-sign"),
    path("dot-chi/<int:pk>/chi-lai/", resend, name="run-resend"),
    path("dot-chi/<int:pk>/tru-het/", kept_back, name="run-kept-back"),
]
