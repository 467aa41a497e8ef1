"""The whole made-up province, in small: through the same doors, the same each time, and going on where it stopped."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from ansinh.core.tables import LEVEL
from ansinh.web.registry import actions, made_up, made_up_province, standing
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Batch, Doubt, Enrolment, PairDecision, School, Upload, User
from ansinh.web.registry.scope import scope_of

SCHOOLS, ROWS = 44, 1_500


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
    assert [number for number, size in enumerate(found, start=1) if not size] == [2, 52, 102, 152]
    assert sum(found[:100]) * 2 < sum(found[100:]) < sum(found[:100]) * 3
    assert found == made_up_province.sizes(schools, 60_000)


def test_interrupted_it_goes_on_and_ends_the_same(schools: list[School], monkeypatch: pytest.MonkeyPatch) -> None:
    accept, senders = actions.accept, len(made_up_province.senders(schools, ROWS))

    def killed(**words: Any) -> Batch | None:
        if Batch.objects.count() == 17:
            raise KeyboardInterrupt
        return accept(**words)

    # Killed while a school's roster is kept and compared, not yet accepted.
    monkeypatch.setattr(actions, "accept", killed)
    with pytest.raises(KeyboardInterrupt):
        made_up_province.grow(schools, nothing, rows=ROWS)
    monkeypatch.undo()
    assert (Upload.objects.count(), Batch.objects.count()) == (18, 17)
    seen: list[int] = []
    made_up_province.grow(schools, lambda done, every: seen.append(done), rows=ROWS)
    assert seen == list(range(17, senders + 1))
    assert Batch.objects.count() == Upload.objects.count() == senders
    stands = standing.content_hash()
    made_up_province.grow(schools, nothing, rows=ROWS)
    assert standing.content_hash() == stands


def test_made_anew_it_is_the_same(schools: list[School]) -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            made_up_province.grow(schools, nothing, rows=ROWS)
            words = PairDecision.objects.order_by("incoming", "same").values_list("incoming", "same", "person__code")
            found.append((standing.content_hash(), list(words)))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_not_all_is_in_order(schools: list[School]) -> None:
    made_up_province.grow(schools, nothing, rows=ROWS)
    numbers = {school.pk: number for number, school in enumerate(schools, start=1)}
    assert sorted(set(numbers.values()) - {numbers[pk] for pk in Upload.objects.values_list("school", flat=True)}) == [
        2
    ]
    slips = ["duplicate_code", "not_a_date", "not_a_distance", "not_in_list"]
    faulty = [
        numbers[upload.school_id or 0]
        for upload in Upload.objects.all()
        if sorted(fault["code"] for fault in upload.faults if fault["severity"] != "note") == slips
    ]
    assert sorted(faulty) == [12, 37]
    # Three children of another list stand in the list of the fifteenth school and nobody has said who they are.
    asked = Doubt.objects.filter(upload__school=schools[14])
    assert asked.filter(row__gt=0).values("number").distinct().count() >= 3
    assert not PairDecision.objects.filter(person__in=asked.values("person")).exists()
    # Those of the thirty-fifth are known for who they are: one child, on two lists.
    lists = Counter(Enrolment.objects.values_list("person_id", flat=True))
    twice = [person for person, on in lists.items() if on > 1]
    assert len(twice) == 3
    assert {line.school_id for line in Enrolment.objects.filter(person__in=twice)} > {schools[34].pk}
    waiting = asked.values("number").distinct().count()
    unread = ROWS - sum(Upload.objects.values_list("rows_read", flat=True))
    assert unread == len(faulty)
    assert Enrolment.objects.count() == ROWS - waiting - unread


def test_each_school_teaches_its_ages_and_some_have_sent_a_second_edition(schools: list[School]) -> None:
    made_up_province.grow(schools, nothing, rows=ROWS)
    upper = [school for school in schools if school.level == LEVEL.upper_secondary]
    classes = set(Enrolment.objects.filter(school__in=upper).values_list("class_name", flat=True))
    assert classes
    assert all(name.startswith(("10", "11", "12")) for name in classes)
    assert made_up_province.editions(schools, rows=ROWS) == 2
    later = Upload.objects.filter(batches=None)
    assert sorted(upload.school_id or 0 for upload in later) == sorted([schools[0].pk, schools[40].pk])
    assert difference(later[0]).counts["changed"] == made_up_province.CHANGED
    made_up_province.editions(schools, rows=ROWS)
    assert later.count() == 2
