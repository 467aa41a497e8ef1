"""Decision rows, explanations and the law index."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import polars as pl
import pytest

from ansinh.core.decide import Outcome, explain
from ansinh.core.tables import FACTS, People, Source
from ansinh.engines.reference import trace
from ansinh.reports import decision_rows as rows_report
from ansinh.reports import explanation, law_index, write
from ansinh.reports._text import basis_en, basis_vi
from tests.reports import small


def test_rows_agree_with_the_decisions_in_both_forms() -> None:
    found = rows_report.figures(small.decisions(), small.PEOPLE)
    decisions = list(small.decisions().rows())
    text = write("decision_rows", found, "csv").decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))
    frame = pl.read_parquet(io.BytesIO(write("decision_rows", found, "parquet")))
    assert tuple(frame.columns) == tuple(read[0]) == rows_report.COLUMNS
    assert len(read) == frame.height == len(decisions)
    for row, decision in zip(read, decisions, strict=True):
        assert (row["learner"], row["month"], row["benefit"]) == (
            decision.learner,
            str(decision.month),
            decision.benefit,
        )
        assert (row["outcome"], int(row["quantity"])) == (decision.outcome.name, decision.quantity)
        assert row["basis"].endswith("NĐ-CP") and row["reason_vi"] and row["reason_en"]
    owed = frame.filter((pl.col("outcome") == "YES") & (pl.col("benefit") == "meal"))["quantity"].sum()
    assert owed == 4_800_000


def test_no_cell_of_the_csv_can_run_as_a_formula() -> None:
    names = {f"HS0{n}": {"name": name, "class": "@1"} for n, name in enumerate(("=1+1", "+1", "-1", "\tx=1", "a"), 1)}
    people = People(small.PEOPLE.learners, names=names)
    text = write("decision_rows", rows_report.figures(small.decisions(people=people), people), "csv").decode(
        "utf-8-sig"
    )
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def why(learner: str, **facts: object) -> explanation.Why:
    rows = [{**row, **facts} if row["learner"] == learner else row for row in small.PEOPLE.learners]
    sources = {(learner, "poverty"): Source("ds.xlsx", "Danh sách", 7, "J")}
    people = People(rows, sources=sources, names=small.PEOPLE.names)
    law = small.law(exclusive=True)
    found = explain(people, learner, law=law, tracer=trace, year=small.YEAR)
    return explanation.figures(found, law, learner=learner, named=people.names.get(learner))


@pytest.mark.parametrize(
    ("learner", "outcome", "quantity"), [("HS01", "YES", 150_000), ("HS03", "CANNOT_SAY", 0), ("HS05", "NO", 0)]
)
def test_an_explanation_says_what_was_decided(learner: str, outcome: str, quantity: int) -> None:
    answer = next(one for one in why(learner).answers if one.benefit == "meal")
    assert (answer.outcome, answer.quantity) == (outcome, quantity)
    decided = next(
        row for row in small.decisions(exclusive=True).rows() if row.learner == learner and row.benefit == "meal"
    )
    assert (decided.outcome is Outcome[outcome], decided.quantity) == (True, quantity)
    assert [clause.cite for clause in answer.chain] == ["1.2", "2.1.a", "2.1.b"]


def test_an_explanation_names_the_sheet_and_row_of_each_fact_and_what_is_missing() -> None:
    answer = next(one for one in why("HS03").answers if one.benefit == "meal")
    poverty = next(fact for clause in answer.chain for fact in clause.facts if fact.name == "poverty")
    assert poverty.value == ("chưa biết", "not known") and not poverty.known
    assert poverty.source[0] == "tệp ds.xlsx, trang “Danh sách”, dòng 7, cột J"
    assert answer.missing == ("poverty",)
    text = write("explanation", why("HS03"), "txt").decode()
    assert "Hỗ trợ tiền ăn, tháng 9/2025: chưa đủ căn cứ" in text
    assert "[chưa biết] điểm a khoản 1 Điều 2: Người học thuộc hộ nghèo" in text
    assert "dòng 7, cột J" in text
    assert json.loads(write("explanation", why("HS03"), "json"))["learner"] == "HS03"


def test_the_loser_of_an_overlap_is_explained() -> None:
    answer = next(one for one in why("HS01").answers if one.benefit == "grant")
    assert answer.outcome == "NO"
    assert answer.reason[1] == (
        "Only the highest of several supports is given: Meal support (Article 6, Decree 1/2024/NĐ-CP)."
    )


@pytest.mark.parametrize(
    ("fact", "value", "vi"),
    [
        ("poverty", 2, "Hộ nghèo"),
        ("disabled", True, "có"),
        ("disabled", False, "không"),
        ("birth_date", date(2012, 5, 20), "20/05/2012"),
        ("distance_m", 4_500, "4.500 m"),
        ("grade", None, "chưa biết"),
    ],
)
def test_values_of_facts_in_words(fact: str, value: object, vi: str) -> None:
    assert explanation.value_words(fact, value)[0] == vi


def test_an_article_nobody_read_is_said_so() -> None:
    assert basis_vi("?", small.FIRST) == "điều khoản chưa xác định của Nghị định 1/2024/NĐ-CP"
    assert basis_en("?", small.FIRST) == "article not known, Decree 1/2024/NĐ-CP"


def test_every_code_of_every_fact_has_words() -> None:
    for fact in FACTS.values():
        for code in fact.codes.codes if fact.codes else ():
            assert explanation.value_words(fact.name, code.value) == (code.vi, code.en)


def test_the_law_index_follows_replacement_and_numbers_by_day() -> None:
    law = small.law()
    found = law_index.figures(law, on=date(2026, 1, 1))
    first, second = found.documents
    assert first["rules"][0]["until"] == "2026-01" and first["rules"][2]["until"] is None
    assert second["replaces"] == [{"document": "made-up-1", "articles": ["2"]}]
    assert [number["value"] for number in found.numbers] == [200_000]
    assert [number["value"] for number in law_index.numbers_on(law, date(2025, 12, 31))] == [150_000]
    assert law_index.numbers_on(law, date(2024, 1, 1)) == []
    assert [(doubt["document"], doubt["cite"], doubt["vi"]) for doubt in found.doubts] == [
        ("made-up-1", "5", small.DOUBT.vi)
    ]
    assert law_index.counts(law) == {
        "documents": 2, "benefits": 4, "rules": 5, "numbers": 2, "cases": 1, "doubts": 1,
    }  # fmt: skip
    assert json.loads(write("law_index", found, "json"))["on"] == "2026-01-01"
    text = law_index.document_text(first, 0)
    assert "Trường hợp · điểm a khoản 1 Điều 2: Người học thuộc hộ nghèo" in text
    assert "150.000 VND/month (khoản 2 Điều 2 Nghị định 1/2024/NĐ-CP)" in text
