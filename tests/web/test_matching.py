"""Doubtful pairs at the desk: the work list, two records side by side, words kept and taken back, joining and parting."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ansinh.web.desk import queries
from ansinh.web.registry import actions, comparing
from ansinh.web.registry.difference import Kind, difference
from ansinh.web.registry.models import Doubt, Joining, PairDecision, Person, School, Upload, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, keep
from .rosters import workbook
from .test_changes import text
from .test_difference import children


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def kept(rows: list[dict[str, str]], school: School, by: User, name: str) -> Upload:
    """Keep and compare a file, as the upload screen does."""
    upload = keep(workbook(rows), school, by, name)
    comparing.compared(upload, read=queries.intake_of)
    return upload


NEAR = {**children(1)[0], "Mã học sinh": "", "Họ và tên": "Nguyễn Thị Ăn"}
TWO_NEAR = [NEAR, {**children(2)[1], "Mã học sinh": "", "Họ và tên": "Nguyễn Thị Binh"}]


@pytest.fixture
def doubtful(school: School, clerk: User) -> Upload:
    """A file of which two rows may be two children on record."""
    first = keep(workbook(children(2)), school, clerk)
    actions.accept(difference=difference(first), by=clerk, at=NOON)
    return kept(TWO_NEAR, school, clerk, "lan-2.xlsx")


def pair_at(upload: Upload, number: int = 1) -> str:
    return reverse("desk:pair", args=[upload.pk, number])


def decide(client: Client, upload: Upload, person: Person, word: str, number: int = 1) -> object:
    address = reverse("desk:decide", args=[upload.pk, number])
    return client.post(address, {"nguoi": person.pk, "la": word})


def test_the_work_list_is_what_the_differences_say(doubtful: Upload, clerk: User, specialist: User) -> None:
    found = difference(doubtful)
    assert found.counts["doubtful"] == 2
    expected = {(c.number, candidate.person) for c in found.of(Kind.DOUBTFUL) for candidate in c.candidates}
    for person in (clerk, specialist):
        assert set(scope_of(person).doubts().values_list("number", "person_id")) == expected
        page = text(signed_in(person).get(reverse("desk:doubts")))
        assert "Nguyễn Thị Ăn" in page
        assert "Nguyễn Thị Binh" in page


def test_the_two_records_stand_side_by_side_with_reasons(doubtful: Upload, desk: Client) -> None:
    page = text(desk.get(pair_at(doubtful)))
    row = page[page.index(">Họ và tên\n") :]
    row = row[: row.index("</tr>")]
    assert "Nguyễn Thị Ăn" in row
    assert "Nguyễn Thị An" in row
    assert "Khác" in row
    birth = page[page.index(">Ngày sinh\n") :]
    assert "01/01/2018" in birth[: birth.index("</tr>")]
    assert "Giống" in birth[: birth.index("</tr>")]
    assert "Họ tên chỉ khác dấu" in page
    assert desk.get(pair_at(doubtful, 3)).status_code == 404


def test_a_word_is_kept_leads_on_and_is_taken_back(doubtful: Upload, specialist: User, clerk: User) -> None:
    client = signed_in(specialist)
    one = Person.objects.get(code="M00000")
    response = decide(client, doubtful, one, "mot")
    assert response.headers["Location"] == pair_at(doubtful, 2)  # type: ignore[attr-defined]
    last = decide(client, doubtful, Person.objects.get(code="M00001"), "khong", 2)
    assert last.headers["Location"] == reverse("desk:difference", args=[doubtful.pk])  # type: ignore[attr-defined]
    assert "Không có cặp nào cần xem" in text(client.get(reverse("desk:doubts")))
    assert difference(doubtful).counts == {"new": 1, "changed": 1, "unchanged": 0, "gone": 1, "doubtful": 0}
    comparing.compared(doubtful, read=queries.intake_of)
    page = text(client.get(reverse("desk:decisions")))
    assert page.count("Nguyễn Thị Ăn") == 1
    word = PairDecision.objects.get(same=True)
    signed_in(clerk).post(reverse("desk:withdraw-word", args=[word.pk]))
    assert [doubt.number for doubt in scope_of(clerk).doubts()] == [1]
    assert difference(doubtful).counts["doubtful"] == 1


def test_doubts_that_are_no_more_leave_the_list(doubtful: Upload, school: School, clerk: User) -> None:
    """Whatever makes a row clear: the codes came, in a later file, and the older file is compared anew."""
    for batch in reversed(list(doubtful.school.batches.order_by("pk"))):  # type: ignore[union-attr]
        actions.undo(batch=batch, by=clerk, at=NOON)
    comparing.compared(doubtful, read=queries.intake_of)
    assert not Doubt.objects.filter(upload=doubtful).exists()


def test_a_withdrawn_file_asks_nobody(doubtful: Upload, desk: Client, clerk: User) -> None:
    desk.post(reverse("desk:withdraw", args=[doubtful.pk]))
    assert not scope_of(clerk).doubts().exists()


@pytest.fixture
def elsewhere(school: School, other_school: School, clerk: User, other_clerk: User) -> Upload:
    """A row of one school that may be a child of another: same name and birth date, other parents' names unknown."""
    theirs = [{**children(1)[0], "Mã học sinh": "M00000", "Lớp": "Chồi 7"}]
    actions.accept(difference=difference(keep(workbook(theirs), other_school, other_clerk)), by=other_clerk, at=NOON)
    return kept([{**children(1)[0], "Mã học sinh": ""}], school, clerk, "cua-minh.xlsx")


