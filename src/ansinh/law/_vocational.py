"""Words of vocational education, and its tuition clauses, which four decrees on tuition share.

A decree names the clauses it has, each with its article; the order, from the highest percentage down, is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.core.codes import COURSE_LEVEL, MERIT_RATE, TRADE
from ansinh.core.nodes import Const, Fact, Node
from ansinh.core.rules import Case, Condition, Doubt, Rule, pays, refuses, undecided
from ansinh.core.tables import ETHNICITY, LEVEL, MERIT, ORPHAN, POVERTY, STUDY_STATUS
from ansinh.law._doubts import DIFFICULT_AREA
from ansinh.law._words import (
    difficult_place,
    disabled,
    ethnic_minority,
    grandparents_near_poor,
    grandparents_poor,
    level,
    merit,
    minority_commune,
    no_support,
    orphan_of_both,
    poor_or_near_poor,
    very_small_group,
)

course = Fact("course_level")
trade = Fact("trade")
vocational = level.is_(LEVEL.vocational)
intermediate_or_college = vocational & course.one_of(COURSE_LEVEL.intermediate, COURSE_LEVEL.college)
short_or_elementary = vocational & course.one_of(COURSE_LEVEL.short, COURSE_LEVEL.elementary)

# A made-up learner of an intermediate course, for worked cases.
INTERMEDIATE: dict[str, Any] = {"level": LEVEL.vocational, "grade": None, "course_level": COURSE_LEVEL.intermediate}
TRAINEE: dict[str, Any] = {**INTERMEDIATE, "course_level": COURSE_LEVEL.elementary}

LISTED_TRADE = Doubt(
    "Danh mục nghề (nặng nhọc, độc hại; khó tuyển sinh; đặc thù) do các Bộ ban hành, không có ở đây: loại nghề ghi trong danh sách phải được đối chiếu.",
    "The lists of trades (heavy or toxic; hard to recruit for; special) are the Ministries' and not held here: check the kind of trade on the roster.",
)

FEE = Doubt(
    "Phần trăm tính trên học phí thực tế, nhưng Nhà nước không trả quá mức trần học phí của nghị định (trường tư thục: mức trần của trường công lập).",
    "The percentage is of the real fee, but the State pays no more than the decree's ceiling (private schools: the ceiling of public ones).",
    only="yes",
)


@dataclass(frozen=True)
class _Clause:
    vi: str
    en: str
    holds: Node
    percent: int
    example: Mapping[str, Any]
    doubt: Doubt | None = None


CLAUSES: Mapping[str, _Clause] = {
    "merit": _Clause(
        "Đối tượng theo Pháp lệnh Ưu đãi người có công với cách mạng",
        "Covered by the Ordinance on people with merit",
        merit,
        100,
        {"merit": MERIT.child, "merit_rate": MERIT_RATE.full},
    ),
    "disabled": _Clause("Người khuyết tật", "Disabled", disabled, 100, {"disabled": True}),
    "disabled_poor": _Clause(
        "Khuyết tật thuộc hộ nghèo hoặc hộ cận nghèo",
        "Disabled, in a poor or near-poor household",
        disabled & poor_or_near_poor,
        100,
        {"disabled": True, "poverty": POVERTY.near_poor},
    ),
    "orphan": _Clause(
        "Học trung cấp, cao đẳng, mồ côi cả cha lẫn mẹ, không nơi nương tựa",
        "In an intermediate or college course, orphaned of both parents with no support",
        intermediate_or_college & orphan_of_both & no_support,
        100,
        {"orphan": ORPHAN.both, "no_support": True},
    ),
    "minority_poor": _Clause(
        "Dân tộc thiểu số, có cha hoặc mẹ hoặc cả cha và mẹ, hoặc ông bà (trong trường hợp ở với ông bà) thuộc hộ nghèo, hộ cận nghèo",
        "Of an ethnic minority, with father, mother or both, or grandparents (if living with them), in a poor or near-poor household",
        ethnic_minority & (poor_or_near_poor | grandparents_poor | grandparents_near_poor),
        100,
        {"ethnicity": ETHNICITY.tay, "poverty": POVERTY.near_poor},
    ),
    "very_small": _Clause(
        "Dân tộc thiểu số rất ít người ở vùng khó khăn hoặc đặc biệt khó khăn",
        "Of a very small ethnic group in a difficult or extremely difficult area",
        very_small_group & minority_commune("home"),
        100,
        {"ethnicity": ETHNICITY.la_hu, "home_area": 2},
        DIFFICULT_AREA,
    ),
    "lower_secondary": _Clause(
        "Tốt nghiệp trung học cơ sở học tiếp lên trình độ trung cấp",
        "A lower-secondary graduate going on to intermediate level",
        course.is_(COURSE_LEVEL.intermediate) & Fact("lower_secondary_entry"),
        100,
        {"lower_secondary_entry": True},
    ),
    "needed": _Clause(
        "Học nghề khó tuyển sinh nhưng xã hội có nhu cầu, theo danh mục",
        "In a listed trade hard to recruit for",
        trade.is_(TRADE.needed),
        100,
        {"trade": TRADE.needed},
        LISTED_TRADE,
    ),
    "special": _Clause(
        "Học ngành, nghề chuyên môn đặc thù",
        "In a special trade",
        trade.is_(TRADE.special),
        100,
        {"trade": TRADE.special},
        LISTED_TRADE,
    ),
    "arts": _Clause(
        "Học nghệ thuật truyền thống và đặc thù, nhã nhạc, chèo, tuồng, cải lương, múa, xiếc: giảm 70%",
        "In traditional and special arts, court music, opera, dance or circus: reduced by 70 %",
        trade.is_(TRADE.arts),
        70,
        {"trade": TRADE.arts},
    ),
    "heavy": _Clause(
        "Học nghề nặng nhọc, độc hại, nguy hiểm trong danh mục: giảm 70%",
        "In a listed heavy, toxic or dangerous trade: reduced by 70 %",
        trade.is_(TRADE.heavy),
        70,
        {"trade": TRADE.heavy},
        LISTED_TRADE,
    ),
    "minority_place": _Clause(
        "Dân tộc thiểu số (không phải rất ít người) ở thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo: giảm 70%",
        "Of an ethnic minority (not a very small group) in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune: reduced by 70 %",
        ethnic_minority & ~very_small_group & difficult_place("home"),
        70,
        {"ethnicity": ETHNICITY.tay, "home_dbkk_hamlet": True},
    ),
    "minority_place_parent": _Clause(
        "Dân tộc thiểu số (không phải rất ít người), bản thân và cha hoặc mẹ thường trú tại thôn ĐBKK, xã khu vực III, xã ĐBKK bãi ngang, ven biển, hải đảo: giảm 70%",
        "Of an ethnic minority (not a very small group), permanently resident with father or mother in an extremely difficult hamlet, area III commune, or extremely difficult coastal or island commune: reduced by 70 %",
        ethnic_minority & ~very_small_group & difficult_place("home") & difficult_place("parent_home"),
        70,
        {"ethnicity": ETHNICITY.tay, "home_dbkk_hamlet": True, "parent_home_dbkk_hamlet": True},
    ),
    "lower_secondary_half": _Clause(
        "Tốt nghiệp trung học cơ sở đi học nghề: giảm 50%",
        "A lower-secondary graduate in vocational training: reduced by 50 %",
        Fact("lower_secondary_entry"),
        50,
        {"lower_secondary_entry": True},
    ),
    "accident": _Clause(
        "Có cha hoặc mẹ bị tai nạn lao động, bệnh nghề nghiệp hưởng trợ cấp thường xuyên: giảm 50%",
        "A parent on a regular work-accident or occupational-disease allowance: reduced by 50 %",
        Fact("work_accident_parent"),
        50,
        {"work_accident_parent": True},
    ),
}


def clauses(said: str) -> dict[str, str]:
    """`merit 15.1, disabled 15.2` → which clauses a decree has, and where each stands. KeyError for a clause not listed."""
    found = dict(pair.split() for pair in said.split(","))
    return {key: cite for key, cite in found.items() if CLAUSES[key]}


def tuition_vocational(
    cites: Mapping[str, str], *, cite: str, bars: tuple[Condition, ...], doubt: Doubt | None = None
) -> Rule:
    """A decree's tuition clauses for vocational learners: `cites` says which it has, and where each stands.

    `doubt` goes with clauses that say none of their own. Ten months a school year (81/2021, Article 20.9; 238/2025, 19.9).
    """
    return Rule(
        "tuition_vocational",
        cite,
        (
            Condition(
                cite,
                "Học sinh, sinh viên giáo dục nghề nghiệp trình độ trung cấp, cao đẳng",
                "A learner of an intermediate or college vocational course",
                intermediate_or_college,
            ),
        ),
        tuple(
            Condition(cites[key], c.vi, c.en, c.holds, Const(c.percent), c.doubt or doubt)
            for key, c in CLAUSES.items()
            if key in cites
        ),
        Const(100),
        10,
        bars,
        doubts=(FEE,),
    )


def tuition_cases(year: int, cites: Mapping[str, str], *, bar: str, sources: Mapping[str, str]) -> tuple[Case, ...]:
    """A worked case for each clause a decree has, and what it refuses or cannot say; `sources` maps clauses to examples."""
    of = "tuition_vocational"
    met = (
        Case(
            f"trung cấp: {c.vi[0].lower()}{c.vi[1:].split(':')[0]}",
            year,
            {**INTERMEDIATE, **c.example},
            {of: pays(c.percent, months=9, cite=cites[key])},
            source=sources.get(key, ""),
        )
        for key, c in CLAUSES.items()
        if key in cites
    )
    free = {**INTERMEDIATE, "merit": MERIT.child, "merit_rate": MERIT_RATE.full}
    return (
        *met,
        Case("trung cấp, không thuộc nhóm nào", year, INTERMEDIATE, {of: refuses()}),
        Case("học sơ cấp", year, {**free, "course_level": COURSE_LEVEL.elementary}, {of: refuses()}),
        Case("trung cấp, học lại", year, {**free, "study_status": STUDY_STATUS.repeating}, {of: refuses(bar)}),
        Case("trung cấp, chưa biết nghề học", year, {**INTERMEDIATE, "trade": None}, {of: undecided("trade")}),
    )
