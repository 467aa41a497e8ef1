"""The payable list of a school year: who is owed what under which clause, who still lacks a paper, and who is not entitled.

Đồng, kilograms of rice and percentages of tuition are never added to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import Decision, Decisions, Outcome
from ansinh.core.money import format_whole
from ansinh.core.rules import Benefit, Document, Doubt
from ansinh.core.tables import FACTS, People
from ansinh.core.words import name_order
from ansinh.reports._report import FileUsed, Heading, Report
from ansinh.reports._text import basis_vi, class_order, fact_label, plain, quantity_words, reason, rule_of

Progress = Callable[[int, int], None]  # Learners done, learners in all.


@dataclass(frozen=True)
class Learner:
    """Who a line is about: the learner's code, name and class as the roster gives them."""

    id: str
    name: str
    class_name: str


@dataclass(frozen=True)
class Line:
    """One learner and benefit in the months decided alike. `quantity` per month is in the benefit's unit, 0 unless owed.

    reason: in Vietnamese and English. missing: names of facts, only where it cannot be said. notes: numbers of the doubts
    this line rests on, counted from 1.
    """

    learner: Learner
    benefit: Benefit
    document: Document
    cite: str
    months: tuple[Month, ...]
    quantity: int
    reason: tuple[str, str]
    missing: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()

    @property
    def basis(self) -> str:
        return basis_vi(self.cite, self.document)

    @property
    def total(self) -> int | None:
        """All months together; None for a percentage, of which a sum would say nothing."""
        return None if self.benefit.unit == "%" else self.quantity * len(self.months)


@dataclass(frozen=True)
class BenefitTotal:
    """One benefit: learners by their best answer of the year, months owed, and the sum in its unit (None for %)."""

    benefit: Benefit
    yes: int
    no: int
    cannot_say: int
    months: int
    quantity: int | None


@dataclass(frozen=True)
class PayableList:
    """The figures of the report. Lines are in the order of class lists; totals in the order of the law's benefits."""

    heading: Heading
    year: SchoolYear
    known: date | None
    on: date | None
    file: FileUsed | None
    learners: int
    owed: tuple[Line, ...]
    undecided: tuple[Line, ...]
    refused: tuple[Line, ...]
    totals: tuple[BenefitTotal, ...]
    documents: tuple[Document, ...]
    doubts: tuple[Doubt, ...]
    missing: tuple[tuple[str, int], ...] = field(default=())

    @property
    def total_vnd(self) -> int:
        return sum(line.total or 0 for line in self.owed if line.benefit.unit == "VND")

    @property
    def total_kg(self) -> int:
        return sum(line.total or 0 for line in self.owed if line.benefit.unit == "kg")


def figures(
    decisions: Decisions,
    people: People,
    *,
    heading: Heading | None = None,
    on: date | None = None,
    file: FileUsed | None = None,
    progress: Progress | None = None,
) -> PayableList:
    """Gather decisions into the lists of the report.

    on: the day the paper is made, which comes in from outside. The same decisions give the same figures.
    """
    gathered = _Gathered(decisions, people)
    for decision in _counted(decisions.rows(), len(people.learners), progress):
        gathered.add(decision)
    answers = sorted(gathered.finished(), key=_order)
    owed = tuple(line for line, outcome in answers if outcome is Outcome.YES)
    undecided = tuple(line for line, outcome in answers if outcome is Outcome.CANNOT_SAY)
    used = {line.document.id for line in (*owed, *undecided)}
    return PayableList(
        heading=heading or Heading(),
        year=decisions.plan.year,
        known=decisions.plan.known,
        on=on,
        file=file,
        learners=len(people.learners),
        owed=owed,
        undecided=undecided,
        refused=tuple(line for line, outcome in answers if outcome is Outcome.NO),
        totals=tuple(gathered.total(benefit, owed) for benefit in _granted(decisions)),
        documents=tuple(document for document in decisions.law.documents if document.id in used),
        doubts=tuple(gathered.doubts),
        missing=_counts_of_missing(undecided),
    )


def _counted(rows: Iterable[Decision], learners: int, progress: Progress | None) -> Iterable[Decision]:
    """The rows as they are, telling `progress` each time a learner is done with."""
    if progress is None:
        yield from rows
        return
    done, last = 0, None
    for row in rows:
        if row.learner != last:
            done, last = done + 1, row.learner
            progress(done, learners)
        yield row


def _granted(decisions: Decisions) -> list[Benefit]:
    granted = {place for _, place in decisions.plan.declared}
    return [benefit for place, benefit in enumerate(decisions.plan.benefits) if place in granted]


def _order(entry: tuple[Line, Outcome]) -> tuple[object, ...]:
    line, _ = entry
    who = line.learner
    return class_order(who.class_name), name_order(who.name), who.id, line.benefit.name, line.months


