"""What tests/web/test_at_once.py runs in a process of its own, on a real database: killed at random, and twenty clerks at once.

    python -m tests.web.at_once killed MOMENTS SEED
    python -m tests.web.at_once clerks COUNT CHILDREN

Prints what was seen as JSON. A forked child has Django warm already, so that the moments drawn fall into the work itself.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from ansinh import sheets  # noqa: E402
from ansinh.core.tables import LEVEL  # noqa: E402
from ansinh.web.access import CLERK  # noqa: E402
from ansinh.web.registry import actions, standing  # noqa: E402
from ansinh.web.registry.difference import difference  # noqa: E402
from ansinh.web.registry.models import (  # noqa: E402
    Area,
    AreaLevel,
    Batch,
    Enrolment,
    Grant,
    MatchKey,
    Person,
    School,
    Statement,
    Upload,
    User,
)
from tests.web.conftest import BEGAN, NOON  # noqa: E402
from tests.web.rosters import many, workbook  # noqa: E402
from tests.web.test_changes import form  # noqa: E402

CHILDREN = 40


def network(count: int) -> list[tuple[School, User]]:
    """Made-up schools of one commune, each with its clerk."""
    province = Area.objects.create(level=AreaLevel.PROVINCE, code="99", since=BEGAN, name="Tỉnh Thử", kind="tỉnh")
    commune = Area.objects.create(code="99001", name="Xã Thử", kind="xã", parent=province, since=BEGAN)
    found = []
    for number in range(count):
        school = School.objects.create(
            code=f"99{number:06d}", name=f"Trường Thử {number}", level=LEVEL.kindergarten, area=commune
        )
        clerk = User.objects.create_user(f"van-thu-{number}", role=CLERK)
        Grant.objects.create(user=clerk, school=school, since=BEGAN)
        found.append((school, clerk))
    return found


def roster(school: int, count: int) -> bytes:
    """Children of one school and no other: their codes and names carry its number."""
    digits = ("Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")
    name = " ".join(digits[int(digit)] for digit in f"{school:02d}")
    return workbook(
        [
            {"Mã học sinh": f"S{school:02d}{n:03d}", "Họ và tên": f"{name} {digits[n // 10]} {digits[n % 10]}"}
            for n in range(count)
        ]
    )


def forked(work: Callable[[], None]) -> int:
    """Run work in a child with connections of its own; its process number. The child ends without the parent's clean-up."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except Exception:  # The parent learns of it by the code, the reader here.
        traceback.print_exc()
    finally:
        connections.close_all()
        sys.stderr.flush()
        os._exit(code)


