"""The registry on both databases: bringing rosters in, taking them back, a million learners to Parquet, and pages.

    python bench/registry.py [--rows 200000] [--people 1200000] [--only sqlite]

Each database has a fresh folder or server that is thrown away. Limits are those the project set itself. Appends to
bench/history.jsonl.
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
LIMITS = {
    "import": ("200,000 rows in, s", 60),
    "undo": ("taken back, s", 10),
    "peak": ("most memory of a worker, GiB", 1),
    "snapshot": ("1,000,000 learners to Parquet, s", 30),
    "child": ("a child's page, p95, ms", 100),
    "list": ("the list of a school of 2,000, p95, ms", 200),
}


def run(database: str, rows: int, people: int) -> dict[str, Any]:
    command = [sys.executable, "bench/_run_registry.py", "--rows", str(rows), "--people", str(people)]
    if database == "postgresql":
        command = [sys.executable, "tests/postgres.py", *command]
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as var:
        env = {**os.environ, "ANSINH_VAR": var, "ANSINH_PLAIN_HTTP": "1"}
        env.pop("DATABASE_URL", None)
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def shown(figures: dict[str, Any]) -> dict[str, float]:
    """Each limit's figure, in its unit."""
    return {
        "import": figures["import"]["wall"] * 200_000 / figures["import"]["rows"],
        "undo": figures["import"]["undo"],
        "peak": figures["import"]["peak"] / 2**30,
        "snapshot": figures["snapshot"]["wall of a million"],
        "child": figures["pages"]["child"]["p95"],
        "list": figures["pages"]["list"]["p95"],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=1_200_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    wanted = parser.parse_args()
    databases = [wanted.only] if wanted.only else ["sqlite", "postgresql"]
    all_figures = {database: run(database, wanted.rows, wanted.people) for database in databases}
    print(f"{'':36}{'limit':>8}" + "".join(f"{database:>14}" for database in databases))
    rows = {database: shown(figures) for database, figures in all_figures.items()}
    for name, (words, limit) in LIMITS.items():
        print(
            f"{words:36}{limit:>8}"
            + "".join(f"{rows[database].get(name, float('nan')):>14.2f}" for database in databases)
        )
    line = {
        "bench": "registry",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "rows": wanted.rows,
        "people": wanted.people,
        "limits": {name: limit for name, (_, limit) in LIMITS.items()},
        "shown": rows,
        "figures": all_figures,
    }
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
