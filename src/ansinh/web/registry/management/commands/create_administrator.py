"""`python manage.py create_administrator quan-tri`: the first account of an installation, or a way back into one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from ansinh.web.access import ADMINISTRATOR
from ansinh.web.registry import accounts
from ansinh.web.registry.models import Invitation, User
from ansinh.web.registry.queries import token_of


class Command(BaseCommand):
    """Whoever may run this may read the database anyway; so it asks for no account. What it does is logged all the same."""

    help = "Mở tài khoản quản trị và in đường dẫn mời · Open an administrator's account and print its invitation link"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", default="")
        parser.add_argument("--email", default="")
        parser.add_argument("--address", default="", help="https://an-sinh.example.org, as people reach this server")
        parser.add_argument(
            "--clear-second-factor", action="store_true", help="when it and the recovery codes are lost"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invitation = self._invite(options)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        address = options["address"].rstrip("/") or f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
        until = timezone.localtime(invitation.until)
        self.stdout.write(f"{address}{reverse('invitation', args=[token_of(invitation)])}")
        self.stdout.write(f"Dùng một lần, đến {until:%d/%m/%Y %H:%M} · Good once, until {until:%Y-%m-%d %H:%M}")

    def _invite(self, options: dict[str, Any]) -> Invitation:
        now = timezone.now()
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            named = {key: options[key] for key in ("username", "full_name", "email")}
            return accounts.invite(**named, role=ADMINISTRATOR, by=None, at=now)
        if account.role != ADMINISTRATOR:
            raise CommandError(
                f"Tài khoản {account.username} đã có và không phải quản trị; hãy chọn tên khác. · "
                f"The account {account.username} exists and is no administrator's; choose another name."
            )
        if options["clear_second_factor"]:
            accounts.clear_second_factor(account=account, by=None, at=now)
        return accounts.invite_again(account=account, by=None, at=now)
