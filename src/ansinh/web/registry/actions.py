"""Verbs that change: each in one transaction, with who and when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ansinh.web.registry.models import School, Upload, User
from ansinh.web.registry.queries import schools_written_by

if TYPE_CHECKING:
    from ansinh.sheets import Intake


def keep(*, intake: Intake, school: School, by: User, at: datetime) -> Upload:
    """Keep a file that was read: its bytes, their hash, and the faults found. Sending it again changes nothing.

    A file that had been withdrawn and is sent again stands again. PermissionDenied when the school is not the person's.
    """
    _may_write(by, school)
    with transaction.atomic():
        upload, new = Upload.objects.get_or_create(
            school=school,
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
    _may_write(by, upload.school)
    if upload.withdrawn_at is None:
        _stand(upload, by=by, at=at)


def restore(*, upload: Upload, by: User) -> None:
    """Undo a withdrawal."""
    _may_write(by, upload.school)
    _stand(upload, by=None, at=None)


def _may_write(by: User, school: School) -> None:
    if not schools_written_by(by).filter(pk=school.pk).exists():
        raise PermissionDenied


def _stand(upload: Upload, *, by: User | None, at: datetime | None) -> None:
    upload.withdrawn_by, upload.withdrawn_at = by, at
    upload.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _plain(fault: dict[str, Any]) -> dict[str, Any]:
    """A fault as JSON keeps it: a cell's value as its own text."""
    return {key: value if value is None or isinstance(value, int) else str(value) for key, value in fault.items()}
