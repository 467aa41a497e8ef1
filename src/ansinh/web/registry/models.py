"""Facts, and the database constraints that guard them."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from ansinh.core.tables import LEVEL
from ansinh.web.access import CLERK, SPECIALIST

models.CharField.register_lookup(Length)


class Area(models.Model):
    """A commune or ward from 1 July 2025, by its official five-digit code."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    province_code = models.CharField(max_length=2)

    class Meta:
        ordering = ("code",)
        constraints = (models.CheckConstraint(name="area_code_has_five_digits", condition=Q(code__length=5)),)

    def __str__(self) -> str:
        return self.name


# Universities and their preparatory schools are not schools of the Department.
SCHOOL_LEVELS = tuple(code for code in LEVEL.codes if code.value <= LEVEL.vocational)


class School(models.Model):
    """A school, by its code in the ministry's sector database."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=[(code.value, code.vi) for code in SCHOOL_LEVELS])
    public = models.BooleanField(default=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="schools")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(name="school_code_is_not_empty", condition=Q(code__length__gte=8)),
            models.CheckConstraint(
                name="school_level_is_known", condition=Q(level__in=[code.value for code in SCHOOL_LEVELS])
            ),
        )

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account: a clerk works for the schools listed, a specialist of the department reads all."""

    role = models.CharField(
        max_length=20,
        default=CLERK,
        choices=[(CLERK, "Văn thư trường"), (SPECIALIST, "Chuyên viên Sở")],
    )
    full_name = models.CharField(max_length=100, blank=True)
    schools = models.ManyToManyField(School, blank=True, related_name="clerks")

    class Meta(AbstractUser.Meta):
        constraints = (models.CheckConstraint(name="user_role_is_known", condition=Q(role__in=[CLERK, SPECIALIST])),)

    def __str__(self) -> str:
        return self.full_name or self.username


class Upload(models.Model):
    """A file as it came, byte for byte, and what reading it found.

    The same bytes for the same school are one upload, however often they are sent. Nothing is deleted: an upload that was a
    mistake is withdrawn, and can be restored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="uploads")
    template = models.CharField(max_length=100)
    filename = models.CharField(max_length=255)
    original = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    rows_read = models.PositiveIntegerField()
    faults = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=["school", "template", "sha256"], name="upload_once_per_school"),
            models.CheckConstraint(name="upload_hash_is_sha256", condition=Q(sha256__length=64)),
            models.CheckConstraint(name="upload_is_not_empty", condition=Q(size_bytes__gt=0)),
            models.CheckConstraint(
                name="upload_withdrawn_by_someone_at_some_time",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def to_mend(self) -> int:
        """How many faults ask for a correction; notes only ask for a look."""
        return sum(fault["severity"] != "note" for fault in self.faults)
