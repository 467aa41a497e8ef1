"""The end of a school year ("lên lớp"): what became of each child, and the next year's list that follows from it.

What is stated is how the year ended for each child, and, for who stays, the line of the next year's list. Whatever else was
known (poverty, disability, meals) rests on the papers of the year that ended, and is not carried over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ansinh.core.dates import PREPARATORY, USUAL_STUDY_MONTHS, SchoolYear, study_mask
from ansinh.core.tables import LEVEL
from ansinh.core.words import folded
from ansinh.web.registry import bulk, standing
from ansinh.web.registry.incoming import ROLLOVER
from ansinh.web.registry.models import Batch, Enrolment, School, Statement, User
from ansinh.web.registry.scope import scope_of

ADULT = (LEVEL.adult_lower_secondary, LEVEL.adult_upper_secondary)
# How kindergartens call the classes of three, four and five years.
_KINDERGARTEN = ("mam", "choi", "la")
_CALLED = {"mam": "Mầm", "choi": "Chồi", "la": "Lá"}


class Outcome(StrEnum):
    """How a school year ended for a child."""

    PROMOTED = "promoted"
    REPEATING = "repeating"
    LEFT = "left"
    MOVED = "moved"
    FINISHED = "finished"

    @property
    def stays(self) -> bool:
        """Whether the child is on the school's list of the next year."""
        return self in (Outcome.PROMOTED, Outcome.REPEATING)


@dataclass(frozen=True)
class Proposal:
    """One child of the year that ended: where it was, how the year ended, and its class of the next year ("" when gone).

    struck: the child went on, and has been struck off the next year's list since.
    """

    person: int
    name: str
    class_name: str
    grade: int | None
    level: int | None
    outcome: Outcome
    next_class: str
    struck: bool = False

    @property
    def next_place(self) -> tuple[int | None, int | None]:
        """Grade and level of the next year; a level follows the grade, unless it is adult education."""
        if self.outcome is not Outcome.PROMOTED or self.grade is None:
            kindergarten = self.outcome is Outcome.PROMOTED and self.level == LEVEL.nursery and _stage(self.next_class)
            return self.grade, LEVEL.kindergarten if kindergarten else self.level
        grade = self.grade + 1
        if self.level in ADULT:
            return grade, LEVEL.adult_upper_secondary if grade > 9 else self.level
        return grade, LEVEL.primary if grade <= 5 else LEVEL.lower_secondary if grade <= 9 else LEVEL.upper_secondary


@dataclass(frozen=True)
class Choice:
    """What a person says of one child where it differs from the proposal. An empty class leaves the class as proposed."""

    outcome: Outcome
    class_name: str = ""


def next_class_name(name: str, grade: int | None) -> str:
    """The name a class would have a year later: 4A → 5A, Chồi 2 → Lá 2; the same name where nothing in it counts years."""
    if grade is not None:
        return re.sub(rf"(?<!\d){grade}(?!\d)", str(grade + 1), name, count=1)
    stage = _stage(name)
    if stage and stage != _KINDERGARTEN[-1]:
        following = _CALLED[_KINDERGARTEN[_KINDERGARTEN.index(stage) + 1]]
        return " ".join(following if folded(word) == stage else word for word in name.split())
    return name


def _stage(name: str) -> str:
    return next((word for word in folded(name).split() if word in _KINDERGARTEN), "")


def propose(
    school: School, year: int, *, classes: Mapping[str, str] | None = None, choices: Mapping[int, Choice] | None = None
) -> tuple[Proposal, ...]:
    """Everybody on a school's list of a year that ended, in class-list order, with what is proposed for each.

    What was accepted before is proposed again. classes: class of the year → class of the next, where it is not the usual.
    choices: person → what somebody said of that child, over everything else.
    """
    lines = Enrolment.objects.filter(school=school, year=year, left=False).select_related("person")
    found = list(lines.order_by("class_sort", "person__name_sort", "person_id"))
    there = _next_lists(school, year)
    said = _outcomes(school, year)
    grades = {line.grade for line in found}
    proposals = []
    for line in found:
        before = there.get(line.person_id, {})
        outcome = said.get(line.person_id) or _likely(line, before.get(school.pk), bool(before), grades)
        named = (classes or {}).get(line.class_name) or next_class_name(line.class_name, line.grade)
        listed = before.get(school.pk)
        # A class somebody has set on the next year's list already stands, unless its whole class is renamed here.
        renamed = line.class_name in (classes or {})
        stands = listed.class_name if listed and not listed.left and not renamed else ""
        usual = named if outcome is Outcome.PROMOTED else line.class_name
        one = Proposal(
            line.person_id, line.person.full_name, line.class_name, line.grade, line.level, outcome,
            (stands or usual) if outcome.stays else "", bool(outcome.stays and listed and listed.left),
        )  # fmt: skip
        choice = (choices or {}).get(line.person_id)
        proposals.append(_chosen(one, choice, named) if choice else one)
    return tuple(proposals)


def _chosen(proposal: Proposal, choice: Choice, named: str) -> Proposal:
    if not choice.outcome.stays:
        return replace(proposal, outcome=choice.outcome, next_class="", struck=False)
    usual = named if choice.outcome is Outcome.PROMOTED else proposal.class_name
    kept = proposal.next_class if choice.outcome is proposal.outcome else ""
    return replace(proposal, outcome=choice.outcome, next_class=choice.class_name or kept or usual, struck=False)


