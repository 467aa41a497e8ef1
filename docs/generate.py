"""Prints docs/reference/ from what runs: the law index, numbers by date, facts, templates and commands.

The law index is printed by document, by benefit, by month, and as JSON.
`python docs/generate.py` writes the pages, `--check` fails when one is stale. A page holds nothing that is not read from
the code at that moment, and no date of printing: the same code prints the same bytes.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansinh.core.dates import Month
from ansinh.core.money import format_vnd, format_whole
from ansinh.core.nodes import Arithmetic, Choose, Const, Fact, Node, Number
from ansinh.core.resolve import InForce, Law
from ansinh.core.rules import Case, Condition, Document, Doubt, Expected, Filing, Mark, NumberValue, Rule, cite_vi
from ansinh.core.tables import FACTS, Codes, Kind
from ansinh.law import load

if TYPE_CHECKING:
    from ansinh.sheets._template import Column

FOLDER = Path(__file__).resolve().parent / "reference"
NOTICE = "<!-- Sinh tự động bởi `make docs`; đừng sửa tay. Printed by `make docs`; do not edit. -->\n"

MARKS = {
    Mark.FULL_TEXT: "toàn văn / full text",
    Mark.SECONDARY: "nguồn thứ cấp / secondary source",
    Mark.DERIVED: "suy ra / derived",
    Mark.UNCONFIRMED: "**chưa được kiểm chứng / unconfirmed**",
}
KINDS = {
    Kind.BOOL: "có/không · yes/no",
    Kind.INT: "số nguyên · whole number",
    Kind.DATE: "ngày · day",
    Kind.CODE: "mã · code",
}
EMPTY_CELL = (
    "Ô trống là chưa biết: không bao giờ thành số không, “không” hay trùng khớp. "
    "*An empty cell is not known: it never becomes zero, “no” or a match.*\n"
)
OUTCOMES = {"yes": "được hưởng / yes", "no": "không / no", "cannot_say": "chưa đủ căn cứ / cannot say"}


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar or a line break inside a cell is made harmless."""
    heads = list(headings)
    lines = [heads, ["---"] * len(heads), *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(' '.join(c.replace('|', '&#124;').split()) for c in line)} |\n" for line in lines)


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def month(value: Month) -> str:
    return f"{value.month}/{value.year}"


def span(since: Month, until: Month) -> str:
    """Months from `since` (included) until `until` (not included); a rule still in force has no last month."""
    last = until + -1
    return f"{month(since)} – {month(last)}" if last.year < date.max.year - 1 else f"{month(since)} –"


def amount(value: int, unit: str) -> str:
    return format_vnd(value) if unit.startswith("VND") else f"{format_whole(value)} {unit}"


# Facts -----------------------------------------------------------------------------------------------------------


def facts_page() -> str:
    """Every fact a rule may read, and every code list."""
    rows = (
        (f"`{name}`", fact.vi, fact.en, KINDS[fact.kind], f"`{fact.codes.name}`" if fact.codes else "")
        for name, fact in FACTS.items()
    )
    lists = {fact.codes.name: fact.codes for fact in FACTS.values() if fact.codes}
    return "\n".join(
        [
            "# Dữ kiện mà căn cứ được đọc / Facts a rule may read\n",
            table(("Tên / Name", "Tiếng Việt", "English", "Loại / Kind", "Danh mục / Codes"), rows),
            EMPTY_CELL,
            *(codes_section(codes) for _, codes in sorted(lists.items())),
        ]
    )


def codes_section(codes: Codes) -> str:
    rows = ((code.value, f"`{code.name}`", code.vi, code.en) for code in codes.codes)
    return f"## `{codes.name}`\n\n" + table(("Mã / Code", "Tên / Name", "Tiếng Việt", "English"), rows)


# The law ---------------------------------------------------------------------------------------------------------


def law_page() -> str:
    """Every document in the order it was issued: what it is, what it ends, its rules clause by clause, its cases."""
    law = load()
    documents = sorted(law.documents, key=lambda document: (document.issued, document.id))
    rows = (
        (f"[{d.name_vi}](#{d.id})", d.title_vi, day(d.issued), day(d.since), span(d.first_month, law.end_of(d)))
        for d in documents
    )
    return "\n".join(
        [
            "# Văn bản pháp luật / The law\n",
            table(
                ("Văn bản / Document", "Về / On", "Ban hành / Issued", "Hiệu lực / In force", "Các tháng / Months"),
                rows,
            ),
            *(document_section(law, document) for document in documents),
        ]
    )


