"""The payable list as a workbook: four sheets, ready to print, the same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ansinh.core.money import in_words_vi
from ansinh.reports._text import day_vi, fact_names, months_vi, plain, year_vi
from ansinh.reports.payable_list import Line, PayableList

A4 = 9
LINE_HEIGHT = 15  # Points, for text of size 11.
# The epoch of workbooks made on no given day; a file without a day would carry the clock's.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """One column: heading, width in letters, kind (text, whole or month count) and what it shows of a line."""

    heading: str
    width: int
    show: Callable[[Line], str | int | None]
    summed: bool = False


def _of_unit(unit: str, show: Callable[[Line], int | None]) -> Callable[[Line], int | None]:
    return lambda line: show(line) if line.benefit.unit == unit else None


WHO = (
    Column("Mã", 12, lambda line: line.learner.id),
    Column("Họ và tên", 22, lambda line: line.learner.name),
    Column("Lớp", 7, lambda line: line.learner.class_name),
    Column("Chế độ", 20, lambda line: line.benefit.vi),
)
WHEN = (
    Column("Các tháng", 16, lambda line: months_vi(line.months)),
    Column("Số tháng", 7, lambda line: len(line.months)),
)
BASIS = Column("Căn cứ", 26, lambda line: line.basis)
DOUBTS = Column("Ghi chú", 14, lambda line: doubt_marks(line))
OWED = (
    *WHO,
    BASIS,
    Column("Lý do", 30, lambda line: line.reason[0]),
    *WHEN,
    Column("Mức tháng (đồng)", 11, _of_unit("VND", lambda line: line.quantity)),
    Column("Thành tiền (đồng)", 13, _of_unit("VND", lambda line: line.total), summed=True),
    Column("Gạo mỗi tháng (kg)", 9, _of_unit("kg", lambda line: line.quantity)),
    Column("Tổng gạo (kg)", 9, _of_unit("kg", lambda line: line.total), summed=True),
    Column("Miễn, giảm học phí (%)", 10, _of_unit("%", lambda line: line.quantity)),
    DOUBTS,
)
UNDECIDED = (
    *WHO,
    Column("Còn thiếu", 52, lambda line: fact_names(line.missing)[0] or line.reason[0]),
    BASIS,
    *WHEN,
    DOUBTS,
)
REFUSED = (*WHO, Column("Lý do", 64, lambda line: line.reason[0]), BASIS, *WHEN)


def doubt_marks(line: Line) -> str:
    """`căn cứ chưa được kiểm chứng (1), (3)`; empty when the basis is confirmed."""
    if not line.notes:
        return ""
    return "Căn cứ chưa được kiểm chứng " + ", ".join(f"({note})" for note in line.notes)


def workbook(figures: PayableList) -> bytes:
    """The bytes of the workbook. Every text is written as text, so that nothing in it can run as a formula."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    made = datetime(figures.on.year, figures.on.month, figures.on.day, tzinfo=UTC) if figures.on else NO_DAY
    book.set_properties({"title": title(figures), "author": plain(figures.heading.issuer), "created": made})
    styles = _styles(book)
    _list(book, "Được hưởng", OWED, figures.owed, figures, styles, "Không có người học nào được hưởng.")
    _list(book, "Chưa đủ căn cứ", UNDECIDED, figures.undecided, figures, styles, "Mọi hồ sơ đã đủ căn cứ.")
    _list(book, "Không được hưởng", REFUSED, figures.refused, figures, styles, "Không có trường hợp nào.")
    _about(book, figures, styles)
    book.close()
    return memory.getvalue()


def title(figures: PayableList) -> str:
    return f"Danh sách người học được hưởng chính sách hỗ trợ, năm học {year_vi(figures.year)}"


def _styles(book: Workbook) -> dict[str, Format]:
    face = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    cell = {**face, "border": 1, "border_color": "#9AA0A6"}
    made: dict[str, dict[str, Any]] = {
        "plain": face,
        "title": {**face, "font_size": 14, "bold": True},
        "head": {
            **cell,
            "bold": True,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "bg_color": "#EFE9DD",
        },
        "text": {**cell, "text_wrap": True},
        "whole": {**cell, "num_format": "#,##0"},
        "total": {**cell, "bold": True, "num_format": "#,##0"},
        "label": {**cell, "bold": True},
        "wrapped": {**face, "text_wrap": True},
        "bold": {**face, "bold": True},
        "figure": {**face, "num_format": "#,##0", "align": "left"},
    }
    return {name: book.add_format(properties) for name, properties in made.items()}


