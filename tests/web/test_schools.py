"""Schools through time: their timeline against a slow twin, lists accepted and undone, the network by year, who pays."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.sheets import IntakeRow
from ansinh.web.access import SPECIALIST
from ansinh.web.registry import gazetteer
from ansinh.web.registry.gazetteer import EARLIEST, MERGED
from ansinh.web.registry.models import Area, AreaLevel, Batch, Grant, School, SchoolFact, User
from ansinh.web.registry.school_lists import (
    SchoolListError,
    SchoolsInUseError,
    accept_schools,
    changes_of,
    undo_schools,
)
from ansinh.web.registry.schools import Body, Described, authority_on, network_counts, on_day, school_on, timeline
from ansinh.web.registry.scope import scope_of

NOON = datetime(2025, 10, 1, 5, tzinfo=UTC)
DAY = date(2025, 9, 1)
DAYS = st.dates(date(2010, 1, 1), date(2010, 1, 12))


@st.composite
def described(draw: st.DrawFn) -> Described:
    since = draw(DAYS)
    until = draw(st.none() | st.integers(1, 6).map(lambda days: since + timedelta(days=days)))
    return Described(f"Trường {draw(st.integers(0, 3))}", 2, True, 0, False, "", "", 1, since, until)


def slow(facts: list[Described], day: date) -> str | None:
    """The name on a day: the newest word about the day decides, unless a newer end silenced all that began before it."""
    begun_since = date.min
    for said in reversed(facts):
        if said.holds(day):
            return said.name if said.since >= begun_since else None
        if said.until is not None and said.until <= day:
            begun_since = max(begun_since, said.until)
    return None


@given(st.lists(described(), max_size=6))
def test_the_timeline_is_the_slow_one_on_every_day(facts: list[Described]) -> None:
    line = timeline(facts)
    for number in range(-1, 22):
        day = date(2010, 1, 1) + timedelta(days=number)
        spans = [span for span in line if span.holds(day)]
        assert len(spans) <= 1
        held = on_day(line, day)
        assert (held.name if held else None) == slow(facts, day), day


def test_a_list_that_closes_a_school_closes_it_and_one_that_looks_back_leaves_what_came_after() -> None:
    def fact(name: str, since: int, until: int | None) -> Described:
        ends = date(until, 1, 1) if until else None
        return Described(name, 2, True, 0, False, "", "", 1, date(since, 1, 1), ends)

    closed = timeline([fact("A", 2010, None), fact("A", 2010, 2020)])
    assert [(s.name, s.since.year, s.until and s.until.year) for s in closed] == [("A", 2010, 2020)]
    back = timeline([fact("B", 2018, None), fact("A", 2010, 2018)])
    assert [(s.name, s.since.year, s.until and s.until.year) for s in back] == [("A", 2010, 2018), ("B", 2018, None)]


@pytest.fixture
def vinh_long(db: None) -> Area:
    gazetteer.load(["86"])
    return Area.objects.get(level=AreaLevel.PROVINCE, code="86", until=None)


@pytest.fixture
def by(vinh_long: Area) -> User:
    person = User.objects.create_user("chuyen-vien", role=SPECIALIST)
    Grant.objects.create(user=person, area=vinh_long, since=MERGED)
    return person


def commune(name: str, day: date) -> Area:
    return Area.objects.get(level=AreaLevel.COMMUNE, name=name, since__lte=day, until=MERGED if day < MERGED else None)


def row(number: int, code: str, **values: Any) -> IntakeRow:
    columns = ("name", "level", "public", "kind", "industrial_zone", "authority", "commune_code", "commune_name")
    empty = dict.fromkeys((*columns, "address", "since", "until"))
    return IntakeRow("Danh sách", number, {"code": code, **empty, **values}, {})


def whole(number: int, code: str, **values: Any) -> IntakeRow:
    usual = {"name": f"Trường {code}", "level": LEVEL.primary, "public": True, "industrial_zone": False}
    return row(number, code, **{**usual, "commune_code": "29410", "commune_name": "Xã Hòa Minh", **values})


def batch_of(by: User, area: Area, since: date = DAY, at: datetime = NOON) -> Batch:
    return Batch.objects.create(template="school_list", area=area, since=since, by=by, at=at)


def state() -> tuple[list[Any], list[Any]]:
    """Every school and every fact that stands, without keys."""
    schools = School.objects.order_by("code").values_list("code", "name", "level", "public", "kind", "area__code")
    facts = SchoolFact.objects.filter(batch__undone_at=None).order_by("school__code", "since", "name")
    return list(schools), list(facts.values_list("school__code", "name", "level", "kind", "since", "until"))


def undone(batch: Batch) -> None:
    batch.undone_by, batch.undone_at = batch.by, batch.at + timedelta(hours=1)
    batch.save()
    undo_schools(batch=batch)


def test_a_list_is_accepted_read_again_and_undone(by: User, vinh_long: Area) -> None:
    first = [whole(2, "99860001"), whole(3, "99860002", kind=SCHOOL_KIND.semi_boarding, public=False)]
    assert accept_schools(rows=first, batch=batch_of(by, vinh_long)) == {"new": 2, "changed": 0, "unchanged": 0}
    before = state()
    again, faults = changes_of(first, DAY, scope_of(by))
    assert ([change.kind for change in again], faults) == (["unchanged", "unchanged"], [])

    second = [
        row(2, "99860001", level=LEVEL.lower_secondary, since=date(2026, 9, 1)),
        whole(3, "99860002", kind=SCHOOL_KIND.semi_boarding, public=False),
        whole(4, "99860003", name="Trường Mới"),
    ]
    changes, _ = changes_of(second, date(2026, 9, 1), scope_of(by))
    assert [(c.code, c.kind) for c in changes] == [
        ("99860001", "changed"), ("99860002", "unchanged"), ("99860003", "new")
    ]  # fmt: skip
    assert changes[0].fields == {"level": (LEVEL.primary, LEVEL.lower_secondary)}
    batch = batch_of(by, vinh_long, date(2026, 9, 1), NOON + timedelta(days=300))
    assert accept_schools(rows=second, batch=batch) == {"new": 1, "changed": 1, "unchanged": 1}
    after = state()
    school = School.objects.get(code="99860001")
    assert school.level == LEVEL.lower_secondary
    assert school_on(school, date(2026, 8, 31)).level == LEVEL.primary  # type: ignore[union-attr]
    assert school_on(school, date(2026, 9, 1)).level == LEVEL.lower_secondary  # type: ignore[union-attr]
    assert school_on(school, date(2025, 8, 31)) is None

    undone(batch)
    assert state() == before
    accept_schools(rows=second, batch=batch_of(by, vinh_long, date(2026, 9, 1), NOON + timedelta(days=301)))
    assert state() == after


def test_a_school_entered_without_a_dated_fact_is_found_again_after_undoing(by: User, vinh_long: Area) -> None:
    area = commune("Xã Long Hòa", MERGED)
    School.objects.create(code="99860001", name="Trường Cũ", level=LEVEL.primary, area=area, address="Ấp 1")
    before = School.objects.values().get()
    batch = batch_of(by, vinh_long)
    accept_schools(rows=[whole(2, "99860001", name="Trường Khác")], batch=batch)
    assert School.objects.get().name == "Trường Khác"
    assert School.objects.get().address == "Ấp 1"  # An empty cell says nothing.
    undone(batch)
    assert School.objects.values().get() == before


def test_a_list_on_which_others_rest_is_not_undone(by: User, vinh_long: Area) -> None:
    first, second = batch_of(by, vinh_long), batch_of(by, vinh_long, date(2026, 9, 1), NOON + timedelta(days=9))
    accept_schools(rows=[whole(2, "99860001"), whole(3, "99860002")], batch=first)
    accept_schools(rows=[whole(2, "99860001", name="Tên khác")], batch=second)
    school = School.objects.get(code="99860002")
    Grant.objects.create(user=by, school=school, since=DAY)
    stood = state()
    with pytest.raises(SchoolsInUseError) as refused:
        undo_schools(batch=first)
    assert (refused.value.later, refused.value.schools) == ((second,), (school,))
    assert state() == stood


def test_rows_that_cannot_be_read_say_where_and_what_to_do_and_nothing_is_written(by: User, vinh_long: Area) -> None:
    other = Area.objects.create(code="99001", name="Xã Ngoài", kind="xã", since=MERGED)
    School.objects.create(code="99990001", name="Trường Ngoài", level=LEVEL.primary, area=other)
    rows = [
        whole(2, "99860001", commune_code="29410", commune_name="Xã Long Hòa"),
        whole(3, "99860002", public=None),
        whole(4, "99860003", since=DAY, until=DAY),
        whole(5, "99990001"),
        whole(6, "99860004", commune_code="99001", commune_name=None),
        whole(7, "99860005"),
    ]
    with pytest.raises(SchoolListError) as refused:
        accept_schools(rows=rows, batch=batch_of(by, vinh_long))
    codes = [(fault.row, fault.code) for fault in refused.value.faults]
    assert sorted(codes) == [
        (2, "no_such_commune"), (3, "new_school_lacks"), (4, "ends_before_it_begins"), (5, "school_elsewhere"),
        (6, "no_such_commune"),
    ]  # fmt: skip
    assert "dòng 3: trường chưa có trong mạng lưới nên phải ghi công lập hay ngoài công lập" in str(refused.value)
    assert not SchoolFact.objects.exists()
    assert School.objects.count() == 1


def test_a_code_used_again_is_read_by_its_name(by: User, vinh_long: Area) -> None:
    """29821 was Thị trấn Trà Ôn and is Xã Trà Ôn."""
    rows = [
        whole(2, "99860001", commune_code="29821", commune_name="Thị trấn Trà Ôn"),
        whole(3, "99860002", commune_code="29821", commune_name=None),
        whole(4, "99860003", commune_code="29821", commune_name="Trà Ôn"),
    ]
    accept_schools(rows=rows, batch=batch_of(by, vinh_long))
    names = dict(School.objects.values_list("code", "area__name"))
    assert names == {"99860001": "Xã Trà Ôn", "99860002": "Xã Trà Ôn", "99860003": "Xã Trà Ôn"}
    accept_schools(rows=rows[2:], batch=batch_of(by, vinh_long, date(2024, 9, 1), NOON + timedelta(days=1)))
    was = school_on(School.objects.get(code="99860003"), date(2024, 9, 1))
    assert Area.objects.get(pk=was.area_id).name == "Thị trấn Trà Ôn"  # type: ignore[union-attr]


def test_the_network_of_a_year_is_what_a_plain_loop_counts(by: User, vinh_long: Area) -> None:
    first = [
        whole(n, f"9986{n:04d}", level=n % 4, public=n % 3 > 0, kind=n % 2, industrial_zone=n % 5 == 0,
              since=date(2020 + n % 5, 9, 1), until=date(2026, 6, 1) if n % 7 == 0 else None)
        for n in range(2, 42)
    ]  # fmt: skip
    accept_schools(rows=first, batch=batch_of(by, vinh_long))
    wrong = batch_of(by, vinh_long, date(2024, 9, 1), NOON + timedelta(days=1))
    accept_schools(rows=[whole(2, "99860002", level=LEVEL.vocational)], batch=wrong)
    undone(wrong)
    School.objects.create(code="99869999", name="Trường Câm", level=1, area=commune("Xã Long Hòa", MERGED))
    for year in (2019, 2021, 2023, 2025, 2026):
        day = date(year, 9, 1)
        plain: Counter[tuple[int, int, bool]] = Counter()
        for school in School.objects.all():
            for fact in school.facts.filter(batch__undone_at=None):
                if fact.since <= day and (fact.until is None or day < fact.until):
                    plain[fact.level, fact.kind, fact.public] += 1
        network = network_counts(scope_of(by), SchoolYear(year))
        assert network.counts == plain
        assert network.silent == ("Trường Câm",)
        assert network.count() == sum(plain.values())
        assert network.count(level=2, public=True) == sum(n for (lv, _k, own), n in plain.items() if lv == 2 and own)
        assert network.count(kind=1) == sum(n for (_lv, kind, _o), n in plain.items() if kind == 1)
    assert network_counts(scope_of(by), SchoolYear(2019)).count() == 0
    stranger = User.objects.create_user("nguoi-la", role=SPECIALIST)
    assert network_counts(scope_of(stranger), SchoolYear(2025)).schools == ()


def test_the_paying_authority_follows_the_date_the_level_and_the_map(by: User, vinh_long: Area) -> None:
    old = commune("Xã Hòa Minh", date(2020, 1, 1))
    rows = [
        whole(2, "99860001", since=date(2018, 9, 1)),
        whole(3, "99860002", since=date(2018, 9, 1), level=LEVEL.upper_secondary),
        whole(4, "99860003", since=date(2018, 9, 1), public=False, level=LEVEL.kindergarten),
        whole(5, "99860004", since=date(2018, 9, 1), level=LEVEL.vocational),
        whole(6, "99860005", since=date(2018, 9, 1), commune_code="29821", commune_name="Xã Trà Ôn"),
        whole(7, "99860006", since=date(2018, 9, 1), kind=SCHOOL_KIND.boarding, level=LEVEL.lower_secondary),
    ]
    accept_schools(rows=rows, batch=batch_of(by, vinh_long))
    primary, upper, private, vocational, moved, boarding = School.objects.order_by("code")

    def said(school: School, *day: int) -> tuple[Any, ...]:
        found = authority_on(school, date(*day))
        assert found is not None
        return found.body, found.area.name if found.area else None, found.confirmed, found.through_school

    assert said(primary, 2025, 6, 30) == (Body.DISTRICT, "Huyện Châu Thành", True, False)
    assert said(primary, 2025, 7, 1) == (Body.COMMUNE, "Xã Hòa Minh", False, False)
    assert said(primary, 2025, 9, 3) == (Body.COMMUNE, "Xã Hòa Minh", False, True)
    assert said(primary, 2020, 1, 1) == (Body.DISTRICT, "Huyện Châu Thành", False, False)
    assert said(private, 2025, 9, 2) == (Body.COMMUNE, "Xã Hòa Minh", False, False)
    assert said(private, 2025, 9, 3) == (Body.COMMUNE, "Xã Hòa Minh", True, False)
    assert said(upper, 2025, 7, 1) == (Body.DEPARTMENT, None, True, False)
    assert said(upper, 2026, 1, 1) == (Body.DEPARTMENT, None, False, True)
    assert said(boarding, 2025, 6, 30)[2] is False
    # The commune of today was made of several: which district it lay in is not guessed.
    assert said(moved, 2025, 6, 30) == (Body.DISTRICT, None, True, False)
    assert authority_on(vocational, date(2025, 10, 1)) is None
    assert authority_on(primary, date(2017, 1, 1)) is None
    assert old.parent is not None
    assert old.since == EARLIEST
