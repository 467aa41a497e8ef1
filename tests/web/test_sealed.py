"""Identity numbers: sealed at rest, found by their digest, never said by accident, and carried over to a new key."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.forms import modelform_factory
from django.forms.models import model_to_dict
from django.test import override_settings
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.identities import keys as match_keys
from ansinh.web.registry import actions, sealed, standing
from ansinh.web.registry.difference import difference
from ansinh.web.registry.identity import identity_of
from ansinh.web.registry.management.commands import reseal as reseal_command
from ansinh.web.registry.models import MatchKey, Person, Statement, Upload, User
from ansinh.web.registry.sealed import DigestField, Sealed, SealedTextField, SealError, digest, digests, seal, unseal
from ansinh.web.site import settings as site_settings

from .conftest import NOON

ROOT = Path(__file__).parents[2]
NUMBER = "099201001234"
OLD, NEW, OLD_DIGEST, NEW_DIGEST = (sealed.new_key() for _ in range(4))


def keys(*sealing: str, digesting: tuple[str, ...] = (OLD_DIGEST,)) -> Any:
    return override_settings(IDENTITY_KEYS=list(sealing), IDENTITY_DIGEST_KEYS=list(digesting))


# One text --------------------------------------------------------------------------------------------------------


@given(st.text(min_size=1))
def test_what_is_sealed_comes_back(text: str) -> None:
    assert unseal(seal(text).token) == text
    assert seal(text).reveal() == text


def test_the_same_number_is_sealed_differently_each_time() -> None:
    assert seal(NUMBER) != seal(NUMBER)
    assert NUMBER not in seal(NUMBER).token


def test_an_empty_text_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="empty"):
        seal("")


def test_another_key_opens_nothing_and_says_which_key_it_was() -> None:
    with keys(OLD):
        token = seal(NUMBER).token
    with keys(NEW), pytest.raises(SealError, match=f"key {token[:8]}") as wrong:
        unseal(token)
    assert wrong.value.key_id == token[:8]
    with keys(NEW, OLD):
        assert unseal(token) == NUMBER


def test_a_changed_letter_breaks_the_seal() -> None:
    token = seal(NUMBER).token
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        # The last letter of base64 holds bits that mean nothing; whatever opens is still the same number.
        try:
            assert unseal(changed) == NUMBER
            assert place >= len(token) - 3
        except SealError:
            pass
    with pytest.raises(SealError, match="not a sealed value"):
        unseal(NUMBER)


def test_the_digest_is_of_the_digits_alone_and_needs_the_key() -> None:
    same = {digest(text) for text in (NUMBER, "099 201 001 234", " 099.201.001-234", "０９９２０１００１２３４")}
    assert len(same) == 1
    assert digest(NUMBER) != digest("099201001235")
    with keys(OLD, digesting=(NEW_DIGEST,)):
        assert digest(NUMBER) not in same
    with pytest.raises(ValueError, match="digits"):
        digest("chưa có")


@given(st.from_regex(r"0[0-9]{11}", fullmatch=True), st.from_regex(r"0[0-9]{11}", fullmatch=True))
def test_digests_are_equal_exactly_when_numbers_are(one: str, other: str) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_the_sealing_key_says_nothing_about_the_digest() -> None:
    with keys(OLD, digesting=(OLD_DIGEST,)):
        before = digest(NUMBER)
    with keys(NEW, digesting=(NEW_DIGEST, OLD_DIGEST)):
        assert digests(NUMBER)[1] == before
        assert digest(NUMBER) == digests(NUMBER)[0] != before


# Nothing by accident ---------------------------------------------------------------------------------------------


def test_a_sealed_value_shows_nothing_wherever_it_is_printed() -> None:
    value = seal(NUMBER)
    for shown in (repr(value), str(value), f"{value}", f"{[value]}", "%s" % value):  # noqa: UP031 (as loggers do)
        assert NUMBER not in shown
        assert value.token not in shown
    with pytest.raises(TypeError):
        json.dumps({"number": value})
    assert NUMBER.encode() not in pickle.dumps(value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "ANSINH_IDENTITY_KEYS"),
        (["ngan"], "ANSINH_IDENTITY_KEYS: khóa thứ 1"),
        ([OLD, "bí mật"], "ANSINH_IDENTITY_KEYS: khóa thứ 2"),
    ],
)
def test_keys_that_cannot_be_used_are_named_by_their_place_and_never_shown(given: list[str], said: str) -> None:
    with keys(*given), pytest.raises(ImproperlyConfigured, match=said) as wrong:
        seal(NUMBER)
    assert not [key for key in given if key in str(wrong.value)]
    with keys(*given):
        assert [found.id for found in sealed._keys_are_set()] == ["ansinh.E001"]
    assert sealed._keys_are_set() == []


def test_a_server_with_a_database_of_its_own_gets_no_key_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("ANSINH_IDENTITY_KEYS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"VAR": tmp_path, "DEMO": False, "DEBUG": False}.items():
        monkeypatch.setattr(site_settings, name, value)

    def found() -> list[str]:
        return site_settings._identity_keys("ANSINH_IDENTITY_KEYS", "identity-key")

    monkeypatch.setenv("DATABASE_URL", "postgresql:///ansinh")
    assert found() == []
    monkeypatch.setenv("ANSINH_IDENTITY_KEYS", f"{NEW}, {OLD},")
    assert found() == [NEW, OLD]
    assert not list(tmp_path.iterdir())
    monkeypatch.delenv("ANSINH_IDENTITY_KEYS")
    monkeypatch.setattr(site_settings, "DEMO", True)
    assert found() == found() == [(tmp_path / "identity-key").read_text()]
    assert (tmp_path / "identity-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["identity-key"]


def test_servers_that_start_at_once_keep_one_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(site_settings, "VAR", tmp_path)
    for round_ in range(20):
        read: list[str] = []
        gate = threading.Barrier(6)

        def start(name: str = f"key-{round_}", read: list[str] = read, gate: threading.Barrier = gate) -> None:
            gate.wait()
            read.append(site_settings._kept(name, sealed.new_key))

        threads = [threading.Thread(target=start) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(read) == 6
        assert len(set(read)) == 1
        assert read[0]


# Columns ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(transactional_db: None) -> Iterator[type[models.Model]]:
    """A model with a sealed column, and its table, for one test."""
    with isolate_apps("ansinh.web.registry"):

        class SealedPerson(models.Model):
            # A key that SQLite keeps otherwise than Python does.
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            number = SealedTextField(null=True)
            number_digest = DigestField(of="number", db_index=True)

            class Meta:
                app_label = "registry"

        with connection.schema_editor() as editor:
            editor.create_model(SealedPerson)
        try:
            yield SealedPerson
        finally:
            with connection.schema_editor() as editor:
                editor.delete_model(SealedPerson)


def raw(model: Any) -> list[tuple[str, str]]:
    """The two columns as they stand in the database, in the order of the key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, number_digest FROM {model._meta.db_table} ORDER BY id")  # noqa: S608
        return list(cursor.fetchall())


