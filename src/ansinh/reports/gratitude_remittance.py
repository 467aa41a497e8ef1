"""The slip with which a unit pays what it collected to the fund of gratitude."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ansinh.core.money import format_whole, in_words_vi
from ansinh.reports import _gratitude_pages as paged
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import plain

KIND, SYMBOL = "GIẤY NỘP TIỀN", "GNT"
HANDS = ("Người nộp tiền", "Kế toán", "Thủ trưởng đơn vị")


def figures(
    *, number: int, on: date, amount_vnd: int, fund: str, account: str, reference: str, contributors: int, year: int,
    heading: Heading | None = None,
) -> paged.Pages:  # fmt: skip
    """One remittance. contributors: how many people's money the unit has collected by then."""
    kept = heading or Heading()
    sentences = (
        f"Đơn vị nộp tiền: {plain(kept.issuer) or paged.DOTS}.",
        f"Đơn vị nhận tiền: {fund}.",
        f"Tài khoản tại Kho bạc Nhà nước: {account or paged.DOTS}.",
        (
            f"Nội dung: nộp tiền cán bộ, giáo viên, nhân viên tự nguyện đóng góp năm {year} "
            f"({format_whole(contributors)} người đã đóng góp)."
        ),
        f"Số tiền: {format_whole(amount_vnd)} đồng.",
        f"(Bằng chữ: {in_words_vi(amount_vnd).capitalize()} đồng.)",
        *([f"Số chứng từ: {reference}."] if reference else []),
    )
    page = paged.Page(f"{number:02d}", on, sentences)
    return paged.pages(kept, f"Nộp Quỹ “Đền ơn đáp nghĩa” năm {year}", [page])


def _template() -> bytes:
    return paged.template(KIND, SYMBOL, HANDS)


def _write_docx(found: paged.Pages) -> bytes:
    return paged.write(found, KIND, Path(__file__).with_name("gratitude_remittance.docx"))


REPORT = Report(
    name="gratitude_remittance",
    vi="Giấy nộp tiền Quỹ Đền ơn đáp nghĩa",
    en="Remittance to the fund of gratitude",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
