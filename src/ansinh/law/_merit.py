"""What the documents on education preferences for people with merit share: who studies where, and the monthly rates."""

from __future__ import annotations

from ansinh.core.codes import MERIT_RATE
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import Condition, Doubt, Rule
from ansinh.core.tables import LEVEL
from ansinh.law._vocational import intermediate_or_college
from ansinh.law._words import adult_education, boarding_school, general_school, level, merit

rate = Fact("merit_rate")
preferred = rate.one_of(MERIT_RATE.full, MERIT_RATE.reduced)
school_learner = general_school | adult_education | level.is_(LEVEL.pre_university)
studies_long = intermediate_or_college | level.is_(LEVEL.university)

TITLE = Condition(
    "",
    "Bản thân, con của người có công hoặc thân nhân liệt sĩ",
    "A person with merit, a child of one, or kin of a martyr",
    merit,
)
SALARY = Doubt(
    "Không trả hằng tháng cho người đang hưởng lương, sinh hoạt phí khi đi học, hoặc đã hưởng đủ ở cùng cấp học: hệ thống chưa có dữ kiện này.",
    "Not paid monthly to who draws a salary or living costs while studying, or was paid in full at the same level: there is no fact for this.",
    only="yes",
)
LAST_YEAR = Doubt(
    "Năm học cuối khóa chỉ tính theo số tháng thực học: hệ thống chưa có dữ kiện năm cuối khóa.",
    "The last year of a course counts only the months really studied: there is no fact for the last year.",
    only="yes",
)


def monthly(cite: str, who: tuple[Condition, ...], full: str, reduced: str) -> Rule:
    """The monthly allowance at boarding schools, in vocational and higher education: twelve months a school year.

    `full` and `reduced` are the cites of the two rates.
    """
    where = Condition(
        cite,
        "Học trường phổ thông dân tộc nội trú, khóa trung cấp, cao đẳng (từ một năm trở lên) hoặc đại học",
        "In an ethnic boarding school, an intermediate or college course (a year or longer) or at university",
        (general_school & boarding_school) | studies_long,
    )
    return Rule(
        "merit_monthly",
        cite,
        (*who, where),
        (
            Condition(
                full,
                "Hưởng mức đủ: bản thân; thân nhân liệt sĩ; con người hoạt động cách mạng trước 1945, tiền khởi nghĩa, Anh hùng; con người bị tổn thương cơ thể từ 61%",
                "Full rate: the person; kin of martyrs; child of a pre-1945 or 1945 revolutionary or Hero, or of one with injury of 61 % and more",
                rate.is_(MERIT_RATE.full),
                quantity=Number("merit_monthly_full_vnd"),
            ),
            Condition(
                reduced,
                "Hưởng mức giảm: con thương binh, người nhiễm chất độc hóa học 21–60%, bệnh binh 41–60%",
                "Reduced rate: child of a war invalid or victim of toxic chemicals 21–60 %, or sick soldier 41–60 %",
                rate.is_(MERIT_RATE.reduced),
            ),
        ),
        Number("merit_monthly_reduced_vnd"),
        12,
        twelve=True,
        doubts=(SALARY, LAST_YEAR),
    )
