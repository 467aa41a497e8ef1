"""The same children through five school years: every benefit and amount written out by hand, nothing else paid.

All children are made up. VND totals are of a school year of nine months; tuition is in percent, added up over the months.
"""

from datetime import date
from typing import Any

import pytest

from ansinh import law as law_room
from ansinh.core.dates import Month, SchoolYear, study_mask
from ansinh.core.decide import Decision, Decisions, Outcome, decide
from ansinh.core.rules import Case
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND, People
from ansinh.engines.reference import reference
from ansinh.law.decree_66_2025 import FAR_PUPIL
from tests.law.ordinary import people_of

LAW = law_room.load()

FIVE_NEAR_POOR: dict[str, Any] = {"level": LEVEL.kindergarten, "grade": None, "poverty": POVERTY.near_poor}
FAR: dict[str, Any] = {
    "level": LEVEL.primary,
    "grade": 4,
    "ethnicity": ETHNICITY.tay,
    "distance_m": 5_000,
    "home_dbkk_hamlet": True,
    "parent_home_dbkk_hamlet": True,
    "school_area": AREA.three,
}
CHILDREN: dict[str, dict[str, Any]] = {
    "five, near-poor": FIVE_NEAR_POOR,
    "primary, far from school": FAR,
    "lower secondary, poor": {"poverty": POVERTY.poor},
    "lower secondary, near-poor": {"poverty": POVERTY.near_poor},
    "lower secondary, disabled": {"disabled": True},
    "lower secondary, ordinary": {},
    "lower secondary, disabled, near-poor": {"disabled": True, "poverty": POVERTY.near_poor},
    "ethnic boarding pupil": {"ethnicity": ETHNICITY.tay, "school_kind": SCHOOL_KIND.boarding},
    "Cống, semi-boarder": {"ethnicity": ETHNICITY.cong, "semi_boarder": True},
}

# school year → child → benefit → total.
EXPECTED: dict[int, dict[str, dict[str, int]]] = {
    2017: {
        # Near-poor children come in with Decree 06/2018: March to May, 10 % of 1,300,000.
        "five, near-poor": {"lunch": 3 * 130_000, "tuition": 450},
        "primary, far from school": {
            "tuition": 900,
            "semi_boarding_meals": 4_680_000,
            "semi_boarding_lodging": 1_170_000,
            "semi_boarding_rice": 135,
        },
        "lower secondary, poor": {"tuition": 900, "study_cost": 900_000},
        "lower secondary, near-poor": {"tuition": 450},
        "lower secondary, disabled": {},
        "lower secondary, ordinary": {},
        "lower secondary, disabled, near-poor": {
            "tuition": 900,
            "study_cost": 900_000,
            "disability_scholarship": 9_360_000,
            "disability_materials": 1_000_000,
        },
        # Twelve months, the last two of the base salary of July 2018.
        "ethnic boarding pupil": {"tuition": 900, "policy_scholarship": 10 * 1_040_000 + 2 * 1_112_000},
        "Cống, semi-boarder": {"small_group_support": 10 * 780_000 + 2 * 834_000},
    },
    2019: {
        "five, near-poor": {"lunch": 1_341_000, "tuition": 450},
        "primary, far from school": {
            "tuition": 900,
            "semi_boarding_meals": 5_364_000,
            "semi_boarding_lodging": 1_341_000,
            "semi_boarding_rice": 135,
        },
        "lower secondary, poor": {"tuition": 900, "study_cost": 900_000},
        "lower secondary, near-poor": {"tuition": 450},
        "lower secondary, disabled": {},
        "lower secondary, ordinary": {},
        "lower secondary, disabled, near-poor": {
            "tuition": 900,
            "study_cost": 900_000,
            "disability_scholarship": 10_728_000,
            "disability_materials": 1_000_000,
        },
        "ethnic boarding pupil": {"tuition": 900, "policy_scholarship": 14_304_000},
        "Cống, semi-boarder": {"small_group_support": 10_728_000},
    },
    2021: {
        "five, near-poor": {"lunch": 1_440_000, "tuition": 450},
        "primary, far from school": {
            "tuition": 900,
            "study_cost": 1_350_000,
            "semi_boarding_meals": 5_364_000,
            "semi_boarding_lodging": 1_341_000,
            "semi_boarding_rice": 135,
        },
        "lower secondary, poor": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, near-poor": {"tuition": 450},
        "lower secondary, disabled": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, ordinary": {},
        "lower secondary, disabled, near-poor": {
            "tuition": 900,
            "study_cost": 1_350_000,
            "disability_scholarship": 10_728_000,
            "disability_materials": 1_000_000,
        },
        "ethnic boarding pupil": {"tuition": 900, "policy_scholarship": 14_304_000},
        "Cống, semi-boarder": {"small_group_support": 10_728_000},
    },
    2024: {
        # All five-year-olds are exempt from September 2024.
        "five, near-poor": {"lunch": 1_440_000, "tuition": 900},
        "primary, far from school": {
            "tuition": 900,
            "study_cost": 1_350_000,
            # 936,000 under both decrees; lodging 234,000 until April, 360,000 in May.
            "semi_boarding_meals": 8_424_000,
            "semi_boarding_lodging": 8 * 234_000 + 360_000,
            "semi_boarding_rice": 135,
        },
        "lower secondary, poor": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, near-poor": {"tuition": 450},
        "lower secondary, disabled": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, ordinary": {},
        "lower secondary, disabled, near-poor": {
            "tuition": 900,
            "study_cost": 1_350_000,
            "disability_scholarship": 16_848_000,
            "disability_materials": 1_000_000,
        },
        # Rice and materials come with Decree 66/2025, in May.
        "ethnic boarding pupil": {
            "tuition": 900,
            "policy_scholarship": 22_464_000,
            "boarding_rice": 15,
            "boarding_materials": 1_080_000,
        },
        "Cống, semi-boarder": {"small_group_support": 16_848_000},
    },
    2025: {
        # Decree 277/2025 from November, as assumed from its day of issue.
        "five, near-poor": {
            "lunch": 2 * 160_000 + 7 * 360_000,
            "tuition": 900,
            "study_cost_preschool": 7 * 150_000,
        },
        "primary, far from school": {
            "tuition": 900,
            "study_cost": 1_350_000,
            "semi_boarding_meals": 8_424_000,
            "semi_boarding_lodging": 3_240_000,
            "semi_boarding_rice": 135,
        },
        "lower secondary, poor": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, near-poor": {"tuition": 900},
        "lower secondary, disabled": {"tuition": 900, "study_cost": 1_350_000},
        "lower secondary, ordinary": {"tuition": 900},
        "lower secondary, disabled, near-poor": {
            "tuition": 900,
            "study_cost": 1_350_000,
            "disability_scholarship": 16_848_000,
            "disability_materials": 1_000_000,
        },
        "ethnic boarding pupil": {
            "tuition": 900,
            "policy_scholarship": 10 * 1_872_000 + 2 * 2_024_000,
            "boarding_rice": 135,
            "boarding_materials": 1_080_000,
        },
        "Cống, semi-boarder": {"tuition": 900, "small_group_support": 10 * 1_404_000 + 2 * 1_518_000},
    },
}


