"""`python manage.py export_ledger`: the work behind `ansinh ledger export`, told as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ansinh.web.payments import queries

FAULTS = 1


class Command(BaseCommand):
    """The whole ledger as it stood at one moment, in the file that `ansinh ledger verify` checks."""

    help = "Xuất sổ cái ra tệp · Export the ledger to a file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = export(options["file"])
        except FileExistsError:
            said = {"error": {"code": "exists", "vi": "Đã có tệp tên này; hãy đặt tên khác.",
                              "en": "There is a file of this name; give another."}}  # fmt: skip
        except OSError as wrong:
            vi, en = f"Không ghi được tệp: {wrong}", f"The file cannot be written: {wrong}"
            said = {"error": {"code": "file", "vi": vi, "en": en}}
        self.stdout.write(json.dumps(said, ensure_ascii=False))
        if "error" in said:
            sys.exit(FAULTS)


def export(file: Path) -> dict[str, Any]:
    """Write a new file; one that is not finished does not stay. FileExistsError where there is one of that name."""
    with file.open("xb") as out:
        try:
            with queries.one_state():
                for line in queries.exported(at=timezone.now(), whose=queries.whose()):
                    out.write(f"{line}\n".encode())
        except BaseException:
            file.unlink()
            raise
    return {"file": str(file), "bytes": file.stat().st_size}
