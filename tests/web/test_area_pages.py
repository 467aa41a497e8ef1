"""The pages of areas and of the school network: what they show, to whom, and that a workbook is what was seen."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.core.tables import LEVEL
from ansinh.web.access import COMMUNE, SPECIALIST
from ansinh.web.desk.export import workbook
from ansinh.web.registry import gazetteer, made_up
from ansinh.web.registry.areas import LAST_DAY_BEFORE
from ansinh.web.registry.gazetteer import MERGED
from ansinh.web.registry.models import Area, AreaLevel, Enrolment, Grant, Person, Reading, School, SchoolFact, User
from ansinh.web.registry.scope import scope_of


@pytest.fixture
def province(db: None) -> Area:
    gazetteer.load(["86"])
    return Area.objects.get(level=AreaLevel.PROVINCE, code="86", until=None)


def commune(name: str, day: date = MERGED) -> Area:
    return Area.objects.get(level=AreaLevel.COMMUNE, name=name, since__lte=day, until=MERGED if day < MERGED else None)


def browser(role: str, *areas: Area) -> Client:
    person = User.objects.create_user(f"nguoi-{role}-{len(areas)}", role=role)
    for area in areas:
        Grant.objects.create(user=person, area=area, since=MERGED)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def specialist(province: Area) -> Client:
    return browser(SPECIALIST, province)


def school(number: int, area: Area, **facts: object) -> School:
    said = {"name": f"Trường số {number}", "level": LEVEL.primary, "area": area}
    kept = School.objects.create(code=f"9986{number:04d}", **said)
    SchoolFact.objects.create(school=kept, since=date(2015, 9, 1), **{**said, **facts})
    return kept


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+([:,.)]?)", r" \1", re.sub(r"<[^>]*>", " ", response.content.decode())).replace(" :", ":")


def area_page(area: Area, which: str = "nay") -> str:
    return f"{reverse('desk:area', args=[area.pk])}?ban-do={which}"


def test_a_split_communes_page_says_what_became_of_it_and_what_cannot_be_placed(specialist: Client) -> None:
    old = commune("Thị trấn Trà Ôn", LAST_DAY_BEFORE)
    school(1, old)
    said = text(specialist, area_page(old))
    assert "Nay thuộc Xã Ngãi Tứ một phần · Nghị quyết 1687/NQ-UBTVQH15 Xã Trà Ôn một phần" in said
    assert "phần của mỗi nơi chưa phân định được" in said
    assert "Chưa phân định được" in said
    then = text(specialist, area_page(old, "truoc"))
    assert "Chưa phân định được" not in then.split("Trường và người học trên bản đồ trước")[1]
    assert "Trường số 1 Tiểu học Công lập" in then
    assert "Phòng Giáo dục và Đào tạo huyện Trà Ôn" in then


def test_a_new_communes_page_names_what_it_was_made_of_and_its_schools_with_who_pays(specialist: Client) -> None:
    new = commune("Phường Cái Vồn")
    school(1, new, authority="UBND phường Cái Vồn")
    said = text(specialist, area_page(new))
    assert "Trước ngày 01/7/2025 Xã Ngãi Tứ một phần" in said
    assert "Xã Mỹ Hòa toàn bộ" in said
    lone = commune("Xã Hòa Minh")
    school(2, lone)
    assert "Phòng Giáo dục và Đào tạo huyện Châu Thành" in text(specialist, area_page(lone, "truoc"))
    assert "UBND phường Cái Vồn Ủy ban nhân dân phường Cái Vồn" in said
    assert "căn cứ chưa được kiểm chứng" in said


def test_a_province_counts_its_schools_and_learners_by_commune_on_either_map(
    specialist: Client, province: Area
) -> None:
    there = school(1, commune("Xã Hòa Minh"))
    school(2, commune("Xã Trà Ôn"))
    Enrolment.objects.create(person=Person.objects.create(), school=there, year=_this_year())
    now, then = text(specialist, area_page(province)), text(specialist, area_page(province, "truoc"))
    assert "2 trường, 1 người học năm nay, 124 xã, phường." in now
    assert "Xã Hòa Minh 29410 1 1" in now
    assert "2 trường, 1 người học năm nay, 354 xã, phường." in then
    assert "Xã Trà Ôn 1 0 Thị trấn Trà Ôn, Xã Tích Thiện" in then
    moved = Area.objects.get(level=AreaLevel.PROVINCE, code="84")
    assert "1 trường, 1 người học năm nay, 104 xã, phường." in text(specialist, area_page(moved, "truoc"))


def _this_year() -> int:
    from django.utils import timezone

    today = timezone.localdate()
    return today.year if today.month >= 9 else today.year - 1


def test_an_officer_sees_their_commune_and_what_lay_wholly_in_it_and_no_other(province: Area) -> None:
    mine = commune("Xã Trà Ôn")
    school(1, commune("Xã Hòa Minh"))
    officer = browser(COMMUNE, mine)
    assert officer.get(reverse("desk:areas")).headers["Location"] == reverse("desk:area", args=[mine.pk])
    assert officer.get(area_page(commune("Xã Tích Thiện", LAST_DAY_BEFORE))).status_code == 200
    for other in (province, commune("Xã Hòa Minh"), commune("Thị trấn Trà Ôn", LAST_DAY_BEFORE)):
        assert officer.get(area_page(other)).status_code == 404
    assert "Trường số 1" not in text(officer, reverse("desk:network"))
    assert browser(COMMUNE).get(reverse("desk:areas")).status_code == 200
    assert "Chưa có địa bàn nào được giao" in text(browser(SPECIALIST), reverse("desk:areas"))


def test_a_grant_goes_on_where_the_area_went_on_alone(db: None) -> None:
    gazetteer.load(["75"])
    renamed = Area.objects.get(level=AreaLevel.PROVINCE, code="75", since=MERGED)
    person = User.objects.create_user("dong-nai", role=SPECIALIST)
    Grant.objects.create(user=person, area=renamed, since=MERGED)
    assert set(scope_of(person).areas()) == set(Area.objects.all())
    old = User.objects.create_user("binh-phuoc", role=SPECIALIST)
    Grant.objects.create(user=old, area=Area.objects.get(level=AreaLevel.PROVINCE, code="70"), since=MERGED)
    assert {area.since for area in scope_of(old).areas()} == {gazetteer.EARLIEST}


def test_an_unverified_basis_is_said(db: None) -> None:
    gazetteer.load(["75"])
    province = Area.objects.get(level=AreaLevel.PROVINCE, code="75", since=MERGED)
    said = text(browser(SPECIALIST, province), area_page(province))
    assert "Thành phố Đồng Nai toàn bộ căn cứ chưa được kiểm chứng" in said


def test_difficulty_lists_are_shown_with_their_basis(specialist: Client) -> None:
    from ansinh.web.registry.places import COLUMNS, load_places

    load_places([",".join(COLUMNS), "29410,Hòa Minh,,2025-07-01,,3,,yes,,Danh sách thử,no"])
    said = text(specialist, area_page(commune("Xã Hòa Minh")))
    assert "Khu vực III – Danh sách thử căn cứ chưa được kiểm chứng" in said
    load_places([",".join(COLUMNS), "29821,Thị trấn Trà Ôn,,2021-06-04,,1,,,,Danh sách cũ,yes"])
    said = text(specialist, area_page(commune("Xã Trà Ôn")))
    assert "Thị trấn Trà Ôn: khu vực I – Danh sách cũ" in said


def test_the_network_page_and_its_workbook_say_the_same(specialist: Client) -> None:
    made_up.build("mot-mat-khau-thu")
    said = text(specialist, f"{reverse('desk:network')}?nam=2025-2026")
    assert "Tổng 30 30 0 1 0" in said
    response = specialist.get(f"{reverse('desk:network-file')}?nam=2025-2026")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    counted, listed = book.worksheets
    assert [cell.value for cell in counted[2]][:5] == ["Tổng", 30, 30, 0, 1]
    assert listed.max_row == 31
    reading = Reading.objects.get()
    assert (reading.act, reading.people, reading.by.role) == ("export", 0, SPECIALIST)
    before = text(specialist, f"{reverse('desk:network')}?nam=2012-2013")
    assert before != said
    assert specialist.get(f"{reverse('desk:network')}?nam=xyz").status_code == 404
    assert specialist.get(f"{reverse('desk:network')}?nam=1990-1991").status_code == 404
    assert "Không có trường nào" in text(browser(SPECIALIST), reverse("desk:network"))


def test_what_looks_like_a_formula_stays_text() -> None:
    data = workbook([("Bảng", ["Tên"], [["=1+1"], ["@SUM(A1)"], [7]])])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=2)] == [
        ("=1+1", "s"), ("@SUM(A1)", "s"), (7, "n")
    ]  # fmt: skip
    assert data == workbook([("Bảng", ["Tên"], [["=1+1"], ["@SUM(A1)"], [7]])])


@pytest.mark.parametrize("page", ["province", "then", "network"])
def test_the_number_of_questions_does_not_grow_with_the_schools(page: str, specialist: Client, province: Area) -> None:
    address = {
        "province": area_page(province),
        "then": area_page(province, "truoc"),
        "network": reverse("desk:network"),
    }
    counts = []
    communes = list(Area.objects.filter(parent=province))
    for start in (0, 40):
        for number in range(start, start + 40):
            school(number, communes[number])
        with CaptureQueriesContext(connection) as asked:
            assert specialist.get(address[page]).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40, counts


def test_the_pages_speak_english(specialist: Client, province: Area) -> None:
    specialist.cookies["django_language"] = "en"
    school(1, commune("Xã Hòa Minh"))
    assert "1 school, 0 learners this year, 124 communes." in text(specialist, area_page(province))
    assert "School network" in text(specialist, reverse("desk:network"))
    sheets = openpyxl.load_workbook(io.BytesIO(specialist.get(reverse("desk:network-file")).content)).sheetnames
    assert sheets == ["Summary", "List"]
