"""Areas and the school network: an area before and after the merger, and the schools of a year. Open to whoever has areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh.core.codes import Code
from ansinh.core.dates import SchoolYear
from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.core.words import text_order
from ansinh.web.access import AUDITOR, COMMUNE, LEADER, SPECIALIST, seen_by
from ansinh.web.desk import cohort, queries
from ansinh.web.desk.export import Value, workbook
from ansinh.web.desk.lacking import lacking_of
from ansinh.web.registry.actions import log_reading
from ansinh.web.registry.areas import LAST_DAY_BEFORE, Atlas, Mapped, Place, Reached, atlas_of
from ansinh.web.registry.gazetteer import EARLIEST
from ansinh.web.registry.models import Area, AreaLevel, User
from ansinh.web.registry.places import SAID, place_on, places_before
from ansinh.web.registry.queries import (
    NONE,
    POVERTY_LIST,
    WAITING,
    communes_without_a_poverty_list,
    rosters,
    year_of_work,
)
from ansinh.web.registry.schools import (
    Authority,
    Described,
    Network,
    network_counts,
    on_day,
    payer_of,
    timelines,
)
from ansinh.web.registry.scope import Scope, scope_of

NOW, THEN = "nay", "truoc"
SCHOOLS_ON_A_PAGE = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@dataclass(frozen=True, slots=True)
class SchoolToday:
    """A school of the network of today; `area` is where it lies on the day of the map, if that map can say."""

    pk: int
    name: str
    level: int
    was: Described | None
    area: int


@dataclass(frozen=True, slots=True)
class Line:
    """A commune of the map shown, with its schools and this year's learners."""

    place: Place
    schools: int
    learners: int


@dataclass(frozen=True, slots=True)
class Left:
    """Schools and learners that the map cannot place: where they are known to be, and which communes may have them."""

    place: Place
    schools: int
    learners: int
    candidates: tuple[Reached, ...]


@dataclass(frozen=True)
class Map:
    """An area on the map of a day: its communes, what cannot be placed, and the schools placed, in class-list order."""

    day: date
    lines: list[Line]
    left: list[Left]
    schools: list[SchoolToday]
    unverified: bool

    @property
    def total(self) -> tuple[int, int]:
        rows: list[Line | Left] = [*self.lines, *self.left]
        return sum(row.schools for row in rows), sum(row.learners for row in rows)


def _schools_today(scope: Scope, today: date, day: date) -> list[SchoolToday]:
    """The schools that stand today, each where it lay on the day of the map, or lies now when it was not there yet."""
    lines = timelines(scope.schools())
    found = []
    for pk, name, level, area in scope.schools().values_list("pk", "name", "level", "area_id"):
        line = lines.get(pk)
        now = on_day(line, today) if line else None
        if line and now is None:
            continue
        then = on_day(line, day) if line else None
        where = then.area_id if then else now.area_id if now else area
        found.append(SchoolToday(pk, name, level, then or now, where))
    return sorted(found, key=lambda school: text_order(school.name))


def map_of(scope: Scope, atlas: Atlas, area: int, *, today: date, day: date) -> Map:
    """An area on the map of a day, with the schools of today and the learners of today's school year."""
    year = year_of_work(scope, today).start
    enrolled = scope.enrolments().filter(year=year, left=False).values_list("school_id").annotate(Count("person_id"))
    learners = dict(enrolled.order_by())
    schools = _schools_today(scope, today, day)
    by_area: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for school in schools:
        by_area[0][school.area] += 1
        by_area[1][school.area] += learners.get(school.pk, 0)
    counted = atlas.on_map(by_area[0], day)
    studying = atlas.on_map(by_area[1], day).counts
    places = atlas.within(area, day, AreaLevel.COMMUNE)
    inside = {place.pk for place in places}
    left = [
        Left(one.place, one.count, by_area[1][one.place.pk], one.candidates)
        for one in counted.undecided
        if inside & {candidate.place.pk for candidate in one.candidates}
    ]
    placed = [school for school in schools if _placed(atlas, school.area, day) in inside]
    return Map(
        day,
        [Line(place, counted.counts.get(place.pk, 0), studying.get(place.pk, 0)) for place in places],
        left,
        placed,
        _moved_unverified(atlas, counted, placed),
    )


def _placed(atlas: Atlas, area: int, day: date) -> int | None:
    sole = atlas.sole(area, day) if area in atlas.places else None
    return sole[0].pk if sole else None


def _moved_unverified(atlas: Atlas, counted: Mapped, placed: Iterable[SchoolToday]) -> bool:
    return any(school.area in counted.unverified for school in placed)


