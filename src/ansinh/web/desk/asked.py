"""What every view of the desk takes from a request: the person, their scope, the filters; and files it hands back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from ansinh.core.dates import SchoolYear
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
    """A day as people here write it (05/09/2025), or as a machine does (2025-09-05); None when it is neither."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime((text or "").strip(), form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None


def year(request: HttpRequest, years: Sequence[SchoolYear]) -> SchoolYear | None:
    """The school year the address bar asks for, of those given, newest first; the newest when it asks for none. None when
    there is none; Http404 for any other."""
    text = request.GET.get("nam", "")
    return one_of(text, years) if text else next(iter(years), None)


def one_of(text: str, years: Sequence[SchoolYear]) -> SchoolYear:
    """The school year written so, of those given; Http404 for any other text."""
    try:
        found = SchoolYear.parse(text)
    except ValueError:
        raise Http404 from None
    if found not in years:
        raise Http404
    return found
