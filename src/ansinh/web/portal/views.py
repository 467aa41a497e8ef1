"""The public pages: what this is and for whom, and the questionnaire of which nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from ansinh.web.access import EVERYONE, seen_by
from ansinh.web.portal.asking import KEYS, NAMES, UNKNOWN, Talk, Words, dependents, result_of, years_offered

Page = Callable[[HttpRequest, Talk, str], HttpResponse]


@seen_by(EVERYONE)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front.html")


def keeping_nothing(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """A page whose address holds all it knows: in the language the address asks for, kept by nobody on the way."""

    @wraps(page)
    def view(request: HttpRequest) -> HttpResponse:
        talk = Talk.read(request.GET.dict(), timezone.localdate())
        asked = request.GET.get("tieng", "")
        language = asked if asked in dict(settings.LANGUAGES) else ""
        with translation.override(language or translation.get_language()):
            response = page(request, talk, language)
            response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return view


@seen_by(EVERYONE)
@require_safe
@keeping_nothing
def start(request: HttpRequest, talk: Talk, language: str) -> HttpResponse:
    """What will be asked, what is done with the answers, and of which school year."""
    years = years_offered(timezone.localdate())
    return render(request, "portal/ask_start.html", {"talk": talk, "years": years, **_frame(request, language)})


@seen_by(EVERYONE)
@require_safe
@keeping_nothing
def question(request: HttpRequest, talk: Talk, language: str) -> HttpResponse:
    """One question; when none can change an answer any more, on to the result."""
    changing = talk.question(NAMES.get(request.GET.get("doi", ""), ""))
    if changing is not None and not talk.choices(changing):
        changing = None
    # Of a question that is being changed the need is that of the talk without its answer.
    without = {name: code for name, code in talk.told.items() if changing is None or name != changing.name}
    needed = Talk(talk.year, without).needed()
    if changing is None and not needed:
        return redirect(f"{reverse('portal:ask-result')}?{talk.address(language=language)}")
    need = next((n for n in needed if changing is None or n.question.name == changing.name), None)
    shown = changing or needed[0].question
    number = list(talk.told).index(shown.name) + 1 if shown.name in talk.told else len(talk.told) + 1
    context = {
        "talk": talk,
        "question": shown,
        "key": KEYS[shown.name],
        "hint": Words(shown.hint_vi, shown.hint_en),
        "choices": talk.choices(shown),
        "chosen": talk.told.get(shown.name, ""),
        "unknown": UNKNOWN if shown is not talk.first else "",
        "number": number,
        # The opening question is asked before anything is reckoned: it tells what else there is to ask.
        "at_most": 0 if shown is talk.first else len(needed),
        "reasons": dependents(talk, need) if need else [],
        "hidden": talk.query(without=shown.name, language=language),
        "back": _back(talk, language, bool(changing)),
        "answers": talk.answers(language),
        "stop": talk.address(language=language),
        **_frame(request, language),
    }
    return render(request, "portal/ask_question.html", context)


@seen_by(EVERYONE)
@require_safe
@keeping_nothing
def result(request: HttpRequest, talk: Talk, language: str) -> HttpResponse:
    """What the law answers, with what rests on it and what to bring."""
    if talk.first.name not in talk.told:
        return redirect(f"{reverse('portal:ask-start')}?{talk.address(language=language)}")
    context = {
        "talk": talk,
        "result": result_of(talk, language),
        "left": len(talk.needed()),
        "answers": talk.answers(language),
        "continue": f"{reverse('portal:ask')}?{talk.address(language=language)}",
        "again": f"{reverse('portal:ask-start')}?{Talk(talk.year, {}).address(language=language)}",
        **_frame(request, language),
    }
    return render(request, "portal/ask_result.html", context)


def _back(talk: Talk, language: str, changing: bool) -> str:
    """The page before: the last question asked, or the start, or the page from which an answer is being changed."""
    if changing:
        return f"{reverse('portal:ask-result')}?{talk.address(language=language)}"
    if not talk.told:
        return f"{reverse('portal:ask-start')}?{talk.address(language=language)}"
    return f"{reverse('portal:ask')}?{talk.before_last().address(language=language)}"


def _frame(request: HttpRequest, language: str) -> dict[str, Any]:
    """The same page in each language: a choice that the address holds, so that no cookie is needed."""
    asked = request.GET.copy()
    addresses = {}
    for code, _ in settings.LANGUAGES:
        asked["tieng"] = code
        addresses[code] = f"?{asked.urlencode()}"
    return {"languages": addresses, "asked_language": language}
