"""What waits for a person, by role: each a count, a sentence, and the page where it is done. Nothing that is done is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from ansinh.core.money import format_whole
from ansinh.web.access import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    COMMUNE,
    LEADER,
    READERS,
    SECOND_FACTOR_ROLES,
    SPECIALIST,
)
from ansinh.web.payments import steps
from ansinh.web.payments.gratitude_care_queries import cared, counts, mothers
from ansinh.web.registry.models import School, User
from ansinh.web.registry.queries import (
    NONE,
    WAITING,
    Rosters,
    accounts,
    communes_without_a_poverty_list,
    doubts_by_upload,
)
from ansinh.web.registry.scope import Scope

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """Something that waits for the person: how much of it, in one sentence, and where it is done."""

    count: int
    words: str
    where: str


def tasks(role: str, mine: Scope, stand: Rosters, schools: Iterable[School], today: date) -> list[Task]:
    """What waits. schools: those within the scope; stand: where their lists stand."""
    found = {
        CLERK: _of_who_writes,
        COMMUNE: _of_who_writes,
        SPECIALIST: _of_who_writes,
        LEADER: _of_who_reads,
        AUDITOR: _of_an_auditor,
        ADMINISTRATOR: _of_an_administrator,
    }.get(role)
    waits = [*found(role, mine, stand, schools, today), *_of_runs(role, mine)] if found else []
    return [task for task in waits if task.count]


def _of_who_writes(role: str, mine: Scope, stand: Rosters, schools: Iterable[School], today: date) -> Iterator[Task]:
    yield from _of_rosters(role, stand, schools)
    doubts = sum(doubts_by_upload(mine).values())
    said = ngettext(
        "%(n)s dòng chưa rõ là ai trong sổ: xem hai hồ sơ cạnh nhau và quyết định.",
        "%(n)s dòng chưa rõ là ai trong sổ: xem hai hồ sơ cạnh nhau và quyết định.",
        doubts,
    )
    yield _task(doubts, said, reverse("desk:doubts"))
    if role != CLERK:
        yield from _of_poverty_lists(role, mine, today)
    if role == SPECIALIST:
        yield _of_mothers(mine, today)


def _of_rosters(role: str, stand: Rosters, schools: Iterable[School]) -> Iterator[Task]:
    states = [stand.state(school.pk) for school in schools]
    late, waiting = states.count(NONE), states.count(WAITING)
    if role == CLERK:
        said = ngettext(
            "%(n)s trường của bạn chưa có danh sách học sinh: điền vào mẫu trống, hoặc dùng bảng Excel đang có, rồi tải lên.",
            "%(n)s trường của bạn chưa có danh sách học sinh: điền vào mẫu trống, hoặc dùng bảng Excel đang có, rồi tải lên.",
            late,
        )
        yield _task(late, said, reverse("desk:upload"))
    else:
        said = ngettext("%(n)s trường chưa gửi danh sách học sinh.", "%(n)s trường chưa gửi danh sách học sinh.", late)
        yield _task(late, said, f"{reverse('desk:home')}?tinh-trang=chua-gui#truong")
    said = ngettext(
        "%(n)s danh sách đã tải lên nhưng chưa được ghi vào sổ.",
        "%(n)s danh sách đã tải lên nhưng chưa được ghi vào sổ.",
        waiting,
    )
    yield _task(waiting, said, f"{reverse('desk:home')}?tinh-trang=cho-ghi#truong")


def _of_poverty_lists(role: str, mine: Scope, today: date) -> Iterator[Task]:
    without = communes_without_a_poverty_list(mine, today).count()
    said = ngettext(
        "%(n)s xã, phường chưa có danh sách hộ nghèo, hộ cận nghèo đang có hiệu lực trong sổ.",
        "%(n)s xã, phường chưa có danh sách hộ nghèo, hộ cận nghèo đang có hiệu lực trong sổ.",
        without,
    )
    upload = f"{reverse('desk:upload')}?loai=household_poverty_list"
    yield _task(without, said, upload if role == COMMUNE else reverse("desk:areas"))


def _of_who_reads(role: str, mine: Scope, stand: Rosters, schools: Iterable[School], today: date) -> Iterator[Task]:
    yield from _of_rosters(role, stand, schools)
    doubts = sum(doubts_by_upload(mine).values())
    said = ngettext(
        "%(n)s dòng đang chờ trường hoặc xã nói rõ là ai.", "%(n)s dòng đang chờ trường hoặc xã nói rõ là ai.", doubts
    )
    yield _task(doubts, said, reverse("desk:areas"))
    yield from _of_poverty_lists(role, mine, today)
    yield _of_mothers(mine, today)


def _of_mothers(mine: Scope, today: date) -> Task:
    late = counts(cared(mothers(mine), today)).missed
    said = ngettext(
        "%(n)s Mẹ Việt Nam anh hùng chưa nhận đủ tiền phụng dưỡng đã hứa.",
        "%(n)s Mẹ Việt Nam anh hùng chưa nhận đủ tiền phụng dưỡng đã hứa.",
        late,
    )
    return _task(late, said, f"{reverse('desk:mothers')}?phan=canh-bao")


def _of_runs(role: str, mine: Scope) -> Iterator[Task]:
    """Runs of payments whose next step is this person's; the list of runs is cut to each state."""
    if role not in (CLERK, SPECIALIST, LEADER) or not isinstance(mine.person, User):
        return
    n = steps.waiting(steps.within(mine), mine.person)
    words = {
        "drawn_up": ngettext("%(n)s đợt chi chờ kiểm tra.", "%(n)s đợt chi chờ kiểm tra.", n.get("drawn_up", 0)),
        "checked": ngettext("%(n)s đợt chi chờ duyệt.", "%(n)s đợt chi chờ duyệt.", n.get("checked", 0)),
        "approved": ngettext(
            "%(n)s đợt chi đã duyệt, chờ chi.", "%(n)s đợt chi đã duyệt, chờ chi.", n.get("approved", 0)
        ),
        "sent": ngettext(
            "%(n)s đợt chi chờ đối chiếu với sao kê.", "%(n)s đợt chi chờ đối chiếu với sao kê.", n.get("sent", 0)
        ),
        "reconciled": ngettext(
            "%(n)s đợt chi đã đối chiếu, chờ khóa.", "%(n)s đợt chi đã đối chiếu, chờ khóa.", n.get("reconciled", 0)
        ),
        "returned": ngettext(
            "%(n)s đợt chi bị trả lại: xem lý do rồi lập lại.",
            "%(n)s đợt chi bị trả lại: xem lý do rồi lập lại.",
            n["returned"],
        ),
    }
    for state, said in words.items():
        yield _task(n.get(state, 0), said, f"{reverse('desk:runs')}?buoc={state}")


