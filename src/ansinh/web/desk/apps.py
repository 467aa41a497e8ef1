"""The desk app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Screens for people who work at schools and at the department."""

    name = "ansinh.web.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
