"""A school list against what stands, and its acceptance: dated facts of schools, undone with their batch.

Reads rows of the template `school_list`: code, name, level, public, kind, industrial_zone, authority, commune_code,
commune_name, address, since, until. An empty cell says nothing: what stood before goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ansinh.core.tables import SCHOOL_KIND
from ansinh.core.words import folded
from ansinh.sheets import Fault, IntakeRow
from ansinh.web.registry.models import Area, AreaLevel, Batch, School, SchoolFact
from ansinh.web.registry.schools import COLUMNS, Described, newest, on_day, timeline, timelines
from ansinh.web.registry.scope import Scope, scope_of

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
_COMPARED = (*COLUMNS, "until")


class SchoolListError(ValueError):
    """Rows that cannot be accepted, each with what to do; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.vi for fault in faults))
        self.faults = tuple(faults)


class SchoolsInUseError(Exception):
    """A list cannot be undone: these batches, newest first, and these schools rest on it."""

    def __init__(self, later: Sequence[Batch], schools: Sequence[School]) -> None:
        super().__init__(", ".join([*(str(batch.pk) for batch in later), *(school.name for school in schools)]))
        self.later, self.schools = tuple(later), tuple(schools)


@dataclass(frozen=True)
class SchoolChange:
    """What one row would do. fields: column → (what stood, what the row says), only where they differ."""

    row: int
    code: str
    kind: str
    fields: dict[str, tuple[Any, Any]]
    says: Described


def changes_of(rows: Iterable[IntakeRow], day: date, scope: Scope) -> tuple[list[SchoolChange], list[Fault]]:
    """Each row against what stands, and the rows that cannot be read. `day`: the day of the list, from which its facts hold
    where a row names no other, and on whose map its communes stand first. Schools and communes are those of the scope."""
    rows = list(rows)
    codes = {str(row.values["code"]) for row in rows}
    lines = _lines(scope.schools().filter(code__in=codes), day)
    elsewhere = set(School.objects.filter(code__in=codes).values_list("code", flat=True)) - set(
        scope.schools().filter(code__in=codes).values_list("code", flat=True)
    )
    communes = _Communes(rows, day, scope)
    changes, faults = [], []
    for row in sorted(rows, key=lambda row: (row.values.get("since") or day, row.row)):
        code = str(row.values["code"])
        line = lines.get(code, [])
        said = _elsewhere(row) if code in elsewhere else _said(row, line, communes, day)
        if isinstance(said, Fault):
            faults.append(said)
            continue
        changes.append(_change(row.row, code, line, said))
        # A second row of the same school is read against the first.
        lines[code] = timeline([*line, said])
    return sorted(changes, key=lambda change: change.row), faults


def accept_schools(*, rows: Iterable[IntakeRow], batch: Batch) -> dict[str, int]:
    """Write the facts that a list adds, and bring the schools' current columns up to date. Counts by kind of change.

    SchoolListError, before anything is written, when a row cannot be read. The caller holds the transaction.
    """
    changes, faults = changes_of(rows, batch.since, scope_of(batch.by))
    if faults:
        raise SchoolListError(faults)
    schools = {school.code: school for school in School.objects.filter(code__in=[change.code for change in changes])}
    _keep_what_stood([schools[change.code] for change in changes if change.code in schools], batch)
    for change in changes:
        if change.code not in schools:
            schools[change.code] = School.objects.create(code=change.code, **_columns(change.says))
    SchoolFact.objects.bulk_create(
        SchoolFact(
            school=schools[change.code],
            batch=batch,
            row=change.row,
            since=change.says.since,
            until=change.says.until,
            **_columns(change.says),
        )
        for change in changes
        if change.kind != UNCHANGED
    )
    refresh(schools[change.code].pk for change in changes)
    return {kind: sum(change.kind == kind for change in changes) for kind in (NEW, CHANGED, UNCHANGED)}


