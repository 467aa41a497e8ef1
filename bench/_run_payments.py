"""One database's share of `bench/payments.py`, in a process of its own: prints one line of JSON."""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from _measure import peak_bytes
from _run_registry import network, ready

if TYPE_CHECKING:
    from ansinh.core.tables import People

LEARNERS_A_FILE = 20_000
AT = datetime(2025, 10, 1, 5, tzinfo=UTC)
START = 2025


def population(learners: int) -> People:
    """Made-up children of one school, of whom each is numbered as the registry would: 1, 2, 3 …"""
    from ansinh import sheets
    from ansinh.core.dates import SchoolYear
    from ansinh.core.tables import People
    from ansinh.sheets import _sample, learner_roster

    school = _sample.SampleSchool(name="Trường số 0", code="99000000")
    rows: list[dict[str, Any]] = []
    tables: dict[str, list[dict[str, Any]]] = {}
    for number in range(-(-learners // LEARNERS_A_FILE)):
        some = min(LEARNERS_A_FILE, learners - number * LEARNERS_A_FILE)
        data = _sample.sample_table(number, school=school, learners=some)
        intake = sheets.read(sheets.templates()["learner_roster"], data, filename=f"{number}.csv")
        people = learner_roster.people(intake, SchoolYear(START))
        own = {row["learner"]: str(len(rows) + place) for place, row in enumerate(people.learners, start=1)}

        def keyed(key: Any, own: dict[str, str] = own, number: int = number) -> Any:
            return own.get(key, f"{number}-{key}") if key is not None else None

        roles = [name for name in people.learners[0] if name in KEYS]
        rows += [
            {**row, "learner": own[row["learner"]], **{role: keyed(row[role]) for role in roles}}
            for row in people.learners
        ]
        for table, listed in people.tables.items():
            tables.setdefault(table, []).extend({**row, "key": keyed(row["key"])} for row in listed)
    return People(rows, tables)


KEYS = ("household", "grandparents_household", "home_place", "parent_home_place", "school_place")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, required=True)
    wanted = parser.parse_args()
    ready()
    network(1)

    from django.db import transaction

    from ansinh import law
    from ansinh.core.dates import SchoolYear, Span
    from ansinh.core.decide import decide
    from ansinh.engines.frames import frames
    from ansinh.web.payments import actions
    from ansinh.web.payments.models import Entry, Line
    from ansinh.web.registry import bulk
    from ansinh.web.registry.models import Area, Grant, Person, School, User

    area = Area.objects.get(level="province")
    hands = []
    for name, role in (("lap", "specialist"), ("kiem", "specialist"), ("duyet", "leader"), ("chi", "specialist")):
        hands.append(User.objects.create_user(name, role=role))
        Grant.objects.create(user=hands[-1], area=area, since=date(2025, 7, 1))
    drawer, checker, leader, cashier = hands
    people = population(wanted.learners)
    blank = ("code", "digest", "full_name", "name_words", "name_sort", "sex", "father", "mother")
    with transaction.atomic():
        keys = [int(row["learner"]) for row in people.learners]
        bulk.insert(Person, ("id", *blank, "standing"), [(pk, *[""] * len(blank), True) for pk in keys])
    school = School.objects.get()
    stages: dict[str, float] = {}
    began = time.perf_counter()

    def end(stage: str) -> None:
        nonlocal began
        stages[stage] = round(time.perf_counter() - began, 2)
        began = time.perf_counter()

    decisions = decide(people, law=law.load(), engine=frames, year=SchoolYear(START))
    end("decided")
    run = actions.draw_up(
        decisions=decisions, people=people, school=school, period=Span(date(2025, 9, 1), date(2026, 6, 1)),
        by=drawer, at=AT,
    )  # fmt: skip
    end("drawn up")
    actions.check(run=run, by=checker, at=AT + timedelta(days=1))
    actions.approve(run=run, by=leader, at=AT + timedelta(days=2))
    end("recomputed by the reference engine, approved and posted")
    actions.send(run=run, by=cashier, at=AT + timedelta(days=3))
    end("sent")
    actions.settle(lines=list(run.lines.filter(due_vnd__gt=0)), by=cashier, at=AT + timedelta(days=4))
    end("settled")
    lines, entries = Line.objects.count(), Entry.objects.count()
    print(
        json.dumps(
            {"learners": wanted.learners, "lines": lines, "entries": entries, "peak": peak_bytes(), "stages": stages}
        )
    )


if __name__ == "__main__":
    main()
