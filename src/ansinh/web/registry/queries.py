"""Questions that read. What a person may see is decided here and nowhere else: every screen starts from these two."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ansinh.web.access import CLERK, SPECIALIST
from ansinh.web.registry.models import School, Upload, User

Person = User | AnonymousUser


def schools_of(person: Person) -> QuerySet[School]:
    """The schools a person may read about: a clerk's own, all for a specialist of the department, none for others."""
    if not isinstance(person, User) or not person.is_active:
        return School.objects.none()
    if person.role == SPECIALIST:
        return School.objects.all()
    return person.schools.all()


def schools_written_by(person: Person) -> QuerySet[School]:
    """The schools a person may upload for: a clerk's own. A specialist reads only."""
    if not isinstance(person, User) or person.role != CLERK:
        return School.objects.none()
    return schools_of(person)


def uploads_of(person: Person) -> QuerySet[Upload]:
    """The uploads a person may read, newest first, withdrawn ones too; the file's own bytes are left in the database."""
    return Upload.objects.filter(school__in=schools_of(person)).select_related("school__area", "by").defer("original")


def latest_uploads(person: Person) -> dict[int, Upload]:
    """School id → its newest upload that stands, among those the person may read."""
    newest: dict[int, Upload] = {}
    for upload in uploads_of(person).filter(withdrawn_at__isnull=True):
        newest.setdefault(upload.school_id, upload)
    return newest
