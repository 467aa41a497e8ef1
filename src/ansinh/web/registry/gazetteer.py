"""The administrative units of the country as they ship with the package (data/README.md), and how they are loaded.

A unit is one row of one map: its code, name and parent for a span of days. Whatever changes in it makes a new row, and a
succession leads from the old to the new (decision 11).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from ansinh.web.registry import bulk
from ansinh.web.registry.models import Area, AreaLevel, Succession

DATA = Path(__file__).parent / "data"
# The sources do not say since when the older units stood: this day only means “before anything kept here”.
EARLIEST = date(2000, 1, 1)
MERGED = date(2025, 7, 1)
# A succession with no basis rests on nothing we could read, and every reading of it says so.
UNVERIFIED = ""
_KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")

Key = tuple[str, str, date]  # Level, code, first day: what makes a unit one unit.


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one map, before it has a row in the database."""

    level: str
    code: str
    name: str
    parent: Key | None
    since: date
    until: date | None = None

    @property
    def key(self) -> Key:
        return (self.level, self.code, self.since)

    @property
    def kind(self) -> str:
        """`xã`, `phường`, …: the words the official name opens with, however their letters are written."""
        return next(kind for kind in _KINDS if self.name.lower().startswith(kind))


@dataclass(frozen=True, slots=True)
class Link:
    """A unit that took over another, whole or in part, on a day."""

    old: Key
    new: Key
    on: date
    whole: bool
    basis: str


@dataclass(frozen=True)
class Loaded:
    """What loading did: how many areas and successions there are, and how many of them were new or changed."""

    areas: int
    successions: int
    written: int


def shipped(provinces: Collection[str] | None = None) -> tuple[list[Unit], list[Link]]:
    """Every unit, parents before children, and every succession; of these provinces of today, or of the whole country."""
    now = [row for row in _rows("provinces") if provinces is None or row["code"] in provinces]
    unknown = set(provinces or ()) - {row["code"] for row in now}
    if unknown:
        raise ValueError(f"no province has the code {', '.join(sorted(unknown))}")
    before = _before({code for row in now for code in row["old_codes"].split()})
    after = _after(now)
    links = _provinces_linked(now) + _communes_linked(now, before, after)
    return _renewed(before + after, links)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _before(provinces: set[str]) -> list[Unit]:
    """The map until 30 June 2025: provinces, districts, communes."""

    def unit(level: str, row: dict[str, str], parent: Key | None) -> Unit:
        until = date.fromisoformat(row["until"]) if row.get("until") else MERGED
        return Unit(level, row["code"], row["name"], parent, EARLIEST, until)

    tops = [unit(AreaLevel.PROVINCE, row, None) for row in _rows("provinces-before") if row["code"] in provinces]
    districts = [
        unit(AreaLevel.DISTRICT, row, (AreaLevel.PROVINCE, row["province_code"], EARLIEST))
        for row in _rows("districts-before")
        if row["province_code"] in provinces
    ]
    held = {district.code for district in districts}
    communes = [
        unit(AreaLevel.COMMUNE, row, (AreaLevel.DISTRICT, row["district_code"], EARLIEST))
        for row in _rows("communes-before")
        if row["district_code"] in held
    ]
    return tops + districts + communes


def _after(provinces: list[dict[str, str]]) -> list[Unit]:
    """The map from 1 July 2025: provinces, communes."""
    codes = {row["code"] for row in provinces}
    tops = [Unit(AreaLevel.PROVINCE, row["code"], row["name"], None, MERGED) for row in provinces]
    return tops + [
        Unit(AreaLevel.COMMUNE, row["code"], row["name"], (AreaLevel.PROVINCE, row["province_code"], MERGED), MERGED)
        for row in _rows("communes")
        if row["province_code"] in codes
    ]


def _provinces_linked(provinces: list[dict[str, str]]) -> list[Link]:
    links = []
    for row in provinces:
        old = row["old_codes"].split()
        # Each of the 23 resolutions on communes of a merged province cites the National Assembly's; the 11 others do not.
        basis = "Nghị quyết 202/2025/QH15" if len(old) > 1 else "Danh mục 1027/CTK-CSCL"
        new = (AreaLevel.PROVINCE, row["code"], MERGED)
        links += [Link((AreaLevel.PROVINCE, code, EARLIEST), new, MERGED, True, basis) for code in old]
    return links


