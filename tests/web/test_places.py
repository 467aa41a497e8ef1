"""Difficulty lists: read from a CSV, dated, never carried over a merger by themselves. The lists here are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ansinh.web.registry import gazetteer
from ansinh.web.registry.gazetteer import MERGED
from ansinh.web.registry.models import Area, AreaLevel, PlaceFact
from ansinh.web.registry.places import COLUMNS, PlaceListError, load_places, place_on, places_before

HEAD = ",".join(COLUMNS)
LINES = [
    HEAD,
    "29410,Hòa Minh,,2021-06-04,2026-01-01,3,,yes,,Danh sách A,yes",
    "29410,Hòa Minh,Ấp Giồng Giá,2021-09-16,2026-01-01,,yes,,,Danh sách B,no",
    "29410,Hòa Minh,,2026-01-01,,2,,,no,Danh sách C,no",
    "29719,Thị trấn Tam Bình,,2021-06-04,2026-01-01,1,,,,Danh sách A,yes",
]


@pytest.fixture(autouse=True)
def _vinh_long(db: None) -> None:
    gazetteer.load(["86"])


def commune(name: str, day: date) -> Area:
    return Area.objects.get(level=AreaLevel.COMMUNE, name=name, since__lte=day, until=MERGED if day < MERGED else None)


def said(area: Area, day: date) -> dict[str, tuple[object, str, bool]]:
    return {name: (entry.value, entry.document, entry.confirmed) for name, entry in place_on(area, day).items()}


def test_a_list_is_read_once_and_answers_for_each_day() -> None:
    assert load_places(LINES) == (4, 4)
    assert load_places(LINES) == (0, 4)
    old, new = commune("Xã Hòa Minh", date(2021, 1, 1)), commune("Xã Hòa Minh", MERGED)
    hamlet = Area.objects.get(level=AreaLevel.HAMLET)
    assert (hamlet.code, hamlet.parent, hamlet.kind) == ("29410-001", old, "ấp")
    assert said(old, date(2021, 6, 3)) == {}
    assert said(old, date(2021, 6, 4)) == {
        "area_class": (3, "Danh sách A", True),
        "dbkk_coast": (True, "Danh sách A", True),
    }
    assert said(hamlet, date(2021, 6, 4)) == said(old, date(2021, 6, 4))
    assert said(hamlet, date(2021, 9, 16)) == {
        **said(old, date(2021, 6, 4)), "dbkk_hamlet": (True, "Danh sách B", False)
    }  # fmt: skip
    assert said(new, date(2026, 1, 1)) == {
        "area_class": (2, "Danh sách C", False), "has_dbkk_hamlet": (False, "Danh sách C", False)
    }  # fmt: skip


def test_a_merger_carries_nothing_over_but_names_what_was_said_of_the_old_communes() -> None:
    load_places(LINES)
    tra_con = commune("Xã Trà Côn", MERGED)
    assert place_on(tra_con, date(2025, 10, 1)) == {}
    assert [(f.area.name, f.area_class) for f in places_before(tra_con, date(2025, 10, 1))] == [
        ("Thị trấn Tam Bình", 1)
    ]
    assert places_before(tra_con, date(2026, 1, 1)) == []
    assert places_before(commune("Thị trấn Tam Bình", date(2020, 1, 1)), date(2025, 1, 1)) == []
    assert [f.document for f in places_before(commune("Xã Hòa Minh", MERGED), date(2025, 10, 1))] == ["Danh sách A"]


def test_of_two_lists_that_hold_the_newer_speaks_and_a_correction_replaces() -> None:
    newer = "29410,Hòa Minh,,2022-01-01,2026-01-01,2,,,,Danh sách D,yes"
    load_places([*LINES, newer])
    old = commune("Xã Hòa Minh", date(2021, 1, 1))
    assert place_on(old, date(2022, 5, 1))["area_class"].value == 2
    assert place_on(old, date(2022, 5, 1))["dbkk_coast"].value is True
    assert load_places([HEAD, newer.replace(",2,,", ",1,,")]) == (1, 1)
    assert place_on(old, date(2022, 5, 1))["area_class"].value == 1


def test_each_line_that_cannot_be_read_is_named_and_nothing_is_written() -> None:
    with pytest.raises(PlaceListError) as refused:
        load_places(
            [
                *LINES,
                "99999,,,2021-06-04,,3,,,,Danh sách A,yes",
                "29410,,,04/06/2021,,3,,,,Danh sách A,yes",
                "29410,,,2021-06-04,2021-06-04,3,,,,Danh sách A,yes",
                "29410,,,2021-06-04,,4,,,,Danh sách A,yes",
                "29410,,,2021-06-04,,3,yes,,,Danh sách A,yes",
                "29410,,,2021-06-04,,3,,maybe,,Danh sách A,yes",
                "29410,,,2021-06-04,,3,,,,,yes",
                "29410,,,,,3,,,,Danh sách A,yes",
            ]
        )
    assert [fault.split(":")[0] for fault in refused.value.faults] == [f"Dòng {n}" for n in range(6, 14)]
    assert not PlaceFact.objects.exists()
    assert not Area.objects.filter(level=AreaLevel.HAMLET).exists()
    with pytest.raises(PlaceListError, match="thiếu cột"):
        load_places(["commune_code,since"])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "danh-sach.csv"
    file.write_text("\n".join(LINES), encoding="utf-8-sig")
    call_command("load_places", str(file))
    assert "Đã đọc 4 dòng, ghi 4" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không mở được"):
        call_command("load_places", str(tmp_path / "khong-co.csv"))
    file.write_text(f"{HEAD}\n29410,,,hôm qua,,3,,,,A,yes", encoding="utf-8")
    with pytest.raises(CommandError, match="Dòng 2"):
        call_command("load_places", str(file))
    file.write_bytes("commune_code,Hòa".encode("utf-16"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("load_places", str(file))
