"""A statement against orders: what is taken is right to the letter, and a slip is only ever doubtful."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from ansinh.core.orders import Order, Way, reference, references_in
from ansinh.core.reconcile import Kind, Said, matched, one_slip

DAY = date(2025, 10, 15)
LETTERS = string.digits + string.ascii_uppercase


def order(learner: int = 1, *, times: int = 1, amount: int = 310_000, way: Way = Way.SENT, run: int = 7) -> Order:
    return Order(run, learner, times, amount, (learner,), way)


def row(text: str, amount: int = 310_000, *, paid: bool = True, at: int = 2) -> Said:
    return Said(("Sao kê", at), DAY, text, amount, paid)


def kinds(rows: list[Said], orders: list[Order]) -> list[Kind]:
    return [match.kind for match in matched(rows, orders)]


def test_each_kind_of_row() -> None:
    ours, other = order(), order(2, amount=160_000)
    good = f"CT DEN {ours.reference} ho tro"
    assert kinds([row(good)], [ours, other]) == [Kind.PAID]
    assert kinds([row(good, paid=False)], [ours]) == [Kind.RETURNED]
    assert kinds([row(good, 300_000)], [ours]) == [Kind.OTHER_AMOUNT]
    assert kinds([row("lãi tiền gửi")], [ours]) == [Kind.UNKNOWN]
    assert kinds([row(reference(8, 1, 1))], [ours]) == [Kind.UNKNOWN]
    assert kinds([row(good), row(good, at=3)], [ours]) == [Kind.PAID, Kind.ALREADY]
    assert kinds([row(good), row(good, paid=False, at=3)], [ours]) == [Kind.DOUBTFUL] * 2
    assert kinds([row(good)], [replace(ours, way=Way.PAID)]) == [Kind.ALREADY]
    # A late word on an earlier sending is not taken for the present one.
    assert kinds([row(good)], [order(times=2)]) == [Kind.ALREADY]
    both = order(3)
    assert kinds([row(f"{ours.reference} {both.reference}")], [ours, both]) == [Kind.DOUBTFUL]


SLIPS = ("other", "left out", "doubled", "exchanged")


def slipped(text: str, how: str, at: int, letter: str) -> str:
    if how == "other":
        return text[:at] + letter + text[at + 1 :]
    if how == "left out":
        return text[:at] + text[at + 1 :]
    if how == "doubled":
        return text[:at] + letter + text[at:]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


@given(st.integers(1, 10**6), st.sampled_from(SLIPS), st.integers(0, 15), st.sampled_from(LETTERS))
def test_one_slip_is_doubtful_and_never_taken(learner: int, how: str, at: int, letter: str) -> None:
    ours = order(learner)
    text = slipped(ours.reference, how, at, letter)
    assume(text != ours.reference)
    assert one_slip(text, ours.reference)
    (match,) = matched([row(f"TT {text}.")], [ours, order(learner + 1)])
    if ours.reference not in references_in(f"TT {text}."):  # A letter put before or after it leaves it right.
        assert match.kind is Kind.DOUBTFUL
        assert ours in match.orders
    (elsewhere,) = matched([row(text, 1)], [ours])
    assert elsewhere.kind in (Kind.UNKNOWN, Kind.OTHER_AMOUNT)


@given(st.text(LETTERS, max_size=6), st.text(LETTERS, max_size=6))
def test_one_slip_is_what_a_plain_search_finds(one: str, other: str) -> None:
    near = {one[:n] + letter + one[n + 1 :] for n in range(len(one)) for letter in LETTERS}
    near |= {one[:n] + letter + one[n:] for n in range(len(one) + 1) for letter in LETTERS}
    near |= {one[:n] + one[n + 1 :] for n in range(len(one))}
    near |= {one[:n] + one[n : n + 2][::-1] + one[n + 2 :] for n in range(len(one) - 1)}
    assert one_slip(one, other) == (other in near - {one})
