"""Decree 66/2026/NĐ-CP, detailing the Law on Education: policy scholarship (Article 8), from 15 March 2026.

Article 8 was read in a text copy made by OCR (source DX66). It replaces Decree 84/2020/NĐ-CP; dossiers filed before 15 March 2026
finish under that one (Article 14.3), which changes no amount but that of poor trainees.
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
from ansinh.core.tables import ADMISSION, ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND, STUDY_STATUS
from ansinh.law._policy_scholarship import (
    boarding_pupil,
    eighty_percent,
    eighty_percent_grounds,
    hundred_percent,
    months_of_last_year,
    suspended,
    trainee,
)
from ansinh.law._words import poor, pre_university

SUSPENDED = Doubt(
    "Điều 8 Nghị định 66/2026/NĐ-CP không nhắc lại việc ngừng học bổng khi bị đình chỉ, buộc thôi học (điểm d khoản 3 Điều 9 Nghị định 84/2020/NĐ-CP): phải kiểm tra.",
    "Article 8 of Decree 66/2026 does not repeat that a suspended or expelled learner loses the scholarship (Decree 84/2020, Article 9.3.d): to be checked.",
)
BOARDER = {"school_kind": SCHOOL_KIND.boarding, "ethnicity": ETHNICITY.tay}
TRAINEE = {"level": LEVEL.vocational, "school_kind": SCHOOL_KIND.invalid_vocational, "disabled": True}

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("lớp 7 nội trú, mười hai tháng của 2.530.000", 2026, BOARDER,
         {"policy_scholarship": pays(2_024_000, months=12, total=24_288_000, cite="8.1.a")}),
    Case("năm học 2025-2026: hai nghị định, một mức, lương cơ sở đổi từ tháng 7/2026", 2025, BOARDER,
         {"policy_scholarship": Expected("yes", months=12, total=10 * 1_872_000 + 2 * 2_024_000)}),
    Case("khuyết tật, hộ nghèo, nội trú: một học bổng, mức cao hơn", 2026, {**BOARDER, "disabled": True, "poverty": POVERTY.poor},
         {"policy_scholarship": pays(2_024_000, months=12), "disability_scholarship": refuses("7.1")}),
    Case("học viên khuyết tật hộ nghèo: từ tháng 4/2026 hưởng 100%", 2026, {**TRAINEE, "poverty": POVERTY.poor},
         {"policy_scholarship": pays(2_530_000, months=12, cite="8.1.b")}),
    Case("học viên khuyết tật không nghèo", 2026, TRAINEE, {"policy_scholarship": pays(2_024_000, cite="8.1.a")}),
    Case("sinh viên cử tuyển", 2026, {"level": LEVEL.university, "grade": None, "admission": ADMISSION.quota},
         {"policy_scholarship": pays(2_024_000, months=12)}),
    Case("dự bị đại học", 2026, {"level": LEVEL.pre_university, "grade": None}, {"policy_scholarship": pays(2_024_000, months=9)}),
    Case("lưu ban năm đầu", 2026, {**BOARDER, "study_status": STUDY_STATUS.repeating},
         {"policy_scholarship": pays(2_024_000, cite="8.2.d")}),
    Case("bị đình chỉ: văn bản không nhắc lại", 2026, {**BOARDER, "study_status": STUDY_STATUS.suspended},
         {"policy_scholarship": pays(2_024_000, cite="8.1.a")}),
    Case("lớp 9: tháng hè không trả", 2026, {**BOARDER, "grade": 9}, {"policy_scholarship": pays(2_024_000, months=9)}),
    Case("trường bình thường", 2026, {"ethnicity": ETHNICITY.tay}, {"policy_scholarship": refuses()}),
    Case("chưa rõ loại trường", 2026, {**BOARDER, "school_kind": None}, {"policy_scholarship": undecided("school_kind")}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-66-2026",
    number="66/2026/NĐ-CP",
    kind="decree",
    title_vi="Quy định chi tiết một số điều của Luật Giáo dục",
    title_en="Details of the Law on Education",
    issued=date(2026, 3, 2),
    since=date(2026, 3, 15),
    source="DX66",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-84-2020"),),
    numbers=(
        NumberValue(
            "policy_scholarship_percent",
            80,
            "% of base salary",
            "8.1.a",
            "DX66",
            vi="Học bổng chính sách",
            en="Policy scholarship",
        ),
        NumberValue(
            "policy_scholarship_poor_percent",
            100,
            "% of base salary",
            "8.1.b",
            "DX66",
            vi="Học bổng chính sách, hộ nghèo ở cơ sở cho thương binh, người khuyết tật",
            en="Policy scholarship, poor households, institutions for war invalids and the disabled",
        ),
    ),
    rules=(
        Rule(
            benefit="policy_scholarship",
            cite="8.1",
            who=(months_of_last_year("8.2.d"),),
            grounds=(
                Condition(
                    "8.1.b",
                    "Học viên thuộc hộ nghèo học tại cơ sở giáo dục nghề nghiệp dành cho thương binh, người khuyết tật: 100% mức lương cơ sở",
                    "A trainee of a poor household in a vocational institution for war invalids and the disabled: 100 % of the base salary",
                    trainee & poor,
                    quantity=hundred_percent,
                ),
                *eighty_percent_grounds("8.1.a", "8.2.d"),
                Condition(
                    "8.1.a",
                    "Học sinh nội trú, dự bị đại học đang bị đình chỉ: văn bản không nói ngừng học bổng",
                    "A suspended boarding or pre-university learner: the text does not say that the scholarship stops",
                    (boarding_pupil | pre_university) & suspended,
                    doubt=SUSPENDED,
                ),
            ),
            quantity=eighty_percent,
            cap=12,
            twelve=True,
            papers=(
                (
                    "Đơn đề nghị (Mẫu số 04), nộp một lần, trong 10 ngày làm việc kể từ ngày nhập học",
                    "Application (form 04), once, within 10 working days of enrolment",
                ),
                (
                    "Giấy chứng nhận hộ nghèo, khi không tra cứu được",
                    "Poor household certificate, when not in the database",
                ),
            ),
        ),
    ),
    cases=CASES,
)
