"""The blank workbook people download: headings in Vietnamese, drop-downs, a guide in both languages, one made-up example row."""

from __future__ import annotations

import io
import math
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ansinh.sheets._template import GUIDE_SHEET, LISTS_SHEET, CellKind, Column, Template
from ansinh.sheets._text import letter
from ansinh.sheets._values import DAY_FROM, DAY_TO

ROWS_READY = 2_000  # Rows that carry drop-downs and formats; more may be typed below, only without them.
TITLE_ROW, HINT_ROW, GROUP_ROW, HEADING_ROW, EXAMPLE_ROW = range(5)
_ONE_PAGE = 320  # Widths of all columns together that can still be read on a page of A4 lying down.
_INK, _BRAND, _BAND, _SOFT, _LINE = "#1F2933", "#9B1C1C", "#F3E9DC", "#FBF8F3", "#C9BFB0"
_MADE_ON = datetime(2026, 1, 1)  # noqa: DTZ001  A fixed day, so that the same template gives the same bytes.


def filled(
    template: Template,
    rows: tuple[dict[str, object], ...] | list[dict[str, object]],
    header: dict[str, object],
) -> bytes:
    """The workbook as .xlsx bytes: the table, the sheet about the whole list, the guide, and the lists behind the drop-downs.

    rows, header: what to write in, by column name: texts as people type them, dates as days. Empty for the blank workbook.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": f"{template.vi} / {template.en}", "created": _MADE_ON})
        styles = _styles(book)
        table = book.add_worksheet(template.sheet)
        about = book.add_worksheet(template.header_sheet) if template.header_columns else None
        guide = book.add_worksheet(GUIDE_SHEET)
        lists = book.add_worksheet(LISTS_SHEET)
        ranges = _lists(lists, (*template.columns, *template.header_columns), styles)
        _table(table, template, styles, ranges)
        _rows(table, template, rows, styles)
        if about is not None:
            _header(about, template, styles, ranges, header)
        _guide(guide, template, styles)
        table.activate()
    return buffer.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    base: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11, "font_color": _INK, "valign": "vcenter"}
    box: dict[str, object] = {"border": 1, "border_color": _LINE}
    made: dict[str, dict[str, object]] = {
        "title": {"font_size": 16, "bold": True, "font_color": _BRAND},
        "hint": {"italic": True},
        "group": {**box, "bold": True, "align": "center", "bg_color": _BRAND, "font_color": "#FFFFFF"},
        "heading": {**box, "bold": True, "align": "center", "text_wrap": True, "bg_color": _BAND},
        "example": {**box, "italic": True, "font_color": "#6B5E4B", "bg_color": _SOFT},
        "text": {"num_format": "@", "text_wrap": True},
        "date": {"num_format": "dd/mm/yyyy", "align": "center"},
        "plain": {"text_wrap": True},
        "label": {**box, "bold": True, "bg_color": _BAND, "text_wrap": True},
        "field": {**box, "text_wrap": True},
        "field date": {**box, "num_format": "dd/mm/yyyy", "align": "left"},
        "wrap": {"text_wrap": True, "valign": "top"},
        "cell": {**box, "text_wrap": True, "valign": "top"},
    }
    # A conditional format may carry lines only: a font of its own would be an error in Excel.
    return {"lined": book.add_format(box)} | {name: book.add_format({**base, **extra}) for name, extra in made.items()}


def _lists(sheet: Worksheet, columns: tuple[Column, ...], styles: dict[str, Format]) -> dict[str, str]:
    """Write each drop-down's values in a column of the hidden sheet; column name → the range that holds them."""
    ranges: dict[str, str] = {}
    known: dict[tuple[str, ...], str] = {}
    for column in columns:
        words = tuple(choice.vi for choice in column.listed)
        if not words:
            continue
        if words not in known:
            place = len(known)
            sheet.write_string(0, place, column.vi, styles["heading"])
            sheet.write_column(1, place, words, styles["plain"])
            known[words] = f"='{LISTS_SHEET}'!${letter(place)}$2:${letter(place)}${len(words) + 1}"
        ranges[column.name] = known[words]
    sheet.set_column(0, len(known), 30)
    sheet.hide()
    return ranges


