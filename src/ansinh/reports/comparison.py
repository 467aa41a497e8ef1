"""What changed between two sets of decisions: children gained and lost, arrears and clawback, by benefit and by place.

The same figures serve two clocks (as known then, as known now) and two laws (today's, and with a draft).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ansinh.core.compare import Change, Difference, side_by_side
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Decision, Decisions, Outcome
from ansinh.core.money import format_whole
from ansinh.core.rules import Benefit
from ansinh.core.tables import People, Row
from ansinh.core.words import name_order
from ansinh.reports._report import Report
from ansinh.reports._table import Cell, Table, csv_bytes, xlsx_bytes
from ansinh.reports._text import (
    OUTCOMES,
    basis_en,
    basis_vi,
    class_order,
    months_vi,
    plain,
    reason,
    rule_of,
)

CHANGES: Mapping[Change, tuple[str, str]] = {
    Change.ARREARS: ("truy lĩnh", "arrears"),
    Change.CLAWBACK: ("thu hồi", "clawback"),
    Change.IN_QUESTION: ("chờ xác minh", "in question"),
    Change.ANSWER: ("đổi câu trả lời", "answer changed"),
}


@dataclass(frozen=True)
class Side:
    """One side of a difference: the answer, how much a month, its basis and reason in Vietnamese and English."""

    outcome: Outcome
    quantity: int = 0
    basis: tuple[str, str] = ("", "")
    reason: tuple[str, str] = ("", "")
    missing: tuple[str, ...] = ()


NOT_ASKED = Side(Outcome.NO, reason=("Không học tháng này.", "Not studying in this month."))


@dataclass(frozen=True)
class Line:
    """One learner and benefit in the months changed alike. `quantity` is a month's difference in the benefit's unit."""

    learner: str
    name: str
    class_name: str
    school: str
    commune: str
    benefit: Benefit
    change: Change
    months: tuple[Month, ...]
    quantity: int
    before: Side
    after: Side

    @property
    def total(self) -> int | None:
        """All months together; None for a percentage, of which a sum would say nothing."""
        return None if self.benefit.unit == "%" else self.quantity * len(self.months)


@dataclass(frozen=True)
class Tally:
    """Learners and quantities of one benefit, or of one place (then in đồng over all benefits paid in đồng).

    gained: learners owed something after and nothing before; lost: the reverse. Quantities are of the school year, and
    None for a percentage. in_question is what was owed before in months of which it can no longer be said.
    """

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    before: int | None = 0
    after: int | None = 0
    arrears: int | None = 0
    clawback: int | None = 0
    in_question: int | None = 0


@dataclass(frozen=True)
class Comparison:
    """The figures of the report; `places` is keyed by (commune, school). labels: what before and after are, both languages."""

    year: SchoolYear
    labels: tuple[tuple[str, str], tuple[str, str]]
    learners: int
    whole: Tally
    benefits: tuple[tuple[Benefit, Tally], ...]
    places: tuple[tuple[tuple[str, str], Tally], ...]
    lines: tuple[Line, ...]


def figures(
    before: Decisions,
    after: Decisions,
    people: People,
    *,
    labels: tuple[tuple[str, str], tuple[str, str]] = (("Trước", "Before"), ("Sau", "After")),
) -> Comparison:
    """Gather the differences. ValueError when the two are of different school years."""
    gathered = _Gathered(before, after, people)
    for found in side_by_side(before, after):
        gathered.add(found)
    lines = sorted(gathered.finished(), key=_order)
    return Comparison(
        after.plan.year,
        labels,
        len(people.learners),
        gathered.in_dong(tuple(gathered.sums)),
        tuple((b, gathered.of_benefit(b)) for b in gathered.granted()),
        tuple((place, gathered.in_dong(keys)) for place, keys in sorted(gathered.places().items())),
        tuple(lines),
    )


def _order(line: Line) -> tuple[object, ...]:
    who = (line.commune, line.school, class_order(line.class_name), name_order(line.name), line.learner)
    return *who, line.benefit.name, line.months


_Key = tuple[str, str]  # Learner and benefit.


@dataclass
class _Sum:
    """One learner and benefit over the year."""

    yes: list[bool] = field(default_factory=lambda: [False, False])
    owed: list[int] = field(default_factory=lambda: [0, 0])
    moved: dict[Change, int] = field(default_factory=dict)


class _Gathered:
    """Sums while they are being gathered: by learner and benefit, from which every other sum is made."""

    def __init__(self, before: Decisions, after: Decisions, people: People) -> None:
        self.before, self.after, self.names = before, after, people.names
        self.benefits = {b.name: b for plan in (before.plan, after.plan) for b in plan.benefits}
        self.sums: dict[_Key, _Sum] = {}
        self.lines: dict[tuple[object, ...], tuple[Line, list[Month]]] = {}
        self._words: dict[tuple[object, ...], Side] = {}

    def add(self, found: Difference) -> None:
        one = self.sums.setdefault((found.learner, found.benefit), _Sum())
        for place, decision in enumerate((found.before, found.after)):
            if decision is not None and decision.outcome is Outcome.YES:
                one.yes[place] = True
                one.owed[place] += decision.quantity
        if found.change is Change.NONE:
            return
        moved = found.before.quantity if found.change is Change.IN_QUESTION and found.before else found.quantity
        one.moved[found.change] = one.moved.get(found.change, 0) + moved
        sides = self.side(found.before, self.before), self.side(found.after, self.after)
        key = (found.learner, found.benefit, found.change, found.quantity, *sides)
        if key not in self.lines:
            self.lines[key] = self._line(found, *sides), []
        self.lines[key][1].append(found.month)

    def _line(self, found: Difference, before: Side, after: Side) -> Line:
        named: Row = self.names.get(found.learner, {})
        return Line(
            found.learner, plain(named.get("name")) or found.learner, plain(named.get("class")),
            plain(named.get("school")), plain(named.get("commune")), self.benefits[found.benefit], found.change, (),
            found.quantity, before, after,
        )  # fmt: skip

    def side(self, decision: Decision | None, decisions: Decisions) -> Side:
        if decision is None:
            return NOT_ASKED
        key = (id(decisions), decision.month, decision.benefit, decision.code, decision.quantity, decision.missing)
        if key not in self._words:
            rule = rule_of(decision, decisions.plan)
            cite, document = decision.cite or rule.rule.cite, decision.document
            self._words[key] = Side(
                decision.outcome,
                decision.quantity,
                (basis_vi(cite, document), basis_en(cite, document)),
                reason(decision, decisions.law, rule),
                decision.missing,
            )
        return self._words[key]

    def finished(self) -> list[Line]:
        return [replace(line, months=tuple(months)) for line, months in self.lines.values()]

    def granted(self) -> list[Benefit]:
        """Benefits that some document grants in the year, on either side, in the order of the law."""
        plans = (self.after.plan, self.before.plan)
        held = {plan.benefits[place].name for plan in plans for _, place in plan.declared}
        return [benefit for name, benefit in self.benefits.items() if name in held]

    def place_of(self, learner: str) -> tuple[str, str]:
        named: Row = self.names.get(learner, {})
        return plain(named.get("commune")), plain(named.get("school"))

    def places(self) -> dict[tuple[str, str], list[_Key]]:
        found: dict[tuple[str, str], list[_Key]] = {}
        for key in self.sums:
            found.setdefault(self.place_of(key[0]), []).append(key)
        return found

    def of_benefit(self, benefit: Benefit) -> Tally:
        return self.tally([key for key in self.sums if key[1] == benefit.name], money=benefit.unit != "%")

    def in_dong(self, keys: Sequence[_Key]) -> Tally:
        """Sums of what is paid in đồng; gained and lost are children who come to any support at all, or lose all of it."""
        whole = self.tally([key for key in keys if self.benefits[key[1]].unit == "VND"], money=True)
        owed: dict[str, list[bool]] = {}
        for learner, benefit in keys:
            held = owed.setdefault(learner, [False, False])
            owed[learner] = [was or now for was, now in zip(held, self.sums[learner, benefit].yes, strict=True)]
        gained, lost = _turned(owed)
        return replace(whole, gained=gained, lost=lost)

    def tally(self, keys: Sequence[_Key], *, money: bool) -> Tally:
        picked = [self.sums[key] for key in keys]
        gained, lost = _turned({key[0]: self.sums[key].yes for key in keys})
        if not money:
            return Tally(gained, lost, before=None, after=None, arrears=None, clawback=None, in_question=None)
        moved = {change: sum(one.moved.get(change, 0) for one in picked) for change in CHANGES}
        return Tally(
            gained,
            lost,
            before=sum(one.owed[0] for one in picked),
            after=sum(one.owed[1] for one in picked),
            arrears=moved[Change.ARREARS],
            clawback=moved[Change.CLAWBACK],
            in_question=moved[Change.IN_QUESTION],
        )


def _turned(yes: Mapping[str, Sequence[bool]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Learners (gained, lost) by whether something was owed before and is owed after; of one benefit at a time."""
    gained = tuple(sorted(learner for learner, pair in yes.items() if not pair[0] and pair[1]))
    return gained, tuple(sorted(learner for learner, pair in yes.items() if pair[0] and not pair[1]))


