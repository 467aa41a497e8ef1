"""Verbs that change: each in one transaction, with who and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from ansinh.core.dates import OPEN
from ansinh.core.tables import FACTS, POVERTY
from ansinh.core.uncollected import uncollected
from ansinh.web.registry import bulk, school_lists, sealed, staff_lists, standing
from ansinh.web.registry.difference import Change, Difference, Kind
from ansinh.web.registry.incoming import ROLLOVER, ROSTER, SCHOOL_LIST, STAFF_LIST, Line, household_key
from ansinh.web.registry.models import (
    Area,
    Batch,
    Doubt,
    Enrolment,
    Household,
    Joining,
    MatchKey,
    PairDecision,
    Person,
    Reading,
    School,
    Statement,
    Upload,
    User,
)
from ansinh.web.registry.scope import scope_of

if TYPE_CHECKING:
    from ansinh.sheets import Cell, Intake

ONE_DAY = timedelta(days=1)
_FRAME = ("person_id", "batch_id", "since", "until", "sheet", "row", "cells", "school_id", "year", "sealed_identity")


class RestsError(Exception):
    """A batch cannot be undone: these later ones, newest first, rest on it and must be undone before; and so do these schools,
    known by it alone, of which something else speaks."""

    def __init__(self, later: Sequence[Batch], schools: Sequence[School] = ()) -> None:
        super().__init__(", ".join([*(str(batch.pk) for batch in later), *(school.name for school in schools)]))
        self.later, self.schools = tuple(later), tuple(schools)


def keep(*, intake: Intake, school: School | None = None, area: Area | None = None, by: User, at: datetime) -> Upload:
    """Keep a file that was read, for a school or for an area: its bytes, their hash, and the faults found.

    Sending it again changes nothing; a file that had been withdrawn and is sent again stands again. PermissionDenied when the
    person may not bring in such a list there.
    """
    _may_write(by, intake.template, school, area)
    with transaction.atomic():
        upload, new = Upload.objects.get_or_create(
            school=school,
            area=area,
            template=intake.template,
            sha256=intake.sha256,
            defaults={
                "filename": intake.filename[:255],
                "original": intake.original,
                "size_bytes": len(intake.original),
                "rows_read": len(intake.rows),
                "faults": [_plain(asdict(fault)) for fault in (*intake.faults, *intake.notes)],
                "by": by,
                "at": at,
            },
        )
        if not new and upload.withdrawn_at is not None:
            _stand(upload, by=None, at=None)
    return upload


def withdraw(*, upload: Upload, by: User, at: datetime) -> None:
    """Take an upload back, with all that was accepted of it. Nothing is deleted; doing it twice changes nothing.

    RestsError when later facts rest on what was accepted.
    """
    _may_write(by, upload.template, upload.school, upload.area)
    with transaction.atomic():
        for batch in upload.batches.filter(undone_at__isnull=True).order_by("-pk"):
            undo(batch=batch, by=by, at=at)
        if upload.withdrawn_at is None:
            _stand(upload, by=by, at=at)


def restore(*, upload: Upload, by: User) -> None:
    """Undo a withdrawal. What had been accepted of it is accepted anew, after another look."""
    _may_write(by, upload.template, upload.school, upload.area)
    _stand(upload, by=None, at=None)


@uncollected()
def accept(
    *,
    difference: Difference,
    by: User,
    at: datetime,
    numbers: Collection[int] | None = None,
    gone_on: date | None = None,
) -> Batch | None:
    """Door 2: state what the chosen changes say, as one batch. None when nothing is left to state.

    numbers: places in the file (`Change.number`); by default everything that can be accepted. Doubtful rows wait for a
    person's word. gone_on: the day from which who is gone is no longer listed, by default the day of acceptance.
    SchoolListError when a school cannot be closed on that day.
    """
    upload = difference.upload
    _may_write(by, upload.template, upload.school, upload.area)
    chosen = [c for c in difference.changes if c.to_accept and (numbers is None or c.number in numbers)]
    if not chosen:
        return None
    with transaction.atomic():
        batch = Batch.objects.create(
            upload=upload,
            template=upload.template,
            school=upload.school,
            area=upload.area,
            year=difference.incoming.year,
            since=difference.since,
            until=_end(difference.incoming.until),
            counts={kind.value: sum(c.kind is kind for c in chosen) for kind in Kind if kind is not Kind.UNCHANGED},
            places=_places(chosen, difference.incoming.header),
            by=by,
            at=at,
        )
        _write(batch, difference, chosen, gone_on or at.date())
    return batch


def _write(batch: Batch, difference: Difference, chosen: Sequence[Change], gone_on: date) -> None:
    """State the chosen changes in the tables of what the list is of: schools, staff, or learners."""
    if batch.template == SCHOOL_LIST:
        school_lists.write(batch=batch, chosen=chosen, gone_on=gone_on)
    elif batch.template == STAFF_LIST:
        staff_lists.write(batch=batch, chosen=chosen, gone_on=gone_on)
    else:
        people = _people(difference.upload, chosen)
        _state(batch, difference, chosen, people, gone_on)
        bulk.take_stock(Statement, Person, Enrolment, MatchKey, added=len(chosen))
        standing.refresh(sorted(set(people.values())))


@uncollected()
def undo(*, batch: Batch, by: User, at: datetime) -> None:
    """Take a batch back whole: what stood before stands again, to the byte. Doing it twice changes nothing.

    RestsError, naming the batches and schools in the way, when later facts rest on it.
    """
    _may_write(by, batch.template, batch.school, batch.area)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.undone_at is not None:
            return
        later, schools = resting(batch), schools_resting(batch)
        if later or schools:
            raise RestsError(later, schools)
        people = list(batch.statements.values_list("person_id", flat=True).distinct())
        batch.undone_by, batch.undone_at = by, at
        batch.save(update_fields=["undone_by", "undone_at"])
        if batch.template == SCHOOL_LIST:
            school_lists.undo_schools(batch=batch)
        standing.refresh(people)


def resting(batch: Batch) -> list[Batch]:
    """The batches that stand in the way of undoing one, newest first.

    Those are later editions of the same list, which were compared with it, and later statements about people it made known.
    A school's list of a year comes from its rosters and from the end of the year before: each is an edition of it, and the
    end of a year rests on that year's list. A list of schools rests on another where it speaks of the same schools.
    """
    if batch.template == SCHOOL_LIST:
        return school_lists.resting_on(batch)[0]
    later = Batch.objects.filter(pk__gt=batch.pk, undone_at__isnull=True)
    near = Q(template=batch.template, year=batch.year)
    if batch.template in (ROSTER, ROLLOVER) and batch.year is not None:
        near = Q(template__in=(ROSTER, ROLLOVER), year=batch.year) | Q(template=ROLLOVER, year=batch.year + 1)
    editions = later.filter(near, school=batch.school, area=batch.area)
    resting = later.filter(pk__in=standing.rests_on(batch.pk).values("batch_id"))
    return list((editions | resting).distinct().order_by("-pk"))


def schools_resting(batch: Batch) -> list[School]:
    """The schools that a list alone made known, and of which something else speaks by now."""
    return school_lists.resting_on(batch)[1] if batch.template == SCHOOL_LIST else []


def decide_pair(*, change: Change | Doubt, person: Person, same: bool, by: User, at: datetime) -> PairDecision:
    """Keep a person's word on a doubtful row: it is that person, or it is not. A later word replaces an earlier one.

    PermissionDenied when `by` may not see the person on record, or only reads.
    """
    _may_match(by, person)
    with transaction.atomic():
        before = PairDecision.objects.filter(incoming=change.fingerprint, withdrawn_at__isnull=True)
        (before if same else before.filter(person=person)).update(withdrawn_by=by, withdrawn_at=at)
        return PairDecision.objects.create(incoming=change.fingerprint, person=person, same=same, by=by, at=at)


def withdraw_pair(*, decision: PairDecision, by: User, at: datetime) -> None:
    """Take a word on a pair back: the row is asked about again."""
    _may_match(by, decision.person)
    PairDecision.objects.filter(pk=decision.pk, withdrawn_at__isnull=True).update(withdrawn_by=by, withdrawn_at=at)


def join(*, kept: Person, gone: Person, reason: str, by: User, at: datetime) -> Joining:
    """Read two records as one human being from now on. ValueError when one of them is joined already."""
    with transaction.atomic():
        both = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=(kept.pk, gone.pk))}
        if len(both) != 2 or any(person.joined_into_id for person in both.values()):
            raise ValueError("a record is joined to another already")
        if Person.objects.filter(joined_into=gone).exists():
            raise ValueError("other records are joined into the one that would go")
        _may_match(by, kept, gone)
        Person.objects.filter(pk=gone.pk).update(joined_into=kept)
        joining = Joining.objects.create(kept=kept, gone=gone, reason=reason, by=by, at=at)
        standing.refresh([kept.pk, gone.pk])
    return joining


def part(*, joining: Joining, by: User, at: datetime) -> None:
    """Part two joined records again: each is what it was. Doing it twice changes nothing."""
    _may_match(by, joining.kept)
    with transaction.atomic():
        if Joining.objects.filter(pk=joining.pk, parted_at__isnull=True).update(parted_by=by, parted_at=at):
            Person.objects.filter(pk=joining.gone_id).update(joined_into=None)
            standing.refresh([joining.kept_id, joining.gone_id])


def log_reading(
    *, by: User, at: datetime, act: str, what: str, person: Person | None = None, people: int = 1
) -> Reading:
    """Write to the access log that sensitive facts were read, searched for or exported."""
    return Reading.objects.create(by=by, at=at, act=act, what=what[:200], person=person, people=people)


def _may_write(by: User, template: str, school: School | None, area: Area | None) -> None:
    if not scope_of(by).may_write(template, school, area):
        raise PermissionDenied


def _may_match(by: User, *people: Person) -> None:
    if not scope_of(by).may_match(*people):
        raise PermissionDenied


def _stand(upload: Upload, *, by: User | None, at: datetime | None) -> None:
    upload.withdrawn_by, upload.withdrawn_at = by, at
    upload.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _plain(fault: dict[str, Any]) -> dict[str, Any]:
    """A fault as JSON keeps it: a cell's value as its own text."""
    return {key: value if value is None or isinstance(value, int) else str(value) for key, value in fault.items()}


