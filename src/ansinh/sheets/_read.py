"""Door 1: from the bytes a person sent to an Intake. Pure: the same bytes give the same Intake."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ansinh.core.words import folded, tidy
from ansinh.sheets import _legacy
from ansinh.sheets._faults import say
from ansinh.sheets._guard import Refused
from ansinh.sheets._header import SEARCH_COLUMNS, Header, Mark, Spot, find_header, school_lines
from ansinh.sheets._template import (
    EXAMPLE_MARK,
    GUIDE_SHEET,
    LISTS_SHEET,
    SCHOOL_SHEET,
    Cell,
    CellKind,
    Draft,
    Fault,
    Intake,
    IntakeRow,
    Severity,
    Template,
)
from ansinh.sheets._text import letter
from ansinh.sheets._values import read_value, ticked
from ansinh.sheets._workbook import Grid, Raw, grids, shown

MAX_ROWS = 20_000
_PROGRESS_EVERY = 200
_FONT_SAMPLE = 3_000  # Cells of a column that decide which character set it was typed in.
_BLANK_TAIL_NOTED_FROM = 1_000
_FOOTERS = (
    "tong cong",
    "tong so",
    "cong",
    "nguoi lap",
    "hieu truong",
    "ke toan",
    "thu truong",
    "danh sach nay",
    "xac nhan",
)
_FOOTER_CELLS = 3  # A signature block fills one cell for each signer.

Progress = Callable[[int, int], None]


def read(template: Template, data: bytes, *, filename: str, progress: Progress | None = None) -> Intake:
    """Read a workbook or text table against a template.

    progress: called with (rows done, rows in all) now and then, and at the end. Never raises for what the bytes hold: a
    file that cannot be read gives an Intake with one fault of severity "file" and no rows.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    reader = _Reader(template, progress)
    try:
        reader.read(grids(data, filename))
    except Refused as refused:
        return Intake(template.name, filename, sha256, data, faults=(refused.fault,))
    faults = sorted(
        reader.faults, key=lambda fault: (fault.severity != Severity.FILE, fault.sheet or "", fault.row or 0)
    )
    return Intake(
        template.name,
        filename,
        sha256,
        data,
        reader.header,
        reader.header_cells,
        tuple(reader.rows),
        tuple(fault for fault in faults if fault.severity != Severity.NOTE),
        tuple(fault for fault in faults if fault.severity == Severity.NOTE),
    )


