"""Text typed in TCVN3 and VNI: converted with a note when it is certain, refused by name when it is not."""

from __future__ import annotations

import unicodedata

import pytest

from ansinh.sheets import _legacy
from tests.sheets.made import CHILDREN, TABLE, codes, csv, rows_of, values, xls, xlsx

NAMES = ["Trần Thị Ngọc Ánh", "Thạch Sô Khây", "Nguyễn Đình Phước"]
_TO_TCVN3 = str.maketrans(_legacy._TCVN3_TO, _legacy._TCVN3_FROM)
_TONES = {mark: letter for letter, mark in _legacy._VNI_TONES.items()}
_AFTER = {marks: letter for letter, marks in _legacy._VNI_AFTER.items()}
_ALONE = {letter: old for old, letter in _legacy._VNI_ALONE.items()}


def tcvn3(text: str) -> str:
    """As .VnTime stores it. Capital letters with tones have no codes of their own; such fonts show small ones."""
    return "".join(c if c.upper() == c and ord(c) < 0x100 else c.translate(_TO_TCVN3) for c in text)


def vni(text: str) -> str:
    """As VNI fonts store it: the mark follows its vowel, in the case of the vowel."""
    out = []
    for char in text:
        low = char.lower()
        base, *marks = unicodedata.normalize("NFD", low)
        roof = "".join(mark for mark in marks if mark in "\u0302\u0306")
        tone = "".join(mark for mark in marks if mark in _TONES)
        if low in _ALONE:
            old = _ALONE[low]
        elif "\u031b" in marks:
            old = _ALONE[unicodedata.normalize("NFC", base + "\u031b")] + (_TONES[tone] if tone else "")
        elif roof:
            old = base + _AFTER[roof + tone]
        else:
            old = base + _TONES[tone] if tone else low
        out.append(old.upper() if char.isupper() else old)
    return "".join(out)


def old(encode: object, table: list[list[object]]) -> list[list[object]]:
    return [[encode(v) if isinstance(v, str) else v for v in row] for row in table]  # type: ignore[operator]


def test_the_tables_are_those_of_the_standards() -> None:
    # Python's own library has neither set; these pairs are from the published code charts.
    assert _legacy.from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert _legacy.from_tcvn3("§éc lËp - Tù do - H¹nh phóc") == "Độc lập - Tự do - Hạnh phúc"
    assert _legacy.from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert _legacy.from_vni("Ñoäc laäp - Töï do - Haïnh phuùc") == "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(("encode", "charset"), [(tcvn3, "TCVN3"), (vni, "VNI")])
def test_a_whole_workbook_in_an_old_font_is_converted_and_said_so(encode: object, charset: str) -> None:
    for data, filename in ((xlsx(old(encode, TABLE)), "ds.xlsx"), (xls(old(encode, TABLE)), "ds.xls")):
        intake = rows_of(data, filename)
        assert [name for name in values(intake, "full_name") if name] == NAMES
        assert values(intake, "ethnicity") == [5, 5, 1]
        assert intake.faults == ()
        (note,) = [note for note in intake.notes if note.code == "legacy_font_converted"]
        assert charset in note.vi and "Hãy xem lại tên riêng" in note.vi
        # The cell's own text stays what it was.
        assert intake.rows[0].cells["full_name"].text == encode("Trần Thị Ngọc Ánh")  # type: ignore[operator]


@pytest.mark.parametrize(("encode", "charset"), [(tcvn3, "TCVN3"), (vni, "VNI")])
def test_a_text_table_in_an_old_set_is_converted(encode: object, charset: str) -> None:
    intake = rows_of(csv(old(encode, TABLE)).decode().encode("latin-1"), "ds.csv")
    assert values(intake, "full_name") == NAMES
    assert any(charset in note.vi for note in intake.notes)


def test_old_names_under_new_headings_are_converted_by_column() -> None:
    rows = [[v if r == 0 or c != 2 else tcvn3(str(v)) for c, v in enumerate(row)] for r, row in enumerate(TABLE)]
    intake = rows_of(xlsx(rows))
    assert values(intake, "full_name") == NAMES
    assert intake.faults == ()


def test_one_old_cell_among_new_ones_is_refused_by_name() -> None:
    rows = [list(row) for row in TABLE]
    rows[3][4] = tcvn3("Mường")
    more = [
        [n, f"HS1{n}", "Nguyễn Văn Tuấn", CHILDREN[0][3].replace(day=n), "Mường", "4A", None] for n in range(10, 16)
    ]
    intake = rows_of(xlsx([*rows, *more]))
    (fault,) = intake.faults
    assert (fault.code, fault.row, fault.column, fault.value) == ("legacy_font_unsure", 4, "E", tcvn3("Mường"))
    assert "TCVN3 .VnTime hoặc VNI" in fault.vi
    assert values(intake, "ethnicity")[2] is None


def test_names_of_other_peoples_are_left_alone() -> None:
    names = [
        "Neáng Sóc Kha",
        "H'Hen Niê",
        "Kpă Y Bhăm",
        "Rmah Hlũch",
        "Ksor Kơk",
        "Müller Đức",
        "Giàng A Sử",
        "Thạch Ký",
    ]
    rows = [["Họ và tên", "Lớp", "Ngày sinh"], *[[name, "4A", f"0{n + 1}/09/2016"] for n, name in enumerate(names)]]
    intake = rows_of(xlsx(rows))
    assert values(intake, "full_name") == names
    assert "legacy_font_converted" not in codes(intake)
    assert intake.faults == ()


def test_true_vietnamese_is_never_taken_for_an_old_font() -> None:
    words = "Hoà Hòa thuỷ thủy Quý quá gì giêng khuỷu nghiêng Đặng Ỷ Ề Ẫ ỗ ữ Huỳnh Tuyết Uyên Khuê Quỳnh Ngoãn xoắn"
    assert _legacy.vietnamese_share(words) == 1.0
    assert _legacy.find(words.split()).charset is None
