"""The papers of gratitude: what they say, that they leave out what they must, and that the same figures give the same bytes."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from ansinh import reports
from ansinh.reports import Heading
from ansinh.reports.gratitude_list import Line
from ansinh.reports.gratitude_mothers import Line as Mother
from ansinh.reports.gratitude_mothers import Sponsor
from ansinh.reports.gratitude_receipt import Receipt

DAY = date(2025, 7, 20)
HEADING = Heading.of_school({"school_name": "Trường Tiểu học Đặt Ra", "commune": "Xã Thử"})


def figures(name: str) -> Any:
    make = reports.reports()[name].figures
    if name == "gratitude_list":
        lines = [Line("Nguyễn Văn An", "Giáo viên", "2,34", 248_000), Line("Trần Thị Bé & Con <b>", "", "", 100_000)]
        return make(lines=lines, year=2025, how="hệ số × 2.340.000 đ ÷ 22", on=DAY, heading=HEADING)
    if name == "gratitude_receipt":
        found = [Receipt(n, DAY, "Nguyễn Văn An", "Giáo viên", 248_000) for n in (1, 2)]
        return make(receipts=found, campaign="đợt vận động", year=2025, heading=HEADING)
    if name == "gratitude_remittance":
        return make(
            number=3, on=DAY, amount_vnd=1_050_000, fund="Quỹ tỉnh", account="3761", reference="", contributors=7,
            year=2025, heading=HEADING,
        )  # fmt: skip
    if name == "gratitude_thanks":
        return make(names=["Nguyễn Văn An", "Trần Thị Bé"], year=2025, on=DAY, heading=HEADING)
    sponsor = Sponsor("Trường Thử", 5_000_000, 6, date(2024, 1, 1))
    lines_ = [
        Mother("Nguyễn Thị Một", 1930, "Xã Thử", None, (sponsor,), 5_000_000),
        Mother("Nguyễn Thị Hai", 1931, "Xã Thử", None, (), 0),
        Mother("Nguyễn Thị Ba", 1932, "Xã Thử", DAY, (), 0),
    ]
    return make(lines=lines_, on=DAY)


def said(name: str) -> str:
    paper = docx.Document(io.BytesIO(reports.write(name, figures(name), "docx")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


NAMES = [name for name in reports.reports() if name.startswith("gratitude_")]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_figures_give_the_same_bytes_and_nothing_of_the_template_is_left(name: str) -> None:
    first = reports.write(name, figures(name), "docx")
    assert first == reports.write(name, figures(name), "docx")
    text = said(name)
    assert "{{" not in text
    assert "{%" not in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    if name != "gratitude_mothers":
        assert "TRƯỜNG TIỂU HỌC ĐẶT RA" in text


def test_there_are_five() -> None:
    assert len(NAMES) == 5


def test_the_list_adds_up_and_shows_what_was_typed_as_text() -> None:
    text = said("gratitude_list")
    assert "Tổng số tiền: 348.000 đồng (Bằng chữ: Ba trăm bốn mươi tám nghìn đồng)" in text
    assert "Trần Thị Bé & Con <b>" in text
    assert "Mỗi người tự chọn mức đóng góp của mình" in text


def test_a_receipt_is_numbered_and_says_the_amount_in_words() -> None:
    text = said("gratitude_receipt")
    assert "Số: 001/PT-" in text
    assert "Số: 002/PT-" in text
    assert "(Bằng chữ: Hai trăm bốn mươi tám nghìn đồng.)" in text
    assert "C40" not in text, "the form number is not confirmed"


def test_a_remittance_names_the_fund_and_nobody_else() -> None:
    text = said("gratitude_remittance")
    assert "Đơn vị nhận tiền: Quỹ tỉnh." in text
    assert "Số tiền: 1.050.000 đồng." in text
    assert "(7 người đã đóng góp)" in text


def test_a_letter_of_thanks_names_no_amount() -> None:
    text = said("gratitude_thanks")
    assert text.count("Kính gửi: Ông/Bà") == 2
    assert "000" not in text
    assert "Số:" not in text


def test_the_list_of_mothers_counts_the_living_and_the_sponsored() -> None:
    text = said("gratitude_mothers")
    assert "có 3 Mẹ Việt Nam anh hùng, trong đó 2 Mẹ còn sống; 1 trên 2 Mẹ còn sống có đơn vị phụng dưỡng" in text
    assert "Trường Thử (từ 01/01/2024)" in text
    assert "5.000.000, sáu tháng" in text
    assert "Chậm trao 5.000.000 đồng" in text
    assert "Từ trần 20/07/2025" in text
