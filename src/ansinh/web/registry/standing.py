"""What stands: statements folded into what is known of a person, and the derived rows made anew from them.

A statement stands while its batch is not undone. Of two that say the same fact of the same day, the one accepted later
wins. Records joined into one are read as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from ansinh.core.dates import OPEN, SchoolYear
from ansinh.core.identities import keys
from ansinh.core.tables import FACTS
from ansinh.core.uncollected import uncollected
from ansinh.core.words import class_text, folded, name_text
from ansinh.web.registry import bulk, search
from ansinh.web.registry.identity import identity_of
from ansinh.web.registry.models import Enrolment, MatchKey, Person, Statement

IDENTITY = ("full_name", "sex", "code", "digest", "father", "mother")
LISTED = ("class_name", "months", "enrolled", "outcome")  # Said by a line of a school's list, of that list alone.
SAID = (*IDENTITY, *LISTED, "household_id", *FACTS)
_FRAME = ("person_id", "id", "batch_id", "batch__at", "since", "until", "sheet", "row", "school_id", "year")
LIST_FACTS = ("poverty", "ethnicity", "disabled")  # Facts by which a list is filtered, kept beside its lines.
_DERIVED = ("code", "digest", "full_name", "birth_date", "sex", "father", "mother")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as read back: where it stands in time and in its file, and what it says (only what is not empty)."""

    person: int
    id: int
    batch: int
    at: datetime
    since: date
    until: date
    sheet: int
    row: int
    school: int | None
    year: int | None
    values: Mapping[str, Any]


def statements(ids: Sequence[int], *, names: Sequence[str] = SAID, known: datetime | None = None) -> Iterator[Said]:
    """The statements that stand of these people, person by person, each person's in the order they were accepted.

    Those of a record joined into another come under the other's number. known: those that stood at that time.
    """
    standing = (
        Q(batch__undone_at__isnull=True)
        if known is None
        else Q(batch__at__lte=known) & (Q(batch__undone_at__isnull=True) | Q(batch__undone_at__gt=known))
    )
    # Records first and their statements next: asked in one condition on both, a database reads every statement there is.
    known_as = {pk: pk for pk in ids}
    known_as |= dict(Person.objects.filter(joined_into__among=list(ids)).values_list("pk", "joined_into_id"))
    rows = Statement.objects.filter(standing, person__among=list(known_as)).values_list(*_FRAME, *names)
    start = len(_FRAME)
    # Sorted here: without statistics of what was written just now, a database sorts more than is asked for.
    for row in sorted(rows.iterator(chunk_size=2_000), key=lambda row: (known_as[row[0]], row[3], row[2], row[1])):
        values = {name: value for name, value in zip(names, row[start:], strict=True) if value is not None}
        person, key, batch, at, since, until, *rest = row[:start]
        sheet, line, school, year = rest
        yield Said(known_as[person], key, batch, at, since, until or OPEN, sheet, line, school, year, values)


def by_person(
    ids: Sequence[int], *, names: Sequence[str] = SAID, known: datetime | None = None
) -> Iterator[tuple[int, list[Said]]]:
    """Person → their statements, some thousands of people in each query."""
    for some in bulk.chunks(ids):
        for person, said in groupby(statements(some, names=names, known=known), key=lambda statement: statement.person):
            yield person, list(said)


def held(said: Iterable[Said], since: date, until: date, *, school: int | None, year: int | None) -> dict[str, Any]:
    """What holds on every day from `since` until `until`: of a list's own columns, only what that list says."""
    state: dict[str, Any] = {}
    for one in said:
        of_list = one.school == school and one.year == year
        throughout = one.since <= since and one.until >= until
        for name, value in one.values.items():
            if name in IDENTITY or (throughout and (of_list or name not in LISTED)):
                state[name] = value
    return state


def of_list(said: Iterable[Said], school: int, year: int) -> dict[str, Any]:
    """What is said, on some day of a school year, by the list of a school and by lists that are no school's; the later
    accepted wins. What another school says of the person stays its own."""
    opens = SchoolYear(year)
    state: dict[str, Any] = {}
    for one in said:
        ours = one.school in (None, school) and one.year in (None, year)
        if ours and one.since < opens.until and one.until > opens.first_day:
            state |= one.values
    return state


def last(said: Iterable[Said], before: date) -> dict[str, Any]:
    """What was said last of each column by statements that began before a day, whether or not they still hold."""
    state: dict[str, Any] = {}
    for one in said:
        if one.since < before:
            state |= one.values
    return state


