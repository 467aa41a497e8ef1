"""The words of figures: clauses, reasons, months, days, and the order in which class lists name children."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import FIRST_BAR, OVER_CAP, Decision, Outcome
from ansinh.core.money import format_whole
from ansinh.core.resolve import InForce, Law, Plan
from ansinh.core.rules import Document, cite_en, cite_vi
from ansinh.core.tables import FACTS

UNITS = {"VND": ("đồng", "đồng"), "kg": ("kg", "kg"), "%": ("% học phí", "% of tuition")}
OUTCOMES = {
    Outcome.YES: ("được hưởng", "entitled"),
    Outcome.NO: ("không được hưởng", "not entitled"),
    Outcome.CANNOT_SAY: ("chưa đủ căn cứ", "cannot say yet"),
}


def plain(value: object) -> str:
    """Text fit for a sheet or a paper: composed letters and single spaces.

    Control characters, which XML refuses, and invisible ones, which can turn the direction of a line, go.
    """
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    kept = (" " if letter in "\t\r\n" else "" if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    return " ".join("".join(kept).split())


def day_vi(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def day_long_vi(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: Decree 30/2020 puts a zero before days under 10 and before months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def month_vi(month: Month) -> str:
    return f"{month.month}/{month.year}"


def year_vi(year: SchoolYear) -> str:
    return f"{year.start}–{year.start + 1}"


def months_vi(months: Sequence[Month]) -> str:
    """Months in a row as one span: `9/2025–12/2025, 2/2026`."""
    spans: list[list[Month]] = []
    for month in sorted(months):
        if spans and spans[-1][-1] + 1 == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    return ", ".join(
        month_vi(span[0]) if len(span) == 1 else f"{month_vi(span[0])}–{month_vi(span[-1])}" for span in spans
    )


def quantity_words(quantity: int, unit: str) -> tuple[str, str]:
    """`160.000 đồng`, `15 kg`, `70 % học phí`; in English `70 % of tuition`."""
    vi, en = UNITS[unit]
    return f"{format_whole(quantity)} {vi}", f"{format_whole(quantity)} {en}"


def rule_of(decision: Decision, plan: Plan) -> InForce:
    """The rule a decision was made under."""
    place = next(i for i, benefit in enumerate(plan.benefits) if benefit.name == decision.benefit)
    return plan.declared[plan.year.position(decision.month), place]


def basis_vi(cite: str, document: Document) -> str:
    """`điểm c khoản 1 Điều 7 Nghị định 105/2020/NĐ-CP`."""
    return " ".join(part for part in (clause_words(cite)[0], "của" if "?" in cite else "", document.name_vi) if part)


def basis_en(cite: str, document: Document) -> str:
    """`point c, clause 1, Article 7, Decree 105/2020/NĐ-CP`."""
    return ", ".join(part for part in (clause_words(cite)[1], document.name_en) if part)


def clause_words(cite: str) -> tuple[str, str]:
    """A clause in words. Law files write `?` where the article was not read: that is said, not printed as a number."""
    if "?" in cite:
        return "điều khoản chưa xác định", "article not known"
    return cite_vi(cite), cite_en(cite)


def fact_names(facts: Sequence[str]) -> tuple[str, str]:
    """The words of facts, Vietnamese and English."""
    labels = [fact_label(name) for name in facts]
    return "; ".join(vi for vi, _ in labels), "; ".join(en for _, en in labels)


def fact_label(name: str) -> tuple[str, str]:
    """A fact's words, opening with a capital as at the head of a line."""
    fact = FACTS[name]
    return fact.vi[:1].upper() + fact.vi[1:], fact.en[:1].upper() + fact.en[1:]


def reason(decision: Decision, law: Law, rule: InForce) -> tuple[str, str]:
    """Why the answer is what it is, Vietnamese and English: what was met, what was not, or what is missing."""
    condition, document = decision.condition, decision.document
    if decision.outcome is Outcome.CANNOT_SAY:
        return _why_open(decision)
    if decision.superseded_by is not None:
        return _why_superseded(decision, law)
    if decision.code == OVER_CAP:
        return (
            f"Đã hưởng đủ {rule.rule.cap} tháng, mức tối đa của một năm học.",
            f"The {rule.rule.cap} months that may be paid in a school year are used up.",
        )
    if condition is None:
        return (
            f"Không thuộc trường hợp nào được hưởng theo {basis_vi(rule.rule.cite, document)}.",
            f"None of the grounds of {basis_en(rule.rule.cite, document)} is met.",
        )
    if decision.outcome is Outcome.YES:
        return f"{condition.vi}.", f"{condition.en}."
    if decision.code <= FIRST_BAR:
        return f"Thuộc trường hợp bị loại trừ: {condition.vi}.", f"Excluded: {condition.en}."
    return f"Không đáp ứng điều kiện: {condition.vi}.", f"Condition not met: {condition.en}."


def _why_open(decision: Decision) -> tuple[str, str]:
    if decision.missing:
        vi, en = fact_names(decision.missing)
        return f"Còn thiếu: {vi}.", f"Missing: {en}."
    return (
        "Chưa rõ còn tháng được hưởng hay không, vì một tháng trước chưa đủ căn cứ.",
        "Whether a month is left to pay is not known, because an earlier month is still open.",
    )


def _why_superseded(decision: Decision, law: Law) -> tuple[str, str]:
    winner = law.benefits[decision.superseded_by or ""]
    for document, overlap in law.overlaps_in(decision.month):
        if {decision.benefit, winner.name} <= set(overlap.benefits):
            return (
                f"Chỉ được hưởng một chế độ cao nhất, đã tính: {winner.vi} ({basis_vi(overlap.cite, document)}).",
                f"Only the highest of several supports is given: {winner.en} ({basis_en(overlap.cite, document)}).",
            )
    return f"Đã hưởng khoản khác: {winner.vi}.", f"Another support is given instead: {winner.en}."


def class_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Classes by number, then letter: 6A before 10A; kindergarten classes, which open with a word, come first."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part.strip().lower()) for part in parts)
