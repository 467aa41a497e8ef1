"""What the verbs share: both languages, options, JSON, tables, progress, and how a command ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ansinh.core.dates import Month, SchoolYear

if TYPE_CHECKING:
    from rich.table import Table

    from ansinh.reports.law_index import Columns

OK, FAULTS, USAGE, REFUSED, NO_LAW = 0, 1, 2, 3, 4


# The place of the language in a pair of words: 0 Vietnamese, 1 English. Set once, before any verb runs.
LANG: ContextVar[int] = ContextVar("lang", default=0)


def say(vi: str, en: str) -> str:
    return (vi, en)[LANG.get()]


def parser(parse: Callable[[str], Any], example: str) -> Callable[[str], Any]:
    """A reader of an option's text that says how it is written."""

    def read_text(text: str) -> Any:
        try:
            return parse(text)
        except ValueError:
            raise typer.BadParameter(
                say(f"{text!r} không đúng; ví dụ: {example}", f"{text!r}; example: {example}")
            ) from None

    return read_text


as_day = parser(date.fromisoformat, "2025-09-05")
as_month = parser(Month.parse, "2025-10")
as_school_year = parser(SchoolYear.parse, "2025-2026")


Json = Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON ra stdout. / JSON on stdout.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Danh sách .xlsx, .xls, .ods, .csv / Roster")]
PeopleFrom = Annotated[
    Path,
    typer.Argument(
        exists=True, metavar="PEOPLE", help="Danh sách hoặc thư mục bản chụp. / A roster, or a snapshot folder."
    ),
]
TemplateName = Annotated[str, typer.Option("--template", help="Mẫu của tệp. / The file's template.")]
Year = Annotated[
    SchoolYear | None,
    typer.Option(parser=as_school_year, metavar="YYYY-YYYY", help="Mặc định: theo tệp. / Default: the file's own."),
]
Known = Annotated[
    date | None,
    typer.Option(parser=as_day, metavar="YYYY-MM-DD", help="Theo những gì biết đến ngày này. / As known on this day."),
]
Learned = Annotated[
    date | None,
    typer.Option(
        parser=as_day,
        metavar="YYYY-MM-DD",
        help="Ngày nhận danh sách; mặc định: đầu năm học. / Day the roster came; default: start of the year.",
    ),
]
EngineName = Annotated[
    str | None, typer.Option("--engine", help="Cỗ máy xét. / Engine: reference, frames, loop, spark.")
]
On = Annotated[date | None, typer.Option(parser=as_day, metavar="YYYY-MM-DD", help="Mặc định: nay. / Default: today.")]


def today() -> date:
    return datetime.now().astimezone().date()


def show(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def stop(code: int, vi: str, en: str, *, as_json: bool, kind: str) -> NoReturn:
    """End with a message: on stderr, or as {"error": {code, vi, en}} on stdout."""
    if as_json:
        show({"error": {"code": kind, "vi": vi, "en": en}})
    else:
        typer.echo(say(vi, en), err=True)
    raise typer.Exit(code)


def console() -> Any:
    from rich.console import Console

    # What is piped to a file or a pager is not cut to 80 columns.
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def filled(title: str, rows: Sequence[Sequence[object]], *, first_right: int = 99) -> Table:
    """A table of rows of which the first holds the headings; columns from `first_right` on are figures.

    Texts are shown as they stand: a name in brackets is no markup.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD)
    for place, heading in enumerate(rows[0]):
        table.add_column(Text(str(heading)), justify="right" if place >= first_right else "left", overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    return table


@contextmanager
def progress_bar(vi: str, en: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, only where stderr is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(say(vi, en), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def rows_shown(entries: list[dict[str, Any]], columns: Columns, as_json: bool) -> None:
    from ansinh.core.money import format_whole

    if as_json:
        show(entries)
        return
    if not entries:
        typer.echo(say("Không có mục nào.", "There is nothing to list."))
        return
    pairs = columns[LANG.get()]
    rows = [[format_whole(entry[key]) if key == "value" else entry[key] for key, _ in pairs] for entry in entries]
    console().print(filled("", [[heading for _, heading in pairs], *rows]))
