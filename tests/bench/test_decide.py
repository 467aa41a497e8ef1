"""The benchmark decides what it says it decides: its population is sound, its engine equals the reference, it runs to the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, outcome_of
from ansinh.core.tables import OWN_FACTS, People
from ansinh.engines.frames import columns, frames
from ansinh.engines.reference import reference
from ansinh.law import load

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "bench"
KEYS = ("household", "grandparents_household", "home_place", "parent_home_place", "school_place")


@pytest.fixture
def population(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import _population

    return _population


def people(folder: Path) -> People:
    """The Parquet files as rows, keys as text, as a roster would give them."""
    learners = pl.read_parquet(folder / "learners.parquet").with_columns(pl.col("learner", *KEYS).cast(pl.String))
    tables = {
        name: pl.read_parquet(folder / f"{name}.parquet").with_columns(pl.col("key").cast(pl.String)).to_dicts()
        for name in ("household", "place")
    }
    return People(learners.to_dicts(), tables)


@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_the_population_is_decided_as_the_reference_decides_it(population, tmp_path: Path, missing: float) -> None:
    population.write(tmp_path, 300, missing=missing)
    plan = load().plan(SchoolYear(2024))
    rows = people(tmp_path)
    expected = reference(rows, plan)
    assert frames(rows, plan).totals() == expected.totals()
    assert list(frames(columns(rows), plan).cells()) == list(expected.cells())
    outcomes = {outcome_of(cell.code) for cell in expected.cells()}
    assert {Outcome.YES, Outcome.NO} <= outcomes
    assert (Outcome.CANNOT_SAY in outcomes) == bool(missing)


def test_the_population_is_whole_and_the_same_each_time(population, tmp_path: Path) -> None:
    population.write(tmp_path / "a", 500)
    population.write(tmp_path / "b", 500)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    learners = pl.read_parquet(tmp_path / "a" / "learners.parquet")
    assert set(OWN_FACTS) <= set(learners.columns)
    assert sum(learners.drop("grandparents_household").null_count().row(0)) == 0
    asked = learners.filter("lives_with_grandparents")
    assert asked["grandparents_household"].null_count() == 0


@pytest.mark.slow
def test_the_benchmark_runs_to_the_end_and_keeps_its_figures(tmp_path: Path) -> None:
    """OpenFisca is left out: it is not a dependency, and the benchmark itself asserts equality before it measures."""
    history = tmp_path / "history.jsonl"
    options = ["--learners", "500", "--rounds", "1", "--no-openfisca", "--history", str(history)]
    command = [sys.executable, str(BENCH / "decide.py"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert "M decisions/s" in done.stdout
    record = json.loads(history.read_text())
    assert record["learners"] == 500
    assert record["figures"]["this project"]["peak"] > 0
    assert record["figures"]["this project"]["runs"] == 1
    assert record["figures"]["this project, fused loop"]["peak"] > 0


@pytest.mark.slow
def test_both_engines_give_the_same_amounts(population, tmp_path: Path) -> None:
    population.write(tmp_path, 500)
    held = {}
    for engine in ("frames", "loop"):
        command = [sys.executable, str(BENCH / "_run_ours.py"), str(tmp_path), "--engine", engine]
        command += ["--save", str(tmp_path / f"{engine}.npy")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        held[engine] = (json.loads(done.stdout)["totals"], np.load(tmp_path / f"{engine}.npy"))
    assert held["frames"][0] == held["loop"][0]
    assert (held["frames"][1] == held["loop"][1]).all()
    assert held["loop"][1].any()
