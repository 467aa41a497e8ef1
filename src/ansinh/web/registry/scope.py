"""What a person may see: decided here and nowhere else. Every list, count, drop-down, search, export and file starts here.

A scope is made of grants: schools, and areas with everything below them, each from a day until another. The roles of the
Department (specialist, leader, auditor) are granted the province like any other area. An administrator and an editor
look after accounts and pages, and see nobody's facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ansinh.web.access import AUDITOR, CLERK, COMMUNE, LEADER, READERS, SPECIALIST
from ansinh.web.registry.models import (
    Area,
    AreaLevel,
    Batch,
    Doubt,
    Enrolment,
    Grant,
    Household,
    Joining,
    PairDecision,
    Person,
    Reading,
    SavedList,
    School,
    Staff,
    Statement,
    Succession,
    Upload,
    User,
)

Who = User | AnonymousUser
# Who may bring a list in, by template; a list of a school is brought in by its clerk alone.
WRITERS = {
    "learner_roster": (CLERK,),
    "rollover": (CLERK,),
    "household_poverty_list": (COMMUNE,),
    "disability_list": (COMMUNE, SPECIALIST),
    "merit_list": (SPECIALIST,),
    "school_list": (SPECIALIST,),
    "staff_list": (CLERK, SPECIALIST),
    "payment_list": (CLERK, SPECIALIST),  # Kept as it came, to be compared with; it never becomes facts.
}
# What a list of each kind is of. A kind joins these once `actions.accept` can take it; until then no screen offers it.
OF_A_SCHOOL = ("learner_roster", "staff_list")
OF_AN_AREA = ("household_poverty_list", "disability_list", "merit_list", "school_list")
# Who may say of two records that they are one person, where they may see both.
MATCHERS = (CLERK, COMMUNE, SPECIALIST)
# A scope of more schools is so large a part of the whole that naming them in a question is no help.
_FEW = 300
# Lists that are kept as they came, to be compared with, and never become facts.
_COMPARED = {"payment_list": (CLERK, SPECIALIST)}


def _with_all_below(areas: set[int]) -> set[int]:
    """These areas, all below them, and what lay in them on an earlier map: few layers, two questions each."""
    found = layer = areas
    while layer:
        below = set(Area.objects.filter(parent__in=layer).values_list("pk", flat=True))
        before = set(Succession.objects.filter(new__in=layer, whole=True).values_list("old_id", flat=True))
        layer = (below | before) - found
        found = found | layer
    return found


@dataclass(frozen=True)
class Within:
    """What lies in one area, whoever asks: the schools and communes that a list of the area may name.

    It is a part of the scope of everybody who may write such a list there.
    """

    area: Area

    @cached_property
    def _areas(self) -> list[int]:
        return sorted(_with_all_below({self.area.pk}))

    def areas(self) -> QuerySet[Area]:
        return Area.objects.filter(pk__in=self._areas)

    def schools(self) -> QuerySet[School]:
        return School.objects.filter(area__in=self._areas)


def staff_of(schools: QuerySet[School]) -> QuerySet[Staff]:
    """Who works at these schools: of each member the row of the newest list that stands, unless it says that they left."""
    rows = Staff.objects.filter(school__in=schools, batch__undone_at__isnull=True)
    newer = Staff.objects.filter(member=OuterRef("member"), pk__gt=OuterRef("pk"), batch__undone_at__isnull=True)
    return rows.exclude(Exists(newer)).filter(left=False)


@dataclass(frozen=True)
class Scope:
    """The part of the registry that one person may see on a day, as querysets that are already cut to it."""

    person: Who
    on: date

    @cached_property
    def grants(self) -> QuerySet[Grant]:
        """The grants that hold on the day; none for who has no account, is not active, or has no reading role."""
        if not isinstance(self.person, User) or not self.person.is_active or self.person.role not in READERS:
            return Grant.objects.none()
        held = Grant.objects.filter(user=self.person, since__lte=self.on)
        return held.filter(Q(until__isnull=True) | Q(until__gt=self.on))

    @cached_property
    def _areas(self) -> list[int]:
        """The areas granted, with all below them and what lay in them before.

        A grant goes on where the area went on alone, as when it was renamed; never to an area that others joined.
        """
        found = layer = set(self.grants.filter(area__isnull=False).values_list("area_id", flat=True))
        while layer:
            alone = Succession.objects.filter(old__in=layer, whole=True).annotate(joined=Count("new__origins"))
            onward = set(alone.filter(joined=1).values_list("new_id", flat=True)) - found
            found, layer = found | onward, onward
        return sorted(_with_all_below(found))

    def areas(self) -> QuerySet[Area]:
        """The areas granted, with everything below them and what lay in them before."""
        return Area.objects.filter(pk__in=self._areas)

    def schools(self) -> QuerySet[School]:
        """The schools granted, and those that lie in an area granted."""
        granted = self.grants.filter(school__isnull=False).values("school_id")
        return School.objects.filter(Q(pk__in=granted) | Q(area__in=self._areas))

    @cached_property
    def few_schools(self) -> frozenset[int] | None:
        """The schools within, where they are few enough to be named one by one in a question; None where they are more."""
        found = frozenset(self.schools().order_by("pk").values_list("pk", flat=True)[: _FEW + 1])
        return found if len(found) <= _FEW else None

    @property
    def _role(self) -> str:
        return self.person.role if isinstance(self.person, User) and self.person.is_active else ""

    def writes(self, template: str) -> bool:
        """Whether the person may bring in a list of this kind at all."""
        return self._role in {**WRITERS, **_COMPARED}.get(template, ())

    def may_write(self, template: str, school: School | None, area: Area | None) -> bool:
        """Whether the person may bring in a list of this kind for this school or area, and undo it."""
        if not self.writes(template):
            return False
        if school is not None:
            return self.schools().filter(pk=school.pk).exists()
        return area is not None and self.areas().filter(pk=area.pk).exists()

    def kinds(self) -> list[str]:
        """The kinds of list the person may bring in and that can be accepted."""
        return [name for name in WRITERS if name in (*OF_A_SCHOOL, *OF_AN_AREA) and self.writes(name)]

    def areas_written(self) -> QuerySet[Area]:
        """The communes and provinces of today's map that the person may bring in an area's lists for."""
        levels = (AreaLevel.PROVINCE, AreaLevel.COMMUNE)
        return self.areas().filter(level__in=levels, until__isnull=True).order_by("level", "name")

    def may_match(self, *people: Person) -> bool:
        """Whether the person may say of these records which of them are one human being."""
        wanted = {person.pk for person in people}
        seen = self.people().filter(pk__in=wanted) if self._role in MATCHERS else Person.objects.none()
        return seen.count() == len(wanted)

    @cached_property
    def whole(self) -> bool:
        """Whether every school lies within: lists then need no filter, which matters at a million rows."""
        return bool(self._areas) and not School.objects.exclude(area__in=self._areas).exists()

    def uploads(self) -> QuerySet[Upload]:
        """The uploads for schools or areas within, newest first; the bytes themselves stay in the database until asked."""
        within = Q(school__in=self.schools()) | Q(area__in=self.areas())
        return Upload.objects.filter(within).select_related("school__area", "area", "by").defer("original")

    def batches(self) -> QuerySet[Batch]:
        """What was accepted for schools or areas within."""
        within = Q(school__in=self.schools()) | Q(area__in=self.areas())
        return Batch.objects.filter(within).select_related("school", "area", "by", "undone_by", "upload")

    def doubts_found(self) -> QuerySet[Doubt]:
        """Doubtful rows of uploads within, also those on which a word was given."""
        return Doubt.objects.filter(upload__in=self.uploads()).select_related(
            "person", "upload__school", "upload__area"
        )

    def doubts(self) -> QuerySet[Doubt]:
        """Doubtful rows of uploads that stand, on which nobody has had the last word: a row that is somebody is not in
        question, and neither is a pair that is not."""
        words = PairDecision.objects.filter(incoming=OuterRef("fingerprint"), withdrawn_at__isnull=True)
        decided = words.filter(Q(same=True) | Q(person=OuterRef("person")))
        return self.doubts_found().filter(upload__withdrawn_at__isnull=True).exclude(Exists(decided))

    def decisions(self) -> QuerySet[PairDecision]:
        """Words on doubtful pairs that stand, of people within, newest first."""
        within = Exists(self.people().filter(pk=OuterRef("person")))
        kept = PairDecision.objects.filter(within, withdrawn_at__isnull=True)
        return kept.select_related("person", "by").order_by("-at", "-pk")

    def enrolments(self) -> QuerySet[Enrolment]:
        """Lines of the lists of schools within."""
        return Enrolment.objects.all() if self.whole else Enrolment.objects.filter(school__in=self.schools())

    def people(self) -> QuerySet[Person]:
        """Those who stand, or once stood, on a list of a school within, or live in a household of an area within."""
        people = Person.objects.filter(standing=True, joined_into__isnull=True)
        if self.whole:
            return people
        # Schools that are few are named, which spares the database a question within the question.
        few = self.few_schools
        lines = Enrolment.objects.filter(school__in=self.schools() if few is None else few)
        if not self._areas:
            # A school's children are soon gathered; among all whose code begins so, one in a thousand is of this school.
            return people.filter(pk__in=lines.values("person_id"))
        # An area's are many: whoever is looked for has mostly been narrowed to a few, and each of them is asked about.
        said = Statement.objects.filter(person=OuterRef("pk"), batch__undone_at__isnull=True)
        listed = Exists(said.filter(household__area__in=self._areas))
        return people.filter(Exists(lines.filter(person=OuterRef("pk"))) | listed)

    def statements(self, person: Person) -> QuerySet[Statement]:
        """What was said of a person, joined records included: by schools within, or by lists that are not a school's.

        A school does not read what another said after the child had moved on.
        """
        of = Statement.objects.filter(person__in=Person.objects.filter(Q(pk=person.pk) | Q(joined_into=person)))
        return of.filter(Q(batch__school__isnull=True) | Q(batch__school__in=self.schools()))

    def households(self) -> QuerySet[Household]:
        """The households listed by areas within."""
        return Household.objects.filter(area__in=self.areas())

    def staff(self) -> QuerySet[Staff]:
        """Staff of the schools within, as the newest lists that stand have them."""
        return staff_of(self.schools())

    def joinings(self) -> QuerySet[Joining]:
        """Joinings of records within."""
        within = Exists(self.people().filter(pk=OuterRef("kept")))
        return Joining.objects.filter(within).select_related("kept", "gone", "by")

    def saved_lists(self) -> QuerySet[SavedList]:
        """The lists a person has kept, and those taken away that can be had back; nobody else's."""
        if not isinstance(self.person, User) or self._role not in READERS:
            return SavedList.objects.none()
        return SavedList.objects.filter(user=self.person)

    def readings(self) -> QuerySet[Reading]:
        """The access log: everybody reads their own; an auditor and a leader also that of the children and accounts within.

        A reading of several children, as a list or a file, names none of them: it is theirs to read when every grant its
        account ever had lies within. So is that of a child who is not on any list any more.
        """
        own = Reading.objects.select_related("by", "person")
        if not isinstance(self.person, User) or self._role not in (AUDITOR, LEADER):
            return own.filter(by=self.person) if isinstance(self.person, User) else own.none()
        people = self.people()
        child = Q(Exists(people.filter(pk=OuterRef("person_id"))))
        child |= Q(Exists(people.filter(pk=OuterRef("person__joined_into_id"))))
        outside = Grant.objects.exclude(Q(area__in=self._areas) | Q(school__in=self.schools()))
        account = Q(by__in=Grant.objects.values("user_id")) & ~Q(by__in=outside.values("user_id"))
        return own.filter(Q(by=self.person) | child | account)


def scope_of(person: Who, on: date | None = None) -> Scope:
    """The scope of a person on a day, by default today at the server's place."""
    return Scope(person, on or timezone.localdate())
