"""Decree 81/2021/NĐ-CP: tuition exemption and reduction (Articles 14 to 16), study-cost support (Article 18), 2021 to 2025.

Read in a text copy made by optical recognition (source ND81T). Its day in force, 15 October 2021, is reported by LN81C; the
school year 2021-2022 was decided under it from September. Not written here, for want of a fact: private primary pupils where
public places lack (16.3), waivers after disasters (Article 17), universities.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Const, Fact, Number
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
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, MERIT, POVERTY, STUDY_STATUS
from ansinh.law._doubts import DIFFICULT_AREA, VOCATIONAL
from ansinh.law._vocational import clauses, tuition_cases, tuition_vocational
from ansinh.law._words import (
    adult_education,
    age,
    age_by_year,
    boarding_school,
    difficult_place,
    disabled,
    ethnic_minority,
    general_school,
    grandparents_near_poor,
    grandparents_poor,
    kindergarten,
    lower_secondary,
    merit,
    minority_commune,
    near_poor,
    no_support,
    nursery,
    orphan_of_both,
    paid_by_decree_57,
    poor,
    primary,
    public_school,
    repeating_or_suspended,
    school_year,
    very_small_group,
)

FIRST_DAY = Doubt(
    "Ngày hiệu lực 15/10/2021 của Nghị định 81/2021/NĐ-CP chỉ đọc được ở nguồn thứ cấp; tháng 9 và tháng 10 năm 2021 cần kiểm tra.",
    "The day in force of Decree 81/2021, 15 October 2021, was read in a secondary source only; check September and October 2021.",
    until=Month(2021, 11),
)
ALLOWANCE = Doubt(
    "Trợ cấp xã hội hằng tháng của người từ 16 đến 22 tuổi chưa phải là dữ kiện riêng: ở đây lấy theo “không có nguồn nuôi dưỡng”.",
    "The monthly social allowance at ages 16 to 22 is no fact of its own: “no source of support” is used.",
)
LIVES_THERE = Doubt(
    "Khoản 4 Điều 18 viết “ở” vùng ĐBKK; Bộ trả lời (05/4/2024, 15/10/2024) là phải thường trú và thực tế ở đó. Trường ngoài vùng ĐBKK: cần xác nhận nơi ở thực tế.",
    "Article 18.4 says “in” the extremely difficult place; the Ministry answered (5 April and 15 October 2024) that the learner must be registered and really live there. The school lies outside: confirm where the learner lives.",
    only="yes",
)

pupil = kindergarten | general_school | adult_education
kindergarten_or_pupil = kindergarten | general_school
BARS = (
    Condition(
        "20.8",
        "Đang bị kỷ luật ngừng học, buộc thôi học, lưu ban, học lại (trừ một lần do ốm đau, tai nạn, bất khả kháng)",
        "Suspended, expelled or repeating (except once for illness, accident or force majeure)",
        repeating_or_suspended,
    ),
)

EXEMPT = (
    Condition(
        "14",
        "Học sinh tiểu học trường công lập không phải đóng học phí",
        "Public primary pupils pay no tuition",
        primary & public_school,
    ),
    Condition(
        "15.1",
        "Đối tượng theo Pháp lệnh Ưu đãi người có công với cách mạng",
        "Covered by the Ordinance on people with merit",
        merit,
    ),
    Condition(
        "15.2",
        "Trẻ em mẫu giáo, học sinh khuyết tật",
        "A disabled kindergarten child or pupil",
        disabled & kindergarten_or_pupil,
    ),
    Condition(
        "15.3",
        "Trẻ em mẫu giáo, học sinh dưới 16 tuổi không có nguồn nuôi dưỡng",
        "A kindergarten child or pupil under 16 with no source of support",
        no_support & kindergarten_or_pupil & (age < 16),
    ),
    Condition(
        "15.3",
        "Người từ 16 đến 22 tuổi đang học phổ thông hưởng trợ cấp xã hội hằng tháng",
        "Aged 16 to 22 in general education, on the monthly social allowance",
        no_support & general_school & age.between(16, 22),
        doubt=ALLOWANCE,
    ),
    Condition(
        "15.4",
        "Có cha hoặc mẹ hoặc cả cha và mẹ, hoặc ông bà (trong trường hợp ở với ông bà) thuộc hộ nghèo",
        "Father, mother or both, or grandparents (if living with them), in a poor household",
        pupil & (poor | grandparents_poor),
    ),
    Condition(
        "15.5",
        "Trẻ em mầm non 5 tuổi ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo",
        "A five-year-old in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune",
        (nursery | kindergarten) & age_by_year.is_(5) & difficult_place("home"),
    ),
    Condition(
        "15.6",
        "Trẻ em mầm non 5 tuổi khác, từ năm học 2024-2025",
        "Any other five-year-old, from the school year 2024-2025",
        (nursery | kindergarten) & age_by_year.is_(5) & (school_year >= 2024),
    ),
    Condition("15.7", "Con của hạ sĩ quan, binh sĩ tại ngũ", "Child of a serving conscript", Fact("conscript_child")),
    Condition(
        "15.8",
        "Học sinh trung học cơ sở ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo, từ năm học 2022-2023",
        "A lower-secondary pupil in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune, from 2022-2023",
        lower_secondary & difficult_place("home") & (school_year >= 2022),
    ),
    Condition(
        "15.9",
        "Học sinh trung học cơ sở khác, từ năm học 2025-2026",
        "Any other lower-secondary pupil, from the school year 2025-2026",
        lower_secondary & (school_year >= 2025),
    ),
    Condition(
        "15.11", "Học sinh trường phổ thông dân tộc nội trú", "Pupil of an ethnic boarding school", boarding_school
    ),
    Condition(
        "15.15",
        "Học sinh dân tộc thiểu số rất ít người ở vùng khó khăn hoặc đặc biệt khó khăn",
        "A pupil of a very small ethnic group in a difficult or extremely difficult area",
        general_school & very_small_group & minority_commune("home"),
        doubt=DIFFICULT_AREA,
    ),
)
REDUCED = (
    Condition(
        "16.1.c",
        "Trẻ em mẫu giáo, học sinh dân tộc thiểu số (không phải rất ít người) ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo: giảm 70%",
        "A kindergarten child or pupil of an ethnic minority (not a very small group) in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune: reduced by 70 %",
        kindergarten_or_pupil & ethnic_minority & ~very_small_group & difficult_place("home"),
        quantity=Const(70),
    ),
    Condition(
        "16.2.a",
        "Có cha hoặc mẹ là cán bộ, công nhân, viên chức bị tai nạn lao động, bệnh nghề nghiệp hưởng trợ cấp thường xuyên: giảm 50%",
        "A parent on a regular work-accident or occupational-disease allowance: reduced by 50 %",
        kindergarten_or_pupil & Fact("work_accident_parent"),
        quantity=Const(50),
    ),
    Condition(
        "16.2.b",
        "Có cha hoặc mẹ hoặc cả cha và mẹ, hoặc ông bà (trong trường hợp ở với ông bà) thuộc hộ cận nghèo: giảm 50%",
        "Father, mother or both, or grandparents (if living with them), in a near-poor household: reduced by 50 %",
        pupil & (near_poor | grandparents_near_poor),
        quantity=Const(50),
    ),
)
tuition = Rule(
    benefit="tuition",
    cite="15",
    who=(
        Condition(
            "15",
            "Trẻ em mầm non, học sinh phổ thông, học viên giáo dục thường xuyên theo chương trình phổ thông",
            "A preschool child, general pupil, or adult-education learner of a general programme",
            nursery | pupil,
            doubt=VOCATIONAL,
        ),
    ),
    grounds=(*EXEMPT, *REDUCED),
    quantity=Const(100),
    cap=9,
    bars=BARS,
)

study_cost = Rule(
    benefit="study_cost",
    cite="18",
    who=(
        Condition(
            "18",
            "Trẻ em mẫu giáo, học sinh phổ thông, học viên giáo dục thường xuyên theo chương trình phổ thông",
            "A kindergarten child, general pupil, or adult-education learner of a general programme",
            pupil,
        ),
        Condition(
            "",
            "Không phải học sinh phổ thông hưởng Nghị định 57/2017/NĐ-CP (điểm b khoản 3 Điều 4 Nghị định đó)",
            "Not a general pupil supported under Decree 57/2017 (its Article 4.3.b)",
            ~(general_school & paid_by_decree_57),
        ),
    ),
    grounds=(
        Condition("18.1", "Mồ côi cả cha lẫn mẹ", "Orphaned of both parents", orphan_of_both),
        Condition("18.2", "Bị khuyết tật", "Disabled", disabled),
        Condition("18.3", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
        Condition(
            "18.4",
            "Ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo, trường cũng ở đó",
            "In an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune, and the school too",
            difficult_place("home") & difficult_place("school"),
        ),
        Condition(
            "18.4",
            "Ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo",
            "In an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune",
            difficult_place("home"),
            doubt=LIVES_THERE,
        ),
    ),
    quantity=Number("study_cost_vnd"),
    cap=9,
    bars=BARS,
    papers=(
        ("Giấy xác nhận hộ nghèo, nộp mỗi đầu học kỳ", "Poor household certificate, at the start of each semester"),
    ),
)

BORN_2018 = date(2018, 5, 10)
FIVE = {"level": LEVEL.kindergarten, "grade": None, "birth_date": date(2019, 5, 10)}
MINORITY = {"ethnicity": ETHNICITY.tay, "home_dbkk_hamlet": True}
PAID = pays(150_000, months=9, total=1_350_000)

COURSES = clauses(
    "merit 15.1, disabled 15.2, orphan 15.3, minority_poor 15.12, very_small 15.15, lower_secondary 15.17, needed 15.18,"
    "special 15.19, arts 16.1, heavy 16.1.b, minority_place 16.1.c, accident 16.2.a"
)

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("PUB-01: chỉ tạm trú ở xã ĐBKK", 2024, {"school_area": AREA.three}, {"study_cost": refuses()},
         source="PUB-01"),
    Case("PUB-03: tiểu học, hộ nghèo", 2023, {"level": LEVEL.primary, "grade": 3, "poverty": POVERTY.poor},
         {"study_cost": PAID, "tuition": pays(100, cite="14")}, source="PUB-03"),
    Case("DER-03: năm tuổi, cận nghèo", 2023, {**FIVE, "birth_date": BORN_2018, "poverty": POVERTY.near_poor},
         {"tuition": pays(50, cite="16.2.b"), "study_cost": refuses()}, source="DER-03"),
    Case("DER-04: chỉ cha ở thôn ĐBKK", 2022, {**FIVE, "birth_date": BORN_2018, "parent_home_dbkk_hamlet": True},
         {"study_cost": refuses()}, source="DER-04"),
    Case("DER-08: nhà trẻ hộ nghèo", 2023,
         {"level": LEVEL.nursery, "birth_date": date(2021, 4, 2), "poverty": POVERTY.poor}, {"study_cost": refuses("18")}, source="DER-08"),
    Case("DER-28: ở với ông bà nghèo", 2023, {"lives_with_grandparents": True, "grandparents_poverty": POVERTY.poor},
         {"tuition": pays(100, cite="15.4"), "study_cost": refuses()}, source="DER-28"),
    Case("DER-29: cận nghèo, trung học cơ sở", 2023, {"poverty": POVERTY.near_poor, "home_area": AREA.one},
         {"tuition": pays(50, months=9, cite="16.2.b"), "study_cost": refuses()}, source="DER-29"),
    Case("năm tuổi trước năm học 2024-2025", 2023, {**FIVE, "birth_date": BORN_2018}, {"tuition": refuses()}),
    Case("năm tuổi từ năm học 2024-2025", 2024, FIVE, {"tuition": pays(100, cite="15.6")}),
    Case("dân tộc thiểu số, thôn ĐBKK, năm học 2021-2022", 2021, MINORITY,
         {"tuition": pays(70, months=9, cite="16.1.c"), "study_cost": pays(150_000, cite="18.4")}),
    Case("dân tộc thiểu số, thôn ĐBKK, năm học 2022-2023", 2022, MINORITY, {"tuition": pays(100, cite="15.8")}),
    Case("con bệnh binh", 2022, {"merit": MERIT.child}, {"tuition": pays(100, cite="15.1")}),
    Case("chưa biết hộ nghèo hay không", 2022, {"poverty": None},
         {"tuition": undecided("poverty"), "study_cost": undecided("poverty")}),
    Case("lưu ban", 2022, {"poverty": POVERTY.poor, "study_status": STUDY_STATUS.repeating},
         {"tuition": refuses("20.8"), "study_cost": refuses("20.8")}),
    Case("không có nguồn nuôi dưỡng, đủ 16 tuổi từ tháng 1", 2022,
         {"level": LEVEL.lower_secondary, "birth_date": date(2007, 1, 1), "no_support": True}, {"tuition": pays(100, months=9, cite="15.3")}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-81-2021",
    number="81/2021/NĐ-CP",
    kind="decree",
    title_vi="Cơ chế thu, quản lý học phí và chính sách miễn, giảm học phí, hỗ trợ chi phí học tập",
    title_en="Collecting and managing tuition; exemption, reduction and study-cost support",
    issued=date(2021, 8, 27),
    since=date(2021, 10, 15),
    applies_from=Month(2021, 9),
    source="ND81T; LN81C",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-86-2015"),),
    numbers=(
        NumberValue("study_cost_vnd", 150_000, "VND/month", "20.10", "ND81T", vi="Chi phí học tập", en="Study cost"),
    ),
    rules=(tuition, study_cost, tuition_vocational(COURSES, cite="15", bars=BARS)),
    cases=(*CASES, *tuition_cases(2023, COURSES, bar="20.8", sources={"heavy": "PUB-15"})),
    doubts=(FIRST_DAY,),
    filings=(
        Filing(
            (
                "tuition",
                "study_cost",
            ),
            "19",
            ("Nhà trường nơi cháu học", "The school the child attends"),
            (
                "Trong 45 ngày làm việc kể từ ngày khai giảng; giấy hộ nghèo, cận nghèo nộp mỗi đầu học kỳ",
                "Within 45 working days of the opening of the year; a poor or near-poor certificate at the start of each semester",
            ),
            "ND81T",
        ),
    ),
)
