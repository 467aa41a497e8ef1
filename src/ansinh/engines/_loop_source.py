"""The source of the fused loop, written from a plan: one function per rule, one loop over learners and months.

Truth values are 0 (no), 1 (not known) and 2 (yes): `and` is min, `or` is max, `not` is 2 minus. Whole numbers and days that
are not known are NULL. Every fact stands in a numbered slot of one row; ages and years are slots too, so that months with
the same facts are seen to be the same, whatever the month. The text is plain Python: it runs interpreted and compiled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.core.dates import PREPARATORY
from ansinh.core.decide import FIRST_BAR, FIRST_WHO, NO_GROUND, SUPERSEDED, UNKNOWN
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
    facts_in,
    rebuilt,
    walk,
)
from ansinh.core.resolve import Plan, Ready
from ansinh.core.tables import FACTS, Kind, Role

EPOCH = date(1970, 1, 1)
AGE, YEAR, MONTH = "age of ", "year of ", "the month"  # Slots made from facts, beside those that hold facts.
CODE_NULL, DATE_NULL = -(2**15), -(2**31)  # What stands for "not known" in columns of codes and of days.
SYMBOLS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
# Columns of the calendar before those of the roles: what the loop knows of a run of months.
CALENDAR = ("bits", "which", "month", "twelve")


HEAD = """import numpy as np
from numba.extending import register_jitable as piece

from ansinh.engines._loop_kernel import *

