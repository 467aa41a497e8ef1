"""Where the table begins: the heading row, even shifted, merged or on two rows, and the lines above it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from ansinh.core.words import folded, tidy
from ansinh.sheets._faults import say
from ansinh.sheets._template import Column, Fault, Role, Template
from ansinh.sheets._text import fold_heading, letter
from ansinh.sheets._values import read_value
from ansinh.sheets._workbook import Grid, Raw

SEARCH_ROWS = 60
SEARCH_COLUMNS = 300  # A heading further right than this belongs to no roster; a hostile sheet has sixteen thousand.
LEAST_COLUMNS = 3
_SAMPLE = 200  # Values that decide whose column it is where a heading names two.
_NEARLY = ("identity_short", "scientific_number")


@dataclass(frozen=True)
class Spot:
    """Where a column stands: one position, or several whose texts are joined (family name, given name)."""

    column: Column
    positions: tuple[int, ...]
    heading: str


@dataclass(frozen=True)
class Mark:
    """A tick column that says one value of a column."""

    column: Column
    position: int
    heading: str
    value: Hashable


@dataclass
class Header:
    """The headings found: the first row below them, the columns by name, tick columns, and notes on what was guessed."""

    row: int
    below: int
    spots: dict[str, Spot] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def find_header(template: Template, grid: Grid) -> Header | None:
    """The heading row with the most columns of the template; None when no row has enough of them."""
    best: tuple[int, int, list[tuple[str, ...]]] | None = None
    best_score = (LEAST_COLUMNS - 1, len(grid.rows[0]) if grid.rows else 0)
    look_up = _LookUp(template)
    for row in range(min(SEARCH_ROWS, len(grid.rows))):
        single: list[tuple[str, ...]] = [(text,) if text else () for text in _texts(grid.rows[row])]
        if sum(map(bool, single)) == 0:
            continue
        options = [(row + 1, single)]
        if row + 1 < len(grid.rows):
            options.append((row + 2, _two_rows(_texts(grid.rows[row]), _texts(grid.rows[row + 1]))))
        for end, headings in options:
            # Rows of children are longer than they are like headings: most cannot win, and are not looked at.
            if look_up.most(headings) <= best_score:
                continue
            score = look_up.score(headings)
            if score <= best_score:
                continue
            # Two rows are one heading only when the upper adds something to the lower: a title line above does not.
            if end == row + 2 and score <= look_up.score(
                [(text,) if text else () for text in _texts(grid.rows[row + 1])]
            ):
                continue
            best, best_score = (row, end, headings), score
    header = _header(look_up, grid, *best) if best else None
    # A given name alone is a part of the key, and no key.
    return header if header is not None and template.key_column in header.spots else None


class _LookUp:
    """Headings of one template looked up: the same wording stands in many of the rows that might be the heading."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._found: dict[str, tuple[Column, Role, Hashable] | None] = {}

    def heading(self, wordings: tuple[str, ...]) -> tuple[tuple[Column, Role, Hashable], str] | None:
        """The column that one of the wordings names, the most exact first, with the wording to show."""
        for words in wordings:
            if words not in self._found:
                keys = self.template.headings
                self._found[words] = next((keys[key] for key in fold_heading(words) if key in keys), None)
            found = self._found[words]
            if found is not None:
                return found, wordings[-1]
        return None

    def most(self, headings: list[tuple[str, ...]]) -> tuple[int, int]:
        """A score that these headings cannot be above."""
        filled = sum(map(bool, headings))
        return min(filled, len(self.template.columns)), filled

    def score(self, headings: list[tuple[str, ...]]) -> tuple[int, int]:
        """How many columns are known, then how many headings; nothing when the column that tells rows apart is not there."""
        found = [match[0][0].name for wordings in headings if wordings and (match := self.heading(wordings))]
        keys = {self.template.key_column, self.template.key_stands_in}
        return (len(set(found)), len(found)) if not keys.isdisjoint(found) else (0, 0)


def _texts(row: Sequence[Raw]) -> list[str]:
    return [tidy(value[:200]) if isinstance(value, str) else "" for value in row[:SEARCH_COLUMNS]]


def _two_rows(upper: list[str], lower: list[str]) -> list[tuple[str, ...]]:
    """The wordings under which each column of a two-row heading may be known, the most exact first."""
    headings: list[tuple[str, ...]] = []
    group = ""
    for top, sub in zip(upper, lower, strict=True):
        group = top or group
        if sub:
            headings.append((f"{group} {sub}".strip(), sub))
        else:
            headings.append((top,) if top else ())
            group = top
    return headings


def _header(look_up: _LookUp, grid: Grid, row: int, below: int, headings: list[tuple[str, ...]]) -> Header:
    template, header = look_up.template, Header(row, below)
    parts: dict[str, dict[int, tuple[int, str]]] = {}
    unknown: list[tuple[int, tuple[str, ...]]] = []
    for position, wordings in enumerate(headings):
        if not wordings:
            continue
        match = look_up.heading(wordings)
        if match is None:
            unknown.append((position, wordings))
            continue
        (column, role, detail), heading = match
        if role is Role.MARK:
            header.marks.append(Mark(column, position, heading, detail))
        elif role is Role.PART and isinstance(detail, int):
            parts.setdefault(column.name, {}).setdefault(detail, (position, heading))
        else:
            _place(header, grid, column, position, heading)
    _join_parts(template, header, parts)
    _move_strict(template, header, grid)
    stand_in = header.spots.get(template.key_stands_in or "")
    if template.key_column not in header.spots and stand_in is not None:
        column = template.column(template.key_column)
        header.spots[column.name] = Spot(column, stand_in.positions, stand_in.heading)
    _guess(template, header, grid, unknown)
    _widen_merged(template, header, grid)
    return header


