"""Decree 31/2013/NĐ-CP: preferences for people with merit; the yearly education allowance before 2022.

Named by the codification's circulars (source CB284); its text, its day in force and the amounts by level (200,000, 250,000
and 300,000, from memory) were not read, so every answer bears a doubt. The monthly allowance is written from Decree 58/2019
on: its amounts before July 2019 were not found.
"""

from datetime import date

from ansinh.core.codes import MERIT_RATE
from ansinh.core.nodes import Number
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
from ansinh.core.tables import LEVEL, MERIT
from ansinh.law._merit import TITLE, preferred, school_learner, studies_long
from ansinh.law._vocational import INTERMEDIATE
from ansinh.law._words import kindergarten, nursery

UNREAD = Doubt(
    "Chưa đọc được Nghị định 31/2013/NĐ-CP và các thông tư về ưu đãi giáo dục: đối tượng, ngày hiệu lực và mức trợ cấp mỗi năm phải được đối chiếu với Công báo.",
    "Decree 31/2013 and the circulars on education preferences were not read: groups, first day and yearly amounts must be checked against the gazette.",
)


def _amount(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "VND/year", "?", "CB284", Mark.UNCONFIRMED, vi, en, UNREAD)


CHILD = {"merit": MERIT.child, "merit_rate": MERIT_RATE.full}

DOCUMENT = Document(
    id="nd-31-2013",
    number="31/2013/NĐ-CP",
    kind="decree",
    title_vi="Hướng dẫn Pháp lệnh Ưu đãi người có công với cách mạng",
    title_en="Details of the Ordinance on preferences for people with merit",
    issued=date(2013, 4, 9),
    since=date(2013, 6, 1),
    source="CB284",
    mark=Mark.UNCONFIRMED,
    benefits=(
        Benefit("merit_yearly", "Trợ cấp ưu đãi giáo dục mỗi năm học", "Yearly education allowance, merit", "VND"),
    ),
    numbers=(
        _amount("merit_yearly_preschool_vnd", 200_000, "Trợ cấp năm, mầm non", "Yearly allowance, preschool"),
        _amount("merit_yearly_school_vnd", 250_000, "Trợ cấp năm, phổ thông", "Yearly allowance, school"),
        _amount("merit_yearly_course_vnd", 300_000, "Trợ cấp năm, dạy nghề, đại học", "Yearly allowance, courses"),
    ),
    rules=(
        Rule(
            "merit_yearly",
            "",
            (TITLE,),
            (
                Condition(
                    "",
                    "Học mầm non, thuộc diện ưu đãi giáo dục",
                    "In preschool, with education preference",
                    (nursery | kindergarten) & preferred,
                    quantity=Number("merit_yearly_preschool_vnd"),
                ),
                Condition(
                    "",
                    "Học phổ thông, giáo dục thường xuyên, thuộc diện ưu đãi giáo dục",
                    "In general school or adult education, with education preference",
                    school_learner & preferred,
                ),
                Condition(
                    "",
                    "Học trung cấp, cao đẳng, đại học, thuộc diện ưu đãi giáo dục",
                    "In an intermediate or college course or at university, with education preference",
                    studies_long & preferred,
                    quantity=Number("merit_yearly_course_vnd"),
                ),
            ),
            Number("merit_yearly_school_vnd"),
            1,
        ),
    ),
    cases=(
        Case("con thương binh, trung học cơ sở", 2014, CHILD, {"merit_yearly": pays(250_000, months=1)}),
        Case(
            "con liệt sĩ, mẫu giáo",
            2014,
            {**CHILD, "level": LEVEL.kindergarten, "grade": None, "birth_date": date(2009, 5, 10)},
            {"merit_yearly": pays(200_000, months=1)},
        ),
        Case("con bệnh binh, trung cấp", 2014, {**CHILD, **INTERMEDIATE}, {"merit_yearly": pays(300_000, months=1)}),
        Case("không thuộc diện", 2014, {}, {"merit_yearly": refuses("")}),
        Case(
            "chưa biết mức ưu đãi",
            2014,
            {**CHILD, "merit_rate": None},
            {"merit_yearly": undecided("merit_rate")},
        ),
    ),
    doubts=(UNREAD,),
)