class _Reader:
    """Gathers rows and faults sheet by sheet, then lets the template compare the rows with each other."""

    def __init__(self, template: Template, progress: Progress | None) -> None:
        self.template = template
        self.progress = progress or (lambda done, total: None)
        self.header: dict[str, object] = {}
        self.header_cells: dict[str, Cell] = {}
        self.rows: list[IntakeRow] = []
        self.faults: list[Fault] = []

    def read(self, sheets: list[Grid]) -> None:
        """All sheets. Refused when none of them holds the table."""
        tables: list[_Table] = []
        for grid in sheets:
            table = self._open(grid)
            if table is not None:
                tables.append(table)
        if not tables:
            some = ", ".join(
                f"“{column.vi}”" for column in self.template.columns if column.name != self.template.key_column
            )
            raise Refused(
                "no_header", key=self.template.column(self.template.key_column).vi, some=some[:90].rpartition(",")[0]
            )
        total = sum(table.length for table in tables)
        if total > MAX_ROWS:
            raise Refused("too_many_rows", limit=MAX_ROWS)
        done = 0
        for table in tables:
            for row in range(table.header.below, len(table.grid.rows)):
                self._row(table, row)
                done += 1
                if done % _PROGRESS_EVERY == 0:
                    self.progress(done, total)
            self.faults += table.late_faults()
        if not self.rows and not self.faults:
            raise Refused("no_rows")
        draft = Draft(self.header, self.header_cells, self.rows, self.faults)
        for check in self.template.checks:
            check(draft)
        self.rows, self.faults = draft.rows, draft.faults
        self.progress(total, total)

    def _open(self, grid: Grid) -> _Table | None:
        """The table of a sheet, its school lines read; None for the guide, the lists, and sheets without a table."""
        name = folded(grid.sheet)
        if name in (folded(GUIDE_SHEET), folded(LISTS_SHEET)):
            return None
        own_text = {} if name == folded(SCHOOL_SHEET) else _modernise(grid, self.faults)
        if name == folded(SCHOOL_SHEET):
            self._school(grid, len(grid.rows), {})
            return None
        if grid.blank_tail >= _BLANK_TAIL_NOTED_FROM:
            self.faults.append(say("blank_rows", sheet=grid.sheet, count=grid.blank_tail))
        header = find_header(self.template, grid)
        if header is None:
            if any(value is not None for row in grid.rows for value in row):
                self._school(grid, min(len(grid.rows), 30), own_text)
                self.faults.append(say("sheet_skipped", sheet=grid.sheet))
            return None
        self._school(grid, header.row, own_text)
        self.faults += header.notes
        if grid.hidden_sheet:
            self.faults.append(say("hidden_sheet", sheet=grid.sheet))
        return _Table(self.template, grid, header, own_text)

    def _school(self, grid: Grid, until: int, own_text: dict[tuple[int, int], str]) -> None:
        """School facts from labels and values; the first statement of each fact stands, and what cannot be read is a fault."""
        for column, raw, row, position, heading in school_lines(self.template, grid, until):
            if column.name in self.header:
                continue
            text = own_text.get((row, position), shown(raw))
            cell = Cell(grid.sheet, row + 1, letter(position), heading, text)
            reading = read_value(column, raw, date1904=grid.date1904)
            if reading.code:
                self.faults.append(_fault(reading.code, cell, dict(reading.details)))
                continue
            self.header[column.name] = reading.value
            self.header_cells[column.name] = cell

    def _row(self, table: _Table, number: int) -> None:
        if table.passes_over(number):
            return
        values, cells = table.values(number)
        if str(values.get("full_name") or "").startswith("(Ví dụ)") or folded(
            str(values.get("learner_code"))
        ) == folded(EXAMPLE_MARK):
            return
        if values[self.template.key_column] is None or table.is_footer(number):
            self._nameless(table, number, values)
            return
        self.faults += table.row_faults
        self.rows.append(IntakeRow(table.grid.sheet, number + 1, values, cells))

    def _nameless(self, table: _Table, number: int, values: dict[str, object]) -> None:
        """A row without its name: a total or a signature is passed over with a note, a child's row is set aside with a fault."""
        spot = table.header.spots[self.template.key_column]
        sheet, column = table.grid.sheet, letter(spot.positions[0])
        known = any(value is not None for value in values.values())
        broken = [fault for fault in table.row_faults if fault.column == column]
        if broken or (known and not table.is_footer(number)):
            self.faults += table.row_faults
            text = table.text(number, spot.positions[0])
            self.faults.append(
                say("name_missing", sheet=sheet, row=number + 1, column=column, heading=spot.heading, value=text)
            )
        else:
            text = next((shown(value) for value in table.grid.rows[number] if value is not None), "")
            self.faults.append(say("rows_not_listed", sheet=sheet, row=number + 1, value=text))


