"""Text tables: the encoding and the delimiter are found, not asked for."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

from ansinh.sheets import _legacy
from ansinh.sheets._guard import Refused

MAX_ROWS = 200_000
MAX_WIDTH = 500
_DELIMITERS = ",;\t|"


def rows(data: bytes) -> list[list[str | None]]:
    """Rows of one width; empty cells are None. Refused when the bytes are no text in a known encoding, or too many."""
    text = decode(data)
    if "\x00" in text:
        raise Refused("unknown_encoding")
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) <= 5:
        text = text.split("\n", 1)[1] if "\n" in text else ""
    found: list[list[str | None]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    try:
        for row in reader:
            if len(found) >= MAX_ROWS or len(row) > MAX_WIDTH:
                raise Refused("too_many_cells", sheet="CSV", cells=len(found) * len(row))
            found.append([cell or None for cell in row])
    except csv.Error:
        raise Refused("damaged") from None
    width = max((len(row) for row in found), default=0)
    if width * len(found) > 3_000_000:
        raise Refused("too_many_cells", sheet="CSV", cells=width * len(found))
    return [row + [None] * (width - len(row)) for row in found]


def decode(data: bytes) -> str:
    """Text from bytes: by mark, as UTF-8, as UTF-16 without mark, else as the 8-bit set that gives Vietnamese syllables."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) // 5:
        even = data[0:4000:2].count(0)
        return _strict(data, "utf-16-be" if even > zeros - even else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # windows-1258 writes tones as separate marks; TCVN3 and VNI bytes are Latin-1 letters converted later, by column.
    modern = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    old = data.decode("latin-1")
    return modern if _legacy.vietnamese_share(modern) > _legacy.vietnamese_share(old) else old


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("unknown_encoding") from None


def delimiter(text: str) -> str:
    """The delimiter that cuts the most of the first lines into the same number of cells, and into more than one."""
    sample = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    best, best_score = ",", (0, 0)
    for candidate in _DELIMITERS:
        counts: dict[int, int] = {}
        try:
            for row in csv.reader(sample, delimiter=candidate):
                if len(row) > 1:
                    counts[len(row)] = counts.get(len(row), 0) + 1
        except csv.Error:
            continue
        if counts:
            width, lines = max(counts.items(), key=lambda item: (item[1], item[0]))
            if (lines, width) > best_score:
                best, best_score = candidate, (lines, width)
    return best
