"""Decision 85/2010/QĐ-TTg: meal and lodging money for semi-boarding pupils of primary and lower-secondary schools.

Only its number and its day of issue were read (source KTDT36). Day in force, shares of the minimum wage, months and conditions
are from memory: every answer says so. Upper-secondary pupils have Decision 12/2013/QĐ-TTg, rice is Decision 36/2013/QĐ-TTg.
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
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
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    difficult_place,
    lower_secondary,
    primary,
    public_school,
    semi_boarding_school,
)

UNREAD = Doubt(
    "Chưa đọc được Quyết định 85/2010/QĐ-TTg: ngày hiệu lực (đang lấy 15/02/2011), mức 40% và 10% lương tối thiểu chung, số tháng và điều kiện phải được đối chiếu.",
    "The text of Decision 85/2010 was not read: its first day (15 February 2011 is used), 40 % and 10 % of the minimum wage, the months and the conditions must be checked.",
)

SEMI_BOARDER = Condition(
    "",
    "Học sinh bán trú tiểu học, trung học cơ sở: bản thân và cha, mẹ hoặc người giám hộ thường trú ở vùng ĐBKK, được phép ở lại trường trong tuần",
    "A semi-boarding pupil of primary or lower secondary: pupil and parents or guardian permanently resident in an extremely difficult place, allowed to stay during the week",
    (primary | lower_secondary) & Fact("semi_boarder") & difficult_place("home") & difficult_place("parent_home"),
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
        "Học tại trường phổ thông dân tộc bán trú",
        "At an ethnic semi-boarding school",
        semi_boarding_school,
    ),
    Condition(
        "",
        "Học tại trường công lập ở vùng ĐBKK",
        "At a public school in an extremely difficult place",
        public_school & difficult_place("school"),
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
    return NumberValue(name, value, "% of base salary", "?", "KTDT36", Mark.UNCONFIRMED, vi, en, UNREAD)


PUPIL = {
    "level": LEVEL.primary,
    "grade": 4,
    "ethnicity": ETHNICITY.hmong,
    "semi_boarder": True,
    "home_dbkk_hamlet": True,
    "parent_home_dbkk_hamlet": True,
    "school_area": AREA.three,
}
BOTH = ("semi_boarding_meals", "semi_boarding_lodging")

DOCUMENT = Document(
    id="qd-85-2010",
    number="85/2010/QĐ-TTg",
    kind="decision",
    title_vi="Một số chính sách hỗ trợ học sinh bán trú và trường phổ thông dân tộc bán trú",
    title_en="Support for semi-boarding pupils and ethnic semi-boarding schools",
    issued=date(2010, 12, 21),
    since=date(2011, 2, 15),
    source="KTDT36",
    mark=Mark.UNCONFIRMED,
    doubts=(UNREAD,),
    benefits=(
        Benefit("semi_boarding_meals", "Hỗ trợ tiền ăn bán trú", "Semi-boarding meal money", "VND"),
        Benefit("semi_boarding_lodging", "Hỗ trợ tiền nhà ở bán trú", "Semi-boarding lodging money", "VND"),
    ),
    numbers=(
        _share("semi_boarding_meals_percent", 40, "Tiền ăn", "Meal money"),
        _share("semi_boarding_lodging_percent", 10, "Tiền nhà ở", "Lodging money"),
    ),
    rules=(
        _rule("semi_boarding_meals", (SEMI_BOARDER,)),
        _rule("semi_boarding_lodging", (SEMI_BOARDER, NOT_HOUSED)),
    ),
    cases=(
        Case(
            "40% và 10% của 1.050.000",
            2012,
            PUPIL,
            {
                "semi_boarding_meals": pays(420_000, months=9, total=3_780_000),
                "semi_boarding_lodging": pays(105_000, months=9, total=945_000),
            },
        ),
        Case(
            "không ở lại trường trong tuần",
            2012,
            {**PUPIL, "semi_boarder": False},
            dict.fromkeys(BOTH, refuses()),
        ),
        Case(
            "chưa rõ có ở bán trú",
            2012,
            {**PUPIL, "semi_boarder": None},
            dict.fromkeys(BOTH, undecided("semi_boarder")),
        ),
        Case(
            "trường phổ thông dân tộc bán trú",
            2012,
            {**PUPIL, "school_area": AREA.none, "school_kind": SCHOOL_KIND.semi_boarding},
            {"semi_boarding_meals": pays(420_000), "semi_boarding_lodging": pays(105_000)},
        ),
        Case("học sinh nội trú", 2012, {**PUPIL, "school_kind": SCHOOL_KIND.boarding}, dict.fromkeys(BOTH, refuses())),
        Case(
            "nhà trường bố trí được chỗ ở",
            2014,
            {**PUPIL, "housed_by_school": True},
            {"semi_boarding_meals": pays(460_000), "semi_boarding_lodging": refuses()},
        ),
    ),
)
