"""What every page knows of its look: the theme chosen, whether the typeface was set up, whether the data are made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from ansinh.web.access import EVERYONE, seen_by
from ansinh.web.site.second_factor import lacks_second_factor

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
A_YEAR_SECONDS = 365 * 24 * 60 * 60


def look(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `theme`, `typeface`, `demo`; in the demo also whether a second factor is on offer."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "typeface": (settings.STATIC_PACKAGES / "typeface" / "typeface.css").exists(),
        "demo": settings.DEMO,
        "lacks_second_factor": lambda: settings.DEMO and lacks_second_factor(getattr(request, "user", None)),
    }


class ChosenLanguage:
    """Middleware: Vietnamese, until a person asks for another language.

    The browser's own wish is not followed: computers sold here often speak English to people who do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


@seen_by(EVERYONE)
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme asked for in a cookie and go back to the page the person came from."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme")
    if theme in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(THEME_COOKIE, theme, max_age=A_YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax")
    return response


@seen_by(EVERYONE)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language asked for and go back."""
    return django_set_language(request)
