"""The access log on screen: who read which sensitive facts, of whom, and which files left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh.core.words import folded
from ansinh.web.access import AUDITOR, LEADER, READERS, ROLE_WORDS, seen_by
from ansinh.web.desk import asked
from ansinh.web.desk.downloads import download
from ansinh.web.desk.export import Value, workbook
from ansinh.web.registry.actions import log_reading
from ansinh.web.registry.models import Reading
from ansinh.web.registry.scope import Scope

LINES_ON_A_PAGE = 100
MOST = 50_000  # Lines of a workbook; a longer log is taken span by span.
# How the address bar names an act.
ACTS = {"xem": "read", "tai": "export", "tra-cuu": "search"}


def act_words(act: str) -> str:
    return {"read": _("Xem"), "export": _("Tải về"), "search": _("Tra cứu")}[act]


class Asked:
    """What the address bar asks for. `wrong`: what was typed and is no day."""

    def __init__(self, request: HttpRequest) -> None:
        self.who = request.GET.get("ai", "").strip()[:100]
        self.act = request.GET.get("viec", "") if request.GET.get("viec", "") in ACTS else ""
        self.typed = {name: request.GET.get(name, "").strip()[:20] for name in ("tu", "den")}
        self.since, self.until = (self._day(self.typed[name]) for name in ("tu", "den"))
        self.wrong = [text for text in self.typed.values() if text and self._day(text) is None]

    @staticmethod
    def _day(text: str) -> date | None:
        """`2025-10-01` as a date field sends it, or `1/10/2025` as people type it."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            return asked.day(text)

    def of(self, mine: Scope) -> QuerySet[Reading]:
        """The lines within the scope that are meant, newest first."""
        found = mine.readings()
        if self.act:
            found = found.filter(act=ACTS[self.act])
        if self.since:
            found = found.filter(at__gte=_first_moment(self.since))
        if self.until:
            found = found.filter(at__lt=_first_moment(self.until + timedelta(days=1)))
        if self.who:
            found = found.filter(by__in=_accounts_like(mine, self.who))
        return found


def _first_moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _accounts_like(mine: Scope, text: str) -> list[int]:
    """Those who stand in the log within the scope and whose name has every word typed, accents or not."""
    words = folded(text).split()
    named = mine.readings().order_by().values_list("by_id", "by__full_name", "by__username").distinct()
    return [pk for pk, name, username in named if all(word in folded(f"{name} {username}") for word in words)]


@seen_by(*READERS)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """The log, newest first; of who may not look after others, their own lines."""
    mine, wanted = asked.scope(request), Asked(request)
    page = Paginator(wanted.of(mine), LINES_ON_A_PAGE).get_page(request.GET.get("trang"))
    lines = list(page)
    seen = set(
        mine.people().filter(pk__in=[line.person_id for line in lines if line.person_id]).values_list("pk", flat=True)
    )
    context: dict[str, Any] = {
        "asked": wanted,
        "page": page,
        "lines": [
            (line, act_words(line.act), ROLE_WORDS.get(line.by.role, ""), line.person_id in seen) for line in lines
        ],
        "acts": [(name, act_words(act)) for name, act in ACTS.items()],
        "of_others": asked.person(request).role in (AUDITOR, LEADER),
        "address": asked.address(request),
        "most": MOST,
    }
    return render(request, "desk/readings.html", context)


@seen_by(*READERS)
@require_safe
def as_file(request: HttpRequest) -> HttpResponse:
    """The lines meant, as a workbook; that they were taken away is itself a line."""
    mine = asked.scope(request)
    lines = list(Asked(request).of(mine)[:MOST])
    log_reading(by=asked.person(request), at=timezone.now(), act="export", what=_("Nhật ký truy cập"), people=0)
    headings = [_("Lúc"), _("Ai"), _("Vai trò"), _("Việc"), _("Nội dung"), _("Em"), _("Số em")]
    data = workbook([(_("Nhật ký truy cập"), headings, _rows(lines))])
    return download(data, "nhat-ky-truy-cap", "xlsx")


def _rows(lines: list[Reading]) -> Iterator[list[Value]]:
    for line in lines:
        at = timezone.localtime(line.at).strftime("%d/%m/%Y %H:%M")
        role = str(ROLE_WORDS.get(line.by.role, ""))
        child = line.person.full_name if line.person else ""
        yield [at, str(line.by), role, act_words(line.act), line.what, child, line.people]


urlpatterns = [
    path("nhat-ky/", readings, name="readings"),
    path("nhat-ky.xlsx", as_file, name="readings-xlsx"),
]
