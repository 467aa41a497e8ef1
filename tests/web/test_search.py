"""Finding people: on either database what a plain loop finds, never beyond the scope, and in step with what stands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from ansinh.core.identities import one_edit_apart
from ansinh.core.search_words import Search, Vocabulary, distance, plan
from ansinh.core.tables import LEVEL
from ansinh.core.words import folded, name_order, sort_text
from ansinh.web.access import CLERK, COMMUNE
from ansinh.web.registry import actions, search, standing
from ansinh.web.registry import scope as scopes
from ansinh.web.registry.models import Area, Batch, Enrolment, Household, Person, School, Statement, User
from ansinh.web.registry.scope import scope_of
from ansinh.web.registry.sealed import digest

from .conftest import NOON, grant, keep
from .rosters import workbook
from .test_difference import LATER, accepted, children

DAY = date(2025, 9, 1)
FAMILY = ("Nguyễn", "Trần", "Lý", "Thạch", "Tôn Nữ", "Niê")
MIDDLE = ("Văn", "Thị", "Ngọc", "Bảo", "Thị Ngọc", "Hoàng", "")
GIVEN = ("An", "Anh", "Ánh", "Hoa", "Hoà", "Hoàng", "Vy", "Linh", "Minh", "Khôi", "H'Hen")
QUERIES = (
    "nguyễn", "nguyen van an", "AN", "hoa", "hòa", "n v a", "ngoc ng", "tran thi ngoc", "tôn nữ", "anh trần", "vi", "ly", "li",
    "nguyne an", "tran vam linh", "hoan", "linhh", "thach khoi", "xyzt", "an an", "h'hen", "hhen", "nữ hoàng anh ", "an ",
    "9900", "99000012", "ma-7", "MA-0", "05/09/2016", "2016", "9/2016", "nguyen 2016", "linh 05/09/2016", "an 99000",
    "nguyne 2015", "31/02/2016", "099201000005", "",
)  # fmt: skip


def made_up(number: int, chance: random.Random) -> Person:
    name = " ".join(filter(None, map(chance.choice, (FAMILY, MIDDLE, GIVEN))))
    return Person(
        code=f"990000{number:03d}" if number % 3 else f"MA-{number:03d}",
        digest=digest(f"099201{number:06d}") if number % 5 == 0 else "",
        full_name=name,
        name_words=folded(name),
        name_sort=sort_text(name_order(name)),
        birth_date=date(2015, 1, 1) + timedelta(days=chance.choice([0, 613, 650, 800])),
        standing=number % 11 != 0,
    )


def put(people: Sequence[Person], schools: Sequence[School]) -> None:
    """People on the lists of schools in turn, and in the index."""
    Person.objects.bulk_create(people)
    Enrolment.objects.bulk_create(
        [Enrolment(person=person, school=schools[n % len(schools)], year=2025) for n, person in enumerate(people)]
    )
    search.reindex([person.pk for person in people])


@pytest.fixture
def village(area: Area) -> Area:
    return Area.objects.create(code="99002", name="Xã Bên", kind="xã", parent=area.parent, since=area.since)


@pytest.fixture
def officer(village: Area) -> User:
    return grant(User.objects.create_user("can-bo-xa", password="-", role=COMMUNE), area=village)  # noqa: S106


@pytest.fixture
def crowd(school: School, other_school: School, village: Area, officer: User, specialist: User) -> list[Person]:
    """Three schools' children, one school of the village; every tenth child lives there in a household on its list."""
    there = School.objects.create(code="99000003", name="Trường Bên Sông", level=LEVEL.primary, area=village)
    chance = random.Random(2025)  # noqa: S311 - the same people each time
    people = [made_up(number, chance) for number in range(300)]
    put(people, [school, other_school, there])
    household = Household.objects.create(key="x", area=village)
    batch = Batch.objects.create(template="household_poverty_list", area=village, since=DAY, by=officer, at=NOON)
    Statement.objects.bulk_create(
        [Statement(person=person, batch=batch, household=household, since=DAY) for person in people[::10]]
    )
    search.reindex([person.pk for person in people])
    return people


def plainly(people: QuerySet[Person], text: str) -> tuple[list[int], list[int]]:
    """Who has every word, and who has all but one of which one letter is wrong: by the words of the rule, one by one."""
    words = {word for name in Person.objects.values_list("name_words", flat=True) for word in name.split()}
    wanted = plan(text, Vocabulary(words))
    exact: list[tuple[Any, ...]] = []
    off: list[tuple[Any, ...]] = []
    for person in people if wanted else ():
        own = person.name_words.split()
        if not fits(person, wanted):
            continue
        missed = [word for word in wanted.words if not set(own) & word.same]
        key = (*distance(wanted, person.full_name, own), person.name_sort, person.pk)
        if not missed:
            whole = own == [word.typed for word in wanted.words]
            exact.append((not whole, *key))
        elif len(missed) == 1 and len(missed[0].typed) > 2 and any(one_edit_apart(missed[0].typed, w) for w in own):
            off.append(key)
    return [key[-1] for key in sorted(exact)], [key[-1] for key in sorted(off)]


def fits(person: Person, wanted: Search) -> bool:
    """Whether code, identity number and birth date are as typed."""
    codes = [code.casefold() for code in wanted.codes]
    numbers = [digest(code) for code in wanted.codes if code.isdecimal() and len(code) in (9, 12)]
    born = all(person.birth_date and span.since <= person.birth_date < span.until for span in wanted.births)
    return born and all(person.code.casefold().startswith(code) or person.digest in numbers for code in codes)


