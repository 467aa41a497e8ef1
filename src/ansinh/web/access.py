"""Who may see a page: said once, at the view, and refused by the view itself.

Every view reachable by a URL carries `seen_by`; tests/web walks all URLs and fails on one that does not say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

EVERYONE = "everyone"
SIGNED_IN = "signed in"
CLERK = "clerk"
COMMUNE = "commune"
SPECIALIST = "specialist"
LEADER = "leader"
EDITOR = "editor"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
ROLE_WORDS = {
    CLERK: "Văn thư trường",
    COMMUNE: "Cán bộ xã, phường",
    SPECIALIST: "Chuyên viên Sở",
    LEADER: "Lãnh đạo Sở",
    EDITOR: "Biên tập viên",
    AUDITOR: "Kiểm toán viên",
    ADMINISTRATOR: "Quản trị hệ thống",
}
ROLES = tuple(ROLE_WORDS)

View = Callable[..., HttpResponseBase]


def seen_by(*who: str) -> Callable[[View], View]:
    """Declare who may see a view: EVERYONE, SIGNED_IN, or one or more roles. Others with an account get a 403."""
    unknown = set(who) - {EVERYONE, SIGNED_IN, *ROLES}
    if unknown or not who:
        raise ValueError(f"seen_by needs everyone, signed in or roles of {ROLES}, not {sorted(unknown)}")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # LoginRequiredMiddleware has already sent people without an account to the sign-in page.
            if EVERYONE not in who and SIGNED_IN not in who and getattr(request.user, "role", None) not in who:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.seen_by = who  # type: ignore[attr-defined]
        return login_not_required(guarded) if EVERYONE in who else guarded

    return declare
