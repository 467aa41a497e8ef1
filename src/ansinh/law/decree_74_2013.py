"""Decree 74/2013/NĐ-CP: rewrites Articles 4 and 5 of Decree 49/2010 (tuition) from 1 September 2013.

What it adds is restated by PLO74 and CAND36; Clause 1 of its Article 1, on people with merit, is read in TVPL74EN. It leaves
Article 6 of Decree 49/2010 (study-cost support) as it was. Of vocational education only what those sources restate is written: the two
reductions of 70 % and the 50 % for lower-secondary graduates; higher education is not written here.
"""

from datetime import date

from ansinh.core.nodes import Const
from ansinh.core.rules import Benefit, Case, Condition, Document, Doubt, Mark, Replaces, Rule, pays, refuses, undecided
from ansinh.core.tables import ETHNICITY, POVERTY
from ansinh.law._doubts import DIFFICULT_AREA
from ansinh.law._vocational import tuition_cases, tuition_vocational
from ansinh.law._words import general_school, minority_commune, near_poor, very_small_group
from ansinh.law.decree_49_2010 import ACCIDENT, BARS, EXEMPT, PUPIL

UNREAD = Doubt(
    "Chưa đọc được toàn văn Nghị định 74/2013/NĐ-CP và Điều 4, 5 Nghị định 49/2010/NĐ-CP mà nghị định này sửa: nhóm và số khoản phải được đối chiếu với Công báo.",
    "Decree 74/2013, and Articles 4 and 5 of Decree 49/2010 which it amends, were not read in full: groups and clauses must be checked against the gazette.",
)


def _restated(condition: Condition) -> Condition:
    """A clause of Decree 49/2010 as Article 1 of this decree leaves it in force."""
    return Condition("1", condition.vi, condition.en, condition.holds, condition.quantity, condition.doubt)


COURSES = dict.fromkeys(("very_small", "arts", "heavy", "lower_secondary_half"), "1")

DOCUMENT = Document(
    id="nd-74-2013",
    number="74/2013/NĐ-CP",
    kind="decree",
    title_vi="Sửa đổi, bổ sung một số điều của Nghị định 49/2010/NĐ-CP về miễn, giảm học phí",
    title_en="Amends Decree 49/2010 on tuition exemption and reduction",
    issued=date(2013, 7, 15),
    since=date(2013, 9, 1),
    source="PLO74; CAND36; TVPL74EN",
    mark=Mark.SECONDARY,
    replaces=(Replaces("nd-49-2010", ("4", "5")),),
    benefits=(
        Benefit(
            "tuition_vocational",
            "Miễn, giảm học phí giáo dục nghề nghiệp",
            "Tuition in vocational education",
            "%",
        ),
    ),
    rules=(
        tuition_vocational(COURSES, cite="1", bars=BARS),
        Rule(
            "tuition",
            "1",
            (PUPIL,),
            (
                *(_restated(condition) for condition in EXEMPT),
                Condition(
                    "1",
                    "Học sinh dân tộc thiểu số rất ít người ở vùng khó khăn hoặc đặc biệt khó khăn",
                    "A pupil of a very small ethnic group in a difficult or extremely difficult area",
                    general_school & very_small_group & minority_commune("home"),
                    doubt=DIFFICULT_AREA,
                ),
                _restated(ACCIDENT),
                Condition(
                    "1",
                    "Trẻ em mẫu giáo, học sinh phổ thông có cha mẹ thuộc hộ cận nghèo: giảm 50%",
                    "A kindergarten child or general pupil with parents in a near-poor household: reduced by 50 %",
                    near_poor,
                    quantity=Const(50),
                ),
            ),
            Const(100),
            9,
            BARS,
        ),
    ),
    cases=(
        *tuition_cases(2014, COURSES, bar="", sources={}),
        Case(
            "cận nghèo được giảm 50%",
            2013,
            {"poverty": POVERTY.near_poor},
            {"tuition": pays(50, months=9, cite="1"), "study_cost": refuses()},
        ),
        Case(
            "hộ nghèo: miễn học phí, chi phí học tập vẫn theo Nghị định 49/2010",
            2013,
            {"poverty": POVERTY.poor},
            {"tuition": pays(100, cite="1"), "study_cost": pays(70_000, cite="6")},
        ),
        Case(
            "dân tộc rất ít người ở xã khu vực II",
            2014,
            {"ethnicity": ETHNICITY.la_hu, "home_area": 2},
            {"tuition": pays(100, cite="1")},
        ),
        Case("không thuộc nhóm nào", 2014, {}, {"tuition": refuses()}),
        Case("chưa biết hộ nghèo hay không", 2014, {"poverty": None}, {"tuition": undecided("poverty")}),
    ),
    doubts=(UNREAD,),
)
