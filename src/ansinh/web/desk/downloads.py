"""A file that leaves: its kind, and a Vietnamese name that survives (RFC 6266)."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(data: bytes, name: str, form: str) -> HttpResponse:
    """`name` without its ending, which `form` gives."""
    response = HttpResponse(data, content_type=KINDS[form])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response