def document_section(law: Law, document: Document) -> str:
    replaced = ", ".join(
        f"`{r.document}`" + (f" (Điều {', '.join(r.articles)})" if r.articles else "") for r in document.replaces
    )
    lines = [
        f'<a id="{document.id}"></a>\n\n## {document.name_vi}\n',
        f"{document.title_vi}. *{document.name_en}: {document.title_en}.*\n",
        f"Nguồn / Source: `{document.source}`, {MARKS[document.mark]}."
        + (f" Thay thế / Replaces: {replaced}." if replaced else "")
        + "\n",
        *(f"{doubt_text(doubt)}\n" for doubt in document.doubts),
        *(rule_section(law, found) for found in law.rules if found.document is document),
        *overlap_lines(document),
    ]
    if document.numbers:
        lines.append(table(NUMBER_HEADS, (number_row(law, document, number) for number in document.numbers)))
    if document.cases:
        heads = ("Ví dụ / Worked case", "Năm học / School year", "Kết quả mong đợi / Expected")
        lines.append(table(heads, (case_row(case) for case in document.cases)))
    return "\n".join(lines)


def rule_section(law: Law, found: InForce) -> str:
    rule = found.rule
    benefit = law.benefits[rule.benefit]
    lines = [
        f"### {benefit.vi} / {benefit.en} ({where(rule.cite)})\n",
        f"Các tháng / Months: {span(found.since, found.until)}; "
        f"nhiều nhất {rule.cap} tháng mỗi năm học / at most {rule.cap} months a school year"
        + ("; thêm tháng 8 trước năm học / and the August before" if rule.preparatory else "")
        + f". Mức / Amount: {amounts(rule, benefit.unit)}.\n",
        *condition_lines("Phải có tất cả / All of", rule.who),
        *condition_lines("Và một trong / And any of", rule.grounds),
        *condition_lines("Nhưng không / But none of", rule.bars),
        *(f"- Giấy tờ / Paper: {vi} / *{en}*" for vi, en in rule.papers),
        *filing_lines(found.document.filing(rule.benefit)),
        *(f"- {doubt_text(doubt)}" for doubt in rule.doubts),
    ]
    return "\n".join(lines) + "\n"


def filing_lines(filing: Filing | None) -> list[str]:
    """Where and by when a family files."""
    if filing is None:
        return []
    (where_vi, where_en), (when_vi, when_en) = filing.where, filing.when
    return [f"- Nộp / File: {where_vi}. {when_vi} / *{where_en}. {when_en}*"]


def amounts(rule: Rule, unit: str) -> str:
    """Every amount the rule can give: its own, and those of grounds that give another."""
    own = [
        f"{where(ground.cite)}: {formula(ground.quantity, unit)}"
        for ground in rule.grounds
        if ground.quantity is not None
    ]
    return "; ".join(dict.fromkeys([formula(rule.quantity, unit), *own]))


def formula(tree: Node, unit: str) -> str:
    """An amount in words; `unit` is said of constants that are the amount itself, never of factors."""
    match tree:
        case Const(value):
            return amount(int(value), unit) if unit and isinstance(value, int) else str(value)
        case Number(name):
            return f"[`{name}`](numbers.md#{name})"
        case Fact(name):
            return f"[`{name}`](facts.md)"
        case Arithmetic("//", Arithmetic("*", base, rate), Const(100)):
            return f"{formula(rate, '')} % × {formula(base, '')}"
        case Arithmetic(op, left, right):
            return f"({formula(left, '')} {op.replace('*', '×')} {formula(right, '')})"
        case Choose(branches, otherwise):
            # The conditions stand in the clauses; here it is the amounts that are asked for.
            results = dict.fromkeys(formula(result, unit) for result in [*(r for _, r in branches), otherwise])
            return "tùy trường hợp / by case: " + " | ".join(results)
        case _:
            return "ghi trong điều khoản / stated in the clause"


def where(cite: str) -> str:
    """The clause in words; a document of which only a summary was read may not tell it."""
    return cite_vi(cite) if cite not in ("", "?") else "điều khoản chưa rõ / clause not known"


def condition_lines(title: str, conditions: tuple[Condition, ...]) -> Iterator[str]:
    if conditions:
        yield f"{title}:\n"
        for condition in conditions:
            doubt = f" {doubt_text(condition.doubt)}" if condition.doubt else ""
            yield f"- {where(condition.cite)}: {condition.vi}. *{condition.en}.*{doubt}"
        yield ""


