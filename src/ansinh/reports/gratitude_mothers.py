"""The list of Heroic Mothers with those who care for them, in the official layout. It names people and is not for publishing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ansinh.core.money import format_whole
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import day_long_vi, day_vi, plain

KIND, SYMBOL = "BÁO CÁO", "BC"  # A list is no kind of paper of its own; it is sent up as a report.
DOTS = "…………"
TEMPLATE = Path(__file__).with_name("gratitude_mothers.docx")
CYCLES = {1: "mỗi tháng", 3: "ba tháng", 6: "sáu tháng", 12: "mỗi năm"}


@dataclass(frozen=True)
class Sponsor:
    """Who cares for a Mother, with how much every so many months, since when."""

    name: str
    amount_vnd: int
    cycle_months: int
    since: date


@dataclass(frozen=True)
class Line:
    """A Mother with the sponsors whose commitment holds; missing_vnd: what was promised and did not come in time."""

    name: str
    birth_year: int
    commune: str
    died_on: date | None
    sponsors: tuple[Sponsor, ...]
    missing_vnd: int


@dataclass(frozen=True)
class Mothers:
    """The list as it was seen on a day."""

    lines: tuple[Line, ...]
    on: date | None
    heading: Heading

    @property
    def living(self) -> int:
        return sum(line.died_on is None for line in self.lines)

    @property
    def sponsored(self) -> int:
        return sum(line.died_on is None and bool(line.sponsors) for line in self.lines)


def figures(*, lines: Iterable[Line], on: date | None = None, heading: Heading | None = None) -> Mothers:
    """The list of these Mothers, in the order given."""
    return Mothers(tuple(lines), on, heading or Heading(issuer="Sở Giáo dục và Đào tạo", post="GIÁM ĐỐC"))


def _template() -> bytes:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=True)
    official.head(paper, SYMBOL)
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.body(paper, "{{ opening }}")
    widths = tuple(Mm(width) for width in (12, 50, 17, 40, 73, 34, 26))
    heads = ("STT", "Họ và tên", "Năm sinh", "Xã, phường", "Đơn vị phụng dưỡng", "Mức (đồng)", "Ghi chú")
    table = official.grid(paper, heads, widths)
    cells = (
        ("{{ loop.index }}", ALIGN.CENTER), ("{{ line.name }}", ALIGN.LEFT), ("{{ line.birth_year }}", ALIGN.CENTER),
        ("{{ line.commune }}", ALIGN.LEFT), ("{{ line.sponsors }}", ALIGN.LEFT), ("{{ line.amounts }}", ALIGN.RIGHT),
        ("{{ line.note }}", ALIGN.LEFT),
    )  # fmt: skip
    official.grid_rows(table, "line in lines", cells, widths)
    official.body(paper, "{{ closing }}").paragraph_format.keep_with_next = True
    official.foot(paper)
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def _write_docx(found: Mothers) -> bytes:
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    heading = found.heading
    about = "Danh sách Mẹ Việt Nam anh hùng và đơn vị phụng dưỡng"
    filled = DocxTemplate(TEMPLATE)
    issuer = plain(heading.issuer).upper() or DOTS
    context = {
        "superior": plain(heading.superior).upper() or DOTS,
        "issuer": issuer,
        "number": "……",
        "symbol": plain(heading.symbol) or "……",
        "place": plain(heading.place) or DOTS,
        "day": day_long_vi(found.on) if found.on else "ngày …… tháng …… năm ……",
        "about": about,
        "opening": _opening(found),
        "lines": [_shown(line) for line in found.lines],
        "closing": "Danh sách có tên người, chỉ dùng trong công việc; không công khai khi gia đình chưa đồng ý./.",
        "recipients": [plain(one) for one in heading.recipients] or [DOTS],
        "post": plain(heading.post),
        "signer": plain(heading.signer),
    }
    filled.render(context, autoescape=True)
    official.fit_lines(filled.docx, issuer=issuer, about=about)
    return official.sealed(filled.docx, title=f"{KIND} – {about}", author=plain(heading.issuer), on=found.on)


def _opening(found: Mothers) -> str:
    when = f" tính đến {day_long_vi(found.on)}" if found.on else ""
    return (
        f"Danh sách{when} có {format_whole(len(found.lines))} Mẹ Việt Nam anh hùng, trong đó {format_whole(found.living)} "
        f"Mẹ còn sống; {format_whole(found.sponsored)} trên {format_whole(found.living)} Mẹ còn sống có đơn vị phụng dưỡng."
    )


def _shown(line: Line) -> dict[str, str]:
    note = f"Từ trần {day_vi(line.died_on)}" if line.died_on else ""
    if line.missing_vnd:
        note = "; ".join(filter(None, [note, f"Chậm trao {format_whole(line.missing_vnd)} đồng"]))
    return {
        "name": plain(line.name),
        "birth_year": str(line.birth_year),
        "commune": plain(line.commune),
        "sponsors": "; ".join(f"{plain(one.name)} (từ {day_vi(one.since)})" for one in line.sponsors) or "–",
        "amounts": "; ".join(f"{format_whole(one.amount_vnd)}, {CYCLES[one.cycle_months]}" for one in line.sponsors),
        "note": note,
    }


REPORT = Report(
    name="gratitude_mothers",
    vi="Danh sách Mẹ Việt Nam anh hùng và đơn vị phụng dưỡng",
    en="Heroic Mothers and their sponsors",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
