"""The learners of a school year a person may see, with their school and commune: what the missed and draft screens decide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import People, Row
from ansinh.core.words import text_order
from ansinh.web.access import CLERK
from ansinh.web.registry import snapshot
from ansinh.web.registry.models import Area, Enrolment, School
from ansinh.web.registry.queries import years_with_lists
from ansinh.web.registry.scope import Scope


@dataclass(frozen=True)
class Cohort:
    """Who is looked at: all within a scope on a list of the year, or those of one commune or one school of it."""

    year: SchoolYear
    school: School | None
    area: Area | None
    ids: tuple[int, ...]
    enrolments: QuerySet[Enrolment]

    def people(self) -> People:
        """Their facts as the registry stands, named with class, school and commune."""
        found = snapshot.people(self.ids, self.year)
        places = self._places()
        names: dict[str, Row] = {
            learner: {**held, **places.get(int(learner), {})} for learner, held in found.names.items()
        }
        return replace(found, names=names)

    def _places(self) -> Mapping[int, Row]:
        """Person → school and commune; of who is on two lists, the one not left."""
        rows = self.enrolments.order_by("-left", "pk").values_list("person_id", "school__name", "school__area__name")
        return {person: {"school": school, "commune": commune} for person, school, commune in rows}


@dataclass(frozen=True)
class Known:
    """People told apart by all that is known of them: what was decided of the same facts need not be decided again."""

    fingerprint: str
    people: People = field(compare=False)

    @classmethod
    def of(cls, people: People) -> Known:
        said = repr((people.learners, sorted(people.tables.items()), sorted(people.names.items())))
        return cls(hashlib.sha256(said.encode()).hexdigest(), people)


@dataclass(frozen=True)
class Choices:
    """What a person may choose from: the years with lists, the communes and the schools, in Vietnamese order."""

    years: tuple[SchoolYear, ...]
    areas: tuple[Area, ...]
    schools: tuple[School, ...]


def choices(scope: Scope) -> Choices:
    """Newest year first."""
    schools = sorted(scope.schools().select_related("area"), key=lambda school: text_order(school.name))
    areas = {school.area_id: school.area for school in schools}
    in_order = tuple(sorted(areas.values(), key=lambda area: text_order(area.name)))
    return Choices(years_with_lists(scope), in_order, tuple(schools))


def chosen(given: Choices, year: str, place: str) -> tuple[SchoolYear, School | None, Area | None]:
    """The year, the newest where none is asked for, and the school or the commune. Http404 for what is not the person's.

    place: `truong-` and a school's number, or `xa-` and a commune's.
    """
    found = next((one for one in given.years if str(one) == year), given.years[0] if not year else None)
    kind, _dash, number = place.partition("-")
    school = next((one for one in given.schools if kind == "truong" and str(one.pk) == number), None)
    area = next((one for one in given.areas if kind == "xa" and str(one.pk) == number), None)
    if found is None or (place and school is None and area is None):
        raise Http404
    return found, school, area


def cohort(scope: Scope, given: Choices, *, year: str, place: str) -> Cohort | None:
    """What the address bar asks for; the newest year and the whole scope where it says nothing, None where no list stands.

    place: as `chosen` takes it.
    """
    if not given.years:
        return None
    when, school, area = chosen(given, year, place)
    return of(scope, when, school=school, area=area)


def of(scope: Scope, year: SchoolYear, *, school: School | None = None, area: Area | None = None) -> Cohort:
    """All within the scope on a list of the year: of one school, of the schools that lie in a commune, or of every school."""
    rows = scope.enrolments().filter(year=year.start)
    if school is not None:
        rows = rows.filter(school=school)
    if area is not None:
        rows = rows.filter(school__area=area)
    ids = snapshot.listed(year, rows).order_by("pk").values_list("pk", flat=True)
    return Cohort(year, school, area, tuple(ids), rows)


def place_asked(request: HttpRequest, given: Choices) -> str:
    """The place in the address bar as `chosen` takes it; where it names none, a clerk begins with the first of their schools."""
    place = request.GET.get("noi", "")
    if not place and given.schools and getattr(request.user, "role", "") == CLERK:
        return f"truong-{given.schools[0].pk}"
    return place
