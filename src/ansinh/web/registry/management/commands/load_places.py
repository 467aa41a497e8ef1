"""`python manage.py load_places danh-sach.csv`: difficulty lists by commune and hamlet (columns: registry/places.py)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ansinh.core.money import format_whole
from ansinh.web.registry import places


class Command(BaseCommand):
    """One transaction for the whole file; doing it again changes nothing."""

    help = "Nạp danh sách xã, thôn khó khăn từ CSV · Load the lists of difficult communes and hamlets from a CSV"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=f"CSV with the columns {', '.join(places.COLUMNS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as lines:
                written, read = places.load_places(lines)
        except OSError as unread:
            raise CommandError(f"Không mở được tệp: {unread}. · The file cannot be opened.") from unread
        except UnicodeDecodeError as unread:
            raise CommandError(
                "Tệp không phải UTF-8. Hãy lưu lại dạng CSV UTF-8. · Save the file as UTF-8."
            ) from unread
        except places.PlaceListError as unread:
            raise CommandError(f"Chưa ghi gì; hãy sửa các dòng sau: · Nothing was written:\n{unread}") from unread
        self.stdout.write(
            f"Đã đọc {format_whole(read)} dòng, ghi {format_whole(written)}. · "
            f"{format_whole(read)} lines read, {format_whole(written)} written."
        )
