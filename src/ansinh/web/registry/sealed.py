"""Identity numbers under seal: encrypted at rest, found again only by the whole number (docs/decisions/0010).

A number is sealed with the newest key of ANSINH_IDENTITY_KEYS and opened with whichever key sealed it; its digest is
keyed too, so that whoever holds the database alone can neither read nor try out numbers. Both carry the name of their
key, so that `manage.py reseal` finds what is still under an old one.

    identity_number = SealedTextField(null=True)
    identity_digest = DigestField(of="identity_number", db_index=True)

    person.identity_number = seal("099201001234")        # Saving the person fills the digest.
    Person.objects.filter(identity_digest__in=digests("099 201 001 234"))
    person.identity_number.reveal()                      # The one road back to the number.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.views.decorators.debug import sensitive_variables

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
    _CharField = models.CharField[Any, Any]
else:
    _TextField = models.TextField
    _CharField = models.CharField

SHAPE = re.compile(r"[0-9a-f]{8}:[\w=-]+", re.ASCII)
HOW = "docs/huong-dan/so-dinh-danh.md"


class SealError(ValueError):
    """A value that no key in use opens, or that is no sealed value at all. `key_id`: the key it asks for."""

    def __init__(self, key_id: str, message: str) -> None:
        super().__init__(message)
        self.key_id = key_id


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A text under seal. It prints as a mark and is no JSON, so that the text leaves it only where `reveal` is written."""

    token: str

    def __str__(self) -> str:
        return "‹niêm phong›"

    __repr__ = __str__

    def reveal(self) -> str:
        """The text. SealError as `unseal`."""
        return unseal(self.token)


# Keys ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _named(keys: tuple[str, ...], variable: str) -> dict[str, bytes]:
    """Key id → 32 bytes, newest first. A message never holds a key, only its place in the list."""
    if not keys:
        raise ImproperlyConfigured(f"Chưa đặt {variable}; xem {HOW}. · {variable} is not set; see {HOW}.")
    named = {}
    for place, key in enumerate(keys, start=1):
        try:
            raw = base64.b64decode(key, altchars=b"-_", validate=True)
        except ValueError:
            raw = b""
        if len(raw) != 32:
            wrong = f"{variable}: khóa thứ {place} không phải 32 byte viết theo base64; xem {HOW}."
            raise ImproperlyConfigured(f"{wrong} · Key {place} is not 32 bytes in base64.")
        named[hashlib.sha256(b"ansinh key id\0" + raw).hexdigest()[:8]] = raw
    return named


def _sealing() -> dict[str, bytes]:
    return _named(tuple(settings.IDENTITY_KEYS), "ANSINH_IDENTITY_KEYS")


def _digesting() -> dict[str, bytes]:
    return _named(tuple(settings.IDENTITY_DIGEST_KEYS), "ANSINH_IDENTITY_DIGEST_KEY")


def key_ids() -> tuple[str, ...]:
    """The names of all keys in use, sealing keys first: eight letters of a hash, from which no key can be found."""
    return (*_sealing(), *_digesting())


def newest() -> tuple[str, str]:
    """The names of the newest sealing key and the newest digest key."""
    return next(iter(_sealing())), next(iter(_digesting()))


def new_key() -> str:
    """A fresh key for either variable."""
    return Fernet.generate_key().decode()


@checks.register(checks.Tags.security)
def _keys_are_set(**_: Any) -> list[checks.CheckMessage]:
    """A server of its own database must not learn at its first identity number that it has no key for it."""
    try:
        key_ids()
    except ImproperlyConfigured as wrong:
        return [checks.Error(str(wrong), id="ansinh.E001")]
    return []


# Sealing ---------------------------------------------------------------------------------------------------------


@sensitive_variables("text")
def seal(text: str) -> Sealed:
    """`text` sealed with the newest key: twice the same text gives two different seals. ValueError when it is empty."""
    if not text:
        raise ValueError("an empty text is not sealed: store no value instead")
    key_id, key = next(iter(_sealing().items()))
    return Sealed(f"{key_id}:{_box(key).encrypt(text.encode()).decode()}")


@sensitive_variables("text")
def unseal(token: str) -> str:
    """The text under a seal. SealError when its key is not in use, or when one letter of it was changed."""
    key_id, _, body = token.partition(":")
    if not SHAPE.fullmatch(token):
        raise SealError("", "not a sealed value")
    if key_id not in _sealing():
        raise SealError(key_id, f"sealed with key {key_id}, which ANSINH_IDENTITY_KEYS does not hold")
    try:
        text = _box(_sealing()[key_id]).decrypt(body.encode()).decode()
    except InvalidToken:
        raise SealError(key_id, f"the seal of key {key_id} is broken: the value was changed") from None
    return text


@lru_cache(maxsize=8)
def _box(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


@sensitive_variables("text")
def digest(text: str) -> str:
    """What an identity number is found by: HMAC-SHA256 of its digits under the newest key. ValueError: no digit in it."""
    return digests(text)[0]


@sensitive_variables("text", "digits")
def digests(text: str) -> tuple[str, ...]:
    """The digest under each key in use, newest first: while digests are being renewed, a number is looked up by all."""
    digits = "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())
    if not digits:
        # All texts without digits would share one digest, and their owners be taken for one person.
        raise ValueError("an identity number has digits")
    return tuple(
        f"{key_id}:{base64.urlsafe_b64encode(hmac.digest(key, digits.encode(), 'sha256')).decode().rstrip('=')}"
        for key_id, key in _digesting().items()
    )


# Columns ---------------------------------------------------------------------------------------------------------


class SealedTextField(_TextField):
    """Keeps a Sealed, and takes nothing else: plain text is refused, and one cannot look up or edit by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Sealed | None:
        """Of a backup in JSON: there a sealed value stands as its token."""
        return Sealed(value) if isinstance(value, str) and SHAPE.fullmatch(value) else self._sealed(value)

    def get_prep_value(self, value: Any) -> str | None:
        sealed = self._sealed(value)
        return None if sealed is None else sealed.token

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, *_: Any, **__: Any) -> Any:
        return None

    def _sealed(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self.name} keeps what seal() gives, never plain text")


class DigestField(_CharField):
    """The digest of the SealedTextField named by `of`; saving fills it. One without the other cannot be saved right:
    `update_fields` and `update()` must name both."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{**kwargs, "max_length": 52, "null": True, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "editable"):
            del kwargs[fixed]
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        sealed = getattr(model_instance, self.of)
        found = None if sealed is None else digest(sealed.reveal())
        setattr(model_instance, self.attname, found)
        return found

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        beside = {field.name for field in self.model._meta.local_fields if isinstance(field, SealedTextField)}
        wrong = f"{self.name} is the digest of {self.of}, which is no SealedTextField of {self.model.__name__}"
        return [*super().check(**kwargs), *([] if self.of in beside else [checks.Error(wrong, id="ansinh.E002")])]


@dataclass(frozen=True)
class Column:
    """One sealed column of the database, and the column of its digest where it has one."""

    model: type[models.Model]
    field: SealedTextField
    digest: DigestField | None

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"


def columns(registry: Apps = apps) -> Iterator[Column]:
    """Every sealed column there is, found by the kind of its field."""
    for model in registry.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        local = model._meta.local_concrete_fields
        beside = {field.of: field for field in local if isinstance(field, DigestField)}
        for field in local:
            if isinstance(field, SealedTextField):
                yield Column(model, field, beside.get(field.name))
