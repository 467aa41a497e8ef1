"""The status rows of one learner against a plain fold of what was said, for any statements, however they overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansinh.core.tables import OWN_FACTS, ROLES, STATUS, People, in_force, saying
from ansinh.web.registry import snapshot
from ansinh.web.registry.standing import Said

FIRST = date(2025, 8, 1)
ROLE_FACTS = [fact for role in ROLES for fact in role.facts.values()]
VALUES = {
    "disabled": st.booleans(), "orphan": st.integers(0, 2), "poverty": st.integers(0, 2), "home_area": st.integers(0, 3),
    "home_dbkk_hamlet": st.booleans(), "school_area": st.integers(0, 3),
}  # fmt: skip


@st.composite
def said(draw: st.DrawFn) -> Said:
    since = draw(st.integers(0, 5))
    until = draw(st.integers(since + 1, 6))
    at = datetime(2025, 9, 1 + draw(st.integers(0, 2)), 3, tzinfo=UTC)
    chosen = draw(st.sets(st.sampled_from(sorted(VALUES)), min_size=1))
    values = {name: draw(VALUES[name]) for name in sorted(chosen)}
    return Said(1, 1, 1, at, day(since), day(until), 0, 1, 1, 2025, values)


def day(place: int) -> date:
    return FIRST + timedelta(days=10 * place)


@given(st.lists(said(), max_size=5), st.sets(st.sampled_from(sorted(VALUES))), st.data())
def test_status_rows_say_on_each_day_what_a_plain_fold_says(
    every: list[Said], own_facts: set[str], data: st.DataObject
) -> None:
    own = {name: data.draw(VALUES[name]) for name in sorted(own_facts)}
    every.sort(key=lambda one: one.at)
    tables = snapshot._Tables(day(0), day(6))
    rows = snapshot._dated_rows(own, every, tables)
    tables.status += [{"key": "1", **row} for row in rows]
    keys = tables.keys(own)
    frozen = tables.frozen()
    learner = {"learner": "1", "months": 1022, **{role.key: None for role in ROLES}, **keys}
    People(({**learner, **{name: own.get(name) for name in OWN_FACTS}},), frozen).check()
    for place in range(6):
        for known in (None, date(2025, 9, 1), date(2025, 9, 2)):
            on = day(place)
            plain: dict[str, Any] = dict(own)
            for one in every:
                if one.since <= on < one.until and (known is None or one.at.date() <= known):
                    plain |= one.values
            found: dict[str, Any] = {}
            for name in ("disabled", "orphan"):
                row = in_force(saying(frozen.get(STATUS, ()), name), on, known)
                found[name] = row[name] if row else own.get(name)
            for role in ROLES:
                row = in_force(saying(frozen.get(STATUS, ()), role.key), on, known)
                key = row[role.key] if row else learner[role.key]
                held = next((one for one in frozen[role.table] if one["key"] == key), {})
                found |= {fact: held.get(column) for column, fact in role.facts.items()}
            assert found == {name: plain.get(name) for name in ("disabled", "orphan", *ROLE_FACTS)}, (on, known)
