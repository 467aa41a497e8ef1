"""Decree 131/2021/NĐ-CP: education preferences for people with merit and their children (Articles 94 to 98).

Read in the official codification (source PDNCC); the yearly multiples and the monthly table are those of Decree 75/2021 and
of what amends it. Of several titles one counts, the highest (Article 96): the roster gives one rate a learner. The dossier
must be received while the learner studies (Article 96.5).
"""

from datetime import date

from ansinh.core.codes import COURSE_LEVEL, MERIT_RATE
from ansinh.core.dates import Month, study_mask
from ansinh.core.nodes import Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Doubt,
    Expected,
    Filing,
    Mark,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import LEVEL, MERIT, SCHOOL_KIND
from ansinh.law._merit import monthly, preferred, school_learner, studies_long
from ansinh.law._vocational import INTERMEDIATE
from ansinh.law._words import kindergarten, merit, nursery

ROUNDING = Doubt(
    "Nghị định 55/2023/NĐ-CP làm tròn đến nghìn đồng các mức tính theo mức chuẩn: chưa rõ trợ cấp mỗi năm (0,2 và 0,4 mức chuẩn) có được làm tròn không; ở đây không làm tròn.",
    "Decree 55/2023 rounds amounts set by the standard to the thousand: whether the yearly allowance (0.2 and 0.4 of the standard) is rounded is not known; here it is not.",
    since=Month(2023, 7),
    only="yes",
)
LONG_COURSE = Doubt(
    "Khóa trung cấp, cao đẳng được coi là từ một năm trở lên.",
    "Intermediate and college courses are taken to last a year or longer.",
)

TITLE = Condition(
    "94",
    "Bản thân hoặc con của người có công, thân nhân liệt sĩ thuộc diện của Điều 94",
    "A person with merit, a child of one, or kin of a martyr, as Article 94 lists them",
    merit,
)
yearly = Rule(
    benefit="merit_yearly",
    cite="95",
    who=(TITLE,),
    grounds=(
        Condition(
            "95",
            "Học mầm non, thuộc diện ưu đãi: 0,2 lần mức chuẩn mỗi năm học",
            "In preschool, with preference: 0.2 of the standard each school year",
            (nursery | kindergarten) & preferred,
            quantity=Number("merit_standard_vnd").percent(Number("merit_yearly_preschool_percent")),
        ),
        Condition(
            "95",
            "Học phổ thông, giáo dục thường xuyên, dự bị đại học, thuộc diện ưu đãi: 0,4 lần mức chuẩn mỗi năm học",
            "In general school, adult education or a pre-university course, with preference: 0.4 of the standard each school year",
            school_learner & preferred,
        ),
        Condition(
            "95",
            "Học trung cấp, cao đẳng, đại học, thuộc diện ưu đãi: 0,4 lần mức chuẩn mỗi năm học",
            "In an intermediate or college course or at university, with preference: 0.4 of the standard each school year",
            studies_long & preferred,
            doubt=LONG_COURSE,
        ),
    ),
    quantity=Number("merit_standard_vnd").percent(Number("merit_yearly_school_percent")),
    cap=1,
    papers=(
        (
            "Đơn đề nghị hưởng trợ cấp ưu đãi giáo dục (mẫu số 20, 41), nộp một lần đầu cấp phổ thông hoặc đầu khóa học",
            "Application for the education preference (forms 20 and 41), once, at the start of general school or the course",
        ),
    ),
    doubts=(ROUNDING,),
)

CHILD = {"merit": MERIT.child, "merit_rate": MERIT_RATE.full}
REDUCED = {"merit": MERIT.child, "merit_rate": MERIT_RATE.reduced}
BOARDER = {**REDUCED, "school_kind": SCHOOL_KIND.boarding}
BOTH = ("merit_yearly", "merit_monthly")

