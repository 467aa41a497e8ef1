"""`ansinh try`: a draft decree before it takes effect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._comparison import Out, checked_out, tell
from ansinh.cli._inputs import ask, engine_named, law_in_use
from ansinh.cli._words import EngineName, Json, Learned, PeopleFrom, TemplateName, Year


@app.command("try")
def try_draft(
    pack: Annotated[
        Path,
        typer.Argument(
            exists=True, file_okay=False, metavar="PACK", help="Thư mục dự thảo. / Folder of draft law files."
        ),
    ],
    people: PeopleFrom,
    school_year: Year = None,
    learned: Learned = None,
    engine: EngineName = None,
    out: Out = None,
    template: TemplateName = "learner_roster",
    as_json: Json = False,
) -> None:
    """Chạy thử dự thảo: em nào thêm, em nào bớt, bao nhiêu đồng. / Try a draft: children gained and lost, and đồng.

    JSON: as `ansinh compare`; before is the law in use, after is with the draft. Exit 4 when the draft does not load.
    """
    from ansinh.core.decide import decide
    from ansinh.reports.comparison import figures

    checked_out(out, "comparison")
    drafted = law_in_use(as_json, pack)
    asked = ask(people, template, school_year, as_json, learned=learned)
    _, run = engine_named(engine, len(asked.people.learners))
    before = decide(asked.people, law=asked.law, engine=run, year=asked.year)
    after = decide(asked.people, law=drafted, engine=run, year=asked.year)
    labels = ("luật hiện hành", "the law in use"), (f"có dự thảo {pack.name}", f"with the draft {pack.name}")
    tell(figures(before, after, asked.people, labels=labels), out, as_json)
