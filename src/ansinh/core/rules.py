"""Documents, rules, numbers and overlaps as a law file declares them.

A law file holds one `DOCUMENT`. Nothing here computes: `core.resolve` finds what is in force in a month, engines decide.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from ansinh.core.dates import Month
from ansinh.core.nodes import Node


class LawError(ValueError):
    """A law that does not resolve. The message opens with the file and line of what is wrong."""


def _place() -> str:
    """File and line of the law file that is constructing a declaration: errors point at it."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename in (__file__, "<string>") and frame.f_back is not None:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


class Mark(Enum):
    """How the fact was read: in full text, in a secondary page, derived, or not confirmed at all."""

    FULL_TEXT = "P"
    SECONDARY = "S"
    DERIVED = "D"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Doubt:
    """What a jurist must check before it can be relied on. Every answer resting on it says so, from month `since` until `until`.

    `only` is "yes" or "no" where answers of one kind alone rest on it (a clause that may refuse too many, or grant too many).
    """

    vi: str
    en: str
    since: Month | None = None
    until: Month | None = None
    only: str = ""

    def touches(self, month: Month) -> bool:
        """Is it about this month? `since` is included, `until` is not."""
        return (self.since is None or self.since <= month) and (self.until is None or month < self.until)


@dataclass(frozen=True)
class Benefit:
    """A support. `unit` is VND or kg per month, or % of tuition."""

    name: str
    vi: str
    en: str
    unit: str


@dataclass(frozen=True)
class NumberValue:
    """A number of the law from the document's first month on: `value` in `unit`, with the article it stands in and its source."""

    name: str
    value: int
    unit: str
    cite: str
    source: str
    mark: Mark = Mark.FULL_TEXT
    vi: str = ""
    en: str = ""
    doubt: Doubt | None = None
    at: str = field(default_factory=_place, compare=False, repr=False)


@dataclass(frozen=True)
class Condition:
    """One clause: where it stands (`7.1.c` is point c, clause 1, Article 7), its words, and when it holds.

    `quantity` overrides the rule's for a ground that gives another amount.
    """

    cite: str
    vi: str
    en: str
    holds: Node
    quantity: Node | None = None
    doubt: Doubt | None = None
    at: str = field(default_factory=_place, compare=False, repr=False)


@dataclass(frozen=True)
class Rule:
    """One benefit under one document: owed in a month when all of `who` hold, none of `bars`, and any of `grounds`.

    `cap` is the most months paid in a school year (9, 10 or 12; 1 for a yearly support, given in the first month owed).
    `preparatory` adds the August before, outside the cap. `twelve` pays all twelve months, holidays too, to a learner who
    studies at least nine of them; others are paid the months they study.
    """

    benefit: str
    cite: str
    who: tuple[Condition, ...]
    grounds: tuple[Condition, ...]
    quantity: Node
    cap: int
    bars: tuple[Condition, ...] = ()
    preparatory: bool = False
    twelve: bool = False
    papers: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    at: str = field(default_factory=_place, compare=False, repr=False)

    def conditions(self) -> tuple[Condition, ...]:
        return (*self.who, *self.bars, *self.grounds)


@dataclass(frozen=True)
class Overlap:
    """Of several benefits in one month only the highest is given; of equals, the one named first."""

    benefits: tuple[str, ...]
    cite: str
    vi: str
    en: str
    doubt: Doubt | None = None
    at: str = field(default_factory=_place, compare=False, repr=False)


@dataclass(frozen=True)
class Filing:
    """Where and by when a family files for supports of a document, in both languages; `cite` and `source` as of a number."""

    benefits: tuple[str, ...]
    cite: str
    where: tuple[str, str]
    when: tuple[str, str]
    source: str
    mark: Mark = Mark.FULL_TEXT
    at: str = field(default_factory=_place, compare=False, repr=False)


@dataclass(frozen=True)
class Replaces:
    """Ends another document from this one's first month: the whole, or only the articles named."""

    document: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What a worked case expects of one benefit; None means not checked. `cite` is that of the ground or of what failed."""

    outcome: str
    quantity: int | None = None
    months: int | None = None
    total: int | None = None
    cite: str | None = None
    missing: tuple[str, ...] = ()


def pays(quantity: int, *, months: int | None = None, total: int | None = None, cite: str | None = None) -> Expected:
    """Yes, `quantity` in each month paid; optionally how many months and the year's total."""
    return Expected("yes", quantity, months, total, cite)


def refuses(cite: str | None = None) -> Expected:
    return Expected("no", cite=cite)


def undecided(*missing: str) -> Expected:
    return Expected("cannot_say", missing=missing)


@dataclass(frozen=True)
class Case:
    """A worked case: an ordinary learner changed by `facts` (None is not known), decided for a school year.

    `months` is the study mask where it is not September to May; `source` says whose reckoning it is.
    """

    name: str
    year: int
    facts: Mapping[str, Any]
    expect: Mapping[str, Expected]
    source: str = ""
    months: int | None = None
    at: str = field(default_factory=_place, compare=False, repr=False)


@dataclass(frozen=True)
class Document:
    """A legal document: what it is, when it applies, what it ends, and what it says.

    `since` is its day in force; it decides months from `first_month`, by default the first month that begins in force.
    """

    id: str
    number: str
    kind: str
    title_vi: str
    title_en: str
    issued: date
    since: date
    source: str
    mark: Mark
    applies_from: Month | None = None
    replaces: tuple[Replaces, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    numbers: tuple[NumberValue, ...] = ()
    rules: tuple[Rule, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    cases: tuple[Case, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    filings: tuple[Filing, ...] = ()
    at: str = field(default_factory=_place, compare=False, repr=False)

    def filing(self, benefit: str) -> Filing | None:
        """Where and by when a family files for a support of this document; None where that was not read."""
        return next((filing for filing in self.filings if benefit in filing.benefits), None)

    @property
    def first_month(self) -> Month:
        return self.applies_from or Month.starting_on_or_after(self.since)

    @property
    def name_vi(self) -> str:
        return f"{KINDS[self.kind][0]} {self.number}"

    @property
    def name_en(self) -> str:
        return f"{KINDS[self.kind][1]} {self.number}"


KINDS: Mapping[str, tuple[str, str]] = {
    "decree": ("Nghị định", "Decree"),
    "decision": ("Quyết định", "Decision"),
    "joint_circular": ("Thông tư liên tịch", "Joint Circular"),
    "circular": ("Thông tư", "Circular"),
    "resolution": ("Nghị quyết", "Resolution"),
    "law": ("Luật", "Law"),
}


def cite_vi(cite: str) -> str:
    """`7.1.c` → `điểm c khoản 1 Điều 7`; an empty cite stays empty."""
    return _cite(cite, "Điều", "khoản", "điểm")


def cite_en(cite: str) -> str:
    """`7.1.c` → `point c, clause 1, Article 7`."""
    return _cite(cite, "Article", "clause", "point", ", ")


def _cite(cite: str, article: str, clause: str, point: str, joint: str = " ") -> str:
    if not cite:
        return ""
    parts = cite.split(".")
    return joint.join(
        f"{word} {part}" for word, part in reversed(list(zip((article, clause, point), parts, strict=False)))
    )
