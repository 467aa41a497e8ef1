"""What a process used: wall and processor seconds by stage, and the most memory it held. Standard library only."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path


class Stages:
    """Seconds since the last stage ended, wall and processor (user and system, all threads)."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.began = self.last = time.perf_counter()
        self.cpu_before = cpu_seconds()

    def end(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = now - self.last
        self.last = now


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_bytes() -> int:
    """The most memory this process held. VmHWM where there is one: ru_maxrss may carry over what the parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def say(stages: Stages, totals: dict[str, list[int]]) -> None:
    """Print one run's figures as a line of JSON: `totals` are learners paid at least once, and the year's quantity."""
    cpu = cpu_seconds() - stages.cpu_before
    wall = stages.last - stages.began
    figures = {"wall": wall, "cpu": cpu, "peak": peak_bytes(), "stages": stages.stages, "totals": totals}
    print(json.dumps(figures), flush=True)