def test_of_a_child_of_another_school_only_what_agrees_is_shown(
    elsewhere: Upload, desk: Client, clerk: User, specialist: User, other_school: School
) -> None:
    page = text(desk.get(pair_at(elsewhere)))
    assert "Chuyên viên Sở sẽ xem và quyết định" in page
    for secret in (other_school.name, "Chồi 7", "M00000"):
        assert secret not in page
    assert "không hiển thị" in page
    person = Person.objects.get(code="M00000")
    assert decide(desk, elsewhere, person, "mot").status_code == 403  # type: ignore[attr-defined]
    with pytest.raises(PermissionDenied):
        actions.decide_pair(change=Doubt.objects.get(), person=person, same=True, by=clerk, at=NOON)
    assert not PairDecision.objects.exists()
    seen = text(signed_in(specialist).get(pair_at(elsewhere)))
    for shown in (other_school.name, "Chồi 7", "M00000"):
        assert shown in seen


def test_a_stranger_finds_no_pair_and_leaves_no_word(doubtful: Upload, other_clerk: User) -> None:
    client = signed_in(other_clerk)
    assert client.get(pair_at(doubtful)).status_code == 404
    assert decide(client, doubtful, Person.objects.get(code="M00000"), "mot").status_code == 404  # type: ignore[attr-defined]
    assert "Nguyễn Thị Ăn" not in text(client.get(reverse("desk:doubts")))
    assert not PairDecision.objects.exists()


def test_two_records_are_found_by_code_joined_on_a_reason_and_parted(
    doubtful: Upload, desk: Client, clerk: User
) -> None:
    address = reverse("desk:join")
    assert "Không có em nào mang mã M999" in text(desk.get(address, {"ma": "M00000", "ma-2": "M999"}))
    assert "Hai mã là của một hồ sơ" in text(desk.get(address, {"ma": "M00000", "ma-2": "M00000"}))
    page = text(desk.get(address, {"ma": "M00000", "ma-2": "M00001"}))
    assert "Nguyễn Thị Bình" in page
    kept_record = Person.objects.get(code="M00000")
    both = {"ma": "M00000", "ma-2": "M00001"}
    assert desk.post(address, {**both, "ly-do": "  "}).status_code == 422
    assert not Joining.objects.exists()
    desk.post(address, {**both, "ly-do": "Gia đình xác nhận"})
    joining = Joining.objects.get()
    assert (joining.kept, joining.reason, joining.by) == (kept_record, "Gia đình xác nhận", clerk)
    assert "Gia đình xác nhận" in text(desk.get(reverse("desk:decisions")))
    desk.post(reverse("desk:part", args=[joining.pk]))
    assert not Joining.objects.filter(parted_at__isnull=True).exists()


def test_records_of_another_school_are_neither_found_nor_joined(
    elsewhere: Upload, school: School, desk: Client, clerk: User, other_clerk: User
) -> None:
    mine = keep(workbook(children(3)[1:]), school, clerk, "hai-em.xlsx")
    actions.accept(difference=difference(mine), by=clerk, at=NOON)
    theirs, own = Person.objects.get(code="M00000"), Person.objects.get(code="M00001")
    assert "Không có em nào mang mã M00000" in text(desk.get(reverse("desk:join"), {"ma": "M00001", "ma-2": "M00000"}))
    for by in (clerk, other_clerk):
        with pytest.raises(PermissionDenied):
            actions.join(kept=own, gone=theirs, reason="thử", by=by, at=NOON)
