"""Verbs whose work is done by the web, as a process of its own: this room knows no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ansinh.cli._words import FAULTS, stop


def manage(verb: str, *arguments: str, as_json: bool) -> list[str]:
    """The command that runs a verb of manage.py; ends with a message where there is no manage.py."""
    found = Path("manage.py")
    if not found.is_file():
        vi = "Không thấy manage.py. Hãy chạy lệnh này trong thư mục mã nguồn của An Sinh."
        en = "There is no manage.py here. Run this command in An Sinh's source folder."
        stop(FAULTS, vi, en, as_json=as_json, kind="manage.py")
    return [sys.executable, str(found), verb, *arguments]


def answer(verb: str, *arguments: str, as_json: bool) -> dict[str, Any]:
    """What a verb of manage.py says in JSON; its refusal ends this command with the same exit code."""
    command = manage(verb, *arguments, as_json=as_json)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own file
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # What went wrong stands above, on stderr, where the process wrote it.
        vi, en = f"manage.py {verb} dừng giữa chừng.", f"manage.py {verb} stopped half-way."
        stop(FAULTS, vi, en, as_json=as_json, kind="manage.py")
    if "error" in said:
        wrong = said["error"]
        stop(done.returncode, wrong["vi"], wrong["en"], as_json=as_json, kind=wrong["code"])
    return said
