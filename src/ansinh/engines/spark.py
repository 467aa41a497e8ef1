"""The engine of a ministry that outgrows one machine: the expressions of `frames`, run by Spark (`ansinh[spark]`).

Facts are Parquet on any path Spark reads (a folder, HDFS, an object store); ANSINH_SPARK_MASTER is the address of a cluster,
`local[2]` where it is not set. What else a cluster needs stands in its own spark-defaults.conf.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

try:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import functions as F  # noqa: N812 — as everybody who knows Spark calls it.
except ImportError as lacking:
    raise ImportError(
        "Cỗ máy spark cần phần thêm: cài ansinh[spark] và Java 17. / "
        "The spark engine needs an extra: install ansinh[spark] and Java 17."
    ) from lacking

from ansinh.core.dates import OPEN
from ansinh.core.resolve import Plan
from ansinh.core.tables import LEARNERS, Kind, People, PeopleError, table_columns
from ansinh.engines._facts import check_columns
from ansinh.engines.frames import Columns, Frames, columns

MASTER = "ANSINH_SPARK_MASTER"
# An answer may not hang on where it was reckoned: numbers that do not fit raise an error, days have no time zone.
SAME_ANSWERS = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
# One machine, and nothing of it to be reached from another.
ALONE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
TYPES = {Kind.BOOL: "boolean", Kind.INT: "int", Kind.CODE: "smallint", Kind.DATE: "date"}


def session() -> SparkSession:
    """The session in use, or a new one on the master of ANSINH_SPARK_MASTER."""
    master = os.environ.get(MASTER, "local[2]")
    builder = SparkSession.builder.appName("ansinh").master(master)
    for name, value in (SAME_ANSWERS | (ALONE if master.startswith("local") else {})).items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def spark(people: People | Columns, plan: Plan) -> Frames:
    """The fast engine on Spark (see core.decide.Engine); takes people as rows, or the columns that `facts_at` gives."""
    return Frames(people if isinstance(people, Columns) else sent(columns(people)), plan)


def sent(given: Columns) -> Columns:
    """Columns of this machine (Polars) sent to Spark."""

    def send(frame: Any) -> DataFrame:
        return session().createDataFrame(frame.to_arrow())

    held = {name: send(table) for name, table in given.tables.items()}
    return replace(given, learners=send(given.learners), tables=held, keep=_kept, stages=False)


def facts_at(path: str) -> Columns:
    """A folder of facts on any path Spark reads. PeopleError when there are no learners, or columns no rule knows."""
    held = {name: f"{path.rstrip('/')}/{name}.parquet" for name in table_columns()}
    found = {name: _typed(name, at) for name, at in held.items() if _stands(at)}
    if LEARNERS not in found:
        raise PeopleError(f"{path}: there is no {LEARNERS}.parquet")
    return Columns(found.pop(LEARNERS), found, keep=_kept, stages=False)


def _stands(path: str) -> bool:
    java: Any = session()._jvm
    at = java.org.apache.hadoop.fs.Path(path)
    return bool(at.getFileSystem(session()._jsc.hadoopConfiguration()).exists(at))


def _typed(table: str, path: str) -> DataFrame:
    frame = session().read.parquet(path)
    check_columns(table, frame.columns, path)
    kinds: Mapping[str, Kind | None] = table_columns()[table]
    shown = {name: F.col(name).cast(TYPES[kind]) for name in frame.columns if (kind := kinds[name]) is not None}
    frame = frame.withColumns(shown)
    return frame.withColumns({"until": F.coalesce("until", F.lit(OPEN))}) if "until" in frame.columns else frame


def _kept(frame: DataFrame) -> DataFrame:
    """Computed now and kept by the executors, its history forgotten: what follows would otherwise compute it again."""
    return frame.localCheckpoint(eager=True)
