"""Decree 66/2025/NĐ-CP, Article 6.3: rice, study materials and personal kit of ethnic boarding pupils.

Amounts as restated in the press (sources VNT5, XH66, LS66); the scholarship itself is Decree 84/2020, today 66/2026. Rewards
(800,000 and 600,000 a year) need the year's result, travel money the fare: neither is a fact, so neither is decided here.
"""

from __future__ import annotations

from ansinh.core.dates import Month
from ansinh.core.nodes import Number
from ansinh.core.rules import Benefit, Case, Condition, Doubt, Mark, NumberValue, Rule, pays, refuses, undecided
from ansinh.core.tables import ETHNICITY, LEVEL, SCHOOL_KIND
from ansinh.law._policy_scholarship import boarding_pupil
from ansinh.law._words import first_year_of_level

SCHOOL_YEAR_2024 = Doubt(
    "Chưa rõ khoản trang cấp theo năm học, theo cấp học của Nghị định 66/2025/NĐ-CP (hiệu lực 01/5/2025) có tính cho năm học 2024-2025 không: các tháng trước tháng 9/2025 phải được kiểm tra.",
    "Whether the yearly and once-per-level supports of Decree 66/2025 (in force 1 May 2025) count for the school year 2024-2025 is not known: check the months before September 2025.",
    until=Month(2025, 9),
)
ONCE_PER_LEVEL = Doubt(
    "Cấp một lần cho mỗi cấp học: ở đây là lớp 6, lớp 10 (lớp 1 nếu có); em vào trường ở lớp khác mà chưa được cấp phải được xét riêng.",
    "Given once per level: here in grades 6 and 10 (and 1); who enters at another grade and has not had it must be looked at.",
    only="no",
)
PRE_UNIVERSITY = Doubt(
    "Chưa đọc được học sinh dự bị đại học có được các khoản này của khoản 3 Điều 6 hay không.",
    "Whether pre-university learners have these supports of Article 6.3 was not read.",
    only="no",
)
PUPIL = Condition(
    "6.3",
    "Học sinh trường phổ thông dân tộc nội trú",
    "A pupil of an ethnic boarding school",
    boarding_pupil,
    doubt=PRE_UNIVERSITY,
)
FIRST_YEAR = Condition(
    "6.3",
    "Năm học đầu của cấp học (mỗi cấp học cấp một lần, bằng hiện vật)",
    "The first year of a level (once per level, in kind)",
    first_year_of_level,
    doubt=ONCE_PER_LEVEL,
)

BENEFITS = (
    Benefit("boarding_rice", "Gạo cho học sinh nội trú", "Rice of ethnic boarding pupils", "kg"),
    Benefit("boarding_materials", "Đồng phục, học phẩm nội trú", "Uniforms and materials of boarding pupils", "VND"),
    Benefit("boarding_kit", "Đồ dùng cá nhân nội trú (một lần mỗi cấp)", "Personal kit, once per level", "VND"),
)


def _amount(name: str, value: int, unit: str, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, unit, "6.3", "VNT5; XH66; LS66", Mark.SECONDARY, vi, en)


NUMBERS = (
    _amount("boarding_rice_kg", 15, "kg/month", "Gạo nội trú", "Rice of boarding pupils"),
    _amount("boarding_materials_vnd", 1_080_000, "VND/school year", "Đồng phục, học phẩm", "Uniforms and materials"),
    _amount("boarding_kit_vnd", 1_080_000, "VND/level", "Đồ dùng cá nhân", "Personal kit"),
)
IN_SCHOOL = Condition(
    "6.3",
    "Học sinh nội trú: gạo; hai bộ đồng phục và học phẩm mỗi năm học",
    "A boarding pupil: rice; two uniforms and study materials each school year",
    boarding_pupil,
    doubt=PRE_UNIVERSITY,
)
RULES = (
    Rule("boarding_rice", "6.3", (), (IN_SCHOOL,), Number("boarding_rice_kg"), 9),
    Rule(
        "boarding_materials",
        "6.3",
        (),
        (IN_SCHOOL,),
        Number("boarding_materials_vnd"),
        1,
        doubts=(SCHOOL_YEAR_2024,),
    ),
    Rule("boarding_kit", "6.3", (PUPIL,), (FIRST_YEAR,), Number("boarding_kit_vnd"), 1, doubts=(SCHOOL_YEAR_2024,)),
)

BOARDER = {"school_kind": SCHOOL_KIND.boarding, "ethnicity": ETHNICITY.tay}
ALL = ("boarding_rice", "boarding_materials", "boarding_kit")
CASES = (
    Case(
        "nội trú lớp 6: gạo chín tháng, học phẩm và đồ dùng một lần",
        2025,
        {**BOARDER, "grade": 6},
        {
            "boarding_rice": pays(15, months=9, total=135),
            "boarding_materials": pays(1_080_000, months=1, total=1_080_000),
            "boarding_kit": pays(1_080_000, months=1, total=1_080_000),
            "semi_boarding_rice": refuses(),
        },
    ),
    Case(
        "nội trú lớp 7: không cấp lại đồ dùng",
        2025,
        BOARDER,
        {"boarding_kit": refuses(), "boarding_materials": pays(1_080_000, months=1)},
    ),
    Case(
        "nội trú lớp 10",
        2025,
        {**BOARDER, "level": LEVEL.upper_secondary, "grade": 10},
        {"boarding_kit": pays(1_080_000, months=1)},
    ),
    Case("trường bình thường", 2025, {"ethnicity": ETHNICITY.tay, "grade": 6}, dict.fromkeys(ALL, refuses())),
    Case(
        "chưa rõ loại trường",
        2025,
        {**BOARDER, "grade": 6, "school_kind": None},
        dict.fromkeys(ALL, undecided("school_kind")),
    ),
)
