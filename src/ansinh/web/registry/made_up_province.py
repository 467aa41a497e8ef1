"""The made-up network grown to a whole province, for `make demo SIZE=full`: a thousand schools, three hundred thousand learners.

Each school's roster goes through the doors a clerk's does: read, kept, compared, accepted. Everything is invented and the same
each time; what was interrupted goes on with the schools whose roster is not in the register yet.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from ansinh import sheets
from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.sheets import _sample
from ansinh.web.access import CLERK
from ansinh.web.progress import Progress
from ansinh.web.registry import actions, made_up, school_lists
from ansinh.web.registry.comparing import record_doubts
from ansinh.web.registry.difference import Kind, difference
from ansinh.web.registry.gazetteer import MERGED
from ansinh.web.registry.incoming import ROSTER
from ansinh.web.registry.models import Area, Batch, Grant, Person, School, SchoolFact, Upload, User

SCHOOLS = 1_000
ROWS = 300_500  # Of all rosters; a few rows wait for somebody to say who they are, and 300,000 learners stand.
OPENS = 2025
AT = datetime(2025, 9, 15, 2, tzinfo=UTC)
LATER_EDITIONS = 40  # One school in so many has sent a second one, and one has rows nobody has decided on.

# Level → share of the network, what a school is called, the ages it teaches, and how many learners it has for one of a
# kindergarten's. Shares and sizes are round figures near the country's, not a count of any province.
_LEVELS = {
    LEVEL.kindergarten: (0.30, "Trường Mầm non", range(3, 6), 1.0),
    LEVEL.primary: (0.37, "Trường Tiểu học", range(6, 11), 1.4),
    LEVEL.lower_secondary: (0.25, "Trường Trung học cơ sở", range(11, 15), 1.5),
    LEVEL.upper_secondary: (0.08, "Trường Trung học phổ thông", range(15, 18), 2.4),
}
_FIRST = (
    "Hoa", "Nắng", "Sông", "Đồng", "Vườn", "Bến", "Rạch", "Cầu", "Giồng", "Cồn", "Mây", "Gió", "Trăng", "Lúa", "Dừa",
    "Sen", "Tre", "Bần", "Mận", "Ổi", "Xoài", "Cam", "Quýt", "Bưởi", "Nhãn",
)  # fmt: skip
_SECOND = (
    "Xanh", "Vàng", "Hồng", "Tím", "Trắng", "Đỏ", "Biếc", "Thắm", "Tươi", "Mới", "Xưa", "Lớn", "Nhỏ", "Dài", "Rộng",
    "Sâu", "Cao", "Ấm", "Mát", "Lành", "Vui", "Hiền", "Ngọt", "Thơm",
)  # fmt: skip


def network(accounts: Sequence[User], *, schools: int = SCHOOLS) -> list[School]:
    """Bring the small network up to so many schools, each in a commune of today, with a clerk for every three.

    The new clerks share the password of the small demo's first, down to its hash: making a thousand hashes takes minutes.
    """
    chance = random.Random(made_up.SEED)  # noqa: S311 (made-up data, the same each time)
    communes = list(Area.objects.filter(level="commune", parent__code=made_up.PROVINCE, until=None).order_by("code"))
    known = list(School.objects.filter(code__startswith="9986").order_by("code"))
    names = [f"{one} {two}" for one in _FIRST for two in _SECOND]
    chance.shuffle(names)
    levels = [level for level, (share, *_rest) in _LEVELS.items() for _ in range(round(share * schools))]
    chance.shuffle(levels)
    for number in range(len(known) + 1, schools + 1):
        level = levels[number % len(levels)]
        area = communes[number % len(communes)]
        name = f"{_LEVELS[level][1]} {names[number % len(names)]}"
        if number >= len(names):  # A second school of that name stands elsewhere, and says where.
            name = f"{name} {area.name.split(' ', 1)[1]}"
        school = School(code=f"9986{number:04d}", name=name, level=level, area=area, public=True)
        school.kind = SCHOOL_KIND.ordinary
        school.save()
        SchoolFact.objects.bulk_create(made_up.history(school, MERGED.replace(year=2008 + number % 15)))
        known.append(school)
    school_lists.refresh(school.pk for school in known)
    _clerks(accounts[0], known)
    return known[:schools]


def _clerks(first: User, schools: Sequence[School]) -> None:
    for place in range(0, len(schools), made_up.SCHOOLS_OF_A_CLERK):
        number = place // made_up.SCHOOLS_OF_A_CLERK + 1
        name = {"full_name": f"Văn thư số {number} (đặt ra)", "role": CLERK, "password": first.password}
        clerk, _new = User.objects.get_or_create(username=f"van-thu-{number}", defaults=name)
        for school in schools[place : place + made_up.SCHOOLS_OF_A_CLERK]:
            Grant.objects.get_or_create(user=clerk, school=school, since=MERGED)


def sizes(schools: Sequence[School], rows: int = ROWS) -> list[int]:
    """Rows of each school's roster: by its level, by chance up to two fifths more or fewer, together exactly so many."""
    chance = random.Random(made_up.SEED + 1)  # noqa: S311
    weights = [_LEVELS[school.level][3] * chance.uniform(0.6, 1.4) for school in schools]
    whole = sum(weights)
    ends = [0]
    so_far = 0.0
    for weight in weights:
        so_far += weight
        ends.append(round(rows * so_far / whole))
    return [end - start for start, end in pairwise(ends)]