def state() -> tuple[Any, ...]:
    """What stands, by content, and every derived row, by its very keys; ValueError when the database itself is broken."""
    derived: list[Any] = [
        list(Enrolment.objects.order_by("person", "school", "year").values_list("person", "school", "year", "left")),
        list(MatchKey.objects.order_by("person", "key").values_list("person", "key")),
        list(Person.objects.order_by("pk").values_list("pk", "standing", "full_name", "code", "name_sort")),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if cursor.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise ValueError("the database is damaged")
            cursor.execute("INSERT INTO registry_search(registry_search) VALUES ('integrity-check')")
            cursor.execute("SELECT rowid FROM registry_search ORDER BY 1")
        else:
            cursor.execute("SELECT person_id FROM registry_search ORDER BY 1")
        derived.append(cursor.fetchall())
    return standing.content_hash(), repr(derived)


def killed(moments: int, seed: int) -> dict[str, Any]:
    """Accept and undo one roster in turn, each killed at a random moment: how many left all, how many nothing."""
    ((school, clerk),) = network(1)
    intake = sheets.read(sheets.templates()["learner_roster"], many(CHILDREN), filename="danh-sach.xlsx")
    upload = actions.keep(intake=intake, school=school, by=clerk, at=NOON)

    def accept() -> None:
        actions.accept(difference=difference(upload, intake=intake), by=clerk, at=timezone.now())

    def undo() -> None:
        actions.undo(batch=Batch.objects.get(undone_at__isnull=True), by=clerk, at=timezone.now())

    def timed(work: Callable[[], None]) -> float:
        started = time.monotonic()
        if os.waitpid(forked(work), 0)[1]:
            raise RuntimeError("the work failed without being killed")
        return time.monotonic() - started

    # The longer of two: the first time of each also warms the disk.
    takes = {accept: timed(accept)}
    full = state()
    takes[undo] = timed(undo)
    empty = state()
    takes = {accept: max(takes[accept], timed(accept)), undo: max(takes[undo], timed(undo))}
    if full == empty or state() != empty:
        raise RuntimeError("accepting and undoing do not come back to the same state")

    drawn = random.Random(seed)  # noqa: S311 - moments, not secrets
    seen = {"accept": {"all": 0, "nothing": 0}, "undo": {"all": 0, "nothing": 0}, "killed": 0}
    stands = False
    for _ in range(moments):
        work = undo if stands else accept
        child = forked(work)
        time.sleep(drawn.uniform(0, takes[work] * 1.1))
        os.kill(child, signal.SIGKILL)
        seen["killed"] += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        found = state()
        if found not in (full, empty):
            raise RuntimeError(f"half of it stands after {work.__name__} was killed")
        done = (found == full) != stands
        seen[work.__name__]["all" if done else "nothing"] += 1
        stands = found == full
    # What was interrupted can be done again, and leads where it always led.
    if not stands:
        accept()
    seen["again"] = state() == full
    return seen


def clerks(count: int, children: int) -> dict[str, Any]:
    """As many clerks at once, each in a process of its own: upload, look at the difference, accept, as in a browser.

    The last two send the same file for the same school.
    """
    people = network(count - 1)
    people.append((people[-1][0], User.objects.create_user("van-thu-cuoi", role=CLERK)))
    Grant.objects.create(user=people[-1][1], school=people[-1][0], since=BEGAN)
    files = [roster(number, children + number) for number in range(count - 1)]
    files.append(files[-1])
    ready, start = os.pipe()

    def work(number: int) -> None:
        school, clerk = people[number]
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(clerk)
        os.close(start)
        os.read(ready, 1)  # Until the parent lets go: all begin in one moment.
        file = SimpleUploadedFile("danh-sach.xlsx", files[number])
        sent = client.post(reverse("desk:upload"), {"template": "learner_roster", "school": school.pk, "file": file})
        if sent.status_code != 302:
            raise RuntimeError(f"clerk {number}: upload answered {sent.status_code}")
        upload = Upload.objects.filter(school=school).latest("pk")
        page = client.get(reverse("desk:difference", args=[upload.pk]))
        accepted = client.post(
            reverse("desk:difference", args=[upload.pk]), {**form(page.content.decode()), "viec": "chap-nhan"}
        )
        # The other of the two had accepted in between: told so, on the page as it now is.
        told = number >= count - 2 and "vừa thay đổi" in accepted.content.decode()
        if accepted.status_code != 302 and not told:
            raise RuntimeError(f"clerk {number}: accepting answered {accepted.status_code}")

    children_ = [forked(lambda number=number: work(number)) for number in range(count)]  # type: ignore[misc]
    os.close(ready)
    started = time.monotonic()
    os.close(start)
    ended = [os.waitpid(child, 0)[1] for child in children_]
    return {
        "failed": sum(code != 0 for code in ended),
        "seconds": round(time.monotonic() - started, 1),
        "uploads": Upload.objects.count(),
        "batches": Batch.objects.filter(undone_at__isnull=True).count(),
        "listed": sorted(Enrolment.objects.filter(school=school).count() for school, _ in people[:-1]),
        "statements": Statement.objects.count(),
        "people": Person.objects.filter(standing=True).count(),
    }


if __name__ == "__main__":
    # The test client speaks plain HTTP, and static files are named as they lie.
    settings.SECURE_SSL_REDIRECT = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    act, *given = sys.argv[1:]
    print(json.dumps({"killed": killed, "clerks": clerks}[act](*map(int, given))))
