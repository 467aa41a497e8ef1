"""Segments of a school year, and the amounts their reason codes stand for: parts of the fast engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from ansinh.core.decide import SUPERSEDED, Outcome, outcome_of
from ansinh.core.nodes import Const, Node
from ansinh.core.resolve import Ready
from ansinh.engines._dated import Store
from ansinh.engines._expressions import expression


@dataclass(frozen=True)
class Segment:
    """Months decided alike for everyone: one stretch of law, one version of each dated table.

    `holiday` marks the twin that covers months a learner does not study, for the rules that pay twelve months.
    """

    positions: tuple[int, ...]
    rules: tuple[Ready, ...]
    overlaps: tuple[tuple[int, ...], ...]
    holiday: bool = False


@dataclass(frozen=True)
class Decided:
    """Decisions by kind of learner: kind, months, n learners, and the columns `shown` names for a segment and benefit.

    shown: (segment, benefit) → column of codes and column of amounts; the latter is empty where the code decides the amount.
    masks: the different study masks of the learners, in order. benefits: how many the plan has.
    keep: stores a stage before the next is built on it (see frames.Columns).
    """

    frame: nw.LazyFrame[Any]
    segments: tuple[Segment, ...]
    shown: Mapping[tuple[int, int], tuple[str, str]]
    masks: tuple[int, ...]
    benefits: int
    keep: Store

    def code(self, number: int, benefit: int) -> nw.Expr:
        return nw.col(self.shown[number, benefit][0])

    def amount(self, number: int, rule: Ready) -> nw.Expr:
        return amount_in(self.shown, number, rule)


def amount_in(shown: Mapping[tuple[int, int], tuple[str, str]], number: int, rule: Ready) -> nw.Expr:
    """The amount of one month of a segment, as Int64 (0 unless owed); `shown` as in Decided."""
    code, amount = shown[number, rule.benefit]
    return nw.col(amount) if amount else quantity_of(rule, nw.col(code))


def runs(rule: Ready) -> list[tuple[int, int, Node]]:
    """Grounds in a row that give the same amount: first code, last code, amount."""
    found: list[tuple[int, int, Node]] = []
    for code, (_, quantity) in enumerate(rule.grounds, start=1):
        if found and found[-1][2] == quantity:
            found[-1] = (found[-1][0], code, quantity)
        else:
            found.append((code, code, quantity))
    return found


def amount_of(rule: Ready, code: int) -> int:
    """The amount a code stands for, of a rule whose amounts are all constants."""
    quantity = rule.grounds[code - 1][1] if outcome_of(code) is Outcome.YES else Const(0)
    assert isinstance(quantity, Const)
    return int(quantity.value)  # type: ignore[arg-type]


def within(code: nw.Expr, first: int, last: int) -> nw.Expr:
    """Is it a code from `first` to `last`, both included?"""
    return code == first if first == last else (code >= first) & (code <= last)


def owed(code: nw.Expr) -> nw.Expr:
    """Is the answer yes? See the reason codes of core.decide."""
    return (code > 0) & (code < SUPERSEDED)


def quantity_of(rule: Ready, code: nw.Expr) -> nw.Expr:
    """The amount of one month as Int64, from the code and, where the rule says so, from facts."""
    chain: nw.Expr = nw.lit(0)
    for first, last, quantity in reversed(runs(rule)):
        chain = nw.when(within(code, first, last)).then(expression(quantity)).otherwise(chain)
    return chain.cast(nw.Int64)
