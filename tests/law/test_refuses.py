"""A law that does not resolve refuses to load, and the message opens with the file and line of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.dates import Month
from ansinh.core.nodes import Calendar, Const, Fact, Node, Number
from ansinh.core.resolve import load_law
from ansinh.core.rules import (
    Benefit,
    Condition,
    Document,
    Filing,
    LawError,
    Mark,
    NumberValue,
    Overlap,
    Replaces,
    Rule,
)

BENEFITS = (Benefit("aid", "Hỗ trợ", "Aid", "VND"), Benefit("rice", "Gạo", "Rice", "kg"))
AMOUNT = NumberValue("aid_vnd", 100, "VND/month", "2", "made up")


def ground(holds: Node, quantity: Node | None = None) -> Condition:
    return Condition("1", "Căn cứ", "Ground", holds, quantity)


def rule(*grounds: Condition, quantity: Node | None = None, **changes: Any) -> Rule:
    found = grounds or (ground(Fact("disabled")),)
    return replace(Rule("aid", "1", (), found, Number("aid_vnd") if quantity is None else quantity, 9), **changes)


def document(**changes: Any) -> Document:
    made = Document(
        id="made-up",
        number="1/2020/NĐ-CP",
        kind="decree",
        title_vi="Văn bản giả định",
        title_en="Made up",
        issued=date(2020, 1, 1),
        since=date(2020, 1, 1),
        source="made up",
        mark=Mark.FULL_TEXT,
        benefits=BENEFITS,
        numbers=(AMOUNT,),
    )
    return replace(made, **changes)


def refusal(at: str, *documents: Document) -> str:
    """The message of the refusal, once it is known to open with `at` and to name a line of this file."""
    with pytest.raises(LawError) as caught:
        load_law(documents)
    message = str(caught.value)
    assert message.startswith(f"{at}: "), message
    path, line = at.rsplit(":", 1)
    assert Path(path) == Path(__file__)
    assert line.isdigit()
    return message


def test_the_made_up_document_loads_when_nothing_is_wrong() -> None:
    assert load_law([document(rules=(rule(),))]).rule_for("aid", Month(2020, 1))


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (Fact("disabeld"), "unknown fact 'disabeld'"),
        (Calendar("weekday").is_(1), "the calendar has no word 'weekday'"),
        (Fact("grade"), "expected a truth value, found a whole number"),
        (Fact("disabled").is_(1), "a truth value is compared with a whole number"),
        (Fact("poverty").is_(9), "9 is not in code list 'poverty'"),
        (Fact("poverty").is_(Fact("orphan")), "code poverty is compared with a code orphan"),
        (Fact("grade") > Number("no_such_number"), "unknown number 'no_such_number'"),
        (Fact("birth_date") > Const(3), "a day is compared with a whole number"),
    ],
)
def test_a_clause_that_does_not_resolve(holds: Node, said: str) -> None:
    wrong = ground(holds)
    assert said in refusal(wrong.at, document(rules=(rule(wrong),)))


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Number("aid_dong"), "unknown number 'aid_dong'"),
        (Fact("disabled"), "expected a whole number, found a truth value"),
        (Number("aid_vnd") // 0, "only a positive constant may divide"),
        (Number("aid_vnd") // Number("aid_vnd"), "only a positive constant may divide"),
        (Const(1.5), "a constant is a truth value, a whole number or a day"),  # type: ignore[arg-type]
    ],
)
def test_a_quantity_that_does_not_resolve(quantity: Node, said: str) -> None:
    wrong = rule(quantity=quantity)
    assert said in refusal(wrong.at, document(rules=(wrong,)))
    wrong_ground = ground(Fact("disabled"), quantity)
    assert said in refusal(wrong_ground.at, document(rules=(rule(wrong_ground),)))


@pytest.mark.parametrize(
    "clause",
    [
        lambda: Fact("disabled") and Fact("inclusive"),
        lambda: Fact("disabled") or Fact("inclusive"),
        lambda: not Fact("disabled"),
        lambda: Fact("disabled") if Fact("inclusive") else Fact("orphan"),
        lambda: 3 < Fact("grade") < 5,
    ],
    ids=["and", "or", "not", "if", "chain"],
)
def test_pythons_own_logic_is_refused_where_it_would_drop_half_of_a_clause(clause: Callable[[], Node]) -> None:
    with pytest.raises(TypeError, match="a clause has no truth of its own"):
        clause()


def test_where_to_file_names_a_support_of_its_document_and_a_source() -> None:
    here = Filing(("aid",), "1", ("Trường", "School"), ("Tháng 9", "September"), "made up")
    assert load_law([document(rules=(rule(),), filings=(here,))]).documents[0].filing("aid") == here
    strange = replace(here, benefits=("other",))
    assert "which it does not grant" in refusal(strange.at, document(rules=(rule(),), filings=(strange,)))
    unread = replace(here, source="")
    assert "needs its source" in refusal(unread.at, document(rules=(rule(),), filings=(unread,)))


def test_two_rules_for_one_benefit_in_a_month() -> None:
    first = document(rules=(rule(),))
    second = document(
        id="later", since=date(2021, 1, 1), issued=date(2021, 1, 1), benefits=(), numbers=(), rules=(rule(),)
    )
    message = refusal(second.rules[0].at, first, second)
    assert "two rules for benefit 'aid' in 2021-01" in message
    assert "replaces" in message
    assert load_law([first, replace(second, replaces=(Replaces("made-up"),))])


def test_a_rule_ended_before_it_began_clashes_with_nothing() -> None:
    """A draft of an earlier day that ends a document of a later one: the later one never decides."""
    later = document(rules=(rule(),), since=date(2025, 1, 1), issued=date(2025, 1, 1))
    draft = document(
        id="draft", since=date(2021, 1, 1), issued=date(2026, 1, 1), benefits=(), numbers=later.numbers, rules=(rule(),)
    )
    ended = load_law([replace(later, numbers=()), replace(draft, replaces=(Replaces("made-up"),))])
    for month in (Month(2021, 1), Month(2025, 1)):
        found = ended.rule_for("aid", month)
        assert found is not None
        assert found.document.id == "draft"


def test_replacing_one_article_leaves_the_rules_of_the_others() -> None:
    first = document(rules=(rule(), replace(rule(), benefit="rice", cite="6")))
    later = document(
        id="later", issued=date(2021, 1, 1), since=date(2021, 1, 1), benefits=(), numbers=(),
        replaces=(Replaces("made-up", ("1",)),),
    )  # fmt: skip
    law = load_law([first, later])
    assert law.rule_for("aid", Month(2020, 12)) and not law.rule_for("aid", Month(2021, 1))
    assert law.rule_for("rice", Month(2021, 1))


def test_a_number_without_source_or_article() -> None:
    for wrong in (replace(AMOUNT, source=""), replace(AMOUNT, cite="")):
        assert "needs the article it stands in and its source" in refusal(wrong.at, document(numbers=(wrong,)))


def test_a_number_that_is_no_whole_number() -> None:
    wrong = replace(AMOUNT, value=-1)
    assert "must be a whole number" in refusal(wrong.at, document(numbers=(wrong,)))


def test_a_number_that_begins_after_the_rule() -> None:
    early = rule()
    late = document(id="late", since=date(2022, 1, 1), issued=date(2022, 1, 1), benefits=())
    assert "has no value in 2020-01" in refusal(early.at, document(numbers=(), rules=(early,)), late)


def test_a_number_with_two_values_from_one_month() -> None:
    again = replace(AMOUNT, value=200)
    assert "has two values from 2020-01" in refusal(again.at, document(numbers=(AMOUNT, again)))


def test_a_replaced_document_that_no_file_declares() -> None:
    wrong = document(replaces=(Replaces("nd-0-1900"),))
    assert "replaces 'nd-0-1900', which no file declares" in refusal(wrong.at, wrong)


def test_a_document_or_benefit_declared_twice() -> None:
    assert "document 'made-up' is declared twice" in refusal(document().at, document(), document())
    other = document(id="other", numbers=())
    assert "benefit 'aid' is declared twice" in refusal(other.at, document(), other)


def test_a_benefit_that_no_document_declares() -> None:
    wrong = replace(rule(), benefit="meals")
    assert "no document declares the benefit 'meals'" in refusal(wrong.at, document(rules=(wrong,)))


def test_an_overlap_of_unlike_units() -> None:
    wrong = Overlap(("aid", "rice"), "3", "Chỉ hưởng một mức", "Only one")
    assert "must share one unit" in refusal(wrong.at, document(overlaps=(wrong,)))


def test_a_law_pack_of_a_province_is_loaded_and_its_faults_name_its_file(tmp_path: Path) -> None:
    (tmp_path / "resolution_1_2026.py").write_text("DOCUMENT = None\n", encoding="utf-8")
    with pytest.raises(LawError, match=r"resolution_1_2026\.py:1: a law file declares one DOCUMENT"):
        law_room.load(tmp_path)
