"""Decision 46/2015/QĐ-TTg: elementary level and courses under three months, from 1 January 2016 (Articles 3 to 5).

Read in the official codification (source PDGDNN). Of several amounts the highest is given, so the grounds stand from the
highest down. Meals of 30,000 a day really studied are not written: days of study are no fact. Clauses are not cited: the
reading gives the articles only.
"""

from datetime import date

from ansinh.core.codes import WORKER_GROUP
from ansinh.core.dates import Month
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, MERIT, POVERTY
from ansinh.law._doubts import DIFFICULT_AREA
from ansinh.law._short_course import CEILING, TRAINEE_ONLY, group, travel_ground
from ansinh.law._vocational import TRAINEE
from ansinh.law._words import difficult_place, disabled, ethnic_minority, merit, minority_commune, near_poor, poor

SUCCESSOR = Doubt(
    "Từ năm 2026 có Luật Giáo dục nghề nghiệp 124/2025/QH15, Luật Việc làm 74/2025/QH15 và Nghị định 338/2025/NĐ-CP: chưa rõ Quyết định 46/2015/QĐ-TTg còn áp dụng không.",
    "Since 2026 there are the Law on Vocational Education 124/2025, the Employment Law 74/2025 and Decree 338/2025: whether Decision 46/2015 still applies beside them is not known.",
    since=Month(2026, 1),
)


def _tier(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(f"short_course_{name}_vnd", value, "VND/course", "?", "PDGDNN", Mark.FULL_TEXT, vi, en)


COURSE, TRAVEL = "short_course", "short_course_travel"
GROUNDS = (
    Condition(
        "",
        "Người khuyết tật: tối đa 6 triệu đồng",
        "Disabled: at most 6 million",
        disabled,
        quantity=Number("short_course_disabled_vnd"),
    ),
    Condition(
        "",
        "Dân tộc thiểu số thuộc hộ nghèo, hoặc hộ nghèo ở xã, thôn ĐBKK: tối đa 4 triệu đồng",
        "Ethnic minority and poor, or poor in an extremely difficult commune or hamlet: at most 4 million",
        poor & (ethnic_minority | difficult_place("home")),
        quantity=Number("short_course_poor_vnd"),
    ),
    Condition(
        "",
        "Dân tộc thiểu số, người có công, hộ nghèo, hộ bị thu hồi đất, lao động nữ mất việc làm, ngư dân: tối đa 3 triệu đồng",
        "Ethnic minority, people with merit, poor, land recovered, women who lost work, fishermen: at most 3 million",
        ethnic_minority
        | merit
        | poor
        | group.one_of(WORKER_GROUP.land_recovered, WORKER_GROUP.laid_off_woman, WORKER_GROUP.fisherman),
    ),
    Condition(
        "",
        "Hộ cận nghèo: tối đa 2,5 triệu đồng",
        "Near-poor: at most 2.5 million",
        near_poor,
        quantity=Number("short_course_near_poor_vnd"),
    ),
    Condition(
        "",
        "Phụ nữ, lao động nông thôn khác: tối đa 2 triệu đồng",
        "Other women and rural workers: at most 2 million",
        group.is_(WORKER_GROUP.rural_or_woman),
        quantity=Number("short_course_others_vnd"),
    ),
)
TRAVELLERS = (
    Condition(
        "",
        "Người khuyết tật, hoặc cư trú ở xã khó khăn, đặc biệt khó khăn, cách từ 5 km trở lên: 300.000 đồng",
        "Disabled, or living in a difficult or extremely difficult commune, 5 km or more away: 300,000",
        (disabled | minority_commune("home")) & (Fact("distance_m") >= 5_000),
        quantity=Number("short_course_travel_near_vnd"),
        doubt=DIFFICULT_AREA,
    ),
    travel_ground(15),
)
NEAR = {**TRAINEE, "distance_m": 5_000}

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("khuyết tật, cách 5 km", 2019, {**NEAR, "disabled": True}, {COURSE: pays(6_000_000, months=1), TRAVEL: pays(300_000, months=1)}),
    Case("dân tộc thiểu số, hộ nghèo", 2019, {**TRAINEE, "ethnicity": ETHNICITY.thai, "poverty": POVERTY.poor}, {COURSE: pays(4_000_000, months=1)}),
    Case("Kinh, hộ nghèo ở xã khu vực III", 2019, {**NEAR, "poverty": POVERTY.poor, "home_area": AREA.three},
         {COURSE: pays(4_000_000), TRAVEL: pays(300_000)}),
    Case("Kinh, hộ nghèo nơi khác", 2019, {**NEAR, "poverty": POVERTY.poor}, {COURSE: pays(3_000_000), TRAVEL: refuses()}),
    Case("ngư dân, cách 15 km", 2019, {**TRAINEE, "worker_group": WORKER_GROUP.fisherman, "distance_m": 15_000},
         {COURSE: pays(3_000_000), TRAVEL: pays(200_000, months=1)}),
    Case("con người có công, hộ cận nghèo: mức cao nhất", 2019, {**TRAINEE, "merit": MERIT.child, "poverty": POVERTY.near_poor}, {COURSE: pays(3_000_000)}),
    Case("hộ cận nghèo", 2019, {**TRAINEE, "poverty": POVERTY.near_poor}, {COURSE: pays(2_500_000)}),
    Case("lao động nông thôn khác", 2019, {**TRAINEE, "worker_group": WORKER_GROUP.rural_or_woman}, {COURSE: pays(2_000_000)}),
    Case("không thuộc nhóm nào", 2019, TRAINEE, {COURSE: refuses(), TRAVEL: refuses()}),
    Case("học sinh phổ thông", 2019, {"disabled": True, "distance_m": 6_000}, {COURSE: refuses(""), TRAVEL: refuses("")}),
    Case("chưa biết nhóm lao động", 2019, {**TRAINEE, "worker_group": None}, {COURSE: undecided("worker_group")}),
    Case("chưa biết cách nhà bao xa", 2019, {**TRAINEE, "distance_m": None}, {TRAVEL: undecided("distance_m")}),
    Case("chưa biết học trình độ nào", 2019, {"level": LEVEL.vocational, "course_level": None, "disabled": True}, {COURSE: undecided("course_level")}),
)
# fmt: on

