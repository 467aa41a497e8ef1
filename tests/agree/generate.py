"""Random laws and random people, made up: every word of a rule, missing values, boundary days, joins, ties, caps and overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from ansinh.core.dates import OPEN
from ansinh.core.nodes import (
    AgeYears,
    All,
    AnyOf,
    Arithmetic,
    Calendar,
    Choose,
    Compare,
    Const,
    Fact,
    Missing,
    Node,
    Not,
    Number,
    OneOf,
    YearOf,
)
from ansinh.core.resolve import Law, load_law
from ansinh.core.rules import Benefit, Condition, Document, Mark, NumberValue, Overlap, Replaces, Rule
from ansinh.core.tables import ENROLLED, FACTS, OWN_FACTS, ROLES, STATUS, Kind, People

YEAR = 2023
BOOLS = ["disabled", "no_support", "home_dbkk_hamlet", "school_dbkk_coast", "semi_boarder"]
CODES = ["poverty", "grandparents_poverty", "home_area", "parent_home_area", "level", "merit"]
INTS = ["distance_m", "grade"]
# The days on which things change: school-year edges, first and last days of months, leap day.
EDGES = [
    date(YEAR, 8, 1),
    date(YEAR, 9, 1),
    date(YEAR, 9, 2),
    date(YEAR, 12, 31),
    date(YEAR + 1, 1, 1),
    date(YEAR + 1, 2, 29),
    date(YEAR + 1, 7, 1),
    date(YEAR + 1, 8, 31),
    date(YEAR + 1, 9, 1),
]
LEARNERS = 25  # The most in one population.
KEYS = ["a", "b", "c", None]


@cache  # Building a strategy costs more than drawing from it.
def days() -> st.SearchStrategy[date]:
    return st.one_of(
        st.sampled_from(EDGES),
        st.tuples(st.sampled_from(EDGES), st.integers(-40, 40)).map(lambda pair: pair[0] + timedelta(days=pair[1])),
    )


@cache  # Building a strategy costs more than drawing from it.
def integers(monthly: bool) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.integers(-3, 12).map(Const),
        st.sampled_from(INTS).map(Fact),
        st.sampled_from(["amount", "share"]).map(Number),
        st.just(Calendar("school_year")),
        st.just(YearOf(Fact("birth_date"))),
        *([st.just(AgeYears(Fact("birth_date")))] if monthly else []),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(Arithmetic, st.sampled_from("+-*"), inner, inner),
            st.builds(Arithmetic, st.just("//"), inner, st.integers(1, 100).map(Const)),
            st.builds(lambda c, a, b: Choose(((c, a),), b), truths(monthly, 1), inner, inner),
        ),
        max_leaves=3,
    )


@cache  # Building a strategy costs more than drawing from it.
def truths(monthly: bool, depth: int = 2) -> st.SearchStrategy[Node]:
    ops = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
    leaf = st.one_of(
        st.sampled_from(BOOLS).map(Fact),
        st.builds(Compare, st.sampled_from(["eq", "ne"]), st.sampled_from(BOOLS).map(Fact), st.booleans().map(Const)),
        st.builds(_code_compare, st.sampled_from(CODES), ops, st.integers(0, 9)),
        st.builds(_code_one_of, st.sampled_from(CODES), st.sets(st.integers(0, 9), min_size=1, max_size=3)),
        st.builds(
            Compare,
            ops,
            st.just(Fact("birth_date")),
            days().map(lambda day: Const(day.replace(year=day.year - 6, day=min(day.day, 28)))),
        ),
        st.builds(Missing, st.sampled_from([*BOOLS, *CODES, *INTS, "birth_date"]).map(Fact)),
        *([st.sampled_from(["preparatory", "summer"]).map(Calendar)] if monthly else []),
    )
    if depth == 0:
        return leaf
    compare = st.deferred(lambda: st.builds(Compare, ops, integers(monthly), integers(monthly)))
    return st.recursive(
        st.one_of(leaf, compare) if depth > 1 else leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
            st.builds(lambda c, a, b: Choose(((c, a),), b), inner, inner, inner),
        ),
        max_leaves=4,
    )


def _value(name: str, seed: int) -> int:
    codes = FACTS[name].codes
    assert codes is not None
    return codes.codes[seed % len(codes.codes)].value


def _code_compare(name: str, op: str, seed: int) -> Node:
    return Compare(op, Fact(name), Const(_value(name, seed)))


def _code_one_of(name: str, seeds: set[int]) -> Node:
    return OneOf(Fact(name), tuple(sorted({_value(name, seed) for seed in seeds})))


@cache
def quantities(monthly: bool) -> st.SearchStrategy[Node]:
    fixed = [st.integers(0, 5).map(Const), st.just(Number("amount")), st.just(Number("amount").percent(15))]
    return st.one_of(*fixed, integers(monthly))


@cache
def clauses(monthly: bool, least: int, most: int, own: bool) -> st.SearchStrategy[list[tuple[Node, Node | None]]]:
    amounts = st.one_of(st.none(), quantities(monthly)) if own else st.none()
    return st.lists(st.tuples(truths(monthly), amounts), min_size=least, max_size=most)


@st.composite
def rules(draw: st.DrawFn, benefit: str, monthly: bool) -> Rule:
    def conditions(least: int, most: int, own: bool) -> tuple[Condition, ...]:
        pairs = draw(clauses(monthly, least, most, own))
        return tuple(Condition(f"1.{k}", "", "", holds, amount) for k, (holds, amount) in enumerate(pairs))

    twelve = draw(st.sampled_from([False, False, True]))
    return Rule(
        benefit,
        "1",
        conditions(0, 2, False),
        conditions(1, 3, True),
        draw(quantities(monthly)),
        12 if twelve else draw(st.sampled_from([1, 2, 3, 9, 10, 12])),
        bars=conditions(0, 2, False),
        preparatory=draw(st.booleans()),
        twelve=twelve,
    )


@st.composite
def laws(draw: st.DrawFn) -> Law:
    """Two documents, the second replacing an article of the first on some day of the year; numbers change on their own day."""
    benefits = [Benefit(name, name, name, "VND") for name in ("one", "two", "three")]
    # Words that change every month split the year into thirteen; most laws have none, so most draws have none.
    monthly = draw(st.sampled_from([False, False, False, True]))
    first = [draw(rules(b.name, monthly)) for b in benefits]
    later = draw(st.lists(st.sampled_from(["one", "two", "three"]), unique=True, max_size=2))
    changed = draw(st.sampled_from(EDGES))
    group = draw(st.lists(st.sampled_from(["one", "two", "three"]), unique=True, min_size=2))
    overlaps = (Overlap(tuple(group), "9", "", ""),) if draw(st.booleans()) else ()
    amounts = draw(st.tuples(*[st.integers(0, 2_000_000)] * 4))
    old = _document(
        "old", date(2000, 1, 1), amounts[:2], rules=tuple(first), benefits=tuple(benefits), overlaps=overlaps
    )
    parts = [old, _document("pay", changed, amounts[2:])]
    if later:
        # A whole document is replaced at once, so the newer one restates what it does not change.
        kept = [rule for rule in first if rule.benefit not in later]
        renewed = [draw(rules(name, monthly)) for name in later]
        since = draw(st.sampled_from(EDGES))
        parts.append(
            _document("new", since, (), replaces=(Replaces("old"),), rules=(*kept, *renewed), overlaps=overlaps)
        )
    return load_law(parts)


def _document(name: str, since: date, amounts: tuple[int, ...], **said: Any) -> Document:
    numbers = tuple(
        NumberValue(n, v, "VND", "1", "made up") for n, v in zip(("amount", "share"), amounts, strict=False)
    )
    return Document(name, name, "decree", name, name, since, since, "made up", Mark.FULL_TEXT, numbers=numbers, **said)


def _fact(rng: Random, name: str) -> Any:
    """A value of a fact, missing one time in five."""
    fact = FACTS[name]
    if rng.random() < 0.2:
        return None
    if fact.kind is Kind.BOOL:
        return rng.random() < 0.5
    if fact.codes:
        return rng.choice(fact.codes.codes).value
    if fact.kind is Kind.DATE:
        return _birth(rng)
    return rng.choice([rng.randint(-2, 13), 3999, 4000, 4001])


def _birth(rng: Random) -> date:
    """A birth date, often a day before, on or after a birthday that falls on an edge of the year."""
    if rng.random() < 0.3:
        return date(YEAR - 20, 1, 1) + timedelta(days=rng.randrange(20 * 365))
    edge = rng.choice(EDGES)
    return date(edge.year - rng.choice([3, 5, 6, 16, 18]), edge.month, min(edge.day, 28)) + timedelta(
        days=rng.randint(-1, 1)
    )


def _day(rng: Random) -> date:
    return rng.choice(EDGES) + timedelta(days=rng.choice([0, 0, -1, 1, rng.randint(-40, 40)]))


def _learner(rng: Random, number: int, flat: bool) -> dict[str, Any]:
    row: dict[str, Any] = {name: _fact(rng, name) for name in [*BOOLS, *CODES, *INTS, "birth_date"]}
    row["learner"] = f"L{number:03d}"
    row["months"] = rng.choice([0b1111111110, 0b0000000111, 0b1111111111111, 0b0110011001100, rng.randrange(2**13)])
    if not flat:
        row |= {key: rng.choice(KEYS) for key in (role.key for role in ROLES)}
    return row


def _dated_rows(rng: Random, facts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of a dated table, disjoint in time for one key and day of learning, as People.check asks."""
    rows = []
    for key in ("a", "b", "z"):
        for span in _spans(rng):
            fact = {column: _fact(rng, name) for column, name in facts.items()}
            rows.append({"key": key, **span, **fact})
    return rows


