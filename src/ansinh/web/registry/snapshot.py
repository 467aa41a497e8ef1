"""What is known of learners in a school year, as `core.tables` has it: door 3 takes it from here.

Two roads to the same rows. `people` folds statement by statement, for a child or a school. `write` takes a million: whoever
has one statement in the year is copied by column, and the others go the first road.

Who is on two schools' lists in one year has each list's facts only while studying there. A household or a place is told
apart by what is known of it alone, as in a roster.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from ansinh.core.dates import MONTHS_IN_YEAR, OPEN, PREPARATORY, SchoolYear, positions_in
from ansinh.core.tables import FACTS, OWN_FACTS, ROLES, STATUS, Kind, People, Role, Source
from ansinh.web.registry import standing
from ansinh.web.registry.models import Enrolment, Person, Statement
from ansinh.web.registry.standing import Said

if TYPE_CHECKING:
    import polars as pl

_TRUTH = {True: "c", False: "k", None: "?"}
_NAMES = ("full_name", "code", "class_name")


def window(year: SchoolYear) -> tuple[date, date]:
    """The first day and the day after the last that a school year's decisions may ask about."""
    return year.month(PREPARATORY).first_day, year.until


def listed(year: SchoolYear, enrolments: QuerySet[Enrolment] | None = None) -> QuerySet[Person]:
    """Everybody on a list of the year, of the enrolments given (by default all): who has left too."""
    lists = (Enrolment.objects.all() if enrolments is None else enrolments).filter(year=year.start)
    return Person.objects.filter(Exists(lists.filter(person=OuterRef("pk"))))


def people(ids: Sequence[int], year: SchoolYear, *, known: datetime | None = None) -> People:
    """The People of a school year, by the person's number as text, in the order of the numbers.

    known: as the registry stood at that time; by default as it stands.
    """
    since, until = window(year)
    tables = _Tables(since, until)
    learners: list[dict[str, Any]] = []
    names: dict[str, dict[str, Any]] = {}
    for person, every in standing.by_person(sorted(ids), known=known):
        said = [one for one in every if one.since < until and one.until > since]
        if not any(one.year == year.start for one in said):
            continue
        learners.append(_learner(person, said, year, tables))
        state = standing.last(every, OPEN)
        names[str(person)] = {
            "name": state.get("full_name"),
            "code": state.get("code"),
            "class": state.get("class_name"),
        }
    return People(tuple(learners), tables.frozen(), {}, names)


def sources(person: int, *, known: datetime | None = None) -> dict[str, Source]:
    """Fact → the cell that said it last, of one person."""
    found: dict[str, Source] = {}
    batches: dict[int, tuple[str, Mapping[str, Any]]] = {}
    for _, said in standing.by_person([person], known=known):
        keys = [one.id for one in said]
        odd = dict(Statement.objects.filter(pk__in=keys, cells__isnull=False).values_list("pk", "cells"))
        frames = Statement.objects.filter(pk__in=keys).values_list(
            "batch_id", "batch__places", "batch__upload__filename", "batch__template"
        )
        batches = {pk: (file or template, places) for pk, places, file, template in frames}
        for one in said:
            file, places = batches[one.batch]
            sheet = places["sheets"][one.sheet] if places.get("sheets") else ""
            columns = places.get("columns", {}).get(sheet, {})
            cells = odd.get(one.id) or {}
            for fact in one.values:
                usual = (sheet, one.row, columns[fact]) if fact in columns else places.get("header", {}).get(fact)
                spot = cells.get(fact) or usual or (sheet, one.row, "")
                found[fact] = Source(file, *spot)
    return found


