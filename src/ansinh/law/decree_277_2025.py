"""Decree 277/2025/NĐ-CP on universal preschool for ages 3 to 5: lunch support and study-cost support.

Groups and amounts as restated in secondary pages (sources HUE277, KENH277, VN277, SGGP277). Its first day, its articles and
its transitional clauses were not read: the day of issue is taken as the first day, with a doubt on every answer.
"""

from datetime import date

from ansinh.core.nodes import Fact, Node, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Filing,
    Mark,
    NumberValue,
    Overlap,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY
from ansinh.law._words import (
    age_by_year,
    child_of_merit,
    difficult_place,
    disabled,
    kindergarten,
    minority_commune,
    no_support,
    poor_or_near_poor,
    public_school,
    very_small_group,
)

FIRST_DAY = Doubt(
    "Chưa đọc được toàn văn Nghị định 277/2025/NĐ-CP: ngày hiệu lực (đang lấy ngày ban hành 20/10/2025), số điều và quy định chuyển tiếp với Điều 7 Nghị định 105/2020/NĐ-CP phải được kiểm tra.",
    "The text of Decree 277/2025 was not read: its first day (its day of issue, 20 October 2025, is used), its articles and the transition from Article 7 of Decree 105/2020 must be checked.",
)
ONE_AMOUNT = Doubt(
    "Giả định: hỗ trợ chi phí học tập của Nghị định 277/2025/NĐ-CP và của Nghị định 238/2025/NĐ-CP (khoản 4 Điều 19) cùng tính chất, chỉ hưởng một mức cao nhất.",
    "Assumed: the study-cost supports of Decree 277/2025 and of Decree 238/2025 (Article 19.4) are of one kind, and only the highest is given.",
)


def _aged_three_to_five(*, small_groups: bool) -> Condition:
    vi, en = "Trẻ em mẫu giáo từ 3 đến 5 tuổi", "A kindergarten child aged 3 to 5"
    holds: Node = kindergarten & age_by_year.between(3, 5)
    if small_groups:
        return Condition("", vi, en, holds)
    vi += ", không thuộc dân tộc thiểu số rất ít người theo Nghị định 57/2017/NĐ-CP"
    return Condition("", vi, en + ", not of a very small ethnic group under Decree 57/2017", holds & ~very_small_group)


LUNCH_GROUNDS = (
    Condition(
        "",
        "Thường trú tại xã, thôn ĐBKK và học tại cơ sở giáo dục mầm non công lập (hoặc của lực lượng vũ trang) thuộc xã khu vực III, II, I, xã có thôn ĐBKK, xã ĐBKK bãi ngang, ven biển, hải đảo",
        "Permanently resident in an extremely difficult commune or hamlet, in a public preschool (or one of the armed forces) of an area III, II or I commune, a commune with extremely difficult hamlets, or an extremely difficult coastal or island commune",
        difficult_place("home") & public_school & minority_commune("school"),
    ),
    Condition(
        "",
        "Không có nguồn nuôi dưỡng theo khoản 1 Điều 5 Nghị định 20/2021/NĐ-CP",
        "No source of support under Article 5.1 of Decree 20/2021",
        no_support,
    ),
    Condition("", "Thuộc hộ nghèo, hộ cận nghèo", "Of a poor or near-poor household", poor_or_near_poor),
    Condition(
        "",
        "Con liệt sĩ, Anh hùng Lực lượng vũ trang nhân dân, thương binh, bệnh binh và đối tượng chính sách khác",
        "Child of a martyr, Hero of the Armed Forces, war invalid, sick soldier or another policy group",
        child_of_merit,
    ),
    Condition("", "Khuyết tật học hòa nhập", "Disabled, in inclusive education", disabled & Fact("inclusive")),
)
STUDY_GROUNDS = (
    *(
        Condition(
            "",
            f"Được hỗ trợ ăn trưa: {c.vi[0].lower()}{c.vi[1:]}",
            f"Entitled to lunch support: {c.en[0].lower()}{c.en[1:]}",
            c.holds & ~very_small_group,
        )
        for c in LUNCH_GROUNDS
    ),
    Condition(
        "",
        "Học tại cơ sở giáo dục mầm non dân lập, tư thục và có cha, mẹ hoặc người chăm sóc là công nhân khu công nghiệp",
        "In a private or people-founded preschool, with a parent or caregiver working in an industrial park",
        ~public_school & Fact("industrial_worker_parent"),
    ),
)

