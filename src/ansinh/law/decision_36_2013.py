"""Decision 36/2013/QĐ-TTg: rice for pupils of schools in extremely difficult areas, 1 September 2013 to 31 August 2016.

Groups, amount and months as restated in the press (sources NA36, CAND36, KTDT36); its articles were not read. Bến Tre gave it to
1,203 pupils in 2014-2015 (source BENTRE, published case PUB-25).
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
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
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    difficult_place,
    ethnic_minority,
    lower_secondary,
    primary,
    public_school,
    semi_boarding_school,
    upper_secondary,
)

UNREAD = Doubt(
    "Quyết định 36/2013/QĐ-TTg đọc qua báo chí: điều, khoản và khoảng cách “nhà ở xa trường” chưa được đối chiếu; ở đây lấy việc học sinh ở lại trường hoặc gần trường trong tuần.",
    "Decision 36/2013 was read in the press: its articles and what is “far from school” were not checked; that the pupil stays at or near school during the week is used.",
)

GROUNDS = (
    Condition(
        "",
        "Học sinh trường phổ thông dân tộc bán trú",
        "A pupil of an ethnic semi-boarding school",
        (primary | lower_secondary) & semi_boarding_school,
    ),
    Condition(
        "",
        "Học sinh bán trú tiểu học, trung học cơ sở trường công lập ở khu vực ĐBKK",
        "A semi-boarding pupil of a public primary or lower-secondary school in an extremely difficult area",
        (primary | lower_secondary) & public_school & Fact("semi_boarder") & difficult_place("school"),
    ),
    Condition(
        "",
        "Học sinh trung học phổ thông là người dân tộc thiểu số có hộ khẩu ở xã, thôn ĐBKK, nhà ở xa trường",
        "An upper-secondary pupil of an ethnic minority, registered in an extremely difficult commune or hamlet, home far from school",
        upper_secondary & ethnic_minority & difficult_place("home") & Fact("semi_boarder"),
    ),
)
PUPIL = {
    "level": LEVEL.primary,
    "grade": 3,
    "semi_boarder": True,
    "home_dbkk_coast": True,
    "school_dbkk_coast": True,
}

DOCUMENT = Document(
    id="qd-36-2013",
    number="36/2013/QĐ-TTg",
    kind="decision",
    title_vi="Chính sách hỗ trợ gạo cho học sinh tại các trường ở khu vực có điều kiện kinh tế - xã hội đặc biệt khó khăn",
    title_en="Rice for pupils of schools in extremely difficult areas",
    issued=date(2013, 6, 18),
    since=date(2013, 9, 1),
    source="NA36; CAND36; KTDT36",
    mark=Mark.SECONDARY,
    doubts=(UNREAD,),
    benefits=(Benefit("semi_boarding_rice", "Hỗ trợ gạo bán trú", "Semi-boarding rice", "kg"),),
    numbers=(
        NumberValue(
            "semi_boarding_rice_kg", 15, "kg/month", "?", "NA36; CAND36; KTDT36", Mark.SECONDARY, "Gạo", "Rice"
        ),
    ),
    rules=(
        Rule(
            "semi_boarding_rice",
            "",
            (
                Condition(
                    "",
                    "Học sinh tiểu học, trung học cơ sở, trung học phổ thông",
                    "A primary, lower-secondary or upper-secondary pupil",
                    primary | lower_secondary | upper_secondary,
                ),
            ),
            GROUNDS,
            Number("semi_boarding_rice_kg"),
            9,
            bars=(
                Condition(
                    "",
                    "Đã hưởng chính sách của học sinh phổ thông dân tộc nội trú",
                    "Already on the benefits of ethnic boarding pupils",
                    boarding_school,
                ),
            ),
        ),
    ),
    cases=(
        Case(
            "Bến Tre: 15 kg mỗi tháng",
            2014,
            PUPIL,
            {"semi_boarding_rice": pays(15, months=9, total=135)},
            source="PUB-25",
        ),
        Case(
            "trường phổ thông dân tộc bán trú",
            2015,
            {"school_kind": SCHOOL_KIND.semi_boarding, "school_area": AREA.three, "ethnicity": ETHNICITY.dao},
            {"semi_boarding_rice": pays(15)},
        ),
        Case("trẻ mẫu giáo", 2014, {**PUPIL, "level": LEVEL.kindergarten}, {"semi_boarding_rice": refuses()}),
        Case("đi về trong ngày", 2014, {**PUPIL, "semi_boarder": False}, {"semi_boarding_rice": refuses()}),
        Case(
            "chưa rõ có ở bán trú",
            2014,
            {**PUPIL, "semi_boarder": None},
            {"semi_boarding_rice": undecided("semi_boarder")},
        ),
        Case(
            "học sinh nội trú",
            2015,
            {"school_kind": SCHOOL_KIND.boarding, "semi_boarder": True, "school_area": AREA.three},
            {"semi_boarding_rice": refuses()},
        ),
    ),
)
