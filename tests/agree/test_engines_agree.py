"""Every engine gives the reference's cells and totals, on random laws and random people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Cells
from ansinh.core.resolve import Law, Plan
from ansinh.core.tables import People
from ansinh.engines import _expressions, _status, _totals
from ansinh.engines import frames as frames_room
from ansinh.engines.frames import Columns, Frames, columns, frames
from ansinh.engines.loop import Loop, loop
from ansinh.engines.reference import reference
from tests.agree.generate import YEAR, known_days, laws, peoples


def referee(people: People, plan: Plan) -> Frames:
    """The same expressions on DuckDB."""
    wide = columns(people)
    tables = {name: duckdb.from_arrow(frame.to_arrow()) for name, frame in wide.tables.items()}
    return Frames(Columns(duckdb.from_arrow(wide.learners.to_arrow()), tables, people, keep=_stored), plan)


def _stored(relation: Any) -> Any:
    return duckdb.from_arrow(relation.to_arrow_table())


def assert_same(found: Cells, expected: Cells) -> None:
    assert list(found.cells()) == list(expected.cells())
    assert found.totals() == expected.totals()


def agrees(engine: Callable[[People, Plan], Cells], law: Law, people: People, known: date | None, offset: int) -> None:
    plan = law.known_by(known).plan(SchoolYear(YEAR + offset), known=known)
    assert_same(engine(people, plan), reference(people, plan))


def interpreted(people: People, plan: Plan) -> Cells:
    """The fused loop's own source, run as plain Python: what the compiler is given, without waiting for it."""
    return Loop(columns(people), plan, compiled=False)


# The fast engines of the usual run; `long_agreement` adds Spark.
ENGINES: dict[str, Callable[[People, Plan], Cells]] = {
    "polars": frames,
    "loop": interpreted,
    "duckdb": referee,
}

generated = given(law=laws(), people=peoples(), known=known_days(), offset=st.sampled_from([0, 0, 0, 1]))


@generated
def test_polars_equals_reference(law: Law, people: People, known: date | None, offset: int) -> None:
    agrees(frames, law, people, known, offset)


@settings(max_examples=settings().max_examples // 4)
@generated
def test_duckdb_equals_reference(law: Law, people: People, known: date | None, offset: int) -> None:
    agrees(referee, law, people, known, offset)


@generated
def test_the_loop_as_written_equals_reference(law: Law, people: People, known: date | None, offset: int) -> None:
    agrees(interpreted, law, people, known, offset)


@pytest.mark.slow
@settings(max_examples=max(4, settings().max_examples // 400))  # Each law takes some seconds to compile.
@generated
def test_the_compiled_loop_equals_reference(law: Law, people: People, known: date | None, offset: int) -> None:
    agrees(loop, law, people, known, offset)


def _strict_at_least(op: str, a: Any, b: Any) -> Any:
    return a > b if op == "ge" else COMPARE(op, a, b)


def _missing_is_no(parts: Any) -> Any:
    return EVERY([part.fill_null(False) for part in parts])


def _room_for_one_more(cap: int, *rest: Any) -> Any:
    return ROOM(cap + 1, *rest)


def _last_of_equals(frame: Any, number: int, segment: Any, group: tuple[int, ...]) -> Any:
    return SETTLE(frame, number, segment, tuple(reversed(group)))


def _nobody_left(frame: Any, names: Any) -> Any:
    return frame


def _as_of_august(frame: Any, status: Any, name: str, plan: Plan, names: Any, store: Any) -> Any:
    frame = LAID_OVER(frame, status, name, plan, names, store)
    for by in names:
        by.update({key: column for key, column in names[0].items() if key == name})
    return frame


def _no_overlaps_in_holidays(segment: Any) -> Any:
    return [replace(one, overlaps=()) for one in TWIN(segment)]


LAID_OVER, TWIN = _status._laid_over, frames_room._holiday_twin
COMPARE, EVERY, ROOM, SETTLE = _expressions._compare, _expressions.every, _totals._room, frames_room._settle
MISTAKES = {
    "at least becomes more than": (_expressions, "_compare", _strict_at_least),
    "an empty cell becomes no": (_expressions, "every", _missing_is_no),
    "one month over the cap": (_totals, "_room", _room_for_one_more),
    "of equals the last wins": (frames_room, "_settle", _last_of_equals),
    "in the holidays overlaps are forgotten": (frames_room, "_holiday_twin", _no_overlaps_in_holidays),
    "who left school is paid on": (_status, "_less_months_left", _nobody_left),
    "a status is read as of the August before": (_status, "_laid_over", _as_of_august),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_caught(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agreement test can fail: each mistake planted in the fast engine alone is found within the usual examples."""
    module, name, wrong = MISTAKES[mistake]
    monkeypatch.setattr(module, name, wrong)

    @settings(max_examples=400, phases=[Phase.generate], derandomize=True, database=None)
    @generated
    def attempt(law: Law, people: People, known: date | None, offset: int) -> None:
        agrees(frames, law, people, known, offset)

    # A month too many has no name for what it lacks in the reference, which is a difference too.
    with pytest.raises((AssertionError, KeyError, ExceptionGroup)):
        attempt()
