"""Make the frozen province beside this file: `python -m tests.province.freeze`. Every child, school and commune is made up.

A snapshot as a department would keep it on 30 June 2025: what each child was, when it was true, and when it was learned.
It is decided again on every run; its identity must not move. Where a law file was put right on purpose, write the identity
that the command prints into `test_frozen.py` and say why in the commit.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ansinh.core.dates import OPEN, USUAL_STUDY_MONTHS, study_mask
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, MERIT, ORPHAN, POVERTY, SCHOOL_KIND, STUDY_STATUS, People
from ansinh.sheets import read_snapshot, snapshot_hash, write_snapshot

FOLDER = Path(__file__).parent / "frozen"
SEED = 2024
LEARNERS = 240
YEAR = 2024
START, TAKEN = date(2024, 8, 1), date(2025, 6, 30)
RECEIVED = date(2024, 8, 1)  # The day the first rosters came.
NONE, NEAR, POOR = POVERTY.none, POVERTY.near_poor, POVERTY.poor
PLACES: dict[str, dict[str, Any]] = {
    "lowland": {"area": AREA.none, "dbkk_hamlet": False, "dbkk_coast": False, "has_dbkk_hamlet": False},
    "coast": {"area": AREA.none, "dbkk_hamlet": False, "dbkk_coast": True, "has_dbkk_hamlet": False},
    "hamlet": {"area": AREA.one, "dbkk_hamlet": True, "dbkk_coast": False, "has_dbkk_hamlet": True},
    "upland": {"area": AREA.three, "dbkk_hamlet": True, "dbkk_coast": False, "has_dbkk_hamlet": True},
}
SCHOOLS = {
    "school-1": ("Trường Mầm non Mẫu 1", "Xã Mẫu Bằng", "lowland"),
    "school-2": ("Trường Tiểu học Mẫu 2", "Xã Mẫu Bằng", "lowland"),
    "school-3": ("Trường TH–THCS Mẫu 3", "Xã Mẫu Cao", "upland"),
    "school-4": ("Trường Mầm non Mẫu 4", "Xã Mẫu Cao", "hamlet"),
}
# Three children whose year the tests reckon by hand.
LATE_PAPER, LOST_STATUS, LEFT = "P0001", "P0002", "P0003"


def _five(learner: str, household: str) -> dict[str, Any]:
    """A five-year-old in a lowland kindergarten, of whom everything is known and nothing but the household may entitle."""
    return {
        "learner": learner,
        "months": study_mask(USUAL_STUDY_MONTHS),
        "birth_date": date(2019, 3, 15),
        "ethnicity": ETHNICITY.kinh,
        "level": LEVEL.kindergarten,
        "public_school": True,
        "school_kind": SCHOOL_KIND.ordinary,
        "disabled": False,
        "inclusive": False,
        "orphan": ORPHAN.none,
        "no_support": False,
        "merit": MERIT.none,
        "conscript_child": False,
        "work_accident_parent": False,
        "industrial_worker_parent": False,
        "study_status": STUDY_STATUS.normal,
        "distance_m": 900,
        "difficult_terrain": False,
        "semi_boarder": False,
        "housed_by_school": False,
        "lodges_with_relative": False,
        "pre_grade1_course": False,
        "lives_with_grandparents": False,
        "household": household,
        "home_place": "lowland",
        "parent_home_place": "lowland",
        "school_place": "school-1",
    }


def _any(rng: Random, number: int) -> dict[str, Any]:
    """A child of a seeded chance, with some facts not known."""
    age = rng.randint(3, 15)
    hard = rng.random() < 0.4
    level = LEVEL.kindergarten if age < 6 else LEVEL.primary if age < 11 else LEVEL.lower_secondary
    home = rng.choice(["hamlet", "upland"] if hard else ["lowland", "lowland", "coast"])
    row = _five(f"P{number:04d}", f"household-{rng.randint(4, 160):03d}") | {
        "birth_date": date(YEAR - age, 1, 1) + timedelta(days=rng.randrange(365)),
        "ethnicity": rng.choice([ETHNICITY.tay, ETHNICITY.kho_me, ETHNICITY.lo_lo] if hard else [ETHNICITY.kinh]),
        "level": level,
        "grade": None if level == LEVEL.kindergarten else age - 5,
        "disabled": rng.random() < 0.05,
        "inclusive": rng.random() < 0.5,
        "orphan": rng.choice([ORPHAN.none] * 18 + [ORPHAN.one, ORPHAN.both]),
        "merit": rng.choice([MERIT.none] * 19 + [MERIT.child]),
        "distance_m": rng.choice([600, 1_500, 3_999, 4_000, 7_200]),
        "semi_boarder": hard and level == LEVEL.lower_secondary,
        "pre_grade1_course": age == 6 and hard,
        "home_place": home,
        "parent_home_place": home,
        "school_place": rng.choice(["school-3", "school-4"] if hard else ["school-1", "school-2"]),
    }
    for name in ("ethnicity", "merit", "distance_m", "home_place", "inclusive"):
        if rng.random() < 0.03:
            row[name] = None
    return row


def _households(rng: Random) -> list[dict[str, Any]]:
    """Poverty by calendar year, as it is recognised; some corrected later, some not known."""
    fixed = {"001": NONE, "002": POOR, "003": POOR}
    rows = []
    for number in [f"{n:03d}" for n in range(1, 161)]:
        poverty = fixed.get(number) if number in fixed else rng.choice([NONE, NONE, NONE, NEAR, POOR, None])
        row = {"key": f"household-{number}", "since": START, "until": OPEN, "learned": RECEIVED, "poverty": poverty}
        rows.append(row)
        if number not in fixed and rng.random() < 0.1:
            changed = {"since": date(2025, 1, 1), "learned": date(2025, rng.randint(1, 5), 10)}
            rows.append(row | changed | {"poverty": rng.choice([NONE, NEAR, POOR])})
    return rows


def _statuses(rng: Random, learners: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What changed about some children within the year: another school, a certificate, leaving school."""
    rows = []
    for row in learners[3:]:
        since = date(2025, rng.randint(1, 4), rng.choice([1, 15]))
        span = {"key": row["learner"], "since": since, "until": OPEN, "learned": since + timedelta(days=20)}
        chance = rng.random()
        if chance < 0.05:
            rows.append(span | {"school_place": rng.choice(sorted(SCHOOLS))})
        elif chance < 0.09:
            rows.append(span | {"disabled": True, "inclusive": True})
        elif chance < 0.13:
            rows.append(span | {"enrolled": False})
    return rows


