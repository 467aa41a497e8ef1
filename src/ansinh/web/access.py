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
from django.utils.translation import gettext_lazy as _

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
    CLERK: _("Văn thư trường"),
    COMMUNE: _("Cán bộ xã, phường"),
    SPECIALIST: _("Chuyên viên Sở"),
    LEADER: _("Lãnh đạo Sở"),
    EDITOR: _("Biên tập viên"),
    AUDITOR: _("Kiểm toán viên"),
    ADMINISTRATOR: _("Quản trị hệ thống"),
}
ROLES = tuple(ROLE_WORDS)
READERS = (CLERK, COMMUNE, SPECIALIST, LEADER, AUDITOR)  # Those whose grants open the registry to them.
# Whoever approves, exports province-wide or looks after accounts does so with a second factor; others may set one up.
SECOND_FACTOR_ROLES = frozenset({SPECIALIST, LEADER, AUDITOR, ADMINISTRATOR})

View = Callable[..., HttpResponseBase]


def seen_by(*who: str, before_second_factor: bool = False, second_factor: bool = False) -> Callable[[View], View]:
    """Declare who may see a view: EVERYONE, SIGNED_IN, or one or more roles. Others with an account get a 403.

    `before_second_factor` marks what a person needs who has yet to set up a second factor (site/second_factor.py); what
    everyone may see is always such. `second_factor` marks what nobody does without one, whatever their role: moving money.
    """
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
        guarded.before_second_factor = before_second_factor or EVERYONE in who  # type: ignore[attr-defined]
        guarded.second_factor = second_factor  # type: ignore[attr-defined]
        return login_not_required(guarded) if EVERYONE in who else guarded

    return declare
