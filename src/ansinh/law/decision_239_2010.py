"""Decision 239/QĐ-TTg on universal preschool for five-year-olds: lunch support, paid from 1 September 2011.

Groups, amount and first day as restated of Joint Circular 29/2011/TTLT-BGDĐT-BTC of 15 July 2011, which carries it out
(sources QNINH239, MNHH239, GDHCM239). The decision itself was not read, so no article is cited.
"""

from datetime import date

from ansinh.core.dates import Month
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
from ansinh.core.tables import LEVEL, ORPHAN, POVERTY
from ansinh.law._doubts import HARDSHIP, NO_BORDER_FACT
from ansinh.law._words import (
    age_by_year,
    difficult_place,
    disabled,
    kindergarten,
    no_support,
    orphan_of_both,
    poor,
    poor_or_near_poor,
)

THREE_AND_FOUR = Doubt(
    "Quyết định 60/2011/QĐ-TTg cho trẻ 3, 4 tuổi có hiệu lực từ 15/12/2011, nguồn thứ cấp cho biết chi từ tháng 9/2012: cần kiểm tra các tháng ở giữa.",
    "Decision 60/2011, for ages 3 and 4, is in force from 15 December 2011; a secondary page says it was paid from September 2012: check the months between.",
    since=Month(2011, 12),
    only="no",
)

# Decision 60/2011 gives the same groups at ages 3 and 4, and uses them from here.
GROUNDS = (
    Condition(
        "",
        "Có cha mẹ thường trú tại xã biên giới, núi cao, hải đảo và xã đặc biệt khó khăn",
        "Parents permanently reside in a border, high-mountain, island or extremely difficult commune",
        difficult_place("parent_home"),
        doubt=NO_BORDER_FACT,
    ),
    Condition(
        "",
        "Mồ côi cả cha lẫn mẹ không nơi nương tựa, hoặc khuyết tật có khó khăn về kinh tế",
        "Orphaned of both parents with no support, or disabled with economic difficulty",
        (orphan_of_both & no_support) | (disabled & poor_or_near_poor),
        doubt=HARDSHIP,
    ),
    Condition("", "Có cha mẹ thuộc hộ nghèo", "Parents in a poor household", poor),
)

CHILD = {"level": LEVEL.kindergarten, "birth_date": date(2006, 3, 9), "grade": None}

DOCUMENT = Document(
    id="qd-239-2010",
    number="239/QĐ-TTg",
    kind="decision",
    title_vi="Phê duyệt Đề án phổ cập giáo dục mầm non cho trẻ em năm tuổi giai đoạn 2010-2015",
    title_en="Universal preschool for five-year-olds, 2010-2015",
    issued=date(2010, 2, 9),
    since=date(2010, 2, 9),
    applies_from=Month(2011, 9),
    source="QNINH239; MNHH239; GDHCM239",
    mark=Mark.SECONDARY,
    benefits=(Benefit("lunch", "Hỗ trợ ăn trưa", "Lunch support", "VND"),),
    numbers=(
        NumberValue(
            "lunch_vnd", 120_000, "VND/month", "?", "QNINH239", Mark.SECONDARY, "Tiền ăn trưa", "Lunch support"
        ),
    ),
    rules=(
        Rule(
            benefit="lunch",
            cite="",
            who=(
                Condition(
                    "",
                    "Trẻ em năm tuổi (tính theo năm sinh) học tại cơ sở giáo dục mầm non",
                    "A five-year-old (by year of birth) in a preschool establishment",
                    kindergarten & age_by_year.is_(5),
                    doubt=THREE_AND_FOUR,
                ),
            ),
            grounds=GROUNDS,
            quantity=Number("lunch_vnd"),
            cap=9,
        ),
    ),
    cases=(
        Case(
            "PUB-22",
            2011,
            {**CHILD, "poverty": POVERTY.poor},
            {"lunch": pays(120_000, months=9, total=1_080_000)},
            source="PUB-22",
        ),
        Case("cận nghèo chưa được hỗ trợ", 2011, {**CHILD, "poverty": POVERTY.near_poor}, {"lunch": refuses()}),
        Case("mồ côi một bên", 2011, {**CHILD, "orphan": ORPHAN.one, "no_support": True}, {"lunch": refuses()}),
        Case("chưa biết hộ nghèo hay không", 2011, {**CHILD, "poverty": None}, {"lunch": undecided("poverty")}),
    ),
)
