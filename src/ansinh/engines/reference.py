"""The truth: plain Python, one learner at a time, clause by clause. Slow and plainly right.

Every other engine must give these cells. Run on one learner with what each clause yielded kept, it is the explanation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.core.dates import PREPARATORY, Month, complete_years, positions_in, twelve_mask
from ansinh.core.decide import (
    FIRST_BAR,
    FIRST_WHO,
    NO_GROUND,
    OVER_CAP,
    SUPERSEDED,
    UNKNOWN,
    Cell,
    Outcome,
    Total,
    Traced,
    outcome_of,
)
from ansinh.core.nodes import (
    ARITHMETIC,
    COMPARISON,
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
    Value,
    YearOf,
    children,
)
from ansinh.core.resolve import Plan, Ready, Stretch
from ansinh.core.tables import ENROLLED, FACTS, ROLES, STATUS, TABLE_SPAN, People, Row, in_force, saying

Facts = Mapping[str, Any]


def value(tree: Node, facts: Facts) -> Value:
    """The value of a tree for one learner; None is not known (Kleene's strong logic)."""
    match tree:
        case Const(plain):
            return plain
        case Fact(name):
            found: Value = facts.get(name)
            return found
        case All(parts):
            return _all([value(part, facts) for part in parts])
        case AnyOf(parts):
            truth = _all([_not(value(part, facts)) for part in parts])
            return _not(truth)
        case Not(part):
            return _not(value(part, facts))
        case Missing(part):
            return value(part, facts) is None
        case Compare(op, left, right):
            a, b = value(left, facts), value(right, facts)
            return None if a is None or b is None else COMPARISON[op](a, b)
        case Arithmetic(op, left, right):
            x, y = value(left, facts), value(right, facts)
            return ARITHMETIC[op](x, y) if isinstance(x, int) and isinstance(y, int) else None
        case OneOf(part, values):
            code = value(part, facts)
            return None if code is None else code in values
        case YearOf(part):
            day = value(part, facts)
            return day.year if isinstance(day, date) else None
        case AgeYears(birth, month_index):
            day = value(birth, facts)
            if not isinstance(day, date) or month_index is None:
                return None
            return complete_years(day, Month(0, 1) + month_index)
        case Choose(branches, otherwise):
            for condition, result in branches:
                holds = value(condition, facts)
                if holds is None:
                    return None
                if holds:
                    return value(result, facts)
            return value(otherwise, facts)
    raise TypeError(f"{type(tree).__name__} was not resolved before deciding")


def _all(values: list[Value]) -> bool | None:
    if any(item is False for item in values):
        return False
    return None if any(item is None for item in values) else True


def _not(item: Value) -> bool | None:
    return None if item is None else not item


def unresolved(tree: Node, facts: Facts) -> list[str]:
    """Names of the missing facts that keep a tree from having a value, in reading order; none when it has one."""
    if value(tree, facts) is not None:
        return []
    if isinstance(tree, Fact):
        return [tree.name]
    # Of a when-chain only what was reached can decide: a branch behind an unknown condition is not asked for.
    parts = _reached(tree, facts) if isinstance(tree, Choose) else children(tree)
    return list(dict.fromkeys(name for part in parts for name in unresolved(part, facts)))


@dataclass(frozen=True)
class Answer:
    """A rule's answer for one learner in one month, before overlaps and the yearly cap, with what each clause yielded."""

    rule: Ready
    code: int
    quantity: int
    missing: tuple[str, ...]
    truths: tuple[bool | None, ...]


def answer(rule: Ready, facts: Facts) -> Answer:
    """No if any of `who` fails, any bar holds, or every ground fails; yes if all is known; else it cannot be said."""
    who = [_truth(tree, facts) for tree in rule.who]
    bars = [_truth(tree, facts) for tree in rule.bars]
    grounds = [_truth(tree, facts) for tree, _ in rule.grounds]
    truths = (*who, *bars, *grounds)
    code, quantity, missing = _judge(rule, facts, who, bars, grounds)
    return Answer(rule, code, quantity, missing, truths)


def _truth(tree: Node, facts: Facts) -> bool | None:
    holds = value(tree, facts)
    return None if holds is None else bool(holds)


def _judge(
    rule: Ready, facts: Facts, who: list[bool | None], bars: list[bool | None], grounds: list[bool | None]
) -> tuple[int, int, tuple[str, ...]]:
    if False in who:
        return FIRST_WHO - who.index(False), 0, ()
    if True in bars:
        return FIRST_BAR - bars.index(True), 0, ()
    if all(ground is False for ground in grounds):
        return NO_GROUND, 0, ()
    if True in grounds and None not in who and None not in bars:
        first = grounds.index(True)
        quantity = value(rule.grounds[first][1], facts)
        if isinstance(quantity, int):
            return first + 1, quantity, ()
        return UNKNOWN + len(who) + len(bars) + len(grounds), 0, tuple(unresolved(rule.grounds[first][1], facts))
    # A ground already met settles the question of grounds: only scope and bars are then still open.
    open_grounds = [] if True in grounds else grounds
    trees = [*rule.who, *rule.bars, *(tree for tree, _ in rule.grounds)]
    missing = [
        name
        for tree, holds in zip(trees, [*who, *bars, *open_grounds], strict=False)
        if holds is None
        for name in unresolved(tree, facts)
    ]
    return UNKNOWN + [*who, *bars, *grounds].index(None), 0, tuple(dict.fromkeys(missing))


def settle_overlaps(answers: dict[int, Answer], stretch: Stretch) -> dict[int, Answer]:
    """Of benefits that may not be had together the highest stays; of equals, the one named first in the law.

    A benefit still in question loses only when even its most would not beat what is already owed.
    """
    for group in stretch.overlaps:
        members = [answers[index] for index in group if index in answers]
        owed = [a for a in members if outcome_of(a.code) is Outcome.YES]
        if not owed:
            continue
        winner = max(owed, key=lambda a: a.quantity)  # max keeps the first of equals.
        for place, loser in enumerate(members):
            if loser is winner or outcome_of(loser.code) is Outcome.NO:
                continue
            if outcome_of(loser.code) is Outcome.CANNOT_SAY:
                ceiling = loser.rule.ceiling
                ahead = place < members.index(winner)
                if ceiling is None or ceiling > winner.quantity or (ceiling == winner.quantity and ahead):
                    continue
            answers[loser.rule.benefit] = Answer(loser.rule, SUPERSEDED + winner.rule.benefit, 0, (), loser.truths)
    return answers


@dataclass
class _Used:
    """Months of the school year already paid, and those that might yet be."""

    paid: int = 0
    open: int = 0
    missing: tuple[str, ...] = ()


def _under_cap(found: Answer, used: _Used, position: int) -> tuple[int, int, tuple[str, ...]]:
    """The yearly cap over months in order. A month in question may use a place, so a later yes may turn into a doubt.

    The August before and the months of a twelve-month support are outside the cap.
    """
    outcome = outcome_of(found.code)
    if position == PREPARATORY or found.rule.twelve or outcome is Outcome.NO:
        return found.code, found.quantity, found.missing
    if used.paid >= found.rule.cap:
        return OVER_CAP, 0, ()
    if used.paid + used.open >= found.rule.cap:
        if outcome is Outcome.CANNOT_SAY:
            return found.code, 0, found.missing
        return UNKNOWN + len(found.truths) + 1, 0, used.missing
    if outcome is Outcome.CANNOT_SAY:
        used.open += 1
        used.missing = tuple(dict.fromkeys((*used.missing, *found.missing)))
        return found.code, 0, found.missing
    used.paid += 1
    return found.code, found.quantity, ()


class Reference:
    """Cells of a population, computed when asked for."""

    def __init__(self, people: People, plan: Plan) -> None:
        people.check()
        self.people, self.plan = people, plan
        self.tables = {name: _by_key(rows) for name, rows in people.tables.items()}
        status = people.tables.get(STATUS, ())
        self.said = {name for row in status for name in row} - set(TABLE_SPAN)
        self.columns = {name for row in people.learners for name in row} | self.said

    def status(self, row: Row, position: int) -> dict[str, Any]:
        """What the dated status rows say of a learner on the first day of a month, each fact by the row learned last."""
        rows = self.tables.get(STATUS, {}).get(row["learner"], ())
        on = self.plan.year.month(position).first_day
        held = {name: in_force(saying(rows, name), on, self.plan.known) for name in self.said} if rows else {}
        return {name: found[name] for name, found in held.items() if found}

    def studied(self, row: Row) -> int:
        """The study mask, less the months by whose first day the learner had left."""
        mask = int(row["months"])
        left = [p for p in positions_in(mask) if self.status(row, p).get(ENROLLED) is False]
        return mask - sum(1 << position for position in left)

    def facts(self, row: Row, position: int) -> dict[str, Any]:
        """All facts of a learner in a month: their own, and those of the dated rows they lean on (first day of the month)."""
        row = {**row, **self.status(row, position)}
        facts = {name: row.get(name) for name in FACTS if name in row}
        on = self.plan.year.month(position).first_day
        for role in ROLES:
            if role.table in self.tables and role.key in self.columns:
                found = in_force(self.tables[role.table].get(row.get(role.key), ()), on, self.plan.known)
                facts |= {fact: found[column] if found else None for column, fact in role.facts.items()}
        return facts

    def months(self, row: Row) -> Iterator[tuple[int, dict[str, Any], dict[int, Answer]]]:
        """Each month with its facts and answers, overlaps settled, the cap not yet applied. Equal facts are one object.

        A rule answers in the months studied; one that pays twelve months, in those it covers.
        """
        studied = self.studied(row)
        covered = twelve_mask(studied)
        asked: dict[str, Any] = {}
        told: dict[int, Answer] = {}
        for position in positions_in(studied | covered):
            stretch = self.plan.stretch_at(position)
            rules = [rule for rule in stretch.rules if (covered if rule.twelve else studied) >> position & 1]
            facts = self.facts(row, position)
            # The same rule asked about the same facts answers alike: most months repeat the one before.
            if facts != asked:
                asked, told = facts, {}
            for rule in rules:
                if id(rule) not in told:
                    told[id(rule)] = answer(rule, facts)
            answers = settle_overlaps({rule.benefit: told[id(rule)] for rule in rules}, stretch)
            yield position, asked, answers

    def learner(self, row: Row) -> Iterator[tuple[Cell, tuple[bool | None, ...], dict[str, Any]]]:
        """Every cell of one learner, with what each clause yielded and the facts read."""
        used: dict[int, _Used] = {}
        for position, facts, answers in self.months(row):
            for benefit, found in sorted(answers.items()):
                code, quantity, missing = _under_cap(found, used.setdefault(benefit, _Used()), position)
                yield Cell(row["learner"], position, benefit, code, quantity, missing), found.truths, facts

    def cells(self) -> Iterator[Cell]:
        for row in sorted(self.people.learners, key=lambda row: str(row["learner"])):
            for cell, _, _ in self.learner(row):
                yield cell

    def totals(self) -> list[Total]:
        counts = [[0, 0, 0, 0, 0] for _ in self.plan.benefits]
        for row in self.people.learners:
            best: dict[int, Outcome] = {}
            for cell, _, _ in self.learner(row):
                outcome = outcome_of(cell.code)
                before = best.get(cell.benefit, Outcome.NO)
                if Outcome.YES in (before, outcome):
                    best[cell.benefit] = Outcome.YES
                else:
                    best[cell.benefit] = max(before, outcome)
                if outcome is Outcome.YES:
                    counts[cell.benefit][3] += 1
                    counts[cell.benefit][4] += cell.quantity
            for benefit, outcome in best.items():
                counts[benefit][(1, 0, 2)[outcome]] += 1
        return [Total(*row) for row in counts]


def _by_key(rows: Any) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row["key"], []).append(row)
    return found


