"""Schools through time: what each was on a day, the network of a school year, and the authority that pays.

`timeline` is pure. Facts come in the order in which they were accepted; a later word ends what was said before it from its own
first day on, and what began only after its end goes on. A list that says when a school closed therefore closes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Q, QuerySet

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.web.registry.areas import atlas_of
from ansinh.web.registry.gazetteer import MERGED
from ansinh.web.registry.models import Area, School, SchoolFact
from ansinh.web.registry.scope import Scope

COLUMNS = ("name", "level", "public", "kind", "industrial_zone", "authority", "address", "area_id")


@dataclass(frozen=True, slots=True)
class Described:
    """What a school was for a span of half-open days."""

    name: str
    level: int
    public: bool
    kind: int
    industrial_zone: bool
    authority: str
    address: str
    area_id: int
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def timeline(facts: Iterable[Described]) -> list[Described]:
    """Facts in the order of acceptance → spans that do not overlap, in the order of days."""
    line: list[Described] = []
    for said in facts:
        kept = []
        for span in line:
            if said.until is not None and span.since >= said.until:
                kept.append(span)
            elif span.since < said.since:
                ends = span.until is None or span.until > said.since
                kept.append(replace(span, until=said.since) if ends else span)
        line = sorted([*kept, said], key=lambda span: span.since)
    return line


def on_day(line: Iterable[Described], day: date) -> Described | None:
    """The span of a timeline that holds on a day; None while the school is not known to stand."""
    return next((span for span in line if span.holds(day)), None)


def timelines(schools: QuerySet[School]) -> dict[int, list[Described]]:
    """School → its timeline, from the facts that stand; a school of which nothing was said is left out. One question."""
    stands = Q(batch__isnull=True) | Q(batch__undone_at__isnull=True)
    rows = SchoolFact.objects.filter(stands, school__in=schools).values_list(
        "school_id", "batch__at", "batch_id", "pk", *COLUMNS, "since", "until"
    )
    first = datetime.min.replace(tzinfo=UTC)
    said: dict[int, list[Described]] = {}
    # Within one list the earlier span speaks first, so that a list may tell a school's whole history.
    for school, _at, _batch, _pk, *row in sorted(rows, key=lambda r: (r[1] or first, r[2] or 0, r[-2], r[3])):
        said.setdefault(school, []).append(Described(*row))
    return {school: timeline(facts) for school, facts in said.items()}


def school_on(school: School, day: date) -> Described | None:
    """What a school was on a day, by the facts that stand; None when no fact says that it stood."""
    return on_day(timelines(School.objects.filter(pk=school.pk)).get(school.pk, []), day)


@dataclass(frozen=True, slots=True)
class InNetwork:
    """A school as it stood when a school year opened."""

    pk: int
    code: str
    was: Described


@dataclass(frozen=True)
class Network:
    """The schools of a school year. silent: names of schools of which no dated fact says anything, counted nowhere."""

    year: SchoolYear
    schools: tuple[InNetwork, ...]
    silent: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[tuple[int, int, bool]]:
        """(level, kind, public) → schools."""
        return Counter((school.was.level, school.was.kind, school.was.public) for school in self.schools)

    @cached_property
    def levels(self) -> list[int]:
        return sorted({level for level, _kind, _public in self.counts})

    @cached_property
    def kinds(self) -> list[int]:
        """The kinds other than ordinary that the year has."""
        return sorted({kind for _level, kind, _public in self.counts if kind != SCHOOL_KIND.ordinary})

    def count(self, level: int | None = None, kind: int | None = None, public: bool | None = None) -> int:
        """How many schools of a level, a kind, an ownership; None stands for all."""
        wanted = (level, kind, public)
        return sum(
            count
            for cell, count in self.counts.items()
            if all(want is None or want == have for want, have in zip(wanted, cell, strict=True))
        )

    def in_zones(self, level: int | None = None) -> int:
        """How many stand in an industrial zone."""
        return sum(s.was.industrial_zone for s in self.schools if level is None or s.was.level == level)


def network_counts(scope: Scope, year: SchoolYear) -> Network:
    """The schools within a scope that stood on the first day of a school year, with their counts. Two questions."""
    schools = list(scope.schools().order_by("code").values_list("pk", "code", "name"))
    lines = timelines(scope.schools())
    stood = [InNetwork(pk, code, was) for pk, code, _ in schools if (was := on_day(lines.get(pk, []), year.first_day))]
    return Network(year, tuple(stood), tuple(name for pk, _code, name in schools if pk not in lines))


class Body(StrEnum):
    """Who settles and pays a school's supports."""

    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Authority:
    """The paying authority of a school on a day.

    area: the district or commune; None for the Department, and while the map of the day cannot say which it is.
    basis: the document, empty where we read none. confirmed: whether its own text was read, for this kind of school.
    through_school: a public school draws the money from its Treasury account and pays it out itself.
    listed: the authority the school list itself names on that day, if any.
    """

    body: Body
    area: Area | None
    basis: str
    confirmed: bool
    through_school: bool
    listed: str

    @property
    def seat(self) -> str:
        """`xã Hòa Minh`, as it is written in the middle of a sentence; empty where there is none to name."""
        return "" if self.area is None else self.area.name[0].lower() + self.area.name[1:]


