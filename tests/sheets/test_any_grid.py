"""Whatever the cells hold, reading never raises, and no row that names a child is lost without a word."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.core.dates import SchoolYear
from ansinh.sheets.learner_roster import people
from tests.sheets.made import HEADINGS, ROSTER, Intake, csv, rows_of, xlsx

YEAR = SchoolYear(2025)
COLUMNS = [column.vi for column in ROSTER.columns]
WORDS = sorted({words for column in ROSTER.columns for c in column.choices for words in (c.vi, *c.synonyms)})
# Surrogates cannot be written to any file; control characters cannot be written to XML.
text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=30)
PARTS = (
    "Trần",
    "Thị",
    "Ngọc",
    "Ánh",
    "Nguyễn",
    "Sơn",
    "Thạch",
    "Rây",
    "Hoà",
    "Hòa",
    "Đặng",
    "Ý",
    "H'Hen",
    "Niê",
    "Müller",
)
names = st.builds(" ".join, st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
cell = st.one_of(
    st.none(),
    text,
    names,
    st.sampled_from(WORDS),
    st.sampled_from(COLUMNS),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.builds(lambda d: f"{d.day}/{d.month}/{d.year}", st.dates()),
)
grids = st.lists(st.lists(cell, max_size=9), max_size=9)


def accounted(intake: Intake) -> set[int]:
    return {row.row for row in intake.rows} | {
        fault.row for fault in (*intake.faults, *intake.notes) if fault.row is not None
    }


@settings(max_examples=60, deadline=None)
@given(grids)
def test_any_grid_is_read_without_raising(grid: list[list[Any]]) -> None:
    for data, filename in ((xlsx(grid), "a.xlsx"), (csv(grid), "a.csv")):
        intake = rows_of(data, filename)
        assert intake.rows or intake.faults or intake.notes
        people(intake, YEAR).check()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cell, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=8))
def test_every_row_that_names_a_child_is_kept_or_spoken_of(rows: list[list[Any]]) -> None:
    intake = rows_of(xlsx([HEADINGS, *rows]))
    people(intake, YEAR).check()
    heard = accounted(intake)
    for number, row in enumerate(rows, start=2):
        name = row[2]
        if isinstance(name, str) and any(char.isalpha() for char in name) and name not in COLUMNS:
            assert number in heard or intake.refused


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml", b"\xff\xfe"]),
)
def test_any_bytes_are_answered(tail: bytes, head: bytes) -> None:
    intake = rows_of(head + tail)
    assert intake.faults or intake.rows or intake.notes


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=30))
def test_a_workbook_with_damaged_bytes_is_answered(at: int, junk: bytes) -> None:
    at %= len(GOOD)
    intake = rows_of(GOOD[:at] + junk + GOOD[at + len(junk) :])
    assert intake.faults or intake.rows


GOOD = xlsx([HEADINGS, [1, "HS01", "Trần Thị Ánh", date(2016, 9, 5), "Khmer", "4A", "Hộ nghèo"]])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.dates(date(2008, 1, 1), date(2022, 12, 31)), st.sampled_from(WORDS)), min_size=1, max_size=6
    )
)
def test_decomposed_letters_read_as_composed(children: list[tuple[str, date, str]]) -> None:
    rows = [["Họ và tên", "Ngày sinh", "Dân tộc", "Lớp"], *[[name, day, word, "4A"] for name, day, word in children]]

    def form(which: Any) -> list[dict[str, object]]:
        shaped = [[unicodedata.normalize(which, v) if isinstance(v, str) else v for v in row] for row in rows]
        return [dict(row.values) for row in rows_of(xlsx(shaped)).rows]

    assert form("NFC") == form("NFD")
