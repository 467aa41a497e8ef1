"""`ansinh restore`: the database of a backup in the place of the living one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ansinh.cli._app import app
from ansinh.cli._manage import answer
from ansinh.cli._words import Json, say, show
from ansinh.core.money import format_whole

Backup = Annotated[Path, typer.Argument(help="Tệp do `ansinh backup` ghi. / A file that `ansinh backup` wrote.")]
Replace = Annotated[
    bool,
    typer.Option("--replace", help="Thay cơ sở dữ liệu đang có dữ liệu. / Replace a database that is not empty."),
]
WithKeys = Annotated[
    bool,
    typer.Option(
        "--with-keys", help="Lấy cả các tệp khóa trong bản sao lưu. / Take the key files of the backup as well."
    ),
]


@app.command()
def restore(file: Backup, replace: Replace = False, with_keys: WithKeys = False, as_json: Json = False) -> None:
    """Khôi phục từ bản sao lưu, giữ cơ sở dữ liệu cũ. / Restore from a backup and keep the old database aside.

    Hãy dừng máy chủ trước. / Stop the server first.
    JSON: file, made_at, version, database, tables, rows, keys[], old_database, keys_restored[], keys_lacking[], migrate.
    """
    asked = [name for name, wanted in (("--replace", replace), ("--with-keys", with_keys)) if wanted]
    said = answer("restore", str(file), *asked, as_json=as_json)
    if as_json:
        show(said)
        return
    for vi, en in _told(said):
        typer.echo(say(vi, en))


def _told(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What was done, then what is left to do."""
    tables, rows, made = said["tables"], format_whole(said["rows"]), said["made_at"]
    vi = f"Đã khôi phục bản sao lưu lúc {made}: {tables} bảng, {rows} dòng, khớp từng bảng."
    lines = [(vi, f"Restored the backup of {made}: {tables} tables, {rows} rows, equal table by table.")]
    if old := said["old_database"]:
        lines.append((f"Cơ sở dữ liệu cũ còn ở: {old}", f"The old database is kept as: {old}"))
    if keys := ", ".join(said["keys_restored"]):
        lines.append((f"Đã lấy các tệp khóa: {keys}", f"Key files taken: {keys}"))
    if lacking := ", ".join(said["keys_lacking"]):
        vi = f"CHÚ Ý: bản này cần khóa {lacking} mà máy này chưa có; chưa đọc được hết số định danh cho tới khi thêm khóa."
        en = f"NOTE: this backup asks for keys {lacking}, which are not set here; not all identity numbers can be read."
        lines.append((vi, en))
    if said["migrate"]:
        vi = "Bản này của một phiên bản cũ hơn. Trước khi mở máy chủ hãy chạy: .venv/bin/python manage.py migrate"
        lines.append(
            (vi, "It is of an older version. Before the server starts, run: .venv/bin/python manage.py migrate")
        )
    return lines
