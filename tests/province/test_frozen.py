"""A province of the past, decided again on every run: the same bytes, and from one fact learned later exactly its arrears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.compare import Change, Difference, compare
from ansinh.core.dates import OPEN, Month, SchoolYear
from ansinh.core.decide import Decisions, Engine, decide
from ansinh.core.resolve import Law
from ansinh.core.tables import People
from ansinh.engines.frames import frames
from ansinh.engines.reference import reference
from ansinh.sheets import read_snapshot, snapshot_hash, write_snapshot
from tests.province.freeze import FOLDER, LATE_PAPER, LEFT, LOST_STATUS, NONE, POOR, TAKEN, YEAR, province

SNAPSHOT = "aa92e72344be78ff5c2d741f8b8966af182253cf1229b806ae24becea8b06ca0"
IDENTITY = "48c6b276b1702810d1f6b0434f2e67324f8c3ae35db7a49bca7e2d84635d39a2"
# The law as it was loaded when the province was frozen: documents that are encoded later do not touch it.
DOCUMENTS = (
    "qd-194-2001", "qd-82-2006", "nd-67-2007", "qd-05-2007", "qd-152-2007", "nd-33-2009", "ttlt-109-2009",
    "qd-1956-2009", "qd-239-2010", "nd-13-2010", "nd-28-2010", "nd-49-2010", "qd-2123-2010", "qd-85-2010",
    "qd-09-2011", "nd-22-2011", "qd-60-2011", "nd-28-2012", "nd-31-2012", "qd-30-2012", "qd-12-2013", "nd-31-2013",
    "qd-36-2013", "nd-66-2013", "nd-74-2013", "qd-447-2013", "nd-136-2013", "qd-66-2013", "ttlt-42-2013",
    "qd-1049-2014", "luat-74-2014", "qd-46-2015", "nd-86-2015", "qd-53-2015", "qd-59-2015", "nd-47-2016",
    "nd-116-2016", "qd-131-2017", "nd-47-2017", "qd-582-2017", "nd-57-2017", "qd-900-2017", "nd-06-2018",
    "nd-72-2018", "qd-1010-2018", "qd-103-2019", "nd-38-2019", "nd-58-2019", "nd-84-2020", "nd-105-2020",
    "qd-33-2020", "qd-72-2021", "nd-07-2021", "nd-20-2021", "qd-861-2021", "qd-433-2021", "nd-75-2021", "nd-81-2021",
    "qd-612-2021", "nd-131-2021", "qd-353-2022", "nd-24-2023", "nd-55-2023", "nd-97-2023", "qd-576-2024",
    "nd-73-2024", "nd-76-2024", "nd-77-2024", "qd-698-2024", "qd-497-2024", "nd-66-2025",
)  # fmt: skip
BENEFITS = (
    "lunch", "tuition", "study_cost", "semi_boarding_meals", "semi_boarding_lodging", "semi_boarding_rice",
    "nursery_semi_boarding",
)  # fmt: skip
LAW = Law(tuple(document for document in law_room.load().documents if document.id in DOCUMENTS))
PEOPLE = read_snapshot(FOLDER)
LEARNED = date(2025, 6, 12)  # The day the later fact came.


def decided(people: People = PEOPLE, *, engine: Engine = frames, known: date = TAKEN) -> Decisions:
    return decide(people, law=LAW, engine=engine, year=SchoolYear(YEAR), known=known, benefits=BENEFITS)


def test_every_document_of_the_freeze_is_still_there() -> None:
    assert len(LAW.documents) == len(DOCUMENTS)


def test_the_files_are_those_that_were_frozen_and_that_their_script_makes(tmp_path: Path) -> None:
    assert snapshot_hash(FOLDER) == SNAPSHOT
    write_snapshot(province(), tmp_path, form="csv")
    assert snapshot_hash(tmp_path) == SNAPSHOT


@pytest.mark.parametrize("engine", [reference, frames])
def test_deciding_again_gives_the_same_bytes(engine: Engine) -> None:
    assert decided(engine=engine).identity() == IDENTITY


def test_documents_issued_later_change_nothing_of_what_was_known() -> None:
    """They end rules of the law of that day, yet on that day nobody knew."""
    later_ones = tuple(document for document in law_room.load().documents if document.issued > TAKEN)
    assert any(ended.document in DOCUMENTS for document in later_ones for ended in document.replaces)
    law = Law((*LAW.documents, *later_ones))
    found = decide(PEOPLE, law=law, engine=frames, year=SchoolYear(YEAR), known=TAKEN, benefits=BENEFITS)
    assert found.identity() == IDENTITY


def later(table: str, **row: Any) -> People:
    """The province with one row more, learned on a day in June."""
    dated = {"until": OPEN, "learned": LEARNED, **row}
    return replace(PEOPLE, tables={**PEOPLE.tables, table: [*PEOPLE.tables[table], dated]})


def differences(people: People) -> list[Difference]:
    """As known the day before the fact came, and as known when the snapshot was taken."""
    return list(compare(before_june(), decided(people)))


@cache  # What was known by then is the same whatever came later.
def before_june() -> Decisions:
    return decided(known=date(2025, 6, 11))


def months(*numbers: int) -> list[Month]:
    return [Month(YEAR if number >= 9 else YEAR + 1, number) for number in numbers]


ALL_YEAR = months(9, 10, 11, 12, 1, 2, 3, 4, 5)
LUNCH, STUDY_COST = 160_000, 150_000  # Decree 105/2020, Article 7.2; Decree 81/2021, Article 18.


def told(found: list[Difference]) -> dict[str, list[tuple[Month, int]]]:
    return {name: [(d.month, d.quantity) for d in found if d.benefit == name] for name in {d.benefit for d in found}}


def test_nothing_was_learned_in_june() -> None:
    assert differences(PEOPLE) == []


def test_a_poverty_certificate_that_came_in_june_gives_exactly_the_years_arrears() -> None:
    found = differences(later("household", key="household-001", since=date(2024, 9, 1), poverty=POOR))
    assert {d.learner for d in found} == {LATE_PAPER}
    assert {d.change for d in found} == {Change.ARREARS}
    assert told(found) == {
        "lunch": [(month, LUNCH) for month in ALL_YEAR],
        "study_cost": [(month, STUDY_COST) for month in ALL_YEAR],
    }
    assert {(d.before.outcome.name, d.after.cite) for d in found if d.before and d.after and d.benefit == "lunch"} == {
        ("NO", "7.1.c")
    }


def test_a_status_that_had_ended_in_january_gives_exactly_its_clawback() -> None:
    found = differences(later("household", key="household-002", since=date(2025, 1, 1), poverty=NONE))
    assert {d.learner for d in found} == {LOST_STATUS}
    assert told(found) == {
        "lunch": [(month, -LUNCH) for month in months(1, 2, 3, 4, 5)],
        "study_cost": [(month, -STUDY_COST) for month in months(1, 2, 3, 4, 5)],
    }
    assert {d.change for d in found} == {Change.CLAWBACK}


def test_a_child_who_had_left_in_march_gives_exactly_its_clawback() -> None:
    found = differences(later("status", key=LEFT, since=date(2025, 3, 1), enrolled=False))
    assert {d.learner for d in found} == {LEFT}
    assert told(found) == {
        "lunch": [(month, -LUNCH) for month in months(3, 4, 5)],
        "study_cost": [(month, -STUDY_COST) for month in months(3, 4, 5)],
        "tuition": [(month, -100) for month in months(3, 4, 5)],
    }
    assert all(d.after is None for d in found)


def test_a_status_that_became_unknown_is_in_question_not_clawed_back() -> None:
    found = differences(later("household", key="household-002", since=date(2024, 9, 1), poverty=None))
    assert {(d.learner, d.change, d.quantity) for d in found} == {(LOST_STATUS, Change.IN_QUESTION, 0)}
    assert {d.after.missing for d in found if d.after} == {("poverty",)}


def test_a_move_to_a_harder_place_counts_from_the_month_after() -> None:
    """A child of the lowland whose family moves to the uplands on 10 February: the first of March is the first day there."""
    upland = differences(later("status", key=LATE_PAPER, since=date(2025, 2, 10), home_place="upland"))
    assert {d.learner for d in upland} == {LATE_PAPER}
    assert told(upland)["lunch"] == [(month, LUNCH) for month in months(3, 4, 5)]
