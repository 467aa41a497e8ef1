"""Counts on the map of then and of now, against a slow twin that walks every succession, and on the real Vĩnh Long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.web.registry import gazetteer
from ansinh.web.registry.areas import LAST_DAY_BEFORE, Atlas, Mapped, Passage, Place, atlas_of
from ansinh.web.registry.gazetteer import EARLIEST, MERGED, UNVERIFIED
from ansinh.web.registry.models import Area, AreaLevel

DAYS = (EARLIEST, date(2010, 1, 1), date(2020, 1, 1), date(2025, 7, 1))
ON_MAP = st.sampled_from([*DAYS, date(2015, 5, 5), date(2030, 1, 1)])
UNKNOWN = 900


@st.composite
def atlases(draw: st.DrawFn) -> Atlas:
    """Up to four maps, one after another; what ends on a day leads to any of what begins then, wholly or in part."""
    places, passages, standing, pk = [], [], [], 0
    for number, day in enumerate(DAYS):
        ending = [p for p in standing if number and draw(st.booleans())]
        for place in ending:
            places[place.pk] = Place(place.pk, "commune", place.code, place.name, None, place.since, day)
        begun = []
        for _ in range(draw(st.integers(1 if number == 0 else 0, 4))):
            begun.append(Place(pk, "commune", f"{pk:05d}", f"Xã {pk}", None, day, None))
            pk += 1
        places += begun
        standing = [p for p in standing if p not in ending] + begun
        for old in ending if begun else []:
            for new in draw(st.lists(st.sampled_from(begun), unique=True, max_size=3)):
                basis = draw(st.sampled_from(["Nghị quyết", UNVERIFIED]))
                passages.append(Passage(old.pk, new.pk, day, draw(st.booleans()), basis))
    return Atlas(places, passages)


COUNTS = st.dictionaries(st.sampled_from([*range(16), UNKNOWN]), st.integers(-5, 1_000), max_size=8)


def slow(atlas: Atlas, counts: dict[int, int], day: date) -> tuple[dict[int, int], dict[int, set[int]], dict[int, int]]:
    """(counts placed, area not placed → who may have it, unknown), by searching the whole list of successions each time."""
    every = [passage for passages in atlas.onward.values() for passage in passages]

    def steps(place: Place) -> list[tuple[int, bool]]:
        if place.since > day:
            return [(p.old, p.whole) for p in every if p.new == place.pk and p.on > day]
        return [(p.new, p.whole) for p in every if p.old == place.pk and p.on <= day]

    def certain(place: Place) -> int | None:
        if place.stands(day):
            return place.pk
        ways = steps(place)
        return certain(atlas.places[ways[0][0]]) if len(ways) == 1 and ways[0][1] else None

    def possible(place: Place) -> set[int]:
        if place.stands(day):
            return {place.pk}
        return {end for there, _whole in steps(place) for end in possible(atlas.places[there])}

    placed: dict[int, int] = {}
    left: dict[int, set[int]] = {}
    unknown: dict[int, int] = {}
    for pk, count in counts.items():
        if pk not in atlas.places:
            unknown[pk] = count
        elif (there := certain(atlas.places[pk])) is not None:
            placed[there] = placed.get(there, 0) + count
        else:
            left[pk] = possible(atlas.places[pk])
    return placed, left, unknown


@given(atlases(), COUNTS, ON_MAP)
def test_the_fast_map_is_the_slow_one(atlas: Atlas, counts: dict[int, int], day: date) -> None:
    mapped = atlas.on_map(counts, day)
    placed, left, unknown = slow(atlas, counts, day)
    assert dict(mapped.counts) == placed
    assert {one.place.pk: {r.place.pk for r in one.candidates} for one in mapped.undecided} == left
    assert dict(mapped.unknown) == unknown


@given(atlases(), COUNTS, ON_MAP)
def test_totals_are_kept_and_going_twice_changes_nothing(atlas: Atlas, counts: dict[int, int], day: date) -> None:
    mapped = atlas.on_map(counts, day)
    assert sum(mapped.by_area().values()) == sum(counts.values())
    assert all(atlas.places[pk].stands(day) for pk in mapped.counts)
    again = atlas.on_map(mapped.by_area(), day)
    assert (again.counts, again.undecided, again.unknown) == (mapped.counts, mapped.undecided, mapped.unknown)
    assert set(mapped.unknown) == set(counts) - set(atlas.places)


@given(atlases(), ON_MAP)
def test_what_was_reached_is_reached_back(atlas: Atlas, day: date) -> None:
    for place in atlas.places.values():
        for one in atlas.successors(place.pk, day):
            back = {r.place.pk for r in atlas.origins(one.place.pk, place.since)}
            assert place.pk in back


def test_a_ring_in_the_data_is_walked_once() -> None:
    first = Place(1, "commune", "1", "A", None, EARLIEST, date(2010, 1, 1))
    second = Place(2, "commune", "2", "B", None, EARLIEST, date(2010, 1, 1))
    atlas = Atlas([first, second], [Passage(a, b, date(2010, 1, 1), True, "x") for a, b in ((1, 2), (2, 1))])
    mapped = atlas.on_map({1: 5}, MERGED)
    assert not mapped.counts
    assert [(one.place.pk, one.count, one.candidates) for one in mapped.undecided] == [(1, 5, ())]


@pytest.fixture
def vinh_long(db: None) -> Atlas:
    gazetteer.load(["86"])
    return atlas_of(Area.objects.filter(level=AreaLevel.PROVINCE, code="86", until=None))


Find = Callable[[str, date], int]


@pytest.fixture
def find(vinh_long: Atlas) -> Find:
    """The key of an area by its code and a day on which it stands."""

    def key(code: str, day: date) -> int:
        return next(p.pk for p in vinh_long.places.values() if p.code == code and p.stands(day))

    return key


@pytest.fixture
def whole(vinh_long: Atlas) -> Atlas:
    """The atlas of every area loaded."""
    return atlas_of(Area.objects.all())


def _names(mapped: Mapped, atlas: Atlas) -> dict[str, int]:
    return {atlas.places[pk].name: count for pk, count in mapped.counts.items()}


def test_one_for_each_old_commune_on_the_map_of_now(whole: Atlas, find: Find) -> None:
    old = [p for p in whole.places.values() if p.level == AreaLevel.COMMUNE and p.since == EARLIEST]
    mapped = whole.on_map({p.pk: 1 for p in old}, MERGED)
    assert len(mapped.counts) == 124 - 2  # Phường Bình Minh and Phường Cái Vồn have other old communes: see below.
    assert sum(mapped.counts.values()) == 354 - 5


def test_the_atlas_of_a_province_holds_the_provinces_it_was_made_of(vinh_long: Atlas) -> None:
    assert sorted(p.code for p in vinh_long.places.values()) == ["83", "84", "86", "86"]
