"""Files that would harm or mislead: each is refused, or read as far as is safe, with the message its sender needs."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from ansinh.sheets import Severity, _guard
from ansinh.sheets._read import MAX_ROWS
from tests.sheets.made import CHILDREN, HEADINGS, TABLE, altered, csv, ods, rows_of, values, xls, xlsx, zipped

GOOD = xlsx(TABLE)


def bomb() -> bytes:
    """A workbook whose sheet is 250 MB of blanks packed into a quarter of one."""
    return altered(GOOD, {"xl/worksheets/sheet1.xml": lambda old: old[:200] + b" " * 250_000_000 + old[200:]})


def lying_bomb() -> bytes:
    """The directory says 1,000 bytes; the packed stream holds 250 million."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(250)) + packer.flush()
    data = bytearray(altered(GOOD, {"xl/worksheets/sheet1.xml": "x" * 100}))
    archive = zipfile.ZipFile(io.BytesIO(bytes(data)))
    names = archive.namelist()
    buffer = io.BytesIO()
    directory = []
    for name in names:
        if name == "xl/worksheets/sheet1.xml":
            body, method, size = packed, 8, 1000
        else:
            body, method = archive.read(name), 0
            size = len(body)
        crc = zlib.crc32(archive.read(name))
        head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, crc, len(body), size, len(name), 0)
        directory.append(
            b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, buffer.tell()) + name.encode()
        )
        buffer.write(b"PK\x03\x04" + head + name.encode() + body)
    start = buffer.tell()
    for entry in directory:
        buffer.write(entry)
    length = buffer.tell() - start
    buffer.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), length, start, 0))
    return buffer.getvalue()


def compound(*streams: str) -> bytes:
    """A compound (OLE) file with empty streams of these names, as Office writes them."""
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126]
    entries = [("Root Entry", 5, 1), *((name, 2, 0xFFFFFFFF) for name in streams)]
    directory = b""
    for index, (name, kind, child) in enumerate(entries):
        words = name.encode("utf-16-le") + b"\x00\x00"
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        directory += words.ljust(64, b"\x00") + struct.pack("<HBB", len(words), kind, 1)
        directory += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\x00" * 36 + struct.pack("<IQ", 0xFFFFFFFE, 0)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    )
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * 432
    return head + struct.pack("<128I", *fat) + directory.ljust(512, b"\x00")[:512]


def doctype(old: bytes) -> bytes:
    return old.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)


def outside_dtd(old: bytes) -> bytes:
    return old.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">', 1)


def far_corner() -> bytes:
    """Two values in opposite corners: as a rectangle, seventeen thousand million cells."""
    return altered(
        GOOD,
        {
            "xl/worksheets/sheet1.xml": lambda old: old.replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            )
        },
    )


REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("zip bomb", bomb, "zip_bomb", "phình ra quá lớn"),
    ("zip bomb that lies about its size", lying_bomb, "zip_bomb", "phình ra quá lớn"),
    ("macros in .xlsx", lambda: altered(GOOD, {"xl/vbaProject.bin": b"code"}), "macro_file", "chứa macro"),
    (
        "macro sheet",
        lambda: altered(GOOD, {"xl/macrosheets/sheet1.xml": "<x/>"}),
        "macro_file",
        "Excel Workbook (.xlsx)",
    ),
    (
        "macro content type",
        lambda: altered(
            GOOD, {"[Content_Types].xml": lambda old: old.replace(b"sheet.main", b"sheet.macroEnabled.main")}
        ),
        "macro_file",
        "chứa macro",
    ),
    ("macros in .xls", lambda: compound("Workbook", "_VBA_PROJECT_CUR"), "macro_file", "chứa macro"),
    ("macros in .ods", lambda: ods(TABLE, extra={"Basic/Standard/Module1.xml": "<x/>"}), "macro_file", "chứa macro"),
    (
        "password on .xlsx",
        lambda: compound("EncryptionInfo", "EncryptedPackage"),
        "password_protected",
        "bỏ mật khẩu",
    ),
    (
        "password on .ods",
        lambda: ods(TABLE, extra={"META-INF/manifest.xml": "<m:encryption-data/>"}),
        "password_protected",
        "mật khẩu mở",
    ),
    (
        "external entity",
        lambda: altered(GOOD, {"xl/worksheets/sheet1.xml": doctype}),
        "external_entity",
        "thực thể XML",
    ),
    (
        "a document type kept elsewhere",
        lambda: altered(GOOD, {"xl/workbook.xml": outside_dtd}),
        "external_entity",
        "thực thể XML",
    ),
    (
        "external entity in UTF-16",
        lambda: altered(GOOD, {"xl/sharedStrings.xml": lambda old: doctype(old).decode().encode("utf-16")}),
        "external_entity",
        "thực thể XML",
    ),
    ("empty file", lambda: b"", "empty_file", "Tệp rỗng"),
    ("file of blanks", lambda: b" \r\n\r\n\t", "empty_file", "Tệp rỗng"),
    ("PDF renamed", lambda: b"%PDF-1.7\n%...", "wrong_type", "Tệp này là tệp PDF"),
    ("picture renamed", lambda: b"\x89PNG\r\n\x1a\n....", "wrong_type", "tệp ảnh PNG"),
    ("Word document renamed", lambda: zipped({"word/document.xml": "<x/>"}), "wrong_type", "văn bản Word"),
    ("plain zip renamed", lambda: zipped({"a.txt": "a"}), "wrong_type", "tệp nén ZIP"),
    ("web page named .xls", lambda: "<html><table><tr><td>Họ tên".encode(), "save_as_xlsx", "trang web (HTML)"),
    ("binary workbook", lambda: zipped({"xl/workbook.bin": b"x"}), "save_as_xlsx", "nhị phân .xlsb"),
    ("half a file", lambda: GOOD[: len(GOOD) // 2], "damaged", "bị hỏng"),
    (
        "sheet part that is no XML",
        lambda: altered(GOOD, {"xl/worksheets/sheet1.xml": b"\x00\x01"}),
        "damaged",
        "bị hỏng",
    ),
    ("two far corners", far_corner, "too_many_cells", "trải rộng quá mức"),
    (
        "far corner in .ods",
        lambda: ods(
            TABLE,
            tail='<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1000" '
            'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>',
        ),
        "too_many_cells",
        "trải rộng quá mức",
    ),
    ("no headings", lambda: xlsx([["a", "b"], [1, 2]]), "no_header", "Không tìm thấy dòng tiêu đề"),
    ("headings only", lambda: xlsx([HEADINGS]), "no_rows", "chưa có dòng nào"),
    ("over the size limit", lambda: b"PK" + b"0" * (20 * 2**20), "file_too_large", "vượt mức 20 MB"),
    ("random bytes", lambda: bytes(range(256)) * 20, "unknown_encoding", "bảng mã chữ"),
]


@pytest.mark.parametrize(("make", "code", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused_with_a_reason_and_a_way_out(make: Callable[[], bytes], code: str, words: str) -> None:
    data = make()
    intake = rows_of(data, "danh-sach.xlsx")
    (fault,) = intake.faults
    assert fault.code == code
    assert words in fault.vi
    assert fault.severity == Severity.FILE
    assert intake.refused and intake.rows == ()
    assert intake.original == data and len(intake.sha256) == 64
    assert fault.en and not re.search(r"[{}]", fault.vi + fault.en)


@pytest.mark.parametrize(
    "name", ["zip bomb", "zip bomb that lies about its size", "two far corners", "far corner in .ods", "million"]
)
def test_hostile_files_stay_within_memory(name: str) -> None:
    """In a process of its own that may take 400 MB more than it starts with: an attempt to lay it all out would die."""
    code = (
        "import resource, sys\n"
        "from tests.sheets import test_hostile as t\n"
        "from tests.sheets.made import rows_of\n"
        f"data = t.million_blank_rows() if {name!r} == 'million' else dict((c[0], c[1]) for c in t.REFUSED)[{name!r}]()\n"
        "size = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "limit = size + 400 * 2**20\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        "intake = rows_of(data)\n"
        "print(intake.faults[0].code if intake.faults else len(intake.rows))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
    expected = {"two far corners": "too_many_cells", "far corner in .ods": "too_many_cells", "million": "3"}
    assert done.stdout.strip() == expected.get(name, "zip_bomb"), done.stderr[-2000:]


def million_blank_rows() -> bytes:
    """Three children, then a million formatted rows without a value, each with a formatted cell."""
    blank = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (r, r) for r in range(5, 1_000_005))
    return altered(
        GOOD, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"</sheetData>", blank + b"</sheetData>")}
    )


def test_real_size_counts_even_when_the_ratio_is_modest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_guard, "MAX_RATIO", 10**9)
    (fault,) = rows_of(lying_bomb()).faults
    assert fault.code == "zip_bomb"


