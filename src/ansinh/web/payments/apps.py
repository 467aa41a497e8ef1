"""The payments app."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Runs, their lines, and the ledger."""

    name = "ansinh.web.payments"
    label = "payments"
    verbose_name = "Chi trả"
