"""Decree 238/2025/NĐ-CP: tuition exemption (Articles 15, 16) and study-cost support (Article 17), from school year 2025-2026.

Read in a text copy made by optical recognition (source ND238T). It is in force from 3 September 2025, its day of signature;
months are whole, so the school year 2025-2026 is decided entirely under it. Private preschools, general schools and adult
education (Article 16.3.a): the tuition support is what the provincial People's Council sets, so it belongs in a province's
own law pack. In Article 17.4 the copy once misprints the area; the same clause prints III a line later. Higher education is not written here.
"""

from datetime import date

from ansinh.core.dates import Month, study_mask
from ansinh.core.nodes import Const, Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Filing,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, ORPHAN, POVERTY, STUDY_STATUS
from ansinh.law._doubts import DIFFICULT_AREA, VOCATIONAL
from ansinh.law._vocational import clauses, tuition_cases, tuition_vocational
from ansinh.law._words import (
    adult_education,
    difficult_place,
    disabled,
    general_school,
    grandparents_poor,
    kindergarten,
    merit,
    minority_commune,
    nursery,
    orphan_of_both,
    paid_by_decree_57,
    poor,
    public_school,
    repeating_or_suspended,
    very_small_group,
)

PRIVATE = Doubt(
    "Trường dân lập, tư thục: điểm a khoản 3 Điều 16 hỗ trợ học phí theo mức Hội đồng nhân dân cấp tỉnh quy định; mức đó không có trong gói luật quốc gia.",
    "Private schools: Article 16.3.a supports tuition at the rate the provincial People's Council sets; that rate is not in the national law pack.",
    only="no",
)
DECREE_57 = Doubt(
    "Điểm b khoản 3 Điều 4 Nghị định 57/2017/NĐ-CP viết cho Nghị định 86/2015/NĐ-CP; việc áp dụng với Nghị định này là suy ra.",
    "Article 4.3.b of Decree 57/2017 speaks of Decree 86/2015; that it holds for this decree is derived.",
    only="no",
)

learner = nursery | kindergarten | general_school | adult_education
BARS = (
    Condition(
        "19.8",
        "Đang bị kỷ luật ngừng học, buộc thôi học, bảo lưu, lưu ban, học lại (trừ một lần do ốm đau, tai nạn, bất khả kháng)",
        "Suspended, expelled, on reservation or repeating (except once for illness, accident or force majeure)",
        repeating_or_suspended,
    ),
)

tuition = Rule(
    benefit="tuition",
    cite="15",
    who=(
        Condition(
            "15.1",
            "Trẻ em mầm non, học sinh phổ thông, học viên giáo dục thường xuyên theo chương trình phổ thông",
            "A preschool child, general pupil, or adult-education learner of a general programme",
            learner,
            doubt=VOCATIONAL,
        ),
    ),
    grounds=(
        Condition("15.1", "Học trong cơ sở giáo dục công lập", "In a public establishment", public_school),
        Condition(
            "15.2",
            "Đối tượng theo Pháp lệnh Ưu đãi người có công với cách mạng",
            "Covered by the Ordinance on people with merit",
            merit,
            doubt=PRIVATE,
        ),
        Condition(
            "15.10",
            "Học sinh dân tộc thiểu số rất ít người ở vùng có điều kiện kinh tế - xã hội khó khăn hoặc đặc biệt khó khăn",
            "A pupil of a very small ethnic group in a difficult or extremely difficult area",
            (general_school | adult_education) & very_small_group & minority_commune("home"),
            doubt=DIFFICULT_AREA,
        ),
    ),
    quantity=Const(100),
    cap=9,
    bars=BARS,
)

