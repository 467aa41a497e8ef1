"""A school's staff list against what stands, and its acceptance. Rows are only added: undoing a list is not counting its rows.

A member is known by their code; without one, by name and birth date. Where that leaves a doubt the row is a fault that says
what to fill in: nothing is guessed. An empty cell says nothing: what stood before goes on. Identity numbers are not kept.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.core.words import folded, person_key
from ansinh.sheets import Fault, Intake, IntakeRow
from ansinh.web.registry.difference import Change, Difference, Field, Kind
from ansinh.web.registry.incoming import Line
from ansinh.web.registry.list_rows import fault_at, first_day, incoming, renamed, row_of, too_long
from ansinh.web.registry.models import Batch, School, Staff, Upload
from ansinh.web.registry.scope import staff_of

# By the names of `Staff`, as the list shows them.
COLUMNS = (
    "code",
    "full_name",
    "birth_date",
    "position",
    "coefficient_hundredths",
    "allowance_hundredths",
    "contract",
)
_SHOWN = {"code": "staff_code"}


def difference_of(upload: Upload, *, since: date | None = None, intake: Intake) -> Difference:
    """A list of a school's staff compared with who works there. `since`: the day from which its changes hold, by default that
    on which it was received. The rows of which it is not certain whose they are are its faults."""
    if upload.school is None:
        raise TypeError(f"{upload} is not of a school")
    rows = renamed(intake, {"staff_code": "code"})
    received = incoming(upload, rows)
    standing = list(staff_of(School.objects.filter(pk=upload.school.pk)))
    meant = _Members(standing).of(rows, upload.school.code)
    changes, faults = [], []
    for line, who in zip(received.lines, meant, strict=True):
        if isinstance(who, Fault):
            faults.append(who)
        else:
            changes.append(_change(line, who))
    changes += _gone(standing, meant, rows)
    return Difference(upload, received, first_day(received, since), tuple(changes), tuple(faults))


def _change(line: Line, who: Staff | None) -> Change:
    says = {name: value for name in COLUMNS if (value := line.values.get(name)) not in (None, "")}
    stood = {name: getattr(who, name) if who else None for name in COLUMNS}
    # Somebody new is named by the row itself.
    differing = [name for name in says if says[name] != stood[name] and (who or name != "full_name")]
    said = tuple(Field(_SHOWN.get(name, name), stood[name], says[name]) for name in differing)
    kind = Kind.NEW if who is None else Kind.CHANGED if said else Kind.UNCHANGED
    position = str(says.get("position") or stood["position"] or "")
    return Change(
        line.number, kind, None, str(says["full_name"]), position, line.sheet, line.row, said,
        tuple(field.name for field in said), line, key=str(who.member) if who else "",
    )  # fmt: skip


def _gone(standing: Sequence[Staff], meant: Sequence[Staff | Fault | None], rows: Sequence[IntakeRow]) -> list[Change]:
    """Who works there and is not on the list. Whoever a doubtful row may be is not gone while nobody knows."""
    found = {who.pk for who in meant if isinstance(who, Staff)}
    doubtful = [row for row, who in zip(rows, meant, strict=True) if isinstance(who, Fault)]
    names = {person_key(str(row.values["full_name"])) for row in doubtful}
    codes = {folded(str(row.values["code"])) for row in doubtful if row.values.get("code")}
    gone = [
        one
        for one in standing
        if one.pk not in found and person_key(one.full_name) not in names and folded(one.code) not in codes
    ]
    return [
        Change(len(rows) + place, Kind.GONE, None, one.full_name, one.position, "", 0, (), ("left",), None,
               key=str(one.member))
        for place, one in enumerate(gone, start=1)
    ]  # fmt: skip


def write(*, batch: Batch, chosen: Iterable[Change], gone_on: date) -> None:
    """Write the chosen changes of a list, each as the whole of what is then known; who is gone has left on the day."""
    if batch.school is None:
        raise TypeError(f"{batch} is not of a school")
    standing = {str(one.member): one for one in staff_of(School.objects.filter(pk=batch.school.pk))}
    sheets = batch.places["sheets"]
    rows = []
    for change in chosen:
        before = standing.get(change.key)
        told: Mapping[str, Any] = row_of(change.line).values if change.line else {}
        says = {name: told[name] for name in COLUMNS if told.get(name) not in (None, "")}
        rows.append(
            Staff(
                **{name: getattr(before, name) for name in COLUMNS if before} | says,
                member=before.member if before else uuid.uuid4(),
                school=batch.school,
                batch=batch,
                sheet=sheets.index(change.sheet) if change.line else 0,
                row=change.row,
                since=batch.since if change.line else gone_on,
                left=change.line is None,
            )
        )
    Staff.objects.bulk_create(rows)


@dataclass(frozen=True)
class _Members:
    """Who works at a school, to be found again by the rows of a list."""

    standing: Sequence[Staff]

    def of(self, rows: Sequence[IntakeRow], school: str) -> list[Staff | Fault | None]:
        """For each row the member it is, None for somebody new, or the fault that says why it is not certain."""
        codes = {folded(one.code): one for one in self.standing if one.code}
        names: dict[str, list[Staff]] = {}
        for one in self.standing:
            names.setdefault(person_key(one.full_name), []).append(one)
        meant = [_who(row, school, codes, names) for row in rows]
        claims = Counter(who.pk for who in meant if isinstance(who, Staff))
        return [
            _unsure(row) if isinstance(who, Staff) and claims[who.pk] > 1 else who
            for row, who in zip(rows, meant, strict=True)
        ]


def _who(
    row: IntakeRow, school: str, codes: Mapping[str, Staff], names: Mapping[str, Sequence[Staff]]
) -> Staff | Fault | None:
    if (named := row.values.get("school_code")) and str(named) != school:
        return fault_at(
            row,
            "school_code",
            "of_another_school",
            f"dòng ghi mã trường {named}, không phải trường của danh sách này. Hãy tải dòng này lên cho trường ấy.",
            f"the row has the school code {named}, not that of this list's school. Upload it for that school.",
        )
    if long := too_long(row, Staff, COLUMNS):
        return long
    code, birth = str(row.values.get("code") or ""), row.values.get("birth_date")
    if known := codes.get(folded(code)) if code else None:
        return known
    # Two codes are two people, whatever else is alike.
    near = [one for one in names.get(person_key(str(row.values["full_name"])), ()) if not (code and one.code)]
    sure = [one for one in near if birth is not None and one.birth_date == birth]
    open_ = [one for one in near if birth is None or one.birth_date is None]
    if len(sure) == 1 and not open_:
        return sure[0]
    if sure or open_:
        return _unsure(row)
    if not code and birth is None:
        return fault_at(
            row,
            "full_name",
            "member_not_recognisable",
            "không có mã cán bộ, cũng không có ngày sinh, nên lần sau không nhận ra người này. Hãy ghi một trong hai.",
            "there is neither a staff code nor a birth date, so the person could not be known again. Fill in one of them.",
        )
    return None


def _unsure(row: IntakeRow) -> Fault:
    name = row.values["full_name"]
    return fault_at(
        row,
        "full_name",
        "which_member",
        f"chưa rõ {name} là người nào trong số những người cùng họ tên. Hãy ghi đủ mã cán bộ và ngày sinh.",
        f"it is not certain which of the people of the same name {name} is. Fill in both staff code and birth date.",
    )