def _table(sheet: Worksheet, template: Template, styles: dict[str, Format], ranges: dict[str, str]) -> None:
    sheet.write_string(TITLE_ROW, 0, template.vi.upper(), styles["title"])
    sheet.write_string(
        HINT_ROW,
        0,
        f"Cột có dấu * là bắt buộc. Để trống nghĩa là chưa biết. Xem trang “{GUIDE_SHEET}”.",
        styles["hint"],
    )
    sheet.set_row(TITLE_ROW, 26)
    sheet.set_row(GROUP_ROW, 20)
    sheet.set_row(HEADING_ROW, 66)
    _groups(sheet, template.columns, styles)
    for position, column in enumerate(template.columns):
        sheet.set_column(position, position, column.width, _style(column, styles))
        sheet.write_string(HEADING_ROW, position, column.vi + (" *" if column.required else ""), styles["heading"])
        sheet.write_string(EXAMPLE_ROW, position, column.example, styles["example"])
        _validate(sheet, EXAMPLE_ROW + 1, EXAMPLE_ROW + ROWS_READY, position, column, ranges)
    # Lines are drawn round the rows that hold somebody, so that an empty template prints no empty boxes.
    last = EXAMPLE_ROW + ROWS_READY
    key = [column.name for column in template.columns].index(template.key_column)
    filled_row = {"type": "formula", "criteria": f'=${letter(key)}{EXAMPLE_ROW + 2}<>""', "format": styles["lined"]}
    sheet.conditional_format(EXAMPLE_ROW + 1, 0, last, len(template.columns) - 1, filled_row)
    sheet.freeze_panes(HEADING_ROW + 1, key + 1)
    sheet.set_landscape()
    wide = sum(column.width for column in template.columns) > _ONE_PAGE
    sheet.set_paper(8 if wide else 9)  # A3, on two pages side by side, for what cannot be read on one of A4.
    sheet.fit_to_pages(2 if wide else 1, 0)
    sheet.repeat_rows(GROUP_ROW, HEADING_ROW)
    sheet.repeat_columns(0, key)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&L&A&RTrang &P/&N")


def _style(column: Column, styles: dict[str, Format]) -> Format:
    """Codes and names are kept as typed; days are days; the rest is left to Excel."""
    if column.kind is CellKind.DATE:
        return styles["date"]
    kept = (CellKind.IDENTIFIER, CellKind.IDENTITY, CellKind.TEXT, CellKind.NAME)
    return styles["text" if column.kind in kept else "plain"]


def _groups(sheet: Worksheet, columns: tuple[Column, ...], styles: dict[str, Format]) -> None:
    start = 0
    while start < len(columns):
        end = start
        while end + 1 < len(columns) and columns[end + 1].group == columns[start].group:
            end += 1
        if end > start:
            sheet.merge_range(GROUP_ROW, start, GROUP_ROW, end, columns[start].group[0], styles["group"])
        else:
            sheet.write_string(GROUP_ROW, start, columns[start].group[0], styles["group"])
        start = end + 1


def _validate(sheet: Worksheet, first: int, last: int, position: int, column: Column, ranges: dict[str, str]) -> None:
    """A drop-down, or a day in range; a short hint shows when the cell is chosen."""
    hint = {"input_title": column.vi[:32], "input_message": column.guide_vi[:255]} if column.guide_vi else {}
    if column.name in ranges:
        sheet.data_validation(
            first,
            position,
            last,
            position,
            {
                "validate": "list",
                "source": ranges[column.name],
                "error_title": "Không có trong danh mục",
                "error_message": "Hãy chọn một giá trị trong danh mục thả xuống.",
                **hint,
            },
        )
    elif column.kind is CellKind.DATE:
        sheet.data_validation(
            first,
            position,
            last,
            position,
            {
                "validate": "date",
                "criteria": "between",
                "minimum": DAY_FROM,
                "maximum": DAY_TO,
                "error_title": "Không phải ngày",
                "error_message": "Hãy viết ngày/tháng/năm, ví dụ 05/09/2016.",
                "error_type": "warning",
                **hint,
            },
        )
    elif hint:
        sheet.data_validation(first, position, last, position, {"validate": "any", **hint})


