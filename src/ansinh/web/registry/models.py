"""Facts, and the database constraints that guard them.

Three layers. What was said: `Upload` (a file as it came), `Batch` (what a person accepted of it, undoable whole) and
`Statement` (what one row said of one person, from a day until another). What is kept beside it: areas, schools, and
accounts (account_models.py). And what is derived from the statements that stand, made anew by `refresh`: the current columns
of `Person`, `Enrolment` and `MatchKey`. Derived rows may be deleted and made again at any time; statements are never edited.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from ansinh.core.tables import FACTS, LEVEL, SCHOOL_KIND, FactDef, Kind
from ansinh.web.registry.account_models import AccountAct as AccountAct
from ansinh.web.registry.account_models import AccountEvent as AccountEvent
from ansinh.web.registry.account_models import Grant as Grant
from ansinh.web.registry.account_models import Invitation as Invitation
from ansinh.web.registry.account_models import SavedList as SavedList
from ansinh.web.registry.account_models import User as User
from ansinh.web.registry.doubt_models import Doubt as Doubt
from ansinh.web.registry.sealed import DigestField, SealedTextField

models.CharField.register_lookup(Length)


class AreaLevel(models.TextChoices):
    PROVINCE = "province", "Tỉnh, thành phố"
    DISTRICT = "district", "Huyện, quận, thị xã (đến 30/6/2025)"
    COMMUNE = "commune", "Xã, phường, thị trấn, đặc khu"
    HAMLET = "hamlet", "Thôn, ấp, khóm"


class Area(models.Model):
    """A province, district, commune or hamlet while it existed: half-open days, an empty `until` is today's map.

    Official codes are used again after a merger, so that a unit is a code and the day it began.
    """

    code = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=AreaLevel.choices, default=AreaLevel.COMMUNE)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code", "since")
        constraints = (
            models.UniqueConstraint(fields=["level", "code", "since"], name="area_once_a_day"),
            models.CheckConstraint(name="area_code_is_not_empty", condition=Q(code__length__gte=2)),
            models.CheckConstraint(name="area_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="area_level_is_known", condition=Q(level__in=AreaLevel.values)),
        )

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of an area: the one that took over all of it, or a part of it, on a day."""

    old = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="origins")
    on = models.DateField()
    whole = models.BooleanField(help_text="Toàn bộ, không phải một phần")
    basis = models.CharField(max_length=100)

    class Meta:
        ordering = ("old", "new")
        constraints = (
            models.UniqueConstraint(fields=["old", "new", "on"], name="succession_once"),
            models.CheckConstraint(name="succession_leads_on", condition=~Q(old=F("new"))),
        )

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


SHORTEST_SCHOOL_CODE = 8  # In the ministry's sector database; a shorter one has lost its zeros.
# Universities and their preparatory schools are not schools of the Department.
SCHOOL_LEVELS = tuple(code for code in LEVEL.codes if code.value <= LEVEL.vocational)


class SchoolColumns(models.Model):
    """What is said of a school, of today in `School`, of any day in `SchoolFact`."""

    name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=[(code.value, code.vi) for code in SCHOOL_LEVELS])
    public = models.BooleanField(default=True)
    kind = models.PositiveSmallIntegerField(
        choices=[(code.value, code.vi) for code in SCHOOL_KIND.codes], default=SCHOOL_KIND.ordinary
    )
    industrial_zone = models.BooleanField(default=False)
    authority = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class School(SchoolColumns):
    """A school, by its code in the ministry's sector database, as it is on the newest day we know of."""

    code = models.CharField(max_length=10, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="schools")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="school_code_is_not_empty", condition=Q(code__length__gte=SHORTEST_SCHOOL_CODE)
            ),
            models.CheckConstraint(
                name="school_level_is_known", condition=Q(level__in=[code.value for code in SCHOOL_LEVELS])
            ),
        )

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file as it came, byte for byte, and what reading it found.

    The same bytes for the same school or area are one upload, however often they are sent. Nothing is deleted: an upload that
    was a mistake is withdrawn, and can be restored. A list of a school has a school; a list of a commune, or of the province,
    has an area.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads")
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
            models.UniqueConstraint(fields=["area", "template", "sha256"], name="upload_once_per_area"),
            models.CheckConstraint(
                name="upload_is_of_a_school_or_an_area",
                condition=Q(school__isnull=True, area__isnull=False) | Q(school__isnull=False, area__isnull=True),
            ),
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


