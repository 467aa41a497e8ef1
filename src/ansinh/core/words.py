"""Vietnamese words: put in the order of a class list, and compared without accents for searching."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# The five tone marks in the dictionaries' order: huyền, hỏi, ngã, sắc, nặng; no mark comes before all of them.
_TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_NOT_A_LETTER = 100

Order = tuple[tuple[int, ...], tuple[int, ...]]


def folded(text: str) -> str:
    """`Đỗ Thị Hoà` and `do thi hoa` alike: small letters, no accents or tones, single spaces. For searching only."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())


@lru_cache(maxsize=20_000)
def word_order(word: str) -> Order:
    """A sorting key for one word: letters first (a ă â … ư v), tones only between words of the same letters."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.casefold()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[part] for part in parts if part in _TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        letters.append(_LETTERS.get(bare, _NOT_A_LETTER + ord(bare[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def text_order(text: str) -> tuple[Order, ...]:
    """A sorting key for a text, word by word from the left."""
    return tuple(word_order(word) for word in text.split())


def name_order(name: str) -> tuple[tuple[Order, ...], ...]:
    """A sorting key for a person's name as class lists have it: given name, then family name, then what stands between."""
    words = name.split()
    if not words:
        return ((), (), ())
    return (text_order(words[-1]), text_order(words[0]), text_order(" ".join(words[1:-1])))


def class_order(name: str) -> tuple[tuple[int, int, Order], ...]:
    """A sorting key for class names: `2A` before `10A`, since figures are compared as numbers."""
    parts: list[tuple[int, int, Order]] = []
    for word in _split_figures(name):
        parts.append((0, int(word), ((), ())) if word.isdecimal() else (1, 0, word_order(word)))
    return tuple(parts)


_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_TWO_PLACES = 36 * 35 - 1  # The largest number that is written in two places.


def sort_text(order: object) -> str:
    """A sorting key of nested tuples as text that sorts alike in any database, whatever its collation.

    Only figures and small letters: each number is two places of base 36, larger ones follow a length; `00` ends a tuple.
    """
    if isinstance(order, tuple):
        return "".join(map(sort_text, order)) + "00"
    number = int(str(order)) + 1
    if number <= _TWO_PLACES:
        return _BASE_36[number // 36] + _BASE_36[number % 36]
    figures = str(number)
    return "z" + _BASE_36[len(figures)] + figures


def _split_figures(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if found and not char.isspace() and found[-1][-1:].isdecimal() == char.isdecimal() and found[-1]:
            found[-1] += char
        elif char.isspace():
            found.append("")
        else:
            found.append(char)
    return [part for part in found if part]
