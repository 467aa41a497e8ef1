"""A file's difference, remembered: comparing thousands of rows takes seconds, and a screen shows it many times.

What is remembered is good for one state of the registry (`version`): whatever is accepted, undone, decided, joined or
parted anywhere makes it be worked out anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef

from ansinh.sheets import Intake
from ansinh.web.registry import actions, school_lists, staff_lists
from ansinh.web.registry.difference import Difference, Kind, difference
from ansinh.web.registry.incoming import SCHOOL_LIST, STAFF_LIST
from ansinh.web.registry.models import Area, Batch, Doubt, Joining, PairDecision, School, Upload, User

REMEMBERED = 12  # A file stands here under two names, and one of 2,000 rows takes some tens of megabytes.
Read = Callable[[Upload], Intake]
_kept: OrderedDict[tuple[Any, ...], Difference] = OrderedDict()
_lock = Lock()
# What compares a list that is of no learners.
_COMPARE = {SCHOOL_LIST: school_lists.difference_of, STAFF_LIST: staff_lists.difference_of}


class ChangedError(Exception):
    """The difference is no longer the one the person saw: nothing was accepted."""


def version() -> tuple[Any, ...]:
    """What names a state of the registry as far as a difference depends on it."""
    return (
        *Batch.objects.aggregate(last=Max("pk"), over=Count("undone_at")).values(),
        *PairDecision.objects.aggregate(last=Max("pk"), over=Count("withdrawn_at")).values(),
        *Joining.objects.aggregate(last=Max("pk"), over=Count("parted_at")).values(),
    )


def compared(upload: Upload, *, read: Read, since: date | None = None) -> Difference:
    """`difference` of an upload from a day on, worked out once for each state of the registry.

    read: gives what reading the upload's bytes gave. The doubtful rows found are written down for the work list.
    """
    state = version()
    name = (upload.pk, upload.sha256, since, state)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    found = _COMPARE.get(upload.template, difference)(upload, since=since, intake=read(upload))
    record_doubts(found)
    with _lock:
        # The first day need not be named: then it is the one the page names when it sends the choice.
        _kept[name] = _kept[upload.pk, upload.sha256, found.since, state] = found
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return found


def accept_as_seen(
    *,
    upload: Upload,
    seen: str,
    numbers: Collection[int],
    by: User,
    at: datetime,
    read: Read,
    since: date | None = None,
    gone_on: date | None = None,
) -> Batch | None:
    """Accept rows of a difference if it still is the one whose seal the person saw; else ChangedError, and nothing happens."""
    compared(upload, read=read, since=since)  # The slow part, before anybody has to wait for the transaction.
    with transaction.atomic():
        # Two people who accept for one place do so one after the other; SQLite has one writer anyhow.
        if upload.school_id:
            School.objects.select_for_update().get(pk=upload.school_id)
        elif upload.area:
            Area.objects.select_for_update().get(pk=_area_locked(upload.template, upload.area))
        found = compared(upload, read=read, since=since)
        if found.seal != seen:
            raise ChangedError
        return actions.accept(difference=found, by=by, at=at, numbers=numbers, gone_on=gone_on)


def _area_locked(template: str, area: Area) -> int:
    """The area whose lists wait for one another; the lists of schools of a province and of its communes may name the same."""
    while template == SCHOOL_LIST and area.parent is not None:
        area = area.parent
    return area.pk


def record_doubts(found: Difference) -> None:
    """Write down the doubtful pairs of an upload; those no longer found go, but for pairs on which a word stands."""
    wanted = {
        (change.number, candidate.person): (change, candidate)
        for change in found.of(Kind.DOUBTFUL)
        for candidate in change.candidates
    }
    mine = Doubt.objects.filter(upload=found.upload)
    words = PairDecision.objects.filter(
        incoming=OuterRef("fingerprint"), person=OuterRef("person"), withdrawn_at__isnull=True
    )
    known = set(mine.values_list("number", "person_id"))
    if known == set(wanted):
        return
    with transaction.atomic():
        mine.exclude(Exists(words)).delete()
        fresh = [_doubt(found.upload, *wanted[pair]) for pair in sorted(wanted)]
        Doubt.objects.bulk_create(fresh, ignore_conflicts=True)


def _doubt(upload: Upload, change: Any, candidate: Any) -> Doubt:
    return Doubt(
        upload=upload,
        number=change.number,
        sheet=change.sheet[:100],
        row=change.row,
        name=change.name[:120],
        class_name=change.class_name[:60],
        fingerprint=change.fingerprint,
        person_id=candidate.person,
        reasons=[reason.code for reason in candidate.reasons],
    )
