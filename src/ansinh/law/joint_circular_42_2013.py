"""Joint Circular 42/2013/TTLT-BGDĐT-BLĐTBXH-BTC: scholarship and study materials of disabled learners (Article 7).

Read in the official codification (source PDNKT); still the basis of national procedure 1.001714 in July 2026 (source TT1714).
It does not apply to vocational-training institutions (Article 1.2). Degree of disability is not a condition.
"""

from datetime import date

from ansinh.core.dates import Month, study_mask
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
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ADMISSION, LEVEL, POVERTY, SCHOOL_KIND, STUDY_STATUS
from ansinh.law._policy_scholarship import boarding_pupil, quota_student
from ansinh.law._words import (
    adult_education,
    disabled,
    general_school,
    kindergarten,
    nursery,
    poor_or_near_poor,
    pre_university,
    university,
)

AFTER_JULY_2026 = Doubt(
    "Chưa rõ Thông tư liên tịch 42/2013 còn áp dụng sau tháng 7/2026 hay không (Luật Người khuyết tật có thể được sửa đổi).",
    "Whether Joint Circular 42/2013 still applies after July 2026 is not known (the Law on Persons with Disabilities may be revised).",
    since=Month(2026, 8),
)
WITH_DECISION_66 = Doubt(
    "Văn bản không nói học bổng này có được hưởng cùng hỗ trợ sinh viên dân tộc thiểu số (Quyết định 66/2013/QĐ-TTg) hay không.",
    "The text does not say whether this scholarship goes with the support of ethnic-minority students (Decision 66/2013).",
    only="yes",
)
PROFESSIONAL_SECONDARY = Doubt(
    "Học sinh trung cấp chuyên nghiệp được mười tháng, nhưng hệ thống không phân biệt với cơ sở dạy nghề (khoản 2 Điều 1 loại trừ): phải xét riêng.",
    "Professional-secondary pupils have ten months, but are not told apart here from vocational training (left out by Article 1.2): look at each one.",
    only="no",
)
EXPELLED = Doubt(
    "Điều 9 chỉ nói bỏ học hoặc bị buộc thôi học: mã “đình chỉ, bảo lưu, buộc thôi học” gồm cả trường hợp khác, phải xét riêng.",
    "Article 9 speaks of leaving school or expulsion only: the code “suspended, on reservation or expelled” holds others too, look at each one.",
)

school = nursery | kindergarten | general_school | adult_education
GROUND = Condition(
    "7.1",
    "Người khuyết tật thuộc hộ nghèo, hộ cận nghèo",
    "Disabled, of a poor or near-poor household",
    disabled & poor_or_near_poor,
)
MATERIALS_GROUND = Condition(
    "7.2",
    "Người khuyết tật thuộc hộ nghèo, hộ cận nghèo",
    "Disabled, of a poor or near-poor household",
    disabled & poor_or_near_poor,
)
ON_POLICY_SCHOLARSHIP = Condition(
    "7.1",
    "Đang hưởng học bổng chính sách theo Quyết định 152/2007/QĐ-TTg (nay theo Nghị định về Luật Giáo dục)",
    "On the policy scholarship of Decision 152/2007 (today of the decree on the Law on Education)",
    boarding_pupil | pre_university | quota_student,
)
LEFT = Condition(
    "9",
    "Bỏ học hoặc bị buộc thôi học",
    "Left school, or expelled",
    Fact("study_status").is_(STUDY_STATUS.suspended),
    doubt=EXPELLED,
)
PAPERS = (
    ("Giấy xác nhận khuyết tật", "Certificate of disability"),
    ("Giấy chứng nhận hộ nghèo, hộ cận nghèo", "Poor or near-poor household certificate"),
)
scholarship = Number("base_salary_vnd").percent(Number("disability_scholarship_percent"))
PUPIL = {"disabled": True, "poverty": POVERTY.near_poor}
STUDENT = {**PUPIL, "level": LEVEL.university, "grade": None}
TEN = study_mask(range(1, 11))
ALL = ("disability_scholarship", "disability_materials")

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("DER-23: năm học 2026-2027", 2026, PUPIL,
         {"disability_scholarship": pays(2_024_000, months=9, total=18_216_000, cite="7.1"),
          "disability_materials": pays(1_000_000, months=1, total=1_000_000, cite="7.2"),
          "study_cost": pays(150_000, months=9, total=1_350_000)}, source="DER-23"),
    Case("PUB-18: sinh viên, mười tháng", 2024, STUDENT,
         {"disability_scholarship_student": pays(1_872_000, months=10, total=18_720_000),
          "disability_materials": pays(1_000_000, months=1), "disability_scholarship": refuses()}, source="PUB-18", months=TEN),
    Case("DER-24: khuyết tật, hộ không nghèo", 2025, {"disabled": True},
         {**dict.fromkeys(ALL, refuses()), "study_cost": pays(150_000, months=9, total=1_350_000)}, source="DER-24"),
    Case("trẻ mẫu giáo khuyết tật hộ nghèo, lương cơ sở đổi từ tháng 7/2019", 2018,
         {"level": LEVEL.kindergarten, "grade": None, "disabled": True, "poverty": POVERTY.poor},
         {"disability_scholarship": pays(1_112_000, months=9)}),
    Case("lương cơ sở 1.150.000 rồi 1.210.000 từ tháng 5/2016", 2015, PUPIL,
         {"disability_scholarship": Expected("yes", months=9, total=8 * 920_000 + 968_000)}),
    Case("chưa rõ khuyết tật", 2024, {**PUPIL, "disabled": None}, dict.fromkeys(ALL, undecided("disabled"))),
    Case("sinh viên chưa rõ hộ nghèo", 2024, {**STUDENT, "poverty": None},
         {"disability_scholarship_student": undecided("poverty")}),
    Case("học sinh nội trú", 2024, {**PUPIL, "school_kind": SCHOOL_KIND.boarding},
         {"disability_scholarship": refuses("7.1"), "policy_scholarship": pays(1_872_000, months=12), "disability_materials": pays(1_000_000)}),
    Case("sinh viên cử tuyển", 2024, {**STUDENT, "admission": ADMISSION.quota}, {"disability_scholarship_student": refuses("7.1")}),
    Case("bị buộc thôi học", 2024, {**PUPIL, "study_status": STUDY_STATUS.suspended}, dict.fromkeys(ALL, refuses("9"))),
    Case("sinh viên bị buộc thôi học", 2024, {**STUDENT, "study_status": STUDY_STATUS.suspended},
         {"disability_scholarship_student": refuses("9")}),
    Case("sinh viên khuyết tật, hộ không nghèo", 2024, {**STUDENT, "poverty": POVERTY.none}, {"disability_scholarship_student": refuses()}),
    Case("học viên dạy nghề", 2024, {**PUPIL, "level": LEVEL.vocational},
         {**dict.fromkeys(ALL, refuses("1.2")), "disability_scholarship_student": refuses("7.1")}),
)
# fmt: on

