"""A staff list the whole way a roster goes; and whose a row is, where nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh import sheets
from ansinh.sheets._blank import filled
from ansinh.web.access import COMMUNE
from ansinh.web.desk.queries import intake_of
from ansinh.web.registry import actions
from ansinh.web.registry.comparing import ChangedError, accept_as_seen
from ansinh.web.registry.difference import Difference, Kind
from ansinh.web.registry.models import Area, Batch, School, Staff, Upload, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, grant
from .other_lists import Row, accepted, kept, seen, staff, working

LATER = NOON + timedelta(days=30)
LIST = "staff_list"


def test_planted_differences_are_exactly_those(school: School, clerk: User) -> None:
    first = staff(60)
    accepted(kept(LIST, first, by=clerk, school=school), clerk)
    before = working()
    assert len(before) == 60
    second = [dict(row) for row in first]
    for n in range(6):
        second[n]["coefficient_hundredths"] = "2,67"
    for n in range(10, 13):
        second[n] |= {"position": "Tổ trưởng", "allowance_hundredths": "0,2"}
    second[20]["contract"] = "Thỉnh giảng"
    second[21]["full_name"] = "Nguyễn Thị Đổi Tên"
    for n in range(40, 50):
        second[n] |= {"position": "", "birth_date": ""}  # An emptied cell says nothing.
    second[30]["staff_code"] = ""  # Known by name and birth date.
    planted = {*range(6), *range(10, 13), 20, 21}
    second = [row for n, row in enumerate(second) if n not in (55, 56)] + staff(4, first=60)
    upload = kept(LIST, second, by=clerk, school=school, name="b")
    found = seen(upload)
    assert found.counts == {"new": 4, "changed": 11, "unchanged": 47, "gone": 2, "doubtful": 0}
    assert found.faults == ()
    code_of = {str(one.member): one.code for one in Staff.objects.all()}
    assert {code_of[c.key] for c in found.of(Kind.CHANGED)} == {f"CB{n:04d}" for n in planted}
    assert {code_of[c.key] for c in found.of(Kind.GONE)} == {"CB0055", "CB0056"}
    fields = {code_of[c.key]: {f.name: (f.old, f.new) for f in c.fields} for c in found.of(Kind.CHANGED)}
    assert fields["CB0000"] == {"coefficient_hundredths": (234, 267)}
    assert fields["CB0010"] == {"position": ("Giáo viên", "Tổ trưởng"), "allowance_hundredths": (0, 20)}
    assert fields["CB0020"] == {"contract": ("official", "visiting")}
    assert fields["CB0021"] == {"full_name": ("Nguyễn Văn Bình", "Nguyễn Thị Đổi Tên")}
    batch = accepted(upload, clerk, LATER, gone_on=date(2025, 9, 15))
    assert batch.counts == {"new": 4, "changed": 11, "gone": 2, "doubtful": 0}
    after, rows = working(), working(everybody=True)
    assert len(after) == 62
    assert set(Staff.objects.filter(left=True).values_list("code", "since")) == {
        ("CB0055", date(2025, 9, 15)),
        ("CB0056", date(2025, 9, 15)),
    }
    # The same list again changes nothing; under another name it is the same file.
    assert seen(upload).counts == {"new": 0, "changed": 0, "unchanged": 62, "gone": 0, "doubtful": 0}
    assert kept(LIST, second, by=clerk, school=school, name="c") == upload
    assert (
        accept_as_seen(upload=upload, seen=seen(upload).seal, numbers={1}, by=clerk, at=LATER, read=intake_of) is None
    )
    actions.undo(batch=batch, by=clerk, at=LATER)
    assert working() == before
    assert seen(upload).counts == found.counts
    accepted(upload, clerk, LATER + timedelta(days=1), gone_on=date(2025, 9, 15))
    assert (working(), working(everybody=True)) == (after, rows)


def test_what_was_chosen_is_accepted_and_the_seal_is_of_what_was_seen(school: School, clerk: User) -> None:
    upload = kept(LIST, staff(4), by=clerk, school=school)
    stale = seen(upload).seal
    accepted(upload, clerk, numbers={1, 3})
    assert [row[1] for row in working()] == ["CB0000", "CB0002"]
    with pytest.raises(ChangedError):
        accept_as_seen(upload=upload, seen=stale, numbers={2}, by=clerk, at=LATER, read=intake_of)
    assert len(working()) == 2


def test_a_later_edition_is_undone_first(school: School, clerk: User, client: Client) -> None:
    first = accepted(kept(LIST, staff(3), by=clerk, school=school), clerk)
    second = accepted(kept(LIST, staff(4), by=clerk, school=school, name="b"), clerk, LATER)
    with pytest.raises(actions.RestsError) as refused:
        actions.undo(batch=first, by=clerk, at=LATER)
    assert refused.value.later == (second,)
    client.force_login(clerk)
    page = client.post(reverse("desk:undo", args=[first.pk]))
    assert (page.status_code, "b.xlsx" in page.content.decode()) == (409, True)
    actions.undo(batch=second, by=clerk, at=LATER)
    actions.undo(batch=first, by=clerk, at=LATER)
    assert working() == []
    # What was said and undone is still there to be read.
    assert Staff.objects.count() == 4


def test_lists_of_two_schools_do_not_meet(
    school: School, other_school: School, clerk: User, other_clerk: User, specialist: User
) -> None:
    """The same person may work at both; each school's list speaks of its own."""
    accepted(kept(LIST, staff(3), by=clerk, school=school), clerk)
    theirs = kept(LIST, staff(2), by=specialist, school=other_school)
    assert seen(theirs).counts == {"new": 2, "changed": 0, "unchanged": 0, "gone": 0, "doubtful": 0}
    accepted(theirs, other_clerk)
    assert len(working()) == 5
    assert scope_of(clerk).staff().count() == 3
    assert scope_of(specialist).staff().count() == 5


