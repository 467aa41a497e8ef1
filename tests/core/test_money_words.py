"""Numbers in Vietnamese words, as payment papers spell them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.money import in_words_vi

SPOKEN = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1_000: "một nghìn",
    1_005: "một nghìn không trăm linh năm",
    1_015: "một nghìn không trăm mười lăm",
    10_500: "mười nghìn năm trăm",
    160_000: "một trăm sáu mươi nghìn",
    1_000_000: "một triệu",
    1_001_000: "một triệu không trăm linh một nghìn",
    1_050_000: "một triệu không trăm năm mươi nghìn",
    1_440_000: "một triệu bốn trăm bốn mươi nghìn",
    21_000_021: "hai mươi mốt triệu không trăm hai mươi mốt",
    1_000_000_000: "một tỷ",
    1_000_000_005: "một tỷ không trăm linh năm",
    2_005_000_000: "hai tỷ không trăm linh năm triệu",
    12_345_678_901: "mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một",
    1_000_000_000_000: "một nghìn tỷ",
    1_005_000_000_000: "một nghìn không trăm linh năm tỷ",
    10**18: "một tỷ tỷ",
    -21: "âm hai mươi mốt",
}


@pytest.mark.parametrize(("number", "words"), SPOKEN.items())
def test_spoken(number: int, words: str) -> None:
    assert in_words_vi(number) == words


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
ONES = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5}


def heard(words: str) -> int:
    """The number a listener writes down: the words read back by rules of their own."""
    total = 0
    for above in re.split(r"\btỷ\b", words):
        total = total * 10**9 + sum(
            _under_thousand(found.group(1).split()) * {"triệu": 10**6, "nghìn": 1000, "": 1}[found.group(2)]
            for found in re.finditer(r"(.*?)(triệu|nghìn|$)", above)
            if found.group(1).strip()
        )
    return total


def _under_thousand(words: list[str]) -> int:
    value = 0
    last = 0
    for word in words:
        if word == "trăm":
            value, last = last * 100, 0
        elif word == "mươi":
            value, last = value + last * 10, 0
        elif word == "mười":
            value, last = value + 10, 0
        elif word != "linh":
            last = ONES[word]
    return value + last


@given(st.integers(min_value=1, max_value=10**18 - 1))
def test_read_back_gives_the_same_number(number: int) -> None:
    assert heard(in_words_vi(number)) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_no_two_numbers_sound_alike_at_the_edges(number: int) -> None:
    assert in_words_vi(number) != in_words_vi(number + 1)
