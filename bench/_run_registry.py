"""One database's share of `bench/registry.py`, in a process of its own: prints one line of JSON."""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from _measure import peak_bytes

LEARNERS_A_FILE = 20_000
SCHOOLS_OF_THE_PROVINCE = 1_000
LEARNERS_OF_A_LARGE_SCHOOL = 2_000
PAGES = 200  # Of each kind, each asked for once.
AT = datetime(2025, 10, 1, 5, tzinfo=UTC)
BEGAN = date(2025, 7, 1)
WORKERS = 2


def ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.web.site.settings")
    django.setup()


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def network(schools: int) -> None:
    """A province with schools, and the clerk of all of them."""
    from django.core.management import call_command

    from ansinh.web.registry.models import Area, Grant, School, User

    call_command("migrate", verbosity=0)
    province = Area.objects.create(level="province", code="99", name="Tỉnh Thử", kind="tỉnh", since=BEGAN)
    area = Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=province, since=BEGAN)
    School.objects.bulk_create(
        School(code=f"99{n:06d}", name=f"Trường số {n}", level=2, area=area) for n in range(schools)
    )
    clerk = User.objects.create_user("van-thu", role="clerk")
    Grant.objects.create(user=clerk, area=province, since=BEGAN)
    leader = User.objects.create_user("lanh-dao", role="leader")
    Grant.objects.create(user=leader, area=province, since=BEGAN)


def bring_in(number: int) -> dict[str, Any]:
    """One file through doors 1 and 2: read, compare, accept. In a worker of its own, as a server would have it."""
    ready()
    from ansinh import sheets
    from ansinh.web.registry import actions
    from ansinh.web.registry.difference import difference
    from ansinh.web.registry.models import School, User

    path = Path(os.environ["ANSINH_VAR"]) / f"{number}.csv"
    school, clerk = School.objects.get(code=f"99{number:06d}"), User.objects.get(username="van-thu")
    marks = [time.perf_counter()]
    intake = sheets.read(sheets.templates()["learner_roster"], path.read_bytes(), filename=path.name)
    marks.append(time.perf_counter())
    upload = actions.keep(intake=intake, school=school, by=clerk, at=AT)
    found = difference(upload, intake=intake)
    marks.append(time.perf_counter())
    batch = actions.accept(difference=found, by=clerk, at=AT)
    marks.append(time.perf_counter())
    read, compare, accept = (after - before for before, after in itertools.pairwise(marks))
    return {"batch": batch.pk if batch else None, "new": found.counts["new"], "read": read, "compare": compare,
            "accept": accept, "peak": peak_bytes()}  # fmt: skip


