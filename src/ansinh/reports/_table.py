"""Plain tables for other programs and for people who sort: .csv and .xlsx, the same bytes for the same rows."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

# A spreadsheet takes a text that opens with one of these for a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # A file that carried the clock would never be the same twice.
WIDEST = 60

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """A titled table: headings, then rows of texts and whole numbers."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark, which Excel needs to read Vietnamese; no cell can run as a formula."""
    return b"".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """`csv_bytes` line by line, for tables that need not be held whole."""
    yield codecs.BOM_UTF8
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in itertools.chain([headings], ([_inert(cell) for cell in row] for row in rows)):
        writer.writerow(row)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _inert(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_MARKS) else cell


def xlsx_bytes(tables: Sequence[Table], *, title: str) -> bytes:
    """A workbook of one sheet a table: headings frozen and filtered, figures grouped by thousands, ready to print."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": NO_DAY})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        figure = book.add_format({"num_format": "#,##0", "valign": "top"})
        for table in tables:
            page = book.add_worksheet(table.title[:31])
            page.write_row(0, 0, table.headings, head)
            for number, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, int):
                        page.write_number(number, place, cell, figure)
                    elif cell:
                        page.write_string(number, place, cell, text)
            for place, heading in enumerate(table.headings):
                longest = max([len(heading), *(len(str(row[place] or "")) for row in table.rows)])
                page.set_column(place, place, min(longest + 2, WIDEST))
            page.freeze_panes(1, 0)
            if table.rows:
                page.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    return memory.getvalue()
