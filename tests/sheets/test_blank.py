"""The blank workbook: what it holds, and that what is filled into it comes back."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from ansinh.core.words import folded, tidy
from ansinh.sheets import CellKind, blank, templates
from ansinh.sheets._values import read_value
from tests.sheets.made import ROSTER, rows_of


def open_blank() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank(ROSTER)))


def test_the_folder_lists_the_templates() -> None:
    assert list(templates()) == ["learner_roster", "payment_list"]


def test_the_same_template_gives_the_same_bytes() -> None:
    assert blank(ROSTER) == blank(ROSTER)


def test_sheets_headings_and_drop_downs() -> None:
    book = open_blank()
    assert book.sheetnames == ["Danh sách", "Thông tin trường", "Hướng dẫn", "Danh mục"]
    page = book["Danh sách"]
    assert [cell.value for cell in page[4]] == [
        column.vi + (" *" if column.required else "") for column in ROSTER.columns
    ]
    assert page.freeze_panes == "C5"
    assert book["Danh mục"].sheet_state == "hidden"
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(bool(column.choices) for column in ROSTER.columns)
    for rule in lists:  # Each drop-down's range holds exactly the values its column offers.
        sheet, _, span = rule.formula1.partition("!")
        words = [row[0].value for row in book[sheet.strip("'")][span.replace("$", "")]]
        position = next(iter(rule.sqref.ranges)).min_col - 1
        assert words == [choice.vi for choice in ROSTER.columns[position].listed]


def test_the_example_row_is_marked_and_not_read() -> None:
    page = open_blank()["Danh sách"]
    assert page["A5"].value == "VÍ DỤ" and page["B5"].value.startswith("(Ví dụ)")
    intake = rows_of(blank(ROSTER))
    assert [fault.code for fault in intake.faults] == ["no_rows"]


def test_the_guide_speaks_of_every_column_in_both_languages() -> None:
    guide = open_blank()["Hướng dẫn"]
    text = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    for column in (*ROSTER.columns, *ROSTER.school_columns):
        assert column.vi in text and column.en in text


def test_every_offered_value_comes_back_from_a_filled_blank() -> None:
    """Fill as a clerk would, in Excel's own writer of the tests: as many rows as the longest list has values."""
    book = open_blank()
    page, about = book["Danh sách"], book["Thông tin trường"]
    deepest = max(len(column.listed) for column in ROSTER.columns)
    for n in range(deepest):
        for position, column in enumerate(ROSTER.columns, start=1):
            cell = page.cell(row=6 + n, column=position)
            if column.choices:
                cell.value = column.listed[n % len(column.listed)].vi
            elif column.name == "full_name":
                cell.value = f"Trần Văn Mẫu {chr(65 + n % 26)}{chr(65 + n // 26)}"
            elif column.name == "birth_date":
                cell.value = date(2012, 1 + n % 12, 1 + n % 28)
            elif column.name == "learner_code":
                cell.value = f"{n:010d}"
            elif column.name == "distance_m":
                cell.value = 1.5
    for row in range(3, 3 + len(ROSTER.school_columns)):
        column = ROSTER.school_columns[row - 3]
        assert about.cell(row=row, column=1).value == column.vi
        about.cell(row=row, column=2).value = column.listed[0].vi if column.choices else column.example or "Mẫu"
    buffer = io.BytesIO()
    book.save(buffer)
    intake = rows_of(buffer.getvalue())
    assert intake.faults == ()
    assert len(intake.rows) == deepest
    for n, row in enumerate(intake.rows):
        for column in ROSTER.columns:
            if column.choices and column.name != "level":
                assert row.values[column.name] == column.listed[n % len(column.listed)].value, column.name
        assert row.values["learner_code"] == f"{n:010d}"
        assert row.values["birth_date"] == date(2012, 1 + n % 12, 1 + n % 28)
        assert row.values["distance_m"] == 1500
    assert set(intake.header) == {column.name for column in ROSTER.school_columns}


def test_no_wording_means_two_values() -> None:
    for column in (*ROSTER.columns, *ROSTER.school_columns):
        seen: dict[str, object] = {}
        for choice in column.choices:
            for words in (choice.vi, choice.en, *choice.synonyms):
                key = folded(words) or tidy(words).casefold()
                assert seen.setdefault(key, choice.value) == choice.value, (column.name, words)


def test_no_heading_means_two_columns() -> None:
    seen: dict[str, str] = {}
    for column in ROSTER.columns:
        for words in (column.vi, column.en, *column.aliases):
            assert seen.setdefault(folded(words), column.name) == column.name, words


def test_examples_can_be_read() -> None:
    for column in ROSTER.columns:
        if column.example and column.kind is not CellKind.IDENTIFIER:
            assert read_value(column, column.example).code is None, column.name
