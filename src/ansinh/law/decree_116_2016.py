"""Decree 116/2016/NĐ-CP: meal money, lodging money and rice for semi-boarding pupils of difficult areas (Articles 4, 5).

Read in the official codification (source PD13). The provincial People's Council fixes distances and areas in detail
(Article 11.5.a): `difficult_terrain` is to be recorded by that list.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Fact, Node, Number
from ansinh.core.rules import (
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
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    difficult_place,
    ethnic_minority,
    far,
    general_school,
    kinh,
    lower_secondary,
    paid_by_decree_57,
    poor,
    primary,
    semi_boarding_school,
    upper_secondary,
)

EARLY_2025 = Doubt(
    "Chưa đọc được điều khoản chuyển tiếp của Nghị định 66/2025/NĐ-CP (Điều 15, 16): có dấu hiệu mức mới áp dụng từ 01/01/2025, nên cần kiểm tra các tháng 1 đến 4 năm 2025.",
    "The transitional clauses of Decree 66/2025 (Articles 15, 16) were not read: there are signs that the new amounts apply from 1 January 2025, so January to April 2025 must be checked.",
    since=Month(2025, 1),
)

both_reside = difficult_place("home") & difficult_place("parent_home")
far_from_school = (primary & far(4)) | (lower_secondary & far(7))


def _area_three_or_hamlet(prefix: str) -> Node:
    return Fact(f"{prefix}_area").is_(AREA.three) | Fact(f"{prefix}_dbkk_hamlet")


GROUNDS = (
    Condition(
        "4.1.a",
        "Học sinh bán trú (bản thân và cha, mẹ hoặc người giám hộ thường trú ở xã, thôn ĐBKK, được phép ở lại trường trong tuần) đang học tại trường phổ thông dân tộc bán trú",
        "A semi-boarding pupil (pupil and parents or guardian permanently resident in an extremely difficult commune or hamlet, allowed to stay during the week) of an ethnic semi-boarding school",
        (primary | lower_secondary) & semi_boarding_school & Fact("semi_boarder") & both_reside,
    ),
    Condition(
        "4.1.b",
        "Bản thân và cha, mẹ hoặc người giám hộ thường trú ở xã, thôn ĐBKK; học tại trường thuộc xã khu vực III, thôn ĐBKK, xã ĐBKK bãi ngang, ven biển, hải đảo; nhà xa trường từ 4 km (tiểu học), 7 km (trung học cơ sở) hoặc địa hình cách trở",
        "Pupil and parents or guardian permanently resident in an extremely difficult commune or hamlet; school in an area III commune, an extremely difficult hamlet or coastal or island commune; home at least 4 km (primary) or 7 km (lower secondary) away, or difficult terrain",
        both_reside & difficult_place("school") & far_from_school,
    ),
    Condition(
        "4.1.c",
        "Bản thân và cha, mẹ hoặc người giám hộ thường trú ở xã khu vực III, thôn ĐBKK; học tại trường thuộc xã khu vực II; nhà xa trường từ 4 km (tiểu học), 7 km (trung học cơ sở) hoặc địa hình cách trở",
        "Pupil and parents or guardian permanently resident in an area III commune or extremely difficult hamlet; school in an area II commune; home at least 4 km (primary) or 7 km (lower secondary) away, or difficult terrain",
        _area_three_or_hamlet("home")
        & _area_three_or_hamlet("parent_home")
        & Fact("school_area").is_(AREA.two)
        & far_from_school,
    ),
    Condition(
        "4.2",
        "Học sinh trung học phổ thông là người dân tộc thiểu số; bản thân và cha, mẹ hoặc người giám hộ thường trú ở xã, thôn ĐBKK; nhà xa trường từ 10 km hoặc địa hình cách trở",
        "An upper-secondary pupil of an ethnic minority; pupil and parents or guardian permanently resident in an extremely difficult commune or hamlet; home at least 10 km away, or difficult terrain",
        upper_secondary & ethnic_minority & both_reside & far(10),
    ),
    Condition(
        "4.3",
        "Học sinh trung học phổ thông là người dân tộc Kinh thuộc hộ nghèo; bản thân và cha, mẹ hoặc người giám hộ thường trú ở xã, thôn ĐBKK; nhà xa trường từ 10 km hoặc địa hình cách trở",
        "A Kinh upper-secondary pupil of a poor household; pupil and parents or guardian permanently resident in an extremely difficult commune or hamlet; home at least 10 km away, or difficult terrain",
        upper_secondary & kinh & poor & both_reside & far(10),
    ),
)
PUPIL = Condition(
    "4",
    "Học sinh tiểu học, trung học cơ sở, trung học phổ thông",
    "A primary, lower-secondary or upper-secondary pupil",
    general_school,
)
NOT_DECREE_57 = Condition(
    "",
    "Không hưởng hỗ trợ học tập theo Nghị định 57/2017/NĐ-CP: người đã hưởng thì không hưởng tiền ăn này (điểm b khoản 3 Điều 4 Nghị định đó)",
    "Not supported under Decree 57/2017, whose learners give up this meal money (its Article 4.3.b)",
    ~paid_by_decree_57,
)
NOT_HOUSED = Condition(
    "5.1.b",
    "Phải tự túc chỗ ở do nhà trường không thể bố trí",
    "Finds own lodging because the school cannot house the pupil",
    ~Fact("housed_by_school"),
)
BARS = (
    Condition(
        "9.1.e",
        "Đã hưởng chính sách của học sinh phổ thông dân tộc nội trú (chính sách cùng tính chất chỉ hưởng một mức cao nhất)",
        "Already on the benefits of ethnic boarding pupils (of policies of one kind only the highest is given)",
        boarding_school,
    ),
)
PAPERS = (
    ("Đơn đề nghị hỗ trợ (mẫu 01 tiểu học, mẫu 02 trung học)", "Application (form 01 primary, form 02 secondary)"),
    ("Sổ hộ khẩu (bản sao)", "Household book (copy)"),
    (
        "Giấy chứng nhận hộ nghèo, nộp từng năm (học sinh trung học phổ thông người Kinh)",
        "Poor household certificate, each year (Kinh upper-secondary pupils)",
    ),
)


def _rule(benefit: str, cite: str, who: tuple[Condition, ...], quantity: Node) -> Rule:
    return Rule(benefit, cite, (PUPIL, *who), GROUNDS, quantity, 9, BARS, papers=PAPERS, doubts=(EARLY_2025,))


base_salary = Number("base_salary_vnd")
FAR_PUPIL = {
    "level": LEVEL.primary,
    "grade": 4,
    "ethnicity": ETHNICITY.tay,
    "distance_m": 5_000,
    "home_dbkk_hamlet": True,
    "parent_home_dbkk_hamlet": True,
    "school_area": AREA.three,
}
UPPER = {**FAR_PUPIL, "level": LEVEL.upper_secondary, "grade": 11, "distance_m": 12_000, "school_area": AREA.none}
KINH_UPPER = {**UPPER, "ethnicity": ETHNICITY.kinh}


def _all(meals: int, lodging: int) -> dict[str, Expected]:
    return {
        "semi_boarding_meals": pays(meals, months=9, total=meals * 9),
        "semi_boarding_lodging": pays(lodging, months=9, total=lodging * 9),
        "semi_boarding_rice": pays(15, months=9, total=135),
    }


DOCUMENT = Document(
    id="nd-116-2016",
    number="116/2016/NĐ-CP",
    kind="decree",
    title_vi="Chính sách hỗ trợ học sinh và trường phổ thông ở xã, thôn đặc biệt khó khăn",
    title_en="Support for pupils and general schools of extremely difficult communes and hamlets",
    issued=date(2016, 7, 18),
    since=date(2016, 9, 1),
    source="PD13",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("qd-85-2010"), Replaces("qd-12-2013"), Replaces("qd-36-2013")),
    numbers=(
        NumberValue(
            "semi_boarding_meals_percent", 40, "% of base salary", "5.1.a", "PD13", vi="Tiền ăn", en="Meal money"
        ),
        NumberValue(
            "semi_boarding_lodging_percent",
            10,
            "% of base salary",
            "5.1.b",
            "PD13",
            vi="Tiền nhà ở",
            en="Lodging money",
        ),
        NumberValue("semi_boarding_rice_kg", 15, "kg/month", "5.1.c", "PD13", vi="Gạo", en="Rice"),
    ),
    rules=(
        _rule(
            "semi_boarding_meals", "5.1.a", (NOT_DECREE_57,), base_salary.percent(Number("semi_boarding_meals_percent"))
        ),
        _rule(
            "semi_boarding_lodging",
            "5.1.b",
            (NOT_HOUSED,),
            base_salary.percent(Number("semi_boarding_lodging_percent")),
        ),
        _rule("semi_boarding_rice", "5.1.c", (), Number("semi_boarding_rice_kg")),
    ),
    cases=(
        Case("DER-09", 2022, FAR_PUPIL, _all(596_000, 149_000), source="DER-09"),
        Case("DER-10", 2023, FAR_PUPIL, _all(720_000, 180_000), source="DER-10"),
        Case(
            "Thái Nguyên: 15 kg gạo trong 9 tháng",
            2018,
            FAR_PUPIL,
            {"semi_boarding_rice": pays(15, months=9, total=135, cite="4.1.b")},
            source="PUB-19",
        ),
        Case(
            "DER-14: người Kinh không nghèo",
            2022,
            KINH_UPPER,
            {"semi_boarding_meals": refuses(), "semi_boarding_lodging": refuses(), "semi_boarding_rice": refuses()},
            source="DER-14",
        ),
        Case(
            "DER-14: người Kinh nghèo",
            2022,
            {**KINH_UPPER, "poverty": POVERTY.poor},
            {"semi_boarding_meals": pays(596_000, cite="4.3")},
            source="DER-14",
        ),
        Case("dân tộc thiểu số, trung học phổ thông", 2022, UPPER, {"semi_boarding_meals": pays(596_000, cite="4.2")}),
        Case(
            "chưa biết khoảng cách và địa hình",
            2022,
            {**FAR_PUPIL, "distance_m": None, "difficult_terrain": None},
            {
                "semi_boarding_meals": undecided("distance_m", "difficult_terrain"),
                "semi_boarding_lodging": undecided("distance_m", "difficult_terrain"),
                "semi_boarding_rice": undecided("distance_m", "difficult_terrain"),
            },
        ),
        Case(
            "trường phổ thông dân tộc bán trú, nhà gần",
            2022,
            {**FAR_PUPIL, "distance_m": 500, "school_kind": SCHOOL_KIND.semi_boarding, "semi_boarder": True},
            {"semi_boarding_meals": pays(596_000, cite="4.1.a")},
        ),
        Case(
            "nhà trường bố trí được chỗ ở",
            2022,
            {**FAR_PUPIL, "housed_by_school": True},
            {"semi_boarding_lodging": refuses("5.1.b"), "semi_boarding_meals": pays(596_000)},
        ),
        Case(
            "trường ở xã khu vực I",
            2022,
            {**FAR_PUPIL, "school_area": AREA.one},
            {"semi_boarding_meals": refuses(), "semi_boarding_rice": refuses()},
        ),
        Case(
            "trường ở xã khu vực II",
            2022,
            {**FAR_PUPIL, "school_area": AREA.two},
            {"semi_boarding_meals": pays(596_000, cite="4.1.c")},
        ),
        Case(
            "học sinh nội trú",
            2022,
            {**UPPER, "school_kind": SCHOOL_KIND.boarding},
            {"semi_boarding_meals": refuses("9.1.e")},
        ),
        Case(
            "dân tộc rất ít người: mất tiền ăn, còn gạo",
            2022,
            {**FAR_PUPIL, "ethnicity": ETHNICITY.la_hu},
            {"semi_boarding_meals": refuses(""), "semi_boarding_rice": pays(15)},
        ),
    ),
    filings=(
        Filing(
            (
                "semi_boarding_meals",
                "semi_boarding_lodging",
                "semi_boarding_rice",
            ),
            "7",
            ("Nhà trường nơi cháu học", "The school the child attends"),
            ("Trong 10 ngày làm việc kể từ khi trường thông báo", "Within 10 working days of the school's notice"),
            "DVC102817, BDDVC",
            Mark.SECONDARY,
        ),
    ),
)
