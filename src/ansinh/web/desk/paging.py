"""Pages of a list that was counted no further than it is paged."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of rows whose count, or where the pages are to end, is known: nothing is counted again."""

    def __init__(self, rows: QuerySet[Any], size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count
