"""The units that ship, against the numbers their sources and the law give: the country's, and Vĩnh Long's row by row."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from ansinh.core.words import folded
from ansinh.web.registry import gazetteer
from ansinh.web.registry.gazetteer import EARLIEST, MERGED, UNVERIFIED, Link, Unit
from ansinh.web.registry.models import Area, AreaLevel, Succession

EVE = date(2025, 6, 30)
RENAMED = date(2026, 4, 30)

# Article 1, clauses 1 to 120, of Resolution 1687/NQ-UBTVQH15; its word processor ran some words together.
RESOLUTION = Path(__file__).parent / "resolution-1687.txt"
CLAUSE_WORDS = (
    "sắp xếp toàn bộ", "diện tích tự nhiên", "quy mô dân số", "quy mô dân", "sau khi sắp xếp theo quy định tại", "một phần",
    "phần còn lại", "điều này", "khoản", "thị trấn", "thành xã mới có", "thành phường mới có", "phường", "các", "của",
    "xã", "và",
)  # fmt: skip
UNCHANGED = {"Xã Hòa Minh", "Xã Long Hòa", "Xã Long Vĩnh", "Xã Đông Hải"}

Shipped = tuple[list[Unit], list[Link]]


@pytest.fixture(scope="module")
def country() -> Shipped:
    return gazetteer.shipped()


@pytest.fixture(scope="module")
def vinh_long() -> Shipped:
    return gazetteer.shipped(["86"])


def _standing(units: list[Unit], day: date) -> Counter[str]:
    return Counter(u.level for u in units if u.since <= day and (u.until is None or day < u.until))


def test_the_country_has_the_official_numbers_on_both_maps(country: Shipped) -> None:
    units, links = country
    assert _standing(units, EVE) == {"province": 63, "district": 696, "commune": 10_035}
    assert sum(u.level == AreaLevel.COMMUNE and u.since == EARLIEST for u in units) == 10_047
    for day in (MERGED, RENAMED, date(2026, 11, 1)):
        assert _standing(units, day) == {"province": 34, "commune": 3_321}
    kinds = Counter(u.kind for u in units if u.level == AreaLevel.COMMUNE and u.since == MERGED)
    assert kinds == {"xã": 2_621, "phường": 687, "đặc khu": 13}
    of_communes = [link for link in links if link.on == MERGED and link.new[0] == AreaLevel.COMMUNE]
    assert len(of_communes) == 10_583
    assert Counter(link.whole for link in of_communes) == {True: 9_611, False: 972}


def test_every_old_unit_leads_on_and_every_new_one_comes_from_somewhere(country: Shipped) -> None:
    units, links = country
    old, new = {link.old for link in links}, {link.new for link in links}
    assert all(u.key in old for u in units if u.level != AreaLevel.DISTRICT and u.since == EARLIEST)
    assert all(u.key in new for u in units if u.since >= MERGED)
    known = {u.key for u in units}
    assert (old | new | {u.parent for u in units if u.parent}) <= known
    # Of the districts, only the five that had no communes became a unit of their own.
    assert sorted(key[1] for key in old if key[0] == AreaLevel.DISTRICT) == ["318", "471", "498", "536", "755"]


def test_an_old_unit_went_wholly_to_one_or_in_parts_to_several(country: Shipped) -> None:
    parts = defaultdict(list)
    for link in country[1]:
        parts[link.old].append(link.whole)
    assert {tuple(sorted(set(wholes))) for wholes in parts.values()} == {(True,), (False,)}
    assert all(len(wholes) == 1 if wholes[0] else len(wholes) > 1 for wholes in parts.values())
    assert sum(not wholes[0] for wholes in parts.values()) == 441


def test_what_rests_on_no_document_we_read_is_marked(country: Shipped) -> None:
    units, links = country
    names = {u.key: u.name for u in units}
    unverified = [link for link in links if link.basis == UNVERIFIED]
    early = [link for link in unverified if link.on == MERGED]
    assert {names[link.old] for link in early} == {
        "Xã Tân An", "Xã Nham Sơn", "Xã Thắng Cương", "Xã Đông Khê", "Xã Đông Xuân", "Xã Bình Lộc", "Xã Hương Hòa",
        "Xã Quế Phước", "Xã Đạ M'ri", "Xã Mỹ Lâm", "Xã Tư Nghĩa", "Xã Phù Mỹ",
    }  # fmt: skip
    assert {link.old for link in early} == {u.key for u in units if u.until == EVE}
    # The rest is Đồng Nai's new name, from 30 April 2026: the province and its 95 communes.
    assert Counter(link.new[0] for link in unverified if link.on == RENAMED) == {"province": 1, "commune": 95}
    assert len(unverified) == 12 + 96


def test_dong_nai_is_a_city_with_ten_more_wards_from_the_day_it_was_renamed(country: Shipped) -> None:
    units = country[0]
    province = [(u.name, u.since, u.until) for u in units if u.level == AreaLevel.PROVINCE and u.code == "75"]
    assert province == [
        ("Tỉnh Đồng Nai", EARLIEST, MERGED),
        ("Tỉnh Đồng Nai", MERGED, RENAMED),
        ("Thành phố Đồng Nai", RENAMED, None),
    ]
    wards = Counter(u.kind == "phường" for u in units if u.parent and u.parent[1] == "75" and u.since == RENAMED)
    before = Counter(u.kind == "phường" for u in units if u.parent and u.parent[1] == "75" and u.since == MERGED)
    assert sum(wards.values()) == sum(before.values()) == 95
    assert wards[True] - before[True] == 10


def test_every_province_came_from_the_63(country: Shipped) -> None:
    made = defaultdict(list)
    for link in country[1]:
        if link.new[0] == AreaLevel.PROVINCE and link.on == MERGED:
            assert link.whole
            made[link.new[1]].append((link.old[1], link.basis))
    assert sum(map(len, made.values())) == 63
    assert Counter(len(old) > 1 for old in made.values()) == {True: 23, False: 11}
    assert dict(made["86"]) == dict.fromkeys(("83", "84", "86"), "Nghị quyết 202/2025/QH15")
    assert made["01"] == [("01", "Danh mục 1027/CTK-CSCL")]


def _letters(text: str) -> str:
    """Letters and figures alone, without accents, `y` as `i`: sources spell Quy and Qui, Hòa and Hoà."""
    return re.sub(r"[^a-z0-9]", "", folded(text)).replace("y", "i")


def _kind(name: str) -> str:
    return next(kind for kind in ("Thị trấn", "Phường", "Xã") if name.startswith(kind))


class TestVinhLong:
    """Bến Tre, Trà Vinh and Vĩnh Long became Vĩnh Long: 354 communes became 124 (Resolution 1687/NQ-UBTVQH15)."""

    def test_numbers(self, vinh_long: Shipped) -> None:
        units, links = vinh_long
        assert _standing(units, EVE) == {"province": 3, "district": 26, "commune": 354}
        assert _standing(units, MERGED) == {"province": 1, "commune": 124}
        district = {u.key: u.parent for u in units if u.level == AreaLevel.DISTRICT}
        of = Counter(district[u.parent][1] for u in units if u.parent in district)  # type: ignore[index]
        assert of == {"83": 148, "84": 104, "86": 102}
        kinds = Counter(u.kind for u in units if u.level == AreaLevel.COMMUNE and u.since == MERGED)
        assert kinds == {"xã": 105, "phường": 19}
        assert len([link for link in links if link.new[0] == AreaLevel.COMMUNE]) == 359

    def test_every_old_commune_has_its_successor_by_the_resolution(self, vinh_long: Shipped) -> None:
        units, links = vinh_long
        led = {link.old for link in links}
        assert [
            u.name for u in units if u.since == EARLIEST and u.level == AreaLevel.COMMUNE and u.key not in led
        ] == []
        bases = {link.basis for link in links if link.new[0] == AreaLevel.COMMUNE}
        assert bases == {"Nghị quyết 1687/NQ-UBTVQH15"}

    def test_row_by_row_against_the_words_of_the_resolution(self, vinh_long: Shipped) -> None:
        """Each of the 120 clauses names exactly the old communes that the table leads to its new commune."""
        units, links = vinh_long
        names = {u.key: u.name for u in units}
        made_of = defaultdict(list)
        for link in links:
            if link.new[0] == AreaLevel.COMMUNE:
                made_of[_letters(names[link.new])].append(names[link.old])
        checked = 0
        for line in RESOLUTION.read_text(encoding="utf-8").splitlines():
            clause, _, new = line.removesuffix(".").rpartition(" tên gọi là ")
            old = made_of.pop(_letters(new))
            left = re.sub(r"[(].*?[)]|^[0-9]+[.]|khoản [0-9, và]+", "", unicodedata.normalize("NFC", clause))
            left = _letters(left)
            for name in sorted((_letters(name.removeprefix(_kind(name))) for name in old), key=len, reverse=True):
                assert name in left, (line, name)
                left = left.replace(name, "", 1)
                checked += 1
            for word in CLAUSE_WORDS:
                left = left.replace(_letters(word), "")
            assert left == "", (line, left)
        assert checked == 359 - 4
        assert sorted(old for (old,) in made_of.values()) == sorted(UNCHANGED)

    def test_the_five_that_were_split(self, vinh_long: Shipped) -> None:
        units, links = vinh_long
        names = {u.key: u.name for u in units}
        split = defaultdict(set)
        for link in links:
            if not link.whole:
                split[names[link.old]].add(names[link.new])
        assert split == {
            "Thị trấn Trà Ôn": {"Xã Trà Ôn", "Xã Ngãi Tứ"},  # Article 1, clauses 16 and 22
            "Thị trấn Tam Bình": {"Xã Trà Côn", "Xã Tam Bình"},  # 17 and 21
            "Xã Ngãi Tứ": {"Xã Ngãi Tứ", "Phường Cái Vồn"},  # 22 and 108
            "Phường Thành Phước": {"Phường Bình Minh", "Phường Cái Vồn"},  # 107 and 108
            "Phường Cái Vồn": {"Phường Bình Minh", "Phường Cái Vồn"},  # 107 and 108
        }

    def test_the_four_that_did_not_change(self, vinh_long: Shipped) -> None:
        units, links = vinh_long
        names = {u.key: u.name for u in units}
        made_of = defaultdict(list)
        for link in links:
            made_of[link.new].append(link)
        same = {
            names[new]
            for new, made in made_of.items()
            if new[0] == AreaLevel.COMMUNE and len(made) == 1 and made[0].whole
            if names[made[0].old] == names[new] and made[0].old[1] == new[1]
        }
        assert same == UNCHANGED

    def test_hoa_loc_of_mo_cay_bac_is_not_led_to_the_district_tam_binh(self, vinh_long: Shipped) -> None:
        """The source had taken one Hòa Lộc for another."""
        led = [link.new[1] for link in vinh_long[1] if link.old[1] == "28924"]
        assert len(led) == 1
        assert led != ["29734"]


def test_loading_twice_writes_nothing_and_mends_what_was_changed(db: None) -> None:
    assert gazetteer.load(["86"]).written == 508 + 362
    before = list(Area.objects.order_by("pk").values()), list(Succession.objects.order_by("pk").values())
    assert gazetteer.load(["86"]).written == 0
    Area.objects.filter(code="28756", since=MERGED).update(name="Phường Sai")
    Succession.objects.filter(whole=False).update(basis=UNVERIFIED)
    assert gazetteer.load(["86"]).written == 1 + 10
    assert (list(Area.objects.order_by("pk").values()), list(Succession.objects.order_by("pk").values())) == before


def test_the_command_loads_the_whole_country_over_a_province(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_areas", "--province", "86")
    call_command("load_areas")
    assert "14.257" in capsys.readouterr().out
    assert (Area.objects.count(), Succession.objects.count()) == (14_257, 10_742)
    assert not Area.objects.filter(~Q(level=AreaLevel.PROVINCE), parent=None).exists()
    with pytest.raises(CommandError, match=r"86 Tỉnh Vĩnh Long"):
        call_command("load_areas", "--province", "99")
