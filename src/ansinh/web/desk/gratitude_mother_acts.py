"""What a specialist writes in the register of Heroic Mothers: each act a page that asks, and can be taken back by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ansinh.core.dates import Month
from ansinh.core.money import format_vnd
from ansinh.web.access import SPECIALIST, seen_by
from ansinh.web.desk import gratitude_forms as asks
from ansinh.web.desk.asked import person, scope
from ansinh.web.payments import gratitude_care_actions as actions
from ansinh.web.payments import gratitude_care_queries as queries

Does = Callable[[dict[str, Any]], str]


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": person(request), "at": timezone.now()}


def _form(request: HttpRequest, kind: Any, *first: Any, **initial: Any) -> Any:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return kind(*first, *sent, initial=initial)


def _page(mother: Any, title: str, button: str, lead: str = "") -> asks.Page:
    return asks.Page(title, button, reverse("desk:mother", args=[mother.pk]), str(mother), lead)


_WRITES = (seen_by(SPECIALIST), require_http_methods(["GET", "HEAD", "POST"]))


def _writes(view: Any) -> Any:
    return _WRITES[0](_WRITES[1](view))


@_writes
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a Mother in the register."""
    form = _form(request, asks.MotherForm, scope(request).areas_written())
    page = asks.Page(
        _("Thêm một Mẹ vào sổ"), _("Ghi vào sổ"), reverse("desk:mothers"), _("Mẹ Việt Nam anh hùng"),
        _("Nơi ở, người chăm sóc và sức khỏe chỉ người phụ trách xem được, và mỗi lần xem được ghi lại."),
    )  # fmt: skip

    def act(kept: dict[str, Any]) -> str:
        made = actions.register(**kept, **_by(request))
        return _("Đã ghi Mẹ %(name)s vào sổ.") % {"name": made}

    return asks.ask(request, form, page, act)


@_writes
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a Mother's row up to date."""
    one = get_object_or_404(queries.mothers(scope(request)), pk=pk)
    names = ("full_name", "birth_year", "area", "address", "title_decision", "title_on", "carer", "carer_phone", "health",
             "public")  # fmt: skip
    form = _form(
        request, asks.MotherForm, scope(request).areas_written(), **{name: getattr(one, name) for name in names}
    )

    def act(kept: dict[str, Any]) -> str:
        actions.amend(mother=one, **kept, **_by(request))
        return _("Đã ghi thông tin mới.")

    return asks.ask(request, form, _page(one, _("Sửa thông tin"), _("Ghi thông tin mới")), act)


@_writes
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """A sponsor takes it upon itself to care for a Mother."""
    one = get_object_or_404(queries.mothers(scope(request)), pk=pk)
    form = _form(request, asks.CommitForm)
    lead = _("Một Mẹ có thể có nhiều đơn vị cùng phụng dưỡng: mỗi đơn vị là một cam kết riêng.")

    def act(kept: dict[str, Any]) -> str:
        about = {name: kept[name] for name in ("sponsor", "since", "certificate", "contact")}
        actions.commit(mother=one, **about, **form.terms, **_by(request))
        return _("Đã ghi cam kết của %(sponsor)s.") % {"sponsor": kept["sponsor"]}

    return asks.ask(request, form, _page(one, _("Ghi đơn vị nhận phụng dưỡng"), _("Ghi cam kết"), lead), act)


@_writes
def death(request: HttpRequest, pk: int) -> HttpResponse:
    """A Mother has died; where it stands as recorded, that it was recorded by mistake."""
    one = get_object_or_404(queries.mothers(scope(request)), pk=pk)
    if one.died_on:
        form = _form(request, asks.ReasonForm)
        page = _page(one, _("Bỏ ngày từ trần đã ghi nhầm"), _("Bỏ ngày từ trần"),
                     _("Các cam kết đã kết thúc cùng ngày ấy được mở lại."))  # fmt: skip

        def act(kept: dict[str, Any]) -> str:
            n = actions.undo_death(mother=one, reason=kept["reason"], **_by(request))
            return ngettext("Đã mở lại %(n)s cam kết.", "Đã mở lại %(n)s cam kết.", n) % {"n": n}
    else:
        form = _form(request, asks.DeathForm)
        lead = _("Mọi cam kết kết thúc; kỳ bắt đầu trong tháng Mẹ mất vẫn phải trao. Ghi nhầm thì bỏ được.")
        page = _page(one, _("Ghi ngày Mẹ từ trần"), _("Ghi ngày từ trần"), lead)

        def act(kept: dict[str, Any]) -> str:
            n = actions.record_death(mother=one, on=kept["on"], **_by(request))
            return ngettext(
                "Đã ghi ngày từ trần và kết thúc %(n)s cam kết.", "Đã ghi ngày từ trần và kết thúc %(n)s cam kết.", n
            ) % {"n": n}

    return asks.ask(request, form, page, act)


