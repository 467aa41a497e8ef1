"""Databases of the backup tests: real ones, of the kind this run is on, each with all tables and a few groups of accounts."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ansinh.web.site import backup
from ansinh.web.site.settings import database as described

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("DATABASE_URL")
# A table of Django's: no change of ours moves it.
INSERT = "INSERT INTO auth_group (name) VALUES ('{}')"


@dataclass(frozen=True)
class Place:
    """A folder for ANSINH_VAR and a database; `url`: of PostgreSQL, or None for the SQLite in the folder."""

    var: Path
    url: str | None

    @property
    def file(self) -> Path:
        return self.var / "ansinh.sqlite3"

    @property
    def database(self) -> Any:
        return backup.database_of(described(self.url, self.file))

    @property
    def env(self) -> dict[str, str]:
        """The environment in which manage.py finds it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ANSINH_", "DATABASE_URL"))}
        return kept | {
            "ANSINH_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "ansinh.web.site.settings",
            **({"DATABASE_URL": self.url} if self.url else {}),
        }

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection such as the server's, in which each statement stands alone."""
        if self.url:
            with psycopg.connect(self.url, autocommit=True) as connection:
                yield connection
            return
        with closing(sqlite3.connect(self.file, isolation_level=None, timeout=20)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            yield connection

    def add(self, *names: str) -> None:
        """More groups, all or none of them."""
        with self.connected() as connection:
            connection.execute("BEGIN")
            for name in names:
                connection.execute(INSERT.format(name))
            connection.execute("COMMIT")

    def names(self) -> list[str]:
        """The groups, in the order they were made."""
        with self.connected() as connection:
            return [name for (name,) in connection.execute("SELECT name FROM auth_group ORDER BY id").fetchall()]

    def beside(self) -> list[str]:
        """Databases that lie about beside it, under names that begin as its own."""
        if not self.url:
            own = (self.file, *(Path(f"{self.file}-{log}") for log in ("wal", "shm")))
            return sorted(path.name for path in self.var.glob("ansinh.*") if path not in own)
        with psycopg.connect(str(SERVER), autocommit=True) as server:
            query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY 1"
            name = self.url.split("/")[3].split("?")[0]
            return [found for (found,) in server.execute(query, [f"{name}_%"]).fetchall()]


def at_url(name: str) -> str:
    """The address of another database of this run's server."""
    start, _, end = str(SERVER).rpartition("?")
    return f"{start.rpartition('/')[0]}/{name}?{end}"


def made(var: Path, like: Place | None = None) -> Place:
    """A place of its own; empty, or with what `like` holds."""
    var.mkdir(parents=True, exist_ok=True)
    if not SERVER:
        place = Place(var, None)
        if like:
            shutil.copyfile(like.file, place.file)
        return place
    name = f"kept{uuid.uuid4().hex[:10]}"
    template = like.url.split("/")[3].split("?")[0] if like and like.url else "template0"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return Place(var, at_url(name))


def migrated(var: Path) -> Place:
    """A place as `migrate` leaves it."""
    place = made(var)
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0", "--skip-checks"]
    subprocess.run(command, env=place.env, check=True)  # noqa: S603 - our own file
    if not place.url:
        with closing(sqlite3.connect(place.file)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    return place
