"""Finding people by any part of the name, by code, identity number or birth date; within a scope, on both databases.

Names are looked up in an index of their terms (core.search_words), one row a person: FTS5 on SQLite, GIN on PostgreSQL. It
is made anew with the other derived rows. Codes and birth dates have indexes of their own and narrow the people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from ansinh.core.search_words import Formula, Search, Vocabulary, distance, meets, named, near, plan, same, terms
from ansinh.web.registry import bulk
from ansinh.web.registry.models import Person
from ansinh.web.registry.sealed import digests

# Hits are tried against the scope a block at a time: first a small one, since nearly all searches end there.
_FIRST_BLOCK, _BLOCK = 200, 900
# When that one has too few in scope, a scope of no more people than this is read name by name instead.
_SMALL = 20_000
# An identity number has twelve figures, one of the older kind nine.
_NUMBER_LENGTHS = (9, 12)


@dataclass(frozen=True)
class Found:
    """The people found, nearest first; those from place `near_from` on have one letter of a word otherwise than typed.

    more: whether there are others. unread: words left aside, such as a day that the calendar does not have.
    """

    people: tuple[Person, ...] = ()
    near_from: int = 0
    more: bool = False
    unread: tuple[str, ...] = ()


class _Tier(NamedTuple):
    """One way for a name to be meant: as the index is asked, as a name's words are, and what the latter surely contain."""

    formula: Formula
    holds: Callable[[list[str]], bool]
    contain: Q = Q()


Row = tuple[int, str, str, str]  # A person's key, name, its folded words, and its sorting text.
_ROW = ("pk", "full_name", "name_words", "name_sort")


def search(people: QuerySet[Person], text: str, *, limit: int = 20) -> Found:
    """Who among these people is meant by what was typed. `people` is cut to the searcher's scope: nobody else is found.

    `people` is not sliced. At most 100 letters are read.
    """
    wanted = plan(text, vocabulary())
    if not wanted:
        return Found(unread=wanted.unread)
    people, enough = _narrowed(people, wanted), limit + 1
    if not wanted.words:
        rows = people.order_by("code", "pk").values_list(*_ROW)[:enough]
        found, exact = _ranked(rows, wanted), enough
    else:
        typed, contain = [word.typed for word in wanted.words], _contain(wanted)
        found = _add([], people, wanted, _Tier(named(wanted), lambda words: words == typed, contain), enough)
        found = _add(
            found, people, wanted, _Tier(same(wanted), lambda words: meets(wanted, words) is True, contain), enough
        )
        exact = len(found)
        found = _add(found, people, wanted, _Tier(near(wanted), lambda words: meets(wanted, words) is None), enough)
    shown = [row[0] for row in found[:limit]]
    by_key = people.in_bulk(shown)
    return Found(tuple(by_key[pk] for pk in shown), min(exact, len(shown)), len(found) > limit, wanted.unread)


def _narrowed(people: QuerySet[Person], wanted: Search) -> QuerySet[Person]:
    """Those whose code begins, or whose identity number is, as typed; and those born in all the spans typed."""
    for code in wanted.codes:
        condition = Q()
        for spelled in {code, code.upper(), code.lower()}:
            # On SQLite the index serves a span but not LIKE; on PostgreSQL LIKE, as its spans follow a language's order.
            between = Q(code__gte=spelled, code__lt=spelled + "\U0010ffff")
            condition |= Q(code__startswith=spelled) if connection.vendor == "postgresql" else between
        if code.isdecimal() and len(code) in _NUMBER_LENGTHS:
            condition |= Q(digest__in=digests(code))
        people = people.filter(condition)
    for span in wanted.births:
        people = people.filter(birth_date__gte=span.since, birth_date__lt=span.until)
    return people


def _add(found: list[Row], people: QuerySet[Person], wanted: Search, tier: _Tier, enough: int) -> list[Row]:
    """What was found, and behind it the nearest of a tier that is not among it, until there are enough."""
    if len(found) >= enough or not tier.formula:
        return found
    known = {row[0] for row in found}
    few = bool(wanted.codes) or any(span.until - span.since <= timedelta(days=31) for span in wanted.births)
    rows = _read_whole(people, tier, enough) if few else _in_scope(people, tier, enough)
    return (found + _ranked([row for row in rows if row[0] not in known], wanted))[:enough]


def _ranked(rows: Iterable[Row], wanted: Search) -> list[Row]:
    return sorted(rows, key=lambda row: (*distance(wanted, row[1], row[2].split()), row[3], row[0]))


