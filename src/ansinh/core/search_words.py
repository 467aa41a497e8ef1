"""What a search looks for: typed text against the syllables that names are made of, learner codes and birth dates.

Each typed word stands for the syllables that equal it, or that begin with it when it is the last word (still being typed) or
an initial of one or two letters. When that finds too little, one word of three letters or more may be one letter wrong: put
in, left out, replaced, or exchanged with its neighbour. Order and accents of the words do not matter.

A name is found in an index by its terms: each syllable, each pair of syllables, and the whole. Pairs are what makes it fast:
Lê, Thị and Trang are each the name of many thousands, and an index that meets three long lists reads them all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ansinh.core.dates import Month, Span
from ansinh.core.words import folded, person_key, tidy

MOST_WORDS = 8
_MOST_LETTERS = 100
_INITIAL = 2
# More pairs than these are met by their two lists instead.
_MOST_PAIRS = 400
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})")
_MONTH = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_YEAR = re.compile(r"(?P<year>19\d\d|20\d\d)")
# A date that is still being typed, or one that the calendar does not have; three figures may become either.
_NO_DATE = re.compile(r"\d{1,3}|\d{1,2}[/.-]\d{0,2}([/.-]\d{0,4})?|\d{4}[/.-]\d{0,2}([/.-]\d{0,2})?")


class Vocabulary:
    """The distinct syllables of all names, without accents."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._known = frozenset(syllables)
        self._ordered = sorted(self._known)

    def beginning(self, start: str) -> list[str]:
        """The syllables that begin so, in order."""
        first = bisect_left(self._ordered, start)
        last = bisect_left(self._ordered, start + "\U0010ffff", first)
        return self._ordered[first:last]

    def known(self, words: Iterable[str]) -> set[str]:
        return set(words) & self._known


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word without accents: the syllables it stands for, and those it stands for when one letter is wrong."""

    typed: str
    same: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; every part must be met. codes: how learner codes begin. births: when the birth date lies.

    unread: typed, but neither a name, a code nor a date (or not yet a whole one); it is left aside. spelled: the typed words
    with their accents, for telling the nearest of those found.
    """

    words: tuple[Word, ...] = ()
    codes: tuple[str, ...] = ()
    births: tuple[Span, ...] = ()
    unread: tuple[str, ...] = ()
    spelled: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.codes or self.births)


def plan(query: str, vocabulary: Vocabulary) -> Search:
    """Read a typed query, at most 100 letters and 8 words of it."""
    text = tidy(query[:_MOST_LETTERS])
    whole = text.replace(" ", "")
    # An identity number is often copied with spaces between its groups.
    typed = [whole] if whole.isdecimal() else text.split()
    names: list[str] = []
    codes, births, unread = [], [], []
    for part in typed:
        if not any(char.isdecimal() for char in part):
            names += folded(part).split()
        elif birth := _birth(part):
            births.append(birth)
        elif _NO_DATE.fullmatch(part) or not part.isascii():
            unread.append(part)
        else:
            codes.append(part)
    finished = query[-1:].isspace() or (bool(typed) and any(char.isdecimal() for char in typed[-1]))
    last = len(names) - 1
    words = [_word(name, vocabulary, begins=place == last and not finished) for place, name in enumerate(names)]
    return Search(
        tuple(words[:MOST_WORDS]), tuple(codes), tuple(births), tuple(unread), frozenset(map(_key_of, text.split()))
    )


def _word(typed: str, vocabulary: Vocabulary, *, begins: bool) -> Word:
    # Lí and Lý, Qui and Quy are one name in two spellings.
    same = vocabulary.known((typed, typed.replace("y", "i"), re.sub("i$", "y", typed)))
    if begins or len(typed) <= _INITIAL:
        same.update(vocabulary.beginning(typed))
    near = vocabulary.known(one_edit(typed)) - same if len(typed) > _INITIAL else ()
    return Word(typed, frozenset(same), frozenset(near))