_DECREE_81 = date(2021, 10, 15)
_DECREE_238 = date(2025, 9, 3)
_UNREAD = ("", False)


def _basis(body: Body, public: bool, day: date) -> tuple[str, bool]:
    """(document, whether its text was read) for the payer of a general school or kindergarten."""
    if day < _DECREE_81:
        return _UNREAD
    if day >= _DECREE_238 and not public:
        return ("khoản 2 Điều 21 Nghị định 238/2025/NĐ-CP", True)
    # Decree 142/2025, which moved the district's powers to the commune, is known from the press and procedures only.
    if day >= MERGED and body is Body.COMMUNE:
        return ("Nghị định 142/2025/NĐ-CP", False)
    return _UNREAD if day >= _DECREE_238 else ("Điều 19 và Điều 20 Nghị định 81/2021/NĐ-CP", True)


def authority_on(school: School, day: date) -> Authority | None:
    """Who pays the supports of a school's learners on a day, with the commune or district where the map of the day says which.

    None when the school is not known to stand then, and for a vocational school, whose learners are paid where they live.
    """
    was = school_on(school, day)
    return None if was is None else payer_of(was, day, _seat(was, day))


def payer_of(was: Described, day: date, commune: Area | None) -> Authority | None:
    """The same for what a school was on the day, in a commune of that day's map.

    Up to lower secondary the district's education office until 30 June 2025, then the commune's People's Committee; the
    Department for upper secondary. What was not read in a document's own text is not `confirmed`.
    """
    if was.level > LEVEL.adult_upper_secondary:
        return None
    body, area = Body.DEPARTMENT, None
    if was.level <= LEVEL.lower_secondary:
        body, area = (Body.COMMUNE, commune) if day >= MERGED else (Body.DISTRICT, commune.parent if commune else None)
    basis, confirmed = _basis(body, was.public, day)
    # Nothing read says who pays at boarding schools below upper secondary, or at adult education.
    usual = was.level <= LEVEL.upper_secondary and was.kind in (SCHOOL_KIND.ordinary, SCHOOL_KIND.semi_boarding)
    return Authority(body, area, basis, confirmed and usual, was.public and day >= _DECREE_238, was.authority)


def _seat(was: Described, day: date) -> Area | None:
    """The commune of a school on the map of the day, where that map can say."""
    sole = atlas_of(Area.objects.filter(pk=was.area_id)).sole(was.area_id, day)
    return Area.objects.select_related("parent").get(pk=sole[0].pk) if sole else None


def newest(line: Sequence[Described]) -> Described:
    """What the newest day we know of says: the last span of a timeline that is not empty."""
    return line[-1]
