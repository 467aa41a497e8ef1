"""A made-up population as Parquet files: learners, and the dated tables of households and places. Nobody in it exists.

Every number is drawn from a seeded generator, so that both engines, on any machine, are given the same bytes to decide.
Shares are rough ones of a mixed province: a fifth of places in areas I to III, a tenth of households poor or near-poor.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ansinh.core.codes import DISABILITY_DEGREE, DISASTER, MERIT_RATE
from ansinh.core.dates import OPEN, USUAL_STUDY_MONTHS, study_mask
from ansinh.core.tables import AREA, KINH, LEVEL, MERIT, ORPHAN, OWN_FACTS, POVERTY, SCHOOL_KIND, STUDY_STATUS

SEED = 20_242_025
START = 2024  # The school year opens in September of this year.
PLACES = 400
LEARNERS_A_HOUSEHOLD = 5 / 3
ALWAYS = date(2020, 1, 1)
POVERTY_DAY = date(START + 1, 1, 1)  # The yearly review of poor households takes effect.
AREA_DAY = date(START + 1, 3, 1)  # A list of areas is replaced in the middle of the school year.
KEYS = ("household", "grandparents_household", "home_place", "parent_home_place", "school_place")

Array = np.ndarray


def write(folder: Path, learners: int, *, missing: float = 0.0) -> None:
    """Write learners.parquet, household.parquet and place.parquet; `missing` is the share of facts and keys left empty."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    places = _places(rng)
    households = max(1, round(learners / LEARNERS_A_HOUSEHOLD))
    people = _learners(rng, learners, households, places)
    if missing:
        people = _with_gaps(rng, people, missing)
    people.write_parquet(folder / "learners.parquet")
    _household_rows(rng, households).write_parquet(folder / "household.parquet")
    _place_rows(rng, places).write_parquet(folder / "place.parquet")


def _flags(rng: np.random.Generator, size: int, share: float | Array) -> Array:
    return rng.random(size) < share


def _codes(rng: np.random.Generator, size: int, shares: Mapping[int, float]) -> Array:
    parts = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares), dtype=np.int16), size, p=parts / parts.sum())


def _places(rng: np.random.Generator) -> dict[str, Array]:
    area = _codes(rng, PLACES, {AREA.none: 0.80, AREA.one: 0.08, AREA.two: 0.05, AREA.three: 0.07})
    hamlet = _flags(rng, PLACES, np.where(area > AREA.none, 0.15, 0.0))
    coast = _flags(rng, PLACES, 0.02)
    return {"area": area, "dbkk_hamlet": hamlet, "dbkk_coast": coast, "has_dbkk_hamlet": hamlet | (area == AREA.three)}


def _learners(rng: np.random.Generator, n: int, households: int, places: Mapping[str, Array]) -> pl.DataFrame:
    """Learners in the order of their schools' places, as rosters come in."""
    home = np.sort(rng.integers(0, PLACES, n))
    near = np.clip(home + rng.integers(-3, 4, n), 0, PLACES - 1)
    hard = (places["area"] == AREA.three)[home] | places["dbkk_hamlet"][home] | places["dbkk_coast"][home]
    level, grade, birth = _schooling(rng, n)
    with_grandparents = _flags(rng, n, 0.06)
    grandparents = pl.Series(rng.integers(0, households, n), dtype=pl.Int32)
    minority = _flags(rng, n, np.where(hard, 0.65, 0.12))
    columns = {
        "learner": np.arange(n, dtype=np.int32),
        "months": np.full(n, study_mask(USUAL_STUDY_MONTHS), dtype=np.int32),
        "household": rng.integers(0, households, n).astype(np.int32),
        "grandparents_household": pl.select(pl.when(pl.Series(with_grandparents)).then(grandparents)).to_series(),
        "home_place": home.astype(np.int32),
        "parent_home_place": np.where(_flags(rng, n, 0.95), home, near).astype(np.int32),
        "school_place": np.where(_flags(rng, n, 0.90), home, near).astype(np.int32),
        "birth_date": birth,
        "ethnicity": np.where(minority, rng.integers(2, 55, n), KINH).astype(np.int16),
        "level": level,
        "grade": grade,
        "lives_with_grandparents": with_grandparents,
        **_circumstances(rng, n, hard, level),
    }
    lacking = set(OWN_FACTS) - set(columns)
    if lacking:
        raise ValueError(f"made-up learners lack {', '.join(sorted(lacking))}")
    return pl.DataFrame(columns)


