"""The blank workbook: what it holds, and that what is filled into it comes back."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from ansinh.core.words import folded, tidy
from ansinh.sheets import CellKind, Template, blank, templates
from ansinh.sheets._text import fold_heading, letter
from ansinh.sheets._values import read_value
from tests.sheets.made import ROSTER, rows_of

every_template = pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.name)


def open_blank(template: Template = ROSTER) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank(template)))


def test_the_folder_lists_the_templates() -> None:
    assert list(templates()) == [
        "bank_statement",
        "disability_list",
        "household_poverty_list",
        "learner_roster",
        "merit_list",
        "payee_list",
        "payment_list",
        "school_list",
        "staff_list",
    ]


@every_template
def test_the_same_template_gives_the_same_bytes(template: Template) -> None:
    assert blank(template) == blank(template)


@every_template
def test_sheets_headings_and_drop_downs(template: Template) -> None:
    book = open_blank(template)
    about = [template.header_sheet] if template.header_columns else []
    assert book.sheetnames == [template.sheet, *about, "Hướng dẫn", "Danh mục"]
    page = book[template.sheet]
    headings = [column.vi + (" *" if column.required else "") for column in template.columns]
    assert [cell.value for cell in page[4]] == headings
    key = [column.name for column in template.columns].index(template.key_column)
    assert page.freeze_panes == f"{letter(key + 1)}5"
    assert book["Danh mục"].sheet_state == "hidden"
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(bool(column.choices) for column in template.columns)
    for rule in lists:  # Each drop-down's range holds exactly the values its column offers.
        sheet, _, span = rule.formula1.partition("!")
        words = [row[0].value for row in book[sheet.strip("'")][span.replace("$", "")]]
        position = next(iter(rule.sqref.ranges)).min_col - 1
        assert words == [choice.vi for choice in template.columns[position].listed]


@every_template
def test_the_example_row_is_marked_and_not_read(template: Template) -> None:
    marked = [cell.value for cell in open_blank(template)[template.sheet][5] if cell.value]
    assert any(text == "VÍ DỤ" or text.startswith("(Ví dụ)") for text in marked)
    intake = rows_of(blank(template), template=template)
    assert [fault.code for fault in intake.faults] == ["no_rows"]


@every_template
def test_the_guide_speaks_of_every_column_in_both_languages(template: Template) -> None:
    guide = open_blank(template)["Hướng dẫn"]
    text = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    for column in (*template.columns, *template.header_columns):
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
    for row in range(3, 3 + len(ROSTER.header_columns)):
        column = ROSTER.header_columns[row - 3]
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
    assert set(intake.header) == {column.name for column in ROSTER.header_columns}


@every_template
def test_no_wording_means_two_values(template: Template) -> None:
    for column in (*template.columns, *template.header_columns):
        seen: dict[str, object] = {}
        for choice in column.choices:
            for words in (choice.vi, choice.en, *choice.synonyms):
                key = folded(words) or tidy(words).casefold()
                assert seen.setdefault(key, choice.value) == choice.value, (column.name, words)


@every_template
def test_no_heading_means_two_columns(template: Template) -> None:
    for columns in (template.columns, template.header_columns):
        seen: dict[str, str] = {}
        for column in columns:
            for words in (column.vi, column.en, *column.aliases):
                assert seen.setdefault(folded(words), column.name) == column.name, words


@every_template
def test_examples_can_be_read(template: Template) -> None:
    for column in template.columns:
        if column.example and column.kind is not CellKind.IDENTIFIER:
            assert read_value(column, column.example).code is None, column.name


@every_template
def test_no_group_reads_as_a_label_of_the_list(template: Template) -> None:
    """Groups stand in the row above the headings, where facts of the whole list are looked for too."""
    for column in template.columns:
        assert not set(fold_heading(column.group[0])) & set(template.header_headings), column.group
