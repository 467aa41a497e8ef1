"""The slow way to read, which is plainly right: every cell by itself, every mark of a worksheet in turn, nothing remembered.

`read_plainly` gives what `ansinh.sheets.read` must give. Nothing here is meant to be fast.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest import mock

from ansinh.core.words import folded, tidy
from ansinh.sheets import Intake, Template, _header, _legacy, _read, _structure, read
from ansinh.sheets._faults import say
from ansinh.sheets._header import LEAST_COLUMNS, SEARCH_COLUMNS, SEARCH_ROWS, Header, Mark, Spot, _LookUp
from ansinh.sheets._table import _FOOTER_CELLS, _FOOTERS, Table, _counts_up, _is_number, _unsure, fault, repeatable
from ansinh.sheets._template import Cell, CellKind, Fault
from ansinh.sheets._text import letter
from ansinh.sheets._values import read_value, ticked
from ansinh.sheets._workbook import Grid, Raw, shown

Row = tuple[dict[str, object], dict[str, Cell]]


def read_plainly(template: Template, data: bytes, *, filename: str) -> Intake:
    """Read the slow way."""
    with plainly():
        return read(template, data, filename=filename)


@contextmanager
def plainly() -> Iterator[None]:
    """While this holds, `read` goes the slow way."""
    with (
        mock.patch.object(_read, "Table", PlainTable),
        mock.patch.object(_read, "find_header", find_header),
        mock.patch.object(_read, "_modernise", modernise),
        mock.patch.object(_structure, "_scanned", lambda stream, shape: None),
    ):
        yield


class PlainTable(Table):
    """A sheet's table of which each cell is read and made where it stands."""

    def passes_over(self, number: int) -> bool:
        row = self.grid.rows[number]
        filled = [(p, v) for p, v in enumerate(row) if v is not None and (not isinstance(v, str) or tidy(v))]
        special = any((number, p) in self.grid.no_result or (number, p) in self.grid.errors for p in self.mapped)
        if not filled and not special:
            return True
        if number in self.grid.hidden_rows:
            self.hidden_seen.append(number + 1)
        alone = not special and len(filled) == 1 and filled[0][0] not in self.mapped
        if alone and _is_number(filled[0][1]):
            return True
        if number < self.header.below + 2 and len(filled) >= 3 and _counts_up([value for _, value in filled]):
            return True
        spot = self.header.spots[self.template.key_column]
        own = row[spot.positions[0]]
        headings = (folded(spot.heading), folded(spot.column.vi))
        return isinstance(own, str) and folded(own) in headings and len(spot.positions) == 1

    def is_footer(self, number: int) -> bool:
        row = self.grid.rows[number]
        filled = [folded(text) for value in row if value is not None and (text := shown(value)).strip()]
        return 0 < len(filled) <= _FOOTER_CELLS and any((filled[0] + " ").startswith(w + " ") for w in _FOOTERS)

    def values(self, number: int) -> Row:  # type: ignore[override]
        self.row_faults = []
        values: dict[str, object] = {}
        cells: dict[str, Cell] = {}
        marks: dict[str, list[Mark]] = {}
        for mark in self.header.marks:
            if mark.column.name not in self.header.spots:
                marks.setdefault(mark.column.name, []).append(mark)
        for column in self.template.columns:
            spot = self.header.spots.get(column.name)
            if spot is not None:
                text = " ".join(part for p in spot.positions if (part := self.text(number, p)))
                text = self.text(number, spot.positions[0]) if len(spot.positions) == 1 else text
                cells[column.name] = self.plain_cell(number, spot.positions[0], spot.heading, text)
                values[column.name] = self.value(number, spot, cells[column.name])
            elif column.name in marks:
                values[column.name] = self.marked(number, marks[column.name], cells)
            else:
                values[column.name] = None
        return values, cells

    def text(self, row: int, position: int) -> str:
        if (row, position) in self.grid.errors:
            return self.grid.errors[row, position]
        return self.layout.own_text.get((row, position), shown(self.grid.rows[row][position]))

    def plain_cell(self, number: int, position: int, heading: str, text: str) -> Cell:
        return Cell(self.grid.sheet, number + 1, letter(position), heading, text)

    def broken(self, number: int, position: int, cell: Cell) -> bool:
        if (number, position) in self.grid.errors:
            self.row_faults.append(fault("error_value", cell))
        elif (number, position) in self.grid.no_result and self.grid.rows[number][position] is None:
            self.row_faults.append(fault("formula_without_value", cell))
        else:
            return False
        return True

    def value(self, number: int, spot: Spot, cell: Cell) -> object:
        row = self.grid.rows[number]
        if any(self.broken(number, position, cell) for position in spot.positions):
            return None
        raw: Raw = row[spot.positions[0]]
        if len(spot.positions) > 1:
            raw = " ".join(part for p in spot.positions if (part := tidy(shown(row[p])))) or None
        own = self.layout.own_text.get((number, spot.positions[0]))
        if own == raw and isinstance(raw, str) and _unsure(raw):
            self.row_faults.append(fault("legacy_font_unsure", cell))
            return None
        reading = read_value(spot.column, raw, date1904=self.grid.date1904)
        if reading.code:
            self.row_faults.append(fault(reading.code, repeatable(cell, spot.column), dict(reading.details)))
        if spot.column.kind is CellKind.DATE and isinstance(reading.value, date):
            self.days.setdefault(spot.column.name, []).append((number, isinstance(raw, str), reading.value))
        return reading.value

    def marked(self, number: int, marks: list[Mark], cells: dict[str, Cell]) -> object:
        said: list[tuple[Mark, object]] = []
        for mark in marks:
            raw = self.grid.rows[number][mark.position]
            cell = self.plain_cell(number, mark.position, mark.heading, self.text(number, mark.position))
            cells.setdefault(mark.column.name, cell)
            if self.broken(number, mark.position, cell) or raw is None or not tidy(shown(raw)):
                continue
            tick = ticked(raw)
            reading = read_value(mark.column, raw)
            if tick is None and reading.code:
                self.row_faults.append(fault(reading.code, cell, dict(reading.details)))
            elif tick is None or tick:
                said.append((mark, mark.value if tick else reading.value))
                cells[mark.column.name] = cell
        if len({value for _, value in said}) > 1:
            letters = ", ".join(letter(mark.position) for mark, _ in said)
            cell = replace(cells[marks[0].column.name], heading=marks[0].column.vi)
            self.row_faults.append(fault("marks_contradict", cell, {"columns": letters}))
            return None
        return said[0][1] if said else None


