"""The receipt a family signs for one payment in cash: one page a child, the amount in figures and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.core.money import format_whole, in_words_vi
from ansinh.core.orders import Order
from ansinh.reports import cash_list
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import plain

KIND, SYMBOL = "GIẤY NHẬN TIỀN", "GNT"
DOTS = "…" * 20
TEMPLATE = Path(__file__).with_name("cash_receipt.docx")


@dataclass(frozen=True)
class Receipts:
    """One receipt for each order paid in cash. about: what the money is for."""

    heading: Heading
    about: str
    orders: tuple[Order, ...]
    on: date | None


def figures(orders: Iterable[Order], *, about: str, heading: Heading | None = None, on: date | None = None) -> Receipts:
    """The receipts of the orders that stand on the cash list, in its order."""
    found = cash_list.figures(orders, about=about, heading=heading, on=on)
    return Receipts(found.heading, found.about, found.orders, on)


def _template() -> bytes:
    """The empty receipt, built from the measures of Decree 30/2020."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.enum.text import WD_BREAK
    from docx.shared import Mm, Pt

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=False)
    official.without_page_numbers(paper)
    official.control(paper, "{%p for child in children %}")
    official.control(paper, "{%p if not loop.first %}")
    turn = paper.add_paragraph()
    turn.paragraph_format.line_spacing = Pt(1)
    turn.add_run().add_break(WD_BREAK.PAGE)
    official.control(paper, "{%p endif %}")
    official.head(paper, SYMBOL)
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.body(paper, f"Họ và tên người nhận: {DOTS}")
    official.body(paper, f"Là {DOTS} của em {{{{ child.name }}}}{{{{ child.class_name }}}}.")
    official.body(paper, "Đã nhận của {{ payer }} số tiền: {{ child.amount }} đồng.")
    official.body(paper, "Bằng chữ: {{ child.words }} đồng.")
    official.body(paper, "Nội dung: {{ purpose }}.")
    official.body(paper, "Mã lệnh chi: {{ child.reference }}.")
    official.body(paper, "Ngày nhận: …… / …… / …………").paragraph_format.keep_with_next = True
    feet = official.borderless(paper, (Mm(82), Mm(83)))
    for cell, post in zip(feet.rows[0].cells, ("Người nhận tiền", "Người giao tiền"), strict=True):
        official.put(cell.paragraphs[0], post, 14, bold=True, align=ALIGN.CENTER)
        cell.paragraphs[0].paragraph_format.space_before = Pt(10)
        official.put(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", 12, italic=True, align=ALIGN.CENTER)
        for _ in range(4):
            official.put(cell.add_paragraph(), "", 14)
    official.keep_whole(feet)
    official.control(paper, "{%p endfor %}")
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def _write_docx(found: Receipts) -> bytes:
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    filled = DocxTemplate(TEMPLATE)
    about = "Nhận tiền hỗ trợ bằng tiền mặt"
    context = {
        **cash_list.head_words(found.heading, found.on),
        "about": about,
        "purpose": found.about,
        "payer": plain(found.heading.issuer) or DOTS,
        "children": [_child(order) for order in found.orders],
    }
    filled.render(context, autoescape=True)
    official.fit_lines(filled.docx, issuer=str(context["issuer"]), about=about)
    return official.sealed(
        filled.docx, title=f"{KIND} – {found.about}", author=plain(found.heading.issuer), on=found.on
    )


def _child(order: Order) -> dict[str, Any]:
    return {
        "name": plain(order.name),
        "class_name": f", lớp {plain(order.class_name)}" if order.class_name else "",
        "amount": format_whole(order.amount_vnd),
        "words": in_words_vi(order.amount_vnd).capitalize(),
        "reference": order.reference,
    }


REPORT = Report(
    name="cash_receipt",
    vi="Giấy nhận tiền",
    en="Receipt for cash",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
