"""A file against what stands: new, changed field by field, unchanged, gone, and doubtful. Reads only; nothing is decided here.

An empty cell says nothing, so it never changes what stands.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone

from ansinh import sheets
from ansinh.core.identities import Answer, Identity, Reason, keys, match
from ansinh.core.uncollected import uncollected
from ansinh.web.registry import bulk, standing
from ansinh.web.registry.identity import fingerprint, identity_of
from ansinh.web.registry.incoming import ROSTER, Incoming, Line, lines_of
from ansinh.web.registry.models import Enrolment, MatchKey, PairDecision, Person, Statement, Upload


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Field:
    """One column that differs: what stood before (None: nothing) and what the file says."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a doubtful row may be, and why it is not certain."""

    person: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What accepting one row would do. `number` is the row's place in the file from 1; who is gone come after the last row.

    person: who the row is; None for somebody new, and while it is doubtful. fields: what a person reads as the difference;
    writes: what would be stated, of which the fields are a part. key: what the row is of where it is of no learner: the code
    of a school, a member of staff.
    """

    number: int
    kind: Kind
    person: int | None
    name: str
    class_name: str
    sheet: str
    row: int
    fields: tuple[Field, ...]
    writes: tuple[str, ...]
    line: Line | None
    candidates: tuple[Candidate, ...] = ()
    fingerprint: str = ""
    key: str = ""

    @property
    def to_accept(self) -> bool:
        return self.kind in (Kind.NEW, Kind.CHANGED, Kind.GONE)


@dataclass(frozen=True)
class Difference:
    """A whole file compared. faults: its rows that cannot be compared with what stands, each with what to do."""

    upload: Upload
    incoming: Incoming
    since: date
    changes: tuple[Change, ...]
    faults: tuple[sheets.Fault, ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Kind → how many; every kind is there."""
        counted = Counter(change.kind for change in self.changes)
        return {kind.value: counted[kind] for kind in Kind}

    @cached_property
    def seal(self) -> str:
        """A hash of all a person is shown to be accepted: equal hashes, equal effect."""
        whole = hashlib.sha256(repr((self.since, self.counts)).encode())
        for change in self.changes:
            if change.kind is not Kind.UNCHANGED:
                shown = (change.number, change.kind, change.person, change.key, change.fields, change.writes)
                whole.update(repr(shown).encode())
        return whole.hexdigest()

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]


@uncollected()
def difference(upload: Upload, *, since: date | None = None, intake: sheets.Intake | None = None) -> Difference:
    """Compare an upload with what stands. `since`: the day from which its changes hold, by default the file's own first day.

    intake: the upload's bytes as read, where the caller has just read them.
    """
    intake = intake or sheets.read(
        sheets.templates()[upload.template], bytes(upload.original), filename=upload.filename
    )
    incoming = lines_of(intake, upload.school, upload.area, timezone.localdate(upload.at))
    since = max(since or incoming.since, incoming.since)
    known, doubtful = _who(upload, incoming.lines)
    said = dict(standing.by_person(sorted(known.values())))
    listed = _on_the_list(upload, incoming)
    changes = [
        doubtful.get(line.number)
        or _change(line, known.get(line.number), said.get(known.get(line.number, 0), []), upload, incoming, since)
        for line in incoming.lines
    ]
    gone = sorted(listed - set(known.values()) - {c.person for change in doubtful.values() for c in change.candidates})
    changes += _gone(gone, len(incoming.lines), upload)
    return Difference(upload, incoming, since, tuple(changes))


def _change(
    line: Line, person: int | None, said: Sequence[standing.Said], upload: Upload, incoming: Incoming, since: date
) -> Change:
    school, year = upload.school_id, incoming.year
    # A day of the span's own: who is only on last year's list in August is not yet on this year's.
    stands = standing.held(said, since, incoming.until, school=school, year=year)
    writes = tuple(name for name, value in line.values.items() if stands.get(name) != value)
    on_list = any(one.school == school and one.year == year for one in said) if upload.template == ROSTER else True
    before = stands if on_list else standing.last(said, incoming.until)
    shown = [name for name in writes if name not in ("enrolled", "months") or on_list]
    fields = tuple(
        Field(name, before.get(name), line.values[name])
        for name in (shown if person is not None else ())  # Of somebody new there is nothing to set beside it.
        if before.get(name) != line.values[name]
    )
    kind = Kind.NEW if person is None or not on_list else Kind.CHANGED if writes else Kind.UNCHANGED
    return Change(
        line.number, kind, person, str(line.values.get("full_name", "")), str(line.values.get("class_name") or ""),
        line.sheet, line.row, fields, writes, line,
    )  # fmt: skip


