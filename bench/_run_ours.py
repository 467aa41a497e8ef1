"""One run of this project over a population, in a process of its own; prints its figures as JSON.

python bench/_run_ours.py FOLDER [--engine frames|loop] [--written] [--save FILE]

--save: where the amounts go, [benefit, month, learner], for comparison.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from _measure import Stages, say
from ansinh.core.dates import USUAL_STUDY_MONTHS, SchoolYear
from ansinh.core.decide import Total
from ansinh.core.resolve import Plan
from ansinh.engines.frames import Columns, Frames, frames
from ansinh.law import load

if TYPE_CHECKING:
    from ansinh.engines.loop import Loop

START = 2024
BENEFITS = (
    "lunch", "tuition", "study_cost", "semi_boarding_meals", "semi_boarding_lodging", "semi_boarding_rice",
    "nursery_semi_boarding",
)  # fmt: skip


def population(folder: Path) -> Columns:
    tables = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in ("household", "place")}
    return Columns(pl.scan_parquet(folder / "learners.parquet"), tables)


def by_frames(people: Columns, plan: Plan, stages: Stages, save: Path | None, written: bool) -> list[Total]:
    found = frames(people, plan)
    stages.end("load, join and compile")
    # Held as OpenFisca holds its arrays, but by kind: the kind of each learner, and each kind's reason and amount by month.
    found.decided()
    stages.end("decide, with reasons")
    totals = found.totals()
    stages.end("totals")
    if written:
        height = found.amounts().height
        stages.end("write out")
        if height != pl.DataFrame(people.learners.select(pl.len()).collect()).item():
            raise SystemExit("learners were lost")
    if save:
        np.save(save, frames_amounts(found, plan))
    return totals


def by_loop(people: Columns, plan: Plan, stages: Stages, save: Path | None) -> list[Total]:
    """Every reason is found and counted as learners stream through; nothing is held but totals by benefit and reason."""
    from ansinh.engines.loop import loop

    found = loop(people, plan)
    stages.end("dated tables, and the loop found compiled")
    totals = found.totals()
    stages.end("load and decide, with reasons")
    if save:
        np.save(save, loop_amounts(found, plan))
    return totals


def frames_amounts(found: Frames, plan: Plan) -> np.ndarray:
    """Amounts as [benefit, month, learner], learners in the order of their numbers."""
    wide = found.amounts().sort("learner")
    rows = {place: row for row, place in enumerate(_places(plan))}
    result = np.zeros((len(BENEFITS), len(USUAL_STUDY_MONTHS), wide.height), dtype=np.int32)
    for number, segment in enumerate(found.segments):
        for rule in segment.rules:
            for position in segment.positions:
                amount = wide[f"q{number}_{rule.benefit}"].to_numpy()
                result[rows[rule.benefit], position - USUAL_STUDY_MONTHS[0]] = amount
    return result


def loop_amounts(found: Loop, plan: Plan) -> np.ndarray:
    """The same from the loop, which fills in only the benefits that some rule grants in a run of months."""
    held = found.decided()
    order = np.argsort(held.learners.to_numpy())
    rows = {place: row for row, place in enumerate(_places(plan))}
    result = np.zeros((len(BENEFITS), len(USUAL_STUDY_MONTHS), len(order)), dtype=np.int32)
    for number, run in enumerate(found.runs):
        for rule in found.shape.sets[run.which].rules:
            for position in set(run.positions) & set(USUAL_STUDY_MONTHS):
                amount = held.quantities[order, number, rule.benefit]
                result[rows[rule.benefit], position - USUAL_STUDY_MONTHS[0]] = amount
    return result


def _places(plan: Plan) -> list[int]:
    names = [benefit.name for benefit in plan.benefits]
    return [names.index(name) for name in BENEFITS]


def imported(engine: str) -> None:
    """Importing is no part of what is measured, ours or OpenFisca's: nor what numba imports when first asked for a function."""
    importlib.import_module(f"ansinh.engines.{engine}")
    if engine == "loop":
        from numba.core.registry import cpu_target

        cpu_target.typing_context.refresh()
        cpu_target.target_context.refresh()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("frames", "loop"), default="frames")
    parser.add_argument("--written", action="store_true")
    parser.add_argument("--save", type=Path)
    asked = parser.parse_args()
    imported(asked.engine)
    stages = Stages()
    plan = load().plan(SchoolYear(START), benefits=BENEFITS)
    stages.end("law")
    people = population(asked.folder)
    if asked.engine == "loop":
        totals = by_loop(people, plan, stages, asked.save)
    else:
        totals = by_frames(people, plan, stages, asked.save, asked.written)
    found = [totals[place] for place in _places(plan)]
    say(stages, {name: [one.yes, one.quantity] for name, one in zip(BENEFITS, found, strict=True)})


if __name__ == "__main__":
    main()
