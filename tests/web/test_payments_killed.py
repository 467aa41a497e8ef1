"""All or nothing when the process is killed while money is sent, confirmed, returned, sent again or signed for.

ANSINH_KILLS: at how many moments (500 in a long test); ANSINH_SEED: drawn from which seed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ansinh.web.registry import sealed

from .places import ROOT, made, migrated

MOMENTS, SEED = int(os.environ.get("ANSINH_KILLS", "36")), int(os.environ.get("ANSINH_SEED", "20261128"))

pytestmark = pytest.mark.slow


def test_killed_while_paying_all_or_nothing_stands(tmp_path: Path) -> None:
    place = made(tmp_path / "var", migrated(tmp_path / "bare"))
    keys = {
        "ANSINH_IDENTITY_KEYS": sealed.new_key(),
        "ANSINH_IDENTITY_DIGEST_KEY": sealed.new_key(),
        "ANSINH_PLAIN_HTTP": "1",
    }
    done = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-m", "tests.web.payments_killed", str(MOMENTS), str(SEED)],
        cwd=ROOT, env=place.env | keys, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    acts = [found[name] for name in ("send", "take", "resend", "sign")]
    assert sum(count for act in acts for count in act.values()) == MOMENTS
    # The moments must have met each kind of work, some before its end, some after.
    assert all(sum(act.values()) for act in acts)
    assert all(sum(act[left] for act in acts) for left in ("all", "nothing"))
    assert found["killed"] > MOMENTS / 2
    assert found["settled"] == found["due"] > 0