def decided(year: int, facts: dict[str, Any], *, months: int | None = None, known: date | None = None) -> Decisions:
    case = Case("a child", year, facts, {}, months=months)
    return decide(people_of(case), law=LAW, engine=reference, year=SchoolYear(year), known=known)


def rows_of(benefit: str, decisions: Decisions) -> dict[Month, Decision]:
    return {row.month: row for row in decisions.rows() if row.benefit == benefit}


@pytest.mark.parametrize(("year", "child"), [(year, child) for year in EXPECTED for child in CHILDREN])
def test_totals_of_a_school_year(year: int, child: str) -> None:
    facts = CHILDREN[child]
    if child.startswith("five"):
        facts = {**facts, "birth_date": date(year - 5, 5, 10)}
    summary = decided(year, facts).summary()
    assert {benefit: total.quantity for benefit, total in summary.items() if total.quantity} == EXPECTED[year][child]
    assert {benefit for benefit, total in summary.items() if total.cannot_say} == set()


@pytest.mark.parametrize(
    ("month", "value"),
    [
        (Month(2009, 5), 650_000), (Month(2010, 4), 650_000), (Month(2010, 5), 730_000), (Month(2011, 5), 830_000),
        (Month(2012, 5), 1_050_000), (Month(2013, 6), 1_050_000), (Month(2013, 7), 1_150_000),
        (Month(2016, 4), 1_150_000), (Month(2016, 5), 1_210_000), (Month(2017, 7), 1_300_000),
        (Month(2018, 6), 1_300_000), (Month(2018, 7), 1_390_000), (Month(2019, 7), 1_490_000),
        (Month(2023, 6), 1_490_000), (Month(2023, 7), 1_800_000), (Month(2024, 7), 2_340_000),
        (Month(2026, 6), 2_340_000), (Month(2026, 7), 2_530_000),
    ],
)  # fmt: skip
def test_base_salary_by_month(month: Month, value: int) -> None:
    found = LAW.number("base_salary_vnd", month)
    assert found is not None
    assert found[1].value == value


def test_base_salary_changes_in_the_month_it_changes() -> None:
    summer = study_mask([10, 11, 12])
    meals = rows_of("semi_boarding_meals", decided(2017, FAR, months=summer))
    assert [row.quantity for row in meals.values()] == [520_000, 556_000, 556_000]
    meals = rows_of("semi_boarding_meals", decided(2025, FAR_PUPIL, months=summer))
    assert [row.quantity for row in meals.values()] == [936_000, 936_000, 936_000]


