"""`ansinh read` and `ansinh template`: rosters that come in, and the blank workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._inputs import intake_json, read_file, template_named
from ansinh.cli._words import FAULTS, LANG, OK, File, Json, TemplateName, console, filled, say, show

if TYPE_CHECKING:
    from ansinh.sheets import Intake

FAULT_HEADS = (("Trang", "Dòng", "Cột", "Ô ghi", "Cần làm"), ("Sheet", "Row", "Column", "Cell says", "What to do"))


@app.command()
def read(file: File, template: TemplateName = "learner_roster", as_json: Json = False) -> None:
    """Đọc tệp, nêu lỗi theo trang, dòng, cột. / Read a file and list its faults by sheet, row and column.

    JSON: file, sha256, template, refused, rows, faults[], notes[] (severity, sheet, row, column, heading, value, code, vi, en).
    """
    intake = read_file(file, template, as_json)
    if as_json:
        show(intake_json(intake))
    else:
        _print_intake(intake)
    raise typer.Exit(FAULTS if intake.faults else OK)


def _print_intake(intake: Intake) -> None:
    rows_read, faults, notes = len(intake.rows), len(intake.faults), len(intake.notes)
    vi = f"{intake.filename}: {rows_read} dòng đọc được, {faults} lỗi, {notes} lưu ý"
    typer.secho(say(vi, f"{intake.filename}: {rows_read} rows read, {faults} faults, {notes} notes"), bold=True)
    if not faults and not notes:
        return
    rows: list[Sequence[object]] = [FAULT_HEADS[LANG.get()]]
    for fault in (*intake.faults, *intake.notes):
        column = f"{fault.column} ({fault.heading})" if fault.column and fault.heading else fault.column
        rows.append((fault.sheet, fault.row, column, fault.value, say(fault.vi, fault.en)))
    console().print(filled("", rows))


@app.command()
def template(
    name: Annotated[str, typer.Argument(help="Tên mẫu, ví dụ learner_roster. / Template name.")],
    out: Annotated[Path | None, typer.Option(help="Mặc định: TÊN.xlsx. / Default: NAME.xlsx.")] = None,
    as_json: Json = False,
) -> None:
    """Ghi tệp Excel trắng của một mẫu. / Write the blank workbook of a template. JSON: template, out, bytes."""
    from ansinh import sheets

    path = out or Path(f"{name}.xlsx")
    size = path.write_bytes(sheets.blank(template_named(name)))
    if as_json:
        show({"template": name, "out": str(path), "bytes": size})
    else:
        typer.echo(say(f"Đã ghi: {path}", f"Written: {path}"))