study_cost = Rule(
    benefit="study_cost",
    cite="17",
    who=(
        Condition(
            "17",
            "Trẻ em mầm non, học sinh phổ thông, học viên giáo dục thường xuyên theo chương trình phổ thông",
            "A preschool child, general pupil, or adult-education learner of a general programme",
            learner,
        ),
        Condition(
            "",
            "Không phải học sinh phổ thông hưởng Nghị định 57/2017/NĐ-CP (điểm b khoản 3 Điều 4 Nghị định đó)",
            "Not a general pupil supported under Decree 57/2017 (its Article 4.3.b)",
            ~(general_school & paid_by_decree_57),
            doubt=DECREE_57,
        ),
    ),
    grounds=(
        Condition("17.1", "Mồ côi cả cha lẫn mẹ", "Orphaned of both parents", orphan_of_both),
        Condition("17.2", "Người khuyết tật", "Disabled", disabled),
        Condition(
            "17.3",
            "Có cha hoặc mẹ hoặc cả cha và mẹ, hoặc ông bà (trong trường hợp ở với ông bà) thuộc hộ nghèo",
            "Father, mother or both, or grandparents (if living with them), in a poor household",
            poor | grandparents_poor,
        ),
        Condition(
            "17.4",
            "Bản thân và cha hoặc mẹ hoặc người giám hộ thường trú, và đang học, ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo (nơi đó không có cơ sở giáo dục, phải học ở địa bàn khác: xét riêng theo quy định của địa phương)",
            "The learner and father, mother or guardian permanently reside, and the learner studies, in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune (schooled elsewhere for want of a school there: look at it under local rules)",
            difficult_place("home") & difficult_place("parent_home") & difficult_place("school"),
        ),
    ),
    quantity=Number("study_cost_vnd"),
    cap=9,
    bars=BARS,
    papers=(
        ("Đơn đề nghị (Phụ lục II)", "Application (Annex II)"),
        ("Giấy xác nhận mồ côi cả cha lẫn mẹ", "Confirmation of the loss of both parents"),
        (
            "Giấy xác nhận khuyết tật hoặc quyết định trợ cấp xã hội",
            "Disability certificate or social-assistance decision",
        ),
        ("Giấy xác nhận hộ nghèo, nộp mỗi đầu học kỳ", "Poor household certificate, at the start of each semester"),
    ),
)

NURSERY = {"level": LEVEL.nursery, "grade": None, "birth_date": date(2023, 4, 2)}
PLACE = {"home_area": AREA.three, "parent_home_area": AREA.three, "school_area": AREA.three}
PAID = pays(150_000, months=9, total=1_350_000)
COURSES = clauses(
    "merit 15.2, disabled 15.3, orphan 15.4, minority_poor 15.7, very_small 15.10, lower_secondary 15.12, needed 15.13,"
    "special 15.14, arts 16.1, heavy 16.1, minority_place_parent 16.1.c, accident 16.2"
)

