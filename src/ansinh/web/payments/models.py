"""Runs of payments, their lines and the ledger, with what the database itself refuses.

A month of a benefit of a child is paid by a chain of lines: the first pays it, and each that follows brings what was paid
before to what is due now, as arrears or as clawback. A line is live from approval on. That the chain has one beginning and
never forks is what *paid exactly once* means here, and two unique constraints hold it. An entry moves đồng from one account
to another, so that the ledger sums to zero by its form. What a constraint cannot say, guards.py says in triggers.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

# Django finds the tables of an app in this module alone.
from ansinh.web.payments import gratitude_models as gratitude_models
from ansinh.web.payments.paying_models import Answer as Answer
from ansinh.web.payments.paying_models import BankStatement as BankStatement
from ansinh.web.payments.paying_models import Payee as Payee
from ansinh.web.registry.models import Person, School, User


class State(models.TextChoices):
    DRAWN_UP = "drawn_up", "Đã lập"
    CHECKED = "checked", "Đã kiểm tra"
    APPROVED = "approved", "Đã duyệt"
    SENT = "sent", "Đã chi"
    RECONCILED = "reconciled", "Đã đối chiếu"
    CLOSED = "closed", "Đã khóa"
    RETURNED = "returned", "Trả lại người lập"
    CANCELLED = "cancelled", "Đã hủy"
    TAKEN_BACK = "taken_back", "Đã rút duyệt"


# Every move a run may make; where none leads on, the run has ended.
MOVES: dict[State, tuple[State, ...]] = {
    State.DRAWN_UP: (State.CHECKED, State.RETURNED, State.CANCELLED),
    State.CHECKED: (State.APPROVED, State.RETURNED, State.CANCELLED),
    State.APPROVED: (State.SENT, State.TAKEN_BACK),
    State.SENT: (State.RECONCILED,),
    State.RECONCILED: (State.CLOSED,),
}
HANDS = ("drawn_up_by", "checked_by", "approved_by", "sent_by")  # Four people, no two the same.


class Act(models.TextChoices):
    """What an entry of the ledger does; `core.ledger` says what each moves."""

    APPROVE = "approve", "Duyệt"
    TAKE_BACK = "take_back", "Rút duyệt"
    SEND = "send", "Chi"
    NET = "net", "Trừ khoản phải thu hồi"
    RETURN = "return", "Bị trả lại"
    SETTLE = "settle", "Ngân hàng xác nhận"


def _person(name: str, *, null: bool = True) -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(User, null=null, on_delete=models.PROTECT, related_name=f"runs_{name}")


class Run(models.Model):
    """What one school's children are owed up to a month, drawn up once: the key is made of the facts and the law.

    snapshot: the facts decided from, as a zip of tables; snapshot_hash and law_hash: SHA-256 of those and of the law.
    """

    key = models.CharField(max_length=64, unique=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="runs")
    year = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN_UP)
    snapshot = models.BinaryField()
    snapshot_hash = models.CharField(max_length=64)
    law_hash = models.CharField(max_length=64)
    drawn_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="runs_drawn_up")
    checked_by = _person("checked")
    approved_by = _person("approved")
    sent_by = _person("sent")

    class Meta:
        constraints = (
            models.CheckConstraint(name="run_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="run_state_is_known", condition=Q(state__in=State.values)),
            *(
                models.CheckConstraint(
                    name=f"run_{one[:-3]}_and_{other[:-3]}_by_two",
                    condition=~Q(**{one: F(other)}) | Q(**{f"{other}__isnull": True}) | Q(**{f"{one}__isnull": True}),
                )
                for place, one in enumerate(HANDS)
                for other in HANDS[place + 1 :]
            ),
            models.CheckConstraint(
                name="run_checked_by_somebody",
                condition=Q(checked_by__isnull=False) | Q(state__in=(State.DRAWN_UP, State.RETURNED, State.CANCELLED)),
            ),
            models.CheckConstraint(
                name="run_approved_by_somebody",
                condition=Q(approved_by__isnull=False)
                | Q(state__in=(State.DRAWN_UP, State.CHECKED, State.RETURNED, State.CANCELLED)),
            ),
            models.CheckConstraint(
                name="run_sent_by_somebody",
                condition=Q(sent_by__isnull=False) | ~Q(state__in=(State.SENT, State.RECONCILED, State.CLOSED)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}, {self.since}, {self.get_state_display()}"


class Move(models.Model):
    """That a run came into a state: who, when, and why where it needs a reason. Append-only."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.state}"


class Line(models.Model):
    """What one child is due for one benefit in one month, in whole đồng, and what had been paid of it before.

    month: its first day. follows: the live line that last said what was due. decision: SHA-256 of the decision it rests on.
    Only `live` ever changes.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=60)
    month = models.DateField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    before_vnd = models.BigIntegerField(default=0)
    due_vnd = models.BigIntegerField()
    document = models.CharField(max_length=80)
    cite = models.CharField(max_length=40)
    decision = models.CharField(max_length=64)
    live = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "learner", "benefit", "month"], name="line_once_a_run"),
            models.UniqueConstraint(
                fields=["learner", "benefit", "month"],
                condition=Q(live=True, follows__isnull=True),
                name="month_paid_once",
            ),
            models.UniqueConstraint(
                fields=["follows"], condition=Q(live=True, follows__isnull=False), name="line_followed_once"
            ),
            models.CheckConstraint(name="line_changes_something", condition=~Q(before_vnd=F("due_vnd"))),
            models.CheckConstraint(
                name="line_amounts_are_not_below_zero", condition=Q(before_vnd__gte=0) & Q(due_vnd__gte=0)
            ),
            models.CheckConstraint(
                name="first_line_begins_at_zero", condition=Q(before_vnd=0) | Q(follows__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.benefit}, {self.month}"

    @property
    def amount_vnd(self) -> int:
        """Above zero what is to be paid; below zero what was paid too much."""
        return self.due_vnd - self.before_vnd


class Entry(models.Model):
    """So many đồng from the account credited to the account debited; each entry carries the hash of all before it.

    number: from 1, without a gap. hash: see `core.ledger`. Append-only.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=9, choices=Act.choices)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="entries")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="entries")
    debit = models.CharField(max_length=120)
    credit = models.CharField(max_length=120)
    amount_vnd = models.BigIntegerField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(name="entry_amount_is_above_zero", condition=Q(amount_vnd__gt=0)),
            models.CheckConstraint(name="entry_moves_between_two_accounts", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(name="entry_act_is_known", condition=Q(act__in=Act.values)),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.amount_vnd}"
