"""Many rows at once: what the databases offer for it, since building one object a row costs more than all the rest.

The caller holds a transaction. Names are columns of the model; nothing here decides what is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

_CHUNK = 5_000


class Among(models.Lookup):
    """`person__among=ids`: as `in` does, but the keys go to the database as one value. Naming them one by one takes Django
    longer than the database needs to find them.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection_: Any) -> tuple[str, list[Any]]:
        sql, params = self.process_lhs(compiler, connection_)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(list(self.rhs))]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection_: Any) -> tuple[str, list[Any]]:
        sql, params = self.process_lhs(compiler, connection_)
        return f"{sql} = ANY(%s)", [*params, list(self.rhs)]


for _kind in (models.AutoField, models.BigAutoField, models.ForeignKey, models.CharField):
    _kind.register_lookup(Among)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each a value for every name (a field's attribute, such as `person_id`). Columns not named stay empty.

    Making the rows must ask the database nothing: PostgreSQL takes them as they are made, and would wait for ever.
    """
    columns = ", ".join(_columns(model, names))
    table = connection.ops.quote_name(model._meta.db_table)
    kept = _kept(model, names, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in kept:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(kept))  # noqa: S608 (our own names)


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set the named columns of rows by primary key: each row is the key, then a value for every name."""
    table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(_key(model))
    columns = _columns(model, names)
    kept = _kept(model, ("pk", *names), rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            some = ", ".join((key, *columns))
            cursor.execute(f"CREATE TEMPORARY TABLE bulk_update AS SELECT {some} FROM {table} WHERE false")  # noqa: S608
            with cursor.copy(f"COPY bulk_update ({some}) FROM STDIN") as copy:
                for row in kept:
                    copy.write_row(row)
            assigned = ", ".join(f"{column} = new.{column}" for column in columns)
            cursor.execute(f"UPDATE {table} SET {assigned} FROM bulk_update new WHERE {table}.{key} = new.{key}")  # noqa: S608
            cursor.execute("DROP TABLE bulk_update")
            return
        assigned = ", ".join(f"{column} = %s" for column in columns)
        cursor.executemany(
            f"UPDATE {table} SET {assigned} WHERE {key} = %s",  # noqa: S608
            [(*row[1:], row[0]) for row in kept],
        )


def take_stock(*tables: type[models.Model], added: int) -> None:
    """Where many rows are new, let PostgreSQL count again before it is asked: its own round comes within a minute, and until
    then it takes a table of two hundred thousand rows for an empty one, and reads all of it for each question.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in (one._meta.db_table for one in tables):
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if added > cursor.fetchone()[0] / 10:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for rows about to be inserted. On SQLite the caller's transaction is the only writer."""
    if count == 0:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, _key(model), count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX({_key(model)}), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def chunks(ids: Sequence[Any], size: int = _CHUNK) -> Iterable[Sequence[Any]]:
    """Ids a few thousand at a time, as many as one query may name."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _key(model: type[models.Model]) -> str:
    pk = model._meta.pk
    if pk is None or not pk.column:
        raise TypeError(f"{model.__name__} has no primary key of one column")
    return pk.column


def _columns(model: type[models.Model], names: Sequence[str]) -> list[str]:
    fields = {field.attname: field.column for field in model._meta.concrete_fields}
    return [connection.ops.quote_name(str(fields[name])) for name in names]


def _kept(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Rows as the database takes them: JSON as text, and days too on SQLite, which knows none."""
    kinds = {field.attname: field for field in model._meta.concrete_fields}
    json_at = [place for place, name in enumerate(names) if isinstance(kinds.get(name), models.JSONField)]
    day_at = [place for place, name in enumerate(names) if isinstance(kinds.get(name), models.DateField)]
    if connection.vendor != "sqlite":
        day_at = []
    for row in rows:
        kept = list(row)
        for place in json_at:
            if kept[place] is not None:
                kept[place] = json.dumps(kept[place], ensure_ascii=False)
        for place in day_at:
            if kept[place] is not None:
                kept[place] = kept[place].isoformat()
        yield kept