@seen_by(COMMUNE, SPECIALIST, LEADER, AUDITOR)
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The areas in the person's charge; straight to the one when there is one."""
    scope = scope_of(_user(request))
    granted = Area.objects.filter(pk__in=scope.grants.filter(area__isnull=False).values("area_id")).order_by("code")
    if len(granted) == 1:
        return redirect("desk:area", pk=granted[0].pk)
    return render(request, "desk/areas.html", {"areas": granted})


@seen_by(COMMUNE, SPECIALIST, LEADER, AUDITOR)
@require_safe
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """One area: what it was made of or became, its communes on the map of then or of now, its schools, its difficulty."""
    scope, today = scope_of(_user(request)), timezone.localdate()
    shown = get_object_or_404(scope.areas().select_related("parent__parent"), pk=pk)
    which = request.GET.get("ban-do", NOW)
    if which not in (NOW, THEN):
        raise Http404
    atlas = atlas_of(scope.areas())
    day = today if which == NOW else LAST_DAY_BEFORE
    here = map_of(scope, atlas, shown.pk, today=today, day=day)
    below = shown.level in (AreaLevel.PROVINCE, AreaLevel.DISTRICT)
    context = {
        "area": shown,
        "linked": set(scope.areas().values_list("pk", flat=True)),
        "became": [] if shown.until is None else atlas.successors(shown.pk, max(today, shown.until)),
        "made_of": atlas.origins(shown.pk, LAST_DAY_BEFORE) if shown.since > LAST_DAY_BEFORE else [],
        "since_known": shown.since > EARLIEST,
        "which": which,
        "map": here,
        "below": below,
        "above": _above(shown),
        "schools": [] if below else _with_payers(here, atlas),
        "lists": _lists(scope, shown, here, today)
        if shown.level == AreaLevel.COMMUNE and shown.until is None
        else None,
        "difficulty": _difficulty(shown, today),
        "before": places_before(shown, today) if shown.level == AreaLevel.COMMUNE else [],
    }
    return render(request, "desk/area.html", context)


def _lists(scope: Scope, shown: Area, here: Map, today: date) -> dict[str, Any]:
    """Where a commune's lists stand: its schools' rosters, its own list of poor households, and who lacks which paper."""
    year = year_of_work(scope, today)
    stand = rosters(scope)
    states = {school.pk: stand.state(school.pk) for school in here.schools}
    own = scope.batches().filter(area=shown, template=POVERTY_LIST, undone_at__isnull=True)
    return {
        "year": year,
        "states": states,
        "late": sum(state == NONE for state in states.values()),
        "waiting": sum(state == WAITING for state in states.values()),
        "poverty": own.first(),
        "poverty_due": communes_without_a_poverty_list(scope, today).filter(pk=shown.pk).exists(),
        "may_bring": scope.may_write(POVERTY_LIST, None, shown),
        "found": lacking_of(cohort.of(scope, year, area=shown)),
    }


def _above(shown: Area) -> list[Area]:
    """The units above an area, the highest first."""
    above: list[Area] = []
    while shown.parent is not None:
        shown = shown.parent
        above.insert(0, shown)
    return above


def _with_payers(here: Map, atlas: Atlas) -> list[tuple[SchoolToday, Code, Authority | None]]:
    """Each school with its level and with who pays on the day of the map."""
    seats = {school.pk: _placed(atlas, school.area, here.day) or school.area for school in here.schools}
    communes = Area.objects.select_related("parent").in_bulk(set(seats.values()))
    return [
        (
            school,
            LEVEL.of(school.level),
            payer_of(school.was, here.day, communes[seats[school.pk]]) if school.was else None,
        )
        for school in here.schools
    ]


