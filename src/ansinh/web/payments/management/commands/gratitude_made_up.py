"""`manage.py gratitude_made_up`: what the demo shows of the care of Heroic Mothers and of the fund; called by `demo`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ansinh.web.payments import gratitude_made_up, gratitude_made_up_fund
from ansinh.web.registry.models import User


class Command(BaseCommand):
    """Doing it twice changes nothing."""

    help = "Đặt ra dữ liệu đền ơn đáp nghĩa cho bản dùng thử · Made-up data of gratitude for the demo"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ dùng trong bản dùng thử. · For the demo only.")
        specialist = User.objects.get(username="chuyen-vien")
        gratitude_made_up.mothers(by=specialist, at=timezone.now())
        gratitude_made_up_fund.campaign(by=specialist, at=timezone.now())