"""


@dataclass(frozen=True)
class RuleSet:
    """Rules and overlaps that decide together; the preparatory month is a set of its own, for no cap binds it."""

    rules: tuple[Ready, ...]
    overlaps: tuple[tuple[int, ...], ...]
    preparatory: bool


@dataclass(frozen=True)
class Shape:
    """What the loop reads: slots by name, own facts in the order of their columns, roles with the columns read of each."""

    slots: dict[str, int]
    own: tuple[str, ...]
    roles: tuple[tuple[Role, tuple[str, ...]], ...]
    sets: tuple[RuleSet, ...]
    set_at: dict[int, int]  # Position in the school year → place in `sets`.

    @property
    def monthly(self) -> bool:
        """Whether some slot changes with the month itself: then every month stands alone in the calendar."""
        return any(name.startswith(AGE) or name == MONTH for name in self.slots)

    @property
    def twelve(self) -> bool:
        return any(rule.twelve for one in self.sets for rule in one.rules)


def trees_of(rule: Ready) -> tuple[Node, ...]:
    """Every tree of a rule: who, bars, then each ground with its quantity."""
    return (*rule.who, *rule.bars, *(tree for pair in rule.grounds for tree in pair))


def shape_of(plan: Plan, own: Collection[str], roles: Iterable[Role]) -> Shape:
    """What a plan reads of people who have these facts of their own, and rows of these dated tables."""
    sets: dict[RuleSet, int] = {}
    set_at: dict[int, int] = {}
    for stretch in plan.stretches:
        rules = tuple(_timeless_rule(rule) for rule in stretch.rules)
        for position in stretch.positions:
            one = RuleSet(rules, stretch.overlaps, position == PREPARATORY)
            set_at[position] = sets.setdefault(one, len(sets))
    names = dict.fromkeys(n for one in sets for rule in one.rules for tree in trees_of(rule) for n in _names_in(tree))
    read = []
    for role in roles:
        wanted = tuple(column for column, fact in role.facts.items() if fact in names)
        if wanted:
            read.append((role, wanted))
    leaning = {role.facts[column] for role, columns in read for column in columns}
    based = dict.fromkeys(name.removeprefix(AGE).removeprefix(YEAR) for name in names)
    mine = tuple(n for n in based if n in own and n not in leaning)
    return Shape(
        {name: k for k, name in enumerate(dict.fromkeys((*names, *mine)))}, mine, tuple(read), tuple(sets), set_at
    )


def _names_in(tree: Node) -> list[str]:
    month = [MONTH] if any(isinstance(part, AgeYears) for part in walk(tree)) else []
    return [*facts_in(tree), *month]


def _timeless_rule(rule: Ready) -> Ready:
    put = _timeless
    return Ready(
        rule.benefit,
        tuple(map(put, rule.who)),
        tuple(map(put, rule.bars)),
        tuple((put(tree), put(quantity)) for tree, quantity in rule.grounds),
        rule.cap,
        rule.preparatory,
        rule.twelve,
    )


def _timeless(tree: Node) -> Node:
    """The tree with the month taken out: an age is a fact like any other, so that rules of different months are one rule."""
    match tree:
        case AgeYears(Fact(name), _):
            return Fact(AGE + name)
        case AgeYears(birth, _):
            return AgeYears(_timeless(birth))
        case YearOf(Fact(name)):
            return Fact(YEAR + name)
    return rebuilt(tree, _timeless)


def is_truth(tree: Node) -> bool:
    """Whether a tree yields a truth value, and not a whole number or a day."""
    match tree:
        case Fact(name):
            return name in FACTS and FACTS[name].kind is Kind.BOOL
        case Const(value):
            return isinstance(value, bool)
        case Choose(_, otherwise):
            return is_truth(otherwise)
    return isinstance(tree, All | AnyOf | Not | Missing | Compare | OneOf)


class _Writer:
    """Statements of one function. What is read more than once is reckoned once and named; the rest stands where it is read."""

    def __init__(self, slots: dict[str, int], trees: Iterable[Node], indent: str = "    ") -> None:
        self.slots, self.indent = slots, indent
        self.lines: list[str] = []
        self.known: dict[Node, str] = {}
        self.uses = Counter(part for tree in trees for part in walk(tree))

    def say(self, line: str) -> None:
        self.lines.append(self.indent + line)

    def name(self, tree: Node) -> str:
        """A name or constant that holds the tree's value."""
        if isinstance(tree, Const):
            return _constant(tree)
        if tree not in self.known:
            text = self._text(tree)
            self.known[tree] = f"t{len(self.known)}"
            self.say(f"{self.known[tree]} = {text}")
        return self.known[tree]

    def value(self, tree: Node) -> str:
        """An expression of the tree's value, to be read once."""
        if isinstance(tree, Const) or self.uses[tree] > 1:
            return self.name(tree)
        return f"({self._text(tree)})"

    def _text(self, tree: Node) -> str:
        match tree:
            case Fact(name):
                return f"int(f[{self.slots[name]}])"
            case All(parts):
                return least([self.value(part) for part in parts])
            case AnyOf(parts):
                return most([self.value(part) for part in parts])
            case Not(part):
                return f"2 - {self.value(part)}"
            case Missing(part):
                return f"2 * ({self._absent(part)})"
            case Compare(op, left, right):
                return self._compare(op, left, right)
            case OneOf(part, values):
                held = " | ".join(f"({self.name(part)} == {value})" for value in values)
                return f"2 * ({held}) + ({self._absent(part)})"
            case Arithmetic(op, left, right):
                return self._unless_absent((left, right), "NULL", f"{self.name(left)} {op} {self.name(right)}")
            case YearOf(part):
                return self._unless_absent((part,), "NULL", f"year_of({self.name(part)})")
            case AgeYears(birth, _):
                age = f"(int(f[{self.slots[MONTH]}]) - months_born({self.name(birth)})) // 12"
                return self._unless_absent((birth,), "NULL", age)
            case Choose(branches, otherwise):
                nothing = "1" if is_truth(tree) else "NULL"
                chain = self.name(otherwise)
                for condition, result in reversed(branches):
                    holds, taken = self.name(condition), self.name(result)
                    chain = f"{nothing} if {holds} == 1 else ({taken} if {holds} == 2 else ({chain}))"
                return chain
        raise TypeError(f"{type(tree).__name__} was not resolved before deciding")

    def _compare(self, op: str, left: Node, right: Node) -> str:
        """Without a branch where one side is constant: NULL is below every number, and that is made good by one."""
        if isinstance(right, Const) and is_truth(left) and op in ("eq", "ne"):
            return self.value(left) if right.value is (op == "eq") else f"2 - {self.value(left)}"
        pair = f"{self.name(left)} {SYMBOLS[op]} {self.name(right)}"
        if isinstance(right, Const) and not isinstance(left, Const) and not is_truth(left):
            return f"2 * ({pair}) {'-' if op in ('ne', 'lt', 'le') else '+'} ({self._absent(left)})"
        return self._unless_absent((left, right), "1", f"(2 if {pair} else 0)")

    def _absent(self, tree: Node) -> str:
        return f"{self.name(tree)} == {'1' if is_truth(tree) else 'NULL'}"

    def _unless_absent(self, parts: Sequence[Node], nothing: str, otherwise: str) -> str:
        absent = " or ".join(self._absent(part) for part in parts if not isinstance(part, Const))
        return f"{nothing} if {absent} else {otherwise}" if absent else otherwise