def test_a_person_is_found_by_number_and_read_only_by_asking(person: Any) -> None:
    person.objects.bulk_create([person(number=seal(NUMBER)), person(number=seal("099201009999")), person()])
    found = person.objects.get(number_digest__in=digests("099 201 001 234"))
    assert isinstance(found.number, Sealed)
    assert found.number.reveal() == NUMBER
    assert person.objects.filter(number__isnull=True, number_digest__isnull=True).count() == 1
    found.number = None
    found.save()
    found.refresh_from_db()
    assert (found.number, found.number_digest) == (None, None)


def test_plain_text_is_neither_kept_nor_looked_up(person: Any) -> None:
    with pytest.raises(TypeError, match="never plain text") as wrong:
        person(number=NUMBER, number_digest="").save()
    assert NUMBER not in str(wrong.value)
    with pytest.raises(FieldError):
        person.objects.filter(number=NUMBER)
    with pytest.raises(FieldError):
        person.objects.filter(number__startswith="099")
    assert raw(person) == []


def test_forms_and_serializers_never_hold_the_number(person: Any) -> None:
    kept = person.objects.create(number=seal(NUMBER))
    assert set(modelform_factory(person, fields="__all__").base_fields) == {"id"}
    assert model_to_dict(kept) == {"id": kept.pk}
    written = serializers.serialize("json", [kept])
    assert NUMBER not in written
    assert kept.number.token in written
    field = person._meta.get_field("number")
    assert field.to_python(json.loads(written)[0]["fields"]["number"]) == kept.number
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]
    assert person._meta.get_field("number_digest").clone().of == "number"


