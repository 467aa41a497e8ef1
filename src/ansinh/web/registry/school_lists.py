"""A school list against what stands, and its acceptance: dated facts of schools, undone with their batch.

Reads rows of the template `school_list`: code, name, level, public, kind, industrial_zone, authority, commune_code,
commune_name, address, since, until. An empty cell says nothing: what stood before goes on. A school that the list lacks is
closed by a person's word alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.core.tables import SCHOOL_KIND
from ansinh.core.words import folded
from ansinh.sheets import Fault, Intake, IntakeRow
from ansinh.web.registry.difference import Change, Difference, Field, Kind
from ansinh.web.registry.incoming import Line
from ansinh.web.registry.list_rows import fault_at, first_day, incoming, renamed, row_of, too_long
from ansinh.web.registry.models import (
    SHORTEST_SCHOOL_CODE,
    Area,
    AreaLevel,
    Batch,
    Enrolment,
    Grant,
    School,
    SchoolFact,
    Staff,
    Statement,
    Upload,
)
from ansinh.web.registry.schools import COLUMNS, Described, newest, on_day, timeline, timelines
from ansinh.web.registry.scope import Scope, Within

NEW, CHANGED, UNCHANGED = Kind.NEW, Kind.CHANGED, Kind.UNCHANGED
_COMPARED = (*COLUMNS, "until")
# What the template calls a column, and what it is called here.
_NAMES = {
    "school_code": "code",
    "school_name": "name",
    "public_school": "public",
    "school_kind": "kind",
    "commune": "commune_name",
}
_SHOWN = {**{ours: theirs for theirs, ours in _NAMES.items()}, "area_id": "commune", "public": "ownership"}


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

    sheet: str
    row: int
    code: str
    kind: Kind
    fields: dict[str, tuple[Any, Any]]
    says: Described


def difference_of(upload: Upload, *, since: date | None = None, intake: Intake) -> Difference:
    """A list of an area's schools compared with what stands there. `since`: the day of the list, by default that on which it
    was received. The rows that cannot be read are its faults."""
    rows = renamed(intake, _NAMES)
    received = incoming(upload, rows)
    day = first_day(received, since)
    within = Within(_area_of(upload))
    found, faults = changes_of(rows, day, within)
    communes = _commune_names(found)
    lines = {(line.sheet, line.row): line for line in received.lines}
    changes = [_shown(change, lines[change.sheet, change.row], day, communes) for change in found]
    listed = {str(row.values["code"]) for row in rows}
    changes += _gone(within, day, listed, len(rows))
    return Difference(upload, received, day, tuple(changes), tuple(faults))


def _area_of(listed: Upload | Batch) -> Area:
    if listed.area is None:
        raise TypeError(f"{listed} is not of an area")
    return listed.area


def _commune_names(changes: Iterable[SchoolChange]) -> dict[int, str]:
    ids = {pk for change in changes for pk in change.fields.get("area_id", ()) if pk is not None}
    return dict(Area.objects.filter(pk__in=ids).values_list("pk", "name"))


def _shown(change: SchoolChange, line: Line, day: date, communes: Mapping[int, str]) -> Change:
    said: list[Field] = []
    for name, (old, new) in change.fields.items():
        if name == "area_id":
            old, new = communes.get(old), communes[new]
        # A new school is named by the row itself.
        named = name == "name" and change.kind is NEW
        if not named and not (old in (None, "") and new in (None, "")):
            said.append(Field(_SHOWN.get(name, name), old, new))
    if said and change.says.since != day:
        said.append(Field("since", None, change.says.since))
    return Change(
        line.number, change.kind, None, change.says.name, change.code, change.sheet, change.row, tuple(said),
        tuple(field.name for field in said), line, key=change.code,
    )  # fmt: skip


def _gone(within: Within, day: date, listed: set[str], after: int) -> list[Change]:
    """The schools that by their dated facts stand on the day, with no end in sight, and that the list does not name."""
    schools = within.schools().order_by("code")
    lines = timelines(schools)
    gone = [
        (code, was.name)
        for pk, code in schools.values_list("pk", "code")
        if code not in listed and (was := on_day(lines.get(pk, ()), day)) and newest(lines[pk]).until is None
    ]
    return [
        Change(after + place, Kind.GONE, None, name, code, "", 0, (), ("until",), None, key=code)
        for place, (code, name) in enumerate(gone, start=1)
    ]


def write(*, batch: Batch, chosen: Iterable[Change], gone_on: date) -> None:
    """Write the chosen changes of a list; a school that is gone ends on the day. SchoolListError when one of them cannot be."""
    chosen = list(chosen)
    rows = [row_of(change.line) for change in chosen if change.line is not None]
    gone = [change.key for change in chosen if change.line is None]
    accept_schools(rows=[*rows, *_closings(gone, gone_on, Within(_area_of(batch)))], batch=batch)


def _closings(codes: Sequence[str], on: date, within: Within) -> list[IntakeRow]:
    """Rows that say of each school what its list would: that what holds now ends on the day."""
    schools = within.schools().filter(code__in=codes)
    names = {school.pk: (school.code, school.name) for school in schools}
    rows, faults = [], []
    for pk, line in timelines(schools).items():
        code, name = names[pk]
        last = newest(line)
        if on <= last.since:
            day = f"{last.since:%d/%m/%Y}"
            vi = f"{name} chỉ được ghi từ {day}, nên không thể kết thúc từ {on:%d/%m/%Y}. Hãy chọn ngày sau đó."
            en = f"{name} is on record from {day} only and cannot end on {on:%d/%m/%Y}. Choose a later day."
            faults.append(Fault("ends_before_it_begins", vi, en))
        rows.append(IntakeRow("", 0, {"code": code, "since": last.since, "until": on}, {}))
    if faults:
        raise SchoolListError(faults)
    return rows


def changes_of(rows: Iterable[IntakeRow], day: date, scope: Scope | Within) -> tuple[list[SchoolChange], list[Fault]]:
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
        changes.append(_change(row, code, line, said))
        # A second row of the same school is read against the first.
        lines[code] = timeline([*line, said])
    places = {(row.sheet, row.row): place for place, row in enumerate(rows)}
    return sorted(changes, key=lambda change: places[change.sheet, change.row]), faults


def accept_schools(*, rows: Iterable[IntakeRow], batch: Batch) -> dict[str, int]:
    """Write the facts that a list adds, and bring the schools' current columns up to date. Counts by kind of change.

    SchoolListError, before anything is written, when a row cannot be read. The caller holds the transaction.
    """
    changes, faults = changes_of(rows, batch.since, Within(_area_of(batch)))
    if faults:
        raise SchoolListError(faults)
    schools = {school.code: school for school in School.objects.filter(code__in=[change.code for change in changes])}
    _keep_what_stood([schools[change.code] for change in changes if change.code in schools], batch)
    for change in changes:
        if change.code not in schools:
            schools[change.code] = School.objects.create(code=change.code, **_columns(change.says))
    sheets = batch.places.get("sheets", ())
    SchoolFact.objects.bulk_create(
        SchoolFact(
            school=schools[change.code],
            batch=batch,
            sheet=sheets.index(change.sheet) if change.sheet in sheets else 0,
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
    used = Q()
    for model in (Statement, Enrolment, Upload, Grant, Staff, Batch):
        used |= Q(Exists(model.objects.filter(school=OuterRef("pk"))))
    return list(later.distinct().order_by("-pk")), list(_known_only_by(batch).filter(used).order_by("code"))


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


def _change(row: IntakeRow, code: str, line: list[Described], said: Described) -> SchoolChange:
    before = on_day(line, said.since)
    if before is None:
        kind = CHANGED if line else NEW
        return SchoolChange(row.sheet, row.row, code, kind, {n: (None, getattr(said, n)) for n in _COMPARED}, said)
    # An end the row does not give is the end that stood, so that reading the same list again finds nothing new.
    said = replace(said, until=before.until) if said.until is None else said
    differing = {
        name: (getattr(before, name), getattr(said, name))
        for name in _COMPARED
        if getattr(before, name) != getattr(said, name)
    }
    return SchoolChange(row.sheet, row.row, code, CHANGED if differing else UNCHANGED, differing, said)


def _said(row: IntakeRow, line: list[Described], communes: _Communes, day: date) -> Described | Fault:
    """What a row says, its empty cells filled with what stood on its first day."""
    if long := too_long(row, School, ("code", *(name for name in COLUMNS if name != "area_id"))):
        return long
    if len(str(row.values["code"])) < SHORTEST_SCHOOL_CODE:
        return fault_at(
            row,
            "code",
            "school_code_short",
            f"mã trường phải có ít nhất {SHORTEST_SCHOOL_CODE} ký tự. Định dạng cột là Văn bản để không mất số 0 ở đầu.",
            f"a school code has at least {SHORTEST_SCHOOL_CODE} characters. Format the column as Text to keep leading zeros.",
        )
    given: dict[str, Any] = {field.name: row.values.get(field.name) for field in fields(Described)}
    given["since"] = given["since"] or day
    if given["until"] is not None and given["until"] <= given["since"]:
        return fault_at(
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
    return fault_at(
        row,
        "commune_code" if column == "area_id" else column,
        "new_school_lacks",
        f"trường chưa có trong mạng lưới nên phải ghi {vi}. Hãy điền ô này.",
        f"the school is new to the network, so the row must say {en}. Fill in the cell.",
    )


def _elsewhere(row: IntakeRow) -> Fault:
    return fault_at(
        row,
        "code",
        "school_elsewhere",
        "mã trường này là của một trường ngoài địa bàn của danh sách. Hãy đối chiếu mã trường.",
        "this code belongs to a school outside the area of the list. Compare the code.",
    )


class _Communes:
    """Which area a row means. Codes were used again after the merger, so the name decides where the code alone does not."""

    def __init__(self, rows: Iterable[IntakeRow], day: date, scope: Scope | Within) -> None:
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
            return fault_at(
                row,
                "commune_code",
                "no_such_commune",
                f"trong địa bàn của danh sách không có xã, phường nào mang mã {code}{vi}. Hãy đối chiếu mã và tên.",
                f"no commune in the area of the list has the code {code}{en}. Compare the code and the name.",
            )
        standing = [a for a in found if a.since <= self._day and (a.until is None or self._day < a.until)]
        return (standing or found)[0].pk


def _bare(name: str) -> str:
    """`Xã Hòa Minh`, `Hoà Minh` and `hoa minh` alike."""
    words = folded(name)
    for kind in ("thi tran ", "phuong ", "dac khu ", "xa "):
        words = words.removeprefix(kind)
    return words
