"""The whole made-up province, in small: through the same doors, the same each time, and going on where it stopped."""

from __future__ import annotations

import pytest

from ansinh.core.tables import LEVEL
from ansinh.web.registry import made_up, made_up_province, standing
from ansinh.web.registry.models import Batch, Enrolment, School, Upload, User
from ansinh.web.registry.scope import scope_of

SCHOOLS, ROWS = 44, 900


@pytest.fixture
def schools(db: None) -> list[School]:
    return made_up_province.network(made_up.build("mot-mat-khau-thu").accounts, schools=SCHOOLS)


def nothing(done: int, every: int) -> None:
    """Nobody looks."""


def test_the_network_grows_and_growing_twice_changes_nothing(schools: list[School]) -> None:
    before = list(School.objects.values_list("pk", "code", "name", "level", "area"))
    again = made_up_province.network(made_up.build("mot-mat-khau-thu").accounts, schools=SCHOOLS)
    assert list(School.objects.values_list("pk", "code", "name", "level", "area")) == before
    assert [school.pk for school in again] == [school.pk for school in schools]
    assert len(before) == SCHOOLS
    assert len({school.name for school in schools}) == SCHOOLS
    for clerk in User.objects.filter(role="clerk"):
        assert 1 <= scope_of(clerk).schools().count() <= 3
        assert clerk.check_password("mot-mat-khau-thu")


def test_sizes_add_up_and_follow_the_level() -> None:
    schools = [School(level=level) for level in (LEVEL.kindergarten, LEVEL.upper_secondary) for _ in range(100)]
    found = made_up_province.sizes(schools, 60_000)
    assert sum(found) == 60_000
    assert min(found) > 0
    assert sum(found[:100]) * 2 < sum(found[100:]) < sum(found[:100]) * 3
    assert found == made_up_province.sizes(schools, 60_000)


def test_interrupted_it_goes_on_and_ends_the_same(schools: list[School], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, every: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made_up_province.grow(schools, stop, rows=ROWS)
    assert Batch.objects.count() == 10
    seen: list[int] = []
    made_up_province.grow(schools, lambda done, every: seen.append(done), rows=ROWS)
    assert seen == list(range(1, SCHOOLS + 1))
    assert Batch.objects.count() == Upload.objects.count() == SCHOOLS
    assert Enrolment.objects.count() == sum(made_up_province.sizes(schools, ROWS)) == ROWS
    stands = standing.content_hash()
    made_up_province.grow(schools, nothing, rows=ROWS)
    assert standing.content_hash() == stands


def test_each_school_teaches_its_ages_and_some_have_sent_a_second_edition(schools: list[School]) -> None:
    made_up_province.grow(schools, nothing, rows=ROWS)
    upper = [school for school in schools if school.level == LEVEL.upper_secondary]
    classes = set(Enrolment.objects.filter(school__in=upper).values_list("class_name", flat=True))
    assert classes
    assert all(name.startswith(("10", "11", "12")) for name in classes)
    assert made_up_province.editions(schools, rows=ROWS) == 2
    assert Upload.objects.filter(batches=None).count() == 2
    made_up_province.editions(schools, rows=ROWS)
    assert Upload.objects.filter(batches=None).count() == 2
