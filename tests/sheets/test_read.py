"""What schools really send: every format, shifted and merged headings, dates in all their forms, old fonts, slips of the pen."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import pytest
import xlsxwriter

from ansinh.core.tables import POVERTY
from ansinh.sheets import Fault, Intake, Severity
from tests.sheets.made import CHILDREN, HEADINGS, TABLE, altered, codes, csv, ods, rows_of, values, xls, xlsx

NAMES = ["Trần Thị Ngọc Ánh", "Thạch Sô Khây", "Nguyễn Đình Phước"]
DAYS = [date(2016, 9, 5), date(2016, 11, 20), date(2017, 1, 31)]


def only(intake: Intake, code: str) -> Fault:
    (fault,) = [fault for fault in (*intake.faults, *intake.notes) if fault.code == code]
    return fault


def one_child(heading: str, value: object, **options: object) -> Intake:
    """A roster of one child with one more column."""
    return rows_of(xlsx([[*HEADINGS, heading], [*CHILDREN[0], value]], **options))


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (xlsx(TABLE), "ds.xlsx"),
        (xlsx(TABLE, date_1904=True), "ds-1904.xlsx"),
        (xls(TABLE), "ds.xls"),
        (ods(TABLE), "ds.ods"),
        (csv(TABLE), "ds.csv"),
        (csv(TABLE, ";", "utf-8-sig"), "ds.csv"),
        (csv(TABLE, "\t", "utf-16"), "ds.csv"),
        (csv(TABLE, "\t", "utf-16-le"), "ds.csv"),
        (b"sep=;\r\n" + csv(TABLE, ";"), "ds.csv"),
    ],
    ids=[
        "xlsx",
        "xlsx 1904",
        "xls",
        "ods",
        "csv",
        "csv ; bom",
        "csv tab utf-16",
        "csv utf-16 without mark",
        "csv sep=",
    ],
)
def test_every_format_reads_alike(data: bytes, filename: str) -> None:
    intake = rows_of(data, filename)
    assert intake.faults == ()
    assert values(intake, "full_name") == NAMES
    assert values(intake, "birth_date") == DAYS
    assert values(intake, "ethnicity") == [5, 5, 1]
    assert values(intake, "poverty") == [POVERTY.poor, POVERTY.near_poor, POVERTY.none]
    assert values(intake, "grade") == [4, 4, 3]
    assert [row.row for row in intake.rows] == [2, 3, 4]  # As Excel numbers them; it does not show a sep= line.


def test_windows_1258_text_is_recognised() -> None:
    text = csv(TABLE).decode()
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for char in text:  # The set has the letters with their roofs, and the five tones as marks written after.
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in parts if mark in marks)
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in marks)) + tone)
    intake = rows_of("".join(out).encode("cp1258"), "ds.csv")
    assert values(intake, "full_name") == NAMES


def test_composed_and_decomposed_letters_read_alike() -> None:
    decomposed = [[unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in TABLE]
    intake, same = rows_of(xlsx(decomposed)), rows_of(xlsx(TABLE))
    assert [row.values for row in intake.rows] == [row.values for row in same.rows]
    assert intake.faults == ()


def test_stray_spaces_do_not_matter() -> None:
    rows = [
        ["  Họ và  tên\u00a0", "Ngày sinh ", "Dân\u00a0tộc", "LỚP"],
        ["\u00a0Trần  Thị\u200b Ánh ", " 05/09/2016 ", " Khmer ", " 4A "],
    ]
    intake = rows_of(xlsx(rows))
    assert values(intake, "full_name") == ["Trần Thị Ánh"]
    assert values(intake, "ethnicity") == [5]
    assert values(intake, "birth_date") == [date(2016, 9, 5)]


def test_shifted_headings_with_the_school_above_and_signatures_below() -> None:
    rows = [
        [None, "UBND XÃ MẪU", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [None, "Trường: Tiểu học Mỹ Mẫu"],
        [None, "Năm học: 2025 - 2026"],
        [None, "Công lập", "Có"],
        [],
        *[[None, None, *row] for row in TABLE],
        [None, None, None, None, "Tổng cộng: 3 em"],
        [None, None, None, None, "Người lập biểu", None, None, "Hiệu trưởng"],
    ]
    intake = rows_of(xlsx(rows))
    assert values(intake, "full_name") == NAMES
    assert intake.faults == ()
    assert intake.header == {"school_name": "Tiểu học Mỹ Mẫu", "school_year": 2025, "public_school": True}
    assert [row.row for row in intake.rows] == [7, 8, 9]
    assert intake.rows[0].cells["birth_date"].column == "F"


def test_two_row_merged_headings() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("Lớp 4A")
        page.merge_range("A1:A2", "STT")
        page.merge_range("B1:C2", "Họ và tên")
        page.merge_range("D1:D2", "Ngày sinh")
        page.merge_range("E1:F1", "Hoàn cảnh gia đình")
        page.write_row("E2", ["Hộ nghèo", "Hộ cận nghèo"])
        page.merge_range("G1:G2", "Lớp")
        page.write_row("A3", [1, 2, 3, 4, 5, 6, 7])
        page.write_row("A4", [1, "Trần Thị Ngọc", "Ánh", "05/09/2016", "x", None, "4A"])
        page.write_row("A5", [2, "Thạch Sô", "Khây", "20/11/2016", None, "X", "4A"])
        page.write_row("A6", [3, "Lâm", "Vũ", "21/11/2016", None, None, "4A"])
        page.write_row("A7", [4, "Lý", "An", "22/11/2016", "x", "x", "4A"])
    intake = rows_of(buffer.getvalue())
    assert values(intake, "full_name") == ["Trần Thị Ngọc Ánh", "Thạch Sô Khây", "Lâm Vũ", "Lý An"]
    # Two empty boxes do not say that a household is not poor, and two ticks say nothing at all.
    assert values(intake, "poverty") == [POVERTY.poor, POVERTY.near_poor, None, None]
    fault = only(intake, "marks_contradict")
    assert (fault.row, "E, F" in fault.vi) == (7, True)


def test_family_and_given_names_in_two_columns_join() -> None:
    rows = [["Họ và tên đệm", "Tên", "Ngày sinh", "Lớp"], ["Trần Thị", "Ánh", "05/09/2016", "4A"]]
    assert values(rows_of(xlsx(rows)), "full_name") == ["Trần Thị Ánh"]


def test_every_class_sheet_is_read_and_a_sheet_without_a_table_is_named() -> None:
    intake = rows_of(
        xlsx(("4A", [HEADINGS, CHILDREN[0]]), ("3B", [HEADINGS, CHILDREN[2]]), ("Ghi chú", [["việc cần làm"]]))
    )
    assert [row.sheet for row in intake.rows] == ["4A", "3B"]
    assert "“Ghi chú”" in only(intake, "sheet_skipped").vi


DATES = [
    ("05/09/2016", date(2016, 9, 5), None),
    ("5-9-2016", date(2016, 9, 5), None),
    ("5.9.16", date(2016, 9, 5), None),
    ("2016-09-05", date(2016, 9, 5), None),
    ("2016-09-05 00:00:00", date(2016, 9, 5), None),
    ("ngày 5 tháng 9 năm 2016", date(2016, 9, 5), None),
    ("'05/09/2016", date(2016, 9, 5), None),
    (42618, date(2016, 9, 5), None),
    ("05/09/40", None, "two_digit_year"),
    ("09/15/2016", None, "month_first_date"),
    ("31/02/2016", None, "not_a_date"),
    ("2016", None, "date_only_year"),
    (2016, None, "date_only_year"),
    ("05/09/1816", None, "date_unlikely"),
    ("không rõ", None, "not_a_date"),
    (True, None, "not_a_date"),
]


@pytest.mark.parametrize(("typed", "day", "code"), DATES, ids=[str(case[0]) for case in DATES])
def test_dates_in_all_their_forms(typed: object, day: date | None, code: str | None) -> None:
    intake = rows_of(xlsx([["Họ và tên", "Lớp", "Ngày sinh"], ["Trần Thị Ánh", "4A", typed]]))
    assert values(intake, "birth_date") == [day]
    assert [fault.code for fault in intake.faults] == ([code] if code else [])
    if code:
        fault = intake.faults[0]
        assert (fault.sheet, fault.row, fault.column, fault.heading) == ("Sheet1", 2, "C", "Ngày sinh")
        assert fault.value == ("TRUE" if typed is True else str(typed))


def test_a_serial_in_a_1904_workbook_counts_from_1904() -> None:
    serial = (date(2016, 9, 5) - date(1904, 1, 1)).days
    rows = [["Họ và tên", "Lớp", "Ngày sinh"], ["Trần Thị Ánh", "4A", serial]]
    assert values(rows_of(xlsx(rows, date_1904=True)), "birth_date") == [date(2016, 9, 5)]


def test_swapped_day_and_month_names_its_suggestion() -> None:
    intake = rows_of(xlsx([["Họ và tên", "Lớp", "Ngày sinh"], ["Trần Thị Ánh", "4A", "09/15/2016"]]))
    assert "Nếu là ngày 15/09/2016" in intake.faults[0].vi


def test_dates_turned_by_an_american_machine_are_flagged() -> None:
    days = [date(2016, 1, 9), date(2016, 2, 8), date(2016, 3, 7), "25/12/2016"]
    rows = [
        ["Họ và tên", "Lớp", "Ngày sinh"],
        *[[f"Trần Thị {n}", "4A", day] for n, day in zip("ABCD", days, strict=True)],
    ]
    intake = rows_of(xlsx(rows))
    flagged = [note for note in intake.notes if note.code == "dates_maybe_swapped"]
    assert [note.row for note in flagged] == [2, 3, 4]
    assert values(intake, "birth_date")[0] == date(2016, 1, 9)


@pytest.mark.parametrize(
    ("typed", "metres", "code"),
    [
        ("4,5", 4500, None),
        ("4.5 km", 4500, None),
        (4.5, 4500, None),
        (7, 7000, None),
        ("4500 m", 4500, None),
        ("4.500m", 4500, None),
        ("khoảng 3km", 3000, None),
        ("0", 0, None),
        (4500, None, "distance_unlikely"),
        ("xa lắm", None, "not_a_distance"),
        ("-3", None, "not_a_distance"),
    ],
)
def test_distances(typed: object, metres: int | None, code: str | None) -> None:
    intake = one_child("Khoảng cách từ nhà đến trường (km)", typed)
    assert values(intake, "distance_m") == [metres]
    assert [fault.code for fault in intake.faults] == ([code] if code else [])


def test_hidden_rows_are_read_with_a_note() -> None:
    for data in (xls(TABLE, hidden=[2]), ods(TABLE, hidden=[2])):
        intake = rows_of(data)
        assert values(intake, "full_name") == NAMES
        assert "1 dòng bị ẩn hoặc bị lọc (3)" in only(intake, "hidden_rows").vi
    hidden = altered(
        xlsx(TABLE), {"xl/worksheets/sheet1.xml": lambda old: old.replace(b'<row r="3"', b'<row r="3" hidden="1"')}
    )
    assert "(3)" in only(rows_of(hidden), "hidden_rows").vi


def test_formulas_give_their_saved_value_or_a_fault() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Họ và tên", "Lớp", "Ngày sinh", "Khoảng cách (km)"])
        page.write_row(1, 0, ["Trần Thị Ánh", "4A", "05/09/2016"])
        page.write_formula(1, 3, "=2+2.5", None, 4.5)
        page.write_row(2, 0, ["Thạch Sô Khây", "4A", "06/09/2016"])
        page.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        page.write_row(3, 0, ["Lâm Vũ", "4A", "07/09/2016"])
        page.write_formula(3, 3, "=MISSING()", None, "")
    data = altered(buffer.getvalue(), {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"<v></v>", b"")})
    intake = rows_of(data)
    assert values(intake, "distance_m") == [4500, None, None]
    assert (only(intake, "error_value").row, only(intake, "error_value").value) == (3, "#DIV/0!")
    fault = only(intake, "formula_without_value")
    assert (fault.row, fault.column, fault.severity) == (4, "D", Severity.CELL)


def test_one_bad_cell_and_one_bad_row_never_stop_the_others() -> None:
    nameless = [2, "HS02", None, "20/11/2016", "Khmer", "4A", None]
    misspelt = [3, "HS03", "Lý An", "???", "Kin", "3B", "Không"]
    rows = [HEADINGS, CHILDREN[0], nameless, misspelt]
    intake = rows_of(xlsx(rows))
    assert values(intake, "learner_code") == ["HS01", "HS03"]
    missing = only(intake, "key_missing")
    assert (missing.severity, missing.row, missing.column) == (Severity.ROW, 3, "C")
    assert values(intake, "birth_date") == [date(2016, 9, 5), None]
    assert "Có phải “Kinh”?" in only(intake, "not_in_list").vi
    assert values(intake, "ethnicity") == [5, None]


def test_an_empty_cell_is_missing_and_never_no_or_zero() -> None:
    intake = rows_of(xlsx([[*HEADINGS, "Khuyết tật", "Khoảng cách (km)"], [*CHILDREN[0][:6], None, "  ", None]]))
    row = intake.rows[0].values
    assert (row["poverty"], row["disabled"], row["distance_m"]) == (None, None, None)
    assert intake.faults == ()


def test_duplicate_children_name_both_rows() -> None:
    again = [*CHILDREN[0]]
    same_person = [4, None, "trần thị ngọc  ánh", "5/9/2016", "Khmer", "4A", None]
    other_code = [5, "HS99", "Thạch Sô Khây", date(2016, 11, 20), "Khmer", "4B", None]
    intake = rows_of(xlsx([HEADINGS, *CHILDREN, again, same_person, other_code]))
    assert values(intake, "learner_code") == ["HS01", "HS02", "HS03", "HS99"]
    by_code, by_name = only(intake, "duplicate_code"), only(intake, "duplicate_child")
    assert (by_code.row, by_code.severity, "dòng 2" in by_code.vi, "row 2" in by_code.en) == (
        5,
        Severity.ROW,
        True,
        True,
    )
    assert (by_name.row, "Dòng 6" in by_name.vi, "dòng 2" in by_name.vi) == (6, True, True)
    assert "Dòng 7 và dòng 3" in only(intake, "same_name_and_birth").vi


def test_households_that_contradict_themselves_are_believed_in_neither_row() -> None:
    headings = [*HEADINGS, "Mã hộ"]
    rows = [headings, [*CHILDREN[0], "H1"], [*CHILDREN[1], "H1"], [*CHILDREN[2], "H2"]]
    intake = rows_of(xlsx(rows))
    assert values(intake, "poverty") == [None, None, POVERTY.none]
    faults = [fault for fault in intake.faults if fault.code == "household_contradicts"]
    assert [fault.row for fault in faults] == [2, 3]
    assert all("2, 3" in fault.vi for fault in faults)


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("5A", 5),
        ("6/2", 6),
        ("Lớp 10A1", 10),
        ("1.2", 1),
        ("9", 9),
        ("12 C3", 12),
        ("61", None),
        ("101", None),
        ("Hoa Mai", None),
    ],
)
def test_grade_from_the_class_name_only_when_it_is_clear(name: str, grade: int | None) -> None:
    intake = rows_of(xlsx([["Họ và tên", "Lớp", "Ngày sinh"], ["Trần Thị Ánh", name, "05/09/2016"]]))
    assert values(intake, "grade") == [grade]
    assert (values(intake, "level") == [None]) == (grade is None)


def test_grade_and_class_that_differ_are_asked_about() -> None:
    intake = one_child("Khối", 5)
    assert (values(intake, "grade"), values(intake, "level")) == ([None], [None])
    assert "Khối 5 không khớp với tên lớp (khối 4)" in only(intake, "grade_level_clash").vi


def test_an_adult_centre_leaves_the_level_open() -> None:
    rows = [
        ["Trường: Trung tâm GDNN-GDTX Mẫu"],
        ["Họ và tên", "Lớp", "Ngày sinh"],
        ["Trần Thị Ánh", "10A", "05/09/2008"],
    ]
    intake = rows_of(xlsx(rows))
    assert (values(intake, "grade"), values(intake, "level")) == ([10], [None])


def test_a_heading_with_a_slip_of_the_pen_is_taken_and_said_so() -> None:
    headings = ["Họ và tên", "Lớp", "Ngày sinh", "Khoảng cáh từ nhà đến trường", "Cân nặng"]
    intake = rows_of(xlsx([headings, ["Trần Thị Ánh", "4A", None, 2, 30]]))
    assert values(intake, "distance_m") == [2000]
    assert only(intake, "heading_guessed").value == "Khoảng cáh từ nhà đến trường"
    assert "“Cân nặng” (E)" in only(intake, "headings_unread").vi


def test_a_column_twice_is_read_once() -> None:
    intake = one_child("Dân tộc", "Kinh")
    assert values(intake, "ethnicity") == [5]
    assert "cột E và H" in only(intake, "heading_twice").vi


def test_long_numbers_rounded_by_excel_are_no_codes() -> None:
    rows = [HEADINGS, [1, 1234567890123456789, *CHILDREN[0][2:]], [2, 86216001234, *CHILDREN[1][2:]]]
    intake = rows_of(xlsx(rows))
    assert values(intake, "learner_code") == [None, "86216001234"]
    assert only(intake, "digits_lost").row == 2


def test_names_in_capitals_are_set_as_names_are_written() -> None:
    rows = [["Họ và tên", "Lớp", "Ngày sinh"], ["NGUYỄN THỊ H'HEN", "4A", None], ["lâm vũ", "4A", None]]
    assert values(rows_of(xlsx(rows)), "full_name") == ["Nguyễn Thị H'hen", "Lâm Vũ"]


def test_days_of_coming_that_cannot_be_read_set_the_row_aside() -> None:
    headings = [*HEADINGS, "Ngày nhập học", "Ngày chuyển đi"]
    rows = [
        headings,
        [*CHILDREN[0], "tháng 10", None],
        [*CHILDREN[1], "10/10/2025", "01/10/2025"],
        [*CHILDREN[2], None, None],
    ]
    intake = rows_of(xlsx(rows))
    assert values(intake, "learner_code") == ["HS03"]
    assert only(intake, "enrolment_unread").severity == Severity.ROW
    assert only(intake, "enrolment_backwards").row == 3


def test_progress_is_told() -> None:
    from ansinh.sheets import read
    from tests.sheets.made import ROSTER

    told: list[tuple[int, int]] = []
    rows = [HEADINGS, *[[n, f"HS{n}", f"Trần Thị {n}a", date(2016, 9, 5), "Kinh", "4A", "Không"] for n in range(450)]]
    read(ROSTER, xlsx(rows), filename="ds.xlsx", progress=lambda done, total: told.append((done, total)))
    assert told == [(200, 450), (400, 450), (450, 450)]


def test_reading_twice_gives_the_same() -> None:
    data = xlsx(TABLE)
    assert rows_of(data) == rows_of(data)
    assert codes(rows_of(data)) == codes(rows_of(data))
