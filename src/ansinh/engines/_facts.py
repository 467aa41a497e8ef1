"""Facts kept as Parquet: one folder, `learners.parquet` and each dated table by its own name. Part of the engines.

The folder is what `sheets.write_snapshot` writes, or what a ministry's own warehouse writes with the same columns.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from ansinh.core.dates import OPEN
from ansinh.core.tables import LEARNERS, TABLE_SPAN, Kind, PeopleError, table_columns


def check_columns(table: str, found: Collection[str], where: str) -> None:
    """PeopleError when a table has a column no rule knows, or lacks one that every row must have."""
    columns = table_columns()[table]
    needed = ("learner", "months") if table == LEARNERS else TABLE_SPAN
    if strange := sorted(set(found) - set(columns)):
        raise PeopleError(f"{where}: table {table!r} has no column {', '.join(strange)}")
    if absent := [name for name in needed if name not in found]:
        raise PeopleError(f"{where}: table {table!r} lacks the column {', '.join(absent)}")


def scanned(folder: Path) -> dict[str, pl.LazyFrame]:
    """The tables of a folder as Polars reads them when asked, columns in their agreed types. PeopleError as above."""
    kept = {name: folder / f"{name}.parquet" for name in table_columns()}
    if not kept[LEARNERS].is_file():
        raise PeopleError(f"{folder}: there is no {LEARNERS}.parquet")
    return {name: _typed(name, path) for name, path in kept.items() if path.is_file()}


def _typed(table: str, path: Path) -> pl.LazyFrame:
    frame, columns = pl.scan_parquet(path), table_columns()[table]
    found = frame.collect_schema().names()
    check_columns(table, found, str(path))
    types = {Kind.BOOL: pl.Boolean, Kind.INT: pl.Int32, Kind.CODE: pl.Int16, Kind.DATE: pl.Date}
    # A whole number that does not fit is refused here, not wrapped in a rule.
    frame = frame.cast({name: types[kind] for name in found if (kind := columns[name]) is not None})
    return frame.with_columns(pl.col("until").fill_null(OPEN)) if "until" in found else frame
