"""The law in use, as data and as a page: documents, their clauses, numbers on a day, and what a jurist must still check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.core.dates import Month
from ansinh.core.money import format_whole
from ansinh.core.resolve import LAST_MONTH, Law
from ansinh.core.rules import Condition, Document, Doubt, NumberValue, Rule
from ansinh.reports._report import Report
from ansinh.reports._text import basis_en, basis_vi, clause_words

Entry = dict[str, Any]  # Ready for JSON: texts, whole numbers, lists and entries.


@dataclass(frozen=True)
class LawIndex:
    """Everything the index shows; `on` is the day the numbers are read for."""

    on: date
    documents: tuple[Entry, ...]
    numbers: tuple[Entry, ...]
    doubts: tuple[Entry, ...]


def figures(law: Law, *, on: date) -> LawIndex:
    """The index of the law, with numbers as they stand on a day."""
    return LawIndex(
        on, tuple(document_entry(law, d) for d in law.documents), tuple(numbers_on(law, on)), tuple(doubts_of(law))
    )


def document_line(law: Law, document: Document) -> Entry:
    """One document: what it is and from when until when it decides. `until` is the first month it no longer does."""
    end = law.end_of(document)
    return {
        "id": document.id,
        "vi": document.name_vi,
        "en": document.name_en,
        "title_vi": document.title_vi,
        "title_en": document.title_en,
        "issued": document.issued.isoformat(),
        "in_force": document.since.isoformat(),
        "first_month": str(document.first_month),
        "until": None if end == LAST_MONTH else str(end),
        "read": document.mark.value,
        "rules": len(document.rules),
    }


def document_entry(law: Law, document: Document) -> Entry:
    """One document in full: benefits, rules clause by clause, numbers, overlaps, what it replaces, doubts."""
    return {
        **document_line(law, document),
        "replaces": [{"document": r.document, "articles": list(r.articles)} for r in document.replaces],
        "benefits": [{"name": b.name, "vi": b.vi, "en": b.en, "unit": b.unit} for b in document.benefits],
        "rules": [_rule(law, document, rule) for rule in document.rules],
        "numbers": [_number(document, number) for number in document.numbers],
        "overlaps": [
            _cited(o.cite) | {"benefits": list(o.benefits), "vi": o.vi, "en": o.en} for o in document.overlaps
        ],
        "doubts": [_doubt(doubt) for _, doubt in _all_doubts(document)],
    }


def _rule(law: Law, document: Document, rule: Rule) -> Entry:
    benefit = law.benefits[rule.benefit]
    end = law.end_of(document, rule.cite)
    return _cited(rule.cite) | {
        "benefit": rule.benefit,
        "vi": benefit.vi,
        "en": benefit.en,
        "unit": benefit.unit,
        "months_a_year": rule.cap,
        "since": str(document.first_month),
        "until": None if end == LAST_MONTH else str(end),
        "who": [_clause(c) for c in rule.who],
        "bars": [_clause(c) for c in rule.bars],
        "grounds": [_clause(c) for c in rule.grounds],
        "papers": [{"vi": vi, "en": en} for vi, en in rule.papers],
    }


def _cited(cite: str) -> Entry:
    return {"cite": cite, "where_vi": clause_words(cite)[0], "where_en": clause_words(cite)[1]}


def _clause(condition: Condition) -> Entry:
    return _cited(condition.cite) | {"vi": condition.vi, "en": condition.en}


def _number(document: Document, number: NumberValue) -> Entry:
    return {
        "name": number.name,
        "vi": number.vi or number.name,
        "en": number.en or number.name,
        "value": number.value,
        "unit": number.unit,
        "document": document.id,
        "cite": number.cite,
        "basis_vi": basis_vi(number.cite, document),
        "basis_en": basis_en(number.cite, document),
        "since": str(document.first_month),
        "read": number.mark.value,
        "doubt": _doubt(number.doubt) if number.doubt else None,
    }


def numbers_on(law: Law, on: date) -> list[Entry]:
    """Each named number as it stands in the month of a day; numbers with no value yet are left out."""
    names = sorted({number.name for document in law.documents for number in document.numbers})
    found = (law.number(name, Month.of(on)) for name in names)
    return [_number(*pair) for pair in found if pair]


def by_benefit(law: Law) -> list[Entry]:
    """Each support through time: the rules that grant it, one after another, with their months and clauses."""
    return [
        {
            "benefit": benefit.name,
            "vi": benefit.vi,
            "en": benefit.en,
            "unit": benefit.unit,
            "rules": [
                {"document": one.document.id, "document_vi": one.document.name_vi, "document_en": one.document.name_en}
                | _rule(law, one.document, one.rule)
                for one in sorted(law.rules, key=lambda one: one.since)
                if one.rule.benefit == benefit.name
            ],
        }
        for benefit in law.benefits.values()
    ]


def in_force_on(law: Law, on: date) -> list[Entry]:
    """What may be had in the month of a day: each support with the document and clause that grant it."""
    month = Month.of(on)
    held = ((benefit, law.rule_for(benefit.name, month)) for benefit in law.benefits.values())
    return [
        {
            "benefit": benefit.name,
            "vi": benefit.vi,
            "en": benefit.en,
            "unit": benefit.unit,
            "document": found.document.id,
            "basis_vi": basis_vi(found.rule.cite, found.document),
            "basis_en": basis_en(found.rule.cite, found.document),
            "since": str(found.since),
            "until": None if found.until == LAST_MONTH else str(found.until),
        }
        for benefit, found in held
        if found
    ]


def _doubt(doubt: Doubt) -> Entry:
    return {"vi": doubt.vi, "en": doubt.en, "since": str(doubt.since) if doubt.since else None}


def doubts_of(law: Law) -> list[Entry]:
    """Everything not confirmed, with the document and the clause it touches (empty: the whole document)."""
    return [
        {"document": d.id, "document_vi": d.name_vi, "document_en": d.name_en} | _cited(cite) | _doubt(doubt)
        for d in law.documents
        for cite, doubt in _all_doubts(d)
    ]


def _all_doubts(document: Document) -> list[tuple[str, Doubt]]:
    found = [("", doubt) for doubt in document.doubts]
    found += [(number.cite, number.doubt) for number in document.numbers if number.doubt]
    found += [(overlap.cite, overlap.doubt) for overlap in document.overlaps if overlap.doubt]
    for rule in document.rules:
        found += [(rule.cite, doubt) for doubt in rule.doubts]
        found += [(condition.cite, condition.doubt) for condition in rule.conditions() if condition.doubt]
    return list(dict.fromkeys(found))


def counts(law: Law) -> Entry:
    """How much law there is: what a check prints when everything resolves."""
    return {
        "documents": len(law.documents),
        "benefits": len(law.benefits),
        "rules": len(law.rules),
        "numbers": sum(len(d.numbers) for d in law.documents),
        "cases": sum(len(d.cases) for d in law.documents),
        "doubts": len(doubts_of(law)),
    }


# The columns of each list as a table: (key, heading), in Vietnamese and in English.
Columns = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
DOCUMENT_COLUMNS: Columns = (
    (("id", "Mã"), ("vi", "Văn bản"), ("title_vi", "Tên"), ("in_force", "Hiệu lực"), ("until", "Đến"), ("rules", "Quy tắc")),
    (("id", "Id"), ("en", "Document"), ("title_en", "Title"), ("in_force", "In force"), ("until", "Until"), ("rules", "Rules")),
)  # fmt: skip
NUMBER_COLUMNS: Columns = (
    (("name", "Mã"), ("vi", "Con số"), ("value", "Giá trị"), ("unit", "Đơn vị"), ("since", "Từ tháng"), ("basis_vi", "Căn cứ")),
    (("name", "Name"), ("en", "Number"), ("value", "Value"), ("unit", "Unit"), ("since", "Since"), ("basis_en", "Basis")),
)  # fmt: skip
DOUBT_COLUMNS: Columns = (
    (("document_vi", "Văn bản"), ("where_vi", "Điều khoản"), ("vi", "Điều cần kiểm chứng"), ("since", "Từ tháng")),
    (("document_en", "Document"), ("where_en", "Clause"), ("en", "To be checked"), ("since", "Since")),
)
_MONTHS_VI = (("since", "Từ tháng"), ("until", "Đến"))
_MONTHS_EN = (("since", "Since"), ("until", "Until"))
IN_FORCE_COLUMNS: Columns = (
    (("benefit", "Mã"), ("vi", "Chế độ"), ("unit", "Đơn vị"), ("basis_vi", "Căn cứ"), ("since", "Từ tháng"), ("until", "Đến")),
    (("benefit", "Name"), ("en", "Benefit"), ("unit", "Unit"), ("basis_en", "Basis"), ("since", "Since"), ("until", "Until")),
)  # fmt: skip
BENEFIT_COLUMNS: Columns = (
    (("benefit", "Mã"), ("vi", "Chế độ"), ("document_vi", "Văn bản"), ("where_vi", "Điều khoản"), *_MONTHS_VI),
    (("benefit", "Name"), ("en", "Benefit"), ("document_en", "Document"), ("where_en", "Clause"), *_MONTHS_EN),
)
COUNT_COLUMNS: Columns = (
    (("documents", "Văn bản"), ("rules", "Quy tắc"), ("numbers", "Con số"), ("cases", "Ca mẫu"), ("doubts", "Chưa kiểm chứng")),
    (("documents", "Documents"), ("rules", "Rules"), ("numbers", "Numbers"), ("cases", "Cases"), ("doubts", "Not confirmed")),
)  # fmt: skip


def document_text(entry: Entry, lang: int) -> str:
    """A document clause by clause as plain text. lang: 0 Vietnamese, 1 English."""
    words, where, basis = (f"{key}{('vi', 'en')[lang]}" for key in ("", "where_", "basis_"))
    lines = [f"{entry[words]}: {entry[f'title_{words}']}"]
    parts = {"who": ("Ai", "Who"), "bars": ("Trừ", "Except"), "grounds": ("Trường hợp", "Grounds")}
    for rule in entry["rules"]:
        # A text that was not read in full has clauses whose article is not known.
        lines += ["", f"{rule[words]} ({rule[where]})" if rule[where] else rule[words]]
        for part, label in parts.items():
            for clause in rule[part]:
                head = f"{label[lang]} · {clause[where]}" if clause[where] else label[lang]
                lines.append(f"  {head}: {clause[words]}")
    for number in entry["numbers"]:
        lines += ["", f"{number[words]}: {format_whole(number['value'])} {number['unit']} ({number[basis]})"]
    doubtful = ("Chưa được kiểm chứng", "Not confirmed")[lang]
    return "\n".join([*lines, *(f"\n{doubtful}: {doubt[words]}" for doubt in entry["doubts"])])


def _write_json(found: LawIndex) -> bytes:
    return (json.dumps(found.__dict__, ensure_ascii=False, indent=2, default=str) + "\n").encode()


REPORT = Report(name="law_index", vi="Mục lục luật", en="Law index", figures=figures, forms={"json": _write_json})
