"""Who is paid into which account, and what was answered of each order: by a bank's statement, or by signing for cash.

All three are only ever added to (guards.PAYING). Where a number of an account stands, it stands under seal.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.web.registry.models import Person, User
from ansinh.web.registry.sealed import SealedTextField


class Payee(models.Model):
    """Into which account a child is paid from a day until another; without an account (`bank` empty) in cash.

    The record written last holds on every day from its `since` on. sha256, sheet, row: the file it came from and where.
    """

    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    holder = models.CharField(max_length=140, blank=True)
    bank = models.CharField(max_length=6, blank=True)
    account = SealedTextField(null=True)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="payee_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="payee_is_whole_or_cash",
                condition=(Q(bank="") & Q(holder="") & Q(account__isnull=True))
                | (~Q(bank="") & ~Q(holder="") & Q(account__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.since}"


class BankStatement(models.Model):
    """A bank's statement, once, by the hash of its bytes. `original`: those bytes in base64, sealed: accounts stand in them."""

    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(max_length=255)
    original = SealedTextField()
    rows_read = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename


class Answer(models.Model):
    """What was answered of one order, once: paid or returned, on a day, by a row of a statement or by signing for cash.

    chosen: a person said which order the row means. Returned and sent again, an order has another reference.
    """

    run = models.ForeignKey("payments.Run", on_delete=models.PROTECT, related_name="answers")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=16, unique=True)
    amount_vnd = models.BigIntegerField()
    paid = models.BooleanField()
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    statement = models.ForeignKey(BankStatement, null=True, on_delete=models.PROTECT, related_name="answers")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True)
    chosen = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["statement", "sheet", "row"], name="statement_row_taken_once"),
            models.CheckConstraint(
                name="answer_of_a_row_or_of_cash",
                condition=(Q(statement__isnull=True) & Q(row__isnull=True) & Q(paid=True))
                | (Q(statement__isnull=False) & Q(row__isnull=False)),
            ),
            models.CheckConstraint(name="answer_amount_is_above_zero", condition=Q(amount_vnd__gt=0)),
        )

    def __str__(self) -> str:
        return self.reference
