"""Decision 53/2015/QĐ-TTg: boarding policy for learners of intermediate and college courses (Articles 2 to 4).

Read in the official codification (source PDGDNN); for those newly enrolled from 1 January 2016. Not written, for want of a
fact: 150,000 for who stays at school over Tết (Article 3.2). Granted once a level; of several schools, one.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Fact, Node, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Filing,
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY, STUDY_STATUS
from ansinh.law._doubts import NO_BORDER_FACT
from ansinh.law._vocational import INTERMEDIATE, intermediate_or_college
from ansinh.law._words import (
    difficult_place,
    disabled,
    ethnic_minority,
    kinh,
    minority_commune,
    paid_by_decree_57,
    poor_or_near_poor,
)

NEW_ENTRANTS = Doubt(
    "Chỉ áp dụng cho người nhập học từ 01/01/2016: hệ thống chưa có dữ kiện ngày nhập học khóa nghề.",
    "Only for those enrolled from 1 January 2016: the day a course was entered is no fact.",
    until=Month(2019, 9),
    only="yes",
)
SUCCESSOR = Doubt(
    "Từ 01/01/2026 có Luật Giáo dục nghề nghiệp 124/2025/QH15: Quyết định 53/2015/QĐ-TTg vẫn là căn cứ thủ tục đến tháng 7/2026, sau đó chưa đối chiếu.",
    "Since 1 January 2026 there is the Law on Vocational Education 124/2025: Decision 53/2015 was still the basis of procedures in July 2026; not checked since.",
    since=Month(2026, 1),
)
LAST_YEAR = Doubt(
    "Khóa học hoặc năm cuối ngắn hơn mười hai tháng chỉ tính số tháng thực học: hệ thống chưa có dữ kiện năm cuối khóa.",
    "A course or last year shorter than twelve months counts the months really studied: there is no fact for the last year.",
    only="yes",
)
SAME_KIND = Doubt(
    "Điều 4: thuộc nhiều chính sách thì hưởng chính sách có mức cao nhất. Chưa rõ trợ cấp ưu đãi giáo dục hằng tháng của người có công có được coi là cùng loại không; ở đây hai khoản được tính riêng.",
    "Article 4: of several policies the highest is given. Whether the monthly education allowance of people with merit is one of them is not known; here the two are decided apart.",
    only="yes",
)
WHICH_PLACE = Doubt(
    "Mức đi lại 300.000 đồng được hiểu theo nơi thường trú của người học ở vùng ĐBKK; điều khoản chưa đọc được đến nơi này hay nơi trường đặt.",
    "The travel amount of 300,000 is taken by the learner's residence in an extremely difficult place; whether the text means that or the school's place was not read.",
)
area = minority_commune("home")
WHO = (
    Condition("2", "Học khóa trung cấp, cao đẳng", "In an intermediate or college course", intermediate_or_college),
    Condition(
        "",
        "Không hưởng Nghị định 57/2017/NĐ-CP (dân tộc thiểu số rất ít người)",
        "Not supported under Decree 57/2017 (very small ethnic groups)",
        ~paid_by_decree_57,
    ),
)
BARS = (
    Condition(
        "4",
        "Đang bị kỷ luật buộc thôi học, nghỉ học, đình chỉ (trừ do ốm đau)",
        "Expelled, stopped or suspended (except for illness)",
        Fact("study_status").is_(STUDY_STATUS.suspended),
    ),
)


def _group(cite: str, vi: str, en: str, holds: Node, percent: int | None) -> Condition:
    quantity = Number("base_salary_vnd").percent(percent) if percent else None
    doubt = NO_BORDER_FACT if cite == "2.3" else None
    return Condition(cite, vi, en, holds, quantity, doubt)


minority = ethnic_minority & (poor_or_near_poor | disabled)


def _grounds(full: int | None, most: int | None, part: int | None) -> tuple[Condition, ...]:
    """The groups of Article 2, with a percentage of the base salary each, or none where all are given the same."""
    return (
        _group(
            "2.1",
            "Dân tộc thiểu số thuộc hộ nghèo, hộ cận nghèo hoặc là người khuyết tật",
            "Of an ethnic minority, poor, near-poor or disabled",
            minority,
            full,
        ),
        _group(
            "2.2",
            "Tốt nghiệp trường phổ thông dân tộc nội trú",
            "A graduate of an ethnic boarding school",
            Fact("boarding_graduate"),
            most,
        ),
        _group(
            "2.3",
            "Dân tộc Kinh là người khuyết tật, thường trú ở vùng ĐBKK, dân tộc thiểu số, biên giới, hải đảo",
            "Kinh and disabled, permanently resident in an extremely difficult, ethnic-minority, border or island area",
            kinh & disabled & area,
            most,
        ),
        _group(
            "2.3",
            "Dân tộc Kinh thuộc hộ nghèo, hộ cận nghèo, thường trú ở vùng ĐBKK, dân tộc thiểu số, biên giới, hải đảo",
            "Kinh, poor or near-poor, permanently resident in an extremely difficult, ethnic-minority, border or island area",
            kinh & poor_or_near_poor & area,
            part,
        ),
    )


entitled = minority | Fact("boarding_graduate") | (kinh & (disabled | poor_or_near_poor) & area)
scholarship = Rule(
    "vocational_scholarship",
    "3.1",
    WHO,
    _grounds(100, 80, 60),
    Number("base_salary_vnd"),
    12,
    BARS,
    twelve=True,
    doubts=(LAST_YEAR, SAME_KIND),
)
kit = Rule(
    "vocational_kit",
    "3.2",
    (
        *WHO,
        Condition("3.2", "Năm đầu của khóa học", "The first year of the course", Fact("first_year_of_course")),
    ),
    _grounds(None, None, None),
    Number("vocational_kit_vnd"),
    1,
    BARS,
)
travel = Rule(
    "vocational_travel",
    "3.2",
    WHO,
    (
        Condition(
            "3.2",
            "Thuộc diện của Điều 2, ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo: 300.000 đồng",
            "A group of Article 2, in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune: 300,000",
            entitled & difficult_place("home"),
            quantity=Number("vocational_travel_far_vnd"),
            doubt=WHICH_PLACE,
        ),
        Condition(
            "3.2", "Thuộc diện của Điều 2, nơi khác: 200.000 đồng", "A group of Article 2, elsewhere: 200,000", entitled
        ),
    ),
    Number("vocational_travel_vnd"),
    1,
    BARS,
)


def _number(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "VND", "3.2", "PDGDNN", Mark.FULL_TEXT, vi, en)


FIRST = {**INTERMEDIATE, "first_year_of_course": True}
MINORITY = {**FIRST, "ethnicity": ETHNICITY.thai}
KINH_THERE = {**FIRST, "home_area": AREA.three}
POOR, NEAR_POOR = {"poverty": POVERTY.poor}, {"poverty": POVERTY.near_poor}
of, given, moved = "vocational_scholarship", "vocational_kit", "vocational_travel"
ALL = (of, given, moved)

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("DER-35: dân tộc thiểu số, cận nghèo", 2024, {**MINORITY, **NEAR_POOR},
         {of: pays(2_340_000, months=12, total=28_080_000, cite="2.1"), given: pays(1_000_000, months=1), moved: pays(200_000, months=1)}, source="DER-35"),
    Case("DER-35: Kinh, hộ nghèo ở xã ĐBKK", 2024, {**KINH_THERE, **POOR},
         {of: pays(1_404_000, months=12, total=16_848_000, cite="2.3"), given: pays(1_000_000), moved: pays(300_000, months=1)}, source="DER-35"),
    Case("DER-35: tốt nghiệp trường nội trú", 2024, {**FIRST, "boarding_graduate": True},
         {of: pays(1_872_000, months=12, total=22_464_000, cite="2.2"), given: pays(1_000_000)}, source="DER-35"),
    Case("Kinh, khuyết tật ở xã ĐBKK", 2024, {**KINH_THERE, "disabled": True}, {of: pays(1_872_000, cite="2.3"), given: pays(1_000_000)}),
    Case("dân tộc thiểu số, khuyết tật", 2024, {**MINORITY, "disabled": True}, {of: pays(2_340_000, cite="2.1")}),
    Case("năm thứ hai: không nhận lại tiền trang bị", 2024, {**INTERMEDIATE, "ethnicity": ETHNICITY.thai, **POOR}, {of: pays(2_340_000), given: refuses("3.2")}),
    Case("dân tộc thiểu số, không nghèo", 2024, MINORITY, dict.fromkeys(ALL, refuses())),
    Case("Kinh, hộ nghèo nơi khác", 2024, {**FIRST, **POOR}, dict.fromkeys(ALL, refuses())),
    Case("học sinh phổ thông", 2024, {"ethnicity": ETHNICITY.thai, **POOR}, dict.fromkeys(ALL, refuses("2"))),
    Case("đang bị đình chỉ", 2024, {**MINORITY, **POOR, "study_status": STUDY_STATUS.suspended}, dict.fromkeys(ALL, refuses("4"))),
    Case("dân tộc rất ít người", 2024, {**FIRST, "ethnicity": ETHNICITY.cong, **POOR}, dict.fromkeys(ALL, refuses(""))),
    Case("chưa biết hộ nghèo hay không", 2024, {**MINORITY, "poverty": None}, dict.fromkeys(ALL, undecided("poverty"))),
    Case("chưa biết trình độ khóa học", 2024, {"level": LEVEL.vocational, "course_level": None, "ethnicity": ETHNICITY.thai, **POOR}, {of: undecided("course_level")}),
)
# fmt: on

DOCUMENT = Document(
    id="qd-53-2015",
    number="53/2015/QĐ-TTg",
    kind="decision",
    title_vi="Chính sách nội trú đối với học sinh, sinh viên học cao đẳng, trung cấp",
    title_en="Boarding policy for learners of intermediate and college courses",
    issued=date(2015, 10, 20),
    since=date(2016, 1, 1),
    source="PDGDNN",
    mark=Mark.FULL_TEXT,
    benefits=(
        Benefit(of, "Học bổng chính sách học nghề", "Policy scholarship, vocational", "VND"),
        Benefit(given, "Trang bị cá nhân khi học nghề", "Personal items, vocational", "VND"),
        Benefit(moved, "Đi lại mỗi năm khi học nghề", "Yearly travel, vocational", "VND"),
    ),
    numbers=(
        _number("vocational_kit_vnd", 1_000_000, "Trang bị cá nhân học nghề", "Personal items, vocational"),
        _number("vocational_travel_vnd", 200_000, "Đi lại mỗi năm học nghề", "Yearly travel, vocational"),
        _number(
            "vocational_travel_far_vnd", 300_000, "Đi lại mỗi năm học nghề, ĐBKK", "Yearly travel, difficult place"
        ),
    ),
    rules=(scholarship, kit, travel),
    cases=CASES,
    doubts=(NEW_ENTRANTS, SUCCESSOR),
    filings=(
        Filing(
            (
                "vocational_scholarship",
                "vocational_kit",
                "vocational_travel",
            ),
            "",
            (
                "Cơ sở giáo dục nghề nghiệp nơi học; trường tư: xã nơi thường trú (thủ tục 2.001959, 2.001960 trên Cổng dịch vụ công quốc gia)",
                "The training institution; private: the commune of permanent residence (procedures 2.001959, 2.001960 of the national portal)",
            ),
            (
                "Khi trường thông báo, trong 20 ngày làm việc kể từ ngày khai giảng",
                "When the institution announces it, within 20 working days of the opening",
            ),
            "TT1959, TT1960",
            Mark.SECONDARY,
        ),
    ),
)
