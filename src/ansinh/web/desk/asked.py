"""What every view of the desk takes from a request: the person, their scope, the filters; and files it hands back."""

from __future__ import annotations

from datetime import date
from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from ansinh.web.registry.models import User
from ansinh.web.registry.scope import Scope, scope_of


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def scope(request: HttpRequest) -> Scope:
    return scope_of(person(request))


def file(data: bytes, kind: str, filename: str) -> HttpResponse:
    """A download whose Vietnamese file name survives (RFC 6266)."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response


def address(request: HttpRequest) -> str:
    """The filters of the address bar without the page, for the pager's links."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    return kept.urlencode()


def day(text: str | None) -> date | None:
    """A day as a date field sends it; None when it is not one."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
