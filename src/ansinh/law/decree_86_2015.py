"""Decree 86/2015/NĐ-CP: tuition exemption and reduction, study-cost support, school years 2015-2016 to 2020-2021.

The text was not found. The exempt groups are those restated of Joint Circular 09/2016 (source LN0916, TVPL86, BCP86); the
three groups of Article 10 are those of TVPL86; the
50 % reduction of near-poor households is derived from Decrees 74/2013 and 81/2021, which both have it. What is written from
neighbouring decrees bears a doubt. Of vocational education, Article 7.13 is confirmed by the
Ministry's answer (BCP86); its other clauses are Decree 81/2021's. Higher education is not written here.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Const, Fact, Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, ORPHAN, POVERTY, STUDY_STATUS
from ansinh.law._doubts import VOCATIONAL
from ansinh.law._vocational import tuition_cases, tuition_vocational
from ansinh.law._words import (
    age,
    boarding_school,
    difficult_place,
    disabled,
    ethnic_minority,
    general_school,
    kindergarten,
    merit,
    minority_commune,
    near_poor,
    no_support,
    orphan_of_both,
    paid_by_decree_57,
    poor,
    poor_or_near_poor,
    primary,
    public_school,
    repeating_or_suspended,
    very_small_group,
)

UNREAD = Doubt(
    "Chưa đọc được toàn văn Nghị định 86/2015/NĐ-CP: danh sách nhóm đầy đủ, nhất là Điều 7, 8, phải được đối chiếu với Công báo.",
    "The text of Decree 86/2015 was not read: the full list of groups, above all Articles 7 and 8, must be checked against the gazette.",
)
AMOUNT = Doubt(
    "Mức 100.000 đồng/tháng và tối đa 9 tháng của Nghị định 86/2015/NĐ-CP chưa được xác nhận.",
    "The 100,000 a month and the 9 months of Decree 86/2015 are not confirmed.",
)
FROM_DECREE_81 = Doubt(
    "Nhóm này viết theo Nghị định 81/2021/NĐ-CP, chưa xác nhận trong Nghị định 86/2015/NĐ-CP.",
    "This group is written after Decree 81/2021 and not confirmed in Decree 86/2015.",
)

pupil = kindergarten | general_school
PUPIL = Condition(
    "", "Trẻ em mẫu giáo, học sinh phổ thông", "A kindergarten child or general pupil", pupil, doubt=VOCATIONAL
)
BARS = (
    Condition(
        "",
        "Đang bị kỷ luật ngừng học, buộc thôi học, lưu ban, học lại (trừ một lần do ốm đau, tai nạn, bất khả kháng)",
        "Suspended, expelled or repeating (except once for illness, accident or force majeure)",
        repeating_or_suspended,
    ),
)
tuition = Rule(
    benefit="tuition",
    cite="7",
    who=(PUPIL,),
    grounds=(
        Condition(
            "",
            "Học sinh tiểu học trường công lập không phải đóng học phí",
            "Public primary pupils pay no tuition",
            primary & public_school,
        ),
        Condition("7", "Người có công với cách mạng và thân nhân", "People with merit and their children", merit),
        Condition(
            "7",
            "Khuyết tật thuộc hộ nghèo hoặc hộ cận nghèo",
            "Disabled, in a poor or near-poor household",
            disabled & poor_or_near_poor,
        ),
        Condition(
            "7", "Dưới 16 tuổi không có nguồn nuôi dưỡng", "Under 16 with no source of support", no_support & (age < 16)
        ),
        Condition("7", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
        Condition("7", "Con của hạ sĩ quan, binh sĩ tại ngũ", "Child of a serving conscript", Fact("conscript_child")),
        Condition(
            "7", "Học sinh trường phổ thông dân tộc nội trú", "Pupil of an ethnic boarding school", boarding_school
        ),
        Condition(
            "7",
            "Học sinh dân tộc thiểu số rất ít người ở vùng khó khăn hoặc đặc biệt khó khăn",
            "A pupil of a very small ethnic group in a difficult or extremely difficult area",
            general_school & very_small_group & minority_commune("home"),
            doubt=FROM_DECREE_81,
        ),
        Condition(
            "",
            "Dân tộc thiểu số (không phải rất ít người) ở vùng đặc biệt khó khăn: giảm 70%",
            "Of an ethnic minority (not a very small group) in an extremely difficult area: reduced by 70 %",
            ethnic_minority & ~very_small_group & difficult_place("home"),
            quantity=Const(70),
            doubt=FROM_DECREE_81,
        ),
        Condition(
            "",
            "Có cha hoặc mẹ bị tai nạn lao động, bệnh nghề nghiệp hưởng trợ cấp thường xuyên: giảm 50%",
            "A parent on a regular work-accident or occupational-disease allowance: reduced by 50 %",
            Fact("work_accident_parent"),
            quantity=Const(50),
            doubt=FROM_DECREE_81,
        ),
        Condition(
            "",
            "Có cha mẹ thuộc hộ cận nghèo: giảm 50%",
            "Parents in a near-poor household: reduced by 50 %",
            near_poor,
            quantity=Const(50),
        ),
    ),
    quantity=Const(100),
    cap=9,
    bars=BARS,
)
study_cost = Rule(
    benefit="study_cost",
    cite="10",
    who=(
        PUPIL,
        Condition(
            "",
            "Không phải học sinh phổ thông hưởng Nghị định 57/2017/NĐ-CP (điểm b khoản 3 Điều 4 Nghị định đó)",
            "Not a general pupil supported under Decree 57/2017 (its Article 4.3.b)",
            ~(general_school & paid_by_decree_57),
        ),
    ),
    grounds=(
        Condition("10", "Mồ côi cả cha lẫn mẹ", "Orphaned of both parents", orphan_of_both),
        Condition("10", "Khuyết tật thuộc hộ cận nghèo", "Disabled, in a near-poor household", disabled & near_poor),
        Condition("10", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
    ),
    quantity=Number("study_cost_vnd"),
    cap=9,
    bars=BARS,
)

COURSES = {
    **dict.fromkeys(("merit", "disabled_poor", "minority_poor"), "7"),
    "lower_secondary": "7.13",
    **dict.fromkeys(("very_small", "arts", "heavy", "minority_place", "accident"), ""),
}
VOCATIONAL_DOUBT = Doubt(
    "Nhóm giáo dục nghề nghiệp viết theo Thông tư liên tịch 09/2016 và Nghị định 81/2021/NĐ-CP, chưa đối chiếu với Nghị định 86/2015/NĐ-CP.",
    "This group of vocational education is written after Joint Circular 09/2016 and Decree 81/2021, not checked against Decree 86/2015.",
)

DOCUMENT = Document(
    id="nd-86-2015",
    number="86/2015/NĐ-CP",
    kind="decree",
    title_vi="Cơ chế thu, quản lý học phí và chính sách miễn, giảm học phí, hỗ trợ chi phí học tập từ năm học 2015-2016 đến năm học 2020-2021",
    title_en="Collecting and managing tuition; exemption, reduction and study-cost support, 2015-2016 to 2020-2021",
    issued=date(2015, 10, 2),
    since=date(2015, 12, 1),
    applies_from=Month(2015, 9),
    source="LN0916; TVPL86; BCP86",
    mark=Mark.SECONDARY,
    replaces=(Replaces("nd-49-2010"), Replaces("nd-74-2013")),
    numbers=(
        NumberValue(
            "study_cost_vnd",
            100_000,
            "VND/month",
            "?",
            "TVPL86",
            Mark.UNCONFIRMED,
            "Chi phí học tập",
            "Study cost",
            AMOUNT,
        ),
    ),
    rules=(
        tuition,
        study_cost,
        tuition_vocational(COURSES, cite="7", bars=BARS, doubt=VOCATIONAL_DOUBT),
    ),
    cases=(
        *tuition_cases(2017, COURSES, bar="", sources={"lower_secondary": "PUB-05"}),
        Case(
            "hộ nghèo",
            2017,
            {"poverty": POVERTY.poor},
            {"tuition": pays(100, cite="7"), "study_cost": pays(100_000, months=9, total=900_000)},
        ),
        Case(
            "cận nghèo", 2017, {"poverty": POVERTY.near_poor}, {"tuition": pays(50, months=9), "study_cost": refuses()}
        ),
        Case(
            "khuyết tật, cận nghèo",
            2017,
            {"disabled": True, "poverty": POVERTY.near_poor},
            {"tuition": pays(100), "study_cost": pays(100_000)},
        ),
        Case("khuyết tật, không nghèo", 2017, {"disabled": True}, {"tuition": refuses(), "study_cost": refuses()}),
        Case("mồ côi cả cha lẫn mẹ", 2019, {"orphan": ORPHAN.both}, {"study_cost": pays(100_000)}),
        Case(
            "dân tộc thiểu số ở thôn ĐBKK",
            2019,
            {"ethnicity": ETHNICITY.tay, "home_dbkk_hamlet": True},
            {"tuition": pays(70)},
        ),
        Case("tiểu học công lập", 2017, {"level": LEVEL.primary, "grade": 2}, {"tuition": pays(100)}),
        Case(
            "chưa biết hộ nghèo hay không",
            2017,
            {"poverty": None},
            {"tuition": undecided("poverty"), "study_cost": undecided("poverty")},
        ),
        Case(
            "lưu ban",
            2017,
            {"poverty": POVERTY.poor, "study_status": STUDY_STATUS.repeating},
            {"study_cost": refuses("")},
        ),
        Case(
            "dân tộc rất ít người trước Nghị định 57/2017",
            2016,
            {"ethnicity": ETHNICITY.lu, "poverty": POVERTY.poor},
            {"study_cost": pays(100_000)},
        ),
        Case(
            "dân tộc rất ít người từ Nghị định 57/2017",
            2017,
            {"ethnicity": ETHNICITY.lu, "poverty": POVERTY.poor},
            {"study_cost": refuses("")},
        ),
    ),
    doubts=(UNREAD,),
)
