"""Deciding and explaining: the same three answers from every engine, each with its reason.

A reason is a small whole number (`code`) that engines can compute in bulk; this module says what it means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from ansinh.core.dates import Month, SchoolYear
from ansinh.core.resolve import InForce, Law, Plan
from ansinh.core.rules import Condition, Document, Doubt
from ansinh.core.tables import People, Source

# Reason codes, one Int16 per decision. Yes: 1 to 49, the first ground that holds.
NO_GROUND = 0  # No ground holds.
FIRST_WHO = -1  # -1 to -49: the first of `who` that does not hold.
FIRST_BAR = -51  # -51 to -99: the first bar that holds.
SUPERSEDED = 200  # 200 + the place of the benefit given instead.
OVER_CAP = 300  # The months of the school year that may be paid are used up.
# 1000 + the first condition not known (who, bars, grounds in order). One past the last: the quantity is not known;
# two past: an earlier month in question may use up the cap.
UNKNOWN = 1000


class Outcome(IntEnum):
    """The three answers."""

    NO = 0
    YES = 1
    CANNOT_SAY = 2


def outcome_of(code: int) -> Outcome:
    if code >= UNKNOWN:
        return Outcome.CANNOT_SAY
    return Outcome.YES if 0 < code < SUPERSEDED else Outcome.NO


@dataclass(frozen=True, order=True)
class Cell:
    """One decision as engines give it: benefit by its place in the plan, quantity in the benefit's unit (0 unless yes)."""

    learner: str
    position: int
    benefit: int
    code: int
    quantity: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Total:
    """One benefit over the school year: learners by their best answer, months paid, and the sum of quantities."""

    yes: int = 0
    no: int = 0
    cannot_say: int = 0
    months: int = 0
    quantity: int = 0


class Cells(Protocol):
    """What an engine returns for a plan."""

    def cells(self) -> Iterator[Cell]:
        """Every decision, by learner, month and benefit."""

    def totals(self) -> list[Total]:
        """One total per benefit of the plan, in its order."""


class Engine(Protocol):
    """An engine decides a whole population under a plan."""

    def __call__(self, people: People, plan: Plan) -> Cells: ...


@dataclass(frozen=True)
class Decision:
    """One decision in words: what, how much, under which document and clause, on what it still waits."""

    learner: str
    month: Month
    benefit: str
    unit: str
    outcome: Outcome
    quantity: int
    code: int
    document: Document
    condition: Condition | None
    superseded_by: str | None
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def cite(self) -> str:
        """The clause the answer rests on, as `7.1.c`; the rule's own article where no single clause decides."""
        return self.condition.cite if self.condition else ""


@dataclass(frozen=True)
class Decisions:
    """All decisions of one school year over one population, from one engine."""

    law: Law
    plan: Plan
    result: Cells

    def rows(self) -> Iterator[Decision]:
        """Every decision, by learner, month and benefit, in words."""
        for cell in self.result.cells():
            yield describe(self.law, self.plan, cell)

    def summary(self) -> dict[str, Total]:
        """Benefit name → its total; benefits no document grants in that year are left out."""
        totals = self.result.totals()
        return {self.plan.benefits[place].name: totals[place] for place in self.plan.granted}

    def identity(self) -> str:
        """SHA-256 over every decision: answer, quantity, clause, what is missing. The same facts and law, the same text."""
        whole = hashlib.sha256()
        for row in self.rows():
            # The name of the benefit given instead is kept, not its place, which another law file may move.
            code = SUPERSEDED if row.superseded_by else row.code
            parts = (
                row.learner, row.month, row.benefit, row.outcome.name, row.quantity, code, row.document.id, row.cite,
                row.superseded_by or "", " ".join(row.missing),
            )  # fmt: skip
            whole.update(("\t".join(map(str, parts)) + "\n").encode())
        return whole.hexdigest()


def decide(
    people: People,
    *,
    law: Law,
    engine: Engine,
    year: SchoolYear,
    known: date | None = None,
    benefits: Iterable[str] | None = None,
) -> Decisions:
    """Decide every learner, month studied and benefit of a school year, as known on a day (None: all that is given).

    Raises PeopleError when the people contradict themselves.
    """
    law = law.known_by(known)
    plan = law.plan(year, known=known, benefits=benefits)
    return Decisions(law, plan, engine(people, plan))


def condition_of(rule: InForce, code: int) -> Condition | None:
    """The declared clause a reason code points at; None where no single clause decides."""
    declared = rule.rule
    if 0 < code < SUPERSEDED:
        return declared.grounds[code - 1]
    if FIRST_BAR < code <= FIRST_WHO:
        return declared.who[FIRST_WHO - code]
    if code <= FIRST_BAR:
        return declared.bars[FIRST_BAR - code]
    conditions = (*declared.who, *declared.bars, *declared.grounds)
    if code >= UNKNOWN and code - UNKNOWN < len(conditions):
        return conditions[code - UNKNOWN]
    return None


def describe(law: Law, plan: Plan, cell: Cell) -> Decision:
    """A decision in words; `condition` is the clause it turns on. The plan is that law's."""
    key = (cell.position, cell.benefit, cell.code)
    like: Decision | None = plan.described.get(key)
    if like is None:
        like = plan.described[key] = _described(law, plan, cell)
    return Decision(
        cell.learner, like.month, like.benefit, like.unit, like.outcome, cell.quantity, cell.code, like.document,
        like.condition, like.superseded_by, cell.missing, like.doubts,
    )  # fmt: skip