def _rows(
    sheet: Worksheet,
    template: Template,
    rows: tuple[dict[str, object], ...] | list[dict[str, object]],
    styles: dict[str, Format],
) -> None:
    for number, row in enumerate(rows, start=EXAMPLE_ROW + 1):
        texts = [(value, column.width) for column in template.columns if isinstance(value := row.get(column.name), str)]
        sheet.set_row(number, _height(*texts))
        for position, column in enumerate(template.columns):
            value = row.get(column.name)
            if value is not None:
                _put(sheet, number, position, value, _style(column, styles))


def _put(sheet: Worksheet, row: int, position: int, value: object, style: Format) -> None:
    """A value as its kind stands in a cell: days as days, numbers as numbers, codes and the rest as text."""
    if isinstance(value, date):
        sheet.write_datetime(row, position, value, style)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, position, value, style)
    else:
        sheet.write_string(row, position, "" if value is None else str(value), style)


def _height(*cells: tuple[str, int]) -> float:
    """The height in points for texts in columns of these widths: not every program fits rows to wrapped text by itself."""
    lines = [sum(max(1, math.ceil(len(line) / (width * 1.1))) for line in text.split("\n")) for text, width in cells]
    return 15.0 * max(lines, default=1) + 3


def _header(
    sheet: Worksheet, template: Template, styles: dict[str, Format], ranges: dict[str, str], header: dict[str, object]
) -> None:
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, template.header_sheet.upper(), styles["title"])
    for row, column in enumerate(template.header_columns, start=2):
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, column.vi, styles["label"])
        style = styles["field date" if column.kind is CellKind.DATE else "field"]
        _put(sheet, row, 1, header.get(column.name, ""), style)
        _validate(sheet, row, row, 1, column, ranges)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _guide(sheet: Worksheet, template: Template, styles: dict[str, Format]) -> None:
    """First the few rules, then every column with what it takes; Vietnamese on the left, English on the right."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 58)
    sheet.set_column(3, 3, 48)
    sheet.write_string(0, 0, "HƯỚNG DẪN / GUIDE", styles["title"])
    row = 2
    for vi, en in zip(template.intro_vi, template.intro_en, strict=True):
        sheet.set_row(row, _height((vi, 58), (en, 58)))
        sheet.write_string(row, 1, vi, styles["wrap"])
        sheet.write_string(row, 2, en, styles["wrap"])
        row += 1
    row += 1
    for position, words in enumerate(("Cột / Column", "Cách ghi", "How to fill in", "Giá trị / Values")):
        sheet.write_string(row, position, words, styles["heading"])
    for column in (*template.columns, *template.header_columns):
        row += 1
        sheet.write_string(row, 0, f"{column.vi}{' *' if column.required else ''}\n{column.en}", styles["cell"])
        sheet.write_string(row, 1, column.guide_vi, styles["cell"])
        sheet.write_string(row, 2, column.guide_en, styles["cell"])
        some = column.listed if len(column.listed) <= 12 else column.listed[:6]
        values = "\n".join(choice.vi for choice in some) + ("\n…" if len(some) < len(column.listed) else "")
        sheet.write_string(row, 3, values, styles["cell"])
        sheet.set_row(
            row,
            _height((f"{column.vi} *\n{column.en}", 34), (column.guide_vi, 58), (column.guide_en, 58), (values, 48)),
        )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
