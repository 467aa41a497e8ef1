"""The registry app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Schools, areas, the people who work with them, and what they uploaded."""

    name = "ansinh.web.registry"
    label = "registry"
    verbose_name = "Sổ đăng ký"
