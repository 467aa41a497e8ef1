"""The command itself: its help, its groups, and the language it speaks."""

from __future__ import annotations

import os
from typing import Annotated, Literal

import typer

from ansinh.cli._words import LANG

HELP = """Chính sách xã hội cho người học: đọc danh sách, xét theo luật, giải thích.
/ Social policy for learners: read a roster, decide by law, explain.

Ngôn ngữ / Language: --lang vi|en, ANSINH_LANG, LANG.
Gói luật của tỉnh / A province's own law pack: ANSINH_LAW_PATH (một thư mục / a folder).

Mã thoát / Exit codes: 0 xong / done; 1 có lỗi cần sửa hoặc không tìm thấy / faults found, or not found;
2 sai cách dùng / usage; 3 tệp bị từ chối / file refused; 4 luật không nạp được / the law does not load.
"""
app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False)
law_app = typer.Typer(no_args_is_help=True, help="Xem luật đang dùng. / Look at the law in use.")
app.add_typer(law_app, name="law")
ledger_app = typer.Typer(no_args_is_help=True, help="Kiểm tra sổ cái. / Check a ledger.")
app.add_typer(ledger_app, name="ledger")


@app.callback()
def _language(lang: Annotated[Literal["vi", "en"] | None, typer.Option(help="Ngôn ngữ / Language")] = None) -> None:
    # The machine's LANG is asked last, and only English is taken from it: Vietnamese is the first language here.
    asked = lang or os.environ.get("ANSINH_LANG") or os.environ.get("LANG", "")
    LANG.set(int(asked.lower().startswith("en")))
