"""`python manage.py demo`: a made-up school network on the real areas of Vĩnh Long, served on this machine."""

from __future__ import annotations

import math
import os
import secrets
import socket
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ansinh import sheets
from ansinh.web.access import CLERK, ROLE_WORDS
from ansinh.web.progress import progress_bar
from ansinh.web.registry import actions, gazetteer, made_up, made_up_province
from ansinh.web.registry.models import Enrolment, Upload

HOST = "127.0.0.1"
ROSTER = "learner_roster"
DEMO_ENVIRONMENT = {"ANSINH_DEMO": "1", "ANSINH_PLAIN_HTTP": "1"}


class Command(BaseCommand):
    """Everything the demo needs, done each time it starts and changing nothing the second time."""

    help = "Dựng bản dùng thử với dữ liệu đặt ra rồi mở máy chủ · Build the demo with made-up data and serve it"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="build everything, do not serve")
        parser.add_argument("--size", choices=["small", "full"], default="small", help="full: a whole province")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            # Settings are read once: the process starts itself anew as a demo, with a database of its own.
            os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **DEMO_ENVIRONMENT})  # noqa: S606
        port = int(os.environ.get("ANSINH_PORT", "8000"))
        if not options["prepare_only"]:
            _refuse_taken(port)
        call_command("fetch_typeface")
        _set_aside_older()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        password = _password(settings.VAR / "demo")
        gazetteer.load()
        network = made_up.build(password)
        if options["size"] == "full":
            network = self._grown(network)
        else:
            self._rosters(network)
        call_command("gratitude_made_up")  # By name: the registry does not know the rooms above it.
        self._to_try(network, settings.VAR / "demo")
        self._tell(network, password, port)
        if not options["prepare_only"]:
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, *_server(port)])  # noqa: S606

    def _to_try(self, network: made_up.Network, folder: Path) -> None:
        """One roster to try an upload with: of the first clerk's second school, which has sent none."""
        (folder / "danh-sach-thu.xlsx").write_bytes(made_up.roster_to_mend(network.schools[1]))

    def _rosters(self, network: made_up.Network) -> None:
        """One roster already uploaded, for the first clerk's first school."""
        first = network.schools[0]
        if not Upload.objects.filter(school=first).exists():
            data = made_up.roster(first)
            intake = sheets.read(sheets.templates()[ROSTER], data, filename="danh-sach-2025-2026.xlsx")
            actions.keep(intake=intake, school=first, by=network.accounts[0], at=timezone.now())

    def _grown(self, network: made_up.Network) -> made_up.Network:
        """The whole province; interrupted, it goes on where it was."""
        say = self.stdout.write
        say("Đang dựng cả tỉnh, mất nhiều phút; dừng rồi chạy lại thì làm tiếp. · Building a whole province …")
        schools = made_up_province.network(network.accounts)
        began = time.monotonic()
        first: list[int] = []

        def told(done: int, every: int) -> None:
            bar(done, every)
            first.append(done)
            if done % 50 == 0 and done > first[0]:
                pace = (time.monotonic() - began) / (done - first[0])
                left = math.ceil(pace * (every - done) / 60)
                say(f"  {done}/{every} danh sách · rosters, còn khoảng · about {left} phút · min left")
                self.stdout.flush()

        with progress_bar("Danh sách · rosters") as bar:
            made_up_province.grow(schools, told)
        waiting = made_up_province.editions(schools)
        learners = Enrolment.objects.filter(year=made_up_province.OPENS, left=False).values("person").distinct().count()
        say(f"  {learners} người học · learners, {waiting} danh sách chờ ghi · lists waiting")
        return replace(network, schools=schools)

    def _tell(self, network: made_up.Network, password: str, port: int) -> None:
        say = self.stdout.write
        say("")
        say("An Sinh – bản dùng thử, dữ liệu đặt ra · demo with made-up data")
        say(f"  Địa chỉ · Address:      http://{HOST}:{port}/")
        clerks = [account.username for account in network.accounts if account.role == CLERK]
        say(f"  Văn thư trường · Clerk: {clerks[0]} … {clerks[-1]}")
        for account in network.accounts[len(clerks) :]:
            say(f"  {made_up.CALLED.get(account.username, ROLE_WORDS[account.role])}: {account.username}")
        say(f"  Mật khẩu · Password:    {password}")
        say(f"  {len(network.schools)} trường · schools, {network.areas} xã, phường · communes")
        say(f"  Danh sách để thử · Roster to upload: {settings.VAR / 'demo' / 'danh-sach-thu.xlsx'}")
        say("  Dừng · Stop: Ctrl+C")
        say("")


def _set_aside_older() -> None:
    """A demo database of an earlier shape is kept beside the new one: what it holds was made up and is made up again."""
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "registry"}
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "registry"}
    if connection.vendor == "sqlite" and applied - known:
        file = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        for part in file.parent.glob(f"{file.name}*"):
            part.rename(part.with_name(f"cu-{part.name}"))


def _server(port: int) -> list[str]:
    application = "ansinh.web.site.wsgi:application"
    serve = ["-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    return [*serve, "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", application]


def _refuse_taken(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            raise CommandError(
                f"Cổng {port} đang được chương trình khác dùng; hãy đặt ANSINH_PORT thành số khác. · "
                f"Port {port} is taken by another program; set ANSINH_PORT to another number."
            ) from None


def _password(folder: Path) -> str:
    """One password for all demo accounts of this machine, made once: no known password lies about in the world."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text("-".join(secrets.token_hex(2) for _ in range(4)))
    return kept.read_text()
