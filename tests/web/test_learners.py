"""Finding a child, and the child's own page: only within the scope, and nothing sensitive before it is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.web.registry import actions
from ansinh.web.registry.models import Person, Reading, School, User

from .conftest import NOON, grant, keep
from .rosters import POVERTY, workbook
from .test_difference import accepted, children

LATER = NOON + timedelta(days=30)


@pytest.fixture
def child(school: School, clerk: User) -> Person:
    """A child whose poverty was corrected by a second file."""
    accepted(keep(workbook(children(3)), school, clerk), clerk)
    second = [{**children(3)[0], POVERTY: "Hộ cận nghèo"}, *children(3)[1:]]
    accepted(keep(workbook(second), school, clerk, "lan-hai.xlsx"), clerk, LATER)
    return Person.objects.get(code="M00000")


def page_of(client: Client, child: Person, **asked: str) -> str:
    response = client.get(reverse("desk:learner", args=[child.pk]), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_timeline_shows_who_said_what_and_keeps_what_was_corrected(desk: Client, child: Person) -> None:
    page = page_of(desk, child, hien="1")
    newest, first = page.index("lan-hai.xlsx, trang"), page.rindex("danh-sach.xlsx, trang")
    assert newest < first
    assert "dòng 2" in page
    assert page.index("Hộ cận nghèo", newest) < first < page.index("Hộ nghèo</dd>", first)
    # The answers rest on the correction: the near-poor have no lunch, and the cell named is the second file's.
    assert "Hỗ trợ ăn trưa" in page


def test_sensitive_facts_wait_until_asked_and_the_asking_is_written_down(
    desk: Client, clerk: User, child: Person
) -> None:
    page = page_of(desk, child)
    assert "đang ẩn" in page
    assert ">Hộ cận nghèo<" not in page
    assert not Reading.objects.exists()
    assert ">Hộ cận nghèo<" in page_of(desk, child, hien="1")
    reading = Reading.objects.get()
    assert (reading.by, reading.person, reading.act) == (clerk, child, "read")


def test_a_batch_taken_back_stays_readable(desk: Client, clerk: User, child: Person) -> None:
    second = child.statements.order_by("-pk")[0].batch
    actions.undo(batch=second, by=clerk, at=LATER)
    page = page_of(desk, child, hien="1")
    assert "đã hoàn tác lúc" in page


def test_another_school_finds_nobody_and_opens_nothing(child: Person, other_clerk: User, school: School) -> None:
    client = Client()
    client.force_login(other_clerk)
    assert client.get(reverse("desk:learner", args=[child.pk])).status_code == 404
    for text in (child.full_name, child.code, "01/01/2018"):
        page = client.get(reverse("desk:find"), {"q": text}).content.decode()
        assert "Không thấy ai" in page
        assert school.name not in page


@pytest.mark.parametrize("text", ["Nguyễn Thị An", "nguyen an", "nguyem thi an", "M00000", "01/01/2018"])
def test_a_child_is_found(desk: Client, child: Person, text: str) -> None:
    page = desk.get(reverse("desk:find"), {"q": text}).content.decode()
    assert reverse("desk:learner", args=[child.pk]) in page


def test_looking_for_an_identity_number_is_written_down_without_the_number(
    desk: Client, clerk: User, school: School
) -> None:
    number = "099218000001"
    accepted(keep(workbook([{**children(1)[0], "Số định danh cá nhân": number}]), school, clerk), clerk)
    page = desk.get(reverse("desk:find"), {"q": number}).content.decode()
    assert "Nguyễn Thị An" in page
    reading = Reading.objects.get()
    assert (reading.act, reading.people) == ("search", 1)
    assert number not in reading.what
    assert number not in page_of(desk, Person.objects.get(code="M00000"), hien="1")


def test_a_year_without_the_child_is_not_found(desk: Client, child: Person) -> None:
    address = reverse("desk:learner", args=[child.pk])
    assert desk.get(address, {"nam": "2023-2024"}).status_code == 200
    assert desk.get(address, {"nam": "2019-2020"}).status_code == 404
    assert desk.get(address, {"nam": "x"}).status_code == 404


def test_who_left_is_still_read_by_the_school_left_but_not_what_others_say_then(
    desk: Client, child: Person, clerk: User, other_school: School, other_clerk: User
) -> None:
    moved = [{**children(1)[0], "Khuyết tật": "Có"}]
    accepted(keep(workbook(moved), other_school, other_clerk, "truong-moi.xlsx"), other_clerk, LATER)
    page = page_of(desk, child, hien="1")
    assert "truong-moi.xlsx" not in page
    there = Client()
    there.force_login(grant(other_clerk, school=other_school))
    assert "truong-moi.xlsx" in page_of(there, child, hien="1")


def test_the_number_of_queries_does_not_grow_with_the_people_found(desk: Client, school: School, clerk: User) -> None:
    counts = []
    for size in (3, 30):
        accepted(keep(workbook(children(size)), school, clerk, f"{size}.xlsx"), clerk)
        desk.get(reverse("desk:find"), {"q": "thi"})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(reverse("desk:find"), {"q": "thi"})
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