CHILD = {"level": LEVEL.kindergarten, "birth_date": date(2022, 5, 10), "grade": None}
RESIDENT = {**CHILD, "home_area": AREA.three, "school_area": AREA.three}
BOTH = ("lunch", "study_cost_preschool")

DOCUMENT = Document(
    id="nd-277-2025",
    number="277/2025/NĐ-CP",
    kind="decree",
    title_vi="Quy định chi tiết Nghị quyết 218/2025/QH15 về phổ cập giáo dục mầm non cho trẻ em từ 3 đến 5 tuổi",
    title_en="Details of Resolution 218/2025/QH15 on universal preschool for children aged 3 to 5",
    issued=date(2025, 10, 20),
    since=date(2025, 10, 20),
    source="HUE277; KENH277; VN277; SGGP277",
    mark=Mark.SECONDARY,
    replaces=(Replaces("nd-105-2020", ("7",)),),
    benefits=(
        Benefit(
            "study_cost_preschool",
            "Hỗ trợ chi phí học tập trẻ em 3-5 tuổi",
            "Study-cost support, ages 3 to 5",
            "VND",
        ),
    ),
    numbers=(
        NumberValue(
            "lunch_vnd", 360_000, "VND/month", "?", "VN277; SGGP277", Mark.SECONDARY, "Ăn trưa", "Lunch support"
        ),
        NumberValue(
            "study_cost_preschool_vnd",
            150_000,
            "VND/month",
            "?",
            "VN277; SGGPEN277",
            Mark.SECONDARY,
            "Chi phí học tập 3-5 tuổi",
            "Study cost, ages 3 to 5",
        ),
    ),
    rules=(
        Rule("lunch", "", (_aged_three_to_five(small_groups=False),), LUNCH_GROUNDS, Number("lunch_vnd"), 9),
        Rule(
            "study_cost_preschool",
            "",
            (_aged_three_to_five(small_groups=True),),
            STUDY_GROUNDS,
            Number("study_cost_preschool_vnd"),
            9,
            doubts=(ONE_AMOUNT,),
        ),
    ),
    overlaps=(
        Overlap(
            ("study_cost", "study_cost_preschool"),
            "",
            "Hai khoản hỗ trợ chi phí học tập cùng tính chất chỉ hưởng một mức cao nhất",
            "Of the two study-cost supports only the highest is given",
            doubt=ONE_AMOUNT,
        ),
    ),
    cases=(
        Case(
            "cận nghèo: ăn trưa và chi phí học tập",
            2026,
            {**CHILD, "poverty": POVERTY.near_poor},
            {"lunch": pays(360_000, months=9, total=3_240_000), "study_cost_preschool": pays(150_000, months=9)},
        ),
        Case(
            "hộ nghèo chỉ hưởng một khoản chi phí học tập",
            2026,
            {**CHILD, "poverty": POVERTY.poor},
            {"study_cost": pays(150_000, months=9), "study_cost_preschool": refuses()},
        ),
        Case(
            "DER-05: thường trú xã ĐBKK, trường tư",
            2026,
            {**RESIDENT, "public_school": False},
            dict.fromkeys(BOTH, refuses()),
            source="DER-05",
        ),
        Case("thường trú xã ĐBKK, trường công", 2026, RESIDENT, {"lunch": pays(360_000)}),
        Case(
            "con công nhân khu công nghiệp, trường tư",
            2026,
            {**CHILD, "public_school": False, "industrial_worker_parent": True},
            {"lunch": refuses(), "study_cost_preschool": pays(150_000, months=9)},
        ),
        Case(
            "dân tộc rất ít người",
            2026,
            {**CHILD, "ethnicity": ETHNICITY.cong, "poverty": POVERTY.poor},
            {"lunch": refuses("")},
        ),
        Case(
            "chưa biết công lập hay tư thục",
            2026,
            {**RESIDENT, "public_school": None},
            {"lunch": undecided("public_school")},
        ),
        Case(
            "chưa biết hộ nghèo hay không",
            2026,
            {**CHILD, "poverty": None},
            {"study_cost_preschool": undecided("poverty")},
        ),
    ),
    doubts=(FIRST_DAY,),
    filings=(
        Filing(
            ("lunch",),
            "",
            (
                "Cơ sở giáo dục mầm non nơi cháu học (thủ tục 1.001622 trên Cổng dịch vụ công quốc gia)",
                "The preschool the child attends (procedure 1.001622 of the national portal)",
            ),
            (
                "Trong 15 ngày làm việc kể từ khi trường thông báo, vào tháng 8",
                "Within 15 working days of the school's notice in August",
            ),
            "TT1622",
            Mark.SECONDARY,
        ),
    ),
)
