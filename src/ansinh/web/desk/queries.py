"""Questions that join the rooms: what was read from an upload, what the law answers for each child, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ansinh import law, sheets
from ansinh.core.dates import Month, SchoolYear, positions_in, twelve_mask
from ansinh.core.decide import Cells, Decision, Decisions, Engine, Explanation, Outcome, Step, decide, explain
from ansinh.core.resolve import Plan
from ansinh.core.rules import Benefit
from ansinh.core.tables import FACTS, OWN_FACTS, ROLES, People, Source, in_force
from ansinh.core.words import class_order, folded, name_order
from ansinh.engines.frames import columns, frames
from ansinh.engines.reference import reference, trace
from ansinh.sheets import learner_roster
from ansinh.web.registry.models import School, Upload

YES, NO, UNKNOWN = "yes", "no", "unknown"
OUTCOMES = (YES, NO, UNKNOWN)
FEW = 200  # Children whom the slow engine has decided before the fast one is set up.
NAMED_IN_LIST = 2  # Of what an answer waits for, the list of a school names so many; the child's own page names all.
_WORD = {Outcome.YES: YES, Outcome.NO: NO, Outcome.CANNOT_SAY: UNKNOWN}
FIRST_YEAR, LAST_YEAR = 2011, 2026


def school_years() -> list[SchoolYear]:
    """The school years the law of this house can decide, newest first."""
    return [SchoolYear(start) for start in range(LAST_YEAR, FIRST_YEAR - 1, -1)]


@lru_cache(maxsize=16)
def read_once(template: str, data: bytes, filename: str) -> sheets.Intake:
    """`sheets.read`, remembered for a while: the same bytes give the same each time."""
    return sheets.read(sheets.templates()[template], data, filename=filename)


def intake_of(upload: Upload) -> sheets.Intake:
    """What reading the kept bytes gives: the same each time, so it is read once and remembered for a while."""
    return read_once(upload.template, bytes(upload.original), upload.filename)


def year_named_in(upload: Upload) -> SchoolYear | None:
    """The school year the sheet itself names, if it names one that can be decided."""
    named = intake_of(upload).header.get("school_year")
    return SchoolYear(named) if isinstance(named, int) and FIRST_YEAR <= named <= LAST_YEAR else None


@dataclass
class Answer:
    """One benefit of one child over a school year: the months of each outcome, and what was added up.

    quantity: sum over the months of yes, in the benefit's unit; monthly: the different quantities per month.
    """

    benefit: str
    unit: str
    months: Counter[str] = field(default_factory=Counter)
    quantity: int = 0
    monthly: set[int] = field(default_factory=set)
    missing: dict[str, None] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """The best answer of the year: yes for any month, else cannot say for any month, else no."""
        return YES if self.months[YES] else UNKNOWN if self.months[UNKNOWN] else NO

    @property
    def named(self) -> list[str]:
        """The missing facts that a list of many children has room for."""
        return list(self.missing)[:NAMED_IN_LIST]

    @property
    def unnamed(self) -> int:
        return len(self.missing) - len(self.named)

    @property
    def percent(self) -> int:
        return max(self.monthly, default=0)

    def add(self, decision: Decision) -> None:
        word = _WORD[decision.outcome]
        self.months[word] += 1
        if word == YES:
            self.quantity += decision.quantity
            self.monthly.add(decision.quantity)


@dataclass(frozen=True)
class Child:
    """A line of the result list. `number` is the child's place in the file, from 1."""

    number: int
    learner: str
    name: str
    school_class: str
    answers: dict[str, Answer]

    @property
    def search_text(self) -> str:
        return folded(f"{self.name} {self.school_class}")

    @property
    def refused(self) -> int:
        """How many benefits the child was asked about in some month of the year and has no claim to in any."""
        return sum(bool(answer.months) and answer.outcome == NO for answer in self.answers.values())

    @property
    def names_missing(self) -> bool:
        """Whether what the answers still wait for has been named already."""
        return any(answer.missing for answer in self.answers.values())

    def has(self, outcome: str, benefit: str | None = None) -> bool:
        """Whether an answer of the year is that outcome; with no benefit: any yes, any month in question, or all no."""
        answers = [self.answers[benefit]] if benefit in self.answers else list(self.answers.values())
        if benefit is not None and benefit not in self.answers:
            return False
        if outcome == NO:
            return all(answer.outcome == NO for answer in answers)
        return any(answer.months[outcome] for answer in answers)


