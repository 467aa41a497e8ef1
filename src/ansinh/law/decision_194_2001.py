"""Decision 194/2001/QĐ-TTg: social allowance of students of public full-time training, amending Decision 1121/1997 (Article 2).

Groups and amounts as restated from consolidated text 05/VBHN-BGDĐT (source CBR05); the official codification keeps the sentence on
140,000 only (source PD13). Fixed amounts since 1 January 2002, not tied to the base salary. Its day of issue is from memory.
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
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ADMISSION, AREA, ETHNICITY, LEVEL, ORPHAN, POVERTY
from ansinh.law._doubts import HARDSHIP
from ansinh.law._words import (
    difficult_place,
    disabled,
    ethnic_minority,
    level,
    no_support,
    orphan_of_both,
    poor_or_near_poor,
    public_school,
    university,
)

UNREAD = Doubt(
    "Ngày ban hành Quyết định 194/2001/QĐ-TTg ghi theo trí nhớ; chưa rõ quyết định còn áp dụng với trường trung cấp, cao đẳng từ năm 2017 hay không.",
    "The day of issue of Decision 194/2001 is from memory; whether it still holds for intermediate and college training since 2017 is not known.",
)
HIGHLAND = Doubt(
    "“Vùng cao, vùng sâu, vùng đặc biệt khó khăn” của sinh viên chưa phải là dữ kiện: ở đây lấy nơi thường trú là xã khu vực III, thôn, xã ĐBKK.",
    "A student's “highland, remote and extremely difficult areas” are no fact: residence in an area III commune or an extremely difficult place is used.",
)
HARD_CASE = Doubt(
    "Sinh viên có hoàn cảnh đặc biệt khó khăn vượt khó học tập, và người dân tộc thiểu số ở vùng cao ngoài các xã nói trên, phải được xét riêng.",
    "Students in special hardship with good results, and ethnic-minority students of highlands outside these communes, must be looked at one by one.",
    only="no",
)
STUDENT = {"level": LEVEL.university, "grade": None}
HIGHLANDER = {**STUDENT, "ethnicity": ETHNICITY.hmong, "home_area": AREA.three}
NAME = "student_social_allowance"

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("dân tộc thiểu số ở xã khu vực III: mười hai tháng", 2024, HIGHLANDER, {NAME: pays(140_000, months=12, total=1_680_000, cite="2")},
         months=study_mask(range(1, 11))),
    Case("mồ côi cả cha mẹ, không nơi nương tựa", 2024, {**STUDENT, "orphan": ORPHAN.both, "no_support": True}, {NAME: pays(100_000, months=12)}),
    Case("khuyết tật, hộ nghèo", 2024, {**STUDENT, "disabled": True, "poverty": POVERTY.poor}, {NAME: pays(100_000, months=12)}),
    Case("học một học kỳ", 2024, HIGHLANDER, {NAME: pays(140_000, months=5)}, months=study_mask(range(1, 6))),
    Case("trường tư", 2024, {**HIGHLANDER, "public_school": False}, {NAME: refuses("2")}),
    Case("vừa làm vừa học", 2024, {**HIGHLANDER, "admission": ADMISSION.other}, {NAME: refuses("2")}),
    Case("Kinh ở xã khu vực III", 2024, {**HIGHLANDER, "ethnicity": ETHNICITY.kinh}, {NAME: refuses()}),
    Case("chưa rõ nơi thường trú", 2024, {**HIGHLANDER, "home_area": None}, {NAME: undecided("home_area")}),
)
# fmt: on

DOCUMENT = Document(
    id="qd-194-2001",
    number="194/2001/QĐ-TTg",
    kind="decision",
    title_vi="Điều chỉnh mức trợ cấp xã hội đối với học sinh, sinh viên là người dân tộc thiểu số học tại các trường đào tạo công lập",
    title_en="Social allowance of ethnic-minority students of public training institutions",
    issued=date(2001, 12, 21),
    since=date(2002, 1, 1),
    source="CBR05; PD13",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
    benefits=(Benefit(NAME, "Trợ cấp xã hội sinh viên", "Social allowance of students", "VND"),),
    numbers=(
        NumberValue(
            "student_social_allowance_vnd",
            100_000,
            "VND/month",
            "2",
            "CBR05",
            Mark.SECONDARY,
            "Trợ cấp xã hội sinh viên",
            "Social allowance of students",
        ),
        NumberValue(
            "student_social_allowance_highland_vnd",
            140_000,
            "VND/month",
            "2",
            "PD13",
            vi="Trợ cấp xã hội sinh viên vùng cao, vùng sâu, vùng ĐBKK",
            en="Social allowance of students of highland, remote and extremely difficult areas",
        ),
    ),
    rules=(
        Rule(
            benefit=NAME,
            cite="2",
            who=(
                Condition(
                    "2",
                    "Học sinh, sinh viên hệ chính quy trường đào tạo công lập",
                    "A full-time student of a public training institution",
                    (university | level.is_(LEVEL.vocational))
                    & public_school
                    & Fact("admission").is_not(ADMISSION.other),
                ),
            ),
            grounds=(
                Condition(
                    "2",
                    "Người dân tộc thiểu số ở vùng cao, vùng sâu, vùng đặc biệt khó khăn: 140.000 đồng",
                    "Of an ethnic minority of a highland, remote or extremely difficult area: 140,000 đồng",
                    ethnic_minority & difficult_place("home"),
                    quantity=Number("student_social_allowance_highland_vnd"),
                    doubt=HIGHLAND,
                ),
                Condition(
                    "2",
                    "Mồ côi cả cha lẫn mẹ không nơi nương tựa: 100.000 đồng",
                    "Orphaned of both parents without support: 100,000 đồng",
                    orphan_of_both & no_support,
                ),
                Condition(
                    "2",
                    "Người khuyết tật gặp khó khăn về kinh tế: 100.000 đồng",
                    "Disabled, in economic difficulty: 100,000 đồng",
                    disabled & poor_or_near_poor,
                    doubt=HARDSHIP,
                ),
            ),
            quantity=Number("student_social_allowance_vnd"),
            cap=12,
            twelve=True,
            doubts=(HARD_CASE,),
        ),
    ),
    cases=CASES,
)