def imports(rows: int) -> dict[str, Any]:
    """So many roster rows brought in by two workers, then taken back."""
    from django.db import connection

    from ansinh.sheets import _sample
    from ansinh.web.registry import actions
    from ansinh.web.registry.models import Batch, Enrolment, User

    files = max(1, rows // LEARNERS_A_FILE)
    for number in range(files):
        school = _sample.SampleSchool(name=f"Trường số {number}", code=f"99{number:06d}")
        data = _sample.sample_table(number, school=school, learners=min(rows, LEARNERS_A_FILE))
        (Path(os.environ["ANSINH_VAR"]) / f"{number}.csv").write_bytes(data)
    connection.close()
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(WORKERS, maxtasksperchild=None) as pool:
        done = pool.map(bring_in, range(files), chunksize=1)
    wall = time.perf_counter() - began
    enrolled = Enrolment.objects.count()
    clerk = User.objects.get(username="van-thu")
    undo = timed(lambda: [actions.undo(batch=batch, by=clerk, at=AT) for batch in Batch.objects.order_by("-pk")])
    assert enrolled == sum(one["new"] for one in done), (enrolled, done)
    assert not Enrolment.objects.exists()
    stages = {name: sum(one[name] for one in done) for name in ("read", "compare", "accept")}
    return {"rows": enrolled, "wall": wall, "undo": undo, "peak": max(one["peak"] for one in done), "stages": stages}


def populate(people: int) -> None:
    """So many people on the lists of a year, written as accepting would leave them, in pieces."""
    from django.db import transaction

    from ansinh.core.words import class_order, folded, name_text, sort_text
    from ansinh.sheets import _sample
    from ansinh.web.registry import bulk, search
    from ansinh.web.registry.models import Batch, Enrolment, Person, School, Statement, User

    chance = random.Random(1)  # noqa: S311 (made-up people, the same each time)
    schools = list(School.objects.order_by("pk").values_list("pk", flat=True))
    clerk = User.objects.get(username="van-thu")
    batch = Batch.objects.create(template="learner_roster", since=date(2025, 8, 1), until=date(2026, 9, 1), by=clerk,
                                 at=AT, year=2025, places={"sheets": [], "columns": {}})  # fmt: skip
    facts = ("birth_date", "ethnicity", "level", "grade", "public_school", "school_kind", "disabled", "orphan", "merit",
             "study_status", "poverty", "home_area", "home_dbkk_hamlet", "school_area", "inclusive")  # fmt: skip

    # Those taken back above stay on record, known by nobody; these are others.
    already = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def one(pk: int) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
        sex = chance.choice(("Nam", "Nữ"))
        name = f"{_sample._pick(chance, _sample._FAMILY)} {_sample._pick(chance, _sample._MIDDLE[sex])} "
        name += _sample._pick(chance, _sample._GIVEN[sex])
        grade = chance.randint(1, 12)
        born = date(2019 - grade, chance.randint(1, 12), chance.randint(1, 28))
        place = pk - already
        school = schools[0] if place <= LEARNERS_OF_A_LARGE_SCHOOL else schools[place % (len(schools) - 1) + 1]
        class_name = f"{grade}{chance.choice('ABCDE')}"
        level = 2 if grade <= 5 else 3 if grade <= 9 else 4
        code = f"99{pk:010d}"
        said = (born, chance.choice((1, 5)), level, grade, True, 0, chance.random() < 0.02, 0, 0, 0,
                chance.choice((0, 0, 0, 0, 1, 2)), chance.choice((0, 1, 3)), False, 0, False)  # fmt: skip
        return (
            (pk, code, "", name, folded(name), name_text(name), born, sex, "", "", True),
            (
                pk,
                school,
                2025,
                class_name,
                sort_text(class_order(class_name)),
                level,
                grade,
                False,
                name_text(name),
                said[10],
                said[1],
                said[6],
            ),
            (
                pk,
                batch.pk,
                batch.since,
                batch.until,
                0,
                pk,
                school,
                2025,
                name,
                code,
                sex,
                class_name,
                True,
                1023,
                *said,
            ),
        )

    for start in range(already + 1, already + people + 1, 100_000):
        rows = [one(pk) for pk in range(start, min(start + 100_000, already + people + 1))]
        with transaction.atomic():
            bulk.insert(Person, ("id", "code", "digest", "full_name", "name_words", "name_sort", "birth_date", "sex",
                                 "father", "mother", "standing"), [row[0] for row in rows])  # fmt: skip
            listed = ("person_id", "school_id", "year", "class_name", "class_sort", "level", "grade", "left")
            bulk.insert(Enrolment, (*listed, "name_sort", "poverty", "ethnicity", "disabled"), [row[1] for row in rows])
            bulk.insert(Statement, ("person_id", "batch_id", "since", "until", "sheet", "row", "school_id", "year", "full_name",
                                    "code",
                                    "sex", "class_name", "enrolled", "months", *facts), [row[2] for row in rows])  # fmt: skip
            search.reindex([row[0][0] for row in rows])


def snapshots(people: int) -> dict[str, Any]:
    from ansinh.core.dates import SchoolYear
    from ansinh.web.registry import snapshot

    folder = Path(tempfile.mkdtemp(dir=os.environ["ANSINH_VAR"]))
    wrote: list[int] = []
    wall = timed(lambda: wrote.append(snapshot.write(folder, SchoolYear(2025))))
    assert wrote == [people], wrote
    shutil.rmtree(folder)
    return {"learners": people, "wall": wall, "peak": peak_bytes()}


def pages(people: int) -> dict[str, Any]:
    """Milliseconds of the server for a child's page, each of another child, and for the pages of a large school's list."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from ansinh.web.registry.models import Person, School, User

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="van-thu"))
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chance = random.Random(2)  # noqa: S311
    large = School.objects.order_by("pk")[0].pk
    wanted = {
        "child": [reverse("desk:learner", args=[last - chance.randrange(people)]) for _ in range(PAGES)],
        "list": [f"{reverse('desk:find')}?nam=2025-2026&noi=truong-{large}&trang={n % 20 + 1}" for n in range(PAGES)],
    }
    found = {}
    for name, addresses in wanted.items():
        took = []
        for address in addresses:
            began = time.perf_counter()
            response = client.get(address)
            took.append(1_000 * (time.perf_counter() - began))
            assert response.status_code == 200, (address, response.status_code)
        took.sort()
        found[name] = {"p50": took[len(took) // 2], "p95": took[len(took) * 95 // 100]}
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=1_200_000)
    wanted = parser.parse_args()
    ready()
    from django.db import connection

    network(SCHOOLS_OF_THE_PROVINCE)
    figures: dict[str, Any] = {"database": connection.vendor, "import": imports(wanted.rows)}
    first = 1_000_000 * wanted.people // 1_200_000
    populate(wanted.people)
    figures["snapshot"] = snapshots(wanted.people)
    figures["snapshot"]["wall of a million"] = figures["snapshot"]["wall"] * first / wanted.people
    figures["pages"] = pages(wanted.people)
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
