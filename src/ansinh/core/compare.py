"""Two sets of decisions side by side: as known then and as known now, or under one law and under another.

The difference is computed, never typed in: what is owed more is arrears, what is owed less is clawback, and what can no
longer be said is in question until it can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby

from ansinh.core.dates import MONTHS_IN_YEAR, Month
from ansinh.core.decide import Decision, Decisions, Outcome
from ansinh.core.resolve import Plan, Ready


class Change(Enum):
    """What a difference means to the family and to the purse."""

    NONE = "none"
    ARREARS = "arrears"  # More is owed than was decided.
    CLAWBACK = "clawback"  # Less is owed than was decided.
    IN_QUESTION = "in_question"  # It was owed; whether it still is cannot be said, so nothing is claimed back yet.
    ANSWER = "answer"  # No money moves: a no became a question, or a question a no.


@dataclass(frozen=True)
class Difference:
    """One learner, month and benefit, before and after; None where it was not asked about (a month not studied).

    `quantity` is in the benefit's unit: above 0 arrears, below 0 clawback, 0 while the answer is in question.
    """

    learner: str
    month: Month
    benefit: str
    unit: str
    before: Decision | None
    after: Decision | None

    @property
    def change(self) -> Change:
        was, now = _outcome(self.before), _outcome(self.after)
        if was is Outcome.YES and now is Outcome.CANNOT_SAY:
            return Change.IN_QUESTION
        owed = _quantity(self.after) - _quantity(self.before)
        if owed:
            return Change.ARREARS if owed > 0 else Change.CLAWBACK
        return Change.NONE if was is now else Change.ANSWER

    @property
    def quantity(self) -> int:
        if self.change is Change.IN_QUESTION:
            return 0
        return _quantity(self.after) - _quantity(self.before)


def _outcome(decision: Decision | None) -> Outcome:
    return decision.outcome if decision else Outcome.NO


def _quantity(decision: Decision | None) -> int:
    return decision.quantity if decision else 0


def touched(one: Plan, other: Plan) -> tuple[str, ...]:
    """The benefits that two plans of one year may answer differently, with all that overlap with them, in the law's order.

    Deciding these alone gives the whole difference: no other benefit has another rule, another number or another rival.
    """
    names = dict.fromkeys(benefit.name for plan in (one, other) for benefit in plan.benefits)
    changed: set[str] = set()
    groups: set[frozenset[str]] = set()
    for position in range(MONTHS_IN_YEAR):
        (rules, overlaps), (others, more) = _said(one, position), _said(other, position)
        changed |= {name for name in names if rules.get(name) != others.get(name)}
        changed |= {name for group in overlaps ^ more for name in group}
        groups |= {frozenset(group) for group in overlaps | more}
    while joined := {name for group in groups if group & changed for name in group} - changed:
        changed |= joined
    return tuple(name for name in names if name in changed)


def _said(plan: Plan, position: int) -> tuple[dict[str, Ready], set[tuple[str, ...]]]:
    """Rules by benefit and overlaps of a month, told by name."""
    stretch = plan.stretch_at(position)
    rules = {plan.benefits[rule.benefit].name: replace(rule, benefit=0) for rule in stretch.rules}
    return rules, {tuple(plan.benefits[place].name for place in group) for group in stretch.overlaps}


_ByKey = dict[tuple[Month, str], Decision]


def side_by_side(before: Decisions, after: Decisions) -> Iterator[Difference]:
    """Every decision of either side with its like on the other, by learner, month and benefit.

    ValueError when the two are of different school years.
    """
    if before.plan.year != after.plan.year:
        raise ValueError(f"decisions of {before.plan.year} and of {after.plan.year} cannot be compared")
    names = dict.fromkeys(benefit.name for plan in (after.plan, before.plan) for benefit in plan.benefits)
    order = {name: place for place, name in enumerate(names)}
    for learner, was, now in _merged(_by_learner(before), _by_learner(after)):
        for month, benefit in sorted(was.keys() | now.keys(), key=lambda key: (key[0], order[key[1]])):
            old, new = was.get((month, benefit)), now.get((month, benefit))
            unit = (new or old).unit  # type: ignore[union-attr]  # The key is of one side or the other.
            yield Difference(learner, month, benefit, unit, old, new)


def compare(before: Decisions, after: Decisions) -> Iterator[Difference]:
    """Only what changed: another answer or another quantity."""
    return (found for found in side_by_side(before, after) if found.change is not Change.NONE)


def _by_learner(decisions: Decisions) -> Iterator[tuple[str, _ByKey]]:
    for learner, rows in groupby(decisions.rows(), key=lambda row: row.learner):
        yield learner, {(row.month, row.benefit): row for row in rows}


def _merged(
    left: Iterator[tuple[str, _ByKey]], right: Iterator[tuple[str, _ByKey]]
) -> Iterator[tuple[str, _ByKey, _ByKey]]:
    """Two runs in the order of learners as one; a learner of one run alone has nothing on the other side."""
    one, other = next(left, None), next(right, None)
    while one or other:
        if one and (other is None or one[0] < other[0]):
            yield one[0], one[1], {}
            one = next(left, None)
        elif other and (one is None or other[0] < one[0]):
            yield other[0], {}, other[1]
            other = next(right, None)
        elif one and other:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)
