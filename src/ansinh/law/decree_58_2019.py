"""Decree 58/2019/NĐ-CP: amounts for people with merit from 1 July 2019; the monthly education allowance at courses.

That it set the amounts from 1 July 2019 is read in the codification (source CB4804); the amounts themselves are taken from
Decree 75/2021, whose standard of 1,624,000 is thought to be the same. Every answer bears a doubt.
"""

from datetime import date

from ansinh.core.codes import MERIT_RATE
from ansinh.core.rules import Benefit, Case, Document, Doubt, Mark, NumberValue, pays, refuses, undecided
from ansinh.core.tables import LEVEL, MERIT, SCHOOL_KIND
from ansinh.law._merit import TITLE, monthly
from ansinh.law._vocational import INTERMEDIATE

UNREAD = Doubt(
    "Chưa đọc được phụ lục Nghị định 58/2019/NĐ-CP: mức trợ cấp ưu đãi giáo dục hằng tháng lấy theo Nghị định 75/2021/NĐ-CP, phải được đối chiếu.",
    "The annex of Decree 58/2019 was not read: the monthly education rates are those of Decree 75/2021 and must be checked.",
)


def _amount(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "VND/month", "?", "CB4804", Mark.UNCONFIRMED, vi, en, UNREAD)


BOARDER = {"school_kind": SCHOOL_KIND.boarding, "merit": MERIT.child, "merit_rate": MERIT_RATE.reduced}

DOCUMENT = Document(
    id="nd-58-2019",
    number="58/2019/NĐ-CP",
    kind="decree",
    title_vi="Mức trợ cấp, phụ cấp ưu đãi đối với người có công với cách mạng",
    title_en="Amounts of allowances for people with merit",
    issued=date(2019, 7, 1),
    since=date(2019, 7, 1),
    source="CB4804",
    mark=Mark.UNCONFIRMED,
    benefits=(
        Benefit(
            "merit_monthly",
            "Trợ cấp ưu đãi giáo dục hằng tháng",
            "Monthly education allowance, people with merit",
            "VND",
        ),
    ),
    numbers=(
        _amount("merit_monthly_full_vnd", 1_624_000, "Trợ cấp giáo dục tháng, mức đủ", "Monthly education, full rate"),
        _amount("merit_monthly_reduced_vnd", 815_000, "Trợ cấp giáo dục tháng, mức giảm", "Monthly education, reduced"),
    ),
    rules=(monthly("", (TITLE,), "", ""),),
    cases=(
        Case(
            "con thương binh 45%, nội trú", 2019, BOARDER, {"merit_monthly": pays(815_000, months=12, total=9_780_000)}
        ),
        Case(
            "con liệt sĩ, trung cấp",
            2020,
            {**INTERMEDIATE, "merit": MERIT.child, "merit_rate": MERIT_RATE.full},
            {"merit_monthly": pays(1_624_000, months=12, total=19_488_000)},
        ),
        Case("trường phổ thông bình thường", 2020, {**BOARDER, "school_kind": 0}, {"merit_monthly": refuses("")}),
        Case("không thuộc diện, trung cấp", 2020, INTERMEDIATE, {"merit_monthly": refuses("")}),
        Case(
            "chưa biết học trình độ nào",
            2020,
            {"level": LEVEL.vocational, "course_level": None, "merit": MERIT.child, "merit_rate": MERIT_RATE.full},
            {"merit_monthly": undecided("course_level")},
        ),
    ),
    doubts=(UNREAD,),
)
