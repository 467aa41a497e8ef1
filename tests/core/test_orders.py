"""The reference of an order: read back whole, different for each sending, and any one slip in it noticed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.banks import BANKS
from ansinh.core.orders import (
    LENGTH,
    Order,
    Way,
    bank_text,
    check_character,
    read_reference,
    reference,
    references_in,
)

LETTERS = string.digits + string.ascii_uppercase
numbers = st.tuples(st.integers(0, 32**5 - 1), st.integers(0, 32**6 - 1), st.integers(1, 32**2 - 1))


def plain_check(text: str) -> bool:
    """ISO 7064, MOD 37,36 as the standard states it, on the whole text with its check character."""
    product = 36
    for letter in text[:-1]:
        total = (product + LETTERS.index(letter)) % 36
        product = (2 * (total if total else 36)) % 37
    return (product + LETTERS.index(text[-1])) % 36 == 1


def test_the_check_character_is_the_standards() -> None:
    assert check_character("A12425GABC1234002") == "M"  # The example of ISO 7064 as the GRid of recordings prints it.


@given(numbers)
def test_a_reference_is_read_back(parts: tuple[int, int, int]) -> None:
    text = reference(*parts)
    assert len(text) == LENGTH <= 25  # Of a VietQR's remark; pain.001 takes 35.
    assert text.isalnum()
    assert plain_check(text)
    assert read_reference(text) == parts
    assert references_in(f"TT: {text[:5]} {text[5:9]}-{text[9:]} ho tro hoc sinh") == [text]


@given(numbers, numbers)
def test_two_orders_have_two_references(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (reference(*one) == reference(*other)) == (one == other)


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_character_is_noticed(parts: tuple[int, int, int], at: int, letter: str) -> None:
    text = reference(*parts)
    wrong = text[:at] + letter + text[at + 1 :]
    assert read_reference(wrong) == (parts if wrong == text else None)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        reference(32**5, 1, 1)
    with pytest.raises(ValueError, match="does not fit"):
        reference(1, 1, -1)


@given(st.text())
def test_a_banks_text_is_plain(text: str) -> None:
    plain = bank_text(text)
    assert set(plain) <= set(string.ascii_letters + string.digits + " .,()/?-")
    assert not plain.startswith(("=", "+", "-", "@", "/"))
    assert bank_text(plain) == plain


def test_vietnamese_keeps_its_letters() -> None:
    assert bank_text("Đỗ Thị Hoà Ưởng – H'Hen") == "Do Thi Hoa Uong H Hen"


def test_an_order_knows_its_reference_and_hides_the_account() -> None:
    order = Order(7, 1234, 2, 310_000, (1, 2), Way.SENT)
    assert read_reference(order.reference) == (7, 1234, 2)


def test_banks_have_six_digits_and_one_name_each() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in BANKS)
    assert len({bank.short for bank in BANKS.values()}) == len(BANKS)
    assert BANKS["970436"].short == "Vietcombank"
