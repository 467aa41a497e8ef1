"""Tables whose rows the database itself neither changes nor deletes, whoever asks: `guard` in a migration makes one so.

Triggers refuse it, on either database. SQLite forgets them when Django makes a table anew (as to change a column), and a
column added later is not among those guarded: such a migration ends with `guard` again. tests/web/test_readings.py tries
every column. `flush`, which empties a database for tests, is refused on SQLite too; PostgreSQL's TRUNCATE asks no trigger.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION registry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_REFUSE = {
    "sqlite": "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "postgresql": "FOR EACH ROW EXECUTE FUNCTION registry_append_only()",
}


def guard(model: str, *, but: Collection[str] = ()) -> migrations.RunPython:
    """A step of a migration that guards a model of the registry, but for some columns; an IntegrityError says so."""

    def make(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        if vendor == "postgresql":
            schema_editor.execute(_FUNCTION, None)
        meta = apps.get_model("registry", model)._meta
        quoted = [schema_editor.quote_name(one.column) for one in meta.concrete_fields if one.column not in but]
        drop(apps, schema_editor)
        for event, acts in (("update", f"UPDATE OF {', '.join(quoted)}"), ("delete", "DELETE")):
            name, table = f"{meta.db_table}_no_{event}", meta.db_table
            refuse = _REFUSE[vendor].format(table=table)
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {acts} ON {table} {refuse}", None)

    def drop(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model("registry", model)._meta.db_table
        of_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{of_table}", None)

    return migrations.RunPython(make, drop)