def _on_the_list(upload: Upload, incoming: Incoming) -> set[int]:
    """Who stands on the list that this file is a new edition of: whoever of them the file lacks is gone from it."""
    if upload.template == ROSTER and incoming.year is not None:
        lines = Enrolment.objects.filter(school=upload.school, year=incoming.year, left=False)
        return set(lines.values_list("person_id", flat=True))
    if upload.template == "household_poverty_list":
        same = Statement.objects.filter(
            batch__template=upload.template,
            batch__area=upload.area,
            since=incoming.since,
            batch__undone_at__isnull=True,
        )
        return set(same.filter(poverty__gt=0).values_list("person_id", flat=True))
    return set()


def _gone(people: Sequence[int], after: int, upload: Upload) -> list[Change]:
    names = {
        pk: (name, class_name)
        for some in bulk.chunks(people, 900)
        for pk, name, class_name in Person.objects.filter(pk__in=some).values_list("pk", "full_name", "enrolments__class_name")
    }  # fmt: skip
    return [
        Change(after + place, Kind.GONE, pk, names[pk][0], names[pk][1] or "", "", 0, (), ("enrolled",), None)
        for place, pk in enumerate(people, start=1)
    ]


def _who(upload: Upload, lines: Sequence[Line]) -> tuple[dict[int, int], dict[int, Change]]:
    """Line number → the person it is, and line number → the doubtful change; lines in neither are of new people."""
    rows = [identity_of(line.values, upload.school_id) for line in lines]
    candidates = _candidates(rows)
    prints: dict[int, str] = {}
    found = match(rows, [identity for _, identity in candidates])
    for one in found:
        if one.answer is Answer.DOUBTFUL:
            prints[one.position] = fingerprint(rows[one.position])
    decided = _decided(prints.values())
    known: dict[int, int] = {}
    doubtful: dict[int, Change] = {}
    for one in found:
        line = lines[one.position]
        if one.answer is Answer.SAME:
            known[line.number] = candidates[one.candidates[0].position][0]
        elif one.answer is Answer.DOUBTFUL:
            words = decided.get(prints[one.position], {})
            near = [Candidate(candidates[c.position][0], c.verdict.reasons) for c in one.candidates]
            if same := [person for person, yes in words.items() if yes]:
                known[line.number] = same[0]
            elif open_ := tuple(candidate for candidate in near if candidate.person not in words):
                doubtful[line.number] = _doubtful(line, open_, prints[one.position])
    return known, doubtful


def _doubtful(line: Line, candidates: tuple[Candidate, ...], print_: str) -> Change:
    name, class_name = str(line.values.get("full_name", "")), str(line.values.get("class_name") or "")
    return Change(
        line.number, Kind.DOUBTFUL, None, name, class_name, line.sheet, line.row, (), (), line, candidates, print_
    )


def _decided(prints: Iterable[str]) -> dict[str, dict[int, bool]]:
    """Fingerprint → person → whether a person said they are the same."""
    decided: dict[str, dict[int, bool]] = {}
    for some in bulk.chunks(sorted(set(prints)), 900):
        kept = PairDecision.objects.filter(incoming__in=some, withdrawn_at__isnull=True).select_related("person")
        for word in kept:
            decided.setdefault(word.incoming, {})[word.person.joined_into_id or word.person_id] = word.same
    return decided


def _candidates(rows: Sequence[Identity]) -> list[tuple[int, Identity]]:
    """Everybody who shares a key with one of the rows, with the school they were last listed by."""
    wanted = sorted({key for row in rows for key in keys(row)})
    ids: set[int] = set()
    for some in bulk.chunks(wanted):
        # By the keys alone: joined with who stands, SQLite goes through everybody who does, on every upload.
        ids.update(MatchKey.objects.filter(key__among=some).values_list("person_id", flat=True))
    found: list[tuple[int, Identity]] = []
    for some in bulk.chunks(sorted(ids)):
        school = dict(
            Enrolment.objects.filter(person__among=some).order_by("year").values_list("person_id", "school_id")
        )
        columns = ("code", "digest", "full_name", "birth_date", "sex", "father", "mother")
        near = Person.objects.filter(pk__among=some, standing=True, joined_into__isnull=True)
        for pk, *values in near.values_list("pk", *columns):
            state: Mapping[str, Any] = dict(zip(columns, values, strict=True))
            found.append((pk, identity_of(state, school.get(pk))))
    return found