def test_a_million_blank_rows_are_passed_over_with_a_note() -> None:
    intake = rows_of(million_blank_rows())
    assert len(intake.rows) == 3
    assert intake.faults == ()
    (note,) = [note for note in intake.notes if note.code == "blank_rows"]
    assert "1000000 dòng trắng có định dạng" in note.vi


def test_too_many_blank_cells_are_refused() -> None:
    rows = b"".join(b'<row r="%d">%s</row>' % (r, b'<c s="1"/>' * 4) for r in range(5, 700_005))
    data = altered(GOOD, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"</sheetData>", rows + b"</sheetData>")})
    (fault,) = rows_of(data).faults
    assert fault.code in ("too_many_cells", "zip_bomb", "file_too_large")


def test_blank_rows_to_the_end_of_an_ods_are_no_matter() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    intake = rows_of(ods(TABLE, tail=tail), "ds.ods")
    assert values(intake, "learner_code") == ["HS01", "HS02", "HS03"]


def test_formula_text_in_a_csv_is_only_text() -> None:
    intake = rows_of(
        csv([HEADINGS, [1, "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', CHILDREN[0][3], "Kinh", "4A", "Không"]]),
        "ds.csv",
    )
    assert values(intake, "full_name") == ['=HYPERLINK("http://x")']
    assert values(intake, "learner_code") == ["=cmd|' /C calc'!A0"]


def test_encrypted_xls_is_refused_by_name() -> None:
    data = bytearray(xls(TABLE))
    start = data.index(
        b"\x09\x08"
    )  # The first record of the workbook stream; an encrypted one has FILEPASS right after it.
    length = struct.unpack_from("<H", data, start + 2)[0]
    struct.pack_into("<H", data, start + 4 + length, 0x002F)
    (fault,) = rows_of(bytes(data), "ds.xls").faults
    assert fault.code == "password_protected"


def test_a_workbook_of_nothing_but_old_macros_is_refused() -> None:
    data = bytearray(xls(TABLE))
    start = data.index(b"\x85\x00")
    data[start + 4 + 5] = 1  # The sheet's kind: a sheet of Excel 4 macros.
    (fault,) = rows_of(bytes(data), "ds.xls").faults
    assert fault.code == "macro_file"


def test_a_very_wide_sheet_of_text_is_read_in_good_time() -> None:
    """Two and a half million cells of old-font text: the work is bounded by the columns that a roster can have."""
    wide = b"".join(
        b'<row r="%d">%s</row>' % (r, b'<c t="s"><v>2</v></c>' * 16_000)
        for r in range(len(TABLE) + 1, len(TABLE) + 151)
    )
    data = altered(GOOD, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"</sheetData>", wide + b"</sheetData>")})
    start = time.process_time()
    intake = rows_of(data)
    assert time.process_time() - start < 30
    assert len(intake.rows) >= 3 or intake.refused


def test_too_many_rows_are_refused() -> None:
    rows = [HEADINGS, *[[n, f"HS{n}", "Trần Thị Ánh"] for n in range(MAX_ROWS + 1)]]
    (fault,) = rows_of(csv(rows), "ds.csv").faults
    assert fault.code == "too_many_rows" and str(MAX_ROWS) in fault.vi