def _constant(tree: Const) -> str:
    if isinstance(tree.value, bool):
        return "2" if tree.value else "0"
    number = (tree.value - EPOCH).days if isinstance(tree.value, date) else tree.value
    return f"({number})" if number < 0 else str(number)


def least(parts: Sequence[str]) -> str:
    """Kleene's `and` of truth values."""
    return f"min({', '.join(parts)})" if len(parts) > 1 else (parts[0] if parts else "2")


def most(parts: Sequence[str]) -> str:
    """Kleene's `or` of truth values."""
    return f"max({', '.join(parts)})" if len(parts) > 1 else (parts[0] if parts else "0")


def _rule(name: str, rule: Ready, slots: dict[str, int]) -> list[str]:
    """A function from facts to the reason code: clauses in the order of the law, each looked at only while it can decide."""
    writer = _Writer(slots, trees_of(rule))
    who, bars, grounds = [], [], []
    for k, tree in enumerate(rule.who):
        who.append(writer.name(tree))
        writer.say(f"if {who[-1]} == 0: return {FIRST_WHO - k}")
    for k, tree in enumerate(rule.bars):
        bars.append(writer.name(tree))
        writer.say(f"if {bars[-1]} == 2: return {FIRST_BAR - k}")
    writer.say(f"settled = {least([*who, *(f'2 - {bar}' for bar in bars)])}")
    unknown_quantity = UNKNOWN + len(who) + len(bars) + len(rule.grounds)
    for k, (tree, quantity) in enumerate(rule.grounds):
        grounds.append(writer.name(tree))
        if isinstance(quantity, Const):
            writer.say(f"if min(settled, {grounds[-1]}) == 2: return {k + 1}")
        else:
            amount = writer.name(quantity)
            writer.say(
                f"if min(settled, {grounds[-1]}) == 2: return {unknown_quantity} if {amount} == NULL else {k + 1}"
            )
    writer.say(f"if {most(grounds)} == 0: return {NO_GROUND}")
    for k, truth in enumerate([*who, *bars, *grounds]):
        writer.say(f"if {truth} == 1: return {UNKNOWN + k}")
    writer.say(f"return {UNKNOWN}")
    return [f"def {name}(f):", *writer.lines]


def _amount(name: str, rule: Ready, slots: dict[str, int]) -> list[str]:
    """A function from facts and reason code to the quantity owed; 0 unless the answer is yes."""
    lines = [f"def {name}(f, code):", f"    if code <= 0 or code >= {SUPERSEDED}: return 0"]
    for k, (_, quantity) in enumerate(rule.grounds):
        inner = _Writer(slots, [quantity], " " * 8)
        inner.say(f"return {inner.value(quantity)}")
        lines += [f"    if code == {k + 1}:", *inner.lines]
    return [*lines, "    return 0"]


