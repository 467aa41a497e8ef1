"""A nation of 25,000,000 made-up learners: every policy of the law in one school year, by the fused loop, as files stream in.

    python bench/nation.py [--millions 1 5 25] [--year 2024] [--rounds N]

Each figure is of a fresh process: the law, the dated tables, every learner decided with reasons, totals by benefit. The
loop is compiled before and the time said apart, for a year of the law is compiled once. Beside it, in the same rounds: the
seconds to read once the columns the plan needs, with nothing decided. Appends to bench/history.jsonl and draws
docs/images/linearity.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import polars as pl

import _population
from _measure import Stages, say
from ansinh.core.dates import SchoolYear
from ansinh.engines.frames import Columns
from ansinh.engines.loop import Loop
from ansinh.law import load

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench-nation"
HISTORY = ROOT / "bench" / "history.jsonl"
PICTURE = ROOT / "docs" / "images" / "linearity.svg"
PART = 1_000_000  # Learners in one file.
COMMUNES = 3_321  # As many as the country has since July 2025.
SECONDS, GIB, TIMES_READING = 20, 4, 4  # What was promised: under the first two, or within the third of reading.

Figures = dict[str, Any]


def write_part(part: int) -> None:
    """One million learners and their households; parts are drawn each from its own seed, so that any number can be made."""
    path = FOLDER / "learners" / f"{part:03d}.parquet"
    if path.exists():
        return
    _population.PLACES = COMMUNES
    rng = np.random.default_rng([_population.SEED, part])
    places = _population._places(np.random.default_rng(_population.SEED))
    households = round(PART / _population.LEARNERS_A_HOUSEHOLD)
    learners = _population._learners(rng, PART, households, places)
    first = part * households
    learners = learners.with_columns(
        pl.col("learner") + part * PART, pl.col("household", "grandparents_household") + first
    )
    rows = _population._household_rows(rng, households).with_columns(pl.col("key") + first)
    for folder in ("learners", "household", "place"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    rows.write_parquet(FOLDER / "household" / path.name)
    if part == 0:
        _population._place_rows(rng, places).write_parquet(FOLDER / "place" / path.name)
    draft = path.with_suffix(".draft")
    learners.write_parquet(draft)
    draft.replace(path)


def people(millions: int) -> Columns:
    """The first so many parts, not yet read."""

    def scan(name: str, parts: int) -> pl.LazyFrame:
        return pl.scan_parquet([FOLDER / name / f"{part:03d}.parquet" for part in range(parts)])

    return Columns(scan("learners", millions), {"household": scan("household", millions), "place": scan("place", 1)})


def decide(millions: int, year: int) -> None:
    """One measured run, in a process of its own: prints its figures as JSON."""
    stages = Stages()
    plan = load().plan(SchoolYear(year))
    stages.end("law")
    found = Loop(people(millions), plan)
    stages.end("dated tables")
    totals = found.totals()
    stages.end("learners, decided with reasons")
    named = zip(plan.benefits, totals, strict=True)
    say(stages, {benefit.name: [total.yes, total.quantity] for benefit, total in named})


def read(millions: int, year: int) -> None:
    """Reading once what the same plan reads, chunk by chunk as deciding does, and nothing else."""
    plan = load().plan(SchoolYear(year))
    population = people(millions)
    shape = Loop(people(1), plan).shape
    stages = Stages()
    for name, table in population.tables.items():
        columns = {column for role, read in shape.roles if role.table == name for column in read}
        _pass_by(table.select("key", "since", "until", "learned", *sorted(columns)))
    _pass_by(population.learners.select("months", *(role.key for role, _ in shape.roles), *shape.own))
    stages.end("read")
    say(stages, {})


def _pass_by(frame: pl.LazyFrame) -> None:
    for _ in frame.collect_batches(chunk_size=1 << 18, maintain_order=False, engine="streaming"):
        pass


def run(verb: str, millions: int, year: int) -> Figures:
    """A fresh process; its last line is its figures."""
    command = [sys.executable, __file__, verb, "--millions", str(millions), "--year", str(year)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{verb} failed:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def compile_once(year: int) -> float:
    """Seconds until the loop of a year is compiled, or found compiled; afterwards it is there for every process."""
    stages = Stages()
    few = people(1)
    Loop(Columns(few.learners.head(1000), few.tables), load().plan(SchoolYear(year))).totals()
    stages.end("compile")
    return stages.stages["compile"]


def measure(sizes: list[int], year: int, rounds: int) -> dict[int, Figures]:
    """Medians by size; reading and deciding alternate, so that a busy machine slows both."""
    found: dict[int, Figures] = {}
    for millions in sizes:
        runs = [(run("decide", millions, year), run("read", millions, year)) for _ in range(rounds)]
        middle = {key: statistics.median(one[key] for one, _ in runs) for key in ("wall", "cpu", "peak")}
        reading = {f"read_{key}": statistics.median(two[key] for _, two in runs) for key in ("wall", "cpu")}
        found[millions] = {**middle, **reading, "stages": runs[0][0]["stages"], "totals": runs[0][0]["totals"]}
    return found


def show(rows: dict[int, Figures]) -> None:
    print(f"{'learners':>12}{'wall s':>9}{'CPU s':>8}{'peak MiB':>10}{'read s':>8}{'x read':>8}{'µs CPU each':>13}")
    for millions, row in rows.items():
        each = row["cpu"] / millions
        print(
            f"{millions * PART:12,}{row['wall']:9.2f}{row['cpu']:8.2f}{row['peak'] / 2**20:10,.0f}{row['read_wall']:8.2f}"
            f"{row['wall'] / row['read_wall']:8.1f}{each:13.2f}"
        )
    largest = rows[max(rows)]
    within = largest["wall"] < SECONDS and largest["peak"] < GIB * 2**30
    close = largest["wall"] < TIMES_READING * largest["read_wall"]
    print(f"under {SECONDS} s and {GIB} GiB: {'yes' if within else 'no'}; within {TIMES_READING} x reading: {close}")


def draw(rows: dict[int, Figures]) -> None:
    """Seconds by millions of learners: deciding and reading, wall and processor; a straight line is linear cost."""
    kinds = {"wall": "deciding, wall", "cpu": "deciding, processor", "read_wall": "reading once, wall"}
    points = [
        {"millions": millions, "seconds": row[key], "what": what}
        for millions, row in rows.items()
        for key, what in kinds.items()
    ]
    line = alt.Chart(alt.Data(values=points)).mark_line(point=True)
    line = line.encode(
        x=alt.X("millions:Q", title="Millions of learners (made up)"),
        y=alt.Y("seconds:Q", title="Seconds, two cores"),
        color=alt.Color("what:N", title=None, sort=list(kinds.values())),
    )
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    line.properties(width=560, height=320, title="A school year of every policy, by the fused loop").save(PICTURE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", nargs="?", choices=("bench", "decide", "read"), default="bench")
    parser.add_argument("--millions", type=int, nargs="+", default=[1, 5, 25])
    parser.add_argument("--year", type=int, default=_population.START)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if asked.verb != "bench":
        {"decide": decide, "read": read}[asked.verb](asked.millions[0], asked.year)
        return
    for part in range(max(asked.millions)):
        write_part(part)
    seconds = compile_once(asked.year)
    rows = measure(sorted(asked.millions), asked.year, asked.rounds)
    print(f"compiled, or found compiled, in {seconds:.1f} s; other work on the machine: load {os.getloadavg()[0]:.1f}")
    show(rows)
    draw(rows)
    record = {"bench": "nation", "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
    record |= {"load": os.getloadavg()[0], "year": asked.year, "compile": seconds, "rounds": asked.rounds}
    record |= {"versions": {name: version(name) for name in ("polars", "numba", "numpy")}, "figures": rows}
    with HISTORY.open("a", encoding="utf-8") as history:
        history.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
