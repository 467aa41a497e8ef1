"""What came of the orders: a bank's statement taken as a person accepted it, cash that was signed for, and what is sent again.

Each order is answered once, and each verb is one transaction: the ledger and the answer stand together or not at all.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q

from ansinh.core.orders import Order, Way, read_reference, references_in
from ansinh.core.reconcile import Kind, Match, Place, matched
from ansinh.sheets import Intake
from ansinh.sheets.bank_statement import said
from ansinh.web.payments import actions, orders
from ansinh.web.payments.actions import MAY, PaymentError
from ansinh.web.payments.models import Act, Answer, BankStatement, Line, Run, State
from ansinh.web.registry import sealed
from ansinh.web.registry.models import User

TEMPLATE = "bank_statement"


@dataclass(frozen=True)
class Taken:
    """What taking a statement did: orders confirmed, orders come back, and rows that had been taken before."""

    statement: int
    paid: int
    returned: int
    before: int


def read_statement(intake: Intake, *, by: User, runs: Collection[Run] | None = None) -> list[Match]:
    """Each row of a statement against the orders of a person's schools: runs that are sent, and those the rows name.

    runs: only these, of those within the scope. A run of another's school is not ours, whatever the row says.
    """
    if intake.template != TEMPLATE or by.role not in MAY[State.RECONCILED]:
        raise PermissionDenied
    rows = said(intake)
    named = {read_reference(text) for row in rows for text in references_in(row.text)}
    ids = {parts[0] for parts in named if parts}
    ours = orders.within(by).filter(Q(state=State.SENT) | Q(pk__in=ids))
    if runs is not None:
        ours = ours.filter(pk__in=[run.pk for run in runs])
    return matched(rows, orders.of_runs(ours))


def take_statement(
    *,
    intake: Intake,
    accept: Collection[Place],
    chosen: Mapping[Place, str] | None = None,
    by: User,
    at: datetime,
) -> Taken:
    """Keep a statement and apply the rows a person accepted: what was paid is settled, what came back is bounced.

    accept: rows that match. chosen: doubtful rows with the reference a person says they mean. A row that was taken before, or
    whose order was answered, changes nothing. PaymentError for a row that can be neither, and then nothing is taken.
    """
    chosen = chosen or {}
    if intake.refused:
        raise PaymentError("Tệp sao kê không đọc được.", "The statement cannot be read.")
    with transaction.atomic():
        actions.lock()
        matches = {match.said.place: match for match in read_statement(intake, by=by)}
        statement = _kept(intake, by, at)
        had = set(statement.answers.values_list("sheet", "row"))
        before, found = 0, []
        for place in dict.fromkeys((*accept, *chosen)):
            match = matches.get(place)
            order = None if place in had else _accepted(match, place, chosen.get(place))
            if match is None or order is None:
                before += 1
            else:
                found.append((order, match))
        answers = [_answer(order, match, statement, match.said.place in chosen) for order, match in found]
        paid = [order for order, match in found if match.said.paid]
        returned = [order for order, match in found if not match.said.paid]
        _each_once(order for order, _match in found)
        _apply(paid, returned, answers, by, at)
    return Taken(statement.pk, len(paid), len(returned), before)


def sign(*, run: Run, learners: Collection[int], on: date, by: User, at: datetime) -> int:
    """These children of a run's cash list signed for their money on a day: exactly their orders are settled; how many were.

    Who signed before is passed over. PaymentError for a child who is not paid in cash by this run.
    """
    with transaction.atomic():
        actions.lock()
        held = orders.within(by).filter(pk=run.pk).first()
        if held is None:
            raise PermissionDenied
        now = {order.learner: order for order in orders.orders(held) if order.way is not Way.TO_SEND}
        wrong = [pk for pk in learners if pk not in now or now[pk].pay_to is not None or not now[pk].amount_vnd]
        if wrong:
            raise PaymentError(
                f"{len(wrong)} em không có trong danh sách chi tiền mặt của đợt này; chưa ghi nhận em nào.",
                f"{len(wrong)} children are not on the cash list of this run; nobody was recorded.",
            )
        came_back = [pk for pk in learners if now[pk].way is Way.RETURNED]
        if came_back:
            raise PaymentError(
                f"Khoản của {len(came_back)} em đã bị trả lại; hãy chi lại trước khi ký nhận.",
                f"The money of {len(came_back)} children came back; send it again before they sign.",
            )
        paid = [now[pk] for pk in dict.fromkeys(learners) if now[pk].way is Way.SENT]
        answers = [
            Answer(run_id=run.pk, learner_id=one.learner, reference=one.reference, amount_vnd=one.amount_vnd, paid=True, on=on)
            for one in paid
        ]  # fmt: skip
        _apply(paid, [], answers, by, at)
    return len(paid)


def resend(*, run: Run, learners: Collection[int] | None = None, by: User, at: datetime) -> list[Order]:
    """Send again what came back of a run (None: all of it), by who sent it; the orders now on the way, with new references."""
    with transaction.atomic():
        actions.lock()
        held = orders.within(by).filter(pk=run.pk).first()
        if held is None:
            raise PermissionDenied
        if held.sent_by_id != by.pk:
            raise PaymentError("Chỉ người đã chi đợt này mới chi lại.", "Only who sent this run sends it again.")
        back = [
            one
            for one in orders.orders(held)
            if one.way is Way.RETURNED and (learners is None or one.learner in learners)
        ]
        actions.resend(lines=_lines(back, out=False), by=by, at=at)
        again = {order.learner for order in back}
        return [order for order in orders.orders(held) if order.learner in again and order.way is Way.SENT]


def settle_kept_back(*, run: Run, by: User, at: datetime) -> int:
    """Confirm the payments of a sent run that were kept back whole, of which no bank will tell; how many there were."""
    with transaction.atomic():
        actions.lock()
        held = orders.within(by).filter(pk=run.pk).first()
        if held is None:
            raise PermissionDenied
        whole = [one for one in orders.orders(held) if one.way is Way.SENT and one.amount_vnd == 0]
        _apply(whole, [], [], by, at)
    return len(whole)


def _kept(intake: Intake, by: User, at: datetime) -> BankStatement:
    """The statement of these bytes, kept when it was not."""
    about: dict[str, Any] = {
        "filename": intake.filename[:255],
        "original": sealed.seal(base64.b64encode(intake.original).decode()),
        "rows_read": len(intake.rows),
        "by": by,
        "at": at,
    }
    return BankStatement.objects.get_or_create(sha256=intake.sha256, defaults=about)[0]


def _accepted(match: Match | None, place: Place, reference: str | None) -> Order | None:
    """The order a row is taken for; None when that was answered before. PaymentError when it is no row to be taken."""
    if match is not None and match.kind is Kind.ALREADY:
        return None
    if match is not None and reference is None and match.kind in (Kind.PAID, Kind.RETURNED):
        return match.orders[0]
    if match is not None and reference is not None and match.kind is Kind.DOUBTFUL:
        for order in match.orders:
            if order.reference == reference:
                return order
    sheet, row = place
    raise PaymentError(
        f"Trang “{sheet}”, dòng {row} không khớp lệnh chi nào; hãy xem lại dòng này. Chưa ghi nhận gì.",
        f"Sheet “{sheet}”, row {row} matches no order; look at this row again. Nothing was taken.",
    )


def _each_once(taken: Iterable[Order]) -> None:
    seen: set[str] = set()
    for order in taken:
        if order.reference in seen:
            raise PaymentError(
                f"Hai dòng cùng được nhận cho lệnh chi {order.reference}; hãy chọn một. Chưa ghi nhận gì.",
                f"Two rows were accepted for the order {order.reference}; choose one. Nothing was taken.",
            )
        seen.add(order.reference)


def _answer(order: Order, match: Match, statement: BankStatement, chosen: bool) -> Answer:
    row = match.said
    return Answer(
        run_id=order.run, learner_id=order.learner, reference=order.reference, amount_vnd=order.amount_vnd, paid=row.paid,
        on=row.on, reason=row.reason[:300], statement=statement, sheet=row.place[0], row=row.place[1], chosen=chosen,
    )  # fmt: skip


def _apply(paid: list[Order], returned: list[Order], answers: list[Answer], by: User, at: datetime) -> None:
    if returned:
        actions.bounce(lines=_lines(returned), by=by, at=at)
    if paid:
        actions.settle(lines=_lines(paid), by=by, at=at)
    for answer in answers:
        answer.by, answer.at = by, at
    Answer.objects.bulk_create(answers)


def _lines(found: Iterable[Order], *, out: bool = True) -> list[Line]:
    """The lines of orders that are on the way (out), or that came back; those the bank has confirmed are neither."""
    ids = [pk for order in found for pk in order.lines]
    sent, back, paid = (Count("entries", filter=Q(entries__act=act)) for act in (Act.SEND, Act.RETURN, Act.SETTLE))
    lines = Line.objects.filter(pk__among=ids).annotate(sent=sent, back=back, paid=paid).filter(paid=0)
    return list(lines.filter(sent__gt=F("back")) if out else lines.filter(sent=F("back")))
