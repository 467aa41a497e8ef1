"""What a search looks for, beside a slow twin that follows the words of the rule."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.identities import one_edit_apart
from ansinh.core.search_words import Vocabulary, distance, holds, named, near, one_edit, plan, same, terms
from ansinh.core.words import folded

VOCABULARY = Vocabulary(
    folded(
        "Nguyễn Nguyệt Trần Lê Lý Văn Thị Ngọc An Anh Ang Binh Minh Linh Lin Hoa Hoàn Hoàng Huy Y Bhăm Quỳnh"
    ).split()
)
AN = terms("Nguyễn Văn An", "99-000123", date(2016, 9, 5))


def test_the_terms_of_a_record() -> None:
    assert AN == ("nguyen", "van", "an", "0nnguyenvanan", "0c99000123", "0d2016", "0d201609", "0d20160905")
    assert terms("Lê Lê", "", None) == ("le", "0nlele")
    assert terms("?", "", None) == ()


@pytest.mark.parametrize(
    "query",
    [
        "an", "nguyễn", "van an", "AN VĂN", "nguyen v a", "n v a", "Nguyễn Văn An", "ngu", "nguyen an 2016", "05/09/2016",
        "5.9.2016", "5-9-16", "2016-09-05", "09/2016", "van 9/2016", "99000123", "990001", "99-000123", "nguyen 99000123",
        unicodedata.normalize("NFD", "nguyễn văn"), "nguyen van an 05/0",
    ],
)  # fmt: skip
def test_finds(query: str) -> None:
    assert holds(same(plan(query, VOCABULARY)), AN)


@pytest.mark.parametrize(
    "query",
    ["", "  ", "?", "tran", "nguyen tran", "nguyen van binh", "2015", "06/09/2016", "10/2016", "99000124", "0"],
)
def test_does_not_find(query: str) -> None:
    assert not holds(same(plan(query, VOCABULARY)), AN)


@pytest.mark.parametrize("query", ["nguyne van an", "nguyen vam an", "ngyen an", "nguyeen", "tvan an 2016"])
def test_finds_one_letter_wrong(query: str) -> None:
    read = plan(query, VOCABULARY)
    assert not holds(same(read), AN)
    assert holds(near(read), AN)


@pytest.mark.parametrize("query", ["nguyne vam an", "am", "nguyen van an 2015", "nguyne tran"])
def test_does_not_find_two_letters_wrong(query: str) -> None:
    assert not holds(near(plan(query, VOCABULARY)), AN)


@pytest.mark.parametrize(("query", "name"), [("lí", "Lý An"), ("ly", "Lí An"), ("quý", "Qui"), ("quyn", "Quỳnh")])
def test_i_for_y(query: str, name: str) -> None:
    assert holds(same(plan(query, Vocabulary(["li", "ly", "an", "qui", "quy", "quynh"]))), terms(name, "", None))


def test_the_last_word_may_be_unfinished_and_others_not() -> None:
    assert [sorted(word.same) for word in plan("hoa hoa", VOCABULARY).words] == [["hoa"], ["hoa", "hoan", "hoang"]]
    assert [sorted(word.same) for word in plan("hoa hoa ", VOCABULARY).words] == [["hoa"], ["hoa"]]
    assert [sorted(word.same) for word in plan("hoa 2016", VOCABULARY).words] == [["hoa"]]


def test_a_whole_name_in_its_order() -> None:
    assert holds(named(plan("nguyễn văn an", VOCABULARY)), AN)
    assert not holds(named(plan("an nguyễn văn", VOCABULARY)), AN)
    assert named(plan("an", VOCABULARY)) == ()


def test_numbers_that_are_read() -> None:
    read = plan("099 201 001 234", VOCABULARY)
    assert (read.codes, read.births, read.words) == (("099201001234",), (), ())
    assert plan("30/2/2016 12", VOCABULARY).unread == ("30/2/2016", "12")
    assert not plan("30/2/2016", VOCABULARY)
    assert plan("5/9/50 5/9/49", VOCABULARY).births == ("1950-09-05", "2049-09-05")
    assert plan("tam-12ab34cd56ef", VOCABULARY).codes == ("tam12ab34cd56ef",)


def test_a_query_is_cut_short() -> None:
    assert len(plan("an " * 50, VOCABULARY).words) == 8


def test_nearest_first() -> None:
    read = plan("nguyễn hoa", VOCABULARY)
    names = ["Nguyễn Thị Hoà", "Nguyễn Hoàng", "Nguyễn Thị Hoa", "Nguyễn Hòa", "Nguyễn Hoa"]
    assert sorted(names, key=lambda name: distance(read, name)) == [
        "Nguyễn Hoa", "Nguyễn Thị Hoa", "Nguyễn Hòa", "Nguyễn Thị Hoà", "Nguyễn Hoàng",
    ]  # fmt: skip


words = st.text("abhilnvy", min_size=1, max_size=5)
syllables = st.lists(words, max_size=30)


@given(st.lists(words, max_size=4), syllables, st.booleans())
def test_each_word_stands_for_what_the_rule_says(typed: list[str], known: list[str], finished: bool) -> None:
    read = plan(" ".join(typed) + " " * finished, Vocabulary(known))
    assert [word.typed for word in read.words] == typed
    for place, word in enumerate(read.words):
        begins = len(word.typed) <= 2 or (place == len(typed) - 1 and not finished)
        spellings = {word.typed, word.typed.replace("y", "i")}
        if word.typed.endswith("i"):
            spellings.add(word.typed[:-1] + "y")
        expected = {own for own in known if own in spellings or (begins and own.startswith(word.typed))}
        assert word.same == expected
        close = {own for own in known if len(word.typed) > 2 and one_edit_apart(own, word.typed)}
        assert word.near == close - expected


@given(words, words)
def test_one_edit_makes_what_is_one_edit_apart(one: str, other: str) -> None:
    assert one_edit_apart(one, other) == (other in one_edit(one))


@given(st.lists(st.lists(words, min_size=1, max_size=4), max_size=8), st.lists(words, max_size=3))
def test_formulas_say_what_the_words_say(names: list[list[str]], typed: list[str]) -> None:
    """`same`: every word is met; `near`: every word but one, and that with one letter wrong."""
    read = plan(" ".join(typed), Vocabulary(word for name in names for word in name))
    for name in names:
        found_by = terms(" ".join(name), "", None)
        met = [bool(word.same & set(name)) for word in read.words]
        off = [bool(word.near & set(name)) for word in read.words]
        assert holds(same(read), found_by) == (bool(typed) and all(met))
        one_off = any(off[place] and all(met[:place]) and all(met[place + 1 :]) for place in range(len(typed)))
        assert holds(near(read), found_by) == one_off
        assert holds(named(read), found_by) == (len(typed) > 1 and "".join(typed) == "".join(name))