@dataclass
class _Functions:
    """Functions written so far, each once: months and benefits that share a rule share its function."""

    kind: str
    write: Callable[[str, Ready, dict[str, int]], list[str]]
    numbers: dict[object, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def number(self, key: object, rule: Ready, slots: dict[str, int]) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.lines += ["@piece", *self.write(f"{self.kind}{self.numbers[key]}", rule, slots), "", ""]
        return self.numbers[key]


def _code_key(rule: Ready) -> object:
    """Rules with one key give one code: amounts may differ, unless whether they are known depends on facts."""
    return rule.who, rule.bars, tuple((tree, None if isinstance(q, Const) else q) for tree, q in rule.grounds)


def source(shape: Shape, benefits: int) -> str:
    """The text of the loop: rules, amounts, `decide` (one set of rules on one row of facts) and `kernel` (all learners)."""
    rules, amounts = _Functions("rule", _rule), _Functions("amount", _amount)
    decide = ["@piece", "def decide(which, f, state):"]
    for which, one in enumerate(shape.sets):
        decide.append(f"    if which == {which}:")
        for rule in one.rules:
            b, r = rule.benefit, rules.number(_code_key(rule), rule, shape.slots)
            a = amounts.number(tuple(q for _, q in rule.grounds), rule, shape.slots)
            decide += [
                f"        if state[{b}, HAVE] != {r}:",
                f"            state[{b}, FOUND] = rule{r}(f)",
                f"            state[{b}, HAVE] = {r}",
                f"        state[{b}, DUE] = amount{a}(f, state[{b}, FOUND])",
            ]
        decide.append("        return")
    return "\n".join([HEAD, *rules.lines, *amounts.lines, *decide, "", "", *_kernel(shape, benefits), ""])


def _kernel(shape: Shape, benefits: int) -> list[str]:
    held = {*shape.own, *(role.facts[column] for role, columns in shape.roles for column in columns)}
    absent = [n for n in shape.slots if n.removeprefix(AGE).removeprefix(YEAR) not in held and n != MONTH]
    return [
        "def kernel(own, keys, lows, tabs, months, calendar, info, groups, out, tally, codes, quantities):",
        # Taken out of their tuples once: an array taken out in the loop is counted in and out at every turn.
        *(f"    own{k} = own[{k}]" for k in range(len(shape.own))),
        *(f"    key{k}, low{k}, tab{k} = keys[{k}], lows[{k}], tabs[{k}]" for k in range(len(shape.roles))),
        f"    f = np.zeros({max(1, len(shape.slots))}, np.int64)",
        f"    state = np.zeros(({benefits}, STATE_COLUMNS), np.int64)",
        "    runs, keeping = len(calendar), len(codes) > 0",
        *(f"    f[{shape.slots[n]}] = {_nothing(n)}" for n in absent),
        "    for i in range(len(months)):",
        "        begin(state)",
        *_indented(8, _load(shape)),
        "        mask = int(months[i])",
        "        covered = covered_by(mask)",
        "        last, first, studied, idle = -1, 0, 0, 0",
        "        for s in range(runs):",
        "            bits = calendar[s, 0]",
        "            here = months_set(mask & bits)",
        "            away = months_set(covered & ~mask & bits) if calendar[s, 3] else 0",
        "            if here + away == 0: continue",
        "            fresh = calendar[s, 1] != last",
        *_indented(12, _reload(shape)),
        "            if fresh:",
        "                which = calendar[s, 1]",
        "                decide(which, f, state)",
        "                if which != last or differs(state, info, which):",
        "                    if last >= 0:",
        *_indented(24, _flush(shape)),
        "                    take(state)",
        "                    last, first, studied, idle = which, s, 0, 0",
        "            studied += here",
        "            idle += away",
        "        if last >= 0:",
        "            s = runs",
        *_indented(12, _flush(shape)),
        "        close(state, out)",
    ]


def _flush(shape: Shape) -> list[str]:
    """Count the months decided alike so far; those not studied apart, where some rule pays twelve months."""
    lines = ["pay(state, info, groups, last, studied, False, tally)"]
    lines.append("if keeping and studied > 0: keep(state, codes, quantities, i, first, s)")
    if shape.twelve:
        lines.append("pay(state, info, groups, last, idle, True, tally)")
        lines.append("if keeping and idle > 0: keep(state, codes, quantities, i, runs + first, runs + s)")
    return lines


def _indented(spaces: int, lines: Iterable[str]) -> list[str]:
    return [" " * spaces + line for line in lines]


def _nothing(name: str) -> str:
    return "1" if is_truth(Fact(name)) else "NULL"


def _null_in_column(fact: str) -> int | None:
    """What stands for "not known" in a column; None where the column already holds what the slot holds."""
    return {Kind.CODE: CODE_NULL, Kind.DATE: DATE_NULL}.get(FACTS[fact].kind)


def _load(shape: Shape) -> list[str]:
    """A learner's own facts into their slots, and the rows of dated tables they lean on."""
    lines = []
    for k, fact in enumerate(shape.own):
        slot, null = shape.slots[fact], _null_in_column(fact)
        lines.append(f"x = int(own{k}[i])")
        lines.append(f"f[{slot}] = x" if null is None else f"f[{slot}] = NULL if x == {null} else x")
        if AGE + fact in shape.slots:
            lines.append(f"born{slot} = NULL if f[{slot}] == NULL else months_born(int(f[{slot}]))")
            lines += [f"turn{slot} = 2**62 if born{slot} == NULL else NULL", f"f[{shape.slots[AGE + fact]}] = NULL"]
        if YEAR + fact in shape.slots:
            lines.append(f"f[{shape.slots[YEAR + fact]}] = NULL if f[{slot}] == NULL else year_of(int(f[{slot}]))")
    for k in range(len(shape.roles)):
        lines += [f"at{k} = row_of(int(key{k}[i]), low{k}, len(tab{k}) - 1)", f"version{k} = -1"]
    return lines


def _reload(shape: Shape) -> list[str]:
    """Facts that may differ from those of the months before; where one does, the rules that read it are asked again."""
    lines = []
    for k, (role, columns) in enumerate(shape.roles):
        lines += [f"if calendar[s, {len(CALENDAR) + k}] != version{k}:"]
        lines += [f"    version{k} = calendar[s, {len(CALENDAR) + k}]"]
        for c, column in enumerate(columns):
            fact = role.facts[column]
            lines.append(f"    x = int(tab{k}[at{k}, version{k} * {len(columns)} + {c}])")
            if _null_in_column(fact) is not None:
                lines.append(f"    x = NULL if x == {_null_in_column(fact)} else x")
            lines += _indented(4, _change(shape, fact))
    for fact in shape.own:
        if AGE + fact in shape.slots:
            slot = shape.slots[fact]
            lines += [f"if calendar[s, 2] >= turn{slot}:", f"    x = (calendar[s, 2] - born{slot}) // 12"]
            lines += [f"    turn{slot} = born{slot} + 12 * (x + 1)", *_indented(4, _change(shape, AGE + fact))]
    if MONTH in shape.slots:
        lines += ["x = calendar[s, 2]", *_change(shape, MONTH)]
    return lines


def _change(shape: Shape, name: str) -> list[str]:
    readers = dict.fromkeys(
        rule.benefit
        for one in shape.sets
        for rule in one.rules
        if any(name in _names_in(tree) for tree in trees_of(rule))
    )
    slot = shape.slots[name]
    anew = [f"    state[{benefit}, HAVE] = -1" for benefit in readers]
    return [f"if x != f[{slot}]:", f"    f[{slot}] = x", "    fresh = True", *anew]
