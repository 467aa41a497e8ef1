"""Spark beyond plain agreement, in `make test-long`: the frozen province, facts as Parquet on a path, the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ansinh import cli
from ansinh import law as law_room
from ansinh.core.dates import SchoolYear
from ansinh.core.tables import PeopleError
from ansinh.engines import frames as frames_room
from ansinh.engines import spark as spark_room
from ansinh.engines.reference import reference
from ansinh.sheets import write_snapshot
from tests.province.freeze import YEAR, province
from tests.province.test_frozen import IDENTITY, decided

PLAN = law_room.load().plan(SchoolYear(YEAR))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("facts")
    write_snapshot(province(), at)
    return at


def test_the_frozen_province_has_the_same_bytes_on_spark() -> None:
    assert decided(engine=spark_room.spark).identity() == IDENTITY


def test_all_policies_over_parquet_on_a_path_have_the_totals_of_the_reference(folder: Path) -> None:
    found = spark_room.spark(spark_room.facts_at(folder.as_uri()), PLAN)
    assert found.totals() == reference(province(), PLAN).totals()


def test_the_command_line_says_the_same_on_spark_and_on_this_machine(folder: Path) -> None:
    told = []
    for engine in ("spark", "frames"):
        asked = ["totals", str(folder), "--school-year", str(SchoolYear(YEAR)), "--engine", engine, "--json"]
        done = CliRunner().invoke(cli.app, asked)
        assert done.exit_code == 0, done.output
        told.append(json.loads(done.stdout)["benefits"])
    assert told[0] == told[1] != []


def test_a_folder_without_learners_or_with_a_strange_column_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match=r"no learners\.parquet"):
        spark_room.facts_at(str(tmp_path))
    frame = frames_room.facts_at(str(folder)).learners.collect()
    frame.rename({"grade": "lop"}).write_parquet(tmp_path / "learners.parquet")
    with pytest.raises(PeopleError, match="no column lop"):
        spark_room.facts_at(str(tmp_path))
