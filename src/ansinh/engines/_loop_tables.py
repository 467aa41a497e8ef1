"""Dated tables packed for the loop: one row per key, holding what is in force in each version of the school year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from ansinh.core.dates import MONTHS_IN_YEAR
from ansinh.core.resolve import Plan
from ansinh.core.tables import FACTS, Kind, Role
from ansinh.engines._loop_kernel import NULL, hold
from ansinh.engines._loop_source import CODE_NULL, DATE_NULL, EPOCH

SPARSE = 4  # Whole-number keys index the table directly while they leave at most three places in four empty.


def whole(fact: str, column: str) -> pl.Expr:
    """A column of facts as whole numbers without gaps: truth values 0, 1 (not known) and 2; codes, days and numbers with
    what stands for "not known" in each (see _loop_source)."""
    taken = pl.col(column)
    match FACTS[fact].kind:
        case Kind.BOOL:
            return (taken.cast(pl.Int8) * 2).fill_null(1).cast(pl.Int8)
        case Kind.CODE:
            return taken.cast(pl.Int16).fill_null(CODE_NULL).cast(pl.Int16)
        case Kind.DATE:
            return taken.cast(pl.Date).to_physical().fill_null(DATE_NULL).cast(pl.Int32)
    return taken.cast(pl.Int64).fill_null(NULL).cast(pl.Int64)


@dataclass(frozen=True)
class Packed:
    """A dated table by key.

    data [key, version times columns]: the row past the last holds "not known", for keys that are not there.
    versions: for each position of the school year, the version in force on the first day of its month.
    rows: key → row, where keys are text or far apart; None where the row is the key less `low`.
    """

    data: Any
    low: int
    versions: tuple[int, ...]
    rows: pl.DataFrame | None

    def row(self, key: str) -> pl.Expr:
        """The column that holds a learner's key, as the loop reads it (see _loop_kernel.row_of)."""
        column = pl.col(key) if self.rows is None else pl.col(f"row of {key}")
        return column.cast(pl.Int64).fill_null(self.low - 1).alias(key)

    def beside(self, learners: pl.LazyFrame, key: str) -> pl.LazyFrame:
        """Learners with the row of their key beside it, where the key itself does not tell."""
        if self.rows is None:
            return learners
        rows = self.rows.rename({"key": key, "row": f"row of {key}"}).lazy()
        return learners.join(rows, on=key, how="left", maintain_order="left")


def pack(
    table: pl.LazyFrame, role: Role, columns: Sequence[str], plan: Plan, put: Callable[..., None] = hold
) -> Packed:
    """A dated table as known on the plan's day; `put` is _loop_kernel.hold, compiled or as it stands."""
    if plan.known is not None:
        table = table.filter(pl.col("learned") <= plan.known)
    facts = [role.facts[column] for column in columns]
    days = [pl.col(name).cast(pl.Date).to_physical() for name in ("since", "until", "learned")]
    values = [whole(fact, column).alias(column) for fact, column in zip(facts, columns, strict=True)]
    held = table.filter(pl.col("key").is_not_null()).select("key", *days, *values).collect(engine="streaming")
    index, low, size, rows = _numbered(held["key"])
    spans = tuple(held[name].to_numpy() for name in ("since", "until", "learned"))
    firsts = np.array([(plan.year.month(p).first_day - EPOCH).days for p in range(MONTHS_IN_YEAR)], np.int32)
    versions = _versions(firsts, spans[:2])
    starts = firsts[[versions.index(v) for v in range(versions[-1] + 1)]]
    nothing = pl.DataFrame({c: [None] for c in columns}).select(
        whole(fact, column).alias(column) for fact, column in zip(facts, columns, strict=True)
    )
    kind: Any = np.int64 if any(FACTS[fact].kind is Kind.INT for fact in facts) else np.int32
    if all(FACTS[fact].kind in (Kind.BOOL, Kind.CODE) for fact in facts):
        kind = np.int16
    data = np.empty((size + 1, len(starts) * len(columns)), kind)
    data[:] = np.tile(nothing.to_numpy()[0], len(starts))
    best = np.full((size, len(starts)), DATE_NULL, np.int32)
    put(index, spans, held.select(columns).to_numpy().astype(kind), starts, best, data)
    return Packed(data, low, versions, rows)


def _numbered(keys: pl.Series) -> tuple[Any, int, int, pl.DataFrame | None]:
    """Each row's place in the packed table, the lowest key, the number of places, and the places by key if keys do not tell."""
    if keys.dtype.is_integer() and len(keys):
        low, high = int(keys.min()), int(keys.max())  # type: ignore[arg-type]
        if high - low < SPARSE * len(keys) + 1024:
            return (keys.cast(pl.Int64) - low).to_numpy(), low, high - low + 1, None
    rows = keys.unique().sort().to_frame("key").with_row_index("row")
    index = keys.to_frame("key").join(rows, on="key", how="left", maintain_order="left")["row"]
    return index.cast(pl.Int64).to_numpy(), 0, rows.height, rows


def _versions(firsts: Any, edges: Sequence[Any]) -> tuple[int, ...]:
    """The version of each position: a new one begins with the first month that opens on or after the day of a change."""
    changed = np.zeros(len(firsts), bool)
    for days in edges:
        inside = np.unique(days[(days > firsts[0]) & (days <= firsts[-1])])
        changed[np.searchsorted(firsts, inside)] = True
    return tuple(int(version) for version in np.cumsum(changed))
