"""Schools, accounts and uploads of the web tests. Everyone here is made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import signals
from django.core.cache import cache
from django.db import close_old_connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client, SimpleTestCase, override_settings

from ansinh import sheets
from ansinh.core.tables import LEVEL
from ansinh.web.access import CLERK, SPECIALIST
from ansinh.web.registry import actions, sealed
from ansinh.web.registry.models import Area, AreaLevel, Grant, School, Upload, User

from .rosters import workbook

PASSWORD = "mot-mat-khau-dai-de-thu"  # noqa: S105 (an account of the tests)
BEGAN = date(2025, 7, 1)
NOON = datetime(2025, 10, 1, 5, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database: the rest says the same there as on SQLite, where it has run."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return
    rest = [item for item in items if not asks_the_database(item)]
    items[:] = [item for item in items if item not in set(rest)]
    config.hook.pytest_deselected(items=rest)


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test may touch the database: it is marked, takes a fixture that opens one, is a case of Django's, or is of a
    file that starts processes, which may."""
    fixtures = set(getattr(item, "fixturenames", ()))
    cls = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or hasattr(getattr(item, "module", None), "subprocess")
        or bool(fixtures & {"db", "transactional_db"})
        or (isinstance(cls, type) and issubclass(cls, SimpleTestCase))
    )


@pytest.fixture(scope="session", autouse=True)
def _plain_http() -> Iterator[None]:
    """The test client speaks plain HTTP, passwords are hashed quickly, static files are served as they lie, identity
    numbers are sealed with keys of the tests, and nobody is kept from a screen for want of a second factor: the tests of
    accounts ask for it themselves."""
    with override_settings(
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        LANGUAGE_COOKIE_SECURE=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SECOND_FACTOR_COMPULSORY=False,
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        IDENTITY_KEYS=[sealed.new_key()],
        IDENTITY_DIGEST_KEYS=[sealed.new_key()],
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """After a test with real transactions SQLite's tables are emptied row by row, which the append-only ones refuse: their
    triggers are taken off for it and put back. PostgreSQL empties tables whole, and asks no trigger."""
    operations = DatabaseWrapper.ops_class
    real = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **named: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        off = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*off, *real(self, *args, **named), *(sql for _name, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    """Wrong passwords of one test are not held against the next."""
    cache.clear()


@pytest.fixture
def area(db: None) -> Area:
    return Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=_province(), since=BEGAN)


def _province() -> Area:
    """The one province of the tests."""
    province, _new = Area.objects.get_or_create(
        level=AreaLevel.PROVINCE, code="99", since=BEGAN, defaults={"name": "Tỉnh Thử", "kind": "tỉnh"}
    )
    return province


def grant(person: User, *, school: School | None = None, area: Area | None = None) -> User:
    """Let a person see a school or an area, from the first day on."""
    Grant.objects.create(user=person, school=school, area=area, since=BEGAN)
    return person


@pytest.fixture
def school(area: Area) -> School:
    return School.objects.create(code="99000001", name="Trường Mầm non Thử Nghiệm", level=LEVEL.kindergarten, area=area)


@pytest.fixture
def other_school(area: Area) -> School:
    return School.objects.create(code="99000002", name="Trường Tiểu học Bên Kia", level=LEVEL.primary, area=area)


@pytest.fixture
def clerk(school: School) -> User:
    person = User.objects.create_user("van-thu", password=PASSWORD, role=CLERK, full_name="Văn thư (đặt ra)")
    return grant(person, school=school)


@pytest.fixture
def other_clerk(other_school: School) -> User:
    person = User.objects.create_user("van-thu-khac", password=PASSWORD, role=CLERK)
    return grant(person, school=other_school)


@pytest.fixture
def specialist(db: None) -> User:
    return grant(User.objects.create_user("chuyen-vien", password=PASSWORD, role=SPECIALIST), area=_province())


def keep(data: bytes, school: School, by: User, filename: str = "danh-sach.xlsx") -> Upload:
    """Keep a roster as the upload screen does."""
    intake = sheets.read(sheets.templates()["learner_roster"], data, filename=filename)
    return actions.keep(intake=intake, school=school, by=by, at=NOON)


@pytest.fixture
def upload(school: School, clerk: User) -> Upload:
    return keep(workbook(), school, clerk)


@pytest.fixture
def desk(clerk: User) -> Client:
    """A browser in which the clerk is signed in."""
    client = Client()
    client.force_login(clerk)
    return client


def content(response: Any) -> bytes:
    """The body of a file, sent in pieces or not; closed as a server closes it, but for the connection the test goes on with."""
    data = b"".join(response)
    signals.request_finished.disconnect(close_old_connections)
    response.close()
    signals.request_finished.connect(close_old_connections)
    return data
