"""Decision 1956/QĐ-TTg of 2009: vocational training of rural workers, to 2020; elementary and short courses until 2015.

3,000,000 a course and travel of 200,000 from 15 km are restated by VOH1956 (Joint Circular 112/2010); the tiers of 2.5 and 2
million are from memory. Meals of 15,000 a day really studied are not written: days of study are no fact.
"""

from datetime import date

from ansinh.core.codes import WORKER_GROUP
from ansinh.core.nodes import Number
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
from ansinh.core.tables import ETHNICITY, LEVEL, MERIT, POVERTY
from ansinh.law._short_course import CEILING, TRAINEE_ONLY, group, travel_ground
from ansinh.law._vocational import TRAINEE
from ansinh.law._words import disabled, ethnic_minority, merit, near_poor, poor

TIERS = Doubt(
    "Mức 2,5 triệu đồng (cận nghèo) và 2 triệu đồng (lao động nông thôn khác) của Quyết định 1956/QĐ-TTg chưa được xác nhận.",
    "The tiers of 2.5 million (near-poor) and 2 million (other rural workers) of Decision 1956 are not confirmed.",
)


def _tier(name: str, value: int, vi: str, en: str, mark: Mark, doubt: Doubt | None = None) -> NumberValue:
    return NumberValue(f"short_course_{name}_vnd", value, "VND/course", "?", "VOH1956", mark, vi, en, doubt)


COURSE, TRAVEL = "short_course", "short_course_travel"

DOCUMENT = Document(
    id="qd-1956-2009",
    number="1956/QĐ-TTg",
    kind="decision",
    title_vi="Phê duyệt Đề án Đào tạo nghề cho lao động nông thôn đến năm 2020",
    title_en="Vocational training of rural workers to 2020",
    issued=date(2009, 11, 27),
    since=date(2009, 11, 27),
    source="VOH1956; PDGDNN",
    mark=Mark.SECONDARY,
    benefits=(
        Benefit(COURSE, "Hỗ trợ chi phí học nghề sơ cấp, dưới 3 tháng", "Cost of an elementary or short course", "VND"),
        Benefit(
            TRAVEL, "Hỗ trợ đi lại học nghề sơ cấp, dưới 3 tháng", "Travel to an elementary or short course", "VND"
        ),
    ),
    numbers=(
        _tier("first", 3_000_000, "Học nghề, mức 3 triệu", "Short course, 3 million", Mark.SECONDARY),
        _tier("near_poor", 2_500_000, "Học nghề, cận nghèo", "Short course, near-poor", Mark.UNCONFIRMED, TIERS),
        _tier("others", 2_000_000, "Học nghề, nhóm khác", "Short course, others", Mark.UNCONFIRMED, TIERS),
        _tier("travel", 200_000, "Đi lại học nghề", "Travel, short course", Mark.SECONDARY),
    ),
    rules=(
        Rule(
            COURSE,
            "",
            (TRAINEE_ONLY,),
            (
                Condition(
                    "",
                    "Người có công, hộ nghèo, dân tộc thiểu số, khuyết tật, hộ bị thu hồi đất canh tác: tối đa 3 triệu đồng",
                    "People with merit, poor, ethnic minority, disabled, land recovered: at most 3 million",
                    merit | poor | ethnic_minority | disabled | group.is_(WORKER_GROUP.land_recovered),
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
                    "Lao động nông thôn khác: tối đa 2 triệu đồng",
                    "Other rural workers: at most 2 million",
                    group.is_(WORKER_GROUP.rural_or_woman),
                    quantity=Number("short_course_others_vnd"),
                ),
            ),
            Number("short_course_first_vnd"),
            1,
            doubts=(CEILING,),
        ),
        Rule(TRAVEL, "", (TRAINEE_ONLY,), (travel_ground(15),), Number("short_course_travel_vnd"), 1),
    ),
    cases=(
        Case(
            "dân tộc thiểu số, cách 16 km",
            2014,
            {**TRAINEE, "ethnicity": ETHNICITY.muong, "distance_m": 16_000},
            {COURSE: pays(3_000_000, months=1), TRAVEL: pays(200_000, months=1)},
        ),
        Case("thân nhân người có công", 2014, {**TRAINEE, "merit": MERIT.child}, {COURSE: pays(3_000_000)}),
        Case("hộ cận nghèo", 2014, {**TRAINEE, "poverty": POVERTY.near_poor}, {COURSE: pays(2_500_000, months=1)}),
        Case(
            "lao động nông thôn khác",
            2014,
            {**TRAINEE, "worker_group": WORKER_GROUP.rural_or_woman},
            {COURSE: pays(2_000_000, months=1), TRAVEL: refuses()},
        ),
        Case("không thuộc nhóm nào", 2014, TRAINEE, {COURSE: refuses()}),
        Case("học sinh phổ thông", 2014, {"poverty": POVERTY.poor}, {COURSE: refuses(""), TRAVEL: refuses("")}),
        Case(
            "chưa biết trình độ khóa học",
            2014,
            {"level": LEVEL.vocational, "course_level": None, "poverty": POVERTY.poor, "distance_m": 20_000},
            {COURSE: undecided("course_level"), TRAVEL: undecided("course_level")},
        ),
    ),
)
