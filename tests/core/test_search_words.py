"""What a search looks for, beside a slow twin that follows the words of the rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.dates import Span
from ansinh.core.identities import one_edit_apart
from ansinh.core.search_words import Formula, Vocabulary, distance, meets, named, near, one_edit, plan, same, terms
from ansinh.core.words import folded

VOCABULARY = Vocabulary(
    folded(
        "Nguyễn Nguyệt Trần Lê Lý Văn Thị Ngọc An Anh Ang Binh Minh Linh Lin Hoa Hoàn Hoàng Huy Y Bhăm Quỳnh"
    ).split()
)
AN = ("nguyen", "van", "an")


def found(formula: Formula, words: Sequence[str]) -> bool:
    """What an index answers: whether the terms of a name make a formula true."""
    has = set(terms(words))
    return any(all(has & any_of for any_of in part) for part in formula)


def test_the_terms_of_a_name() -> None:
    pairs = ["2an0nguyen", "2an0van", "2nguyen0van"]
    assert sorted(terms(AN)) == sorted(["nguyen", "van", "an", *pairs, "0nguyen0van0an"])
    assert terms(["le", "le"]) == ["le", "0le0le"]
    assert terms([]) == []


@pytest.mark.parametrize(
    "query",
    [
        "an", "nguyễn", "van an", "AN VĂN", "nguyen v a", "n v a", "Nguyễn Văn An", "ngu", "an an", "nguyen an nguyen",
        unicodedata.normalize("NFD", "nguyễn văn"), "nguyen van an 05/0", "van an 2016",
    ],
)  # fmt: skip
def test_finds(query: str) -> None:
    read = plan(query, VOCABULARY)
    assert meets(read, AN) is True
    assert found(same(read), AN)


@pytest.mark.parametrize("query", ["nguyne van an", "nguyen vam an", "ngyen an", "nguyeen", "tvan an 2016"])
def test_finds_one_letter_wrong(query: str) -> None:
    read = plan(query, VOCABULARY)
    assert meets(read, AN) is None
    assert found(near(read), AN)
    assert not found(same(read), AN)


@pytest.mark.parametrize("query", ["tran", "nguyen tran", "nguyen van binh", "nguyne vam an", "am", "nguyne tran"])
def test_does_not_find(query: str) -> None:
    read = plan(query, VOCABULARY)
    assert meets(read, AN) is False
    assert not found(same(read), AN)
    assert not found(near(read), AN)


@pytest.mark.parametrize("query", ["", "  ", "?", "12", "201", "05/0", "30/2/2016", "30-02-2016", "2016-13-01"])
def test_nothing_to_look_for(query: str) -> None:
    read = plan(query, VOCABULARY)
    assert not read
    assert same(read) == near(read) == named(read) == ()


@pytest.mark.parametrize(("query", "name"), [("lí", "Lý An"), ("ly", "Lí An"), ("quý", "Qui"), ("quyn", "Quỳnh")])
def test_i_for_y(query: str, name: str) -> None:
    read = plan(query, Vocabulary(["li", "ly", "an", "qui", "quy", "quynh"]))
    assert meets(read, folded(name).split()) is True


def test_the_last_word_may_be_unfinished_and_others_not() -> None:
    assert [sorted(word.same) for word in plan("hoa hoa", VOCABULARY).words] == [["hoa"], ["hoa", "hoan", "hoang"]]
    assert [sorted(word.same) for word in plan("hoa hoa ", VOCABULARY).words] == [["hoa"], ["hoa"]]
    assert [sorted(word.same) for word in plan("hoa 2016", VOCABULARY).words] == [["hoa"]]


def test_a_whole_name_in_its_order() -> None:
    assert found(named(plan("nguyễn văn an", VOCABULARY)), AN)
    assert not found(named(plan("an nguyễn văn", VOCABULARY)), AN)


DAY = Span(date(2016, 9, 5), date(2016, 9, 6))


@pytest.mark.parametrize(
    ("query", "born"),
    [
        ("05/09/2016", DAY),
        ("5.9.2016", DAY),
        ("5-9-16", DAY),
        ("2016-09-05", DAY),
        ("09/2016", Span(date(2016, 9, 1), date(2016, 10, 1))),
        ("12-2016", Span(date(2016, 12, 1), date(2017, 1, 1))),
        ("2016", Span(date(2016, 1, 1), date(2017, 1, 1))),
        ("31/12/1999", Span(date(1999, 12, 31), date(2000, 1, 1))),
        ("5/9/50", Span(date(1950, 9, 5), date(1950, 9, 6))),
        ("5/9/49", Span(date(2049, 9, 5), date(2049, 9, 6))),
    ],
)
def test_birth_dates_that_are_read(query: str, born: Span) -> None:
    read = plan(query, VOCABULARY)
    assert (read.births, read.words, read.codes, read.unread) == ((born,), (), (), ())


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("099 201 001 234", ("099201001234",)),
        ("8601", ("8601",)),
        ("MAU-001-0015", ("MAU-001-0015",)),
        ("tam-12ab34cd56ef", ("tam-12ab34cd56ef",)),
        ("nguyễn 86012", ("86012",)),
    ],
)
def test_codes_that_are_read(query: str, codes: tuple[str, ...]) -> None:
    assert plan(query, VOCABULARY).codes == codes


def test_what_is_left_aside_is_said() -> None:
    assert plan("nguyen 30/2/2016 12 10Đ", VOCABULARY).unread == ("30/2/2016", "12", "10Đ")


def test_a_query_is_cut_short() -> None:
    assert len(plan("an " * 50, VOCABULARY).words) == 8


def test_nearest_first() -> None:
    read = plan("nguyễn hoa", VOCABULARY)
    names = ["Nguyễn Thị Hoà", "Nguyễn Hoàng", "Nguyễn Thị Hoa", "Nguyễn Hòa", "Nguyễn Hoa"]
    assert sorted(names, key=lambda name: distance(read, name, folded(name).split())) == [
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
def test_an_index_finds_what_the_words_say(names: list[list[str]], typed: list[str]) -> None:
    """`same`: every word is met; `near`: every word but one, and that with one letter wrong."""
    read = plan(" ".join(typed), Vocabulary(word for name in names for word in name))
    for name in names:
        met = [bool(word.same & set(name)) for word in read.words]
        off = [bool(word.near & set(name)) for word in read.words]
        one_off = any(off[place] and all(met[:place]) and all(met[place + 1 :]) for place in range(len(typed)))
        assert found(same(read), name) == (bool(typed) and all(met))
        assert found(near(read), name) == one_off
        assert found(named(read), name) == (bool(typed) and typed == name)
        assert meets(read, name) is (True if all(met) else None if one_off else False)


def test_initials_are_found_whose_pairs_are_too_many() -> None:
    many = Vocabulary([first + second for first in "an" for second in "abcdefghijklmnopqrstuvwxy"])
    read = plan("n a", many)
    assert found(same(read), ["na", "xx", "ay"])
    assert not found(same(read), ["na", "nb"])
    assert max(len(any_of) for part in same(read) for any_of in part) < 400
