"""A person's identity as `core.identities` compares it, from what the registry knows; schools by their number here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ansinh.core.identities import Identity


def identity_of(state: Mapping[str, Any], school: int | None) -> Identity:
    """From folded statements or an incoming row: columns as in `Statement`; what is not said is None."""
    return Identity(
        name=state.get("full_name") or "",
        birth=state.get("birth_date"),
        code=state.get("code") or None,
        number=state.get("digest") or None,
        sex=state.get("sex") or None,
        school=None if school is None else str(school),
        father=state.get("father") or None,
        mother=state.get("mother") or None,
    )


def fingerprint(identity: Identity) -> str:
    """SHA-256 of who a row names: what a person's word on a doubtful pair is kept under."""
    return hashlib.sha256(repr(identity).encode()).hexdigest()