def undo_schools(*, batch: Batch) -> None:
    """Bring schools to what stood before a list, which the caller has just marked as undone; in the caller's transaction.

    A school that this list alone made known goes with its facts; other facts stay readable. SchoolsInUseError when later
    lists, or anything else, rest on it.
    """
    later, used = resting_on(batch)
    if later or used:
        raise SchoolsInUseError(later, used)
    alone = list(_known_only_by(batch).values_list("pk", flat=True))
    SchoolFact.objects.filter(school__in=alone).delete()
    School.objects.filter(pk__in=alone).delete()
    refresh(batch.school_facts.values_list("school_id", flat=True))


def resting_on(batch: Batch) -> tuple[list[Batch], list[School]]:
    """What stands in the way of undoing a list: later lists of its schools that stand, newest first, and the schools known
    by it alone that something else names (a class list, an upload, a grant, staff)."""
    schools = batch.school_facts.values("school_id")
    later = Batch.objects.filter(school_facts__school__in=schools, undone_at__isnull=True, pk__gt=batch.pk)
    used = Q(statements__isnull=False) | Q(enrolments__isnull=False) | Q(uploads__isnull=False)
    used |= Q(grants__isnull=False) | Q(staff__isnull=False) | Q(batches__isnull=False)
    return list(later.distinct().order_by("-pk")), list(_known_only_by(batch).filter(used).distinct())