def find_header(template: Template, grid: Grid) -> Header | None:
    """Every row tried as heading, alone and with the row below it, each wording looked up anew."""
    best: Any = None
    best_score = (LEAST_COLUMNS - 1, len(grid.rows[0]) if grid.rows else 0)
    for row in range(min(SEARCH_ROWS, len(grid.rows))):
        upper = _header._texts(grid.rows[row])
        if not any(upper):
            continue
        alone: list[tuple[str, ...]] = [(text,) if text else () for text in upper]
        options = [(row + 1, alone, _LookUp(template).score(alone))]
        if row + 1 < len(grid.rows):
            below = _header._texts(grid.rows[row + 1])
            pair = _header._two_rows(upper, below)
            score = _LookUp(template).score(pair)
            if score > _LookUp(template).score([(text,) if text else () for text in below]):
                options.append((row + 2, pair, score))
        for end, headings, score in options:
            if score > best_score:
                best, best_score = (row, end, headings), score
    header = _header._header(_LookUp(template), grid, *best) if best else None
    return header if header is not None and template.key_column in header.spots else None


def modernise(grid: Grid, faults: list[Fault]) -> dict[tuple[int, int], str]:
    """Old fonts judged and converted cell by cell."""
    own: dict[tuple[int, int], str] = {}
    converted: dict[str, list[tuple[str, str, str]]] = {}
    for position in range(min(len(grid.rows[0]), SEARCH_COLUMNS) if grid.rows else 0):
        cells = [
            (number, unicodedata.normalize("NFC", value))
            for number, row in enumerate(grid.rows)
            if isinstance(value := row[position], str) and not value.isascii()
        ]
        finding = _legacy.find([value for _, value in cells[: _read._FONT_SAMPLE]])
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
        words = {"letters": letters, "charset": charset, "before": before, "after": after}
        faults.append(say("legacy_font_converted", sheet=grid.sheet, **words))
    return own
