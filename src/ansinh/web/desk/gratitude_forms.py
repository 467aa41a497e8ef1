"""What the screens of gratitude ask: one form a page, with amounts and days as people here write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ansinh.core.dates import Month
from ansinh.core.money import format_whole
from ansinh.web.desk.asked import day
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_care_actions import CYCLES

MOST_VND = 10**12
CYCLE_WORDS = {1: _("Hằng tháng"), 3: _("Ba tháng một lần"), 6: _("Sáu tháng một lần"), 12: _("Mỗi năm một lần")}


@dataclass(frozen=True)
class Page:
    """A page that asks for one thing: what it says, and where it leads back to."""

    title: str
    button: str
    back: str
    back_words: str
    lead: str = ""
    notes: tuple[str, ...] = ()


def ask(request: HttpRequest, form: forms.Form, page: Page, act: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """Show a form; when it is sent and right, do the act and go back with what it says. A refusal keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except PaymentError as refused:
            form.add_error(None, words(refused))
        else:
            messages.success(request, said)
            return redirect(page.back)
    status = 422 if form.errors else 200
    return render(request, "desk/gratitude_form.html", {"form": form, "page": page}, status=status)


def words(refused: PaymentError) -> str:
    """Why something was refused, in the language of the page."""
    return refused.en if get_language() == "en" else refused.vi


def vnd(text: str) -> int:
    """`1.200.000`, `1 200 000 đ` or `1200000` → đồng; ValueError for what is not a whole amount."""
    bare = re.sub(r"[\s  ]|đ(ồng)?$", "", text.strip().lower())
    if not re.fullmatch(r"\d+|\d{1,3}([.,]\d{3})+", bare):
        raise ValueError(text)
    return int(re.sub(r"[.,]", "", bare))


class AmountField(forms.CharField):
    """Whole đồng, with or without dots."""

    def __init__(self, *, least: int = 1, **named: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **named)
        self.least = least

    def prepare_value(self, value: Any) -> Any:
        return format_whole(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = vnd(text)
        except ValueError:
            amount = -1
        if not self.least <= amount <= MOST_VND:
            raise forms.ValidationError(
                _("“%(text)s” không phải số tiền. Hãy ghi số đồng, ví dụ 500.000.") % {"text": text}
            )
        return amount


class DayField(forms.DateField):
    """A day, by the browser's own field or typed as 05/09/2025."""

    def __init__(self, **named: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=("%Y-%m-%d", "%d/%m/%Y"), **named)


class MonthField(forms.CharField):
    """A month, as 9/2025 or 2025-09."""

    def __init__(self, **named: Any) -> None:
        super().__init__(max_length=10, widget=forms.TextInput(attrs={"placeholder": "9/2025"}), **named)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.month}/{value.year}" if isinstance(value, Month) else value

    def clean(self, value: Any) -> Month | None:
        text = super().clean(value)
        if not text:
            return None
        found = day(f"01/{text.strip()}") or day(f"{text.strip()}-01")
        if found is None:
            raise forms.ValidationError(_("“%(text)s” không phải tháng. Hãy ghi như 9/2025.") % {"text": text})
        return Month.of(found)


def reason() -> forms.CharField:
    return forms.CharField(label=_("Lý do"), max_length=300)


class ReasonForm(forms.Form):
    """Why."""

    reason = reason()


class FromMonthForm(ReasonForm):
    """From a month on, and why."""

    month = MonthField(label=_("Từ tháng"))
    field_order = ("month", "reason")


class OnDayForm(ReasonForm):
    """From a day on, and why."""

    on = DayField(label=_("Từ ngày"))
    field_order = ("on", "reason")


class DeathForm(forms.Form):
    """The day of death."""

    on = DayField(label=_("Ngày từ trần"))


