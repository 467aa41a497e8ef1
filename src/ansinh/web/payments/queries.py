"""Questions about the money: the ledger as an auditor takes it away, and what stands on its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from ansinh.core import ledger
from ansinh.web.payments.actions import instant
from ansinh.web.payments.models import HANDS, Entry, Line, Run

_CHUNK = 5_000


def balances() -> dict[str, int]:
    """Account → đồng debited less đồng credited, from the entries alone; no balance is kept anywhere."""
    found: dict[str, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, amount in Entry.objects.values_list(side).order_by(side).annotate(Sum("amount_vnd")):
            found[account] = found.get(account, 0) + sign * amount
    return {account: amount for account, amount in sorted(found.items()) if amount}


def exported(*, at: datetime, whose: str) -> Iterator[str]:
    """The ledger in the lines that `ansinh ledger verify` checks (core.ledger), in a transaction of the caller's."""
    yield "\t".join(("ledger", "1", instant(at), whose))
    for run in Run.objects.order_by("pk").values_list(
        "pk", *(f"{hand}_id" for hand in HANDS), "snapshot_hash", "law_hash"
    ):
        yield _record("run", *run)
    columns = (
        "pk",
        "run_id",
        "learner_id",
        "benefit",
        "month",
        "follows_id",
        "before_vnd",
        "due_vnd",
        "document",
        "cite",
    )
    for line in _read(Line.objects.order_by("pk").values_list(*columns, "decision")):
        yield _record("line", *line[:4], f"{line[4]:%Y-%m}", *line[5:])
    last, number = ledger.START, 0
    entries = Entry.objects.order_by("number").values_list(
        "number", "at", "by_id", "act", "run_id", "line_id", "debit", "credit", "amount_vnd", "hash"
    )
    for number, made, *rest, last in _read(entries):
        yield _record("entry", number, instant(made), *rest, last)
    for account, amount in balances().items():
        yield _record("balance", account, amount)
    yield _record("end", number, last)


def _read(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=_CHUNK)


def _record(*fields: object) -> str:
    return "\t".join("" if field is None else str(field) for field in fields)
