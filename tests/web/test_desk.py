"""The clerk's path: upload, faults, results, reasons, payable list, undo."""

from __future__ import annotations

import hashlib
import io
import re
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from ansinh.core.dates import SchoolYear
from ansinh.core.tables import FACTS
from ansinh.sheets import learner_roster
from ansinh.web.desk import queries
from ansinh.web.registry.models import Reading, School, Upload, User
from tests.province.make import MESSY, SAMPLE

from .conftest import keep
from .rosters import SCHOOL, workbook


def _send(desk: Client, school: School, data: bytes, name: str = "Danh sách lớp Lá.xlsx", **extra: str) -> object:
    return desk.post(reverse("desk:upload"), {"school": school.pk, "file": SimpleUploadedFile(name, data)}, **extra)


def test_an_upload_is_kept_byte_for_byte_and_leads_to_its_faults(desk: Client, school: School, clerk: User) -> None:
    data = workbook()
    response = _send(desk, school, data)
    kept = Upload.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("desk:faults", args=[kept.pk])
    assert (bytes(kept.original), kept.sha256) == (data, hashlib.sha256(data).hexdigest())
    assert (kept.school, kept.by, kept.rows_read) == (school, clerk, 3)
    original = desk.get(reverse("desk:original", args=[kept.pk]))
    assert original.content == data
    assert "Danh%20s%C3%A1ch" in original.headers["Content-Disposition"]


def test_the_same_file_twice_is_one_upload(desk: Client, school: School) -> None:
    _send(desk, school, workbook())
    _send(desk, school, workbook(), "ten-khac.xlsx")
    assert Upload.objects.count() == 1


def test_with_htmx_the_browser_is_sent_on(desk: Client, school: School) -> None:
    response = _send(desk, school, workbook(), HTTP_HX_REQUEST="true")
    assert response.headers["HX-Redirect"].startswith("/ban-lam-viec/tep/")


def test_a_fault_stands_beside_its_row_with_the_cells_own_text(desk: Client, upload: Upload) -> None:
    text = desk.get(reverse("desk:faults", args=[upload.pk])).content.decode()
    row = text[text.index('id="dong-4"') :]
    assert "Nguyễn Hoàng Bảo Ân" in row
    assert "Cột K" in row
    assert "Khuyết tật" in row
    assert '<q class="cell-text">có lẽ</q>' in row
    assert "Hãy chọn trong danh mục" in row
    assert 'id="dong-2"' not in text
    every = desk.get(reverse("desk:faults", args=[upload.pk]), {"dong": "tat-ca"}).content.decode()
    assert 'id="dong-2"' in every
    one = desk.get(reverse("desk:faults", args=[upload.pk]), {"cot": "Không có cột này"}).content.decode()
    assert 'id="dong-4"' not in one


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rong.xlsx", b"", "Tệp này rỗng"),
        ("anh.xlsx", b"%PDF-1.7 not a sheet", "không phải bảng tính"),
        ("hong.xlsx", workbook()[:900], "hỏng"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    desk: Client, school: School, name: str, data: bytes, said: str
) -> None:
    response = _send(desk, school, data, name)
    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert 'href="#id_file"' in text
    assert f'<option value="{school.pk}" selected' in text  # What was chosen stays chosen.
    assert Upload.objects.count() == 0


def test_too_large_a_file_is_refused_before_it_is_read(desk: Client, school: School, settings: object) -> None:
    settings.LARGEST_UPLOAD_BYTES = 1024  # type: ignore[attr-defined]
    response = _send(desk, school, workbook())
    assert response.status_code == 422
    assert Upload.objects.count() == 0


