"""The layout of official papers by Decree 30/2020/NĐ-CP, Annex I: to the millimetre and the point.

Run as a module (`python -m ansinh.reports._official`) it builds the .docx template beside each report anew.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
A4_SHORT, A4_LONG = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
INDENT = Mm(10)  # The first line of a paragraph: 1 cm or 1.27 cm.
# The share of a text's line that the line under it takes: between a third and a half.
SHORT_LINE = 0.4
ISSUER_LINE, TITLE_LINE, MOTTO_LINE = "Nét dưới cơ quan", "Nét dưới trích yếu", "Nét dưới tiêu ngữ"
NO_DAY = date(2000, 1, 1)

# Widths of Times Bold in thousandths of the size, from its published metrics: enough to draw a line as long as a text.
_WIDTHS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
         722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667),
        strict=True,
    )
) | dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
         556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444),
        strict=True,
    )
) | {" ": 250, ",": 250, ".": 250, "-": 333, "&": 833, "Đ": 722, "đ": 556}  # fmt: skip


def text_width(text: str, size_pt: int) -> Length:
    """How long a bold line of text is in Times New Roman, within about two in a hundred."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return Pt(sum(_WIDTHS.get(letter, 500) for letter in bare) * size_pt / 1000)


def new_paper(*, landscape: bool) -> Document:
    """An empty A4 paper: margins, Times New Roman 14, page number centred in the top margin but not on page 1."""
    paper = docx.Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (A4_LONG, A4_SHORT) if landscape else (A4_SHORT, A4_LONG)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance, section.footer_distance = Mm(9), Mm(9)
    section.different_first_page_header_footer = True
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    _every_script(normal.element.get_or_add_rPr().get_or_add_rFonts())
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    for name in (ISSUER_LINE, TITLE_LINE, MOTTO_LINE):
        paper.styles.add_style(name, 1).base_style = normal
    _page_number(section.header.paragraphs[0])
    return paper


def _every_script(fonts: Any) -> None:
    """Word picks a font by script; Vietnamese marks must not fall to another face."""
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)


def without_page_numbers(paper: Document) -> None:
    """Take the page number out again, in a file that holds several papers."""
    paragraph = paper.sections[0].header.paragraphs[0]
    for run in paragraph.runs:
        paragraph._p.remove(run._r)


def put(
    paragraph: Paragraph,
    text: str,
    size_pt: int,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN | None = None,
) -> Paragraph:
    """Add a run of one size and style; `align` places the paragraph."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size_pt), bold, italic
    if align is not None:
        paragraph.alignment = align
    return paragraph


def line_under(paragraph: Paragraph, style: str, room: Length, length: Length) -> None:
    """Make a paragraph a solid centred line of a length, in a cell or page `room` wide."""
    paragraph.style = style
    side = Length(max(0, (room - length) // 2))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(5)
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def borderless(paper: Document, widths: Sequence[Length]) -> Table:
    """A one-row table without borders: how the decree's own templates lay out head and foot."""
    table: Table = paper.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, widths)
    return table


