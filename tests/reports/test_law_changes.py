"""What changed in the law between two days, on the made-up law of these tests and on the real one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ansinh import law as law_room
from ansinh.core.dates import Month
from ansinh.reports import law_index, write
from ansinh.reports.law_changes import Happened, LawChanges, entries, figures, rows

LAW = law_room.load()


def real(since: date, until: date) -> LawChanges:
    return figures(LAW, since=since, until=until)


def test_base_salary_and_lunch_in_their_months() -> None:
    numbers = {
        (change.name, change.month): (change.before[0], change.after[0])
        for change in real(date(2023, 6, 1), date(2025, 12, 31)).changes
        if change.happened is Happened.NUMBER
    }
    assert numbers["base_salary_vnd", Month(2024, 7)] == ("1.800.000 VND/month", "2.340.000 VND/month")
    assert numbers["lunch_vnd", Month(2025, 11)][0].startswith("160.000")


def test_a_change_counts_from_the_month_after_the_first_day_to_that_of_the_last() -> None:
    def months(since: date, until: date) -> set[Month]:
        return {change.month for change in real(since, until).changes if change.name == "base_salary_vnd"}

    assert months(date(2024, 6, 30), date(2024, 7, 1)) == {Month(2024, 7)}
    assert months(date(2024, 7, 1), date(2024, 7, 31)) == set()
    assert months(date(2024, 5, 1), date(2024, 6, 30)) == set()
    with pytest.raises(ValueError, match="comes before"):
        real(date(2024, 7, 1), date(2024, 6, 1))


def test_the_changes_lead_from_what_was_in_force_to_what_is() -> None:
    """Applied to what is in force on the first day, begun, changed and ended give what is in force on the last."""
    since, until = date(2011, 1, 1), date(2026, 12, 1)
    held = {entry["benefit"]: entry["document"] for entry in law_index.in_force_on(LAW, since)}
    for change in real(since, until).changes:
        if change.happened in (Happened.BEGAN, Happened.CHANGED):
            assert (change.name in held) is (change.happened is Happened.CHANGED)
            held[change.name] = change.document
        elif change.happened is Happened.ENDED:
            del held[change.name]
    assert held == {entry["benefit"]: entry["document"] for entry in law_index.in_force_on(LAW, until)}


def test_a_changed_support_names_the_clauses_that_came_and_went() -> None:
    lunch = next(
        change
        for change in real(date(2025, 10, 1), date(2025, 11, 1)).changes
        if (change.happened, change.name) == (Happened.CHANGED, "lunch")
    )
    assert lunch.before[0] == "Điều 7 Nghị định 105/2020/NĐ-CP" and lunch.document == "nd-277-2025"
    assert any("công lập" in vi for vi, _ in lunch.added)
    assert any("thường trú" in vi for vi, _ in lunch.dropped)
    # Poor and near-poor hold as before: that clause neither came nor went.
    assert not any("cận nghèo" in vi for vi, _ in (*lunch.added, *lunch.dropped))


def test_as_json_and_as_a_table_in_both_languages() -> None:
    found = real(date(2024, 1, 1), date(2025, 12, 1))
    told = json.loads(write("law_changes", found, "json"))
    assert len(told["changes"]) == len(entries(found)) == len(found.changes) > 0
    assert told["changes"][0].keys() >= {"month", "happened", "name", "label", "before", "after", "added", "dropped"}
    for lang in (0, 1):
        assert {len(row) for row in rows(found, lang)} == {6}
    assert len(rows(found, 0)) == len(found.changes) + 1


def test_by_benefit_has_every_rule_once_in_the_order_of_months() -> None:
    found = law_index.by_benefit(LAW)
    assert sum(len(entry["rules"]) for entry in found) == len(LAW.rules)
    for entry in found:
        assert [rule["since"] for rule in entry["rules"]] == sorted(rule["since"] for rule in entry["rules"])