def _spans(rng: Random) -> Iterator[dict[str, date]]:
    for learned in {_day(rng) for _ in range(rng.randint(0, 2))}:
        cuts = sorted({_day(rng) for _ in range(rng.randint(2, 4))})
        for since, until in zip(cuts, [*cuts[1:], OPEN], strict=True):
            if rng.random() < 0.6:
                yield {"since": since, "until": until, "learned": learned}


def _status_rows(rng: Random, learners: list[dict[str, Any]], flat: bool) -> list[dict[str, Any]]:
    """What changes about some learners: each row says some facts, and where there are tables to point at, some keys."""
    names = [name for name in [*BOOLS, *CODES, *INTS, "birth_date"] if name in OWN_FACTS]
    names = rng.sample([*names, *(() if flat else sorted({role.key for role in ROLES}))], rng.randint(1, 4))
    names += [ENROLLED] * (rng.random() < 0.5)
    rows = []
    for key in ("nobody", *(row["learner"] for row in learners if rng.random() < 0.4)):
        for span in _spans(rng):
            rows.append({"key": key, **span, **{name: _said(rng, name) for name in names if rng.random() < 0.8}})
    return rows


def _said(rng: Random, name: str) -> Any:
    if name == ENROLLED:
        return rng.choice([False, False, True, None])
    return _fact(rng, name) if name in FACTS else rng.choice(KEYS)


def population(seed: int, size: int) -> People:
    """A made-up population from a seed: some with facts laid flat, some leaning on dated households and places.

    Half have statuses that change in mid-year: facts, keys (another school, another household), leaving school.
    """
    rng = Random(seed)  # noqa: S311 — made-up data, not secrets.
    flat = rng.random() < 0.3
    rows = [_learner(rng, number, flat) for number in range(size)]
    if rng.random() < 0.3:
        # A fact that only the status table knows.
        rows = [{name: value for name, value in row.items() if name != "disabled"} for row in rows]
    status = {STATUS: _status_rows(rng, rows, flat)} if rng.random() < 0.5 else {}
    if flat:
        return People(learners=rows, tables=status)
    by_table = {role.table: role.facts for role in ROLES}
    return People(learners=rows, tables=status | {table: _dated_rows(rng, facts) for table, facts in by_table.items()})


def peoples() -> st.SearchStrategy[People]:
    return st.builds(population, st.integers(0, 2**32), st.integers(0, LEARNERS))


@cache  # Building a strategy costs more than drawing from it.
def known_days() -> st.SearchStrategy[date | None]:
    return st.one_of(st.none(), days())
