"""A made-up roster, the same for the same seed: for the demo, the tests and the shipped sample. No child in it exists.

Names are drawn part by part from published frequencies of the Mekong delta's old provinces, so a full name met here is
chance. Policy statuses are spread so that each support of the law is due to some, not to others, and open for a few.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.core.codes import COURSE_LEVEL, DISABILITY_DEGREE, DISASTER, MERIT_RATE, TRADE, WORKER_GROUP
from ansinh.core.dates import SchoolYear
from ansinh.sheets._blank import filled
from ansinh.sheets.learner_roster import TEMPLATE

_FAMILY = (
    "Nguyễn:166 Lê:53 Trần:52 Phạm:28 Huỳnh:26 Võ:22 Phan:16 Bùi:11 Trương:11 Đặng:11 Dương:9 Hồ:9 Ngô:7 Lâm:6 Đoàn:5 "
    "Đỗ:5 Mai:5 Cao:4 Đinh:3 Trịnh:3 Châu:3"
)
_KHMER_FAMILY = "Thạch:17 Kim:6 Sơn:3 Lâm:3 Kiên:2 Trầm:2 Danh:1 Tăng:1"
_MIDDLE = {
    "Nam": (
        "Minh:107 Văn:97 Thanh:82 Hoàng:76 Quốc:55 Thành:36 Hữu:33 Tấn:32 "
        "Ngọc:26 Chí:25 Duy:23 Quang:18 Nhựt:17 Trọng:17 Phước:12"
    ),
    "Nữ": (
        "Thị_Ngọc:94 Thị_Kim:62 Thị:59 Thị_Hồng:54 Thị_Mỹ:50 Thị_Thanh:45 "
        "Thị_Cẩm:44 Ngọc:36 Thị_Yến:32 Thị_Thu:29 Thị_Thùy:22 Kim:16"
    ),
}
_GIVEN = {
    "Nam": (
        "Duy:38 Huy:26 Đạt:23 Khang:23 Nhân:21 Tâm:18 Bảo:18 Phúc:17 "
        "Tuấn:17 Hiếu:16 Phong:16 Khánh:15 Sang:15 Vinh:15 Khoa:14 An:13"
    ),
    "Nữ": (
        "Ngân:58 Nhi:53 Như:39 Linh:37 Thư:35 Tiên:35 Thảo:33 Ngọc:29 Hân:28 "
        "Trang:27 Anh:27 Tuyền:26 Trinh:26 Duyên:22 Trân:17 Yến:14"
    ),
}

# Age reached in the calendar year the school year opens → what a class of that age is called before its number or letter.
_GRADES = {3: "Mầm ", 4: "Chồi ", 5: "Lá ", **{age: str(age - 5) for age in range(6, 18)}}
_PRESCHOOL = (3, 4, 5)
_CLASS_SIZE = 35
_UPPER = "Trung học phổ thông"


def _class_name(age: int, number: int) -> str:
    """`Lá 1`, `6A`, `6B`: the class of an age by its place among those of that age, from 0."""
    if age in _PRESCHOOL:
        return f"{_GRADES[age]}{number + 1}"
    return f"{_GRADES[age]}{chr(ord('A') + number % 26)}{number // 26 or ''}"


@dataclass(frozen=True)
class SampleSchool:
    """A made-up school: what stands on its own sheet, in the words of the drop-downs."""

    name: str = "Trường TH–THCS Mẫu Hòa (có lớp mẫu giáo)"
    code: str = "MAU-001"
    commune: str = "Xã Mẫu Hòa"
    opens: int = 2025  # The school year that opens in September of this year.
    ownership: str = "Công lập"
    kind: str = "Trường bình thường"
    place: str = "Xã khu vực III, nơi trường đặt là thôn ĐBKK"
    has_hamlets: str = "Có"
    border: str = "Không"
    ages: range = range(3, 15)  # Those it teaches: by default all from the kindergarten to grade nine.

    def classes(self, learners: int) -> list[tuple[str, int]]:
        """(class, age) of each of so many learners, the youngest first: equal years, in classes of thirty-five at most."""
        ages = [self.ages[n * len(self.ages) // learners] for n in range(learners)]
        before: Counter[int] = Counter()
        found = []
        for age in ages:
            found.append((_class_name(age, before[age] // _CLASS_SIZE), age))
            before[age] += 1
        return found

    def facts(self) -> dict[str, object]:
        """The school's sheet, by column name."""
        return {
            "school_name": self.name,
            "school_code": self.code,
            "commune": self.commune,
            "school_year": str(SchoolYear(self.opens)),
            "public_school": self.ownership,
            "school_kind": self.kind,
            "school_place": self.place,
            "school_has_dbkk_hamlet": self.has_hamlets,
            "border_commune_school": self.border,
        }


