"""A worksheet's rows cut from their bytes, so that rows written alike need not be walked mark by mark each time.

Two rows are written alike when nothing but digits differs: values, styles, heights, and the row's own number in its
cells' addresses. What a walk finds in the first of them (cells, last filled column) then holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 20
_LONGEST = 16 << 20  # The widest row a program can write is under one mebibyte; a hostile one has no end.
_NUMBER = re.compile(rb'<row r="([1-9][0-9]{0,6})"')
_OWN_ADDRESS = re.compile(rb' r="[A-Z]{1,3}#"')
_OTHER_ADDRESS = re.compile(rb"[0-9]#")
_NUMBERED_TAG = re.compile(rb"<[^<>\s]*[0-9]")
_STRAY = re.compile(rb"<(?:[^<>\s/:]+:)?(?:c|row)[\s/>]")
_DECLARED = re.compile(rb'<\?xml [^>]*encoding=["\'](?![uU][tT][fF]-8["\'])')
_DIGITS = b"0123456789"


class Uncut(Exception):  # noqa: N818  It is an answer, not an error.
    """A worksheet part that is not written row by row in plain UTF-8, so that only a parser can walk it."""


def cut(part: IO[bytes]) -> Iterator[bytes]:
    """The rows of a worksheet part, each up to its `</row>`; before it, and in the last piece, rows closed in themselves.

    Uncut when what stands round the rows is not well formed,
    or holds cells; the rows themselves are not parsed here.
    """
    parser = expat.ParserCreate()
    rest, inside = b"", False
    while chunk := part.read(_CHUNK):
        rest += chunk
        if not inside:
            inside, rest = _enter(rest, parser)
        if inside:
            *rows, rest = rest.split(b"</row>")
            yield from (row + b"</row>" for row in rows)
        if len(rest) > _LONGEST:
            raise Uncut
    before, ended, after = rest.partition(b"</sheetData>")
    if not inside or not ended or _STRAY.search(after):
        raise Uncut
    _parse(parser, ended + after, last=True)
    yield before


def _enter(head: bytes, parser: expat.XMLParserType) -> tuple[bool, bytes]:
    """Whether the rows have begun, and what stands from there on."""
    before, begun, after = head.partition(b"<sheetData>")
    if not begun:
        return False, head
    if b"\x00" in before or _DECLARED.match(before) or _STRAY.search(before):
        raise Uncut
    _parse(parser, before + begun, last=False)
    return True, after


def _parse(parser: expat.XMLParserType, text: bytes, *, last: bool) -> None:
    try:
        parser.Parse(text, last)
    except expat.ExpatError:
        raise Uncut from None


def pattern(row: bytes) -> tuple[int, bytes] | None:
    """The row's number from 0, and what is left of it without its digits; None when the digits may mean more than a value.

    The row's own number in an address becomes `#`, so that an address of another row makes another pattern.
    """
    found = _NUMBER.match(row)
    # Empty values are told from filled ones only by their digits, as are hidden rows and characters written as numbers.
    if found is None or b"#" in row or b"></v>" in row or b"></t>" in row or b"hidden" in row:
        return None
    own = row.replace(found[1] + b'"', b'#"')
    return None if _OTHER_ADDRESS.search(own) else (int(found[1]) - 1, own.translate(None, _DIGITS))


def stands_for_all(row: bytes, like: bytes, marks: int) -> bool:
    """Whether what a walk of this row found holds for every row of its pattern; `marks`: rows and cells it counted.

    So it is when every address in it is the row's own, and no digit stands in a tag's name.
    """
    cells = len(_OWN_ADDRESS.findall(like))
    return like.count(b' r="') == 1 + cells == marks and not _NUMBERED_TAG.search(row)
