"""One run of OpenFisca over a population, in a process and an environment of its own; prints its figures as JSON.

python bench/_run_openfisca.py FOLDER [SAVE]     SAVE: where the amounts go, [benefit, month, learner], for comparison.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import openfisca_core  # noqa: F401  Importing is not part of what is measured.
import polars as pl
from openfisca_core.simulations import SimulationBuilder

import _openfisca_policies as law
from _measure import Stages, say

MONTHS = [f"2024-{m:02d}" for m in range(9, 13)] + [f"2025-{m:02d}" for m in range(1, 6)]
BENEFITS = (
    "lunch", "tuition", "study_cost", "semi_boarding_meals", "semi_boarding_lodging", "semi_boarding_rice",
    "nursery_semi_boarding",
)  # fmt: skip


def held(table: pl.DataFrame, month: str) -> pl.DataFrame:
    """The rows in force on the first day of a month, by key (keys are 0 to n-1)."""
    day = date.fromisoformat(f"{month}-01")
    return table.filter((pl.col("since") <= day) & (pl.col("until") > day)).sort("key")


def spans(table: pl.DataFrame) -> list[tuple[str, int]]:
    """Months decided alike: (first month, how many)."""
    edges = {str(day)[:7] for day in table["since"].unique()}
    firsts = [i for i, month in enumerate(MONTHS) if i == 0 or month in edges]
    return [(MONTHS[i], j - i) for i, j in zip(firsts, [*firsts[1:], len(MONTHS)], strict=True)]


def simulation(folder: Path):
    """Build the simulation and set every fact; facts of households and places are set for the months they hold."""
    learners = pl.read_parquet(folder / "learners.parquet")
    household, place = (pl.read_parquet(folder / f"{name}.parquet") for name in ("household", "place"))
    system = law.system()
    builder = SimulationBuilder()
    builder.create_entities(system)
    groups = {"household": (household, "household"), **{name: (place, f"{name}_place") for name in law.PLACES}}
    builder.populations["learner"].count = learners.height
    for name, (table, key) in groups.items():
        population = builder.populations[name]
        population.count = table["key"].n_unique()
        # Keys are already places in the group's own arrays: the builder's sorting of identifiers would only cost time.
        population.members_entity_id = learners[key].to_numpy().astype(np.intp)
    sim = builder.build(system)
    for name in ("birth_date", *law.OWN_FLAGS, *law.OWN_NUMBERS):
        sim.get_holder(name).set_input("eternity", learners[name].to_numpy())
    grandparents = learners["grandparents_household"].fill_null(0).to_numpy()
    for month, count in spans(household):
        poverty = held(household, month)["poverty"].to_numpy()
        sim.set_input("poverty", f"month:{month}:{count}", poverty)
        sim.set_input("grandparents_poverty", f"month:{month}:{count}", poverty[grandparents])
    for month, count in spans(place):
        rows = held(place, month)
        for name in law.PLACES:
            for column in ("area", *law.PLACE_FLAGS):
                sim.set_input(f"{name}_{column}", f"month:{month}:{count}", rows[column].to_numpy())
    return sim


def main() -> None:
    stages = Stages()
    sim = simulation(Path(sys.argv[1]))
    stages.end("load")
    totals = {}
    for benefit in BENEFITS:
        amounts = [sim.calculate(benefit, month) for month in MONTHS]
        paid = np.zeros(len(amounts[0]), dtype=bool)
        for month in amounts:
            paid |= month > 0
        totals[benefit] = [int(paid.sum()), sum(int(month.sum(dtype=np.int64)) for month in amounts)]
    stages.end("decide")
    say(stages, totals)
    if len(sys.argv) > 2:
        np.save(sys.argv[2], np.stack([[sim.calculate(b, m) for m in MONTHS] for b in BENEFITS]))


if __name__ == "__main__":
    main()
