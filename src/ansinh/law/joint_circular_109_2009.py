"""Joint Circular 109/2009/TTLT-BTC-BGDĐT: scholarship of ethnic boarding and pre-university pupils (Article 2).

It carries out Decisions 82/2006/QĐ-TTg and 152/2007/QĐ-TTg. Read in one page of low trust (source LN109); the end of its
scholarship is Decree 84/2020/NĐ-CP, Article 11.3 (source PD13). Its rewards, kit and travel money were not read: not here.
"""

from datetime import date

from ansinh.core.nodes import Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Expected,
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, SCHOOL_KIND, STUDY_STATUS
from ansinh.law._policy_scholarship import BENEFIT, boarding_pupil, months_of_last_year, status
from ansinh.law._words import pre_university

LOW_TRUST = Doubt(
    "Thông tư liên tịch 109/2009 chỉ đọc được qua một trang thứ cấp ít tin cậy: ngày hiệu lực, mức 80%, năm lưu ban hưởng nửa mức và số tháng năm cuối phải được đối chiếu.",
    "Joint Circular 109/2009 was read in one page of low trust only: its first day, 80 %, half in a repeated year, and the months of the last year must be checked.",
)
OTHERS = Doubt(
    "Sinh viên cử tuyển, học viên cơ sở dạy nghề dành cho thương binh, người khuyết tật (Quyết định 152/2007/QĐ-TTg) chưa được xét ở đây.",
    "Quota students and trainees of institutions for war invalids and the disabled (Decision 152/2007) are not decided here.",
    only="no",
)
learner = boarding_pupil | pre_university
BOARDER = {"school_kind": SCHOOL_KIND.boarding, "ethnicity": ETHNICITY.tay}

DOCUMENT = Document(
    id="ttlt-109-2009",
    number="109/2009/TTLT-BTC-BGDĐT",
    kind="joint_circular",
    title_vi="Một số chế độ tài chính đối với học sinh các trường phổ thông dân tộc nội trú và các trường dự bị đại học dân tộc",
    title_en="Financial benefits of pupils of ethnic boarding and ethnic pre-university schools",
    issued=date(2009, 5, 29),
    since=date(2009, 5, 29),
    source="LN109",
    mark=Mark.SECONDARY,
    doubts=(LOW_TRUST,),
    benefits=(BENEFIT,),
    numbers=(
        NumberValue(
            "policy_scholarship_percent",
            80,
            "% of base salary",
            "2",
            "LN109",
            Mark.SECONDARY,
            "Học bổng chính sách",
            "Policy scholarship",
        ),
    ),
    rules=(
        Rule(
            benefit="policy_scholarship",
            cite="2",
            who=(months_of_last_year("2"),),
            grounds=(
                Condition(
                    "2",
                    "Học sinh dân tộc nội trú, dự bị đại học: 80% mức lương tối thiểu",
                    "An ethnic boarding or pre-university pupil: 80 % of the minimum wage",
                    learner & status.is_(STUDY_STATUS.normal),
                ),
                Condition(
                    "2",
                    "Năm lưu ban (mỗi cấp học một lần): nửa mức học bổng",
                    "A repeated year (once per level): half the scholarship",
                    learner & status.one_of(STUDY_STATUS.repeating, STUDY_STATUS.repeating_illness),
                    quantity=Number("base_salary_vnd").percent(Number("policy_scholarship_percent")) // 2,
                ),
            ),
            quantity=Number("base_salary_vnd").percent(Number("policy_scholarship_percent")),
            cap=12,
            twelve=True,
            doubts=(OTHERS,),
        ),
    ),
    cases=(
        Case(
            "lớp 7 nội trú: 80% của 1.150.000 trong mười hai tháng",
            2014,
            BOARDER,
            {"policy_scholarship": pays(920_000, months=12, total=11_040_000, cite="2")},
        ),
        Case(
            "lương tối thiểu đổi trong năm học: 730.000, từ tháng 5/2011 là 830.000",
            2010,
            BOARDER,
            {"policy_scholarship": Expected("yes", months=12, total=8 * 584_000 + 4 * 664_000)},
        ),
        Case(
            "lưu ban: nửa mức",
            2014,
            {**BOARDER, "study_status": STUDY_STATUS.repeating},
            {"policy_scholarship": pays(460_000, months=12)},
        ),
        Case(
            "lớp 12: chín tháng thực học",
            2014,
            {**BOARDER, "level": LEVEL.upper_secondary, "grade": 12},
            {"policy_scholarship": pays(920_000, months=9)},
        ),
        Case("trường bình thường", 2014, {"ethnicity": ETHNICITY.tay}, {"policy_scholarship": refuses()}),
        Case(
            "chưa rõ loại trường",
            2014,
            {**BOARDER, "school_kind": None},
            {"policy_scholarship": undecided("school_kind")},
        ),
    ),
)
