"""Orders to pay: what one child is paid by one run in one sending, and the reference by which it is known everywhere.

A reference is 16 letters and digits, so that it survives every bank's remark: AS, the run (5), the child (6) and the number
of times it was sent (2) in Crockford's base 32, and a check character by ISO 7064, MOD 37,36. Trying again gives the same
reference; what came back and is sent again gets another. One wrong character is always noticed.

    reference(7, 1234, 1)          # AS 00007 00016J 01 and the check character
    read_reference("AS…")          # (7, 1234, 1), or None
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

_BASE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = string.digits + string.ascii_uppercase
PREFIX, _WIDTHS = "AS", (5, 6, 2)
LENGTH = len(PREFIX) + sum(_WIDTHS) + 1
# Anywhere in a text, also where one begins within another.
_SHAPE = re.compile(rf"(?=({PREFIX}[{_BASE}]{{{sum(_WIDTHS)}}}[{_CHECK}]))")
# What every bank takes of a text: the Latin set of ISO 20022 messages, without the marks with which a spreadsheet's formula
# begins or a message's field ends.
_NOT_SAFE = re.compile(r"[^A-Za-z0-9 .,()/?-]+")


class Way(Enum):
    """How far an order is: not sent, on the way, come back, or confirmed."""

    TO_SEND = "to_send"
    SENT = "sent"
    RETURNED = "returned"
    PAID = "paid"


@dataclass(frozen=True)
class PayTo:
    """An account that is paid into: its holder, the bank's six digits, and the number, which is not printed by itself."""

    holder: str
    bank: str
    account: str = field(repr=False)


@dataclass(frozen=True)
class Order:
    """One payment to one child of one run, in đồng, less what was kept back; `pay_to` is None when it is paid in cash.

    times: how often it was sent with this sending. lines: of the run, by key. code, name, class_name: the child's.
    An amount of zero was kept back whole: nothing is paid.
    """

    run: int
    learner: int
    times: int
    amount_vnd: int
    lines: tuple[int, ...]
    way: Way
    code: str = ""
    name: str = ""
    class_name: str = ""
    pay_to: PayTo | None = None

    @property
    def reference(self) -> str:
        return reference(self.run, self.learner, self.times)


def reference(run: int, learner: int, times: int) -> str:
    """The reference of an order. ValueError when a number is too large for its place."""
    text = PREFIX + "".join(_digits(n, width) for n, width in zip((run, learner, times), _WIDTHS, strict=True))
    return text + check_character(text)


def read_reference(text: str) -> tuple[int, int, int] | None:
    """Run, child and number of times of a reference; None when it is none, or was mistyped."""
    if len(text) != LENGTH or not _SHAPE.match(text) or check_character(text[:-1]) != text[-1]:
        return None
    at, found = len(PREFIX), []
    for width in _WIDTHS:
        number = 0
        for letter in text[at : at + width]:
            number = number * len(_BASE) + _BASE.index(letter)
        found.append(number)
        at += width
    return found[0], found[1], found[2]


def references_in(text: str) -> list[str]:
    """Every right reference that stands in a text, whatever blanks or marks a bank put in it, in order, each once."""
    found = (match[1] for match in _SHAPE.finditer(squeezed(text)))
    return list(dict.fromkeys(one for one in found if read_reference(one) is not None))


def squeezed(text: str) -> str:
    """The letters and digits of a text as capitals, without marks: what a bank leaves of a remark."""
    return re.sub(r"[^0-9A-Z]+", "", bank_text(text).upper())


def bank_text(text: str) -> str:
    """A text as every bank takes it: `Đỗ Thị Hoà` → `Do Thi Hoa`; what is not of the Latin set becomes a blank."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_NOT_SAFE.sub(" ", kept).split()).lstrip("-/ ")


def check_character(text: str) -> str:
    """The check character of capitals and digits by ISO 7064, MOD 37,36."""
    carried = 36
    for letter in text:
        carried = ((carried + _CHECK.index(letter)) % 36 or 36) * 2 % 37
    return _CHECK[(37 - carried) % 36]


def _digits(number: int, width: int) -> str:
    found = ""
    rest = number
    for _ in range(width):
        rest, digit = divmod(rest, len(_BASE))
        found = _BASE[digit] + found
    if rest or number < 0:
        raise ValueError(f"{number} does not fit into {width} places of a reference")
    return found
