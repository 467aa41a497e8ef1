"""The index by which people are found. It is of another kind on each database, so that no model of Django's describes it.

registry/search.py writes and reads it. registry_name_word: the syllables of all names, for searches with one letter wrong.
"""

from typing import Any

from django.db import migrations

CREATE = {
    "sqlite": (
        # The letters are folded already, so bytes are enough for the tokenizer; and nobody asks where a term stands.
        "CREATE VIRTUAL TABLE registry_search USING fts5(words, detail=none, columnsize=0, tokenize=ascii)",
        "CREATE TABLE registry_name_word (word text NOT NULL)",
    ),
    "postgresql": (
        "CREATE TABLE registry_search (person_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX registry_search_words ON registry_search USING gin (words)",
        # A word may stand twice: a unique index would make uploads at the same time wait for, or stop, one another.
        "CREATE TABLE registry_name_word (word text NOT NULL)",
    ),
}


def create(apps: Any, schema_editor: Any) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    for table in ("registry_search", "registry_name_word"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_doubts_and_outcomes")]

    operations = [migrations.RunPython(create, drop)]
