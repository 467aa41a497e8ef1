"""`ansinh demo`: the demonstration, as a process of its own."""

from __future__ import annotations

import subprocess
from enum import StrEnum
from typing import Annotated

import typer

from ansinh.cli._app import app
from ansinh.cli._manage import manage
from ansinh.cli._words import Json, show


class Size(StrEnum):
    """How much is made up."""

    small = "small"
    full = "full"


@app.command()
def demo(
    size: Annotated[
        Size, typer.Option(help="full: cả tỉnh, 1.000 trường, 300.000 người học. / a whole province.")
    ] = Size.small,
    as_json: Json = False,
) -> None:
    """Chạy bản dùng thử trên máy này. / Run the demonstration on this machine.

    JSON: running[] (the command), then what the demonstration prints itself.
    """
    command = manage("demo", "--size", size.value, as_json=as_json)
    if as_json:
        show({"running": command})
    raise typer.Exit(subprocess.call(command))  # noqa: S603 - our own interpreter on our own file
