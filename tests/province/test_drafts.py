"""A draft decree and a province's resolution tried on made-up children: gained and lost as counted here by hand, rule by rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ansinh import cli
from ansinh import law as law_room
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import decide
from ansinh.core.tables import ETHNICITY, LEVEL, MERIT, POVERTY, People, Row
from ansinh.engines.frames import frames
from ansinh.reports import write
from ansinh.reports.comparison import Comparison, figures
from ansinh.sheets import write_snapshot
from tests.law.ordinary import people_of
from tests.law.test_cases import check
from tests.province.freeze import SCHOOLS, province

HERE = Path(__file__).parent
RESOLUTION, DRAFT = HERE / "law", HERE / "draft"
YEAR = 2026
BEFORE_VND, DRAFT_VND, RESOLUTION_VND, WORKERS_VND = 360_000, 450_000, 400_000, 200_000
Told = bool | None


@cache
def people() -> People:
    """The frozen children two years on, of the same ages then; some have parents in an industrial park."""
    made = province()
    rows = []
    for number, row in enumerate(made.learners):
        birth: date = row["birth_date"]
        # A very small group has lunch from another decree.
        group = ETHNICITY.tay if row["ethnicity"] == ETHNICITY.lo_lo else row["ethnicity"]
        worker = None if number % 11 == 0 else number % 4 == 0
        public = None if number % 17 == 0 else number % 7 != 0
        rows.append(
            row
            | {"birth_date": birth.replace(year=birth.year + 2, day=min(birth.day, 28)), "ethnicity": group}
            | {"industrial_worker_parent": worker, "public_school": public}
        )
    tables = {name: rows for name, rows in made.tables.items() if name != "status"}
    return replace(made, learners=rows, tables=tables)


@cache
def compared(pack: Path) -> Comparison:
    law, drafted = law_room.load(), law_room.load(draft=pack)
    before, after = (decide(people(), law=one, engine=frames, year=SchoolYear(YEAR)) for one in (law, drafted))
    return figures(before, after, people())


# The same answers again, written out as a person would reckon them: True, False, or None where a fact is missing.


def poverty_of(household: str) -> int | None:
    rows = [row for row in people().tables["household"] if row["key"] == household]
    found: int | None = max(rows, key=lambda row: row["learned"])["poverty"]
    return found


def any_of(told: Iterable[Told]) -> Told:
    parts = list(told)
    return True if True in parts else None if None in parts else False


def all_of(told: Iterable[Told]) -> Told:
    parts = list(told)
    return False if False in parts else None if None in parts else True


def is_in(value: object, *wanted: object) -> Told:
    return None if value is None else value in wanted


def of_age(row: Row) -> bool:
    return bool(row["level"] == LEVEL.kindergarten and YEAR - 5 <= row["birth_date"].year <= YEAR - 3)


def poor_merit_or_disabled(row: Row) -> list[Told]:
    return [
        is_in(poverty_of(row["household"]), POVERTY.poor, POVERTY.near_poor),
        row["no_support"],
        is_in(row["merit"], MERIT.child),
        all_of([row["disabled"], row["inclusive"]]),
    ]


def lunch_today(row: Row) -> Told:
    """Decree 277/2025: by place and public school there, or poor, near-poor, without support, of merit, disabled.

    Where the ethnic group is not known, the child may be of one that has lunch from another decree.
    """
    if not of_age(row):
        return False
    school = SCHOOLS[row["school_place"]][2] in ("hamlet", "upland")
    by_place = all_of([is_in(row["home_place"], "hamlet", "upland", "coast"), row["public_school"], school])
    other_decree = is_in(row["ethnicity"], ETHNICITY.lo_lo)
    return all_of(
        [None if other_decree is None else not other_decree, any_of([by_place, *poor_merit_or_disabled(row)])]
    )


def lunch_by_draft(row: Row) -> Told:
    """The made-up draft: place alone entitles no more; workers' children in public schools join."""
    worker = all_of([row["public_school"], row["industrial_worker_parent"]])
    return any_of([*poor_merit_or_disabled(row), worker]) if of_age(row) else False


def told(answer: Any) -> Mapping[str, Told]:
    return {row["learner"]: answer(row) for row in people().learners}


def of(found: Comparison, benefit: str) -> Any:
    return next(tally for one, tally in found.benefits if one.name == benefit)


