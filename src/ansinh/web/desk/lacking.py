"""Who lacks which paper: what stands between a child and an answer, class by class and child by child."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import FACTS
from ansinh.reports._papers import Paper, paper_for, papers_for
from ansinh.web.access import READERS, seen_by
from ansinh.web.desk import asked, queries
from ansinh.web.desk.cohort import Choices, Cohort, Known, choices, cohort, place_asked
from ansinh.web.desk.downloads import table
from ansinh.web.registry.actions import log_reading

MOST = 5_000  # Children decided while a person waits: a large commune. A province is looked at commune by commune.
LINES_ON_A_PAGE = 100


@dataclass(frozen=True)
class Line:
    """A child in question, and the papers that would settle it; `own`: the facts a school fills in from what it knows."""

    person: int
    name: str
    class_name: str
    school: str
    papers: tuple[Paper, ...]
    own: tuple[str, ...]


@dataclass
class Group:
    """Children of a class, or of a school: how many, how many have some support, how many are in question."""

    name: str
    learners: int = 0
    entitled: int = 0
    in_question: int = 0


@dataclass(frozen=True)
class Lacking:
    """Counts of a cohort by class and by school, and each child in question, in class-list order."""

    year: SchoolYear
    whole: Group
    classes: tuple[Group, ...]
    schools: tuple[Group, ...]
    papers: tuple[tuple[Paper, int], ...]
    lines: tuple[Line, ...]


def lacking_of(found: Cohort | None) -> Lacking | None:
    """None where nobody is on a list, or too many are to be decided while a person waits."""
    if found is None or not found.ids or len(found.ids) > MOST:
        return None
    return _lacking(Known.of(found.people()), found.year)


@lru_cache(
    maxsize=4
)  # Turning a page, and taking what it shows as a file, decide nothing anew; one may hold 5,000 children.
def _lacking(known: Known, year: SchoolYear) -> Lacking:
    results = queries.results_for(known.people, year)
    in_question = [child for child in results.children if child.has(queries.UNKNOWN)]
    results.name_missing(in_question)
    whole = Group("")
    classes: dict[str, Group] = {}
    schools: dict[str, Group] = {}
    for child in results.children:
        school = _school(known, child)
        for group in (
            whole,
            classes.setdefault(child.school_class, Group(child.school_class)),
            schools.setdefault(school, Group(school)),
        ):
            group.learners += 1
            group.entitled += child.has(queries.YES)
            group.in_question += child.has(queries.UNKNOWN)
    lines = [_line(child, known) for child in in_question]
    counted = Counter(paper for line in lines for paper in line.papers)
    return Lacking(
        year,
        whole,
        tuple(classes.values()),
        tuple(sorted(schools.values(), key=lambda one: (-one.in_question, one.name))),
        tuple(counted.most_common()),
        tuple(sorted(lines, key=lambda line: line.school)),  # Within a school the class-list order stays.
    )


def _school(known: Known, child: queries.Child) -> str:
    return str(known.people.names.get(child.learner, {}).get("school") or "")


def _line(child: queries.Child, known: Known) -> Line:
    missing = dict.fromkeys(fact for answer in child.answers.values() for fact in answer.missing)
    own = tuple(fact for fact in missing if not paper_for(fact).family)
    papers = papers_for(list(missing))
    return Line(int(child.learner), child.name, child.school_class, _school(known, child), papers, own)


@dataclass(frozen=True)
class Asked:
    """What the address bar asks for."""

    given: Choices
    cohort: Cohort | None

    @property
    def too_many(self) -> bool:
        return self.cohort is not None and len(self.cohort.ids) > MOST


def _asked(request: HttpRequest) -> Asked:
    scope = asked.scope(request)
    given = choices(scope)
    found = cohort(scope, given, year=request.GET.get("nam", ""), place=place_asked(request, given))
    return Asked(given, found)


def _paper(number: str, found: Lacking) -> Paper | None:
    """The paper asked for by its place in the counts; 404 for a place that is not there."""
    if not number:
        return None
    if not number.isdecimal() or not 1 <= int(number) <= len(found.papers):
        raise Http404
    return found.papers[int(number) - 1][0]


@seen_by(*READERS)
@require_safe
def lacking(request: HttpRequest) -> HttpResponse:
    """Counts by paper, then the children, of the place and year chosen; of one paper when one is asked for."""
    chosen = _asked(request)
    found = lacking_of(chosen.cohort)
    context: dict[str, Any] = {"asked": chosen, "found": found, "most": MOST, "address": asked.address(request)}
    if found is not None:
        paper = _paper(request.GET.get("giay", ""), found)
        lines = [line for line in found.lines if paper is None or paper in line.papers]
        page = Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("trang"))
        context |= {"page": page, "paper": paper, "several": len(found.schools) > 1}
    return render(request, "desk/lacking.html", context)


@seen_by(*READERS)
@require_safe
def as_file(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, as a workbook: the children of the place, year and paper chosen."""
    found = lacking_of(_asked(request).cohort)
    if found is None:
        raise Http404
    paper = _paper(request.GET.get("giay", ""), found)
    lines = [line for line in found.lines if paper is None or paper in line.papers]
    english = get_language() == "en"

    def words(line: Line) -> str:
        papers = [one.en if english else one.vi for one in line.papers if one.family]
        own = [FACTS[fact].en if english else FACTS[fact].vi for fact in line.own]
        return "; ".join([*papers, *([_("nhà trường điền: %(facts)s") % {"facts": ", ".join(own)}] if own else [])])

    what = _("Em còn thiếu giấy tờ, năm học %(year)s") % {"year": found.year}
    log_reading(by=asked.person(request), at=timezone.now(), act="export", what=what, people=len(lines))
    headings = [_("Trường"), _("Lớp"), _("Họ tên"), _("Còn thiếu")]
    rows = [(line.school, line.class_name, line.name, words(line)) for line in lines]
    return table(_("Còn thiếu giấy tờ"), headings, rows, f"con-thieu-giay-to-{found.year}", "xlsx")


urlpatterns = [
    path("con-thieu/", lacking, name="lacking"),
    path("con-thieu.xlsx", as_file, name="lacking-xlsx"),
]
