"""Decree 66/2025/NĐ-CP: nursery and semi-boarding support in difficult areas (Articles 4, 6).

Conditions of Article 4 are read on the national procedure portal (procedures 2.002770 and 2.002771: sources TT2770,
TT2771), the amounts of Article 6 in secondary pages (LS66, NGOISAO66, VNT5). Article 6.3, for ethnic boarding pupils, stands in
`_decree_66_2025_boarding`. The provincial People's Committee lists areas and distances (Article 14.4.b): `difficult_terrain` is
to be recorded by that list.
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
    Expected,
    Filing,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY
from ansinh.law import _decree_66_2025_boarding as boarding
from ansinh.law._words import (
    adult_education,
    area_one_or_two,
    boarding_school,
    child_of_merit,
    difficult_place,
    disabled,
    ethnic_minority,
    far,
    general_school,
    kinh,
    level,
    lower_secondary,
    minority_commune,
    no_support,
    nursery,
    paid_by_decree_57,
    poor,
    preparatory_month,
    primary,
    public_school,
    upper_secondary,
)

SAME_KIND = Doubt(
    "Quan hệ giữa Nghị định 66/2025/NĐ-CP và các chính sách cùng tính chất (Nghị định 57/2017/NĐ-CP, học bổng nội trú) chưa đọc được trong văn bản gốc.",
    "How Decree 66/2025 stands beside policies of the same kind (Decree 57/2017, the boarding scholarship) was not read in the text.",
    only="no",
)

both_reside = difficult_place("home") & difficult_place("parent_home")
both_reside_area_one_or_two = area_one_or_two("home") & area_one_or_two("parent_home")
school_and_distance = minority_commune("school") & ((primary & far(4)) | (lower_secondary & far(7)))
adult_distance = (level.is_(LEVEL.adult_lower_secondary) & far(7)) | (level.is_(LEVEL.adult_upper_secondary) & far(10))

GROUNDS = (
    Condition(
        "4.2.a",
        "Học sinh tiểu học, trung học cơ sở học tại trường thuộc xã khu vực III, II, I, xã có thôn ĐBKK, xã ĐBKK bãi ngang, ven biển, hải đảo; nhà xa trường từ 4 km (tiểu học), 7 km (trung học cơ sở) hoặc địa hình cách trở; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã, thôn ĐBKK",
        "A primary or lower-secondary pupil of a school in an area III, II or I commune, a commune with extremely difficult hamlets or an extremely difficult coastal or island commune; home at least 4 km (primary) or 7 km (lower secondary) away, or difficult terrain; pupil and father, mother or guardian permanently resident in an extremely difficult commune or hamlet",
        school_and_distance & both_reside,
    ),
    Condition(
        "4.2.a",
        "Như trên về trường và khoảng cách; là người dân tộc thiểu số thuộc hộ nghèo; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã khu vực II, khu vực I",
        "School and distance as above; of an ethnic minority and a poor household; pupil and father, mother or guardian permanently resident in an area II or I commune",
        school_and_distance & ethnic_minority & poor & both_reside_area_one_or_two,
    ),
    Condition(
        "4.2.b",
        "Học sinh trung học phổ thông là người dân tộc thiểu số, nhà xa trường từ 10 km hoặc địa hình cách trở; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã, thôn ĐBKK",
        "An upper-secondary pupil of an ethnic minority, home at least 10 km away or difficult terrain; pupil and father, mother or guardian permanently resident in an extremely difficult commune or hamlet",
        upper_secondary & far(10) & ethnic_minority & both_reside,
    ),
    Condition(
        "4.2.b",
        "Học sinh trung học phổ thông là người dân tộc Kinh thuộc hộ nghèo, nhà xa trường từ 10 km hoặc địa hình cách trở; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã, thôn ĐBKK",
        "A Kinh upper-secondary pupil of a poor household, home at least 10 km away or difficult terrain; pupil and father, mother or guardian permanently resident in an extremely difficult commune or hamlet",
        upper_secondary & far(10) & kinh & poor & both_reside,
    ),
    Condition(
        "4.2.b",
        "Học sinh trung học phổ thông là người dân tộc thiểu số thuộc hộ nghèo, nhà xa trường từ 10 km hoặc địa hình cách trở; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã khu vực II, khu vực I",
        "An upper-secondary pupil of an ethnic minority and a poor household, home at least 10 km away or difficult terrain; pupil and father, mother or guardian permanently resident in an area II or I commune",
        upper_secondary & far(10) & ethnic_minority & poor & both_reside_area_one_or_two,
    ),
    Condition(
        "4.3",
        "Học viên giáo dục thường xuyên là người dân tộc thiểu số, hoặc người Kinh thuộc hộ nghèo; bản thân và bố hoặc mẹ hoặc người giám hộ thường trú tại xã, thôn ĐBKK; nhà xa nơi học từ 7 km (cấp trung học cơ sở), 10 km (cấp trung học phổ thông) hoặc địa hình cách trở",
        "An adult-education learner of an ethnic minority, or Kinh of a poor household; learner and father, mother or guardian permanently resident in an extremely difficult commune or hamlet; home at least 7 km (lower secondary) or 10 km (upper secondary) away, or difficult terrain",
        adult_distance & both_reside & (ethnic_minority | (kinh & poor)),
    ),
)
PUPIL = Condition(
    "4",
    "Học sinh tiểu học, trung học cơ sở, trung học phổ thông hoặc học viên giáo dục thường xuyên",
    "A primary or secondary pupil, or an adult-education learner of a general programme",
    general_school | adult_education,
)
PREPARATORY_MONTH = Condition(
    "6.2",
    "Tháng học trước khi vào lớp 1 chỉ hỗ trợ học sinh lớp 1 là người dân tộc thiểu số có học tiếng Việt trước khi vào lớp 1",
    "The month before grade 1 is paid only to grade-1 pupils of ethnic minorities who took the Vietnamese course",
    preparatory_month,
)
NOT_DECREE_57 = Condition(
    "",
    "Không hưởng hỗ trợ học tập theo Nghị định 57/2017/NĐ-CP: người đã hưởng thì không hưởng tiền ăn bán trú (điểm b khoản 3 Điều 4 Nghị định đó)",
    "Not supported under Decree 57/2017, whose learners give up semi-boarding meal money (its Article 4.3.b)",
    ~(paid_by_decree_57 & general_school),
    doubt=SAME_KIND,
)
LODGING = Condition(
    "6.2.b",
    "Nhà trường không bố trí được chỗ ở; hoặc học sinh lớp 1, lớp 2, học sinh khuyết tật có nhu cầu tự túc chỗ ở gần trường để người thân chăm sóc",
    "The school cannot house the pupil; or a grade-1, grade-2 or disabled pupil lodges near school to be cared for by a relative",
    ~Fact("housed_by_school") | ((Fact("grade").one_of(1, 2) | disabled) & Fact("lodges_with_relative")),
)
BARS = (
    Condition(
        "",
        "Học sinh trường phổ thông dân tộc nội trú hưởng học bổng chính sách riêng",
        "Pupils of ethnic boarding schools have a scholarship of their own",
        boarding_school,
        doubt=SAME_KIND,
    ),
)
PAPERS = (
    ("Đơn đề nghị (Mẫu số 04, học viên Mẫu số 05), một lần cả cấp học", "Application (form 04 or 05), once per level"),
    (
        "Giấy chứng nhận hộ nghèo từng năm, khi không tra cứu được",
        "Poor household certificate, when not in the database",
    ),
)


def _rule(benefit: str, cite: str, who: tuple[Condition, ...], number: str) -> Rule:
    scope = (PUPIL, *who, PREPARATORY_MONTH)
    return Rule(benefit, cite, scope, GROUNDS, Number(number), 9, BARS, preparatory=True, papers=PAPERS)


NURSERY_SCHOOL = public_school & minority_commune("school")
nursery_rule = Rule(
    benefit="nursery_semi_boarding",
    cite="6.1",
    who=(Condition("4.1", "Trẻ em nhà trẻ bán trú", "A nursery child staying for lunch", nursery),),
    grounds=(
        Condition(
            "4.1.a",
            "Thường trú tại xã, thôn ĐBKK, học tại cơ sở giáo dục mầm non công lập thuộc xã khu vực III, II, I, xã có thôn ĐBKK, xã ĐBKK bãi ngang, ven biển, hải đảo",
            "Permanently resident in an extremely difficult commune or hamlet, in a public preschool of an area III, II or I commune, a commune with extremely difficult hamlets or an extremely difficult coastal or island commune",
            difficult_place("home") & NURSERY_SCHOOL,
        ),
        Condition(
            "4.1.b",
            "Người dân tộc thiểu số thường trú tại xã khu vực II, khu vực I, học tại cơ sở công lập như trên, và thuộc hộ nghèo, hoặc không có nguồn nuôi dưỡng, hoặc là con liệt sĩ, Anh hùng, thương binh, bệnh binh..., hoặc khuyết tật học hòa nhập",
            "Of an ethnic minority, permanently resident in an area II or I commune, in a public preschool as above, and of a poor household, or without a source of support, or a child of a person with merit, or disabled in inclusive education",
            ethnic_minority
            & area_one_or_two("home")
            & NURSERY_SCHOOL
            & (poor | no_support | child_of_merit | (disabled & Fact("inclusive"))),
        ),
    ),
    quantity=Number("nursery_semi_boarding_vnd"),
    cap=9,
    papers=(("Đơn đề nghị (Mẫu số 01), một lần", "Application (form 01), once"), PAPERS[1]),
)


def _amount(name: str, cite: str, value: int, unit: str, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, unit, cite, "LS66; NGOISAO66", Mark.SECONDARY, vi, en)


FAR_PUPIL = {
    "level": LEVEL.primary,
    "grade": 4,
    "ethnicity": ETHNICITY.tay,
    "distance_m": 5_000,
    "home_dbkk_hamlet": True,
    "parent_home_dbkk_hamlet": True,
    "school_area": AREA.one,
}
UPPER = {**FAR_PUPIL, "level": LEVEL.upper_secondary, "grade": 11, "distance_m": 12_000, "school_area": AREA.none}
KINH_UPPER = {**UPPER, "ethnicity": ETHNICITY.kinh}
AREA_TWO = {f"{place}_area": AREA.two for place in ("home", "parent_home")} | {
    f"{place}_dbkk_hamlet": False for place in ("home", "parent_home")
}
NURSERY = {
    "level": LEVEL.nursery,
    "grade": None,
    "birth_date": date(2023, 4, 2),
    "ethnicity": ETHNICITY.thai,
    "home_area": AREA.two,
    "school_area": AREA.two,
}


def _all(months: int) -> dict[str, Expected]:
    return {
        "semi_boarding_meals": pays(936_000, months=months, total=936_000 * months),
        "semi_boarding_lodging": pays(360_000, months=months, total=360_000 * months),
        "semi_boarding_rice": pays(15, months=months, total=15 * months),
    }


NONE = {"semi_boarding_meals": refuses(), "semi_boarding_lodging": refuses(), "semi_boarding_rice": refuses()}
UNKNOWN_HOME = ("parent_home_dbkk_hamlet", "parent_home_area", "parent_home_dbkk_coast")

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("DER-12: không theo lương cơ sở 2.530.000", 2026, FAR_PUPIL, _all(9), source="DER-12"),
    Case("DER-13: lớp 1 có tháng học tiếng Việt", 2025, {**FAR_PUPIL, "grade": 1, "pre_grade1_course": True}, _all(10),
         source="DER-13", months=study_mask(range(10))),
    Case("tháng 8 không trả cho lớp 4", 2025, FAR_PUPIL, _all(9), months=study_mask(range(10))),
    Case("DER-14: người Kinh không nghèo", 2025, KINH_UPPER, NONE, source="DER-14"),
    Case("DER-16: người Kinh cận nghèo", 2025, {**KINH_UPPER, "poverty": POVERTY.near_poor}, NONE, source="DER-16"),
    Case("DER-14: người Kinh nghèo", 2025, {**KINH_UPPER, "poverty": POVERTY.poor},
         {"semi_boarding_meals": pays(936_000, cite="4.2.b")}, source="DER-14"),
    Case("dân tộc thiểu số nghèo ở xã khu vực II", 2025, {**FAR_PUPIL, **AREA_TWO, "poverty": POVERTY.poor},
         {"semi_boarding_meals": pays(936_000, cite="4.2.a")}),
    Case("chưa biết nơi cha mẹ ở", 2025, {**FAR_PUPIL, **dict.fromkeys(UNKNOWN_HOME)},
         dict.fromkeys(NONE, undecided(*UNKNOWN_HOME))),
    Case("khuyết tật ở cùng người thân dù trường có chỗ ở", 2025,
         {**FAR_PUPIL, "disabled": True, "housed_by_school": True, "lodges_with_relative": True}, {"semi_boarding_lodging": pays(360_000)}),
    Case("học viên GDTX người Kinh nghèo", 2025,
         {**KINH_UPPER, "level": LEVEL.adult_upper_secondary, "poverty": POVERTY.poor}, {"semi_boarding_rice": pays(15, cite="4.3")}),
    Case("DER-07: nhà trẻ cận nghèo", 2025, {**NURSERY, "poverty": POVERTY.near_poor},
         {"nursery_semi_boarding": refuses()}, source="DER-07"),
    Case("DER-07: nhà trẻ nghèo", 2025, {**NURSERY, "poverty": POVERTY.poor},
         {"nursery_semi_boarding": pays(360_000, months=9, total=3_240_000, cite="4.1.b")}, source="DER-07"),
    Case("nhà trẻ chưa rõ hộ nghèo", 2025, {**NURSERY, "poverty": None},
         {"nursery_semi_boarding": undecided("poverty")}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-66-2025",
    number="66/2025/NĐ-CP",
    kind="decree",
    title_vi="Chính sách cho trẻ em nhà trẻ, học sinh, học viên ở vùng dân tộc thiểu số và miền núi, bãi ngang, ven biển và hải đảo",
    title_en="Policies for nursery children, pupils and learners of ethnic-minority, mountainous, coastal and island areas",
    issued=date(2025, 3, 12),
    since=date(2025, 5, 1),
    source="LD66; TT2770; TT2771",
    mark=Mark.SECONDARY,
    replaces=(Replaces("nd-116-2016"),),
    benefits=(
        Benefit("nursery_semi_boarding", "Hỗ trợ trẻ em nhà trẻ bán trú", "Support for nursery children", "VND"),
        *boarding.BENEFITS,
    ),
    numbers=(
        _amount(
            "semi_boarding_meals_vnd", "6.2.a", 936_000, "VND/month", "Tiền ăn bán trú", "Semi-boarding meal money"
        ),
        _amount(
            "semi_boarding_lodging_vnd",
            "6.2.b",
            360_000,
            "VND/month",
            "Tiền nhà ở bán trú",
            "Semi-boarding lodging money",
        ),
        _amount("semi_boarding_rice_kg", "6.2.c", 15, "kg/month", "Gạo", "Rice"),
        _amount("nursery_semi_boarding_vnd", "6.1", 360_000, "VND/month", "Trẻ em nhà trẻ bán trú", "Nursery children"),
        *boarding.NUMBERS,
    ),
    rules=(
        _rule("semi_boarding_meals", "6.2.a", (NOT_DECREE_57,), "semi_boarding_meals_vnd"),
        _rule("semi_boarding_lodging", "6.2.b", (LODGING,), "semi_boarding_lodging_vnd"),
        _rule("semi_boarding_rice", "6.2.c", (), "semi_boarding_rice_kg"),
        nursery_rule,
        *boarding.RULES,
    ),
    cases=(*CASES, *boarding.CASES),
    filings=(
        Filing(
            (
                "semi_boarding_meals",
                "semi_boarding_lodging",
                "semi_boarding_rice",
            ),
            "",
            (
                "Nhà trường nơi cháu học (thủ tục 2.002770 trên Cổng dịch vụ công quốc gia)",
                "The school the child attends (procedure 2.002770 of the national portal)",
            ),
            (
                "Trong 15 ngày kể từ khi trường thông báo đầu năm học",
                "Within 15 days of the school's notice at the start of the year",
            ),
            "TT2770",
            Mark.SECONDARY,
        ),
        Filing(
            ("nursery_semi_boarding",),
            "",
            (
                "Cơ sở giáo dục mầm non nơi cháu học (thủ tục 2.002771 trên Cổng dịch vụ công quốc gia)",
                "The preschool the child attends (procedure 2.002771 of the national portal)",
            ),
            (
                "Trong 15 ngày kể từ khi trường thông báo, vào tháng 8",
                "Within 15 days of the school's notice in August",
            ),
            "TT2771",
            Mark.SECONDARY,
        ),
    ),
)
