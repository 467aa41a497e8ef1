"""Why one learner is or is not owed each benefit: clause by clause, with the facts read and where each came from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from ansinh.core.dates import Month
from ansinh.core.decide import Explanation, FactUsed, Outcome, Step
from ansinh.core.money import format_whole
from ansinh.core.resolve import Law
from ansinh.core.tables import FACTS, Kind
from ansinh.reports._report import Report
from ansinh.reports._text import (
    OUTCOMES,
    basis_en,
    basis_vi,
    clause_words,
    day_vi,
    fact_label,
    fact_names,
    month_vi,
    quantity_words,
    reason,
)

Words = tuple[str, str]  # Vietnamese, English.


@dataclass(frozen=True)
class FactRead:
    """A fact a clause read, in words; `known` is False where the fact is missing. source is empty where none is recorded."""

    name: str
    label: Words
    value: Words
    known: bool
    source: Words


@dataclass(frozen=True)
class Clause:
    """One clause of the chain. part: who, bar or ground; holds: True, False or None (not known).

    decisive: the answer turns on it; rests: the answer rests on it (the others were looked at and changed nothing).
    """

    part: str
    cite: str
    where: Words
    text: Words
    holds: bool | None
    decisive: bool
    rests: bool
    facts: tuple[FactRead, ...]


@dataclass(frozen=True)
class Answer:
    """One benefit in one month."""

    benefit: str
    label: Words
    month: str
    outcome: str
    outcome_label: Words
    quantity: int
    unit: str
    document: str
    cite: str
    basis: Words
    reason: Words
    missing: tuple[str, ...]
    missing_label: Words
    doubts: tuple[Words, ...]
    chain: tuple[Clause, ...]


@dataclass(frozen=True)
class Why:
    """The answers of one learner, of one month, in the order of the law's benefits."""

    learner: str
    name: str
    class_name: str
    answers: tuple[Answer, ...]


def figures(
    explanations: Sequence[Explanation], law: Law, *, learner: str, named: Mapping[str, object] | None = None
) -> Why:
    """Explanations in words. named: what a person calls the learner (`name`, `class`)."""
    called = named or {}
    answers = tuple(_answer(one, law) for one in explanations)
    return Why(learner, str(called.get("name") or learner), str(called.get("class") or ""), answers)


def _answer(one: Explanation, law: Law) -> Answer:
    decision = one.decision
    benefit = law.benefits[decision.benefit]
    cite = decision.cite or one.rule.rule.cite
    return Answer(
        benefit=benefit.name,
        label=(benefit.vi, benefit.en),
        month=str(decision.month),
        outcome=decision.outcome.name,
        outcome_label=OUTCOMES[decision.outcome],
        quantity=decision.quantity,
        unit=decision.unit,
        document=decision.document.id,
        cite=cite,
        basis=(basis_vi(cite, decision.document), basis_en(cite, decision.document)),
        reason=reason(decision, law, one.rule),
        missing=decision.missing,
        missing_label=fact_names(decision.missing),
        doubts=tuple((doubt.vi, doubt.en) for doubt in decision.doubts),
        chain=tuple(_clause(step) for step in one.steps),
    )


def _clause(step: Step) -> Clause:
    condition = step.condition
    return Clause(
        part=step.part,
        cite=condition.cite,
        where=clause_words(condition.cite),
        text=(condition.vi, condition.en),
        holds=step.holds,
        decisive=step.decisive,
        rests=step.rests,
        facts=tuple(_fact(used) for used in step.facts),
    )


def _fact(used: FactUsed) -> FactRead:
    source = (used.source.vi(), used.source.en()) if used.source else ("", "")
    return FactRead(
        used.name, fact_label(used.name), value_words(used.name, used.value), used.value is not None, source
    )


def value_words(name: str, value: object) -> Words:
    """A fact's value as people read it: the code's words, yes or no, a day, a number with its unit."""
    fact = FACTS[name]
    if value is None:
        return "chưa biết", "not known"
    if fact.kind is Kind.BOOL:
        return ("có", "yes") if value else ("không", "no")
    if isinstance(value, date):
        return day_vi(value), value.isoformat()
    if isinstance(value, int) and fact.codes is not None:
        code = fact.codes.of(value)
        return code.vi, code.en
    number = format_whole(value) if isinstance(value, int) else str(value)
    return f"{number} {fact.unit}".strip(), f"{value} {fact.unit}".strip()


def _write_json(found: Why) -> bytes:
    return (json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n").encode()


def _write_txt(found: Why) -> bytes:
    who = " · ".join(part for part in (found.name, found.class_name, found.learner) if part)
    blocks = [f"{headline(answer, 0)}\n{body(answer, 0)}" for answer in found.answers]
    return ("\n\n".join([who, *blocks]) + "\n").encode()


def headline(answer: Answer, lang: int) -> str:
    """`Hỗ trợ ăn trưa, tháng 10/2025: được hưởng 360.000 đồng`. lang: 0 Vietnamese, 1 English."""
    month = Month.parse(answer.month)
    when = (f"tháng {month_vi(month)}", answer.month)[lang]
    amount = quantity_words(answer.quantity, answer.unit)[lang] if answer.outcome == Outcome.YES.name else ""
    return f"{answer.label[lang]}, {when}: {answer.outcome_label[lang]} {amount}".strip()


def body(answer: Answer, lang: int) -> str:
    """What follows a headline: the reason, the basis, and each clause with the facts it read; lines parted by newlines."""
    basis, doubtful = (("Căn cứ", "Basis")[lang], ("Căn cứ chưa được kiểm chứng", "Basis not confirmed")[lang])
    lines = [f"  {answer.reason[lang]}", f"  {basis}: {answer.basis[lang]}"]
    lines += [f"  {doubtful}: {doubt[lang]}" for doubt in answer.doubts]
    for clause in answer.chain:
        if clause.rests:
            mark = "→" if clause.decisive else "–"
            lines.append(f"  {mark} [{TRUTHS[clause.holds][lang]}] {_clause_line(clause, lang)}")
            lines += [f"        {_fact_line(fact, lang)}" for fact in clause.facts]
    others = [clause for clause in answer.chain if not clause.rests]
    if others:
        lines.append(("  Đã xét, không làm thay đổi câu trả lời:", "  Looked at; does not change the answer:")[lang])
        lines += [f"  · [{TRUTHS[clause.holds][lang]}] {_clause_line(clause, lang)}" for clause in others]
    return "\n".join(lines)


def _clause_line(clause: Clause, lang: int) -> str:
    return f"{clause.where[lang]}: {clause.text[lang]}" if clause.where[lang] else clause.text[lang]


def _fact_line(fact: FactRead, lang: int) -> str:
    source = f" ({fact.source[lang]})" if fact.source[lang] else ""
    return f"{fact.label[lang]}: {fact.value[lang]}{source}"


TRUTHS: Mapping[bool | None, Words] = {
    True: ("đúng", "true"),
    False: ("không", "not true"),
    None: ("chưa biết", "unknown"),
}


REPORT = Report(
    name="explanation",
    vi="Giải thích quyết định",
    en="Explanation",
    figures=figures,
    forms={"json": _write_json, "txt": _write_txt},
)