@isolate_apps("ansinh.web.registry")
def test_a_digest_of_nothing_is_an_error_of_the_model() -> None:
    class Odd(models.Model):
        number_digest = DigestField(of="numbr")

        class Meta:
            app_label = "registry"

    assert [found.id for found in Odd._meta.get_field("number_digest").check()] == ["ansinh.E002"]


SAVE_AND_LEAVE = """
import django
django.setup()
from django.db import connection, models
from ansinh.web.registry.models import MatchKey, Person, Statement, Upload, User
from ansinh.web.registry.sealed import DigestField, SealedTextField, seal
class Kept(models.Model):
    number = SealedTextField()
    number_digest = DigestField(of="number", unique=True)
    class Meta:
        app_label = "registry"
with connection.schema_editor() as editor:
    editor.create_model(Kept)
kept = [Kept.objects.create(number=seal(f"0992010{n:05}")) for n in range(50)]
kept[0].number = seal("099201099999")
kept[0].save()
import os
os._exit(0)
"""


def test_no_plain_number_stands_in_the_bytes_of_the_database(tmp_path: Path) -> None:
    """The process leaves without closing, so that the write-ahead log is looked through as well."""
    env = {**os.environ, "ANSINH_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ansinh.web.site.settings"}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SAVE_AND_LEAVE], env=env, check=True)  # noqa: S603 - our own text
    held = b"".join(path.read_bytes() for path in tmp_path.glob("ansinh.sqlite3*"))
    assert (tmp_path / "ansinh.sqlite3-wal").exists()
    assert b"registry_kept" in held
    # A token begins with its key's name: the rows are there, and no number of theirs is.
    key_id = next(iter(sealed._named(((tmp_path / "identity-key").read_text(),), "")))
    assert held.count(key_id.encode() + b":") >= 50
    assert b"0992010" not in held


# A new key -------------------------------------------------------------------------------------------------------


def column_of(person: Any) -> sealed.Column:
    (found,) = sealed.columns(person._meta.apps)
    assert (found.model, found.field.name, found.digest and found.digest.name) == (person, "number", "number_digest")
    return found


def test_the_columns_are_found_by_the_kind_of_their_field(person: Any) -> None:
    assert str(column_of(person)) == "registry_sealedperson.number"
    assert list(sealed.columns(Apps())) == []


def filled(person: Any, count: int = 7) -> list[str]:
    """As many people, sealed with the old keys; their numbers."""
    numbers = [f"0992010{n:05}" for n in range(count)]
    with keys(OLD):
        person.objects.bulk_create(
            [person(pk=uuid.UUID(int=place), number=seal(number)) for place, number in enumerate(numbers)]
        )
    person.objects.create(pk=uuid.UUID(int=count))
    return numbers