def test_an_upload_can_be_withdrawn_and_restored(desk: Client, upload: Upload, clerk: User) -> None:
    desk.post(reverse("desk:withdraw", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.withdrawn_by == clerk
    assert "Đã hoàn tác" in desk.get(reverse("desk:home")).content.decode()
    first_time = upload.withdrawn_at
    desk.post(reverse("desk:withdraw", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.withdrawn_at == first_time
    desk.post(reverse("desk:restore", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.withdrawn_by is None
    assert upload.withdrawn_at is None


def test_a_withdrawn_file_sent_again_stands_again(desk: Client, school: School, upload: Upload) -> None:
    desk.post(reverse("desk:withdraw", args=[upload.pk]))
    _send(desk, school, workbook())
    upload.refresh_from_db()
    assert upload.withdrawn_at is None


def _rows(text: str) -> dict[str, str]:
    """Name → the text of a child's row in the result list."""
    body = text[text.rindex("<tbody>") : text.rindex("</tbody>")]
    found = {}
    for row in body.split("</tr>")[:-1]:
        words = " ".join(re.sub(r"<[^>]+>", " ", row).split())
        found[re.search(r">([^<>]+)</a></th>", row)[1]] = words  # type: ignore[index]
    return found


def test_each_child_has_its_answer_in_class_list_order(desk: Client, upload: Upload) -> None:
    rows = _rows(desk.get(reverse("desk:results", args=[upload.pk])).content.decode())
    assert list(rows) == ["Thạch Thị Ngọc Ánh", "Nguyễn Hoàng Bảo Ân", "Trần Gia Hoà"]
    assert "Được hưởng 1.440.000 đ 9 tháng" in rows["Thạch Thị Ngọc Ánh"]
    assert "Chưa đủ căn cứ thiếu: Hộ nghèo, cận nghèo (hộ của cha mẹ)" in rows["Trần Gia Hoà"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"tra-loi": "yes", "khoan": "lunch"}, {"Thạch Thị Ngọc Ánh"}),
        ({"tra-loi": "unknown", "khoan": "lunch"}, {"Trần Gia Hoà"}),
        ({"tim": "gia hòa"}, {"Trần Gia Hoà"}),
        ({"tim": "  ANH  thach"}, {"Thạch Thị Ngọc Ánh"}),
        ({"lop": "Lá 1"}, {"Thạch Thị Ngọc Ánh", "Nguyễn Hoàng Bảo Ân", "Trần Gia Hoà"}),
    ],
)
def test_filters(desk: Client, upload: Upload, filters: dict[str, str], names: set[str]) -> None:
    text = desk.get(reverse("desk:results", args=[upload.pk]), filters).content.decode()
    assert set(_rows(text)) == names


def test_a_filter_that_fits_nobody_says_so(desk: Client, upload: Upload) -> None:
    text = desk.get(reverse("desk:results", args=[upload.pk]), {"tim": "không có ai"}).content.decode()
    assert "Không có trẻ nào khớp với bộ lọc" in text


def test_the_year_decides_the_law(desk: Client, upload: Upload) -> None:
    assert queries.year_named_in(upload) == SchoolYear(2023)
    address = reverse("desk:results", args=[upload.pk])
    assert "2023–2024, theo luật" in desk.get(address).content.decode()
    later = desk.get(address, {"nam": "2021-2022"}).content.decode()
    assert "2021–2022, theo luật" in later
    for wrong in ("1999-2000", "2023-2025", "nay"):
        assert desk.get(address, {"nam": wrong}).status_code == 404


def test_reasons_cite_the_article_and_the_cell(desk: Client, upload: Upload) -> None:
    text = desk.get(reverse("desk:child", args=[upload.pk, 2])).content.decode()
    assert "Còn thiếu:" in text
    assert "điểm c khoản 1 Điều 7 Nghị định 105/2020/NĐ-CP" in text
    assert "trang “Danh sách”, dòng 3, cột I" in text
    assert desk.get(reverse("desk:child", args=[upload.pk, 4])).status_code == 404


def test_the_reasons_of_a_child_add_up_to_its_total(school: School, clerk: User) -> None:
    """The summer of a twelve-month support too, in which July brings the new standard."""
    results = queries.results_of(keep(SAMPLE.read_bytes(), school, clerk), SchoolYear(2025))
    child = next(
        one for one in results.children if any(found.months[queries.YES] == 12 for found in one.answers.values())
    )
    reasons_by_name = {
        **queries.reasons_of(results, child, refused=False),
        **queries.reasons_of(results, child, refused=True),
    }
    assert set(reasons_by_name) == {name for name, answer in child.answers.items() if answer.months}
    for name, reasons in reasons_by_name.items():
        owed = sum(len(one.months) * one.explanation.decision.quantity for one in reasons)
        months = sum(len(one.months) for one in reasons)
        assert (owed, months) == (child.answers[name].quantity, child.answers[name].months.total()), name


def test_why_a_support_is_refused_is_told_when_asked(desk: Client, school: School, clerk: User) -> None:
    upload = keep(SAMPLE.read_bytes(), school, clerk)
    results = queries.results_of(upload, SchoolYear(2025))
    child = next(one for one in results.children if one.refused and one.has(queries.YES))
    where = reverse("desk:child", args=[upload.pk, child.number])
    headings = {name: f'id="khoan-{name}"' for name in child.answers}
    plain = desk.get(where).content.decode()
    asked = desk.get(where, {"khong": "1"}).content.decode()
    for name, answer in child.answers.items():
        assert (headings[name] in plain) == (answer.outcome != queries.NO)
        assert (headings[name] in asked) == bool(answer.months)
    assert child.refused == asked.count('id="khoan-') - plain.count('id="khoan-') > 0
    assert "khong=1#khong" in plain
    assert "khong=1#khong" not in asked


def test_every_clause_that_was_read_is_told_when_asked(desk: Client, school: School, clerk: User) -> None:
    upload = keep(SAMPLE.read_bytes(), school, clerk)
    results = queries.results_of(upload, SchoolYear(2025))
    child = next(one for one in results.children if one.has(queries.YES))
    reasons = queries.reasons_of(results, child, refused=False)
    name = next(name for name, found in reasons.items() if found[0].others)
    where = reverse("desk:child", args=[upload.pk, child.number])
    plain, page = (desk.get(where, asked).content.decode() for asked in ({}, {"het": name}))
    more = sum(len(list(groupby(one.others, key=lambda step: step.part))) for one in reasons[name])
    assert page.count('<ol class="chain">') == plain.count('<ol class="chain">') + more
    assert f"het={name}#" in plain
    assert f"het={name}#" not in page


def test_a_list_names_a_few_missing_facts_and_the_child_page_all(desk: Client, school: School, clerk: User) -> None:
    kept = keep(MESSY.read_bytes(), school, clerk)
    results = queries.results_of(kept, SchoolYear(2025))
    text = " ".join(desk.get(reverse("desk:results", args=[kept.pk])).content.decode().split())
    one = next(child for child in results.children if child.has(queries.UNKNOWN, "study_cost"))
    results.name_missing([one])
    answer = one.answers["study_cost"]
    assert len(answer.missing) > 2
    assert f"và {len(answer.missing) - 2} thông tin khác" in text
    page = desk.get(reverse("desk:child", args=[kept.pk, one.number])).content.decode()
    for name in answer.missing:
        assert FACTS[name].vi in page, name


def test_sensitive_facts_leave_the_server_only_when_asked_for(desk: Client, upload: Upload) -> None:
    address = reverse("desk:child", args=[upload.pk, 1])
    hidden = desk.get(address).content.decode()
    assert not Reading.objects.exists()
    shown = desk.get(address, {"hien": "1"}).content.decode()
    assert "Thạch Thị Ngọc Ánh" in Reading.objects.get(act="read").what
    assert "<strong>Hộ nghèo</strong>" not in hidden
    assert "đang ẩn" in hidden
    assert "<strong>Hộ nghèo</strong>" in shown
    assert "đang ẩn" not in shown


def test_the_screens_amount_is_that_of_the_payable_list(desk: Client, upload: Upload) -> None:
    response = desk.get(reverse("desk:payable", args=[upload.pk, "xlsx"]), {"nam": "2023-2024"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    results = queries.results_of(upload, SchoolYear(2023))
    expected = sum(c.answers["lunch"].quantity for c in results.children)
    assert expected == 1_440_000
    assert expected in cells


def test_the_official_document_names_the_child(desk: Client, upload: Upload) -> None:
    response = desk.get(reverse("desk:payable", args=[upload.pk, "docx"]))
    document = Document(io.BytesIO(response.content))
    text = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Thạch Thị Ngọc Ánh" in text
    assert desk.get(f"/ban-lam-viec/tep/{upload.pk}/danh-sach-chi-tra.exe").status_code == 404


def test_the_blank_template_is_a_workbook_that_reads_as_empty(desk: Client) -> None:
    response = desk.get(reverse("desk:template", args=["learner_roster"]))
    assert "Danh sách" in openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames
    assert desk.get(reverse("desk:template", args=["khong-co"])).status_code == 404


def test_the_blank_template_sent_back_is_refused_in_words(desk: Client, school: School) -> None:
    blank = desk.get(reverse("desk:template", args=["learner_roster"])).content
    response = _send(desk, school, blank)
    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
    assert Upload.objects.count() == 0


def test_a_file_of_which_no_row_can_be_taken_still_has_its_pages(desk: Client, school: School, clerk: User) -> None:
    kept = keep(workbook([{"Mã học sinh": "M1", "Họ và tên": ""}]), school, clerk)
    assert kept.rows_read == 0
    text = desk.get(reverse("desk:faults", args=[kept.pk])).content.decode()
    assert "Không đọc được dòng nào từ tệp này" in text
    results = desk.get(reverse("desk:results", args=[kept.pk]))
    assert "Chưa có trẻ nào đọc được từ tệp này" in results.content.decode()
    for form in ("xlsx", "docx"):
        assert desk.get(reverse("desk:payable", args=[kept.pk, form])).content[:2] == b"PK"


def test_names_in_the_sheet_are_shown_and_never_run(desk: Client, school: School, clerk: User) -> None:
    evil = "<script>alert(1)</script>"
    kept = keep(workbook([{"Mã học sinh": "M1", "Họ và tên": evil, "Lớp": evil}]), school, clerk)
    for name, args in (("results", [kept.pk]), ("faults", [kept.pk]), ("child", [kept.pk, 1])):
        page = desk.get(reverse(f"desk:{name}", args=args), {"dong": "tat-ca"} if name == "faults" else {})
        assert evil not in page.content.decode()


def test_a_school_named_otherwise_in_the_sheet_changes_no_scope(desk: Client, school: School, clerk: User) -> None:
    kept = keep(workbook(school={**SCHOOL, "Tên trường": "Trường khác", "Mã trường": "99000777"}), school, clerk)
    assert kept.school == school
    address = reverse("desk:faults", args=[kept.pk])
    assert "Tệp ghi Trường khác, nhưng được tải lên cho" in desk.get(address).content.decode()
    own = keep(workbook(school={**SCHOOL, "Mã trường": school.code}), school, clerk)
    assert "Tệp ghi tên trường khác" not in desk.get(reverse("desk:faults", args=[own.pk])).content.decode()


def test_an_account_without_schools_is_told_what_to_do(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("chua-co-truong"))
    assert "chưa được gắn với trường nào" in client.get(reverse("desk:home")).content.decode()
    assert "chưa được gắn với trường nào" in client.get(reverse("desk:upload")).content.decode()


def test_the_sample_is_offered_in_the_demo_only(desk: Client, settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "danh-sach-thu.xlsx").write_bytes(workbook())
    assert desk.get(reverse("desk:sample")).status_code == 404
    settings.DEMO = True  # type: ignore[attr-defined]
    assert desk.get(reverse("desk:sample")).content == workbook()


def test_a_few_children_are_answered_alike_by_either_engine(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a few the slow engine is used; the fast one, which many get, must say the same of them."""
    people = learner_roster.people(queries.intake_of(upload), SchoolYear(2023))
    assert 0 < len(people.learners) <= queries.FEW
    few = queries.results_for(people, SchoolYear(2023))
    monkeypatch.setattr(queries, "FEW", 0)
    monkeypatch.setattr(queries, "reference", None)  # It must not be asked now.
    many = queries.results_for(people, SchoolYear(2023))
    assert few.children == many.children
    assert any(child.has(queries.YES) for child in few.children)
    assert any(child.has(queries.UNKNOWN) for child in few.children)
