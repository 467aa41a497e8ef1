"""Questions that read. Each starts from `scope`, which alone decides what a person may see.

The questions about accounts are an administrator's, who sees nobody's facts, and whose work is to grant any school and area.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from ansinh.core.dates import SchoolYear
from ansinh.core.identities import Reason
from ansinh.core.words import folded, name_order
from ansinh.web.registry import standing
from ansinh.web.registry.incoming import ROLLOVER, ROSTER, SCHOOL_LIST, STAFF_LIST
from ansinh.web.registry.models import (
    Area,
    AreaLevel,
    Batch,
    Doubt,
    Enrolment,
    Household,
    Invitation,
    PairDecision,
    Person,
    School,
    SchoolFact,
    Staff,
    Statement,
    Upload,
    User,
)
from ansinh.web.registry.scope import Scope
from ansinh.web.registry.standing import SAID

_INVITATION = "ansinh.invitation"
READ, WAITING, ACCEPTED, UNDONE, NONE = "read", "waiting", "accepted", "undone", "none"
POVERTY_LIST = "household_poverty_list"


@dataclass(frozen=True)
class Rosters:
    """Where the rosters of the schools within a scope stand: school → the newest that stands, and those schools whose newest
    was accepted. A school in neither has sent none."""

    newest: Mapping[int, Any]
    accepted: frozenset[int]

    def state(self, school: int) -> str:
        return ACCEPTED if school in self.accepted else WAITING if school in self.newest else NONE


def rosters(scope: Scope) -> Rosters:
    """Two short questions, whatever the number of schools; the uploads themselves stay in the database."""
    sent = scope.uploads().filter(withdrawn_at__isnull=True, school__isnull=False, template=ROSTER)
    newest: dict[int, Any] = {}
    for school, upload in sent.order_by("-at").values_list("school_id", "pk"):
        newest.setdefault(school, upload)
    standing = scope.batches().filter(template=ROSTER, undone_at__isnull=True, upload__isnull=False).order_by()
    accepted = set(standing.values_list("upload_id", flat=True))
    return Rosters(newest, frozenset(school for school, upload in newest.items() if upload in accepted))


def year_of_work(scope: Scope, today: date) -> SchoolYear:
    """The newest school year with a list in the register within the scope; where there is none, the one of today."""
    return next(iter(years_with_lists(scope)), SchoolYear.of(today))


def years_with_lists(scope: Scope) -> tuple[SchoolYear, ...]:
    """The school years with a list in the register within the scope, newest first: from the batches, of which there are few."""
    lists = scope.batches().filter(template__in=(ROSTER, ROLLOVER), undone_at__isnull=True, year__isnull=False)
    years = lists.order_by("-year").values_list("year", flat=True).distinct()
    return tuple(SchoolYear(year) for year in years if year is not None)


def facts_of(lines: Collection[Enrolment], names: Sequence[str]) -> dict[int, dict[str, Any]]:
    """Line of a list → what the registry says there of the facts named; the caller took the lines from a scope."""
    if not names:
        return {line.pk: {} for line in lines}
    by_person: dict[int, list[Enrolment]] = {}
    for line in lines:
        by_person.setdefault(line.person_id, []).append(line)
    said = standing.by_person(sorted(by_person), names=names)
    return {
        line.pk: standing.of_list(every, line.school_id, line.year)
        for person, every in said
        for line in by_person[person]
    }


def readers(scope: Scope) -> list[User]:
    """The accounts that have read something within the scope, by name as class lists have them."""
    found = User.objects.filter(Exists(scope.readings().filter(by=OuterRef("pk"))))
    return sorted(found, key=lambda one: (name_order(str(one)), one.pk))


def communes_without_a_poverty_list(scope: Scope, today: date) -> QuerySet[Area]:
    """The communes of today's map within the scope for which no list of poor households holds today."""
    holds = Q(until__isnull=True) | Q(until__gt=today)
    lists = Batch.objects.filter(holds, template=POVERTY_LIST, undone_at__isnull=True, since__lte=today)
    return scope.areas().filter(level=AreaLevel.COMMUNE, until__isnull=True).exclude(batches__in=lists)


