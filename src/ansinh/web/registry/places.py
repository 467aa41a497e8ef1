"""Difficulty lists by commune and hamlet as dated facts: read from a CSV, and asked for a day.

The columns of the CSV (UTF-8, one row per commune or hamlet and list):

    commune_code   official code, as the list's own time had it
    commune_name   its name, needed only where the code was used again after 1 July 2025
    hamlet         name of the hamlet; empty for a row about the whole commune
    since, until   YYYY-MM-DD, half-open; an empty until is a list still in force
    area_class     1, 2 or 3: khu vực I, II, III
    dbkk_hamlet    yes or no: an extremely difficult hamlet; only in a hamlet's row
    dbkk_coast     yes or no: an extremely difficult coastal or island commune
    has_dbkk_hamlet  yes or no: the commune has extremely difficult hamlets
    document       the list, such as “Quyết định 861/QĐ-TTg”
    confirmed      yes when the row was compared with the document's own text, else no

An empty cell says nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from ansinh.core.words import folded
from ansinh.web.registry.areas import atlas_of
from ansinh.web.registry.models import Area, AreaLevel, PlaceFact

COLUMNS = (
    "commune_code",
    "commune_name",
    "hamlet",
    "since",
    "until",
    "area_class",
    "dbkk_hamlet",
    "dbkk_coast",
    "has_dbkk_hamlet",
    "document",
    "confirmed",
)
SAID = ("area_class", "dbkk_hamlet", "dbkk_coast", "has_dbkk_hamlet")
_TRUTH = {"yes": True, "no": False, "có": True, "không": False, "": None}


class PlaceListError(ValueError):
    """Lines that cannot be read, each with what to do; nothing was written."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer about a place, the list it stands in, and whether that was compared with the document."""

    value: int | bool
    document: str
    confirmed: bool
    area: Area


def place_on(area: Area, day: date) -> dict[str, Entry]:
    """What the lists in force on a day say of a commune or hamlet: column of SAID → entry. What no list says is left out.

    A hamlet has the class and coast of its commune. Of two lists that hold, the newer speaks. Nothing is carried over from the
    communes that an area was made of: see `places_before`.
    """
    areas = [area.pk, area.parent_id] if area.level == AreaLevel.HAMLET else [area.pk]
    found: dict[str, Entry] = {}
    for fact in _in_force(areas, day):
        for column in SAID:
            value = getattr(fact, column)
            if value is not None:
                found[column] = Entry(value, fact.document, fact.confirmed, fact.area)
    return found


def places_before(area: Area, day: date) -> list[PlaceFact]:
    """What lists in force on a day say of the communes that an area was made of: for a person to weigh, never carried over.

    After the merger one commune may hold land of several classes, and the list then still names the old communes.
    """
    atlas = atlas_of(Area.objects.filter(pk=area.pk))
    older = [place.pk for place in atlas.places.values() if place.since < area.since]
    origins = [pk for pk in older if any(one.place.pk == area.pk for one in atlas.reached(pk, area.since))]
    return _in_force(origins, day)


def _in_force(areas: Iterable[int | None], day: date) -> list[PlaceFact]:
    """The facts that hold on a day, the oldest list first, a commune's before its hamlet's."""
    held = PlaceFact.objects.filter(Q(until=None) | Q(until__gt=day), area__in=areas, since__lte=day)
    level = {AreaLevel.COMMUNE: 0, AreaLevel.HAMLET: 1}
    return sorted(
        held.select_related("area"), key=lambda f: (level.get(AreaLevel(f.area.level), 0), f.since, f.area.code, f.pk)
    )


