"""A run of payments on both databases: drawn up, recomputed by the reference engine, approved, posted, sent and settled.

    python bench/payments.py [--learners 48000] [--only sqlite]

Made-up children of one school are owed about ten lines each, so that 48,000 make some 500,000. Each database has a fresh folder
or server that is thrown away. Appends to bench/history.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT / "bench" / "history.jsonl"
LINES, SECONDS, GIB = 500_000, 120, 2  # The limits: so many lines drawn up, recomputed, approved and posted.
LIMITED = ("decided", "drawn up", "recomputed by the reference engine, approved and posted")


def run(database: str, learners: int) -> dict[str, Any]:
    command = [sys.executable, "bench/_run_payments.py", "--learners", str(learners)]
    if database == "postgresql":
        command = [sys.executable, "tests/postgres.py", *command]
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as var:
        env = {**os.environ, "ANSINH_VAR": var, "ANSINH_PLAIN_HTTP": "1"}
        env.pop("DATABASE_URL", None)
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=48_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    wanted = parser.parse_args()
    for database in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        found = run(database, wanted.learners)
        seconds = sum(found["stages"][stage] for stage in LIMITED)
        for stage, took in found["stages"].items():
            print(f"{database:12}{stage:60}{took:>9.2f} s")
        print(
            f"{database:12}{found['lines']:,} lines in {seconds:.1f} s: {seconds * LINES / found['lines']:.0f} s for {LINES:,} "
            f"(limit {SECONDS}), {found['peak'] / 2**30:.2f} GiB (limit {GIB})"
        )
        line = {
            "bench": "payments", "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count(),
            "load": os.getloadavg()[0], "database": database, "limits": {"seconds": SECONDS, "GiB": GIB}, **found,
        }  # fmt: skip
        with HISTORY.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
