"""The policy scholarship (học bổng chính sách), as Decrees 84/2020 and 66/2026 word it alike: who, how much, which months."""

from __future__ import annotations

from ansinh.core.nodes import Calendar, Fact, Number
from ansinh.core.rules import Benefit, Condition, Doubt
from ansinh.core.tables import ADMISSION, LEVEL, SCHOOL_KIND, STUDY_STATUS
from ansinh.law._words import boarding_school, general_school, level, pre_university, university

BENEFIT = Benefit(
    "policy_scholarship",
    "Học bổng chính sách (nội trú, dự bị đại học, cử tuyển)",
    "Policy scholarship (ethnic boarding, pre-university, quota)",
    "VND",
)
LAST_YEAR = Doubt(
    "Lớp 9, lớp 12 và dự bị đại học được coi là năm học cuối, chỉ trả tháng thực học từ tháng 9 đến tháng 5: trường có lớp tiếp theo, hoặc có học tháng hè, phải được xét riêng.",
    "Grades 9 and 12 and the pre-university course are taken as the last year, paid for September to May: a school with higher grades, or study in summer, must be looked at.",
    only="no",
)
LAST_YEAR_OF_STUDENTS = Doubt(
    "Hệ thống chưa có dữ kiện về năm học cuối của sinh viên, học viên: năm cuối chỉ được hưởng theo số tháng thực học.",
    "There is no fact for a student's or trainee's last year, which is paid for the months studied only.",
    only="yes",
)
FIRST_REPEATED_YEAR = Doubt(
    "Chỉ năm học lưu ban đầu tiên được giữ học bổng: hệ thống không biết đây là lần lưu ban thứ mấy.",
    "Only the first repeated year keeps the scholarship: how many times the learner has repeated is not known here.",
)

base_salary = Number("base_salary_vnd")
eighty_percent = base_salary.percent(Number("policy_scholarship_percent"))
hundred_percent = base_salary.percent(Number("policy_scholarship_poor_percent"))
boarding_pupil = boarding_school & general_school
status = Fact("study_status")
repeating = status.is_(STUDY_STATUS.repeating)
suspended = status.is_(STUDY_STATUS.suspended)
quota_student = (university | level.is_(LEVEL.vocational)) & Fact("admission").is_(ADMISSION.quota)
trainee = Fact("school_kind").is_(SCHOOL_KIND.invalid_vocational)
last_year = (general_school & Fact("grade").one_of(9, 12)) | pre_university


def months_of_last_year(cite: str) -> Condition:
    """Twelve months a year, but in the last year only the months studied."""
    return Condition(
        cite,
        "Cấp đủ 12 tháng mỗi năm; năm học cuối hưởng theo số tháng thực học",
        "Twelve months a year; in the last year the months studied",
        ~(Calendar("summer") & last_year),
        doubt=LAST_YEAR,
    )


def eighty_percent_grounds(cite: str, repeated: str) -> tuple[Condition, ...]:
    """The grounds at 80 %: `cite` names who, `repeated` the sentence on the first repeated year."""
    return (
        Condition(
            cite,
            "Học sinh trường phổ thông dân tộc nội trú: 80% mức lương cơ sở",
            "A pupil of an ethnic boarding school: 80 % of the base salary",
            boarding_pupil & ~repeating & ~suspended,
        ),
        Condition(
            cite,
            "Học sinh trường dự bị đại học: 80% mức lương cơ sở",
            "A learner of a pre-university course: 80 % of the base salary",
            pre_university & ~repeating & ~suspended,
        ),
        Condition(
            repeated,
            "Học sinh nội trú, dự bị đại học lưu ban: năm học lưu ban đầu tiên vẫn được hưởng",
            "A boarding or pre-university learner who repeats: the first repeated year keeps the scholarship",
            (boarding_pupil | pre_university) & repeating,
            doubt=FIRST_REPEATED_YEAR,
        ),
        Condition(
            cite,
            "Sinh viên học theo chế độ cử tuyển: 80% mức lương cơ sở",
            "A student sent by quota: 80 % of the base salary",
            quota_student,
            doubt=LAST_YEAR_OF_STUDENTS,
        ),
        Condition(
            cite,
            "Học viên cơ sở giáo dục nghề nghiệp dành cho thương binh, người khuyết tật: 80% mức lương cơ sở",
            "A trainee of a vocational institution for war invalids and the disabled: 80 % of the base salary",
            trainee,
            doubt=LAST_YEAR_OF_STUDENTS,
        ),
    )
