"""Papers of the fund of gratitude that come one a page: receipts, remittance slips, letters of thanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.reports._report import Heading
from ansinh.reports._text import day_long_vi, plain

DOTS = "…………"


@dataclass(frozen=True)
class Page:
    """One paper: its number (empty: to be filled in by hand), day and sentences. first_hand: who signs in the first box."""

    number: str
    on: date | None
    sentences: tuple[str, ...]
    first_hand: str = ""


@dataclass(frozen=True)
class Pages:
    """Papers of one kind from one unit, about one thing."""

    heading: Heading
    about: str
    pages: tuple[Page, ...]


def template(kind: str, symbol: str, hands: Sequence[str] = ()) -> bytes:
    """The empty paper. hands: who signs beside each other; none: the foot of a letter, signed by the head of the unit."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.enum.text import WD_BREAK
    from docx.shared import Length, Mm, Pt

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=False)
    official.without_page_numbers(paper)
    official.control(paper, "{%p for page in pages %}")
    official.control(paper, "{%p if not loop.first %}")
    turn = paper.add_paragraph()
    turn.paragraph_format.line_spacing = Pt(1)
    turn.add_run().add_break(WD_BREAK.PAGE)
    official.control(paper, "{%p endif %}")
    official.head(paper, symbol, of="page.")
    official.name_of_paper(paper, kind, "{{ about }}")
    official.control(paper, "{%p for sentence in page.sentences %}")
    official.body(paper, "{{ sentence }}")
    official.control(paper, "{%p endfor %}")
    if hands:
        official.put(paper.add_paragraph(), "", 14)
        table = official.borderless(paper, [Length(Mm(165) // len(hands))] * len(hands))
        for place, (cell, hand) in enumerate(zip(table.rows[0].cells, hands, strict=True)):
            official.put(cell.paragraphs[0], hand, 12, bold=True, align=ALIGN.CENTER)
            official.put(cell.add_paragraph(), "(Ký, họ tên)", 11, italic=True, align=ALIGN.CENTER)
            for _ in range(4):
                official.put(cell.add_paragraph(), "", 12)
            name = "{{ page.first_hand }}" if place == 0 else "{{ page.signer }}" if place == len(hands) - 1 else ""
            official.put(cell.add_paragraph(), name, 12, bold=True, align=ALIGN.CENTER)
        official.keep_whole(table)
    else:
        official.foot(paper, of="page.")
    official.control(paper, "{%p endfor %}")
    return official.sealed(paper, title=f"{kind} (mẫu)", author="An Sinh", on=None)


def write(found: Pages, kind: str, empty: Path) -> bytes:
    """The bytes of the filled-in papers."""
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    filled = DocxTemplate(empty)
    pages = [_shown(page, found.heading) for page in found.pages]
    filled.render({"about": plain(found.about), "pages": pages}, autoescape=True)
    official.fit_lines(filled.docx, issuer=plain(found.heading.issuer).upper() or DOTS, about=plain(found.about))
    on = max((page.on for page in found.pages if page.on), default=None)
    title = f"{kind} – {plain(found.about)}"
    return official.sealed(filled.docx, title=title, author=plain(found.heading.issuer), on=on)


def _shown(page: Page, heading: Heading) -> dict[str, Any]:
    return {
        "superior": plain(heading.superior).upper() or DOTS,
        "issuer": plain(heading.issuer).upper() or DOTS,
        "number": plain(page.number) or "……",
        "symbol": plain(heading.symbol) or "……",
        "place": plain(heading.place) or DOTS,
        "day": day_long_vi(page.on) if page.on else "ngày …… tháng …… năm ……",
        "sentences": [plain(one) for one in page.sentences],
        "first_hand": plain(page.first_hand),
        "recipients": ["Như trên"],
        "post": plain(heading.post),
        "signer": plain(heading.signer),
    }


def pages(heading: Heading, about: str, found: Iterable[Page]) -> Pages:
    return Pages(heading, about, tuple(found))
