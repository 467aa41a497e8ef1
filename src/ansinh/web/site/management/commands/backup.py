"""`python manage.py backup`: the work behind `ansinh backup`, told as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from ansinh.web.registry import sealed
from ansinh.web.site import backup
from ansinh.web.site.backup.file import RefusedError

FAULTS, REFUSED = 1, 3
OF_THE_FILE = {"damaged", "newer", "not_a_backup", "other_database"}


class Command(BaseCommand):
    """Possible in any state of the system: it asks for no checks and for no keys."""

    help = "Sao lưu cơ sở dữ liệu · Back up the database"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--with-keys", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        keys_from = settings.VAR if options["with_keys"] else None

        def take() -> dict[str, Any]:
            return backup.take(database(), options["out"], keys_from=keys_from, key_ids=key_ids(), at=now())

        tell(self, take)


def tell(command: BaseCommand, work: Callable[[], dict[str, Any]]) -> None:
    """Do it, alone, and write what came of it; a refusal as {"error": {code, vi, en}} with the exit code of its kind."""
    try:
        with backup.alone(settings.VAR):
            said = work()
    except RefusedError as wrong:
        said = {"error": {"code": wrong.kind, "vi": wrong.vi, "en": wrong.en}}
    except OSError as wrong:
        vi, en = f"Không đọc hoặc ghi được tệp: {wrong}", f"A file cannot be read or written: {wrong}"
        said = {"error": {"code": "file", "vi": vi, "en": en}}
    command.stdout.write(json.dumps(said, ensure_ascii=False))
    if "error" in said:
        sys.exit(REFUSED if said["error"]["code"] in OF_THE_FILE else FAULTS)


def database() -> backup.Database:
    """The database in use."""
    return backup.database_of(connection.settings_dict)


def key_ids() -> tuple[str, ...]:
    """Names of the keys in use; none where none are set, which is no reason not to save the data."""
    try:
        return sealed.key_ids()
    except ImproperlyConfigured:
        return ()


def now() -> Any:
    """This moment on the clock of the wall."""
    return timezone.localtime()
