"""The payable list as an official paper: the template that stands beside the report, and its filling in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docxtpl import DocxTemplate

from ansinh.core.money import format_whole, in_words_vi
from ansinh.core.rules import Benefit
from ansinh.core.rules import Document as LawDocument
from ansinh.reports import _official as official
from ansinh.reports._text import day_long_vi, fact_names, months_vi, plain, year_vi
from ansinh.reports.payable_list import Line, PayableList

TEMPLATE = Path(__file__).with_name("payable_list.docx")
DOTS = "…………"
# A list is no kind of paper of its own in Annex III of the decree; a school sends it up as a report (BC).
KIND, SYMBOL = "BÁO CÁO", "BC"
# Who issues a document, by the end of its number.
ISSUERS = {
    "NĐ-CP": "Chính phủ",
    "NQ-CP": "Chính phủ",
    "QĐ-TTg": "Thủ tướng Chính phủ",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
}
UNIT_HEADINGS = {"VND": ("Mức tháng (đồng)", "Thành tiền (đồng)"), "kg": ("Mức tháng (kg)", "Tổng số (kg)")}

WHO = ("STT", "Họ và tên", "Lớp")
SUMMED_WIDTHS = tuple(Mm(width) for width in (12, 47, 14, 78, 36, 16, 23, 26))
SHARE_WIDTHS = tuple(Mm(width) for width in (12, 60, 14, 84, 40, 18, 24))
OPEN_WIDTHS = tuple(Mm(width) for width in (12, 47, 14, 84, 95))


def template() -> bytes:
    """The empty template of the report, built from the measures of Decree 30/2020."""
    paper = official.new_paper(landscape=True)
    official.head(paper, SYMBOL)
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.control(paper, "{%p for basis in bases %}")
    official.body(paper, "{{ basis }}", italic=True)
    official.control(paper, "{%p endfor %}")
    official.body(paper, "{{ opening }}")
    official.body(paper, "I. ĐƯỢC HƯỞNG", bold=True)
    _owed_part(paper)
    official.body(paper, "II. CHƯA ĐỦ CĂN CỨ", bold=True)
    _open_part(paper)
    official.control(paper, "{%p if notes %}")
    official.body(paper, "Ghi chú: căn cứ chưa được kiểm chứng", bold=True)
    official.control(paper, "{%p for note in notes %}")
    official.body(paper, "{{ note }}")
    official.control(paper, "{%p endfor %}")
    official.control(paper, "{%p endif %}")
    # The closing sentence stays with the signature, so that nobody signs an empty page.
    official.body(paper, "{{ closing }}").paragraph_format.keep_with_next = True
    official.foot(paper)
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def _owed_part(paper: Document) -> None:
    official.control(paper, "{%p for section in sections %}")
    official.body(paper, "{{ section.title }}", bold=True)
    official.control(paper, "{%p if section.summed %}")
    headings = (*WHO, "Căn cứ", "Các tháng", "Số tháng", "{{ section.rate }}", "{{ section.sum }}")
    table = official.grid(paper, headings, SUMMED_WIDTHS)
    cells = (*_who("line"), ("{{ line.basis }}", ALIGN.LEFT), *_when("line"))
    rate = ("{{ line.rate }}", ALIGN.RIGHT)
    official.grid_rows(table, "line in section.lines", (*cells, rate, ("{{ line.total }}", ALIGN.RIGHT)), SUMMED_WIDTHS)
    blank = ("", ALIGN.LEFT)
    total = (blank, ("Cộng", ALIGN.LEFT), blank, blank, blank, ("{{ section.months }}", ALIGN.CENTER), blank)
    official.grid_row(table, (*total, ("{{ section.total }}", ALIGN.RIGHT)), bold=True)
    official.control(paper, "{%p else %}")
    shares = official.grid(paper, (*WHO, "Căn cứ", "Các tháng", "Số tháng", "Miễn, giảm (%)"), SHARE_WIDTHS)
    official.grid_rows(shares, "line in section.lines", (*cells, rate), SHARE_WIDTHS)
    official.control(paper, "{%p endif %}")
    official.control(paper, "{%p endfor %}")
    official.control(paper, "{%p for sentence in sums %}")
    official.body(paper, "{{ sentence }}")
    official.control(paper, "{%p endfor %}")


def _open_part(paper: Document) -> None:
    official.body(paper, "{{ open_opening }}")
    official.control(paper, "{%p if undecided %}")
    table = official.grid(paper, (*WHO, "Còn thiếu", "Chế độ và căn cứ"), OPEN_WIDTHS)
    cells = (
        *_who("line"),
        ("{{ line.missing }}", ALIGN.LEFT),
        ("{{ line.waiting }}", ALIGN.LEFT),
    )
    official.grid_rows(table, "line in undecided", cells, OPEN_WIDTHS)
    official.control(paper, "{%p endif %}")


def _who(line: str) -> tuple[tuple[str, ALIGN], ...]:
    return (
        ("{{ loop.index }}", ALIGN.CENTER),
        (f"{{{{ {line}.name }}}}", ALIGN.LEFT),
        (f"{{{{ {line}.class_name }}}}", ALIGN.CENTER),
    )


def _when(line: str) -> tuple[tuple[str, ALIGN], ...]:
    return (f"{{{{ {line}.when }}}}", ALIGN.LEFT), (f"{{{{ {line}.months }}}}", ALIGN.CENTER)


@dataclass(frozen=True)
class _Shown:
    """A line as the paper shows it: texts only."""

    name: str
    class_name: str
    basis: str
    when: str
    months: int
    rate: str
    total: str


@dataclass(frozen=True)
class _Open:
    """A learner of part II: all that is missing, and the benefits that wait on it with their clauses."""

    name: str
    class_name: str
    missing: str
    waiting: str


@dataclass(frozen=True)
class _Section:
    """One benefit of part I."""

    title: str
    summed: bool
    rate: str
    sum: str
    lines: tuple[_Shown, ...]
    months: str
    total: str


def paper(figures: PayableList) -> bytes:
    """The bytes of the filled-in paper."""
    filled = DocxTemplate(TEMPLATE)
    context = _context(figures)
    filled.render(context, autoescape=True)
    document = filled.docx  # get_docx() would open the empty template again.
    official.fit_lines(document, issuer=context["issuer"], about=context["about"])
    return official.sealed(
        document, title=f"{KIND} – {context['about']}", author=plain(figures.heading.issuer), on=figures.on
    )


def _context(figures: PayableList) -> dict[str, Any]:
    heading = figures.heading
    about = f"Danh sách người học được hưởng chính sách hỗ trợ, năm học {year_vi(figures.year)}"
    return {
        "superior": plain(heading.superior).upper() or DOTS,
        "issuer": plain(heading.issuer).upper() or DOTS,
        "number": "……",
        "symbol": plain(heading.symbol) or "……",
        "place": plain(heading.place) or DOTS,
        "day": day_long_vi(figures.on) if figures.on else "ngày …… tháng …… năm ……",
        "about": about,
        "bases": _bases(figures.documents),
        "opening": _opening(figures),
        "sections": _sections(figures),
        "sums": _sums(figures),
        "open_opening": _open_opening(figures),
        "undecided": _open(figures),
        "notes": [f"({number}) {plain(doubt.vi)}" for number, doubt in enumerate(figures.doubts, start=1)],
        "closing": f"{plain(heading.issuer) or 'Đơn vị'} kính báo cáo./.",
        "recipients": [plain(one) for one in heading.recipients] or [DOTS],
        "post": plain(heading.post),
        "signer": plain(heading.signer),
    }


def _bases(documents: Iterable[LawDocument]) -> list[str]:
    """One line a document, each ending in a semicolon and the last in a full stop."""
    named = [f"Căn cứ {_first_citation(document)}" for document in documents]
    return [f"{text}{'.' if text is named[-1] else ';'}" for text in named]


def _first_citation(document: LawDocument) -> str:
    """The first time a document is named it is named in full: kind, number, day, issuer, title."""
    kind, number = document.name_vi.rsplit(" ", 1)
    issuer = next((f" của {name}" for end, name in ISSUERS.items() if number.endswith(end)), "")
    return f"{kind} số {number} {day_long_vi(document.issued)}{issuer} ({plain(document.title_vi)})"


def _opening(figures: PayableList) -> str:
    who = plain(figures.heading.issuer) or "Đơn vị"
    known = f", theo dữ liệu biết đến {day_long_vi(figures.known)}" if figures.known else ""
    return (
        f"{who} báo cáo kết quả xét chính sách hỗ trợ năm học {year_vi(figures.year)} "
        f"đối với {format_whole(figures.learners)} người học{known} như sau:"
    )


def _sections(figures: PayableList) -> list[_Section]:
    found: list[_Section] = []
    for total in figures.totals:
        lines = [line for line in figures.owed if line.benefit == total.benefit]
        if lines:
            found.append(_section(len(found) + 1, total.benefit, lines, total.quantity))
    return found


def _section(number: int, benefit: Benefit, lines: list[Line], total: int | None) -> _Section:
    rate, summed = UNIT_HEADINGS.get(benefit.unit, ("", ""))
    return _Section(
        title=f"{number}. {plain(benefit.vi)}",
        summed=benefit.unit in UNIT_HEADINGS,
        rate=rate,
        sum=summed,
        lines=tuple(_shown(line) for line in lines),
        months=format_whole(sum(len(line.months) for line in lines)),
        total="" if total is None else format_whole(total),
    )


def _shown(line: Line) -> _Shown:
    return _Shown(
        name=line.learner.name,
        class_name=line.learner.class_name,
        basis=f"{line.basis}{_marks(line)}",
        when=months_vi(line.months),
        months=len(line.months),
        rate=format_whole(line.quantity),
        total="" if line.total is None else format_whole(line.total),
    )


def _open(figures: PayableList) -> list[_Open]:
    """One row a learner, so that a clerk sees at once which papers to ask this family for."""
    by_learner: dict[str, list[Line]] = {}
    for line in figures.undecided:
        by_learner.setdefault(line.learner.id, []).append(line)
    return [_open_row(lines) for lines in by_learner.values()]


def _open_row(lines: list[Line]) -> _Open:
    facts = tuple(dict.fromkeys(fact for line in lines for fact in line.missing))
    others = list(dict.fromkeys(line.reason[0] for line in lines if not line.missing))
    waiting = [f"{plain(line.benefit.vi)} ({line.basis}; {months_vi(line.months)}){_marks(line)}" for line in lines]
    who = lines[0].learner
    missing = "; ".join([*([fact_names(facts)[0]] if facts else []), *others])
    return _Open(who.name, who.class_name, missing, "; ".join(waiting))


def _marks(line: Line) -> str:
    return "".join(f" ({note})" for note in line.notes)


def _sums(figures: PayableList) -> list[str]:
    if not figures.owed:
        return ["Không có người học nào được hưởng."]
    units = {line.benefit.unit for line in figures.owed}
    words = in_words_vi(figures.total_vnd).capitalize()
    sentences: Mapping[str, str] = {
        "VND": f"Tổng số tiền: {format_whole(figures.total_vnd)} đồng (Bằng chữ: {words} đồng).",
        "kg": f"Tổng số gạo: {format_whole(figures.total_kg)} kg.",
    }
    return [sentence for unit, sentence in sentences.items() if unit in units]


def _open_opening(figures: PayableList) -> str:
    if not figures.undecided:
        return "Mọi hồ sơ đã đủ căn cứ để xét."
    learners = len({line.learner.id for line in figures.undecided})
    return f"{format_whole(learners)} người học còn thiếu thông tin sau đây; chưa tính vào số tiền trên:"
