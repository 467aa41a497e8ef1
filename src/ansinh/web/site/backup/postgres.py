"""Backing up and restoring PostgreSQL with its own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composable, Identifier, Literal

from ansinh.web.progress import Progress
from ansinh.web.site.backup.file import RefusedError

# A name may have 63 bytes, and what is added to it here has up to 23.
LONGEST_NAME = 40
TRIES = 10
MAINTENANCE = "postgres"
TABLES = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema$)' ORDER BY 1, 2"


class Postgres:
    """A database of a server. What is loaded is a database of its own there; taking the place is two renames in one."""

    kind = "postgresql"

    def __init__(self, described: dict[str, Any]) -> None:
        self.name = str(described["NAME"])
        stated = {"host": described["HOST"], "port": described["PORT"], "user": described["USER"]}
        self._to = {key: value for key, value in (stated | described.get("OPTIONS", {})).items() if value}
        self._password = described["PASSWORD"]

    def rows(self) -> dict[str, int] | None:
        """As Database says."""
        with self._connect(self.name) as connection:
            return _count(connection)

    def refuse_in_use(self) -> None:
        """As Database says: anybody connected would hold up the renames, after all the loading."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        with self._connect(MAINTENANCE) as server:
            for _ in range(TRIES):
                if server.execute(query, [self.name]).fetchone() == (0,):
                    return
                # A program that has just hung up is listed a moment longer.
                time.sleep(0.2)
        raise _in_use(self.name)

    def dump(self, part: Path, progress: Progress) -> tuple[dict[str, int], list[str]]:
        """By pg_dump, from the snapshot in which the rows are counted: others go on writing."""
        with self._connect(self.name) as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            rows = _count(connection)
            migrations = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            part.touch(mode=0o600)
            options = ["--format=custom", f"--snapshot={snapshot}", f"--file={part}"]
            seen = ("dumping contents of table", len(rows), progress)
            self._run("pg_dump", *options, self._conninfo(self.name), seen=seen)
        return rows, [name for (name,) in migrations]

    def load(self, part: Path, beside: str, progress: Progress) -> dict[str, int]:
        """As Database says, in a new database with the letters and the sorting of the living one."""
        name = self._beside(beside)
        self.discard(beside)
        with self._connect(MAINTENANCE) as server:
            try:
                server.execute(
                    SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(
                        Identifier(name), _sorting(server, self.name)
                    )
                )
            except psycopg.errors.InsufficientPrivilege:
                raise _may_not_create(self._to.get("user", "?")) from None
        listed = self._run("pg_restore", "--list", str(part))
        seen = ("processing data for table", listed.count(" TABLE DATA "), progress)
        self._run("pg_restore", "--exit-on-error", f"--dbname={self._conninfo(name)}", str(part), seen=seen)
        with self._connect(name) as loaded:
            # Without its statistics a fresh database answers slowly until the night.
            loaded.execute("ANALYZE")
            return _count(loaded)

    def discard(self, beside: str) -> None:
        """As Database says; by force, as a program that outlived a killed restore may still be writing into it."""
        with self._connect(MAINTENANCE) as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(self._beside(beside))))

    def take_place(self, beside: str, stamp: str) -> str | None:
        """Both renames in one transaction. The server refuses them while anybody is connected to the old database."""
        aside = f"{self.name[:LONGEST_NAME]}_before_{stamp}"
        rename = SQL("ALTER DATABASE {} RENAME TO {}")
        try:
            with self._connect(MAINTENANCE) as server, server.transaction():
                server.execute(rename.format(Identifier(self.name), Identifier(aside)))
                server.execute(rename.format(Identifier(self._beside(beside)), Identifier(self.name)))
        except psycopg.errors.ObjectInUse:
            raise _in_use(self.name) from None
        return aside

    def _beside(self, name: str) -> str:
        return f"{self.name[:LONGEST_NAME]}_{name}"

    def _conninfo(self, name: str) -> str:
        """Without the password: a program's arguments can be read by everybody on the machine."""
        return make_conninfo(dbname=name, **self._to)

    def _connect(self, name: str) -> psycopg.Connection:
        try:
            return psycopg.connect(self._conninfo(name), password=self._password or None, autocommit=True)
        except psycopg.OperationalError as wrong:
            vi, en = f"Không kết nối được tới {name}: {wrong}", f"No connection to {name}: {wrong}"
            raise RefusedError("no_database", vi, en) from None

    def _run(self, program: str, *arguments: str, seen: tuple[str, int, Progress] | None = None) -> str:
        """What a program of PostgreSQL wrote. seen: the words of its log that tell of one table more, of how many."""
        password = {"PGPASSWORD": self._password} if self._password else {}
        words, total, progress = seen or ("", 0, lambda *_: None)
        log: list[str] = []
        done = 0
        with subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs
            [_program(program), *arguments, *(["--verbose"] if seen else [])],
            env={**os.environ, "LC_ALL": "C", **password},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if not seen else subprocess.DEVNULL,
            stderr=subprocess.PIPE if seen else subprocess.DEVNULL,
            text=True,
        ) as running:
            for line in running.stderr or ():
                log.append(line)
                done += words in line
                progress(done, total)
            written = running.stdout.read() if running.stdout else ""
        if running.returncode:
            said = "".join(line for line in log if "error" in line).strip() or "".join(log[-5:]).strip()
            raise RefusedError(program, f"{program} báo lỗi: {said}", f"{program} failed: {said}")
        return written


def _count(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for schema, table in connection.execute(TABLES).fetchall():
        counting = SQL("SELECT count(*) FROM {}").format(Identifier(schema, table))
        (count,) = connection.execute(counting).fetchone() or (0,)
        found[table if schema == "public" else f"{schema}.{table}"] = count
    return found


def _sorting(server: psycopg.Connection, name: str) -> Composable:
    """The words that give a new database the encoding and locale of another."""
    query = (
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype, to_jsonb(d) FROM pg_database d WHERE datname = %s"
    )
    encoding, collate, ctype, entry = server.execute(query, [name]).fetchone() or ("UTF8", "C", "C", {})
    words = SQL("ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(*map(Literal, (encoding, collate, ctype)))
    locale = entry.get("datlocale") or entry.get("daticulocale")
    if entry.get("datlocprovider") == "i":
        words += SQL(" LOCALE_PROVIDER icu ICU_LOCALE {}").format(Literal(locale))
    elif entry.get("datlocprovider") == "b":
        words += SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE {}").format(Literal(locale))
    return words


def _program(name: str) -> str:
    """Debian's newest, as a program older than the server refuses; else what PATH has."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        vi = f"Máy này không có {name}. Hãy cài gói postgresql-client (apt-get install postgresql-client)."
        raise RefusedError(
            name, vi, f"There is no {name}. Install postgresql-client (apt-get install postgresql-client)."
        )
    return found


def _in_use(name: str) -> RefusedError:
    return RefusedError(
        "in_use",
        f"Còn chương trình đang kết nối tới {name}. Hãy dừng máy chủ An Sinh rồi chạy lại. Chưa có gì bị thay đổi.",
        f"Somebody is still connected to {name}. Stop An Sinh's server and run again. Nothing was changed.",
    )


def _may_not_create(user: str) -> RefusedError:
    vi = f"Tài khoản {user} không được tạo cơ sở dữ liệu để khôi phục thử. Người quản trị PostgreSQL hãy chạy: "
    en = f"The account {user} may not create the database of a trial restore. An administrator runs: "
    grant = f'ALTER ROLE "{user}" CREATEDB'
    return RefusedError("createdb", vi + grant, en + grant)
