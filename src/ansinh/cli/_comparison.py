"""What `compare` and `try` share: a comparison written to a file, as JSON, or on the screen."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from ansinh.cli._words import LANG, OK, console, filled, say, show
from ansinh.core.money import format_whole

if TYPE_CHECKING:
    from ansinh.reports._table import Cell, Table
    from ansinh.reports.comparison import Comparison

LINES_SHOWN = 20
LONGEST = 90  # Letters of a cell on the screen.
Out = Annotated[Path | None, typer.Option(help="Ghi ra tệp .xlsx hoặc .csv. / Write to this .xlsx or .csv.")]


def checked_out(out: Path | None, report: str) -> None:
    """Refuse a file name whose form the report does not have, before any work is done."""
    from ansinh.reports import reports

    forms = reports()[report].forms
    if out is not None and out.suffix[1:].lower() not in forms:
        listed = ", ".join(f".{form}" for form in forms)
        raise typer.BadParameter(
            say(f"đuôi tệp phải là {listed}", f"the file must end in {listed}"), param_hint="--out"
        )


def tell(found: Comparison, out: Path | None, as_json: bool) -> None:
    """End with the comparison told, and written where asked."""
    from ansinh.reports import write
    from ansinh.reports.comparison import benefits_table, lines_table, places_table, summary

    if out is not None:
        out.write_bytes(write("comparison", found, out.suffix[1:].lower()))
    if as_json:
        show({**summary(found), "out": str(out) if out else None})
        raise typer.Exit(OK)
    before, after = (label[LANG.get()] for label in found.labels)
    typer.secho(
        say(f"Năm học {found.year}: {before} → {after}", f"School year {found.year}: {before} → {after}"), bold=True
    )
    gained, lost = len(found.whole.gained), len(found.whole.lost)
    vi = f"{found.learners} người học; thêm {gained} em được hưởng, bớt {lost} em."
    typer.echo(say(vi, f"{found.learners} learners; {gained} children gained, {lost} lost."))
    for table in (benefits_table(found, LANG.get()), places_table(found, LANG.get())):
        print_table(table)
    lines = lines_table(found, LANG.get())
    print_table(lines, most=LINES_SHOWN, columns=(0, 1, 5, 6, 7, 9, 10, 13, 16))
    if len(lines.rows) > LINES_SHOWN:
        vi, en = (
            f"Còn {len(lines.rows) - LINES_SHOWN} dòng; xem --out.",
            f"{len(lines.rows) - LINES_SHOWN} more; --out.",
        )
        typer.echo(say(vi, en))
    if out:
        typer.echo(say(f"Đã ghi: {out}", f"Written: {out}"))
    raise typer.Exit(OK)


def print_table(
    table: Table, *, most: int | None = None, columns: tuple[int, ...] | None = None, figures_from: int = 2
) -> None:
    """A table on the screen, with whole numbers grouped; optionally only its first rows and some of its columns."""
    if not table.rows:
        return
    shown = [[_text(row[place]) for place in columns or range(len(row))] for row in table.rows[:most]]
    heads = [table.headings[place] for place in columns or range(len(table.headings))]
    console().print(filled(table.title, [heads, *shown], first_right=99 if columns else figures_from))


def _text(cell: Cell) -> str:
    if isinstance(cell, int):
        return format_whole(cell)
    # A reason may name a dozen facts; the whole of it stands in the file and in the JSON.
    return shorten(cell, LONGEST, placeholder=" …") if cell else "–"
