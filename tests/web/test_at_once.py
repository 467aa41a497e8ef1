"""All or nothing when the process is killed, and many clerks at once: on a real database, each run in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ansinh.web.registry import sealed

from .places import ROOT, Place, made, migrated

KEYS = (sealed.new_key(), sealed.new_key())
MOMENTS, SEED = 200, 20261125
CLERKS, CHILDREN = 20, 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return migrated(tmp_path_factory.mktemp("bare"))


def seen(place: Place, *command: object) -> Any:
    """What tests/web/at_once.py saw on a place."""
    # PostgreSQL asks for keys of the place's own; SQLite makes them in the folder.
    keys = {"ANSINH_IDENTITY_KEYS": KEYS[0], "ANSINH_IDENTITY_DIGEST_KEY": KEYS[1], "ANSINH_PLAIN_HTTP": "1"}
    done = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-m", "tests.web.at_once", *map(str, command)],
        cwd=ROOT, env=place.env | keys, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return {**json.loads(done.stdout), "said": done.stderr[-3000:]}


def test_killed_at_two_hundred_moments_all_or_nothing_stands(bare: Place, tmp_path: Path) -> None:
    found = seen(made(tmp_path / "var", bare), "killed", MOMENTS, SEED)
    assert sum(count for act in ("accept", "undo") for count in found[act].values()) == MOMENTS
    # The moments must have met the work: some before its end, some after.
    assert all(found[act][left] for act in ("accept", "undo") for left in ("all", "nothing"))
    assert found["killed"] > MOMENTS / 2
    assert found["again"]


def test_twenty_clerks_at_once_lose_nothing_and_wait(bare: Place, tmp_path: Path) -> None:
    found = seen(made(tmp_path / "var", bare), "clerks", CLERKS, CHILDREN)
    schools = CLERKS - 1
    each = [CHILDREN + number for number in range(schools)]
    assert found["failed"] == 0, found["said"]
    assert (found["uploads"], found["batches"]) == (schools, schools)
    assert found["listed"] == each
    assert found["statements"] == found["people"] == sum(each)
