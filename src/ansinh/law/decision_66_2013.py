"""Decision 66/2013/QĐ-TTg: study-cost support of ethnic-minority students of poor and near-poor households (Articles 1, 2).

Read in the official codification (source PDDH). The text says minimum wage; since 1 July 2013 that is read as the base salary.
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
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ADMISSION, ETHNICITY, LEVEL, POVERTY
from ansinh.law._words import ethnic_minority, poor_or_near_poor, university

COLLEGES = Doubt(
    "Từ năm 2017 các trường cao đẳng theo Luật Giáo dục nghề nghiệp: chưa rõ sinh viên cao đẳng còn hưởng Quyết định 66/2013/QĐ-TTg hay chuyển sang Quyết định 53/2015/QĐ-TTg; ở đây chỉ xét đại học.",
    "Since 2017 colleges are under the Law on Vocational Education: whether their students are still under Decision 66/2013 or under Decision 53/2015 is not known; only universities are decided here.",
    only="no",
)
BASE = Doubt(
    "Quyết định 66/2013/QĐ-TTg viết “mức lương tối thiểu chung”: ở đây dùng mức lương cơ sở của từng thời kỳ.",
    "Decision 66/2013 says “general minimum wage”: the base salary of each period is used.",
    since=Month(2014, 1),
    only="yes",
)
STUDENT = {"level": LEVEL.university, "grade": None, "ethnicity": ETHNICITY.nung, "poverty": POVERTY.near_poor}
TEN = study_mask(range(1, 11))

DOCUMENT = Document(
    id="qd-66-2013",
    number="66/2013/QĐ-TTg",
    kind="decision",
    title_vi="Chính sách hỗ trợ chi phí học tập đối với sinh viên là người dân tộc thiểu số học tại các cơ sở giáo dục đại học",
    title_en="Study-cost support of ethnic-minority students of higher education",
    issued=date(2013, 11, 11),
    since=date(2014, 1, 1),
    source="PDDH; QNAM66",
    mark=Mark.FULL_TEXT,
    benefits=(
        Benefit(
            "ethnic_student_support",
            "Hỗ trợ chi phí học tập sinh viên dân tộc thiểu số",
            "Study-cost support of ethnic-minority students",
            "VND",
        ),
    ),
    numbers=(
        NumberValue(
            "ethnic_student_support_percent",
            60,
            "% of base salary",
            "2",
            "PDDH",
            vi="Hỗ trợ sinh viên dân tộc thiểu số",
            en="Support of ethnic-minority students",
            doubt=BASE,
        ),
    ),
    rules=(
        Rule(
            benefit="ethnic_student_support",
            cite="2",
            who=(
                Condition(
                    "1",
                    "Sinh viên hệ chính quy cơ sở giáo dục đại học",
                    "A full-time student of a higher-education institution",
                    university,
                    doubt=COLLEGES,
                ),
                Condition(
                    "1.2",
                    "Thi đỗ vào hệ chính quy; không áp dụng với cử tuyển, đào tạo theo địa chỉ, liên thông, văn bằng hai, sinh viên vào học sau dự bị đại học",
                    "Admitted full-time by entrance exam; not by quota, addressed training, bridging, a second degree, or after a pre-university course",
                    Fact("admission").is_(ADMISSION.ordinary),
                ),
            ),
            grounds=(
                Condition(
                    "1",
                    "Người dân tộc thiểu số thuộc hộ nghèo, hộ cận nghèo",
                    "Of an ethnic minority and a poor or near-poor household",
                    ethnic_minority & poor_or_near_poor,
                ),
            ),
            quantity=Number("base_salary_vnd").percent(Number("ethnic_student_support_percent")),
            cap=10,
            papers=(
                ("Giấy chứng nhận hộ nghèo, hộ cận nghèo", "Poor or near-poor household certificate"),
                ("Giấy khai sinh (bản sao)", "Birth certificate (copy)"),
            ),
        ),
    ),
    cases=(
        Case(
            "DER-33: mười tháng",
            2025,
            STUDENT,
            {"ethnic_student_support": pays(1_404_000, months=10, total=14_040_000)},
            source="DER-33",
            months=TEN,
        ),
        Case(
            "DER-33: vào học sau dự bị đại học",
            2025,
            {**STUDENT, "admission": ADMISSION.pre_university},
            {"ethnic_student_support": refuses("1.2")},
            source="DER-33",
        ),
        Case(
            "năm học đầu tiên: từ tháng 1/2014",
            2013,
            STUDENT,
            {"ethnic_student_support": Expected("yes", 690_000, 6, 4_140_000)},
            months=TEN,
        ),
        Case(
            "học cả mười hai tháng vẫn chỉ mười tháng",
            2024,
            STUDENT,
            {"ethnic_student_support": pays(1_404_000, months=10)},
            months=study_mask(range(1, 13)),
        ),
        Case("không nghèo", 2025, {**STUDENT, "poverty": POVERTY.none}, {"ethnic_student_support": refuses()}),
        Case("chưa rõ hộ nghèo", 2025, {**STUDENT, "poverty": None}, {"ethnic_student_support": undecided("poverty")}),
        Case(
            "học sinh phổ thông",
            2025,
            {**STUDENT, "level": LEVEL.upper_secondary},
            {"ethnic_student_support": refuses("1")},
        ),
    ),
)
