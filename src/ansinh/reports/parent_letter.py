"""The letter a school prints for the parents of a child who was missed: one page a child, in the official layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.core.dates import SchoolYear
from ansinh.reports._report import Heading, Report
from ansinh.reports._text import day_long_vi, months_vi, plain, quantity_words, year_vi
from ansinh.reports.missed import Line, Missed

KIND, SYMBOL = "THÔNG BÁO", "TB"
DOTS = "…………"
TEMPLATE = Path(__file__).with_name("parent_letter.docx")


@dataclass(frozen=True)
class Letters:
    """One letter for each child among the lines. reply_by: the day by which papers are asked for (None: left blank).

    heading: what stands at the head where a child's own school and commune are not known.
    """

    year: SchoolYear
    heading: Heading
    on: date | None
    reply_by: date | None
    lines: tuple[Line, ...]


def figures(
    missed: Missed, *, heading: Heading | None = None, on: date | None = None, reply_by: date | None = None
) -> Letters:
    """The letters of all children missed, in the order of class lists."""
    return Letters(missed.year, heading or Heading(), on, reply_by, missed.lines)


def _template() -> bytes:
    """The empty letter, built from the measures of Decree 30/2020."""
    from docx.enum.text import WD_BREAK
    from docx.shared import Pt

    from ansinh.reports import _official as official

    paper = official.new_paper(landscape=False)
    # Each letter is a paper of its own, so pages are not counted through the file.
    official.without_page_numbers(paper)
    official.control(paper, "{%p for child in children %}")
    official.control(paper, "{%p if not loop.first %}")
    turn = paper.add_paragraph()
    turn.paragraph_format.line_spacing = Pt(1)  # What is left of the line at the head of the new page takes no room.
    turn.add_run().add_break(WD_BREAK.PAGE)
    official.control(paper, "{%p endif %}")
    official.head(paper, SYMBOL, of="child.")
    official.name_of_paper(paper, KIND, "{{ about }}")
    official.body(
        paper, "Kính gửi: Ông/Bà là cha, mẹ hoặc người giám hộ của em {{ child.name }}{{ child.class_name }}."
    )
    official.body(paper, "{{ opening }}")
    for part in ("owed", "waiting"):
        official.control(paper, f"{{%p if child.{part} %}}")
        official.body(paper, f"{{{{ child.{part}_opening }}}}")
        official.control(paper, f"{{%p for line in child.{part} %}}")
        official.body(paper, "- {{ line }};")
        official.control(paper, "{%p endfor %}")
        official.control(paper, "{%p endif %}")
    official.control(paper, "{%p for doubt in child.doubts %}")
    official.body(paper, "Căn cứ chưa được kiểm chứng: {{ doubt }}", italic=True)
    official.control(paper, "{%p endfor %}")
    official.body(paper, "{{ child.closing }}").paragraph_format.keep_with_next = True
    official.foot(paper, of="child.")
    official.control(paper, "{%p endfor %}")
    return official.sealed(paper, title=f"{KIND} (mẫu)", author="An Sinh", on=None)


def _write_docx(letters: Letters) -> bytes:
    from docxtpl import DocxTemplate

    from ansinh.reports import _official as official

    filled = DocxTemplate(TEMPLATE)
    about = f"Về chính sách hỗ trợ người học, năm học {year_vi(letters.year)}"
    children = _children(letters)
    opening = (
        f"Qua rà soát chính sách hỗ trợ người học năm học {year_vi(letters.year)}, nhà trường trân trọng thông báo "
        "để Ông/Bà được biết như sau:"
    )
    filled.render({"about": about, "opening": opening, "children": children}, autoescape=True)
    issuer = max((child["issuer"] for child in children), key=len, default=DOTS)
    official.fit_lines(filled.docx, issuer=issuer, about=about)
    return official.sealed(filled.docx, title=f"{KIND} – {about}", author=plain(letters.heading.issuer), on=letters.on)


def _children(letters: Letters) -> list[dict[str, Any]]:
    by_child: dict[str, list[Line]] = {}
    for line in letters.lines:
        by_child.setdefault(line.learner, []).append(line)
    return [_child(lines, letters) for lines in by_child.values()]


def _child(lines: list[Line], letters: Letters) -> dict[str, Any]:
    who = lines[0]
    own = Heading.of_school({"school_name": who.school, "commune": who.commune})
    heading = own if who.school else letters.heading
    owed, waiting = ([line for line in lines if (line.paper is None) is entitled] for entitled in (True, False))
    papers = dict.fromkeys(plain(line.paper.vi) for line in waiting if line.paper and line.paper.family)
    by = f" trước {day_long_vi(letters.reply_by)}" if letters.reply_by else " trước ngày …… tháng …… năm ……"
    return {
        "superior": plain(heading.superior or letters.heading.superior).upper() or DOTS,
        "issuer": plain(heading.issuer).upper() or DOTS,
        "number": "……",
        "symbol": plain(heading.symbol or letters.heading.symbol) or "……",
        "place": plain(heading.place or letters.heading.place) or DOTS,
        "day": day_long_vi(letters.on) if letters.on else "ngày …… tháng …… năm ……",
        "name": who.name,
        "class_name": f", lớp {who.class_name}" if who.class_name else "",
        "owed_opening": "Em thuộc diện được hưởng nhưng chưa có tên trong danh sách chi trả:",
        "owed": [_owed(line) for line in owed],
        "waiting_opening": "Em có thể được hưởng, nhưng nhà trường chưa đủ căn cứ để xét:",
        "waiting": [_waiting(line) for line in waiting],
        "doubts": list(dict.fromkeys(plain(doubt.vi) for line in lines for doubt in line.doubts)),
        "closing": _closing(list(papers), by),
        "recipients": ["Như trên"],
        "post": plain(heading.post),
        "signer": plain(heading.signer or letters.heading.signer),
    }


def _owed(line: Line) -> str:
    amount = quantity_words(line.quantity, line.benefit.unit)[0]
    return f"{plain(line.benefit.vi)}: {amount} một tháng, các tháng {months_vi(line.months)} (căn cứ {line.basis[0]})"


def _waiting(line: Line) -> str:
    missing = plain(line.paper.vi) if line.paper else ""
    return f"{plain(line.benefit.vi)}, các tháng {months_vi(line.months)}: còn thiếu {missing[:1].lower()}{missing[1:]}"


def _closing(papers: list[str], by: str) -> str:
    if not papers:
        return (
            "Nhà trường đang hoàn tất thủ tục bổ sung; Ông/Bà không phải nộp thêm giấy tờ, trừ khi được thông báo riêng. "
            "Trân trọng./."
        )
    listed = "; ".join(f"{paper[:1].lower()}{paper[1:]}" for paper in papers)
    return (
        f"Đề nghị Ông/Bà gửi nhà trường bản sao {listed}{by} để được xét. Nếu không thuộc diện trên, xin Ông/Bà báo cho "
        "giáo viên chủ nhiệm. Trân trọng./."
    )


REPORT = Report(
    name="parent_letter",
    vi="Thư gửi cha mẹ của em bị bỏ sót",
    en="Letter to the parents of a child who was missed",
    figures=figures,
    forms={"docx": _write_docx},
    template=_template,
)