_HERE = "Xã khu vực III, nơi ở là thôn ĐBKK"
_NEARBY = "Xã khu vực II, nơi ở không phải thôn ĐBKK"
_OUTSIDE = "Không thuộc vùng khó khăn"
_ELSEWHERE = {"home_place": _OUTSIDE, "parent_home_place": _OUTSIDE}
_FAR = {"home_place": _HERE, "parent_home_place": _HERE, "distance_m": "8,5", "semi_boarder": "Có"}

# (share of children, what differs from the ordinary child). None leaves the cell empty: a paper not yet handed in.
_SPECIALS: tuple[tuple[float, dict[str, object]], ...] = (
    (0.14, {"poverty": "Hộ nghèo"}),
    (0.12, {"poverty": "Hộ cận nghèo"}),
    (0.10, {**_FAR, "housed_by_school": "Có", "ethnicity": "Khơ-me"}),
    (0.05, {**_FAR, "lodges_with_relative": "Có", "poverty": "Hộ nghèo"}),
    (0.03, {"home_place": _HERE, "parent_home_place": _HERE, "difficult_terrain": "Có", "semi_boarder": "Có"}),
    (0.04, {"grandparents": "Sống cùng ông bà, hộ nghèo"}),
    (0.03, {"grandparents": "Sống cùng ông bà, hộ không nghèo"}),
    (0.03, {"disabled": "Có", "inclusive": "Có", "disability_degree": "Khuyết tật nhẹ"}),
    (
        0.02,
        {
            "disabled": "Có",
            "inclusive": "Không",
            "disability_degree": "Khuyết tật nặng",
            "poverty": "Hộ cận nghèo",
        },
    ),
    (0.02, {"orphan": "Mồ côi cả cha và mẹ"}),
    (0.03, {"orphan": "Mồ côi cha hoặc mẹ"}),
    (0.02, {"no_support": "Có"}),
    (
        0.03,
        {
            "merit": "Con liệt sĩ, Anh hùng LLVTND, thương binh, bệnh binh, đối tượng khác của Pháp lệnh",
            "merit_rate": MERIT_RATE.of(MERIT_RATE.reduced).vi,
        },
    ),
    (0.02, {"single_parent": "Có", "poverty": "Hộ nghèo"}),
    (0.02, {"disaster": "Nhà ở bị hư hỏng nặng", "poverty": "Hộ cận nghèo"}),
    (0.02, {"conscript_child": "Có"}),
    (0.02, {"work_accident_parent": "Có"}),
    (0.03, {"industrial_worker_parent": "Có"}),
    (0.02, {"study_status": "Lưu ban, học lại"}),
    (0.02, {"poverty": None}),
    (0.02, {"home_place": None}),
    (0.02, {**_FAR, "distance_m": None}),
    (0.02, {"parent_home_place": "Khu vực II"}),
    (0.02, {"disabled": None}),
)


_NONE_OF = {
    "merit_rate": MERIT_RATE,
    "disability_degree": DISABILITY_DEGREE,
    "disaster": DISASTER,
    "course_level": COURSE_LEVEL,
    "trade": TRADE,
    "worker_group": WORKER_GROUP,
}


def _pick(random_: random.Random, weighted: str) -> str:
    words, weights = zip(*(part.rpartition(":")[::2] for part in weighted.split()), strict=True)
    return str(random_.choices(words, [int(weight) for weight in weights])[0]).replace("_", " ")


def sample_rows(seed: int, *, school: SampleSchool | None = None, learners: int = 60) -> list[dict[str, object]]:
    """Rows of a made-up roster by column name, as a clerk would type them; classes in order, names in order within each."""
    school = school or SampleSchool()
    random_ = random.Random(seed)  # noqa: S311  Made-up children need no secret chance.
    classes = school.classes(learners)
    rows = [_ordinary(random_, school, *one) for one in classes]
    order = random_.sample(range(learners), learners)
    taken = 0
    for share, differs in _SPECIALS:
        for _ in range(max(1, round(share * learners))):
            rows[order[taken % learners]].update(differs)
            taken += 1
    if any(name == "Chồi 1" for name, _ in classes):  # One whose lunch hangs on the paper that is not yet there.
        waiting = next(row for row in rows if row["class_name"] == "Chồi 1")
        waiting.update(_ordinary(random_, school, "Chồi 1", 4) | {"poverty": None, **_ELSEWHERE})
    _movers(rows, random_, school)
    _siblings(rows)
    order_of = {name: place for place, (name, _) in enumerate(classes)}
    rows.sort(key=lambda row: (order_of[str(row["class_name"])], str(row["full_name"]).split()[::-1]))
    for number, row in enumerate(rows, start=1):
        row["learner_code"] = f"{school.code}-{number:04d}"
    return rows


