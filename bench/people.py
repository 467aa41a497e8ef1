"""Telling people apart and finding them: 1,200,000 made-up people on the lists of 1,000 schools.

    python bench/people.py [--people N] [--searches N] [--history FILE]
    python tests/postgres.py .venv/bin/python bench/people.py        the same on a throwaway PostgreSQL

Identities: how many are compared, and keyed, in a second of one processor; how many people share a key, and how many pairs a
new row has to be compared with. Searches: each kind of query many times over, as a specialist of the whole province, as an
officer of one commune's eight schools and as the clerk of one school, milliseconds by percentile. Appends to
bench/history.jsonl.

Names are drawn by bench/name-parts.csv: how often each family, middle and given name stood 100 times or more in the published
results of 2016 and 2017 (github.com/tiennm99/thptqg, Apache-2.0); no count is of a whole name.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench-people"
HISTORY = ROOT / "bench" / "history.jsonl"
SEED, SCHOOLS, SCHOOLS_OF_A_COMMUNE = 2025, 1_000, 8
FIRST_BIRTH, DAYS = date(2007, 1, 1), 6_570  # Eighteen years.
PROMISED_MS = 30
CHUNK = 50_000
IDENTITY = ("code", "full_name", "birth_date", "sex", "father", "mother")

Figures = dict[str, Any]
Parts = dict[str, tuple[list[str], list[int]]]


def name_parts() -> Parts:
    """family, middle and given → the names and how many people bear each."""
    found: Parts = defaultdict(lambda: ([], []))
    with (ROOT / "bench" / "name-parts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["part"]][0].append(row["text"])
            found[row["part"]][1].append(int(row["people"]))
    return found


def names(chance: random.Random, parts: Parts, count: int) -> list[str]:
    drawn = [chance.choices(*parts[part], k=count) for part in ("family", "middle", "given")]
    return [" ".join(name) for name in zip(*drawn, strict=True)]


def people(count: int) -> Iterator[Any]:
    """Made-up identities, in chunks drawn each from its own seed; number n is on the list of school n modulo 1,000."""
    from ansinh.core.identities import Identity

    parts = name_parts()
    for start in range(0, count, CHUNK):
        chance = random.Random(SEED + start)  # noqa: S311 - the same people each time
        size = min(CHUNK, count - start)
        drawn = zip(*(names(chance, parts, size) for _ in range(3)), strict=True)
        for number, (name, father, mother) in enumerate(drawn, start=start):
            born = FIRST_BIRTH + timedelta(days=chance.randrange(DAYS))
            yield Identity(
                name,
                born,
                f"99{number:08d}",
                sex=chance.choice("mf"),
                school=str(number % SCHOOLS),
                father=father,
                mother=mother,
            )


# Identities ------------------------------------------------------------------------------------------------------


def best(work: Callable[[], int], rounds: int = 5) -> float:
    """The most done in a second of this process's own processor time, of several rounds."""
    rates = []
    for _ in range(rounds):
        began = time.process_time()
        done = work()
        rates.append(done / (time.process_time() - began))
    return max(rates)


def identities(count: int) -> Figures:
    """Codes are left out: what matters is how people are told apart without them."""
    from ansinh.core.identities import Answer, compare, keys

    own = np.empty((6 * count, 2), dtype=np.int64)  # A key as a number, and who has it.
    filled = 0
    for place, person in enumerate(uncoded(count)):
        for key in keys(person):
            own[filled] = int.from_bytes(key[:1].encode()) << 32 | int(key[1:], 16), place
            filled += 1
    own = own[:filled]
    own = own[np.argsort(own[:, 0], kind="stable")]
    _, sizes = np.unique(own[:, 0], return_counts=True)
    chance = random.Random(SEED)  # noqa: S311
    rows = set(chance.sample(range(count), min(count, 20_000)))
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    ends = starts + np.repeat(sizes, sizes)
    pairs = {
        (int(own[at, 1]), int(other))
        for at in np.flatnonzero(np.isin(own[:, 1], list(rows)))
        for other in own[starts[at] : ends[at], 1]
        if other != own[at, 1]
    }
    needed = rows | {other for _, other in pairs}
    known = {place: person for place, person in enumerate(uncoded(count)) if place in needed}
    found = Counter(compare(known[row], known[other]).answer for row, other in pairs)
    likely = [(known[row], slipped(known[row], chance)) for row in rows]
    # Lists without the parents' names, as most are: then name and birth date are all there is of a stranger.
    alone = {place: replace(person, father=None, mother=None) for place, person in known.items()}
    doubts = sum(compare(alone[row], alone[other]).answer is Answer.DOUBTFUL for row, other in pairs)
    a_row = Counter(row for row, _ in pairs)
    others = sorted(a_row[row] for row in rows)
    some = [known[row] for row in rows]
    return {
        "keys_a_person": filled / count,
        "keys_per_second": best(lambda: len([keys(person) for person in some])),
        "compare_per_second": best(lambda: len([compare(one, other) for one, other in likely])),
        "likely_found": sum(compare(one, other).answer is not Answer.DIFFERENT for one, other in likely) / len(likely),
        "people_a_key": {part: int(np.percentile(sizes, part)) for part in (50, 99, 100)},
        "strangers_a_row": {"mean": len(pairs) / len(rows), "p99": percentile(others, 99), "largest": others[-1]},
        "doubts_a_row": found[Answer.DOUBTFUL] / len(rows),
        "doubts_a_row_without_parents": doubts / len(rows),
        "same_a_row": found[Answer.SAME] / len(rows),
    }


