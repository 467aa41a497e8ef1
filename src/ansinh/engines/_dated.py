"""Dated tables beside learners: the part of the fast engine that finds which row held, and joins it.

A table is turned wide once (one row a key, one column a fact and version), however many roles lean on it: a version is a run
of months in which no row of the table begins or ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from ansinh.core.tables import ROLES, Role


def collected(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    """A lazy frame as Polars columns, whichever engine it runs on."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return native.collect(engine="streaming")
    return pl.DataFrame(frame.collect(backend="polars").to_native())


Store = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]  # Computes a frame and keeps it, on its own engine.


@dataclass(frozen=True)
class Dated:
    """One table cut into versions: the version of each month asked for, and the frames to join by key.

    versions: place of each month's version. parts: frames with `key` and columns `fact@version`, each key once.
    """

    versions: tuple[int, ...]
    parts: tuple[nw.LazyFrame[Any], ...]


def dated(table: nw.LazyFrame[Any], facts: Sequence[str], firsts: Sequence[date], store: Store) -> Dated:
    """Cut a table (key, since, until, learned, facts) by the first days of months, given in order."""
    edges = _edges(table, firsts[0], firsts[-1]) if firsts else []
    versions: list[int] = []
    days: list[date] = []
    for number, first in enumerate(firsts):
        if number == 0 or any(firsts[number - 1] < edge <= first for edge in edges):
            days.append(first)
        versions.append(len(days) - 1)
    wide = _wide(table, facts, days, store)
    if wide is not None:
        return Dated(tuple(versions), (wide,))
    return Dated(tuple(versions), tuple(_latest(table, facts, day, v) for v, day in enumerate(days)))


def _edges(table: nw.LazyFrame[Any], low: date, high: date) -> list[date]:
    """Days within the year on which a row of a dated table begins or ends."""
    found: set[date] = set()
    for name in ("since", "until"):
        inside = table.filter((nw.col(name) > low) & (nw.col(name) <= high)).select(name).unique()
        found |= set(collected(inside)[name].to_list())
    return sorted(found)


def _holds(on: date) -> nw.Expr:
    return (nw.col("since") <= on) & (nw.col("until") > on)


def _wide(
    table: nw.LazyFrame[Any], facts: Sequence[str], days: Sequence[date], store: Store
) -> nw.LazyFrame[Any] | None:
    """Every version in one pass over the table; None when a correction makes two rows of a key hold on one day."""
    found: dict[str, nw.Expr] = {}
    counts: dict[str, nw.Expr] = {}
    for version, day in enumerate(days):
        found |= {
            f"{fact}@{version}": nw.when(_holds(day)).then(nw.col(fact)).otherwise(nw.lit(None)) for fact in facts
        }
        counts[f"held{version}"] = nw.when(_holds(day)).then(nw.lit(1)).otherwise(nw.lit(0))
    cut = table.select("key", **found, **counts)
    # Of one row the largest value is that value; the counts say that there is no more than one.
    sums = {name: nw.col(name).sum() for name in counts}
    wide = store(cut.group_by("key").agg(*(nw.col(name).max() for name in found), **sums))
    most = collected(wide.select(**{name: nw.col(name).max() for name in counts}))
    if max((most[name][0] or 0 for name in counts), default=0) > 1:
        return None
    return wide.drop(*counts)


def _latest(table: nw.LazyFrame[Any], facts: Sequence[str], on: date, version: int) -> nw.LazyFrame[Any]:
    """The row of each key that holds on a day: of several, the one learned last."""
    held = table.filter(_holds(on))
    latest = held.group_by("key").agg(nw.col("learned").max())
    held = held.join(latest, on=["key", "learned"], how="inner")
    return held.select("key", *(nw.col(fact).alias(f"{fact}@{version}") for fact in facts))


def roles_read(read: Collection[str], tables: Mapping[str, Any], keys: Collection[str]) -> list[Role]:
    """Roles whose table and key are given and of which some fact is read."""
    return [
        role
        for role in ROLES
        if role.table in tables and role.key in keys and any(fact in read for fact in role.facts.values())
    ]
