"""Papers as .pdf: they say what the .docx says, on pages of the same size, and the same figures give the same bytes."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Mm
from pypdf import PdfReader

from ansinh import reports
from ansinh.reports import _official
from ansinh.reports._pdf import pdf

from .test_gratitude_papers import NAMES, figures, said


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_says_as_pdf_what_it_says_as_docx(name: str) -> None:
    data = reports.write(name, figures(name), "pdf")
    assert data == reports.write(name, figures(name), "pdf")
    # A face that draws ơ of an o and a horn is read back as two of them.
    told = words("".join(page.extract_text() for page in read(data).pages)).replace("ơơ", "ơ")
    lines = [words(line) for line in said(name).splitlines() if line.strip()]
    assert lines
    assert [line for line in lines if line not in told] == []


@pytest.mark.parametrize("landscape", [True, False])
def test_pages_are_a4_and_numbered_from_the_second(landscape: bool) -> None:
    paper = _official.new_paper(landscape=landscape)
    for _ in range(3):
        _official.body(paper, "Một đoạn.").add_run().add_break(WD_BREAK.PAGE)
    memory = io.BytesIO()
    paper.save(memory)
    pages = read(pdf(memory.getvalue())).pages
    sides = [float(pages[0].mediabox.width), float(pages[0].mediabox.height)]
    assert [round(side / 72 * 25.4) for side in sides] == ([297, 210] if landscape else [210, 297])
    assert [re.findall(r"\d+", page.extract_text()) for page in pages[:3]] == [[], ["2"], ["3"]]


def test_what_was_typed_is_text_and_never_markup() -> None:
    strange = 'Bé #pagebreak() *x* _y_ $z$ [a] "b" \\ <c> // @d'
    paper = docx.Document()
    paper.sections[0].page_width = Mm(210)
    paper.add_paragraph(strange)
    table = paper.add_table(rows=2, cols=1, style="Table Grid")
    table.rows[1].cells[0].paragraphs[0].add_run(strange)
    memory = io.BytesIO()
    paper.save(memory)
    (page,) = read(pdf(memory.getvalue())).pages
    assert words(page.extract_text()).count(words(strange)) == 2
