"""Decree 84/2020/NĐ-CP, detailing the Law on Education: policy scholarship (Article 9), 1 September 2020 to 14 March 2026.

Read in the official codification (source PD13). It ended the scholarship of Joint Circular 109/2009 (Article 11.3).
"""

from datetime import date

from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Expected,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ADMISSION, ETHNICITY, LEVEL, MERIT, POVERTY, SCHOOL_KIND, STUDY_STATUS
from ansinh.law._policy_scholarship import (
    eighty_percent,
    eighty_percent_grounds,
    hundred_percent,
    months_of_last_year,
    suspended,
    trainee,
)
from ansinh.law._words import person_of_merit, poor

WAR_INVALID = Doubt(
    "Mức 100% chỉ dành cho thương binh thuộc hộ nghèo: hệ thống chỉ biết “bản thân là người có công”, phải kiểm tra có phải thương binh không.",
    "The 100 % rate is for war invalids of poor households: only “person with merit” is known here, so check that it is a war invalid.",
)
BOARDER = {"school_kind": SCHOOL_KIND.boarding, "ethnicity": ETHNICITY.tay}
TRAINEE = {"level": LEVEL.vocational, "school_kind": SCHOOL_KIND.invalid_vocational, "disabled": True}
QUOTA = {"level": LEVEL.university, "grade": None, "admission": ADMISSION.quota}

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("lớp 7 nội trú, mười hai tháng của 2.340.000 và 2.530.000", 2024, BOARDER,
         {"policy_scholarship": pays(1_872_000, months=12, total=22_464_000, cite="9"), "disability_scholarship": refuses()}),
    Case("học sáu tháng thì trả sáu tháng", 2024, BOARDER, {"policy_scholarship": pays(1_872_000, months=6)}, months=0b1111110),
    Case("lớp 12: chín tháng thực học", 2024, {**BOARDER, "level": LEVEL.upper_secondary, "grade": 12},
         {"policy_scholarship": Expected("yes", 1_872_000, 9, 16_848_000)}),
    Case("dự bị đại học: chín tháng thực học", 2024, {"level": LEVEL.pre_university, "grade": None},
         {"policy_scholarship": pays(1_872_000, months=9)}),
    Case("lương cơ sở đổi ngày 01/7/2023", 2022, BOARDER,
         {"policy_scholarship": Expected("yes", months=12, total=10 * 1_192_000 + 2 * 1_440_000)}),
    Case("sinh viên cử tuyển", 2021, QUOTA, {"policy_scholarship": pays(1_192_000, months=12)}),
    Case("sinh viên trúng tuyển bình thường", 2021, {**QUOTA, "admission": ADMISSION.ordinary}, {"policy_scholarship": refuses()}),
    Case("chưa rõ hình thức trúng tuyển", 2021, {**QUOTA, "admission": None}, {"policy_scholarship": undecided("admission")}),
    Case("học viên khuyết tật hộ nghèo: vẫn 80%", 2024, {**TRAINEE, "poverty": POVERTY.poor},
         {"policy_scholarship": pays(1_872_000, months=12)}),
    Case("thương binh hộ nghèo: 100%", 2024, {**TRAINEE, "poverty": POVERTY.poor, "merit": MERIT.person},
         {"policy_scholarship": pays(2_340_000, months=12)}),
    Case("lưu ban năm đầu", 2024, {**BOARDER, "study_status": STUDY_STATUS.repeating}, {"policy_scholarship": pays(1_872_000)}),
    Case("bị đình chỉ học", 2024, {**BOARDER, "study_status": STUDY_STATUS.suspended}, {"policy_scholarship": refuses("9.3.d")}),
    Case("trường bình thường", 2024, {"ethnicity": ETHNICITY.tay}, {"policy_scholarship": refuses()}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-84-2020",
    number="84/2020/NĐ-CP",
    kind="decree",
    title_vi="Quy định chi tiết một số điều của Luật Giáo dục",
    title_en="Details of the Law on Education",
    issued=date(2020, 7, 17),
    since=date(2020, 9, 1),
    source="PD13",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("ttlt-109-2009", ("2",)),),
    numbers=(
        NumberValue(
            "policy_scholarship_percent",
            80,
            "% of base salary",
            "9",
            "PD13",
            vi="Học bổng chính sách",
            en="Policy scholarship",
        ),
        NumberValue(
            "policy_scholarship_poor_percent",
            100,
            "% of base salary",
            "9",
            "PD13",
            vi="Học bổng chính sách, hộ nghèo ở cơ sở cho thương binh, người khuyết tật",
            en="Policy scholarship, poor households, institutions for war invalids and the disabled",
        ),
    ),
    rules=(
        Rule(
            benefit="policy_scholarship",
            cite="9",
            who=(months_of_last_year("9"),),
            grounds=(
                Condition(
                    "9",
                    "Thương binh thuộc hộ nghèo học tại cơ sở giáo dục nghề nghiệp dành cho thương binh, người khuyết tật: 100% mức lương cơ sở",
                    "A war invalid of a poor household in a vocational institution for war invalids and the disabled: 100 % of the base salary",
                    trainee & person_of_merit & poor,
                    quantity=hundred_percent,
                    doubt=WAR_INVALID,
                ),
                *eighty_percent_grounds("9", "9.3"),
            ),
            quantity=eighty_percent,
            cap=12,
            twelve=True,
            bars=(
                Condition(
                    "9.3.d",
                    "Bị kỷ luật buộc thôi học hoặc đình chỉ học tập",
                    "Expelled, or suspended from study",
                    suspended,
                ),
            ),
            papers=(
                ("Đơn đề nghị, nộp trong 15 ngày kể từ ngày nhập học", "Application, within 15 days of enrolment"),
                ("Giấy chứng nhận hộ nghèo (nếu thuộc hộ nghèo)", "Poor household certificate (if poor)"),
            ),
        ),
    ),
    cases=CASES,
)