def _of_an_auditor(role: str, mine: Scope, stand: Rosters, schools: Iterable[School], today: date) -> Iterator[Task]:
    week = timezone.now() - WEEK
    recent = mine.readings().filter(at__gte=week)
    exports = recent.filter(act="export").count()
    log = f"{reverse('desk:readings')}?tu={timezone.localdate(week):%Y-%m-%d}"
    said = ngettext(
        "%(n)s tệp có dữ liệu cá nhân đã được tải về trong bảy ngày qua.",
        "%(n)s tệp có dữ liệu cá nhân đã được tải về trong bảy ngày qua.",
        exports,
    )
    yield _task(exports, said, f"{log}&loai=tai")
    reads = recent.exclude(act="export").count()
    said = ngettext(
        "%(n)s lượt xem hoặc tìm thông tin nhạy cảm trong bảy ngày qua.",
        "%(n)s lượt xem hoặc tìm thông tin nhạy cảm trong bảy ngày qua.",
        reads,
    )
    yield _task(reads, said, log)
    undone = mine.batches().filter(undone_at__gte=week).count()
    said = ngettext(
        "%(n)s lần ghi sổ đã bị hoàn tác trong bảy ngày qua.",
        "%(n)s lần ghi sổ đã bị hoàn tác trong bảy ngày qua.",
        undone,
    )
    yield _task(undone, said, f"{reverse('desk:home')}#tep")


def _of_an_administrator(
    role: str, mine: Scope, stand: Rosters, schools: Iterable[School], today: date
) -> Iterator[Task]:
    every: list[Any] = list(accounts(timezone.now()))
    invited = sum(one.invited for one in every)
    said = ngettext("%(n)s lời mời chưa được nhận.", "%(n)s lời mời chưa được nhận.", invited)
    yield _task(invited, said, reverse("desk:people"))
    active = [one for one in every if one.is_active and not one.invited]
    lacking = sum(one.role in SECOND_FACTOR_ROLES and not one.second_factor for one in active)
    said = ngettext(
        "%(n)s tài khoản phải có bước xác thực thứ hai mà chưa đặt.",
        "%(n)s tài khoản phải có bước xác thực thứ hai mà chưa đặt.",
        lacking,
    )
    yield _task(lacking, said, reverse("desk:people"))
    idle = sum(one.role in READERS and not one.grants.all() for one in active)
    said = ngettext(
        "%(n)s tài khoản chưa được cấp trường hay địa bàn nào.",
        "%(n)s tài khoản chưa được cấp trường hay địa bàn nào.",
        idle,
    )
    yield _task(idle, said, reverse("desk:people"))


def _task(count: int, words: str, where: str) -> Task:
    return Task(count, words % {"n": format_whole(count)}, where)
