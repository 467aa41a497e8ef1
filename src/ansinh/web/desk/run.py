"""One run: where it stands and who has had it in hand, what each child is due, and the next step for whoever may take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, re_path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ansinh import law
from ansinh.core.dates import Month, SchoolYear, Span
from ansinh.core.rules import Document
from ansinh.web.access import CLERK, LEADER, ROLE_WORDS, SPECIALIST, seen_by
from ansinh.web.columns import english
from ansinh.web.desk.asked import address, person, scope
from ansinh.web.desk.paying import PAYERS, Outcome
from ansinh.web.desk.runs import READERS_OF_MONEY
from ansinh.web.desk.unconfirmed import unconfirmed
from ansinh.web.payments import calendar, orders, steps
from ansinh.web.payments import queries as payments
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.due import NO_CLAUSE
from ansinh.web.registry.models import Person

CHILDREN_ON_A_PAGE = 25
# How the address names a step → the state it leads to.
STEPS = {
    "kiem-tra": "checked",
    "duyet": "approved",
    "chi": "sent",
    "khoa": "closed",
    "tra-lai": "returned",
    "huy": "cancelled",
    "rut-duyet": "taken_back",
}
ADDRESSES = {state: name for name, state in STEPS.items()}
# What is done, as it stands within a sentence; and on the button that does it.
VERBS: Mapping[str, Promise] = {
    "checked": gettext_lazy("kiểm tra"),
    "approved": gettext_lazy("duyệt"),
    "sent": gettext_lazy("chi"),
    "closed": gettext_lazy("khóa đợt"),
}
BUTTONS: Mapping[str, Promise] = {
    "checked": gettext_lazy("Xác nhận đã kiểm tra"),
    "approved": gettext_lazy("Duyệt đợt chi"),
    "sent": gettext_lazy("Chi đợt này"),
    "closed": gettext_lazy("Khóa đợt chi"),
    "returned": gettext_lazy("Trả lại người lập"),
    "cancelled": gettext_lazy("Hủy đợt chi"),
    "taken_back": gettext_lazy("Rút duyệt"),
}
DONE: Mapping[str, Promise] = {
    "checked": gettext_lazy("Đã ghi nhận là kiểm tra xong. Lãnh đạo duyệt tiếp."),
    "approved": gettext_lazy("Đã duyệt: tính lại từ dữ liệu đã khóa, mọi dòng đều khớp, và đã ghi sổ cái."),
    "sent": gettext_lazy("Đã ghi sổ là chi. Bước sau là đối chiếu với sao kê của ngân hàng."),
    "closed": gettext_lazy("Đã khóa đợt chi."),
    "returned": gettext_lazy("Đã trả lại người lập."),
    "cancelled": gettext_lazy("Đã hủy đợt chi."),
    "taken_back": gettext_lazy("Đã rút duyệt: các tháng này lập đợt khác được."),
}
_TAKEN: Mapping[str, Promise] = {
    "drawn_up_by": gettext_lazy("đã lập"),
    "checked_by": gettext_lazy("đã kiểm tra"),
    "approved_by": gettext_lazy("đã duyệt"),
    "sent_by": gettext_lazy("đã chi"),
}
USUAL = (
    "drawn_up",
    "checked",
    "approved",
    "sent",
    "reconciled",
    "closed",
)  # The way of a run to which nothing happens.


def _run(request: HttpRequest, pk: int) -> Any:
    """A run of a school within; 404 for every other."""
    return get_object_or_404(steps.within(scope(request)), pk=pk)


@dataclass(frozen=True)
class MonthsAlike:
    """Months in a row of one child and support that are due alike. kind: `pay`, `arrears` (for months before the run's) or
    `back` (more was paid than is due). before, due: đồng a month; document: None where the month is not asked about any more."""

    benefit: str
    months: tuple[Month, ...]
    kind: str
    before_vnd: int
    due_vnd: int
    document: Document | None
    cite: str

    @property
    def amount_vnd(self) -> int:
        return (self.due_vnd - self.before_vnd) * len(self.months)


def stretches(lines: Iterable[Any], since: Any) -> list[MonthsAlike]:
    """Lines of one child, by support and month, put together where they are alike."""
    documents = {document.id: document for document in law.load().documents}
    found: list[MonthsAlike] = []
    for line in lines:
        month = Month.of(line.month)
        kind = "back" if line.amount_vnd < 0 else "arrears" if line.month < since or line.before_vnd else "pay"
        one = MonthsAlike(
            line.benefit,
            (month,),
            kind,
            line.before_vnd,
            line.due_vnd,
            documents.get(line.document),
            "" if line.cite == NO_CLAUSE else line.cite,
        )
        last = found[-1] if found else None
        if last is not None and last == _with(one, last.months) and last.months[-1] + 1 == month:
            found[-1] = _with(one, (*last.months, month))
        else:
            found.append(one)
    return found


def _with(one: MonthsAlike, months: tuple[Month, ...]) -> MonthsAlike:
    return MonthsAlike(one.benefit, months, one.kind, one.before_vnd, one.due_vnd, one.document, one.cite)


@dataclass(frozen=True)
class ChildOfRun:
    """One child of a run with what they are due."""

    person: Person
    school_class: str
    stretches: list[MonthsAlike]

    @property
    def name(self) -> str:
        return (self.person.joined_into or self.person).full_name

    @property
    def pk(self) -> int:
        return self.person.joined_into_id or self.person.pk

    @property
    def amount_vnd(self) -> int:
        return sum(one.amount_vnd for one in self.stretches)


def _children(run: Any, people: Iterable[Person]) -> list[ChildOfRun]:
    shown = list(people)
    keys = [one.pk for one in shown]
    classes = payments.classes(run, keys)
    lines: dict[int, list[Any]] = {}
    for line in payments.lines(run, keys):
        lines.setdefault(line.learner_id, []).append(line)
    return [ChildOfRun(one, classes.get(one.pk, ""), stretches(lines[one.pk], run.since)) for one in shown]


@seen_by(*READERS_OF_MONEY)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps taken, the totals, each child; and what this person may do next, or who must."""
    one = _run(request, pk)
    text = request.GET.get("tim", "")[:100]
    found = payments.children(one, text).select_related("joined_into")
    page = Paginator(found, CHILDREN_ON_A_PAGE).get_page(request.GET.get("trang"))
    benefits = payments.by_benefit(one)
    names, year, period = [name for name, _sums in benefits], SchoolYear(one.year), Span(one.since, one.until)
    offered = steps.steps(one, person(request))
    context = {
        "run": one,
        "months": _months(one),
        "moves": list(one.moves.select_related("by")),
        "ahead": _ahead(one),
        "sums": payments.sums([one]).get(one.pk, payments.Sums()),
        "benefits": benefits,
        "page": page,
        "children": _children(one, page),
        "text": text,
        "offered": [(step, ADDRESSES[step.state], BUTTONS[step.state]) for step in offered if not step.bar],
        "refused": [words for step in offered if (words := _refused(step))],
        "unconfirmed": unconfirmed(payments.grounds(one), year),
        "dates": calendar.dates_for(names, year, period),
        "unknown_dates": calendar.without_rounds(names, year),
        "today": timezone.localdate(),
        "address": address(request),
        **_outcome(one, person(request)),
    }
    return render(request, "desk/run.html", context)


def _outcome(one: Any, me: Any) -> dict[str, Any]:
    """How far the payments of a run are once it was sent, and what this person may do about them."""
    pays = me.role in PAYERS
    found: dict[str, Any] = {"papers": pays and one.state in orders.PAYABLE}
    if one.sent_by_id:
        found["outcome"] = Outcome.of(orders.orders(one))
        found["reasons"] = payments.reasons(one)
        found["reconciles"] = pays and one.state == "sent"
        found["resends"] = one.sent_by_id == me.pk
    return found


def _months(one: Any) -> list[Month]:
    return [Month.of(one.since), Month.of(one.until) + -1]


def _ahead(one: Any) -> list[str]:
    """The states that still lie before a run that goes its usual way; none once it was given up."""
    return list(USUAL[USUAL.index(one.state) + 1 :]) if one.state in USUAL else []


def _refused(step: steps.NextStep) -> str:
    """Why this person does not take the usual next step, and who does. What gives a run up is simply not offered."""
    if not step.bar or step.reasoned:
        return ""
    verb = VERBS[step.state]
    if step.bar == steps.HAND:
        words = {"taken": _TAKEN[step.taken], "verb": verb}
        return _("Bạn %(taken)s đợt chi này, nên không %(verb)s được: phải do người khác với người %(taken)s.") % words
    roles = _(" hoặc ").join(str(ROLE_WORDS[role]) for role in step.roles)
    return _("Bước tiếp theo là %(verb)s, do %(roles)s làm.") % {"verb": verb, "roles": roles}


def _step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """What a step will do, to how much; and doing it. One that this person may not take now is said on the run's page."""
    one = _run(request, pk)
    state = STEPS[step]
    offered = next((each for each in steps.steps(one, person(request)) if each.state == state), None)
    if offered is None or offered.bar:
        words = _refused(offered) if offered else _("Đợt chi đã sang bước khác, không làm được việc này nữa.")
        messages.warning(request, words or _("Vai trò của bạn không làm được việc này."))
        return redirect("desk:run", pk=pk)
    reason = request.POST.get("reason", "").strip()[:1000]
    lacking = request.method == "POST" and offered.reasoned and not reason
    if request.method == "POST" and not lacking:
        try:
            steps.take(one, state, by=person(request), at=timezone.now(), reason=reason)
            messages.success(request, str(DONE[state]))
        except PaymentError as wrong:
            messages.error(request, wrong.en if english() else wrong.vi)
        return redirect("desk:run", pk=pk)
    context = {
        "run": one,
        "months": _months(one),
        "state": state,
        "button": BUTTONS[state],
        "reasoned": offered.reasoned,
        "lacking": lacking,
        "sums": payments.sums([one]).get(one.pk, payments.Sums()),
        "unconfirmed": unconfirmed(payments.grounds(one), SchoolYear(one.year))
        if state in ("checked", "approved")
        else [],
        "to_send": payments.to_send_vnd(one) if state == "sent" else None,
    }
    return render(request, "desk/run_step.html", context)


@seen_by(CLERK, SPECIALIST, LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Check, close, give back or cancel a run."""
    return _step(request, pk, step)


@seen_by(CLERK, SPECIALIST, LEADER, second_factor=True)
@require_http_methods(["GET", "HEAD", "POST"])
def step_of_money(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Approve a run, send it, or take an approval back: what is written into the ledger."""
    return _step(request, pk, step)


urlpatterns = [
    path("dot-chi/<int:pk>/", run, name="run"),
    re_path(r"^dot-chi/(?P<pk>\d+)/(?P<step>kiem-tra|khoa|tra-lai|huy)/$", step, name="run-step"),
    re_path(r"^dot-chi/(?P<pk>\d+)/(?P<step>duyet|chi|rut-duyet)/$", step_of_money, name="run-money"),
]