def token_of(invitation: Invitation) -> str:
    """What stands in the invitation's link: signed, so that it cannot be guessed from another; each time the same."""
    return signing.Signer(salt=_INVITATION).sign_object(invitation.pk)


def invitation_of(token: str, at: datetime) -> Invitation | None:
    """The invitation of a link, where it can still be used."""
    try:
        number = signing.Signer(salt=_INVITATION).unsign_object(token)
    except signing.BadSignature:
        return None
    return open_invitations(at).filter(pk=number).first()


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """The invitations that can still be taken up, newest first, with their accounts."""
    unused = Invitation.objects.filter(taken_at__isnull=True, withdrawn_at__isnull=True, account__is_active=True)
    return unused.filter(until__gt=at).select_related("account", "by")


def accounts(at: datetime) -> QuerySet[User]:
    """Every account by name, each with `second_factor` and `invited`: whether it has one, and whether a link is out."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    links = open_invitations(at).filter(account=OuterRef("pk"))
    found = User.objects.annotate(second_factor=Exists(factors), invited=Exists(links))
    return found.prefetch_related("grants__school", "grants__area").order_by("full_name", "username")


def accounts_like(at: datetime, text: str, role: str) -> list[User]:
    """The accounts of a role (empty: all) whose name or username has each word of `text`, accents or not."""
    found = accounts(at).filter(role=role) if role else accounts(at)
    return [one for one in found if _has_words(text, one.full_name, one.username)]


def places_like(text: str) -> Iterator[School | Area]:
    """The areas of today's map, then the schools, that have each word of `text` in their name or code."""
    for area in Area.objects.filter(until__isnull=True).select_related("parent"):
        if _has_words(text, area.kind, area.name, area.code):
            yield area
    for school in School.objects.select_related("area"):
        if _has_words(text, school.name, school.code):
            yield school


def _has_words(text: str, *names: str) -> bool:
    name = folded(" ".join(names))
    return all(word in name for word in folded(text).split())


@dataclass(frozen=True)
class Written:
    """What batches stated: of how many people, and how often each column of a statement, the most frequent first.

    schools, staff: how many rows of lists that are of no learners.
    """

    people: int
    columns: tuple[tuple[str, int], ...]
    schools: int = 0
    staff: int = 0

    @property
    def facts(self) -> int:
        return sum(count for _name, count in self.columns)


def written(batches: Collection[Batch]) -> Written:
    """What these batches stated, whether or not they stand. The caller took them from a scope."""
    said = Statement.objects.filter(batch__in=batches)
    counted = said.aggregate(people=Count("person", distinct=True), **{f"n_{name}": Count(name) for name in SAID})
    columns = sorted(((name, counted[f"n_{name}"]) for name in SAID), key=lambda pair: -pair[1])
    others = {
        kind: sum(sum(b.counts.values()) for b in batches if b.template == kind) for kind in (SCHOOL_LIST, STAFF_LIST)
    }
    told = tuple((name, count) for name, count in columns if count)
    return Written(counted["people"], told, others[SCHOOL_LIST], others[STAFF_LIST])


def rows_written(batch: Batch) -> QuerySet[SchoolFact] | QuerySet[Staff] | None:
    """The rows a list of schools or of staff wrote, in the order of the file, then who is gone; None for lists of learners.

    The caller took the batch from a scope. A school made known by a list alone goes with it when the list is undone.
    """
    if batch.template == SCHOOL_LIST:
        return batch.school_facts.select_related("school", "area").order_by(
            Exact(F("row"), 0), "sheet", "row", "school__code"
        )
    return batch.staff.order_by("left", "sheet", "row", "pk") if batch.template == STAFF_LIST else None


def states_of(scope: Scope, uploads: Collection[Upload]) -> dict[Any, str]:
    """Upload id → where it stands: read with faults to mend, waiting to be accepted, accepted (in part or whole), undone."""
    standing = scope.batches().filter(upload__in=uploads, undone_at__isnull=True)
    accepted = set(standing.order_by().values_list("upload_id", flat=True).distinct())
    return {
        upload.pk: (
            UNDONE
            if upload.withdrawn_at
            else ACCEPTED
            if upload.pk in accepted
            else READ
            if upload.to_mend
            else WAITING
        )
        for upload in uploads
    }


