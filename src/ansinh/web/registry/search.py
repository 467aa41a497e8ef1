"""Finding people by any part of the name, by code, identity number or birth date; within a scope, on both databases.

Names are looked up in an index, one row a person: FTS5 on SQLite, GIN on PostgreSQL. It is made anew with the other derived
rows. Besides the terms of the name (core.search_words) it holds marks: the schools on whose lists the person stands or stood,
whether a list of households names them, and the year of birth. Marks only spare the database work: who is within a scope is
decided by the scope, for everybody found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, reduce
from operator import or_

from django.db import connection
from django.db.models import Q, QuerySet

from ansinh.core.search_words import Formula, Search, Vocabulary, distance, meets, named, near, plan, same, terms
from ansinh.web.registry import bulk
from ansinh.web.registry.models import Enrolment, Person, Statement
from ansinh.web.registry.scope import Scope
from ansinh.web.registry.sealed import digests

# Hits of the index are tried against the scope a block at a time: nearly all searches end with the first.
_FIRST_BLOCK, _BLOCK = 200, 900
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


Row = tuple[int, str, str, str]  # A person's key, name, its folded words, and its sorting text.
_ROW = ("pk", "full_name", "name_words", "name_sort")


def search(scope: Scope, text: str, *, limit: int = 20) -> Found:
    """Who within the scope is meant by what was typed, of which at most 100 letters are read."""
    wanted = plan(text, vocabulary())
    if not wanted:
        return Found(unread=wanted.unread)
    people, enough = _narrowed(scope.people(), wanted), limit + 1
    off: list[Row] = []
    if not wanted.words:
        exact = list(people.order_by("code", "pk").values_list(*_ROW)[:enough])
    elif wanted.codes or any(span.until - span.since <= timedelta(days=31) for span in wanted.births):
        exact, off = _by_reading(people, wanted, enough)
    else:
        marks = _marks(scope, wanted)
        exact = _by_index(people, [named(wanted), same(wanted)], marks, enough)
        if len(exact) < enough:
            known = {row[0] for row in exact}
            off = [row for row in _by_index(people, [near(wanted)], marks, enough) if row[0] not in known]
    shown = [row[0] for row in (_ranked(exact, wanted) + _ranked(off, wanted))[:limit]]
    by_key = Person.objects.in_bulk(shown)
    more = len(exact) + len(off) > limit
    return Found(tuple(by_key[pk] for pk in shown), min(len(exact), len(shown)), more, wanted.unread)


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


def _ranked(rows: Iterable[Row], wanted: Search) -> list[Row]:
    """Nearest first, and before all those whose whole name was typed."""
    typed = [word.typed for word in wanted.words]

    def place(row: Row) -> tuple[object, ...]:
        words = row[2].split()
        return (words != typed, *distance(wanted, row[1], words), row[3], row[0])

    return sorted(rows, key=place)


def _by_reading(people: QuerySet[Person], wanted: Search, enough: int) -> tuple[list[Row], list[Row]]:
    """Those whose names are as typed, and those with one letter otherwise, where a code or a day leaves few to read."""
    exact: list[Row] = []
    off: list[Row] = []
    if wanted.codes:
        # The beginning of a code may leave many: the database passes over them faster, if not over a wrong letter.
        people = people.filter(_contained(wanted))
    for row in people.order_by("pk").values_list(*_ROW).iterator(chunk_size=_BLOCK):
        met = meets(wanted, row[2].split())
        if met is not False:
            (exact if met else off).append(row)
        if len(exact) >= max(enough, _FIRST_BLOCK):
            break
    return exact, off


def _contained(wanted: Search) -> Q:
    """What a name with all the words typed is sure to contain."""
    condition = Q()
    for word in wanted.words:
        spellings = {word.typed, *(own for own in word.same if not own.startswith(word.typed))}
        condition &= reduce(or_, (Q(name_words__contains=own) for own in spellings))
    return condition


def _by_index(people: QuerySet[Person], formulas: Sequence[Formula], marks: Marks, enough: int) -> list[Row]:
    """So many of the people whose names make one of the formulas true, or more, or all of them.

    A formula before the last is one that the last follows from: its hits are taken so as to be among those ranked.
    """
    blocks = [_hits(formula, marks, 0, _FIRST_BLOCK) for formula in formulas]
    found = dict.fromkeys(people.filter(pk__in={pk for hits in blocks for pk in hits}).values_list(*_ROW))
    hits, size = blocks[-1], _FIRST_BLOCK
    while len(found) < enough and len(hits) == size:
        hits, size = _hits(formulas[-1], marks, hits[-1], _BLOCK), _BLOCK
        found |= dict.fromkeys(people.filter(pk__in=hits).values_list(*_ROW))
    return list(found)


# The index -------------------------------------------------------------------------------------------------------

Marks = tuple[frozenset[str], ...]  # One mark of each set.
_HOUSEHOLD = "9"


def _marks(scope: Scope, wanted: Search) -> Marks:
    """The marks of whoever may be within a scope and born in the spans typed, all of which lie within a year."""
    marks = [frozenset({_year(span.since.year)}) for span in wanted.births]
    if not scope.whole:
        schools = scope.few_schools
        if schools is not None:
            listed = {_HOUSEHOLD} if scope.areas().exists() else set()
            marks.append(frozenset(map(_school, schools)) | listed)
    return tuple(marks)


def _school(pk: int) -> str:
    return f"6{pk}"


def _year(year: int) -> str:
    return f"4{year}"


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
    "sqlite": "DELETE FROM registry_search WHERE rowid IN (SELECT value FROM json_each(%s))",
    "postgresql": "DELETE FROM registry_search "
    "WHERE person_id IN (SELECT value::bigint FROM json_array_elements_text(%s))",
}
_INSERT = {
    "sqlite": "INSERT INTO registry_search (rowid, words) "
    "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)",
    "postgresql": "INSERT INTO registry_search "
    "SELECT (row->>0)::bigint, array_to_tsvector(string_to_array(row->>1, ' ')) FROM json_array_elements(%s) AS row",
}


def vocabulary() -> Vocabulary:
    """The distinct syllables of all names. Once seen a syllable stays; one that nobody bears any more finds nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS[connection.vendor])
        return _vocabulary(cursor.fetchone()[0] or "")


