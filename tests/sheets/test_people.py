"""From an intake to people: every fact with its source, what is empty stays unknown, households and places keep their keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.core.dates import SchoolYear, positions_in
from ansinh.core.tables import ADMISSION, ETHNICITY, FACTS, LEVEL, OWN_FACTS, POVERTY, ROLES, SCHOOL_KIND, People
from ansinh.sheets import Intake
from ansinh.sheets._blank import filled
from ansinh.sheets.learner_roster import TEMPLATE, people
from tests.sheets.made import CHILDREN, HEADINGS, rows_of, xlsx

YEAR = SchoolYear(2025)
CHILD: dict[str, object] = {
    "learner_code": "HS01",
    "full_name": "Trần Thị Ánh",
    "birth_date": date(2016, 9, 5),
    "class_name": "4A",
}


def roster(*rows: dict[str, object], **school: object) -> Intake:
    made = [
        {**CHILD, "learner_code": f"HS{n:02d}", "full_name": f"Trần Thị {chr(64 + n)}", **row}
        for n, row in enumerate(rows, 1)
    ]
    return rows_of(filled(TEMPLATE, made, school))


def fact(found: People, learner: str, name: str) -> Any:
    """A fact by the plainest way: the learner's own, or that of the one row its key names."""
    row = next(row for row in found.learners if row["learner"] == learner)
    for role in ROLES:
        for column, named in role.facts.items():
            if named == name:
                held = [r for r in found.tables[role.table] if r["key"] == row[role.key]]
                return held[0][column] if held else None
    return row[name]


def test_every_fact_is_fed_by_a_column() -> None:
    fed = {name for column in (*TEMPLATE.columns, *TEMPLATE.header_columns) for name in column.feeds}
    assert set(FACTS) <= fed


def test_a_full_row_gives_every_fact_with_its_source() -> None:
    intake = roster(
        {
            "ethnicity": "Khmer",
            "poverty": "Hộ nghèo",
            "grandparents": "Sống cùng ông bà, hộ cận nghèo",
            "home_place": "Xã khu vực III, nơi ở là thôn ĐBKK",
            "parent_home_place": "Khu vực II",
            "distance_m": "4,5",
            "disabled": "Có",
            "inclusive": "Không",
        },
        public_school="Công lập",
        school_kind="Trường bình thường",
        school_place="Xã khu vực II, nơi trường đặt không phải thôn ĐBKK",
        school_has_dbkk_hamlet="Có",
        border_commune_school="Không",
    )
    assert intake.faults == ()
    found = people(intake, YEAR)
    found.check()
    expected = {
        "birth_date": date(2016, 9, 5),
        "ethnicity": ETHNICITY.kho_me,
        "level": 2,
        "grade": 4,
        "public_school": True,
        "school_kind": 0,
        "border_commune_school": False,
        "lunch_at_school": None,
        "admission": None,
        "poverty": POVERTY.poor,
        "lives_with_grandparents": True,
        "grandparents_poverty": POVERTY.near_poor,
        "home_area": 3,
        "home_dbkk_hamlet": True,
        "home_has_dbkk_hamlet": True,
        "home_dbkk_coast": False,
        "parent_home_area": 2,
        "parent_home_dbkk_hamlet": None,
        "parent_home_dbkk_coast": None,
        "school_area": 2,
        "school_dbkk_hamlet": False,
        "school_has_dbkk_hamlet": True,
        "distance_m": 4500,
        "disabled": True,
        "inclusive": False,
        "merit": None,
    }
    assert {name: fact(found, "HS01", name) for name in expected} == expected
    sourced = {name for learner, name in found.sources if learner == "HS01"}
    assert sourced == set(FACTS)
    assert found.sources["HS01", "poverty"].column == "J"
    assert found.sources["HS01", "level"].column == "F"  # Worked out from the class name.
    assert found.sources["HS01", "public_school"].sheet == "Thông tin trường"
    assert found.sources["HS01", "merit"].row == 6  # The empty cell, so that it can be found and filled in.
    assert found.names["HS01"]["name"] == "Trần Thị A"


def test_lunch_border_and_admission_are_read_in_the_words_schools_use() -> None:
    intake = roster(
        {"lunch_at_school": "x"},
        {"level": "Đại học", "class_name": None, "admission": "Cử tuyển", "lunch_at_school": "Không"},
        school_kind="PTNT biên giới",
        border_commune_school="Có",
    )
    assert intake.faults == ()
    found = people(intake, YEAR)
    assert [row["lunch_at_school"] for row in found.learners] == [True, False]
    assert {row["border_commune_school"] for row in found.learners} == {True}
    assert {row["school_kind"] for row in found.learners} == {SCHOOL_KIND.border_boarding}
    assert [(row["level"], row["admission"]) for row in found.learners] == [
        (LEVEL.primary, None),
        (LEVEL.university, ADMISSION.quota),
    ]


