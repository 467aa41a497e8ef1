"""The official paper keeps the measures of Decree 30/2020, Annex I, and its template is the one its script builds."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

import ansinh.reports
from ansinh.reports import _official as official
from ansinh.reports import reports, write
from tests.reports import small
from tests.reports.test_payable_list import made

FOLDER = Path(ansinh.reports.__file__).parent
WITH_TEMPLATE = [report for report in reports().values() if report.template is not None]


@pytest.fixture(scope="module")
def paper() -> Document:
    return docx.Document(io.BytesIO(write("payable_list", made(), "docx")))


@pytest.mark.parametrize("report", WITH_TEMPLATE, ids=lambda report: report.name)
def test_the_template_in_the_folder_is_the_one_its_script_builds(report: ansinh.reports.Report) -> None:
    assert report.template is not None
    kept = (FOLDER / f"{report.name}.docx").read_bytes()
    assert members(kept) == members(report.template()), "run: python -m ansinh.reports._official"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a4_and_margins_within_the_decree(paper: Document) -> None:
    section = paper.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}  # type: ignore[union-attr]
    for margin, low, high in (
        (section.top_margin, 20, 25),
        (section.bottom_margin, 20, 25),
        (section.left_margin, 30, 35),
        (section.right_margin, 15, 20),
    ):
        assert margin is not None
        assert low <= round(margin.mm) <= high


def test_only_times_new_roman(paper: Document) -> None:
    fonts = paper.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    xml = members(write("payable_list", made(), "docx"))["word/document.xml"].decode()
    assert "w:rFonts" not in xml, "a run names a face of its own"


def test_page_number_is_centred_in_the_top_margin_and_not_on_the_first_page(paper: Document) -> None:
    section = paper.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    header = section.header.paragraphs[0]
    assert header.alignment == official.ALIGN.CENTER
    assert "PAGE" in header._p.xml
    assert {run.font.size for run in header.runs} == {Pt(14)}


def said(paragraphs: list[Paragraph], text: str) -> Paragraph:
    return next(one for one in paragraphs if text in one.text)


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("UBND XÃ MẪU ĐẤT", 12, False, False),
        ("TRƯỜNG TH&THCS VÍ DỤ", 12, True, False),
        ("Số: ", 13, False, False),
        (official.COUNTRY, 12, True, False),
        (official.MOTTO, 13, True, False),
        ("Mẫu Đất, ngày 05 tháng 01 năm 2026", 13, False, True),
        ("BÁO CÁO", 14, True, False),
        ("Danh sách người học", 14, True, False),
        ("Căn cứ Nghị định số 1/2024/NĐ-CP ngày 05 tháng 01 năm 2024 của Chính phủ", 14, False, True),
        ("Trường TH&THCS Ví Dụ báo cáo", 14, False, False),
        ("Nơi nhận:", 12, True, True),
        ("- Lưu: VT.", 11, False, False),
        ("HIỆU TRƯỞNG", 14, True, False),
        ("Nguyễn Văn Mẫu", 14, True, False),
    ],
)
def test_size_and_style_of_each_part(paper: Document, text: str, size: int, bold: bool, italic: bool) -> None:
    one = said(every(paper), text)
    for run in one.runs:
        if run.text.strip():
            assert (run.font.size, bool(run.bold), bool(run.italic)) == (Pt(size), bold, italic)


def every(paper: Document) -> list[Paragraph]:
    """All paragraphs in the order of reading, those of tables too."""
    return [Paragraph(p, paper._body) for p in paper.element.body.iter(qn("w:p"))]


def test_parts_come_in_the_order_of_the_decree(paper: Document) -> None:
    text = "\n".join(one.text for one in every(paper))
    order = [
        "TRƯỜNG TH&THCS VÍ DỤ", "Số: ……/BC-THVD", official.COUNTRY, official.MOTTO, "Mẫu Đất, ngày 05", "BÁO CÁO",
        "Căn cứ Nghị định", "I. ĐƯỢC HƯỞNG", "Tổng số tiền: 6.300.000 đồng (Bằng chữ: Sáu triệu ba trăm nghìn đồng).",
        "Tổng số gạo: 135 kg.", "II. CHƯA ĐỦ CĂN CỨ", "căn cứ chưa được kiểm chứng", f"(1) {small.DOUBT.vi}",
        "kính báo cáo./.", "Nơi nhận:", "HIỆU TRƯỞNG", "Nguyễn Văn Mẫu",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert not re.search(r"\{[{%]", text), "a tag of the template was left"


def test_body_is_justified_indented_and_spaced(paper: Document) -> None:
    one = said(every(paper), "báo cáo kết quả xét")
    assert one.alignment == official.ALIGN.JUSTIFY
    # Word keeps lengths in twentieths of a point, so a millimetre comes back a hair off.
    assert one.paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=Mm(0.1))
    assert (one.paragraph_format.space_before or 0) >= Pt(6)


def line_length(paper: Document, style: str, room: int) -> int:
    one = next(one for one in every(paper) if one.style is not None and one.style.name == style)
    assert "w:pBdr" in one._p.xml
    shape = one.paragraph_format
    return room - (shape.left_indent or 0) - (shape.right_indent or 0)


def test_lines_under_the_motto_the_issuer_and_the_title(paper: Document) -> None:
    """As long as the motto; a third to a half of the issuer's name and of the title."""
    width = Mm(297) - Mm(30) - Mm(15)
    left, right = width * 42 // 100 - 2 * Mm(1.9), width * 58 // 100 - 2 * Mm(1.9)
    motto = line_length(paper, official.MOTTO_LINE, right)
    assert motto == pytest.approx(official.text_width(official.MOTTO, 13), rel=0.02)
    for style, room, text, size in (
        (official.ISSUER_LINE, left, "TRƯỜNG TH&THCS VÍ DỤ", 12),
        (official.TITLE_LINE, width, "Danh sách người học được hưởng chính sách hỗ trợ, năm học 2025–2026", 14),
    ):
        share = line_length(paper, style, room) / official.text_width(text, size)
        assert 1 / 3 <= share <= 1 / 2


