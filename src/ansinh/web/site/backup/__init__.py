"""Backup and restore: what `ansinh backup` and `ansinh restore` do.

A backup bears its name only after it was restored for trial and its rows were counted again. A restore is loaded beside
the living database and takes its place in one step, so that whatever stops it leaves the old one as it was.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from django.db.migrations.loader import MigrationLoader
from django.utils.version import get_version_tuple

from ansinh.web.progress import Progress, progress_bar
from ansinh.web.site.backup.file import Manifest, RefusedError, read, unpack, write
from ansinh.web.site.backup.postgres import Postgres
from ansinh.web.site.backup.sqlite import Sqlite

PART = "database"
KEY_FILES = ("secret-key", "identity-key", "identity-digest-key")
# What `migrate` itself writes into a database that nobody has used yet.
OF_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}

TRIAL, RESTORING = "trial", "restoring"


class Database(Protocol):
    """A kind of database. `rows`: table → how many."""

    kind: str

    def rows(self) -> dict[str, int] | None:
        """Of the living database; None when there is none. RefusedError `database_damaged` when it cannot be read."""

    def refuse_in_use(self) -> None:
        """RefusedError `in_use` when somebody is connected to the living database."""

    def dump(self, part: Path, progress: Progress) -> tuple[dict[str, int], list[str]]:
        """Write the living database to `part` as it stands at one moment; its rows and migrations at that moment."""

    def load(self, part: Path, beside: str, progress: Progress) -> dict[str, int]:
        """Make `part` a database of its own beside the living one, check it, and count its rows."""

    def discard(self, beside: str) -> None:
        """Remove what `load` made."""

    def take_place(self, beside: str, stamp: str) -> str | None:
        """Put what `load` made in the place of the living database in one step; the name the old one is kept under."""


def database_of(described: dict[str, Any]) -> Database:
    """The database that Django's settings describe."""
    return Postgres(described) if described["ENGINE"].endswith("postgresql") else Sqlite(described)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup or restore at a time: both use the same names beside the database. A killed one holds nothing up."""
    with (folder / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(
                "running",
                "Một lệnh sao lưu hoặc khôi phục khác đang chạy. Hãy đợi lệnh ấy xong rồi chạy lại.",
                "Another backup or restore is running. Wait until it has ended and run again.",
            ) from None
        yield


# Backup ----------------------------------------------------------------------------------------------------------


def take(
    database: Database, out: Path, *, keys_from: Path | None, key_ids: tuple[str, ...], at: datetime
) -> dict[str, Any]:
    """Write a backup to `out`, a new file or a folder that gets one named by `at`, and verify it.

    keys_from: the folder whose key files go into it; None: none do. RefusedError leaves no file behind.
    """
    target = out / f"ansinh-{_stamp(at)}.zip" if out.is_dir() else out
    if target.exists() or not target.parent.is_dir():
        vi, en = ("đã có", "exists already") if target.exists() else ("nằm trong thư mục không có", "is in no folder")
        raise RefusedError("out", f"Tệp {target} {vi}. Hãy chọn tên khác.", f"{target} {en}. Choose another name.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".ansinh-backup-") as name:
        folder = Path(name)
        with progress_bar("Sao chép · Copying") as progress:
            rows, migrations = database.dump(folder / PART, progress)
        parts = {PART: folder / PART} | {key: keys_from / key for key in _key_files(keys_from) if keys_from}
        manifest = Manifest(
            made_at=at.isoformat(timespec="seconds"),
            version=version("ansinh"),
            database=database.kind,
            rows=rows,
            migrations=migrations,
            key_ids=list(key_ids),
        )
        with progress_bar("Đóng gói · Packing") as progress:
            write(folder / "backup", manifest, parts, progress)
        (folder / PART).unlink()
        verified = _verify(database, folder / "backup", folder)
        # The name is taken by a link, which never replaces a file that somebody has put there meanwhile.
        os.link(folder / "backup", target)
    return {"file": str(target), "bytes": target.stat().st_size, **_facts(manifest), "verified": verified}


def _verify(database: Database, file: Path, folder: Path) -> list[str]:
    """Read the finished file back as a restore does, down to the rows of a throwaway database."""
    with progress_bar("Kiểm mã băm · Verifying checksums") as progress:
        manifest = read(file, progress)
        for name in manifest.parts:
            unpack(file, manifest, name, folder / f"trial-{name}")
    try:
        _load(database, manifest, folder / f"trial-{PART}", TRIAL, "Khôi phục thử · Trial restore")
    finally:
        database.discard(TRIAL)
    integrity = ["integrity_check"] if database.kind == Sqlite.kind else []
    return ["sha256_file", "sha256_parts", "trial_restore", *integrity, "rows"]


def _load(database: Database, manifest: Manifest, part: Path, beside: str, text: str) -> None:
    with progress_bar(text) as progress:
        rows = database.load(part, beside, progress)
    differing = sorted(name for name in {*rows, *manifest.rows} if rows.get(name) != manifest.rows.get(name))
    if differing:
        name = differing[0]
        found, wanted = rows.get(name), manifest.rows.get(name)
        raise RefusedError(
            "rows_differ",
            f"Khôi phục xong nhưng bảng {name} có {found} dòng thay vì {wanted}. Chưa có gì bị thay đổi.",
            f"After restoring, table {name} has {found} rows instead of {wanted}. Nothing was changed.",
        )


def _key_files(folder: Path | None) -> list[str]:
    return [name for name in KEY_FILES if folder and (folder / name).is_file()]


def _facts(manifest: Manifest) -> dict[str, Any]:
    told = {name: value for name, value in asdict(manifest).items() if name in ("made_at", "version", "database")}
    keys = [name for name in manifest.parts if name != PART]
    return told | {"tables": len(manifest.rows), "rows": sum(manifest.rows.values()), "keys": keys}


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%d-%H%M%S}"


# Restore ---------------------------------------------------------------------------------------------------------


def bring_back(
    database: Database, file: Path, var: Path, *, replace: bool, with_keys: bool, key_ids: tuple[str, ...], at: datetime
) -> dict[str, Any]:
    """Put the backup in `file` in the place of the living database, which is kept aside.

    var: the folder that gets the key files of the backup, with_keys, and has room. RefusedError: nothing was changed.
    """
    with progress_bar("Kiểm mã băm · Verifying checksums") as progress:
        manifest = read(file, progress)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    _refuse_other(database, manifest, known)
    if not replace:
        _refuse_filled(database)
    database.refuse_in_use()
    with tempfile.TemporaryDirectory(dir=var, prefix=".ansinh-restore-") as folder:
        part = Path(folder) / PART
        unpack(file, manifest, PART, part)
        try:
            _load(database, manifest, part, RESTORING, "Khôi phục · Restoring")
            kept = database.take_place(RESTORING, _stamp(at))
        finally:
            database.discard(RESTORING)
    keys = _restore_keys(file, manifest, var, _stamp(at)) if with_keys else []
    return {
        "file": str(file),
        **_facts(manifest),
        "old_database": kept,
        "keys_restored": keys,
        # Which keys the files just restored hold is known when they are next read.
        "keys_lacking": [] if keys else sorted({*manifest.key_ids} - {*key_ids}),
        "migrate": bool(known - {*manifest.migrations}),
    }


def _refuse_other(database: Database, manifest: Manifest, known: set[str]) -> None:
    if manifest.database != database.kind:
        raise RefusedError(
            "other_database",
            f"Bản sao lưu này của {manifest.database}, còn máy này dùng {database.kind}; không chuyển qua lại được.",
            f"This backup is of {manifest.database} and this machine uses {database.kind}; the two cannot be exchanged.",
        )
    strange = sorted({*manifest.migrations} - known)
    if strange or get_version_tuple(manifest.version) > get_version_tuple(version("ansinh")):
        raise RefusedError(
            "newer",
            f"Bản sao lưu này của An Sinh {manifest.version}, mới hơn bản đang chạy ({version('ansinh')}). "
            "Hãy cập nhật An Sinh rồi chạy lại.",
            f"This backup is of An Sinh {manifest.version}, newer than the one running ({version('ansinh')}). "
            "Update An Sinh and run again.",
        )


def _refuse_filled(database: Database) -> None:
    try:
        filled = [name for name, count in (database.rows() or {}).items() if count and name not in OF_MIGRATE]
    except RefusedError as wrong:
        if wrong.kind != "database_damaged":
            raise
        filled = ["?"]  # What cannot be read may still hold something.
    if filled:
        raise RefusedError(
            "not_empty",
            "Cơ sở dữ liệu đang dùng không trống. Muốn thay nó bằng bản sao lưu, hãy thêm --replace; "
            "cơ sở dữ liệu cũ được giữ lại bên cạnh.",
            "The database in use is not empty. To replace it by the backup, add --replace; the old one is kept aside.",
        )


def _restore_keys(file: Path, manifest: Manifest, folder: Path, stamp: str) -> list[str]:
    """Write the key files of the backup; one that is there and differs is kept aside."""
    names = [name for name in KEY_FILES if name in manifest.parts]
    for name in names:
        kept, fresh = folder / name, folder / f".{name}-restoring"
        unpack(file, manifest, name, fresh)
        if kept.exists() and kept.read_bytes() != fresh.read_bytes():
            kept.replace(folder / f"{name}.before-{stamp}")
        fresh.replace(kept)
    return names