def uncoded(count: int) -> Iterator[Any]:
    return (replace(person, code=None) for person in people(count))


def slipped(person: Any, chance: random.Random) -> Any:
    """The person as another list may write them: one letter of the name, or a day and a month, otherwise."""
    born = person.birth
    if born.day <= 12 and chance.random() < 0.3:
        return replace(person, birth=date(born.year, born.day, born.month))
    return replace(person, name=one_letter_off(person.name, chance))


def one_letter_off(name: str, chance: random.Random) -> str:
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) > 2] or [0]
    place = chance.choice(long)
    letter = chance.randrange(1, len(words[place])) if len(words[place]) > 1 else 0
    kinds = [("",), (chance.choice("aeiouhngt"),), (words[place][letter] * 2,)]
    words[place] = words[place][:letter] + chance.choice(kinds)[0] + words[place][letter + 1 :]
    return " ".join(words)


# Searches --------------------------------------------------------------------------------------------------------


def fill(count: int) -> Figures:
    """The database, if it does not hold so many people yet: people, their enrolments, and the index of names."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from ansinh.web.registry import bulk, search
    from ansinh.web.registry.models import Enrolment, Person

    call_command("migrate", verbosity=0)
    if Person.objects.count() == count:
        return {}
    if Person.objects.exists():
        raise SystemExit(f"{FOLDER} holds another number of people: remove it")
    network()
    indexing, everyone = 0.0, people(count)
    columns = ("id", *IDENTITY, "name_words", "name_sort", "digest", "standing")
    for start in range(0, count, CHUNK):
        some = [next(everyone) for _ in range(min(CHUNK, count - start))]
        rows = [
            (number, p.code, p.name, p.birth, p.sex, p.father, p.mother, *derived(p.name), "", True)
            for number, p in enumerate(some, start=start + 1)
        ]
        with transaction.atomic():
            bulk.insert(Person, columns, rows)
            bulk.insert(
                Enrolment,
                ("person_id", "school_id", "year", "class_name", "class_sort", "left", "name_sort"),
                [(row[0], row[0] % SCHOOLS + 1, 2025, "", "", False, row[8]) for row in rows],
            )
            began = time.perf_counter()
            search.reindex([row[0] for row in rows])
            indexing += time.perf_counter() - began
        print(f"{start + len(rows):,} people", file=sys.stderr, end="\r")
    if connection.vendor == "postgresql":  # Its autovacuum does this within a minute; SQLite in use is never analysed.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"indexed_per_second": count / indexing}


def network() -> None:
    """A province of communes with eight schools each, and somebody who sees the province, a commune, a school."""
    from ansinh.web.access import CLERK, COMMUNE, SPECIALIST
    from ansinh.web.registry.models import Area, Grant, School, User

    province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=FIRST_BIRTH)
    communes = [
        Area.objects.create(
            level="commune", code=f"99{n:03d}", name=f"Xã {n}", kind="xã", parent=province, since=FIRST_BIRTH
        )
        for n in range(SCHOOLS // SCHOOLS_OF_A_COMMUNE)
    ]
    schools = [
        School.objects.create(
            id=n + 1, code=f"99{n:06d}", name=f"Trường {n}", level=2, area=communes[n // SCHOOLS_OF_A_COMMUNE]
        )
        for n in range(SCHOOLS)
    ]
    people: list[tuple[str, str, Figures]] = [
        ("province", SPECIALIST, {"area": province}),
        ("commune", COMMUNE, {"area": communes[0]}),
        ("school", CLERK, {"school": schools[0]}),
    ]
    for name, role, granted in people:
        Grant.objects.create(user=User.objects.create(username=name, role=role), since=FIRST_BIRTH, **granted)


def derived(name: str) -> tuple[str, str]:
    """The name's words and sorting text, as `standing` derives them."""
    from ansinh.core.words import folded, name_order, sort_text

    return folded(name), sort_text(name_order(name))


