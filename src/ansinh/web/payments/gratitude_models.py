"""The fund of gratitude and the care of Heroic Mothers: what was planned, agreed, collected, promised, given.

Nothing here is edited: what changes is said anew and the newest record holds; what was wrong is corrected by a record that
takes it back whole. gratitude_guards.py holds this in the databases. Only a Mother's own row may be brought up to date, and
each time a note says who did it, when and what.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.web.payments import gratitude_care as care
from ansinh.web.payments.gratitude_wage import Rounding
from ansinh.web.registry.models import Area, School, User


def _by() -> models.ForeignKey[User, User]:
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


def _corrects() -> models.OneToOneField[Any, Any]:
    """The record that this one takes back whole; each is taken back once at most."""
    return models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")


class Campaign(models.Model):
    """A year's campaign for the fund in an area, with the way in which one day's wage is reckoned."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    base_vnd = models.BigIntegerField()
    divisor = models.PositiveSmallIntegerField()
    step_vnd = models.PositiveIntegerField()
    rounding = models.CharField(
        max_length=7,
        choices=[
            (Rounding.DOWN.value, _("Làm tròn xuống")),
            (Rounding.NEAREST.value, _("Làm tròn gần nhất")),
            (Rounding.UP.value, _("Làm tròn lên")),
        ],
    )
    with_allowance = models.BooleanField()
    basis = models.CharField(max_length=300, blank=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["area", "year", "name"], name="campaign_once"),
            models.CheckConstraint(name="campaign_ends_after_it_begins", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="campaign_reckons_above_zero",
                condition=Q(base_vnd__gt=0) & Q(divisor__gt=0) & Q(step_vnd__gt=0),
            ),
            models.CheckConstraint(
                name="campaign_rounding_is_known", condition=Q(rounding__in=[one.value for one in Rounding])
            ),
        )

    def __str__(self) -> str:
        return self.name


