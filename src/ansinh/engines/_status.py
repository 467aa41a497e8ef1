"""A learner's own status through time: the part of the fast engine that lays dated status rows over the learner's own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from ansinh.core.dates import MONTHS_IN_YEAR
from ansinh.core.nodes import facts_in
from ansinh.core.resolve import Plan
from ansinh.core.tables import ENROLLED, FACTS, ROLES, STATUS
from ansinh.engines._dated import Store, collected, dated
from ansinh.engines._expressions import dtype_of, total

Frame = nw.LazyFrame[Any]
Names = Sequence[dict[str, str]]  # By position in the year: fact or key → the column that holds it in that month.


def with_status(frame: Frame, tables: Mapping[str, Any], plan: Plan, store: Store) -> tuple[Frame, Names]:
    """Learners with what their status rows say beside their own columns, and which column to read in each month.

    `months` comes back less the months by whose first day the learner had left. Without a status table nothing changes.
    """
    names: Names = [{} for _ in range(MONTHS_IN_YEAR)]
    if STATUS not in tables:
        return frame, names
    status = nw.from_native(tables[STATUS]).lazy()
    if plan.known is not None:
        status = status.filter(nw.col("learned") <= plan.known)
    said = set(status.collect_schema().names())
    needed = {ENROLLED, *(role.key for role in ROLES), *_read(plan)}
    for name in sorted(said & needed):
        frame = _laid_over(frame, status, name, plan, names, store)
    return store(_less_months_left(frame, names)), names


def _read(plan: Plan) -> set[str]:
    rules = [rule for stretch in plan.stretches for rule in stretch.rules]
    trees = [
        tree for rule in rules for tree in (*rule.who, *rule.bars, *(part for pair in rule.grounds for part in pair))
    ]
    return {fact for tree in trees for fact in facts_in(tree)}


def _laid_over(frame: Frame, status: Frame, name: str, plan: Plan, names: Names, store: Store) -> Frame:
    """One fact or key that changes in time; where no status row says it, the learner's own row does."""
    own = name in frame.collect_schema().names()
    firsts = [plan.year.month(position).first_day for position in range(MONTHS_IN_YEAR)]
    inside = ~nw.col(name).is_null() & (nw.col("since") <= firsts[-1]) & (nw.col("until") > firsts[0])
    rows = store(status.filter(inside).select("key", "since", "until", "learned", name))
    if not collected(rows.select("key").head(1)).height:
        return frame if own else frame.with_columns(nw.lit(None).cast(_dtype(name)).alias(name))
    cut = dated(rows, [name], firsts, store)
    for part in cut.parts:
        given = [column for column in part.collect_schema().names() if column != "key"]
        shown = [nw.col(column).alias(f"{column}~") for column in given]
        frame = frame.join(part.select(nw.col("key").alias("learner"), *shown), on="learner", how="left")
    for version in range(max(cut.versions) + 1):
        found = nw.col(f"{name}@{version}~")
        value = nw.when(found.is_null()).then(nw.col(name)).otherwise(found) if own else found
        frame = frame.with_columns(value.alias(_column(name, version))).drop(f"{name}@{version}~")
    for by, version in zip(names, cut.versions, strict=True):
        by[name] = _column(name, version)
    return frame


def _column(name: str, version: int) -> str:
    return f"{name}@s{version}"


def _less_months_left(frame: Frame, names: Names) -> Frame:
    if ENROLLED not in names[0]:
        return frame
    mask = nw.col("months").cast(nw.Int64)
    off = [
        nw.when(~nw.col(by[ENROLLED])).then((mask // 2**p - (mask // 2 ** (p + 1)) * 2) * 2**p).otherwise(nw.lit(0))
        for p, by in enumerate(names)
    ]
    return frame.with_columns(months=(mask - total(off)).cast(nw.Int32))


def _dtype(name: str) -> Any:
    if name in FACTS:
        return dtype_of(name)
    return nw.Boolean if name == ENROLLED else nw.String
