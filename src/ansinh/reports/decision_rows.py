"""Every decision as a row: learner, month, benefit, answer, clause. For other programs: the columns never move."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ansinh.core.decide import Decision, Decisions
from ansinh.core.tables import People, Row
from ansinh.reports._report import FileUsed, Heading, Report
from ansinh.reports._table import csv_bytes
from ansinh.reports._text import basis_vi, plain, reason, rule_of

# quantity is per month in `unit` (VND, kg, % of tuition), 0 unless the outcome is YES; missing holds names of facts.
COLUMNS = (
    "learner", "name", "class", "month", "benefit", "outcome", "quantity", "unit", "document", "cite", "basis",
    "reason_vi", "reason_en", "missing", "superseded_by", "doubts",
)  # fmt: skip

Cell = str | int


@dataclass(frozen=True)
class DecisionRows:
    """Rows of cells in the order of COLUMNS."""

    rows: tuple[tuple[Cell, ...], ...]


def figures(
    decisions: Decisions,
    people: People,
    *,
    heading: Heading | None = None,
    on: date | None = None,
    file: FileUsed | None = None,
) -> DecisionRows:
    """Every decision in words. Heading, day and file have no place in a bare table and are not used."""
    return DecisionRows(tuple(_row(decision, decisions, people.names) for decision in decisions.rows()))


def _row(decision: Decision, decisions: Decisions, names: Mapping[str, Row]) -> tuple[Cell, ...]:
    rule = rule_of(decision, decisions.plan)
    cite = decision.cite or rule.rule.cite
    named = names.get(decision.learner, {})
    vi, en = reason(decision, decisions.law, rule)
    return (
        decision.learner,
        plain(named.get("name")),
        plain(named.get("class")),
        str(decision.month),
        decision.benefit,
        decision.outcome.name,
        decision.quantity,
        decision.unit,
        decision.document.id,
        cite,
        basis_vi(cite, decision.document),
        vi,
        en,
        " ".join(decision.missing),
        decision.superseded_by or "",
        " ".join(doubt.vi for doubt in decision.doubts),
    )


def _write_csv(found: DecisionRows) -> bytes:
    return csv_bytes(COLUMNS, found.rows)


def _write_parquet(found: DecisionRows) -> bytes:
    import polars as pl  # Heavy, and only this form needs it.

    kinds = {name: pl.Int64 if name == "quantity" else pl.String for name in COLUMNS}
    memory = io.BytesIO()
    pl.DataFrame(found.rows, schema=kinds, orient="row").write_parquet(memory)
    return memory.getvalue()


REPORT = Report(
    name="decision_rows",
    vi="Từng quyết định",
    en="Every decision",
    figures=figures,
    forms={"csv": _write_csv, "parquet": _write_parquet},
)