class _Gathered:
    """Lines while they are being gathered: decisions alike in all but the month become one line."""

    def __init__(self, decisions: Decisions, people: People) -> None:
        self.decisions = decisions
        self.lines: dict[tuple[object, ...], tuple[Line, Outcome, list[Month], set[int]]] = {}
        self.doubts: dict[Doubt, int] = {}
        self.best: dict[str, dict[str, Outcome]] = {}
        self.benefits = {benefit.name: benefit for benefit in decisions.plan.benefits}
        self.names = people.names
        self._learner = Learner("", "", "")
        self._words: dict[tuple[object, ...], tuple[str, tuple[str, str]]] = {}

    def add(self, decision: Decision) -> None:
        cite, words = self.words_of(decision)
        key = (
            decision.learner, decision.benefit, decision.outcome, decision.document.id, cite, decision.quantity,
            decision.missing, words,
        )  # fmt: skip
        best = self.best.setdefault(decision.benefit, {})
        best[decision.learner] = _better(best.get(decision.learner), decision.outcome)
        if key not in self.lines:
            line = Line(
                self.learner_of(decision.learner), self.benefits[decision.benefit], decision.document, cite,
                (), decision.quantity, words, decision.missing,
            )  # fmt: skip
            self.lines[key] = line, decision.outcome, [], set()
        _, _, months, notes = self.lines[key]
        months.append(decision.month)
        notes.update(self.notes_of(decision))

    def finished(self) -> Iterator[tuple[Line, Outcome]]:
        """Each line with all its months, and its answer."""
        for line, outcome, months, notes in self.lines.values():
            yield replace(line, months=tuple(months), notes=tuple(sorted(notes))), outcome

    def words_of(self, decision: Decision) -> tuple[str, tuple[str, str]]:
        """The clause and the reason; the same for all learners who have the same code and miss the same facts."""
        key = (decision.month, decision.benefit, decision.code, decision.missing)
        if key not in self._words:
            rule = rule_of(decision, self.decisions.plan)
            words = reason(decision, self.decisions.law, rule)
            self._words[key] = (decision.cite or rule.rule.cite, words)
        return self._words[key]

    def notes_of(self, decision: Decision) -> tuple[int, ...]:
        """Only what is owed or open rests on a doubt that a reader of the list must see."""
        if decision.outcome is Outcome.NO:
            return ()
        return tuple(self.doubts.setdefault(doubt, len(self.doubts) + 1) for doubt in decision.doubts)

    def learner_of(self, learner: str) -> Learner:
        if self._learner.id != learner:
            named = self.names.get(learner, {})
            self._learner = Learner(learner, plain(named.get("name")) or learner, plain(named.get("class")))
        return self._learner

    def total(self, benefit: Benefit, owed: tuple[Line, ...]) -> BenefitTotal:
        answers = list(self.best.get(benefit.name, {}).values())
        lines = [line for line in owed if line.benefit == benefit]
        return BenefitTotal(
            benefit,
            answers.count(Outcome.YES),
            answers.count(Outcome.NO),
            answers.count(Outcome.CANNOT_SAY),
            sum(len(line.months) for line in lines),
            None if benefit.unit == "%" else sum(line.total or 0 for line in lines),
        )


def _better(before: Outcome | None, now: Outcome) -> Outcome:
    """A learner's best answer of the year: a yes in any month, else an open question, else no."""
    if before is None or Outcome.YES in (before, now):
        return now if before is None else Outcome.YES
    return max(before, now)


def _counts_of_missing(undecided: tuple[Line, ...]) -> tuple[tuple[str, int], ...]:
    """Missing fact → how many learners wait on it, most first."""
    waiting: dict[str, set[str]] = {}
    for line in undecided:
        for fact in line.missing:
            waiting.setdefault(fact, set()).add(line.learner.id)
    return tuple(sorted(((fact, len(who)) for fact, who in waiting.items()), key=lambda pair: (-pair[1], pair[0])))


def summary(found: PayableList) -> dict[str, Any]:
    """The counts of the report, ready for JSON; the keys are part of the command line's contract and keep their names."""
    return {
        "school_year": str(found.year),
        "known": found.known.isoformat() if found.known else None,
        "learners": found.learners,
        "benefits": [
            {
                **{key: getattr(total.benefit, key) for key in ("name", "vi", "en", "unit")},
                **{key: getattr(total, key) for key in ("yes", "no", "cannot_say", "months", "quantity")},
            }
            for total in found.totals
        ],
        "total_vnd": found.total_vnd,
        "missing": [
            {"fact": fact, "vi": FACTS[fact].vi, "en": FACTS[fact].en, "learners": learners}
            for fact, learners in found.missing
        ],
        "doubts": [{"vi": doubt.vi, "en": doubt.en} for doubt in found.doubts],
    }


def totals_table(found: PayableList, lang: int) -> list[tuple[str, ...]]:
    """Counts per benefit as texts, headings first. lang: 0 Vietnamese, 1 English. Percentages have no sum."""
    heads = (
        ("Chế độ", "Được hưởng", "Không", "Chưa đủ căn cứ", "Số tháng", "Cả năm"),
        ("Benefit", "Entitled", "Not", "Cannot say", "Months", "Year"),
    )
    rows: list[tuple[str, ...]] = [heads[lang]]
    for total in found.totals:
        label = (total.benefit.vi, total.benefit.en)[lang]
        whole = "–" if total.quantity is None else quantity_words(total.quantity, total.benefit.unit)[lang]
        counts = (total.yes, total.no, total.cannot_say, total.months)
        rows.append((label, *(format_whole(count) for count in counts), whole))
    return rows


def missing_table(found: PayableList, lang: int) -> list[tuple[str, ...]]:
    """Missing facts and how many learners wait on each, as texts, headings first."""
    heads = (("Thông tin còn thiếu", "Số người học"), ("Missing fact", "Learners"))
    return [heads[lang], *((fact_label(fact)[lang], format_whole(learners)) for fact, learners in found.missing)]


def _write_xlsx(found: PayableList) -> bytes:
    from ansinh.reports._payable_xlsx import workbook  # XlsxWriter only when a workbook is asked for.

    return workbook(found)


def _write_docx(found: PayableList) -> bytes:
    from ansinh.reports._payable_docx import paper

    return paper(found)


def _template() -> bytes:
    from ansinh.reports._payable_docx import template

    return template()


REPORT = Report(
    name="payable_list",
    vi="Danh sách được hưởng chính sách hỗ trợ",
    en="Payable list",
    figures=figures,
    forms={"xlsx": _write_xlsx, "docx": _write_docx},
    template=_template,
)
