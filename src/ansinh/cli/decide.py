"""`ansinh decide`: who gets what, who does not, who cannot be decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ansinh.cli._app import app
from ansinh.cli._inputs import ask, engine_named
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
    console,
    filled,
    progress_bar,
    say,
    show,
    today,
)

if TYPE_CHECKING:
    from ansinh.reports.payable_list import PayableList


@app.command()
def decide(
    people: PeopleFrom,
    school_year: Year = None,
    known: Known = None,
    engine: EngineName = None,
    out: Annotated[
        Path | None, typer.Option(help="Ghi ra tệp .xlsx, .docx, .csv, .parquet. / Write to this file.")
    ] = None,
    on: On = None,
    learned: Learned = None,
    template: TemplateName = "learner_roster",
    as_json: Json = False,
) -> None:
    """Xét từng người học, từng tháng, từng chế độ. / Decide every learner, month and benefit.

    JSON: file, sha256, engine, school_year, known, learners, benefits[] (name, vi, en, unit, yes, no, cannot_say, months,
    quantity), total_vnd, missing[] (fact, vi, en, learners), doubts[] (vi, en), faults, out.
    """
    from ansinh.core.decide import decide as decide_people
    from ansinh.reports import FileUsed, Heading, write
    from ansinh.reports.payable_list import figures, summary

    report = _report_for(out)
    asked = ask(people, template, school_year, as_json, learned=learned)
    name, run = engine_named(engine, len(asked.people.learners))
    decisions = decide_people(asked.people, law=asked.law, engine=run, year=asked.year, known=known)
    used = FileUsed(asked.filename, asked.sha256)
    with progress_bar("Đang xét", "Deciding") as progress:
        heading = Heading.of_school(asked.header)
        found = figures(decisions, asked.people, heading=heading, on=on or today(), file=used, progress=progress)
        if out is not None:
            gathered = found if report.name == "payable_list" else report.figures(decisions, asked.people)
            out.write_bytes(write(report, gathered, out.suffix[1:].lower()))
    if as_json:
        file_facts = {"file": asked.filename, "sha256": asked.sha256, "engine": name}
        show({**file_facts, **summary(found), "faults": asked.faults, "out": str(out) if out else None})
    else:
        _print_decided(found, asked.faults, out)
    raise typer.Exit(FAULTS if asked.faults else OK)


def _report_for(out: Path | None) -> Any:
    """The report that offers the form a file name asks for, looked up before any work is done."""
    if out is None:
        return None
    from ansinh.reports import reports

    about_all = {name: report for name, report in reports().items() if name in ("payable_list", "decision_rows")}
    for report in about_all.values():
        if out.suffix[1:].lower() in report.forms:
            return report
    forms = ", ".join(f".{form}" for report in about_all.values() for form in report.forms)
    raise typer.BadParameter(say(f"đuôi tệp phải là {forms}", f"the file must end in {forms}"), param_hint="--out")


def _print_decided(found: PayableList, faults: int, out: Path | None) -> None:
    from ansinh.core.money import format_vnd
    from ansinh.reports.payable_list import missing_table, totals_table

    year, learners = found.year, found.learners
    page = console()
    totals = totals_table(found, LANG.get())
    page.print(
        filled(say(f"Năm học {year}: {learners} người học", f"{year}: {learners} learners"), totals, first_right=1)
    )
    typer.echo(say("Tổng cộng: ", "Total: ") + format_vnd(found.total_vnd))
    if found.missing:
        page.print(filled("", missing_table(found, LANG.get()), first_right=1))
    if found.doubts:
        vi = f"{len(found.doubts)} căn cứ chưa được kiểm chứng; xem: ansinh law doubts"
        typer.echo(say(vi, f"{len(found.doubts)} bases are not confirmed; see: ansinh law doubts"))
    if out:
        typer.echo(say(f"Đã ghi: {out}", f"Written: {out}"))
    if faults:
        vi, en = f"Tệp có {faults} lỗi cần sửa; xem: ansinh read", f"The file has {faults} faults; see: ansinh read"
        typer.echo(say(vi, en), err=True)
