"""The throwaway PostgreSQL answers, passes on the command's exit code, and leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import os, psycopg
url = os.environ["DATABASE_URL"]
with psycopg.connect(url) as connection:
    print(url.split("host=")[1])
    print(connection.execute("select version()").fetchone()[0])
    print(connection.execute("show listen_addresses").fetchone()[0] or "no port")
    print(connection.execute("select upper('đồng')").fetchone()[0])
raise SystemExit(7)
"""


@pytest.mark.slow
def test_a_command_runs_on_postgresql_and_nothing_stays() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own file
        [sys.executable, ROOT / "tests" / "postgres.py", sys.executable, "-c", ASK],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 7, done.stderr
    folder, version, ports, letters = done.stdout.splitlines()
    assert version.startswith("PostgreSQL")
    assert ports == "no port"
    assert letters == "ĐỒNG"
    assert not Path(folder).exists()
