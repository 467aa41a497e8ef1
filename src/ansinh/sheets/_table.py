"""One sheet's table, row by row: each wording of a column is understood once, and cells are made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ansinh.core.words import folded, tidy
from ansinh.sheets import _legacy
from ansinh.sheets._faults import say
from ansinh.sheets._header import Header, Mark, Spot
from ansinh.sheets._template import Cell, CellKind, Column, Fault, Template
from ansinh.sheets._text import letter
from ansinh.sheets._values import Reading, read_value, ticked
from ansinh.sheets._workbook import Grid, Raw, shown

OwnText = Mapping[tuple[int, int], str]
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
_FOOTER_STARTS = tuple(words + " " for words in _FOOTERS)
_UNSETTLED = object()
_FOOTER_CELLS = 3  # A signature block fills one cell for each signer.


class Layout:
    """Where the columns of a sheet's table stand: enough to make the cell of any column in any row."""

    def __init__(self, template: Template, grid: Grid, header: Header, own_text: OwnText) -> None:
        self.grid, self.header, self.own_text = grid, header, own_text
        self.marks: dict[str, list[Mark]] = {}
        for mark in header.marks:
            if mark.column.name not in header.spots:
                self.marks.setdefault(mark.column.name, []).append(mark)
        self.names = [c.name for c in template.columns if c.name in header.spots or c.name in self.marks]

    def text(self, row: int, position: int) -> str:
        """The cell's own text, as it stood before any conversion."""
        if (row, position) in self.grid.errors:
            return self.grid.errors[row, position]
        return self.own_text.get((row, position), shown(self.grid.rows[row][position]))

    def cell(self, row: int, spot: Spot) -> Cell:
        """The cell of a column; where it is made of several, their texts in order and the letter of the first."""
        if len(spot.positions) > 1:
            text = " ".join(part for p in spot.positions if (part := self.text(row, p)))
        else:
            text = self.text(row, spot.positions[0])
        return Cell(self.grid.sheet, row + 1, letter(spot.positions[0]), spot.heading, text)

    def mark_cell(self, row: int, mark: Mark) -> Cell:
        """The cell of one tick column."""
        return Cell(self.grid.sheet, row + 1, letter(mark.position), mark.heading, self.text(row, mark.position))