def _end(until: date) -> date | None:
    return None if until == OPEN else until


def _spot(cell: Cell) -> list[Any]:
    return [cell.sheet, cell.row, cell.column]


def _places(chosen: Sequence[Change], header: Mapping[str, Cell]) -> dict[str, Any]:
    """Where facts usually stand: those said once for the whole file, and for each sheet the column of every other.

    The first row of a sheet stands for the rest; a statement keeps what stands elsewhere in its own row.
    """
    sheets: dict[str, dict[str, str]] = {}
    for change in chosen:
        if change.line is not None and change.sheet not in sheets:
            own = change.line.cells().items()
            sheets[change.sheet] = {fact: cell.column for fact, cell in own if cell.row == change.row}
    return {
        "sheets": list(sheets),
        "columns": sheets,
        "header": {fact: _spot(cell) for fact, cell in header.items()},
    }


def _elsewhere(line: Line, writes: Collection[str], columns: Mapping[str, str], header: Mapping[str, Cell]) -> Any:
    """The cells of a row's facts that stand elsewhere than the batch's places say; None when there are none."""
    odd = {}
    for fact, cell in line.odd_cells().items():
        usual = cell.row == line.row and cell.sheet == line.sheet and cell.column == columns.get(fact)
        if not usual and cell is not header.get(fact) and fact in writes:
            odd[fact] = _spot(cell)
    return odd or None


