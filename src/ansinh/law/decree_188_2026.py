"""Decree 188/2026/NĐ-CP: pupils of the boarding schools of land-border communes (Articles 1 to 3), from 15 July 2026.

Read in a text copy made by OCR (source DX188). Amounts are the least: the provincial People's Council may raise them (Article
9.4.a), which a province's own law folder can state. Approval at enrolment lasts to the end of the level (Article 5.1); pupils who
pause for illness or accident keep it (Article 2.3).
"""

from datetime import date

from ansinh.core.dates import study_mask
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Overlap,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, SCHOOL_KIND
from ansinh.law._words import (
    border_boarding_school,
    ethnicity,
    first_year_of_level,
    general_school,
    preparatory_month,
)

GAZETTE = Doubt(
    "Các mức của Nghị định 188/2026/NĐ-CP đọc trên bản chép tự động; một nguồn khác ghi 720.000 và 1.080.000: phải đối chiếu với Công báo.",
    "The amounts of Decree 188/2026 were read in an OCR copy; another source says 720,000 and 1,080,000: check the gazette.",
)
ONCE_PER_LEVEL = Doubt(
    "Cấp một lần cho mỗi cấp học: ở đây là lớp 1, lớp 6, lớp 10; em vào trường ở lớp khác, hoặc trường mở khi em đã học lớp khác, phải được xét riêng.",
    "Given once per level: here in grades 1, 6 and 10; who enters at another grade, or was in another when the school opened, must be looked at.",
    only="no",
)

boarder = Fact("housed_by_school")
PUPIL = Condition(
    "1.2",
    "Học sinh trường phổ thông nội trú tại các xã biên giới đất liền",
    "A pupil of a boarding school of a land-border commune",
    border_boarding_school & general_school,
)
PREPARATORY = Condition(
    "3.4",
    "Tháng học trước khi vào lớp 1 chỉ hỗ trợ học sinh lớp 1 là người dân tộc thiểu số có học tiếng Việt trước khi vào lớp 1",
    "The month before grade 1 is paid only to grade-1 pupils of ethnic minorities who took the Vietnamese course",
    preparatory_month,
)
FOREIGN = (
    Condition(
        "1.3",
        "Học sinh nước láng giềng hưởng theo thỏa thuận song phương",
        "Pupils from neighbouring countries are supported under bilateral agreements",
        ethnicity.is_(ETHNICITY.nguoi_nuoc_ngoai),
    ),
)


def _meals(clause: int, unit: str) -> tuple[Condition, ...]:
    """Point b, the boarder, has the higher amount and comes first; point a is the pupil who eats lunch only."""
    return (
        Condition(
            f"3.{clause}.b",
            "Học sinh nội trú (được phê duyệt ở lại trường)",
            "A boarder (approved to live at school)",
            boarder,
        ),
        Condition(
            f"3.{clause}.a",
            "Học sinh bán trú buổi trưa",
            "A pupil who eats lunch at school only",
            ~boarder & Fact("lunch_at_school"),
            quantity=Number(f"border_boarding_lunch_{unit}"),
        ),
    )


def _amount(name: str, value: int, unit: str, cite: str, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, unit, cite, "DX188", vi=vi, en=en, doubt=GAZETTE)


SCHOOL = {"level": LEVEL.primary, "grade": 4, "school_kind": SCHOOL_KIND.border_boarding, "border_commune_school": True}
BOARDER = {**SCHOOL, "housed_by_school": True, "lunch_at_school": True, "ethnicity": ETHNICITY.ha_nhi}
LUNCH_ONLY = {**SCHOOL, "lunch_at_school": True}
FOUR = ("border_boarding_meals", "border_boarding_rice", "border_boarding_materials", "border_boarding_kit")
SAME_KIND = ("Chính sách cùng loại: chỉ hưởng một mức cao nhất", "Policies of one kind: only the highest is given")

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("DER-38: nội trú, năm đầu cấp", 2026, {**BOARDER, "level": LEVEL.lower_secondary, "grade": 6},
         {"border_boarding_meals": pays(1_170_000, months=9, total=10_530_000, cite="3.1.b"),
          "border_boarding_rice": pays(15, months=9, total=135, cite="3.2.b"),
          "border_boarding_materials": pays(2_050_000, months=1, total=2_050_000, cite="3.3.a"),
          "border_boarding_kit": pays(2_050_000, months=1, total=2_050_000, cite="3.3.b"),
          "border_lunch": refuses(), "border_rice": refuses()}, source="DER-38"),
    Case("bán trú buổi trưa", 2026, LUNCH_ONLY,
         {"border_boarding_meals": pays(450_000, months=9, cite="3.1.a"), "border_boarding_rice": pays(8, months=9, cite="3.2.a"),
          "border_boarding_materials": pays(2_050_000), "border_boarding_kit": refuses(), "border_lunch": refuses()}),
    Case("nội trú lớp 4: không cấp lại đồ dùng", 2026, BOARDER, {"border_boarding_kit": refuses()}),
    Case("lớp 1 có tháng học tiếng Việt", 2026, {**BOARDER, "grade": 1, "pre_grade1_course": True},
         {"border_boarding_meals": pays(1_170_000, months=10), "border_boarding_rice": pays(15, months=10, total=150)},
         months=study_mask(range(10))),
    Case("lớp 4 không có tháng 8", 2026, BOARDER,
         {"border_boarding_meals": pays(1_170_000, months=9), "border_boarding_rice": pays(15, months=9)}, months=study_mask(range(10))),
    Case("cao hơn tiền ăn bán trú của Nghị định 66/2025/NĐ-CP", 2026,
         {**BOARDER, "distance_m": 6_000, "home_area": AREA.three, "parent_home_area": AREA.three, "school_area": AREA.three},
         {"border_boarding_meals": pays(1_170_000), "semi_boarding_meals": refuses(), "semi_boarding_rice": refuses()}),
    Case("không ở nội trú, không ăn trưa", 2026, {**SCHOOL, "lunch_at_school": False},
         {"border_boarding_meals": refuses(), "border_boarding_rice": refuses(), "border_boarding_materials": pays(2_050_000)}),
    Case("học sinh nước láng giềng", 2026, {**BOARDER, "ethnicity": ETHNICITY.nguoi_nuoc_ngoai, "grade": 1}, dict.fromkeys(FOUR, refuses("1.3"))),
    Case("trường bình thường", 2026, {**BOARDER, "grade": 1, "school_kind": SCHOOL_KIND.ordinary}, dict.fromkeys(FOUR, refuses("1.2"))),
    Case("chưa rõ loại trường", 2026, {**BOARDER, "grade": 1, "school_kind": None}, dict.fromkeys(FOUR, undecided("school_kind"))),
)
# fmt: on

