"""Who was missed, on screen: against lists counted by hand, within the scope, with the letters and the log."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh.web.desk import missed
from ansinh.web.registry.models import Reading, School, Upload, User

from .conftest import keep
from .rosters import POVERTY, workbook
from .test_difference import accepted, children
from .test_drafts import signed_in

MONTHS = [f"{month}/{2023 if month > 8 else 2024}" for month in (9, 10, 11, 12, 1, 2, 3, 4, 5)]
UNKNOWN_ROW = 5  # This child's household is not known.


@pytest.fixture
def made(school: School, clerk: User) -> list[dict[str, str]]:
    """Twelve children: of three in a row one is poor, one near-poor, one neither; of one the household is not known."""
    rows = children(12)
    rows[UNKNOWN_ROW][POVERTY] = ""
    accepted(keep(workbook(rows), school, clerk), clerk)
    return rows


def payments(rows: list[tuple[str, str]]) -> SimpleUploadedFile:
    """A payment list as CSV: (child's code, month), lunch each."""
    lines = ["Mã học sinh,Chế độ,Tháng", *(f"{code},Hỗ trợ ăn trưa,{month}" for code, month in rows)]
    return SimpleUploadedFile("da-chi.csv", "\n".join(lines).encode("utf-8-sig"), "text/csv")


def page(client: Client, status: int = 200, **query: str) -> str:
    found = client.get(reverse("desk:missed"), query)
    assert found.status_code == status
    return re.sub(r"\s+", " ", found.content.decode())


def names_in(shown: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)</th><td data-label="Lớp, trường">', shown)


def entitled(made: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in made if row[POVERTY] in ("Hộ nghèo", "Hộ cận nghèo")]


def test_with_no_list_everybody_entitled_was_missed(made: list[dict[str, str]], desk: Client) -> None:
    shown = page(desk, khoan="lunch")
    who = {row["Họ và tên"] for row in (*entitled(made), made[UNKNOWN_ROW])}
    assert set(names_in(shown)) == who
    assert f"{len(who)} trên 12 trẻ bị bỏ sót" in shown
    assert "1.440.000" in shown  # Nine months of 160,000.


def test_who_stands_on_a_list_was_not_missed(
    made: list[dict[str, str]], desk: Client, school: School, clerk: User
) -> None:
    first, second, *others = entitled(made)
    paid = [(first["Mã học sinh"], month) for month in MONTHS]
    paid += [(second["Mã học sinh"], month) for month in MONTHS[:4]]
    paid += [("LA99999", MONTHS[0])]
    answer = desk.post(reverse("desk:missed-list"), {"school": school.pk, "file": payments(paid)})
    assert answer.status_code == 302
    assert Upload.objects.get(template="payment_list").by == clerk
    shown = page(desk, khoan="lunch")
    found = names_in(shown)
    assert first["Họ và tên"] not in found
    assert set(found) == {row["Họ và tên"] for row in (second, *others, made[UNKNOWN_ROW])}
    assert "800.000" in shown  # The second child's five months left.
    assert "1 mã trong danh sách chi trả không có trong danh sách học sinh." in shown
    assert "14 khoản chi" in shown


def test_a_paper_that_is_missing_is_named(made: list[dict[str, str]], desk: Client) -> None:
    shown = page(desk, khoan="lunch")
    row = shown[shown.index(f'<th scope="row">{made[UNKNOWN_ROW]["Họ và tên"]}</th>') :]
    assert "hộ nghèo" in row[: row.index("</tr>")].lower()


def test_the_letters_and_the_table_are_of_the_same_children(made: list[dict[str, str]], desk: Client) -> None:
    letters = desk.get(reverse("desk:missed-letters"), {"khoan": "lunch", "tra-loi-truoc": "2024-06-15"})
    text = zipfile.ZipFile(io.BytesIO(letters.content)).read("word/document.xml").decode()
    for row in (*entitled(made), made[UNKNOWN_ROW]):
        assert row["Họ và tên"] in text
    assert "15 tháng 6 năm 2024" in text
    table = desk.get(reverse("desk:missed-xlsx"), {"khoan": "lunch"})
    assert table.content[:2] == b"PK"
    assert list(Reading.objects.values_list("act", "people")) == [("export", 9), ("export", 9)]


def test_a_clerk_sees_and_sends_for_their_own_schools_alone(
    made: list[dict[str, str]], other_clerk: User, school: School, specialist: User
) -> None:
    other = signed_in(other_clerk)
    assert "Chưa có danh sách nào được chấp nhận" in page(other)
    sent = {"school": school.pk, "file": payments([("x", MONTHS[0])])}
    assert other.post(reverse("desk:missed-list"), sent).status_code == 404
    assert not Upload.objects.filter(template="payment_list").exists()
    assert "trên 12 trẻ bị bỏ sót" in page(signed_in(specialist), khoan="lunch")
    assert page(signed_in(specialist), status=404, noi="truong-999999")
    assert page(signed_in(specialist), status=404, khoan="khong-co")


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(desk: Client, school: School) -> None:
    for file in (SimpleUploadedFile("a.xlsx", b"khong phai bang"), None):
        sent = {"school": school.pk} | ({"file": file} if file else {})
        answer = desk.post(reverse("desk:missed-list"), sent, follow=True)
        assert 'role="status"' in answer.content.decode()
    assert not Upload.objects.filter(template="payment_list").exists()


def test_too_many_children_ask_for_a_smaller_place(
    made: list[dict[str, str]], desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "MOST", 11)
    shown = page(desk)
    assert "12 trẻ là nhiều hơn 11 trẻ" in shown
    assert desk.get(reverse("desk:missed-xlsx")).status_code == 404


def test_nobody_missed_is_said(made: list[dict[str, str]], desk: Client) -> None:
    assert "Không có trẻ nào bị bỏ sót" in page(desk, khoan="ethnic_student_support")
