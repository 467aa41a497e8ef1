"""Accounts: who may sign in, what they were granted, the invitations that are out, and what was done to each account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.web.access import CLERK, ROLE_WORDS


class User(AbstractUser):
    """A person with an account. What they may do follows from the role, what they may see from their grants."""

    role = models.CharField(max_length=20, default=CLERK, choices=list(ROLE_WORDS.items()))
    full_name = models.CharField(max_length=100, blank=True)

    class Meta(AbstractUser.Meta):
        constraints = (models.CheckConstraint(name="user_role_is_known", condition=Q(role__in=list(ROLE_WORDS))),)

    def __str__(self) -> str:
        return self.full_name or self.username


class Grant(models.Model):
    """A school or an area that a person may see, from a day until another: read by `scope` alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    school = models.ForeignKey(
        "registry.School", null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    area = models.ForeignKey("registry.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="grant_is_of_a_school_or_an_area",
                condition=Q(school__isnull=True, area__isnull=False) | Q(school__isnull=False, area__isnull=True),
            ),
            models.CheckConstraint(name="grant_ends_after_it_begins", condition=Q(until__gt=F("since"))),
        )

    def __str__(self) -> str:
        return str(self.school or self.area)


class Invitation(models.Model):
    """A link with which the owner of an account sets its password: good once, until an instant, unless withdrawn.

    It is how an account is first taken up, and how one whose password was forgotten is let in again. The account carries
    the role and the grants. `by` is empty when the server's own command line invited.
    """

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(taken_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_stands_once",
            ),
            models.CheckConstraint(name="invitation_ends_after_it_begins", condition=Q(until__gt=F("at"))),
            models.CheckConstraint(
                name="invitation_is_taken_or_withdrawn",
                condition=Q(taken_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}, {self.at:%Y-%m-%d}"


class SavedList(models.Model):
    """A list of children as a person likes to see it: the filters, columns and order of the address bar, under a name.

    It holds no children: whoever opens it sees what is theirs to see on that day.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(removed_at__isnull=True), name="saved_list_named_once"
            ),
            models.CheckConstraint(name="saved_list_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class AccountAct(models.TextChoices):
    """What can be done to an account."""

    INVITED = "invited", _("Mời")
    INVITATION_WITHDRAWN = "invitation withdrawn", _("Thu hồi lời mời")
    INVITATION_TAKEN = "invitation taken", _("Nhận lời mời, đặt mật khẩu")
    PASSWORD_CHANGED = "password changed", _("Đổi mật khẩu")
    ROLE_CHANGED = "role changed", _("Đổi vai trò")
    GRANTED = "granted", _("Cấp phạm vi")
    GRANT_ENDED = "grant ended", _("Thôi cấp phạm vi")
    SUSPENDED = "suspended", _("Tạm dừng")
    RESTORED = "restored", _("Mở lại")
    FACTOR_ADDED = "factor added", _("Thêm bước xác thực thứ hai")
    FACTOR_REMOVED = "factor removed", _("Bỏ bước xác thực thứ hai")


class AccountEvent(models.Model):
    """The log of accounts: what was done to which account, by whom, when. Append-only.

    `by` is empty when the server's own command line did it. `what` is the role's code, or names the school or the area.
    """

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=20, choices=AccountAct.choices)
    what = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(name="account_act_is_known", condition=Q(act__in=AccountAct.values)),)

    def __str__(self) -> str:
        return f"{self.account}, {self.act}"

    @property
    def words(self) -> str:
        """`what` as people read it."""
        return str(ROLE_WORDS.get(self.what, self.what))
