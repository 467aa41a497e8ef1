"""Gratitude in a real browser: a campaign from opening to remittance; the Mothers' register with a lapsed commitment."""

from __future__ import annotations

import io
import os
from datetime import date

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.core.dates import Month
from ansinh.web.access import LEADER
from ansinh.web.payments import gratitude_made_up, gratitude_made_up_fund
from ansinh.web.payments.gratitude_care_queries import care_of
from ansinh.web.payments.gratitude_models import Campaign, Commitment, FundEntry
from ansinh.web.registry import made_up
from ansinh.web.registry.models import School, User

from ..conftest import PASSWORD
from .conftest import DESKTOP, PHONE, OpenPage, go, sign_in
from .test_screens import _look

pytestmark = pytest.mark.django_db(transaction=True)


def person(username: str) -> User:
    return User.objects.get(username=username)


def month_words(month: Month) -> str:
    return f"{month.month}/{month.year}"


def paper(page: Page, words: str) -> str:
    """The text of a .docx that a link gives."""
    with page.expect_download() as file:
        page.click(words)
    with open(file.value.path(), "rb") as data:  # noqa: PTH123 (a path of the browser's)
        found = docx.Document(io.BytesIO(data.read()))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in found.paragraphs), *cells])


def test_a_campaign_from_its_opening_to_the_remittance(open_page: OpenPage) -> None:
    made_up.build(PASSWORD)
    gratitude_made_up_fund.campaign(by=person("chuyen-vien"), at=timezone.now())
    first = School.objects.filter(code__startswith="9986").order_by("code")[0]

    office = open_page()
    sign_in(office, person("chuyen-vien"))
    go(office, "nav >> text=Đền ơn")
    go(office, "text=Mở đợt vận động")
    office.fill("#id_name", "Đợt thử của năm")
    office.fill("#id_base_vnd", "mười")
    go(office, "main button.first")
    expect(office.locator(".errors")).to_contain_text("không phải số tiền")
    assert office.input_value("#id_name") == "Đợt thử của năm"
    office.fill("#id_base_vnd", "2.340.000")
    _look(office, "campaign-open", DESKTOP, "light")
    go(office, "main button.first")
    expect(office.locator("main")).to_contain_text("đã có đợt vận động khác")
    go(office, "main th >> text=Đợt thử của năm")
    expect(office.locator("main")).to_contain_text("Chưa có đơn vị nào")
    go(office, "text=Kế hoạch và quỹ nhận tiền")
    box = office.locator("tr", has_text=first.name)
    box.locator("input[type=checkbox]").check()
    suggested = box.locator("input[inputmode=numeric]").input_value()
    assert int(suggested.replace(".", "")) > 1_000_000
    go(office, "text=Ghi kế hoạch các trường được đánh dấu")
    made = Campaign.objects.get(name="Đợt thử của năm")

    clerk = open_page()
    sign_in(clerk, person("van-thu-1"))
    clerk.goto(reverse("desk:unit", args=[made.pk, first.pk]))
    rows = clerk.locator("form table tbody tr")
    count = rows.count()
    gave, refused = rows.nth(0).locator("th").inner_text().strip(), rows.nth(1).locator("th").inner_text().strip()
    rows.nth(0).locator("input[type=checkbox]").check()
    rows.nth(0).locator("input[type=text]").fill("300000")
    go(clerk, "text=Ghi đồng ý đóng góp")
    rows.nth(1).locator("input[type=checkbox]").check()
    go(clerk, "button >> text=Ghi không tham gia")
    expect(rows.nth(1)).to_contain_text("Không tham gia")
    rows.nth(1).locator("input[type=checkbox]").check()
    go(clerk, "text=Lập phiếu thu")
    expect(clerk.locator(".errors")).to_contain_text("chưa ghi đồng ý")
    rows.nth(1).locator("input[type=checkbox]").uncheck()
    rows.nth(0).locator("input[type=checkbox]").check()
    go(clerk, "text=Lập phiếu thu")
    expect(clerk.locator(".figures")).to_contain_text("300.000 đ")
    _look(clerk, "unit", DESKTOP, "light")
    clerk.emulate_media(media="print")
    expect(clerk.locator("#nguoi")).to_be_hidden()  # Who did not give does not leave by the printer.
    expect(clerk.locator("#nop")).to_be_visible()
    if folder := os.environ.get("ANSINH_SCREENSHOTS"):
        clerk.pdf(path=f"{folder}/unit.pdf", format="A4")
    clerk.emulate_media(media="screen")
    listed = paper(clerk, "text=Danh sách đóng góp (.docx)")
    assert gave in listed
    assert refused not in listed, "who does not give is on no paper"
    assert f"Họ và tên người nộp tiền: {gave}." in paper(clerk, "text=Các phiếu thu (.docx)")
    assert f"Ông/Bà {gave}" in paper(clerk, "text=Thư cảm ơn (.docx)")

    clerk.click(f"text=Tất cả ({count})")
    go(clerk, "main .actions >> text=Nộp tiền về Quỹ")
    clerk.fill("#id_amount_vnd", "300.001")
    go(clerk, "main button.first")
    expect(clerk.locator(".errors")).to_contain_text("tối đa 300.000 đ")
    clerk.fill("#id_amount_vnd", "300.000")
    go(clerk, "main button.first")
    expect(clerk.locator("main")).to_contain_text("Đã ghi nộp 300.000 đ")
    assert "Số tiền: 300.000 đồng." in paper(clerk, "text=Giấy nộp tiền (.docx)")
    go(clerk, "text=Ghi biên nhận")
    clerk.fill("#id_reference", "BN 12")
    go(clerk, "main button.first")
    expect(clerk.locator("#nop ~ table")).to_contain_text("BN 12")

    office.goto(reverse("desk:unit", args=[made.pk, first.pk]))
    expect(office.locator(".figures")).to_contain_text("300.000 đ")
    assert gave not in office.content()
    assert FundEntry.objects.filter(campaign=made).count() == 3
    phone = open_page(PHONE)
    sign_in(phone, person("van-thu-1"))
    for name, where in {
        "gratitude": reverse("desk:gratitude"),
        "campaign": reverse("desk:campaign", args=[made.pk]),
        "unit": reverse("desk:unit", args=[made.pk, first.pk]) + "?chon=tat-ca",
    }.items():
        phone.goto(where)
        _look(phone, name, PHONE, "light")


