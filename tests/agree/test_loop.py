"""The fused loop beyond plain agreement: reasons counted, files in chunks, keys of every kind, mistakes caught, no compiler."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ansinh import law as law_room
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.resolve import Law
from ansinh.core.tables import People
from ansinh.engines import _loop_kernel as kernel_room
from ansinh.engines import _loop_source as source_room
from ansinh.engines.frames import Columns, columns
from ansinh.engines.loop import Loop
from ansinh.engines.reference import reference
from tests.agree.generate import YEAR, known_days, laws, peoples, population

generated = given(law=laws(), people=peoples(), known=known_days())
LAW = law_room.load()


@generated
def test_reasons_are_counted_as_the_reference_gives_them(law: Law, people: People, known: date | None) -> None:
    plan = law.known_by(known).plan(SchoolYear(YEAR), known=known)
    expected: list[Counter[int]] = [Counter() for _ in plan.benefits]
    for cell in reference(people, plan).cells():
        expected[cell.benefit][cell.code] += 1
    assert Loop(columns(people), plan, compiled=False).reasons() == expected


@pytest.mark.slow
def test_the_law_of_today_compiled_gives_the_cells_of_the_reference(tmp_path: Path) -> None:
    """Files read in chunks smaller than the population, decided by the compiled loop."""
    plan = LAW.plan(SchoolYear(2025))
    people = next(found for seed in range(9) if (found := population(seed, 200)).tables)
    wide = columns(people)
    wide.learners.write_parquet(tmp_path / "learners.parquet", row_group_size=64)
    files = Columns(pl.scan_parquet(tmp_path / "learners.parquet"), wide.tables, people)
    found, expected = Loop(files, plan, chunk=50), reference(people, plan)
    assert found.totals() == expected.totals()
    assert list(found.cells()) == list(expected.cells())


@pytest.mark.parametrize("spread", [1, 1_000_000_007], ids=["close together", "far apart"])
def test_keys_may_be_numbers(spread: int) -> None:
    plan = LAW.plan(SchoolYear(2024))
    drawn = next(
        found
        for seed in range(99)
        if (found := population(seed, 60)).tables
        and all(len({row["key"] for row in found.tables[name]}) > 1 for name in ("household", "place"))
    )
    people = People(drawn.learners, {name: drawn.tables[name] for name in ("household", "place")})
    numbers = {"a": -3 * spread, "b": 5 * spread, "c": 0, "z": 7 * spread}
    wide = columns(people)
    keys = ["household", "grandparents_household", "home_place", "parent_home_place", "school_place"]

    def renamed(name: str) -> pl.Expr:
        return pl.col(name).replace_strict(numbers, return_dtype=pl.Int64)

    learners = wide.learners.with_columns(renamed(key) for key in keys)
    tables = {name: table.with_columns(renamed("key")) for name, table in wide.tables.items()}
    found = Loop(Columns(learners, tables), plan, compiled=False)
    assert [packed.rows is None for packed in found.packed] == [spread == 1] * len(found.packed)
    assert found.totals() == reference(people, plan).totals()


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_months_and_years_of_days_are_those_of_the_calendar(day: date) -> None:
    days = (day - source_room.EPOCH).days
    assert kernel_room.year_of(days) == day.year
    assert kernel_room.months_born(days) == Month.of(day).index + (day.day > 1)


def test_a_code_and_its_place_in_a_tally_belong_together() -> None:
    codes = [*range(-99, 50), *range(200, 301), *range(1000, 1150)]
    places = [kernel_room.place_of_code(code) for code in codes]
    assert [kernel_room.code_at(place) for place in places] == codes
    assert min(places) >= 0
    assert max(places) < kernel_room.TALLY_PLACES


def _missing_is_no(parts: Any) -> str:
    return "min(2, 2, " + ", ".join(f"2 * ({part} == 2)" for part in parts) + ")"


def _never_asked_again(shape: Any, name: str) -> list[str]:
    return [f"f[{shape.slots[name]}] = x"]


def _no_cap(*given: Any) -> None:
    state, info, *rest = given
    lifted = info.copy()
    lifted[:, :, kernel_room.CAP] = 12
    PAY(state, lifted, *rest)


def _lower_wins(state: Any, *rest: Any) -> None:
    state[:, kernel_room.QUANTITY] *= -1
    SETTLE(state, *rest)
    state[:, kernel_room.QUANTITY] *= -1


PAY, SETTLE = kernel_room.pay, kernel_room._settle
MISTAKES = {
    "an empty cell becomes no": (source_room, "least", _missing_is_no),
    "what changes in the year is not asked again": (source_room, "_change", _never_asked_again),
    "no yearly cap": (kernel_room, "pay", _no_cap),
    "the lower of two is paid": (kernel_room, "_settle", _lower_wins),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_caught(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(module, name, wrong)

    @settings(max_examples=200, phases=[Phase.generate], derandomize=True, database=None)
    @generated
    def attempt(law: Law, people: People, known: date | None) -> None:
        plan = law.known_by(known).plan(SchoolYear(YEAR), known=known)
        found, expected = Loop(columns(people), plan, compiled=False), reference(people, plan)
        assert list(found.cells()) == list(expected.cells())
        assert found.totals() == expected.totals()

    with pytest.raises((AssertionError, KeyError, ExceptionGroup)):
        attempt()


@pytest.mark.slow
def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ANSINH_CACHE", str(tmp_path / "file"))
    plan = LAW.plan(SchoolYear(2025), benefits=["lunch"])
    people = population(3, 5)
    assert Loop(columns(people), plan).totals() == reference(people, plan).totals()


def test_without_a_compiler_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "numba" or "engines.loop" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "ansinh.engines.loop", raising=False)
    with pytest.raises(ImportError, match=r"ansinh\[fast\]"):
        importlib.import_module("ansinh.engines.loop")
