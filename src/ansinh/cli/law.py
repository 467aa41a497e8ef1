"""`ansinh law`: the documents, their clauses and numbers, and what a jurist must still check."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import typer

from ansinh.cli._app import law_app
from ansinh.cli._inputs import law_in_use
from ansinh.cli._words import FAULTS, LANG, Json, On, as_day, console, filled, rows_shown, say, show, stop, today


@law_app.command("list")
def law_list(as_json: Json = False) -> None:
    """Các văn bản và thời gian áp dụng. / The documents and when they apply.

    JSON: [] of id, vi, en, title_vi, title_en, issued, in_force, first_month, until, read, rules.
    """
    from ansinh.reports.law_index import DOCUMENT_COLUMNS, document_line

    law = law_in_use(as_json)
    rows_shown([document_line(law, document) for document in law.documents], DOCUMENT_COLUMNS, as_json)


@law_app.command("show")
def law_show(
    document: Annotated[str, typer.Argument(help="Mã hoặc số văn bản. / Id or number.")], as_json: Json = False
) -> None:
    """Một văn bản, từng điều khoản. / One document, clause by clause.

    JSON: the keys of `law list`, with replaces, benefits, rules (who, bars, grounds), numbers, overlaps, doubts.
    """
    from ansinh.reports.law_index import document_entry, document_text

    law = law_in_use(as_json)
    found = next((d for d in law.documents if document in (d.id, d.number)), None)
    if found is None:
        vi = f"Không có văn bản {document!r}. Xem: ansinh law list"
        stop(FAULTS, vi, f"No document {document!r}. See: ansinh law list", as_json=as_json, kind="document")
    entry = document_entry(law, found)
    if as_json:
        show(entry)
    else:
        typer.echo(document_text(entry, LANG.get()))


@law_app.command("numbers")
def law_numbers(on: On = None, as_json: Json = False) -> None:
    """Các con số của luật vào một ngày. / The numbers of the law on a day.

    JSON: [] of name, vi, en, value, unit, document, cite, basis_vi, basis_en, since, read, doubt.
    """
    from ansinh.reports.law_index import NUMBER_COLUMNS, numbers_on

    rows_shown(numbers_on(law_in_use(as_json), on or today()), NUMBER_COLUMNS, as_json)


@law_app.command("check")
def law_check(as_json: Json = False) -> None:
    """Nạp toàn bộ luật, báo tệp và dòng sai. / Load all the law; name the file and line of what is wrong.

    JSON: [] of one entry: documents, benefits, rules, numbers, cases, doubts (counts).
    """
    from ansinh.reports.law_index import COUNT_COLUMNS, counts

    rows_shown([counts(law_in_use(as_json))], COUNT_COLUMNS, as_json)


@law_app.command("doubts")
def law_doubts(as_json: Json = False) -> None:
    """Những căn cứ chưa được kiểm chứng. / What a jurist must still check.

    JSON: [] of document, document_vi, document_en, cite, where_vi, where_en, vi, en, since.
    """
    from ansinh.reports.law_index import DOUBT_COLUMNS, doubts_of

    rows_shown(doubts_of(law_in_use(as_json)), DOUBT_COLUMNS, as_json)


@law_app.command("changes")
def law_changes(
    since: Annotated[
        date, typer.Option("--from", parser=as_day, metavar="YYYY-MM-DD", help="Từ ngày này. / From this day.")
    ],
    until: Annotated[
        date | None,
        typer.Option(
            "--to", parser=as_day, metavar="YYYY-MM-DD", help="Đến ngày này; mặc định: nay. / To; default: today."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Luật đổi gì giữa hai ngày. / What changed in the law between two days.

    JSON: from, to, changes[] (month, happened (document, began, changed, ended, number), name, label, document, basis,
    before, after, added[], dropped[]); pairs of texts are [vi, en].
    """
    from ansinh.reports.law_changes import entries, figures, rows

    last = until or today()
    if last < since:
        raise typer.BadParameter(say("ngày sau đứng trước ngày đầu", "it comes before --from"), param_hint="--to")
    found = figures(law_in_use(as_json), since=since, until=last)
    if as_json:
        show({"from": since.isoformat(), "to": last.isoformat(), "changes": entries(found)})
    elif found.changes:
        console().print(filled("", rows(found, LANG.get())))
    else:
        typer.echo(say("Luật không đổi giữa hai ngày này.", "The law did not change between these days."))


@law_app.command("index")
def law_index(
    by: Annotated[
        Literal["document", "benefit", "day"],
        typer.Option(help="Theo văn bản, chế độ hay ngày. / By document, benefit or day."),
    ] = "benefit",
    on: On = None,
    as_json: Json = False,
) -> None:
    """Mục lục luật theo văn bản, theo chế độ, theo ngày. / The law index by document, by benefit, by day.

    JSON: [] of documents as `law show`; of benefits (benefit, vi, en, unit, rules[]); or, by day, of what may be had
    (benefit, vi, en, unit, document, basis_vi, basis_en, since, until).
    """
    from ansinh.reports import law_index as index

    law = law_in_use(as_json)
    if by == "day":
        rows_shown(index.in_force_on(law, on or today()), index.IN_FORCE_COLUMNS, as_json)
    elif by == "benefit":
        found = index.by_benefit(law)
        lines = [{**entry, **rule} for entry in found for rule in entry["rules"]]
        rows_shown(found if as_json else lines, index.BENEFIT_COLUMNS, as_json)
    else:
        documents = law.documents
        found = [index.document_entry(law, d) if as_json else index.document_line(law, d) for d in documents]
        rows_shown(found, index.DOCUMENT_COLUMNS, as_json)
