"""Decision 12/2013/QĐ-TTg: meal and lodging money for upper-secondary pupils of extremely difficult places.

Read in a secondary page (source TN12); articles and the distances of its guiding circular were not read. Kept as benefits of
their own beside Decision 85/2010/QĐ-TTg, which goes on for primary and lower secondary until Decree 116/2016/NĐ-CP joins both.
"""

from datetime import date

from ansinh.core.nodes import Fact, Node, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    difficult_place,
    ethnic_minority,
    kinh,
    poor,
    public_school,
    upper_secondary,
)

DISTANCE = Doubt(
    "Chưa đọc được khoảng cách mà văn bản hướng dẫn Quyết định 12/2013/QĐ-TTg ấn định: ở đây lấy việc học sinh phải ở lại trường hoặc gần trường trong tuần.",
    "The distance set by the circular on Decision 12/2013 was not read: that the pupil stays at or near school during the week is used.",
)


def far_resident(who: Node) -> Node:
    """Resident with parents or guardian in an extremely difficult place, and staying at or near school."""
    return who & difficult_place("home") & difficult_place("parent_home") & Fact("semi_boarder")


PUPIL = Condition(
    "",
    "Học sinh trung học phổ thông trường công lập",
    "An upper-secondary pupil of a public school",
    upper_secondary & public_school,
)
NOT_HOUSED = Condition(
    "",
    "Phải tự lo chỗ ở do nhà trường không bố trí được",
    "Finds own lodging because the school cannot house the pupil",
    ~Fact("housed_by_school"),
)
GROUNDS = (
    Condition(
        "",
        "Người dân tộc thiểu số; bản thân và cha, mẹ hoặc người giám hộ có hộ khẩu ở xã, thôn ĐBKK; nhà xa trường hoặc địa hình cách trở, phải ở lại trường hoặc gần trường",
        "Of an ethnic minority; pupil and parents or guardian registered in an extremely difficult commune or hamlet; home far or terrain difficult, so that the pupil stays at or near school",
        far_resident(ethnic_minority),
        doubt=DISTANCE,
    ),
    Condition(
        "",
        "Người dân tộc Kinh thuộc hộ nghèo, với các điều kiện như trên",
        "Kinh of a poor household, on the same conditions",
        far_resident(kinh & poor),
        doubt=DISTANCE,
    ),
)
BARS = (
    Condition(
        "",
        "Đã hưởng chính sách của học sinh phổ thông dân tộc nội trú",
        "Already on the benefits of ethnic boarding pupils",
        boarding_school,
    ),
)
base_salary = Number("base_salary_vnd")


def _rule(benefit: str, who: tuple[Condition, ...]) -> Rule:
    return Rule(benefit, "", who, GROUNDS, base_salary.percent(Number(f"{benefit}_percent")), 9, BARS)


def _share(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "% of base salary", "?", "TN12", Mark.SECONDARY, vi, en)


UPPER = {
    "level": LEVEL.upper_secondary,
    "grade": 11,
    "ethnicity": ETHNICITY.thai,
    "distance_m": 15_000,
    "semi_boarder": True,
    "home_dbkk_hamlet": True,
    "parent_home_dbkk_hamlet": True,
}
BOTH = ("upper_semi_boarding_meals", "upper_semi_boarding_lodging")

DOCUMENT = Document(
    id="qd-12-2013",
    number="12/2013/QĐ-TTg",
    kind="decision",
    title_vi="Chính sách hỗ trợ học sinh trung học phổ thông ở vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn",
    title_en="Support for upper-secondary pupils of extremely difficult places",
    issued=date(2013, 1, 24),
    since=date(2013, 3, 15),
    source="TN12",
    mark=Mark.SECONDARY,
    benefits=(
        Benefit(
            "upper_semi_boarding_meals",
            "Hỗ trợ tiền ăn học sinh trung học phổ thông ở xa trường",
            "Meal money of upper-secondary pupils far from school",
            "VND",
        ),
        Benefit(
            "upper_semi_boarding_lodging",
            "Hỗ trợ tiền nhà ở học sinh trung học phổ thông ở xa trường",
            "Lodging money of upper-secondary pupils far from school",
            "VND",
        ),
    ),
    numbers=(
        _share("upper_semi_boarding_meals_percent", 40, "Tiền ăn trung học phổ thông", "Meal money, upper secondary"),
        _share("upper_semi_boarding_lodging_percent", 10, "Tiền nhà ở trung học phổ thông", "Lodging, upper secondary"),
    ),
    rules=(
        _rule("upper_semi_boarding_meals", (PUPIL,)),
        _rule("upper_semi_boarding_lodging", (PUPIL, NOT_HOUSED)),
    ),
    cases=(
        Case(
            "DER-18",
            2013,
            UPPER,
            {
                "upper_semi_boarding_meals": pays(460_000, months=9, total=4_140_000),
                "upper_semi_boarding_lodging": pays(115_000, months=9, total=1_035_000),
                "semi_boarding_meals": refuses(),
                "semi_boarding_rice": pays(15, months=9, total=135),
            },
            source="DER-18",
        ),
        Case(
            "người Kinh không nghèo",
            2013,
            {**UPPER, "ethnicity": ETHNICITY.kinh},
            dict.fromkeys(BOTH, refuses()),
        ),
        Case(
            "người Kinh nghèo, nhà trường bố trí chỗ ở",
            2014,
            {**UPPER, "ethnicity": ETHNICITY.kinh, "poverty": POVERTY.poor, "housed_by_school": True},
            {"upper_semi_boarding_meals": pays(460_000), "upper_semi_boarding_lodging": refuses()},
        ),
        Case(
            "người Kinh nghèo, tự lo chỗ ở",
            2014,
            {**UPPER, "ethnicity": ETHNICITY.kinh, "poverty": POVERTY.poor},
            {"upper_semi_boarding_lodging": pays(115_000)},
        ),
        Case("học sinh nội trú", 2014, {**UPPER, "school_kind": SCHOOL_KIND.boarding}, dict.fromkeys(BOTH, refuses())),
        Case("trung học cơ sở", 2014, {**UPPER, "level": LEVEL.lower_secondary}, dict.fromkeys(BOTH, refuses())),
        Case(
            "người Kinh chưa rõ hộ nghèo",
            2013,
            {**UPPER, "ethnicity": ETHNICITY.kinh, "poverty": None},
            dict.fromkeys(BOTH, undecided("poverty")),
        ),
        Case(
            "từ tháng 9/2016 chuyển sang Nghị định 116/2016/NĐ-CP",
            2016,
            UPPER,
            {"upper_semi_boarding_meals": refuses(), "semi_boarding_meals": pays(484_000, months=9, cite="4.2")},
        ),
    ),
)