def test_the_register_shows_the_lapsed_commitment_until_it_is_seen_to(open_page: OpenPage) -> None:
    made_up.build(PASSWORD)
    officer, now = person("chuyen-vien"), timezone.now()
    assert gratitude_made_up.mothers(by=officer, at=now) == gratitude_made_up.mothers(by=officer, at=now) == 44
    page = open_page()
    sign_in(page, officer)
    page.goto(reverse("desk:mothers"))
    expect(page.locator("tbody tr")).to_have_count(44)
    expect(page.locator(".figures")).to_contain_text("42 / 43")
    _look(page, "mothers", DESKTOP, "dark")
    go(page, "text=Chậm trao (1)")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Chậm 3 kỳ")
    go(page, "tbody th a")
    one = Commitment.objects.get(mother_id=int(page.url.rstrip("/").rsplit("/", 1)[1]))
    missed = [period.month for period in care_of(one, timezone.localdate()).missed]
    _look(page, "mother", DESKTOP, "light")

    go(page, "text=Ghi tiền đã trao")
    assert page.input_value("#id_month") == month_words(missed[0]), "the oldest period that is missing comes first"
    go(page, "main button.first")
    expect(page.locator(".errors")).to_be_visible()
    page.fill("#id_reference", "Con gái ký nhận")
    page.set_input_files(
        "#id_evidence", {"name": "bien-nhan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    go(page, "main button.first")
    expect(page.locator("main")).to_contain_text("Chậm 2 kỳ")
    expect(page.locator("main")).to_contain_text("bien-nhan.pdf")

    go(page, "section .actions >> text=Tạm dừng")
    page.fill("#id_reason", "Đơn vị đang sáp nhập")
    page.fill("#id_month", month_words(missed[2]))
    go(page, "main button.first")
    expect(page.locator("main")).to_contain_text("Đang tạm dừng")
    expect(page.locator("main")).to_contain_text("Chậm 1 kỳ")

    go(page, "section .actions >> text=Chuyển cho đơn vị khác")
    page.fill("#id_sponsor", "Công đoàn Trường Bên Kia")
    page.fill("#id_reason", "Đơn vị giải thể")
    page.fill("#id_month", month_words(missed[1]))
    go(page, "main button.first")
    expect(page.locator("main")).to_contain_text("nhận thay")
    expect(page.locator("main")).to_contain_text("Chậm 2 kỳ")
    _look(page, "mother-transferred", DESKTOP, "light")
    page.goto(reverse("desk:mothers"))
    assert "Công đoàn Trường Bên Kia" in paper(page, "text=Danh sách (.docx)")

    leader = open_page(PHONE)
    sign_in(leader, User.objects.get(role=LEADER))
    leader.goto(reverse("desk:mother", args=[one.mother_id]))
    assert leader.locator("text=Ghi tiền đã trao").count() == 0
    assert "Ấp" not in leader.locator("#rieng ~ p").first.inner_text()
    go(leader, "text=Hiện và ghi vào nhật ký")
    expect(leader.locator("main")).to_contain_text("đã được ghi vào nhật ký")
    _look(leader, "mother", PHONE, "light")


def test_the_empty_screens_say_what_to_do(open_page: OpenPage, specialist: User, school: School) -> None:
    page = open_page(PHONE)
    sign_in(page, specialist)
    for name in ("gratitude", "mothers", "mother-enter"):
        page.goto(reverse(f"desk:{name}"))
        _look(page, f"{name}-empty", PHONE, "light")
    page.fill("#id_full_name", "Nguyễn Thị Mới")
    page.fill("#id_birth_year", "1934")
    page.select_option("#id_area", label=school.area.name)
    go(page, "main button.first")
    go(page, "main th >> text=Nguyễn Thị Mới")
    expect(page.locator("main")).to_contain_text("Chưa có đơn vị nào nhận phụng dưỡng")
    go(page, "text=Ghi đơn vị nhận phụng dưỡng")
    page.fill("#id_sponsor", "Trường Thử")
    page.fill("#id_since", date(2025, 1, 1).isoformat())
    page.fill("#id_amount_vnd", "500.000")
    page.fill("#id_source_1", "Quỹ công đoàn")
    page.fill("#id_share_1", "400.000")
    go(page, "main button.first")
    expect(page.locator(".errors")).to_contain_text("phải đúng mức mỗi kỳ, 500.000 đ")
    page.fill("#id_share_1", "500.000")
    go(page, "main button.first")
    expect(page.locator("main")).to_contain_text("Quỹ công đoàn: 500.000 đ")