def province() -> People:
    """The frozen people; the same on every call."""
    rng = Random(SEED)  # noqa: S311 - made-up data, not secrets.
    fixed = [_five(name, f"household-{name[-3:]}") for name in (LATE_PAPER, LOST_STATUS, LEFT)]
    learners = fixed + [_any(rng, number) for number in range(4, LEARNERS + 1)]
    span = {"since": START, "until": OPEN, "learned": RECEIVED}
    places = [{"key": name, **span, **facts} for name, facts in PLACES.items()]
    places += [{"key": name, **span, **PLACES[place]} for name, (_, _, place) in SCHOOLS.items()]
    tables = {"household": _households(rng), "place": places, "status": _statuses(rng, learners)}
    names = {
        row["learner"]: {
            "name": f"Trẻ Mẫu {number}",
            "class": f"{row['grade']}A" if row.get("grade") else "Lá 1",
            "school": SCHOOLS[row["school_place"]][0],
            "commune": SCHOOLS[row["school_place"]][1],
        }
        for number, row in enumerate(learners, start=1)
    }
    return People(learners, tables, names=names)


if __name__ == "__main__":
    from tests.province import test_frozen

    write_snapshot(province(), FOLDER, form="csv")
    print(f'SNAPSHOT = "{snapshot_hash(FOLDER)}"\nIDENTITY = "{test_frozen.decided(read_snapshot(FOLDER)).identity()}"')