def test_rice_of_thai_nguyen_in_a_hundredth() -> None:
    """6,500 pupils of 2018-2019 received 877.5 tonnes (published); 65 made-up pupils receive a hundredth."""
    case = Case("a child", 2018, FAR, {})
    one = people_of(case).learners[0]
    people = People([{**one, "learner": f"made-up {n}"} for n in range(65)])
    summary = decide(people, law=LAW, engine=reference, year=SchoolYear(2018)).summary()
    assert (summary["semi_boarding_rice"].yes, summary["semi_boarding_rice"].quantity) == (65, 8_775)


def test_semi_boarding_changes_in_may_2025_and_the_months_before_bear_a_doubt() -> None:
    lodging = rows_of("semi_boarding_lodging", decided(2024, FAR))
    assert lodging[Month(2025, 4)].quantity == 234_000
    assert lodging[Month(2025, 5)].quantity == 360_000
    transition = [m for m, row in lodging.items() if any("Điều 15, 16" in doubt.vi for doubt in row.doubts)]
    assert transition == [Month(2025, month) for month in (1, 2, 3, 4)]


def test_lunch_is_doubted_from_september_2025_on_and_not_before() -> None:
    child = {**FIVE_NEAR_POOR, "birth_date": date(2020, 5, 10)}
    assert all(row.doubts for row in rows_of("lunch", decided(2025, child)).values())
    child = {**FIVE_NEAR_POOR, "birth_date": date(2019, 5, 10)}
    assert not any(row.doubts for row in rows_of("lunch", decided(2024, child)).values())


def test_the_school_year_2025_as_known_before_decree_238_was_signed() -> None:
    before = rows_of("tuition", decided(2025, {}, known=date(2025, 9, 2)))
    assert {(row.document.id, row.cite) for row in before.values()} == {("nd-81-2021", "15.9")}
    after = rows_of("tuition", decided(2025, {}, known=date(2025, 9, 3)))
    assert {(row.document.id, row.cite) for row in after.values()} == {("nd-238-2025", "15.1")}


def test_a_private_school_is_told_that_its_rate_is_the_province_s() -> None:
    rows = rows_of("tuition", decided(2025, {"public_school": False})).values()
    assert all(row.outcome is Outcome.NO for row in rows)
    assert all(any("16" in doubt.vi and "tư thục" in doubt.vi for doubt in row.doubts) for row in rows)


def test_a_doubt_is_shown_on_the_answers_that_rest_on_it() -> None:
    """A public pupil's exemption does not rest on what is left out for vocational learners; their refusal does."""
    assert not any(row.doubts for row in rows_of("tuition", decided(2025, {})).values())
    refused = rows_of("tuition", decided(2025, {"level": LEVEL.vocational})).values()
    assert all(any("nghề nghiệp" in doubt.vi for doubt in row.doubts) for row in refused)
    in_place = {"home_area": AREA.three}
    paid = rows_of("study_cost", decided(2022, in_place)).values()
    assert all(any("nơi ở thực tế" in doubt.vi for doubt in row.doubts) for row in paid)
    paid = rows_of("study_cost", decided(2022, {**in_place, "school_area": AREA.three})).values()
    assert not any("nơi ở thực tế" in doubt.vi for row in paid for doubt in row.doubts)
    refused = rows_of("study_cost", decided(2022, {})).values()
    assert not any("nơi ở thực tế" in doubt.vi for row in refused for doubt in row.doubts)


def test_a_doubt_is_shown_in_the_months_it_is_about() -> None:
    doubted = {m for m, row in rows_of("tuition", decided(2021, {"poverty": POVERTY.poor})).items() if row.doubts}
    assert doubted == {Month(2021, 9), Month(2021, 10)}
    # A poor child of three in 2015-2016: Decision 60/2011 is written for 2011-2015 and still paid in 2016.
    child = {**FIVE_NEAR_POOR, "poverty": POVERTY.poor, "birth_date": date(2012, 5, 10)}
    doubted = {m for m, row in rows_of("lunch", decided(2015, child)).items() if row.doubts}
    assert doubted == {Month(2016, month) for month in range(1, 6)}


def test_of_two_study_cost_supports_one_is_given_and_the_other_says_why() -> None:
    child = {"level": LEVEL.kindergarten, "grade": None, "poverty": POVERTY.poor, "birth_date": date(2022, 5, 10)}
    decisions = decided(2026, child)
    assert {row.quantity for row in rows_of("study_cost", decisions).values()} == {150_000}
    lost = rows_of("study_cost_preschool", decisions).values()
    assert {row.superseded_by for row in lost} == {"study_cost"}
    assert all(any("Giả định" in doubt.vi for doubt in row.doubts) for row in lost)


def test_every_unconfirmed_number_and_document_bears_a_doubt() -> None:
    for document in LAW.documents:
        if document.mark.value == "unconfirmed":
            assert document.doubts, document.id
        for number in document.numbers:
            if number.mark.value == "unconfirmed":
                assert number.doubt or document.doubts, (document.id, number.name)
