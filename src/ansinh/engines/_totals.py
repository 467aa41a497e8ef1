"""Totals of a school year: learners by their best answer, months and amounts, under the yearly caps. Part of the fast engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from ansinh.core.dates import FULL_YEAR, MONTHS_IN_YEAR, PREPARATORY
from ansinh.core.decide import UNKNOWN, Total
from ansinh.engines._dated import collected
from ansinh.engines._expressions import total
from ansinh.engines._segments import Decided, Segment, owed


def totals(of: Decided) -> list[Total]:
    """One total per benefit; see core.decide.Total. Months of each kind are counted under the caps, then weighed."""
    sums: dict[str, nw.Expr] = {}
    frame = _capped(of)
    for benefit in range(of.benefits):
        held = [(n, rule) for n, segment in enumerate(of.segments) for rule in segment.rules if rule.benefit == benefit]
        if not held:
            continue
        yes = [nw.col(f"y{n}_{benefit}") for n, _ in held]
        doubt = [nw.col(f"d{n}_{benefit}") for n, _ in held]
        studied = [nw.col(f"n{n}") for n, _ in held]
        any_yes, any_doubt = total(yes) > 0, total(doubt) > 0
        sums[f"yes{benefit}"] = _count(any_yes)
        sums[f"cannot{benefit}"] = _count(~any_yes & any_doubt)
        sums[f"no{benefit}"] = _count(~any_yes & ~any_doubt & (total(studied) > 0))
        sums[f"months{benefit}"] = (total(yes) * nw.col("n")).sum()
        owing = total([y * of.amount(n, rule) for (n, rule), y in zip(held, yes, strict=True)])
        sums[f"quantity{benefit}"] = (owing * nw.col("n")).sum()
    row = collected(frame.select(**sums)).row(0, named=True) if sums else {}

    def get(name: str, benefit: int) -> int:
        return int(row.get(f"{name}{benefit}") or 0)

    return [
        Total(get("yes", b), get("no", b), get("cannot", b), get("months", b), get("quantity", b))
        for b in range(of.benefits)
    ]


def _capped(of: Decided) -> nw.LazyFrame[Any]:
    """Months owed (`ys_b`) and in doubt (`ds_b`) per segment and benefit, the yearly cap applied in the order of months."""
    if not of.segments:
        return of.frame
    months = {f"n{number}": _months_covered(segment) for number, segment in enumerate(of.segments)}
    frame = of.keep(of.frame.with_columns(**months))
    binding = _caps_binding(of)
    used: set[int] = set()
    for number, segment in enumerate(of.segments):
        shown: dict[str, nw.Expr] = {}
        for rule in segment.rules:
            benefit = rule.benefit
            code, studied = of.code(number, benefit), nw.col(f"n{number}")
            yes, doubt = owed(code), code >= UNKNOWN
            if segment.positions == (PREPARATORY,) or rule.twelve or benefit not in binding:
                paid, open_ = _when(yes, studied), _when(doubt, studied)
            else:
                names = (f"paid{benefit}", f"used{benefit}")
                before = [nw.col(name) for name in names] if benefit in used else [nw.lit(0), nw.lit(0)]
                paid, open_, *after = _room(rule.cap, yes, doubt, studied, *before)
                # Kept as columns: as nested expressions they would double with every segment.
                shown |= dict(zip(names, after, strict=True))
                used.add(benefit)
            shown |= {f"y{number}_{benefit}": paid, f"d{number}_{benefit}": open_}
        frame = of.keep(frame.with_columns(**shown)) if shown else frame
    return frame


def _caps_binding(of: Decided) -> set[int]:
    """The benefits some learner's months of study may exceed the yearly cap of; for the others no counting is needed."""
    counted = [p for segment in of.segments if not segment.holiday for p in segment.positions if p != PREPARATORY]
    most = max((sum(mask >> position & 1 for position in counted) for mask in of.masks), default=0)
    return {rule.benefit for segment in of.segments for rule in segment.rules if rule.cap < most}


def _months_covered(segment: Segment) -> nw.Expr:
    studied = _months_studied(segment.positions)
    if not segment.holiday:
        return studied
    full = _months_studied(range(1, MONTHS_IN_YEAR)) >= FULL_YEAR
    return nw.when(full).then(nw.lit(len(segment.positions)) - studied).otherwise(nw.lit(0)).cast(nw.Int64)


def _months_studied(positions: Sequence[int]) -> nw.Expr:
    """How many of these positions are set in the study mask; only `//`, `-` and `*`, which every engine reckons alike."""
    mask = nw.col("months").cast(nw.Int64)
    return total([mask // 2**p - (mask // 2 ** (p + 1)) * 2 for p in positions])


def _count(condition: nw.Expr) -> nw.Expr:
    """How many learners it holds for."""
    return _when(condition, nw.col("n")).sum()


def _when(condition: nw.Expr, months: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(months).otherwise(nw.lit(0)).cast(nw.Int64)


def _room(
    cap: int, yes: nw.Expr, doubt: nw.Expr, studied: nw.Expr, paid: nw.Expr, used: nw.Expr
) -> tuple[nw.Expr, nw.Expr, nw.Expr, nw.Expr]:
    """Months owed and in doubt in a segment, then the months paid and the places used after it.

    The first `cap` months that are owed or in question use up the places. Beyond them nothing is owed once `cap` months
    are paid; while a month in question holds a place, a later yes or question stays in doubt.
    """
    left = nw.when(used < cap).then(nw.lit(cap) - used).otherwise(nw.lit(0))
    fits = nw.when(studied < left).then(studied).otherwise(left)
    now_paid = _when(yes, fits)
    after = paid + now_paid
    open_ = _when(doubt & (after < cap), studied) + _when(yes & (after < cap), studied - fits)
    return now_paid, open_, after, used + _when(yes | doubt, fits)
