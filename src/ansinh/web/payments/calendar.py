"""When the law wants supports paid and dossiers decided: dated data, each with its article and how far it was confirmed.

A round is paid between two months of the school year. A deadline is so many working days after the opening of the year.
What was read only in a secondary page, or not at all, is marked so, and every screen that shows it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.core.dates import Month, SchoolYear, Span
from ansinh.core.rules import Mark

Words = tuple[str, str]  # Vietnamese and English.


@dataclass(frozen=True)
class Round:
    """An instalment: the months it pays for and the first and last month it is paid in, as positions in the school year."""

    covers: tuple[int, int]
    paid: tuple[int, int]


@dataclass(frozen=True)
class Rounds:
    """How a document spreads the payments of some supports over the school years from `first` to `last`."""

    benefits: tuple[str, ...]
    document: str
    cite: str
    rounds: tuple[Round, ...]
    source: str
    mark: Mark
    first: int
    last: int = 9999


@dataclass(frozen=True)
class Deadline:
    """What must be done within so many working days of the opening of the year."""

    benefits: tuple[str, ...]
    document: str
    cite: str
    what: Words
    working_days: int
    source: str
    mark: Mark
    first: int
    last: int = 9999


@dataclass(frozen=True)
class Holiday:
    """Days on which offices are closed, both included."""

    since: date
    last: date
    words: Words
    mark: Mark = Mark.UNCONFIRMED


# Positions: 1 September, 2 October … 4 December, 5 January … 8 April, 9 May.
_LUNCH = (Round((1, 4), (3, 4)), Round((5, 9), (7, 8)))
ROUNDS = (
    Rounds(
        ("lunch", "worker_child"), "nd-06-2018", "7",
        (Round((1, 4), (2, 3)), Round((5, 9), (6, 7))), "LC06", Mark.SECONDARY, 2018, 2019,
    ),
    Rounds(("lunch", "worker_child"), "nd-105-2020", "7", _LUNCH, "PD13", Mark.FULL_TEXT, 2020, 2024),
    # Whether Decree 277/2025 left this article as it was has not been read.
    Rounds(("lunch", "worker_child"), "nd-105-2020", "7", _LUNCH, "TT1622", Mark.UNCONFIRMED, 2025),
    Rounds(
        ("policy_scholarship",), "nd-84-2020", "9.8",
        (Round((2, 7), (2, 2)), Round((8, 12), (7, 7))), "PD13", Mark.DERIVED, 2020, 2025,
    ),
    Rounds(
        ("policy_scholarship",), "nd-66-2026", "8.2.a",
        (Round((2, 7), (2, 2)), Round((8, 12), (7, 7))), "PD13", Mark.DERIVED, 2026,
    ),
    Rounds(
        ("disability_scholarship", "disability_materials"), "ttlt-42-2013", "8",
        (Round((1, 5), (1, 3)), Round((6, 9), (7, 9))), "PDNKT", Mark.DERIVED, 2014,
    ),
    Rounds(
        ("vocational_scholarship",), "qd-53-2015", "",
        (Round((1, 6), (2, 3)), Round((7, 12), (7, 8))), "TT1959", Mark.SECONDARY, 2016,
    ),
    Rounds(("merit_yearly",), "nd-131-2021", "98", (Round((1, 12), (2, 3)),), "PDNCC", Mark.FULL_TEXT, 2022),
    Rounds(
        ("merit_monthly",), "nd-131-2021", "98",
        (Round((1, 6), (2, 3)), Round((7, 12), (7, 8))), "PDNCC", Mark.DERIVED, 2022,
    ),
    Rounds(
        ("study_cost",), "nd-81-2021", "20",
        (Round((1, 4), (1, 1)), Round((5, 9), (5, 5))), "ND81T", Mark.DERIVED, 2021, 2024,
    ),
)  # fmt: skip
_WHOLE = ("hết hạn giải quyết hồ sơ nộp đúng hạn", "the last day to decide a dossier filed in time")
_PRIVATE = (f"{_WHOLE[0]} (trường ngoài công lập)", f"{_WHOLE[1]} (private schools)")
DEADLINES = (
    Deadline(
        ("study_cost",), "nd-81-2021", "19",
        ("hết hạn gia đình nộp hồ sơ", "the last day for families to file"), 45, "ND81T", Mark.SECONDARY, 2021, 2024,
    ),
    Deadline(
        ("study_cost",), "nd-238-2025", "18.5",
        ("hết hạn gia đình nộp hồ sơ; nộp muộn thì tính từ ngày nộp",
         "the last day for families to file; filed later, it counts from that day"),
        45, "ND238T", Mark.FULL_TEXT, 2025,
    ),
    Deadline(("study_cost",), "nd-238-2025", "18.5", _WHOLE, 55, "ND238T", Mark.DERIVED, 2025),
    Deadline(("small_group_support",), "nd-57-2017", "5", _PRIVATE, 40, "TT3702", Mark.SECONDARY, 2017),
)  # fmt: skip
# No list of holidays was found in a source that could be read; those that follow the moon are reckoned by the calendar.
HOLIDAYS = tuple(
    Holiday(date.fromisoformat(since), date.fromisoformat(last), words)
    for since, last, words in (
        ("2025-01-01", "2025-01-01", ("Tết Dương lịch", "New Year")),
        ("2025-01-27", "2025-01-31", ("Tết Nguyên đán", "Lunar New Year")),
        ("2025-04-07", "2025-04-07", ("Giỗ Tổ Hùng Vương", "Hùng Kings' Day")),
        ("2025-04-30", "2025-05-01", ("Ngày Chiến thắng, Quốc tế Lao động", "Victory and Labour Day")),
        ("2025-09-01", "2025-09-02", ("Quốc khánh", "National Day")),
        ("2026-01-01", "2026-01-01", ("Tết Dương lịch", "New Year")),
        ("2026-02-16", "2026-02-20", ("Tết Nguyên đán", "Lunar New Year")),
        ("2026-04-27", "2026-04-27", ("Giỗ Tổ Hùng Vương (nghỉ bù)", "Hùng Kings' Day, in lieu")),
        ("2026-04-30", "2026-05-01", ("Ngày Chiến thắng, Quốc tế Lao động", "Victory and Labour Day")),
        ("2026-09-01", "2026-09-02", ("Quốc khánh", "National Day")),
        ("2027-01-01", "2027-01-01", ("Tết Dương lịch", "New Year")),
    )
)
_CLOSED = frozenset(
    one.since + timedelta(days=n) for one in HOLIDAYS for n in range((one.last - one.since).days + 1)
)  # fmt: skip
_OPENS_ON = 5  # September: the usual day on which a school year opens.


@dataclass(frozen=True)
class Dated:
    """A date to heed, for the supports named. when: its first and last day; covers: the months it is about (a round only).

    confirmed: whether the source was read in full; what rests on the list of holidays is never wholly confirmed.
    """

    benefits: tuple[str, ...]
    document: str
    cite: str
    when: Span
    covers: tuple[Month, Month] | None
    what: Words
    confirmed: bool

    @property
    def last(self) -> date:
        return self.when.until - timedelta(days=1)

    def state(self, on: date) -> str:
        """`early`, `now` or `late` on a day."""
        return "early" if on < self.when.since else "now" if on in self.when else "late"


def opening(year: SchoolYear) -> date:
    """The usual opening day of a school year: 5 September."""
    return date(year.start, 9, _OPENS_ON)


def working_day(start: date, days: int) -> date:
    """The day on which so many working days after a day are over: that day itself is not counted; Mondays to Fridays are,
    but for holidays."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in _CLOSED
    return day