@pytest.mark.parametrize("whose", ["specialist", "clerk", "officer"])
@pytest.mark.parametrize(
    ("first", "block", "schools"),
    [(200, 900, 300), (2, 3, 300), (1, 1, 0)],
    ids=["as it runs", "by threes", "one by one"],
)
def test_finds_what_a_plain_loop_finds(
    crowd: list[Person],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    whose: str,
    first: int,
    block: int,
    schools: int,
) -> None:
    monkeypatch.setattr(search, "_FIRST_BLOCK", first)
    monkeypatch.setattr(search, "_BLOCK", block)
    monkeypatch.setattr(scopes, "_FEW", schools)
    scope = scope_of(request.getfixturevalue(whose))
    people = scope.people()
    met = 0
    for text in QUERIES:
        exact, off = plainly(people, text)
        found = search.search(scope, text, limit=1_000)
        assert [person.pk for person in found.people] == exact + off, text
        assert found.near_from == len(exact)
        assert not found.more
        met += bool(exact) + 2 * bool(off)
        few = search.search(scope, text, limit=5)
        assert len(few.people) == min(5, len(exact + off))
        assert few.more == (len(exact + off) > 5)
        assert {person.pk for person in few.people[: few.near_from]} <= set(exact)
    # The queries are of all kinds: most find somebody, and some with a letter wrong.
    assert met > len(QUERIES) // 2


def test_nobody_beyond_the_scope_is_found(crowd: list[Person], clerk: User, other_clerk: User, school: School) -> None:
    own = set(Enrolment.objects.filter(school=school).values_list("person_id", flat=True))
    assert 0 < len(own) < len(crowd)
    mine, theirs = scope_of(clerk), scope_of(other_clerk)
    nobody = scope_of(User.objects.create_user("moi", password="-", role=CLERK))  # noqa: S106
    for text in QUERIES:
        assert {person.pk for person in search.search(mine, text, limit=1_000).people} <= own
        assert not {person.pk for person in search.search(theirs, text, limit=1_000).people} & own
        assert search.search(nobody, text) == search.Found(unread=search.search(mine, text).unread)


def test_a_search_takes_few_queries(crowd: list[Person], specialist: User, clerk: User, officer: User) -> None:
    for who in (specialist, clerk, officer):
        for text in QUERIES:
            scope = scope_of(who)
            scope.people()  # What a scope asks about itself is not the search's.
            with CaptureQueriesContext(connection) as asked:
                search.search(scope, text)
            assert len(asked) <= 9, [query["sql"] for query in asked]


def test_the_whole_name_comes_first(school: School, specialist: User) -> None:
    names = ["Nguyễn Thị An", "Nguyễn An Bình", "Nguyễn Ân", "Nguyễn An", "Trần An", "Nguyễn Ang"]
    people = [Person(full_name=name, name_words=folded(name), standing=True) for name in names]
    put(people, [school])
    found = search.search(scope_of(specialist), "nguyễn an")
    assert [person.full_name for person in found.people] == [
        "Nguyễn An", "Nguyễn Ân", "Nguyễn Thị An", "Nguyễn An Bình", "Nguyễn Ang",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        '" OR "',
        "a' | 'b",
        "an*",
        "%",
        "_",
        "\\",
        "an AND van",
        "NEAR(an van)",
        "\0an",
        "ă" * 5_000,
        "-an",
        "(",
        ":*",
    ],
)
def test_whatever_is_typed_is_only_looked_for(crowd: list[Person], specialist: User, text: str) -> None:
    scope = scope_of(specialist)
    exact, off = plainly(scope.people(), text)
    assert [person.pk for person in search.search(scope, text, limit=1_000).people] == exact + off


def test_what_was_left_aside_is_said(crowd: list[Person], specialist: User) -> None:
    assert search.search(scope_of(specialist), "nguyễn 31/02/2016").unread == ("31/02/2016",)


def index() -> list[tuple[Any, ...]]:
    key = "person_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, words FROM registry_search ORDER BY 1")  # noqa: S608
        return list(cursor.fetchall())


def test_the_index_follows_names_standing_and_joining(crowd: list[Person], specialist: User) -> None:
    scope = scope_of(specialist)
    before = index()
    assert [row[0] for row in before] == [person.pk for person in crowd if person.standing]
    ids = [person.pk for person in crowd]
    search.reindex(ids)
    assert index() == before
    renamed, gone, joined, nameless = [person for person in crowd if person.standing][:4]
    Person.objects.filter(pk=renamed.pk).update(full_name="Quách Uyên", name_words="quach uyen")
    Person.objects.filter(pk=gone.pk).update(standing=False)
    Person.objects.filter(pk=joined.pk).update(joined_into=renamed)
    Person.objects.filter(pk=nameless.pk).update(full_name="?", name_words="")
    search.reindex(ids)
    after = index()
    assert {row[0] for row in before} - {row[0] for row in after} == {gone.pk, joined.pk, nameless.pk}
    assert [person.pk for person in search.search(scope, "quach").people] == [renamed.pk]
    assert [person.pk for person in search.search(scope, "uyenn").people] == [renamed.pk]


def test_accepting_and_undoing_a_file(school: School, clerk: User) -> None:
    scope = scope_of(clerk)
    assert search.search(scope, "thach") == search.Found()
    batch = accepted(keep(workbook(children(40)), school, clerk), clerk)
    found = search.search(scope, "thach thi")
    assert len(found.people) == 10
    assert [person.code for person in search.search(scope, "M00021").people] == ["M00021"]
    actions.undo(batch=batch, by=clerk, at=LATER)
    assert search.search(scope, "thach thi") == search.Found()
    accepted(keep(workbook(children(40)), school, clerk), clerk, NOON + timedelta(days=60))
    assert search.search(scope, "thach thi").people == found.people
    standing.refresh([person.pk for person in found.people])
    assert search.search(scope, "thach thi").people == found.people
