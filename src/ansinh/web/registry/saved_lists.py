"""Verbs on the lists that a person keeps under a name. Nothing is deleted: what is taken away can be had back."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.web.registry.models import SavedList, User

MOST_KEPT = 50


class RefusedError(ValueError):
    """`reason`: no_name, taken (another list has the name) or many (there are MOST_KEPT already)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def save(*, by: User, name: str, query: str, at: datetime) -> SavedList:
    """Keep an address under a name of the person's own; RefusedError."""
    if by.saved_lists.filter(removed_at__isnull=True).count() >= MOST_KEPT:
        raise RefusedError("many")
    return _kept(SavedList(user=by, name=name, query=query, at=at))


def rename(*, kept: SavedList, name: str) -> SavedList:
    """Another name; RefusedError."""
    kept.name = name
    return _kept(kept)


def remove(*, kept: SavedList, at: datetime) -> SavedList:
    """Take away; `restore` gives it back."""
    kept.removed_at = at
    return _kept(kept)


def restore(*, kept: SavedList) -> SavedList:
    """Give back what was taken away; RefusedError where the name went to another list meanwhile."""
    kept.removed_at = None
    return _kept(kept)


def _kept(one: SavedList) -> SavedList:
    one.name = one.name.strip()[:100]
    if not one.name:
        raise RefusedError("no_name")
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise RefusedError("taken") from None
    return one
