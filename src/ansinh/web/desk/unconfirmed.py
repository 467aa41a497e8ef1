"""What of the law a run rests on has not been confirmed: said before a run is drawn up, and to whoever checks and approves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ansinh import law
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Cell, describe
from ansinh.core.rules import Doubt
from ansinh.web.payments.due import NO_CLAUSE

Ground = tuple[str, date, str]  # A support, the first day of a month, and the clause that grants it.


def unconfirmed(grounds: Iterable[Ground], year: SchoolYear) -> list[tuple[Doubt, list[str]]]:
    """Each doubt of the law that these payments rest on, with the supports it touches.

    A clause that the law as loaded now does not know is passed over: approving says then that the law has changed.
    """
    known = law.load()
    plan = known.plan(year)
    places = {benefit.name: place for place, benefit in enumerate(plan.benefits)}
    found: dict[Doubt, dict[str, None]] = {}
    for benefit, first_day, cite in sorted(set(grounds)):
        position, place = year.position(Month.of(first_day)), places.get(benefit, -1)
        rule = plan.declared.get((position, place))
        clauses = [ground.cite for ground in rule.rule.grounds] if rule else []
        clause = "" if cite == NO_CLAUSE else cite
        if clause in clauses:
            decision = describe(known, plan, Cell("", position, place, clauses.index(clause) + 1, 0))
            for doubt in decision.doubts:
                found.setdefault(doubt, {})[benefit] = None
    return [(doubt, list(benefits)) for doubt, benefits in found.items()]
