"""The shipped workbooks are what their makers make, and read as they should."""

from __future__ import annotations

from collections import Counter

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import ETHNICITY, FACTS, LEVEL
from ansinh.sheets import Intake, read, templates
from ansinh.sheets._sample import SampleSchool, sample_roster
from ansinh.sheets.learner_roster import people
from tests.province.make import MESSY, PLANTED, SAMPLE, SEED, messy_roster
from tests.sheets.test_people import fact

ROSTER = templates()["learner_roster"]


def opened(path: object) -> Intake:
    return read(ROSTER, path.read_bytes(), filename=path.name)  # type: ignore[attr-defined]


def test_the_shipped_files_are_those_the_makers_make() -> None:
    for path, made in ((SAMPLE, sample_roster(SEED)), (MESSY, messy_roster())):
        fresh = read(ROSTER, made, filename=path.name)
        shipped = opened(path)
        assert (shipped.rows, shipped.faults, shipped.notes, shipped.header) == (
            fresh.rows,
            fresh.faults,
            fresh.notes,
            fresh.header,
        )


def test_the_sample_reads_without_a_fault_and_knows_nearly_everything() -> None:
    intake = opened(SAMPLE)
    assert intake.faults == () and intake.notes == ()
    found = people(intake, SchoolYear(2025))
    found.check()
    assert len(found.learners) == 60
    assert {row["level"] for row in found.learners} == {LEVEL.kindergarten, LEVEL.primary, LEVEL.lower_secondary}
    # What the roster's words leave open of places, grades of the youngest, and how students were admitted, are unknown
    # by their nature.
    open_by_nature = {
        "admission",
        "grandparents_poverty",
        "grade",
        "home_has_dbkk_hamlet",
        "parent_home_has_dbkk_hamlet",
    }
    missing = Counter(
        name
        for row in found.learners
        for name in set(FACTS) - open_by_nature
        if fact(found, row["learner"], name) is None
    )
    assert 0 < sum(missing.values()) <= 20
    assert {"poverty", "distance_m", "disabled", "home_area"} <= set(missing)
    for name in (
        "poverty",
        "semi_boarder",
        "disabled",
        "merit",
        "orphan",
        "home_area",
        "lives_with_grandparents",
        "no_support",
    ):
        assert len({fact(found, row["learner"], name) for row in found.learners} - {None}) > 1, name


def test_another_seed_or_school_gives_other_children() -> None:
    first, again = sample_roster(1), sample_roster(1)
    assert first == again
    other = read(ROSTER, sample_roster(2, school=SampleSchool(code="MAU-009"), learners=200), filename="b.xlsx")
    assert len(other.rows) == 200 and other.faults == ()
    assert all(str(row.values["learner"]).startswith("MAU-009-") for row in other.rows)


def test_every_planted_fault_is_found_where_it_was_planted() -> None:
    intake = opened(MESSY)
    said = {(fault.column, fault.row): fault.code for fault in (*intake.faults, *intake.notes)}
    for cell, _, code in PLANTED:
        column, row = cell[0], int(cell[1:])
        if code:
            assert said.get((column, row)) == code, cell
    assert said["B", 39] == "duplicate_code"
    assert said["C", 40] == "key_missing"
    codes = Counter(fault.code for fault in (*intake.faults, *intake.notes))
    assert (
        codes["hidden_rows"] == codes["sheet_skipped"] == codes["school_facts_absent"] == codes["columns_absent"] == 1
    )
    planted = Counter(code for _, _, code in PLANTED if code) + Counter(["duplicate_code", "key_missing"])
    assert sum(planted.values()) == len(intake.faults), [fault.vi for fault in intake.faults]
    assert len(intake.rows) == 29
    assert next(row for row in intake.rows if row.row == 15).values["ethnicity"] == ETHNICITY.muong
    assert codes["legacy_font_converted"] == 1
    assert intake.header["school_year"] == 2025 and intake.header["public_school"] is True
    people(intake, SchoolYear(2025)).check()


def test_a_child_with_a_bad_cell_keeps_the_rest() -> None:
    intake = opened(MESSY)
    row = next(row for row in intake.rows if row.row == 14)
    assert row.values["ethnicity"] is None
    assert row.values["full_name"] and row.values["birth_date"] and row.values["class_name"]
