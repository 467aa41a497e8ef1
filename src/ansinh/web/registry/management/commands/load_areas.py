"""`python manage.py load_areas`: the provinces, districts and communes that ship, with what became of each."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ansinh.core.money import format_whole
from ansinh.web.registry import gazetteer


class Command(BaseCommand):
    """One transaction; doing it again changes nothing."""

    help = "Nạp đơn vị hành chính trước và sau 1/7/2025 · Load the administrative units before and after 1 July 2025"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", nargs="+", metavar="CODE", help="only these provinces of today, such as 86")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = gazetteer.load(options["province"])
        except ValueError as unknown:
            known = ", ".join(f"{code} {name}" for code, name in gazetteer.provinces())
            raise CommandError(
                f"Không có tỉnh, thành phố nào mang mã này ({unknown}). Các mã có: {known}. · "
                f"No province has this code; the codes are listed above."
            ) from unknown
        areas, successions, written = map(format_whole, (loaded.areas, loaded.successions, loaded.written))
        self.stdout.write(
            f"{areas} đơn vị hành chính, {successions} quan hệ kế tiếp; đã ghi {written} dòng. · "
            f"{areas} areas, {successions} successions; {written} rows written."
        )
