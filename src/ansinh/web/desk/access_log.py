"""The access log: who read which sensitive facts of whom, who looked a number up, who took which file, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ansinh.web.access import AUDITOR, LEADER, READERS, seen_by
from ansinh.web.desk import asked
from ansinh.web.desk.downloads import table
from ansinh.web.desk.export import Value
from ansinh.web.desk.paging import Counted
from ansinh.web.registry.actions import log_reading
from ansinh.web.registry.models import Person, Reading, User
from ansinh.web.registry.queries import readers
from ansinh.web.registry.scope import Scope
from ansinh.web.registry.search import search

MOST = 20_000
ON_A_PAGE = 50
MOST_FOUND = 50  # Children that a name typed may mean.
# How the address bar names a kind of reading.
ACTS = {"xem": "read", "tai": "export", "tra": "search"}
WORDS = {"read": gettext_lazy("Xem"), "export": gettext_lazy("Tải xuống"), "search": gettext_lazy("Tra cứu")}


@dataclass(frozen=True)
class Asked:
    """What the address bar asks for: readings by an account, of a child, of a kind, from a day to a day, both included."""

    reader: User | None
    child: Person | None
    text: str
    act: str
    since: date | None
    until: date | None
    readings: QuerySet[Reading]

    @classmethod
    def of(cls, mine: Scope, request: HttpRequest, accounts: list[User]) -> Asked:
        """Http404 for an account, a child or a kind that is not there."""
        given = request.GET
        number, act, text = given.get("ai", ""), given.get("loai", ""), given.get("em", "").strip()[:100]
        reader = next((one for one in accounts if str(one.pk) == number), None)
        if (number and reader is None) or (act and act not in ACTS) or not given.get("tre", "0").isdecimal():
            raise Http404
        child = get_object_or_404(mine.people(), pk=given["tre"]) if given.get("tre") else None
        since, until = asked.day(given.get("tu")), asked.day(given.get("den"))
        found = mine.readings()
        if reader is not None:
            found = found.filter(by=reader)
        if act:
            found = found.filter(act=ACTS[act])
        if child is not None or text:
            people = [child] if child is not None else search(mine, text, limit=MOST_FOUND).people
            found = found.filter(Q(person__in=people) | Q(person__joined_into__in=people))
        if since is not None:
            found = found.filter(at__gte=_begin(since))
        if until is not None:
            found = found.filter(at__lt=_begin(until + timedelta(days=1)))
        return cls(reader, child, text, act, since, until, found)

    @property
    def narrowed(self) -> bool:
        return any((self.reader, self.child, self.text, self.act, self.since, self.until))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Line:
    """A reading as it is shown; `child` is None where it was of several, `outside` where the child is not the person's."""

    reading: Reading
    child: Person | None
    outside: bool

    @property
    def act(self) -> str:
        return str(WORDS[self.reading.act])


def _lines(mine: Scope, readings: list[Reading]) -> list[Line]:
    """A child is named to whom the child may be shown today."""
    wanted = [_root(one.person) for one in readings if one.person]
    within = {person.pk: person for person in mine.people().filter(pk__in=wanted)}
    lines = []
    for one in readings:
        child = within.get(_root(one.person)) if one.person else None
        lines.append(Line(one, child, one.person is not None and child is None))
    return lines


def _root(person: Person) -> int:
    """The record that a joined one is read as."""
    return person.joined_into_id or person.pk


@seen_by(*READERS)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Newest first. An auditor and a leader see those of their area, everybody else their own."""
    mine = asked.scope(request)
    accounts = readers(mine)
    wanted = Asked.of(mine, request, accounts)
    count = wanted.readings.order_by()[: MOST + 1].count()
    page: Any = Counted(wanted.readings, ON_A_PAGE, min(count, MOST)).get_page(request.GET.get("trang"))
    context = {
        "wanted": wanted,
        "accounts": accounts,
        "of_all": asked.person(request).role in (AUDITOR, LEADER),
        "acts": [(slug, WORDS[act]) for slug, act in ACTS.items()],
        "count": count,
        "most": MOST,
        "page": page,
        "lines": _lines(mine, list(page)),
        "address": asked.address(request),
    }
    return render(request, "desk/access_log.html", context)


@seen_by(*READERS)
@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All that the filters leave, written to the log itself."""
    mine = asked.scope(request)
    wanted = Asked.of(mine, request, readers(mine))
    # What is written now is of the file, not in it.
    last = wanted.readings.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = wanted.readings.filter(pk__lte=last)
    count = found.order_by().count()
    if form == "xlsx" and count > MOST:
        raise Http404
    what = "nhật ký truy cập"
    log_reading(by=asked.person(request), at=timezone.now(), act="export", what=what, people=count)
    heads = [_("Lúc"), _("Ai"), _("Tài khoản"), _("Việc"), _("Thông tin"), _("Em nào"), _("Mã học sinh"), _("Số em")]
    return table(_("Nhật ký truy cập"), heads, _rows(mine, found), "nhat-ky-truy-cap", form)


def _rows(mine: Scope, found: QuerySet[Reading]) -> Iterator[list[Value]]:
    some: list[Reading] = []
    for one in found.iterator(chunk_size=800):
        some.append(one)
        if len(some) == 800:
            yield from map(_row, _lines(mine, some))
            some = []
    yield from map(_row, _lines(mine, some))


def _row(line: Line) -> list[Value]:
    one = line.reading
    who = (
        [line.child.full_name, line.child.code] if line.child else [_("ngoài phạm vi") if line.outside else None, None]
    )
    at = f"{timezone.localtime(one.at):%d/%m/%Y %H:%M:%S}"
    return [at, str(one.by), one.by.username, line.act, one.what, *who, one.people]


urlpatterns = [
    path("nhat-ky-truy-cap/", readings, name="readings"),
    re_path(r"^nhat-ky-truy-cap\.(?P<form>xlsx|csv)$", as_file, name="readings-file"),
]
