"""A population as a folder of tables: what was known, kept as it was, to be decided again years later.

`learners`, `household`, `place`, `status` and `names`, each a .parquet or a .csv file. In a .csv a day is written
YYYY-MM-DD, a truth true or false, and an empty cell is not known (an empty `until`: no end yet).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.core.dates import OPEN
from ansinh.core.tables import LEARNERS, TABLE_SPAN, Kind, People, Row, table_columns

NAMES = "names"
NAME_COLUMNS = ("name", "class", "school", "commune", "code")
_TRUTHS = {"true": True, "false": False}


class SnapshotError(ValueError):
    """A snapshot that cannot be read, with the file, the row and the column."""


def _columns() -> Mapping[str, Mapping[str, Kind | None]]:
    """Table → its columns and their kinds; None is text."""
    return {**table_columns(), NAMES: {"learner": None, **dict.fromkeys(NAME_COLUMNS)}}


def snapshot_files(folder: Path) -> list[Path]:
    """The files of a snapshot, in the order of their names; SnapshotError when there are no learners, or one table twice."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".parquet", ".csv") and path.stem in _columns())
    stems = [path.stem for path in files]
    if LEARNERS not in stems:
        raise SnapshotError(f"{folder.name}: there is no {LEARNERS}.parquet or {LEARNERS}.csv")
    if twice := {stem for stem in stems if stems.count(stem) > 1}:
        raise SnapshotError(f"{folder.name}: {', '.join(sorted(twice))} is there as .parquet and as .csv")
    return files


def snapshot_hash(folder: Path) -> str:
    """SHA-256 over the names and the bytes of the files."""
    whole = hashlib.sha256()
    for path in snapshot_files(folder):
        whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def read_snapshot(folder: Path) -> People:
    """The people of a folder. SnapshotError names what cannot be read; PeopleError what contradicts itself."""
    tables = {path.stem: _read(path, _columns()[path.stem]) for path in snapshot_files(folder)}
    learners = tables.pop(LEARNERS)
    names = {row["learner"]: row for row in tables.pop(NAMES, [])}
    for rows in tables.values():
        for row in rows:
            row["until"] = row.get("until") or OPEN
    people = People(learners, tables, names=names)
    people.check()
    return people


def write_snapshot(people: People, folder: Path, *, form: str = "parquet") -> None:
    """Write the people into a folder, made if need be; `form` is parquet or csv. The same people give the same CSV bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    named = [{"learner": learner, **row} for learner, row in sorted(people.names.items())]
    tables: dict[str, Sequence[Row]] = {LEARNERS: people.learners, NAMES: named, **people.tables}
    for table, rows in tables.items():
        held = {name for row in rows for name in row}
        columns = {name: kind for name, kind in _columns()[table].items() if name in held}
        if rows:
            (folder / f"{table}.{form}").write_bytes(
                _parquet(rows, columns) if form == "parquet" else _csv(rows, columns)
            )


def _read(path: Path, columns: Mapping[str, Kind | None]) -> list[dict[str, Any]]:
    rows = _from_csv(path, columns) if path.suffix == ".csv" else _from_parquet(path, columns)
    needed = [name for name in ("learner", "months", *TABLE_SPAN) if name in columns and name != "until"]
    for number, row in enumerate(rows, start=2):
        if absent := [name for name in needed if row.get(name) is None]:
            raise SnapshotError(f"{path.name}, row {number}: {', '.join(absent)} is empty")
    return rows


def _known_columns(path: Path, found: Iterable[str], columns: Mapping[str, Kind | None]) -> None:
    if strange := sorted(set(found) - set(columns)):
        raise SnapshotError(f"{path.name}: no such column: {', '.join(strange)}")


def _from_csv(path: Path, columns: Mapping[str, Kind | None]) -> list[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    _known_columns(path, reader.fieldnames or (), columns)
    rows = []
    for number, row in enumerate(reader, start=2):
        try:
            rows.append({name: _value(text, columns[name]) for name, text in row.items()})
        except (KeyError, ValueError) as wrong:
            raise SnapshotError(f"{path.name}, row {number}: {wrong} cannot be read") from None
    return rows


def _value(text: str | None, kind: Kind | None) -> Any:
    if not text:
        return None
    match kind:
        case Kind.BOOL:
            return _TRUTHS[text]
        case Kind.INT | Kind.CODE:
            return int(text)
        case Kind.DATE:
            return date.fromisoformat(text)
    return text


def _from_parquet(path: Path, columns: Mapping[str, Kind | None]) -> list[dict[str, Any]]:
    import polars as pl  # Heavy, and a CSV needs none of it.

    frame = pl.read_parquet(path)
    _known_columns(path, frame.columns, columns)
    try:
        return frame.cast({name: _dtypes()[columns[name]] for name in frame.columns}).to_dicts()
    except pl.exceptions.PolarsError as wrong:
        raise SnapshotError(f"{path.name}: {wrong}") from None


def _dtypes() -> Mapping[Kind | None, Any]:
    import polars as pl

    return {None: pl.String, Kind.BOOL: pl.Boolean, Kind.INT: pl.Int64, Kind.CODE: pl.Int16, Kind.DATE: pl.Date}


def _parquet(rows: Sequence[Row], columns: Mapping[str, Kind | None]) -> bytes:
    import polars as pl

    schema = {name: _dtypes()[kind] for name, kind in columns.items()}
    memory = io.BytesIO()
    pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=schema).write_parquet(memory)
    return memory.getvalue()


def _csv(rows: Sequence[Row], columns: Mapping[str, Kind | None]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_written(row.get(name), name) for name in columns] for row in rows)
    return text.getvalue().encode()


def _written(value: object, name: str) -> str:
    if value is None or (name == "until" and value == OPEN):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