@dataclass(frozen=True)
class Total:
    """The answers of one benefit over the children shown."""

    benefit: Benefit
    yes: int
    no: int
    unknown: int
    quantity: int


@dataclass(frozen=True)
class Results:
    """Every child of an upload with every benefit the law of the year knows, in class-list order."""

    year: SchoolYear
    people: People
    children: tuple[Child, ...]
    benefits: tuple[Benefit, ...]

    def decisions(self) -> Decisions:
        """Every decision with what it still waits for, as the reports need them."""
        return decide(self.people, law=law.load(), engine=_engine_for(self.people), year=self.year)

    def name_missing(self, children: Iterable[Child]) -> None:
        """Fill in what the answers of these children still wait for.

        Naming the missing facts of a child takes the slow engine, so it is done for a page of the list and not for a school.
        """
        asked = {child.learner: child for child in children if child.has(UNKNOWN) and not child.names_missing}
        rows = [row for row in self.people.learners if row["learner"] in asked]
        few = People(rows, self.people.tables)
        for decision in decide(few, law=law.load(), engine=reference, year=self.year).rows() if rows else ():
            asked[decision.learner].answers[decision.benefit].missing |= dict.fromkeys(decision.missing)

    @property
    def classes(self) -> list[str]:
        return list(dict.fromkeys(child.school_class for child in self.children))

    @property
    def asked(self) -> tuple[Benefit, ...]:
        """Benefits that at least one child has, or might have: the others would be columns of nothing but no."""
        return tuple(b for b in self.benefits if any(c.answers[b.name].outcome != NO for c in self.children))

    @property
    def granted_to_none(self) -> tuple[Benefit, ...]:
        asked = self.asked
        return tuple(b for b in self.benefits if b not in asked)


def results_of(upload: Upload, year: SchoolYear) -> Results:
    """Decide every child of an upload under the law of a school year. Remembered for a while by the file's own bytes."""
    return _results(upload.template, bytes(upload.original), upload.filename, year.start)


@lru_cache(maxsize=32)
def _results(template: str, data: bytes, filename: str, start: int) -> Results:
    year = SchoolYear(start)
    return results_for(learner_roster.people(read_once(template, data, filename), year), year)


def results_for(people: People, year: SchoolYear) -> Results:
    """Decide these people under the law of a school year, wherever what is known of them came from."""
    decisions = decided(people, year)
    answers: dict[str, dict[str, Answer]] = {}
    for decision in decisions.rows():
        mine = answers.setdefault(decision.learner, {})
        mine.setdefault(decision.benefit, Answer(decision.benefit, decision.unit)).add(decision)
    benefits = tuple(decisions.plan.benefits[place] for place in decisions.plan.granted)
    children = [
        _child(number, str(row["learner"]), people, answers.get(str(row["learner"]), {}), benefits)
        for number, row in enumerate(people.learners, start=1)
    ]
    children.sort(key=lambda child: (class_order(child.school_class), name_order(child.name), child.number))
    return Results(year, people, tuple(children), benefits)


def decided(people: People, year: SchoolYear) -> Decisions:
    """Every decision of these people by the engine that is the faster for so many; what is missing is not named."""
    return decide(people, law=law.load(), engine=_without_missing, year=year)


def _engine_for(people: People) -> Engine:
    """The fast engine; where there is nobody to decide, frames would have no columns, and the reference has no work."""
    return frames if people.learners else reference


def _without_missing(people: People, plan: Plan) -> Cells:
    """The fast engine on columns alone: it answers, and leaves the naming of missing facts to who needs it.

    For a class or a small school the slow engine is the faster: it needs no setting up.
    """
    if len(people.learners) <= FEW:
        return reference(people, plan)
    return frames(replace(columns(people), people=None), plan)


