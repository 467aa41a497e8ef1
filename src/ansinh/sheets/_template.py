"""What a template is made of, and what reading a file gives: frozen things, no behaviour beyond looking up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from ansinh.core.words import folded, tidy
from ansinh.sheets._text import fold_heading


class CellKind(Enum):
    """How the text of a cell is understood; each kind has one reader in `_values`."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    NAME = "name"
    DATE = "date"
    CHOICE = "choice"
    GRADE = "grade"
    METRES = "metres"
    HUNDREDTHS = "hundredths"
    IDENTITY = "identity"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"


@dataclass(frozen=True)
class Choice:
    """One value of a drop-down. `listed` is False for a wording that is understood but not offered, because it says less."""

    value: Hashable
    vi: str
    en: str
    synonyms: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True)
class Column:
    """One column: its words, how its cells are read, and the facts it feeds.

    aliases: other headings that schools really write; compared without accents, case and punctuation.
    feeds: names of the facts (core.tables.FACTS) or of the keys that this column decides, for the guide and for sources.
    strict_aliases: headings that name another column too (“Mã định danh”): this column's where most values below are of its kind.
    parts: headings of the parts that make this column when joined (family name, given name).
    marks: headings of tick columns of which each says one value of this column (“Hộ nghèo: x”).
    line: of a fact of the whole list: what a line without a label says of it (“Danh sách … năm 2026”), None when nothing.
    """

    name: str
    vi: str
    en: str
    kind: CellKind
    group: tuple[str, str] = ("", "")
    aliases: tuple[str, ...] = ()
    marks: tuple[tuple[str, Hashable], ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    required: bool = False
    feeds: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    guide_vi: str = ""
    guide_en: str = ""
    example: str = ""
    width: int = 14
    line: Callable[[str], str | None] | None = None
    strict_aliases: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices offered in the drop-down, in order."""
        return tuple(choice for choice in self.choices if choice.listed)

    @cached_property
    def words(self) -> Mapping[str, Choice]:
        """Every wording of the list's values, as compared (see `words.folded`), with the choice it means."""
        found: dict[str, Choice] = {}
        for choice in self.choices:
            for wording in (choice.vi, choice.en, *choice.synonyms):
                found.setdefault(folded(wording) or tidy(wording).casefold(), choice)
        return found


class Role(Enum):
    """How a heading stands for a column: as the whole of it, as one part of it, or as a tick for one of its values."""

    WHOLE = "whole"
    PART = "part"
    MARK = "mark"


class Severity:
    """How far a fault reaches. A file is not read; a row is set aside; a cell counts as missing; a note only asks for a look."""

    FILE = "file"
    ROW = "row"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what to do, in both languages. `value` is the cell's own text, untouched."""

    code: str
    vi: str
    en: str
    severity: str = Severity.CELL
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Cell:
    """Where a value was read: sheet name, row number from 1, column letter, heading and the cell's own text."""

    sheet: str
    row: int
    column: str
    heading: str
    text: str


@dataclass(frozen=True)
class IntakeRow:
    """One row read. `values` holds every column of the template (None when missing); `cells` where each column stands."""

    sheet: str
    row: int
    values: Mapping[str, object]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Intake:
    """A file read: its bytes and their hash, school facts, rows, and what was wrong. The same bytes give the same Intake."""

    template: str
    filename: str
    sha256: str
    original: bytes = field(repr=False)
    header: Mapping[str, object] = field(default_factory=dict)
    header_cells: Mapping[str, Cell] = field(default_factory=dict)
    rows: tuple[IntakeRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        """True when nothing of the file could be read."""
        return any(fault.severity == Severity.FILE for fault in self.faults)


@dataclass
class Draft:
    """What a template's own checks work on before the Intake is frozen: rows they may change or set aside, faults to add to."""

    header: dict[str, object]
    header_cells: dict[str, Cell]
    rows: list[IntakeRow]
    faults: list[Fault]


Check = Callable[[Draft], None]


@dataclass(frozen=True)
class Template:
    """An import template: everything `read` and `blank` need to know about one kind of sheet.

    key_column: the column without which a table's headings are not recognised, and a row is no row.
    key_stands_in: a column that is read as the key too where a file has no other: a list of heads of household alone.
    header_columns: facts of the whole list, on a sheet of their own or in lines above the table.
    checks: run in order once all cells are read; they compare rows with each other.
    """

    name: str
    vi: str
    en: str
    sheet: str
    columns: tuple[Column, ...]
    key_column: str
    header_columns: tuple[Column, ...] = ()
    header_sheet: str = "Thông tin danh sách"
    key_stands_in: str | None = None
    checks: tuple[Check, ...] = ()
    intro_vi: Sequence[str] = ()
    intro_en: Sequence[str] = ()

    @cached_property
    def headings(self) -> Mapping[str, tuple[Column, Role, Hashable]]:
        """Every heading, as compared, with its column and how it stands for it (which part, which value)."""
        found: dict[str, tuple[Column, Role, Hashable]] = {}
        for column in self.columns:
            for words in (column.vi, column.en, *column.aliases):
                for key in fold_heading(words):
                    found.setdefault(key, (column, Role.WHOLE, None))
        for key, column in self.strict_headings.items():
            found.setdefault(key, (column, Role.WHOLE, None))
        for column in self.columns:
            for index, part in enumerate(column.parts):
                for words in part:
                    found.setdefault(folded(words), (column, Role.PART, index))
            for words, value in column.marks:
                found.setdefault(folded(words), (column, Role.MARK, value))
        return found

    @cached_property
    def strict_headings(self) -> Mapping[str, Column]:
        """Every strict alias, as compared, with its column."""
        return {
            key: column for column in self.columns for words in column.strict_aliases for key in fold_heading(words)
        }

    @cached_property
    def header_headings(self) -> Mapping[str, Column]:
        """Every label of a fact of the whole list, as compared, with its column."""
        return {
            key: column
            for column in self.header_columns
            for words in (column.vi, column.en, *column.aliases)
            for key in fold_heading(words)
        }

    @cached_property
    def _marked(self) -> tuple[str, ...]:
        """The columns of which the example row says that it is an example."""
        return tuple(c.name for c in self.columns if c.example.startswith((EXAMPLE_MARK, EXAMPLE_START)))

    def is_example(self, values: Mapping[str, object]) -> bool:
        """Whether a row is the example row of the blank workbook, which belongs to no list."""
        said = [str(values[name]) for name in self._marked if values.get(name) is not None]
        return any(text.startswith(EXAMPLE_START) or folded(text) == folded(EXAMPLE_MARK) for text in said)

    def column(self, name: str) -> Column:
        """The column of this name; KeyError when there is none."""
        for column in (*self.columns, *self.header_columns):
            if column.name == name:
                return column
        raise KeyError(f"template {self.name!r} has no column {name!r}")


GUIDE_SHEET = "Hướng dẫn"
LISTS_SHEET = "Danh mục"
EXAMPLE_MARK = "VÍ DỤ"
EXAMPLE_START = "(Ví dụ)"
