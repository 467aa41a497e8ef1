"""The registry app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Schools, areas, the people who work with them, and what they uploaded."""

    name = "ansinh.web.registry"
    label = "registry"
    verbose_name = "Sổ đăng ký"

    def ready(self) -> None:
        # Its check of the keys must be known before any model with a sealed column is.
        from ansinh.web.registry import sealed  # noqa: F401
