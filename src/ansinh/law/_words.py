"""Words that many documents share. Each document still says, clause by clause, which of them it uses."""

from __future__ import annotations

from ansinh.core.nodes import AgeYears, Calendar, Fact, Node, YearOf
from ansinh.core.tables import (
    AREA,
    ETHNICITY,
    KINH,
    LEVEL,
    MERIT,
    ORPHAN,
    POVERTY,
    SCHOOL_KIND,
    STUDY_STATUS,
    VERY_SMALL_GROUPS,
)

level = Fact("level")
poverty = Fact("poverty")
ethnicity = Fact("ethnicity")

school_year = Calendar("school_year")

nursery = level.is_(LEVEL.nursery)
kindergarten = level.is_(LEVEL.kindergarten)
general_school = level.one_of(LEVEL.primary, LEVEL.lower_secondary, LEVEL.upper_secondary)
primary = level.is_(LEVEL.primary)
lower_secondary = level.is_(LEVEL.lower_secondary)
upper_secondary = level.is_(LEVEL.upper_secondary)
adult_education = level.one_of(LEVEL.adult_lower_secondary, LEVEL.adult_upper_secondary)
public_school = Fact("public_school")
semi_boarding_school = Fact("school_kind").is_(SCHOOL_KIND.semi_boarding)
boarding_school = Fact("school_kind").is_(SCHOOL_KIND.boarding)
border_boarding_school = Fact("school_kind").is_(SCHOOL_KIND.border_boarding)
university = level.is_(LEVEL.university)
pre_university = level.is_(LEVEL.pre_university)
poor = poverty.is_(POVERTY.poor)
near_poor = poverty.is_(POVERTY.near_poor)
poor_or_near_poor = poverty.one_of(POVERTY.near_poor, POVERTY.poor)
grandparents_poor = Fact("lives_with_grandparents") & Fact("grandparents_poverty").is_(POVERTY.poor)
grandparents_near_poor = Fact("lives_with_grandparents") & Fact("grandparents_poverty").is_(POVERTY.near_poor)
orphan_of_both = Fact("orphan").is_(ORPHAN.both)
no_support = Fact("no_support")
disabled = Fact("disabled")
child_of_merit = Fact("merit").is_(MERIT.child)
person_of_merit = Fact("merit").is_(MERIT.person)
merit = Fact("merit").one_of(MERIT.child, MERIT.person)
# Repeating once for illness, accident or force majeure has its own code and is not barred.
repeating_or_suspended = Fact("study_status").one_of(STUDY_STATUS.repeating, STUDY_STATUS.suspended)
very_small_group = ethnicity.one_of(*VERY_SMALL_GROUPS)
ethnic_minority = ethnicity.is_not(KINH) & ethnicity.is_not(ETHNICITY.nguoi_nuoc_ngoai)
kinh = ethnicity.is_(KINH)
preparatory_month = ~Calendar("preparatory") | (Fact("pre_grade1_course") & Fact("grade").is_(1) & ethnic_minority)
# The grades that open a level; who enters a level later than its first grade is not seen by this.
first_year_of_level = Fact("grade").one_of(1, 6, 10) & Fact("study_status").is_not(STUDY_STATUS.repeating)
# The age by calendar year, as enrolment in kindergarten reckons it: five means born in the year the school year opens, less five.
age_by_year = school_year - YearOf(Fact("birth_date"))
age = AgeYears(Fact("birth_date"))
# Decree 57/2017, Article 4.3.b, names primary, lower and upper secondary pupils, from the school year 2017-2018 on.
paid_by_decree_57 = very_small_group & (school_year >= 2017)


def difficult_place(prefix: str) -> Node:
    """An extremely difficult hamlet, an area-III commune, or an extremely difficult coastal or island commune."""
    return Fact(f"{prefix}_dbkk_hamlet") | Fact(f"{prefix}_area").is_(AREA.three) | Fact(f"{prefix}_dbkk_coast")


def far(kilometres: int) -> Node:
    """At least so far from home, or cut off by difficult terrain."""
    return (Fact("distance_m") >= kilometres * 1000) | Fact("difficult_terrain")


def minority_commune(prefix: str) -> Node:
    """An area I, II or III commune, one with extremely difficult hamlets, or an extremely difficult coastal or island commune."""
    return (
        Fact(f"{prefix}_area").one_of(AREA.one, AREA.two, AREA.three)
        | Fact(f"{prefix}_has_dbkk_hamlet")
        | Fact(f"{prefix}_dbkk_hamlet")
        | Fact(f"{prefix}_dbkk_coast")
    )


def area_one_or_two(prefix: str) -> Node:
    return Fact(f"{prefix}_area").one_of(AREA.one, AREA.two)
