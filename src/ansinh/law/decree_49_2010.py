"""Decree 49/2010/NĐ-CP: tuition exemption and reduction, study-cost support, school years 2010-2011 to 2014-2015.

Article 3 (public primary pupils pay no tuition) is restated by PLDS49; 70,000 a month and a payment for January to May of
2010-2011 are confirmed by a district report (BPY70). The groups of Articles 4 to 6 were not read: they are written as later
decrees and restatements have them, and every answer says so. Vocational and higher education are not written here.
"""

from datetime import date

from ansinh.core.dates import Month, study_mask
from ansinh.core.nodes import Const, Fact, Number
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
from ansinh.core.tables import LEVEL, ORPHAN, POVERTY
from ansinh.law._doubts import HARDSHIP, NO_BORDER_FACT, VOCATIONAL
from ansinh.law._words import (
    boarding_school,
    difficult_place,
    disabled,
    general_school,
    kindergarten,
    merit,
    no_support,
    orphan_of_both,
    poor,
    poor_or_near_poor,
    primary,
    public_school,
    repeating_or_suspended,
)

UNREAD = Doubt(
    "Chưa đọc được Điều 4, 5, 6 Nghị định 49/2010/NĐ-CP: nhóm được miễn, giảm, hỗ trợ mức tối đa 9 tháng và ngày hiệu lực phải được đối chiếu với Công báo.",
    "Articles 4, 5 and 6 of Decree 49/2010 were not read: the groups, the 9 months and the day in force must be checked against the gazette.",
)
STARTED = Doubt(
    "Chưa rõ hỗ trợ chi phí học tập của năm học 2010-2011 tính từ tháng nào: báo cáo một huyện chỉ trả tháng 1 đến tháng 5 năm 2011.",
    "It is not known from which month of 2010-2011 study-cost support counts: one district's report pays January to May 2011 only.",
    until=Month(2011, 9),
)

PUPIL = Condition(
    "",
    "Trẻ em mẫu giáo, học sinh phổ thông",
    "A kindergarten child or general pupil",
    kindergarten | general_school,
    doubt=VOCATIONAL,
)
BARS = (
    Condition(
        "",
        "Đang bị kỷ luật ngừng học, buộc thôi học, lưu ban, học lại (trừ một lần do ốm đau, tai nạn, bất khả kháng)",
        "Suspended, expelled or repeating (except once for illness, accident or force majeure)",
        repeating_or_suspended,
    ),
)
residence = difficult_place("parent_home")
orphan_without_support = orphan_of_both & no_support
disabled_in_hardship = disabled & poor_or_near_poor

