"""The list of a unit's contributors to the fund of gratitude, to be signed by each. Who does not give is not on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ansinh.core.money import format_whole, in_words_vi
from ansinh.reports._report import Heading, Report, on_paper
from ansinh.reports._text import day_long_vi, plain

KIND, SYMBOL = "BÁO CÁO", "BC"  # A list is no kind of paper of its own; it is sent up as a report.
DOTS = "…………"
TEMPLATE = Path(__file__).with_name("gratitude_list.docx")


@dataclass(frozen=True)
class Line:
    """Who gives how much; coefficient: as it is written, empty where it is not known."""

    name: str
    post: str
    coefficient: str
    amount_vnd: int


@dataclass(frozen=True)
class Contributors:
    """The list of a unit."""

    year: int
    how: str
    lines: tuple[Line, ...]
    on: date | None
    heading: Heading

    @property
    def total_vnd(self) -> int:
        return sum(line.amount_vnd for line in self.lines)


def figures(
    *, lines: Iterable[Line], year: int, how: str, on: date | None = None, heading: Heading | None = None
) -> Contributors:
    """how: in words, the way in which one day's wage was reckoned."""
    return Contributors(year, how, tuple(lines), on, heading or Heading())


def _template() -> bytes:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=False)
    official.head(paper, SYMBOL)
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.body(paper, "{{ opening }}")
    widths = tuple(Mm(width) for width in (12, 50, 37, 18, 27, 21))
    table = official.grid(paper, ("STT", "Họ và tên", "Chức vụ", "Hệ số", "Số tiền (đồng)", "Ký nhận"), widths)
    cells = (
        ("{{ loop.index }}", ALIGN.CENTER), ("{{ line.name }}", ALIGN.LEFT), ("{{ line.post }}", ALIGN.LEFT),
        ("{{ line.coefficient }}", ALIGN.CENTER), ("{{ line.amount }}", ALIGN.RIGHT), ("", ALIGN.CENTER),
    )  # fmt: skip
    official.grid_rows(table, "line in lines", cells, widths)
    blank = ("", ALIGN.LEFT)
    official.grid_row(
        table, (blank, ("Cộng", ALIGN.LEFT), blank, blank, ("{{ total }}", ALIGN.RIGHT), blank), bold=True
    )
    official.body(paper, "{{ sum }}").paragraph_format.keep_with_next = True
    official.body(paper, "{{ how }}", italic=True).paragraph_format.keep_with_next = True
    official.foot(paper)
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def _write_docx(found: Contributors) -> bytes:
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    heading = found.heading
    about = f"Danh sách cán bộ, giáo viên, nhân viên đóng góp Quỹ “Đền ơn đáp nghĩa” năm {found.year}"
    issuer = plain(heading.issuer).upper() or DOTS
    count = format_whole(len(found.lines))
    context = {
        "superior": plain(heading.superior).upper() or DOTS,
        "issuer": issuer,
        "number": "……",
        "symbol": plain(heading.symbol) or "……",
        "place": plain(heading.place) or DOTS,
        "day": day_long_vi(found.on) if found.on else "ngày …… tháng …… năm ……",
        "about": about,
        "opening": f"{plain(heading.issuer) or 'Đơn vị'} báo cáo danh sách {count} người tự nguyện đóng góp như sau:",
        "lines": [
            {"name": plain(one.name), "post": plain(one.post), "coefficient": one.coefficient,
             "amount": format_whole(one.amount_vnd)}
            for one in found.lines
        ],
        "total": format_whole(found.total_vnd),
        "sum": f"Tổng số tiền: {format_whole(found.total_vnd)} đồng "
        f"(Bằng chữ: {in_words_vi(found.total_vnd).capitalize()} đồng)./.",
        "how": f"Một ngày lương để tham khảo: {plain(found.how)}. Mỗi người tự chọn mức đóng góp của mình.",
        "recipients": [plain(one) for one in heading.recipients] or ["Ban Quản lý Quỹ"],
        "post": plain(heading.post),
        "signer": plain(heading.signer),
    }  # fmt: skip
    filled = DocxTemplate(TEMPLATE)
    filled.render(context, autoescape=True)
    official.fit_lines(filled.docx, issuer=issuer, about=about)
    return official.sealed(filled.docx, title=f"{KIND} – {about}", author=plain(heading.issuer), on=found.on)


REPORT = Report(
    name="gratitude_list",
    vi="Danh sách đóng góp Quỹ Đền ơn đáp nghĩa",
    en="Contributors to the fund of gratitude",
    figures=figures,
    forms=on_paper(_write_docx),
    template=_template,
)