class _Table:
    """One sheet's table: reads a row into values and cells, and remembers what only a whole column can show."""

    def __init__(self, template: Template, grid: Grid, header: Header, own_text: dict[tuple[int, int], str]) -> None:
        self.template, self.grid, self.header, self.own_text = template, grid, header, own_text
        self.length = max(0, len(grid.rows) - header.below)
        self.row_faults: list[Fault] = []
        self.days: dict[str, list[tuple[Cell, bool, date]]] = {}
        self.marks: dict[str, list[Mark]] = {}
        for mark in header.marks:
            if mark.column.name not in header.spots:
                self.marks.setdefault(mark.column.name, []).append(mark)
        self.hidden_seen: list[int] = []
        self.mapped = sorted(
            {p for spot in header.spots.values() for p in spot.positions} | {m.position for m in header.marks}
        )

    def text(self, row: int, position: int) -> str:
        """The cell's own text, as it stood before any conversion."""
        if (row, position) in self.grid.errors:
            return self.grid.errors[row, position]
        return self.own_text.get((row, position), shown(self.grid.rows[row][position]))

    def passes_over(self, number: int) -> bool:
        """Blank rows, the row of column numbers, and headings printed again on each page hold nobody."""
        row = self.grid.rows[number]
        filled = [
            (p, value)
            for p, value in enumerate(row)
            if value is not None and (not isinstance(value, str) or tidy(value))
        ]
        special = any((number, p) in self.grid.no_result or (number, p) in self.grid.errors for p in self.mapped)
        if not filled and not special:
            return True
        if number in self.grid.hidden_rows:
            self.hidden_seen.append(number + 1)
        if (
            not special
            and all(p not in self.mapped for p, _ in filled)
            and len(filled) == 1
            and _is_number(filled[0][1])
        ):
            return True  # A row numbered in advance and not filled in.
        if number < self.header.below + 2 and len(filled) >= 3 and _counts_up([value for _, value in filled]):
            return True
        spot = self.header.spots[self.template.key_column]
        own = row[spot.positions[0]]
        return (
            isinstance(own, str)
            and folded(own) in (folded(spot.heading), folded(spot.column.vi))
            and len(spot.positions) == 1
        )

    def is_footer(self, number: int) -> bool:
        """A total or a line of signatures below the table: few cells, of which the first begins as such lines do."""
        filled = [
            folded(text) for value in self.grid.rows[number] if value is not None and (text := shown(value)).strip()
        ]
        return 0 < len(filled) <= _FOOTER_CELLS and (filled[0] + " ").startswith(tuple(word + " " for word in _FOOTERS))

    def values(self, number: int) -> tuple[dict[str, object], dict[str, Cell]]:
        """All columns of a row; faults of its cells are left in `row_faults`."""
        self.row_faults = []
        values: dict[str, object] = {}
        cells: dict[str, Cell] = {}
        for column in self.template.columns:
            spot = self.header.spots.get(column.name)
            if spot is not None:
                cells[column.name] = self._cell(number, spot.positions[0], spot.heading, spot)
                values[column.name] = self._value(number, spot, cells[column.name])
            elif column.name in self.marks:
                values[column.name] = self._marked(number, self.marks[column.name], cells)
            else:
                values[column.name] = None
        return values, cells

    def _cell(self, number: int, position: int, heading: str, spot: Spot | None = None) -> Cell:
        text = self.text(number, position)
        if spot is not None and len(spot.positions) > 1:
            text = " ".join(part for p in spot.positions if (part := self.text(number, p)))
        return Cell(self.grid.sheet, number + 1, letter(position), heading, text)

    def _broken(self, number: int, position: int, cell: Cell) -> bool:
        """Whether the cell shows an error or a formula without its result; the fault is noted."""
        if (number, position) in self.grid.errors:
            self.row_faults.append(_fault("error_value", cell))
        elif (number, position) in self.grid.no_result and self.grid.rows[number][position] is None:
            self.row_faults.append(_fault("formula_without_value", cell))
        else:
            return False
        return True

    def _value(self, number: int, spot: Spot, cell: Cell) -> object:
        row = self.grid.rows[number]
        if any(self._broken(number, position, cell) for position in spot.positions):
            return None
        raw: Raw = row[spot.positions[0]]
        if len(spot.positions) > 1:
            raw = " ".join(part for p in spot.positions if (part := tidy(shown(row[p])))) or None
        if self.own_text.get((number, spot.positions[0])) == raw and isinstance(raw, str) and _unsure(raw):
            self.row_faults.append(_fault("legacy_font_unsure", cell))
            return None
        reading = read_value(spot.column, raw, date1904=self.grid.date1904)
        if reading.code:
            self.row_faults.append(_fault(reading.code, cell, dict(reading.details)))
        if spot.column.kind is CellKind.DATE and isinstance(reading.value, date):
            self.days.setdefault(spot.column.name, []).append((cell, isinstance(raw, str), reading.value))
        return reading.value

    def _marked(self, number: int, marks: list[Mark], cells: dict[str, Cell]) -> object:
        """One value from tick columns. No tick says nothing: that two boxes are empty does not make a household not poor."""
        said: list[tuple[Mark, object]] = []
        for mark in marks:
            raw = self.grid.rows[number][mark.position]
            cell = self._cell(number, mark.position, mark.heading)
            cells.setdefault(mark.column.name, cell)
            if self._broken(number, mark.position, cell) or raw is None or not tidy(shown(raw)):
                continue
            tick = ticked(raw)
            if tick is None:
                reading = read_value(mark.column, raw)
                if reading.code:
                    self.row_faults.append(_fault(reading.code, cell, dict(reading.details)))
                    continue
                said.append((mark, reading.value))
                cells[mark.column.name] = cell
            elif tick:
                said.append((mark, mark.value))
                cells[mark.column.name] = cell
        distinct = {value for _, value in said}
        if len(distinct) > 1:
            letters = ", ".join(letter(mark.position) for mark, _ in said)
            cell = cells[said[0][0].column.name]
            self.row_faults.append(
                _fault("marks_contradict", replace(cell, heading=said[0][0].column.vi), {"columns": letters})
            )
            return None
        return distinct.pop() if distinct else None

    def late_faults(self) -> list[Fault]:
        """What shows only when the whole sheet is read: hidden rows, and days that a machine may have swapped with months."""
        found: list[Fault] = []
        if self.hidden_seen:
            listed = ", ".join(map(str, self.hidden_seen[:10])) + (", …" if len(self.hidden_seen) > 10 else "")
            found.append(say("hidden_rows", sheet=self.grid.sheet, count=len(self.hidden_seen), rows=listed))
        for days in self.days.values():
            real = [(cell, day) for cell, as_text, day in days if not as_text]
            late_text = any(as_text and day.day > 12 for _, as_text, day in days)
            if late_text and len(real) >= 3 and all(day.day <= 12 for _, day in real):
                found += [_fault("dates_maybe_swapped", cell, {"shown": shown(day)}) for cell, day in real]
        return found


