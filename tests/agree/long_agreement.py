"""The long run of `make test-long`: thousands of generated laws and populations on every engine against the reference.

Its name keeps it out of the usual run. Each shard draws from its own seed, so that shards never repeat one another and a
run can be repeated: ANSINH_SEED moves all of them. ANSINH_LAWS is how many laws each fast engine decides, each with a
population of its own: a thousand laws are more than ten thousand learner-years.
"""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, seed, settings

from ansinh.core.resolve import Law
from ansinh.core.tables import People
from tests.agree.test_engines_agree import ENGINES, agrees, generated

SEED = int(os.environ.get("ANSINH_SEED", "20261123"))
LAWS = int(os.environ.get("ANSINH_LAWS", "1000"))
SHARDS = 20


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("engine", ENGINES)
def test_engine_equals_reference(engine: str, shard: int, capsys: pytest.CaptureFixture[str]) -> None:
    decided = {"laws": 0, "learner-years": 0}
    run, share = ENGINES[engine]

    @seed(SEED + shard)
    @settings(
        max_examples=max(1, LAWS // share // SHARDS),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @generated
    def attempt(law: Law, people: People, known: date | None, offset: int) -> None:
        decided["laws"] += 1
        decided["learner-years"] += len(people.learners)
        agrees(run, law, people, known, offset)

    attempt()
    with capsys.disabled():
        print(
            f"\n{engine} shard {shard} seed {SEED + shard}: {decided['laws']} laws, {decided['learner-years']} learner-years",
            end=" ",
        )
