"""`ansinh backup`: the database in one verified file, while the server runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ansinh.cli._app import app
from ansinh.cli._manage import answer
from ansinh.cli._words import Json, say, show
from ansinh.core.money import format_whole

Out = Annotated[
    Path,
    typer.Argument(help="Tệp .zip mới, hoặc thư mục để tự đặt tên theo giờ. / A new .zip, or a folder that gets one."),
]
WithKeys = Annotated[
    bool,
    typer.Option(
        "--with-keys",
        help="Kèm các tệp khóa trong ANSINH_VAR: ai có tệp là đọc được hết. "
        "/ Include the key files of ANSINH_VAR: whoever has the file can read everything.",
    ),
]


@app.command()
def backup(out: Out, with_keys: WithKeys = False, as_json: Json = False) -> None:
    """Sao lưu cơ sở dữ liệu, rồi khôi phục thử để kiểm. / Back up the database and verify it by a trial restore.

    Máy chủ vẫn chạy. Không kèm khóa, trừ khi yêu cầu. / The server keeps running. Without keys unless asked.
    JSON: file, bytes, made_at, version, database, tables, rows, keys[], verified[].
    """
    said = answer("backup", str(out), *(["--with-keys"] if with_keys else []), as_json=as_json)
    if as_json:
        show(said)
        return
    size = format_whole(-(-said["bytes"] // 1024))
    typer.echo(say(f"Đã sao lưu: {said['file']} ({size} KiB)", f"Backed up: {said['file']} ({size} KiB)"))
    for vi, en in (*_verified(said), _keys(said["keys"], asked=with_keys)):
        typer.echo(say(vi, en))


def _verified(said: dict[str, Any]) -> list[tuple[str, str]]:
    tables, rows = said["tables"], format_whole(said["rows"])
    words = {
        "sha256_file": ("mã SHA-256 của cả tệp khớp", "the SHA-256 of the whole file matches"),
        "sha256_parts": ("mã SHA-256 của từng phần khớp", "the SHA-256 of each part matches"),
        "trial_restore": ("khôi phục thử vào một cơ sở dữ liệu tạm: được", "restored into a throwaway database"),
        "integrity_check": ("PRAGMA integrity_check: ok", "PRAGMA integrity_check: ok"),
        "rows": (f"{tables} bảng, {rows} dòng: khớp từng bảng", f"{tables} tables, {rows} rows: equal table by table"),
    }
    return [(f"  ✓ {words[name][0]}", f"  ✓ {words[name][1]}") for name in said["verified"]]


def _keys(keys: list[str], *, asked: bool) -> tuple[str, str]:
    listed = ", ".join(keys)
    if keys:
        return (
            f"Có kèm khóa ({listed}): hãy cất tệp như cất khóa.",
            f"Holds keys ({listed}): guard it as you guard keys.",
        )
    if asked:
        vi = "Không có tệp khóa nào để kèm: khóa nằm trong biến môi trường, hãy cất riêng."
        return vi, "There were no key files to include: the keys are in the environment; keep them apart."
    vi = "Không kèm khóa. Không có khóa thì không đọc được số định danh: hãy cất khóa riêng, ở nơi khác với tệp này."
    return vi, "Without keys. Identity numbers cannot be read without them: keep the keys apart from this file."