def queries(chance: random.Random, count: int) -> dict[str, Callable[[], str]]:
    """Kind → a new query of it each time."""
    from ansinh.core.words import folded
    from ansinh.web.registry.models import Person

    parts = name_parts()
    rare = parts["given"][0][200:]
    common = parts["family"][0][:5]
    some = list(Person.objects.filter(pk__in=chance.sample(range(1, count + 1), min(count, 500))))

    def someone() -> Any:
        return chance.choice(some)

    def begun() -> str:
        name = someone().full_name
        return name[: chance.randrange(1, len(name) + 1)]

    def initials() -> str:
        *first, last = someone().name_words.split()
        return " ".join((*(word[0] for word in first), last))

    return {
        "common surname, rare given name": lambda: f"{chance.choice(common)} {chance.choice(rare)}",
        "whole name": lambda: someone().full_name,
        "whole name without accents, any order": lambda: " ".join(
            chance.sample(w := someone().name_words.split(), len(w))
        ),
        "while typing": begun,
        "one letter": lambda: chance.choice("abcdghklmnpqtvxy"),
        "initials": initials,
        "one letter wrong": lambda: one_letter_off(folded(someone().full_name), chance) + " ",
        "code": lambda: someone().code,
        "beginning of a code": lambda: someone().code[: chance.randrange(4, 9)],
        "birth date": lambda: f"{someone().birth_date:%d/%m/%Y}",
        "surname and birth date": lambda: f"{chance.choice(common)} {someone().birth_date:%d/%m/%Y}",
        "name and year of birth": lambda: f"{someone().full_name} {someone().birth_date.year}",
        "nobody": lambda: chance.choice(
            ("zzxqk", "nguyễn zzxqk", "9812345678", "01/01/1990", f"{chance.choice(rare)} zxq")
        ),
    }


def searches(count: int, rounds: int) -> Figures:
    """Who searches → kind of query → percentiles of milliseconds."""
    from ansinh.web.registry.models import User
    from ansinh.web.registry.scope import scope_of
    from ansinh.web.registry.search import search

    figures: Figures = {}
    for who in ("province", "commune", "school"):
        user = User.objects.get(username=who)
        chance = random.Random(SEED)  # noqa: S311
        everything: list[tuple[float, float]] = []
        for kind, ask in queries(chance, count).items():
            taken, hits = [], 0
            for _ in range(rounds):
                text = ask()
                began, cpu = time.perf_counter(), time.process_time()
                found = search(scope_of(user), text)
                taken.append(((time.perf_counter() - began) * 1_000, (time.process_time() - cpu) * 1_000))
                hits += bool(found.people)
            everything += taken
            figures[f"{who}: {kind}"] = spread(taken) | {"found": hits / rounds}
        figures[f"{who}: all"] = spread(everything)
    return figures


def spread(taken: list[tuple[float, float]]) -> Figures:
    """Percentiles of wall milliseconds, and of this process's own, which other work on the machine does not add to."""
    wall, own = (sorted(kind) for kind in zip(*taken, strict=True))
    return {f"p{part}": percentile(wall, part) for part in (50, 95, 99)} | {"own_p95": percentile(own, 95)}


def percentile(ordered: list[Any], part: int) -> Any:
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_200_000)
    parser.add_argument("--searches", type=int, default=100, help="of each kind, for each searcher")
    parser.add_argument("--history", type=Path, default=HISTORY)
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("ANSINH_VAR", str(FOLDER))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.web.site.settings")
    import django
    from django.db import connection

    django.setup()
    record: Figures = {
        "bench": "people",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
    }
    record |= {"load": os.getloadavg()[0], "people": asked.people, "database": connection.vendor}
    print(f"load of the machine before: {record['load']:.1f}; {asked.people:,} people; {connection.vendor}")
    record["searches"] = fill(asked.people) | searches(asked.people, asked.searches)
    for kind, figures in record["searches"].items():
        said = (
            figures if isinstance(figures, float) else " ".join(f"{key} {value:.1f}" for key, value in figures.items())
        )
        print(f"{kind:60} {said}")
    reached = record["searches"]["province: all"]["p95"]
    print(f"95 of 100 searches of the province within {reached:.1f} ms; promised on SQLite: {PROMISED_MS} ms")
    record["identities"] = identities(asked.people)
    for kind, figures in record["identities"].items():
        print(f"{kind:60} {figures}")
    with asked.history.open("a", encoding="utf-8") as history:
        history.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
