"""The made-up network grown to a whole province, for `make demo SIZE=full`: a thousand schools, three hundred thousand learners.

Each school's roster goes through the doors a clerk's does: read, kept, compared, accepted. Everything is invented and the same
each time; what was interrupted goes on with the schools whose roster is not in the register yet.

As in life some schools have sent nothing yet, some made slips, and some list children who stand on another school's list too.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from django.db import transaction

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
ROWS = 300_500  # Of all rosters; some are of children listed twice or in a row that cannot be read: 300,000 learners stand.
OPENS = 2025
AT = datetime(2025, 9, 15, 2, tzinfo=UTC)

# Which schools are not in order: of every so many the one of that place, counted from one. No school is two of these. The
# second of all, a school of the demo's first clerk, has sent nothing, so that there is a list to try an upload with.
LATE = (50, 2)  # Has sent no roster.
SLIPS = (25, 12)  # A few cells were written wrong.
LISTED_TWICE = (20, 15)  # Some of its children stand, with their code, on the list of another school.
UNDECIDED = (40, 15)  # And nobody has said yet whether they are the same.
LATER_EDITION = (40, 1)  # Has sent a second edition that nobody has accepted.
TWICE, CHANGED = 3, 12  # Children on two lists; children of whom a second edition says something else.

# Level → share of the network, what a school is called, the ages it teaches, and how many learners it has for one of a
# kindergarten's. Shares and sizes are round figures near the country's, not a count of any province.
_LEVELS = {
    LEVEL.kindergarten: (0.30, "Trường Mầm non", range(3, 6), 1.0),
    LEVEL.primary: (0.37, "Trường Tiểu học", range(6, 11), 1.4),
    LEVEL.lower_secondary: (0.25, "Trường Trung học cơ sở", range(11, 15), 1.5),
    LEVEL.upper_secondary: (0.08, "Trường Trung học phổ thông", range(15, 18), 2.4),
}
# Level → of so many schools the one that differs, what it is called, its kind, and whether it is public.
_OTHERS = {
    LEVEL.kindergarten: (8, "Trường Mầm non Tư thục", SCHOOL_KIND.ordinary, False),
    LEVEL.lower_secondary: (20, "Trường Phổ thông dân tộc bán trú Trung học cơ sở", SCHOOL_KIND.semi_boarding, True),
    LEVEL.upper_secondary: (16, "Trường Phổ thông dân tộc nội trú", SCHOOL_KIND.boarding, True),
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
    with transaction.atomic():
        return _network(accounts, schools)


def _network(accounts: Sequence[User], schools: int) -> list[School]:
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
        word, kind, public = _LEVELS[level][1], SCHOOL_KIND.ordinary, True
        if level in _OTHERS and number % _OTHERS[level][0] == 0:
            _every, word, kind, public = _OTHERS[level]
        name = f"{word} {names[number % len(names)]}"
        if number >= len(names):  # A second school of that name stands elsewhere, and says where.
            name = f"{name} {area.name.split(' ', 1)[1]}"
        school = School(code=f"9986{number:04d}", name=name, level=level, area=area, public=public, kind=kind)
        school.save()
        SchoolFact.objects.bulk_create(made_up.history(school, MERGED.replace(year=2008 + number % 15)))
        known.append(school)
    school_lists.refresh(school.pk for school in known)
    _clerks(accounts[0], known)
    return known[:schools]


def _is(which: tuple[int, int], number: int) -> bool:
    every, place = which
    return number % every == place


def _clerks(first: User, schools: Sequence[School]) -> None:
    for place in range(0, len(schools), made_up.SCHOOLS_OF_A_CLERK):
        number = place // made_up.SCHOOLS_OF_A_CLERK + 1
        name = {"full_name": f"Văn thư số {number} (đặt ra)", "role": CLERK, "password": first.password}
        clerk, _new = User.objects.get_or_create(username=f"van-thu-{number}", defaults=name)
        for school in schools[place : place + made_up.SCHOOLS_OF_A_CLERK]:
            Grant.objects.get_or_create(user=clerk, school=school, since=MERGED)


def sizes(schools: Sequence[School], rows: int = ROWS) -> list[int]:
    """Rows of each school's roster: by its level, by chance up to two fifths more or fewer, together exactly so many.

    0 for a school that has sent no roster.
    """
    chance = random.Random(made_up.SEED + 1)  # noqa: S311
    weights = [
        0 if _is(LATE, number) else _LEVELS[school.level][3] * chance.uniform(0.6, 1.4)
        for number, school in enumerate(schools, start=1)
    ]
    whole = sum(weights)
    ends = [0]
    so_far = 0.0
    for weight in weights:
        so_far += weight
        ends.append(round(rows * so_far / whole))
    return [end - start for start, end in pairwise(ends)]


@dataclass(frozen=True)
class Sender:
    """A school that sends a roster of so many rows. number: its place in the network, from one.

    twin: the one before it of its level, on whose list some of its children stand too.
    """

    number: int
    school: School
    size: int
    twin: Sender | None = None

    @property
    def clerk(self) -> User:
        return User.objects.filter(grants__school=self.school, role=CLERK).order_by("pk")[0]

    def sample(self) -> _sample.SampleSchool:
        school = self.school
        return _sample.SampleSchool(
            school.name,
            school.code,
            school.area.name,
            OPENS,
            ownership="Công lập" if school.public else "Ngoài công lập",
            kind=SCHOOL_KIND.of(school.kind).vi,
            ages=_LEVELS[school.level][2],
        )

    def rows(self) -> list[dict[str, object]]:
        rows = _sample.sample_rows(int(self.school.code), school=self.sample(), learners=self.size)
        if _is(SLIPS, self.number):
            made_up.slip(rows)
        for place, child in enumerate(self.guests()):
            # The school knows who the child is, not yet the code that it has.
            rows[place] |= {name: child[name] for name in ("full_name", "birth_date", "sex")} | {"learner_code": None}
        return rows

    def guests(self) -> list[dict[str, object]]:
        """The children of its twin's list who stand on its own too, as its twin lists them."""
        return self.twin.rows()[:TWICE] if self.twin else []


