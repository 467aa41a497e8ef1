"""The payable list: its figures beside a plain loop, its workbook, and its order."""

from __future__ import annotations

import io
import unicodedata
from collections import defaultdict
from datetime import date

import openpyxl
import pytest

from ansinh.core.dates import Month
from ansinh.core.decide import Outcome
from ansinh.core.tables import People
from ansinh.core.words import name_order
from ansinh.reports import FileUsed, Heading, reports, write
from ansinh.reports._text import class_order, day_long_vi, months_vi, plain
from ansinh.reports.payable_list import PayableList, figures, summary
from tests.reports import small

HEADING = Heading("UBND xã Mẫu Đất", "Trường TH&THCS Ví Dụ", "THVD", "Mẫu Đất", signer="Nguyễn Văn Mẫu")
FILE = FileUsed("danh-sach.xlsx", "ab" * 32)


def made(*, exclusive: bool = False, people: People = small.PEOPLE) -> PayableList:
    decisions = small.decisions(exclusive=exclusive, people=people)
    return figures(decisions, people, heading=HEADING, on=date(2026, 1, 5), file=FILE)


@pytest.mark.parametrize("exclusive", [False, True])
def test_totals_equal_a_plain_loop_over_the_decisions(exclusive: bool) -> None:
    sums: dict[str, int] = defaultdict(int)
    paid_months: dict[str, int] = defaultdict(int)
    answers: dict[str, dict[str, set[Outcome]]] = defaultdict(lambda: defaultdict(set))
    for row in small.decisions(exclusive=exclusive).rows():
        answers[row.benefit][row.learner].add(row.outcome)
        if row.outcome is Outcome.YES:
            sums[row.benefit] += row.quantity
            paid_months[row.benefit] += 1
    found = made(exclusive=exclusive)
    for total in found.totals:
        name = total.benefit.name
        each = answers[name].values()
        assert total.yes == sum(Outcome.YES in one for one in each)
        assert total.cannot_say == sum(Outcome.CANNOT_SAY in one and Outcome.YES not in one for one in each)
        assert total.no == sum(one == {Outcome.NO} for one in each)
        assert total.months == paid_months[name]
        assert total.quantity == (None if name == "tuition" else sums[name])
    assert found.total_vnd == sums["meal"] + sums["grant"] > 0
    assert found.total_kg == sums["rice"] == 135


def test_counts_equal_the_engines_own_summary() -> None:
    engine = small.decisions().summary()
    for total in made().totals:
        one = engine[total.benefit.name]
        assert (total.yes, total.no, total.cannot_say, total.months) == (one.yes, one.no, one.cannot_say, one.months)


def test_a_change_of_law_inside_the_year_makes_two_lines_with_their_own_documents() -> None:
    lines = [line for line in made().owed if line.learner.id == "HS02" and line.benefit.name == "meal"]
    assert [(months_vi(line.months), line.quantity, line.total, line.basis) for line in lines] == [
        ("9/2025–12/2025", 150_000, 600_000, "điểm b khoản 1 Điều 2 Nghị định 1/2024/NĐ-CP"),
        ("1/2026–5/2026", 200_000, 1_000_000, "điểm b khoản 1 Điều 2 Nghị định 2/2026/NĐ-CP"),
    ]


def test_an_open_answer_names_the_missing_fact_and_is_not_in_the_total() -> None:
    found = made()
    assert {line.learner.id for line in found.undecided} == {"HS03"}
    assert {line.missing for line in found.undecided} == {("poverty",)}
    assert found.missing == (("poverty", 1),)
    known = made(people=People(small.PEOPLE.learners[:2], names=small.PEOPLE.names))
    without = [line for line in found.owed if line.learner.id in ("HS01", "HS02")]
    assert sum(line.total or 0 for line in without if line.benefit.unit == "VND") == known.total_vnd


def test_each_no_has_its_reason() -> None:
    reasons = {(line.learner.id, line.benefit.name): line.reason for line in made().refused}
    assert reasons["HS06", "meal"][0] == "Không đáp ứng điều kiện: Học tại cơ sở công lập."
    assert reasons["HS05", "tuition"] == (
        "Không thuộc trường hợp nào được hưởng theo Điều 3 Nghị định 1/2024/NĐ-CP.",
        "None of the grounds of Article 3, Decree 1/2024/NĐ-CP is met.",
    )
    assert reasons["HS02", "grant"][0] == "Đã hưởng đủ 5 tháng, mức tối đa của một năm học."
    lost = {(line.learner.id, line.benefit.name): line.reason for line in made(exclusive=True).refused}
    assert lost["HS02", "grant"][0] == (
        "Chỉ được hưởng một chế độ cao nhất, đã tính: Hỗ trợ tiền ăn (Điều 6 Nghị định 1/2024/NĐ-CP)."
    )


