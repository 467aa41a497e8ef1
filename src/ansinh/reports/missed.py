"""Who was missed: children entitled, or undecided for one missing paper, who stand on no payment list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Decision, Decisions, Outcome
from ansinh.core.rules import Benefit, Doubt
from ansinh.core.tables import People, Row
from ansinh.core.words import name_order
from ansinh.reports._papers import Paper, papers_for
from ansinh.reports._report import Report
from ansinh.reports._table import Cell, Table, csv_bytes, xlsx_bytes
from ansinh.reports._text import basis_en, basis_vi, class_order, months_vi, plain, reason, rule_of

Entry = tuple[str, str, Month]  # Learner, benefit, month: as a payment list says it.


@dataclass(frozen=True)
class Line:
    """One child and benefit in the months missed alike. `paper` is what is missing; None when the child is entitled.

    `quantity` is a month's amount in the benefit's unit, 0 while it cannot be said. Texts are Vietnamese and English.
    """

    learner: str
    name: str
    class_name: str
    school: str
    commune: str
    benefit: Benefit
    months: tuple[Month, ...]
    quantity: int
    basis: tuple[str, str]
    reason: tuple[str, str]
    paper: Paper | None
    doubts: tuple[Doubt, ...]

    @property
    def total(self) -> int | None:
        """All months together; None for a percentage, of which a sum would say nothing."""
        return None if self.benefit.unit == "%" else self.quantity * len(self.months)


@dataclass(frozen=True)
class Count:
    """Children missed under one heading; `vnd` is what those entitled were not paid."""

    label: tuple[str, str]
    entitled: int
    one_paper: int
    vnd: int


@dataclass(frozen=True)
class Missed:
    """The figures of the report. `strangers` are codes on the lists that belong to nobody among the people."""

    year: SchoolYear
    until: Month | None
    learners: int
    listed: int
    strangers: tuple[str, ...]
    lines: tuple[Line, ...]
    by_school: tuple[Count, ...]
    by_benefit: tuple[Count, ...]
    by_paper: tuple[Count, ...]

    @property
    def children(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.learner for line in self.lines))


def figures(
    decisions: Decisions,
    people: People,
    *,
    paid: Collection[Entry],
    until: Month | None = None,
    benefits: Collection[str] | None = None,
) -> Missed:
    """Gather who was missed.

    paid: what the payment lists say. until: the last month looked at (None: all of the year). benefits: the supports looked
    at; by default those paid in money or kind, and any other that a list names.
    """
    entries, named = set(paid), {benefit for _, benefit, _ in paid}
    wanted = set(benefits or {b.name for b in decisions.plan.benefits if b.unit != "%" or b.name in named})
    lines: dict[tuple[object, ...], tuple[Line, list[Month]]] = {}
    for decision in decisions.rows():
        if decision.benefit not in wanted or (until is not None and decision.month > until):
            continue
        papers = papers_for(decision.missing)
        if not _stands_to_gain(decision, papers) or _on_list(decision, decisions, entries):
            continue
        line = _line(decision, decisions, people, papers)
        lines.setdefault((line.learner, line.benefit.name, line.quantity, line.reason), (line, []))[1].append(
            decision.month
        )
    found = sorted((replace(line, months=tuple(months)) for line, months in lines.values()), key=_order)
    known = {str(row["learner"]) for row in people.learners}
    return Missed(
        decisions.plan.year,
        until,
        len(people.learners),
        len(entries),
        tuple(sorted({learner for learner, _, _ in entries} - known)),
        tuple(found),
        _counts(found, lambda line: (f"{line.school} ({line.commune})" if line.commune else line.school,) * 2),
        _counts(found, lambda line: (line.benefit.vi, line.benefit.en)),
        _counts([line for line in found if line.paper], lambda line: _paper_words(line.paper)),
    )


def _stands_to_gain(decision: Decision, papers: tuple[Paper, ...]) -> bool:
    return decision.outcome is Outcome.YES or (decision.outcome is Outcome.CANNOT_SAY and len(papers) == 1)


def _on_list(decision: Decision, decisions: Decisions, entries: Collection[Entry]) -> bool:
    """A support given once a year may be paid in another month than the first it is owed in."""
    if (decision.learner, decision.benefit, decision.month) in entries:
        return True
    if rule_of(decision, decisions.plan).rule.cap != 1:
        return False
    year = decisions.plan.year
    months = (year.month(position) for position in range(13))
    return any((decision.learner, decision.benefit, month) in entries for month in months)


def _line(decision: Decision, decisions: Decisions, people: People, papers: tuple[Paper, ...]) -> Line:
    named: Row = people.names.get(decision.learner, {})
    rule = rule_of(decision, decisions.plan)
    cite = decision.cite or rule.rule.cite
    return Line(
        decision.learner,
        plain(named.get("name")) or decision.learner,
        plain(named.get("class")),
        plain(named.get("school")),
        plain(named.get("commune")),
        decisions.law.benefits[decision.benefit],
        (),
        decision.quantity,
        (basis_vi(cite, decision.document), basis_en(cite, decision.document)),
        reason(decision, decisions.law, rule),
        papers[0] if papers else None,
        decision.doubts,
    )


def _order(line: Line) -> tuple[object, ...]:
    who = (line.commune, line.school, class_order(line.class_name), name_order(line.name), line.learner)
    return *who, line.benefit.name, line.months


def _paper_words(paper: Paper | None) -> tuple[str, str]:
    return (paper.vi, paper.en) if paper else ("", "")


def _counts(lines: Iterable[Line], label: Callable[[Line], tuple[str, str]]) -> tuple[Count, ...]:
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(label(line), []).append(line)
    found = [
        Count(
            words,
            len({line.learner for line in group if line.paper is None}),
            len({line.learner for line in group if line.paper is not None}),
            sum(line.total or 0 for line in group if line.benefit.unit == "VND"),
        )
        for words, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda count: (-count.entitled - count.one_paper, count.label)))


def summary(found: Missed) -> dict[str, Any]:
    """Counts and lines, ready for JSON; the keys are part of the command line's contract. Pairs of texts are [vi, en]."""
    return {
        "school_year": str(found.year),
        "until": str(found.until) if found.until else None,
        "learners": found.learners,
        "listed": found.listed,
        "strangers": list(found.strangers),
        "children": len(found.children),
        "by_school": [_count(count) for count in found.by_school],
        "by_benefit": [_count(count) for count in found.by_benefit],
        "by_paper": [_count(count) for count in found.by_paper],
        "lines": [_entry(line) for line in found.lines],
    }