def senders(schools: Sequence[School], rows: int = ROWS) -> list[Sender]:
    """The schools that send a roster, in the order of the network."""
    found: list[Sender] = []
    before: dict[int, Sender] = {}
    for number, (school, size) in enumerate(zip(schools, sizes(schools, rows), strict=True), start=1):
        if size:
            twin = before.get(school.level) if _is(LISTED_TWICE, number) else None
            one = Sender(number, school, size, twin)
            found.append(one)
            if not (twin or _is(SLIPS, number)):
                before[school.level] = one
    return found


def grow(schools: Sequence[School], told: Progress, *, rows: int = ROWS) -> None:
    """Bring in each school's roster that is not in the register yet. `told` hears how many are, the first time at once."""
    standing = Batch.objects.filter(template=ROSTER, year=OPENS, undone_at__isnull=True)
    done = set(standing.values_list("school_id", flat=True))
    every = senders(schools, rows)
    missing = [one for one in every if one.school.pk not in done]
    specialist = User.objects.get(username="chuyen-vien")
    start = len(every) - len(missing)
    told(start, len(every))
    for place, one in enumerate(missing, start=start + 1):
        _bring_in(one, specialist)
        told(place, len(every))


def _bring_in(one: Sender, specialist: User) -> None:
    clerk = one.clerk
    upload, intake = _kept(one, one.rows(), clerk, f"danh-sach-{OPENS}-{OPENS + 1}.csv", AT)
    found = difference(upload, intake=intake)
    doubtful = found.of(Kind.DOUBTFUL)
    if doubtful:
        record_doubts(found)
    if doubtful and not _is(UNDECIDED, one.number):
        # A namesake of one birthday is another child, unless it is one of those whom we put on both lists.
        codes = {child["learner_code"] for child in one.guests()}
        for change in doubtful:
            people = Person.objects.filter(pk__in=[candidate.person for candidate in change.candidates]).order_by("pk")
            for person in sorted(people, key=lambda person: person.code not in codes):
                actions.decide_pair(change=change, person=person, same=person.code in codes, by=specialist, at=AT)
        found = difference(upload, intake=intake)
    actions.accept(difference=found, by=clerk, at=AT)


def editions(schools: Sequence[School], *, rows: int = ROWS) -> int:
    """Some schools have sent a second edition, with some facts changed, that nobody has accepted yet. How many."""
    found = [one for one in senders(schools, rows) if _is(LATER_EDITION, one.number)]
    for one in found:
        changed = one.rows()
        for row in changed[:CHANGED]:
            row["disabled"] = "Không" if row.get("disabled") == "Có" else "Có"
        _kept(one, changed, one.clerk, f"danh-sach-{OPENS}-{OPENS + 1}-lan-2.csv", AT + timedelta(days=30))
    return len(found)


def _kept(
    one: Sender, rows: Sequence[dict[str, object]], clerk: User, filename: str, at: datetime
) -> tuple[Upload, sheets.Intake]:
    data = _sample.as_table(rows, one.sample())
    intake = sheets.read(sheets.templates()[ROSTER], data, filename=filename)
    return actions.keep(intake=intake, school=one.school, by=clerk, at=at), intake
