"""`python manage.py catalogue`: bring the English catalogue up to date with the templates and the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ansinh.web.site import catalogue


class Command(BaseCommand):
    """Lists the strings that still lack English."""

    help = "Cập nhật bản tiếng Anh của giao diện · Bring the English catalogue up to date"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for text in catalogue.bring_up_to_date(Path(catalogue.__file__).parents[1]):
            self.stdout.write(text)