def test_the_way_of_admission_is_missed_only_where_there_are_students() -> None:
    def absent(*rows: dict[str, object]) -> str:
        made = [[*child[:5], None, child[6], row["level"]] for child, row in zip(CHILDREN, rows, strict=False)]
        intake = rows_of(xlsx([[*HEADINGS, "Cấp học"], *made]))
        return next(note.vi for note in intake.notes if note.code == "columns_absent")

    assert "Hình thức trúng tuyển" not in absent({"level": "Tiểu học"})
    assert "Hình thức trúng tuyển" in absent({"level": "Tiểu học"}, {"level": "Đại học"})


def test_deleting_one_cell_makes_that_fact_unknown_and_nothing_else() -> None:
    rows: list[dict[str, object]] = [
        {"poverty": "Hộ nghèo", "ethnicity": "Kinh"},
        {"poverty": "Hộ cận nghèo", "ethnicity": "Kinh"},
    ]
    before = people(roster(*rows), YEAR)
    del rows[0]["poverty"]
    after = people(roster(*rows), YEAR)
    changed = [
        (row["learner"], name)
        for row in before.learners
        for name in FACTS
        if fact(before, row["learner"], name) != fact(after, row["learner"], name)
    ]
    assert changed == [("HS01", "poverty")]
    assert fact(after, "HS01", "poverty") is None


def test_brothers_and_sisters_share_a_household_and_its_stated_status() -> None:
    found = people(
        roster({"household_code": "H1", "poverty": "Hộ nghèo"}, {"household_code": " h1"}, {"household_code": "H2"}),
        YEAR,
    )
    found.check()
    keys = [row["household"] for row in found.learners]
    assert keys[0] == keys[1] != keys[2]
    assert [fact(found, f"HS0{n}", "poverty") for n in (1, 2, 3)] == [POVERTY.poor, POVERTY.poor, None]
    assert found.sources["HS02", "poverty"].row == 6  # The sister's row says it.


@pytest.mark.parametrize(
    ("since", "until", "positions"),
    [
        (None, None, list(range(1, 10))),
        (date(2025, 11, 15), None, list(range(3, 10))),
        (None, date(2026, 1, 1), [1, 2, 3, 4]),
        (date(2026, 2, 1), date(2026, 2, 2), [6]),
    ],
)
def test_months_follow_the_days_of_coming_and_leaving(
    since: date | None, until: date | None, positions: list[int]
) -> None:
    found = people(roster({"enrolled_on": since, "left_on": until, "pre_grade1_course": "Không"}), YEAR)
    assert positions_in(found.learners[0]["months"]) == positions


@pytest.mark.parametrize(("course", "asked"), [("Có", True), ("Không", False), (None, True)])
def test_the_august_before_is_asked_about_unless_its_course_was_not_taken(course: str | None, asked: bool) -> None:
    months = people(roster({"pre_grade1_course": course}), YEAR).learners[0]["months"]
    assert bool(months & 1) is asked


def test_school_facts_not_given_stay_unknown_with_one_note() -> None:
    intake = rows_of(xlsx([HEADINGS, [1, "HS01", "Trần Thị Ánh", date(2016, 9, 5), "Kinh", "4A", None]]))
    found = people(intake, YEAR)
    assert found.learners[0]["public_school"] is None and found.learners[0]["school_place"] is None
    (note,) = [note for note in intake.notes if note.code == "school_facts_absent"]
    assert "Loại hình; Loại trường; Vùng nơi trường đặt" in note.vi
    (absent,) = [note for note in intake.notes if note.code == "columns_absent"]
    assert "Khuyết tật" in absent.vi and "Dân tộc" not in absent.vi


def test_a_school_in_such_a_hamlet_whose_commune_has_none_is_asked_about() -> None:
    intake = roster({}, school_place="Xã khu vực I, nơi trường đặt là thôn ĐBKK", school_has_dbkk_hamlet="Không")
    assert [fault.code for fault in intake.faults] == ["school_place_contradicts"]
    assert people(intake, YEAR).learners[0]["school_place"] is None


def test_a_child_without_a_code_keeps_its_made_id_however_its_name_is_typed() -> None:
    ids = {
        people(roster({"learner_code": None, "full_name": name}), YEAR).learners[0]["learner"]
        for name in ("Lê Thị Hoà", "LÊ THỊ HÒA", "lê  thị hòa")
    }
    assert len(ids) == 1
    other = people(roster({"learner_code": None, "full_name": "Lê Thị Hoa"}), YEAR).learners[0]["learner"]
    assert other not in ids


def test_rows_carry_the_columns_that_the_engines_need() -> None:
    found = people(roster({}), YEAR)
    assert {"learner", "months", *OWN_FACTS, *(role.key for role in ROLES)} == set(found.learners[0])
    assert people(roster({}), YEAR) == found
