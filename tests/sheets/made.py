"""Workbooks made for the tests, in every format schools send. All children in them are made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ansinh.sheets import Intake, Template, read, templates
from tests.sheets.plain import read_plainly

ROSTER = templates()["learner_roster"]
HEADINGS = ["STT", "Mã học sinh", "Họ và tên", "Ngày sinh", "Dân tộc", "Lớp", "Hộ nghèo, cận nghèo"]
CHILDREN: list[list[Any]] = [
    [1, "HS01", "Trần Thị Ngọc Ánh", date(2016, 9, 5), "Khmer", "4A", "Hộ nghèo"],
    [2, "HS02", "Thạch Sô Khây", date(2016, 11, 20), "Khơ-me", "4A", "Cận nghèo"],
    [3, "HS03", "Nguyễn Đình Phước", date(2017, 1, 31), "Kinh", "3B", "Không"],
]
TABLE = [HEADINGS, *CHILDREN]


_SMALL = 100_000  # Bytes; what is larger is made to be heavy, and reading it the slow way too is not worth the wait.


def rows_of(data: bytes, filename: str = "ds.xlsx", template: Template = ROSTER) -> Intake:
    """What reading gives; of every small file also that the slow way gives the very same, to the type of each value."""
    intake = read(template, data, filename=filename)
    if len(data) < _SMALL:
        plain = read_plainly(template, data, filename=filename)
        assert repr(intake) == repr(plain)
        assert intake == plain
    return intake


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]], **options: Any) -> bytes:
    """A workbook of sheets: rows of values; dates are written as dates, text that begins with = as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options}) as book:
        for number, sheet in enumerate(sheets):
            name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number + 1}", sheet)
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(r, c, value)
                    elif value is not None:
                        page.write(r, c, value)
    return buffer.getvalue()


def xls(rows: Sequence[Sequence[Any]], *, hidden: Sequence[int] = ()) -> bytes:
    """An old .xls workbook."""
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                page.write(r, c, value, day) if isinstance(value, date) else page.write(r, c, value)
        page.row(r).hidden = r in hidden
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def ods(
    rows: Sequence[Sequence[Any]], *, hidden: Sequence[int] = (), tail: str = "", extra: Mapping[str, str] | None = None
) -> bytes:
    """An OpenDocument sheet; `tail` is raw XML after the last row."""
    body = []
    for r, row in enumerate(rows):
        cells = "".join(_ods_cell(value) for value in row)
        attribute = ' table:visibility="collapse"' if r in hidden else ""
        body.append(f"<table:table-row{attribute}>{cells}</table:table-row>")
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0" office:version="1.2">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{"".join(body)}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest, **(extra or {})})


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        day = value.isoformat()
        return f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def csv(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = []
    for row in rows:
        words = [
            f"{v.day:02d}/{v.month:02d}/{v.year}" if isinstance(v, date) else "" if v is None else str(v) for v in row
        ]
        lines.append(delimiter.join(f'"{w}"' if delimiter in w else w for w in words))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def altered(data: bytes, changes: Mapping[str, Any]) -> bytes:
    """A zip with some parts changed: a function of the old bytes, or new bytes; a part that was not there is added."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    return zipped(parts)


def codes(intake: Intake) -> list[str]:
    return [fault.code for fault in (*intake.faults, *intake.notes)]


def values(intake: Intake, name: str) -> list[object]:
    return [row.values[name] for row in intake.rows]
