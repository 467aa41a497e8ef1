"""The calendar of payments: rounds and deadlines of the law, working days without week-ends and holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh import law
from ansinh.core.dates import SchoolYear, Span
from ansinh.core.rules import Mark
from ansinh.web.desk.unconfirmed import unconfirmed
from ansinh.web.payments import calendar

YEAR = SchoolYear(2023)
AUTUMN, SPRING = Span(date(2023, 9, 1), date(2024, 1, 1)), Span(date(2024, 1, 1), date(2024, 6, 1))


def test_the_lunch_of_a_semester_is_paid_in_its_round() -> None:
    (autumn,) = calendar.dates_for(["lunch"], YEAR, AUTUMN)
    (spring,) = calendar.dates_for(["lunch"], YEAR, SPRING)
    assert (autumn.when, spring.when) == (
        Span(date(2023, 11, 1), date(2024, 1, 1)), Span(date(2024, 3, 1), date(2024, 5, 1))
    )  # fmt: skip
    assert (autumn.document, autumn.confirmed) == ("nd-105-2020", True)
    days = (date(2023, 10, 31), date(2023, 11, 1), date(2023, 12, 31), date(2024, 1, 1))
    assert [autumn.state(on) for on in days] == ["early", "now", "now", "late"]


def test_what_is_not_confirmed_says_so() -> None:
    (lunch,) = calendar.dates_for(["lunch"], SchoolYear(2025), Span(date(2025, 9, 1), date(2026, 1, 1)))
    assert not lunch.confirmed
    assert calendar.without_rounds(["lunch", "single_parent_allowance"], YEAR) == ["single_parent_allowance"]


def test_forty_five_working_days_of_a_known_year() -> None:
    """The worked case: the year opened on 5 September 2025, and the forty-fifth working day was 7 November."""
    assert calendar.working_day(date(2025, 9, 5), 45) == date(2025, 11, 7)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2025, 9, 5), 1, date(2025, 9, 8)),  # From a Friday to a Monday.
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # Over two holidays and a week-end.
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Over the lunar new year.
        (date(2025, 9, 6), 0, date(2025, 9, 6)),
    ],
)
def test_working_days(start: date, days: int, end: date) -> None:
    assert calendar.working_day(start, days) == end


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.integers(1, 60))
def test_working_days_against_a_plain_count(start: date, days: int) -> None:
    closed = {
        one.since + timedelta(days=n) for one in calendar.HOLIDAYS for n in range((one.last - one.since).days + 1)
    }
    end = calendar.working_day(start, days)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(day.isoweekday() < 6 and day not in closed for day in between) == days
    assert end.isoweekday() < 6 and end not in closed


def test_every_date_names_a_document_of_the_law_and_a_support() -> None:
    found = law.load()
    documents = {document.id for document in found.documents}
    for one in (*calendar.ROUNDS, *calendar.DEADLINES):
        assert one.document in documents
        assert set(one.benefits) <= set(found.benefits)
        assert one.source and isinstance(one.mark, Mark)
    for benefit in found.benefits:
        for year in range(2015, 2030):
            standing = [one for one in calendar.ROUNDS if benefit in one.benefits and one.first <= year <= one.last]
            assert len(standing) <= 1, (benefit, year)


def test_what_a_payment_rests_on_unconfirmed_is_named_once_with_its_supports() -> None:
    year = SchoolYear(2025)
    grounds = [("lunch", date(2025, month, 1), "-") for month in (11, 12)]
    found = unconfirmed([*grounds, ("lunch", date(2025, 11, 1), "99.9")], year)  # A clause that the law does not know.
    assert len(found) == len({doubt for doubt, _benefits in found}) > 0
    assert all(benefits == ["lunch"] for _doubt, benefits in found)
    assert any("277/2025" in doubt.vi for doubt, _benefits in found)
    assert unconfirmed([], year) == []
