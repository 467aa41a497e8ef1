"""What is in force in a month: documents into a checked `Law`, and a `Law` into the `Plan` of one school year.

A law that does not resolve refuses to load (LawError, with file and line). A plan holds no names any more: every number,
calendar word and age month is filled in, so that an engine sees only facts and constants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from ansinh.core.check import check_document
from ansinh.core.dates import MONTHS_IN_YEAR, PREPARATORY, USUAL_STUDY_MONTHS, Month, SchoolYear
from ansinh.core.nodes import (
    ARITHMETIC,
    AgeYears,
    Arithmetic,
    Calendar,
    Const,
    Node,
    Number,
    Plain,
    rebuilt,
    walk,
)
from ansinh.core.rules import Benefit, Condition, Document, Doubt, LawError, Mark, NumberValue, Overlap, Rule

LAST_MONTH = Month(9999, 12)


@dataclass(frozen=True)
class InForce:
    """A rule of a document with the months it decides: from `since`, until `until` (not included)."""

    document: Document
    rule: Rule
    since: Month
    until: Month


@dataclass(frozen=True)
class Ready:
    """A rule ready for one month: no names left but facts. `grounds` pairs each condition with its quantity."""

    benefit: int
    who: tuple[Node, ...]
    bars: tuple[Node, ...]
    grounds: tuple[tuple[Node, Node], ...]
    cap: int
    preparatory: bool
    twelve: bool

    @property
    def ceiling(self) -> int | None:
        """The most this rule can give in a month; None when that depends on facts."""
        values = [int(q.value) for _, q in self.grounds if isinstance(q, Const) and isinstance(q.value, int)]
        return max(values) if values and len(values) == len(self.grounds) else None


@dataclass(frozen=True)
class Stretch:
    """Months in a row (positions in the school year) decided alike: the same rules, numbers and overlaps."""

    positions: tuple[int, ...]
    rules: tuple[Ready, ...]
    overlaps: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Plan:
    """The law of one school year, ready for an engine.

    benefits: in their fixed order; rules and results name a benefit by its place in it.
    declared: (position, benefit) → the rule as the document declares it, for citations and reasons.
    """

    year: SchoolYear
    known: date | None
    benefits: tuple[Benefit, ...]
    stretches: tuple[Stretch, ...]
    declared: Mapping[tuple[int, int], InForce]

    @property
    def granted(self) -> tuple[int, ...]:
        """Places of the benefits that some document grants in some month of the year."""
        return tuple(sorted({benefit for _, benefit in self.declared}))

    @cached_property
    def described(self) -> dict[tuple[int, int, int], Any]:
        """Position, benefit, code → what `core.decide.describe` said of such a cell: few differ, and it reads many clauses."""
        return {}

    def stretch_at(self, position: int) -> Stretch:
        return next(stretch for stretch in self.stretches if position in stretch.positions)


@dataclass(frozen=True)
class Law:
    """Documents checked together. Ask it what is in force; never the documents."""

    documents: tuple[Document, ...]

    def known_by(self, known: date | None) -> Law:
        """The law as it stood when only documents issued by that day were known."""
        return self if known is None else Law(tuple(d for d in self.documents if d.issued <= known))

    @cached_property
    def benefits(self) -> dict[str, Benefit]:
        return {benefit.name: benefit for document in self.documents for benefit in document.benefits}

    @cached_property
    def rules(self) -> tuple[InForce, ...]:
        """Every rule with its months, in the order documents were issued."""
        return tuple(
            InForce(document, rule, document.first_month, self.end_of(document, rule.cite))
            for document in self.documents
            for rule in document.rules
        )

    def end_of(self, document: Document, cite: str = "") -> Month:
        """The first month a document, or one of its articles, no longer decides."""
        article = cite.split(".")[0]
        ends = [
            later.first_month
            for later in self.documents
            for ended in later.replaces
            if ended.document == document.id and (not ended.articles or article in ended.articles)
        ]
        return min(ends, default=LAST_MONTH)

    def rule_for(self, benefit: str, month: Month) -> InForce | None:
        found = [rule for rule in self.rules if rule.rule.benefit == benefit and rule.since <= month < rule.until]
        return found[0] if found else None

    def series(self, name: str) -> tuple[tuple[Document, NumberValue], ...]:
        """All values of a named number, oldest first."""
        found = [(d, n) for d in self.documents for n in d.numbers if n.name == name]
        return tuple(sorted(found, key=lambda pair: pair[0].first_month))

    def number(self, name: str, month: Month) -> tuple[Document, NumberValue] | None:
        """The value of a named number in a month, with the document that sets it."""
        held = [pair for pair in self.series(name) if pair[0].first_month <= month]
        return held[-1] if held else None

    def overlaps_in(self, month: Month) -> tuple[tuple[Document, Overlap], ...]:
        return tuple(
            (document, overlap)
            for document in self.documents
            for overlap in document.overlaps
            if document.first_month <= month < self.end_of(document, overlap.cite)
        )

    def plan(self, year: SchoolYear, *, known: date | None = None, benefits: Iterable[str] | None = None) -> Plan:
        """The law of a school year as known on a day (None: all documents loaded); optionally only some benefits."""
        return self._planned(year, known, None if benefits is None else frozenset(benefits))

    @cached_property
    def _planned(self) -> Callable[[SchoolYear, date | None, frozenset[str] | None], Plan]:
        """Plans already made, the last few: whoever explains a year asks for the same one month by month."""

        @lru_cache(maxsize=32)
        def planned(year: SchoolYear, known: date | None, wanted: frozenset[str] | None) -> Plan:
            return _plan(self.known_by(known), year, known, wanted)

        return planned

    def doubts(self, rule: InForce, month: Month, conditions: Sequence[Condition]) -> tuple[Doubt, ...]:
        """What is unconfirmed in an answer that rests on these conditions of a rule in a month."""
        found: list[Doubt] = [*rule.document.doubts, *rule.rule.doubts]
        trees: list[Node] = [rule.rule.quantity]
        for condition in conditions:
            found += [condition.doubt] if condition.doubt else []
            trees += [condition.holds, *([condition.quantity] if condition.quantity is not None else [])]
        for name in dict.fromkeys(part.name for tree in trees for part in walk(tree) if isinstance(part, Number)):
            pair = self.number(name, month)
            if pair and pair[1].doubt:
                found.append(pair[1].doubt)
            elif pair and pair[1].mark is Mark.UNCONFIRMED:
                found.append(_unread(pair[1]))
        return tuple(dict.fromkeys(doubt for doubt in found if doubt.touches(month)))


def _unread(number: NumberValue) -> Doubt:
    return Doubt(
        f"Số {number.vi or number.name} chưa được đối chiếu với văn bản gốc.",
        f"The number {number.en or number.name} was not checked against the gazetted text.",
    )


def load_law(documents: Iterable[Document]) -> Law:
    """Check documents together; LawError names the file and line of the first thing that does not resolve."""
    ordered = tuple(sorted(documents, key=lambda d: (d.issued, d.id)))
    law = Law(ordered)
    _check_once(ordered, law)
    for document in ordered:
        check_document(document, law.benefits, {n.name for d in ordered for n in d.numbers})
    for one in law.rules:
        for name in _numbers_of(one.rule):
            first = law.series(name)[0][0].first_month
            if first > one.since:
                raise LawError(
                    f"{one.rule.at}: number {name!r} has no value in {one.since}, when the rule begins; first in {first}"
                )
        for other in law.rules:
            # A rule that was ended before it began decides nothing, and clashes with nothing.
            same = one is not other and one.rule.benefit == other.rule.benefit and other.since < other.until
            if same and one.since <= other.since < one.until:
                raise LawError(
                    f"{other.rule.at}: two rules for benefit {one.rule.benefit!r} in {other.since}: "
                    f"{one.document.number} ({one.rule.at}) has not ended; name it in `replaces`"
                )
    return law


def _check_once(documents: tuple[Document, ...], law: Law) -> None:
    """Every name is declared once, and every document replaced is there."""
    ids: dict[str, Document] = {}
    names: dict[str, str] = {}
    values: dict[tuple[str, Month], str] = {}
    for document in documents:
        if document.id in ids:
            raise LawError(f"{document.at}: document {document.id!r} is declared twice, first at {ids[document.id].at}")
        ids[document.id] = document
        for benefit in document.benefits:
            if benefit.name in names:
                raise LawError(
                    f"{document.at}: benefit {benefit.name!r} is declared twice, first at {names[benefit.name]}"
                )
            names[benefit.name] = document.at
        for number in document.numbers:
            key = (number.name, document.first_month)
            if key in values:
                raise LawError(
                    f"{number.at}: number {number.name!r} has two values from {key[1]}, also at {values[key]}"
                )
            values[key] = number.at
    for document in documents:
        for ended in document.replaces:
            if ended.document not in ids:
                raise LawError(f"{document.at}: {document.id!r} replaces {ended.document!r}, which no file declares")


def _numbers_of(rule: Rule) -> list[str]:
    trees = [
        rule.quantity,
        *(c.holds for c in rule.conditions()),
        *(c.quantity for c in rule.grounds if c.quantity is not None),
    ]
    return list(dict.fromkeys(part.name for tree in trees for part in walk(tree) if isinstance(part, Number)))


def _plan(law: Law, year: SchoolYear, known: date | None, wanted: frozenset[str] | None) -> Plan:
    benefits = tuple(b for b in law.benefits.values() if wanted is None or b.name in wanted)
    declared: dict[tuple[int, int], InForce] = {}
    stretches: list[Stretch] = []
    # A rule that months share is one object, so that an engine need not ask whether two are alike.
    once: dict[Ready, Ready] = {}
    for position in range(MONTHS_IN_YEAR):
        month = year.month(position)
        rules: list[Ready] = []
        for index, benefit in enumerate(benefits):
            found = law.rule_for(benefit.name, month)
            if found and (position != PREPARATORY or found.rule.preparatory):
                declared[position, index] = found
                ready = _ready(found.rule, index, law, month, year)
                rules.append(once.setdefault(ready, ready))
        place = {benefit.name: index for index, benefit in enumerate(benefits)}
        overlaps = tuple(
            tuple(place[name] for name in overlap.benefits if name in place) for _, overlap in law.overlaps_in(month)
        )
        if stretches and stretches[-1].rules == tuple(rules) and stretches[-1].overlaps == overlaps:
            stretches[-1] = replace(stretches[-1], positions=(*stretches[-1].positions, position))
        else:
            stretches.append(Stretch((position,), tuple(rules), overlaps))
    return Plan(year, known, benefits, tuple(stretches), declared)


def _ready(rule: Rule, index: int, law: Law, month: Month, year: SchoolYear) -> Ready:
    def fill(tree: Node) -> Node:
        return fold(tree, law, month, year)

    return Ready(
        index,
        tuple(fill(c.holds) for c in rule.who),
        tuple(fill(c.holds) for c in rule.bars),
        tuple((fill(c.holds), fill(rule.quantity if c.quantity is None else c.quantity)) for c in rule.grounds),
        rule.cap,
        rule.preparatory,
        rule.twelve,
    )


def fold(tree: Node, law: Law, month: Month, year: SchoolYear) -> Node:
    """Fill in what the month decides (numbers, calendar, age month) and reckon what is then constant."""
    if isinstance(tree, Number):
        pair = law.number(tree.name, month)
        if pair is None:
            raise LawError(f"number {tree.name!r} has no value in {month}")
        return Const(pair[1].value)
    if isinstance(tree, Calendar):
        return Const(_calendar(tree.name, month, year))
    if isinstance(tree, AgeYears):
        return AgeYears(fold(tree.birth, law, month, year), month.index)
    tree = rebuilt(tree, lambda part: fold(part, law, month, year))
    return _reckon(tree.op, tree.left, tree.right) if isinstance(tree, Arithmetic) else tree


def _calendar(name: str, month: Month, year: SchoolYear) -> Plain:
    if name == "school_year":
        return year.start
    if name == "preparatory":
        return year.position(month) == PREPARATORY
    if name == "summer":
        return year.position(month) not in (PREPARATORY, *USUAL_STUDY_MONTHS)
    raise LawError(f"the calendar has no word {name!r}")


def _reckon(op: str, left: Node, right: Node) -> Node:
    if (
        isinstance(left, Const)
        and isinstance(right, Const)
        and isinstance(left.value, int)
        and isinstance(right.value, int)
    ):
        return Const(ARITHMETIC[op](left.value, right.value))
    return Arithmetic(op, left, right)
