"""A bank's statement against the orders that were sent: what is confirmed, what came back, and what a person must look at.

Nothing is taken by likeness: a row that names no order rightly is at most shown as doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from ansinh.core.orders import LENGTH, Order, Way, read_reference, references_in, squeezed

Place = tuple[str, int]  # The sheet and the row of a file.


@dataclass(frozen=True)
class Said:
    """What one row of a statement says: where it stands, the day, reference and remark, đồng, and whether it was paid."""

    place: Place
    on: date
    text: str
    amount_vnd: int
    paid: bool
    reason: str = ""


class Kind(Enum):
    """What a row is. The first two may be taken as they are; a doubtful one when a person says which order it is."""

    PAID = "paid"
    RETURNED = "returned"
    DOUBTFUL = "doubtful"  # Names one of these orders but for one character, or is said to be both paid and returned.
    OTHER_AMOUNT = "other_amount"
    ALREADY = "already"  # The order is not on the way any more, or an earlier row says the same.
    UNKNOWN = "unknown"  # Not ours.


@dataclass(frozen=True)
class Match:
    """A row, what it is, and the order it names; a doubtful row has every order it may mean."""

    said: Said
    kind: Kind
    orders: tuple[Order, ...] = ()


def matched(rows: Iterable[Said], orders: Iterable[Order]) -> list[Match]:
    """Each row of a statement with what it is, in the rows' order. orders: each child's present one, whatever its way."""
    known = _Known(orders)
    found: list[Match] = []
    first: dict[str, int] = {}  # Reference → the first row that may be taken for it.
    for said in rows:
        match = known.match(said)
        if match.kind in (Kind.PAID, Kind.RETURNED):
            at = first.setdefault(match.orders[0].reference, len(found))
            if at < len(found):
                match = _again(match, found, at)
        found.append(match)
    return found


def _again(match: Match, found: list[Match], at: int) -> Match:
    """A second row of one order: the same again, or the opposite, and then neither row is taken by itself."""
    if match.said.paid == found[at].said.paid:
        return replace(match, kind=Kind.ALREADY)
    found[at] = replace(found[at], kind=Kind.DOUBTFUL)
    return replace(match, kind=Kind.DOUBTFUL)


class _Known:
    """The orders, to be found by a right reference, or by one with one slip in it."""

    def __init__(self, orders: Iterable[Order]) -> None:
        self.by_child: dict[tuple[int, int], list[Order]] = defaultdict(list)
        self.nearly: dict[str, list[Order]] = defaultdict(list)  # Reference with a character left out → orders.
        for order in orders:
            self.by_child[order.run, order.learner].append(order)
            if order.way is Way.SENT:
                for part in {order.reference, *_without_one(order.reference)}:
                    self.nearly[part].append(order)

    def match(self, said: Said) -> Match:
        named = [order for text in references_in(said.text) for order in self._named(text)]
        if not named:
            alike = self._alike(said)
            return Match(said, Kind.DOUBTFUL if alike else Kind.UNKNOWN, alike)
        right = tuple(order for order, _now in named if order.amount_vnd == said.amount_vnd)
        if not right:
            return Match(said, Kind.OTHER_AMOUNT, tuple(order for order, _now in named))
        if len(named) > 1:
            open_ = tuple(order for order in right if order.way is Way.SENT)
            return Match(said, Kind.DOUBTFUL if open_ else Kind.ALREADY, open_ or right)
        order, now = named[0]
        if not now or order.way is not Way.SENT:
            return Match(said, Kind.ALREADY, right)
        return Match(said, Kind.PAID if said.paid else Kind.RETURNED, right)

    def _named(self, reference: str) -> Iterator[tuple[Order, bool]]:
        """The order of a right reference, and whether that is the sending it names; an earlier sending is the same child's."""
        run, learner, times = read_reference(reference) or (0, 0, 0)
        child = sorted(self.by_child.get((run, learner), ()), key=lambda order: order.times)
        for order in child:
            if order.times >= times:
                yield order, order.times == times
                return

    def _alike(self, said: Said) -> tuple[Order, ...]:
        """Orders on the way of this amount of which the text holds the reference but for one slip."""
        text = squeezed(said.text)
        found: dict[str, Order] = {}
        for size in (LENGTH - 1, LENGTH, LENGTH + 1):
            for start in range(len(text) - size + 1):
                window = text[start : start + size]
                for part in {window, *_without_one(window)}:
                    for order in self.nearly.get(part, ()):
                        if order.amount_vnd == said.amount_vnd and one_slip(window, order.reference):
                            found[order.reference] = order
        return tuple(found[reference] for reference in sorted(found))


def one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one character: another, one too many, one too few, or two neighbours exchanged."""
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, letter in enumerate(one) if letter != other[n]), len(one))
    if len(one) != len(other):
        return len(other) == len(one) + 1 and one[at:] == other[at + 1 :]
    exchanged = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one != other and (one[at + 1 :] == other[at + 1 :] or exchanged)


def _without_one(text: str) -> Sequence[str]:
    return [text[:n] + text[n + 1 :] for n in range(len(text))]
