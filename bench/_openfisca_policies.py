"""The law of school year 2024-2025 in OpenFisca's own idiom, for the comparison only (see decide.py).

Choices, each in OpenFisca's favour where there was one: people belong to four group entities (household, home, parents'
home, school), so that facts of places are reckoned for some hundreds of places and projected; what does not change in the
year is an ETERNITY variable, reckoned once; a law that replaces another is a dated formula; ages are one comparison of
days. OpenFisca has no "cannot say" and gives no reasons, so none are asked of it. No learner studies more than nine
months here, so the yearly cap of nine needs no formula.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

NURSERY, KINDERGARTEN, PRIMARY, LOWER, UPPER, ADULT_LOWER, ADULT_UPPER = range(7)
NEAR_POOR, POOR = 1, 2
KINH, FOREIGN = 1, 55
VERY_SMALL_GROUPS = (48, 45, 51, 50, 47, 49, 39, 11, 44, 53, 52, 54, 43, 42, 46, 41)
PLACES = ("home", "parent_home", "school")

learner = build_entity("learner", "learners", "A learner", is_person=True)
household = build_entity("household", "households", "A household", roles=[{"key": "member"}])
places = {
    name: build_entity(name, f"{name}s", f"The place of {name}", roles=[{"key": f"{name}_member"}]) for name in PLACES
}
PARAMETERS = {
    "base_salary": {"values": {"2023-07-01": 1_800_000, "2024-07-01": 2_340_000}},
    "lunch": {"values": {"2020-11-01": 160_000}},
    "study_cost": {"values": {"2021-09-01": 150_000}},
    "meals_percent": {"values": {"2016-09-01": 40, "2025-05-01": None}},
    "lodging_percent": {"values": {"2016-09-01": 10, "2025-05-01": None}},
    "meals": {"values": {"2025-05-01": 936_000}},
    "lodging": {"values": {"2025-05-01": 360_000}},
    "rice_kg": {"values": {"2016-09-01": 15}},
    "nursery": {"values": {"2025-05-01": 360_000}},
}
OWN_FLAGS = (
    "public_school", "disabled", "inclusive", "no_support", "conscript_child", "work_accident_parent",
    "difficult_terrain", "semi_boarder", "housed_by_school", "lodges_with_relative", "lives_with_grandparents",
)  # fmt: skip
OWN_NUMBERS = ("ethnicity", "level", "grade", "school_kind", "orphan", "merit", "study_status", "distance_m")
PLACE_FLAGS = ("dbkk_hamlet", "dbkk_coast", "has_dbkk_hamlet")


def variable(name, entity, kind, period, **more):
    """A variable as a class, the only form OpenFisca takes."""
    return type(name, (Variable,), {"value_type": kind, "entity": entity, "definition_period": period, **more})


def eternal(name, formula):
    return variable(name, learner, bool, DateUnit.ETERNITY, formula=formula)


def monthly(name, formula, kind=bool):
    return variable(name, learner, kind, DateUnit.MONTH, formula=formula)


def facts():
    """Inputs: what never changes in the year, and what is set month by month."""
    yield variable("birth_date", learner, date, DateUnit.ETERNITY)
    for name in OWN_FLAGS:
        yield variable(name, learner, bool, DateUnit.ETERNITY)
    for name in OWN_NUMBERS:
        yield variable(name, learner, int, DateUnit.ETERNITY)
    dated = {"set_input": set_input_dispatch_by_period}
    yield variable("poverty", household, int, DateUnit.MONTH, **dated)
    yield variable("grandparents_poverty", learner, int, DateUnit.MONTH, **dated)
    for place, entity in places.items():
        yield variable(f"{place}_area", entity, int, DateUnit.MONTH, **dated)
        for flag in PLACE_FLAGS:
            yield variable(f"{place}_{flag}", entity, bool, DateUnit.MONTH, **dated)


def words():
    """What several policies read: kinds of learners, reckoned once."""

    def level_in(*levels):
        return lambda who, period: np.isin(who("level", period), levels)

    yield eternal("is_nursery", level_in(NURSERY))
    yield eternal("is_kindergarten", level_in(KINDERGARTEN))
    yield eternal("is_primary", level_in(PRIMARY))
    yield eternal("is_lower", level_in(LOWER))
    yield eternal("is_upper", level_in(UPPER))
    yield eternal("is_general", level_in(PRIMARY, LOWER, UPPER))
    yield eternal("is_kindergarten_or_pupil", level_in(KINDERGARTEN, PRIMARY, LOWER, UPPER))
    yield eternal("is_pupil", level_in(KINDERGARTEN, PRIMARY, LOWER, UPPER, ADULT_LOWER, ADULT_UPPER))
    yield eternal("is_very_small_group", lambda who, period: np.isin(who("ethnicity", period), VERY_SMALL_GROUPS))
    yield eternal("is_kinh", lambda who, period: who("ethnicity", period) == KINH)
    yield eternal("is_minority", lambda who, period: ~who("is_kinh", period) & (who("ethnicity", period) != FOREIGN))
    yield eternal("is_boarding", lambda who, period: who("school_kind", period) == 2)
    yield eternal("is_barred", lambda who, period: np.isin(who("study_status", period), (1, 3)))
    yield eternal("is_far", far)
    yield monthly("is_poor", lambda who, period: who.household("poverty", period) == POOR)
    yield monthly("is_near_poor", lambda who, period: who.household("poverty", period) == NEAR_POOR)
    yield monthly("is_five", is_five)


def far(who, period):
    """Far from school: each level has its distance, or the terrain is difficult."""
    level = who("level", period)
    limit = np.select(
        [level == PRIMARY, (level == LOWER) | (level == ADULT_LOWER), (level == UPPER) | (level == ADULT_UPPER)],
        [4_000, 7_000, 10_000],
        2_000_000_000,
    )
    return (who("distance_m", period) >= limit) | (who("difficult_terrain", period) & (level >= PRIMARY))


def is_five(who, period):
    start = period.start
    school_year = start.year if start.month >= 9 else start.year - 1
    first = np.datetime64(f"{school_year - 5}-01-01")
    birth = who("birth_date", period)
    return (birth >= first) & (birth < np.datetime64(f"{school_year - 4}-01-01"))


def place_words():
    """Kinds of places: reckoned for each place, and projected to learners."""
    for name, entity in places.items():
        for word, formula in place_formulas(name).items():
            yield variable(f"{name}_{word}", entity, bool, DateUnit.MONTH, formula=formula)
    yield monthly("in_home_difficult", lambda who, period: who.home("home_difficult", period))
    yield monthly("in_school_difficult", lambda who, period: who.school("school_difficult", period))
    yield monthly("both_reside", both("difficult"))
    yield monthly("both_three_or_hamlet", both("three_or_hamlet"))
    yield monthly("both_one_or_two", both("one_or_two"))


def place_formulas(name):
    def area(of, period):
        return of(f"{name}_area", period)

    def flag(word):
        return lambda of, period: of(f"{name}_{word}", period)

    hamlet, coast, has_hamlet = (flag(word) for word in PLACE_FLAGS)
    return {
        "difficult": lambda of, period: hamlet(of, period) | coast(of, period) | (area(of, period) == 3),
        "three_or_hamlet": lambda of, period: hamlet(of, period) | (area(of, period) == 3),
        "one_or_two": lambda of, period: np.isin(area(of, period), (1, 2)),
        "minority": lambda of, period: (
            (area(of, period) > 0) | hamlet(of, period) | coast(of, period) | has_hamlet(of, period)
        ),
    }


def both(word):
    def formula(who, period):
        return who.home(f"home_{word}", period) & who.parent_home(f"parent_home_{word}", period)

    return formula


def lunch(who, period, parameters):
    """Decree 105/2020, Article 7."""
    difficult = who("in_home_difficult", period) | who.parent_home("parent_home_difficult", period)
    ground = (
        difficult
        | who("no_support", period)
        | who("is_poor", period)
        | who("is_near_poor", period)
        | (who("merit", period) == 1)
        | (who("disabled", period) & who("inclusive", period))
    )
    due = who("is_kindergarten", period) & ~who("is_very_small_group", period) & ground
    return due * np.int32(parameters(period).lunch)


def exempt(who, period):
    """Decree 81/2021, Articles 14 and 15."""
    general, young = who("is_general", period), who("is_kindergarten_or_pupil", period)
    first = np.datetime64(f"{period.start.year:04d}-{period.start.month:02d}-01")
    birth = who("birth_date", period)
    under_16 = birth > _years_before(first, 16)
    to_22 = ~under_16 & (birth > _years_before(first, 23))
    grandparents_poor = who("lives_with_grandparents", period) & (who("grandparents_poverty", period) == POOR)
    no_support = who("no_support", period)
    return (
        (who("is_primary", period) & who("public_school", period))
        | (who("merit", period) > 0)
        | (who("disabled", period) & young)
        | (no_support & young & under_16)
        | (no_support & general & to_22)
        | (who("is_pupil", period) & (who("is_poor", period) | grandparents_poor))
        | ((who("is_nursery", period) | who("is_kindergarten", period)) & who("is_five", period))
        | who("conscript_child", period)
        | (who("is_lower", period) & who("in_home_difficult", period))
        | who("is_boarding", period)
        | (general & who("is_very_small_group", period) & who.home("home_minority", period))
    )


def _years_before(day, years):
    text = str(day)
    return np.datetime64(f"{int(text[:4]) - years:04d}{text[4:]}")


def tuition(who, period):
    """Decree 81/2021, Articles 14 to 16: the percent of tuition not paid."""
    young = who("is_kindergarten_or_pupil", period)
    grandparents = who("lives_with_grandparents", period) & (who("grandparents_poverty", period) == NEAR_POOR)
    minority = who("is_minority", period) & ~who("is_very_small_group", period)
    seventy = young & minority & who("in_home_difficult", period)
    near_poor = who("is_pupil", period) & (who("is_near_poor", period) | grandparents)
    fifty = (young & who("work_accident_parent", period)) | near_poor
    scope = (who("is_nursery", period) | who("is_pupil", period)) & ~who("is_barred", period)
    return scope * np.select([who("tuition_exempt", period), seventy, fifty], np.int32([100, 70, 50]), np.int32(0))


def study_cost(who, period, parameters):
    """Decree 81/2021, Article 18."""
    ground = (
        (who("orphan", period) == 2)
        | who("disabled", period)
        | who("is_poor", period)
        | who("in_home_difficult", period)
    )
    scope = who("is_pupil", period) & ~(who("is_general", period) & who("is_very_small_group", period))
    return (scope & ground & ~who("is_barred", period)) * np.int32(parameters(period).study_cost)


def semi_boarding_until_april(who, period):
    """Decree 116/2016, Article 4."""
    reside, is_far = who("both_reside", period), who("is_far", period)
    below_upper = who("is_primary", period) | who("is_lower", period)
    stays = below_upper & (who("school_kind", period) == 1) & who("semi_boarder", period) & reside
    near_hard_school = reside & who("in_school_difficult", period)
    near_area_two = who("both_three_or_hamlet", period) & (who.school("school_area", period) == 2)
    people = who("is_minority", period) | (who("is_kinh", period) & who("is_poor", period))
    upper = who("is_upper", period) & people & reside & is_far
    ground = stays | (below_upper & is_far & (near_hard_school | near_area_two)) | upper
    return who("is_general", period) & ground & ~who("is_boarding", period)


def semi_boarding_from_may(who, period):
    """Decree 66/2025, Article 4."""
    reside, is_far, poor = who("both_reside", period), who("is_far", period), who("is_poor", period)
    minority_poor = who("is_minority", period) & poor & who("both_one_or_two", period)
    people = who("is_minority", period) | (who("is_kinh", period) & poor)
    below_upper = (who("is_primary", period) | who("is_lower", period)) & who.school("school_minority", period)
    adult = who("level", period) >= ADULT_LOWER
    ground = (
        (below_upper & is_far & (reside | minority_poor))
        | (who("is_upper", period) & is_far & ((people & reside) | minority_poor))
        | (adult & is_far & reside & people)
    )
    return (who("is_general", period) | adult) & ground & ~who("is_boarding", period)


def meals_until_april(who, period, parameters):
    numbers = parameters(period)
    amount = np.int32(numbers.base_salary * numbers.meals_percent // 100)
    return (who("semi_boarding", period) & ~who("is_very_small_group", period)) * amount


def meals_from_may(who, period, parameters):
    barred = who("is_very_small_group", period) & who("is_general", period)
    return (who("semi_boarding", period) & ~barred) * np.int32(parameters(period).meals)


def lodging_until_april(who, period, parameters):
    numbers = parameters(period)
    amount = np.int32(numbers.base_salary * numbers.lodging_percent // 100)
    return (who("semi_boarding", period) & ~who("housed_by_school", period)) * amount


def lodging_from_may(who, period, parameters):
    small = np.isin(who("grade", period), (1, 2)) | who("disabled", period)
    lodges = ~who("housed_by_school", period) | (small & who("lodges_with_relative", period))
    return (who("semi_boarding", period) & lodges) * np.int32(parameters(period).lodging)


def rice(who, period, parameters):
    return who("semi_boarding", period) * np.int32(parameters(period).rice_kg)


def nursery(who, period, parameters):
    """Decree 66/2025, Article 4.1."""
    school = who("public_school", period) & who.school("school_minority", period)
    need = (
        who("is_poor", period)
        | who("no_support", period)
        | (who("merit", period) == 1)
        | (who("disabled", period) & who("inclusive", period))
    )
    needy = who("is_minority", period) & who.home("home_one_or_two", period) & need
    due = who("is_nursery", period) & school & (who("in_home_difficult", period) | needy)
    return due * np.int32(parameters(period).nursery)


def policies():
    """The seven benefits of the year, one variable each; 66/2025 takes over from 116/2016 in May 2025."""

    def dated(name, kind, formulas):
        return variable(name, learner, kind, DateUnit.MONTH, **formulas)

    yield monthly("tuition_exempt", exempt)
    yield monthly("lunch", lunch, int)
    yield monthly("tuition", tuition, int)
    yield monthly("study_cost", study_cost, int)
    until, since = "formula_2016_09", "formula_2025_05"
    yield dated("semi_boarding", bool, {until: semi_boarding_until_april, since: semi_boarding_from_may})
    yield dated("semi_boarding_meals", int, {until: meals_until_april, since: meals_from_may})
    yield dated("semi_boarding_lodging", int, {until: lodging_until_april, since: lodging_from_may})
    yield monthly("semi_boarding_rice", rice, int)
    yield dated("nursery_semi_boarding", int, {since: nursery})


def system():
    """The tax and benefit system of these policies."""
    built = TaxBenefitSystem([learner, household, *places.values()])
    built.parameters = ParameterNode("", data=PARAMETERS)
    for make in (facts, words, place_words, policies):
        for one in make():
            built.add_variable(one)
    return built
