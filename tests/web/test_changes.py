"""The difference page: what it shows and hides, what is chosen, accepted and undone; and the end of a school year at the desk."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ansinh import sheets
from ansinh.core.tables import LEVEL
from ansinh.sheets._blank import filled
from ansinh.web.access import CLERK, COMMUNE
from ansinh.web.desk import queries
from ansinh.web.registry import actions, comparing, standing
from ansinh.web.registry.difference import difference
from ansinh.web.registry.models import Area, Batch, Enrolment, Reading, School, Statement, Upload, User
from ansinh.web.registry.scope import scope_of

from .conftest import NOON, PASSWORD, grant, keep
from .rosters import POVERTY, workbook
from .test_difference import children
from .test_rollover import listed


def at(upload: Upload) -> str:
    return reverse("desk:difference", args=[upload.pk])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def form(page: str) -> dict[str, list[str]]:
    """What the browser would send of the choosing form as it stands, but for which button."""
    found: dict[str, list[str]] = {}
    inside = page[page.index('id="chon"') :]
    for tag in re.findall(r"<input [^>]*>", inside):
        name, value = re.search(r'name="([\w-]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1])
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(desk: Client, upload: Upload, page: str, act: str, **changed: object) -> HttpResponse:
    return desk.post(at(upload), {**form(page), "viec": act, **changed})


@pytest.fixture
def second(school: School, clerk: User) -> Upload:
    """A second edition: one child poor no more, one who left, one new; the other stays."""
    first = children(3)
    actions.accept(difference=difference(keep(workbook(first), school, clerk)), by=clerk, at=NOON)
    rows = [{**first[0], POVERTY: "Không thuộc hộ nghèo, cận nghèo"}, first[1], *children(4)[3:]]
    return keep(workbook(rows), school, clerk, "lan-2.xlsx")


def test_uploading_compares_at_once_and_every_kind_is_counted(desk: Client, school: School, second: Upload) -> None:
    page = text(desk.get(at(second)))
    tallies = dict(re.findall(r'class="tally (\w+)"[^>]*><strong>(\d+)</strong>', page))
    assert tallies == {"new": "1", "changed": "1", "unchanged": "1", "gone": "1", "doubtful": "0"}
    assert "Chấp nhận 3 dòng" in page
    for kind, count in (("new", 1), ("unchanged", 1), ("doubtful", 0)):
        assert text(desk.get(at(second), {"loai": kind})).count("<tr data-row") == count
    assert text(desk.get(at(second))).count("<tr data-row") == 3


def test_sensitive_values_are_hidden_until_asked_for_and_the_asking_is_logged(desk: Client, second: Upload) -> None:
    hidden = text(desk.get(at(second)))
    assert "Hộ nghèo</del>" not in hidden
    assert "đã đổi, giá trị đang ẩn" in hidden
    assert not Reading.objects.exists()
    shown = text(desk.get(at(second), {"hien": "1"}))
    assert "Hộ nghèo</del>" in shown
    assert "Không thuộc hộ nghèo, cận nghèo</ins>" in shown
    (reading,) = Reading.objects.all()
    assert (reading.act, reading.people) == ("read", 1)
    assert "lan-2.xlsx" in reading.what


def test_everything_is_accepted_then_undone_after_being_told_how_much(desk: Client, second: Upload) -> None:
    before = standing.content_hash()
    page = text(desk.get(at(second)))
    response = send(desk, second, page, "chap-nhan", **{"ngay-roi": "15/01/2024"})
    batch = Batch.objects.get(upload=second)
    assert response.headers["Location"] == reverse("desk:batch", args=[batch.pk])
    assert Statement.objects.get(batch=batch, enrolled=False).since == date(2024, 1, 15)
    result = text(desk.get(response.headers["Location"]))
    facts = int(re.search(r"([\d.]+) thông tin của 3 người", result)[1])  # type: ignore[index]
    assert facts == sum(
        value is not None
        for row in Statement.objects.filter(batch=batch).values(*standing.SAID)
        for value in row.values()
    )
    assert "Sổ đã đúng như tệp này" in text(desk.get(at(second)))
    assert f"Hoàn tác {facts} thông tin" in text(desk.get(reverse("desk:undo", args=[batch.pk])))
    desk.post(reverse("desk:undo", args=[batch.pk]))
    assert standing.content_hash() == before
    assert "Lần ghi này đã được hoàn tác" in text(desk.get(reverse("desk:batch", args=[batch.pk])))


def test_rows_left_out_stay_out_from_page_to_page(desk: Client, second: Upload) -> None:
    page = text(desk.get(at(second), {"loai": "gone"}))
    sent = send(desk, second, page, "luu", chon=[])
    assert sent.status_code == 302
    page = text(desk.get(at(second)))
    assert "Chấp nhận 2 dòng" in page
    assert "1 dòng bạn bỏ ra" in page
    send(desk, second, page, "chap-nhan")
    assert not Statement.objects.filter(enrolled=False).exists()
    assert Batch.objects.get(upload=second).counts == {"new": 1, "changed": 1, "gone": 0, "doubtful": 0}


def test_a_group_is_left_out_and_taken_back(desk: Client, second: Upload) -> None:
    page = text(desk.get(at(second), {"loai": "new"}))
    send(desk, second, page, "bo-nhom")
    page = text(desk.get(at(second), {"loai": "new"}))
    assert "Chấp nhận 2 dòng" in page
    send(desk, second, page, "chon-nhom", chon=[])
    assert "Chấp nhận 3 dòng" in text(desk.get(at(second)))


def test_the_button_never_accepts_another_number_than_it_says(desk: Client, second: Upload) -> None:
    """Without scripts a box can be emptied after the button was written: then the new number is shown first."""
    page = text(desk.get(at(second)))
    response = send(desk, second, page, "chap-nhan", chon=form(page)["chon"][:1])
    assert not Batch.objects.filter(upload=second).exists()
    again = text(desk.get(response.headers["Location"]))
    assert "nay là 1 dòng" in again
    send(desk, second, again, "chap-nhan")
    assert Batch.objects.filter(upload=second).count() == 1


def test_what_changed_meanwhile_is_looked_at_again(desk: Client, school: School, clerk: User, second: Upload) -> None:
    page = text(desk.get(at(second)))
    third = keep(workbook(children(2)), school, clerk, "lan-3.xlsx")
    actions.accept(difference=difference(third), by=clerk, at=NOON)
    response = send(desk, second, page, "chap-nhan")
    assert response.status_code == 409
    assert "Sổ vừa thay đổi" in text(response)
    assert not Batch.objects.filter(upload=second).exists()


def test_the_choice_is_written_anew_while_boxes_are_ticked(desk: Client, second: Upload) -> None:
    page = text(desk.get(at(second)))
    sent = {**form(page), "chon": form(page)["chon"][:2]}
    part = text(desk.post(at(second), sent, headers={"HX-Request": "true"}))
    assert "Chấp nhận 2 dòng" in part
    assert "<html" not in part


def test_the_day_from_which_changes_hold_is_chosen(desk: Client, second: Upload) -> None:
    page = text(desk.get(at(second), {"tu-ngay": "01/02/2024"}))
    send(desk, second, page, "chap-nhan")
    assert Batch.objects.get(upload=second).since == date(2024, 2, 1)


@pytest.mark.parametrize("day", ["01/02/2030", "31/02/2024", "hôm qua"])
def test_a_day_that_will_not_do_is_said_and_changes_nothing(desk: Client, second: Upload, day: str) -> None:
    page = text(desk.get(at(second), {"tu-ngay": day}))
    assert f"Ngày {day} không dùng được" in page
    if day != "01/02/2030":  # A day after the school year strikes off on its last day.
        response = send(desk, second, page, "chap-nhan", **{"ngay-roi": day})
        assert "không đọc được" in text(desk.get(response.headers["Location"]))
        assert not Batch.objects.filter(upload=second).exists()


def test_a_file_is_compared_once_for_each_state_of_the_registry(
    desk: Client, second: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    real = comparing.difference
    monkeypatch.setattr(comparing, "difference", lambda *args, **named: calls.append(1) or real(*args, **named))
    page = text(desk.get(at(second)))
    desk.get(at(second), {"loai": "new"})
    send(desk, second, page, "luu", chon=[])
    page = text(desk.get(at(second)))
    send(desk, second, page, "chon-nhom", nhom="new", chon=form(page).get("chon", []))
    send(desk, second, text(desk.get(at(second))), "chap-nhan")
    assert Batch.objects.filter(upload=second).exists()
    assert len(calls) == 1
    desk.get(at(second))
    assert len(calls) == 2


def test_remembered_is_what_comparing_anew_would_give(school: School, second: Upload, clerk: User) -> None:
    for _round in range(2):
        found = comparing.compared(second, read=queries.intake_of)
        assert (found.seal, found.counts) == (difference(second).seal, difference(second).counts)
        if found.counts["new"]:
            actions.accept(difference=found, by=clerk, at=NOON)


def test_a_withdrawn_file_has_nothing_to_accept(desk: Client, second: Upload) -> None:
    desk.post(reverse("desk:withdraw", args=[second.pk]))
    assert desk.get(at(second)).status_code == 302
    assert desk.post(at(second), {"viec": "chap-nhan"}).status_code == 302
    assert not Batch.objects.filter(upload=second).exists()


def test_an_earlier_file_is_not_undone_under_a_later_one_and_the_later_is_named(desk: Client, second: Upload) -> None:
    send(desk, second, text(desk.get(at(second))), "chap-nhan")
    first = Upload.objects.get(filename="danh-sach.xlsx")
    for address in (
        reverse("desk:withdraw", args=[first.pk]),
        reverse("desk:undo", args=[Batch.objects.get(upload=first).pk]),
    ):
        assert "lan-2.xlsx" in text(desk.get(address))
        refused = desk.post(address)
        assert refused.status_code == 409
        assert reverse("desk:batch", args=[Batch.objects.get(upload=second).pk]) in text(refused)
    first.refresh_from_db()
    assert first.withdrawn_at is None
    history = text(desk.get(reverse("desk:history", args=["truong", first.school_id])))
    assert history.index("lan-2.xlsx") < history.index("danh-sach.xlsx")


def test_a_whole_file_is_withdrawn_after_being_told_how_much(desk: Client, second: Upload) -> None:
    send(desk, second, text(desk.get(at(second))), "chap-nhan")
    assert "Hoàn tác tệp lan-2.xlsx?" in text(desk.get(reverse("desk:withdraw", args=[second.pk])))
    desk.post(reverse("desk:withdraw", args=[second.pk]))
    assert not Batch.objects.filter(upload=second, undone_at__isnull=True).exists()


def test_the_home_page_says_where_each_file_stands(desk: Client, school: School, clerk: User) -> None:
    home = reverse("desk:home")
    with_fault = keep(workbook(), school, clerk, "co-loi.xlsx")
    assert "Đã đọc, 1 chỗ cần sửa" in text(desk.get(home))
    clean = keep(workbook(children(3)), school, clerk, "sach.xlsx")
    Upload.objects.filter(pk=clean.pk).update(at=NOON.replace(day=2))
    assert "Chờ chấp nhận" in text(desk.get(home))
    assert "1 danh sách đã tải lên nhưng chưa được ghi vào sổ" in text(desk.get(home))
    send(desk, clean, text(desk.get(at(clean))), "chap-nhan")
    page = text(desk.get(home))
    assert "Đã ghi vào sổ" in page
    desk.post(reverse("desk:withdraw", args=[with_fault.pk]))
    assert "Đã hoàn tác" in text(desk.get(home))


def test_who_only_reads_sees_the_difference_and_no_button(second: Upload, specialist: User, other_clerk: User) -> None:
    reader, stranger = Client(), Client()
    reader.force_login(specialist)
    stranger.force_login(other_clerk)
    page = text(reader.get(at(second)))
    assert "<tr data-row" in page
    assert "Chấp nhận 3 dòng" not in page
    assert reader.post(at(second), {"viec": "chap-nhan"}).status_code == 403
    batch = Batch.objects.get()
    for address in (at(second), reverse("desk:batch", args=[batch.pk]), reverse("desk:undo", args=[batch.pk])):
        assert stranger.get(address).status_code == 404
    assert reader.get(reverse("desk:undo", args=[batch.pk])).status_code == 403
    assert stranger.get(reverse("desk:history", args=["truong", second.school_id])).status_code == 404


def test_of_a_child_of_another_school_nothing_is_shown_before_it_is_ones_own(
    desk: Client, school: School, other_school: School, clerk: User, other_clerk: User
) -> None:
    theirs = [{**children(1)[0], "Khuyết tật": "Có", POVERTY: "Hộ nghèo"}]
    actions.accept(difference=difference(keep(workbook(theirs), other_school, other_clerk)), by=other_clerk, at=NOON)
    probing = keep(workbook([{**children(1)[0], "Họ và tên": "Tên Khác Hẳn", "Khuyết tật": "Không"}]), school, clerk)
    page = text(desk.get(at(probing), {"hien": "1"}))
    assert "Đã có trong sổ ở trường khác" in page
    assert children(1)[0]["Họ và tên"] not in page
    assert "<del>" not in page


AREA_ROWS = {
    "household_poverty_list": {"household_code": "H1", "head_name": "Thạch Văn Sol", "poverty": "Hộ nghèo"},
    "disability_list": {"disability_degree": "Nặng"},
    "merit_list": {"merit_person": "Trần Văn Công", "merit": "Con liệt sĩ"},
}


@pytest.mark.parametrize("kind", AREA_ROWS)
def test_a_list_of_an_area_goes_the_same_way(kind: str, area: Area, specialist: User) -> None:
    officer = grant(User.objects.create_user("xa", password=PASSWORD, role=COMMUNE), area=area)
    by = officer if scope_of(officer).writes(kind) else specialist
    client = Client()
    client.force_login(by)
    assert f'value="{area.pk}"' in text(client.get(reverse("desk:upload"), {"loai": kind}))
    row = {"full_name": "Thạch Thị Ngọc Ánh", "birth_date": date(2016, 5, 10), "sex": "Nữ", **AREA_ROWS[kind]}
    template = sheets.templates()[kind]
    data = filled(template, [{name: value for name, value in row.items() if _has(template, name)}], {"year": "2025"})
    sent = {"template": kind, "area": area.pk, "file": SimpleUploadedFile("danh-sach.xlsx", data)}
    response = client.post(reverse("desk:upload"), sent)
    assert response.status_code == 302, text(response)
    upload = Upload.objects.get()
    assert (upload.area, upload.school, upload.template) == (area, None, kind)
    assert area.name in text(client.get(response.headers["Location"]))
    page = text(client.get(at(upload)))
    assert "Chấp nhận 1 dòng" in page
    done = send(client, upload, page, "chap-nhan")
    batch = Batch.objects.get()
    assert area.name in text(client.get(done.headers["Location"]))
    assert "danh-sach.xlsx" in text(client.get(reverse("desk:history", args=["xa", area.pk])))
    assert "Đã ghi vào sổ" in text(client.get(reverse("desk:home")))
    client.post(reverse("desk:undo", args=[batch.pk]))
    assert not Statement.objects.filter(batch__undone_at__isnull=True).exists()
    other = School.objects.create(code="99000003", name="Trường Khác", level=LEVEL.primary, area=area)
    stranger = Client()
    stranger.force_login(grant(User.objects.create_user("la", password=PASSWORD, role=CLERK), school=other))
    assert stranger.get(at(upload)).status_code == 404


def _has(template: sheets.Template, name: str) -> bool:
    return any(column.name == name for column in template.columns)


def test_the_upload_screen_keeps_the_kind_that_was_chosen(desk: Client, school: School) -> None:
    bad = SimpleUploadedFile("anh.xlsx", b"%PDF-1.7")
    response = desk.post(reverse("desk:upload"), {"template": "learner_roster", "school": school.pk, "file": bad})
    assert response.status_code == 422
    assert 'name="template" value="learner_roster"' in text(response)


# The end of a school year.


def _year_end(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input type="(?:hidden|text)" name="([\w-]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(kq-\d+)".*?>(.*?)</select>', page, re.DOTALL):
        found[name] = re.search(r'value="(\w+)" selected', options)[1]  # type: ignore[index]
    return found


def test_a_year_is_ended_class_by_class_and_undone(desk: Client, school: School, clerk: User) -> None:
    listed(school, clerk, "4A", "4A", "4B", "5A")
    before = standing.content_hash()
    address = reverse("desk:year-end", args=[school.pk])
    page = text(desk.get(address))
    assert "Hộ nghèo, khuyết tật, bán trú và các thông tin khác không tự chuyển sang" in page
    sent = _year_end(page)
    first = next(name for name in sent if name.startswith("kq-"))
    desk.post(address, {**sent, first: "repeating", "lop-0": "5 Sao", "viec": "luu"})
    page = text(desk.get(address))
    assert "đã sửa" in page
    assert not Enrolment.objects.filter(year=2024).exists()
    response = desk.post(address, {**_year_end(page), "viec": "chap-nhan"})
    batch = Batch.objects.get(template="rollover")
    assert response.headers["Location"] == reverse("desk:batch", args=[batch.pk])
    assert sorted(Enrolment.objects.filter(year=2024).values_list("class_name", flat=True)) == ["4A", "5 Sao", "5B"]
    assert "Hoàn thành cấp học" in text(desk.get(response.headers["Location"]))
    page = text(desk.get(address, {"nam": "2023-2024"}))
    assert "Không có gì mới để ghi" in text(desk.post(address, {**_year_end(page), "viec": "chap-nhan"}, follow=True))
    assert Batch.objects.filter(template="rollover").count() == 1
    desk.post(reverse("desk:undo", args=[batch.pk]))
    assert standing.content_hash() == before


def test_a_list_that_changed_meanwhile_is_looked_at_again(desk: Client, school: School, clerk: User) -> None:
    listed(school, clerk, "4A")
    address = reverse("desk:year-end", args=[school.pk])
    sent = _year_end(text(desk.get(address)))
    more = keep(workbook(children(2)), school, clerk, "them.xlsx")
    actions.accept(difference=difference(more), by=clerk, at=NOON)
    assert "vừa thay đổi" in text(desk.post(address, {**sent, "viec": "chap-nhan"}, follow=True))
    assert not Batch.objects.filter(template="rollover").exists()


def test_the_end_of_a_year_is_the_schools_own(
    desk: Client, school: School, other_school: School, specialist: User
) -> None:
    assert "Sổ chưa có danh sách nào của trường" in text(desk.get(reverse("desk:year-end", args=[school.pk])))
    assert desk.get(reverse("desk:year-end", args=[other_school.pk])).status_code == 404
    client = Client()
    client.force_login(specialist)
    assert client.get(reverse("desk:year-end", args=[school.pk])).status_code == 403
