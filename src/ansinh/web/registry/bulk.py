"""Many rows at once: what the databases offer for it, since building one object a row costs more than all the rest.

The caller holds a transaction. Names are columns of the model; nothing here decides what is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models

_CHUNK = 5_000


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each a value for every name (a field's attribute, such as `person_id`). Columns not named stay empty."""
    columns = _columns(model, names)
    table = connection.ops.quote_name(model._meta.db_table)
    listed = ", ".join(columns)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row([_json(value) for value in row])
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({listed}) VALUES ({marks})",  # noqa: S608 (names of our own columns)
            [tuple(_plain(value) for value in row) for row in rows],
        )


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set the named columns of rows by primary key: each row is the key, then a value for every name."""
    table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(_key(model))
    assigned = ", ".join(f"{column} = %s" for column in _columns(model, names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {assigned} WHERE {key} = %s",  # noqa: S608
            [(*(_plain(value) for value in row[1:]), row[0]) for row in rows],
        )


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


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def _plain(value: Any) -> Any:
    """As SQLite keeps it; PostgreSQL takes days and truths as they are."""
    if isinstance(value, date) and not isinstance(value, datetime) and connection.vendor == "sqlite":
        return value.isoformat()
    return _json(value)