def dates_for(benefits: Collection[str], year: SchoolYear, period: Span) -> list[Dated]:
    """The rounds in which the months of a period are to be paid, and the deadlines of the year, soonest first."""
    return sorted((*_rounds(benefits, year, period), *_deadlines(benefits, year)), key=lambda one: one.when.until)


def without_rounds(benefits: Collection[str], year: SchoolYear) -> list[str]:
    """Supports of which this calendar knows no time of payment."""
    known = {name for one in ROUNDS if one.first <= year.start <= one.last for name in one.benefits}
    return [name for name in benefits if name not in known]


def _rounds(benefits: Collection[str], year: SchoolYear, period: Span) -> Iterator[Dated]:
    for one in ROUNDS:
        about = tuple(name for name in one.benefits if name in benefits)
        if not about or not one.first <= year.start <= one.last:
            continue
        for part in one.rounds:
            first, last = (year.month(position) for position in part.covers)
            if Span(first.first_day, (last + 1).first_day).overlaps(period):
                when = Span(year.month(part.paid[0]).first_day, (year.month(part.paid[1]) + 1).first_day)
                confirmed = one.mark is Mark.FULL_TEXT
                yield Dated(about, one.document, one.cite, when, (first, last), ("", ""), confirmed)


def _deadlines(benefits: Collection[str], year: SchoolYear) -> Iterator[Dated]:
    for one in DEADLINES:
        about = tuple(name for name in one.benefits if name in benefits)
        if about and one.first <= year.start <= one.last:
            opens = opening(year)
            when = Span(opens, working_day(opens, one.working_days) + timedelta(days=1))
            yield Dated(about, one.document, one.cite, when, None, one.what, False)
