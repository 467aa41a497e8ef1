"""The gate: says what a file really is and refuses what would harm, before any parser sees it, in bounded memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import olefile

from ansinh.sheets._faults import say
from ansinh.sheets._template import Fault

MAX_FILE_BYTES = 20 * 1024 * 1024  # A roster of 5,000 learners is under 2 MB; the rest is pictures.
MAX_INFLATED_BYTES = 192 * 1024 * 1024  # All parts of a workbook together.
MAX_RATIO = 200  # Blank formatted rows reach about 60; a bomb about 1,000.
RATIO_MATTERS_FROM = 32 * 1024 * 1024  # A tiny part may have any ratio.
MAX_PARTS = 2000
_CHUNK = 1 << 18

# What people rename to .xlsx, by first bytes.
_OTHER_TYPES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "tệp PDF", "a PDF file"),
    (b"\x89PNG", "tệp ảnh PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "tệp ảnh JPEG", "a JPEG picture"),
    (b"GIF8", "tệp ảnh GIF", "a GIF picture"),
    (b"Rar!", "tệp nén RAR", "a RAR archive"),
    (b"7z\xbc\xaf", "tệp nén 7z", "a 7z archive"),
    (b"\x1f\x8b", "tệp nén gzip", "a gzip archive"),
    (b"{\\rtf", "văn bản RTF", "an RTF document"),
    (b"MZ", "chương trình máy tính", "a computer program"),
    (b"\x7fELF", "chương trình máy tính", "a computer program"),
)


class Refused(Exception):  # noqa: N818  It is an answer, not an error.
    """The file is not read at all; `fault` says why and what to do."""

    def __init__(self, code: str, **details: object) -> None:
        self.fault: Fault = say(code, **details)  # type: ignore[arg-type]
        super().__init__(self.fault.en)


def kind_of(data: bytes) -> str:
    """What the bytes are: "xlsx", "ods", "xls" or "csv". Refused when they are anything else or would do harm."""
    if not data:
        raise Refused("empty_file")
    if len(data) > MAX_FILE_BYTES:
        raise Refused("file_too_large", size=len(data) // 2**20, limit=MAX_FILE_BYTES // 2**20)
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(olefile.MAGIC):
        return _kind_of_ole(data)
    for magic, vi, en in _OTHER_TYPES:
        if data.startswith(magic):
            raise _wrong_type("wrong_type", vi, en)
    _refuse_markup(data)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty_file")
    return "csv"


def _wrong_type(code: str, vi: str, en: str) -> Refused:
    refused = Refused(code, found=vi)
    refused.fault = Fault(code, refused.fault.vi, say(code, found=en).en, refused.fault.severity)
    return refused


def _refuse_markup(data: bytes) -> None:
    """Other systems export HTML or SpreadsheetML under the name .xls; text markup is never a CSV."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style")):
        raise _wrong_type(
            "save_as_xlsx", "trang web (HTML) mang đuôi bảng tính", "a web page (HTML) named as a workbook"
        )
    if start.startswith((b"<?xml", b"<workbook")):
        if b"<!entity" in data.lower() or b"<!doctype" in start:
            raise Refused("external_entity")
        raise _wrong_type("save_as_xlsx", "bảng tính XML đời 2003", "a 2003 XML spreadsheet")


def _kind_of_zip(data: bytes) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, struct.error, OverflowError):
        raise Refused("damaged") from None
    parts = archive.infolist()
    names = {part.filename for part in parts}
    _check_sizes(data, parts)
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise Refused("macro_file")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password_protected")
    if "content.xml" in names:
        return _check_ods(archive, lowered)
    if any(name.endswith("workbook.xml") for name in lowered):
        if b"macroenabled" in _small_part(archive, "[Content_Types].xml").lower():
            raise Refused("macro_file")
        return "xlsx"
    if any(name.endswith("workbook.bin") for name in lowered):
        raise _wrong_type("save_as_xlsx", "bảng tính nhị phân .xlsb", "a binary .xlsb workbook")
    if any(name.startswith("word/") for name in lowered):
        raise _wrong_type("wrong_type", "văn bản Word", "a Word document")
    raise _wrong_type("wrong_type", "tệp nén ZIP", "a ZIP archive")


def _check_ods(archive: zipfile.ZipFile, names: set[str]) -> str:
    if b"encryption-data" in _small_part(archive, "META-INF/manifest.xml"):
        raise Refused("password_protected")
    if any(name.startswith(("basic/", "scripts/")) and name.endswith((".xml", ".py", ".js", ".bsh")) for name in names):
        # An empty Standard library is written by old suites even without macros; its listing files are not code.
        code = [n for n in names if n.startswith(("basic/", "scripts/")) and not n.endswith(("-lc.xml", "-lb.xml"))]
        if code:
            raise Refused("macro_file")
    kind = _small_part(archive, "mimetype")
    if b"text" in kind or b"presentation" in kind:
        raise _wrong_type("wrong_type", "văn bản LibreOffice", "a LibreOffice document")
    return "ods"


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes, or nothing when it is absent or broken; sizes were checked before."""
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError):
        return b""


def _check_sizes(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    """Declared sizes first, then the real ones: a bomb may lie in its directory, so every part is inflated and counted."""
    limit = MAX_INFLATED_BYTES // 2**20
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise Refused("zip_bomb", limit=limit)
    total = 0
    for part in parts:
        size, tail, is_markup = 0, b"", part.filename.lower().endswith((".xml", ".rels"))
        for chunk in _inflate(data, part):
            size += len(chunk)
            if total + size > MAX_INFLATED_BYTES:
                raise Refused("zip_bomb", limit=limit)
            if size > RATIO_MATTERS_FROM and size > MAX_RATIO * max(part.compress_size, 1):
                raise Refused("zip_bomb", limit=limit)
            if is_markup:
                _refuse_entities(tail + chunk)
                tail = chunk[-24:]
        if size != part.file_size:
            raise Refused("damaged")
        total += size


def _refuse_entities(text: bytes) -> None:
    plain = text.replace(b"\x00", b"") if b"\x00" in text else text  # UTF-16 markup hides its letters between zeros.
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused("external_entity")


def _inflate(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real bytes of a part in bounded pieces, whatever its directory entry claims."""
    start = part.header_offset
    if data[start : start + 4] != b"PK\x03\x04" or start + 30 > len(data):
        raise Refused("damaged")
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    body = start + 30 + name_length + extra_length
    packed = memoryview(data)[body : body + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("damaged")
    stream = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _CHUNK // 8):  # Small bites: what is left over is copied at each step.
            rest: bytes | memoryview = packed[at : at + _CHUNK // 8]
            while rest and not stream.eof:
                yield stream.decompress(rest, _CHUNK)
                rest = stream.unconsumed_tail
    except zlib.error:
        raise Refused("damaged") from None


def _kind_of_ole(data: bytes) -> str:
    """An old compound file: .xls, but also the wrapper of an encrypted .xlsx, and Word or Outlook files."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
    except Exception:
        raise Refused("damaged") from None
    if "encryptedpackage" in names:
        raise Refused("password_protected")
    if any("_vba_project" in name or name.startswith("vba/") for name in names):
        raise Refused("macro_file")
    if names & {"workbook", "book"}:
        return "xls"
    if "worddocument" in names:
        raise _wrong_type("wrong_type", "văn bản Word", "a Word document")
    raise _wrong_type("wrong_type", "tệp Office đời cũ", "an old Office file")
