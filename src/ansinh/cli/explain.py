"""`ansinh explain`: one learner, clause by clause."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._inputs import ask
from ansinh.cli._words import (
    FAULTS,
    LANG,
    Json,
    Known,
    Learned,
    PeopleFrom,
    TemplateName,
    Year,
    as_month,
    say,
    show,
    stop,
)
from ansinh.core.dates import Month


@app.command()
def explain(
    people: PeopleFrom,
    learner: Annotated[str, typer.Option(help="Mã người học. / The learner's code.")],
    school_year: Year = None,
    month: Annotated[
        Month | None,
        typer.Option(parser=as_month, metavar="YYYY-MM", help="Mặc định: tháng học đầu. / Default: first studied."),
    ] = None,
    benefit: Annotated[str | None, typer.Option(help="Chỉ một chế độ. / One benefit only.")] = None,
    known: Known = None,
    learned: Learned = None,
    template: TemplateName = "learner_roster",
    as_json: Json = False,
) -> None:
    """Giải thích từng điều khoản của một người học. / Explain one learner's answers clause by clause.

    JSON: learner, name, class_name, answers[] (benefit, month, outcome, quantity, unit, document, cite, basis, reason,
    missing, doubts, chain[] (part, cite, text, holds, decisive, facts[] (name, value, source))); pairs are [vi, en].
    """
    from ansinh.core.decide import explain as explain_learner
    from ansinh.engines.reference import trace
    from ansinh.reports.explanation import body, figures, headline

    asked = ask(people, template, school_year, as_json, learned=learned)
    law = asked.law
    if benefit is not None and benefit not in law.benefits:
        raise typer.BadParameter(", ".join(law.benefits), param_hint="--benefit")
    try:
        months = [month] if month else []
        about = [benefit] if benefit else None
        found = explain_learner(
            asked.people, learner, law=law, tracer=trace, year=asked.year, months=months, known=known, about=about
        )
    except KeyError:
        vi = f"Không có người học mã {learner!r} trong tệp. Hãy xem cột mã trong danh sách."
        stop(FAULTS, vi, f"No learner {learner!r} in the file. See its code column.", as_json=as_json, kind="learner")
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--month") from None
    why = figures(found, law, learner=learner, named=asked.people.names.get(learner))
    if as_json:
        show(asdict(why))
        return
    typer.secho(" · ".join(part for part in (why.name, why.class_name, why.learner) if part), bold=True)
    if not why.answers:
        typer.echo(say("Không có tháng nào để xét.", "There is no month to decide."))
    for answer in why.answers:
        typer.secho(
            f"\n{headline(answer, LANG.get())}",
            fg={"YES": "green", "NO": "red"}.get(answer.outcome, "yellow"),
            bold=True,
        )
        typer.echo(body(answer, LANG.get()))
