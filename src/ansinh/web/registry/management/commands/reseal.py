"""`python manage.py reseal`: bring every identity number under the newest key, and every digest under the newest."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Cast

from ansinh.web.progress import Progress, progress_bar
from ansinh.web.registry import sealed, standing
from ansinh.web.registry.accounts import factors_under_old_keys, seal_factor_anew
from ansinh.web.registry.models import Statement
from ansinh.web.registry.sealed import Column, SealError

BATCH = 1_000  # Rows of one transaction: what an interruption can undo, and how long a clerk's save may wait.


class Command(BaseCommand):
    """Each batch is one transaction and what is done is not done again: it may be stopped and started at any time."""

    help = "Niêm phong lại số định danh bằng khóa mới nhất · Seal identity numbers anew with the newest key"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="print a fresh key and change nothing")
        parser.add_argument("--check", action="store_true", help="count what is under old keys and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self.stdout.write(sealed.new_key())
            return
        unread: Counter[str] = Counter()
        for column in sealed.columns():
            if options["check"]:
                self.stdout.write(f"{column}: {stale(column).count()} giá trị dùng khóa cũ · values under old keys")
                continue
            with progress_bar(str(column)) as progress:
                done = reseal(column, unread, progress)
            self.stdout.write(f"{column}: {done} giá trị đã niêm phong lại · values sealed anew")
        self._factors(unread, only_count=options["check"])
        if unread:
            listed = ", ".join(f"{key_id or '?'}: {count}" for key_id, count in sorted(unread.items()))
            raise CommandError(
                f"Không mở được {unread.total()} giá trị, đã để nguyên (khóa: số giá trị): {listed}. "
                f"Hãy thêm khóa cũ vào cuối ANSINH_IDENTITY_KEYS rồi chạy lại. · {unread.total()} values could not be "
                "opened and were left as they are; add their old key at the end of ANSINH_IDENTITY_KEYS and run again."
            )

    def _factors(self, unread: Counter[str], *, only_count: bool) -> None:
        """Second factors: a handful, whose secrets allauth keeps inside JSON, where no sealed column can find them."""
        old = factors_under_old_keys()
        if only_count:
            self.stdout.write(f"mfa_authenticator.data: {len(old)} giá trị dùng khóa cũ · values under old keys")
            return
        done = 0
        for factor in old:
            try:
                seal_factor_anew(factor)
                done += 1
            except SealError as wrong:
                unread[wrong.key_id] += 1
        self.stdout.write(f"mfa_authenticator.data: {done} giá trị đã niêm phong lại · values sealed anew")


def stale(column: Column) -> models.QuerySet[Any]:
    """Rows whose seal or digest is not under the newest key."""
    seal_id, digest_id = sealed.newest()
    old = ~Q(seal_token__startswith=f"{seal_id}:")
    if column.digest:
        old |= ~Q(**{f"{column.digest.name}__startswith": f"{digest_id}:"})
    rows = column.model._base_manager.annotate(seal_token=Cast(F(column.field.name), models.TextField()))
    return rows.filter(old, **{f"{column.field.name}__isnull": False})


def reseal(column: Column, unread: Counter[str], progress: Progress, *, batch: int = BATCH) -> int:
    """Seal anew, in batches; how many were. What no key opens is counted in `unread` by its key and left as it is."""
    after: dict[str, Any] = {}
    done, left = 0, stale(column).count()
    while True:
        with transaction.atomic():
            # Locked until written, so that a number corrected at this moment is not put back.
            rows = list(stale(column).filter(**after).order_by("pk").select_for_update(of=("self",))[:batch])
            if not rows:
                return done
            opened = [anew for row in rows if (anew := _seal_anew(row, column, unread))]
            _write(column, opened)
            _derive(column, rows)
        done += len(opened)
        after = {"pk__gt": rows[-1].pk}
        progress(done, left)


def _seal_anew(row: models.Model, column: Column, unread: Counter[str]) -> tuple[Any, ...]:
    """Token, digest where there is one, and the row's key, as _write takes them; nothing when no key opens it."""
    try:
        text = getattr(row, column.field.attname).reveal()
    except SealError as wrong:
        unread[wrong.key_id] += 1
        return ()
    pk = column.model._meta.pk.get_db_prep_value(row.pk, connection)
    return (sealed.seal(text).token, *([sealed.digest(text)] if column.digest else []), pk)


def _write(column: Column, rows: list[tuple[Any, ...]]) -> None:
    """One short statement a row: bulk_update searches a list of all rows for each row, which took five times as long."""
    quote = connection.ops.quote_name
    table = quote(column.model._meta.db_table)
    *changed, key = (
        quote(str(field.column)) for field in (column.field, column.digest, column.model._meta.pk) if field
    )
    setting = ", ".join(f"{name} = %s" for name in changed)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {setting} WHERE {key} = %s", rows)  # noqa: S608


def _derive(column: Column, rows: list[Any]) -> None:
    """What was derived from the old digests follows in the same transaction: a person's own, and the keys of matching."""
    if column.model is Statement:
        under = f"{sealed.newest()[1]}:"
        standing.refresh(sorted({row.person_id for row in rows if not (row.digest or "").startswith(under)}))