def reference(people: People, plan: Plan) -> Reference:
    """The reference engine (see core.decide.Engine)."""
    return Reference(people, plan)


def trace(
    people: People, learner: str, plan: Plan, positions: Collection[int], benefits: Collection[int]
) -> list[Traced]:
    """One learner's cells of these benefits in these months, with what settled each clause (see core.decide.Tracer)."""
    row = next(row for row in people.learners if row["learner"] == learner)
    rules = {position: {rule.benefit: rule for rule in plan.stretch_at(position).rules} for position in positions}
    wanted, found = set(benefits), list[Traced]()
    read: Facts | None = None
    settled: dict[int, tuple[tuple[str, ...], ...]] = {}
    for cell, truths, facts in Reference(people, plan).learner(row):
        if cell.position not in rules or cell.benefit not in wanted:
            continue
        if facts is not read:  # A rule that is asked about the same facts is settled by the same.
            read, settled = facts, {}
        rule = rules[cell.position][cell.benefit]
        if id(rule) not in settled:
            trees = (*rule.who, *rule.bars, *(tree for tree, _ in rule.grounds))
            settled[id(rule)] = tuple(settled_by(tree, facts) for tree in trees)
        found.append(Traced(cell, truths, settled[id(rule)], facts))
    return found


def settled_by(tree: Node, facts: Facts) -> tuple[str, ...]:
    """Names of the facts that settle a tree, or keep it open: of an and that fails, the first part that fails; and so on."""
    found = value(tree, facts)
    if isinstance(tree, Fact):
        return (tree.name,)
    parts = children(tree)
    if isinstance(tree, All | AnyOf):
        enough = isinstance(tree, AnyOf)  # One true part settles an or; one false part settles an and.
        if found is enough:
            parts = (next(part for part in parts if value(part, facts) is enough),)
        elif found is None:
            parts = tuple(part for part in parts if value(part, facts) is None)
    elif isinstance(tree, Choose):
        parts = _reached(tree, facts)
    return tuple(dict.fromkeys(name for part in parts for name in settled_by(part, facts)))


def _reached(tree: Choose, facts: Facts) -> tuple[Node, ...]:
    """The conditions of a when-chain that were looked at, and the result taken if one was."""
    reached: list[Node] = []
    for condition, result in tree.branches:
        reached.append(condition)
        holds = value(condition, facts)
        if holds is not False:
            return (*reached, result) if holds else (condition,)
    return (*reached, tree.otherwise)
