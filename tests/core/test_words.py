"""The order of Vietnamese class lists, and searching without accents."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core import words
from ansinh.core.words import class_order, folded, name_order, name_text, person_key, sort_text, text_order


def test_given_name_then_family_then_middle() -> None:
    listed = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Ân", "Bùi Đạt", "Phạm Dung", "Đỗ Dung", "Phạm Bích Dung"]
    listed.reverse()
    assert sorted(listed, key=name_order) == [
        "Trần Văn An",
        "Lê Thị Ánh",
        "Nguyễn Ân",
        "Đỗ Dung",
        "Phạm Dung",
        "Phạm Bích Dung",
        "Bùi Đạt",
    ]


def test_tones_come_after_letters() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "măng", "mận"]
    assert sorted(["mận", "mạ", "man", "măng", "má", "mã", "mả", "mà", "ma"], key=text_order) == words


def test_classes_by_number() -> None:
    assert sorted(["10A1", "2B", "2A", "Lá 2", "10A"], key=class_order) == ["2A", "2B", "10A", "10A1", "Lá 2"]


@pytest.mark.parametrize("written", ["Hoà Đặng", "Hòa  đặng", "HÒA ĐẶNG", unicodedata.normalize("NFD", "Hòa Đặng")])
def test_folding_ignores_accents_and_tone_placement(written: str) -> None:
    assert folded(written) == "hoa dang"


def test_folding_leaves_punctuation_out() -> None:
    assert folded("Năm học: 2024-2025\u200b (Mẫu)") == "nam hoc 2024 2025 mau"
    assert folded("Ðặng H'Hen") == "dang h hen"


@pytest.mark.parametrize("written", ["Lý Quỳnh Hoà", "lí  quình hòa", unicodedata.normalize("NFD", "LÝ QUỲNH HÒA")])
def test_one_key_for_the_spellings_of_a_name(written: str) -> None:
    assert person_key(written) == person_key("Lý Quỳnh Hòa") != person_key("Ly Quỳnh Hòa")


@pytest.mark.parametrize(
    ("one", "other"), [("Thuý", "Thúi"), ("Hay", "Hai"), ("Hoa", "Hòa"), ("Dung", "Đung"), ("Y", "I")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert person_key(one) != person_key(other)


def test_odd_names_have_an_order() -> None:
    assert sorted(["", "Y", "Nguyễn 2"], key=name_order)
    assert name_order(unicodedata.normalize("NFD", "Lê Ổi")) == name_order("Lê Ổi")


@given(st.lists(st.text(st.sampled_from("aăâbcdđeêghơôoưxyỹẫ 10297"), max_size=14), max_size=8))
def test_sorting_keys_as_text_sort_as_the_keys_do(names: list[str]) -> None:
    for order in (name_order, class_order):
        as_text = sorted(names, key=lambda name: sort_text(order(name)))
        assert [order(name) for name in as_text] == sorted(order(name) for name in names)
        assert all(re.fullmatch("[0-9a-z]+", sort_text(order(name))) for name in names)
    assert [name_text(name) for name in names] == [sort_text(name_order(name)) for name in names]


@given(st.text(st.one_of(st.sampled_from(" \u00a0\u200b\t\u00adaàa\u0300Đ"), st.characters(exclude_categories=["Cs"]))))
def test_tidying_takes_no_short_way_that_shows(text: str) -> None:
    spaced = words._SPACES.sub(" ", unicodedata.normalize("NFC", text))
    assert words.tidy(text) == words._INVISIBLE.sub("", spaced).strip()