def test_doubts_are_numbered_and_only_on_lines_that_rest_on_them() -> None:
    found = made()
    assert found.doubts == (small.DOUBT,)
    assert {line.benefit.name for line in found.owed if line.notes} == {"grant"}
    assert not any(line.notes for line in found.refused)


def test_summary_for_json_keeps_its_keys() -> None:
    found = summary(made())
    assert list(found) == ["school_year", "known", "learners", "benefits", "total_vnd", "missing", "doubts"]
    assert found["benefits"][0] == {
        "name": "meal", "vi": "Hỗ trợ tiền ăn", "en": "Meal support", "unit": "VND",
        "yes": 3, "no": 2, "cannot_say": 1, "months": 27, "quantity": 4_800_000,
    }  # fmt: skip


def test_progress_tells_every_learner_once() -> None:
    told: list[tuple[int, int]] = []
    figures(small.decisions(), small.PEOPLE, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_workbook_has_its_sheets_totals_and_print_set_up() -> None:
    book = opened(write("payable_list", made(), "xlsx"))
    assert book.sheetnames == ["Được hưởng", "Chưa đủ căn cứ", "Không được hưởng", "Thông tin"]
    sheet = book["Được hưởng"]
    heads = [cell.value for cell in sheet[3]]
    money, rice = heads.index("Thành tiền (đồng)"), heads.index("Tổng gạo (kg)")
    rows = list(sheet.iter_rows(min_row=4, max_row=sheet.max_row - 1, values_only=True))
    totals = [cell.value for cell in sheet[sheet.max_row]]
    assert totals[money] == sum(row[money] or 0 for row in rows) == 6_300_000
    assert totals[rice] == 135
    assert totals[heads.index("Miễn, giảm học phí (%)")] in (None, "")
    assert sheet.freeze_panes == "D4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.cell(4, money + 1).number_format == "#,##0"


def test_nothing_in_the_workbook_is_a_formula() -> None:
    book = opened(write("payable_list", made(), "xlsx"))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "=HYPERLINK(1)" in [cell.value for cell in book["Được hưởng"]["C"]]


def test_the_workbook_says_where_its_figures_come_from() -> None:
    about = {row[0]: row[1] for row in opened(write("payable_list", made(), "xlsx"))["Thông tin"].values if row[0]}
    assert about["SHA-256 của tệp nguồn"] == FILE.sha256
    assert about["Ngày lập"] == "05/01/2026"
    assert about["Bằng chữ"] == "Sáu triệu ba trăm nghìn đồng"
    assert about["Căn cứ chưa được kiểm chứng (1)"] == small.DOUBT.vi


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_same_figures_give_the_same_bytes(form: str) -> None:
    assert write("payable_list", made(), form) == write("payable_list", made(), form)


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_no_one_at_all_is_said_in_words(form: str) -> None:
    nobody = People([], names={})
    assert write("payable_list", figures(small.decisions(people=nobody), nobody), form)


def test_every_report_of_the_folder_is_listed_and_an_unknown_form_is_refused() -> None:
    assert {"payable_list", "decision_rows", "explanation", "law_index"} <= set(reports())
    with pytest.raises(ValueError, match="no form 'pdf'"):
        write("payable_list", made(), "pdf")


def test_class_lists_sort_by_given_name_in_vietnamese_order() -> None:
    names = ["Trần Văn Ân", "Lê Thị Áng", "Lê Thị Ang", "Đỗ An", "Bùi An", "Phạm Đức", "Phạm Dũng", "Hồ Ăn"]
    in_order = ["Bùi An", "Đỗ An", "Lê Thị Ang", "Lê Thị Áng", "Hồ Ăn", "Trần Văn Ân", "Phạm Dũng", "Phạm Đức"]
    assert sorted(names, key=name_order) == in_order
    decomposed = [unicodedata.normalize("NFD", name) for name in names]
    assert sorted(decomposed, key=name_order) == [unicodedata.normalize("NFD", name) for name in in_order]
    assert sorted(["10A", "6B", "6A10", "6A2", "Lá 1", ""], key=class_order) == ["", "Lá 1", "6A2", "6A10", "6B", "10A"]


def test_words_of_months_and_days() -> None:
    months = [Month(2025, 9), Month(2025, 10), Month(2026, 2)]
    assert months_vi(months) == "9/2025–10/2025, 2/2026"
    assert day_long_vi(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert day_long_vi(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert plain("a\x00b\u202e\tc\ufffe") == "ab c"