def _set_widths(table: Table, widths: Sequence[Length]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def head(paper: Document, kind_symbol: str, *, of: str = "") -> None:
    """Boxes 1 to 4 of Annex I: agency and number on the left, country, motto, place and date on the right.

    kind_symbol: empty for a letter, which has no number. of: what the template's words are taken from, as `child.` in a paper
    that holds one letter a child.
    """
    section = paper.sections[0]
    width = Length((section.page_width or 0) - LEFT - RIGHT)
    left, right = Length(width * 42 // 100), Length(width * 58 // 100)
    cells = borderless(paper, (left, right)).rows[0].cells
    put(cells[0].paragraphs[0], f"{{{{ {of}superior }}}}", 12, align=ALIGN.CENTER)
    put(cells[0].add_paragraph(), f"{{{{ {of}issuer }}}}", 12, bold=True, align=ALIGN.CENTER)
    line_under(cells[0].add_paragraph(), ISSUER_LINE, _room(left), Mm(30))
    if kind_symbol:
        numbered = f"Số: {{{{ {of}number }}}}/{kind_symbol}-{{{{ {of}symbol }}}}"
        put(cells[0].add_paragraph(), numbered, 13, align=ALIGN.CENTER)
    put(cells[1].paragraphs[0], COUNTRY, 12, bold=True, align=ALIGN.CENTER)
    put(cells[1].add_paragraph(), MOTTO, 13, bold=True, align=ALIGN.CENTER)
    line_under(cells[1].add_paragraph(), MOTTO_LINE, _room(right), text_width(MOTTO, 13))
    put(cells[1].add_paragraph(), f"{{{{ {of}place }}}}, {{{{ {of}day }}}}", 13, italic=True, align=ALIGN.CENTER)


def _room(cell_width: Length) -> Length:
    """The width of a cell less the margins Word keeps in it (0.19 cm a side)."""
    return Length(cell_width - 2 * Mm(1.9))


def name_of_paper(paper: Document, kind: str, about: str) -> None:
    """Box 5a: the kind of paper in capitals and what it is about, with a line a third to a half as long below."""
    put(paper.add_paragraph(), kind, 14, bold=True, align=ALIGN.CENTER).paragraph_format.space_before = Pt(14)
    put(paper.add_paragraph(), about, 14, bold=True, align=ALIGN.CENTER)
    line_under(paper.add_paragraph(), TITLE_LINE, _text_room(paper), Mm(60))


def _text_room(paper: Document) -> Length:
    section = paper.sections[0]
    return Length((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))


def body(paper: Document, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of the body: size 14, justified, first line indented, 6 points apart."""
    paragraph = put(paper.add_paragraph(), text, 14, bold=bold, italic=italic, align=ALIGN.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = INDENT
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold
    return paragraph


def control(paper: Document, tag: str) -> None:
    """A paragraph that only steers the template and is gone from the paper."""
    paper.add_paragraph(tag)


def foot(paper: Document, *, of: str = "") -> None:
    """Boxes 7 and 9b: recipients on the left, post and name of who signs on the right, never parted by a page."""
    width = _text_room(paper)
    table = borderless(paper, (Length(width // 2), Length(width - width // 2)))
    left, right = table.rows[0].cells
    put(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    put(left.add_paragraph(), f"{{%p for one in {of}recipients %}}", 11)
    put(left.add_paragraph(), "- {{ one }};", 11)
    put(left.add_paragraph(), "{%p endfor %}", 11)
    put(left.add_paragraph(), "- Lưu: VT.", 11)
    put(right.paragraphs[0], f"{{{{ {of}post }}}}", 14, bold=True, align=ALIGN.CENTER)
    for _ in range(4):
        put(right.add_paragraph(), "", 14)
    put(right.add_paragraph(), f"{{{{ {of}signer }}}}", 14, bold=True, align=ALIGN.CENTER)
    keep_whole(table)


def grid(paper: Document, headings: Sequence[str], widths: Sequence[Length]) -> Table:
    """A ruled table whose row of headings comes again on each page."""
    table: Table = paper.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        put(cell.paragraphs[0], heading, 12, bold=True, align=ALIGN.CENTER)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    _set_widths(table, widths)
    return table


def grid_rows(table: Table, each: str, cells: Sequence[tuple[str, ALIGN]], widths: Sequence[Length]) -> None:
    """Rows repeated for `each` (a template loop such as `line in section.lines`), none split between pages."""
    _tag_row(table, f"{{%tr for {each} %}}")
    grid_row(table, cells)
    _tag_row(table, "{%tr endfor %}")
    _set_widths(table, widths)


def grid_row(table: Table, cells: Sequence[tuple[str, ALIGN]], *, bold: bool = False) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, (text, align) in zip(row.cells, cells, strict=True):
        put(cell.paragraphs[0], text, 12, bold=bold, align=align)


def _tag_row(table: Table, tag: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(tag)  # type: ignore[no-untyped-call]


def keep_whole(table: Table) -> None:
    """Keep the rows of a table on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def fit_lines(paper: Document, *, issuer: str, about: str) -> None:
    """Give the lines under the issuer and the title their lengths, once their texts are known."""
    for cell in _cells(paper):
        for paragraph in cell.paragraphs:
            if paragraph.style is not None and paragraph.style.name == ISSUER_LINE:
                room = _room(Length(cell.width or 0))
                line_under(paragraph, ISSUER_LINE, room, _short(issuer, 12, room))
    for paragraph in paper.paragraphs:
        if paragraph.style is not None and paragraph.style.name == TITLE_LINE:
            room = _text_room(paper)
            line_under(paragraph, TITLE_LINE, room, _short(about, 14, room))


def _short(text: str, size_pt: int, room: Length) -> Length:
    return Length(int(min(text_width(text, size_pt), room) * SHORT_LINE))


def _cells(paper: Document) -> list[_Cell]:
    """The cells of heads and feet, which are tables of one row."""
    return [cell for table in paper.tables if len(table.rows) == 1 for cell in table.rows[0].cells]


def sealed(paper: Document, *, title: str, author: str, on: date | None) -> bytes:
    """The bytes of a paper that carry no clock: the same content always gives the same file."""
    day = on or NO_DAY
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties = paper.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = at
    properties.comments, properties.revision = "", 1
    properties.language = "vi-VN"
    memory = io.BytesIO()
    paper.save(memory)
    return _repacked(memory.getvalue())


def _repacked(data: bytes) -> bytes:
    """The same archive with the days of its members taken off."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return memory.getvalue()


def build() -> list[Path]:
    """Write the template of every report that has one; gives the files written."""
    from ansinh.reports import reports

    written = []
    for report in reports().values():
        if report.template is not None:
            path = Path(__file__).with_name(f"{report.name}.docx")
            path.write_bytes(report.template())
            written.append(path)
    return written


if __name__ == "__main__":
    for file in build():
        print(file)
