"""`ansinh totals`: a school year over facts kept as Parquet, from a province to a nation, on any engine that reads them."""

from __future__ import annotations

import importlib
from typing import Annotated, Literal

import typer

from ansinh.cli._app import app
from ansinh.cli._inputs import law_in_use
from ansinh.cli._words import LANG, REFUSED, USAGE, Json, Known, Year, console, filled, say, show, stop
from ansinh.core.money import format_whole

Benefits = Annotated[
    list[str] | None, typer.Option("--benefit", help="Chỉ những chế độ này. / These benefits only; may be repeated.")
]


@app.command()
def totals(
    facts: Annotated[
        str,
        typer.Argument(
            metavar="FACTS", help="Thư mục các bảng .parquet; với spark: mọi đường dẫn Spark đọc. / Folder of .parquet."
        ),
    ],
    school_year: Year = None,
    known: Known = None,
    engine: Annotated[
        Literal["frames", "loop", "spark"],
        typer.Option(help="Cỗ máy xét; cụm máy: ANSINH_SPARK_MASTER. / Engine; for a cluster: ANSINH_SPARK_MASTER."),
    ] = "frames",
    benefit: Benefits = None,
    as_json: Json = False,
) -> None:
    """Tổng của một năm học trên các bảng Parquet: từ một tỉnh đến cả nước. / Totals of a school year over Parquet facts.

    JSON: engine, school_year, known, benefits[] (name, vi, en, unit, yes, no, cannot_say, months, quantity).
    """
    from ansinh.core.decide import decide
    from ansinh.core.tables import PeopleError

    law = law_in_use(as_json)
    if school_year is None:
        vi = "Hãy thêm --school-year, ví dụ --school-year 2025-2026."
        stop(USAGE, vi, "Add --school-year, for example --school-year 2025-2026.", as_json=as_json, kind="school_year")
    if strange := [name for name in benefit or () if name not in law.benefits]:
        raise typer.BadParameter(f"{', '.join(strange)}: {', '.join(law.benefits)}", param_hint="--benefit")
    try:
        room = importlib.import_module(f"ansinh.engines.{engine}")
        reader = room if engine == "spark" else importlib.import_module("ansinh.engines.frames")
        people = reader.facts_at(facts)
    except (PeopleError, ImportError) as wrong:
        stop(REFUSED, str(wrong), str(wrong), as_json=as_json, kind="facts")
    run = getattr(room, engine)
    found = decide(people, law=law, engine=run, year=school_year, known=known, benefits=benefit).summary()
    lines = [
        {"name": b.name, "vi": b.vi, "en": b.en, "unit": b.unit, **vars(found[b.name])}
        for b in law.benefits.values()
        if b.name in found
    ]
    if as_json:
        show(
            {
                "engine": engine,
                "school_year": str(school_year),
                "known": str(known) if known else None,
                "benefits": lines,
            }
        )
    else:
        console().print(_table(lines))


def _table(lines: list[dict[str, object]]) -> object:
    heads = (
        ("Chế độ", "Được hưởng", "Không", "Chưa đủ căn cứ", "Tháng", "Cộng", "Đơn vị"),
        ("Benefit", "Yes", "No", "Cannot say", "Months", "Total", "Unit"),
    )[LANG.get()]
    figures = ("yes", "no", "cannot_say", "months", "quantity")
    rows = [
        [say(str(line["vi"]), str(line["en"])), *(format_whole(int(str(line[key]))) for key in figures), line["unit"]]
        for line in lines
    ]
    return filled("", [heads, *rows], first_right=1)
