"""What a person may see is decided in one place, and nothing of another school comes through any address."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ansinh.core.tables import LEVEL
from ansinh.web.access import ADMINISTRATOR, CLERK, EDITOR, EVERYONE, ROLES, SIGNED_IN, seen_by
from ansinh.web.registry import actions
from ansinh.web.registry.models import Area, School, Upload, User
from ansinh.web.registry.queries import rosters
from ansinh.web.registry.scope import scope_of

from .conftest import BEGAN, NOON, grant, keep
from .rosters import many, workbook

ADDRESSES_OF_AN_UPLOAD = ("faults", "original", "results", "difference", "withdraw", "restore")


class ScopeProperty(TestCase):
    """Whatever schools a clerk has and whatever was uploaded, they read exactly the uploads of those schools."""

    @given(
        mine=st.sets(st.integers(0, 4)),
        uploaded=st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=8),
        role=st.sampled_from(ROLES),
        active=st.booleans(),
    )
    def test_a_person_reads_exactly_their_schools(
        self, mine: set[int], uploaded: list[tuple[int, bool]], role: str, active: bool
    ) -> None:
        area = Area.objects.create(code="99009", name="Xã Thử", kind="xã", since=BEGAN)
        schools = [
            School.objects.create(code=f"9900100{n}", name=f"Trường số {n}", level=LEVEL.primary, area=area)
            for n in range(5)
        ]
        person = User.objects.create_user("nguoi-thu", role=role, is_active=active)
        for n in mine:
            grant(person, school=schools[n])
        for number, (n, withdrawn) in enumerate(uploaded):
            Upload.objects.create(
                school=schools[n], template="learner_roster", filename="f", original=b"x", sha256=f"{number:064d}", size_bytes=1,
                rows_read=0, by=person, at=NOON, withdrawn_by=person if withdrawn else None,
                withdrawn_at=NOON if withdrawn else None,
            )  # fmt: skip
        reads = active and role not in (EDITOR, ADMINISTRATOR)
        may = mine if reads else set()
        scope = scope_of(person)
        assert set(scope.schools()) == {schools[n] for n in may}
        written = {school for school in schools if scope.may_write("learner_roster", school, None)}
        assert written == ({schools[n] for n in may} if role == CLERK else set())
        assert len(scope.uploads()) == sum(n in may for n, _ in uploaded)
        assert set(rosters(scope).newest) == {schools[n].pk for n, gone in uploaded if n in may and not gone}


def test_nobody_reads_nothing(upload: Upload) -> None:
    assert not scope_of(AnonymousUser()).schools()
    assert not scope_of(AnonymousUser()).uploads()


def _addresses(upload: Upload) -> Iterator[str]:
    for name in ADDRESSES_OF_AN_UPLOAD:
        yield reverse(f"desk:{name}", args=[upload.pk])
    yield reverse("desk:child", args=[upload.pk, 1])
    yield reverse("desk:pair", args=[upload.pk, 1])
    for form in ("xlsx", "docx"):
        yield reverse("desk:payable", args=[upload.pk, form])


def test_another_schools_upload_is_not_found(upload: Upload, other_clerk: User) -> None:
    client = Client()
    client.force_login(other_clerk)
    for address in _addresses(upload):
        post = "hoan-tac" in address or "khoi-phuc" in address
        response = client.post(address) if post else client.get(address)
        assert response.status_code == 404, address
        assert upload.school.name not in response.content.decode()
    upload.refresh_from_db()
    assert upload.withdrawn_at is None


def test_an_upload_that_is_not_there_is_not_found_either(desk: Client) -> None:
    assert desk.get(reverse("desk:faults", args=[uuid4()])).status_code == 404


def test_a_specialist_reads_all_and_changes_nothing(upload: Upload, specialist: User) -> None:
    client = Client()
    client.force_login(specialist)
    assert client.get(reverse("desk:results", args=[upload.pk])).status_code == 200
    assert "learner_roster" not in client.get(reverse("desk:upload")).content.decode()
    assert client.post(reverse("desk:withdraw", args=[upload.pk])).status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        actions.withdraw(upload=upload, by=specialist, at=NOON)


def test_a_clerk_cannot_upload_for_another_school(other_school: School, clerk: User) -> None:
    with pytest.raises(PermissionDenied):
        keep(workbook(), other_school, clerk)


def test_without_signing_in_every_page_of_the_desk_leads_to_the_sign_in_page(upload: Upload) -> None:
    for address in [reverse("desk:home"), *_addresses(upload)]:
        response = Client().get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("sign-in"))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _patterns(part)
        else:
            yield part


def test_every_address_says_who_may_see_it() -> None:
    silent = [str(p.pattern) for p in _patterns(get_resolver()) if not getattr(p.callback, "seen_by", None)]
    assert silent == []


LAW_PAGES = ("", "-document", "-benefits", "-benefit", "-day", "-changes", "-doubts")


def test_only_these_addresses_are_open_to_everyone() -> None:
    named = {p.name for p in _patterns(get_resolver()) if EVERYONE in p.callback.seen_by}  # type: ignore[attr-defined]
    law = {f"law{part}{form}" for part in LAW_PAGES for form in ("", "-json")}
    public = {"ask", "ask-result", "ask-start", "front", "set-language", "set-theme"}
    signing_in = {
        "sign-in",
        "account_login",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "account_inactive",
        "invitation",
    }
    assert named == law | public | signing_in | {"sign-out"}


def test_a_view_that_does_not_say_who_is_refused_when_declared() -> None:
    with pytest.raises(ValueError, match="seen_by needs"):
        seen_by()
    with pytest.raises(ValueError, match="roles"):
        seen_by("head teacher", SIGNED_IN)


@pytest.mark.parametrize("name", ["home", "results", "faults", "difference"])
def test_the_number_of_queries_does_not_grow(
    name: str, desk: Client, school: School, clerk: User, django_assert_max_num_queries: object
) -> None:
    counts = []
    for size in (3, 120):
        kept = keep(many(size), school, clerk, f"{size}.xlsx")
        address = reverse("desk:home") if name == "home" else reverse(f"desk:{name}", args=[kept.pk])
        desk.get(address)  # The first visit decides; the next must not ask the database more either.
        before = len(connection.queries_log)
        connection.force_debug_cursor = True
        try:
            assert desk.get(address).status_code == 200
            counts.append(len(connection.queries_log) - before)
        finally:
            connection.force_debug_cursor = False
    # The difference page asks three questions more: what has changed in the registry since it was last worked out.
    # Home asks two more: where the lists of all schools stand; and one which payment runs wait for this person.
    assert counts[0] == counts[1] <= {"difference": 12, "home": 12}.get(name, 9), counts