def _schooling(rng: np.random.Generator, n: int) -> tuple[Array, Array, Array]:
    """Level, grade (0 before grade 1) and a birthday that fits, one learner in twenty a year older than the rule."""
    shares = {0: 0.08, **dict.fromkeys((3, 4, 5), 0.06), **dict.fromkeys(range(6, 11), 0.07)}
    shares |= {**dict.fromkeys(range(11, 15), 0.06), **dict.fromkeys(range(15, 18), 0.05)}
    ages = _codes(rng, n, shares)
    level = np.select(
        [ages == 0, ages <= 5, ages <= 10, ages <= 14],
        [LEVEL.nursery, LEVEL.kindergarten, LEVEL.primary, LEVEL.lower_secondary],
        LEVEL.upper_secondary,
    ).astype(np.int16)
    adult = _flags(rng, n, 0.03)
    level = np.where(adult & (level == LEVEL.lower_secondary), LEVEL.adult_lower_secondary, level)
    level = np.where(adult & (level == LEVEL.upper_secondary), LEVEL.adult_upper_secondary, level).astype(np.int16)
    grade = np.where(ages >= 6, ages - 5, 0).astype(np.int16)
    years = START - np.where(ages == 0, 2, ages) - _flags(rng, n, 0.05)
    day = (years - 1970).astype("datetime64[Y]").astype("datetime64[D]") + rng.integers(0, 365, n)
    return level, grade, day


def _circumstances(rng: np.random.Generator, n: int, hard: Array, level: Array) -> dict[str, Array]:
    pupil = level >= LEVEL.primary
    kinds = _codes(rng, n, {SCHOOL_KIND.ordinary: 0.85, SCHOOL_KIND.semi_boarding: 0.12, SCHOOL_KIND.boarding: 0.03})
    disabled = _flags(rng, n, 0.012)
    merits = {MERIT.none: 0.985, MERIT.child: 0.0145, MERIT.person: 0.0005}
    statuses = {
        STUDY_STATUS.normal: 0.985,
        STUDY_STATUS.repeating: 0.01,
        STUDY_STATUS.repeating_illness: 0.002,
        STUDY_STATUS.suspended: 0.003,
    }
    semi_boarder = hard & pupil & _flags(rng, n, 0.25)
    return {
        "public_school": _flags(rng, n, 0.93),
        "school_kind": np.where(hard & pupil, kinds, SCHOOL_KIND.ordinary).astype(np.int16),
        "disabled": disabled,
        "inclusive": disabled & _flags(rng, n, 0.8),
        "orphan": _codes(rng, n, {ORPHAN.none: 0.965, ORPHAN.one: 0.03, ORPHAN.both: 0.005}),
        "no_support": _flags(rng, n, 0.004),
        "merit": _codes(rng, n, merits),
        "conscript_child": _flags(rng, n, 0.001),
        "work_accident_parent": _flags(rng, n, 0.003),
        "industrial_worker_parent": _flags(rng, n, 0.08),
        "study_status": _codes(rng, n, statuses),
        "distance_m": np.minimum(rng.exponential(2_500, n) * np.where(hard, 2, 1), 60_000).astype(np.int32),
        "difficult_terrain": hard & _flags(rng, n, 0.1),
        "semi_boarder": semi_boarder,
        "housed_by_school": semi_boarder & _flags(rng, n, 0.6),
        "lodges_with_relative": _flags(rng, n, 0.01),
        "pre_grade1_course": _flags(rng, n, 0.05),
        # Drawn apart, so that the columns and tables that were there before keep their values.
        **_later_facts(rng.spawn(1)[0], n, pupil, semi_boarder, disabled),
    }


