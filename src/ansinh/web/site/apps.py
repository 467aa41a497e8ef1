"""What happens once when the server starts."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The shared look and languages of the site."""

    name = "ansinh.web.site"
    label = "site"
    verbose_name = "An Sinh"

    def ready(self) -> None:
        from django.conf import settings

        from ansinh.web.site import catalogue

        catalogue.compile_into(settings.LOCALE_PATHS[0])