def _ordinary(random_: random.Random, school: SampleSchool, class_name: str, age: int) -> dict[str, object]:
    """A child of the commune in no policy group, every cell filled in."""
    sex = random_.choice(("Nam", "Nữ"))
    khmer = random_.random() < 0.4
    family = _pick(random_, _KHMER_FAMILY if khmer else _FAMILY)
    home = random_.choices((_HERE, _NEARBY, _OUTSIDE), (35, 30, 35))[0]
    negative = {
        column.name: "Không" for column in TEMPLATE.columns if [c.value for c in column.choices] == [True, False]
    }
    preschool = age in _PRESCHOOL
    level = "Mẫu giáo" if preschool else "Tiểu học" if age <= 10 else "Trung học cơ sở" if age <= 14 else _UPPER
    return {
        **negative,
        "full_name": f"{family} {_pick(random_, _MIDDLE[sex])} {_pick(random_, _GIVEN[sex])}",
        "birth_date": date(school.opens - age, random_.randint(1, 12), random_.randint(1, 28)),
        "sex": sex,
        "ethnicity": "Khơ-me" if khmer else "Kinh",
        "class_name": class_name,
        "grade": None if preschool else age - 5,
        "level": level,
        "poverty": "Không thuộc hộ nghèo, cận nghèo",
        "grandparents": "Không sống cùng ông bà",
        "orphan": "Còn cha và mẹ",
        "merit": "Không thuộc diện",
        "study_status": "Đang học bình thường",
        **{name: codes.of(0).vi for name, codes in _NONE_OF.items()},
        "home_place": home,
        "parent_home_place": home,
        "distance_m": random_.choice(("0,4", "0,8", "1,2", "1,5", "2", "2,6", "3,1")),
    }


def _movers(rows: list[dict[str, object]], random_: random.Random, school: SampleSchool) -> None:
    """One child in forty comes during the year, one in forty leaves."""
    moving = random_.sample(rows, max(2, len(rows) // 20))
    for number, row in enumerate(moving):
        if number % 2:
            row["left_on"] = date(school.opens + 1, random_.randint(1, 4), random_.randint(1, 28))
        else:
            row["enrolled_on"] = date(school.opens, random_.randint(10, 12), random_.randint(1, 28))


def _siblings(rows: list[dict[str, object]]) -> None:
    """Some children of one family name whose household status agrees share a household."""
    first: dict[tuple[object, ...], dict[str, object]] = {}
    homes = 0
    for row in rows:
        if row.get("poverty") is None:
            continue
        same = (
            str(row["full_name"]).split()[0],
            row["poverty"],
            row.get("home_place"),
            row["class_name"] in ("Lá 1", "3A", "7A"),
        )
        if same[-1] and same in first:
            homes += 1
            code = f"HO-{homes:03d}"
            first.pop(same)["household_code"] = row["household_code"] = code
        elif same[-1]:
            first[same] = row


def sample_roster(seed: int, *, school: SampleSchool | None = None, learners: int = 60) -> bytes:
    """A made-up roster as the filled-in template, .xlsx bytes. The same arguments give the same bytes."""
    school = school or SampleSchool()
    return filled(TEMPLATE, sample_rows(seed, school=school, learners=learners), school.facts())


def sample_table(seed: int, *, school: SampleSchool | None = None, learners: int = 60, changed: int = 0) -> bytes:
    """A made-up roster as a .csv of the template's columns, for many rows at a time.

    changed: of so many children, the first in the list, one fact is other than without it.
    """
    school = school or SampleSchool()
    rows = sample_rows(seed, school=school, learners=learners)
    for row in rows[:changed]:
        row["disabled"] = "Không" if row.get("disabled") == "Có" else "Có"
    return as_table(rows, school)


def as_table(rows: Sequence[Mapping[str, object]], school: SampleSchool) -> bytes:
    """Rows by column name as the .csv a school would send."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([TEMPLATE.column(name).vi, value] for name, value in school.facts().items())
    writer.writerow([column.vi for column in TEMPLATE.columns])
    writer.writerows([_written(row.get(column.name)) for column in TEMPLATE.columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _written(value: object) -> str:
    return "" if value is None else value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