def load_places(lines: Iterable[str]) -> tuple[int, int]:
    """Read a CSV of difficulty lists: (facts new or changed, facts read). Reading it again changes nothing.

    PlaceListError names every line that cannot be read; then nothing was written.
    """
    reader = csv.DictReader(lines)
    lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise PlaceListError([f"Dòng 1: thiếu cột {', '.join(lacking)}. · Line 1: columns are missing."])
    faults: list[str] = []
    read = []
    with transaction.atomic():
        for number, row in enumerate(reader, start=2):
            try:
                read.append(_read({name: (value or "").strip() for name, value in row.items() if name}))
            except ValueError as fault:
                faults.append(f"Dòng {number}: {fault}")
        if faults:
            transaction.set_rollback(True)
        else:
            written = sum(_written(area, said) for area, said in read)
    if faults:
        raise PlaceListError(faults)
    return written, len(read)


def _written(area: Area, said: Mapping[str, Any]) -> bool:
    key = {"area": area, "since": said["since"], "document": said["document"]}
    fact = PlaceFact.objects.filter(**key).first() or PlaceFact(**key)
    if fact.pk and all(getattr(fact, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(fact, name, value)
    fact.save()
    return True


def _read(row: Mapping[str, str]) -> tuple[Area, dict[str, Any]]:
    """The area of a line and what is said of it; ValueError says what is wrong and what to do."""
    since, until = _day(row["since"], "since"), _day(row["until"], "until")
    if since is None:
        raise ValueError("chưa có ngày bắt đầu (since). Hãy ghi ngày danh sách có hiệu lực. · since is empty.")
    if until is not None and until <= since:
        raise ValueError("ngày kết thúc (until) phải sau ngày bắt đầu. · until must come after since.")
    if not row["document"]:
        raise ValueError("chưa ghi văn bản (document). · document is empty.")
    if row["area_class"] not in ("", "1", "2", "3"):
        raise ValueError(f"khu vực (area_class) là 1, 2 hoặc 3, không phải “{row['area_class']}”. · Not a class.")
    truths = {name: _truth(row[name], name) for name in (*SAID[1:], "confirmed")}
    if truths["dbkk_hamlet"] is not None and not row["hamlet"]:
        raise ValueError("cột dbkk_hamlet chỉ dùng cho thôn; hãy ghi tên thôn (hamlet). · Name the hamlet.")
    area = _commune(row, since)
    if row["hamlet"]:
        area = _hamlet(area, row["hamlet"])
    said = {**truths, "since": since, "until": until, "document": row["document"][:200]}
    return area, {
        **said,
        "area_class": int(row["area_class"]) if row["area_class"] else None,
        "confirmed": bool(truths["confirmed"]),
    }


def _day(text: str, column: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{column} phải viết NĂM-THÁNG-NGÀY, không phải “{text}”. · Write YYYY-MM-DD.") from None


def _truth(text: str, column: str) -> bool | None:
    if text.lower() not in _TRUTH:
        raise ValueError(f"{column} là yes, no hoặc để trống, không phải “{text}”. · Write yes, no or nothing.")
    return _TRUTH[text.lower()]


def _commune(row: Mapping[str, str], day: date) -> Area:
    code, name = row["commune_code"], row["commune_name"]
    found = list(Area.objects.filter(level=AreaLevel.COMMUNE, code=code).order_by("-since"))
    if name:
        found = [area for area in found if folded(area.name).endswith(folded(name))]
    standing = [area for area in found if area.since <= day and (area.until is None or day < area.until)]
    if not (standing or found):
        raise ValueError(
            f"không có xã nào mang mã “{code}” {name}. Hãy nạp đơn vị hành chính trước. · No such commune."
        )
    return (standing or found)[0]


def _hamlet(commune: Area, name: str) -> Area:
    """The hamlet of that name, made known when a list first names it. Hamlets have no official code: theirs is a number
    after the commune's."""
    hamlets = list(Area.objects.filter(level=AreaLevel.HAMLET, parent=commune).order_by("code"))
    for hamlet in hamlets:
        if folded(hamlet.name) == folded(name):
            return hamlet
    return Area.objects.create(
        level=AreaLevel.HAMLET,
        code=f"{commune.code}-{len(hamlets) + 1:03d}",
        name=name,
        kind=name.split()[0].lower(),
        parent=commune,
        since=commune.since,
        until=commune.until,
    )