def one_edit(word: str) -> set[str]:
    """Every word one edit away: a letter put in, left out or replaced, or two neighbours exchanged."""
    found = set()
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        found.update([head + letter + tail for letter in _LETTERS])
        if tail:
            rest = tail[1:]
            found.update([head + letter + rest for letter in _LETTERS])
            found.add(head + rest)
            if rest:
                found.add(head + rest[0] + tail[0] + rest[1:])
    found.discard(word)
    return found


def _birth(part: str) -> Span | None:
    """The day, month or year that is meant; None when it is none. A year of two figures is 1950 to 2049."""
    found = _DAY.fullmatch(part) or _ISO.fullmatch(part) or _MONTH.fullmatch(part) or _YEAR.fullmatch(part)
    if found is None:
        return None
    parts = {name: int(figures) for name, figures in found.groupdict().items()}
    year, month = parts["year"], parts.get("month")
    year += (2000 if year < 50 else 1900) if year < 100 else 0
    if month is None:
        return Span(date(year, 1, 1), date(year + 1, 1, 1))
    try:
        first = date(year, month, parts.get("day", 1))
    except ValueError:
        return None
    return Span(first, first + timedelta(days=1) if "day" in parts else (Month.of(first) + 1).first_day)


def terms(words: Sequence[str]) -> list[str]:
    """The terms of a name, given its folded words in order: syllables; pairs marked 2, the lesser first; the whole marked 0."""
    apart = sorted(set(words))
    pairs = [f"2{one}0{other}" for place, one in enumerate(apart) for other in apart[place + 1 :]]
    return [*apart, *pairs, _whole(words)] if apart else []


def _pair(one: str, other: str) -> str:
    if one == other:
        return one
    return f"2{one}0{other}" if one < other else f"2{other}0{one}"


def _whole(words: Iterable[str]) -> str:
    return "0" + "0".join(words)


# One of these; in it, all of these; of each, any term.
Formula = tuple[tuple[frozenset[str], ...], ...]


def named(search: Search) -> Formula:
    """Whose whole name was typed, in its order."""
    return ((frozenset({_whole(word.typed for word in search.words)}),),) if search.words else ()


def same(search: Search) -> Formula:
    """Whose name has every word typed."""
    return _met([word.same for word in search.words])


def near(search: Search) -> Formula:
    """Whose name has every word but one, and that with one letter wrong."""
    formula: Formula = ()
    for place, wrong in enumerate(search.words):
        words = [word.same for word in search.words]
        words[place] = wrong.near
        formula += _met(words)
    return formula


def _met(words: list[frozenset[str]]) -> Formula:
    """Every word by one of its syllables: each with the last in pairs, since given names are the rarer ones."""
    if not words or not all(words):
        return ()
    *others, last = words
    found: list[frozenset[str]] = []
    for word in others:
        few = len(word) * len(last) <= _MOST_PAIRS
        found += [frozenset(_pair(one, other) for one in word for other in last)] if few else [word, last]
    return (tuple(dict.fromkeys(found or [last])),)


def meets(search: Search, words: Collection[str]) -> bool | None:
    """Whether a name of these folded words has every word typed; None when it has all but one, and that one letter wrong."""
    missed = [word for word in search.words if word.same.isdisjoint(words)]
    if not missed:
        return True
    return None if len(missed) == 1 and not missed[0].near.isdisjoint(words) else False


def distance(search: Search, name: str, words: Sequence[str]) -> tuple[int, int, int]:
    """For ordering what was found, least first, given a name and its folded words: words not met letter for letter, accents
    not met, words to spare.
    """
    return (
        sum(word.typed not in words for word in search.words),
        len(search.spelled.difference(map(_key_of, name.split()))),
        len(words) - len(search.words),
    )


@lru_cache(maxsize=1 << 14)
def _key_of(word: str) -> str:
    return person_key(word)
