"""Searching people: filled in by its own work; here so that refreshing has somebody to call."""

from collections.abc import Sequence


def reindex(ids: Sequence[int]) -> None:
    """Make the search words of these people anew."""
