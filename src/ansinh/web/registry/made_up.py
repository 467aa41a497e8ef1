"""A made-up school network on the real areas of Vĩnh Long, for the demo: thirty schools, their clerks, the Department's people.

Everything but the names of communes is invented. School codes begin with 99, a province code that does not exist.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.sheets import _sample
from ansinh.sheets._blank import filled
from ansinh.sheets.learner_roster import TEMPLATE
from ansinh.web.access import ADMINISTRATOR, AUDITOR, CLERK, COMMUNE, LEADER, ROLE_WORDS, SPECIALIST
from ansinh.web.registry import gazetteer, school_lists
from ansinh.web.registry.gazetteer import MERGED
from ansinh.web.registry.models import Area, AreaLevel, Grant, School, SchoolFact, User

PROVINCE = "86"
DEPARTMENT = {
    "chuyen-vien": SPECIALIST,
    "ke-toan": SPECIALIST,  # A run of payments passes through four hands: the clerk's, the specialist's, the leader's, theirs.
    "lanh-dao": LEADER,
    "kiem-toan": AUDITOR,
    "quan-tri": ADMINISTRATOR,
}
CALLED = {"ke-toan": "Kế toán Sở"}  # Of accounts that are not called by their role.
SEED = 2025
SCHOOLS_OF_A_CLERK = 3
_NAMES = {
    LEVEL.kindergarten: (
        "Trường Mầm non Hoa Cúc Trắng",
        "Trường Mầm non Vành Khuyên",
        "Trường Mẫu giáo Sao Mai",
        "Trường Mầm non Bông Lúa",
        "Trường Mẫu giáo Họa Mi",
        "Trường Mầm non Nắng Sớm",
        "Trường Mẫu giáo Tuổi Ngọc",
        "Trường Mầm non Chim Non",
    ),
    LEVEL.primary: (
        "Trường Tiểu học và Trung học cơ sở Cồn Phù Sa",
        "Trường Tiểu học Bình Minh Đỏ",
        "Trường Tiểu học Hàng Dừa",
        "Trường Tiểu học Bến Đò",
        "Trường Tiểu học Cây Bàng",
        "Trường Tiểu học Đồng Xanh",
        "Trường Tiểu học Rạch Nhỏ",
        "Trường Tiểu học Cánh Diều",
        "Trường Tiểu học Phượng Hồng",
        "Trường Tiểu học Giồng Cát",
    ),
    LEVEL.lower_secondary: (
        "Trường Phổ thông Dân tộc bán trú Trung học cơ sở Giồng Thốt Nốt Cao",
        "Trường Trung học cơ sở Ngã Ba Sông",
        "Trường Trung học cơ sở Vườn Trái",
        "Trường Trung học cơ sở Mùa Nước Nổi",
        "Trường Trung học cơ sở Lá Dừa Nước",
        "Trường Trung học cơ sở Bông Sen Hồng",
        "Trường Trung học cơ sở Cù Lao Xanh",
    ),
    LEVEL.upper_secondary: (
        "Trường Trung học phổ thông Chân Trời",
        "Trường Trung học phổ thông Dòng Sông Lớn",
        "Trường Trung học phổ thông Ước Mơ",
        "Trường Trung học phổ thông Ngọn Hải Đăng",
        "Trường Trung học phổ thông Thắp Sáng",
    ),
}
# The first clerk looks after a combined school, a school with a long name and a kindergarten: one of each to try.
_FIRST = (
    "Trường Tiểu học và Trung học cơ sở Cồn Phù Sa",
    "Trường Phổ thông Dân tộc bán trú Trung học cơ sở Giồng Thốt Nốt Cao",
    "Trường Mầm non Hoa Cúc Trắng",
)


@dataclass(frozen=True)
class Network:
    """What stands after building: how many areas and schools, and the accounts with what each may do."""

    areas: int
    schools: list[School]
    accounts: list[User]


def build(password: str) -> Network:
    """Make the network, or bring it up to date: doing it twice changes nothing. All accounts get one password."""
    with transaction.atomic():
        areas = _areas()
        schools = list(_schools(areas[1:]))
        school_lists.refresh(school.pk for school in schools)
        return Network(len(areas) - 1, schools, _accounts(areas[0], schools, password))


def roster(school: School) -> bytes:
    """A made-up roster of a school, as the filled-in template: nearly everything is known of nearly everyone."""
    return _sample.sample_roster(int(school.code), school=_as_sample(school))


def roster_to_mend(school: School) -> bytes:
    """The same with four slips a clerk might make, so that a visitor sees what happens to them."""
    there = _as_sample(school)
    rows = _sample.sample_rows(int(school.code), school=there)
    slip(rows)
    return filled(TEMPLATE, rows, there.facts())


def slip(rows: Sequence[dict[str, object]]) -> None:
    """Make four slips a clerk might make, in a list of at least fifteen."""
    rows[2]["birth_date"] = "31/02/2016"
    rows[5]["poverty"] = "Hộ khó khăn"
    rows[9]["distance_m"] = "khoảng 5 cây"
    rows[14]["learner_code"] = rows[13]["learner_code"]


def _as_sample(school: School) -> _sample.SampleSchool:
    return _sample.SampleSchool(name=school.name, code=school.code, commune=school.area.name)


def _areas() -> list[Area]:
    """The province and its communes of today; the province comes first. The three old provinces are loaded with them."""
    gazetteer.load([PROVINCE])
    province = Area.objects.get(level=AreaLevel.PROVINCE, code=PROVINCE, since=MERGED)
    return [province, *Area.objects.filter(level=AreaLevel.COMMUNE, parent=province).order_by("code")]


def _schools(areas: list[Area]) -> Iterator[School]:
    chance = random.Random(SEED)  # noqa: S311 (made-up data, the same each time)
    named = [(name, level) for level, names in _NAMES.items() for name in names]
    named.sort(key=lambda pair: _FIRST.index(pair[0]) if pair[0] in _FIRST else len(_FIRST))
    places = chance.sample(areas, len(named))
    for number, ((name, level), area) in enumerate(zip(named, places, strict=True), start=1):
        kind = SCHOOL_KIND.semi_boarding if "bán trú" in name else SCHOOL_KIND.ordinary
        defaults = {"name": name, "level": level, "area": area, "public": True, "kind": kind}
        school, _new = School.objects.update_or_create(code=f"9986{number:04d}", defaults=defaults)
        founded = date(2008 + chance.randrange(15), 9, 1)
        if not school.facts.exists():
            SchoolFact.objects.bulk_create(history(school, founded))
        yield school


def _in_text(name: str) -> str:
    return name[0].lower() + name[1:]


def history(school: School, founded: date) -> Iterator[SchoolFact]:
    """What a school was before the merger, in one of the communes its own was made of, and since."""
    of = {"name": school.name, "level": school.level, "public": school.public}
    before = school.area.origins.filter(whole=True).select_related("old__parent").order_by("old__code")[0].old
    upper = school.level == LEVEL.upper_secondary
    district = "Sở Giáo dục và Đào tạo" if upper else f"Phòng Giáo dục và Đào tạo {_in_text(str(before.parent))}"
    commune = "Sở Giáo dục và Đào tạo" if upper else f"Ủy ban nhân dân {_in_text(school.area.name)}"
    # A semi-boarding school was an ordinary one at first.
    turned = date(2023, 9, 1) if school.kind != SCHOOL_KIND.ordinary else founded
    then = {**of, "area": before, "authority": district}
    if turned != founded:
        yield SchoolFact(school=school, since=founded, until=turned, **then)
    yield SchoolFact(school=school, since=turned, until=MERGED, **then, kind=school.kind)
    yield SchoolFact(school=school, since=MERGED, **of, kind=school.kind, area=school.area, authority=commune)


def _accounts(province: Area, schools: list[School], password: str) -> list[User]:
    """The clerks, then an account of the Department for each role that has one."""
    accounts = []
    for start in range(0, len(schools), SCHOOLS_OF_A_CLERK):
        number = start // SCHOOLS_OF_A_CLERK + 1
        clerk = _account(f"van-thu-{number}", f"Văn thư số {number} (đặt ra)", CLERK, password)
        for school in schools[start : start + SCHOOLS_OF_A_CLERK]:
            Grant.objects.get_or_create(user=clerk, school=school, since=MERGED)
        accounts.append(clerk)
    for username, role in DEPARTMENT.items():
        person = _account(username, f"{CALLED.get(username, ROLE_WORDS[role])} (đặt ra)", role, password)
        if role != ADMINISTRATOR:
            Grant.objects.get_or_create(user=person, area=province, since=MERGED)
        accounts.append(person)
    commune = _account("can-bo-xa", f"{ROLE_WORDS[COMMUNE]} (đặt ra)", COMMUNE, password)
    Grant.objects.get_or_create(user=commune, area=schools[0].area, since=MERGED)
    return [*accounts, commune]


def _account(username: str, full_name: str, role: str, password: str) -> User:
    account, _new = User.objects.update_or_create(username=username, defaults={"full_name": full_name, "role": role})
    if not check_password(password, account.password):
        account.password = make_password(password)
        account.save(update_fields=["password"])
    return account