class MotherForm(forms.Form):
    """A Mother's own row."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    birth_year = forms.IntegerField(label=_("Năm sinh"), min_value=1850, max_value=2100)
    area: Any = forms.ModelChoiceField(label=_("Xã, phường"), queryset=None, empty_label=_("Chọn xã, phường"))
    address = forms.CharField(label=_("Nơi ở (chỉ người phụ trách xem được)"), max_length=200, required=False)
    title_decision = forms.CharField(label=_("Số quyết định phong tặng"), max_length=100, required=False)
    title_on = DayField(label=_("Ngày quyết định"), required=False)
    carer = forms.CharField(label=_("Người chăm sóc"), max_length=120, required=False)
    carer_phone = forms.CharField(label=_("Điện thoại người chăm sóc"), max_length=20, required=False)
    health = forms.CharField(label=_("Ghi chú sức khỏe (chỉ người phụ trách xem được)"), max_length=300, required=False)
    public = forms.BooleanField(label=_("Gia đình đã đồng ý để nêu tên Mẹ công khai"), required=False)

    def __init__(self, areas: Any, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = areas


class TermsForm(forms.Form):
    """How much, how often, and out of which pocket."""

    amount_vnd = AmountField(label=_("Mức mỗi kỳ (đồng)"))
    cycle_months = forms.TypedChoiceField(
        label=_("Kỳ trao"), coerce=int, choices=[(n, CYCLE_WORDS[n]) for n in CYCLES], initial=1
    )
    source_1 = forms.CharField(label=_("Nguồn kinh phí thứ nhất"), max_length=100, required=False)
    share_1 = AmountField(label=_("Phần của nguồn thứ nhất (đồng)"), required=False)
    source_2 = forms.CharField(label=_("Nguồn kinh phí thứ hai"), max_length=100, required=False)
    share_2 = AmountField(label=_("Phần của nguồn thứ hai (đồng)"), required=False)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        for n in (1, 2):
            if bool(kept.get(f"source_{n}")) != bool(kept.get(f"share_{n}")):
                self.add_error(f"share_{n}", _("Mỗi nguồn kinh phí cần cả tên và số tiền."))
        return kept

    @property
    def terms(self) -> dict[str, Any]:
        """As the verbs take them."""
        kept = self.cleaned_data
        pairs = [(kept[f"source_{n}"], kept[f"share_{n}"]) for n in (1, 2) if kept.get(f"source_{n}")]
        return {"amount_vnd": kept["amount_vnd"], "cycle_months": kept["cycle_months"], "sources": pairs}


class NewTermsForm(TermsForm):
    """Other terms from a month on."""

    month = MonthField(label=_("Từ tháng"))
    field_order = ("month",)


class CommitForm(TermsForm):
    """A sponsor takes it upon itself."""

    sponsor = forms.CharField(label=_("Đơn vị nhận phụng dưỡng"), max_length=200)
    since = DayField(label=_("Nhận phụng dưỡng từ ngày"))
    certificate = forms.CharField(
        label=_("Số văn bản hoặc giấy chứng nhận phụng dưỡng"), max_length=100, required=False
    )
    contact = forms.CharField(label=_("Người liên hệ của đơn vị"), max_length=200, required=False)
    field_order = ("sponsor", "since", "amount_vnd", "cycle_months")


class TransferForm(TermsForm):
    """Another sponsor takes over."""

    sponsor = forms.CharField(label=_("Đơn vị nhận thay"), max_length=200)
    month = MonthField(label=_("Từ tháng"))
    reason = reason()
    certificate = forms.CharField(
        label=_("Số văn bản hoặc giấy chứng nhận phụng dưỡng"), max_length=100, required=False
    )
    contact = forms.CharField(label=_("Người liên hệ của đơn vị"), max_length=200, required=False)
    field_order = ("sponsor", "month", "reason", "amount_vnd", "cycle_months")


class PayForm(forms.Form):
    """Money that reached a Mother."""

    month = MonthField(label=_("Cho kỳ bắt đầu từ tháng"))
    amount_vnd = AmountField(label=_("Số tiền (đồng)"))
    on = DayField(label=_("Ngày trao"))
    payer = forms.CharField(label=_("Người trao"), max_length=120, required=False)
    reference = forms.CharField(label=_("Người ký nhận, hoặc số chứng từ ngân hàng"), max_length=200)
    evidence = forms.FileField(
        label=_("Ảnh hoặc bản chụp chứng từ (PDF, JPG, PNG, không quá 5 MB; có thể để trống)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    @property
    def file(self) -> tuple[bytes | None, str]:
        """The bytes and the name of the evidence."""
        kept: UploadedFile[bytes] | None = self.cleaned_data.get("evidence")
        return (kept.read(), str(kept.name)) if kept else (None, "")


class GiftForm(forms.Form):
    """A visit or a work."""

    occasion = forms.ChoiceField(label=_("Dịp"))
    on = DayField(label=_("Ngày"))
    giver = forms.CharField(label=_("Đơn vị, đoàn thăm hoặc tặng"), max_length=200)
    what = forms.CharField(label=_("Quà tặng, công trình"), max_length=300, required=False)
    cash_vnd = AmountField(label=_("Tiền mặt (đồng)"), least=0, required=False)
    things_vnd = AmountField(label=_("Giá trị hiện vật hoặc công trình (đồng)"), least=0, required=False)

    def __init__(self, occasions: Any, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["occasion"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn dịp")), *occasions]


def terms_of(newest: Any) -> Mapping[str, Any]:
    """A form's first values from the terms in force."""
    if newest is None:
        return {}
    first: dict[str, Any] = {"amount_vnd": newest.amount_vnd, "cycle_months": newest.cycle_months}
    for n, (whose, share) in enumerate(newest.sources[:2], start=1):
        first |= {f"source_{n}": whose, f"share_{n}": share}
    return first
