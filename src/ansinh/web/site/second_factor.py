"""Whose role asks for a second factor sets one up before anything else: held here, for every address at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.web.access import SECOND_FACTOR_ROLES

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user: Any) -> bool:
    """Whether the person's role asks for a second factor and there is none yet. Recovery codes alone are none."""
    return getattr(user, "role", None) in SECOND_FACTOR_ROLES and not is_mfa_enabled(user, KINDS)


class SecondFactorFirst:
    """Middleware. Whoever has a second factor was asked for it while signing in (allauth), so that having one is enough here.

    Views that a person needs until then say so themselves: `seen_by(..., before_second_factor=True)`; and those that nobody
    uses without one, whatever their role: `seen_by(..., second_factor=True)`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send the person to the page where a second factor is set up; None lets the request through."""
        if not settings.SECOND_FACTOR_COMPULSORY or getattr(view, "before_second_factor", False):
            return None
        asked = getattr(view, "second_factor", False) and request.user.is_authenticated
        if lacks_second_factor(request.user) or (asked and not is_mfa_enabled(request.user, KINDS)):
            if asked:
                messages.info(
                    request, _("Việc này cần bước xác thực thứ hai. Hãy đặt ở trang này, rồi quay lại làm tiếp.")
                )
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
