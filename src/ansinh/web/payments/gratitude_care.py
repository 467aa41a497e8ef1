"""What was promised to a Mother and what came: the periods due, those missed. Plain functions, given the day.

A promise is paid every so many months from the month its terms begin, in the first month of each period; the period is missed
when that month has ended and less has come than was promised. While a promise rests, and from its end on, no period begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ansinh.core.dates import Month

SUSPEND, RESUME, CLOSE, REOPEN = "suspend", "resume", "close", "reopen"


@dataclass(frozen=True)
class Terms:
    """So much every so many months, from a month on."""

    since: Month
    amount_vnd: int
    cycle_months: int


@dataclass(frozen=True)
class Promise:
    """Dated terms from a day until another (not included; None: open), resting in some spans of months (None: still)."""

    since: date
    terms: tuple[Terms, ...]
    until: date | None = None
    rests: tuple[tuple[Month, Month | None], ...] = ()

    def rests_in(self, month: Month) -> bool:
        return any(first <= month and (end is None or month < end) for first, end in self.rests)

    def holds(self, on: date) -> bool:
        """Whether it is begun, not ended and not resting on a day."""
        return self.since <= on and (self.until is None or on < self.until) and not self.rests_in(Month.of(on))


@dataclass(frozen=True)
class Period:
    """What was promised for the period that begins in a month, what came, and whether its time is over.

    A month for which money came and nothing was due has due_vnd 0.
    """

    month: Month
    due_vnd: int
    paid_vnd: int
    over: bool

    @property
    def missing_vnd(self) -> int:
        """What is still missing although its time is over; 0 when nothing is."""
        return max(0, self.due_vnd - self.paid_vnd) if self.over else 0


def folded(since: date, terms: Iterable[Terms], turns: Iterable[tuple[str, date]]) -> Promise:
    """A promise from its terms and its turns (kind, day), each in the order in which they were recorded.

    Of terms that begin in one month the last recorded holds. A resumption undoes the part of a rest from its month on.
    """
    by_month = {one.since: one for one in terms}
    rests: list[tuple[Month, Month | None]] = []
    until: date | None = None
    for kind, on in turns:
        month = Month.of(on)
        if kind == SUSPEND:
            rests.append((month, None))
        elif kind == RESUME:
            rests = [(first, month if end is None else end) for first, end in rests]
        elif kind == CLOSE:
            until = on
        elif kind == REOPEN:
            until = None
    kept = tuple(sorted(by_month.values(), key=lambda one: one.since))
    return Promise(since, kept, until, tuple((first, end) for first, end in rests if end is None or first < end))


def periods(promise: Promise, paid: Mapping[Month, int], on: date) -> list[Period]:
    """Every period begun by a day, and every month for which something came, oldest first."""
    due: dict[Month, int] = {}
    last, first = Month.of(on), Month.of(promise.since)
    for place, terms in enumerate(promise.terms):
        following = promise.terms[place + 1].since if place + 1 < len(promise.terms) else last + 1
        month = terms.since
        while month < following and month <= last:
            if first <= month and not _stopped(promise, month):
                due[month] = terms.amount_vnd
            month += terms.cycle_months
    months = sorted({*due, *(month for month, amount in paid.items() if amount)})
    return [Period(month, due.get(month, 0), paid.get(month, 0), on >= (month + 1).first_day) for month in months]


def _stopped(promise: Promise, month: Month) -> bool:
    ended = promise.until is not None and max(month.first_day, promise.since) >= promise.until
    return ended or promise.rests_in(month)


def missed(found: Iterable[Period]) -> list[Period]:
    """The periods whose time is over and for which something is missing."""
    return [one for one in found if one.missing_vnd]
