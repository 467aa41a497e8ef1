"""Text as clerks type it: one form for comparing, one for showing, and the nearest word when it is not on a list."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Characters that look like a space or like nothing; they come from web pages and from other systems' exports.
_SPACES = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
# Control and formatting characters: soft hyphens, direction marks, the remains of copying from elsewhere.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200c-\u200f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb]")
_MARKS = re.compile(r"[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def tidy(text: str) -> str:
    """Composed letters (NFC), ordinary single spaces, none at the ends, no control characters."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", text).strip()


def fold(text: str) -> str:
    """A key for comparing headings and list values: no accents, case or punctuation; words separated by one space."""
    text = unicodedata.normalize("NFD", tidy(text).casefold().replace("đ", "d"))
    return _NOT_WORD.sub(" ", _MARKS.sub("", text)).strip()


def fold_heading(text: str) -> tuple[str, ...]:
    """The keys under which a heading may be known: whole, and without what stands in brackets."""
    whole = fold(text)
    bare = fold(_BRACKETS.sub(" ", text))
    return (whole, bare) if bare and bare != whole else (whole,)


def person_key(name: str) -> str:
    """A key for one person's name: letters with their marks matter (Hòa is not Hoa), tone placement and case do not.

    `Hoà` and `Hòa` are one name in two spellings, so the tone mark is taken off its vowel and put after the word.
    """
    words = []
    for word in tidy(name).casefold().split():
        parts = unicodedata.normalize("NFD", word)
        tones = "".join(char for char in parts if char in "\u0300\u0301\u0303\u0309\u0323")
        words.append("".join(char for char in parts if char not in tones) + tones)
    return unicodedata.normalize("NFC", " ".join(words))


def nearest(text: str, options: Iterable[str]) -> str | None:
    """The option most like the text, or None when none is near."""
    keys = {fold(option): option for option in options}
    found = difflib.get_close_matches(fold(text), keys, n=1, cutoff=0.6)
    return keys[found[0]] if found else None


def letter(column: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
