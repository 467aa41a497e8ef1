"""The end of a school year: who goes on, who does not, and that doing it twice does no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ansinh.core.tables import LEVEL
from ansinh.web.access import CLERK
from ansinh.web.registry import actions, standing
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Batch, Enrolment, Person, School, Statement, User
from ansinh.web.registry.rollover import Choice, Outcome, Proposal, next_class_name, propose, roll_over

from .conftest import BEGAN, NOON, grant, keep
from .rosters import SCHOOL, workbook

LATER = NOON + timedelta(days=30)
YEAR = 2023
BY_GRADE = {"Cấp học": ""}


def graded(*classes: str, year: str = "2023-2024") -> bytes:
    """A roster with one child in each of the classes named, of the grade the name begins with."""
    rows = [
        {**BY_GRADE, "Mã học sinh": f"T{n:03d}", "Họ và tên": f"Thạch Thị {GIVEN[n % 6]}", "Lớp": name,
         "Khối": name[0], "Ngày sinh": f"{n % 28 + 1:02d}/{n // 28 + 1:02d}/2015"}
        for n, name in enumerate(classes)
    ]  # fmt: skip
    return workbook(rows, {**SCHOOL, "Năm học": year})


GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà")


def listed(school: School, clerk: User, *classes: str) -> Batch:
    batch = actions.accept(difference=difference(keep(graded(*classes), school, clerk)), by=clerk, at=NOON)
    assert batch is not None
    return batch


def run(school: School, by: User, **how: object) -> Batch | None:
    proposals = propose(school, YEAR, **how)  # type: ignore[arg-type]
    return roll_over(school=school, year=YEAR, proposals=proposals, by=by, at=LATER)


def person(code: str) -> Person:
    return Person.objects.get(code=code)


@pytest.mark.parametrize(
    ("name", "grade", "following"),
    [
        ("4A", 4, "5A"), ("Lớp 10A1", 10, "Lớp 11A1"), ("4/4", 4, "5/4"), ("Chồi 2", None, "Lá 2"),
        ("Mầm", None, "Chồi"), ("Lá 1", None, "Lá 1"), ("1/14", 1, "2/14"), ("Ghép", 3, "Ghép"), ("", None, ""),
    ],
)  # fmt: skip
def test_a_class_is_named_as_it_would_be_a_year_later(name: str, grade: int | None, following: str) -> None:
    assert next_class_name(name, grade) == following


def test_each_child_goes_on_as_usual_and_facts_stay_behind(school: School, clerk: User) -> None:
    listed(school, clerk, "1A", "4B", "5A")
    batch = run(school, clerk)
    assert batch is not None
    assert batch.counts == {"promoted": 2, "repeating": 0, "left": 0, "moved": 0, "finished": 1}
    lines = Enrolment.objects.filter(year=YEAR + 1)
    assert {(line.class_name, line.grade, line.level, line.left) for line in lines} == {
        ("2A", 2, LEVEL.primary, False),
        ("5B", 5, LEVEL.primary, False),
    }
    following = Statement.objects.filter(batch=batch, year=YEAR + 1)
    assert not following.exclude(poverty=None, disabled=None, ethnicity=None).exists()  # type: ignore[misc]
    assert {one.months.bit_count() for one in following if one.months} == {9}
    assert Enrolment.objects.filter(year=YEAR).count() == 3


def test_a_combined_school_takes_its_fifth_grade_on(school: School, clerk: User) -> None:
    listed(school, clerk, "5A", "6A", "9A")
    assert [one.outcome for one in propose(school, YEAR)] == [Outcome.PROMOTED, Outcome.PROMOTED, Outcome.FINISHED]
    assert propose(school, YEAR)[0].next_place == (6, LEVEL.lower_secondary)


def test_what_the_clerk_says_goes_before_what_is_usual(school: School, clerk: User) -> None:
    listed(school, clerk, "4A", "4A", "4A", "4A", "4B")
    people = [one.person for one in propose(school, YEAR)]
    choices = {
        people[0]: Choice(Outcome.REPEATING),
        people[1]: Choice(Outcome.MOVED),
        people[2]: Choice(Outcome.PROMOTED, "5C"),
    }
    batch = run(school, clerk, classes={"4A": "5 Sao"}, choices=choices)
    assert batch is not None
    names = dict(Enrolment.objects.filter(year=YEAR + 1).values_list("person_id", "class_name"))
    assert names == {people[0]: "4A", people[2]: "5C", people[3]: "5 Sao", people[4]: "5B"}
    assert run(school, clerk) is None


def test_a_correction_strikes_off_the_list_of_the_next_year_and_undoing_puts_back(school: School, clerk: User) -> None:
    listed(school, clerk, "3A", "3A")
    run(school, clerk)
    stood = standing.content_hash()
    one = propose(school, YEAR)[0].person
    second = run(school, clerk, choices={one: Choice(Outcome.LEFT)})
    assert second is not None
    assert second.counts["left"] == 1
    assert sum(second.counts.values()) == 1
    assert Enrolment.objects.get(person=one, year=YEAR + 1).left
    actions.undo(batch=second, by=clerk, at=LATER)
    assert standing.content_hash() == stood


def test_undoing_restores_what_stood_and_is_refused_under_the_next_years_roster(school: School, clerk: User) -> None:
    first = listed(school, clerk, "2A", "5A")
    before = standing.content_hash()
    batch = run(school, clerk)
    assert batch is not None
    with pytest.raises(actions.RestsError) as refused:
        actions.undo(batch=first, by=clerk, at=LATER)
    assert refused.value.later == (batch,)
    upload = keep(graded("3A", year="2024-2025"), school, clerk, "nam-sau.xlsx")
    roster = actions.accept(difference=difference(upload), by=clerk, at=LATER)
    assert roster is not None
    with pytest.raises(actions.RestsError) as refused:
        actions.undo(batch=batch, by=clerk, at=LATER)
    assert refused.value.later == (roster,)
    actions.undo(batch=roster, by=clerk, at=LATER)
    actions.undo(batch=batch, by=clerk, at=LATER)
    assert standing.content_hash() == before


def test_the_next_years_roster_is_not_overruled(school: School, clerk: User) -> None:
    """Whoever that roster struck off stays off, and its class names and months stay as they are."""
    listed(school, clerk, "2A", "2A", "2B")
    run(school, clerk)
    upload = keep(graded("3C", "3A", year="2024-2025"), school, clerk, "nam-sau.xlsx")
    assert difference(upload).counts["gone"] == 1
    actions.accept(difference=difference(upload), by=clerk, at=LATER)
    stood = standing.content_hash()
    assert run(school, clerk) is None
    assert standing.content_hash() == stood
    assert [one.struck for one in propose(school, YEAR)] == [False, False, True]


def test_who_is_on_another_schools_list_has_moved(
    school: School, other_school: School, clerk: User, other_clerk: User
) -> None:
    listed(school, clerk, "2A", "2A")
    upload = keep(graded("3A", year="2024-2025"), other_school, other_clerk, "nam-sau.xlsx")
    actions.accept(difference=difference(upload), by=other_clerk, at=LATER)
    assert [one.outcome for one in propose(school, YEAR)] == [Outcome.MOVED, Outcome.PROMOTED]


def test_only_the_schools_clerk_may(school: School, clerk: User, other_clerk: User, specialist: User) -> None:
    listed(school, clerk, "2A")
    for stranger in (other_clerk, specialist):
        with pytest.raises(PermissionDenied):
            run(school, stranger)
    stranger_child = Proposal(10**9, "", "2A", 2, None, Outcome.PROMOTED, "3A")
    with pytest.raises(ValueError, match="not on the list"):
        roll_over(school=school, year=YEAR, proposals=[stranger_child], by=clerk, at=LATER)


class TwiceWithoutHarm(TestCase):
    """Whatever the classes and whatever the clerk says: the second time nothing is stated, and undoing restores."""

    @settings(max_examples=20)
    @given(
        classes=st.lists(st.sampled_from(["1A", "4A", "4B", "5A", "6A", "9/2"]), min_size=1, max_size=6),
        said=st.dictionaries(st.integers(0, 5), st.tuples(st.sampled_from(list(Outcome)), st.sampled_from(["", "9Z"]))),
    )
    def test_twice(self, classes: list[str], said: dict[int, tuple[Outcome, str]]) -> None:
        area = Area.objects.create(code="99009", name="Xã Thử", kind="xã", since=BEGAN)
        school = School.objects.create(code="99001000", name="Trường Thử", level=LEVEL.primary, area=area)
        clerk = grant(User.objects.create_user("nguoi-thu", role=CLERK), school=school)
        listed(school, clerk, *classes)
        before = standing.content_hash()
        people = [one.person for one in propose(school, YEAR)]
        choices = {people[n]: Choice(*choice) for n, choice in said.items() if n < len(people)}
        batch = run(school, clerk, choices=choices)
        assert batch is not None
        after = standing.content_hash()
        for how in ({"choices": choices}, {}):
            assert run(school, clerk, **how) is None
        assert standing.content_hash() == after
        gone = {p for p, choice in choices.items() if not choice.outcome.stays}
        assert not Enrolment.objects.filter(year=YEAR + 1, person__in=gone, left=False).exists()
        actions.undo(batch=batch, by=clerk, at=LATER)
        assert standing.content_hash() == before
