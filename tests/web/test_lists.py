"""The list of children: filters, columns, order, pages, files and kept lists; within the scope, and written down."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.core.tables import ETHNICITY, POVERTY
from ansinh.core.words import class_order, name_order
from ansinh.web.desk import learner_list
from ansinh.web.registry import actions, saved_lists
from ansinh.web.registry.models import Area, Enrolment, Person, Reading, SavedList, School, User

from .conftest import NOON, content, grant, keep
from .rosters import POVERTY as POOR
from .rosters import workbook
from .test_difference import accepted, children

FIND = "desk:find"
LATER = NOON + timedelta(days=1)


def rows_of(count: int) -> list[dict[str, str]]:
    """Every third child poor, every third near-poor; one Khmer, one disabled, one of whom little is known."""
    rows = children(count)
    rows[0] |= {"Dân tộc": "Khơ-me"}
    rows[1] |= {"Khuyết tật": "Có"}
    rows[2] |= {"Dân tộc": "", POOR: "", "Khuyết tật": ""}
    return rows


@pytest.fixture
def listed(school: School, clerk: User) -> School:
    accepted(keep(workbook(rows_of(12)), school, clerk), clerk)
    return school


def names(response: object) -> list[str]:
    """The children on a page, from the top."""
    return [line.person.full_name for line, _cells in response.context["rows"]]  # type: ignore[attr-defined]


def test_the_list_stands_in_class_order_and_then_by_name(desk: Client, listed: School) -> None:
    people = {person.pk: person.full_name for person in Person.objects.all()}
    lines = [(line.class_name, people[line.person_id]) for line in Enrolment.objects.all()]
    expected = sorted(lines, key=lambda line: (class_order(line[0]), name_order(line[1])))
    assert names(desk.get(reverse(FIND))) == [name for _class, name in expected]
    by_name = sorted(people.values(), key=name_order)
    assert names(desk.get(reverse(FIND), {"xep": "full_name"})) == by_name
    assert names(desk.get(reverse(FIND), {"xep": "-full_name"})) == by_name[::-1]


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        ({"ngheo": "ngheo"}, lambda n: n % 3 == 0),
        ({"ngheo": "ca-hai"}, lambda n: n % 3 != 2),
        ({"ngheo": "khong"}, lambda n: n % 3 == 2 and n != 2),
        ({"ngheo": "chua-ro"}, lambda n: n == 2),
        ({"dan-toc": "thieu-so"}, lambda n: n == 0),
        ({"dan-toc": "kinh"}, lambda n: n not in (0, 2)),
        ({"khuyet-tat": "co"}, lambda n: n == 1),
        ({"khuyet-tat": "khong"}, lambda n: n not in (1, 2)),
        ({"thieu": "dien"}, lambda n: n == 2),
        ({"thieu": "dinh-danh"}, lambda n: True),
        ({"thieu": "ngay-sinh"}, lambda n: False),
        ({"lop": "Lá 2"}, lambda n: n % 3 == 1),
        ({"cap": "kindergarten"}, lambda n: True),
        ({"cap": "primary"}, lambda n: False),
        ({"da-roi": "roi"}, lambda n: False),
        ({"ngheo": "ngheo", "dan-toc": "thieu-so"}, lambda n: n == 0),
    ],
)
def test_each_filter_leaves_whom_a_plain_loop_leaves(
    desk: Client, listed: School, asked: dict[str, str], meets: Callable[[int], bool]
) -> None:
    response = desk.get(reverse(FIND), asked)
    left = {line.person.code for line, _cells in response.context["rows"]}
    assert left == {f"M{n:05d}" for n in range(12) if meets(n)}
    assert response.context["wanted"].counted == len(left)
    if not left:
        assert "Không có em nào như vậy" in response.content.decode()


def test_who_left_is_shown_only_when_asked_for(desk: Client, listed: School, clerk: User) -> None:
    accepted(keep(workbook(rows_of(12)[1:]), listed, clerk, "hai.xlsx"), clerk, LATER)
    assert len(names(desk.get(reverse(FIND)))) == 11
    assert names(desk.get(reverse(FIND), {"da-roi": "roi"})) == ["Nguyễn Thị An"]


def test_a_school_does_not_see_what_another_says(
    desk: Client, listed: School, clerk: User, other_school: School, other_clerk: User
) -> None:
    moved = [{**rows_of(12)[4], POOR: "Hộ nghèo", "Khuyết tật": "Có"}]
    accepted(keep(workbook(moved), other_school, other_clerk, "moi.xlsx"), other_clerk, LATER)
    own, other = Enrolment.objects.filter(person__code="M00004").order_by("school__code")
    assert (own.poverty, own.disabled) == (POVERTY.near_poor, False)
    assert (other.poverty, other.disabled) == (POVERTY.poor, True)
    page = desk.get(reverse(FIND), {"cot": ["poverty", "disabled"]})
    (cells,) = [cells for line, cells in page.context["rows"] if line.person.code == "M00004"]
    assert [words for _name, words, _figure in cells] == ["Hộ cận nghèo", "không"]
    there = Client()
    there.force_login(other_clerk)
    assert len(names(there.get(reverse(FIND)))) == 1


def test_what_a_column_says_agrees_with_the_filter(desk: Client, listed: School) -> None:
    """Two roads: the columns kept beside each line, and the statements folded anew for the page."""
    page = desk.get(reverse(FIND), {"cot": ["poverty", "ethnicity", "disabled"]})
    for row in learner_list.rows(list(page.context["page"]), ("poverty", "ethnicity", "disabled")):
        assert [row.values[name] for name in row.values] == [
            row.line.poverty,
            row.line.ethnicity,
            row.line.disabled,
        ]
    assert Enrolment.objects.filter(ethnicity=ETHNICITY.kho_me).count() == 1


def test_sensitive_facts_are_shown_only_when_chosen_and_each_showing_is_written_down(
    desk: Client, clerk: User, listed: School
) -> None:
    page = desk.get(reverse(FIND), {"cot": ["code", "distance_m"]}).content.decode()
    assert "1.200 m" in page
    assert not Reading.objects.exists()
    page = desk.get(reverse(FIND), {"cot": ["code", "ethnicity"]}).content.decode()
    assert "Khơ-me" in page
    reading = Reading.objects.get()
    assert (reading.by, reading.act, reading.people, reading.person) == (clerk, "read", 12, None)
    assert "Dân tộc" in reading.what
    # Who is left by a filter is known to be what the filter says.
    desk.get(reverse(FIND), {"ngheo": "ngheo"})
    assert Reading.objects.latest("pk").people == 4
    assert "Hộ nghèo" in Reading.objects.latest("pk").what


@pytest.mark.parametrize(
    "asked",
    [
        {"noi": "truong-999"},
        {"nam": "2019-2020"},
        {"nam": "x"},
        {"ngheo": "x"},
        {"cot": "digest"},
        {"cot": "sealed_identity"},
        {"xep": "poverty"},
        {"xep": "person__digest"},
    ],
)
def test_what_is_not_offered_is_not_found(desk: Client, listed: School, asked: dict[str, str]) -> None:
    for address in (reverse(FIND), reverse("desk:list-file", args=["csv"])):
        assert desk.get(address, asked).status_code == 404


def test_pages_hold_each_child_once(desk: Client, school: School, clerk: User) -> None:
    accepted(keep(workbook(children(120)), school, clerk), clerk)
    for order in ("class_name", "-class_name", "birth_date", "-code", "grade", "-full_name"):
        found = [
            line.person_id
            for page in ("1", "2", "3")
            for line, _cells in desk.get(reverse(FIND), {"xep": order, "trang": page}).context["rows"]
        ]
        assert len(found) == len(set(found)) == 120, order


def test_a_long_list_is_sorted_by_name_and_its_pages_end(
    desk: Client, listed: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner_list, "MOST", 10)
    response = desk.get(reverse(FIND), {"xep": "birth_date"})
    assert response.context["wanted"].many
    assert response.context["page"].paginator.count == 10
    assert names(response)[0] == min((person.full_name for person in Person.objects.all()), key=name_order)
    assert desk.get(reverse("desk:list-file", args=["xlsx"])).status_code == 404
    whole = content(desk.get(reverse("desk:list-file", args=["csv"])))
    assert len(whole.decode("utf-8-sig").splitlines()) == 13


def test_the_files_say_what_the_screen_says_and_are_written_down(desk: Client, clerk: User, listed: School) -> None:
    asked = {"ngheo": "ca-hai", "xep": "-full_name", "cot": ["code", "poverty", "distance_m"]}
    seen = [
        [line.person.full_name, *(words for _name, words, _figure in cells)]
        for line, cells in desk.get(reverse(FIND), asked).context["rows"]
    ]
    text = content(desk.get(reverse("desk:list-file", args=["csv"]), asked))
    first, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    assert first == [
        "Họ và tên",
        "Mã học sinh",
        "Hộ nghèo, cận nghèo (hộ của cha mẹ)",
        "Khoảng cách từ nhà đến trường (m)",
    ]
    assert [[*row[:3], "1.200 m"] for row in rows] == seen
    assert {row[3] for row in rows} == {"1200"}
    reading = Reading.objects.latest("pk")
    assert (reading.by, reading.act, reading.people) == (clerk, "export", 8)
    data = content(desk.get(reverse("desk:list-file", args=["xlsx"]), asked))
    (_head, *sheet) = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    assert [[*map(str, row[:3]), "1.200 m"] for row in sheet] == seen
    assert Reading.objects.filter(act="export").count() == 2


def test_no_cell_of_a_file_runs_as_a_formula(desk: Client, school: School, clerk: User) -> None:
    accepted(keep(workbook([{**children(1)[0], "Lớp": "-2A", "Mã học sinh": "@SUM(A1)"}]), school, clerk), clerk)
    text = content(desk.get(reverse("desk:list-file", args=["csv"])))
    assert {"'-2A", "'@SUM(A1)"} <= set(next(iter(list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[1:])))
    data = content(desk.get(reverse("desk:list-file", args=["xlsx"])))
    (_head, *sheet) = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    assert {"-2A", "@SUM(A1)"} <= set(sheet[0])


def test_a_list_is_kept_opened_renamed_taken_away_and_had_back(desk: Client, clerk: User, listed: School) -> None:
    sent = {"ten": "Hộ nghèo lớp 2", "danh-sach": "lop=L%C3%A1+2&ngheo=ngheo&trang=3&x=y"}
    response = desk.post(reverse("desk:list-keep"), sent, follow=True)
    one = SavedList.objects.get()
    assert (one.user, one.name) == (clerk, "Hộ nghèo lớp 2")
    # The page and what no list knows are left out.
    assert one.query == "lop=L%C3%A1+2&ngheo=ngheo"
    assert response.context["same"] == one
    assert "Đã lưu danh sách" in response.content.decode()
    desk.post(reverse("desk:list-rename", args=[one.pk]), {"ten": "Tên khác"})
    one.refresh_from_db()
    assert one.name == "Tên khác"
    gone = desk.post(reverse("desk:list-remove", args=[one.pk]), follow=True)
    assert gone.context["kept"] == []
    assert gone.context["gone"] == one
    back = desk.post(reverse("desk:list-restore", args=[one.pk]), follow=True)
    assert back.context["kept"] == [one]


def test_a_kept_list_needs_a_name_of_its_own(desk: Client, clerk: User, listed: School) -> None:
    for name, said in (("Một", "Đã lưu"), ("Một", "mang tên này"), ("  ", "hãy đặt tên")):
        page = desk.post(reverse("desk:list-keep"), {"ten": name}, follow=True).content.decode()
        assert said in page
    one = SavedList.objects.get()
    saved_lists.remove(kept=one, at=NOON)
    two = saved_lists.save(by=clerk, name="Một", query="", at=NOON)
    page = desk.post(reverse("desk:list-restore", args=[one.pk]), follow=True).content.decode()
    assert "mang tên này" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedList.objects.filter(pk=one.pk).update(removed_at=None)
    assert list(SavedList.objects.filter(removed_at__isnull=True)) == [two]


def test_a_kept_list_is_nobody_elses(desk: Client, listed: School, other_clerk: User) -> None:
    one = saved_lists.save(by=other_clerk, name="Của người khác", query="", at=NOON)
    assert "Của người khác" not in desk.get(reverse(FIND)).content.decode()
    for verb in ("rename", "remove", "restore"):
        assert desk.post(reverse(f"desk:list-{verb}", args=[one.pk]), {"ten": "x"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(desk: Client, school: School, clerk: User) -> None:
    counts = []
    asked = {"cot": ["code", "ethnicity", "poverty", "school", "commune"], "ngheo": "ca-hai"}
    for size in (3, 60):
        accepted(keep(workbook(children(size)), school, clerk, f"{size}.xlsx"), clerk)
        desk.get(reverse(FIND), asked)
        with CaptureQueriesContext(connection) as done:
            desk.get(reverse(FIND), asked)
        counts.append(len(done))
    assert counts[0] == counts[1] <= 20, counts


def test_without_a_list_the_page_says_what_to_do(desk: Client, school: School) -> None:
    page = desk.get(reverse(FIND)).content.decode()
    assert "Chưa có danh sách nào được chấp nhận" in page
    assert reverse("desk:upload") in page
    assert desk.get(reverse("desk:list-file", args=["csv"])).status_code == 404


def test_a_commune_and_a_province_see_their_schools(
    listed: School, area: Area, other_school: School, other_clerk: User, specialist: User
) -> None:
    accepted(keep(workbook(children(3)[2:]), other_school, other_clerk, "khac.xlsx"), other_clerk)
    client = Client()
    client.force_login(specialist)
    assert len(names(client.get(reverse(FIND)))) == 13
    assert len(names(client.get(reverse(FIND), {"noi": f"xa-{area.pk}"}))) == 13
    response = client.get(reverse(FIND), {"noi": f"truong-{other_school.pk}"})
    assert len(names(response)) == 1
    assert (str(other_school), "") in response.context["narrowed"]


def test_the_migration_fills_what_refresh_would(listed: School, clerk: User, other_school: School) -> None:
    second = [{**rows_of(12)[0], POOR: "Hộ cận nghèo"}, *rows_of(12)[1:]]
    accepted(keep(workbook(second), listed, clerk, "hai.xlsx"), clerk, LATER)
    kept, gone = Person.objects.filter(code__in=("M00003", "M00004")).order_by("code")
    actions.join(kept=kept, gone=gone, reason="thử", by=grant(clerk, school=other_school), at=LATER)
    columns = ("pk", "name_sort", "poverty", "ethnicity", "disabled")
    before = list(Enrolment.objects.order_by("pk").values_list(*columns))
    Enrolment.objects.update(name_sort="", poverty=None, ethnicity=None, disabled=None)
    importlib.import_module("ansinh.web.registry.migrations.0004_lists").fill(apps, None)
    assert list(Enrolment.objects.order_by("pk").values_list(*columns)) == before
