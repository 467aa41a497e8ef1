"""Backup and restore on real databases: online, verified, refused with nothing changed, and safe to kill."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ansinh.web.site import backup
from ansinh.web.site.backup import file as backup_file
from ansinh.web.site.backup import postgres
from ansinh.web.site.backup.file import Manifest, RefusedError
from ansinh.web.site.backup.sqlite import Sqlite

from .places import ROOT, Place, made, migrated

AT = datetime(2025, 10, 1, 2, tzinfo=UTC)
NOTHING: Callable[[int, int], None] = lambda *_: None  # noqa: E731
OLD = ["Nhóm Một", "Nhóm Hai"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return migrated(tmp_path_factory.mktemp("bare"))


@pytest.fixture
def place(bare: Place, tmp_path: Path) -> Place:
    """Two groups in a database of the test's own."""
    found = made(tmp_path / "var", bare)
    found.add(*OLD)
    return found


def take(place: Place, out: Path, **given: Any) -> dict[str, Any]:
    return backup.take(place.database, out, **{"keys_from": None, "key_ids": (), "at": AT, **given})


def bring_back(place: Place, file: Path, **given: Any) -> dict[str, Any]:
    asked = {"replace": True, "with_keys": False, "key_ids": (), "at": AT, **given}
    return backup.bring_back(place.database, file, place.var, **asked)


@pytest.fixture
def kept(place: Place, tmp_path: Path) -> Path:
    """A backup of the place as it is with its two groups; a third came after."""
    out = tmp_path / "kept.zip"
    take(place, out)
    place.add("Nhóm Ba")
    return out


def altered(kept: Path, **changes: Any) -> Path:
    """The same backup, rightly sealed, with another manifest."""
    to, part = kept.with_name("altered.zip"), kept.with_name("part")
    manifest = backup_file.read(kept, NOTHING)
    backup_file.unpack(kept, manifest, "database", part)
    to.unlink(missing_ok=True)
    backup_file.write(to, replace(manifest, parts={}, **changes), {"database": part}, NOTHING)
    return to


# There and back --------------------------------------------------------------------------------------------------


def test_what_was_backed_up_comes_back_and_the_old_is_kept(place: Place, kept: Path) -> None:
    said = bring_back(place, kept)
    assert place.names() == OLD
    assert place.beside() == [Path(said["old_database"]).name]
    old = Place(place.var, place.url and place.url.replace(place.url.split("/")[3].split("?")[0], said["old_database"]))
    if not place.url:
        Path(said["old_database"]).replace(place.file)
    assert old.names() == [*OLD, "Nhóm Ba"]


