"""Decree 06/2018/NĐ-CP: lunch support for kindergarten children at 10 % of the base salary.

Groups and rate as restated in secondary pages (sources LN06, DTMN06; first day: https://tintuc.thuvienphapluat.com, notice
18796 of 13 January 2018); Article 2.1 is read at https://giaoan.link/2018/01/nghi-dinh-06-2018-nd-cp/. Its end on 31 October
2020 is read in Article 15.2 of Decree 105/2020 (PD13). The article on lunch was not read. In force in mid-month, it decides
from March 2018; January and February stand under a doubt in Decision 60/2011.
"""

from datetime import date

from ansinh.core.nodes import Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, POVERTY
from ansinh.law._words import difficult_place, kindergarten, no_support, poor_or_near_poor, very_small_group

CHILD = {"level": LEVEL.kindergarten, "birth_date": date(2014, 3, 9), "grade": None}

DOCUMENT = Document(
    id="nd-06-2018",
    number="06/2018/NĐ-CP",
    kind="decree",
    title_vi="Chính sách hỗ trợ ăn trưa đối với trẻ em mẫu giáo và chính sách đối với giáo viên mầm non",
    title_en="Lunch support for kindergarten children and policies for preschool teachers",
    issued=date(2018, 1, 5),
    since=date(2018, 2, 20),
    source="LN06; DTMN06",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-60-2011"),),
    numbers=(
        NumberValue(
            "lunch_percent",
            10,
            "% of base salary",
            "?",
            "LN06; DTMN06",
            Mark.SECONDARY,
            "Hỗ trợ ăn trưa",
            "Lunch support",
        ),
    ),
    rules=(
        Rule(
            benefit="lunch",
            cite="",
            who=(
                Condition(
                    "",
                    "Trẻ em độ tuổi mẫu giáo đang học tại cơ sở giáo dục mầm non",
                    "A kindergarten-age child in a preschool establishment",
                    kindergarten,
                ),
                Condition(
                    "2.1",
                    "Không thuộc dân tộc thiểu số rất ít người theo Nghị định 57/2017/NĐ-CP",
                    "Not of a very small ethnic group under Decree 57/2017",
                    ~very_small_group,
                ),
            ),
            grounds=(
                Condition(
                    "",
                    "Cha, mẹ, người chăm sóc hoặc trẻ em thường trú ở xã, thôn ĐBKK, xã ĐBKK bãi ngang, ven biển, hải đảo",
                    "Father, mother, caregiver or the child resides in an extremely difficult commune, hamlet, or coastal or island commune",
                    difficult_place("home") | difficult_place("parent_home"),
                ),
                Condition(
                    "",
                    "Không có nguồn nuôi dưỡng theo khoản 1 Điều 5 Nghị định 136/2013/NĐ-CP",
                    "No source of support under Article 5.1 of Decree 136/2013",
                    no_support,
                ),
                Condition(
                    "",
                    "Nhân khẩu trong gia đình thuộc diện hộ nghèo, cận nghèo",
                    "Member of a poor or near-poor household",
                    poor_or_near_poor,
                ),
            ),
            quantity=Number("base_salary_vnd").percent(Number("lunch_percent")),
            cap=9,
        ),
    ),
    cases=(
        Case(
            "DER-01",
            2018,
            {**CHILD, "poverty": POVERTY.near_poor},
            {"lunch": pays(139_000, months=9, total=1_251_000)},
            source="DER-01",
        ),
        Case("không thuộc nhóm nào", 2018, CHILD, {"lunch": refuses()}),
        Case(
            "dân tộc rất ít người",
            2018,
            {**CHILD, "ethnicity": ETHNICITY.cong, "poverty": POVERTY.poor},
            {"lunch": refuses("2.1")},
        ),
        Case("chưa biết hộ nghèo hay không", 2018, {**CHILD, "poverty": None}, {"lunch": undecided("poverty")}),
    ),
)
