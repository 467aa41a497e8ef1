"""`ansinh demo`: the demonstration, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from ansinh.cli._app import app
from ansinh.cli._words import FAULTS, Json, show, stop


@app.command()
def demo(as_json: Json = False) -> None:
    """Chạy bản dùng thử trên máy này. / Run the demonstration on this machine.

    JSON: running[] (the command), then what the demonstration prints itself.
    """
    manage = Path("manage.py")
    if not manage.is_file():
        vi = "Không thấy manage.py. Hãy chạy lệnh này trong thư mục mã nguồn của An Sinh."
        en = "There is no manage.py here. Run this command in An Sinh's source folder."
        stop(FAULTS, vi, en, as_json=as_json, kind="manage.py")
    command = [sys.executable, str(manage), "demo"]
    if as_json:
        show({"running": command})
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - our own interpreter on our own file