def test_tables_fit_the_page_repeat_their_headings_and_split_no_row(paper: Document) -> None:
    room = Mm(297) - Mm(30) - Mm(15)
    grids = [table for table in paper.tables if table.style is not None and table.style.name == "Table Grid"]
    assert len(grids) == 5
    for table in grids:
        assert sum(column.width or 0 for column in table.columns) <= room + Mm(0.1)
        assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_table_figures_equal_the_lines(paper: Document) -> None:
    meal = next(table for table in paper.tables if len(table.columns) == 8)
    assert [cell.text for cell in meal.rows[0].cells[6:]] == ["Mức tháng (đồng)", "Thành tiền (đồng)"]
    paid = [int(row.cells[7].text.replace(".", "")) for row in meal.rows[1:-1]]
    assert sum(paid) == int(meal.rows[-1].cells[7].text.replace(".", "")) == 4_800_000


def test_who_lacks_papers_has_one_row_with_every_benefit_that_waits(paper: Document) -> None:
    grids = [table for table in paper.tables if len(table.columns) == 5]
    assert len(grids) == 1
    (row,) = [[cell.text for cell in row.cells] for row in grids[0].rows[1:]]
    assert row[:4] == ["1", "Nguyễn Văn An", "6A", "Hộ nghèo, cận nghèo (hộ của cha mẹ)"]
    for words in ("Hỗ trợ tiền ăn (điểm a khoản 1 Điều 2 Nghị định 2/2026/NĐ-CP; 1/2026–5/2026)", "Trợ cấp học tập"):
        assert words in row[4]


def test_marks_in_names_are_letters_not_markup(paper: Document) -> None:
    text = "\n".join(one.text for one in every(paper))
    assert "Lê <b>Bình</b> & em" in text
    assert "Chính sách <hỗ trợ> & miễn giảm" in text


def test_a_paper_without_a_heading_leaves_dots_to_fill_in() -> None:
    from ansinh.reports.payable_list import figures

    data = write("payable_list", figures(small.decisions(), small.PEOPLE), "docx")
    text = "\n".join(one.text for one in every(docx.Document(io.BytesIO(data))))
    assert "…………, ngày …… tháng …… năm ……" in text
