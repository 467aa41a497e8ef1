"""Questions that read. Each starts from `scope`, which alone decides what a person may see."""

from __future__ import annotations

from ansinh.web.registry.models import Upload
from ansinh.web.registry.scope import Scope


def latest_uploads(scope: Scope) -> dict[int, Upload]:
    """School id → its newest roster that stands, among those within the scope."""
    newest: dict[int, Upload] = {}
    for upload in scope.uploads().filter(withdrawn_at__isnull=True, school__isnull=False, template="learner_roster"):
        newest.setdefault(upload.school_id or 0, upload)
    return newest