DOCUMENT = Document(
    id="nd-188-2026",
    number="188/2026/NĐ-CP",
    kind="decree",
    title_vi="Chính sách cho học sinh trường phổ thông nội trú và trường phổ thông nội trú tại các xã biên giới đất liền",
    title_en="Policies for pupils of boarding schools of land-border communes, and for these schools",
    issued=date(2026, 5, 27),
    since=date(2026, 7, 15),
    source="DX188",
    mark=Mark.FULL_TEXT,
    benefits=(
        Benefit("border_boarding_meals", "Tiền ăn trường nội trú biên giới", "Meals, border boarding schools", "VND"),
        Benefit("border_boarding_rice", "Gạo trường nội trú biên giới", "Rice, border boarding schools", "kg"),
        Benefit(
            "border_boarding_materials",
            "Đồng phục, học phẩm trường nội trú biên giới",
            "Uniforms and materials, border boarding schools",
            "VND",
        ),
        Benefit(
            "border_boarding_kit",
            "Đồ dùng cá nhân nội trú biên giới (một lần mỗi cấp)",
            "Personal kit, border boarding schools, once per level",
            "VND",
        ),
    ),
    numbers=(
        _amount("border_boarding_lunch_vnd", 450_000, "VND/month", "3.1.a", "Tiền ăn trưa", "Lunch money"),
        _amount("border_boarding_meals_vnd", 1_170_000, "VND/month", "3.1.b", "Tiền ăn nội trú", "Boarders' meals"),
        _amount("border_boarding_lunch_kg", 8, "kg/month", "3.2.a", "Gạo bán trú buổi trưa", "Rice, lunch only"),
        _amount("border_boarding_rice_kg", 15, "kg/month", "3.2.b", "Gạo nội trú", "Boarders' rice"),
        _amount(
            "border_boarding_materials_vnd", 2_050_000, "VND/school year", "3.3.a", "Đồng phục, học phẩm", "Materials"
        ),
        _amount("border_boarding_kit_vnd", 2_050_000, "VND/level", "3.3.b", "Đồ dùng cá nhân", "Personal kit"),
    ),
    rules=(
        Rule(
            "border_boarding_meals",
            "3.1",
            (PUPIL, PREPARATORY),
            _meals(1, "vnd"),
            Number("border_boarding_meals_vnd"),
            9,
            FOREIGN,
            preparatory=True,
        ),
        Rule(
            "border_boarding_rice",
            "3.2",
            (PUPIL, PREPARATORY),
            _meals(2, "kg"),
            Number("border_boarding_rice_kg"),
            9,
            FOREIGN,
            preparatory=True,
        ),
        Rule(
            "border_boarding_materials",
            "3.3.a",
            (PUPIL,),
            (
                Condition(
                    "3.3.a",
                    "Mỗi năm học: hai bộ đồng phục và học phẩm",
                    "Each school year: two uniforms and study materials",
                    border_boarding_school,
                ),
            ),
            Number("border_boarding_materials_vnd"),
            1,
            FOREIGN,
        ),
        Rule(
            "border_boarding_kit",
            "3.3.b",
            (PUPIL,),
            (
                Condition(
                    "3.3.b",
                    "Học sinh nội trú, một lần mỗi cấp học: chăn, màn và đồ dùng cá nhân",
                    "A boarder, once per level: blanket, net and personal things",
                    boarder & first_year_of_level,
                    doubt=ONCE_PER_LEVEL,
                ),
            ),
            Number("border_boarding_kit_vnd"),
            1,
            FOREIGN,
        ),
    ),
    overlaps=(
        Overlap(("border_boarding_meals", "semi_boarding_meals", "border_lunch"), "2.1", *SAME_KIND),
        Overlap(("border_boarding_rice", "semi_boarding_rice", "border_rice"), "2.1", *SAME_KIND),
    ),
    cases=CASES,
)
