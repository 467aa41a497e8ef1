"""Text as clerks type it: the keys of a heading, the nearest word when it is not on a list, the letter of a column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from ansinh.core.words import folded

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def fold_heading(text: str) -> tuple[str, ...]:
    """The keys under which a heading may be known: whole, and without what stands in brackets."""
    whole = folded(text)
    bare = folded(_BRACKETS.sub(" ", text))
    return (whole, bare) if bare and bare != whole else (whole,)


def nearest(text: str, options: Iterable[str]) -> str | None:
    """The option most like the text, or None when none is near."""
    keys = {folded(option): option for option in options}
    found = difflib.get_close_matches(folded(text), keys, n=1, cutoff=0.6)
    return keys[found[0]] if found else None


@lru_cache(maxsize=1_000)
def letter(column: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