def refresh(schools: Iterable[int]) -> None:
    """Make the current columns of schools anew from the facts that stand; one without any keeps its own."""
    wanted = School.objects.filter(pk__in=set(schools))
    lines = timelines(wanted)
    changed = []
    for school in wanted.filter(pk__in=lines):
        columns = _columns(newest(lines[school.pk]))
        if any(getattr(school, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(school, name, value)
            changed.append(school)
    School.objects.bulk_update(changed, COLUMNS)


def _known_only_by(batch: Batch) -> QuerySet[School]:
    others = SchoolFact.objects.exclude(batch=batch).filter(Q(batch=None) | Q(batch__undone_at=None))
    return School.objects.filter(facts__batch=batch).exclude(pk__in=others.values("school_id")).distinct()


def _keep_what_stood(schools: Iterable[School], batch: Batch) -> None:
    """A school entered without any dated fact gets one that says what its row says, so that undoing can find it again."""
    silent = {school.pk: school for school in schools if not school.facts.exists()}
    SchoolFact.objects.bulk_create(
        SchoolFact(school=school, since=batch.since, **_columns(school)) for school in silent.values()
    )


def _lines(schools: QuerySet[School], day: date) -> dict[str, list[Described]]:
    """By code; a school entered without any dated fact is read as its row says, from the day of the list."""
    known = timelines(schools)
    return {
        school.code: known.get(school.pk) or [Described(**_columns(school), since=day, until=None)]
        for school in schools
    }


def _columns(said: Described | School) -> dict[str, Any]:
    return {name: getattr(said, name) for name in COLUMNS}


def _change(row: int, code: str, line: list[Described], said: Described) -> SchoolChange:
    before = on_day(line, said.since)
    if before is None:
        kind = CHANGED if line else NEW
        return SchoolChange(row, code, kind, {n: (None, getattr(said, n)) for n in _COMPARED}, said)
    # An end the row does not give is the end that stood, so that reading the same list again finds nothing new.
    said = replace(said, until=before.until) if said.until is None else said
    differing = {
        name: (getattr(before, name), getattr(said, name))
        for name in _COMPARED
        if getattr(before, name) != getattr(said, name)
    }
    return SchoolChange(row, code, CHANGED if differing else UNCHANGED, differing, said)


def _said(row: IntakeRow, line: list[Described], communes: _Communes, day: date) -> Described | Fault:
    """What a row says, its empty cells filled with what stood on its first day."""
    given: dict[str, Any] = {field.name: row.values.get(field.name) for field in fields(Described)}
    given["since"] = given["since"] or day
    if given["until"] is not None and given["until"] <= given["since"]:
        return _fault(
            row,
            "until",
            "ends_before_it_begins",
            "ngày kết thúc phải sau ngày bắt đầu. Hãy sửa một trong hai ngày.",
            "the last day must come after the first. Correct one of the two.",
        )
    area = communes.of(row)
    if isinstance(area, Fault):
        return area
    before = on_day(line, given["since"]) or (newest(line) if line else None)
    stood = _columns(before) if before else {"kind": SCHOOL_KIND.ordinary, "authority": "", "address": ""}
    columns = {**stood, **{name: value for name, value in given.items() if value not in (None, "")}}
    if area is not None:
        columns["area_id"] = area
    missing = [name for name in COLUMNS if columns.get(name) is None]
    if missing:
        return _missing(row, missing[0])
    return Described(**{"until": None, **columns})


_HEADINGS = {
    "name": ("tên trường", "its name"),
    "level": ("cấp học", "its level"),
    "public": ("công lập hay ngoài công lập", "whether it is public"),
    "industrial_zone": ("có ở khu công nghiệp hay không", "whether it stands in an industrial zone"),
    "area_id": ("xã, phường", "its commune"),
}


def _missing(row: IntakeRow, column: str) -> Fault:
    vi, en = _HEADINGS[column]
    return _fault(
        row,
        "commune_code" if column == "area_id" else column,
        "new_school_lacks",
        f"trường chưa có trong mạng lưới nên phải ghi {vi}. Hãy điền ô này.",
        f"the school is new to the network, so the row must say {en}. Fill in the cell.",
    )


def _elsewhere(row: IntakeRow) -> Fault:
    return _fault(
        row,
        "code",
        "school_elsewhere",
        "mã trường này là của một trường ngoài phạm vi được giao. Hãy đối chiếu mã trường.",
        "this code belongs to a school outside the area in your charge. Compare the code.",
    )


def _fault(row: IntakeRow, column: str, code: str, vi: str, en: str) -> Fault:
    cell = row.cells.get(column)
    letter = cell.column if cell else None
    where_vi, where_en = f"Trang “{row.sheet}”, dòng {row.row}: ", f"Sheet “{row.sheet}”, row {row.row}: "
    return Fault(code, where_vi + vi, where_en + en, sheet=row.sheet, row=row.row, column=letter)


class _Communes:
    """Which area a row means. Codes were used again after the merger, so the name decides where the code alone does not."""

    def __init__(self, rows: Iterable[IntakeRow], day: date, scope: Scope) -> None:
        self._day = day
        codes = {str(row.values["commune_code"]) for row in rows if row.values.get("commune_code")}
        self._by_code: dict[str, list[Area]] = {}
        for area in scope.areas().filter(level=AreaLevel.COMMUNE, code__in=codes).order_by("-since"):
            self._by_code.setdefault(area.code, []).append(area)

    def of(self, row: IntakeRow) -> int | Fault | None:
        """The area's key; None when the row names no commune."""
        code, name = row.values.get("commune_code"), row.values.get("commune_name")
        if not code:
            return None
        found = self._by_code.get(str(code), [])
        if name:
            found = [area for area in found if _bare(area.name) == _bare(str(name))]
        if not found:
            vi, en = (f" và tên {name}", f" and the name {name}") if name else ("", "")
            return _fault(
                row,
                "commune_code",
                "no_such_commune",
                f"trong phạm vi được giao không có xã, phường nào mang mã {code}{vi}. Hãy đối chiếu mã và tên.",
                f"no commune in your charge has the code {code}{en}. Compare the code and the name.",
            )
        standing = [a for a in found if a.since <= self._day and (a.until is None or self._day < a.until)]
        return (standing or found)[0].pk


def _bare(name: str) -> str:
    """`Xã Hòa Minh`, `Hoà Minh` and `hoa minh` alike."""
    words = folded(name)
    for kind in ("thi tran ", "phuong ", "dac khu ", "xa "):
        words = words.removeprefix(kind)
    return words