def _in_scope(people: QuerySet[Person], tier: _Tier, enough: int) -> list[Row]:
    """So many of the people whom a tier means, or more, or all of them."""
    hits = _hits(tier.formula, 0, _FIRST_BLOCK)
    found = list(people.filter(pk__in=hits).values_list(*_ROW))
    if len(found) >= enough or len(hits) < _FIRST_BLOCK:
        return found
    if not people.order_by("pk")[_SMALL:].exists():
        return _read_whole(people, tier, enough)
    while len(found) < enough and hits:
        hits = _hits(tier.formula, hits[-1], _BLOCK)
        found += people.filter(pk__in=hits).values_list(*_ROW)
    return found


def _read_whole(people: QuerySet[Person], tier: _Tier, enough: int) -> list[Row]:
    """Those whom a tier means, by reading names: no more of them than the index would have been asked for."""
    rows = people.filter(tier.contain).order_by("pk").values_list(*_ROW).iterator(chunk_size=_BLOCK)
    return list(islice((row for row in rows if tier.holds(row[2].split())), max(enough, _FIRST_BLOCK)))


def _contain(wanted: Search) -> Q:
    """What a name with all the words typed is sure to contain; the database passes over the others faster than Python."""
    condition = Q()
    for word in wanted.words:
        spellings = {word.typed, *(own for own in word.same if not own.startswith(word.typed))}
        condition &= reduce(or_, (Q(name_words__contains=own) for own in spellings))
    return condition


# The index -------------------------------------------------------------------------------------------------------

_HITS = {
    "sqlite": "SELECT rowid FROM registry_search WHERE registry_search MATCH %s AND rowid > %s ORDER BY rowid LIMIT %s",
    "postgresql": (
        "SELECT person_id FROM registry_search WHERE words @@ %s::tsquery AND person_id > %s ORDER BY person_id LIMIT %s"
    ),
}
_WORDS = {
    "sqlite": "SELECT group_concat(DISTINCT word) FROM registry_name_word",
    "postgresql": "SELECT string_agg(DISTINCT word, ',') FROM registry_name_word",
}
_INDEXED = {
    "sqlite": "SELECT rowid, words FROM registry_search WHERE rowid IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT person_id, array_to_string(tsvector_to_array(words), ' ') FROM registry_search "
    "WHERE person_id IN (SELECT value::bigint FROM json_array_elements_text(%s))",
}
_REMOVE = {
    "sqlite": "DELETE FROM registry_search WHERE rowid = %s",
    "postgresql": "DELETE FROM registry_search WHERE person_id = %s",
}
_INSERT = {
    "sqlite": "INSERT INTO registry_search (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO registry_search VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))",
}


def vocabulary() -> Vocabulary:
    """The distinct syllables of all names. Once seen a syllable stays; one that nobody bears any more finds nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS[connection.vendor])
        return _vocabulary(cursor.fetchone()[0] or "")


@lru_cache(maxsize=4)
def _vocabulary(listed: str) -> Vocabulary:
    return Vocabulary(listed.split(",") if listed else ())


def _hits(formula: Formula, after: int, size: int) -> list[int]:
    """The keys, beyond one and in order, of those in the index who make a formula true."""
    quote, and_, or_ = ("'", " & ", " | ") if connection.vendor == "postgresql" else ('"', " AND ", " OR ")
    asked = or_.join(
        "("
        + and_.join("(" + or_.join(f"{quote}{term}{quote}" for term in sorted(any_of)) + ")" for any_of in part)
        + ")"
        for part in formula
    )
    with connection.cursor() as cursor:
        cursor.execute(_HITS[connection.vendor], [asked, after, size])
        return [pk for (pk,) in cursor.fetchall()]


def reindex(ids: Sequence[int]) -> None:
    """Bring the index up to date for these people, in the caller's transaction: who stands and is not joined into another."""
    for some in bulk.chunks(ids, 900):
        _reindex(some)


def _reindex(ids: Sequence[int]) -> None:
    people = Person.objects.filter(pk__in=ids, standing=True, joined_into__isnull=True)
    names = {pk: words.split() for pk, words in people.values_list("pk", "name_words")}
    wanted = {pk: terms(words) for pk, words in names.items() if words}
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(_INDEXED[vendor], [json.dumps(list(ids))])
        indexed = {pk: set(words.split()) for pk, words in cursor.fetchall()}
        changed = [pk for pk in {*indexed, *wanted} if indexed.get(pk) != set(wanted.get(pk, ()))]
        cursor.executemany(_REMOVE[vendor], [(pk,) for pk in changed if pk in indexed])
        cursor.executemany(_INSERT[vendor], [(pk, " ".join(wanted[pk])) for pk in changed if pk in wanted])
        met = {word for pk in changed for word in names.get(pk, ())}
        new = met - vocabulary().known(met)
        cursor.executemany("INSERT INTO registry_name_word VALUES (%s)", [(word,) for word in sorted(new)])
