"""The few words a rule may use: a small tree of frozen nodes.

Every value may be missing (None). Comparisons and arithmetic on a missing value are missing; `All`, `AnyOf` and `Not`
follow Kleene's strong logic. The vocabulary is kept to what gives the same answer on every engine: whole numbers, days,
truth values, comparison, and/or/not, one-of, when-chains, + - * and floor division by a positive constant.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

Plain = bool | int | date
Value = bool | int | date | None


@dataclass(frozen=True)
class Node:
    """Base of every word. Operators build trees; `is_` is used for equality so that nodes compare by structure."""

    def __bool__(self) -> bool:
        # Python's own words would drop half of a clause in silence: `a and b` is b, `not a` is False.
        raise TypeError(
            f"a clause has no truth of its own: write & | ~ and is_(), not `and`, `or`, `not`, `if`: {self}"
        )

    def is_(self, other: Node | Plain) -> Node:
        return Compare("eq", self, node(other))

    def is_not(self, other: Node | Plain) -> Node:
        return Compare("ne", self, node(other))

    def one_of(self, *values: int) -> Node:
        return OneOf(self, values)

    def between(self, low: int, high: int) -> Node:
        """Both ends included."""
        return All((Compare("ge", self, node(low)), Compare("le", self, node(high))))

    def __lt__(self, other: Node | Plain) -> Node:
        return Compare("lt", self, node(other))

    def __le__(self, other: Node | Plain) -> Node:
        return Compare("le", self, node(other))

    def __gt__(self, other: Node | Plain) -> Node:
        return Compare("gt", self, node(other))

    def __ge__(self, other: Node | Plain) -> Node:
        return Compare("ge", self, node(other))

    def __and__(self, other: Node) -> Node:
        return All((self, other))

    def __or__(self, other: Node) -> Node:
        return AnyOf((self, other))

    def __invert__(self) -> Node:
        return Not(self)

    def __add__(self, other: Node | int) -> Node:
        return Arithmetic("+", self, node(other))

    def __sub__(self, other: Node | int) -> Node:
        return Arithmetic("-", self, node(other))

    def __mul__(self, other: Node | int) -> Node:
        return Arithmetic("*", self, node(other))

    def __floordiv__(self, other: Node | int) -> Node:
        return Arithmetic("//", self, node(other))

    def percent(self, rate: Node | int) -> Node:
        """A whole percentage, the part of a đồng dropped (see core.money.percent_rounded_down)."""
        return Arithmetic("//", Arithmetic("*", self, node(rate)), Const(100))


@dataclass(frozen=True)
class Fact(Node):
    """A fact about the learner, by its name in core.tables."""

    name: str


@dataclass(frozen=True)
class Number(Node):
    """A number fixed by law, by name: its value is that in force in the month decided."""

    name: str


@dataclass(frozen=True)
class Calendar(Node):
    """What the calendar says of the month decided: `school_year` (the year it opens), `preparatory` (the August before),
    or `summer` (June to August)."""

    name: str


@dataclass(frozen=True)
class Const(Node):
    value: Plain


@dataclass(frozen=True)
class Compare(Node):
    op: str  # eq ne lt le gt ge
    left: Node
    right: Node


@dataclass(frozen=True)
class OneOf(Node):
    part: Node
    values: tuple[int, ...]


@dataclass(frozen=True)
class All(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Node):
    part: Node


@dataclass(frozen=True)
class Missing(Node):
    """True when the part is not known, false when it is: the one word that always has an answer."""

    part: Node


@dataclass(frozen=True)
class Arithmetic(Node):
    op: str  # + - * //
    left: Node
    right: Node


@dataclass(frozen=True)
class YearOf(Node):
    """The calendar year of a day."""

    part: Node


@dataclass(frozen=True)
class AgeYears(Node):
    """Complete years of age on the first day of the month decided (filled in as `month_index` when resolved)."""

    birth: Node
    month_index: int | None = None


@dataclass(frozen=True)
class Choose(Node):
    """The value of the first branch whose condition holds; missing as soon as a condition reached is missing."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


ARITHMETIC: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
}
COMPARISON: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def node(value: Node | Plain) -> Node:
    """Wrap a plain value; nodes pass through."""
    return value if isinstance(value, Node) else Const(value)


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    # The checker takes a class of frozen nodes for one that cannot be hashed; classes always can.
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


def children(tree: Node) -> tuple[Node, ...]:
    """The nodes directly under a node, in reading order."""
    found: list[Node] = []
    for name in _field_names(type(tree)):  # type: ignore[arg-type]
        value = getattr(tree, name)
        if isinstance(value, Node):
            found.append(value)
        elif name == "branches":
            for condition, result in value:
                found += [condition, result]
        elif isinstance(value, tuple):
            found += [part for part in value if isinstance(part, Node)]
    return tuple(found)


def walk(tree: Node) -> Iterator[Node]:
    """The node itself and every node under it, in reading order."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def facts_in(tree: Node) -> tuple[str, ...]:
    """Names of the facts a tree reads, each once, in reading order."""
    return tuple(dict.fromkeys(part.name for part in walk(tree) if isinstance(part, Fact)))


def rebuilt(tree: Node, change: Callable[[Node], Node]) -> Node:
    """The same node over changed children; a node without children is returned as it is."""
    match tree:
        case Compare(op, left, right):
            return Compare(op, change(left), change(right))
        case Arithmetic(op, left, right):
            return Arithmetic(op, change(left), change(right))
        case OneOf(part, values):
            return OneOf(change(part), values)
        case All(parts):
            return All(tuple(change(part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(change(part) for part in parts))
        case Not(part):
            return Not(change(part))
        case Missing(part):
            return Missing(change(part))
        case YearOf(part):
            return YearOf(change(part))
        case AgeYears(birth, month_index):
            return AgeYears(change(birth), month_index)
        case Choose(branches, otherwise):
            return Choose(tuple((change(c), change(r)) for c, r in branches), change(otherwise))
    return tree


def rename_facts(tree: Node, names: Mapping[str, str]) -> Node:
    """The tree with facts renamed; engines use it where one fact stands in several columns."""
    if isinstance(tree, Fact):
        return Fact(names.get(tree.name, tree.name))
    return rebuilt(tree, lambda part: rename_facts(part, names))