class FundPlan(models.Model):
    """What a unit is to reach in a campaign, and the fund that receives its money; the newest record holds."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="plans")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    plan_vnd = models.BigIntegerField()
    fund = models.CharField(max_length=200)
    account = models.CharField(max_length=100, blank=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(name="plan_is_not_below_zero", condition=Q(plan_vnd__gte=0)),)

    def __str__(self) -> str:
        return f"{self.campaign_id}, {self.school_id}: {self.plan_vnd}"


class Choice(models.TextChoices):
    AGREED = "agreed", _("Đồng ý đóng góp")
    DECLINED = "declined", _("Không tham gia")
    LEFT_OUT = "left out", _("Thuộc diện không vận động")


class FundAnswer(models.Model):
    """What a member of the staff said when asked: their own amount, or nothing; the newest record holds.

    Why somebody is not asked at all is not kept: it may be an illness or a disability.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="answers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    member = models.UUIDField(db_index=True)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    amount_vnd = models.BigIntegerField(default=0)
    consent_on = models.DateField(null=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="answer_is_known", condition=Q(choice__in=Choice.values)),
            models.CheckConstraint(
                name="answer_has_amount_and_consent_when_agreed",
                condition=Q(choice=Choice.AGREED, amount_vnd__gt=0, consent_on__isnull=False)
                | (~Q(choice=Choice.AGREED) & Q(amount_vnd=0, consent_on__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id}, {self.member}: {self.choice}"


class FundAct(models.TextChoices):
    RECEIVED = "received", _("Phiếu thu")
    REMITTED = "remitted", _("Nộp về Quỹ")
    ACKNOWLEDGED = "acknowledged", _("Biên nhận của Ban Quản lý Quỹ")


class FundEntry(models.Model):
    """Money of a unit in a campaign: taken in from a contributor, paid to the fund, or acknowledged by the fund's board.

    number: from 1 without a gap, for each kind of a unit. of: what was remitted, where the board acknowledges it. who, post:
    the contributor as they were then, or the fund and its account. corrects: takes that entry back, its amount below zero.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=12, choices=FundAct.choices)
    number = models.PositiveIntegerField()
    member = models.UUIDField(null=True)
    who = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=100, blank=True)
    amount_vnd = models.BigIntegerField()
    on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="acknowledged_by")
    corrects = _corrects()
    reason = models.CharField(max_length=300, blank=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "school", "act", "number"], name="fund_entry_numbered_once"),
            models.CheckConstraint(name="fund_act_is_known", condition=Q(act__in=FundAct.values)),
            models.CheckConstraint(
                name="fund_entry_is_above_zero_or_corrects",
                condition=Q(amount_vnd__gt=0, corrects__isnull=True)
                | (Q(amount_vnd__lt=0, corrects__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="fund_entry_is_of_a_member_when_received",
                condition=Q(act=FundAct.RECEIVED, member__isnull=False)
                | (~Q(act=FundAct.RECEIVED) & Q(member__isnull=True)),
            ),
            models.CheckConstraint(
                name="fund_entry_acknowledges_a_remittance",
                condition=Q(act=FundAct.ACKNOWLEDGED, of__isnull=False)
                | (~Q(act=FundAct.ACKNOWLEDGED) & Q(of__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.number}: {self.amount_vnd}"


class Mother(models.Model):
    """A Heroic Mother. Address, carer and health are for the officers who look after her; a name is public by consent alone."""

    full_name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    title_decision = models.CharField(max_length=100, blank=True)
    title_on = models.DateField(null=True)
    carer = models.CharField(max_length=120, blank=True)
    carer_phone = models.CharField(max_length=20, blank=True)
    health = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(default=False)
    died_on = models.DateField(null=True)

    class Meta:
        ordering = ("full_name", "pk")

    def __str__(self) -> str:
        return self.full_name


class MotherNote(models.Model):
    """That something was written of a Mother, by whom and when."""

    mother = models.ForeignKey(Mother, on_delete=models.PROTECT, related_name="notes")
    what = models.CharField(max_length=300)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.what


class Commitment(models.Model):
    """That a sponsor took it upon itself to care for a Mother, from a day. follows: the one it took over from."""

    mother = models.ForeignKey(Mother, on_delete=models.PROTECT, related_name="commitments")
    sponsor = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    certificate = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("since", "pk")
        constraints = (models.CheckConstraint(name="commitment_has_a_sponsor", condition=~Q(sponsor="")),)

    def __str__(self) -> str:
        return self.sponsor


class CommitmentTerms(models.Model):
    """The amount of a period, how many months a period has, and whose money it is, from a month on.

    sources: [whose, đồng] pairs that come to the amount.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    amount_vnd = models.BigIntegerField()
    cycle_months = models.PositiveSmallIntegerField()
    sources = models.JSONField(default=list)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="terms_are_above_zero", condition=Q(amount_vnd__gt=0) & Q(cycle_months__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.since}: {self.amount_vnd}"


class Turn(models.TextChoices):
    SUSPEND = care.SUSPEND, _("Tạm dừng")
    RESUME = care.RESUME, _("Tiếp tục")
    CLOSE = care.CLOSE, _("Kết thúc")
    REOPEN = care.REOPEN, _("Mở lại")


class CommitmentTurn(models.Model):
    """That a commitment was suspended, resumed, closed or opened again, from a day, and why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=7, choices=Turn.choices)
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="turn_is_known", condition=Q(kind__in=Turn.values)),
            models.CheckConstraint(name="turn_has_a_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class CarePayment(models.Model):
    """Money that reached a Mother for the period that begins in a month, with its evidence.

    month: its first day. reference: who signed for it, or the bank's number. evidence: a picture or a paper, as it came.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="payments")
    month = models.DateField()
    amount_vnd = models.BigIntegerField()
    on = models.DateField()
    payer = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=200)
    evidence = models.BinaryField(null=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    corrects = _corrects()
    reason = models.CharField(max_length=300, blank=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("month", "pk")
        constraints = (
            models.CheckConstraint(
                name="care_is_above_zero_or_corrects",
                condition=Q(amount_vnd__gt=0, corrects__isnull=True)
                | (Q(amount_vnd__lt=0, corrects__isnull=False) & ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.month}: {self.amount_vnd}"


class Occasion(models.TextChoices):
    TET = "tet", _("Tết Nguyên đán")
    JULY_27 = "27-7", _("Ngày Thương binh – Liệt sĩ 27/7")
    MARCH_8 = "8-3", _("Ngày Quốc tế Phụ nữ 8/3")
    OCTOBER_20 = "20-10", _("Ngày Phụ nữ Việt Nam 20/10")
    BIRTHDAY = "birthday", _("Sinh nhật, mừng thọ")
    ILLNESS = "illness", _("Khi ốm đau")
    FUNERAL = "funeral", _("Tang lễ")
    WORK = "work", _("Công trình: nhà, sửa chữa, nước sạch")
    OTHER = "other", _("Dịp khác")


class CareGift(models.Model):
    """A visit with what was brought, or a work given: cash and the value of things, either may be nothing."""

    mother = models.ForeignKey(Mother, on_delete=models.PROTECT, related_name="gifts")
    occasion = models.CharField(max_length=8, choices=Occasion.choices)
    on = models.DateField()
    giver = models.CharField(max_length=200)
    what = models.CharField(max_length=300, blank=True)
    cash_vnd = models.BigIntegerField(default=0)
    things_vnd = models.BigIntegerField(default=0)
    corrects = _corrects()
    reason = models.CharField(max_length=300, blank=True)
    by = _by()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(name="occasion_is_known", condition=Q(occasion__in=Occasion.values)),
            models.CheckConstraint(
                name="gift_is_not_below_zero_or_corrects",
                condition=Q(cash_vnd__gte=0, things_vnd__gte=0, corrects__isnull=True)
                | (Q(cash_vnd__lte=0, things_vnd__lte=0, corrects__isnull=False) & ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on}: {self.occasion}"