def _next_lists(school: School, year: int) -> dict[int, dict[int, Enrolment]]:
    """Person → school → line of the next year's list, for everybody on this school's list of the year."""
    mine = Enrolment.objects.filter(school=school, year=year).values("person_id")
    found: dict[int, dict[int, Enrolment]] = {}
    for line in Enrolment.objects.filter(person__in=mine, year=year + 1):
        found.setdefault(line.person_id, {})[line.school_id] = line
    return found


def _outcomes(school: School, year: int) -> dict[int, Outcome]:
    """Person → how the year ended, as it stands."""
    said = Statement.objects.filter(school=school, year=year, outcome__isnull=False, batch__undone_at__isnull=True)
    rows = said.order_by("batch__at", "batch_id", "id").values_list("person__joined_into_id", "person_id", "outcome")
    return {joined or person: Outcome(outcome) for joined, person, outcome in rows if outcome}


def _likely(line: Enrolment, listed: Enrolment | None, anywhere: bool, grades: set[int | None]) -> Outcome:
    """The usual end of a year: on to the next grade the school teaches, finished after its last."""
    if listed is not None and not listed.left:
        same = listed.grade == line.grade and listed.class_name == line.class_name
        return Outcome.REPEATING if same else Outcome.PROMOTED
    if anywhere:
        return Outcome.MOVED if listed is None else Outcome.LEFT
    if line.grade is None:
        return Outcome.FINISHED if _stage(line.class_name) == _KINDERGARTEN[-1] else Outcome.PROMOTED
    last = line.grade in (5, 9, 12) and line.grade + 1 not in grades
    return Outcome.FINISHED if last else Outcome.PROMOTED


def roll_over(*, school: School, year: int, proposals: Sequence[Proposal], by: User, at: datetime) -> Batch | None:
    """State how the year `year` ended and who is on the next year's list, as one batch that is undone whole.

    Only what does not stand already is stated: None when nothing is left, so that doing it twice changes nothing.
    PermissionDenied when the person may not write the school's lists; ValueError when a child is not on the year's list.
    """
    if not scope_of(by).may_write(ROLLOVER, school, None):
        raise PermissionDenied
    following = SchoolYear(year + 1)
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        on_list = set(Enrolment.objects.filter(school=school, year=year).values_list("person_id", flat=True))
        if strangers := {one.person for one in proposals} - on_list:
            raise ValueError(f"not on the list of {school.code} in {year}: {sorted(strangers)}")
        lines = list(_lines(school, SchoolYear(year), proposals))
        if not lines:
            return None
        touched = {person for person, *_ in lines}
        batch = Batch.objects.create(
            template=ROLLOVER,
            school=school,
            year=following.start,
            since=following.month(PREPARATORY).first_day,
            until=following.until,
            counts={kind.value: sum(p.outcome is kind for p in proposals if p.person in touched) for kind in Outcome},
            places={"sheets": [], "columns": {}},
            by=by,
            at=at,
        )
        names = ("outcome", "class_name", "grade", "level", "months", "enrolled")
        frame = ("person_id", "batch_id", "since", "until", "row", "sheet", "school_id", "year")
        bulk.insert(
            Statement,
            (*frame, *names),
            [
                (person, batch.pk, span.month(PREPARATORY).first_day, span.until, row, 0, school.pk, span.start,
                 *[says.get(name) for name in names])
                for person, row, span, says in lines
            ],
        )  # fmt: skip
        standing.refresh(sorted(touched))
    return batch


def _lines(
    school: School, year: SchoolYear, proposals: Sequence[Proposal]
) -> Iterator[tuple[int, int, SchoolYear, dict[str, Any]]]:
    """What is to be stated: person, place in the list, school year, columns; only what does not stand already."""
    following = SchoolYear(year.start + 1)
    outcomes = _outcomes(school, year.start)
    stands = _listed(school, following, [one.person for one in proposals])
    for row, one in enumerate(proposals, start=1):
        before = outcomes.get(one.person)
        if before is not one.outcome:
            yield one.person, row, year, {"outcome": one.outcome.value}
        now = stands.get(one.person, {})
        if not one.outcome.stays:
            says = {"enrolled": False} if now.get("enrolled") else {}
        else:
            says = {} if one.struck else _unsaid(one, now, corrected=before not in (None, one.outcome))
        if says:
            yield one.person, row, following, says


def _unsaid(one: Proposal, now: Mapping[str, Any], *, corrected: bool) -> dict[str, Any]:
    """What the next year's list does not say yet. A roster of that year knows better: only what was corrected here goes
    over it, and its months never."""
    moved = corrected or now.get("class_name") != (one.next_class or None)
    line = _next_line(one)
    return {
        name: value
        for name, value in line.items()
        if name not in now or (now[name] != value and (name == "enrolled" or (moved and name != "months")))
    }


def _next_line(one: Proposal) -> dict[str, Any]:
    grade, level = one.next_place
    # The course before grade 1 is of August: a child who will be in grade 1 is asked about it, the others are not.
    months = study_mask(USUAL_STUDY_MONTHS) | (1 << PREPARATORY if grade == 1 else 0)
    line = {"class_name": one.next_class, "grade": grade, "level": level, "months": months, "enrolled": True}
    return {name: value for name, value in line.items() if value is not None and value != ""}


def _listed(school: School, year: SchoolYear, people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Person → what a school's list of a year says of them, months included."""
    names = ("class_name", "grade", "level", "months", "enrolled")
    found: dict[int, dict[str, Any]] = {}
    for person, said in standing.by_person(sorted(people), names=names):
        for one in said:
            if one.school == school.pk and one.year == year.start:
                found.setdefault(person, {}).update(one.values)
    return found