def _later_facts(
    rng: np.random.Generator, n: int, pupil: Array, semi_boarder: Array, disabled: Array
) -> dict[str, Array]:
    """Border schools, lunch, merit rates, degrees of disability, disaster; no one here follows a vocational course."""
    degrees = {DISABILITY_DEGREE.light: 0.3, DISABILITY_DEGREE.severe: 0.5, DISABILITY_DEGREE.very_severe: 0.2}
    harms = {DISASTER.none: 0.99, DISASTER.hunger: 0.005, DISASTER.injury: 0.001, DISASTER.house_damaged: 0.004}
    return {
        "border_commune_school": _flags(rng, n, 0.02),
        "lunch_at_school": semi_boarder | (pupil & _flags(rng, n, 0.3)),
        "merit_rate": _codes(rng, n, {MERIT_RATE.none: 0.985, MERIT_RATE.full: 0.005, MERIT_RATE.reduced: 0.01}),
        "disability_degree": np.where(disabled, _codes(rng, n, degrees), DISABILITY_DEGREE.none).astype(np.int16),
        "single_parent": _flags(rng, n, 0.03),
        "disaster": _codes(rng, n, harms),
        **{name: np.zeros(n, dtype=np.int16) for name in ("admission", "course_level", "trade", "worker_group")},
        **{
            name: np.zeros(n, dtype=bool)
            for name in ("first_year_of_course", "lower_secondary_entry", "boarding_graduate")
        },
    }


def _with_gaps(rng: np.random.Generator, people: pl.DataFrame, share: float) -> pl.DataFrame:
    names = [name for name in people.columns if name not in ("learner", "months")]
    kept = {name: pl.Series(_flags(rng, people.height, 1 - share)) for name in names}
    return people.with_columns(pl.when(kept[name]).then(pl.col(name)).alias(name) for name in names)


def _household_rows(rng: np.random.Generator, households: int) -> pl.DataFrame:
    """Poverty status until the end of the calendar year, then that of the next review for some."""
    shares = {POVERTY.none: 0.90, POVERTY.near_poor: 0.055, POVERTY.poor: 0.045}
    before = _codes(rng, households, shares)
    changed = _flags(rng, households, 0.03)
    after = np.where(changed, _codes(rng, households, shares), before)
    return _dated({"poverty": before}, {"poverty": after}, changed, POVERTY_DAY)


def _place_rows(rng: np.random.Generator, places: Mapping[str, Array]) -> pl.DataFrame:
    """One place in seven or so moves to another area class on one day of the year."""
    changed = _flags(rng, PLACES, 0.15)
    moved = np.where(places["area"] == AREA.none, AREA.three, places["area"] - 1).astype(np.int16)
    area = np.where(changed & _flags(rng, PLACES, 0.5), moved, np.maximum(places["area"] - changed, 0)).astype(np.int16)
    return _dated(places, {**places, "area": area}, changed, AREA_DAY)


def _dated(before: Mapping[str, Array], after: Mapping[str, Array], changed: Array, day: date) -> pl.DataFrame:
    """Two rows for a key that changed on a day, one for the others, all learned before the year."""
    keys = np.arange(len(changed), dtype=np.int32)
    stamps = pl.lit(ALWAYS).alias("since"), pl.lit(ALWAYS).alias("learned")
    until = pl.when(pl.Series(changed)).then(pl.lit(day)).otherwise(pl.lit(OPEN)).alias("until")
    first = pl.DataFrame({"key": keys, **before}).with_columns(*stamps, until)
    second = pl.DataFrame({"key": keys, **after}).filter(pl.Series(changed))
    second = second.with_columns(
        pl.lit(day).alias("since"), pl.lit(ALWAYS).alias("learned"), pl.lit(OPEN).alias("until")
    )
    names = ["key", "since", "until", "learned", *before]
    return pl.concat([first.select(names), second.select(names)])
