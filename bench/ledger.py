"""Checking a ledger: 5,000,000 made-up entries in one file, read and checked on one core.

    python bench/ledger.py [--entries N] [--history FILE]

Each learner has nine months of one benefit and arrears for the last of them; every fiftieth payment returns and is sent again.
The file is written anew and thrown away. Appends to bench/history.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from _measure import cpu_seconds, peak_bytes
from ansinh.core.ledger import START, body, chained, verify

HISTORY = Path(__file__).resolve().parent / "history.jsonl"
SECONDS, GIB = 30, 1.5  # The limits, for 5,000,000 entries.
LINES_OF_A_LEARNER, LINES_OF_A_RUN, RETURNED = 10, 10_000, 50
MONTHS = (*(f"2025-{month:02d}" for month in range(9, 13)), *(f"2026-{month:02d}" for month in range(1, 6)))
DUE, DUE_NOW = 500_000, 700_000
AT, SHA = "2026-01-15T08:00:00+07:00", "5" * 64
ENTRIES_OF_FIFTY = 3 * RETURNED + 2


def names(line: int) -> tuple[str, str, str]:
    """Run, line and learner."""
    return f"r{line // LINES_OF_A_RUN}", f"l{line}", f"{line // LINES_OF_A_LEARNER:08d}"


def paid(line: int) -> int:
    return DUE_NOW - DUE if line % LINES_OF_A_LEARNER == LINES_OF_A_LEARNER - 1 else DUE


def heads(lines: int) -> Iterator[str]:
    """The header, the runs and the lines of payment."""
    yield f"ledger\t1\t{AT}\tSở Giáo dục tỉnh Thử"
    for number in range(-(-lines // LINES_OF_A_RUN)):
        yield f"run\tr{number}\t11\t12\t13\t14\t{SHA}\t{SHA}"
    for line in range(lines):
        run, name, learner = names(line)
        month = MONTHS[min(line % LINES_OF_A_LEARNER, len(MONTHS) - 1)]
        amounts = f"\t0\t{DUE}" if paid(line) == DUE else f"l{line - 1}\t{DUE}\t{DUE_NOW}"
        yield f"line\t{name}\t{run}\t{learner}\tlunch\t{month}\t{amounts}\t66/2025/NĐ-CP\tĐiều 5\t{SHA}"


def steps(lines: int) -> Iterator[tuple[int, str]]:
    """What is done, run by run: all its lines approved, then sent, then confirmed."""
    for first in range(0, lines, LINES_OF_A_RUN):
        run = range(first, min(first + LINES_OF_A_RUN, lines))
        yield from ((line, "approve") for line in run)
        for line in run:
            yield line, "send"
            if line % RETURNED == 0:
                yield line, "return"
                yield line, "send"
        yield from ((line, "settle") for line in run)


def write(file: BinaryIO, lines: int) -> int:
    """A whole right ledger of so many lines of payment; how many entries it has."""
    file.writelines(f"{row}\n".encode() for row in heads(lines))
    sums: defaultdict[str, int] = defaultdict(int)
    number, last = 0, START
    for number, (line, act) in enumerate(steps(lines), start=1):
        run, name, learner = names(line)
        payable, amount = f"phai-tra/{learner}", paid(line)
        by, debit, credit = {
            "approve": ("13", "chi/lunch", payable),
            "send": ("14", payable, "ngan-hang"),
            "return": ("15", "ngan-hang", payable),
            "settle": ("15", "ngan-hang", "da-tra"),
        }[act]
        record = body(number, AT, by, act, run, name, debit, credit, amount)
        last = chained(last, record)
        file.write(f"{record}\t{last}\n".encode())
        sums[debit] += amount
        sums[credit] -= amount
    file.writelines(f"balance\t{account}\t{held}\n".encode() for account, held in sums.items())
    file.write(f"end\t{number}\t{last}\n".encode())
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--history", type=Path, default=HISTORY)
    wanted = parser.parse_args()
    with tempfile.TemporaryFile() as file:
        entries = write(file, -(-wanted.entries * RETURNED // ENTRIES_OF_FIFTY))
        size = file.tell()
        file.seek(0)
        load, began, cpu = os.getloadavg()[0], time.perf_counter(), cpu_seconds()
        verdict = verify(file)
        wall, cpu = time.perf_counter() - began, cpu_seconds() - cpu
    if verdict.findings or verdict.entries != entries:
        raise SystemExit(f"the made-up ledger is not right: {verdict.findings[:3]}")
    peak = peak_bytes() / 2**30
    print(
        f"{entries:,} entries, {verdict.lines:,} lines, {size / 2**20:,.0f} MiB; load of the machine before: {load:.1f}"
    )
    print(f"checked in {wall:.1f} s ({cpu:.1f} s of one core); limit for 5,000,000: {SECONDS} s")
    print(f"most memory held: {peak:.2f} GiB; limit for 5,000,000: {GIB} GiB")
    record = {
        "bench": "ledger",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": load,
        "entries": entries,
        "lines": verdict.lines,
        "bytes": size,
        "wall": wall,
        "cpu": cpu,
        "peak_gib": peak,
        "limits": {"wall": SECONDS, "peak_gib": GIB},
    }
    with wanted.history.open("a", encoding="utf-8") as history:
        history.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