def test_the_drafts_gained_and_lost_are_those_counted_by_hand() -> None:
    today, drafted = told(lunch_today), told(lunch_by_draft)
    gained = {name for name in today if today[name] is not True and drafted[name] is True}
    lost = {name for name in today if today[name] is True and drafted[name] is not True}
    assert len(gained) >= 5 and len(lost) >= 2  # The population puts the draft to the test.
    lunch = of(compared(DRAFT), "lunch")
    assert (set(lunch.gained), set(lunch.lost)) == (gained, lost)
    yes = [sum(answer is True for answer in one.values()) for one in (today, drafted)]
    assert (lunch.before, lunch.after) == (yes[0] * BEFORE_VND * 9, yes[1] * DRAFT_VND * 9)


def test_arrears_clawback_and_question_add_up_to_the_difference() -> None:
    for _, tally in compared(DRAFT).benefits:
        if tally.before is not None:
            assert tally.before + tally.arrears + tally.clawback - tally.in_question == tally.after


def test_places_add_up_to_the_whole() -> None:
    found = compared(DRAFT)
    for key in ("before", "after", "arrears", "clawback", "in_question"):
        assert sum(getattr(tally, key) for _, tally in found.places) == getattr(found.whole, key)
    assert {place for place, _ in found.places} <= {(commune, school) for school, commune, _ in SCHOOLS.values()}
    assert sum(len(tally.gained) for _, tally in found.places) == len(found.whole.gained)


def test_the_resolution_raises_one_amount_and_adds_one_group() -> None:
    today = told(lunch_today)
    workers = {
        row["learner"]
        for row in people().learners
        if of_age(row) and all_of([row["public_school"], row["industrial_worker_parent"]]) is True
    }
    # Of two lunches the higher is given: a worker's child who has the decree's stays with that.
    joining = {name for name in workers if today[name] is not True}
    assert joining and joining != workers
    found = compared(RESOLUTION)
    entitled = sum(answer is True for answer in today.values())
    lunch, own = of(found, "lunch"), of(found, "lunch_workers")
    assert (lunch.gained, lunch.lost) == ((), ())
    assert (lunch.before, lunch.after) == (entitled * BEFORE_VND * 9, entitled * RESOLUTION_VND * 9)
    assert (set(own.gained), own.lost) == (joining, ())
    assert own.after == len(joining) * WORKERS_VND * 9


PACKED = [case for d in law_room.load(RESOLUTION).documents if d.at.startswith(str(RESOLUTION)) for case in d.cases]


@pytest.mark.parametrize("case", PACKED, ids=lambda case: case.name)
def test_the_resolutions_worked_cases(case: Any) -> None:
    law = law_room.load(RESOLUTION)
    rows = list(decide(people_of(case), law=law, engine=frames, year=SchoolYear(case.year)).rows())
    for benefit, expected in case.expect.items():
        check(case, benefit, [row for row in rows if row.benefit == benefit], expected)


def test_try_on_the_command_line_tells_the_same(tmp_path: Path) -> None:
    write_snapshot(people(), tmp_path / "people")
    args = ["try", str(DRAFT), str(tmp_path / "people"), "--school-year", "2026-2027"]
    result = CliRunner().invoke(cli.app, [*args, "--json", "--out", str(tmp_path / "o.xlsx")], env={"LANG": "C"})
    assert result.exit_code == 0, result.output
    shown = json.loads(result.stdout)
    found = compared(DRAFT)
    lunch = next(one for one in shown["benefits"] if one["name"] == "lunch")
    assert lunch["gained"] == list(of(found, "lunch").gained)
    assert shown["whole"]["lost"] == list(found.whole.lost)
    assert shown["after"] == ["có dự thảo draft", "with the draft draft"]
    line = next(line for line in shown["lines"] if line["learner"] == lunch["lost"][0] and line["benefit"] == "lunch")
    assert (
        line["before"]["basis"][0].endswith("277/2025/NĐ-CP")
        and "Điều 3 Nghị định Dự thảo 1/2026" in line["after"]["basis"][0]
    )
    assert (tmp_path / "o.xlsx").read_bytes() == write("comparison", found, "xlsx")
    plain = CliRunner().invoke(cli.app, [*args], env={"LANG": "C"})
    assert plain.exit_code == 0 and "Hỗ trợ ăn trưa" in plain.stdout


def test_a_draft_that_does_not_load_ends_with_four(tmp_path: Path) -> None:
    (tmp_path / "draft.py").write_text("DOCUMENT = None\n")
    result = CliRunner().invoke(cli.app, ["try", str(tmp_path), str(HERE / "frozen"), "--school-year", "2026-2027"])
    assert result.exit_code == 4