def _place(header: Header, grid: Grid, column: Column, position: int, heading: str) -> None:
    first = header.spots.get(column.name)
    if first is None:
        header.spots[column.name] = Spot(column, (position,), heading)
        return
    place = {
        "sheet": grid.sheet,
        "row": header.below,
        "column": letter(position),
        "heading": first.heading,
        "value": heading,
    }
    header.notes.append(say("heading_twice", **place, first=letter(first.positions[0]), second=letter(position)))  # type: ignore[arg-type]


def _join_parts(template: Template, header: Header, parts: dict[str, dict[int, tuple[int, str]]]) -> None:
    """A column written as several (family name, given name) counts when all of its parts are there."""
    for name, found in parts.items():
        column = template.column(name)
        if name not in header.spots and len(found) == len(column.parts):
            ordered = [found[index] for index in range(len(column.parts))]
            words = " + ".join(heading for _, heading in ordered)
            header.spots[name] = Spot(column, tuple(position for position, _ in ordered), words)


def _move_strict(template: Template, header: Header, grid: Grid) -> None:
    """A heading that two columns share goes to the stricter one where most of the values below can be read as its own."""
    for name, spot in list(header.spots.items()):
        column = next(
            (template.strict_headings[key] for key in fold_heading(spot.heading) if key in template.strict_headings),
            None,
        )
        if column is None or column.name in header.spots or len(spot.positions) != 1:
            continue
        below = [value for row in grid.rows[header.below :] if (value := row[spot.positions[0]]) is not None]
        readings = [read_value(column, value, date1904=grid.date1904) for value in below[:_SAMPLE]]
        if sum(reading.value is not None or reading.code in _NEARLY for reading in readings) * 2 > len(readings):
            header.spots[column.name] = Spot(column, spot.positions, spot.heading)
            del header.spots[name]


def _guess(template: Template, header: Header, grid: Grid, unknown: list[tuple[int, tuple[str, ...]]]) -> None:
    """A heading with a slip of the pen is taken for the column it is nearly equal to, and said so; others are listed."""
    free = {
        key: column
        for key, (column, role, _) in template.headings.items()
        if role is Role.WHOLE and column.name not in header.spots and len(key) >= 6
    }
    left: list[str] = []
    for position, wordings in unknown:
        near = difflib.get_close_matches(folded(wordings[-1]), free, n=1, cutoff=0.9)
        if near and free[near[0]].name not in header.spots:
            column = free[near[0]]
            header.spots[column.name] = Spot(column, (position,), wordings[-1])
            header.notes.append(
                say(
                    "heading_guessed",
                    sheet=grid.sheet,
                    row=header.below,
                    column=letter(position),
                    heading=column.vi,
                    value=wordings[-1],
                )
            )
        elif folded(wordings[-1]) not in ("stt", "tt", "so tt", "so thu tu", "no", "ghi chu"):
            left.append(f"“{wordings[-1][:40]}” ({letter(position)})")
    if left:
        listed = ", ".join(left[:12]) + (", …" if len(left) > 12 else "")
        header.notes.append(say("headings_unread", sheet=grid.sheet, row=header.below, headings=listed))


def _widen_merged(template: Template, header: Header, grid: Grid) -> None:
    """One heading merged over two columns of a name: the family name stands in one, the given name in the next."""
    spot = header.spots.get(template.key_column)
    if spot is None or len(spot.positions) != 1:
        return
    taken = {position for other in header.spots.values() for position in other.positions}
    for (top, left), (bottom, right) in grid.merged:
        if header.row <= top <= bottom < header.below and left == spot.positions[0] < right <= left + 2:
            span = tuple(p for p in range(left, right + 1) if p == left or p not in taken)
            header.spots[template.key_column] = Spot(spot.column, span, spot.heading)


# ---- facts of the whole list

_LABELLED = re.compile(r"^([^:：]{2,60})[:：]\s*(.*)$")


def header_lines(template: Template, grid: Grid, until: int) -> list[tuple[Column, Raw, int, int, str]]:
    """Facts of the whole list in the rows before `until`, labels beside or before values.

    Gives (column, value, row, position, heading), several of one column where several lines speak of it.
    """
    found: list[tuple[Column, Raw, int, int, str]] = []
    for number, row in enumerate(grid.rows[:until]):
        for position, value in enumerate(row[:SEARCH_COLUMNS]):
            if isinstance(value, str) and (text := tidy(value)):
                for column, raw, where, label in _facts_of(template, row, position, text):
                    found.append((column, raw, number, where, label))
    return found


def _facts_of(
    template: Template, row: Sequence[Raw], position: int, text: str
) -> Iterator[tuple[Column, Raw, int, str]]:
    """What one cell above the table says: a labelled fact, or any facts that its line gives away without a label."""
    labelled = _LABELLED.match(text)
    label, value = (labelled[1], labelled[2].strip()) if labelled else (text, "")
    keys = template.header_headings
    column = next((keys[key] for key in fold_heading(label) if key in keys), None)
    if column is not None:
        if value:
            yield column, value, position, label
            return
        beside = next((p for p in range(position + 1, len(row)) if row[p] is not None), None)
        if beside is not None:
            yield column, row[beside], beside, label
        return
    for column in template.header_columns:
        said = column.line(text) if column.line else None
        if said is not None:
            yield column, said, position, text