DOCUMENT = Document(
    id="nd-131-2021",
    number="131/2021/NĐ-CP",
    kind="decree",
    title_vi="Chi tiết và biện pháp thi hành Pháp lệnh Ưu đãi người có công với cách mạng",
    title_en="Details of the Ordinance on preferences for people with merit",
    issued=date(2021, 12, 30),
    since=date(2022, 2, 15),
    source="PDNCC",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-31-2013"), Replaces("nd-58-2019")),
    rules=(yearly, monthly("95", (TITLE,), "95", "95")),
    cases=(
        Case(
            "DER-36: con thương binh 70%, trung học cơ sở",
            2024,
            CHILD,
            {"merit_yearly": pays(1_115_600, months=1, total=1_115_600, cite="95"), "merit_monthly": refuses("95")},
            source="DER-36",
        ),
        Case("con thương binh 40%: trợ cấp năm không giảm", 2024, REDUCED, {"merit_yearly": pays(1_115_600, months=1)}),
        Case(
            "con liệt sĩ, nhà trẻ",
            2024,
            {**CHILD, "level": LEVEL.nursery, "grade": None, "birth_date": date(2022, 4, 2)},
            {"merit_yearly": pays(557_800, months=1)},
        ),
        Case("theo mức chuẩn năm 2022", 2022, CHILD, {"merit_yearly": pays(649_600, months=1)}),
        Case("theo mức chuẩn năm 2023", 2023, CHILD, {"merit_yearly": pays(822_000, months=1)}),
        Case("theo mức chuẩn năm 2026", 2026, CHILD, {"merit_yearly": pays(1_204_800, months=1)}),
        Case(
            "học lớp 9 từ tháng 1 năm 2025",
            2024,
            CHILD,
            {"merit_yearly": pays(1_115_600, months=1)},
            months=study_mask(range(5, 10)),
        ),
        Case(
            "con thương binh 40%, nội trú, năm học 2023-2024",
            2023,
            BOARDER,
            {"merit_monthly": Expected("yes", None, 12, 10 * 1_031_000 + 2 * 1_399_000, "95")},
        ),
        Case(
            "con Anh hùng, trung cấp",
            2024,
            {**INTERMEDIATE, **CHILD},
            {
                "merit_monthly": pays(2_789_000, months=12, total=33_468_000),
                "merit_yearly": pays(1_115_600, months=1),
            },
        ),
        Case(
            "bản thân là thương binh, học đại học, chỉ học bốn tháng",
            2024,
            {"level": LEVEL.university, "grade": None, "merit": MERIT.person, "merit_rate": MERIT_RATE.full},
            {"merit_monthly": pays(2_789_000, months=4, total=11_156_000)},
            months=study_mask(range(1, 5)),
        ),
        Case(
            "con liệt sĩ, học sơ cấp",
            2024,
            {**INTERMEDIATE, **CHILD, "course_level": COURSE_LEVEL.elementary},
            dict.fromkeys(BOTH, refuses()),
        ),
        Case("không thuộc diện", 2024, {}, dict.fromkeys(BOTH, refuses("94"))),
        Case("con người có công không có ưu đãi giáo dục", 2024, {"merit": MERIT.child}, {"merit_yearly": refuses()}),
        Case(
            "chưa biết mức ưu đãi",
            2024,
            {**BOARDER, "merit_rate": None},
            dict.fromkeys(BOTH, undecided("merit_rate")),
        ),
    ),
    filings=(
        Filing(
            (
                "merit_yearly",
                "merit_monthly",
            ),
            "96",
            (
                "Ủy ban nhân dân xã, phường nơi thường trú (thủ tục 1.010821 trên Cổng dịch vụ công quốc gia)",
                "The commune of permanent residence (procedure 1.010821 of the national portal)",
            ),
            (
                "Nộp một lần, đầu năm học đầu tiên của cấp phổ thông hoặc đầu khóa học; phải nộp khi đang học",
                "Once, at the start of the first year of general education or of the course; it must be filed while studying",
            ),
            "PDNCC, TT10821",
        ),
    ),
)
