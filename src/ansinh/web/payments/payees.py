"""Into which accounts children are paid: an uploaded list against what stands, and the records it adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ansinh.core.orders import PayTo
from ansinh.core.words import person_key
from ansinh.sheets import Intake, IntakeRow
from ansinh.sheets.payee_list import CASH
from ansinh.web.access import CLERK, SPECIALIST
from ansinh.web.payments.models import Payee
from ansinh.web.registry import bulk, sealed
from ansinh.web.registry.models import Person, User
from ansinh.web.registry.scope import scope_of

TEMPLATE = "payee_list"
RECORDERS = (CLERK, SPECIALIST)
_COLUMNS = ("learner_id", "since", "until", "holder", "bank", "account", "sha256", "sheet", "row", "by_id", "at")


class Kind(Enum):
    """What a row of the list would do. Only the first two add a record; what is in question is left to a person."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_FOUND = "not_found"  # No child within the scope has this code, or more than one.
    OTHER_NAME = "other_name"  # The code is of a child of another name.


@dataclass(frozen=True)
class Change:
    """One row of the list: what it would do, to whom, and what stood before (None: nothing, or cash)."""

    kind: Kind
    row: IntakeRow
    learner: int | None
    name: str
    since: date
    until: date | None
    before: PayTo | None
    after: PayTo | None


def difference(intake: Intake, *, by: User, at: datetime) -> list[Change]:
    """Each row of a list of accounts against what stands, in the rows' order. PermissionDenied for who may not bring one in."""
    if intake.template != TEMPLATE or by.role not in RECORDERS:
        raise PermissionDenied
    people: dict[str, list[Person]] = {}
    codes = sorted({str(row.values["learner_code"]) for row in intake.rows})
    for some in bulk.chunks(codes, 500):
        for person in scope_of(by).people().filter(code__in=some):
            people.setdefault(person.code, []).append(person)
    ids = [person.pk for found in people.values() for person in found]
    last = {payee.learner_id: payee for payee in standing(ids)}
    today = timezone.localdate(at)
    return [_change(row, people.get(str(row.values["learner_code"]), []), last, today) for row in intake.rows]


def record(*, intake: Intake, by: User, at: datetime) -> list[Change]:
    """Write a record for each new or changed row of a list, and give the whole difference; the same list again adds none."""
    with transaction.atomic():
        changes = difference(intake, by=by, at=at)
        added = [change for change in changes if change.kind in (Kind.NEW, Kind.CHANGED)]
        bulk.insert(Payee, _COLUMNS, [_row(change, intake.sha256, by, at) for change in added])
    return changes


def _row(change: Change, sha256: str, by: User, at: datetime) -> tuple[object, ...]:
    to = change.after
    account = (to.holder, to.bank, sealed.seal(to.account).token) if to else ("", "", None)
    return change.learner, change.since, change.until, *account, sha256, change.row.sheet, change.row.row, by.pk, at


def standing(learners: Iterable[int], *, known: datetime | None = None) -> list[Payee]:
    """The last record of each of these children that has one, as known at an instant (None: now)."""
    found: dict[int, Payee] = {}
    for some in bulk.chunks(sorted(learners)):
        records = Payee.objects.filter(learner__in=some)
        for payee in (records.filter(at__lte=known) if known else records).order_by("pk"):
            found[payee.learner_id] = payee
    return list(found.values())


def paid_to(records: Sequence[Payee], on: date) -> PayTo | None:
    """The account that is paid into on a day, of one child's records in the order they were written; None: in cash.

    The record written last holds on every day from its first on, so that what it says is not undone by an older one.
    """
    for payee in reversed(records):
        if payee.since <= on:
            return opened(payee) if payee.until is None or on < payee.until else None
    return None


def opened(payee: Payee) -> PayTo | None:
    """The account of a record, its seal opened; None when it says cash."""
    return PayTo(payee.holder, payee.bank, payee.account.reveal()) if payee.account else None


def _change(row: IntakeRow, people: list[Person], last: dict[int, Payee], today: date) -> Change:
    said, values = row.values["since"], row.values
    since = said if isinstance(said, date) else today
    until = values["until"] if isinstance(values["until"], date) else None
    cash = values["bank"] == CASH
    after = None if cash else PayTo(str(values["holder"]), str(values["bank"]), str(values["account"]))
    name = str(values.get("full_name") or "")
    if len(people) != 1:
        return Change(Kind.NOT_FOUND, row, None, name, since, until, None, after)
    (person,) = people
    payee = last.get(person.pk)
    before = opened(payee) if payee else None
    if name and person_key(name) != person_key(person.full_name):
        kind = Kind.OTHER_NAME
    elif payee is None:
        kind = Kind.UNCHANGED if after is None else Kind.NEW
    else:
        # Said again without a day, or of a day from which it holds already, it is no change.
        same = (before, payee.until) == (after, until) and payee.since <= since
        kind = Kind.UNCHANGED if same and (said is None or payee.since == since) else Kind.CHANGED
    return Change(kind, row, person.pk, person.full_name, since, until, before, after)