def _child(number: int, learner: str, people: People, answers: dict[str, Answer], benefits: Iterable[Benefit]) -> Child:
    names = people.names.get(learner, {})
    whole = {b.name: answers.get(b.name) or Answer(b.name, b.unit) for b in benefits}
    return Child(number, learner, str(names.get("name") or learner), str(names.get("class") or ""), whole)


@dataclass(frozen=True)
class Wanted:
    """The filters of the result list, as the address bar holds them."""

    outcome: str = ""
    benefit: str = ""
    school_class: str = ""
    text: str = ""

    def chosen(self, results: Results) -> list[Child]:
        """The children to show."""
        text = folded(self.text)
        return [
            child
            for child in results.children
            if (not self.outcome or child.has(self.outcome, self.benefit or None))
            and (not self.school_class or child.school_class == self.school_class)
            and (not text or all(word in child.search_text for word in text.split()))
        ]


def totals(children: list[Child], benefits: Iterable[Benefit]) -> list[Total]:
    """One total per benefit over the children shown."""
    found = []
    for benefit in benefits:
        answers = [child.answers[benefit.name] for child in children]
        count = Counter(answer.outcome for answer in answers)
        quantity = sum(answer.quantity for answer in answers)
        found.append(Total(benefit, count[YES], count[NO], count[UNKNOWN], quantity))
    return found


@dataclass(frozen=True)
class Reason:
    """Why one benefit is answered as it is, in months in a row that are answered alike."""

    benefit: Benefit
    months: tuple[Month, ...]
    explanation: Explanation

    @property
    def outcome(self) -> str:
        return _WORD[self.explanation.decision.outcome]

    @property
    def others(self) -> tuple[Step, ...]:
        """Clauses that were read but that the answer does not rest on."""
        return tuple(step for step in self.explanation.steps if not step.rests)


def reasons_of(results: Results, child: Child, *, refused: bool) -> dict[str, list[Reason]]:
    """Benefit name → its reasons, months answered alike put together; of those refused all the year, or of the others.

    Missing papers come first.
    """
    about = [name for name, answer in child.answers.items() if (answer.outcome == NO) == refused]
    if not about:
        return {}
    row = results.people.learners[child.number - 1]
    # One child alone: the reference engine need not look through the whole school for each month.
    alone = People([row], results.people.tables, results.people.sources, results.people.names)
    found: dict[str, list[Reason]] = {}
    benefits = law.load().benefits
    # A twelve-month support is owed in the holidays too: its summer, with the July the base salary changes in, has reasons.
    months = [results.year.month(position) for position in positions_in(twelve_mask(int(row["months"])))]
    for one in explain(
        alone, child.learner, law=law.load(), tracer=trace, year=results.year, months=months, about=about
    ):
        before = found.setdefault(one.decision.benefit, [])
        if before and _alike(before[-1].explanation, one):
            last = before.pop()
            before.append(replace(last, months=(*last.months, one.decision.month), explanation=one))
        else:
            before.append(Reason(benefits[one.decision.benefit], (one.decision.month,), one))
    rank = {UNKNOWN: 0, YES: 1, NO: 2}
    best = {name: min(rank[reason.outcome] for reason in reasons) for name, reasons in found.items()}
    return dict(sorted(found.items(), key=lambda item: best[item[0]]))


def explained(results: Results, child: Child, *, refused: bool) -> dict[str, dict[str, list[Reason]]]:
    """What a child's page tells: the reasons of what is owed or in question, and, where asked for, of what is refused.

    Most supports are refused to most children; why is told on request, which makes the page itself quick.
    """
    return {
        "asked": reasons_of(results, child, refused=False),
        "refused": reasons_of(results, child, refused=True) if refused else {},
    }


def _alike(one: Explanation, other: Explanation) -> bool:
    a, b = one.decision, other.decision
    same = (a.outcome, a.quantity, a.code, a.document, a.missing, a.doubts) == (
        b.outcome,
        b.quantity,
        b.code,
        b.document,
        b.missing,
        b.doubts,
    )
    return same and [(s.condition.cite, s.holds, _values(s)) for s in one.steps] == [
        (s.condition.cite, s.holds, _values(s)) for s in other.steps
    ]


