"""A paper as .pdf, set from its .docx: what is signed on paper and what is sent are laid out once, in `_official`.

Only what `_official` lays out is read: paragraphs and their runs, lines under a heading, tables, page numbers and page ends.
The face is Times New Roman or, where it is not installed, one of its widths that has every Vietnamese letter; else the
typesetter's own, which has them too. (Liberation Serif lacks them: marks are set beside their letters.)
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ansinh.reports._official import FONT, ISSUER_LINE, MOTTO_LINE, TITLE_LINE

FACES = (FONT, "Tinos", "TeX Gyre Termes", "Libertinus Serif")
PAGE_END = "#pagebreak(weak: true)\n"
_LINES = (ISSUER_LINE, MOTTO_LINE, TITLE_LINE)
_ALIGN = {ALIGN.CENTER: "center", ALIGN.RIGHT: "right"}
_CELL_MARGIN = "1.9mm"  # What Word keeps free at either side of a cell.
_SIZE = 14.0


def pdf(paper: bytes) -> bytes:
    """The bytes of a .pdf of a .docx that `_official` laid out; the same bytes in and the same faces, the same bytes out."""
    found = docx.Document(io.BytesIO(paper))
    source = f"{_page(found)}{_body(found)}"
    return bytes(typst.compile(source.encode(), format="pdf"))


def _page(paper: Document) -> str:
    section = paper.sections[0]
    sides = ("left", "right", "top", "bottom")
    margin = ", ".join(f"{side}: {_mm(getattr(section, f'{side}_margin'))}" for side in sides)
    numbered = section.header._element.find(f".//{qn('w:instrText')}") is not None
    # The page number stands in the middle of the top margin, and not on page 1.
    number = "context if counter(page).get().first() > 1 { align(center, text(14pt, counter(page).display())) }"
    title = json.dumps(paper.core_properties.title or "", ensure_ascii=False)
    faces = ", ".join(f'"{face}"' for face in FACES)
    return f"""#set document(title: {title}, date: none)
#set page(width: {_mm(section.page_width)}, height: {_mm(section.page_height)}, margin: ({margin}), header-ascent: 35%,
  header: {number if numbered else "none"})
#set text(font: ({faces}), size: {_SIZE}pt, lang: "vi", hyphenate: false)
#set par(leading: 0.42em, spacing: 0pt)
#set block(spacing: 0pt)
"""


def _body(paper: Document) -> str:
    """Paragraphs and tables in the order in which they stand."""
    parts = []
    for child in paper.element.body.iterchildren():
        if child.tag == qn("w:p"):
            parts.append(_paragraph(Paragraph(child, paper)))
        elif child.tag == qn("w:tbl"):
            parts.append(_table(Table(child, paper)))
    return "".join(parts)


def _paragraph(paragraph: Paragraph) -> str:
    shape = paragraph.paragraph_format
    if paragraph.style is not None and paragraph.style.name in _LINES:
        side = _mm(shape.left_indent)
        return f"#block(above: 3.5pt, below: 2pt, width: 100%, pad(x: {side}, line(length: 100%, stroke: 0.75pt)))\n"
    end = PAGE_END if any(one.get(qn("w:type")) == "page" for one in paragraph._p.iter(qn("w:br"))) else ""
    align = paragraph.alignment
    indent = f"(amount: {_mm(shape.first_line_indent)}, all: true)"
    text = "".join(_runs(paragraph))
    size = max([run.font.size.pt for run in paragraph.runs if run.font.size] or [_SIZE])
    # An empty paragraph is as high as a line of its size.
    said = text or f"#text({size}pt)[#sym.zws]"
    justified = "true" if align == ALIGN.JUSTIFY else "false"
    above, below = (_pt(space) for space in (shape.space_before, shape.space_after))
    sticky = "true" if shape.keep_with_next else "false"
    # The room between two lines of Word, half above and half below the text.
    room = f"inset: (top: {size * 0.21:.2f}pt, bottom: {size * 0.21:.2f}pt, left: {_mm(shape.left_indent)})"
    block = f"#block(above: {above}, below: {below}, width: 100%, sticky: {sticky}, {room})"
    side = _ALIGN[align] if align in (ALIGN.CENTER, ALIGN.RIGHT) else "left"
    par = f"par(justify: {justified}, first-line-indent: {indent})[{said}]"
    return f"{end}{block}[#align({side}, {par})]\n"


def _runs(paragraph: Paragraph) -> Iterator[str]:
    for run in paragraph.runs:
        if run.text.strip("\n") or run.text == " ":
            size = run.font.size.pt if run.font.size else _SIZE
            weight, style = ("bold" if run.bold else "regular"), ("italic" if run.italic else "normal")
            words = run.text.replace("\t", "    ").strip("\n")
            yield f'#text(size: {size}pt, weight: "{weight}", style: "{style}", {json.dumps(words, ensure_ascii=False)})'


def _table(table: Table) -> str:
    ruled = table.style is not None and table.style.name == "Table Grid"
    widths = ", ".join(_mm(cell.width) for cell in table.rows[0].cells)
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    heads = repeated.index(False) if False in repeated else len(rows)
    head = f"table.header({', '.join(cell for row in rows[:heads] for cell in row)}), " if heads else ""
    body = ",\n".join(cell for row in rows[heads:] for cell in row)
    stroke, room = ("0.5pt", "1.5pt") if ruled else ("none", "0pt")
    # A row is kept on one page, as each of a paper's rows is.
    shown = f"table(columns: ({widths},), stroke: {stroke}, inset: (x: {_CELL_MARGIN}, y: {room}), {head}{body})"
    return f"#show table.cell: set block(breakable: false)\n#align(center, {shown})\n"


def _cell(cell: _Cell) -> str:
    return f"[{''.join(_paragraph(paragraph) for paragraph in cell.paragraphs)}]"


def _mm(length: Length | int | None) -> str:
    return f"{Length(length or 0).mm:.2f}mm"


def _pt(length: Length | None) -> str:
    return f"{(length or Length(0)).pt:.2f}pt"