def _found(school: School, clerk: User, on_record: list[Row], listed: list[Row]) -> Difference:
    accepted(kept(LIST, on_record, by=clerk, school=school), clerk)
    return seen(kept(LIST, listed, by=clerk, school=school, name="b"))


def _one(**changed: object) -> Row:
    return {**staff(1)[0], **changed}


def test_a_code_that_comes_to_be_known_is_a_change(school: School, clerk: User) -> None:
    found = _found(school, clerk, [_one(staff_code="")], [_one()])
    (change,) = found.changes
    assert [(field.name, field.old, field.new) for field in change.fields] == [("staff_code", "", "CB0000")]


def test_two_codes_are_two_people_whatever_else_is_alike(school: School, clerk: User) -> None:
    found = _found(school, clerk, [_one()], [_one(staff_code="CB9999")])
    assert (found.counts["new"], found.counts["gone"], found.faults) == (1, 1, ())


@pytest.mark.parametrize(
    ("on_record", "listed", "codes"),
    [
        # The same name, and no birth date on one side: it may be the same person.
        ([_one(birth_date="")], [_one(staff_code="")], ["which_member"]),
        ([_one(staff_code="")], [_one(birth_date="")], ["which_member"]),
        # Two on record are alike in name and birth date.
        ([_one(), _one(staff_code="CB0001")], [_one(staff_code="")], ["which_member"]),
        # Two rows with codes of their own, and one on record without a code.
        ([_one(staff_code="")], [_one(), _one(staff_code="CB0001")], ["which_member", "which_member"]),
        # Nothing by which the person could be known again.
        ([_one()], [_one(), _one(staff_code="", birth_date="", full_name="Lê Ai Đó")], ["member_not_recognisable"]),
        ([_one()], [_one(school_code="99000002")], ["of_another_school"]),
        ([_one()], [_one(position="Giáo viên " * 11)], ["longer_than_kept"]),
    ],
)
def test_a_row_in_doubt_is_a_fault_and_nobody_is_gone_for_it(
    school: School, clerk: User, on_record: list[Row], listed: list[Row], codes: list[str]
) -> None:
    found = _found(school, clerk, on_record, listed)
    assert [fault.code for fault in found.faults] == codes
    assert (found.counts["new"], found.counts["changed"], found.counts["gone"]) == (0, 0, 0)
    assert all(
        fault.row and f"dòng {fault.row}" in fault.vi and f"row {fault.row}" in fault.en for fault in found.faults
    )
    stood = working()
    nothing = accept_as_seen(upload=found.upload, seen=found.seal, numbers=range(9), by=clerk, at=LATER, read=intake_of)
    assert (nothing, working()) == (None, stood)