def _fault(code: str, cell: Cell, details: dict[str, object] | None = None) -> Fault:
    return say(
        code,
        sheet=cell.sheet,
        row=cell.row,
        column=cell.column,
        heading=cell.heading,
        value=cell.text,
        **(details or {}),
    )


def _is_number(value: Raw) -> bool:
    return isinstance(value, (int, float)) or (isinstance(value, str) and tidy(value).rstrip(".").isdigit())


def _counts_up(values: list[Raw]) -> bool:
    """The row “1 2 3 4 …” or “(1) (2) (3) …” that forms print under their headings."""
    numbers = [folded(shown(value)) for value in values]
    if not all(number.isascii() and number.isdigit() and len(number) <= 3 for number in numbers):
        return False
    whole = [int(number) for number in numbers]
    return whole == list(range(whole[0], whole[0] + len(whole))) and whole[0] in (0, 1, 2)


# ---- legacy fonts


def _unsure(text: str) -> bool:
    return not text.isascii() and _legacy.has_foreign(text)


def _modernise(grid: Grid, faults: list[Fault]) -> dict[tuple[int, int], str]:
    """Convert columns typed in TCVN3 or VNI, in place. Gives the own text of cells that were, or should be, converted."""
    own: dict[tuple[int, int], str] = {}
    width = min(len(grid.rows[0]), SEARCH_COLUMNS) if grid.rows else 0
    converted: dict[str, list[tuple[str, str, str]]] = {}
    for position in range(width):
        cells = [
            (number, unicodedata.normalize("NFC", value))
            for number, row in enumerate(grid.rows)
            if isinstance(value := row[position], str) and not value.isascii()
        ]
        finding = _legacy.find([value for _, value in cells[:_FONT_SAMPLE]])
        for number, value in cells:
            changed = _legacy.convert(value, finding.charset) if finding.charset and finding.sure else None
            if changed is not None and changed != value:
                grid.rows[number][position] = changed
                own[number, position] = value
                converted.setdefault(str(finding.charset), []).append((letter(position), value, changed))
            elif _legacy.has_foreign(value) and (finding.charset or _legacy.suspect(value)):
                own[number, position] = value
    for charset, changes in converted.items():
        letters = ", ".join(dict.fromkeys(column for column, _, _ in changes))
        _, before, after = max(changes, key=lambda change: len(change[1]) if len(change[1]) < 40 else 0)
        faults.append(
            say("legacy_font_converted", sheet=grid.sheet, letters=letters, charset=charset, before=before, after=after)
        )
    return own