def _difficulty(shown: Area, day: date) -> list[tuple[str, str, object]]:
    """(what, the answer, its entry) for every difficulty list in force."""
    words = {
        "area_class": _("Khu vực"),
        "dbkk_hamlet": _("Thôn đặc biệt khó khăn"),
        "dbkk_coast": _("Xã đặc biệt khó khăn vùng bãi ngang, ven biển, hải đảo"),
        "has_dbkk_hamlet": _("Xã có thôn đặc biệt khó khăn"),
    }
    found = place_on(shown, day)
    classes = ("", "I", "II", "III")
    return [
        (words[name], classes[entry.value] if name == "area_class" else _("có") if entry.value else _("không"), entry)
        for name in SAID
        if (entry := found.get(name)) is not None
    ]


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A level of the network: counts by ownership and kind, and of the year before."""

    level: Code | None
    total: int
    public: int
    private: int
    kinds: tuple[tuple[Code, int], ...]
    zones: int
    before: int

    @property
    def change(self) -> str:
        """`+2`, `−1`, or nothing."""
        change = self.total - self.before
        return f"+{change}" if change > 0 else f"−{-change}" if change else ""


def _network_lines(network: Network, before: Network) -> list[NetworkLine]:
    """The total, then each level that either year has."""
    levels: list[int | None] = [None, *sorted({*network.levels, *before.levels})]
    return [
        NetworkLine(
            None if level is None else LEVEL.of(level),
            network.count(level),
            network.count(level, public=True),
            network.count(level, public=False),
            tuple((SCHOOL_KIND.of(kind), network.count(level, kind)) for kind in network.kinds),
            network.in_zones(level),
            before.count(level),
        )
        for level in levels
    ]


def _year(request: HttpRequest) -> SchoolYear:
    today = timezone.localdate()
    asked = request.GET.get("nam")
    try:
        year = SchoolYear.parse(asked) if asked else SchoolYear.of(today)
    except ValueError:
        raise Http404 from None
    if year not in queries.school_years():
        raise Http404
    return year


@seen_by(COMMUNE, SPECIALIST, LEADER, AUDITOR)
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The schools of a school year, counted by level, kind and ownership, beside the year before."""
    scope, year = scope_of(_user(request)), _year(request)
    found, before = network_counts(scope, year), network_counts(scope, SchoolYear(year.start - 1))
    schools = sorted(found.schools, key=lambda school: (school.was.level, text_order(school.was.name)))
    page = Paginator(schools, SCHOOLS_ON_A_PAGE).get_page(request.GET.get("trang"))
    names = _names(school.was.area_id for school in page)
    context = {
        "year": year,
        "before": SchoolYear(year.start - 1),
        "years": queries.school_years(),
        "network": found,
        "kinds": [SCHOOL_KIND.of(kind) for kind in found.kinds],
        "lines": _network_lines(found, before),
        "page": page,
        "linked": set(scope.areas().values_list("pk", flat=True)),
        "rows": [(s, LEVEL.of(s.was.level), SCHOOL_KIND.of(s.was.kind), names[s.was.area_id]) for s in page],
        "address": f"nam={year}",
    }
    return render(request, "desk/network.html", context)


@seen_by(COMMUNE, SPECIALIST, LEADER, AUDITOR)
@require_safe
def network_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook: the counts, and every school. Written to the access log."""
    person, year = _user(request), _year(request)
    scope = scope_of(person)
    found, before = network_counts(scope, year), network_counts(scope, SchoolYear(year.start - 1))
    data = workbook([_counted(found, before), _listed(found)])
    log_reading(by=person, at=timezone.now(), act="export", what=f"mang-luoi-truong {year}", people=0)
    response = HttpResponse(data, content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'mang-luoi-truong-{year}.xlsx')}"
    return response


def _word(code: Code) -> str:
    return code.en if get_language() == "en" else code.vi


def _counted(found: Network, before: Network) -> tuple[str, list[str], list[list[Value]]]:
    kinds = [_word(SCHOOL_KIND.of(kind)) for kind in found.kinds]
    headings = [_("Cấp học"), _("Tổng"), _("Công lập"), _("Ngoài công lập"), *kinds]
    rows: list[list[Value]] = []
    for line in _network_lines(found, before):
        of_kinds = [count for _kind, count in line.kinds]
        level = _word(line.level) if line.level else _("Tổng")
        rows.append([level, line.total, line.public, line.private, *of_kinds, line.zones, line.before])
    return _("Tổng hợp"), [*headings, _("Trong khu công nghiệp"), _("Năm trước")], rows


def _listed(found: Network) -> tuple[str, list[str], list[list[Value]]]:
    names = _names(school.was.area_id for school in found.schools)
    headings = [_("Mã trường"), _("Tên trường"), _("Cấp học"), _("Loại trường"), _("Hình thức"), _("Xã, phường")]
    rows: list[list[Value]] = []
    for school in sorted(found.schools, key=lambda school: (school.was.level, text_order(school.was.name))):
        was, commune = school.was, names[school.was.area_id]
        own = _("Công lập") if was.public else _("Ngoài công lập")
        zone = _("có") if was.industrial_zone else _("không")
        words = [_word(LEVEL.of(was.level)), _word(SCHOOL_KIND.of(was.kind)), own, commune.name, commune.code]
        rows.append([school.code, was.name, *words, was.address, was.authority, zone])
    return _("Danh sách"), [*headings, _("Mã xã"), _("Địa chỉ"), _("Cơ quan quản lý"), _("Khu công nghiệp")], rows


def _names(areas: Iterable[int]) -> Mapping[int, Area]:
    return Area.objects.in_bulk(list(set(areas)))
