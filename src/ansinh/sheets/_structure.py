"""What the value reader does not tell: hidden rows, formulas without a result, errors, and how far values spread.

Each format is walked once, streaming, with hard counts, before anything is laid out in memory: two cells in opposite
corners of a sheet would otherwise become seventeen thousand million empty ones.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

import olefile

from ansinh.sheets import _scan
from ansinh.sheets._guard import Refused

MAX_AREA = 3_000_000  # Cells of the rectangle that holds all values of one sheet.
MAX_CELLS_SEEN = 2_500_000  # Cells written in the file, blank formatted ones included.
MAX_SHEETS = 100
_PATTERNS = 2_000  # Ways of writing a row that are remembered; where every row has its own, nothing is gained.
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


@dataclass
class Structure:
    """One sheet's shape. Rows and columns are counted from 0; `last_row` and `last_column` are -1 when no cell has a value."""

    name: str
    last_row: int = -1
    last_column: int = -1
    written_rows: int = 0
    hidden: set[int] = field(default_factory=set)
    no_result: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    date1904: bool = False

    def value_at(self, row: int, column: int) -> None:
        """Widen the rectangle of values; Refused when it grows past what is read."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        area = (self.last_row + 1) * (self.last_column + 1)
        if area > MAX_AREA:
            raise Refused("too_many_cells", sheet=self.name, cells=area)


def structures(kind: str, data: bytes) -> list[Structure]:
    """The shape of every sheet, in workbook order. Refused when the file is damaged, locked, or spreads too far."""
    walk: Callable[[bytes], list[Structure]] = {"xlsx": _xlsx, "ods": _ods, "xls": _xls}[kind]
    try:
        return walk(data)
    except (expat.ExpatError, KeyError, ValueError, struct.error, zipfile.BadZipFile, EOFError, OSError, IndexError):
        raise Refused("damaged") from None


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _parse(stream: IO[bytes] | bytes, start: Callable[[str, dict[str, str]], None], **handlers: object) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    if isinstance(stream, bytes):
        parser.Parse(stream, True)
    else:
        parser.ParseFile(stream)


# ---- .xlsx


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (type's last word, full path of the target) of a part."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and "Id" in attributes:
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes["Id"]] = (attributes.get("Type", "").rpartition("/")[2], path)

    _parse(archive.read(posixpath.join(folder, "_rels", name + ".rels")), start)
    return found


def _xlsx(data: bytes) -> list[Structure]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    roots = [path for kind, path in _relations(archive, "").values() if kind == "officeDocument"]
    workbook = roots[0]
    relations = _relations(archive, workbook)
    sheets: list[tuple[str, str]] = []
    date1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal date1904
        if _local(tag) == "workbookPr":
            date1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif _local(tag) == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            kind, path = relations.get(ids[0], ("", "")) if ids else ("", "")
            if kind == "worksheet":
                sheets.append((attributes.get("name", ""), path))

    _parse(archive.read(workbook), start)
    if len(sheets) > MAX_SHEETS:
        raise Refused("damaged")
    found = []
    for name, path in sheets:
        with archive.open(path) as stream:
            shape = _scanned(stream, Structure(name, date1904=date1904))
        if shape is None:
            walker = _XlsxSheet(Structure(name, date1904=date1904))
            with archive.open(path) as stream:
                walker.walk(stream)
            shape = walker.shape
        found.append(shape)
    return found


def _scanned(stream: IO[bytes], shape: Structure) -> Structure | None:
    """The shape of a worksheet of which rows written alike are walked once; None when it must be walked as a whole."""
    walker = _XlsxSheet(shape)
    known: dict[bytes, tuple[int, int] | None] = {}
    try:
        for piece in _scan.cut(stream):
            number, like = _scan.pattern(piece) or (-1, b"")
            if like and like not in known and len(known) < _PATTERNS:
                known[like] = _found_in(piece, number, like)
            found = known.get(like)
            if found is None or not walker.take(number, *found):
                walker.walk(b"<r>" + piece + b"</r>")
    except (_scan.Uncut, expat.ExpatError):
        return None
    return shape


def _found_in(row: bytes, number: int, like: bytes) -> tuple[int, int] | None:
    """Marks counted and last filled column of every row written like this one; None when that cannot be said."""
    alone = _XlsxSheet(Structure(""))
    try:
        alone.walk(b"<r>" + row + b"</r>")
    except Refused:
        return None  # It is refused again, with its sheet's name, when it is walked in its place.
    shape = alone.shape
    plain = not shape.errors and not shape.no_result and shape.written_rows == 1 and shape.last_row in (-1, number)
    return (alone.seen, shape.last_column) if plain and _scan.stands_for_all(row, like, alone.seen) else None


class _XlsxSheet:
    """Walks one worksheet: counts cells, marks hidden rows, and notes formulas without results and error values."""

    def __init__(self, shape: Structure) -> None:
        self.shape = shape
        self.row, self.column, self.seen = -1, -1, 0
        self.formula = self.filled = self.error = self.in_value = False
        self.words: list[str] = []
        self.address = ""

    def walk(self, stream: IO[bytes] | bytes) -> None:
        """Every mark in turn."""
        _parse(stream, self.start, EndElementHandler=self.end, CharacterDataHandler=self.text)

    def take(self, row: int, marks: int, last_column: int) -> bool:
        """A whole row at once, as walking it would; False, and nothing taken, when the walk would end in a refusal."""
        area = (max(self.shape.last_row, row) + 1) * (max(self.shape.last_column, last_column) + 1)
        if area > MAX_AREA or self.seen + marks > MAX_CELLS_SEEN:
            return False
        self.row = row
        self.seen += marks
        self.shape.written_rows += 1
        if last_column >= 0:
            self.shape.value_at(row, last_column)
        return True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            self.shape.written_rows += 1
            if attributes.get("hidden") in ("1", "true"):
                self.shape.hidden.add(self.row)
            self._count()
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.in_value = True
            self.words.clear()

    def _cell(self, attributes: dict[str, str]) -> None:
        # The address is worked out only for cells that turn out to hold something: blank ones may be millions.
        self.address = attributes.get("r", "")
        if not self.address:
            self.column += 1
        self.formula = self.filled = self.in_value = False
        self.error = attributes.get("t") == "e"
        self._count()

    def _count(self) -> None:
        self.seen += 1
        if self.seen > MAX_CELLS_SEEN:
            raise Refused("too_many_cells", sheet=self.shape.name, cells=f">{MAX_CELLS_SEEN}")

    def text(self, words: str) -> None:
        if self.in_value:
            self.filled = True
            if self.error:
                self.words.append(words[:20])

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "t"):
            self.in_value = False
        elif tag == "c" and (self.filled or self.formula):
            place = _CELL.match(self.address)
            if place:
                self.row, self.column = int(place[2]) - 1, _column_number(place[1])
            self.shape.value_at(self.row, self.column)
            if self.error:
                self.shape.errors[self.row, self.column] = "".join(self.words)
            elif not self.filled:
                self.shape.no_result.add((self.row, self.column))


def _column_number(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number - 1


# ---- .ods


def _ods(data: bytes) -> list[Structure]:
    walker = _OdsContent()
    with zipfile.ZipFile(io.BytesIO(data)).open("content.xml") as stream:
        _parse(stream, walker.start, EndElementHandler=walker.end, CharacterDataHandler=walker.text)
    return walker.found


class _OdsContent:
    """Walks an OpenDocument content part; repeated rows and cells are multiplied, never laid out."""

    def __init__(self) -> None:
        self.found: list[Structure] = []
        self.next_row = self.row_repeat = self.next_column = self.seen = 0
        self.column_repeat = 1
        self.formula = self.filled = False
        self.in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.found.append(Structure(attributes.get("table:name", "")))
            self.next_row = 0
            if len(self.found) > MAX_SHEETS:
                raise Refused("damaged")
        elif tag == "table:table-row" and self.found:
            self.row_repeat = int(attributes.get("table:number-rows-repeated", "1"))
            self.next_column = 0
            if attributes.get("table:visibility") in ("collapse", "filter") and self.row_repeat < MAX_AREA:
                # A hidden stretch to the sheet's end is decoration; only rows that may hold something are listed.
                self.found[-1].hidden.update(range(self.next_row, self.next_row + min(self.row_repeat, 10_000)))
            self.found[-1].written_rows += 1
        elif tag in ("table:table-cell", "table:covered-table-cell") and self.found:
            self.column_repeat = int(attributes.get("table:number-columns-repeated", "1"))
            self.formula = "table:formula" in attributes
            self.filled = any(name.startswith("office:") and name.endswith("value") for name in attributes)
            self.in_cell = True
            self.seen += 1
            if self.seen > MAX_CELLS_SEEN:
                raise Refused("too_many_cells", sheet=self.found[-1].name, cells=f">{MAX_CELLS_SEEN}")

    def text(self, words: str) -> None:
        if self.in_cell and words.strip():
            self.filled = True

    def end(self, tag: str) -> None:
        if not self.found:
            return
        shape = self.found[-1]
        if tag == "table:table-row":
            self.next_row += self.row_repeat
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            if self.filled or self.formula:
                shape.value_at(self.next_row + self.row_repeat - 1, self.next_column + self.column_repeat - 1)
                if not self.filled:
                    shape.no_result.add((self.next_row, self.next_column))
            self.next_column += self.column_repeat
            self.in_cell = False


# ---- .xls (BIFF)

_BIFF_CELLS = {
    0x0203,
    0x0204,
    0x027E,
    0x00FD,
    0x0006,
    0x0205,
    0x00D6,
}  # number, label, rk, shared label, formula, bool, rich label
_BIFF_MULTIPLE = 0x00BD  # several rk numbers in one row
_BIFF_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def _xls(data: bytes) -> list[Structure]:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        stream: bytes = ole.openstream(name).read()
    sheets: list[tuple[int, str]] = []
    date1904 = False
    for code, body in _records(stream, 0):
        if code == 0x002F:
            raise Refused("password_protected")
        if code == 0x0085:
            sheets += _bound_sheet(body)
        elif code == 0x0022:
            date1904 = body[:1] == b"\x01"
        elif code == 0x000A:
            break
    found = []
    for position, sheet_name in sheets[:MAX_SHEETS]:
        shape = Structure(sheet_name, date1904=date1904)
        _walk_biff_sheet(stream, position, shape)
        found.append(shape)
    return found


def _bound_sheet(body: bytes) -> list[tuple[int, str]]:
    """Position and name of a worksheet; a sheet of old macros refuses the file, charts are passed over."""
    position, _visible, kind, length = struct.unpack_from("<IBBB", body)
    if kind in (1, 6):
        raise Refused("macro_file")
    if kind != 0:
        return []
    wide = len(body) > 7 and body[7] & 1
    name = body[8 : 8 + length * 2].decode("utf-16-le", "replace") if wide else body[8 : 8 + length].decode("latin-1")
    return [(position, name)]


def _records(stream: bytes, position: int):  # type: ignore[no-untyped-def]
    """(record code, body) from a position on, stopping at the stream's end."""
    while position + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        yield code, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _walk_biff_sheet(stream: bytes, position: int, shape: Structure) -> None:
    depth = 0
    for code, body in _records(stream, position):
        if code in (0x0809, 0x0409, 0x0209, 0x0009):
            depth += 1  # Charts inside a sheet open a stream of their own.
        elif code == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif depth != 1 or len(body) < 6:
            continue
        elif code in _BIFF_CELLS:
            row, column = struct.unpack_from("<HH", body)
            shape.value_at(row, column)
            if code == 0x0205 and len(body) >= 8 and body[7] == 1:
                shape.errors[row, column] = _BIFF_ERRORS.get(body[6], "#N/A")
        elif code == _BIFF_MULTIPLE:
            row = struct.unpack_from("<H", body)[0]
            shape.value_at(row, struct.unpack_from("<H", body, len(body) - 2)[0])
        elif code == 0x0208 and len(body) >= 16 and struct.unpack_from("<I", body, 12)[0] & 0x20:
            shape.hidden.add(struct.unpack_from("<H", body)[0])
