"""The portal app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public pages."""

    name = "ansinh.web.portal"
    label = "portal"
    verbose_name = "Cổng thông tin"