DOCUMENT = Document(
    id="ttlt-42-2013",
    number="42/2013/TTLT-BGDĐT-BLĐTBXH-BTC",
    kind="joint_circular",
    title_vi="Chính sách về giáo dục đối với người khuyết tật",
    title_en="Education policy for people with disabilities",
    issued=date(2013, 12, 31),
    since=date(2014, 3, 5),
    source="PDNKT; TT1714",
    mark=Mark.FULL_TEXT,
    doubts=(AFTER_JULY_2026,),
    benefits=(
        Benefit("disability_scholarship", "Học bổng người khuyết tật", "Scholarship of disabled learners", "VND"),
        Benefit(
            "disability_scholarship_student",
            "Học bổng sinh viên khuyết tật",
            "Scholarship of disabled students",
            "VND",
        ),
        Benefit(
            "disability_materials",
            "Hỗ trợ phương tiện, đồ dùng học tập cho người khuyết tật",
            "Study equipment of disabled learners",
            "VND",
        ),
    ),
    numbers=(
        NumberValue(
            "disability_scholarship_percent",
            80,
            "% of base salary",
            "7.1",
            "PDNKT",
            vi="Học bổng người khuyết tật",
            en="Scholarship of disabled learners",
        ),
        NumberValue(
            "disability_materials_vnd",
            1_000_000,
            "VND/school year",
            "7.2",
            "PDNKT",
            vi="Phương tiện, đồ dùng học tập",
            en="Study equipment",
        ),
    ),
    rules=(
        Rule(
            benefit="disability_scholarship",
            cite="7.1",
            who=(
                Condition(
                    "1.2",
                    "Học tại cơ sở giáo dục mầm non, phổ thông, giáo dục thường xuyên (chín tháng); không áp dụng với cơ sở dạy nghề",
                    "In a preschool, general school or adult education (nine months); not in vocational training",
                    school,
                ),
            ),
            grounds=(GROUND,),
            quantity=scholarship,
            cap=9,
            bars=(ON_POLICY_SCHOLARSHIP, LEFT),
            papers=PAPERS,
        ),
        Rule(
            benefit="disability_scholarship_student",
            cite="7.1",
            who=(
                Condition(
                    "7.1",
                    "Sinh viên cơ sở giáo dục đại học (mười tháng)",
                    "A student of a higher-education institution (ten months)",
                    university,
                    doubt=PROFESSIONAL_SECONDARY,
                ),
            ),
            grounds=(GROUND,),
            quantity=scholarship,
            cap=10,
            bars=(ON_POLICY_SCHOLARSHIP, LEFT),
            papers=PAPERS,
            doubts=(WITH_DECISION_66,),
        ),
        Rule(
            benefit="disability_materials",
            cite="7.2",
            who=(
                Condition(
                    "1.2",
                    "Không học tại cơ sở dạy nghề",
                    "Not in vocational training",
                    school | university | pre_university,
                ),
            ),
            grounds=(MATERIALS_GROUND,),
            quantity=Number("disability_materials_vnd"),
            cap=1,
            bars=(LEFT,),
            papers=PAPERS,
        ),
    ),
    cases=CASES,
    filings=(
        Filing(
            (
                "disability_scholarship",
                "disability_scholarship_student",
                "disability_materials",
            ),
            "8",
            (
                "Trường công lập: nộp tại trường. Trường tư: trường xác nhận rồi nộp tại xã hoặc Sở quản lý trường",
                "Public: at the school. Private: confirmed by the school, then filed with the commune or Department that manages it",
            ),
            (
                "Khi trường thông báo, trong 30 ngày làm việc đầu năm học",
                "When the school announces it, within the first 30 working days of the year",
            ),
            "PDNKT, TT1714",
        ),
    ),
)
