"""The administrator's screens: who has an account, what they may see, who was invited; and each act upon an account."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from itertools import islice
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ansinh.web.access import ADMINISTRATOR, READERS, ROLE_WORDS, seen_by
from ansinh.web.registry import accounts, queries
from ansinh.web.registry.models import AccountEvent, Area, Invitation, School, User

ACCOUNTS_ON_A_PAGE = 50
PLACES_SHOWN = 20
EVENTS_SHOWN = 100


class InviteForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), choices=[("", gettext_lazy("Chọn vai trò")), *ROLE_WORDS.items()]
    )

    class Meta:
        model = User
        fields = ("full_name", "username", "email", "role")
        labels: ClassVar = {
            "full_name": gettext_lazy("Họ tên"),
            "username": gettext_lazy("Tên đăng nhập"),
            "email": gettext_lazy("Thư điện tử (nếu có, để gửi lời mời)"),
        }
        help_texts: ClassVar = {"username": gettext_lazy("Chữ không dấu, số và các dấu . _ - ; không đổi được về sau.")}
        error_messages: ClassVar = {
            "username": {"unique": gettext_lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        plain = gettext_lazy("Tên đăng nhập chỉ gồm chữ không dấu, số và các dấu . _ - +, không có khoảng trống.")
        self.fields["username"].validators.append(ASCIIUsernameValidator(message=plain))


class DaysForm(forms.Form):
    """From a day until another, as a browser's date field or a typed day sends them."""

    since = forms.DateField(input_formats=("%Y-%m-%d", "%d/%m/%Y"))
    until = forms.DateField(input_formats=("%Y-%m-%d", "%d/%m/%Y"), required=False)


