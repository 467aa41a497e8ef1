"""Tables as workbooks, as they are seen. Text is written as text: what looks like a formula stays what was typed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import IO

import xlsxwriter

Value = str | int | None
# A file without a day would carry the clock's, and the same table would not be the same bytes.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]) -> bytes:
    """(title, headings, rows) of each sheet → an .xlsx; the same tables give the same bytes."""
    data = io.BytesIO()
    write_workbook(data, sheets)
    return data.getvalue()


def write_workbook(
    file: IO[bytes], sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]], *, long: bool = False
) -> None:
    """The same into a file. long: rows go to the disk as they come, so that many take no memory."""
    with xlsxwriter.Workbook(file, {"constant_memory": True} if long else {"in_memory": True}) as book:
        book.set_properties({"created": _NO_DAY})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for title, headings, rows in sheets:
            sheet = book.add_worksheet(title[:31])
            widths = [len(heading) for heading in headings]
            for place, heading in enumerate(headings):
                sheet.write_string(0, place, heading, bold)
            for number, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(number, place, value)
                    elif value:
                        sheet.write_string(number, place, value)
                        widths[place] = max(widths[place], len(value))
            for place, width in enumerate(widths):
                sheet.set_column(place, place, min(max(width + 1, 8), 60))
            sheet.freeze_panes(1, 0)
