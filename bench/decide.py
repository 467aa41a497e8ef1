"""Deciding a school year for a million made-up learners: this project beside OpenFisca-core, equal answers asserted first.

    python bench/decide.py [--learners N] [--rounds N] [--no-openfisca]

Each run is a fresh process; runs of the two alternate; medians are given. Measured: reading the same Parquet files, the
law, every decision of nine months and seven benefits held in memory, and the totals per benefit. Ours finds the reason
of every decision, yes and no, in each run; OpenFisca gives amounts only. "This project" is the column engine: it holds
the kind of each learner and the decisions of each kind; "written out" is the same with every reason and amount besides as
a column over all learners. "Fused loop" is the compiled engine: it counts every reason and holds totals alone; it is
compiled before, once for a year of the law, and the time is said apart.
OpenFisca-core is AGPL: it is installed beside the project in .cache/, measured, and never a part of it. A line is
appended to bench/history.jsonl. Wall times mean something on an idle machine only: the load before is printed and kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import _population

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
HISTORY = ROOT / "bench" / "history.jsonl"
PEER = CACHE / "bench-openfisca"
PEER_PACKAGES = ("openfisca-core==46.0.1", "polars==" + version("polars"), "numpy==" + version("numpy"))
MISSING = 0.03
SMALL = 2_000
ENGINES = ("frames", "loop")

Figures = dict[str, Any]


def peer_python() -> Path:
    """The Python of OpenFisca's own environment, made when absent or when the versions asked for changed."""
    python, stamp = PEER / "bin" / "python", PEER / "packages.txt"
    wanted = "\n".join(PEER_PACKAGES)
    if not stamp.exists() or stamp.read_text() != wanted:
        uv = next((str(path) for path in (ROOT / ".tools/uv/bin/uv", ROOT / ".tools/uv/uv") if path.exists()), "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PEER)], check=True)  # noqa: S603
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *PEER_PACKAGES], check=True)  # noqa: S603
        stamp.write_text(wanted)
    return python


def run(python: Path | str, script: str, folder: Path, *options: Path | str) -> Figures:
    """One fresh process; its last line is its figures."""
    command = [str(python), str(ROOT / "bench" / script), str(folder), *map(str, options)]
    # Bytecode is kept between runs, as Python does unless told otherwise: compiling sources is not what is measured.
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=usual)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{script} failed:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def ours(folder: Path, *options: Path | str) -> Figures:
    return run(sys.executable, "_run_ours.py", folder, *options)


def peer(folder: Path, *save: Path) -> Figures:
    return run(peer_python(), "_run_openfisca.py", folder, *save)


def population(learners: int, missing: float = 0.0) -> Path:
    folder = CACHE / "bench" / f"{learners}{'-missing' if missing else ''}"
    _population.write(folder, learners, missing=missing)
    return folder


def assert_equal(folder: Path) -> int:
    """Every amount of all three, compared one by one; returns how many decisions. AssertionError names the first difference."""
    theirs = folder / "openfisca.npy"
    totals = peer(folder, theirs)["totals"]
    right = np.load(theirs, mmap_mode="r")
    for engine in ENGINES:
        mine = folder / f"{engine}.npy"
        found = ours(folder, "--engine", engine, "--save", mine)["totals"]
        for benefit, (one, other) in enumerate(zip(np.load(mine, mmap_mode="r"), right, strict=True)):
            different = np.argwhere(one != other)
            if len(different):
                month, learner = different[0]
                raise AssertionError(
                    f"{len(different)} amounts differ; first: benefit {benefit}, month {month}, learner {learner}: "
                    f"{engine} {one[month, learner]}, OpenFisca {other[month, learner]}"
                )
        if found != totals:
            raise AssertionError(f"totals differ: {engine} {found}, OpenFisca {totals}")
        mine.unlink()
    compared = int(right.size)
    theirs.unlink()
    return compared


def median(runs: list[Figures]) -> Figures:
    middle = {key: statistics.median(one[key] for one in runs) for key in ("wall", "cpu", "peak")}
    walls = [one["wall"] for one in runs]
    stages = {name: statistics.median(one["stages"][name] for one in runs) for name in runs[0]["stages"]}
    return {**middle, "wall_range": [min(walls), max(walls)], "stages": stages, "runs": len(runs)}