@lru_cache(maxsize=4)
def _vocabulary(listed: str) -> Vocabulary:
    return Vocabulary(listed.split(",") if listed else ())


def _hits(formula: Formula, marks: Marks, after: int, size: int) -> list[int]:
    """The keys, beyond one and in order, of those in the index who make a formula true and bear the marks."""
    if not formula or not all(marks):
        return []
    quote, and_, or_ = ("'", " & ", " | ") if connection.vendor == "postgresql" else ('"', " AND ", " OR ")
    asked = or_.join(
        "("
        + and_.join("(" + or_.join(f"{quote}{term}{quote}" for term in sorted(any_of)) + ")" for any_of in part)
        + ")"
        for part in ((*part, *marks) for part in formula)
    )
    with connection.cursor() as cursor:
        cursor.execute(_HITS[connection.vendor], [asked, after, size])
        return [pk for (pk,) in cursor.fetchall()]


def reindex(ids: Sequence[int]) -> None:
    """Bring the index up to date for these people, in the caller's transaction and after all other derived rows.

    In it is who stands and is not joined into another.
    """
    for some in bulk.chunks(ids):
        _reindex(some)


def _reindex(ids: Sequence[int]) -> None:
    names, wanted = _wanted(ids)
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(_INDEXED[vendor], [json.dumps(list(ids))])
        indexed = {pk: set(words.split()) for pk, words in cursor.fetchall()}
        changed = [pk for pk in {*indexed, *wanted} if indexed.get(pk) != wanted.get(pk)]
        cursor.execute(_REMOVE[vendor], [json.dumps([pk for pk in changed if pk in indexed])])
        cursor.execute(_INSERT[vendor], [json.dumps([(pk, " ".join(wanted[pk])) for pk in changed if pk in wanted])])
        met = {word for pk in changed for word in names.get(pk, ())}
        new = met - vocabulary().known(met)
        cursor.executemany("INSERT INTO registry_name_word VALUES (%s)", [(word,) for word in sorted(new)])


def _wanted(ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, set[str]]]:
    """Person → the words of the name, and person → what the index should hold."""
    people = Person.objects.filter(pk__among=ids, standing=True, joined_into__isnull=True)
    names: dict[int, list[str]] = {}
    wanted: dict[int, set[str]] = {}
    for pk, name_words, birth in people.values_list("pk", "name_words", "birth_date"):
        if name_words:
            names[pk] = name_words.split()
            wanted[pk] = {*terms(names[pk]), _year(birth.year)} if birth else set(terms(names[pk]))
    for pk, school in Enrolment.objects.filter(person__among=ids).values_list("person_id", "school_id"):
        if pk in wanted:
            wanted[pk].add(_school(school))
    for pk in Statement.objects.filter(person__among=ids, household__isnull=False).values_list("person_id", flat=True):
        if pk in wanted:
            wanted[pk].add(_HOUSEHOLD)
    return names, wanted