def doubts_by_upload(scope: Scope) -> dict[Any, int]:
    """Upload id → how many of its rows wait for a person's word, of all uploads within the scope."""
    rows = scope.doubts().order_by().values("upload_id").annotate(rows=Count("number", distinct=True))
    return dict(rows.values_list("upload_id", "rows"))


@dataclass(frozen=True)
class Cell:
    """One column of two records side by side. `same` is None where one of them says nothing; `hidden`: not for these eyes."""

    name: str
    left: Any
    right: Any
    same: bool | None
    hidden: bool = False


@dataclass(frozen=True)
class Pair:
    """A row of a file and somebody on record whom it may be, with what speaks for and against it."""

    doubt: Doubt
    cells: tuple[Cell, ...]
    reasons: tuple[Reason, ...]
    within: bool
    decided: PairDecision | None


_COMPARED = ("full_name", "birth_date", "sex", "code", "digest", "father", "mother")
_REASONS = {reason.code: reason for reason in Reason}


def pairs_of(scope: Scope, upload: Upload, number: int, row: Mapping[str, Any]) -> list[Pair]:
    """The doubtful pairs of one row of an upload within the scope, decided ones included.

    row: its values by the columns of `Person` and `class_name`, with `digest` for the identity number. Of somebody who is not
    within the scope only what agrees with the row itself is shown: it says nothing the person does not know.
    """
    found = list(scope.doubts_found().filter(upload=upload, number=number))
    ids = [doubt.person_id for doubt in found]
    within = set(scope.people().filter(pk__in=ids).values_list("pk", flat=True))
    lines = Enrolment.objects.filter(person__in=ids).select_related("school").order_by("year")
    last = {line.person_id: line for line in lines}
    prints = [doubt.fingerprint for doubt in found]
    words = PairDecision.objects.filter(incoming__in=prints, withdrawn_at__isnull=True).select_related("by")
    decided = {(word.incoming, word.person_id): word for word in words}
    return [
        Pair(
            doubt,
            tuple(_cells(doubt, upload, row, last.get(doubt.person_id), within=doubt.person_id in within)),
            tuple(_REASONS[code] for code in doubt.reasons if code in _REASONS),
            doubt.person_id in within,
            decided.get((doubt.fingerprint, doubt.person_id)),
        )
        for doubt in found
    ]


def _cells(
    doubt: Doubt, upload: Upload, row: Mapping[str, Any], line: Enrolment | None, *, within: bool
) -> Iterator[Cell]:
    record = _record(doubt.person, line)
    ours = {**row, "school": upload.school.name if upload.school else None}
    for cell in _side_by_side(ours, record):
        hidden = not within and cell.right is not None and not cell.same
        yield Cell(cell.name, cell.left, None, cell.same, hidden=True) if hidden else cell


def _record(person: Person, line: Enrolment | None) -> dict[str, Any]:
    """A person on record by the columns two records are compared in, with the list they were last on."""
    own = {name: getattr(person, name) for name in _COMPARED}
    return {**own, "class_name": line.class_name if line else None, "school": line.school.name if line else None}


def _side_by_side(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Cell]:
    for name in (*_COMPARED, "school", "class_name"):
        left, right = ours.get(name) or None, theirs.get(name) or None
        yield Cell(name, left, right, None if left is None or right is None else left == right)


def records_side_by_side(scope: Scope, one: Person, other: Person) -> list[Cell]:
    """Two people on record, both within the scope, column by column."""
    lines = scope.enrolments().filter(person__in=(one, other)).select_related("school").order_by("year")
    last = {line.person_id: line for line in lines}
    return list(_side_by_side(_record(one, last.get(one.pk)), _record(other, last.get(other.pk))))


def household_codes(scope: Scope, upload: Upload, ids: Collection[int]) -> dict[int, str]:
    """Household → the code by which the upload's own school or commune calls it; others' households stay unnamed."""
    if not scope.uploads().filter(pk=upload.pk).exists():
        return {}
    owner = upload.school.code if upload.school else upload.area.code if upload.area else ""
    own = Household.objects.filter(pk__in=ids, key__startswith=f"{owner}:")
    return dict(own.values_list("pk", "code"))