def overlap_lines(document: Document) -> Iterator[str]:
    for overlap in document.overlaps:
        doubt = f" {doubt_text(overlap.doubt)}" if overlap.doubt else ""
        names = ", ".join(f"`{name}`" for name in overlap.benefits)
        yield f"Chỉ hưởng mức cao nhất / Only the highest: {names} ({where(overlap.cite)})."
        yield f"{overlap.vi}. *{overlap.en}.*{doubt}\n"


def doubt_text(doubt: Doubt) -> str:
    return f"⚠ Căn cứ chưa được kiểm chứng: {doubt.vi} *Unconfirmed: {doubt.en}*"


def case_row(case: Case) -> tuple[str, str, str]:
    answers = "; ".join(f"`{benefit}`: {expected_text(expected)}" for benefit, expected in case.expect.items())
    return case.name, f"{case.year}–{case.year + 1}", answers


def expected_text(expected: Expected) -> str:
    parts = [OUTCOMES[expected.outcome]]
    if expected.quantity is not None:
        parts.append(format_whole(expected.quantity))
    if expected.months is not None:
        parts.append(f"× {expected.months}")
    if expected.cite:
        parts.append(f"({where(expected.cite)})")
    return " ".join([*parts, *(f"`{name}`" for name in expected.missing)])


# Numbers ---------------------------------------------------------------------------------------------------------

NUMBER_HEADS = (
    "Số / Number",
    "Mức / Value",
    "Từ tháng / From",
    "Văn bản / Document",
    "Điều khoản / Clause",
    "Nguồn / Source",
)


def numbers_page() -> str:
    """Every number fixed by law, each with its values from the oldest to the newest."""
    law = load()
    names = sorted({number.name for document in law.documents for number in document.numbers})
    sections = (number_section(law, name) for name in names)
    return "\n".join(["# Các mức theo ngày / Numbers by date\n", *sections])


def number_section(law: Law, name: str) -> str:
    series = law.series(name)
    # A number keeps its name through time while its words change; the newest are those people know.
    vi, en = next(((n.vi, n.en) for _, n in reversed(series) if n.vi), (name, name))
    rows = (number_row(law, document, number) for document, number in series)
    return f'<a id="{name}"></a>\n\n## {vi} / {en}\n\n' + table(NUMBER_HEADS, rows)


def number_row(law: Law, document: Document, number: NumberValue) -> tuple[str, ...]:
    doubt = f" {doubt_text(number.doubt)}" if number.doubt else ""
    return (
        f"`{number.name}`",
        amount(number.value, number.unit),
        month(document.first_month),
        f"[{document.name_vi}](law.md#{document.id})",
        where(number.cite),
        f"`{number.source}`, {MARKS[number.mark]}{doubt}",
    )


# The index by benefit, by day, and as data -------------------------------------------------------------------------


def benefits_page() -> str:
    """Every support through time: which document and clause granted it in which months, and for how much."""
    law = load()
    lines = ["# Các chế độ theo thời gian / Supports through time\n"]
    for benefit in law.benefits.values():
        rules = sorted((found for found in law.rules if found.rule.benefit == benefit.name), key=lambda one: one.since)
        rows = (
            (
                span(found.since, found.until),
                f"[{found.document.name_vi}](law.md#{found.document.id})",
                where(found.rule.cite),
                amounts(found.rule, benefit.unit),
            )
            for found in rules
        )
        lines.append(f'<a id="{benefit.name}"></a>\n\n## {benefit.vi} / {benefit.en}\n')
        heads = ("Các tháng / Months", "Văn bản / Document", "Điều khoản / Clause", "Mức / Amount")
        lines.append(table(heads, rows))
    return "\n".join(lines)


def changes_page() -> str:
    """Every change of the law, month by month: `ansinh law changes` from the first document to the last."""
    from ansinh.reports.law_changes import HAPPENED, figures

    changes = figures(load(), since=date.min, until=date.max).changes
    lines = ["# Luật thay đổi theo tháng / The law month by month\n"]
    for first in dict.fromkeys(change.month for change in changes):
        rows = (
            (
                " / ".join(HAPPENED[one.happened]),
                f"`{one.name}`",
                one.label[0],
                one.before[0],
                one.after[0],
                f"[{one.basis[0]}](law.md#{one.document})",
            )
            for one in changes
            if one.month == first
        )
        heads = ("Việc / What", "Mã / Name", "Về / On", "Trước / Before", "Sau / After", "Căn cứ / Basis")
        lines += [f"## {month(first)}\n", table(heads, rows)]
    return "\n".join(lines)


