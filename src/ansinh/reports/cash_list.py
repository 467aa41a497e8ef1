"""The list on which families sign for cash: one line a child, its amount, and room for a name, a signature and a day."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ansinh.core.money import format_whole, in_words_vi
from ansinh.core.orders import Order, Way
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import day_long_vi, plain

KIND, SYMBOL = "BẢNG KÊ", "BK"
DOTS = "…………"
TEMPLATE = Path(__file__).with_name("cash_list.docx")
HEADINGS = (
    "STT",
    "Họ và tên người học",
    "Lớp",
    "Mã lệnh chi",
    "Số tiền (đồng)",
    "Người nhận (ghi rõ họ tên)",
    "Ký nhận",
    "Ngày nhận",
)
SIGNERS = ("Người lập", "Thủ quỹ", "Kế toán trưởng")
_WIDTHS = (12, 52, 16, 42, 30, 46, 32, 22)


@dataclass(frozen=True)
class CashList:
    """The orders paid in cash that nobody has signed for yet. about: what the money is for."""

    heading: Heading
    about: str
    orders: tuple[Order, ...]
    on: date | None

    @property
    def total_vnd(self) -> int:
        return sum(order.amount_vnd for order in self.orders)

    @property
    def words(self) -> str:
        return f"{in_words_vi(self.total_vnd).capitalize()} đồng"


def figures(orders: Iterable[Order], *, about: str, heading: Heading | None = None, on: date | None = None) -> CashList:
    """The cash list of some orders, in their order; those into accounts, signed for or kept back whole are left out."""
    open_ = (Way.TO_SEND, Way.SENT)
    kept = tuple(one for one in orders if one.pay_to is None and one.amount_vnd > 0 and one.way in open_)
    return CashList(heading or Heading(), plain(about), kept, on)


def _cells(order: Order, number: int) -> tuple[str | int, ...]:
    return number, plain(order.name), plain(order.class_name), order.reference, order.amount_vnd, "", "", ""


def _template() -> bytes:
    """The empty list, built from the measures of Decree 30/2020."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Length, Mm, Pt

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=True)
    official.head(paper, SYMBOL)
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.body(paper, "{{ opening }}")
    widths = tuple(Mm(width) for width in _WIDTHS)
    table = official.grid(paper, HEADINGS, widths)
    cells = [
        ("{{ loop.index }}", ALIGN.CENTER),
        ("{{ line.name }}", ALIGN.LEFT),
        ("{{ line.class_name }}", ALIGN.CENTER),
        ("{{ line.reference }}", ALIGN.CENTER),
        ("{{ line.amount }}", ALIGN.RIGHT),
        *[("", ALIGN.LEFT)] * 3,
    ]
    official.grid_rows(table, "line in lines", cells, widths)
    blank = ("", ALIGN.LEFT)
    total = (blank, ("Cộng", ALIGN.LEFT), blank, blank, ("{{ total }}", ALIGN.RIGHT), blank, blank, blank)
    official.grid_row(table, total, bold=True)
    official.body(paper, "{{ words }}").paragraph_format.keep_with_next = True
    quarter = Length(sum(widths) // 4)
    feet = official.borderless(paper, (quarter,) * 4)
    for cell, post in zip(feet.rows[0].cells, (*SIGNERS, "{{ post }}"), strict=True):
        official.put(cell.paragraphs[0], post, 13, bold=True, align=ALIGN.CENTER)
        cell.paragraphs[0].paragraph_format.space_before = Pt(10)
        official.put(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", 12, italic=True, align=ALIGN.CENTER)
        for _ in range(4):
            official.put(cell.add_paragraph(), "", 13)
        signer = "{{ signer }}" if post.startswith("{{") else ""
        official.put(cell.add_paragraph(), signer, 13, bold=True, align=ALIGN.CENTER)
    official.keep_whole(feet)
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def head_words(heading: Heading, on: date | None) -> dict[str, str]:
    """What stands at the head of a paper of money, with dots where nothing is known."""
    return {
        "superior": plain(heading.superior).upper() or DOTS,
        "issuer": plain(heading.issuer).upper() or DOTS,
        "number": "……",
        "symbol": plain(heading.symbol) or "……",
        "place": plain(heading.place) or DOTS,
        "day": day_long_vi(on) if on else "ngày …… tháng …… năm ……",
        "post": plain(heading.post),
        "signer": plain(heading.signer),
    }


def _write_docx(found: CashList) -> bytes:
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    filled = DocxTemplate(TEMPLATE)
    about = f"Chi tiền mặt: {found.about}"
    context: dict[str, Any] = {
        **head_words(found.heading, found.on),
        "about": about,
        "opening": f"Số người học nhận tiền mặt: {format_whole(len(found.orders))}.",
        "lines": [
            {
                "name": plain(order.name),
                "class_name": plain(order.class_name),
                "reference": order.reference,
                "amount": format_whole(order.amount_vnd),
            }
            for order in found.orders
        ],
        "total": format_whole(found.total_vnd),
        "words": f"Tổng số tiền: {format_whole(found.total_vnd)} đồng (Bằng chữ: {found.words}).",
    }
    filled.render(context, autoescape=True)
    official.fit_lines(filled.docx, issuer=context["issuer"], about=about)
    return official.sealed(filled.docx, title=f"{KIND} – {about}", author=plain(found.heading.issuer), on=found.on)


def _write_xlsx(found: CashList) -> bytes:
    """The same as a workbook, each line high enough to sign on; every text is written as text."""
    import xlsxwriter

    memory = io.BytesIO()
    made = (
        datetime(found.on.year, found.on.month, found.on.day, tzinfo=UTC)
        if found.on
        else datetime(2000, 1, 1, tzinfo=UTC)
    )
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties(
            {"title": f"{KIND} – {found.about}", "author": plain(found.heading.issuer), "created": made}
        )
        face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
        text, bold = (book.add_format({**face, "border": 1, "bold": strong}) for strong in (False, True))
        money, total = (book.add_format({**face, "border": 1, "bold": b, "num_format": "#,##0"}) for b in (False, True))
        title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        page = book.add_worksheet("Ký nhận")
        page.write_string(0, 0, f"{KIND} CHI TIỀN MẶT: {found.about}", title)
        page.write_string(1, 0, plain(found.heading.issuer))
        for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            page.set_column(place, place, width / 2)
            page.write_string(2, place, heading, bold)
        rows = [_cells(order, number) for number, order in enumerate(found.orders, start=1)]
        for at, row in enumerate(rows, start=3):
            page.set_row(at, 30)
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(at, place, cell, money)
                else:
                    page.write_string(at, place, cell, text)
        last = 3 + len(rows)
        for place in range(len(HEADINGS)):
            page.write_string(last, place, "Cộng" if place == 1 else "", bold)
        page.write_number(last, 4, found.total_vnd, total)
        page.write_string(last + 1, 0, f"Bằng chữ: {found.words}.")
        for place, post in zip((1, 3, 5), SIGNERS, strict=True):
            page.write_string(last + 3, place, post)
        page.write_string(last + 3, 7, plain(found.heading.post))
        page.freeze_panes(3, 2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
    return memory.getvalue()


REPORT = Report(
    name="cash_list",
    vi="Bảng kê chi tiền mặt có ký nhận",
    en="Cash list with signatures",
    figures=figures,
    forms=on_paper(_write_docx, xlsx=_write_xlsx),
    template=_template,
)