def _list(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    lines: Sequence[Line],
    figures: PayableList,
    styles: dict[str, Format],
    when_empty: str,
) -> None:
    """A sheet with a title, one row of headings that stays, the lines, and a row of totals where a column has one."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{name.upper()} – năm học {year_vi(figures.year)}", styles["title"])
    sheet.write_string(1, 0, plain(figures.heading.issuer), styles["plain"])
    top = 2
    _heads(sheet, top, columns, styles)
    for place, line in enumerate(lines):
        _row(sheet, top + 1 + place, place + 1, columns, line, styles)
    last = top + len(lines)
    if not lines:
        sheet.write_string(top + 1, 1, when_empty, styles["plain"])
    elif any(column.summed for column in columns):
        _totals(sheet, last + 1, columns, lines, styles)
    sheet.freeze_panes(top + 1, 3)
    sheet.autofilter(top, 0, max(last, top), len(columns))
    _print_setup(sheet, top)


def _heads(sheet: Worksheet, top: int, columns: Sequence[Column], styles: dict[str, Format]) -> None:
    sheet.set_row(top, 46)
    sheet.set_column(0, 0, 6)
    sheet.write_string(top, 0, "STT", styles["head"])
    for place, column in enumerate(columns, start=1):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.heading, styles["head"])


def _row(
    sheet: Worksheet, at: int, number: int, columns: Sequence[Column], line: Line, styles: dict[str, Format]
) -> None:
    sheet.write_number(at, 0, number, styles["whole"])
    deepest = 1
    for place, column in enumerate(columns, start=1):
        shown = column.show(line)
        if shown is None:
            sheet.write_blank(at, place, None, styles["text"])
        elif isinstance(shown, int):
            sheet.write_number(at, place, shown, styles["whole"])
        else:
            sheet.write_string(at, place, plain(shown), styles["text"])
            deepest = max(deepest, -(-len(plain(shown)) // column.width))
    # Not every program that opens a workbook makes room for wrapped text by itself.
    sheet.set_row(at, LINE_HEIGHT * deepest)


def _totals(
    sheet: Worksheet, at: int, columns: Sequence[Column], lines: Sequence[Line], styles: dict[str, Format]
) -> None:
    """Totals are written as numbers, not formulas: what was decided is what is read, whatever opens the file."""
    sheet.write_string(at, 0, "", styles["label"])
    for place, column in enumerate(columns, start=1):
        if column.summed:
            total = sum(shown for line in lines if isinstance(shown := column.show(line), int))
            sheet.write_number(at, place, total, styles["total"])
        else:
            sheet.write_string(at, place, "TỔNG CỘNG" if place == 2 else "", styles["label"])


def _print_setup(sheet: Worksheet, top: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RTrang &P/&N")


def _about(book: Workbook, figures: PayableList, styles: dict[str, Format]) -> None:
    """What the lists were made from: the file and its hash, the law, the days, the totals, what is not yet confirmed."""
    sheet = book.add_worksheet("Thông tin")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, title(figures), styles["title"])
    for at, (label, value) in enumerate(_facts_about(figures), start=2):
        sheet.write_string(at, 0, label, styles["bold"])
        if isinstance(value, int):
            sheet.write_number(at, 1, value, styles["figure"])
        else:
            sheet.write_string(at, 1, plain(value), styles["wrapped"])
    _print_setup(sheet, 0)


def _facts_about(figures: PayableList) -> list[tuple[str, str | int]]:
    rows: list[tuple[str, str | int]] = [
        ("Đơn vị", figures.heading.issuer or "(chưa ghi)"),
        ("Năm học", year_vi(figures.year)),
        ("Số người học trong danh sách", figures.learners),
        ("Dữ liệu biết đến ngày", day_vi(figures.known) if figures.known else "toàn bộ dữ liệu đã nhận"),
        ("Ngày lập", day_vi(figures.on) if figures.on else "(chưa ghi)"),
        ("Tệp nguồn", figures.file.name if figures.file else "(không có)"),
        ("SHA-256 của tệp nguồn", figures.file.sha256 if figures.file else "(không có)"),
        ("Tổng số tiền (đồng)", figures.total_vnd),
        ("Bằng chữ", f"{in_words_vi(figures.total_vnd)} đồng".capitalize()),
        ("Tổng số gạo (kg)", figures.total_kg),
    ]
    for total in figures.totals:
        counts = f"{total.yes} được hưởng, {total.no} không được hưởng, {total.cannot_say} chưa đủ căn cứ"
        rows.append((total.benefit.vi, counts))
    rows += [
        ("Văn bản áp dụng", f"{d.name_vi} ngày {day_vi(d.issued)}: {d.title_vi} (hiệu lực {day_vi(d.since)})")
        for d in figures.documents
    ]
    rows += [
        (f"Căn cứ chưa được kiểm chứng ({number})", doubt.vi) for number, doubt in enumerate(figures.doubts, start=1)
    ]
    return rows