# Decree 74/2013 restates these and adds its own.
EXEMPT = (
    Condition(
        "3",
        "Học sinh tiểu học công lập không phải đóng học phí",
        "Public primary pupils pay no tuition",
        primary & public_school,
    ),
    Condition("4", "Người có công với cách mạng và thân nhân", "People with merit and their children", merit),
    Condition(
        "4",
        "Có cha mẹ thường trú tại xã biên giới, vùng cao, hải đảo và xã đặc biệt khó khăn",
        "Parents permanently reside in a border, highland, island or extremely difficult commune",
        residence,
        doubt=NO_BORDER_FACT,
    ),
    Condition(
        "4",
        "Khuyết tật có khó khăn về kinh tế",
        "Disabled with economic difficulty",
        disabled_in_hardship,
        doubt=HARDSHIP,
    ),
    Condition(
        "4",
        "Mồ côi cả cha lẫn mẹ không nơi nương tựa",
        "Orphaned of both parents with no support",
        orphan_without_support,
    ),
    Condition("4", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
    Condition(
        "4", "Con của hạ sĩ quan, binh sĩ phục vụ có thời hạn", "Child of a serving conscript", Fact("conscript_child")
    ),
    Condition("4", "Học sinh trường phổ thông dân tộc nội trú", "Pupil of an ethnic boarding school", boarding_school),
)
ACCIDENT = Condition(
    "5",
    "Có cha hoặc mẹ bị tai nạn lao động, bệnh nghề nghiệp hưởng trợ cấp thường xuyên: giảm 50%",
    "A parent on a regular work-accident or occupational-disease allowance: reduced by 50 %",
    Fact("work_accident_parent"),
    quantity=Const(50),
)

PLACE = {"parent_home_dbkk_coast": True}

DOCUMENT = Document(
    id="nd-49-2010",
    number="49/2010/NĐ-CP",
    kind="decree",
    title_vi="Miễn, giảm học phí, hỗ trợ chi phí học tập và cơ chế thu, sử dụng học phí từ năm học 2010-2011 đến năm học 2014-2015",
    title_en="Tuition exemption and reduction, study-cost support, collecting and using tuition, 2010-2011 to 2014-2015",
    issued=date(2010, 5, 14),
    since=date(2010, 7, 1),
    applies_from=Month(2010, 9),
    source="PLDS49; BPY70",
    mark=Mark.UNCONFIRMED,
    benefits=(
        Benefit("tuition", "Miễn, giảm học phí", "Tuition exemption or reduction", "%"),
        Benefit("study_cost", "Hỗ trợ chi phí học tập", "Study-cost support", "VND"),
    ),
    numbers=(
        NumberValue(
            "study_cost_vnd", 70_000, "VND/month", "?", "BPY70", Mark.SECONDARY, "Chi phí học tập", "Study cost"
        ),
    ),
    rules=(
        Rule("tuition", "4", (PUPIL,), (*EXEMPT, ACCIDENT), Const(100), 9, BARS),
        Rule(
            "study_cost",
            "6",
            (PUPIL,),
            (
                Condition(
                    "6",
                    "Có cha mẹ thường trú tại xã biên giới, vùng cao, hải đảo và xã đặc biệt khó khăn",
                    "Parents permanently reside in a border, highland, island or extremely difficult commune",
                    residence,
                    doubt=NO_BORDER_FACT,
                ),
                Condition(
                    "6",
                    "Mồ côi cả cha lẫn mẹ không nơi nương tựa, hoặc khuyết tật có khó khăn về kinh tế",
                    "Orphaned of both parents with no support, or disabled with economic difficulty",
                    orphan_without_support | disabled_in_hardship,
                    doubt=HARDSHIP,
                ),
                Condition("6", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
            ),
            Number("study_cost_vnd"),
            9,
            BARS,
            doubts=(STARTED,),
        ),
    ),
    cases=(
        Case(
            "PUB-04: Tuy An, tháng 1 đến tháng 5",
            2010,
            PLACE,
            {"study_cost": pays(70_000, months=5, total=350_000, cite="6"), "tuition": pays(100, cite="4")},
            source="PUB-04",
            months=study_mask(range(5, 10)),
        ),
        Case(
            "hộ nghèo", 2014, {"poverty": POVERTY.poor}, {"study_cost": pays(70_000, months=9, total=630_000, cite="6")}
        ),
        Case(
            "cận nghèo chưa được giảm",
            2011,
            {"poverty": POVERTY.near_poor},
            {"tuition": refuses(), "study_cost": refuses()},
        ),
        Case("mồ côi một bên", 2011, {"orphan": ORPHAN.one}, {"tuition": refuses(), "study_cost": refuses()}),
        Case("tiểu học công lập", 2011, {"level": LEVEL.primary, "grade": 2}, {"tuition": pays(100, cite="3")}),
        Case("cha mẹ bị tai nạn lao động", 2011, {"work_accident_parent": True}, {"tuition": pays(50, cite="5")}),
        Case(
            "chưa biết hộ nghèo hay không",
            2011,
            {"poverty": None},
            {"tuition": undecided("poverty"), "study_cost": undecided("poverty")},
        ),
    ),
    doubts=(UNREAD,),
)