def law_data() -> str:
    """The law index as JSON: documents clause by clause, supports through time, changes month by month."""
    from ansinh.reports import law_changes, law_index

    law = load()
    changes = law_changes.figures(law, since=date.min, until=date.max)
    data = {
        "documents": [law_index.document_entry(law, document) for document in law.documents],
        "benefits": law_index.by_benefit(law),
        "changes": law_changes.entries(changes),
        "doubts": law_index.doubts_of(law),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


# Templates -------------------------------------------------------------------------------------------------------


def templates_page() -> str:
    """Every import template, column by column."""
    from ansinh.sheets import templates

    lines = ["# Các mẫu tải lên / Import templates\n"]
    for name, template in sorted(templates().items()):
        lines.append(f"## `{name}`: {template.vi} / {template.en}\n")
        lines += [f"{vi} *{en}*\n" for vi, en in zip(template.intro_vi, template.intro_en, strict=True)]
        for title, columns in ((template.sheet, template.columns), (template.header_sheet, template.header_columns)):
            if columns:
                lines += [f"### {title}\n", columns_table(columns)]
    return "\n".join(lines)


def columns_table(columns: Iterable[Column]) -> str:
    rows = (
        (
            f"**{column.vi}**" if column.required else column.vi,
            column.en,
            "; ".join(choice.vi for choice in column.listed) or column.example,
            f"{column.guide_vi} *{column.guide_en}*" if column.guide_vi else "",
            ", ".join(f"`{name}`" for name in column.feeds),
        )
        for column in columns
    )
    return table(("Cột / Column", "English", "Ghi / Write", "Hướng dẫn / Guide", "Dữ kiện / Facts"), rows)


# Commands --------------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Every command of `ansinh` with its arguments and options, as `--help` says them."""
    import typer

    from ansinh.cli import app

    command = typer.main.get_command(app)
    return "\n".join(["# Lệnh `ansinh` / The `ansinh` command\n", *command_sections(command, "ansinh")])


def command_sections(command: Any, name: str) -> Iterator[str]:
    """The command's own section, then those of the commands under it."""
    yield f"## `{name}`\n\n{inspect.cleandoc(command.help or '')}\n"
    built_in = {"help", "install_completion", "show_completion"}
    shown = [part for part in command.params if part.name not in built_in and not getattr(part, "hidden", False)]
    if shown:
        rows = ((f"`{parameter_name(part)}`", part.help or "") for part in shown)
        yield table(("Tham số / Parameter", "Nghĩa / Meaning"), rows)
    for child, found in sorted(getattr(command, "commands", {}).items()):
        if not found.hidden:
            yield from command_sections(found, f"{name} {child}")


def parameter_name(part: Any) -> str:
    """`FILE` for an argument, `--out` for an option that may be left out with a star where it may not."""
    if part.param_type_name == "argument":
        return str(part.metavar or part.name.upper())
    return ", ".join([*part.opts, *part.secondary_opts]) + (" *" if part.required else "")


# The register of pages -------------------------------------------------------------------------------------------

# Each page is printed from one room; a room that is not built yet has nothing to say.
PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "benefits.md": ("ansinh.law", benefits_page),
    "changes.md": ("ansinh.law", changes_page),
    "commands.md": ("ansinh.cli", commands_page),
    "facts.md": ("ansinh.core", facts_page),
    "law.json": ("ansinh.law", law_data),
    "law.md": ("ansinh.law", law_page),
    "numbers.md": ("ansinh.law", numbers_page),
    "templates.md": ("ansinh.sheets.learner_roster", templates_page),
}


def printed() -> dict[Path, str]:
    """Path → what the page should hold now."""
    return {
        FOLDER / name: f"{page().strip()}\n" if name.endswith(".json") else f"{NOTICE}\n{page().strip()}\n"
        for name, (room, page) in PAGES.items()
        if importlib.util.find_spec(room)
    }


def stale() -> list[str]:
    """Pages that differ from what the code says, and pages that nothing prints any more."""
    pages = printed()
    old = [path.name for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted(old + [path.name for path in FOLDER.glob("*.*") if path not in pages])


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    pages = printed()
    for path in FOLDER.glob("*.*"):
        if path not in pages:
            path.unlink()
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        old = stale()
        for name in old:
            print(f"docs/reference/{name}: đã cũ, hãy chạy `make docs` / stale, run `make docs`", file=sys.stderr)
        return 1 if old else 0
    if arguments:
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
