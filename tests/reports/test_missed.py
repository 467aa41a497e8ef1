"""Who was missed: counted by hand on six made-up children; the lists read; the letters in the official layout."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.document import Document

from ansinh.core.dates import Month
from ansinh.core.decide import decide
from ansinh.core.tables import POVERTY, People
from ansinh.engines.reference import reference
from ansinh.reports import Heading, missed, parent_letter, write
from ansinh.reports._papers import paper_for
from ansinh.sheets import blank, read, templates
from ansinh.sheets.payment_list import Paid, as_month, paid
from tests.law.ordinary import ORDINARY
from tests.reports import small

LAW = small.law()
MEAL = LAW.benefits["meal"]
HEADS = "Mã học sinh,Chế độ,Tháng,Họ và tên\n"
ALL_MONTHS = ("9/2025", "10/2025", "11/2025", "12/2025", "1/2026", "2/2026", "3/2026", "4/2026", "5/2026")
NINE = 0b1111111110


def child(name: str, **facts: object) -> dict[str, object]:
    return {"learner": name, "months": NINE, **ORDINARY, "semi_boarder": False, **facts}


PEOPLE = People(
    [
        child("PAID", poverty=POVERTY.poor),
        child("PART", poverty=POVERTY.poor),
        child("NEVER", poverty=POVERTY.poor),
        child("PAPER", poverty=None),
        child("TWO", poverty=None, disabled=None),
        child("NO"),
    ],
    names={
        name: {"name": f"Trẻ {name.title()}", "class": "1A", "school": "Trường Mẫu", "commune": "Xã Mẫu"}
        for name in ("PAID", "PART", "NEVER", "PAPER", "TWO", "NO")
    },
)


def listed(text: str) -> Paid:
    intake = read(templates()["payment_list"], (HEADS + text).encode(), filename="chi.csv")
    return paid([intake], LAW.benefits.values())


LISTS = listed(
    "".join(f"PAID,Hỗ trợ tiền ăn,{month},\n" for month in ALL_MONTHS)
    + "PART,Meal support,10/2025,\nPART,meal,2025-11,\nGONE,meal,10/2025,\n"
)


def found(**said: object) -> missed.Missed:
    decisions = decide(PEOPLE, law=LAW, engine=reference, year=small.YEAR)
    said = {"paid": LISTS.entries, "benefits": ("meal",), "until": Month(2025, 12), **said}
    return missed.figures(decisions, PEOPLE, **said)  # type: ignore[arg-type]


def test_who_is_missed_is_who_is_on_no_list() -> None:
    lines = {line.learner: line for line in found().lines}
    # NO is not entitled; TWO lacks two papers.
    assert set(lines) == {"PART", "NEVER", "PAPER"}
    assert lines["PART"].months == (Month(2025, 9), Month(2025, 12))
    assert lines["NEVER"].months == tuple(Month(2025, number) for number in (9, 10, 11, 12))
    amount = lines["NEVER"].quantity
    assert amount > 0 and lines["PART"].total == 2 * amount
    assert lines["PAPER"].paper == paper_for("poverty") and lines["PAPER"].quantity == 0


def test_counts_by_school_benefit_and_paper() -> None:
    figures = found()
    amount = next(line.quantity for line in figures.lines if line.learner == "NEVER")
    for counts, label in ((figures.by_school, "Trường Mẫu (Xã Mẫu)"), (figures.by_benefit, MEAL.vi)):
        assert [(c.label[0], c.entitled, c.one_paper, c.vnd) for c in counts] == [(label, 2, 1, 6 * amount)]
    assert [(c.label[0], c.one_paper) for c in figures.by_paper] == [(paper_for("poverty").vi, 1)]
    assert figures.strangers == ("GONE",)
    assert figures.children == tuple(line.learner for line in figures.lines)


def test_until_bounds_the_months_and_a_full_list_misses_nobody_entitled() -> None:
    assert {month for line in found(until=Month(2025, 9)).lines for month in line.months} == {Month(2025, 9)}
    everyone = {(name, "meal", Month(2025, number)) for name in ("PAID", "PART", "NEVER") for number in (9, 10, 11, 12)}
    assert {line.learner for line in found(paid=everyone).lines} == {"PAPER"}
    with_papers = everyone | {("PAPER", "meal", Month(2025, number)) for number in (9, 10, 11, 12)}
    assert found(paid=with_papers).lines == ()


def test_percentages_are_looked_at_only_when_a_list_names_them() -> None:
    assert "tuition" not in {line.benefit.name for line in found(benefits=None).lines}
    with_tuition = LISTS.entries | {("PAID", "tuition", Month(2025, 9))}
    assert "tuition" in {line.benefit.name for line in found(benefits=None, paid=with_tuition).lines}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("10/2025", Month(2025, 10)),
        ("2025-10", Month(2025, 10)),
        ("Tháng 9/2025", Month(2025, 9)),
        ("01/10/2025", Month(2025, 10)),
        ("2025-10-01", Month(2025, 10)),
        ("tháng 3 năm 2026", Month(2026, 3)),
        ("13/2025", None),
        ("mười", None),
        ("", None),
    ],
)
def test_months_as_people_write_them(text: str, month: Month | None) -> None:
    assert as_month(text) == month


def test_a_row_that_cannot_be_read_is_named_and_pays_nobody() -> None:
    lists = listed("PART,Tiền xe,10/2025,\nPART,meal,mười,\nPART,meal,10/2025,\n")
    assert lists.entries == {("PART", "meal", Month(2025, 10))}
    assert sorted((fault.code, fault.row, fault.value) for fault in lists.faults) == [
        ("benefit_unknown", 2, "Tiền xe"),
        ("month_unread", 3, "mười"),
    ]
    assert all(fault.vi and fault.en for fault in lists.faults)


def test_the_blank_payment_list_can_be_read_back_empty() -> None:
    template = templates()["payment_list"]
    assert read(template, blank(template), filename="chi.xlsx").rows == ()


def letters(**said: object) -> Document:
    figures = parent_letter.figures(found(), on=date(2026, 1, 5), reply_by=date(2026, 1, 20), **said)  # type: ignore[arg-type]
    return docx.Document(io.BytesIO(write("parent_letter", figures, "docx")))


def text_of(paper: Document) -> str:
    return "\n".join(paragraph.text for paragraph in paper.paragraphs)


def test_one_letter_a_child_speaks_to_the_parents() -> None:
    paper = letters()
    text = text_of(paper)
    assert text.count("THÔNG BÁO") == len(found().children) == 3
    assert "Kính gửi: Ông/Bà là cha, mẹ hoặc người giám hộ của em Trẻ Never, lớp 1A." in text
    assert "9/2025–12/2025 (căn cứ điểm a khoản 1 Điều 2" in text
    assert "bản sao giấy chứng nhận hộ nghèo, hộ cận nghèo trước ngày 20 tháng 01 năm 2026" in text
    assert text.count('<w:br w:type="page"/>') == 0 and paper.element.xml.count('w:type="page"') == 2
    heads = [table for table in paper.tables if "CỘNG HÒA" in table.rows[0].cells[1].text]
    assert len(heads) == 3 and all("TRƯỜNG MẪU" in table.rows[0].cells[0].text for table in heads)
    assert "{" not in text


def test_the_letter_stands_on_the_schools_heading_where_the_child_has_none() -> None:
    nameless = replace(found(), lines=tuple(replace(line, school="", commune="") for line in found().lines))
    figures = parent_letter.figures(nameless, heading=Heading(issuer="Trường <Thử> & Mẫu", signer="Nguyễn Văn Ví Dụ"))
    paper = docx.Document(io.BytesIO(write("parent_letter", figures, "docx")))
    cells = [table.rows[0].cells for table in paper.tables]
    assert any("TRƯỜNG <THỬ> & MẪU" in row[0].text for row in cells)
    assert any("Nguyễn Văn Ví Dụ" in row[1].text for row in cells)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_same_figures_give_the_same_bytes(form: str) -> None:
    assert write("missed", found(), form) == write("missed", found(), form)
    figures = parent_letter.figures(found(), on=date(2026, 1, 5))
    assert write("parent_letter", figures, "docx") == write("parent_letter", figures, "docx")


def test_nobody_missed_gives_an_empty_file_not_an_error() -> None:
    nobody = found(until=Month(2025, 8))
    assert nobody.lines == () and write("missed", nobody, "xlsx")
    assert write("parent_letter", parent_letter.figures(nobody), "docx")
