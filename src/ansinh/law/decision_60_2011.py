"""Decision 60/2011/QĐ-TTg on preschool development 2011-2015: lunch support for ages 3, 4 and 5.

The decision speaks of ages 3 and 4: groups, amount, nine months and the day in force as summed up at
https://thuvienphapluat.vn, document 130944. The joint circular that carries it out paid from September 2012, and names
five-year-olds under Decision 239/QĐ-TTg beside them (http://treem.gov.vn, news 234). Five-year-olds therefore stand here too,
since a month has one rule for a benefit. Thanh Hóa paid ages 3 to 5 alike in 2016-2017 (source THOA1617).
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Number
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
from ansinh.core.tables import LEVEL, POVERTY
from ansinh.law._words import age_by_year, kindergarten
from ansinh.law.decision_239_2010 import GROUNDS

AFTER_2015 = Doubt(
    "Quyết định 60/2011/QĐ-TTg viết cho giai đoạn 2011-2015: văn bản kéo dài sau năm 2015 chưa được đọc (Thanh Hóa vẫn chi năm học 2016-2017).",
    "Decision 60/2011 is written for 2011-2015: what carried it beyond 2015 was not read (Thanh Hóa still paid in 2016-2017).",
    since=Month(2016, 1),
)
BEFORE_DECREE_06 = Doubt(
    "Chưa rõ mức của Nghị định 06/2018/NĐ-CP (hiệu lực 20/02/2018) có tính cho tháng 1, tháng 2 năm 2018 không.",
    "It is not known whether Decree 06/2018 (in force 20 February 2018) already counts for January and February 2018.",
    since=Month(2018, 1),
)
CHILD = {"level": LEVEL.kindergarten, "birth_date": date(2013, 3, 9), "grade": None}

DOCUMENT = Document(
    id="qd-60-2011",
    number="60/2011/QĐ-TTg",
    kind="decision",
    title_vi="Một số chính sách phát triển giáo dục mầm non giai đoạn 2011-2015",
    title_en="Policies to develop preschool education, 2011-2015",
    issued=date(2011, 10, 26),
    since=date(2011, 12, 15),
    applies_from=Month(2012, 9),
    source="thuvienphapluat.vn 130944; treem.gov.vn 234; THOA1617",
    mark=Mark.SECONDARY,
    replaces=(Replaces("qd-239-2010"),),
    numbers=(
        NumberValue(
            "lunch_vnd", 120_000, "VND/month", "?", "THOA1617", Mark.SECONDARY, "Tiền ăn trưa", "Lunch support"
        ),
    ),
    rules=(
        Rule(
            benefit="lunch",
            cite="",
            who=(
                Condition(
                    "",
                    "Trẻ em mẫu giáo 3, 4, 5 tuổi (tính theo năm sinh)",
                    "A kindergarten child aged 3, 4 or 5 (by year of birth)",
                    kindergarten & age_by_year.between(3, 5),
                ),
            ),
            grounds=GROUNDS,
            quantity=Number("lunch_vnd"),
            cap=9,
        ),
    ),
    cases=(
        Case(
            "PUB-23: ba tuổi, hộ nghèo",
            2016,
            {**CHILD, "poverty": POVERTY.poor},
            {"lunch": pays(120_000, months=9, total=1_080_000)},
            source="PUB-23",
        ),
        Case("cận nghèo chưa được hỗ trợ", 2016, {**CHILD, "poverty": POVERTY.near_poor}, {"lunch": refuses()}),
        Case("chưa biết hộ nghèo hay không", 2016, {**CHILD, "poverty": None}, {"lunch": undecided("poverty")}),
        Case(
            "chưa biết ngày sinh",
            2016,
            {**CHILD, "poverty": POVERTY.poor, "birth_date": None},
            {"lunch": undecided("birth_date")},
        ),
    ),
    doubts=(AFTER_2015, BEFORE_DECREE_06),
)
