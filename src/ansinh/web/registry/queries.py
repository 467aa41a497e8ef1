"""Questions that read. Each starts from `scope`, which alone decides what a person may see.

The questions about accounts are an administrator's, who sees nobody's facts, and whose work is to grant any school and area.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet

from ansinh.core.words import folded
from ansinh.web.registry.models import Area, Invitation, School, Upload, User
from ansinh.web.registry.scope import Scope

_INVITATION = "ansinh.invitation"


def latest_uploads(scope: Scope) -> dict[int, Upload]:
    """School id → its newest roster that stands, among those within the scope."""
    newest: dict[int, Upload] = {}
    for upload in scope.uploads().filter(withdrawn_at__isnull=True, school__isnull=False, template="learner_roster"):
        newest.setdefault(upload.school_id or 0, upload)
    return newest


def token_of(invitation: Invitation) -> str:
    """What stands in the invitation's link: signed, so that it cannot be guessed from another."""
    return signing.dumps(invitation.pk, salt=_INVITATION)


def invitation_of(token: str, at: datetime) -> Invitation | None:
    """The invitation of a link, where it can still be used."""
    try:
        number = signing.loads(token, salt=_INVITATION)
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
