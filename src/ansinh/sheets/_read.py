"""Door 1: from the bytes a person sent to an Intake. Pure: the same bytes give the same Intake."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable

from ansinh.core.uncollected import uncollected
from ansinh.core.words import folded
from ansinh.sheets import _legacy
from ansinh.sheets._faults import say
from ansinh.sheets._guard import Refused
from ansinh.sheets._header import SEARCH_COLUMNS, find_header, header_lines
from ansinh.sheets._table import Table, fault
from ansinh.sheets._template import (
    GUIDE_SHEET,
    LISTS_SHEET,
    Cell,
    Draft,
    Fault,
    Intake,
    IntakeRow,
    Severity,
    Template,
)
from ansinh.sheets._text import letter
from ansinh.sheets._values import read_value
from ansinh.sheets._workbook import Grid, grids, shown

MAX_ROWS = 40_000  # The staff of a whole province.
_PROGRESS_EVERY = 200
_FONT_SAMPLE = 3_000  # Cells of a column that decide which character set it was typed in.
_BLANK_TAIL_NOTED_FROM = 1_000

Progress = Callable[[int, int], None]


@uncollected()
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
        tables: list[Table] = []
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

    def _open(self, grid: Grid) -> Table | None:
        """The table of a sheet, the lines above it read; None for the guide, the lists, and sheets without a table."""
        name = folded(grid.sheet)
        if name in (folded(GUIDE_SHEET), folded(LISTS_SHEET)):
            return None
        if self.template.header_columns and name == folded(self.template.header_sheet):
            self._header(grid, len(grid.rows), {})
            return None
        own_text = _modernise(grid, self.faults)
        if grid.blank_tail >= _BLANK_TAIL_NOTED_FROM:
            self.faults.append(say("blank_rows", sheet=grid.sheet, count=grid.blank_tail))
        header = find_header(self.template, grid)
        if header is None:
            if any(value is not None for row in grid.rows for value in row):
                self._header(grid, min(len(grid.rows), 30), own_text)
                self.faults.append(say("sheet_skipped", sheet=grid.sheet))
            return None
        self._header(grid, header.row, own_text)
        self.faults += header.notes
        if grid.hidden_sheet:
            self.faults.append(say("hidden_sheet", sheet=grid.sheet))
        return Table(self.template, grid, header, own_text)

    def _header(self, grid: Grid, until: int, own_text: dict[tuple[int, int], str]) -> None:
        """Facts of the whole list; the first statement of each stands, and what cannot be read is a fault."""
        for column, raw, row, position, heading in header_lines(self.template, grid, until):
            if column.name in self.header:
                continue
            text = own_text.get((row, position), shown(raw))
            cell = Cell(grid.sheet, row + 1, letter(position), heading, text)
            reading = read_value(column, raw, date1904=grid.date1904)
            if reading.code:
                self.faults.append(fault(reading.code, cell, dict(reading.details)))
                continue
            self.header[column.name] = reading.value
            self.header_cells[column.name] = cell

    def _row(self, table: Table, number: int) -> None:
        if table.passes_over(number):
            return
        values, cells = table.values(number)
        if self.template.is_example(values):
            return
        if values[self.template.key_column] is None or table.is_footer(number):
            self._nameless(table, number, values)
            return
        self.faults += table.row_faults
        self.rows.append(IntakeRow(table.grid.sheet, number + 1, values, cells))

    def _nameless(self, table: Table, number: int, values: dict[str, object]) -> None:
        """A row without its name: a total or a signature is passed over with a note, a child's row is set aside with a fault."""
        spot = table.header.spots[self.template.key_column]
        sheet, column = table.grid.sheet, letter(spot.positions[0])
        known = any(value is not None for value in values.values())
        broken = [found for found in table.row_faults if found.column == column]
        if broken or (known and not table.is_footer(number)):
            self.faults += table.row_faults
            text = table.layout.text(number, spot.positions[0])
            self.faults.append(
                say("key_missing", sheet=sheet, row=number + 1, column=column, heading=spot.heading, value=text)
            )
        else:
            text = next((shown(value) for value in table.grid.rows[number] if value is not None), "")
            self.faults.append(say("rows_not_listed", sheet=sheet, row=number + 1, heading=spot.heading, value=text))


# ---- legacy fonts


def _modernise(grid: Grid, faults: list[Fault]) -> dict[tuple[int, int], str]:
    """Convert columns typed in TCVN3 or VNI, in place. Gives the own text of cells that were, or should be, converted."""
    own: dict[tuple[int, int], str] = {}
    width = min(len(grid.rows[0]), SEARCH_COLUMNS) if grid.rows else 0
    converted: dict[str, list[tuple[str, str, str]]] = {}
    for position in range(width):
        texts = [value for row in grid.rows if isinstance(value := row[position], str) and not value.isascii()]
        finding = _legacy.find([unicodedata.normalize("NFC", value) for value in texts[:_FONT_SAMPLE]])
        # A column says the same few things over and over, so each wording is judged once.
        odd = {value: verdict for value in dict.fromkeys(texts) if (verdict := _verdict(value, finding))}
        for number, row in enumerate(grid.rows if odd else ()):
            value = row[position]
            if isinstance(value, str) and value in odd:
                own[number, position], changed = odd[value]
                if changed is not None:
                    row[position] = changed
                    converted.setdefault(str(finding.charset), []).append((letter(position), odd[value][0], changed))
    for charset, changes in converted.items():
        letters = ", ".join(dict.fromkeys(column for column, _, _ in changes))
        _, before, after = max(changes, key=lambda change: len(change[1]) if len(change[1]) < 40 else 0)
        faults.append(
            say("legacy_font_converted", sheet=grid.sheet, letters=letters, charset=charset, before=before, after=after)
        )
    return own


def _verdict(value: str, finding: _legacy.Finding) -> tuple[str, str | None] | None:
    """A text's own wording, with what it was converted to or None where that is not certain; None for a text of today."""
    text = unicodedata.normalize("NFC", value)
    changed = _legacy.convert(text, finding.charset) if finding.charset and finding.sure else None
    if changed is not None and changed != text:
        return text, changed
    if _legacy.has_foreign(text) and (finding.charset or _legacy.suspect(text)):
        return text, None
    return None