def _people(upload: Upload, chosen: Sequence[Change]) -> dict[int, int]:
    """Change number → person; somebody new gets a record, the very one an undone acceptance of this file had made."""
    people = {change.number: change.person for change in chosen if change.person is not None}
    new = [change for change in chosen if change.person is None]
    undone = Statement.objects.filter(batch__upload=upload, batch__undone_at__isnull=False, person__standing=False)
    made = {
        (batch["sheets"][sheet], row): pk
        for batch, sheet, row, pk in undone.filter(person__joined_into__isnull=True).values_list(
            "batch__places", "sheet", "row", "person_id"
        )
    }
    for change in new:
        if (old := made.get((change.sheet, change.row))) is not None:
            people[change.number] = old
    rest = [change.number for change in new if change.number not in people]
    fresh = bulk.new_keys(Person, len(rest))
    blank = ("code", "digest", "full_name", "name_words", "name_sort", "sex", "father", "mother")
    bulk.insert(Person, ("id", *blank, "standing"), [(pk, *[""] * len(blank), True) for pk in fresh])
    return people | dict(zip(rest, fresh, strict=True))


def _state(
    batch: Batch, difference: Difference, chosen: Sequence[Change], people: dict[int, int], gone_on: date
) -> None:
    households = _households(batch, chosen)
    names = [name for name in standing.SAID if any(_says(change, name) for change in chosen)]
    sheets = {sheet: place for place, sheet in enumerate(batch.places["sheets"])}
    columns = batch.places["columns"]
    gone_says = {"enrolled": False} if batch.template == ROSTER else {"poverty": POVERTY.none}

    def rows() -> Iterator[tuple[Any, ...]]:
        for change in chosen:
            line = change.line
            since, cells, number = batch.since, None, None
            if line is None:
                values: dict[str, Any] = dict(gone_says)
                # A list of a year that has ended strikes off on its last day.
                since = max(batch.since, min(gone_on, (batch.until or OPEN) - ONE_DAY))
            else:
                values = {name: line.values[name] for name in change.writes}
                cells = _elsewhere(line, values, columns[change.sheet], difference.incoming.header)
                number = (
                    sealed.seal(line.identity_number).token if "digest" in values and line.identity_number else None
                )
                if line.household and "household_id" in values:
                    values["household_id"] = households[line.household]
            school, year = (batch.school_id, batch.year) if batch.year is not None else (None, None)
            yield (
                people[change.number], batch.pk, since, batch.until, sheets.get(change.sheet, 0), change.row, cells,
                school, year, number, *[values.get(name) for name in names],
            )  # fmt: skip

    bulk.insert(Statement, (*_FRAME, *names), rows())


def _says(change: Change, name: str) -> bool:
    return name in change.writes or (change.line is None and name in ("enrolled", "poverty"))


def _households(batch: Batch, chosen: Sequence[Change]) -> dict[str, int]:
    """A file's own household code → the household: codes are a school's, or a commune's, own."""
    codes = sorted({change.line.household for change in chosen if change.line and change.line.household})
    if not codes:
        return {}
    owner = batch.school.code if batch.school else batch.area.code if batch.area else ""
    wanted = {household_key(owner, code): code for code in codes}
    Household.objects.bulk_create(
        [Household(key=key, code=code[:40], area=batch.area) for key, code in wanted.items()], ignore_conflicts=True
    )
    found: dict[str, int] = {}
    for some in bulk.chunks(sorted(wanted), 900):
        found |= {wanted[key]: pk for key, pk in Household.objects.filter(key__in=some).values_list("key", "pk")}
    return found


assert set(FACTS) < set(standing.SAID)
