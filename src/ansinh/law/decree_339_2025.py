"""Decree 339/2025/NĐ-CP: lunch for primary and lower-secondary pupils of schools in land-border communes, from 25 December 2025.

Articles 1 and 2 were read in a text copy (source NS339), the amounts in the press (sources DT339, SGGP339, TP339); the number of
their article was not read. Ownership of the school is not tested. A pupil who changes schools is paid by days of study: here by
whole months, so such a child's first and last month must be reckoned by hand.
"""

from datetime import date

from ansinh.core.dates import study_mask
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Mark,
    NumberValue,
    Overlap,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL
from ansinh.law._words import lower_secondary, preparatory_month, primary

WHO = (
    Condition(
        "1.1",
        "Học sinh tiểu học, trung học cơ sở học ở các xã biên giới đất liền",
        "A primary or lower-secondary pupil of a school in a land-border commune",
        (primary | lower_secondary) & Fact("border_commune_school"),
    ),
    Condition(
        "",
        "Tháng học trước khi vào lớp 1 chỉ hỗ trợ học sinh lớp 1 là người dân tộc thiểu số có học tiếng Việt trước khi vào lớp 1",
        "The month before grade 1 is paid only to grade-1 pupils of ethnic minorities who took the Vietnamese course",
        preparatory_month,
    ),
)
LUNCH = Condition(
    "",
    "Ăn trưa tại cơ sở giáo dục (không ăn trưa tại trường thì không được hưởng)",
    "Eats lunch at school (who does not, gets nothing)",
    Fact("lunch_at_school"),
)
PUPIL = {"level": LEVEL.primary, "grade": 3, "border_commune_school": True, "lunch_at_school": True}
GRADE_ONE = {**PUPIL, "grade": 1, "ethnicity": ETHNICITY.hmong, "pre_grade1_course": True}
FAR = {
    **PUPIL,
    "distance_m": 5_000,
    "home_area": AREA.three,
    "parent_home_area": AREA.three,
    "school_area": AREA.three,
}
BOTH = ("border_lunch", "border_rice")
TEN = study_mask(range(10))
SAME_KIND = ("Chính sách cùng loại: chỉ hưởng một mức cao nhất", "Policies of one kind: only the highest is given")

DOCUMENT = Document(
    id="nd-339-2025",
    number="339/2025/NĐ-CP",
    kind="decree",
    title_vi="Chính sách hỗ trợ bữa ăn trưa cho học sinh tiểu học và trung học cơ sở học ở các xã biên giới đất liền",
    title_en="Lunch for primary and lower-secondary pupils of land-border communes",
    issued=date(2025, 12, 25),
    since=date(2025, 12, 25),
    source="NS339; DT339; SGGP339; TP339",
    mark=Mark.SECONDARY,
    benefits=(
        Benefit("border_lunch", "Tiền ăn trưa xã biên giới", "Lunch money, land-border communes", "VND"),
        Benefit("border_rice", "Gạo xã biên giới", "Rice, land-border communes", "kg"),
    ),
    numbers=(
        NumberValue(
            "border_lunch_vnd", 450_000, "VND/month", "?", "DT339; SGGP339", Mark.SECONDARY, "Ăn trưa", "Lunch"
        ),
        NumberValue("border_rice_kg", 8, "kg/month", "?", "DT339; SGGP339", Mark.SECONDARY, "Gạo", "Rice"),
    ),
    rules=(
        Rule("border_lunch", "", WHO, (LUNCH,), Number("border_lunch_vnd"), 9, preparatory=True),
        Rule("border_rice", "", WHO, (LUNCH,), Number("border_rice_kg"), 9, preparatory=True),
    ),
    overlaps=(
        Overlap(("semi_boarding_meals", "border_lunch"), "2.1", *SAME_KIND),
        Overlap(("semi_boarding_rice", "border_rice"), "2.1", *SAME_KIND),
    ),
    cases=(
        Case(
            "ăn trưa tại trường, năm học 2026-2027",
            2026,
            PUPIL,
            {
                "border_lunch": pays(450_000, months=9, total=4_050_000),
                "border_rice": pays(8, months=9, total=72),
            },
        ),
        Case(
            "năm học 2025-2026: từ tháng 1 năm 2026",
            2025,
            PUPIL,
            {"border_lunch": pays(450_000, months=5, total=2_250_000), "border_rice": pays(8, months=5)},
        ),
        Case(
            "lớp 1 có tháng học tiếng Việt",
            2026,
            GRADE_ONE,
            {"border_lunch": pays(450_000, months=10), "border_rice": pays(8, months=10, total=80)},
            months=TEN,
        ),
        Case("lớp 3 không có tháng 8", 2026, PUPIL, {"border_lunch": pays(450_000, months=9)}, months=TEN),
        Case("không ăn trưa tại trường", 2026, {**PUPIL, "lunch_at_school": False}, dict.fromkeys(BOTH, refuses())),
        Case(
            "trường ngoài xã biên giới",
            2026,
            {**PUPIL, "border_commune_school": False},
            dict.fromkeys(BOTH, refuses("1.1")),
        ),
        Case(
            "chưa rõ có ăn trưa tại trường",
            2026,
            {**PUPIL, "lunch_at_school": None},
            dict.fromkeys(BOTH, undecided("lunch_at_school")),
        ),
        Case(
            "bán trú theo Nghị định 66/2025/NĐ-CP cao hơn",
            2026,
            FAR,
            {
                "semi_boarding_meals": pays(936_000, months=9),
                "semi_boarding_rice": pays(15, months=9),
                **dict.fromkeys(BOTH, refuses()),
            },
        ),
    ),
)
