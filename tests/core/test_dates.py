"""School years by day."""

from __future__ import annotations

from datetime import date

from ansinh.core.dates import SchoolYear


def test_the_school_year_of_a_day_turns_on_the_first_of_august() -> None:
    assert SchoolYear.of(date(2025, 7, 31)) == SchoolYear(2024)
    assert SchoolYear.of(date(2025, 8, 1)) == SchoolYear(2025)
    assert SchoolYear.of(date(2026, 1, 1)) == SchoolYear(2025)
