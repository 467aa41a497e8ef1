"""The ordinary learner that worked cases change: everything known, nothing that entitles. Made up."""

from datetime import date

from ansinh.core.dates import USUAL_STUDY_MONTHS, study_mask
from ansinh.core.rules import Case
from ansinh.core.tables import (
    ADMISSION,
    AREA,
    FACTS,
    KINH,
    LEVEL,
    MERIT,
    ORPHAN,
    POVERTY,
    SCHOOL_KIND,
    STUDY_STATUS,
    Kind,
    People,
)

ORDINARY = {
    **{name: False for name, fact in FACTS.items() if fact.kind is Kind.BOOL},
    "birth_date": date(2012, 5, 20),
    "ethnicity": KINH,
    "level": LEVEL.lower_secondary,
    "grade": 7,
    "public_school": True,
    "school_kind": SCHOOL_KIND.ordinary,
    "admission": ADMISSION.ordinary,
    "orphan": ORPHAN.none,
    "merit": MERIT.none,
    **dict.fromkeys(("merit_rate", "disability_degree", "disaster", "course_level", "trade", "worker_group"), 0),
    "study_status": STUDY_STATUS.normal,
    "distance_m": 1_000,
    "poverty": POVERTY.none,
    "grandparents_poverty": POVERTY.none,
    "home_area": AREA.none,
    "parent_home_area": AREA.none,
    "school_area": AREA.none,
}


def people_of(case: Case) -> People:
    """One learner with the facts of a worked case laid flat: no dated tables to join."""
    months = case.months if case.months is not None else study_mask(USUAL_STUDY_MONTHS)
    return People(learners=[{"learner": case.name, "months": months, **ORDINARY, **case.facts}])