class _Tables:
    """The dated tables gathered while learners are folded."""

    def __init__(self, since: date, until: date) -> None:
        self.span = {"since": since, "until": until, "learned": since}
        self.rows: dict[str, dict[str, dict[str, Any]]] = {role.table: {} for role in ROLES}
        self.status: list[dict[str, Any]] = []

    def keys(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Role key → the row that says what these values say of the role; nothing where they say nothing."""
        found = {}
        for role in ROLES:
            said = {column: values.get(fact) for column, fact in role.facts.items()}
            if any(value is not None for value in said.values()):
                key = _key(role, said)
                self.rows[role.table].setdefault(key, {"key": key, **self.span, **said})
                found[role.key] = key
        return found

    def frozen(self) -> dict[str, tuple[dict[str, Any], ...]]:
        tables = {table: tuple(rows[key] for key in sorted(rows)) for table, rows in self.rows.items()}
        return {**tables, **({STATUS: tuple(self.status)} if self.status else {})}


def _key(role: Role, said: Mapping[str, Any]) -> str:
    parts = [_TRUTH[value] if value is None or isinstance(value, bool) else str(value) for value in said.values()]
    return "-".join(("ho" if role.table == "household" else "noi", *parts))


def _learner(person: int, said: list[Said], year: SchoolYear, tables: _Tables) -> dict[str, Any]:
    """The learner's own row; what does not hold the whole year, and what came after it, goes to the status table."""
    since, until = window(year)
    months, said = _studied(said, year)
    own: dict[str, Any] = {}
    partial: list[Said] = []
    for one in said:
        if not partial and one.since <= since and one.until >= until:
            own |= one.values
        else:
            partial.append(one)
    tables.status += [{"key": str(person), **row} for row in _dated_rows(own, partial, tables)]
    return {
        "learner": str(person),
        "months": months,
        **{name: own.get(name) for name in OWN_FACTS},
        **{role.key: None for role in ROLES},
        **tables.keys(own),
    }


_ROLE_FACTS = tuple(fact for role in ROLES for fact in role.facts.values())


def _studied(said: list[Said], year: SchoolYear) -> tuple[int, list[Said]]:
    """The months studied on any list of the year; with two lists, each list's statements cut to its own months."""
    masks: dict[int, int] = {}
    for one in said:
        if one.year == year.start and one.school is not None:
            mask = one.values.get("months", masks.get(one.school, 0))
            if one.values.get("enrolled") is False:
                mask &= _before(year, one.since)
            masks[one.school] = mask
    whole = 0
    for mask in masks.values():
        whole |= mask
    if len(masks) > 1:
        said = [cut for one in said if (cut := _cut(one, masks, year)) is not None]
    return whole, said


def _before(year: SchoolYear, day: date) -> int:
    """The months that began before a day: whoever leaves on it had studied in them."""
    return sum(1 << place for place in range(MONTHS_IN_YEAR) if year.month(place).first_day < day)


def _cut(one: Said, masks: Mapping[int, int], year: SchoolYear) -> Said | None:
    """A list's statement, from the first month of its school to the last.

    The first school of the year speaks of the time before too, and the last of the summer after: nobody else does.
    """
    mask = masks.get(one.school or 0) if one.year == year.start else None
    if mask is None:
        return one
    studied = {school: [place for place in positions_in(m) if place != PREPARATORY] for school, m in masks.items()}
    places = studied[one.school or 0]
    if not places:
        return None
    since, until = one.since, one.until
    if places[0] > min(other[0] for other in studied.values() if other):
        since = max(since, year.month(places[0]).first_day)
    if places[-1] < max(other[-1] for other in studied.values() if other):
        until = min(until, (year.month(places[-1]) + 1).first_day)
    return replace(one, since=since, until=until)


def _dated_rows(own: Mapping[str, Any], partial: Sequence[Said], tables: _Tables) -> list[dict[str, Any]]:
    """The status rows of one learner: for each stretch of days and each day something was learned of it, what was said then.

    Of what is said of a stretch on one day the later wins. Keys stand for all that is known of a role by that day: a list that
    says the commune again does not unsay the hamlet.
    """
    rows: dict[date, list[dict[str, Any]]] = {}
    ends = sorted({day for one in partial for day in (one.since, one.until)})
    for since, until in pairwise(ends):
        known = dict(own)
        held = [one for one in partial if one.since <= since and until <= one.until]
        for learned, same_day in groupby(held, key=lambda one: timezone.localdate(one.at)):
            said = {name: value for one in same_day for name, value in one.values.items()}
            known |= said
            facts = {name: value for name, value in said.items() if name in OWN_FACTS}
            keys = tables.keys(known) if any(fact in said for fact in _ROLE_FACTS) else {}
            before = rows.setdefault(learned, [])
            told = {"learned": learned, **facts, **keys}
            if before and before[-1] == {**told, "since": before[-1]["since"], "until": since}:
                before[-1]["until"] = until
            elif facts or keys:
                before.append({"since": since, "until": until, **told})
    return [row for learned in sorted(rows) for row in rows[learned]]


# ---- a million at once


def write(folder: Path, year: SchoolYear, enrolments: QuerySet[Enrolment] | None = None) -> int:
    """Write the year's snapshot as Parquet files that `sheets.read_snapshot` and `ansinh decide` read; gives the learners.

    enrolments: the lists within a scope; by default all. The same rows as `people`, which the tests compare.
    """
    import polars as pl  # Heavy, and a request for one child needs none of it.

    folder.mkdir(parents=True, exist_ok=True)
    frame = _frame(year, enrolments)
    counted = frame.group_by("root").len()
    alone = frame.join(counted.filter(pl.col("len") == 1).select("root"), on="root", how="semi")
    since, until = window(year)
    whole = alone.filter(
        (pl.col("since") <= since) & (pl.col("until").fill_null(OPEN) >= until) & (pl.col("year") == year.start)
    )
    others = frame.join(whole.select("root"), on="root", how="anti")["root"].unique().to_list()
    rest = people(others, year)
    learners = pl.concat([_learners(whole, year), _as_frame(rest.learners)], how="diagonal_relaxed").sort("learner")
    learners.write_parquet(folder / "learners.parquet")
    for table in {role.table for role in ROLES}:
        rows = pl.concat([_rows(whole, table, since, until), _as_frame(rest.tables[table])], how="diagonal_relaxed")
        if len(rows):
            rows.unique("key").sort("key").write_parquet(folder / f"{table}.parquet")
    if rest.tables.get(STATUS):
        _as_frame(rest.tables[STATUS]).write_parquet(folder / f"{STATUS}.parquet")
    return len(learners)


def _frame(year: SchoolYear, enrolments: QuerySet[Enrolment] | None) -> pl.DataFrame:
    """One row a statement that stands and touches the year, of everybody on one of its lists."""
    since, until = window(year)
    lists = (Enrolment.objects.all() if enrolments is None else enrolments).filter(year=year.start)
    rows = (
        Statement.objects.filter(batch__undone_at__isnull=True, since__lt=until)
        .exclude(until__lte=since)
        .annotate(root=Coalesce("person__joined_into_id", "person_id"))
        .filter(root__in=lists.values("person_id"))
        .values_list("root", "since", "until", "year", "months", *FACTS)
    )
    return _fetch(rows)


def _fetch(rows: QuerySet[Any, Any]) -> pl.DataFrame:
    """A query's rows by column: PostgreSQL writes them out as text itself, SQLite hands them over some thousands at a time."""
    import polars as pl

    names = ("root", "since", "until", "year", "months", *FACTS)
    kinds = {name: _dtype(FACTS[name].kind) for name in FACTS}
    schema = {"root": pl.Int64, "since": pl.Date, "until": pl.Date, "year": pl.Int64, "months": pl.Int64, **kinds}
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = io.BytesIO()
            with cursor.copy(f"COPY ({cursor.mogrify(sql, params)}) TO STDOUT WITH (FORMAT csv)") as copy:
                for block in copy:
                    text.write(block)
            text.seek(0)
            plain = {name: pl.String if kind == pl.Boolean else kind for name, kind in schema.items()}
            read = pl.read_csv(text, has_header=False, new_columns=list(names), schema=plain)
            truths = [name for name, kind in schema.items() if kind == pl.Boolean]
            return read.with_columns(pl.col(name) == "t" for name in truths)
        cursor.execute(sql, params)
        frames = []
        while block := cursor.fetchmany(50_000):
            columns = dict(zip(names, zip(*block, strict=True), strict=True))
            frames.append(pl.DataFrame([_series(name, columns[name], schema[name]) for name in names]))
        return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _series(name: str, values: Sequence[Any], dtype: Any) -> pl.Series:
    import polars as pl

    if dtype == pl.Date:
        return pl.Series(name, values, dtype)
    return pl.Series(name, values, pl.Int64).cast(dtype)


def _dtype(kind: Kind) -> Any:
    import polars as pl

    return {Kind.BOOL: pl.Boolean, Kind.INT: pl.Int64, Kind.DATE: pl.Date, Kind.CODE: pl.Int16}[kind]


def _key_column(role: Role) -> pl.Expr:
    """`_key` by column: null where nothing is known."""
    import polars as pl

    parts = [
        pl.when(pl.col(fact)).then(pl.lit("c")).when(~pl.col(fact)).then(pl.lit("k")).otherwise(pl.lit("?"))
        if FACTS[fact].kind is Kind.BOOL
        else pl.col(fact).cast(pl.String).fill_null("?")
        for fact in role.facts.values()
    ]
    known = pl.any_horizontal([pl.col(fact).is_not_null() for fact in role.facts.values()])
    text = pl.concat_str([pl.lit("ho" if role.table == "household" else "noi"), *parts], separator="-")
    return pl.when(known).then(text).alias(role.key)


def _learners(whole: pl.DataFrame, year: SchoolYear) -> pl.DataFrame:
    import polars as pl

    return whole.select(
        pl.col("root").cast(pl.String).alias("learner"),
        pl.col("months").fill_null(0),
        *[pl.col(name) for name in OWN_FACTS],
        *[_key_column(role) for role in ROLES],
    )


def _rows(whole: pl.DataFrame, table: str, since: date, until: date) -> pl.DataFrame:
    """The rows of a dated table that the learners lean on."""
    import polars as pl

    span = [pl.lit(since).alias("since"), pl.lit(until).alias("until"), pl.lit(since).alias("learned")]
    found = [
        whole.select(
            _key_column(role).alias("key"), *[pl.col(fact).alias(column) for column, fact in role.facts.items()]
        )
        .unique("key")
        .drop_nulls("key")
        .with_columns(span)
        for role in ROLES
        if role.table == table
    ]
    return pl.concat(found)


def _as_frame(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    import polars as pl

    kinds = {name: _dtype(fact.kind) for name, fact in FACTS.items()}
    columns = {column: kinds[fact] for role in ROLES for column, fact in role.facts.items()}
    days = dict.fromkeys(("since", "until", "learned"), pl.Date)
    schema = {**kinds, **columns, **days, "months": pl.Int64}
    held = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame(list(rows), schema={name: schema.get(name, pl.String) for name in held})