DOCUMENT = Document(
    id="qd-46-2015",
    number="46/2015/QĐ-TTg",
    kind="decision",
    title_vi="Chính sách hỗ trợ đào tạo trình độ sơ cấp, đào tạo dưới 3 tháng",
    title_en="Support for elementary training and courses under three months",
    issued=date(2015, 9, 28),
    since=date(2016, 1, 1),
    source="PDGDNN",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("qd-1956-2009"),),
    numbers=(
        _tier("disabled", 6_000_000, "Học nghề, khuyết tật", "Short course, disabled"),
        _tier("poor", 4_000_000, "Học nghề, nghèo DTTS hoặc ĐBKK", "Short course, poor minority or difficult place"),
        _tier("first", 3_000_000, "Học nghề, mức 3 triệu", "Short course, 3 million"),
        _tier("near_poor", 2_500_000, "Học nghề, cận nghèo", "Short course, near-poor"),
        _tier("others", 2_000_000, "Học nghề, nhóm khác", "Short course, others"),
        _tier("travel", 200_000, "Đi lại học nghề", "Travel, short course"),
        _tier("travel_near", 300_000, "Đi lại học nghề, vùng khó khăn", "Travel, short course, difficult place"),
    ),
    rules=(
        Rule(COURSE, "", (TRAINEE_ONLY,), GROUNDS, Number("short_course_first_vnd"), 1, doubts=(CEILING,)),
        Rule(TRAVEL, "", (TRAINEE_ONLY,), TRAVELLERS, Number("short_course_travel_vnd"), 1),
    ),
    cases=CASES,
    doubts=(SUCCESSOR,),
)