@seen_by(ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Every account, and the invitations that are out."""
    now = timezone.now()
    text, role = request.GET.get("tim", "")[:100], request.GET.get("vai-tro", "")
    found = queries.accounts_like(now, text, role if role in ROLE_WORDS else "")
    context = {
        "page": Paginator(found, ACCOUNTS_ON_A_PAGE).get_page(request.GET.get("trang")),
        "address": _address(request),
        "text": text,
        "role": role,
        "roles": ROLE_WORDS,
        "invitations": queries.open_invitations(now),
        "today": timezone.localdate(),
    }
    return render(request, "desk/people.html", context)


def _address(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


@seen_by(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Name a new person; what they may see is granted on the page this leads to."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = accounts.invite(**form.cleaned_data, by=_me(request), at=timezone.now())
        _send(request, sent)
        return redirect("desk:person", pk=sent.account_id)
    status = 422 if form.errors else 200
    return render(request, "desk/invite.html", {"form": form}, status=status)


@seen_by(ADMINISTRATOR)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its state, its scope, what can be done to it, and everything that was."""
    now = timezone.now()
    account = get_object_or_404(queries.accounts(now), pk=pk)
    invitation = queries.open_invitations(now).filter(account=account).first()
    text = request.GET.get("tim", "")[:100]
    places = list(islice(queries.places_like(text), PLACES_SHOWN + 1)) if text.strip() else []
    context = {
        "account": account,
        "own": account == request.user,
        "reads": account.role in READERS,
        "invitation": invitation,
        "link": _link(request, invitation) if invitation else "",
        "grants": sorted(account.grants.all(), key=lambda grant: (str(grant), grant.since)),
        "text": text,
        "places": [
            (f"{'school' if isinstance(one, School) else 'area'}-{one.pk}", one) for one in places[:PLACES_SHOWN]
        ],
        "more": len(places) > PLACES_SHOWN,
        "roles": ROLE_WORDS,
        "today": timezone.localdate(),
        "events": AccountEvent.objects.filter(account=account).select_related("by")[:EVENTS_SHOWN],
    }
    return render(request, "desk/person.html", context)


Act = Callable[[HttpRequest, User], str]


def _act(act: Act) -> Callable[..., HttpResponse]:
    """A view that does one thing to one account, says that it is done, or why not, and goes back to the account's page."""

    @seen_by(ADMINISTRATOR)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        account = get_object_or_404(User, pk=pk)
        try:
            messages.success(request, act(request, account))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("desk:person", pk=pk)

    return cast(Callable[..., HttpResponse], view)


@_act
def invite_again(request: HttpRequest, account: User) -> str:
    _send(request, accounts.invite_again(account=account, by=_me(request), at=timezone.now()))
    return _("Đã tạo đường dẫn mới. Đường dẫn cũ không còn dùng được.")


@_act
def withdraw_invitation(request: HttpRequest, account: User) -> str:
    now = timezone.now()
    for invitation in queries.open_invitations(now).filter(account=account):
        accounts.withdraw_invitation(invitation=invitation, by=_me(request), at=now)
    return _("Đã thu hồi lời mời.")


@_act
def change_role(request: HttpRequest, account: User) -> str:
    accounts.change_role(account=account, role=request.POST.get("role", ""), by=_me(request), at=timezone.now())
    return _("Đã đổi vai trò.")


@_act
def grant(request: HttpRequest, account: User) -> str:
    days = _days(request)
    place = _place(request.POST.get("place", ""))
    accounts.grant(account=account, place=place, **days, by=_me(request), at=timezone.now())
    return _("Đã cấp %(place)s.") % {"place": place}


@_act
def end_grant(request: HttpRequest, account: User) -> str:
    number = request.POST.get("grant", "")
    given = account.grants.filter(pk=number).first() if number.isdecimal() else None
    if given is None:
        raise Http404
    until = DaysForm({"since": request.POST.get("until", "")})
    if not until.is_valid():
        raise ValidationError(_("Hãy ghi ngày thôi cấp, ví dụ 31/05/2026."))
    accounts.end_grant(given=given, until=until.cleaned_data["since"], by=_me(request), at=timezone.now())
    return _("Đã ghi ngày thôi cấp %(place)s.") % {"place": given}


@_act
def suspend(request: HttpRequest, account: User) -> str:
    accounts.suspend(account=account, by=_me(request), at=timezone.now())
    return _("Đã tạm dừng tài khoản và đăng xuất mọi nơi.")


@_act
def restore(request: HttpRequest, account: User) -> str:
    accounts.restore(account=account, by=_me(request), at=timezone.now())
    return _("Đã mở lại tài khoản.")


@_act
def clear_second_factor(request: HttpRequest, account: User) -> str:
    accounts.clear_second_factor(account=account, by=_me(request), at=timezone.now())
    return _("Đã bỏ bước xác thực thứ hai. Người này sẽ được mời đặt lại khi đăng nhập.")


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


def _days(request: HttpRequest) -> dict[str, Any]:
    form = DaysForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Hãy ghi ngày bắt đầu, ví dụ 05/09/2025; ngày thôi cấp có thể để trống."))
    return form.cleaned_data


def _place(named: str) -> School | Area:
    """The school or area that a button of the page names; 404 for anything else."""
    kind, _dash, number = named.partition("-")
    if kind not in ("school", "area") or not number.isdecimal():
        raise Http404
    return get_object_or_404(School, pk=number) if kind == "school" else get_object_or_404(Area, pk=number)


def _link(request: HttpRequest, invitation: Invitation) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[queries.token_of(invitation)]))


def _send(request: HttpRequest, invitation: Invitation) -> None:
    """Mail the link where there is an address. A mail server that fails loses nothing: the page shows the link."""
    account = invitation.account
    if not account.email:
        return
    letters = []
    for language in ("vi", "en"):
        with override(language):
            letters.append(
                _(
                    "Chào %(name)s,\n\nBạn được mời dùng An Sinh với tên đăng nhập %(username)s. Hãy mở đường dẫn này để đặt "
                    "mật khẩu, trước %(until)s:\n%(link)s\n\nNếu không phải bạn, hãy bỏ qua thư này."
                )
                % {
                    "name": account,
                    "username": account.username,
                    "until": f"{timezone.localtime(invitation.until):%d/%m/%Y %H:%M}",
                    "link": _link(request, invitation),
                }
            )
    try:
        send_mail("An Sinh", "\n\n— — —\n\n".join(letters), None, [account.email])
    except (OSError, smtplib.SMTPException):
        messages.error(request, _("Chưa gửi được thư. Hãy tự đưa đường dẫn dưới đây cho người được mời."))
