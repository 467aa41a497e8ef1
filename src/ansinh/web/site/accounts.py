"""The pages of one's own account: sign-in, second factor, sessions, password, and taking up an invitation.

The views are allauth's; here they are given our templates, and said who may see them. `MINE` are needed by a person who has yet
to set up a second factor.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import LogoutView
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from ansinh.web.access import EVERYONE, SIGNED_IN, View, seen_by
from ansinh.web.registry import accounts
from ansinh.web.registry.models import AccountAct, User
from ansinh.web.registry.queries import invitation_of
from ansinh.web.site.second_factor import lacks_second_factor


class Logged:
    """A form whose success is written to the log of accounts, as the person's own act."""

    act: AccountAct

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        accounts.record_own(act=self.act, account=self.request.user, at=timezone.now())  # type: ignore[attr-defined]
        return response


class PasswordChange(Logged, account.PasswordChangeView):  # type: ignore[misc]
    """allauth's, which keeps this session and ends all others. Who has no password yet takes up an invitation."""

    act = AccountAct.PASSWORD_CHANGED

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not cast(User, request.user).has_usable_password():
            raise PermissionDenied
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))

    def get_default_success_url(self) -> str:
        return reverse("password-done")


class TotpRemoval(Logged, totp.DeactivateTOTPView):  # type: ignore[misc]
    act = AccountAct.FACTOR_REMOVED


class PasskeySetUp(Logged, passkey.AddWebAuthnView):  # type: ignore[misc]
    act = AccountAct.FACTOR_ADDED


class PasskeyRemoval(Logged, passkey.RemoveWebAuthnView):  # type: ignore[misc]
    act = AccountAct.FACTOR_REMOVED


class Mine(second.IndexView):  # type: ignore[misc]
    """One's own account: who one is, the second factor, where to change the password and to see the sessions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "lacks": lacks_second_factor(self.request.user)}


class TotpSetUp(Logged, totp.ActivateTOTPView):  # type: ignore[misc]
    """The picture to scan stands in the page itself: the policy of our headers lets in no `data:` picture."""

    act = AccountAct.FACTOR_ADDED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return {**found, "picture": found["totp_svg"].partition("?>")[2]}


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    """Where one is signed in. A post ends the session named, or all but this one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        named = request.POST.get("phien", "")
        if not named:
            return cast(HttpResponseBase, super().post(request, *args, **kwargs))
        mine = UserSession.objects.filter(user=request.user)
        end_sessions(request, list(mine.filter(pk=named) if named.isdecimal() else mine.none()))
        messages.info(request, _("Đã đăng xuất nơi đó."))
        return HttpResponseRedirect(self.get_success_url())


@seen_by(EVERYONE)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the password of the account one was invited to. A link that is used up, or no link of ours, says so."""
    now = timezone.now()
    found = invitation_of(token, now)
    if found is None:
        return render(request, "site/account/invitation_gone.html", status=410)
    form = SetPasswordForm(found.account, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.take_up(invitation=found, password=form.cleaned_data["new_password1"], at=now)
        except ValidationError:
            return render(request, "site/account/invitation_gone.html", status=410)
        # Whoever had locked themself out with the forgotten password may sign in with the new one at once.
        get_adapter()._delete_login_attempts_cached_email(request, username=found.account.username)
        logout(request)
        messages.success(request, _("Đã đặt mật khẩu. Mời đăng nhập."))
        return redirect("sign-in")
    return render(request, "site/account/invitation.html", {"form": form, "invitation": found})


def _page(name: str, view: Any) -> View:
    shown: View = view.as_view(template_name=f"site/account/{name}")
    return shown


OPEN = seen_by(EVERYONE)
MINE = seen_by(SIGNED_IN, before_second_factor=True)

sign_in = OPEN(_page("sign_in.html", account.LoginView))
second_step = OPEN(_page("second_step.html", second.AuthenticateView))
passkey_sign_in = OPEN(passkey.LoginWebAuthnView.as_view())
suspended = OPEN(_page("suspended.html", account.AccountInactiveView))
sign_out = OPEN(LogoutView.as_view())

password = MINE(_page("password.html", PasswordChange))
password_done = MINE(_page("password_done.html", TemplateView))
mine = MINE(_page("mine.html", Mine))
sessions = MINE(_page("sessions.html", Sessions))
confirm = MINE(_page("confirm.html", account.ReauthenticateView))
confirm_code = MINE(_page("confirm_code.html", second.ReauthenticateView))
confirm_passkey = MINE(_page("confirm_passkey.html", passkey.ReauthenticateWebAuthnView))
totp_set_up = MINE(_page("totp.html", TotpSetUp))
totp_remove = MINE(_page("totp_remove.html", TotpRemoval))
passkey_add = MINE(_page("passkey.html", PasskeySetUp))
passkey_remove = MINE(_page("passkey_remove.html", PasskeyRemoval))
recovery_codes = MINE(_page("codes.html", codes.ViewRecoveryCodesView))
recovery_codes_new = MINE(_page("codes_new.html", codes.GenerateRecoveryCodesView))
recovery_codes_file = MINE(_page("codes.txt", codes.DownloadRecoveryCodesView))
