"""`ansinh missed`: who is entitled, or lacks one paper, and stands on no payment list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._comparison import LINES_SHOWN, Out, checked_out, print_table
from ansinh.cli._inputs import Asked, ask, engine_named, read_file
from ansinh.cli._words import (
    FAULTS,
    LANG,
    OK,
    EngineName,
    Json,
    Known,
    Learned,
    On,
    PeopleFrom,
    TemplateName,
    Year,
    as_day,
    as_month,
    say,
    show,
    today,
)
from ansinh.core.dates import Month

if TYPE_CHECKING:
    from ansinh.reports.missed import Missed
    from ansinh.sheets.payment_list import Paid


@app.command()
def missed(
    people: PeopleFrom,
    lists: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="LISTS",
            help="Danh sách chi trả .xlsx, .csv (mẫu payment_list). / Payment lists.",
        ),
    ] = None,
    until: Annotated[
        Month | None,
        typer.Option(
            parser=as_month,
            metavar="YYYY-MM",
            help="Xét đến tháng này; mặc định: tháng cuối có chi. / Up to this month; default: the last month listed.",
        ),
    ] = None,
    benefit: Annotated[
        list[str] | None, typer.Option(help="Chỉ chế độ này; lặp lại được. / Only this benefit; may be repeated.")
    ] = None,
    letters: Annotated[
        Path | None, typer.Option(help="Ghi thư gửi cha mẹ ra tệp .docx. / Write the letters to parents to this .docx.")
    ] = None,
    reply_by: Annotated[
        date | None,
        typer.Option(parser=as_day, metavar="YYYY-MM-DD", help="Hạn nộp ghi trong thư. / The day the letter asks for."),
    ] = None,
    out: Out = None,
    on: On = None,
    school_year: Year = None,
    known: Known = None,
    learned: Learned = None,
    engine: EngineName = None,
    template: TemplateName = "learner_roster",
    as_json: Json = False,
) -> None:
    """Tìm em bị bỏ sót: không có trong danh sách chi trả nào. / Find who was missed: on no payment list.

    JSON: school_year, until, learners, listed, strangers[], children, by_school[], by_benefit[], by_paper[] (label, entitled,
    one_paper, vnd), lines[] (learner, name, class_name, school, commune, benefit, unit, months, quantity, total, basis,
    reason, paper, doubts), list_faults[], out, letters; pairs of texts are [vi, en].
    """
    from ansinh.core.decide import decide
    from ansinh.reports.missed import figures, summary
    from ansinh.sheets.payment_list import paid

    checked_out(out, "missed")
    checked_out(letters, "parent_letter")
    asked = ask(people, template, school_year, as_json, learned=learned)
    if strange := [name for name in benefit or () if name not in asked.law.benefits]:
        raise typer.BadParameter(f"{', '.join(strange)}: {', '.join(asked.law.benefits)}", param_hint="--benefit")
    listed = paid([read_file(path, "payment_list", as_json) for path in lists or ()], asked.law.benefits.values())
    _, run = engine_named(engine, len(asked.people.learners))
    decisions = decide(asked.people, law=asked.law, engine=run, year=asked.year, known=known)
    last = until or max((month for _, _, month in listed.entries), default=None)
    found = figures(decisions, asked.people, paid=listed.entries, until=last, benefits=benefit or None)
    _write(found, asked, out, letters, on or today(), reply_by)
    if as_json:
        files = {"out": str(out) if out else None, "letters": str(letters) if letters else None}
        faults = [{"sheet": f.sheet, "row": f.row, "code": f.code, "vi": f.vi, "en": f.en} for f in listed.faults]
        show({**summary(found), "list_faults": faults, **files})
    else:
        _print(found, listed, [path for path in (out, letters) if path])
    raise typer.Exit(FAULTS if listed.faults else OK)


def _write(
    found: Missed, asked: Asked, out: Path | None, letters: Path | None, on: date, reply_by: date | None
) -> None:
    from ansinh.reports import Heading, write
    from ansinh.reports.parent_letter import figures

    if out is not None:
        out.write_bytes(write("missed", found, out.suffix[1:].lower()))
    if letters is not None:
        heading = Heading.of_school(asked.header)
        letters.write_bytes(write("parent_letter", figures(found, heading=heading, on=on, reply_by=reply_by), "docx"))


def _print(found: Missed, listed: Paid, files: list[Path]) -> None:
    from ansinh.reports.missed import count_tables, lines_table

    children, until = len(found.children), f"{found.until}" if found.until else str(found.year)
    vi = f"{children} trong {found.learners} người học bị bỏ sót, xét đến {until}; danh sách có {found.listed} khoản."
    en = f"{children} of {found.learners} learners missed, up to {until}; the lists hold {found.listed} payments."
    typer.secho(say(vi, en), bold=True)
    for table in count_tables(found, LANG.get()):
        print_table(table, figures_from=1)
    lines = lines_table(found, LANG.get())
    print_table(lines, most=LINES_SHOWN, columns=(0, 1, 2, 5, 6, 8, 9, 10))
    if len(lines.rows) > LINES_SHOWN:
        more = len(lines.rows) - LINES_SHOWN
        typer.echo(say(f"Còn {more} dòng; xem --out.", f"{more} more; see --out."))
    if found.strangers:
        vi = f"{len(found.strangers)} mã trong danh sách chi trả không có trong danh sách người học."
        typer.echo(say(vi, f"{len(found.strangers)} codes on the lists belong to no learner."), err=True)
    for fault in listed.faults[:LINES_SHOWN]:
        typer.echo(say(fault.vi, fault.en), err=True)
    for path in files:
        typer.echo(say(f"Đã ghi: {path}", f"Written: {path}"))