def _values(step: Step) -> tuple[Any, ...]:
    return tuple((fact.name, fact.value) for fact in step.facts)


@dataclass(frozen=True)
class FactLine:
    """A fact of a child as the sheet gave it: name, value (None: not known) and where it stood."""

    name: str
    value: object
    source: Source | None


def facts_of(results: Results, child: Child) -> list[FactLine]:
    """The facts of a child in the month the school year opens, in the order of core.tables."""
    row = results.people.learners[child.number - 1]
    facts: dict[str, object] = {name: row.get(name) for name in OWN_FACTS}
    on = results.year.first_day
    for role in ROLES:
        rows = [r for r in results.people.tables.get(role.table, ()) if r["key"] == row.get(role.key)]
        held = in_force(rows, on, None)
        facts |= {fact: held[column] if held else None for column, fact in role.facts.items()}
    sources = results.people.sources
    return [FactLine(name, facts[name], sources.get((child.learner, name))) for name in FACTS]


@dataclass(frozen=True)
class SheetRow:
    """A row of the sheet with its faults beside it (each a mapping as registry.Upload keeps it)."""

    sheet: str
    row: int
    name: str
    beside: str
    faults: tuple[dict[str, Any], ...]


# What a row is known by, and what stands beside it, where that is not a learner's name and class.
_NAMED = {"school_list": ("school_name", "school_code"), "staff_list": ("full_name", "position")}


@dataclass(frozen=True)
class FaultPage:
    """The faults of an upload: those of the whole file, those beside rows, and how many stand in each column."""

    general: tuple[dict[str, Any], ...]
    columns: tuple[tuple[str, str, int], ...]
    rows: list[SheetRow]
    faulty_rows: int
    fault_count: int
    every_row: bool
    column: str
    other_school: str


def fault_page(upload: Upload, *, every_row: bool = False, column: str = "") -> FaultPage:
    """Rows with faults (or every row), optionally only those with a fault in one column (its heading)."""
    by_row: dict[tuple[str, int], list[dict[str, Any]]] = {}
    general = []
    for fault in upload.faults:
        if fault["row"] is None:
            general.append(fault)
        else:
            by_row.setdefault((fault["sheet"] or "", fault["row"]), []).append(fault)
    counted = Counter((fault["heading"], fault["column"]) for fault in upload.faults if fault["heading"])
    in_order = sorted(counted.items(), key=lambda item: (len(item[0][1] or ""), item[0][1] or "", item[0][0]))
    columns = tuple((heading, letter or "", count) for (heading, letter), count in in_order)
    intake = intake_of(upload)
    read = {(row.sheet, row.row): row.values for row in intake.rows}
    places = sorted({*by_row, *(read if every_row else ())})
    named = _NAMED.get(upload.template, ("full_name", "class_name"))
    rows = [_sheet_row(place, read.get(place, {}), by_row.get(place, []), named) for place in places]
    if column:
        rows = [row for row in rows if any(fault["heading"] == column for fault in row.faults)]
    other = _other_school(upload, intake.header)
    return FaultPage(tuple(general), columns, rows, len(by_row), upload.to_mend, every_row, column, other)


def school_of(upload: Upload) -> School:
    """The school of a school's list; TypeError when the list is an area's."""
    if upload.school is None:
        raise TypeError(f"upload {upload.pk} is not of a school")
    return upload.school


def _other_school(upload: Upload, header: Mapping[str, object]) -> str:
    """The school the sheet itself names, where its code is not that of the school it was uploaded for."""
    code = header.get("school_code")
    own = upload.school.code if upload.school else None
    return "" if None in (code, own) or code == own else str(header.get("school_name") or code)


def _sheet_row(
    place: tuple[str, int], values: Mapping[str, object], faults: list[dict[str, Any]], named: tuple[str, str]
) -> SheetRow:
    name, beside = (str(values.get(column) or "") for column in named)
    return SheetRow(*place, name, beside, tuple(faults))