# As data for other programs, and as tables for people. The keys are part of the command line's contract.


def summary(found: Comparison) -> dict[str, Any]:
    """Counts and lines, ready for JSON. Pairs of texts are [vi, en]."""
    return {
        "school_year": str(found.year),
        "before": list(found.labels[0]),
        "after": list(found.labels[1]),
        "learners": found.learners,
        "whole": _tally(found.whole),
        "benefits": [{"name": b.name, "vi": b.vi, "en": b.en, "unit": b.unit, **_tally(t)} for b, t in found.benefits],
        "places": [{"commune": place[0], "school": place[1], **_tally(tally)} for place, tally in found.places],
        "lines": [_line(line) for line in found.lines],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    held = {key: getattr(tally, key) for key in ("before", "after", "arrears", "clawback", "in_question")}
    return {"gained": list(tally.gained), "lost": list(tally.lost), **held}


def _line(line: Line) -> dict[str, Any]:
    texts = {key: getattr(line, key) for key in ("learner", "name", "class_name", "school", "commune")}
    return texts | {
        "benefit": line.benefit.name,
        "unit": line.benefit.unit,
        "change": line.change.value,
        "months": [str(month) for month in line.months],
        "quantity": line.quantity,
        "total": line.total,
        "before": _side(line.before),
        "after": _side(line.after),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "outcome": side.outcome.name,
        "quantity": side.quantity,
        "basis": list(side.basis),
        "reason": list(side.reason),
        "missing": list(side.missing),
    }


TALLY_HEADS = (
    ("Thêm (em)", "Bớt (em)", "Trước", "Sau", "Truy lĩnh", "Thu hồi", "Chờ xác minh"),
    ("Gained", "Lost", "Before", "After", "Arrears", "Clawback", "In question"),
)


def _counts(tally: Tally) -> tuple[Cell, ...]:
    held = (tally.before, tally.after, tally.arrears, tally.clawback, tally.in_question)
    return len(tally.gained), len(tally.lost), *held


def benefits_table(found: Comparison, lang: int) -> Table:
    """One row a benefit, its unit beside it. lang: 0 Vietnamese, 1 English."""
    heads = (("Chế độ", "Đơn vị"), ("Benefit", "Unit"))[lang]
    rows = [((b.vi, b.en)[lang], b.unit, *_counts(tally)) for b, tally in found.benefits]
    return Table(("Theo chế độ", "By benefit")[lang], (*heads, *TALLY_HEADS[lang]), rows)


def places_table(found: Comparison, lang: int) -> Table:
    """One row a school with its commune, in đồng, and the whole below."""
    heads = (("Xã", "Trường"), ("Commune", "School"))[lang]
    rows: list[tuple[Cell, ...]] = [(*place, *_counts(tally)) for place, tally in found.places]
    rows.append((("Cộng", "Total")[lang], "", *_counts(found.whole)))
    return Table(("Theo trường, xã (đồng)", "By school and commune (VND)")[lang], (*heads, *TALLY_HEADS[lang]), rows)


def lines_table(found: Comparison, lang: int) -> Table:
    """Every child who changes, with the reason on both sides."""
    heads = (
        ("Mã", "Họ và tên", "Lớp", "Trường", "Xã", "Chế độ", "Thay đổi", "Các tháng", "Mỗi tháng", "Cộng", "Đơn vị",
         "Trước", "Căn cứ trước", "Vì sao (trước)", "Sau", "Căn cứ sau", "Vì sao (sau)"),
        ("Code", "Name", "Class", "School", "Commune", "Benefit", "Change", "Months", "A month", "Total", "Unit",
         "Before", "Basis before", "Why (before)", "After", "Basis after", "Why (after)"),
    )[lang]  # fmt: skip
    rows = [
        (
            line.learner, line.name, line.class_name, line.school, line.commune, (line.benefit.vi, line.benefit.en)[lang],
            CHANGES[line.change][lang], months_vi(line.months), line.quantity, line.total, line.benefit.unit,
            *_side_cells(line.before, lang), *_side_cells(line.after, lang),
        )
        for line in found.lines
    ]  # fmt: skip
    return Table(("Từng em", "Each child")[lang], heads, rows)


def _side_cells(side: Side, lang: int) -> tuple[str, str, str]:
    answer = OUTCOMES[side.outcome][lang]
    if side.outcome is Outcome.YES:
        answer = f"{answer}: {format_whole(side.quantity)}"
    return answer, side.basis[lang], side.reason[lang]


def _write_csv(found: Comparison) -> bytes:
    table = lines_table(found, 0)
    return csv_bytes(table.headings, table.rows)


def _write_xlsx(found: Comparison) -> bytes:
    tables = [benefits_table(found, 0), places_table(found, 0), lines_table(found, 0)]
    return xlsx_bytes(tables, title=f"So sánh hai kết quả xét, năm học {found.year}")


REPORT = Report(
    name="comparison",
    vi="So sánh hai kết quả xét",
    en="Two sets of decisions compared",
    figures=figures,
    forms={"xlsx": _write_xlsx, "csv": _write_csv},
)
