"""The access log: whose lines who reads, the filters against a plain twin, the workbook, and that every export leaves a line."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ansinh.web.access import AUDITOR, CLERK, LEADER, SPECIALIST
from ansinh.web.desk.access_log import Asked
from ansinh.web.registry import actions
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Person, Reading, School, Upload, User
from ansinh.web.registry.scope import scope_of

from .conftest import BEGAN, NOON, grant, keep
from .rosters import workbook
from .test_difference import children
from .test_home import page

LOG = "desk:readings"


@pytest.fixture
def elsewhere(db: None) -> School:
    province = Area.objects.create(level="province", code="98", name="Tỉnh Khác", kind="tỉnh", since=BEGAN)
    area = Area.objects.create(code="98001", name="Xã Khác", kind="xã", parent=province, since=BEGAN)
    return School.objects.create(code="98000001", name="Trường Khác", level=1, area=area)


def person(role: str, *, area: Area | None = None, school: School | None = None, name: str = "") -> User:
    found = User.objects.create_user(f"{role}-{User.objects.count()}", role=role, full_name=name)
    return grant(found, area=area, school=school)


def read(by: User, what: str, *, act: str = "read", at: datetime = NOON, of: Person | None = None) -> Reading:
    return actions.log_reading(by=by, at=at, act=act, what=what, person=of)


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_each_reads_the_lines_within_their_area_and_nobody_else_reads_others(
    area: Area, school: School, clerk: User, specialist: User, elsewhere: School
) -> None:
    actions.accept(difference=difference(keep(workbook(children(2)), school, clerk)), by=clerk, at=NOON)
    child = Person.objects.first()
    stranger = person(CLERK, school=elsewhere)
    lines = {
        "own": read(clerk, "của văn thư"),
        "specialist": read(specialist, "của chuyên viên"),
        "stranger": read(stranger, "của người nơi khác"),
        "of our child": read(stranger, "của người nơi khác về em của ta", of=child),
    }
    assert area.parent is not None
    for role in (AUDITOR, LEADER):
        seen = set(scope_of(person(role, area=area.parent)).readings())
        assert seen == {lines["own"], lines["specialist"], lines["of our child"]}
        away = set(scope_of(person(role, area=elsewhere.area.parent)).readings())
        assert away == {lines["stranger"], lines["of our child"]}
    assert set(scope_of(clerk).readings()) == {lines["own"]}
    assert set(scope_of(specialist).readings()) == {lines["specialist"]}


def test_who_is_granted_every_school_reads_everything(area: Area, clerk: User, school: School) -> None:
    assert area.parent is not None
    auditor = scope_of(person(AUDITOR, area=area.parent))
    assert auditor.whole
    line = read(clerk, "a")
    assert list(auditor.readings()) == [line]


def test_the_page_names_who_what_and_whom_and_its_workbook_is_what_was_seen(
    area: Area, school: School, clerk: User, desk: Client
) -> None:
    upload = keep(workbook(children(2)), school, clerk)
    actions.accept(difference=difference(upload), by=clerk, at=NOON)
    child = Person.objects.get(code="M00001")
    desk.get(reverse("desk:learner", args=[child.pk]) + "?hien=1")
    desk.get(reverse("desk:original", args=[upload.pk]))
    assert area.parent is not None
    auditor = browser(person(AUDITOR, area=area.parent))
    said = page(auditor, reverse(LOG))
    assert "Văn thư (đặt ra)" in said
    assert child.full_name in said
    assert "2 dòng" in said
    only = page(auditor, reverse(LOG) + "?viec=tai&ai=van+thu")
    assert "1 dòng" in only
    assert upload.filename in only
    assert "Không có lần xem hay tải về nào như vậy" in page(auditor, reverse(LOG) + "?ai=khong+co+ai")
    assert "“hôm qua” không phải là ngày" in page(auditor, reverse(LOG) + "?tu=hôm+qua")
    book = openpyxl.load_workbook(io.BytesIO(auditor.get(reverse("desk:readings-xlsx")).content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows] == ["Tải về", "Xem"]
    assert Reading.objects.filter(what="Nhật ký truy cập").count() == 1


def test_a_clerk_sees_what_they_themselves_did(clerk: User, desk: Client, specialist: User) -> None:
    read(clerk, "việc của tôi")
    read(specialist, "việc của người khác")
    said = page(desk, reverse(LOG))
    assert "việc của tôi" in said
    assert "việc của người khác" not in said
    assert "Những gì bạn đã xem và tải về" in said


def test_an_empty_log_says_so(desk: Client) -> None:
    assert "Chưa ai xem thông tin nhạy cảm" in page(desk, reverse(LOG))


def test_the_payable_list_leaves_a_line(upload: Upload, desk: Client) -> None:
    desk.get(reverse("desk:payable", args=[upload.pk, "xlsx"]))
    line = Reading.objects.get()
    assert (line.act, line.people) == ("export", 3)


def test_a_page_of_the_log_asks_a_fixed_number_of_questions(area: Area, school: School, clerk: User) -> None:
    assert area.parent is not None
    auditor = browser(person(AUDITOR, area=area.parent))
    counts = []
    for more in (1, 150):
        for number in range(more):
            read(clerk, f"dòng {number}")
        with CaptureQueriesContext(connection) as asked:
            assert auditor.get(reverse(LOG)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14, counts


MOMENTS = st.integers(0, 6).map(lambda days: NOON - timedelta(days=days))


@pytest.mark.django_db
@given(
    lines=st.lists(st.tuples(MOMENTS, st.sampled_from(["read", "export", "search"])), max_size=8),
    since=st.none() | st.integers(-1, 7),
    until=st.none() | st.integers(-1, 7),
    act=st.sampled_from(["", "xem", "tai", "tra-cuu"]),
)
def test_filters_choose_what_a_plain_loop_chooses(
    lines: list[tuple[datetime, str]], since: int | None, until: int | None, act: str
) -> None:
    Reading.objects.all().delete()
    who, _new = User.objects.get_or_create(username="mot-nguoi", role=SPECIALIST)
    for at, said in lines:
        read(who, "x", at=at, act=said)
    first = None if since is None else (NOON - timedelta(days=since)).date()
    last = None if until is None else (NOON - timedelta(days=until)).date()
    sent = {"viec": act, "tu": f"{first or ''}", "den": f"{last or ''}"}
    found = Asked(RequestFactory().get("/", sent)).of(scope_of(who))
    acts = {"": ("read", "export", "search"), "xem": ("read",), "tai": ("export",), "tra-cuu": ("search",)}[act]

    def meant(at: datetime, said: str) -> bool:
        day: date = timezone.localdate(at)
        return said in acts and (first is None or day >= first) and (last is None or day <= last)

    assert found.count() == sum(meant(at, said) for at, said in lines)
