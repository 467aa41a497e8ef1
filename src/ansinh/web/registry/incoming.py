"""An accepted kind of list as statements to be: what each row says of whom, in the columns of `Statement`.

A school's roster goes through `learner_roster.people`, which every other reader of it uses too. Lists about people who are
not enrolled by them (poverty, disability, merit) say what their columns feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from ansinh.core.dates import OPEN, PREPARATORY, SchoolYear
from ansinh.core.tables import FACTS, OWN_FACTS, ROLES
from ansinh.sheets import Cell, Column, Intake, IntakeRow, learner_roster, templates
from ansinh.web.registry import sealed
from ansinh.web.registry.bulk import chunks
from ansinh.web.registry.models import Area, Household, School

ROSTER = "learner_roster"
SCHOOL_LIST, STAFF_LIST = "school_list", "staff_list"  # Lists that are of no learners.
ROLLOVER = "rollover"  # The end of a school year: a batch that no file stands behind.
_NAMES = {"full_name": "full_name", "sex": "sex", "learner_code": "code", "father": "father", "mother": "mother"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file as it would be accepted: `values` in the columns of Statement; `cells()` gives fact → its cell, and
    `odd_cells()` those among them that may stand elsewhere than in the column they have in other rows.
    """

    number: int
    sheet: str
    row: int
    values: Mapping[str, Any]
    identity_number: str | None
    household: str | None
    cells: Callable[[], Mapping[str, Cell]]
    odd_cells: Callable[[], Mapping[str, Cell]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file's lines, and the days between which what it says holds."""

    lines: tuple[Line, ...]
    year: int | None
    since: date
    until: date
    header: Mapping[str, Cell]


def year_of(intake: Intake, received: date) -> int:
    """The first calendar year of the school year a file names; else that of the day it was received."""
    named = intake.header.get("school_year")
    if isinstance(named, int):
        return named
    return SchoolYear.of(received).start


def lines_of(intake: Intake, school: School | None, area: Area | None, received: date) -> Incoming:
    """The lines of a file for a school, or for an area when there is none.

    A roster holds for its school year, from the August before; a list with a calendar year for that year; any other from the
    day it was received.
    """
    households = _households(intake, school.code if school else area.code if area else "")
    if intake.template == ROSTER:
        year = SchoolYear(year_of(intake, received))
        lines = tuple(_roster(intake, year, households))
        return Incoming(lines, year.start, year.month(PREPARATORY).first_day, year.until, _header(intake))
    lines = tuple(_listed(intake, households))
    named = intake.header.get("year")
    if isinstance(named, int):
        return Incoming(lines, None, date(named, 1, 1), date(named + 1, 1, 1), _header(intake))
    return Incoming(lines, None, received, OPEN, _header(intake))


def _header(intake: Intake) -> dict[str, Cell]:
    """The facts that a file says once for all its rows, each with its cell."""
    template = templates()[intake.template]
    said = [(column, cell) for column in template.header_columns if (cell := intake.header_cells.get(column.name))]
    return {fact: cell for column, cell in said for fact in column.feeds}


def _roster(intake: Intake, year: SchoolYear, households: Mapping[str, int]) -> Iterator[Line]:
    people = learner_roster.people(intake, year)
    roles = [(role, {row["key"]: row for row in people.tables.get(role.table, ())}) for role in ROLES]
    cells, odd = learner_roster.fact_cells(intake), learner_roster.odd_cells(intake)
    for number, (row, learner) in enumerate(zip(intake.rows, people.learners, strict=True), start=1):
        values: dict[str, Any] = {name: learner[name] for name in OWN_FACTS if learner.get(name) is not None}
        for role, rows in roles:
            stood: Mapping[str, Any] = rows.get(learner.get(role.key)) or {}
            values |= {fact: stood[column] for column, fact in role.facts.items() if stood.get(column) is not None}
        values |= {"class_name": row.values.get("class_name"), "months": learner["months"], "enrolled": True}
        yield _line(number, row, values, partial(_cells_of, cells, row), partial(_cells_of, odd, row), households)


def _listed(intake: Intake, households: Mapping[str, int]) -> Iterator[Line]:
    template = templates()[intake.template]
    fed = [(column, fact) for column in template.columns for fact in column.feeds if fact in FACTS]
    for number, row in enumerate(intake.rows, start=1):
        values = {fact: row.values[column.name] for column, fact in fed if row.values.get(column.name) is not None}
        cells = partial(_cells_fed, fed, row)
        yield _line(number, row, values, cells, cells, households)


def _cells_of(cells: Callable[[IntakeRow], Iterator[tuple[str, Cell]]], row: IntakeRow) -> dict[str, Cell]:
    return dict(cells(row))


def _cells_fed(fed: Sequence[tuple[Column, str]], row: IntakeRow) -> dict[str, Cell]:
    return {fact: cell for column, fact in fed if (cell := row.cells.get(column.name))}


def household_key(owner: str, code: str) -> str:
    """A file's own household code under the code of the school or commune that uses it."""
    return f"{owner}:{code}"[:80]


def _households(intake: Intake, owner: str) -> dict[str, int]:
    """The file's household codes that are known already, each with its number."""
    codes = {str(code) for row in intake.rows if (code := row.values.get("household_code"))}
    wanted = {household_key(owner, code): code for code in codes}
    known: dict[str, int] = {}
    for some in chunks(sorted(wanted), 900):
        known |= {wanted[key]: pk for key, pk in Household.objects.filter(key__in=some).values_list("key", "pk")}
    return known


def _line(
    number: int,
    row: IntakeRow,
    values: dict[str, Any],
    cells: Callable[[], Mapping[str, Cell]],
    odd_cells: Callable[[], Mapping[str, Cell]],
    households: Mapping[str, int],
) -> Line:
    values |= {column: row.values.get(name) for name, column in _NAMES.items()}
    if row.values.get("birth_date") is not None:
        values["birth_date"] = row.values["birth_date"]
    identity = row.values.get("identity_number")
    if identity:
        values["digest"] = sealed.digest(str(identity))
    household = str(row.values.get("household_code") or "")
    if household:
        values["household_id"] = households.get(household, household)  # Its code, until accepting makes it known.
    said = {name: value for name, value in values.items() if value is not None and value != ""}
    return Line(
        number,
        row.sheet,
        row.row,
        said,
        str(identity) if identity else None,
        household or None,
        cells,
        odd_cells,
    )
