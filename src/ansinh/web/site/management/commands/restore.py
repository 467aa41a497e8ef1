"""`python manage.py restore`: the work behind `ansinh restore`, told as JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ansinh.web.site import backup
from ansinh.web.site.management.commands.backup import database, key_ids, now, tell


class Command(BaseCommand):
    """Possible in any state of the system."""

    help = "Khôi phục cơ sở dữ liệu từ bản sao lưu · Restore the database from a backup"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true")
        parser.add_argument("--with-keys", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {name: options[name] for name in ("replace", "with_keys")}

        def bring_back() -> dict[str, Any]:
            return backup.bring_back(database(), options["file"], settings.VAR, **asked, key_ids=key_ids(), at=now())

        tell(self, bring_back)
