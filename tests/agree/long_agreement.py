"""The long run of `make test-long`: fifty thousand generated learner-years on each engine against the reference.

Its name keeps it out of the usual run. Each shard draws from its own seed, so that shards never repeat one another and a
run can be repeated: ANSINH_SEED moves all of them. ANSINH_LEARNERS is how many learner-years each engine decides. What a law
costs differs (DuckDB stores every stage, Spark starts many jobs), so a slow engine is given fewer laws and more learners.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from ansinh.core.decide import Cells
from ansinh.core.resolve import Law, Plan
from ansinh.core.tables import People
from tests.agree.generate import known_days, laws, population
from tests.agree.test_engines_agree import ENGINES, agrees

SEED = int(os.environ.get("ANSINH_SEED", "20261125"))
LEARNERS = int(os.environ.get("ANSINH_LEARNERS", "50000"))


def on_spark(people: People, plan: Plan) -> Cells:
    """Imported when it runs: a Java machine that is missing fails its own tests and no other."""
    from ansinh.engines.spark import spark

    return spark(people, plan)


# Engine → how it runs, in how many shards, and how many laws in each.
RUNS: dict[str, tuple[Callable[[People, Plan], Cells], int, int]] = {
    "polars": (ENGINES["polars"], 20, 50),
    "loop": (ENGINES["loop"], 20, 50),
    "duckdb": (ENGINES["duckdb"], 20, 10),
    "spark": (on_spark, 2, 8),
}


@pytest.mark.parametrize(("engine", "shard"), [(name, shard) for name in RUNS for shard in range(RUNS[name][1])])
def test_engine_equals_reference(engine: str, shard: int, capsys: pytest.CaptureFixture[str]) -> None:
    run, shards, each = RUNS[engine]
    size = -(-LEARNERS // (shards * each))
    decided = {"laws": 0, "learner-years": 0}

    @seed(SEED + shard)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        law=laws(),
        people=st.integers(0, 2**32).map(lambda drawn: population(drawn, size)),
        known=known_days(),
        offset=st.sampled_from([0, 0, 0, 1]),
    )
    def attempt(law: Law, people: People, known: date | None, offset: int) -> None:
        decided["laws"] += 1
        decided["learner-years"] += len(people.learners)
        agrees(run, law, people, known, offset)

    attempt()
    assert decided["learner-years"] >= size * each, "fewer were drawn than the run promises"
    with capsys.disabled():
        print(
            f"\n{engine} shard {shard} seed {SEED + shard}: {decided['laws']} laws, {decided['learner-years']} learner-years",
            end=" ",
        )
