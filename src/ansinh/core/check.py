"""Does a document say only what an engine can decide? Kinds of every expression, names, ranges, sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from ansinh.core.nodes import (
    ARITHMETIC,
    COMPARISON,
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
    Plain,
    YearOf,
)
from ansinh.core.rules import KINDS, Benefit, Case, Document, LawError, NumberValue, Overlap, Rule
from ansinh.core.tables import FACTS, Kind

BOOL, INT, DATE = "truth value", "whole number", "day"
CALENDAR = {"school_year": INT, "preparatory": BOOL, "summer": BOOL}
MOST_CONDITIONS = 49  # Reason codes leave room for so many of each part (core.decide).


def check_document(document: Document, benefits: Mapping[str, Benefit], numbers: Collection[str]) -> None:
    """LawError, opening with file and line, at the first thing that does not resolve."""
    if document.kind not in KINDS:
        raise LawError(f"{document.at}: kind {document.kind!r} is not one of {', '.join(KINDS)}")
    if not document.source:
        raise LawError(f"{document.at}: document {document.id!r} names no source")
    for number in document.numbers:
        _check_number(number)
    for rule in document.rules:
        _check_rule(rule, benefits, numbers)
    for overlap in document.overlaps:
        _check_overlap(overlap, benefits)
    for case in document.cases:
        _check_case(case, benefits)
    granted = {rule.benefit for rule in document.rules}
    for filing in document.filings:
        if strange := sorted(set(filing.benefits) - granted):
            raise LawError(
                f"{filing.at}: {document.id!r} says where to file for {strange[0]!r}, which it does not grant"
            )
        if not filing.source:
            raise LawError(f"{filing.at}: where and when to file needs its source")


def _check_number(number: NumberValue) -> None:
    if not number.source or not number.cite:
        raise LawError(f"{number.at}: number {number.name!r} needs the article it stands in and its source")
    if type(number.value) is not int or number.value < 0:
        raise LawError(
            f"{number.at}: number {number.name!r} must be a whole number, zero or more, not {number.value!r}"
        )


def _check_rule(rule: Rule, benefits: Mapping[str, Benefit], numbers: Collection[str]) -> None:
    if rule.benefit not in benefits:
        raise LawError(f"{rule.at}: no document declares the benefit {rule.benefit!r}")
    if not 1 <= rule.cap <= 12:
        raise LawError(f"{rule.at}: at most 1 to 12 months a school year, not {rule.cap}")
    if rule.twelve and rule.cap != 12:
        raise LawError(f"{rule.at}: a rule that pays twelve months cannot be capped at {rule.cap}")
    if not rule.grounds:
        raise LawError(f"{rule.at}: a rule needs at least one ground")
    for part in (rule.who, rule.bars, rule.grounds):
        if len(part) > MOST_CONDITIONS:
            raise LawError(f"{rule.at}: more than {MOST_CONDITIONS} conditions in one part of a rule")
    for condition in rule.conditions():
        _expect(condition.holds, BOOL, condition.at, numbers)
        if condition.quantity is not None:
            _expect(condition.quantity, INT, condition.at, numbers)
    _expect(rule.quantity, INT, rule.at, numbers)


def _check_overlap(overlap: Overlap, benefits: Mapping[str, Benefit]) -> None:
    if len(set(overlap.benefits)) < 2:
        raise LawError(f"{overlap.at}: an overlap names at least two benefits")
    units = set()
    for name in overlap.benefits:
        if name not in benefits:
            raise LawError(f"{overlap.at}: no document declares the benefit {name!r}")
        units.add(benefits[name].unit)
    if len(units) > 1:
        raise LawError(f"{overlap.at}: benefits in an overlap must share one unit, not {', '.join(sorted(units))}")


def _check_case(case: Case, benefits: Mapping[str, Benefit]) -> None:
    for name in case.facts:
        if name not in FACTS:
            raise LawError(f"{case.at}: case {case.name!r} sets {name!r}, which is no fact of core.tables")
    for name in case.expect:
        if name not in benefits:
            raise LawError(f"{case.at}: case {case.name!r} expects {name!r}, which is no benefit")


def _expect(tree: Node, kind: str, at: str, numbers: Collection[str]) -> None:
    found = kind_of(tree, at, numbers)
    if found != kind:
        raise LawError(f"{at}: expected a {kind}, found a {found}: {tree}")


def kind_of(tree: Node, at: str, numbers: Collection[str]) -> str:
    """The kind a tree yields: a truth value, whole number, day, or code of a named list. LawError names what does not fit."""
    match tree:
        case Fact(name):
            if name not in FACTS:
                raise LawError(f"{at}: unknown fact {name!r}; facts are declared in core.tables")
            fact = FACTS[name]
            return (
                f"code {fact.codes.name}"
                if fact.codes
                else {Kind.BOOL: BOOL, Kind.INT: INT, Kind.DATE: DATE}[fact.kind]
            )
        case Number(name):
            if name not in numbers:
                raise LawError(f"{at}: unknown number {name!r}; no document declares it")
            return INT
        case Calendar(name):
            if name not in CALENDAR:
                raise LawError(f"{at}: the calendar has no word {name!r}")
            return CALENDAR[name]
        case Const(value):
            return _kind_of_value(value, at)
        case Compare() | OneOf():
            return _kind_of_comparison(tree, at, numbers)
        case All(parts) | AnyOf(parts):
            for part in parts:
                _expect(part, BOOL, at, numbers)
            return BOOL
        case Not(part):
            _expect(part, BOOL, at, numbers)
            return BOOL
        case Missing(part):
            kind_of(part, at, numbers)
            return BOOL
        case YearOf(part) | AgeYears(part, _):
            _expect(part, DATE, at, numbers)
            return INT
        case Arithmetic(op, left, right):
            return _kind_of_arithmetic(op, left, right, at, numbers)
        case Choose(branches, otherwise):
            kind = kind_of(otherwise, at, numbers)
            for condition, result in branches:
                _expect(condition, BOOL, at, numbers)
                _expect(result, kind, at, numbers)
            return kind
    raise LawError(f"{at}: {type(tree).__name__} is not a word of the rule language")


def _kind_of_value(value: object, at: str) -> str:
    for kind, name in ((bool, BOOL), (int, INT), (date, DATE)):
        if type(value) is kind:
            return name
    raise LawError(f"{at}: a constant is a truth value, a whole number or a day, not {value!r}")


def _kind_of_comparison(tree: Compare | OneOf, at: str, numbers: Collection[str]) -> str:
    left = tree.left if isinstance(tree, Compare) else tree.part
    kind = kind_of(left, at, numbers)
    values: tuple[Plain, ...] = tree.values if isinstance(tree, OneOf) else ()
    if isinstance(tree, Compare):
        if tree.op not in COMPARISON:
            raise LawError(f"{at}: unknown comparison {tree.op!r}")
        if isinstance(tree.right, Const) and kind.startswith("code "):
            values = (tree.right.value,)
        elif kind_of(tree.right, at, numbers) != kind:
            raise LawError(f"{at}: a {kind} is compared with a {kind_of(tree.right, at, numbers)}")
    elif kind in (BOOL, DATE):
        raise LawError(f"{at}: one_of takes whole numbers or codes, not a {kind}")
    if kind.startswith("code ") and isinstance(left, Fact):
        codes = FACTS[left.name].codes
        for value in values:
            if codes is None or value not in {code.value for code in codes.codes}:
                raise LawError(f"{at}: {value!r} is not in code list {kind[5:]!r}")
    return BOOL


def _kind_of_arithmetic(op: str, left: Node, right: Node, at: str, numbers: Collection[str]) -> str:
    if op not in ARITHMETIC:
        raise LawError(f"{at}: unknown arithmetic {op!r}")
    _expect(left, INT, at, numbers)
    _expect(right, INT, at, numbers)
    # Engines differ on division by zero and by negatives, so only a positive constant may divide.
    if op == "//" and not (isinstance(right, Const) and isinstance(right.value, int) and right.value > 0):
        raise LawError(f"{at}: only a positive constant may divide")
    return INT