def grow(schools: Sequence[School], told: Progress, *, rows: int = ROWS) -> None:
    """Bring in each school's roster that is not in the register yet. `told` hears how many schools are done."""
    standing = Batch.objects.filter(template=ROSTER, year=OPENS, undone_at__isnull=True)
    done = set(standing.values_list("school_id", flat=True))
    specialist = User.objects.get(username="chuyen-vien")
    for number, (school, size) in enumerate(zip(schools, sizes(schools, rows), strict=True), start=1):
        if school.pk not in done:
            _bring_in(school, size, specialist, leave_doubts=number % LATER_EDITIONS == 0)
        told(number, len(schools))


def _bring_in(school: School, size: int, specialist: User, *, leave_doubts: bool) -> None:
    clerk = _clerk_of(school)
    upload, intake = _kept(school, size, clerk, f"danh-sach-{OPENS}-{OPENS + 1}.csv", AT)
    found = difference(upload, intake=intake)
    doubtful = found.of(Kind.DOUBTFUL)
    if doubtful and leave_doubts:
        record_doubts(found)
    elif doubtful:
        # Two made-up children of one name and birthday at two schools, each with a code of its own, are two children.
        for change in doubtful:
            for candidate in change.candidates:
                person = Person.objects.get(pk=candidate.person)
                actions.decide_pair(change=change, person=person, same=False, by=specialist, at=AT)
        found = difference(upload, intake=intake)
    actions.accept(difference=found, by=clerk, at=AT)


def editions(schools: Sequence[School], *, rows: int = ROWS) -> int:
    """Some schools have sent a second edition, with some facts changed, that nobody has accepted yet. How many."""
    found = list(zip(schools, sizes(schools, rows), strict=True))[::LATER_EDITIONS]
    for school, size in found:
        _kept(
            school,
            size,
            _clerk_of(school),
            f"danh-sach-{OPENS}-{OPENS + 1}-lan-2.csv",
            AT + timedelta(days=30),
            changed=12,
        )
    return len(found)


def _kept(
    school: School, size: int, clerk: User, filename: str, at: datetime, *, changed: int = 0
) -> tuple[Upload, sheets.Intake]:
    ages = _LEVELS[school.level][2]
    there = _sample.SampleSchool(school.name, school.code, school.area.name, OPENS, ages=ages)
    data = _sample.sample_table(int(school.code), school=there, learners=size, changed=changed)
    intake = sheets.read(sheets.templates()[ROSTER], data, filename=filename)
    return actions.keep(intake=intake, school=school, by=clerk, at=at), intake


def _clerk_of(school: School) -> User:
    return User.objects.filter(grants__school=school, role=CLERK).order_by("pk")[0]
