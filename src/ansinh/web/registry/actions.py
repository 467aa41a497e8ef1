"""Verbs that change: each in one transaction, with who and when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ansinh.web.registry.models import Area, School, Upload, User
from ansinh.web.registry.scope import scope_of

if TYPE_CHECKING:
    from ansinh.sheets import Intake


def keep(*, intake: Intake, school: School | None = None, area: Area | None = None, by: User, at: datetime) -> Upload:
    """Keep a file that was read, for a school or for an area: its bytes, their hash, and the faults found.

    Sending it again changes nothing; a file that had been withdrawn and is sent again stands again. PermissionDenied when the
    person may not bring in such a list there.
    """
    _may_write(by, intake.template, school, area)
    with transaction.atomic():
        upload, new = Upload.objects.get_or_create(
            school=school,
            area=area,
            template=intake.template,
            sha256=intake.sha256,
            defaults={
                "filename": intake.filename[:255],
                "original": intake.original,
                "size_bytes": len(intake.original),
                "rows_read": len(intake.rows),
                "faults": [_plain(asdict(fault)) for fault in (*intake.faults, *intake.notes)],
                "by": by,
                "at": at,
            },
        )
        if not new and upload.withdrawn_at is not None:
            _stand(upload, by=None, at=None)
    return upload


def withdraw(*, upload: Upload, by: User, at: datetime) -> None:
    """Take an upload back: its children leave the lists. Nothing is deleted; doing it twice changes nothing."""
    _may_write(by, upload.template, upload.school, upload.area)
    if upload.withdrawn_at is None:
        _stand(upload, by=by, at=at)


def restore(*, upload: Upload, by: User) -> None:
    """Undo a withdrawal."""
    _may_write(by, upload.template, upload.school, upload.area)
    _stand(upload, by=None, at=None)


def _may_write(by: User, template: str, school: School | None, area: Area | None) -> None:
    scope = scope_of(by)
    within = (
        scope.schools().filter(pk=school.pk).exists()
        if school is not None
        else area is not None and scope.areas().filter(pk=area.pk).exists()
    )
    if not (within and scope.writes(template)):
        raise PermissionDenied


def _stand(upload: Upload, *, by: User | None, at: datetime | None) -> None:
    upload.withdrawn_by, upload.withdrawn_at = by, at
    upload.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _plain(fault: dict[str, Any]) -> dict[str, Any]:
    """A fault as JSON keeps it: a cell's value as its own text."""
    return {key: value if value is None or isinstance(value, int) else str(value) for key, value in fault.items()}