DOCUMENT = Document(
    id="nd-238-2025",
    number="238/2025/NĐ-CP",
    kind="decree",
    title_vi="Chính sách học phí, miễn, giảm, hỗ trợ học phí, hỗ trợ chi phí học tập",
    title_en="Tuition; exemption, reduction and support of tuition; study-cost support",
    issued=date(2025, 9, 3),
    since=date(2025, 9, 3),
    applies_from=Month(2025, 9),
    source="ND238T",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-81-2021"), Replaces("nd-97-2023")),
    numbers=(
        NumberValue("study_cost_vnd", 150_000, "VND/month", "19.10", "ND238T", vi="Chi phí học tập", en="Study cost"),
    ),
    rules=(tuition, study_cost, tuition_vocational(COURSES, cite="15", bars=BARS)),
    cases=(
        *tuition_cases(2025, COURSES, bar="19.8", sources={}),
        Case(
            "công lập: miễn học phí", 2025, {}, {"tuition": pays(100, months=9, cite="15.1"), "study_cost": refuses()}
        ),
        Case("tư thục: không có mức quốc gia", 2025, {"public_school": False}, {"tuition": refuses()}),
        Case("chưa biết loại hình trường", 2025, {"public_school": None}, {"tuition": undecided("public_school")}),
        Case("DER-24: khuyết tật", 2025, {"disabled": True}, {"study_cost": PAID}, source="DER-24"),
        Case(
            "DER-26: mồ côi cả cha lẫn mẹ",
            2025,
            {"orphan": ORPHAN.both},
            {"study_cost": PAID, "tuition": pays(100, cite="15.1")},
            source="DER-26",
        ),
        Case("DER-27: mồ côi cha", 2025, {"orphan": ORPHAN.one}, {"study_cost": refuses()}, source="DER-27"),
        Case(
            "DER-08: nhà trẻ nghèo", 2025, {**NURSERY, "poverty": POVERTY.poor}, {"study_cost": PAID}, source="DER-08"
        ),
        Case(
            "DER-28: ở với ông bà nghèo",
            2025,
            {"lives_with_grandparents": True, "grandparents_poverty": POVERTY.poor},
            {"study_cost": pays(150_000, months=9, cite="17.3")},
            source="DER-28",
        ),
        Case(
            "DER-29: cận nghèo",
            2025,
            {"poverty": POVERTY.near_poor, "home_area": AREA.one},
            {"tuition": pays(100), "study_cost": refuses()},
            source="DER-29",
        ),
        Case(
            "DER-31: nộp hồ sơ tháng 1, học tháng 1 đến 5",
            2025,
            {"poverty": POVERTY.poor},
            {"study_cost": pays(150_000, months=5, total=750_000)},
            source="DER-31",
            months=study_mask(range(5, 10)),
        ),
        Case(
            "DER-32: khuyết tật, lưu ban",
            2025,
            {"disabled": True, "study_status": STUDY_STATUS.repeating},
            {"study_cost": refuses("19.8"), "tuition": refuses("19.8")},
            source="DER-32",
        ),
        Case(
            "DER-32: lưu ban do ốm đau",
            2025,
            {"disabled": True, "study_status": STUDY_STATUS.repeating_illness},
            {"study_cost": PAID},
            source="DER-32",
        ),
        Case("xã ĐBKK, đủ ba nơi", 2025, PLACE, {"study_cost": pays(150_000, cite="17.4")}),
        Case("trường ngoài xã ĐBKK", 2025, {**PLACE, "school_area": AREA.one}, {"study_cost": refuses()}),
        Case(
            "chưa biết nơi trường đặt", 2025, {**PLACE, "school_area": None}, {"study_cost": undecided("school_area")}
        ),
        Case(
            "dân tộc rất ít người, phổ thông",
            2025,
            {"ethnicity": ETHNICITY.si_la, "disabled": True},
            {"study_cost": refuses("")},
        ),
    ),
    filings=(
        Filing(
            ("tuition",),
            "",
            ("Không phải nộp đơn: nhà trường lập danh sách", "No application: the school draws up the list"),
            ("Trong 10 ngày làm việc kể từ ngày khai giảng", "Within 10 working days of the opening of the year"),
            "ND238T",
        ),
        Filing(
            ("tuition_vocational",),
            "",
            (
                "Cơ sở giáo dục nghề nghiệp hoặc đại học nơi học; trường tư: xã nơi thường trú",
                "The training institution; private: the commune of permanent residence",
            ),
            ("Trong 45 ngày làm việc kể từ ngày nhập học", "Within 45 working days of enrolment"),
            "ND238T",
        ),
        Filing(
            ("study_cost",),
            "18.5",
            (
                "Nhà trường nơi cháu học (thủ tục 1.014336 và các thủ tục liền số trên Cổng dịch vụ công quốc gia)",
                "The school the child attends (procedures 1.014333 to 1.014337 of the national portal)",
            ),
            (
                "Trong 45 ngày làm việc kể từ ngày khai giảng; nộp muộn thì được tính từ ngày nộp",
                "Within 45 working days of the opening of the year; filed later, it counts from the day of filing",
            ),
            "ND238T",
        ),
    ),
)