class Batch(models.Model):
    """What one person accepted at one time: rows of an upload, or a school year's end. Undone whole, never deleted.

    `since` and `until` are the days between which the accepted facts hold. `places` names, for each sheet, the column of each
    fact, so that a statement need only keep its row.
    """

    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="batches")
    template = models.CharField(max_length=100)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="batches")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="batches")
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Năm mở đầu năm học")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="batches")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                name="batch_undone_by_someone_at_some_time",
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
            models.CheckConstraint(name="batch_undone_after_it_was_accepted", condition=Q(undone_at__gte=F("at"))),
            models.CheckConstraint(name="batch_ends_after_it_begins", condition=Q(until__gt=F("since"))),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.at:%Y-%m-%d}"


class Person(models.Model):
    """One human being. Every column but `joined_into` is derived from the statements that stand, by `refresh`.

    name_words: the folded words of the name, for searching. name_sort: orders by given name, as class lists do.
    digest: keyed hash of the identity number, for exact look-up. standing: whether any statement stands.
    """

    code = models.CharField(max_length=30, blank=True, db_index=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    full_name = models.CharField(max_length=120, blank=True)
    name_words = models.CharField(max_length=120, blank=True)
    name_sort = models.CharField(max_length=500, blank=True)
    birth_date = models.DateField(null=True, blank=True, db_index=True)
    sex = models.CharField(max_length=6, blank=True)
    father = models.CharField(max_length=120, blank=True)
    mother = models.CharField(max_length=120, blank=True)
    standing = models.BooleanField(default=False)
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined", db_index=False
    )

    class Meta:
        # Of the few who are joined alone: an index of everybody is what SQLite would take to find those who are not.
        indexes = (models.Index(fields=["joined_into"], condition=Q(joined_into__isnull=False), name="person_joined"),)

    def __str__(self) -> str:
        return self.full_name


class Household(models.Model):
    """A household that a commune lists or a school names; who belongs to it, and its status, stand in statements."""

    key = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="households")
    head = models.CharField(max_length=120, blank=True)
    hamlet = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.code or self.key


