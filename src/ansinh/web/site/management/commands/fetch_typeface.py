"""`python manage.py fetch_typeface`: the set-up step that has Be Vietnam Pro in place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ansinh.web.site import typeface


class Command(BaseCommand):
    """Never fails set-up: without the typeface the pages use the system's letters, and this says so."""

    help = "Tải phông chữ Be Vietnam Pro, nếu chưa có · Fetch the typeface, if it is not there yet"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        typeface.provide(settings.STATIC_PACKAGES)
