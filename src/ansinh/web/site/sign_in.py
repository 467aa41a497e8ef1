"""What allauth asks of us: our words, our rules, our seals. The pages are in accounts.py and templates/site/account."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ansinh.web.registry import sealed

JUST_NOW_SECONDS = 5 * 60
# allauth names its messages by template; one that is not here is not shown.
MESSAGES = {
    "mfa/messages/totp_activated.txt": gettext_lazy("Đã đặt ứng dụng tạo mã."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Đã bỏ ứng dụng tạo mã."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Đã thêm khóa truy cập."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Đã bỏ khóa truy cập."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("Đã tạo bộ mã dự phòng mới."),
    "usersessions/messages/sessions_logged_out.txt": gettext_lazy("Đã đăng xuất mọi nơi khác."),
}
WAYS_TO_CONFIRM = {
    "reauthenticate": gettext_lazy("mật khẩu"),
    "mfa_reauthenticate": gettext_lazy("mã của ứng dụng, hoặc mã dự phòng"),
    "mfa_reauthenticate:webauthn": gettext_lazy("khóa truy cập"),
}
_WRONG_CODE = gettext_lazy(
    "Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trong ứng dụng, hoặc một mã dự phòng chưa dùng."
)


class LongEnough(MinimumLengthValidator):
    """Django's rule, whose message has no Vietnamese in Django."""

    def get_error_message(self) -> str:
        least = self.min_length
        said = ngettext("Mật khẩu phải có ít nhất %(n)d ký tự.", "Mật khẩu phải có ít nhất %(n)d ký tự.", least)
        return said % {"n": least}


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form under the field names that browsers have kept passwords by."""

    def add_prefix(self, field_name: str) -> str:
        return str(super().add_prefix("username" if field_name == "login" else field_name))


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in, with our words; the last sign-in is told, so that a stranger's is noticed."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Tài khoản này đang tạm dừng."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": gettext_lazy("Mật khẩu không đúng."),
        # One sentence for a wrong name and a wrong password: whether a name exists is told to nobody.
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": gettext_lazy(
            "Đã nhập sai nhiều lần. Hãy thử lại sau 15 phút, hoặc nhờ người quản trị cấp đường dẫn đặt lại mật khẩu."
        ),
        "rate_limited": gettext_lazy("Yêu cầu gửi quá dày. Hãy đợi vài phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        before = user.last_login
        super().login(request, user)
        if before:
            when = date_format(timezone.localtime(before), "d/m/Y H:i")
            messages.info(
                request, _("Lần đăng nhập trước: %(when)s. Nếu không phải bạn, hãy đổi mật khẩu.") % {"when": when}
            )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        words = kwargs.get("message") or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, words)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": str(WAYS_TO_CONFIRM[way["id"]])} for way in ways]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in just now need not show the password again; allauth counts only confirmations after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > JUST_NOW_SECONDS


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, with our words; their secrets lie in the database under seal."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": gettext_lazy("Hãy đặt ứng dụng tạo mã hoặc khóa truy cập trước."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text).token

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("Khóa truy cập")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
