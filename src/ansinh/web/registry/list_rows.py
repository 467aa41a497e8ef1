"""What lists of schools and of staff share: their rows by this room's names, faults at a row, and the first day of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from django.db.models import Model
from django.utils import timezone

from ansinh.core.dates import OPEN
from ansinh.sheets import Cell, Fault, Intake, IntakeRow
from ansinh.web.registry.incoming import Incoming, Line
from ansinh.web.registry.models import Upload


def renamed(intake: Intake, names: Mapping[str, str]) -> list[IntakeRow]:
    """The rows of a file with these columns called otherwise."""
    return [
        IntakeRow(
            row.sheet,
            row.row,
            {names.get(name, name): value for name, value in row.values.items()},
            {names.get(name, name): cell for name, cell in row.cells.items()},
        )
        for row in intake.rows
    ]


def incoming(upload: Upload, rows: Iterable[IntakeRow]) -> Incoming:
    """The rows as lines that hold from the day the file was received, numbered from 1; `row_of` gives a row back."""
    lines = tuple(
        Line(number, row.sheet, row.row, row.values, None, None, cells := partial(_cells, row), cells)
        for number, row in enumerate(rows, start=1)
    )
    return Incoming(lines, None, timezone.localdate(upload.at), OPEN, {})


def _cells(row: IntakeRow) -> Mapping[str, Cell]:
    return row.cells


def row_of(line: Line) -> IntakeRow:
    return IntakeRow(line.sheet, line.row, line.values, line.cells())


def first_day(received: Incoming, since: date | None) -> date:
    """The day from which a list's changes hold: the one asked for, but not before the list was received."""
    return max(since or received.since, received.since)


def fault_at(row: IntakeRow, column: str, code: str, vi: str, en: str) -> Fault:
    """A fault of a row, said with its sheet and row; at the cell of the column where there is one."""
    cell = row.cells.get(column)
    where_vi, where_en = f"Trang “{row.sheet}”, dòng {row.row}: ", f"Sheet “{row.sheet}”, row {row.row}: "
    letter = cell.column if cell else None
    return Fault(code, where_vi + vi, where_en + en, sheet=row.sheet, row=row.row, column=letter)


def too_long(row: IntakeRow, model: type[Model], columns: Iterable[str]) -> Fault | None:
    """The first of these columns whose text is longer than the model's column of that name holds."""
    for column in columns:
        limit, text = getattr(model._meta.get_field(column), "max_length", None), row.values.get(column)
        if limit is not None and isinstance(text, str) and len(text) > limit:
            cell = row.cells.get(column)
            heading = f"“{cell.heading}”" if cell else column
            return fault_at(
                row,
                column,
                "longer_than_kept",
                f"ô {heading} dài {len(text)} ký tự, nhiều nhất là {limit}. Hãy viết gọn lại.",
                f"the cell {heading} has {len(text)} characters; at most {limit} are kept. Shorten it.",
            )
    return None
