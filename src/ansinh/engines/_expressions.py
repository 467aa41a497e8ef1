"""Trees as column expressions through narwhals: the part of the fast engine that knows the words of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw

from ansinh.core.nodes import (
    AgeYears,
    All,
    AnyOf,
    Arithmetic,
    Choose,
    Compare,
    Const,
    Fact,
    Missing,
    Node,
    Not,
    OneOf,
    YearOf,
)
from ansinh.core.tables import FACTS, Kind


def expression(tree: Node) -> Any:
    """A resolved tree as a narwhals expression; null is not known, and null logic is Kleene's on every engine."""
    match tree:
        case Const(value):
            return nw.lit(value)
        case Fact(name):
            return nw.col(name)
        case All(parts):
            return every([expression(part) for part in parts])
        case AnyOf(parts):
            return reduce(lambda a, b: a | b, [expression(part) for part in parts])
        case Not(part):
            return ~expression(part)
        case Missing(part):
            return expression(part).is_null()
        case Compare(op, AgeYears(birth, int(month_index)), Const(int(years))) if _is_day(month_index, years):
            return _aged(op, expression(birth), month_index, years)
        case Compare(op, left, right):
            return _compare(op, expression(left), expression(right))
        case OneOf(part, values):
            # is_in treats a missing value differently between layers; a chain of equalities does not.
            return reduce(lambda a, b: a | b, [expression(part) == value for value in values])
        case Arithmetic(op, left, right):
            a, b = expression(left).cast(nw.Int64), expression(right).cast(nw.Int64)
            return {"+": a + b, "-": a - b, "*": a * b}[op] if op != "//" else a // b
        case YearOf(part):
            return expression(part).dt.year().cast(nw.Int64)
        case AgeYears(birth, month_index):
            day = expression(birth)
            born = day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1
            late = nw.when(day.dt.day() > 1).then(nw.lit(1)).otherwise(nw.lit(0))
            return (nw.lit(month_index) - born - late.cast(nw.Int64)) // 12
        case Choose(branches, otherwise):
            chain = expression(otherwise)
            for condition, result in reversed(branches):
                holds = expression(condition)
                chain = nw.when(holds).then(expression(result)).when(~holds).then(chain).otherwise(nw.lit(None))
            return chain
    raise TypeError(f"{type(tree).__name__} was not resolved before deciding")


def _is_day(month_index: int, years: int) -> bool:
    return month_index - 12 * (years + 1) > 12 and month_index - 12 * years < 12 * 9999


def _aged(op: str, birth: Any, month_index: int, years: int) -> Any:
    """Age compared with a constant, as days compared: so old are those born by the first day of the month so many years ago."""

    def at_least(age: int) -> Any:
        return _compare("le", birth, nw.lit(date((month_index - 12 * age) // 12, month_index % 12 + 1, 1)))

    match op:
        case "ge":
            return at_least(years)
        case "lt":
            return ~at_least(years)
        case "gt":
            return at_least(years + 1)
        case "le":
            return ~at_least(years + 1)
    exactly = at_least(years) & ~at_least(years + 1)
    return exactly if op == "eq" else ~exactly


def _compare(op: str, a: Any, b: Any) -> Any:
    match op:
        case "eq":
            return a == b
        case "ne":
            return a != b
        case "lt":
            return a < b
        case "le":
            return a <= b
        case "gt":
            return a > b
    return a >= b


def every(parts: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda a, b: a & b, parts) if parts else nw.lit(True)


def any_of(parts: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda a, b: a | b, parts) if parts else nw.lit(False)


def first_of(cases: Sequence[tuple[nw.Expr, int]], otherwise: int | nw.Expr) -> nw.Expr:
    """The value of the first case that is true, as Int16; a case not known is not true."""
    last = nw.lit(otherwise, nw.Int16) if isinstance(otherwise, int) else otherwise
    if not cases:
        return last
    # Two bytes from the start: a chain is as slow as the bytes it moves. One flat chain: nested ones take long to build.
    (condition, result), *others = cases
    chain = nw.when(condition).then(nw.lit(result, nw.Int16))
    for condition, result in others:
        chain = chain.when(condition).then(nw.lit(result, nw.Int16))
    return chain.otherwise(last)


def total(parts: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda a, b: a + b, parts)


def dtype_of(fact: str) -> Any:
    kind = FACTS[fact].kind
    return {Kind.BOOL: nw.Boolean, Kind.INT: nw.Int64, Kind.CODE: nw.Int16, Kind.DATE: nw.Date}[kind]