@uncollected()
def refresh(ids: Sequence[int]) -> None:
    """Make the derived rows of these people anew, those of records joined into them or that they are joined into too."""
    joined: dict[int, int] = {}
    for some in bulk.chunks(ids):
        found = Person.objects.filter(pk__among=some, joined_into__isnull=False)
        joined |= {pk: root for pk, root in found.values_list("pk", "joined_into") if root is not None}
    roots = sorted({joined.get(pk, pk) for pk in ids} | set(joined))
    for some in bulk.chunks(roots, 20_000):
        _refresh(list(some))


def _refresh(ids: list[int]) -> None:
    names = (*_DERIVED, "class_name", "enrolled", "level", "grade", *LIST_FACTS)
    people: list[tuple[Any, ...]] = []
    enrolments: list[tuple[Any, ...]] = []
    match_keys: list[tuple[int, str]] = []
    seen: set[int] = set()
    for person, said in by_person(ids, names=names):
        seen.add(person)
        state: dict[str, Any] = {}
        for one in said:
            state |= one.values
        people.append(_person(person, state))
        enrolments += _enrolments(person, said, name_text(state.get("full_name") or ""))
        match_keys += [(person, key) for key in keys(identity_of(state, _last_school(said)))]
    for some in bulk.chunks(ids):
        Enrolment.objects.filter(person__among=some).delete()
        MatchKey.objects.filter(person__among=some).delete()
        Person.objects.filter(pk__among=[pk for pk in some if pk not in seen]).update(standing=False)
    bulk.update(Person, (*_DERIVED, "name_words", "name_sort", "standing"), people)
    columns = ("person_id", "school_id", "year", "class_name", "class_sort", "level", "grade", "left", "name_sort")
    bulk.insert(Enrolment, (*columns, *LIST_FACTS), enrolments)
    bulk.insert(MatchKey, ("person_id", "key"), match_keys)
    search.reindex(ids)


def _person(person: int, state: Mapping[str, Any]) -> tuple[Any, ...]:
    name = state.get("full_name") or ""
    own = [state.get(column) if column == "birth_date" else state.get(column) or "" for column in _DERIVED]
    return (person, *own, folded(name), name_text(name), True)


def _enrolments(person: int, said: Sequence[Said], name_sort: str) -> Iterator[tuple[Any, ...]]:
    lists: dict[tuple[int, int], dict[str, Any]] = {}
    for one in said:
        if one.school is not None and one.year is not None:
            state = lists.setdefault((one.school, one.year), {})
            state |= one.values
    for (school, year), state in lists.items():
        name = state.get("class_name") or ""
        facts = of_list(said, school, year)
        yield (
            person, school, year, name, class_text(name), state.get("level"), state.get("grade"),
            state.get("enrolled") is False, name_sort, *map(facts.get, LIST_FACTS),
        )  # fmt: skip


def _last_school(said: Sequence[Said]) -> int | None:
    return next((one.school for one in reversed(said) if one.school is not None), None)


def content_hash() -> str:
    """SHA-256 of everything that stands, by content alone: what was said by which row, and the lists that follow from it.

    Keys and times of acceptance are left out, so that accepting, undoing and accepting again gives the same hash.
    """
    whole = hashlib.sha256()
    facts = ("sheet", "row", "since", "until", "school__code", "year", "household__key")
    said = [name for name in SAID if name != "household_id"]
    standing = Statement.objects.filter(batch__undone_at__isnull=True)
    for row in standing.order_by("batch__upload__sha256", "batch__template", "sheet", "row", "since").values_list(
        "batch__upload__sha256", *facts, *said
    ):
        whole.update(repr(row).encode())
    lists = Enrolment.objects.order_by("school__code", "year", "person__full_name", "person__code", "class_name")
    for row in lists.values_list("school__code", "year", "person__full_name", "person__code", "class_name", "left"):
        whole.update(repr(row).encode())
    whole.update(repr(Person.objects.filter(standing=True, joined_into__isnull=True).count()).encode())
    return whole.hexdigest()


def rests_on(batch_id: int) -> QuerySet[Statement]:
    """Statements that rest on a batch: later ones, that stand, of people whom nothing before it knew."""
    mine = Statement.objects.filter(batch=batch_id)
    before = Statement.objects.filter(batch__undone_at__isnull=True, batch__lt=batch_id)
    made = mine.exclude(person__in=before.values("person_id")).values("person_id")
    return Statement.objects.filter(batch__gt=batch_id, batch__undone_at__isnull=True, person__in=made).annotate(
        of=F("batch_id")
    )
