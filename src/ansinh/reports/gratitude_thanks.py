"""The letter in which a unit thanks each who gave to the fund of gratitude, one a page. It names no amount."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ansinh.reports import _gratitude_pages as paged
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import plain

KIND = "THƯ CẢM ƠN"


def figures(*, names: Iterable[str], year: int, on: date | None = None, heading: Heading | None = None) -> paged.Pages:
    """A letter to each of these people."""
    kept = heading or Heading()
    issuer = plain(kept.issuer) or "Nhà trường"
    return paged.pages(
        kept,
        f"Về việc đóng góp Quỹ “Đền ơn đáp nghĩa” năm {year}",
        (
            paged.Page(
                "",
                on,
                (
                    f"Kính gửi: Ông/Bà {name}.",
                    f"{issuer} trân trọng cảm ơn Ông/Bà đã tự nguyện đóng góp Quỹ “Đền ơn đáp nghĩa” năm {year}.",
                    (
                        "Số tiền đơn vị thu được đã và sẽ được nộp đầy đủ về Quỹ, và tổng số được công khai. Đóng góp của Ông/Bà "
                        "góp phần chăm sóc người có công với cách mạng, thương binh, gia đình liệt sĩ và Mẹ Việt Nam anh hùng."
                    ),
                    "Kính chúc Ông/Bà sức khỏe, hạnh phúc. Trân trọng./.",
                ),
            )
            for name in names
        ),
    )


def _template() -> bytes:
    return paged.template(KIND, "")


def _write_docx(found: paged.Pages) -> bytes:
    return paged.write(found, KIND, Path(__file__).with_name("gratitude_thanks.docx"))


REPORT = Report(
    name="gratitude_thanks",
    vi="Thư cảm ơn người đóng góp Quỹ Đền ơn đáp nghĩa",
    en="Letter of thanks to contributors",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