def test_the_backup_says_what_was_verified_and_only_its_owner_may_read_it(place: Place, tmp_path: Path) -> None:
    said = take(place, tmp_path)
    file = tmp_path / "ansinh-20251001-020000.zip"
    assert said["file"] == str(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {"sha256_file", "sha256_parts", "trial_restore", "rows"} <= {*said["verified"]}
    assert ("integrity_check" in said["verified"]) == (place.url is None)
    manifest = backup_file.read(file, NOTHING)
    assert manifest.rows["auth_group"] == 2
    assert said["rows"] == sum(manifest.rows.values())
    assert manifest.rows == place.database.rows()
    assert zipfile.ZipFile(file).testzip() is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert place.beside() == []


def test_others_write_on_and_the_backup_is_of_one_moment(place: Place, tmp_path: Path, monkeypatch: Any) -> None:
    """At each step of the copying somebody adds a pair of groups in one transaction."""
    monkeypatch.setattr("ansinh.web.site.backup.sqlite.PAGES_A_STEP", 1)
    steps = 0

    def write_a_pair(*_: int) -> None:
        nonlocal steps
        place.add(f"Nhóm {steps}, nửa đầu", f"Nhóm {steps}, nửa sau")
        steps += 1

    rows, migrations = place.database.dump(tmp_path / "part", write_a_pair)
    assert steps > 5
    assert len(place.names()) == 2 + 2 * steps
    assert rows["auth_group"] == 2
    assert "auth.0001_initial" in migrations
    assert place.database.load(tmp_path / "part", "trial", NOTHING) == rows
    place.database.discard("trial")


def test_a_new_machine_needs_no_asking(place: Place, kept: Path, bare: Place, tmp_path: Path) -> None:
    for other in (made(tmp_path / "without-tables"), made(tmp_path / "migrated", bare)):
        bring_back(other, kept, replace=False)
        assert other.names() == OLD


def test_a_database_that_is_not_empty_is_replaced_only_when_asked(place: Place, kept: Path) -> None:
    with pytest.raises(RefusedError) as wrong:
        bring_back(place, kept, replace=False)
    assert wrong.value.kind == "not_empty"
    assert "--replace" in wrong.value.vi
    assert (place.names(), place.beside()) == ([*OLD, "Nhóm Ba"], [])


def test_an_older_backup_asks_for_migrate(place: Place, kept: Path) -> None:
    assert bring_back(place, kept)["migrate"] is False
    older = [name for name in backup_file.read(kept, NOTHING).migrations if not name.startswith("sessions")]
    assert bring_back(place, altered(kept, migrations=older), at=AT + timedelta(1))["migrate"] is True


# Refused, and nothing changed --------------------------------------------------------------------------------------


def refused(place: Place, file: Path) -> str:
    """Why a restore was refused, after seeing that it changed nothing."""
    before = place.names()
    with pytest.raises(RefusedError) as wrong:
        bring_back(place, file)
    assert (place.names(), place.beside()) == (before, [])
    assert list(place.var.glob(".ansinh-*")) == []
    return wrong.value.kind


def test_what_is_no_backup_is_refused(place: Place, kept: Path, tmp_path: Path) -> None:
    text = tmp_path / "thu.zip"
    text.write_text("Kính gửi Sở Giáo dục và Đào tạo")
    assert refused(place, text) == "not_a_backup"
    text.write_bytes(b"")
    assert refused(place, text) == "not_a_backup"
    with zipfile.ZipFile(text, "w") as packed:
        packed.writestr("bao-cao.txt", "không phải bản sao lưu" * 9)
    assert refused(place, text) == "damaged"
    assert refused(place, tmp_path / "khong-co.zip") == "no_file"


def test_a_single_changed_byte_is_found_wherever_it_is(place: Place, kept: Path) -> None:
    whole = kept.read_bytes()
    # Every seventh, and each one where a zip keeps what it has no checksum for.
    for spot in sorted({*range(0, len(whole), 7), *range(60), *range(len(whole) - 300, len(whole))}):
        kept.write_bytes(whole[:spot] + bytes([whole[spot] ^ 1]) + whole[spot + 1 :])
        with pytest.raises(RefusedError) as wrong:
            backup_file.read(kept, NOTHING)
        assert wrong.value.kind in ("damaged", "not_a_backup")
    assert refused(place, kept) == "damaged"


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_cut_short_is_refused(place: Place, kept: Path, share: float) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * share)])
    assert refused(place, kept) == "damaged"
    kept.write_bytes(whole[:-1])
    assert refused(place, kept) == "damaged"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"version": "999.0"}, "newer"),
        ({"format": 2}, "newer"),
        ({"migrations": ["auth.0001_initial", "auth.9999_of_next_year"]}, "newer"),
        ({"database": "oracle"}, "other_database"),
        ({"rows": {"auth_group": 3}}, "rows_differ"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(place: Place, kept: Path, changes: dict[str, Any], kind: str) -> None:
    assert refused(place, altered(kept, **changes)) == kind


def test_a_part_that_is_not_the_one_of_the_manifest_is_refused(place: Place, kept: Path) -> None:
    """Sealed rightly, as by a program with a fault: the sums of the parts are looked at as well."""
    manifest = backup_file.read(kept, NOTHING)
    with pytest.raises(RefusedError) as wrong:
        backup_file.unpack(kept, replace(manifest, parts={"database": "0" * 64}), "database", kept.with_name("part"))
    assert wrong.value.kind == "damaged"


def test_a_database_in_use_is_not_replaced(place: Place, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansinh.web.site.backup.sqlite.WAIT_SECONDS", 0.1)
    monkeypatch.setattr(postgres, "TRIES", 2)
    with place.connected() as connection:
        connection.execute("SELECT count(*) FROM auth_group").fetchall()
        assert refused(place, kept) == "in_use"
        # Also when it was taken up after the first look, while the backup was loading.
        monkeypatch.setattr(Sqlite, "refuse_in_use", lambda _: None)
        monkeypatch.setattr(postgres.Postgres, "refuse_in_use", lambda _: None)
        monkeypatch.setattr("ansinh.web.site.backup.sqlite.TRIES", 1)
        connection.execute("BEGIN" if place.url else "BEGIN IMMEDIATE")
        connection.execute("SELECT count(*) FROM auth_group").fetchall()
        with pytest.raises(RefusedError) as wrong:
            bring_back(place, kept)
        connection.execute("ROLLBACK")
    assert wrong.value.kind == "in_use"
    assert (place.names(), place.beside()) == ([*OLD, "Nhóm Ba"], [])
    bring_back(place, kept)
    assert place.names() == OLD


def test_only_one_runs_at_a_time(tmp_path: Path) -> None:
    with backup.alone(tmp_path), pytest.raises(RefusedError) as wrong, backup.alone(tmp_path):
        pass
    assert wrong.value.kind == "running"
    with backup.alone(tmp_path):
        pass


def test_a_backup_that_fails_its_trial_gets_no_name(place: Place, tmp_path: Path, monkeypatch: Any) -> None:
    kind = type(place.database)
    load = kind.load
    monkeypatch.setattr(kind, "load", lambda *given: load(*given) | {"auth_group": 1})
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(RefusedError) as wrong:
        take(place, out)
    assert wrong.value.kind == "rows_differ"
    assert "auth_group" in wrong.value.vi
    assert (list(out.iterdir()), place.beside()) == ([], [])


def test_a_file_that_is_there_is_never_written_over(place: Place, kept: Path) -> None:
    before = kept.read_bytes()
    for out in (kept, kept.parent / "no" / "folder.zip"):
        with pytest.raises(RefusedError) as wrong:
            take(place, out)
        assert wrong.value.kind == "out"
    assert kept.read_bytes() == before


# Keys --------------------------------------------------------------------------------------------------------------


def test_keys_are_in_a_backup_only_when_asked(place: Place, kept: Path, tmp_path: Path) -> None:
    for name in backup.KEY_FILES:
        (place.var / name).write_text(f"khóa {name}")
    held = zipfile.ZipFile(kept).namelist()
    assert held == ["database", "manifest.json"]
    with_keys = tmp_path / "with-keys.zip"
    assert take(place, with_keys, keys_from=place.var)["keys"] == list(backup.KEY_FILES)
    (place.var / "secret-key").write_text("một khóa khác")
    (place.var / "identity-key").unlink()
    assert bring_back(place, with_keys)["keys_restored"] == []
    assert not (place.var / "identity-key").exists()
    said = bring_back(place, with_keys, with_keys=True, at=AT + timedelta(1))
    assert said["keys_restored"] == list(backup.KEY_FILES)
    assert [(place.var / name).read_text() for name in backup.KEY_FILES] == [f"khóa {n}" for n in backup.KEY_FILES]
    assert (place.var / "identity-key").stat().st_mode & 0o777 == 0o600
    assert (place.var / "secret-key.before-20251002-020000").read_text() == "một khóa khác"
    assert not (place.var / "identity-digest-key.before-20251002-020000").exists()


def test_keys_that_are_lacking_are_named(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "kept.zip"
    take(place, out, key_ids=("0123abcd", "89abcdef"))
    assert bring_back(place, out, key_ids=("89abcdef", "ffffffff"))["keys_lacking"] == ["0123abcd"]


# A damaged SQLite --------------------------------------------------------------------------------------------------


def small(file: Path, names: list[str]) -> Place:
    """A SQLite of two tables, on either run: what only SQLite can suffer is tested on it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE auth_group (id, name)")
        connection.execute("CREATE TABLE django_migrations (id, app, name)")
        connection.executemany("INSERT INTO auth_group VALUES (?, ?)", list(enumerate(names)))
    return Place(file.parent, None)


def test_a_damaged_database_is_no_backup_and_can_be_replaced(tmp_path: Path) -> None:
    place = small(tmp_path / "ansinh.sqlite3", [f"Nhóm {n}" for n in range(5_000)])
    take(place, tmp_path / "kept.zip")
    whole = place.names()
    # The page in the middle is overwritten: the header still says all is well.
    data = bytearray(place.file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xff" * 4096
    place.file.write_bytes(data)
    with pytest.raises(RefusedError) as wrong:
        take(place, tmp_path / "second.zip")
    assert wrong.value.kind == "database_damaged"
    assert not (tmp_path / "second.zip").exists()
    bring_back(place, tmp_path / "kept.zip")
    assert place.names() == whole


def test_a_file_that_is_no_database_goes_aside_and_its_log_is_not_taken_for_the_new_one(tmp_path: Path) -> None:
    place = small(tmp_path / "ansinh.sqlite3", OLD)
    take(place, tmp_path / "kept.zip")
    log = Path(f"{place.file}-wal")
    with place.connected() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("CREATE TABLE later (whatever)")
        left = log.read_bytes()
    place.file.write_bytes(b"nothing of a database" * 500)
    log.write_bytes(left[: len(left) // 2])
    with pytest.raises(RefusedError, match="--replace"):
        bring_back(place, tmp_path / "kept.zip", replace=False)
    bring_back(place, tmp_path / "kept.zip")
    assert place.names() == OLD
    assert "later" not in (place.database.rows() or {})
    aside = tmp_path / "ansinh.before-20251001-020000.sqlite3"
    assert aside.read_bytes().startswith(b"nothing of a database")


def test_a_full_disk_leaves_the_old_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = small(tmp_path / "ansinh.sqlite3", [f"Nhóm {n}" for n in range(5_000)])
    take(place, tmp_path / "kept.zip")
    with place.connected() as connection:
        connection.execute("DELETE FROM auth_group WHERE id > 2")
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode=DELETE")
    connect = sqlite3.connect

    def cramped(file: Path, **given: Any) -> sqlite3.Connection:
        """A connection that may let the living file grow no more, as on a disk without room."""
        found = connect(file, **given)
        if file == place.file:
            found.execute("PRAGMA max_page_count=1")
        return found

    monkeypatch.setattr("ansinh.web.site.backup.sqlite.sqlite3.connect", cramped)
    with pytest.raises(RefusedError, match="full"):
        bring_back(place, tmp_path / "kept.zip")
    monkeypatch.undo()
    assert (len(place.names()), place.beside()) == (3, [])


# The command, and killing it -----------------------------------------------------------------------------------------


def ansinh(place: Place, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-c", "from ansinh.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=place.env, capture_output=True, text=True, check=False)  # noqa: S603
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_command_line_does_both(place: Place, tmp_path: Path) -> None:
    out = str(tmp_path / "a.zip")
    code, said = ansinh(place, "backup", out, "--json")
    assert (code, json.loads(said)["file"]) == (0, out)
    code, said = ansinh(place, "--lang", "en", "backup", out)
    assert (code, "exists already" in said) == (1, True)
    place.add("Nhóm Ba")
    code, said = ansinh(place, "restore", out, "--json")
    assert (code, json.loads(said)["error"]["code"]) == (1, "not_empty")
    code, said = ansinh(place, "restore", out, "--replace")
    assert (code, "Đã khôi phục" in said, "Cơ sở dữ liệu cũ còn ở" in said) == (0, True, True)
    assert place.names() == OLD
    Path(out).write_bytes(Path(out).read_bytes()[:-9])
    code, said = ansinh(place, "restore", out, "--replace")
    assert (code, "SHA-256 không khớp" in said) == (3, True)
    code, said = ansinh(place, "backup", str(tmp_path / "b.zip"), "--with-keys")
    assert code == 0
    # For a server of its own no identity key is made; what the embedded database made goes with it.
    assert "secret-key" in said
    assert ("identity-key" in said) == (place.url is None)


KILL = """
import json, os, random, signal, sys, time
from datetime import datetime, timedelta
from pathlib import Path
import django
django.setup()
from ansinh.web.site import backup
from tests.web.places import Place

var, url, file, by_line, by_time = json.loads(sys.argv[1])
place, at = Place(Path(var), url), datetime(2025, 10, 1)
NEW = place.names()

def bring_back():
    backup.bring_back(place.database, Path(file), place.var, replace=True, with_keys=False, key_ids=(), at=at)

def in_a_child(work):
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child

def traced(at_line, tell=lambda count: None):
    count = 0
    def trace(frame, event, _):
        nonlocal count
        if "/site/backup/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            count += 1
            if count == at_line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    bring_back()
    sys.settrace(None)
    tell(count)

def again():
    '''The state that a restore is to replace: one group more than the backup holds.'''
    global at
    at += timedelta(minutes=1)
    if "Nhóm Ba" not in place.names():
        place.add("Nhóm Ba")

def killed(child):
    os.waitpid(child, 0)
    found = place.names()
    assert found in (NEW, NEW[:2]), found
    assert place.database.rows()["auth_group"] == len(found)
    if not url:
        with place.connected() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return "old" if found == NEW else "new"

reading, writing = os.pipe()
started = time.monotonic()
os.waitpid(in_a_child(lambda: traced(0, lambda count: os.write(writing, str(count).encode()))), 0)
lasted, lines = time.monotonic() - started, int(os.read(reading, 99))
seen = []
last = range(lines - 30, lines + 1, max(1, 60 // by_line))
for line in sorted({1, *range(1, lines, max(1, lines // by_line)), *last}):
    again()
    seen.append(killed(in_a_child(lambda: traced(line))))
draw = random.Random(4)
for _ in range(by_time):
    again()
    child = in_a_child(bring_back)
    time.sleep(draw.uniform(0, lasted))
    os.kill(child, signal.SIGKILL)
    seen.append(killed(child))
again()
bring_back()
assert place.names() == NEW[:2]
print(json.dumps({"lines": lines, "seen": seen}))
"""


@pytest.mark.slow
def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new(place: Place, kept: Path) -> None:
    """Killed at lines spread over the whole of it, closer at its end, and at moments drawn by lot."""
    by_line, by_time = (12, 8) if place.url else (60, 40)
    given = json.dumps([str(place.var), place.url, str(kept), by_line, by_time])
    done = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", KILL, given], cwd=ROOT, env=place.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout)["seen"]
    assert len(seen) >= by_line + by_time
    assert {*seen} == {"old", "new"}
    assert seen[0] == "old"


def test_the_manifest_holds_no_key_and_no_person(place: Place, kept: Path) -> None:
    said = json.loads(zipfile.ZipFile(kept).read("manifest.json"))
    assert set(said) == {*Manifest.__dataclass_fields__}
    assert "Nhóm Một" not in json.dumps(said, ensure_ascii=False)