class Statement(models.Model):
    """What one row said of one person: an empty column says nothing. Append-only; it stands while its batch does.

    The columns of `core.tables.FACTS` follow below the class, one for each fact a rule may read. `months` is the study mask
    of the school year (core.dates), `outcome` how the year ended. `cells` keeps only cells elsewhere than `places` say.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="statements")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    cells = models.JSONField(null=True, blank=True)
    full_name = models.CharField(max_length=120, null=True, blank=True)
    sex = models.CharField(max_length=6, null=True, blank=True)
    code = models.CharField(max_length=30, null=True, blank=True)
    sealed_identity = SealedTextField(null=True)
    digest = DigestField(of="sealed_identity")
    father = models.CharField(max_length=120, null=True, blank=True)
    mother = models.CharField(max_length=120, null=True, blank=True)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    class_name = models.CharField(max_length=60, null=True, blank=True)
    enrolled = models.BooleanField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=9, null=True, blank=True)
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")

    class Meta:
        constraints = (
            models.CheckConstraint(name="statement_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="statement_enrols_in_a_school_and_a_year",
                condition=Q(school__isnull=True, year__isnull=True) | Q(school__isnull=False, year__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.since}"


def _column(fact: FactDef) -> models.Field[Any, Any]:
    """The database column of a fact; empty means that the statement says nothing of it."""
    match fact.kind:
        case Kind.BOOL:
            return models.BooleanField(null=True, blank=True)
        case Kind.DATE:
            return models.DateField(null=True, blank=True)
        case Kind.INT:
            return models.IntegerField(null=True, blank=True)
        case Kind.CODE:
            return models.PositiveSmallIntegerField(null=True, blank=True)


for _fact in FACTS.values():
    _column(_fact).contribute_to_class(Statement, _fact.name)


class Enrolment(models.Model):
    """Derived: a person on a school's list of a year, with what lists sort and filter by. `left`: struck off the list.

    The facts are those of `standing.of_list`; empty: nothing is said. name_sort: as the person's.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="enrolments")
    year = models.PositiveSmallIntegerField()
    class_name = models.CharField(max_length=60, blank=True)
    class_sort = models.CharField(max_length=250, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    grade = models.IntegerField(null=True)
    left = models.BooleanField(default=False)
    name_sort = models.CharField(max_length=500, blank=True)
    poverty = models.PositiveSmallIntegerField(null=True)
    ethnicity = models.PositiveSmallIntegerField(null=True)
    disabled = models.BooleanField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "year", "person"], name="enrolment_once"),)
        indexes = (
            models.Index(fields=["person", "year"], name="enrolment_of_person"),
            # A whole province by name, page by page; and its groups, counted without reading a row.
            models.Index(fields=["year", "name_sort"], name="enrolment_by_name"),
            models.Index(
                fields=["year", "left", "level", "poverty", "ethnicity", "disabled"], name="enrolment_by_group"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.school_id}, {self.year}"


class MatchKey(models.Model):
    """Derived: what records must share to be compared at all (core.identities)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="match_keys")
    key = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.key


class PairDecision(models.Model):
    """A person's word on a doubtful pair: this row, by the hash of who it names, is that person, or is not. Kept for good.

    `incoming` is the hash of the row's identity, so that the same row in a later file is not asked about again.
    """

    incoming = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pair_decisions")
    same = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["incoming", "person"], condition=Q(withdrawn_at__isnull=True), name="pair_decided_once"
            ),
            models.UniqueConstraint(
                fields=["incoming"], condition=Q(withdrawn_at__isnull=True, same=True), name="pair_is_one_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incoming[:8]} {'=' if self.same else '≠'} {self.person_id}"


class Joining(models.Model):
    """Two records found to be one human being, and, when that was a mistake, parted again."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joinings_kept")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joinings_gone")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    parted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(name="joining_is_of_two", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(fields=["gone"], condition=Q(parted_at__isnull=True), name="joining_stands_once"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class SchoolFact(SchoolColumns):
    """What a school was from a day until another, by which list: the latest accepted wins, as with statements."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="facts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="school_facts")
    sheet = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("school", "since")
        constraints = (
            models.CheckConstraint(name="school_fact_ends_after_it_begins", condition=Q(until__gt=F("since"))),
        )

    def __str__(self) -> str:
        return self.name


class PlaceFact(models.Model):
    """How difficult a commune or hamlet was from a day until another, by the list in force then."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="place_facts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    area_class = models.PositiveSmallIntegerField(null=True, blank=True)
    dbkk_hamlet = models.BooleanField(null=True, blank=True)
    dbkk_coast = models.BooleanField(null=True, blank=True)
    has_dbkk_hamlet = models.BooleanField(null=True, blank=True)
    document = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ("area", "since")
        constraints = (
            models.UniqueConstraint(fields=["area", "since", "document"], name="place_fact_once"),
            models.CheckConstraint(name="place_fact_ends_after_it_begins", condition=Q(until__gt=F("since"))),
        )

    def __str__(self) -> str:
        return f"{self.area}, {self.document}"


class Staff(models.Model):
    """What one row of a list says of a member of a school's staff, for the funds to which staff contribute. Append-only.

    Rows of one member share `member`; the newest that stands holds, from `since` on (scope.staff_of). left: no longer listed.
    """

    member = models.UUIDField(default=uuid.uuid4, db_index=True)
    code = models.CharField(max_length=30, blank=True)
    full_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="staff")
    position = models.CharField(max_length=100, blank=True)
    coefficient_hundredths = models.PositiveIntegerField(null=True, blank=True)
    allowance_hundredths = models.PositiveIntegerField(null=True, blank=True)
    contract = models.CharField(max_length=60, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="staff")
    sheet = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    since = models.DateField()
    left = models.BooleanField(default=False)

    class Meta:
        ordering = ("school", "full_name")
        constraints = (
            models.UniqueConstraint(fields=["batch", "sheet", "row"], condition=Q(left=False), name="staff_once_a_row"),
        )

    def __str__(self) -> str:
        return self.full_name


class Reading(models.Model):
    """The access log: who read which sensitive facts, of whom or of how many, and who exported what. Append-only."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings")
    act = models.CharField(max_length=20, choices=[("read", "Xem"), ("export", "Tải xuống"), ("search", "Tra cứu")])
    what = models.CharField(max_length=200)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="readings")
    people = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.by} {self.what}"
