"""Backing up and restoring the embedded database, one file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ansinh.web.progress import Progress
from ansinh.web.site.backup.file import RefusedError

PAGES_A_STEP = 4_096
ALL_PAGES = -1
WAIT_SECONDS = 5.0
TRIES = 20  # Of a step that found the database locked, a quarter of a second apart.
NO_DATABASE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Sqlite:
    """The database in one file; what is loaded lies beside it."""

    kind = "sqlite"

    def __init__(self, described: dict[str, Any]) -> None:
        self.file = Path(described["NAME"])

    def rows(self) -> dict[str, int] | None:
        """As Database says."""
        if not self.file.exists():
            return None
        try:
            with closing(_open(self.file)) as connection:
                return _count(connection)
        except sqlite3.DatabaseError as wrong:
            raise _damaged(self.file, wrong) from None

    def refuse_in_use(self) -> None:
        """Nobody leaves the write-ahead log while another has the file open. The next connection takes it up again."""
        if not self.file.exists():
            return
        with suppress(sqlite3.DatabaseError), closing(_open(self.file)) as old:
            try:
                (mode,) = old.execute("PRAGMA journal_mode=DELETE").fetchone()
                busy = mode != "delete"
            except sqlite3.OperationalError as wrong:
                busy = _is(wrong, BUSY)
            if busy:
                raise _in_use()

    def dump(self, part: Path, progress: Progress) -> tuple[dict[str, int], list[str]]:
        """By SQLite's online backup, from one snapshot: others go on writing, and what they write is not in it."""
        if not self.file.exists():
            vi = f"Không có cơ sở dữ liệu {self.file}. Hãy kiểm tra ANSINH_VAR và DATABASE_URL."
            raise RefusedError("no_database", vi, f"There is no database {self.file}. Check ANSINH_VAR, DATABASE_URL.")
        part.touch(mode=0o600)
        try:
            with closing(_open(self.file)) as source, closing(_open(part)) as copy:
                # The open transaction holds the snapshot: without it each write by another would start the copy anew.
                source.execute("BEGIN")
                rows = _count(source)
                migrations = source.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
                source.backup(copy, pages=PAGES_A_STEP, progress=_told(progress))
                # One file, without a log beside it.
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as wrong:
            raise _damaged(self.file, wrong) from None
        return rows, [name for (name,) in migrations]

    def load(self, part: Path, beside: str, progress: Progress) -> dict[str, int]:
        """As Database says; checked by SQLite's own integrity check."""
        self.discard(beside)
        to = self._beside(beside)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(part, to)
        try:
            with closing(_open(to)) as loaded:
                (said,) = loaded.execute("PRAGMA integrity_check(1)").fetchone()
                if said != "ok":
                    raise sqlite3.DatabaseError(said)
                progress(1, 1)
                return _count(loaded)
        except sqlite3.DatabaseError as wrong:
            raise _damaged(to, wrong) from None

    def discard(self, beside: str) -> None:
        """As Database says."""
        self._beside(beside).unlink(missing_ok=True)

    def take_place(self, beside: str, stamp: str) -> str | None:
        """Copy the old content aside, then write the new over it in one transaction of SQLite's own.

        Not by renaming files: a connection that another program has open would go on with the old file, and its
        write-ahead log, which goes by the name, would be taken for the new one's.
        """
        fresh = self._beside(beside)
        if not self.file.exists():
            fresh.rename(self.file)
            return None
        aside = self.file.with_name(f"{self.file.stem}.before-{stamp}{self.file.suffix}")
        aside.touch(mode=0o600, exist_ok=False)
        try:
            with closing(_open(self.file)) as old, closing(_open(fresh)) as new:
                _keep(old, self.file, aside)
                new.backup(old, pages=ALL_PAGES, progress=_told(lambda *_: None))
        except (sqlite3.DatabaseError, RefusedError) as wrong:
            if _is(wrong, NO_DATABASE):
                _change_names(self.file, aside, fresh)
                return str(aside)
            # SQLite has undone what it had begun, as on a full disk.
            aside.unlink()
            if isinstance(wrong, RefusedError):
                raise
            raise (_in_use() if _is(wrong, BUSY) else _damaged(self.file, wrong)) from None
        return str(aside)

    def _beside(self, name: str) -> Path:
        return self.file.with_name(f"{self.file.name}.{name}")


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)


def _count(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table; not of a virtual one, which has no root page, nor of those in which it keeps its index."""
    query = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
    found = connection.execute(query).fetchall()
    kept_by = tuple(f"{name}_" for name, root in found if not root)
    names = [name for name, root in found if root and not name.startswith(kept_by)]
    counting = 'SELECT count(*) FROM "{}"'
    return {name: connection.execute(counting.format(name.replace('"', '""'))).fetchone()[0] for name in names}


def _told(progress: Progress) -> Callable[[int, int, int], None]:
    """Python tries a locked database again for ever; this gives up."""
    tries = 0

    def tell(status: int, left: int, total: int) -> None:
        nonlocal tries
        tries = tries + 1 if status in BUSY else 0
        if tries > TRIES:
            raise _in_use()
        progress(total - left, total)

    return tell


def _keep(old: sqlite3.Connection, file: Path, aside: Path) -> None:
    """A whole copy, during which nobody writes what would then be lost from both."""
    old.execute("BEGIN IMMEDIATE")
    with closing(_open(file)) as reading, closing(_open(aside)) as kept:
        reading.backup(kept, pages=ALL_PAGES, progress=_told(lambda *_: None))
        kept.execute("PRAGMA journal_mode=DELETE")
    old.execute("ROLLBACK")


def _change_names(damaged: Path, aside: Path, fresh: Path) -> None:
    """A file that SQLite cannot read has no users: it goes aside, with its log, lest that be taken for the new one's."""
    for end in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{damaged}{end}").rename(f"{aside}{end}")
    damaged.rename(aside)
    fresh.rename(damaged)


def _is(wrong: Exception, codes: set[int]) -> bool:
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF in codes


def _in_use() -> RefusedError:
    return RefusedError(
        "in_use",
        "Có chương trình khác đang mở cơ sở dữ liệu này. Hãy dừng máy chủ An Sinh rồi chạy lại. Chưa có gì bị thay đổi.",
        "Another program has this database open. Stop An Sinh's server and run again. Nothing was changed.",
    )


def _damaged(file: Path, wrong: Exception) -> RefusedError:
    vi = f"SQLite không đọc được {file}: {wrong}. Chưa có gì bị thay đổi."
    return RefusedError("database_damaged", vi, f"SQLite cannot read {file}: {wrong}. Nothing was changed.")
