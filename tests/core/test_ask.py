"""Asking on small made-up laws, where every completion can be tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.ask import Asking, Choice, Question, family
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import outcome_of
from ansinh.core.nodes import Const, Fact, Missing, Node, facts_in
from ansinh.core.resolve import Law, Plan, load_law
from ansinh.core.rules import Benefit, Condition, Document, Mark, Overlap, Rule
from ansinh.core.tables import FACTS, Kind
from ansinh.engines.reference import reference, value
from tests.agree.generate import YEAR, laws

DAY = date(2000, 1, 1)
A, B, C = (Fact(name) for name in ("disabled", "no_support", "semi_boarder"))


def law_of(*rules: Rule, overlaps: tuple[Overlap, ...] = ()) -> Law:
    benefits = tuple(Benefit(rule.benefit, rule.benefit, rule.benefit, "VND") for rule in rules)
    return load_law(
        [
            Document(
                "d", "d", "decree", "d", "d", DAY, DAY, "made up", Mark.FULL_TEXT,
                benefits=benefits, rules=rules, overlaps=overlaps,
            )
        ]
    )  # fmt: skip


def rule_of(name: str, *grounds: tuple[Node, int], who: Node | None = None) -> Rule:
    conditions = tuple(Condition("1", "g", "g", holds, Const(amount)) for holds, amount in grounds)
    scope = (Condition("1", "w", "w", who),) if who is not None else ()
    return Rule(name, "1", scope, conditions, Const(0), 9)


def asked_of(plan: Plan, facts: dict[str, list[object]]) -> Asking:
    def question(name: str, values: list[object]) -> Question:
        choices = tuple(Choice(str(n), {name: found}) for n, found in enumerate(values))  # type: ignore[dict-item]
        return Question(name, (name,), lambda known: choices)

    return Asking(plan, [question(name, values) for name, values in facts.items()], reference, value)


def names(asking: Asking, told: dict[str, str | None]) -> set[str]:
    return {need.question.name for need in asking.needed(told)}


def small(*rules: Rule, overlaps: tuple[Overlap, ...] = ()) -> Asking:
    plan = law_of(*rules, overlaps=overlaps).plan(SchoolYear(2020))
    return asked_of(plan, {fact.name: [True, False] for fact in (A, B, C)})


def test_what_changes_nothing_is_not_asked() -> None:
    asking = small(rule_of("one", (A | ~A, 5), (B & ~B, 9)))
    assert names(asking, {}) == set()
    # Three-valued logic alone cannot tell; the answer is given all the same.
    [cell] = {
        (outcome_of(c.code).name, c.quantity) for c in reference(family(asking.completed({})), asking.plan).cells()
    }
    assert cell == ("YES", 5)


def test_an_earlier_ground_that_gives_more_is_still_asked_for() -> None:
    asking = small(rule_of("one", (A, 100), (B, 50)))
    assert names(asking, {"no_support": "0"}) == {"disabled"}
    assert not asking.settled(0, 1, asking.facts({"no_support": "0"}))
    assert asking.settled(0, 1, asking.facts({"no_support": "0", "disabled": "1"}))


def test_grounds_that_give_the_same_end_at_the_first_that_holds() -> None:
    asking = small(rule_of("one", (A, 50), (B, 50)))
    assert names(asking, {"no_support": "0"}) == set()


def test_a_support_that_loses_to_another_is_not_asked_about() -> None:
    overlap = Overlap(("one", "two"), "9", "", "")
    asking = small(rule_of("one", (A, 100)), rule_of("two", (B, 50)), overlaps=(overlap,))
    assert names(asking, {"disabled": "0"}) == set()
    assert names(asking, {"disabled": "1"}) == {"no_support"}


def test_a_rule_that_asks_whether_something_is_missing_counts_it_as_open() -> None:
    asking = small(rule_of("one", (Missing(A) | B, 5)))
    # A told A is never missing: only B matters.
    assert names(asking, {}) == {"no_support"}


def test_not_knowing_ends_a_question_and_adds_none() -> None:
    asking = small(rule_of("one", (A & B, 5)))
    assert names(asking, {"disabled": None}) == {"no_support"}
    cells = reference(family(asking.completed({"disabled": None, "no_support": "0"})), asking.plan).cells()
    assert {cell.missing for cell in cells} == {("disabled",)}


def test_a_search_that_ends_at_its_bound_says_so() -> None:
    asking = small(rule_of("one", (A & B & C, 5)))
    short = Asking(asking.plan, asking.questions, reference, value, bound=2)
    assert all(need.open and not need.witnesses for need in short.needed({}))
    assert all(need.witnesses and not need.open for need in asking.needed({}))


VALUES: dict[Kind, list[object]] = {
    Kind.BOOL: [True, False],
    Kind.CODE: [0, 1, 2],
    Kind.INT: [1, 9],
    Kind.DATE: [date(YEAR - 6, 9, 1), date(YEAR - 18, 3, 2)],
}
MOST_FACTS = 6  # So that every completion can be tried.


def random_asking(law: Law) -> Asking | None:
    plan = law.plan(SchoolYear(YEAR))
    trees = [t for s in plan.stretches for r in s.rules for t in (*r.who, *r.bars, *(p for g in r.grounds for p in g))]
    read = list(dict.fromkeys(name for tree in trees for name in facts_in(tree)))
    return asked_of(plan, {n: VALUES[FACTS[n].kind] for n in read}) if 0 < len(read) <= MOST_FACTS else None


def verdicts(asking: Asking, facts: dict[str, object]) -> list[tuple[object, ...]]:
    cells = reference(family(facts), asking.plan).cells()
    return [(c.position, c.benefit, outcome_of(c.code), c.quantity) for c in cells]


def worlds(asking: Asking) -> Iterator[dict[str, str]]:
    for codes in itertools.product(*[[c.code for c in q.choices({})] for q in asking.questions]):
        yield dict(zip([q.name for q in asking.questions], codes, strict=True))


@given(law=laws(), seed=st.integers(0, 2**16))
def test_needed_is_exactly_what_trying_every_completion_finds(law: Law, seed: int) -> None:
    asking = random_asking(law)
    if asking is None:
        return
    found = {tuple(world.items()): verdicts(asking, asking.facts(world)) for world in worlds(asking)}
    matter = {
        name
        for world in worlds(asking)
        for name in world
        if found[tuple(world.items())] != found[tuple({**world, name: "0"}.items())]
    }
    assert names(asking, {}) == matter
    # Asked in turn, one family ends with the answers of its whole truth.
    whole = dict(list(worlds(asking))[seed % len(found)])
    told: dict[str, str | None] = {}
    while needed := asking.needed(told):
        assert all(not need.open for need in needed)
        told[needed[0].question.name] = whole[needed[0].question.name]
        assert len(asking.needed(told)) < len(needed)
    assert verdicts(asking, asking.completed(told)) == found[tuple(whole.items())]


@pytest.mark.parametrize("name", ["disabled", "no_support"])
def test_a_witness_differs_in_one_question_and_in_the_answer(name: str) -> None:
    asking = small(rule_of("one", (A & B, 5)))
    need = next(need for need in asking.needed({}) if need.question.name == name)
    for witness in need.witnesses.values():
        assert {n for n in witness.one if witness.one[n] != witness.other.get(n)} == {name}
        assert verdicts(asking, dict(witness.one)) != verdicts(asking, dict(witness.other))
