"""The access log: who sees whose readings, the filters, the file; and that nothing in it is ever changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.web.access import AUDITOR, LEADER
from ansinh.web.registry import accounts, actions
from ansinh.web.registry.models import AccountEvent, Area, Person, Reading, School, Statement, User
from ansinh.web.registry.scope import scope_of

from .conftest import BEGAN, NOON, content, grant, keep
from .rosters import workbook
from .test_difference import accepted, children

LOG = "desk:readings"


@pytest.fixture
def child(school: School, clerk: User) -> Person:
    accepted(keep(workbook(children(3)), school, clerk), clerk)
    return Person.objects.get(code="M00000")


@pytest.fixture
def elsewhere(child: Person) -> tuple[Person, User]:
    """A child and the clerk of a school in another commune of the province."""
    province = Area.objects.get(level="province")
    far = Area.objects.create(code="99002", name="Xã Xa", kind="xã", parent=province, since=BEGAN)
    there = School.objects.create(code="99000009", name="Trường Xa", level=1, area=far)
    clerk = grant(User.objects.create_user("van-thu-xa", full_name="Văn thư xa (đặt ra)"), school=there)
    row = {**children(5)[4], "Mã học sinh": "X1", "Họ và tên": "Trần Xa Xôi", "Ngày sinh": "01/02/2017"}
    accepted(keep(workbook([row]), there, clerk, "xa.xlsx"), clerk)
    return Person.objects.get(code="X1"), clerk


def read(by: User, child: Person | None = None, act: str = "read", days: int = 0) -> Reading:
    what = "hồ sơ" if child else "danh sách học sinh"
    return actions.log_reading(by=by, at=NOON + timedelta(days=days), act=act, what=what, person=child, people=3)


def auditor(area: Area | None, role: str = AUDITOR) -> User:
    person = User.objects.create_user(f"{role}-{User.objects.count()}", role=role)
    return grant(person, area=area) if area else person


@pytest.mark.parametrize("role", [AUDITOR, LEADER])
def test_who_looks_over_an_area_reads_the_log_of_its_children_and_accounts(
    role: str, area: Area, child: Person, clerk: User, elsewhere: tuple[Person, User], specialist: User
) -> None:
    far_child, far_clerk = elsewhere
    within = {read(clerk, child), read(clerk), read(specialist, child)}
    # A list taken by somebody who also sees other places may be of those.
    outside = {read(specialist), read(specialist, far_child), read(far_clerk, far_child), read(far_clerk)}
    person = auditor(area, role)
    own = {read(person, act="search")}
    assert set(scope_of(person).readings()) == within | own
    assert set(scope_of(auditor(area.parent, role)).readings()) == within | outside | own
    assert set(scope_of(auditor(None, role)).readings()) == set()


def test_everybody_else_reads_their_own(child: Person, clerk: User, specialist: User) -> None:
    mine, other = read(clerk, child), read(specialist, child)
    assert set(scope_of(clerk).readings()) == {mine}
    assert set(scope_of(specialist).readings()) == {other}


def test_an_account_that_once_saw_another_place_is_not_within(
    area: Area, child: Person, clerk: User, elsewhere: tuple[Person, User]
) -> None:
    read(clerk)
    looking = scope_of(auditor(area))
    assert looking.readings().count() == 1
    clerk.grants.create(school=elsewhere[1].grants.get().school, since=BEGAN, until=BEGAN + timedelta(days=1))
    assert looking.readings().count() == 0


def test_the_reading_of_a_record_joined_or_taken_back_is_still_read(area: Area, child: Person, clerk: User) -> None:
    other = Person.objects.get(code="M00001")
    one, two = read(clerk, child), read(clerk, other)
    actions.join(kept=child, gone=other, reason="thử", by=clerk, at=NOON)
    person = auditor(area)
    assert set(scope_of(person).readings()) == {one, two}
    client = Client()
    client.force_login(person)
    assert {line.child for line in client.get(reverse(LOG)).context["lines"]} == {child}
    actions.undo(batch=child.statements.get().batch, by=clerk, at=NOON + timedelta(days=1))
    assert set(scope_of(person).readings()) == {one, two}
    page = client.get(reverse(LOG))
    assert all(line.outside for line in page.context["lines"])
    assert child.full_name not in page.content.decode()


def test_the_filters_leave_what_they_say(area: Area, child: Person, clerk: User, specialist: User) -> None:
    one, two, three = read(clerk, child), read(clerk, act="export", days=1), read(specialist, child, days=2)
    client = Client()
    client.force_login(auditor(area.parent))

    def shown(**asked: str) -> list[Reading]:
        return [line.reading for line in client.get(reverse(LOG), asked).context["lines"]]

    assert shown() == [three, two, one]
    assert shown(ai=str(clerk.pk)) == [two, one]
    assert shown(loai="tai") == [two]
    assert shown(tre=str(child.pk)) == shown(em="nguyen thi an") == shown(em="M00000") == [three, one]
    assert shown(em="không có ai như thế") == []
    # Noon in Greenwich is that evening here; the last day is within.
    assert shown(tu="2025-10-02", den="2025-10-02") == [two]
    assert shown(den="2025-10-01") == [one]
    for wrong in ({"ai": "0"}, {"loai": "x"}, {"tre": "x"}, {"tre": "0"}):
        assert client.get(reverse(LOG), wrong).status_code == 404
    assert "Không có lượt nào như vậy" in client.get(reverse(LOG), {"loai": "tra"}).content.decode()


def test_an_empty_log_says_so(desk: Client) -> None:
    assert "Nhật ký còn trống" in desk.get(reverse(LOG)).content.decode()


def test_the_file_says_what_the_screen_says_and_is_written_to_the_log(area: Area, child: Person, clerk: User) -> None:
    read(clerk, child), read(clerk, act="export", days=1)
    client = Client()
    person = auditor(area.parent)
    client.force_login(person)
    text = content(client.get(reverse("desk:readings-file", args=["csv"]))).decode()
    _head, first, second = text.splitlines()
    assert first.startswith("02/10/2025 12:00:00,Văn thư (đặt ra),van-thu,Tải xuống,danh sách học sinh,,,3")
    assert second.endswith("van-thu,Xem,hồ sơ,Nguyễn Thị An,M00000,3")
    written = Reading.objects.latest("pk")
    assert (written.by, written.act, written.people) == (person, "export", 2)
    assert content(client.get(reverse("desk:readings-file", args=["xlsx"])))[:2] == b"PK"


def test_the_number_of_queries_does_not_grow_with_the_log(area: Area, child: Person, clerk: User) -> None:
    client = Client()
    client.force_login(auditor(area))
    counts = []
    for more in (1, 60):
        for day in range(more):
            read(clerk, child, days=day)
        client.get(reverse(LOG))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(LOG))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16, counts


def _said(child: Person, clerk: User) -> dict[type[models.Model], set[str]]:
    """A row of each append-only table → the columns that may be written anew."""
    read(clerk, child)
    accounts.suspend(account=clerk, by=auditor(None, "administrator"), at=NOON)
    return {Statement: {"sealed_identity", "digest"}, Reading: set(), AccountEvent: set()}


def test_the_database_changes_and_deletes_nothing_of_what_is_only_added_to(child: Person, clerk: User) -> None:
    for model, free in _said(child, clerk).items():
        rows = model._base_manager.all()
        assert rows.exists()
        for field in model._meta.concrete_fields:
            if field.name in free:
                rows.update(**{field.name: F(field.name)})
                continue
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.update(**{field.name: F(field.name)})
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows._raw_delete(connection.alias)  # What no on_delete of Django's stands before.


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_after_a_test_the_tables_are_empty_and_guarded_again(turn: int, child: Person, clerk: User) -> None:
    assert Reading.objects.count() == 0
    read(clerk, child)
    with pytest.raises(IntegrityError, match="append-only"):
        Reading.objects.all().delete()