def test_rotation_stopped_in_the_middle_loses_nothing_and_goes_on(person: Any) -> None:
    numbers = filled(person)
    before = raw(person)

    def stop_after_the_second(done: int, total: int) -> None:
        assert total == 7
        if done == 4:
            raise KeyboardInterrupt

    with keys(NEW, OLD, digesting=(NEW_DIGEST, OLD_DIGEST)):
        with pytest.raises(KeyboardInterrupt):
            reseal_command.reseal(column_of(person), Counter(), stop_after_the_second, batch=2)
        middle = raw(person)
        assert [one != other for one, other in zip(before, middle, strict=True)] == [True] * 4 + [False] * 4
        # In the middle every number is still readable and still found.
        assert [row.number.reveal() for row in person.objects.filter(number__isnull=False).order_by("pk")] == numbers
        assert [person.objects.get(number_digest__in=digests(n)).number.reveal() for n in numbers] == numbers
        assert reseal_command.reseal(column_of(person), Counter(), lambda *_: None, batch=2) == 3
        assert raw(person)[:4] == middle[:4]
        assert reseal_command.reseal(column_of(person), Counter(), lambda *_: None) == 0
    with keys(NEW, digesting=(NEW_DIGEST,)):
        assert [person.objects.get(number_digest=digest(n)).number.reveal() for n in numbers] == numbers


@pytest.mark.parametrize("new", [{"sealing": (NEW, OLD)}, {"digesting": (NEW_DIGEST,)}])
def test_either_key_may_be_changed_alone(person: Any, new: dict[str, tuple[str, ...]]) -> None:
    numbers = filled(person)
    with keys(*new.get("sealing", (OLD,)), digesting=new.get("digesting", (OLD_DIGEST,))):
        assert reseal_command.reseal(column_of(person), Counter(), lambda *_: None) == 7
        assert [person.objects.get(number_digest=digest(n)).number.reveal() for n in numbers] == numbers


def test_a_value_no_key_opens_is_left_and_told(person: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    filled(person, 3)
    with keys(NEW):
        person.objects.create(number=seal(NUMBER))
    lost = raw(person)[:3]
    found = column_of(person)
    monkeypatch.setattr(sealed, "columns", lambda: [found])
    with keys(NEW), pytest.raises(CommandError, match=rf"{lost[0][0][:8]}: 3") as wrong:
        call_command("reseal")
    assert NEW not in str(wrong.value)
    assert raw(person)[:3] == lost
    with keys(NEW, OLD):
        call_command("reseal", check=True)
        call_command("reseal")
    lines = [line.split(": ") for line in capsys.readouterr().out.splitlines()]
    said = [words.split()[0] for name, words in lines if name == str(found)]
    assert said == ["0", "3", "3"]


def test_a_fresh_key_is_printed_and_fits(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reseal", new_key=True)
    with keys(capsys.readouterr().out.strip()):
        assert seal(NUMBER).reveal() == NUMBER


def matched(one: str) -> int:
    """How many records are compared with one of this digest."""
    return MatchKey.objects.filter(key__in=match_keys(identity_of({"digest": one}, None))).count()


def test_what_people_are_matched_by_follows_a_new_digest_key(upload: Upload, clerk: User) -> None:
    numbers = [f"0992180{n:05}" for n in range(3)]
    with keys(OLD, digesting=(OLD_DIGEST,)):
        actions.accept(difference=difference(upload), by=clerk, at=NOON)
        said = list(Statement.objects.order_by("pk"))
        for row, number in zip(said, numbers, strict=True):
            row.sealed_identity = seal(number)
            row.save(update_fields=["sealed_identity", "digest"])
        people = [row.person_id for row in said]
        standing.refresh(people)
        old = [digest(number) for number in numbers]
        assert [Person.objects.get(digest=one).pk for one in old] == people
        assert [matched(one) for one in old] == [1, 1, 1]
    with keys(NEW, OLD, digesting=(NEW_DIGEST, OLD_DIGEST)):
        call_command("reseal")
        new = [digest(number) for number in numbers]
        assert [Person.objects.get(digest=one).pk for one in new] == people
        assert [matched(one) for one in (*old, *new)] == [0, 0, 0, 1, 1, 1]