@_writes
def gift(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit or a work."""
    one = get_object_or_404(queries.mothers(scope(request)), pk=pk)
    form = _form(request, asks.GiftForm, queries.OCCASIONS.choices, on=timezone.localdate())

    def act(kept: dict[str, Any]) -> str:
        kept |= {name: kept[name] or 0 for name in ("cash_vnd", "things_vnd")}
        actions.give(mother=one, **kept, **_by(request))
        return _("Đã ghi lần thăm, tặng.")

    return asks.ask(request, form, _page(one, _("Ghi thăm hỏi, quà tặng hoặc công trình"), _("Ghi lại")), act)


@_writes
def gift_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit or a work was recorded by mistake."""
    one = get_object_or_404(queries.gifts(scope(request)), pk=pk)
    lead = _("%(what)s ngày %(day)s sẽ không còn được tính. Cả hai lần ghi đều còn đọc được.") % {
        "what": one.get_occasion_display(), "day": f"{one.on:%d/%m/%Y}"
    }  # fmt: skip

    def act(kept: dict[str, Any]) -> str:
        actions.take_gift_back(gift=one, reason=kept["reason"], **_by(request))
        return _("Đã thu lại.")

    page = _page(one.mother, _("Thu lại lần ghi thăm, tặng"), _("Thu lại lần ghi này"), lead)
    return asks.ask(request, _form(request, asks.ReasonForm), page, act)


@_writes
def payment_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment was recorded by mistake."""
    one = get_object_or_404(queries.payments(scope(request)), pk=pk)
    lead = _("%(amount)s cho kỳ từ tháng %(month)s sẽ không còn được tính. Cả hai lần ghi đều còn đọc được.") % {
        "amount": format_vnd(one.amount_vnd), "month": f"{one.month.month}/{one.month.year}"
    }  # fmt: skip

    def act(kept: dict[str, Any]) -> str:
        actions.take_payment_back(payment=one, reason=kept["reason"], **_by(request))
        return _("Đã thu lại lần trao.")

    page = _page(one.commitment.mother, _("Thu lại lần trao ghi nhầm"), _("Thu lại lần trao này"), lead)
    return asks.ask(request, _form(request, asks.ReasonForm), page, act)


@_writes
def commitment(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One of the acts upon a commitment."""
    found = queries.care_of(get_object_or_404(queries.commitments(scope(request)), pk=pk), timezone.localdate())
    form, page, act = _OF_A_COMMITMENT[what](request, found)
    return asks.ask(request, form, page, act)


Asked = tuple[Any, asks.Page, Does]


def _pay(request: HttpRequest, found: queries.Care) -> Asked:
    # The oldest period that is missed comes first, else the next that has begun and is not paid.
    unpaid = [one for one in found.periods if one.paid_vnd < one.due_vnd]
    first = {"month": unpaid[0].month, "amount_vnd": unpaid[0].due_vnd - unpaid[0].paid_vnd} if unpaid else {}
    form = _form(request, asks.PayForm, on=timezone.localdate(), **first)
    lead = found.commitment.sponsor

    def act(kept: dict[str, Any]) -> str:
        data, name = form.file
        kept.pop("evidence")
        actions.pay(commitment=found.commitment, **kept, evidence=data, evidence_name=name, **_by(request))
        return _("Đã ghi %(amount)s.") % {"amount": format_vnd(kept["amount_vnd"])}

    return form, _page(found.commitment.mother, _("Ghi tiền đã trao"), _("Ghi lần trao"), lead), act


def _terms(request: HttpRequest, found: queries.Care) -> Asked:
    form = _form(request, asks.NewTermsForm, month=Month.of(timezone.localdate()), **asks.terms_of(found.terms))
    lead = _("Các kỳ trước tháng này giữ mức cũ. Ghi lại cùng tháng thì lần ghi sau thay lần trước.")

    def act(kept: dict[str, Any]) -> str:
        actions.change_terms(commitment=found.commitment, since=kept["month"], **form.terms, **_by(request))
        return _("Đã ghi mức mới.")

    return form, _page(found.commitment.mother, _("Đổi mức hoặc kỳ trao"), _("Ghi mức mới"), lead), act


def _suspend(request: HttpRequest, found: queries.Care) -> Asked:
    missed = found.missed
    first = missed[0].month if missed else Month.of(timezone.localdate())
    lead = _("Từ tháng này không kỳ nào phải trao, cho đến khi ghi tiếp tục. Tiếp tục từ chính tháng ấy là hoàn tác.")

    def act(kept: dict[str, Any]) -> str:
        actions.suspend(commitment=found.commitment, **kept, **_by(request))
        return _("Đã ghi tạm dừng.")

    form = _form(request, asks.FromMonthForm, month=first)
    return form, _page(found.commitment.mother, _("Tạm dừng cam kết"), _("Tạm dừng"), lead), act


def _resume(request: HttpRequest, found: queries.Care) -> Asked:
    def act(kept: dict[str, Any]) -> str:
        actions.resume(commitment=found.commitment, **kept, **_by(request))
        return _("Đã ghi tiếp tục.")

    form = _form(request, asks.FromMonthForm, month=Month.of(timezone.localdate()))
    return form, _page(found.commitment.mother, _("Tiếp tục cam kết"), _("Tiếp tục")), act


def _close(request: HttpRequest, found: queries.Care) -> Asked:
    lead = _(
        "Từ ngày này không kỳ nào bắt đầu nữa, ví dụ khi đơn vị giải thể hoặc gia đình xin thôi. Ghi nhầm thì mở lại được."
    )

    def act(kept: dict[str, Any]) -> str:
        actions.close(commitment=found.commitment, **kept, **_by(request))
        return _("Đã ghi kết thúc.")

    form = _form(request, asks.OnDayForm, on=timezone.localdate())
    return form, _page(found.commitment.mother, _("Kết thúc cam kết"), _("Kết thúc"), lead), act


def _reopen(request: HttpRequest, found: queries.Care) -> Asked:
    def act(kept: dict[str, Any]) -> str:
        actions.reopen(commitment=found.commitment, **kept, **_by(request))
        return _("Đã mở lại cam kết.")

    form = _form(request, asks.ReasonForm)
    return form, _page(found.commitment.mother, _("Mở lại cam kết"), _("Mở lại")), act


def _transfer(request: HttpRequest, found: queries.Care) -> Asked:
    missed = found.missed
    first = missed[0].month if missed else Month.of(timezone.localdate())
    form = _form(request, asks.TransferForm, month=first, **asks.terms_of(found.terms))
    lead = _("%(sponsor)s thôi từ tháng này, đơn vị mới nhận tiếp: không tháng nào phải trao hai lần.") % {
        "sponsor": found.commitment.sponsor
    }

    def act(kept: dict[str, Any]) -> str:
        about = {name: kept[name] for name in ("sponsor", "reason", "certificate", "contact")}
        actions.transfer(commitment=found.commitment, since=kept["month"], **about, **form.terms, **_by(request))
        return _("Đã chuyển cho %(sponsor)s.") % {"sponsor": kept["sponsor"]}

    return form, _page(found.commitment.mother, _("Chuyển cho đơn vị khác"), _("Chuyển"), lead), act


_OF_A_COMMITMENT: dict[str, Callable[[HttpRequest, queries.Care], Asked]] = {
    "trao": _pay,
    "muc": _terms,
    "tam-dung": _suspend,
    "tiep-tuc": _resume,
    "ket-thuc": _close,
    "mo-lai": _reopen,
    "chuyen": _transfer,
}
