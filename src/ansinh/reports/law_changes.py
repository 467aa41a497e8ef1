"""What changed in the law between two days: documents that came, supports that began, changed or ended, numbers that moved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum

from ansinh.core.dates import Month
from ansinh.core.money import format_whole
from ansinh.core.resolve import LAST_MONTH, InForce, Law
from ansinh.core.rules import Condition, Document
from ansinh.reports._report import Report
from ansinh.reports._text import basis_en, basis_vi, month_vi

Words = tuple[str, str]  # Vietnamese, English.


class Happened(Enum):
    """What a change is about."""

    DOCUMENT = "document"
    BEGAN = "began"
    CHANGED = "changed"
    ENDED = "ended"
    NUMBER = "number"


HAPPENED: dict[Happened, Words] = {
    Happened.DOCUMENT: ("văn bản có hiệu lực", "document in force"),
    Happened.BEGAN: ("chế độ mới", "new support"),
    Happened.CHANGED: ("chế độ thay đổi", "support changed"),
    Happened.ENDED: ("chế độ hết", "support ended"),
    Happened.NUMBER: ("mức thay đổi", "number changed"),
}


@dataclass(frozen=True)
class Changed:
    """One change, first felt in `month`. `name` is the document, benefit or number; before and after say what it was and is.

    added, dropped: clauses of a support that are new in the later rule, or no longer there, in words.
    """

    month: Month
    happened: Happened
    name: str
    label: Words
    document: str
    basis: Words
    before: Words = ("", "")
    after: Words = ("", "")
    added: tuple[Words, ...] = ()
    dropped: tuple[Words, ...] = ()


@dataclass(frozen=True)
class LawChanges:
    """Every change first felt after the month of `since` and up to the month of `until`, in the order of months."""

    since: date
    until: date
    changes: tuple[Changed, ...]


def figures(law: Law, *, since: date, until: date) -> LawChanges:
    """What changed from one day to another. ValueError when the later day comes first."""
    if until < since:
        raise ValueError(f"{until} comes before {since}")
    first, last = Month.of(since), Month.of(until)
    order = list(Happened)
    every = [*_documents(law), *_supports(law), *_numbers(law)]
    found = [change for change in every if first < change.month <= last]
    return LawChanges(
        since, until, tuple(sorted(found, key=lambda c: (c.month, order.index(c.happened), c.document, c.name)))
    )


def _documents(law: Law) -> Iterator[Changed]:
    for document in law.documents:
        ended = [other for other in law.documents if any(r.document == other.id for r in document.replaces)]
        before = ", ".join(one.name_vi for one in ended), ", ".join(one.name_en for one in ended)
        yield Changed(
            document.first_month, Happened.DOCUMENT, document.id, (document.name_vi, document.name_en), document.id,
            (document.name_vi, document.name_en), before, (document.title_vi, document.title_en),
        )  # fmt: skip


def _supports(law: Law) -> Iterator[Changed]:
    for benefit in law.benefits.values():
        label = benefit.vi, benefit.en
        rules = sorted((r for r in law.rules if r.rule.benefit == benefit.name), key=lambda r: r.since)
        for place, one in enumerate(rules):
            before = rules[place - 1] if place and rules[place - 1].until == one.since else None
            happened = Happened.CHANGED if before else Happened.BEGAN
            old = _basis(before) if before else ("", "")
            yield Changed(
                one.since, happened, benefit.name, label, one.document.id, _basis(one), old, _basis(one),
                _clauses(one, before) if before else (), _clauses(before, one) if before else (),
            )  # fmt: skip
            following = rules[place + 1] if place + 1 < len(rules) else None
            if one.until != LAST_MONTH and (following is None or following.since != one.until):
                yield Changed(one.until, Happened.ENDED, benefit.name, label, one.document.id, _basis(one), _basis(one))


def _basis(one: InForce) -> Words:
    return basis_vi(one.rule.cite, one.document), basis_en(one.rule.cite, one.document)


def _clauses(one: InForce, other: InForce) -> tuple[Words, ...]:
    """The clauses of one rule that the other does not have, told apart by what they hold, not by where they stand."""
    there = {condition.holds for condition in other.rule.conditions()}
    return tuple(_clause(condition) for condition in one.rule.conditions() if condition.holds not in there)


def _clause(condition: Condition) -> Words:
    return condition.vi, condition.en


def _numbers(law: Law) -> Iterator[Changed]:
    for name in sorted({number.name for document in law.documents for number in document.numbers}):
        series = law.series(name)
        for place, (document, number) in enumerate(series):
            before = series[place - 1][1].value if place else None
            if before != number.value:
                label = number.vi or name, number.en or name
                yield Changed(
                    document.first_month, Happened.NUMBER, name, label, document.id, _where(number.cite, document),
                    _amount(before, number.unit), _amount(number.value, number.unit),
                )  # fmt: skip


def _where(cite: str, document: Document) -> Words:
    return basis_vi(cite, document), basis_en(cite, document)


def _amount(value: int | None, unit: str) -> Words:
    text = "" if value is None else f"{format_whole(value)} {unit}"
    return text, text


def entries(found: LawChanges) -> list[dict[str, object]]:
    """The changes ready for JSON; pairs of texts are [vi, en]."""
    return [
        asdict(change) | {"month": str(change.month), "happened": change.happened.value} for change in found.changes
    ]


@dataclass(frozen=True)
class Spoken:
    """One change in the words of one language."""

    month: str
    happened: str
    label: str
    before: str
    after: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    basis: str


def spoken(change: Changed, lang: int) -> Spoken:
    """A change in words. lang: 0 Vietnamese, 1 English."""
    return Spoken(
        (month_vi(change.month), str(change.month))[lang],
        HAPPENED[change.happened][lang],
        change.label[lang],
        change.before[lang],
        change.after[lang],
        tuple(words[lang] for words in change.added),
        tuple(words[lang] for words in change.dropped),
        change.basis[lang],
    )


def rows(found: LawChanges, lang: int) -> list[tuple[str, ...]]:
    """The changes as a table, headings first. lang: 0 Vietnamese, 1 English."""
    heads = (
        ("Từ tháng", "Việc", "Về", "Trước", "Sau", "Căn cứ"),
        ("From", "What", "On", "Before", "After", "Basis"),
    )
    lines = []
    for c in (spoken(change, lang) for change in found.changes):
        after = "\n".join([c.after, *(f"+ {words}" for words in c.added), *(f"− {words}" for words in c.dropped)])
        lines.append((c.month, c.happened, c.label, c.before, after, c.basis))
    return [heads[lang], *lines]


def _write_json(found: LawChanges) -> bytes:
    told = {"from": found.since.isoformat(), "to": found.until.isoformat(), "changes": entries(found)}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


REPORT = Report(
    name="law_changes",
    vi="Thay đổi của luật giữa hai ngày",
    en="What changed in the law between two days",
    figures=figures,
    forms={"json": _write_json},
)