def _count(count: Count) -> dict[str, Any]:
    return {"label": list(count.label), "entitled": count.entitled, "one_paper": count.one_paper, "vnd": count.vnd}


def _entry(line: Line) -> dict[str, Any]:
    texts = {key: getattr(line, key) for key in ("learner", "name", "class_name", "school", "commune")}
    return texts | {
        "benefit": line.benefit.name,
        "unit": line.benefit.unit,
        "months": [str(month) for month in line.months],
        "quantity": line.quantity,
        "total": line.total,
        "basis": list(line.basis),
        "reason": list(line.reason),
        "paper": [line.paper.vi, line.paper.en] if line.paper else None,
        "doubts": [[doubt.vi, doubt.en] for doubt in line.doubts],
    }


COUNT_HEADS = (
    ("Được hưởng (em)", "Thiếu một giấy tờ (em)", "Chưa chi (đồng)"),
    ("Entitled", "One paper missing", "Not paid (VND)"),
)


def count_tables(found: Missed, lang: int) -> list[Table]:
    """By school, by benefit, by missing paper. lang: 0 Vietnamese, 1 English."""
    parts = (
        (("Theo trường", "By school"), ("Trường", "School"), found.by_school),
        (("Theo chế độ", "By benefit"), ("Chế độ", "Benefit"), found.by_benefit),
        (("Theo giấy tờ còn thiếu", "By missing paper"), ("Giấy tờ", "Paper"), found.by_paper),
    )
    return [
        Table(
            title[lang],
            (head[lang], *COUNT_HEADS[lang]),
            [(count.label[lang], count.entitled, count.one_paper, count.vnd) for count in counts],
        )
        for title, head, counts in parts
    ]


def lines_table(found: Missed, lang: int) -> Table:
    """Each child missed."""
    heads = (
        ("Mã", "Họ và tên", "Lớp", "Trường", "Xã", "Chế độ", "Các tháng", "Mỗi tháng", "Cộng", "Đơn vị", "Còn thiếu",
         "Căn cứ", "Vì sao", "Chưa được kiểm chứng"),
        ("Code", "Name", "Class", "School", "Commune", "Benefit", "Months", "A month", "Total", "Unit", "Missing paper",
         "Basis", "Why", "Not confirmed"),
    )[lang]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            line.learner, line.name, line.class_name, line.school, line.commune, (line.benefit.vi, line.benefit.en)[lang],
            months_vi(line.months), line.quantity, line.total, line.benefit.unit, _paper_words(line.paper)[lang],
            line.basis[lang], line.reason[lang], " ".join((doubt.vi, doubt.en)[lang] for doubt in line.doubts),
        )
        for line in found.lines
    ]  # fmt: skip
    return Table(("Từng em", "Each child")[lang], heads, rows)


def _write_csv(found: Missed) -> bytes:
    table = lines_table(found, 0)
    return csv_bytes(table.headings, table.rows)


def _write_xlsx(found: Missed) -> bytes:
    return xlsx_bytes([*count_tables(found, 0), lines_table(found, 0)], title=f"Trẻ em bị bỏ sót, năm học {found.year}")


REPORT = Report(
    name="missed",
    vi="Người học bị bỏ sót",
    en="Who was missed",
    figures=figures,
    forms={"xlsx": _write_xlsx, "csv": _write_csv},
)
