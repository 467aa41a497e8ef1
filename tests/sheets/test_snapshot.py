"""A snapshot comes back as it was written, in either form, and what is wrong with one is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ansinh.core.tables import PeopleError, Row
from ansinh.sheets import SnapshotError, read_snapshot, snapshot_hash, write_snapshot
from tests.province.freeze import province


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_is_written_comes_back(tmp_path: Path, form: str) -> None:
    made = province()
    write_snapshot(made, tmp_path / "one", form=form)
    found = read_snapshot(tmp_path / "one")
    assert same(found.learners, made.learners)
    assert {name: row["school"] for name, row in found.names.items()} == {
        name: row["school"] for name, row in made.names.items()
    }
    assert found.tables.keys() == made.tables.keys()
    assert all(same(found.tables[table], rows) for table, rows in made.tables.items())


def same(found: Sequence[Row], made: Sequence[Row]) -> bool:
    """Alike in every column that any row has; one that a row leaves out is not known."""
    columns = {name for row in made for name in row}
    return list(found) == [{name: row.get(name) for name in columns} for row in made]


def test_either_form_of_one_content_has_its_own_hash_and_keeps_it(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_snapshot(province(), tmp_path / folder, form="csv")
    assert snapshot_hash(tmp_path / "one") == snapshot_hash(tmp_path / "two")
    learners = tmp_path / "two" / "learners.csv"
    learners.write_text(learners.read_text().replace("P0004", "P9004", 1))
    assert snapshot_hash(tmp_path / "one") != snapshot_hash(tmp_path / "two")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("learners", "learner,months,poor\nA,2,1\n", "no such column: poor"),
        ("learners", "learner,months,disabled\nA,2,yes\n", "row 2"),
        ("learners", "learner,months,birth_date\nA,2,01/02/2019\n", "row 2"),
        ("learners", "learner,months\nA,\n", "months is empty"),
        ("place", "key,since,learned\nx,2024-01-01,\n", "learned is empty"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / "learners.csv").write_text("learner,months\nA,2\n")
    (tmp_path / f"{name}.csv").write_text(text)
    with pytest.raises(SnapshotError, match=said):
        read_snapshot(tmp_path)


def test_a_folder_without_learners_or_with_a_table_twice(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="there is no learners"):
        read_snapshot(tmp_path)
    write_snapshot(province(), tmp_path, form="csv")
    write_snapshot(province(), tmp_path, form="parquet")
    with pytest.raises(SnapshotError, match="household, learners, names, place, status"):
        read_snapshot(tmp_path)


def test_a_status_that_contradicts_itself_or_says_a_strange_thing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "learners.csv").write_text("learner,months\nA,2\n")
    head = "key,since,until,learned,disabled,inclusive\n"
    status = tmp_path / "status.csv"
    status.write_text(head + "A,2024-09-01,,2024-10-01,true,\nA,2025-01-01,,2024-10-01,false,\n")
    with pytest.raises(PeopleError, match=r"status\.disabled.*'A'"):
        read_snapshot(tmp_path)
    # Two rows of one day that speak of different facts do not contradict each other.
    status.write_text(head + "A,2024-09-01,,2024-10-01,true,\nA,2025-01-01,,2024-10-01,,false\n")
    assert len(read_snapshot(tmp_path).tables["status"]) == 2