def test_nobody_brings_staff_of_a_school_that_is_not_theirs(
    school: School, area: Area, clerk: User, other_clerk: User
) -> None:
    officer = grant(User.objects.create_user("can-bo", role=COMMUNE), area=area)
    for person in (other_clerk, officer):
        with pytest.raises(PermissionDenied):
            kept(LIST, staff(1), by=person, school=school)
    upload = kept(LIST, staff(2), by=clerk, school=school)
    with pytest.raises(PermissionDenied):
        accepted(upload, other_clerk)
    batch = accepted(upload, clerk)
    client = Client()
    client.force_login(other_clerk)
    for name, pk in (("faults", upload.pk), ("difference", upload.pk), ("original", upload.pk), ("withdraw", upload.pk),
                     ("batch", batch.pk), ("undo", batch.pk)):  # fmt: skip
        assert client.get(reverse(f"desk:{name}", args=[pk])).status_code == 404, name
        assert client.post(reverse(f"desk:{name}", args=[pk])).status_code in (404, 405), name
    client.force_login(officer)
    assert "Danh sách cán bộ" not in client.get(reverse("desk:upload")).content.decode()
    assert client.post(reverse("desk:difference", args=[upload.pk])).status_code == 403


def test_through_the_screens(desk: Client, school: School, clerk: User) -> None:
    assert "Danh sách cán bộ, giáo viên, nhân viên" in desk.get(reverse("desk:upload")).content.decode()
    data = filled(sheets.templates()[LIST], [*staff(3), _one(staff_code="", birth_date="", full_name="Lê Ai Đó")], {})
    sent = {"template": LIST, "school": school.pk, "file": SimpleUploadedFile("nhan-su.xlsx", data)}
    assert desk.post(reverse("desk:upload"), sent).status_code == 302
    upload = Upload.objects.get()
    assert "Chức vụ" in desk.get(reverse("desk:faults", args=[upload.pk]), {"dong": "tat-ca"}).content.decode()
    where = reverse("desk:difference", args=[upload.pk])
    page = desk.get(where).content.decode()
    assert "3 người mới" in page
    assert "2,34" in page
    assert "dòng 9: không có mã cán bộ, cũng không có ngày sinh" in page
    sent = {"viec": "chap-nhan", "dau": seen(upload).seal, "dem": "3"}
    done = desk.post(where, sent, follow=True).content.decode()
    batch = Batch.objects.get()
    assert "Nguyễn Văn Bình" in done
    assert "Viên chức, công chức" in done
    assert "3 cán bộ, giáo viên, nhân viên" in desk.get(reverse("desk:school", args=[school.pk])).content.decode()
    assert "nhan-su.xlsx" in desk.get(reverse("desk:history", args=["truong", school.pk])).content.decode()
    undo = reverse("desk:undo", args=[batch.pk])
    assert "ghi về 3 người" in desk.get(undo).content.decode()
    desk.post(undo)
    assert working() == []
    assert "đã được hoàn tác" in desk.get(reverse("desk:batch", args=[batch.pk])).content.decode()
    desk.post(reverse("desk:withdraw", args=[upload.pk]))
    assert desk.get(where).status_code == 302
    desk.post(reverse("desk:restore", args=[upload.pk]))
    assert "3 người mới" in desk.get(where).content.decode()


def test_the_pages_ask_few_questions(
    desk: Client, school: School, clerk: User, django_assert_max_num_queries: object
) -> None:
    accepted(kept(LIST, staff(30), by=clerk, school=school), clerk)
    rows = [dict(row, position="Tổ trưởng") for row in staff(150)]
    upload = kept(LIST, rows, by=clerk, school=school, name="b")
    seen(upload)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert "Chấp nhận 150 dòng" in desk.get(reverse("desk:difference", args=[upload.pk])).content.decode()
    batch = accepted(upload, clerk, LATER)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert desk.get(reverse("desk:batch", args=[batch.pk])).status_code == 200
