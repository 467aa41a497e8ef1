"""Made-up rosters as text tables, as many rows as asked: what `bench/registry.py` and the full demo send through the doors."""

from __future__ import annotations

import csv
import io
from datetime import date

from ansinh.sheets import _sample
from ansinh.sheets.learner_roster import TEMPLATE


def roster(seed: int, school: _sample.SampleSchool, learners: int, changed: int = 0) -> bytes:
    """A roster in the template's columns as .csv; of the first `changed` children one fact is other than without."""
    rows = _sample.sample_rows(seed, school=school, learners=learners)
    for row in rows[:changed]:
        row["disabled"] = "Không" if row.get("disabled") == "Có" else "Có"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for name, value in school.facts().items():
        writer.writerow([TEMPLATE.column(name).vi, value])
    writer.writerow([column.vi for column in TEMPLATE.columns])
    writer.writerows([_cell(row.get(column.name)) for column in TEMPLATE.columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    return "" if value is None else value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
