"""A school list the whole way a roster goes: compared, accepted as it was seen, undone, accepted again, and by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh import sheets
from ansinh.core.tables import LEVEL
from ansinh.sheets._blank import filled
from ansinh.web.access import LEADER, SPECIALIST
from ansinh.web.desk.queries import intake_of
from ansinh.web.registry import actions
from ansinh.web.registry.comparing import ChangedError, accept_as_seen
from ansinh.web.registry.difference import Kind
from ansinh.web.registry.models import Area, Batch, School, SchoolFact, Upload, User
from ansinh.web.registry.school_lists import SchoolListError
from ansinh.web.registry.schools import school_on

from .conftest import BEGAN, NOON, grant, keep
from .other_lists import accepted, kept, network, schools, seen
from .rosters import workbook

LATER = NOON + timedelta(days=30)
DAY = date(2025, 10, 1)
LIST = "school_list"


@pytest.fixture
def province(area: Area, specialist: User) -> Area:
    assert area.parent is not None
    return area.parent


@pytest.fixture
def office(specialist: User, client: Client) -> Client:
    client.force_login(specialist)
    return client


def test_planted_differences_are_exactly_those(province: Area, specialist: User) -> None:
    other = Area.objects.create(code="99002", name="Xã Khác", kind="xã", parent=province, since=BEGAN)
    first = schools(60)
    accepted(kept(LIST, first, by=specialist, area=province), specialist)
    before = network()
    second = [dict(row) for row in first]
    for n in range(5):
        second[n]["school_name"] = f"Trường Đổi Tên {n}"
    for n in range(10, 14):
        second[n] |= {"level": "THCS", "public_school": "Ngoài công lập"}
    for n in range(20, 23):
        second[n] |= {"commune_code": other.code, "commune": other.name}
    second[30]["until"] = "01/06/2026"
    for n in range(40, 50):
        second[n]["address"] = ""  # An emptied cell says nothing.
    planted = {*range(5), *range(10, 14), *range(20, 23), 30}
    second = [row for n, row in enumerate(second) if n not in (55, 56)] + schools(4, first=60)
    upload = kept(LIST, second, by=specialist, area=province, name="b")
    found = seen(upload)
    assert found.counts == {"new": 4, "changed": 13, "unchanged": 45, "gone": 2, "doubtful": 0}
    assert found.faults == ()
    assert {c.key for c in found.of(Kind.CHANGED)} == {f"9910{n:04d}" for n in planted}
    assert {c.key for c in found.of(Kind.GONE)} == {"99100055", "99100056"}
    fields = {c.key: {f.name: (f.old, f.new) for f in c.fields} for c in found.of(Kind.CHANGED)}
    assert fields["99100000"] == {"school_name": ("Trường Tiểu học Thử 0", "Trường Đổi Tên 0")}
    assert fields["99100010"] == {"level": (LEVEL.primary, LEVEL.lower_secondary), "ownership": (True, False)}
    assert fields["99100020"] == {"commune": ("Xã Thử", "Xã Khác")}
    assert fields["99100030"] == {"until": (None, date(2026, 6, 1))}
    batch = accepted(upload, specialist, LATER, gone_on=date(2025, 10, 20))
    assert batch.counts == {"new": 4, "changed": 13, "gone": 2, "doubtful": 0}
    after = network()
    closed = School.objects.get(code="99100055")
    assert school_on(closed, date(2025, 10, 19)) is not None
    assert school_on(closed, date(2025, 10, 20)) is None
    # The same list again changes nothing; under another name it is the same file.
    assert seen(upload).counts == {"new": 0, "changed": 0, "unchanged": 62, "gone": 0, "doubtful": 0}
    assert kept(LIST, second, by=specialist, area=province, name="c") == upload
    assert (
        accept_as_seen(upload=upload, seen=seen(upload).seal, numbers={1}, by=specialist, at=LATER, read=intake_of)
        is None
    )
    assert Batch.objects.count() == 2
    actions.undo(batch=batch, by=specialist, at=LATER)
    assert network() == before
    assert seen(upload).counts == found.counts
    accepted(upload, specialist, LATER + timedelta(days=1), gone_on=date(2025, 10, 20))
    assert network() == after


def test_what_was_chosen_is_accepted_and_the_seal_is_of_what_was_seen(province: Area, specialist: User) -> None:
    upload = kept(LIST, schools(5), by=specialist, area=province)
    stale = seen(upload).seal
    accepted(upload, specialist, numbers={1, 3})
    assert set(School.objects.values_list("code", flat=True)) == {"99100000", "99100002"}
    assert seen(upload).counts == {"new": 3, "changed": 0, "unchanged": 2, "gone": 0, "doubtful": 0}
    with pytest.raises(ChangedError):
        accept_as_seen(upload=upload, seen=stale, numbers={2}, by=specialist, at=LATER, read=intake_of)
    assert School.objects.count() == 2


def test_a_list_of_one_commune_speaks_of_no_other(province: Area, area: Area, specialist: User) -> None:
    """Neither by its rows nor by what it does not name."""
    elsewhere = Area.objects.create(code="99002", name="Xã Khác", kind="xã", parent=province, since=BEGAN)
    rows = [dict(row, commune_code=elsewhere.code, commune=elsewhere.name) for row in schools(2, first=90)]
    accepted(kept(LIST, rows, by=specialist, area=elsewhere), specialist)
    upload = kept(LIST, [*schools(2), rows[0], dict(schools(1, first=7)[0], commune_code="99002", commune="Xã Khác")],
                  by=specialist, area=area)  # fmt: skip
    found = seen(upload)
    assert found.counts == {"new": 2, "changed": 0, "unchanged": 0, "gone": 0, "doubtful": 0}
    assert [(fault.code, fault.sheet, fault.row) for fault in found.faults] == [
        ("school_elsewhere", "Trường", 8), ("no_such_commune", "Trường", 9)
    ]  # fmt: skip
    assert "dòng 8: mã trường này là của một trường ngoài địa bàn" in found.faults[0].vi
    accepted(upload, specialist)
    assert School.objects.filter(area=area).count() == 2
    assert School.objects.filter(area=elsewhere).count() == 2


def test_a_specialist_of_one_area_brings_no_schools_of_another(province: Area, area: Area, specialist: User) -> None:
    other = Area.objects.create(code="99002", name="Xã Khác", kind="xã", parent=province, since=BEGAN)
    narrow = grant(User.objects.create_user("chuyen-vien-xa", role=SPECIALIST), area=other)
    for place in (area, province):
        with pytest.raises(PermissionDenied):
            kept(LIST, schools(1), by=narrow, area=place)
    upload = kept(LIST, schools(3), by=specialist, area=area)
    with pytest.raises(PermissionDenied):
        accepted(upload, narrow)
    batch = accepted(upload, specialist)
    with pytest.raises(PermissionDenied):
        actions.undo(batch=batch, by=narrow, at=LATER)
    mine = kept(LIST, [dict(schools(1)[0], commune_code="99002", commune="Xã Khác")], by=narrow, area=other)
    assert [fault.code for fault in seen(mine).faults] == ["school_elsewhere"]
    assert seen(mine).changes == ()
    client = Client()
    client.force_login(narrow)
    for name, pk in (("faults", upload.pk), ("difference", upload.pk), ("original", upload.pk), ("withdraw", upload.pk),
                     ("batch", batch.pk), ("undo", batch.pk)):  # fmt: skip
        assert client.get(reverse(f"desk:{name}", args=[pk])).status_code == 404, name
        assert client.post(reverse(f"desk:{name}", args=[pk])).status_code in (404, 405), name
    assert client.get(reverse("desk:history", args=["xa", area.pk])).status_code == 404
    offered = client.get(reverse("desk:upload"), {"loai": LIST}).content.decode()
    assert "Xã Khác" in offered
    assert "Xã Thử" not in offered


def test_undoing_is_refused_naming_what_rests_on_it(province: Area, specialist: User, clerk: User) -> None:
    first = accepted(kept(LIST, schools(3), by=specialist, area=province), specialist)
    second = accepted(
        kept(LIST, [dict(schools(1)[0], school_name="Tên khác")], by=specialist, area=province, name="b"),
        specialist, LATER, gone=False,
    )  # fmt: skip
    named = School.objects.get(code="99100002")
    grant(clerk, school=named)
    keep(workbook(), named, clerk)
    stood = network()
    with pytest.raises(actions.RestsError) as refused:
        actions.undo(batch=first, by=specialist, at=LATER)
    assert (refused.value.later, refused.value.schools) == ((second,), (named,))
    assert network() == stood
    client = Client()
    client.force_login(specialist)
    for page in (reverse("desk:undo", args=[first.pk]), reverse("desk:withdraw", args=[first.upload_id])):
        for response, status in ((client.get(page), 200), (client.post(page), 409)):
            text = response.content.decode()
            assert (response.status_code, page) == (status, page)
            assert "Chưa hoàn tác được" in text
            assert reverse("desk:batch", args=[second.pk]) in text
            assert "99100002" in text
            assert "99100001" not in text
    assert network() == stood


def test_later_lists_of_other_schools_do_not_rest_on_it(province: Area, specialist: User) -> None:
    first = accepted(kept(LIST, schools(2), by=specialist, area=province), specialist)
    later = kept(LIST, schools(2, first=10), by=specialist, area=province, name="b")
    accepted(later, specialist, LATER, gone=False)
    actions.undo(batch=first, by=specialist, at=LATER)
    assert set(School.objects.values_list("code", flat=True)) == {"99100010", "99100011"}


def test_a_school_is_not_closed_before_it_began(province: Area, specialist: User) -> None:
    accepted(kept(LIST, schools(2), by=specialist, area=province), specialist)
    upload = kept(LIST, schools(1), by=specialist, area=province, name="b")
    stood = network()
    with pytest.raises(SchoolListError, match=r"Trường Tiểu học Thử 1 chỉ được ghi từ 01/10/2025"):
        accepted(upload, specialist, LATER, gone_on=DAY)
    assert network() == stood
    assert Batch.objects.count() == 1


def test_text_that_cannot_be_kept_is_a_fault_on_every_database(province: Area, specialist: User) -> None:
    rows = [
        dict(schools(1)[0], school_code="9" * 11),
        dict(schools(2)[1], authority="Ủy ban " * 20),
        dict(schools(3)[2], school_code="1234567"),
    ]
    found = seen(kept(LIST, rows, by=specialist, area=province))
    assert [fault.code for fault in found.faults] == ["longer_than_kept", "longer_than_kept", "school_code_short"]
    assert "nhiều nhất là 10" in found.faults[0].vi
    assert found.changes == ()


def _sent(client: Client, rows: list[dict[str, object]], area: Area, name: str = "truong.xlsx") -> Upload:
    data = filled(sheets.templates()[LIST], rows, {})
    sent = {"template": LIST, "area": area.pk, "file": SimpleUploadedFile(name, data)}
    response = client.post(reverse("desk:upload"), sent)
    assert response.status_code == 302, response.content.decode()
    return Upload.objects.get(filename=name)


def test_through_the_screens(office: Client, province: Area, specialist: User) -> None:
    assert "Danh sách trường" in office.get(reverse("desk:upload")).content.decode()
    rows = [*schools(3), dict(schools(1, first=3)[0], public_school="")]
    upload = _sent(office, rows, province)
    assert "Mã trường" in office.get(reverse("desk:faults", args=[upload.pk]), {"dong": "tat-ca"}).content.decode()
    where = reverse("desk:difference", args=[upload.pk])
    page = office.get(where).content.decode()
    assert "3 trường mới" in page
    assert "1 dòng chưa ghi được" in page
    assert "dòng 9: trường chưa có trong mạng lưới nên phải ghi công lập hay ngoài công lập" in page
    assert "Xã Thử" in page
    assert "Cần xem lại</span>" not in page
    sent = {"viec": "chap-nhan", "dau": seen(upload).seal, "dem": "3", "tu-ngay": "2025-10-01"}
    done = office.post(where, sent, follow=True)
    assert done.redirect_chain[-1][0] == reverse("desk:batch", args=[Batch.objects.get().pk])
    assert "Trường Tiểu học Thử 2" in done.content.decode()
    assert "truong.xlsx" in office.get(reverse("desk:history", args=["xa", province.pk])).content.decode()
    withdraw = reverse("desk:withdraw", args=[upload.pk])
    assert "ghi về 3 trường" in office.get(withdraw).content.decode()
    office.post(withdraw)
    assert not School.objects.exists()
    assert not SchoolFact.objects.exists()
    office.post(reverse("desk:restore", args=[upload.pk]))
    assert seen(Upload.objects.get()).counts["new"] == 3
    assert "không còn trong sổ" in office.get(reverse("desk:batch", args=[Batch.objects.get().pk])).content.decode()


def test_a_school_that_a_list_lacks_is_closed_only_when_chosen(
    office: Client, province: Area, specialist: User
) -> None:
    accepted(kept(LIST, schools(4), by=specialist, area=province), specialist)
    upload = _sent(office, [dict(schools(1)[0], school_name="Trường Đổi Tên"), *schools(2)[1:]], province)
    where = reverse("desk:difference", args=[upload.pk])
    page = office.get(where).content.decode()
    assert "2 trường đang hoạt động trong địa bàn không có trong tệp" in page
    assert "Chấp nhận 1 dòng" in page
    seal = seen(upload).seal
    office.post(where, {"viec": "chon-nhom", "nhom": "gone", "dau": seal, "tu-ngay": f"{seen(upload).since}"})
    page = office.get(where).content.decode()
    assert "Chấp nhận 3 dòng" in page
    assert "2 trường kết thúc" in page
    sent = {"viec": "chap-nhan", "dau": seal, "dem": "3", "tu-ngay": f"{seen(upload).since}", "ngay-roi": "01/09/2025"}
    refused = office.post(where, sent, follow=True).content.decode()
    assert "chỉ được ghi từ 01/10/2025" in refused
    assert Batch.objects.count() == 1
    office.post(where, {**sent, "ngay-roi": "15/10/2025"})
    assert seen(upload).counts["gone"] == 0
    assert school_on(School.objects.get(code="99100003"), date(2025, 10, 15)) is None


def test_the_pages_ask_few_questions(
    office: Client, province: Area, specialist: User, django_assert_max_num_queries: object
) -> None:
    accepted(kept(LIST, schools(30), by=specialist, area=province), specialist)
    upload = kept(LIST, [dict(row, address="Ấp mới") for row in schools(150)], by=specialist, area=province, name="b")
    seen(upload)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert "Chấp nhận 150 dòng" in office.get(reverse("desk:difference", args=[upload.pk])).content.decode()
    batch = accepted(upload, specialist, LATER)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        assert office.get(reverse("desk:batch", args=[batch.pk])).status_code == 200


def test_a_leader_reads_and_does_not_write(province: Area, specialist: User) -> None:
    upload = kept(LIST, schools(2), by=specialist, area=province)
    leader = grant(User.objects.create_user("lanh-dao", role=LEADER), area=province)
    client = Client()
    client.force_login(leader)
    assert client.get(reverse("desk:faults", args=[upload.pk])).status_code == 200
    assert client.post(reverse("desk:difference", args=[upload.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        accepted(upload, leader)