def _described(law: Law, plan: Plan, cell: Cell) -> Decision:
    month = plan.year.month(cell.position)
    rule = plan.declared[cell.position, cell.benefit]
    condition = condition_of(rule, cell.code)
    outcome = outcome_of(cell.code)
    superseded = SUPERSEDED <= cell.code < OVER_CAP
    doubts = law.doubts(rule, month, _resting_on(rule, condition, cell.code))
    benefit = plan.benefits[cell.benefit]
    return Decision(
        cell.learner,
        month,
        benefit.name,
        benefit.unit,
        outcome,
        cell.quantity,
        cell.code,
        rule.document,
        condition,
        plan.benefits[cell.code - SUPERSEDED].name if superseded else None,
        cell.missing,
        tuple(d for d in doubts if not d.only or outcome.name.lower() in (d.only, "cannot_say")),
    )


def _resting_on(rule: InForce, condition: Condition | None, code: int) -> tuple[Condition, ...]:
    """A yes rests on its ground and on every condition of scope; a no on the one clause not met, or on all grounds failing."""
    if code == NO_GROUND:
        return rule.rule.grounds
    if condition is None:
        return rule.rule.conditions()
    return (*rule.rule.who, *rule.rule.bars, condition) if outcome_of(code) is Outcome.YES else (condition,)


@dataclass(frozen=True)
class FactUsed:
    """A fact as a clause read it: its value (None is not known) and where it came from."""

    name: str
    value: object
    source: Source | None


@dataclass(frozen=True)
class Step:
    """One clause of a chain of reasons. `part` is who, bar or ground; `holds` is true, false or None (not known).

    `facts` are those that settled the clause (or keep it open); `decisive` marks the clause the answer turns on; `rests`
    whether the answer rests on this clause at all.
    """

    part: str
    condition: Condition
    holds: bool | None
    facts: tuple[FactUsed, ...]
    decisive: bool
    rests: bool


@dataclass(frozen=True)
class Explanation:
    """Why one benefit is or is not owed in one month: the decision, and every clause with the facts it read."""

    decision: Decision
    rule: InForce
    steps: tuple[Step, ...]

    @property
    def chain(self) -> tuple[Step, ...]:
        """Only the clauses the answer rests on, in the order of the law."""
        return tuple(step for step in self.steps if step.rests)


@dataclass(frozen=True)
class Traced:
    """One cell with what each clause yielded (`truths`), the facts that settled it (`settled_by`), and all facts read."""

    cell: Cell
    truths: tuple[bool | None, ...]
    settled_by: tuple[tuple[str, ...], ...]
    facts: Mapping[str, object]


class Tracer(Protocol):
    """The reference engine run on one learner, keeping what each clause of some benefits yielded in some months."""

    def __call__(
        self, people: People, learner: str, plan: Plan, positions: Collection[int], benefits: Collection[int]
    ) -> list[Traced]: ...


def explain(
    people: People,
    learner: str,
    *,
    law: Law,
    tracer: Tracer,
    year: SchoolYear,
    months: Collection[Month] = (),
    known: date | None = None,
    about: Collection[str] | None = None,
) -> list[Explanation]:
    """The chain of reasons of one learner by month and benefit, in these months (default: the first month studied).

    All benefits are decided, and those named in `about` explained (None: all): decided alone, one would not lose to another
    that excludes it. KeyError when the learner is not among the people; ValueError when a month lies outside the school year.
    """
    law = law.known_by(known)
    plan = law.plan(year, known=known)
    row = next((row for row in people.learners if row["learner"] == learner), None)
    if row is None:
        raise KeyError(learner)
    positions = {year.position(month) for month in months} or {_first_studied(int(row["months"]))}
    found = []
    places = [place for place in plan.granted if about is None or plan.benefits[place].name in about]
    for traced in tracer(people, learner, plan, positions, places):
        decision = describe(law, plan, traced.cell)
        rule = plan.declared[traced.cell.position, traced.cell.benefit]
        found.append(Explanation(decision, rule, _steps(people, rule, decision, traced)))
    return found


def _first_studied(mask: int) -> int:
    return next((position for position in range(1, 13) if mask >> position & 1), 1)


def _steps(people: People, rule: InForce, decision: Decision, traced: Traced) -> tuple[Step, ...]:
    declared = rule.rule
    parts = ["who"] * len(declared.who) + ["bar"] * len(declared.bars) + ["ground"] * len(declared.grounds)
    conditions = (*declared.who, *declared.bars, *declared.grounds)
    met = any(holds for part, holds in zip(parts, traced.truths, strict=True) if part == "ground")
    steps = []
    for part, condition, holds, names in zip(parts, conditions, traced.truths, traced.settled_by, strict=True):
        facts = tuple(
            FactUsed(name, traced.facts.get(name), people.sources.get((decision.learner, name))) for name in names
        )
        decisive = condition is decision.condition
        rests = decisive or _rests(decision, part, holds, met)
        steps.append(Step(part, condition, holds, facts, decisive, rests))
    return tuple(steps)


def _rests(decision: Decision, part: str, holds: bool | None, met: bool) -> bool:
    """Whether an answer rests on a clause it does not turn on; `met` tells whether some ground holds."""
    match decision.outcome:
        case Outcome.YES:
            return part != "ground"
        case Outcome.CANNOT_SAY:
            return holds is None and not (part == "ground" and met)
    if decision.condition is not None:
        return False
    # Superseded or over the cap: it was owed but for that. Otherwise no ground holds, and each says so.
    return part != "ground" or bool(holds) if decision.code >= SUPERSEDED else part == "ground"