class Cells(Mapping[str, Cell]):
    """The cells of one row by column name. Only ticked columns are kept; the others are made from the layout each time."""

    __slots__ = ("_layout", "_row", "_ticked")

    def __init__(self, layout: Layout, row: int, ticked: Mapping[str, Cell]) -> None:
        self._layout, self._row, self._ticked = layout, row, ticked

    @property
    def ticked(self) -> Iterable[str]:
        """The columns whose cell is the one ticked in this row; every other stands in one column all the way down."""
        return self._ticked

    def __getitem__(self, name: str) -> Cell:
        if name in self._ticked:
            return self._ticked[name]
        return self._layout.cell(self._row, self._layout.header.spots[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._layout.names)

    def __len__(self) -> int:
        return len(self._layout.names)

    def __repr__(self) -> str:
        return repr(dict(self))


class Table:
    """Reads rows into values and cells, and remembers what only a whole column can show."""

    def __init__(self, template: Template, grid: Grid, header: Header, own_text: OwnText) -> None:
        self.template, self.grid, self.header = template, grid, header
        self.layout = Layout(template, grid, header, own_text)
        self.length = max(0, len(grid.rows) - header.below)
        self.row_faults: list[Fault] = []
        self.days: dict[str, list[tuple[int, bool, date]]] = {}
        self.hidden_seen: list[int] = []
        self.key = header.spots[template.key_column]
        self.mapped = sorted(
            {p for spot in header.spots.values() for p in spot.positions} | {m.position for m in header.marks}
        )
        self._nothing: dict[str, object] = {column.name: None for column in template.columns}
        self._known: dict[str, dict[object, Reading]] = {name: {} for name in header.spots}
        self._settled: dict[str, dict[Raw, object]] = {name: {} for name in header.spots}
        self._headings = (folded(self.key.heading), folded(self.key.column.vi))
        # Each column with the one position where it stands; none where several cells make it, or ticks.
        self._steps: list[tuple[str, Spot | None, int | None, dict[Raw, object]]] = []
        for name in self.layout.names:
            spot = header.spots.get(name)
            position = spot.positions[0] if spot and len(spot.positions) == 1 else None
            self._steps.append((name, spot, position, self._settled.get(name, {})))
        # Rows of which some cell is an error, a formula without its result, or a text typed in an old font.
        self._odd = {row for row, _ in (*grid.errors, *grid.no_result, *own_text)}

    # ---- which rows hold somebody

    def passes_over(self, number: int) -> bool:
        """Blank rows, the row of column numbers, and headings printed again on each page hold nobody."""
        row = self.grid.rows[number]
        own = row[self.key.positions[0]]
        if number < self.header.below + 2 or own is None or (isinstance(own, str) and not tidy(own)):
            if self._holds_nobody(number):
                return True
        elif number in self.grid.hidden_rows:
            self.hidden_seen.append(number + 1)
        return isinstance(own, str) and len(self.key.positions) == 1 and folded(own) in self._headings

    def _holds_nobody(self, number: int) -> bool:
        """The slow look at a row near the headings, or of which the key cell is empty."""
        filled = [
            (p, value)
            for p, value in enumerate(self.grid.rows[number])
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
        return number < self.header.below + 2 and len(filled) >= 3 and _counts_up([value for _, value in filled])

    def is_footer(self, number: int) -> bool:
        """A total or a line of signatures below the table: few cells, of which the first begins as such lines do."""
        filled: list[str] = []
        for value in self.grid.rows[number]:
            if value is not None and (text := shown(value)).strip():
                filled.append(text)
                if len(filled) > _FOOTER_CELLS:
                    return False
        return bool(filled) and (folded(filled[0]) + " ").startswith(_FOOTER_STARTS)

    # ---- what a row says

    def values(self, number: int) -> tuple[dict[str, object], Cells]:
        """All columns of a row; faults of its cells are left in `row_faults`."""
        self.row_faults = []
        row, odd = self.grid.rows[number], number in self._odd
        values, marked = self._nothing.copy(), {}
        for name, spot, position, settled in self._steps:
            if spot is None:
                values[name], marked[name] = self._marked(number, self.layout.marks[name])
            elif odd or position is None:
                values[name] = self._careful(number, spot)
            elif (raw := row[position]) is not None:
                value = settled.get(raw, _UNSETTLED)
                values[name] = self._understood(number, spot, raw) if value is _UNSETTLED else value
        return values, Cells(self.layout, number, marked)

    def _understood(self, number: int, spot: Spot, raw: Raw) -> object:
        """What a value means in a column. A column has few wordings, so each is read once.

        Texts without fault are settled for good. Other kinds are told apart by type too: 1, 1.0 and “true” are equal to Python.
        """
        known = self._known[spot.column.name]
        key = (type(raw), raw)
        reading = known.get(key)
        if reading is None:
            reading = known[key] = read_value(spot.column, raw, date1904=self.grid.date1904)
        if reading.code:
            cell = repeatable(self.layout.cell(number, spot), spot.column)
            self.row_faults.append(fault(reading.code, cell, dict(reading.details)))
        elif isinstance(raw, str) and spot.column.kind is not CellKind.DATE:
            self._settled[spot.column.name][raw] = reading.value
        elif spot.column.kind is CellKind.DATE and isinstance(reading.value, date):
            self.days.setdefault(spot.column.name, []).append((number, isinstance(raw, str), reading.value))
        return reading.value

    def _careful(self, number: int, spot: Spot) -> object:
        """A column in a row that has something odd, or a column made of several cells."""
        row = self.grid.rows[number]
        trouble = next((code for p in spot.positions if (code := self._trouble(number, p))), None)
        if trouble is not None:
            self.row_faults.append(fault(trouble, self.layout.cell(number, spot)))
            return None
        raw: Raw = row[spot.positions[0]]
        if len(spot.positions) > 1:
            raw = " ".join(part for p in spot.positions if (part := tidy(shown(row[p])))) or None
        own = self.layout.own_text.get((number, spot.positions[0]))
        if own is not None and own == raw and _unsure(own):
            self.row_faults.append(fault("legacy_font_unsure", self.layout.cell(number, spot)))
            return None
        return self._understood(number, spot, raw)

    def _trouble(self, number: int, position: int) -> str | None:
        """The fault of a cell that shows an error, or a formula without its result."""
        if (number, position) in self.grid.errors:
            return "error_value"
        if (number, position) in self.grid.no_result and self.grid.rows[number][position] is None:
            return "formula_without_value"
        return None

    def _marked(self, number: int, marks: list[Mark]) -> tuple[object, Cell]:
        """One value from tick columns. No tick says nothing: that two boxes are empty does not make a household not poor.

        Gives also the cell that says it: the last of the ticked ones, else the first column's.
        """
        said: list[tuple[Mark, object]] = []
        for mark in marks:
            raw = self.grid.rows[number][mark.position]
            trouble = self._trouble(number, mark.position)
            if trouble is not None:
                self.row_faults.append(fault(trouble, self.layout.mark_cell(number, mark)))
            elif raw is not None and tidy(shown(raw)):
                said += self._said(number, mark, raw)
        cell = self.layout.mark_cell(number, said[-1][0] if said else marks[0])
        distinct = {value for _, value in said}
        if len(distinct) > 1:
            letters = ", ".join(letter(mark.position) for mark, _ in said)
            heading = marks[0].column.vi
            self.row_faults.append(fault("marks_contradict", replace(cell, heading=heading), {"columns": letters}))
            return None, cell
        return (distinct.pop() if distinct else None), cell

    def _said(self, number: int, mark: Mark, raw: Raw) -> list[tuple[Mark, object]]:
        """What one tick column's cell says: its own value when ticked, another value written out, or nothing."""
        tick = ticked(raw)
        if tick is not None:
            return [(mark, mark.value)] if tick else []
        reading = read_value(mark.column, raw)
        if reading.code:
            self.row_faults.append(fault(reading.code, self.layout.mark_cell(number, mark), dict(reading.details)))
            return []
        return [(mark, reading.value)]

    # ---- what a whole column shows

    def late_faults(self) -> list[Fault]:
        """What shows only when the whole sheet is read: hidden rows, and days that a machine may have swapped with months."""
        found: list[Fault] = []
        if self.hidden_seen:
            listed = ", ".join(map(str, self.hidden_seen[:10])) + (", …" if len(self.hidden_seen) > 10 else "")
            found.append(say("hidden_rows", sheet=self.grid.sheet, count=len(self.hidden_seen), rows=listed))
        for name, days in self.days.items():
            real = [(number, day) for number, as_text, day in days if not as_text]
            late_text = any(as_text and day.day > 12 for _, as_text, day in days)
            if late_text and len(real) >= 3 and all(day.day <= 12 for _, day in real):
                spot = self.header.spots[name]
                for number, day in real:
                    found.append(fault("dates_maybe_swapped", self.layout.cell(number, spot), {"shown": shown(day)}))
        return found


def repeatable(cell: Cell, column: Column) -> Cell:
    """The cell as a message may repeat it: messages are kept and shown, so of an identity number only its end."""
    if column.kind is not CellKind.IDENTITY:
        return cell
    return replace(cell, text="•" * max(0, len(cell.text) - 3) + cell.text[-3:] if len(cell.text) > 3 else "•••")


def fault(code: str, cell: Cell, details: dict[str, object] | None = None) -> Fault:
    """The fault of a code standing at a cell."""
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


def _unsure(text: str) -> bool:
    return not text.isascii() and _legacy.has_foreign(text)
