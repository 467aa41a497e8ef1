"""What a family told so far, the next question, and what the law answers. Nothing of it is kept: it all stands in the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

from ansinh import law
from ansinh.core.ask import Asking, Choice, Clause, Need, Question, family
from ansinh.core.dates import PREPARATORY, Month, SchoolYear
from ansinh.core.decide import FIRST_BAR, FIRST_WHO, NO_GROUND, OVER_CAP, Decision, Outcome, decide
from ansinh.core.resolve import InForce
from ansinh.core.rules import Benefit, Document, Filing
from ansinh.core.tables import FACTS
from ansinh.engines.reference import reference, value
from ansinh.web.portal.questions import questions

FIRST_YEAR, LAST_YEAR = 2011, 2026
YEARS_OFFERED = 5
UNKNOWN = "chua-biet"  # “I do not know”, in an address.
# What a question is called in an address. Short, and never a name of anybody.
KEYS = {
    "level": "cap",
    "grade": "lop",
    "birth": "sinh",
    "school_kind": "loai-truong",
    "ethnicity": "dan-toc",
    "home": "noi-o",
    "home_area": "khu-vuc-o",
    "school": "noi-hoc",
    "school_area": "khu-vuc-hoc",
    "parent_home": "noi-o-cha-me",
    "parent_home_area": "khu-vuc-cha-me",
    "poverty": "ho",
    "distance": "xa",
    "merit": "co-cong",
    "study_status": "hoc",
    "orphan": "mo-coi",
    "grandparents": "ong-ba",
    "public_school": "cong-lap",
    "disabled": "khuyet-tat",
    "inclusive": "hoa-nhap",
    "no_support": "khong-nguon",
    "conscript_child": "nghia-vu",
    "work_accident_parent": "tai-nan",
    "industrial_worker_parent": "cong-nhan",
    "difficult_terrain": "cach-tro",
    "semi_boarder": "ban-tru",
    "housed_by_school": "truong-lo",
    "lodges_with_relative": "nguoi-than",
    "pre_grade1_course": "tieng-viet",
    "disability_degree": "muc-khuyet-tat",
    "merit_rate": "muc-co-cong",
    "single_parent": "don-than",
    "lunch_at_school": "an-trua",
    "border_commune_school": "bien-gioi",
    "disaster": "thien-tai",
    "course_level": "trinh-do",
    "trade": "nghe",
    "admission": "trung-tuyen",
    "lower_secondary_entry": "vao-tu-thcs",
    "first_year_of_course": "nam-dau",
    "boarding_graduate": "tu-noi-tru",
    "worker_group": "lao-dong",
}
NAMES = {key: name for name, key in KEYS.items()}


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str


def year_of(day: date) -> SchoolYear:
    """The school year a family asks about on a day: from August on, the one about to open."""
    return SchoolYear(max(FIRST_YEAR, min(SchoolYear.of(day).start, LAST_YEAR)))


def years_offered(day: date) -> list[SchoolYear]:
    """This school year, the next when its law is known, and some before, newest first."""
    newest = min(year_of(day).start + 1, LAST_YEAR)
    return [SchoolYear(start) for start in range(newest, max(newest - YEARS_OFFERED, FIRST_YEAR) - 1, -1)]


@lru_cache(maxsize=8)
def asking_for(start: int) -> Asking:
    """The questions of a school year, with what was already found about them."""
    plan = law.load().plan(SchoolYear(start))
    return Asking(plan, questions(plan, value), reference, value)


@lru_cache(maxsize=1024)
def _needed(start: int, told: tuple[tuple[str, str | None], ...]) -> list[Need]:
    return asking_for(start).needed(dict(told))


@dataclass(frozen=True)
class Told:
    """One answer, in words, and the address of the page that changes it."""

    question: Question
    answer: Words
    change: str


@dataclass(frozen=True)
class Talk:
    """The state of one family's questionnaire: the school year and the answers, in the order given (None: not known)."""

    year: SchoolYear
    told: Mapping[str, str | None]

    @classmethod
    def read(cls, query: Mapping[str, str], today: date) -> Talk:
        """From an address. What is no question or no choice of one is left out."""
        try:
            year = SchoolYear(int(query.get("nam", "")))
        except ValueError:
            year = year_of(today)
        if not FIRST_YEAR <= year.start <= LAST_YEAR:
            year = year_of(today)
        named = {NAMES[key]: None if code == UNKNOWN else code for key, code in query.items() if key in NAMES}
        return cls(year, asking_for(year.start).valid(named))

    @property
    def asking(self) -> Asking:
        return asking_for(self.year.start)

    def query(self, *, without: str = "", language: str = "") -> list[tuple[str, str]]:
        """The answers as an address holds them."""
        found = [("nam", str(self.year.start))]
        found += [(KEYS[name], code or UNKNOWN) for name, code in self.told.items() if name != without]
        return found + ([("tieng", language)] if language else [])

    def address(self, *, without: str = "", language: str = "") -> str:
        return urlencode(self.query(without=without, language=language))

    def before_last(self) -> Talk:
        """As it was before the last answer."""
        return Talk(self.year, dict(list(self.told.items())[:-1]))

    @property
    def first(self) -> Question:
        return self.asking.questions[0]

    def needed(self) -> list[Need]:
        """What can still be asked; of a talk that has not begun, only the question that opens every talk."""
        if self.first.name not in self.told:
            need = self.asking.need(self.first, {})
            return [need] if need else []
        return _needed(self.year.start, tuple(self.told.items()))

    def question(self, name: str) -> Question | None:
        return next((q for q in self.asking.questions if q.name == name), None)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices of a question, given all answers but its own."""
        return question.choices(self.asking.facts({**self.told, question.name: None}))

    def answers(self, language: str = "") -> list[Told]:
        """Every answer in words."""
        found = []
        for name, code in self.told.items():
            question = self.question(name)
            if question is not None:
                choice = next((c for c in self.choices(question) if c.code == code), None)
                words = Words(choice.vi, choice.en) if choice else Words("Không biết", "Do not know")
                found.append(Told(question, words, f"{self.address(language=language)}&doi={KEYS[name]}"))
        return found


@dataclass(frozen=True)
class Dependent:
    """Benefits that a question can change through the same clauses."""

    benefits: tuple[Benefit, ...]
    clauses: tuple[Clause, ...]


def dependents(talk: Talk, need: Need) -> list[Dependent]:
    """Why a question is asked: the benefits proven to hang on it, and their clauses that still read what it tells."""
    plan = talk.asking.plan
    found: dict[tuple[str, ...], tuple[list[Benefit], list[Clause]]] = {}
    for index in need.benefits:
        clauses = talk.asking.clauses(need.question, index, talk.told)
        words = tuple(f"{document.id} {clause.cite} {clause.vi}" for document, clause in clauses)
        found.setdefault(words, ([], clauses))[0].append(plan.benefits[index])
    return [Dependent(tuple(benefits), tuple(clauses)) for benefits, clauses in found.values()]


@dataclass(frozen=True)
class Run:
    """Months in a row that are answered alike."""

    decision: Decision
    rule: InForce
    months: tuple[Month, ...]
    settled: bool

    @property
    def total(self) -> int:
        return self.decision.quantity * len(self.months)

    @property
    def cite(self) -> str:
        return self.decision.cite or self.rule.rule.cite

    @property
    def why_not(self) -> str:
        """What kind of no this is."""
        code = self.decision.code
        if code == NO_GROUND:
            return "no ground"
        if code == OVER_CAP:
            return "over cap"
        if self.decision.superseded_by:
            return "superseded"
        return "who" if FIRST_BAR < code <= FIRST_WHO else "bar"


@dataclass(frozen=True)
class Missing:
    """What an answer still waits for, in words, and the address of its question where there is one."""

    words: Words
    address: str


@dataclass(frozen=True)
class Support:
    """One benefit over the school year, for one family."""

    benefit: Benefit
    yes: tuple[Run, ...]
    unknown: tuple[Run, ...]
    no: tuple[Run, ...]
    missing: tuple[Missing, ...]

    @property
    def total(self) -> int:
        return sum(run.total for run in self.yes)

    @property
    def papers(self) -> list[Words]:
        found = {pair: None for run in (*self.yes, *self.unknown) for pair in run.rule.rule.papers}
        return [Words(*pair) for pair in found]

    @property
    def filings(self) -> list[tuple[Document, Filing]]:
        """Where and by when to file, under each document that answers yes or may; none where that was not read."""
        documents = {run.decision.document.id: run.decision.document for run in (*self.yes, *self.unknown)}
        found = ((document, document.filing(self.benefit.name)) for document in documents.values())
        return [(document, filing) for document, filing in found if filing]

    @property
    def doubts(self) -> list[Words]:
        found = {(d.vi, d.en): None for run in (*self.yes, *self.unknown, *self.no) for d in run.decision.doubts}
        return [Words(*pair) for pair in found]


@dataclass(frozen=True)
class Result:
    """All benefits the law of the year knows, by their answer: owed, in question, not owed."""

    owed: tuple[Support, ...]
    unknown: tuple[Support, ...]
    refused: tuple[Support, ...]


def result_of(talk: Talk, language: str = "") -> Result:
    """What the law answers to what was told, for a child who studies September to May."""
    asking = talk.asking
    facts = asking.completed(talk.told)
    decisions = decide(family(facts), law=law.load(), engine=reference, year=talk.year)
    by_benefit: dict[str, list[Run]] = {}
    for decision in decisions.rows():
        # The August before is paid for the course alone: that it is not paid to others says nothing to them.
        if decision.outcome is not Outcome.NO or talk.year.position(decision.month) != PREPARATORY:
            by_benefit.setdefault(decision.benefit, []).append(_run(asking, decision, facts))
    supports = [_support(talk, runs, language) for runs in by_benefit.values()]
    owed = tuple(s for s in supports if s.yes)
    unknown = tuple(s for s in supports if s.unknown and not s.yes)
    return Result(owed, unknown, tuple(s for s in supports if not s.yes and not s.unknown))


def _run(asking: Asking, decision: Decision, facts: Mapping[str, bool | int | date]) -> Run:
    position = asking.plan.year.position(decision.month)
    index = [benefit.name for benefit in asking.plan.benefits].index(decision.benefit)
    settled = asking.settled(index, position, facts)
    return Run(decision, asking.plan.declared[position, index], (decision.month,), settled)


def _support(talk: Talk, runs: list[Run], language: str) -> Support:
    joined = tuple(_joined(runs))
    by = {outcome: tuple(run for run in joined if run.decision.outcome is outcome) for outcome in Outcome}
    names = dict.fromkeys(name for run in by[Outcome.CANNOT_SAY] for name in run.decision.missing)
    missing = {entry.words: entry for name in names for entry in [_missing(talk, name, language)]}
    benefit = law.load().benefits[runs[0].decision.benefit]
    return Support(benefit, by[Outcome.YES], by[Outcome.CANNOT_SAY], by[Outcome.NO], tuple(missing.values()))


def _joined(runs: list[Run]) -> Iterator[Run]:
    for _, alike in groupby(runs, key=_alike):
        group = list(alike)
        yield Run(group[0].decision, group[0].rule, tuple(run.decision.month for run in group), group[0].settled)


def _alike(run: Run) -> tuple[object, ...]:
    d = run.decision
    return d.outcome, d.quantity, d.code, d.document.id, d.missing, d.doubts, run.settled


def _missing(talk: Talk, name: str, language: str) -> Missing:
    question = next((q for q in talk.asking.questions if name in q.facts and talk.choices(q)), None)
    if question is None:
        return Missing(Words(FACTS[name].vi, FACTS[name].en), "")
    address = f"{talk.address(without=question.name, language=language)}&doi={KEYS[question.name]}"
    return Missing(Words(question.vi, question.en), address)
