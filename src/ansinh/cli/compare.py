"""`ansinh compare`: the same months as known then and as known now; the difference is arrears and clawback."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._comparison import Out, checked_out, tell
from ansinh.cli._inputs import ask, engine_named
from ansinh.cli._words import USAGE, EngineName, Json, Learned, PeopleFrom, TemplateName, Year, as_day, stop


@app.command()
def compare(
    people: PeopleFrom,
    later: Annotated[
        Path | None,
        typer.Argument(
            exists=True, metavar="LATER", help="Danh sách hoặc bản chụp nhận sau, nếu có. / A later roster or snapshot."
        ),
    ] = None,
    then: Annotated[
        date | None,
        typer.Option(
            parser=as_day, metavar="YYYY-MM-DD", help="Theo những gì biết đến ngày này. / As known on this day."
        ),
    ] = None,
    now: Annotated[
        date | None,
        typer.Option(
            parser=as_day,
            metavar="YYYY-MM-DD",
            help="So với ngày này; mặc định: tất cả. / Against this day; default: all.",
        ),
    ] = None,
    school_year: Year = None,
    learned: Learned = None,
    engine: EngineName = None,
    out: Out = None,
    template: TemplateName = "learner_roster",
    as_json: Json = False,
) -> None:
    """So kết quả xét theo hai ngày biết: truy lĩnh, thu hồi. / Decide as known on two days: arrears and clawback.

    JSON: school_year, before, after, learners, whole, benefits[], places[] (gained[], lost[], before, after, arrears, clawback,
    in_question), lines[] (learner, name, class_name, school, commune, benefit, unit, change, months, quantity, total, before,
    after (outcome, quantity, basis, reason, missing)), out; pairs of texts are [vi, en].
    """
    from ansinh.core.decide import decide
    from ansinh.reports.comparison import figures

    checked_out(out, "comparison")
    if then is None and later is None:
        vi, en = "Hãy cho ngày --then, hoặc tệp nhận sau.", "Give the day --then, or a later file."
        stop(USAGE, vi, en, as_json=as_json, kind="then")
    first = ask(people, template, school_year, as_json, learned=learned)
    second = ask(later, template, first.year, as_json, learned=learned) if later else first
    _, run = engine_named(engine, len(second.people.learners))
    before = decide(first.people, law=first.law, engine=run, year=first.year, known=then)
    after = decide(second.people, law=second.law, engine=run, year=first.year, known=now)
    tell(figures(before, after, second.people, labels=(_label(then), _label(now))), out, as_json)


def _label(known: date | None) -> tuple[str, str]:
    if known is None:
        return "theo mọi điều đã biết", "with all that is known"
    return f"biết đến {known:%d/%m/%Y}", f"as known on {known.isoformat()}"