def bandwidth(megabytes: int = 128, repeats: int = 7) -> dict[str, float]:
    """Gigabytes a second of memory on two threads: copying, and a = b + 3 c. Medians."""
    size = megabytes * 1024 * 1024 // 8 // 2
    arrays = [[np.ones(size) for _ in range(3)] for _ in range(2)]

    def copy(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> None:
        np.copyto(a, b)

    def triad(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    found = {}
    for work, moved in ((copy, 2), (triad, 5)):
        rates = []
        for _ in range(repeats):
            threads = [threading.Thread(target=work, args=three) for three in arrays]
            began = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            rates.append(2 * moved * size * 8 / (time.perf_counter() - began) / 1e9)
        found[work.__name__] = statistics.median(rates)
    return found


def column_bytes(folder: Path) -> int:
    """Bytes of the population's columns in memory: what any engine has to read at least once."""
    return sum(pl.read_parquet(path).estimated_size() for path in folder.glob("*.parquet"))


def machine() -> dict[str, Any]:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": model, "cores": os.cpu_count(), "memory_gib": round(pages / 2**30, 1)}


def show(rows: dict[str, Figures], decisions: int) -> None:
    print(f"{'':34}{'wall s':>8}{'range':>14}{'CPU s':>8}{'peak MB':>9}{'M decisions/s':>15}")
    for name, figures in rows.items():
        low, high = figures["wall_range"]
        rate = decisions / figures["wall"] / 1e6
        print(
            f"{name:34}{figures['wall']:8.2f}{f'{low:.2f}-{high:.2f}':>14}{figures['cpu']:8.2f}"
            f"{figures['peak'] / 1e6:9.0f}{rate:15.1f}"
        )
    for name, figures in rows.items():
        print(f"  {name}: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in figures["stages"].items()))


def measure(learners: int, rounds: int, with_peer: bool) -> Figures:
    """Interleaved rounds; medians by name."""
    folder, gaps = population(learners), population(learners, MISSING)
    kinds = {"this project": lambda: ours(folder)}
    if with_peer:
        kinds["OpenFisca-core"] = lambda: peer(folder)
    kinds["this project, fused loop"] = lambda: ours(folder, "--engine", "loop")
    kinds["this project, written out"] = lambda: ours(folder, "--written")
    kinds[f"this project, {MISSING:.0%} missing"] = lambda: ours(gaps)
    runs: dict[str, list[Figures]] = {name: [] for name in kinds}
    for number in range(rounds):
        for name, one in kinds.items():
            runs[name].append(one())
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return {name: median(found) for name, found in runs.items()}


def ratios(rows: dict[str, Figures], name: str) -> Figures:
    """How many times more OpenFisca takes; printed too."""
    found = {key: rows["OpenFisca-core"][key] / rows[name][key] for key in ("wall", "cpu", "peak")}
    print(f"OpenFisca-core / {name}: " + ", ".join(f"{key} {ratio:.1f}" for key, ratio in found.items()))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-openfisca", action="store_true", help="measure this project alone")
    parser.add_argument("--history", type=Path, default=HISTORY, help="where the line of figures is appended")
    asked = parser.parse_args()
    record: Figures = {"bench": "decide", "at": datetime.now(UTC).isoformat(timespec="seconds"), **machine()}
    record["load"] = os.getloadavg()[0]
    print(f"load of the machine before: {record['load']:.1f} on {record['cores']} cores")
    compiled = ours(population(min(SMALL, asked.learners)), "--engine", "loop")["wall"]
    print(f"the fused loop compiled, or found compiled, and tried on a few, in {compiled:.1f} s")
    if not asked.no_openfisca:
        assert_equal(population(min(SMALL, asked.learners)))
        compared = assert_equal(population(asked.learners))
        print(f"equal: {compared:,} amounts of made-up learners, both of ours and OpenFisca's, compared one by one")
        record["equal"] = compared
    decisions = asked.learners * (9 * 6 + 1)  # Six benefits in nine months; the seventh is granted in May alone.
    rows = measure(asked.learners, asked.rounds, not asked.no_openfisca)
    show(rows, decisions)
    rates, size = bandwidth(), column_bytes(population(asked.learners))
    floor = size / rates["triad"] / 1e9
    print(f"memory: copy {rates['copy']:.1f} GB/s, triad {rates['triad']:.1f} GB/s")
    times = rows["this project"]["wall"] / floor
    print(f"floor: {size / 1e6:.0f} MB of columns read once: {floor * 1000:.1f} ms; ours is {times:.0f} times that")
    if not asked.no_openfisca:
        record["ratios"] = ratios(rows, "this project")
        record["ratios_loop"] = ratios(rows, "this project, fused loop")
    versions = {name: version(name) for name in ("polars", "narwhals", "numba", "numpy")} | {
        "openfisca": PEER_PACKAGES[0]
    }
    record |= {"learners": asked.learners, "versions": versions, "python": platform.python_version()}
    record |= {"bandwidth_gb_s": rates, "column_bytes": size, "compile": compiled, "figures": rows}
    with asked.history.open("a", encoding="utf-8") as history:
        history.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
