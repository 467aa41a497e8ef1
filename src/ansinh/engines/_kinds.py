"""Kinds of learners: those for whom every condition of the law yields the same. Part of the fast engine, on Polars.

A million learners are some thousands of kinds. Each condition is reckoned for every learner and packed into whole numbers;
clauses, overlaps, amounts and totals are then reckoned once a kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from ansinh.engines._expressions import total

SMALL = 7  # Bits first packed into one byte, its sign left alone: most of the work then moves bytes, not words.
SLOTS = 8  # Such bytes in one Int64.
Place = tuple[int, int, int]  # Of a condition: its byte, the first bit in it, how many bits.


def kinds_of(
    frame: nw.LazyFrame[Any], conditions: Mapping[str, nw.Expr], unsure: set[str], facts: Sequence[str]
) -> tuple[nw.LazyFrame[Any], pl.DataFrame]:
    """Kinds (kind, months, n learners, facts, the conditions as columns), and the kind of each learner (learner, kind).

    unsure: the conditions that may be null. facts: columns by which learners are told apart beside months and conditions.
    """
    layout = _layout(conditions, unsure)
    keys = _keys(layout)
    frame = frame.with_columns(**conditions) if conditions else frame
    packed = frame.select("learner", "months", *facts, **keys).to_native()
    learners = packed.collect(engine="streaming")
    names = ["months", *facts, *keys]
    kinds = learners.lazy().group_by(names).agg(n=pl.len().cast(pl.Int64)).collect(engine="streaming")
    kinds = kinds.with_row_index("kind")
    found = learners.lazy().join(kinds.lazy().drop("n"), on=names, how="left", nulls_equal=True)
    shown = {name: _unpacked(*place) for name, place in layout.items()}
    wide = nw.from_native(kinds.lazy()).with_columns(**shown) if shown else nw.from_native(kinds.lazy())
    return wide.drop(*keys), found.select("learner", "kind").collect(engine="streaming")


def _layout(conditions: Mapping[str, nw.Expr], unsure: set[str]) -> dict[str, Place]:
    """Where each condition stands. One that may be null takes two bits."""
    found: dict[str, Place] = {}
    byte, bit = 0, 0
    for name in conditions:
        width = 2 if name in unsure else 1
        if bit + width > SMALL:
            byte, bit = byte + 1, 0
        found[name] = (byte, bit, width)
        bit += width
    return found


def _keys(layout: Mapping[str, Place]) -> dict[str, nw.Expr]:
    """The conditions, already columns, packed: 0 and 1 for no and yes; where there may be null 0, and 1 and 2 for no and yes."""
    bytes_: dict[int, list[nw.Expr]] = {}
    for name, (byte, bit, width) in layout.items():
        holds = nw.col(name)
        if width == 1:
            part = nw.when(holds).then(nw.lit(1 << bit, nw.Int8)).otherwise(nw.lit(0, nw.Int8))
        else:
            yes, no = nw.lit(2 << bit, nw.Int8), nw.lit(1 << bit, nw.Int8)
            part = nw.when(holds).then(yes).when(~holds).then(no).otherwise(nw.lit(0, nw.Int8))
        bytes_.setdefault(byte, []).append(part)
    words: dict[int, list[nw.Expr]] = {}
    for byte, parts in bytes_.items():
        words.setdefault(byte // SLOTS, []).append(total(parts).cast(nw.Int64) * 2 ** (SMALL * (byte % SLOTS)))
    return {f"p{word}": total(parts) for word, parts in words.items()}


def _unpacked(byte: int, bit: int, width: int) -> nw.Expr:
    word, low = nw.col(f"p{byte // SLOTS}"), SMALL * (byte % SLOTS) + bit
    digit: nw.Expr = word // 2**low - (word // 2 ** (low + width)) * 2**width
    if width == 1:
        is_yes: nw.Expr = digit == 1
        return is_yes
    return nw.when(digit == 2).then(nw.lit(True)).when(digit == 1).then(nw.lit(False)).otherwise(nw.lit(None))
