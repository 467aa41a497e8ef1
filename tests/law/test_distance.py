"""The distance of each level under both semi-boarding decrees: at the limit it counts, one metre short it does not."""

from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import Outcome, decide
from ansinh.core.rules import Case
from ansinh.core.tables import AREA, ETHNICITY, LEVEL
from ansinh.engines.reference import reference
from tests.law.ordinary import people_of

LAW = law_room.load()
LIMITS = [
    (2022, LEVEL.primary, 4_000),
    (2022, LEVEL.lower_secondary, 7_000),
    (2022, LEVEL.upper_secondary, 10_000),
    (2025, LEVEL.primary, 4_000),
    (2025, LEVEL.lower_secondary, 7_000),
    (2025, LEVEL.upper_secondary, 10_000),
    (2025, LEVEL.adult_lower_secondary, 7_000),
    (2025, LEVEL.adult_upper_secondary, 10_000),
]


def outcomes(year: int, level: int, **changes: Any) -> set[Outcome]:
    """Of meals, lodging and rice in every month of a school year."""
    facts = {
        "level": level,
        "ethnicity": ETHNICITY.tay,
        "home_area": AREA.three,
        "parent_home_area": AREA.three,
        "school_area": AREA.three,
        **changes,
    }
    three = ["semi_boarding_meals", "semi_boarding_lodging", "semi_boarding_rice"]
    case = Case("a made-up pupil", year, facts, {})
    decisions = decide(people_of(case), law=LAW, engine=reference, year=SchoolYear(year), benefits=three)
    return {row.outcome for row in decisions.rows()}


@pytest.mark.parametrize(("year", "level", "metres"), LIMITS)
def test_the_limit_counts_and_one_metre_short_does_not(year: int, level: int, metres: int) -> None:
    assert outcomes(year, level, distance_m=metres) == {Outcome.YES}
    assert outcomes(year, level, distance_m=metres - 1) == {Outcome.NO}
    assert outcomes(year, level, distance_m=metres - 1, difficult_terrain=True) == {Outcome.YES}
    assert outcomes(year, level, distance_m=metres - 1, difficult_terrain=None) == {Outcome.CANNOT_SAY}
    assert outcomes(year, level, distance_m=None, difficult_terrain=False) == {Outcome.CANNOT_SAY}