def _communes_linked(provinces: list[dict[str, str]], before: list[Unit], after: list[Unit]) -> list[Link]:
    resolutions = {row["code"]: f"Nghị quyết {row['resolution']}" for row in provinces}
    basis = {unit.code: resolutions[unit.parent[1]] for unit in after if unit.parent}
    # Districts have three figures and communes five, so that the code alone says which an old unit is.
    old = {unit.code: unit.key for unit in before if unit.level != AreaLevel.PROVINCE}
    return [
        Link(
            old[row["old"]],
            (AreaLevel.COMMUNE, row["new"], MERGED),
            MERGED,
            row["extent"] == "full",
            UNVERIFIED if row["note"] == "unverified" else basis[row["new"]],
        )
        for row in _rows("successions")
        if row["new"] in basis
    ]


def _renewed(units: list[Unit], links: list[Link]) -> tuple[list[Unit], list[Link]]:
    """The same, where a unit that was renamed, or whose parent was, ends on that day and goes on as a new row."""
    names = {
        (row["level"], row["code"], MERGED): (date.fromisoformat(row["on"]), row["name"]) for row in _rows("renamed")
    }
    first, second = [], []
    for unit in units:
        on, name = names.get(unit.key) or (names.get(unit.parent or unit.key, (None, ""))[0], unit.name)
        if on is None:
            first.append(unit)
            continue
        parent = (*unit.parent[:2], on) if unit.parent in names and unit.parent is not None else unit.parent
        new = Unit(unit.level, unit.code, name, parent, on)
        first.append(Unit(unit.level, unit.code, unit.name, unit.parent, unit.since, on))
        second.append(new)
        links.append(Link(unit.key, new.key, on, True, UNVERIFIED))
    return first + second, links


def load(provinces: Collection[str] | None = None) -> Loaded:
    """Bring the areas of these provinces (all by default) to what ships; what stands already is not touched.

    ValueError names a code that is no province's. Areas that do not ship, such as hamlets, stay as they are.
    """
    units, links = shipped(provinces)
    with transaction.atomic():
        keys, written = _load_units(units)
        written += _load_links(links, keys)
    return Loaded(len(units), len(links), written)


def _load_units(units: Sequence[Unit]) -> tuple[dict[Key, int], int]:
    there = {
        (level, code, since): (pk, (name, kind, parent, until))
        for pk, level, code, since, name, kind, parent, until in Area.objects.exclude(
            level=AreaLevel.HAMLET
        ).values_list("pk", "level", "code", "since", "name", "kind", "parent_id", "until")
    }
    new = [unit for unit in units if unit.key not in there]
    keys = {key: pk for key, (pk, _said) in there.items()}
    keys |= zip((unit.key for unit in new), bulk.new_keys(Area, len(new)), strict=True)

    def said(unit: Unit) -> tuple[str, str, int | None, date | None]:
        return (unit.name, unit.kind, keys[unit.parent] if unit.parent else None, unit.until)

    columns = ("name", "kind", "parent_id", "until")
    bulk.insert(Area, ("id", "level", "code", "since", *columns), ((keys[u.key], *u.key, *said(u)) for u in new))
    changed = [unit for unit in units if unit.key in there and there[unit.key][1] != said(unit)]
    bulk.update(Area, columns, ((keys[unit.key], *said(unit)) for unit in changed))
    return keys, len(new) + len(changed)


def _load_links(links: Sequence[Link], keys: dict[Key, int]) -> int:
    there = {
        (old, new, on): (pk, (whole, basis))
        for pk, old, new, on, whole, basis in Succession.objects.values_list(
            "pk", "old_id", "new_id", "on", "whole", "basis"
        )
    }
    wanted = {(keys[link.old], keys[link.new], link.on): (link.whole, link.basis) for link in links}
    new = {place: said for place, said in wanted.items() if place not in there}
    changed = {there[place][0]: said for place, said in wanted.items() if place in there and there[place][1] != said}
    bulk.insert(Succession, ("old_id", "new_id", "on", "whole", "basis"), ((*p, *said) for p, said in new.items()))
    bulk.update(Succession, ("whole", "basis"), ((pk, *said) for pk, said in changed.items()))
    return len(new) + len(changed)


def provinces() -> Iterator[tuple[str, str]]:
    """(code, name) of the provinces of today."""
    for row in _rows("provinces"):
        yield row["code"], row["name"]
