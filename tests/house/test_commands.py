"""Every command, argument and option of `ansinh` says what it does, in Vietnamese and in English."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from typing import Any

import typer

# Typer's own, with words of its own.
BUILT_IN = {"help", "install_completion", "show_completion"}
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def parts(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """(name, help) of a command, of each of its parameters, and of all under it."""
    yield name, command.help or ""
    for part in command.params:
        if part.name not in BUILT_IN:
            yield f"{name} {part.name}", part.help or ""
    for child, found in getattr(command, "commands", {}).items():
        yield from parts(found, f"{name} {child}")


def found_wanting(command: Any) -> list[str]:
    """What lacks either language. An English half is told by a letter-only word before or after the dividing mark."""
    return [
        name
        for name, said in parts(command, "ansinh")
        if not (
            VIETNAMESE.search(said)
            and any(half and not VIETNAMESE.search(half) for half in re.split(r" / |\n\s*\n", said))
        )
    ]


def test_every_command_and_option_is_explained_in_both_languages() -> None:
    # Before the room is built there is no command to explain.
    if importlib.util.find_spec("ansinh.cli"):
        from ansinh import cli

        assert found_wanting(typer.main.get_command(cli.app)) == []


def test_the_check_bites() -> None:
    app = typer.Typer(help="An Sinh: làm đúng, nói rõ / An Sinh: do right, say why")

    @app.command("read", help="Đọc một tệp / Read a file")
    def read(file: str = typer.Argument(help="Tệp cần đọc")) -> None: ...

    @app.command("decide", help="Decide")
    def decide(year: str = typer.Option(..., help="Năm học / School year")) -> None: ...

    assert found_wanting(typer.main.get_command(app)) == ["ansinh read file", "ansinh decide"]
