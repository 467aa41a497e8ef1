"""The receipt for what a person gave to the fund of gratitude, one a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ansinh.core.money import format_whole, in_words_vi
from ansinh.reports import _gratitude_pages as paged
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import plain

KIND, SYMBOL = "PHIẾU THU", "PT"
HANDS = ("Người nộp tiền", "Thủ quỹ", "Thủ trưởng đơn vị")


@dataclass(frozen=True)
class Receipt:
    """What one person paid."""

    number: int
    on: date
    name: str
    post: str
    amount_vnd: int


def figures(*, receipts: Iterable[Receipt], campaign: str, year: int, heading: Heading | None = None) -> paged.Pages:
    """The receipts of a unit."""
    about = f"Đóng góp Quỹ “Đền ơn đáp nghĩa” năm {year}"
    kept = heading or Heading()
    return paged.pages(
        kept,
        about,
        (
            paged.Page(
                f"{one.number:03d}",
                one.on,
                (
                    f"Họ và tên người nộp tiền: {one.name}.",
                    f"Chức vụ: {one.post or paged.DOTS}. Đơn vị: {plain(kept.issuer) or paged.DOTS}.",
                    f"Lý do nộp: tự nguyện đóng góp theo {campaign}.",
                    f"Số tiền: {format_whole(one.amount_vnd)} đồng.",
                    f"(Bằng chữ: {in_words_vi(one.amount_vnd).capitalize()} đồng.)",
                ),
                one.name,
            )
            for one in receipts
        ),
    )


def _template() -> bytes:
    return paged.template(KIND, SYMBOL, HANDS)


def _write_docx(found: paged.Pages) -> bytes:
    return paged.write(found, KIND, Path(__file__).with_name("gratitude_receipt.docx"))


REPORT = Report(
    name="gratitude_receipt",
    vi="Phiếu thu Quỹ Đền ơn đáp nghĩa",
    en="Receipt of the fund of gratitude",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
