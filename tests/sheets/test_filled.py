"""Whatever a blank workbook is filled with, in any way a clerk may type it, reads back as what was meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.sheets import CellKind, Column, Template, templates
from ansinh.sheets._blank import filled
from tests.sheets.made import rows_of

# Columns that say something of each other are filled by `_row` together, or are tested where their checks are.
_DERIVED = {"grade", "level", "class_name", "enrolled_on", "left_on", "disabled", "month"}
_WORDS = ("Ấp Mẫu Một", "12/QĐ-UBND", "Trường TH Mẫu Hòa", "Giáo viên", "0,5", "3B", "=1+1", "'x", "H'Hen Niê")
Typed = tuple[Any, Any]  # What is typed, and what it means.
# Columns of texts of which a template reads more than a word.
_FIXED = {("payment_list", "month"): "10/2025", ("bank_statement", "amount"): "1.240.000"}


def _same(value: Any) -> Typed:
    return value, value


def _texts(column: Column) -> st.SearchStrategy[Typed]:
    if column.kind is CellKind.NAME:
        return st.sampled_from(["Nguyễn Văn Mẫu", "Thạch Sô Khây", "H'Hen Niê"]).map(_same)
    if column.kind is CellKind.IDENTIFIER:
        return st.integers(0, 10**9).map(lambda n: f"{n:010d}").map(_same)
    return st.sampled_from(_WORDS).map(_same)


def _days(day: date) -> st.SearchStrategy[Typed]:
    ways = (
        day,
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day.month}.{day.year}",
    )
    return st.sampled_from(ways).map(lambda typed: (typed, day))


def _hundredths(value: int) -> st.SearchStrategy[Typed]:
    text = f"{value // 100}.{value % 100:02d}"
    return st.sampled_from([value / 100, text, text.replace(".", ",")]).map(lambda typed: (typed, value))


def _metres(value: int) -> st.SearchStrategy[Typed]:
    km = f"{value // 1000},{value % 1000:03d}"
    return st.sampled_from([f"{value} m", km, f"{km} km", value / 1000]).map(lambda typed: (typed, value))


def _choices(column: Column) -> st.SearchStrategy[Typed]:
    ways = [(words, choice.value) for choice in column.choices for words in (choice.vi, choice.en, *choice.synonyms)]
    return st.sampled_from(ways)


def _typed(column: Column) -> st.SearchStrategy[Typed]:
    """A value of a column as it may be typed, with what it means."""
    if column.choices:
        return _choices(column)
    days = st.dates(date(1950, 1, 1), date(2030, 12, 31))
    made: dict[CellKind, st.SearchStrategy[Typed]] = {
        CellKind.DATE: days.flatmap(_days),
        CellKind.HUNDREDTHS: st.integers(0, 2000).flatmap(_hundredths),
        CellKind.METRES: st.integers(0, 200_000).flatmap(_metres),
        CellKind.YEAR: st.integers(1990, 2099).flatmap(
            lambda y: st.sampled_from([(y, y), (str(y), y), (f"năm {y}", y)])
        ),
        CellKind.SCHOOL_YEAR: st.integers(1990, 2098).map(lambda y: (f"{y}-{y + 1}", y)),
    }
    return made[column.kind] if column.kind in made else _texts(column)


def _identity(draw: st.DrawFn, number: int, row: dict[str, Typed]) -> Typed:
    """A number that agrees with the row; a number cell drops its zero, which is certain where the birth date is known."""
    born = row["birth_date"][1] if "birth_date" in row else date(2010, 1, 1)
    male = row["sex"][1] == "male" if "sex" in row else True
    digits = f"099{2 * (born.year // 100 - 19) + (not male)}{born.year % 100:02d}{number:06d}"
    ways: list[Any] = [digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"'{digits}"]
    return draw(st.sampled_from([*ways, int(digits)] if "birth_date" in row else ways)), digits


@st.composite
def _row(draw: st.DrawFn, template: Template, number: int) -> dict[str, Typed]:
    row: dict[str, Typed] = {}
    for column in template.columns:
        own = column.name.endswith("_code") and column.name != "commune_code"
        if column.name == template.key_column and column.kind is not CellKind.IDENTIFIER:
            row[column.name] = _same(f"Trần Văn Mẫu {chr(65 + number)}")
        elif own or column.name == template.key_column:
            row[column.name] = _same(f"{number:08d}")
        elif column.required or (column.name not in _DERIVED and draw(st.booleans())):
            fixed = _FIXED.get((template.name, column.name))
            row[column.name] = _same(fixed) if fixed else draw(_typed(column))
    if "since" in row:
        row.pop("until", None)
    if template.name == "payee_list":  # An account is whole, or the child is paid in cash.
        whole = {name: draw(_typed(template.column(name))) for name in ("holder", "account")}
        row = {**row, **whole} if row["bank"][1] != "cash" else {k: v for k, v in row.items() if k not in whole}
    if "identity_number" in row:
        row["identity_number"] = _identity(draw, number, row)
    return row


@st.composite
def _list(draw: st.DrawFn, template: Template) -> tuple[list[dict[str, Typed]], dict[str, Typed]]:
    rows = [draw(_row(template, number)) for number in range(draw(st.integers(1, 5)))]
    header = {column.name: draw(_typed(column)) for column in template.header_columns if draw(st.booleans())}
    place = header.get("school_place")
    if place and place[1][1] is True:  # A school in such a hamlet contradicts a commune without one.
        header.pop("school_has_dbkk_hamlet", None)
    return rows, header


@pytest.mark.parametrize("name", list(templates()))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_filled_in_comes_back(name: str, data: st.DataObject) -> None:
    template = templates()[name]
    rows, header = data.draw(_list(template))
    typed = [{column: value for column, (value, _) in row.items()} for row in rows]
    workbook = filled(template, typed, {column: value for column, (value, _) in header.items()})
    intake = rows_of(workbook, template=template)
    assert intake.faults == ()
    meant = [{column: value for column, (_, value) in row.items()} for row in rows]
    assert [
        {column: row.values[column] for column in own} for row, own in zip(intake.rows, meant, strict=True)
    ] == meant
    said = {column: value for column, (_, value) in header.items()}
    assert {column: value for column, value in intake.header.items() if column in said} == said
    assert intake.header.keys() <= said.keys()
    for row, own in zip(intake.rows, meant, strict=True):
        # What was left empty stays unknown, but for what is said once for the whole list.
        known = {column: value for column, value in row.values.items() if value is not None and column not in own}
        assert known.keys() <= said.keys() | _DERIVED | {"learner"}
