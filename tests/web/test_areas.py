"""Counts on the map of then and of now, against a slow twin that walks every succession, and on the real Vĩnh Long."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.web.registry import gazetteer
from ansinh.web.registry.areas import LAST_DAY_BEFORE, Atlas, Passage, Place, atlas_of
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
def whole(db: None) -> Atlas:
    """The atlas of Vĩnh Long and of the three provinces it was made of."""
    gazetteer.load(["86"])
    return atlas_of(Area.objects.all())


def _find(atlas: Atlas, name: str, day: date) -> int:
    (found,) = [p.pk for p in atlas.places.values() if p.name == name and p.stands(day)]
    return found


def test_one_for_each_old_commune_on_the_map_of_now(whole: Atlas) -> None:
    old = [p for p in whole.places.values() if p.level == AreaLevel.COMMUNE and p.since == EARLIEST]
    mapped = whole.on_map({p.pk: 1 for p in old}, MERGED)
    assert len(mapped.counts) == 124
    assert sum(mapped.counts.values()) == 354 - 5
    assert {one.place.name: {r.place.name for r in one.candidates} for one in mapped.undecided} == {
        "Thị trấn Trà Ôn": {"Xã Trà Ôn", "Xã Ngãi Tứ"},
        "Thị trấn Tam Bình": {"Xã Trà Côn", "Xã Tam Bình"},
        "Xã Ngãi Tứ": {"Xã Ngãi Tứ", "Phường Cái Vồn"},
        "Phường Thành Phước": {"Phường Bình Minh", "Phường Cái Vồn"},
        "Phường Cái Vồn": {"Phường Bình Minh", "Phường Cái Vồn"},
    }


def test_going_back_only_what_came_from_one_commune_alone_is_placed(whole: Atlas) -> None:
    new = [p for p in whole.places.values() if p.level == AreaLevel.COMMUNE and p.since == MERGED]
    mapped = whole.on_map({p.pk: 1 for p in new}, LAST_DAY_BEFORE)
    assert {whole.places[pk].name for pk in mapped.counts} == {
        "Xã Hòa Minh",
        "Xã Long Hòa",
        "Xã Long Vĩnh",
        "Xã Đông Hải",
    }
    assert len(mapped.undecided) == 120
    # The parts are named beside the whole ones.
    (cai_von,) = [one for one in mapped.undecided if one.place.name == "Phường Cái Vồn"]
    assert {r.place.name: r.whole for r in cai_von.candidates} == {
        "Xã Mỹ Hòa": True, "Xã Ngãi Tứ": False, "Phường Thành Phước": False, "Phường Cái Vồn": False,
    }  # fmt: skip


def test_a_province_holds_its_communes_on_either_map(whole: Atlas) -> None:
    province = next(p.pk for p in whole.places.values() if p.code == "86" and p.since == MERGED)
    assert len(whole.within(province, MERGED, AreaLevel.COMMUNE)) == 124
    assert len(whole.within(province, LAST_DAY_BEFORE, AreaLevel.COMMUNE)) == 354
    assert len(whole.within(province, LAST_DAY_BEFORE, AreaLevel.DISTRICT)) == 26
    old = next(p.pk for p in whole.places.values() if p.code == "84")
    assert len(whole.within(old, LAST_DAY_BEFORE, AreaLevel.COMMUNE)) == 104
    assert [p.name for p in whole.within(_find(whole, "Phường An Hội", MERGED), MERGED, AreaLevel.COMMUNE)] == [
        "Phường An Hội"
    ]


def test_a_basis_nobody_verified_is_said_of_the_count_it_moved(db: None) -> None:
    gazetteer.load(["75"])
    atlas = atlas_of(Area.objects.filter(code="75", until=None))
    counts = {p.pk: 1 for p in atlas.places.values() if p.since == EARLIEST}
    assert atlas.on_map(counts, MERGED).unverified == frozenset()
    later = atlas.on_map(counts, date(2026, 5, 1))
    assert {atlas.places[pk].name: n for pk, n in later.counts.items()} == {"Thành phố Đồng Nai": 2}
    assert later.unverified == set(counts)


def test_the_atlas_of_one_area_holds_what_it_became_and_was_made_of(whole: Atlas) -> None:
    one = Area.objects.filter(name="Thị trấn Trà Ôn", since=EARLIEST)
    names = {p.name for p in atlas_of(one).places.values()}
    assert {"Thị trấn Trà Ôn", "Xã Trà Ôn", "Xã Ngãi Tứ", "Xã Tích Thiện", "Phường Bình Minh"} <= names
    assert "Xã Hòa Minh" not in names
