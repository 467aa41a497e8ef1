"""Vietnamese words: put in the order of a class list, and brought to one spelling for comparing and searching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# The five tone marks in the dictionaries' order: huyền, hỏi, ngã, sắc, nặng; no mark comes before all of them.
_TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_NOT_A_LETTER = 100

Order = tuple[tuple[int, ...], tuple[int, ...]]


# Characters that look like a space or like nothing; they come from web pages and from other systems' exports.
_SPACES = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
# Control and formatting characters: soft hyphens, direction marks, the remains of copying from elsewhere.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200c-\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb]")
_MARKS = re.compile(r"[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
# A y that is the only vowel of its syllable (Lý, Mỹ, Quỳnh, Vy) is also written i; in Thuý or Hay it is another sound.
_LONE_Y = re.compile(r"(qu|[^aăâeêioôơuưy]+)y([^aăâeêioôơuưy]*)")


def tidy(text: str) -> str:
    """Composed letters (NFC), ordinary single spaces, none at the ends, no control characters."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable() and "  " not in text:  # Nearly every text: no character of either class is printable.
        return text.strip()
    text = _SPACES.sub(" ", text)
    return _INVISIBLE.sub("", text).strip()


def folded(text: str) -> str:
    """`Đỗ Thị Hoà` and `do thi hoa` alike: small letters, no accents, tones or punctuation, single spaces.

    The Icelandic ð stands for đ in files that passed through the older Vietnamese encodings.
    """
    parts = unicodedata.normalize("NFD", tidy(text).casefold().replace("đ", "d").replace("ð", "d"))
    return _NOT_WORD.sub(" ", _MARKS.sub("", parts)).strip()


def person_key(name: str) -> str:
    """A key for one person's name: letters with their marks matter (Hòa is not Hoa); case, punctuation, the place of the
    tone (Hoà, Hòa) and i for y (Lí, Lý) do not.
    """
    return " ".join(map(_spelling, _NOT_WORD.sub(" ", tidy(name).casefold().replace("ð", "đ")).split()))


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    """The tone is taken off its vowel and put after the word, so that its place no longer tells two spellings apart."""
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in parts if char in _TONES)
    letters = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if lone := _LONE_Y.fullmatch(letters):
        letters = f"{lone[1]}i{lone[2]}"
    return unicodedata.normalize("NFC", letters + tones)


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


@lru_cache(maxsize=20_000)
def _word_text(word: str) -> str:
    return sort_text(word_order(word))


def name_text(name: str) -> str:
    """`sort_text(name_order(name))`, word by word from what was reckoned before: names are made of few words."""
    words = name.split()
    parts = (words[-1:], words[:1], words[1:-1])
    return "".join("".join(map(_word_text, part)) + "00" for part in parts) + "00"


@lru_cache(maxsize=20_000)
def class_text(name: str) -> str:
    """`sort_text(class_order(name))`: a school has few classes, each with many children."""
    return sort_text(class_order(name))


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
