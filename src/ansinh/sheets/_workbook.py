"""Grids of cells from workbook bytes: values by calamine, shape by `_structure`, text tables by `_csv`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from ansinh.sheets import _csv
from ansinh.sheets._guard import Refused, kind_of
from ansinh.sheets._structure import Structure, structures

Raw = str | int | float | bool | date | time | timedelta | None


@dataclass
class Grid:
    """One sheet: rows of cells from A1 on (all of one width), and what is special about some of them.

    Positions are (row, column) counted from 0. `merged` are ranges ((row, column) first, (row, column) last).
    """

    sheet: str
    rows: list[list[Raw]]
    hidden_sheet: bool = False
    hidden_rows: frozenset[int] = frozenset()
    no_result: frozenset[tuple[int, int]] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    blank_tail: int = 0
    date1904: bool = False


def grids(data: bytes, filename: str) -> list[Grid]:
    """Every worksheet of a file, in order. Refused when the file is not a table, is locked or damaged, or would do harm."""
    kind = kind_of(data)
    if kind == "csv":
        return [Grid(filename, _rows(_csv.rows(data)))]
    shapes = structures(kind, data)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            hidden = {
                meta.name
                for meta in workbook.sheets_metadata
                if meta.visible != python_calamine.SheetVisibleEnum.Visible
            }
            return [_grid(workbook, shape, hidden) for shape in shapes if shape.name in workbook.sheet_names]
    except python_calamine.PasswordError:
        raise Refused("password_protected") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Refused("damaged") from None
    except BaseException as error:
        # A panic inside the reader is no Exception; it must not take the server down with it.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("damaged") from None


def _grid(workbook: python_calamine.CalamineWorkbook, shape: Structure, hidden: set[str]) -> Grid:
    tail = max(0, shape.written_rows - shape.last_row - 1)
    if shape.last_row < 0:
        return Grid(shape.name, [], shape.name in hidden, blank_tail=tail)
    sheet = workbook.get_sheet_by_name(shape.name)
    rows = _rows(sheet.to_python(skip_empty_area=False))
    return Grid(
        shape.name,
        rows,
        shape.name in hidden,
        frozenset(shape.hidden),
        frozenset(shape.no_result),
        shape.errors,
        sheet.merged_cell_ranges or (),
        tail,
        shape.date1904,
    )


def _rows(cells: Sequence[list[Any]]) -> list[list[Raw]]:
    """Rows of one width. A wording that stands in many cells is held in memory once."""
    width = max((len(row) for row in cells), default=0)
    known: dict[str, str] = {}
    return [[_plain(value, known) for value in row] + [None] * (width - len(row)) for row in cells]


def _plain(value: object, known: dict[str, str]) -> Raw:
    """A cell's value with whole floats made integers, empty text made nothing, and times of day dropped from dates."""
    if value == "" or value is None:
        return None
    if isinstance(value, str):
        return known.setdefault(value, value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value  # type: ignore[return-value]


def shown(value: Raw) -> str:
    """A cell's own text as its reader sees it, as near as the file tells."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"  # Excel shows the digits of a long code, not a power of ten.
    return str(value)
