"""Areas through time: what became of each, and any count read on the map of then or of now.

`Atlas` is pure: it asks nothing of the database. A whole succession carries a count with it; a partial one never does,
because the share that moved is not known: the count then stays under its own area, beside those that may have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from ansinh.web.registry.gazetteer import MERGED, UNVERIFIED
from ansinh.web.registry.models import Area, Succession

LAST_DAY_BEFORE = MERGED - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """An area as the map needs it; half-open days."""

    pk: int
    level: str
    code: str
    name: str
    parent: int | None
    since: date
    until: date | None

    def stands(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Passage:
    """One succession: `whole` when all of the old area went to the new one."""

    old: int
    new: int
    on: date
    whole: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An area on the map of another day. whole: all of the older one lies in the newer; verified: each step has a basis."""

    place: Place
    whole: bool
    verified: bool
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A count that a map cannot show: the area it is about, and the areas that may have it, if any."""

    place: Place
    count: int
    candidates: tuple[Reached, ...]


@dataclass(frozen=True)
class Mapped:
    """Counts on the map of a day. Nothing is lost: what could not be placed is named.

    counts: area → count, of areas that stand on the day. unverified: areas whose count moved on a basis nobody verified.
    unknown: keys that are no area we know.
    """

    day: date
    counts: Mapping[int, int]
    undecided: tuple[Undecided, ...]
    unknown: Mapping[int, int]
    unverified: frozenset[int]

    def by_area(self) -> dict[int, int]:
        """Everything again as counts by area, placed or not."""
        left = {one.place.pk: one.count for one in self.undecided}
        return {**self.counts, **left, **self.unknown}


class Atlas:
    """Areas and their successions, and the questions about them."""

    def __init__(self, places: Iterable[Place], passages: Iterable[Passage]) -> None:
        self.places = {place.pk: place for place in places}
        self.onward: dict[int, list[Passage]] = {}
        self.back: dict[int, list[Passage]] = {}
        for passage in passages:
            self.onward.setdefault(passage.old, []).append(passage)
            self.back.setdefault(passage.new, []).append(passage)

    def steps(self, pk: int, day: date) -> list[Passage]:
        """The successions that lead from an area towards the map of a day: onward, or back when it began later."""
        if self.places[pk].since > day:
            return [passage for passage in self.back.get(pk, []) if passage.on > day]
        return [passage for passage in self.onward.get(pk, []) if passage.on <= day]

    def _paths(
        self, pk: int, day: date, trail: tuple[Passage, ...] = ()
    ) -> Iterator[tuple[Place, tuple[Passage, ...]]]:
        """Every way from an area to the map of a day, one way in time; a ring in the data is walked once."""
        place = self.places[pk]
        if place.stands(day):
            yield place, trail
            return
        later = place.since > day
        for step in self.steps(pk, day):
            there = step.old if later else step.new
            if there in self.places and step not in trail:
                yield from self._paths(there, day, (*trail, step))

    def reached(self, pk: int, day: date) -> tuple[Reached, ...]:
        """What an area is on the map of a day: itself, what it became, or what it was made of. In order of code."""
        found: dict[int, list[tuple[Passage, ...]]] = {}
        for place, trail in self._paths(pk, day):
            found.setdefault(place.pk, []).append(trail)
        reached = [
            Reached(
                self.places[there],
                any(all(step.whole for step in trail) for trail in trails),
                all(step.basis != UNVERIFIED for trail in trails for step in trail),
                tuple(dict.fromkeys(step.basis for trail in trails for step in trail)),
            )
            for there, trails in found.items()
        ]
        return tuple(sorted(reached, key=lambda one: (one.place.code, one.place.since)))

    def successors(self, pk: int, day: date) -> tuple[Reached, ...]:
        """What became of an area by a later day; itself while it stands."""
        return () if self.places[pk].since > day else self.reached(pk, day)

    def origins(self, pk: int, day: date) -> tuple[Reached, ...]:
        """What an area was made of, on the map of an earlier day; itself when it stood already."""
        until = self.places[pk].until
        return self.reached(pk, day) if until is None or day < until else ()

    def sole(self, pk: int, day: date) -> tuple[Place, bool] | None:
        """The one area on the map of a day that is all of this one and nothing else, and whether each step is verified.

        Onward an area must have gone wholly to one; back it must have come wholly from one. Otherwise None.
        """
        later, verified, seen = self.places[pk].since > day, True, {pk}
        while not self.places[pk].stands(day):
            steps = self.steps(pk, day)
            if len(steps) != 1 or not steps[0].whole:
                return None
            pk = steps[0].old if later else steps[0].new
            if pk not in self.places or pk in seen:
                return None
            seen.add(pk)
            verified = verified and steps[0].basis != UNVERIFIED
        return self.places[pk], verified

    def on_map(self, counts: Mapping[int, int], day: date) -> Mapped:
        """Counts keyed by area (of any day), on the map of a day. Their total is kept; doing it twice changes nothing."""
        moved: Counter[int] = Counter()
        undecided, unknown, unverified = [], {}, set()
        for pk, count in counts.items():
            if pk not in self.places:
                unknown[pk] = count
            elif (sole := self.sole(pk, day)) is not None:
                moved[sole[0].pk] += count
                if not sole[1]:
                    unverified.add(pk)
            else:
                undecided.append(Undecided(self.places[pk], count, self.reached(pk, day)))
        undecided.sort(key=lambda one: (one.place.code, one.place.since))
        return Mapped(day, dict(moved), tuple(undecided), unknown, frozenset(unverified))

    @cached_property
    def _children(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for place in self.places.values():
            if place.parent is not None:
                found.setdefault(place.parent, []).append(place)
        return found

    def within(self, pk: int, day: date, level: str) -> list[Place]:
        """The areas of a level that an area holds on the map of a day, in order of code: itself, those below, or those
        of what it became or was made of."""
        found: dict[int, Place] = {}
        waiting = [one.place.pk for one in self.reached(pk, day)]
        while waiting:
            place = self.places[waiting.pop()]
            if place.level == level:
                found[place.pk] = place
            else:
                waiting += [child.pk for child in self._children.get(place.pk, []) if child.stands(day)]
        return sorted(found.values(), key=lambda place: place.code)


_COLUMNS = ("pk", "level", "code", "name", "parent_id", "since", "until")


def atlas_of(areas: QuerySet[Area]) -> Atlas:
    """The atlas of some areas and of everything they became or were made of."""
    places = {row[0]: Place(*row) for row in areas.values_list(*_COLUMNS)}
    passages: dict[int, Passage] = {}
    asked: set[int] = set()
    while ends := places.keys() - asked:
        asked |= ends
        rows = Succession.objects.filter(Q(old__in=ends) | Q(new__in=ends))
        for pk, old, new, on, whole, basis in rows.values_list("pk", "old_id", "new_id", "on", "whole", "basis"):
            passages[pk] = Passage(old, new, on, whole, basis)
        missing = {end for passage in passages.values() for end in (passage.old, passage.new)} - places.keys()
        if missing:
            places |= {row[0]: Place(*row) for row in Area.objects.filter(pk__in=missing).values_list(*_COLUMNS)}
    return Atlas(places.values(), passages.values())
