"""Make the two workbooks that are shipped beside this file: `python -m tests.province.make`. Every child is made up."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import xlsxwriter

from ansinh.sheets._sample import SampleSchool, sample_roster, sample_rows

HERE = Path(__file__).parent
SAMPLE, MESSY = HERE / "roster-sample.xlsx", HERE / "roster-messy.xlsx"
SEED = 2025


def messy_roster() -> bytes:
    """The same kind of school as a clerk would really send it: another layout, and the faults that `test_samples` lists."""
    rows = sample_rows(SEED + 1, school=SampleSchool(code="MAU-002"), learners=30)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": "Danh sách hoàn toàn hư cấu", "created": date_of_making()})
        page = book.add_worksheet("DS học sinh")
        page.write("A1", "UBND XÃ MẪU HÒA")
        page.write("A2", "TRƯỜNG TH–THCS MẪU NINH")
        page.write("A3", "Năm học: 2025 - 2026")
        page.write("A4", "Công lập: Có")
        page.merge_range("A6:A7", "STT")
        page.merge_range("B6:B7", "Mã định danh")
        page.merge_range("C6:D7", "Họ và tên học sinh")
        page.merge_range("E6:E7", "Ngày tháng năm sinh")
        page.merge_range("F6:F7", "Dân tộc")
        page.merge_range("G6:G7", "Lớp")
        page.merge_range("H6:I6", "Hoàn cảnh gia đình")
        page.write_row("H7", ["Hộ nghèo", "Hộ cận nghèo"])
        for position, heading in enumerate(
            ("Khuyết tật", "Mồ côi", "Khoảng cách từ nhà đến trường", "Bán trú", "Ngày nhập học", "Ghi chú")
        ):
            page.merge_range(5, 9 + position, 6, 9 + position, heading)
        page.write_row("A8", list(range(1, 16)))
        for number, row in enumerate(rows):
            write_row(page, 8 + number, number + 1, row)
        spoil(page)
        page.set_row(12, None, None, {"hidden": True})
        page.write("C41", "Tổng cộng: 32 em")
        page.write_row("C42", ["Người lập biểu", None, None, None, "Hiệu trưởng"])
        book.add_worksheet("Ghi chú").write("A1", "Việc cần làm tuần này")
    return buffer.getvalue()


def date_of_making() -> object:
    """A fixed moment, so that making the file again changes nothing."""
    from datetime import datetime

    return datetime(2026, 1, 1)  # noqa: DTZ001


def write_row(page: object, at: int, number: int, row: dict[str, object]) -> None:
    """One child in the clerk's own layout: family and given names apart, ticks for poverty, most dates as text."""
    family, _, given = str(row["full_name"]).rpartition(" ")
    birth = row["birth_date"]
    assert isinstance(birth, date)
    poverty = str(row["poverty"])
    values = [
        number,
        row["learner_code"],
        family,
        given,
        birth if number % 3 else f"{birth.day}/{birth.month}/{birth.year}",
        {"Khơ-me": "Khmer"}.get(str(row["ethnicity"]), row["ethnicity"]),
        row["class_name"],
        "x" if poverty == "Hộ nghèo" else None,
        "x" if poverty == "Hộ cận nghèo" else None,
        "x" if row["disabled"] == "Có" else "Không",
        row["orphan"],
        row["distance_m"],
        row["semi_boarder"],
    ]
    for position, value in enumerate(values):
        if value is not None:
            page.write(at, position, value)  # type: ignore[attr-defined]


# The planted faults: (cell, what is written over it, the code of the fault or note it must give).
PLANTED: tuple[tuple[str, object, str], ...] = (
    ("E9", "15/13/2016", "not_a_date"),
    ("E10", "09/15/2014", "month_first_date"),
    ("E11", 2015, "date_only_year"),
    ("E12", "12/05/38", "two_digit_year"),
    ("F14", "Kin", "not_in_list"),
    ("F15", "M\u00adêng", ""),  # Mường in TCVN3: converted, with a note for the column.
    ("K16", "mồ côi??", "not_in_list"),
    ("L17", "4500", "distance_unlikely"),
    ("L18", "gần", "not_a_distance"),
    ("M19", "chưa rõ", "not_in_list"),
    ("I20", "x", "marks_contradict"),
    ("G21", "61", ""),
    ("N22", "tháng mười", "enrolment_unread"),
    ("J24", "#N/A", "error_value"),
    ("B25", 1234567890123456789, "digits_lost"),
)


def spoil(page: object) -> None:
    """Write the planted faults over good cells, and add a child twice and a child without a name."""
    for cell, value, code in PLANTED:
        if code == "error_value":
            page.write_formula(cell, "=VLOOKUP(B24,Z1:Z2,1,0)", None, "#N/A")  # type: ignore[attr-defined]
        else:
            page.write(cell, value)  # type: ignore[attr-defined]
    page.write("H20", "x")  # type: ignore[attr-defined]
    page.write_row("A39", [31, "MAU-002-0030", "Trần Văn", "Trùng", "01/01/2014", "Kinh", "6A"])  # type: ignore[attr-defined]
    page.write_row("A40", [32, "MAU-002-0031", None, None, "01/01/2014", "Kinh", "6A"])  # type: ignore[attr-defined]


if __name__ == "__main__":
    SAMPLE.write_bytes(sample_roster(SEED))
    MESSY.write_bytes(messy_roster())
