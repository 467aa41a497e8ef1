"""A file that leaves: its kind, and a Vietnamese name that survives (RFC 6266)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from ansinh.reports._table import csv_lines
from ansinh.web.desk.export import Value, write_workbook

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(data: bytes, name: str, form: str) -> HttpResponse:
    """`name` without its ending, which `form` gives."""
    response = HttpResponse(data, content_type=KINDS[form])
    response.headers["Content-Disposition"] = _as(name, form)
    return response


def table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], name: str, form: str
) -> HttpResponseBase:
    """A long table as .csv, sent line by line as it is read, or as .xlsx, made on the disk. No cell can run as a formula."""
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(headings, rows), content_type=KINDS[form])
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_workbook(file, [(title, headings, rows)], long=True)
        file.seek(0)
        response = FileResponse(file, content_type=KINDS[form])
    response.headers["Content-Disposition"] = _as(name, form)
    return response


def _as(name: str, form: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
