"""One run of this project over a population, in a process of its own; prints its figures as JSON.

python bench/_run_ours.py FOLDER [SAVE]     SAVE: where the amounts go, [benefit, month, learner], for comparison.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

from _measure import Stages, say
from ansinh.core.dates import USUAL_STUDY_MONTHS, SchoolYear
from ansinh.engines.frames import Columns, Frames, frames
from ansinh.law import load

START = 2024
WRITTEN = "--written"
BENEFITS = (
    "lunch", "tuition", "study_cost", "semi_boarding_meals", "semi_boarding_lodging", "semi_boarding_rice",
    "nursery_semi_boarding",
)  # fmt: skip


def population(folder: Path) -> Columns:
    tables = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in ("household", "place")}
    return Columns(pl.scan_parquet(folder / "learners.parquet"), tables)


def main() -> None:
    stages = Stages()
    plan = load().plan(SchoolYear(START), benefits=BENEFITS)
    stages.end("law")
    found = frames(population(Path(sys.argv[1])), plan)
    stages.end("load, join and compile")
    # Held as OpenFisca holds its arrays, but by kind: the kind of each learner, and each kind's reason and amount by month.
    found.decided()
    stages.end("decide, with reasons")
    totals = found.totals()
    stages.end("totals")
    if WRITTEN in sys.argv:
        written = found.amounts()
        stages.end("write out")
        if written.height != pl.scan_parquet(Path(sys.argv[1]) / "learners.parquet").select(pl.len()).collect().item():
            raise SystemExit("learners were lost")
    place = {benefit.name: index for index, benefit in enumerate(plan.benefits)}
    say(stages, {name: [totals[place[name]].yes, totals[place[name]].quantity] for name in BENEFITS})
    if len(sys.argv) > 2 and WRITTEN not in sys.argv:
        np.save(sys.argv[2], amounts(found, place))


def amounts(found: Frames, place: dict[str, int]) -> np.ndarray:
    """Amounts as [benefit, month, learner], learners in the order of their numbers."""
    wide = found.amounts().sort("learner")
    result = np.zeros((len(BENEFITS), len(USUAL_STUDY_MONTHS), wide.height), dtype=np.int32)
    for number, segment in enumerate(found.segments):
        for rule in segment.rules:
            row = next(i for i, name in enumerate(BENEFITS) if place[name] == rule.benefit)
            for position in segment.positions:
                result[row, position - USUAL_STUDY_MONTHS[0]] = wide[f"q{number}_{rule.benefit}"].to_numpy()
    return result


if __name__ == "__main__":
    main()
