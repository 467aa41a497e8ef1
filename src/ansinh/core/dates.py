"""School years, months and half-open spans of days: `since` is included, `until` is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPEN = date.max  # The end of a span that has no end yet; a real day, so that every engine compares it alike.

# A school year is reckoned in thirteen months: the August before it (the pre-grade-1 course), then September to August.
PREPARATORY = 0
MONTHS_IN_YEAR = 13
USUAL_STUDY_MONTHS = range(1, 10)  # September to May: the nine months of Vietnam's general schools.

FULL_YEAR = 9  # Months of study that make a full school year.
TWELVE_MONTHS = (1 << MONTHS_IN_YEAR) - 2  # The study mask with every month from September to August.


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. Ordered; adding an integer moves by whole months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month must be 1 to 12, not {self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2025-10`; ValueError says what was expected."""
        try:
            year, month = (int(part) for part in text.split("-"))
        except ValueError:
            raise ValueError(f"a month is written YYYY-MM, for example 2025-10, not {text!r}") from None
        return cls(year, month)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def starting_on_or_after(cls, day: date) -> Month:
        """The first month whose first day is `day` or later: the default first month of a law in force from `day`."""
        return cls.of(day) if day.day == 1 else cls.of(day) + 1

    @property
    def index(self) -> int:
        """Months since year 0: differences of indexes are months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def __add__(self, months: int) -> Month:
        year, month0 = divmod(self.index + months, 12)
        return Month(year, month0 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The school year that opens in September of `start`. Months run by position 0 (the August before) to 12."""

    start: int

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read `2025-2026` (or `2025–2026`); ValueError says what was expected."""
        parts = text.replace("–", "-").split("-")
        if len(parts) == 2 and all(part.isdigit() for part in parts) and int(parts[1]) == int(parts[0]) + 1:
            return cls(int(parts[0]))
        raise ValueError(f"a school year is written YYYY-YYYY, for example 2025-2026, not {text!r}")

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year a day is taken to mean where none is named: from August on the one that opens that September."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def until(self) -> date:
        return date(self.start + 1, 9, 1)

    def month(self, position: int) -> Month:
        """The calendar month at a position (0 the August before, 1 September … 12 August)."""
        if not 0 <= position < MONTHS_IN_YEAR:
            raise ValueError(f"a school year has positions 0 to {MONTHS_IN_YEAR - 1}, not {position}")
        return Month(self.start, 8) + position

    def position(self, month: Month) -> int:
        """Where a calendar month stands in this school year; ValueError when it lies outside."""
        position = month.index - Month(self.start, 8).index
        if not 0 <= position < MONTHS_IN_YEAR:
            raise ValueError(f"month {month} is not in school year {self}")
        return position

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"


@dataclass(frozen=True)
class Span:
    """Days from `since` (included) until `until` (not included)."""

    since: date
    until: date = OPEN

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until

    def overlaps(self, other: Span) -> bool:
        return self.since < other.until and other.since < self.until


def study_mask(positions: range | list[int]) -> int:
    """Months studied as one integer: bit p is set when the month at position p was studied."""
    mask = 0
    for position in positions:
        mask |= 1 << position
    return mask


def positions_in(mask: int) -> list[int]:
    """The positions whose bits are set, in order: the inverse of `study_mask`."""
    return [position for position in range(MONTHS_IN_YEAR) if mask >> position & 1]


def twelve_mask(mask: int) -> int:
    """The months a twelve-month support covers: all twelve for who studies at least nine of them, else those studied."""
    return mask | TWELVE_MONTHS if (mask & TWELVE_MONTHS).bit_count() >= FULL_YEAR else mask


def study_mask_between(year: SchoolYear, span: Span, *, usual: range | list[int] = USUAL_STUDY_MONTHS) -> int:
    """The usual study months in which a learner was enrolled on at least one day of `span`.

    Whether a part month counts whole is left open by the decrees on school support (reference, doubt 25); it counts here.
    """
    months = [p for p in usual if Span(year.month(p).first_day, (year.month(p) + 1).first_day).overlaps(span)]
    return study_mask(months)


def complete_years(birth: date, on: Month) -> int:
    """Age in complete years on the first day of a month (Civil Code 2015, Article 148: counted by birthdays)."""
    return (on.index - Month.of(birth).index - (birth.day > 1)) // 12
