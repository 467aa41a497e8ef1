"""What a search looks for: typed text against the syllables that names are made of, learner codes and birth dates.

A record is found by its terms: the syllables of its name without accents, and its code and birth date marked by a figure in
front, so that they never look like a syllable. Each typed word stands for the syllables that equal it, or that begin with
it when it is the last word (still being typed) or an initial of one or two letters. When that finds too little, one word of
three letters or more may be one letter wrong: put in, left out, replaced, or exchanged with its neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.core.words import folded, person_key, tidy

MOST_WORDS = 8
_MOST_LETTERS = 100
# So short a beginning of a code is shared by too many to be worth a list.
_SHORTEST_CODE = 5
_INITIAL = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})")
_MONTH = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_YEAR = re.compile(r"(?P<year>19\d\d|20\d\d)")


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
    """What to look for; every part must be met. births: as ISO 8601 writes a day, a month or a year.

    unread: typed, but neither a name nor yet a whole code or date; it is left aside.
    """

    words: tuple[Word, ...] = ()
    codes: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    spelled: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.codes or self.births)


def plan(query: str, vocabulary: Vocabulary) -> Search:
    """Read a typed query, at most 100 letters and 8 words of it."""
    text = query[:_MOST_LETTERS]
    whole = re.sub(r"\s", "", text)
    # An identity number is often copied with spaces between its groups.
    typed = [whole] if whole.isdecimal() else tidy(text).split()
    names: list[str] = []
    codes, births, unread = [], [], []
    for part in typed:
        if not any(char.isdecimal() for char in part):
            names += folded(part).split()
        elif birth := _birth(part):
            births.append(birth)
        elif len(code := _joined(part)) >= _SHORTEST_CODE and not re.search(r"[/.]", part):
            codes.append(code)
        else:
            unread.append(part)
    finished = text[-1:].isspace() or (bool(typed) and any(char.isdecimal() for char in typed[-1]))
    last = len(names) - 1
    words = [_word(name, vocabulary, begins=place == last and not finished) for place, name in enumerate(names)]
    return Search(tuple(words[:MOST_WORDS]), tuple(codes), tuple(births), tuple(unread), frozenset(_spelled(text)))


def _spelled(text: str) -> list[str]:
    return person_key(text).split()


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


def _birth(part: str) -> str | None:
    """A day, month or year as ISO 8601 writes it; None when it is none. A year of two figures is 1950 to 2049."""
    found = _DAY.fullmatch(part) or _ISO.fullmatch(part) or _MONTH.fullmatch(part) or _YEAR.fullmatch(part)
    if found is None:
        return None
    parts = {name: int(figures) for name, figures in found.groupdict().items()}
    year, month = parts["year"], parts.get("month")
    year += (2000 if year < 50 else 1900) if year < 100 else 0
    if month is None:
        return str(year)
    try:
        whole = date(year, month, parts.get("day", 1)).isoformat()
    except ValueError:
        return None
    return whole if "day" in parts else whole[:7]


def _joined(code: str) -> str:
    return folded(code).replace(" ", "")


def terms(name: str, code: str, birth: date | None) -> tuple[str, ...]:
    """The terms a record is found by: its syllables, its whole name, its code, and its year, month and day of birth."""
    words = folded(name).split()
    found = [*dict.fromkeys(words), f"0n{''.join(words)}"] if words else []
    if joined := _joined(code):
        found.append(f"0c{joined}")
    if birth is not None:
        day = birth.isoformat()
        found += [_birth_term(day[:4]), _birth_term(day[:7]), _birth_term(day)]
    return tuple(found)


def _birth_term(iso: str) -> str:
    return f"0d{iso.replace('-', '')}"


# One of these; in it, all of these; of each, any: terms, and beginnings of terms with a star behind.
Formula = tuple[tuple[frozenset[str], ...], ...]


def named(search: Search) -> Formula:
    """Whose whole name was typed, in its order."""
    if len(search.words) < 2:
        return ()
    return ((*_numbers(search), frozenset({"0n" + "".join(word.typed for word in search.words)})),)


def same(search: Search) -> Formula:
    """Who has every part of what was typed."""
    return _possible([(*_numbers(search), *(word.same for word in search.words))])


def near(search: Search) -> Formula:
    """Who has every part but one word, and that with one letter wrong."""
    all_same = [word.same for word in search.words]
    return _possible(
        [
            (*_numbers(search), *all_same[:place], word.near, *all_same[place + 1 :])
            for place, word in enumerate(search.words)
        ]
    )


def _numbers(search: Search) -> list[frozenset[str]]:
    codes = [frozenset({f"0c{code}*"}) for code in search.codes]
    return [*codes, *(frozenset({_birth_term(birth)}) for birth in search.births)]


def _possible(formula: Iterable[tuple[frozenset[str], ...]]) -> Formula:
    return tuple(part for part in formula if part and all(part))


def holds(formula: Formula, found_by: Collection[str]) -> bool:
    """Whether a record with these terms is one of those looked for."""
    return any(all(any(_has(term, found_by) for term in any_of) for any_of in part) for part in formula)


def _has(term: str, found_by: Collection[str]) -> bool:
    if term.endswith("*"):
        return any(own.startswith(term[:-1]) for own in found_by)
    return term in found_by


def distance(search: Search, name: str) -> tuple[int, int, int]:
    """For ordering what was found, least first: words not met letter for letter, accents not met, words to spare."""
    words, spelled = folded(name).split(), _spelled(name)
    return (
        sum(word.typed not in words for word in search.words),
        sum(word not in spelled for word in search.spelled),
        len(words) - len(search.words),
    )
