"""The learner roster: one row a child, with every fact that a rule of support may ask for.

Feeds core.tables: the learner's own facts, and the dated tables of households and places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from ansinh.core.dates import PREPARATORY, SchoolYear, Span, study_mask_between
from ansinh.core.tables import FACTS, LEVEL, OWN_FACTS, POVERTY, People, Source
from ansinh.core.words import folded
from ansinh.sheets._identity import identity_numbers
from ansinh.sheets._roster_checks import derive_level, enrolment, households, identify
from ansinh.sheets._roster_columns import COLUMNS
from ansinh.sheets._roster_school import SCHOOL_COLUMNS
from ansinh.sheets._roster_words import PLACE_FACTS
from ansinh.sheets._table import Cells
from ansinh.sheets._template import Cell, Column, Draft, Fault, Intake, IntakeRow, Severity, Template

SCHOOL_KEY = "truong"
_SCHOOL_FACTS = ("public_school", "school_kind", "school_place", "border_commune_school")


def _absent_columns(draft: Draft) -> None:
    """One note for all columns a file lacks: what they would decide stays open for every child."""
    # All rows of a sheet have the same columns.
    cells = {name for row in {row.sheet: row for row in draft.rows}.values() for name in row.cells}
    absent = [
        column for column in COLUMNS if column.feeds and column.name not in cells and _matters(column.name, draft)
    ]
    if draft.rows and absent:
        listed, listed_en = "; ".join(column.vi for column in absent), "; ".join(column.en for column in absent)
        vi = (
            f"Tệp không có các cột sau, nên quyền lợi cần đến chúng sẽ là chưa đủ căn cứ: {listed}. Hãy thêm cột "
            "từ mẫu nếu có thông tin."
        )
        en = (
            f"The file lacks these columns, so support that needs them cannot be decided: {listed_en}. Add them from "
            "the template if known."
        )
        draft.faults.append(Fault("columns_absent", vi, en, Severity.NOTE, draft.rows[0].sheet))


def _matters(name: str, draft: Draft) -> bool:
    """Optional columns are no loss, nor are those no row needs: grade and level that could be worked out, admission to school."""
    if name in ("household_code", "learner_code", "enrolled_on", "left_on"):
        return False
    if name in ("grade", "level"):
        return any(_unplaced(row) for row in draft.rows)
    if name == "admission":  # Asked of students only.
        return any(_after_school(row) for row in draft.rows)
    return True


def _after_school(row: IntakeRow) -> bool:
    """Whether a row is of a learner past general school, whose way of admission counts."""
    return row.values.get("level") in (LEVEL.vocational, LEVEL.university)


def _unplaced(row: IntakeRow) -> bool:
    """Whether a row's level is not known, or its grade where that level has grades."""
    level = row.values.get("level")
    graded = isinstance(level, int) and LEVEL.primary <= level <= LEVEL.vocational
    return not isinstance(level, int) or (graded and row.values.get("grade") is None)


def _school_facts(draft: Draft) -> None:
    """One note for all school facts that are not given; they stay unknown for every child."""
    absent = [column for column in SCHOOL_COLUMNS if column.name in _SCHOOL_FACTS and column.name not in draft.header]
    if draft.rows and absent:
        listed, listed_en = "; ".join(column.vi for column in absent), "; ".join(column.en for column in absent)
        vi = f"Chưa có thông tin trường: {listed}. Mọi em sẽ thiếu căn cứ này; hãy điền trang “Thông tin trường”."
        en = f"School facts are not given: {listed_en}. Every child lacks them; fill in the sheet “Thông tin trường”."
        draft.faults.append(Fault("school_facts_absent", vi, en, Severity.NOTE))
    place = draft.header.get("school_place")
    if isinstance(place, tuple) and place[1] is True and draft.header.get("school_has_dbkk_hamlet") is False:
        cell = draft.header_cells["school_has_dbkk_hamlet"]
        vi = "Trường đặt ở thôn ĐBKK thì xã phải có thôn ĐBKK. Hãy sửa một trong hai; tạm thời chưa biết cả hai."
        en = (
            "A school in an extremely difficult hamlet means the commune has one. Correct one of the two; both "
            "count as unknown."
        )
        draft.faults.append(
            Fault(
                "school_place_contradicts",
                vi,
                en,
                Severity.CELL,
                cell.sheet,
                cell.row,
                cell.column,
                cell.heading,
                cell.text,
            )
        )
        del draft.header["school_has_dbkk_hamlet"], draft.header["school_place"]


TEMPLATE = Template(
    name="learner_roster",
    vi="Danh sách người học",
    en="Learner roster",
    sheet="Danh sách",
    columns=COLUMNS,
    key_column="full_name",
    header_columns=SCHOOL_COLUMNS,
    header_sheet="Thông tin trường",
    checks=(derive_level, enrolment, identity_numbers, identify, households, _absent_columns, _school_facts),
    intro_vi=(
        "Mỗi em một dòng, từ dòng ngay dưới dòng ví dụ. Dòng ví dụ không được tính, có thể xóa.",
        (
            "Ô để trống nghĩa là chưa biết: em đó sẽ ở mục “chưa đủ căn cứ” và tên giấy tờ còn thiếu được nêu "
            "ra. Ô trống không bao giờ được hiểu là “Không”."
        ),
        (
            "Riêng hai cột “Vào học từ ngày” và “Thôi học từ ngày”: để trống nghĩa là học cả năm, vì tên trong "
            "danh sách của năm học đã nói lên điều đó."
        ),
        "Điền trang “Thông tin trường” một lần cho cả tệp.",
        "Nhận tệp .xlsx, .xls, .ods, .csv. Không dùng macro, không đặt mật khẩu.",
    ),
    intro_en=(
        (
            "One row for each child, starting just below the example row. The example row is not counted and may "
            "be deleted."
        ),
        (
            "An empty cell means not known: the child is then listed under “cannot say” with the paper that is "
            "missing. Empty is never read as “No”."
        ),
        (
            "Only in the two columns “Enrolled on” and “Left on” does empty mean the whole year, because being "
            "on the year's list says so."
        ),
        "Fill in the sheet “Thông tin trường” once for the whole file.",
        "Files may be .xlsx, .xls, .ods or .csv, without macros and without a password.",
    ),
)


def people(intake: Intake, year: SchoolYear, *, learned: date | None = None) -> People:
    """The people of a roster, for one school year.

    learned: the day the roster was received; by default the first day of the year's first month, so that the whole year
        can be decided. Every statement of the roster holds from the August before the year until the year's end.
    Gives learners in the order of the file; facts not given are None. Sources name the cell of each fact, of an empty
    cell too, so that what is missing can be found and filled in.
    """
    since = year.month(PREPARATORY).first_day
    dated = {"since": since, "until": year.until, "learned": learned or since}
    learners: list[dict[str, Any]] = []
    household_rows: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[str, Any]] = {}
    names: dict[str, dict[str, Any]] = {}
    stated = _stated_poverty(intake)
    usual = _months_of(year)
    school_key = _school_place(intake, places, dated)
    for row in intake.rows:
        learner = str(row.values["learner"])
        learners.append(
            {
                "learner": learner,
                "months": usual(row),
                **_own_facts(row, intake),
                "household": _household(row, learner, stated, household_rows, dated),
                "grandparents_household": _grandparents(row, learner, household_rows, dated),
                "home_place": _place(row, "home_place", learner, places, dated),
                "parent_home_place": _place(row, "parent_home_place", learner, places, dated),
                "school_place": school_key,
            }
        )
        names[learner] = _name(row, intake)
    tables = {"household": tuple(household_rows.values()), "place": tuple(places.values())}
    return People(tuple(learners), tables, _Sources(intake), names)


class _Sources(Mapping[tuple[str, str], Source]):
    """(learner, fact) → its cell, found when asked: a school has fifty a child, and a screen shows one child."""

    def __init__(self, intake: Intake) -> None:
        self._file = intake.filename
        self._rows = {str(row.values["learner"]): row for row in intake.rows}
        self._cells = fact_cells(intake)

    def __getitem__(self, key: tuple[str, str]) -> Source:
        learner, fact = key
        cell = dict(self._cells(self._rows[learner]))[fact]
        return Source(self._file, cell.sheet, cell.row, cell.column)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for learner, row in self._rows.items():
            yield from ((learner, fact) for fact in dict(self._cells(row)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def fact_cells(intake: Intake) -> Callable[[IntakeRow], Iterator[tuple[str, Cell]]]:
    """For a row of this roster: each fact with the cell that says it; of one fact that comes twice the later counts."""
    stated = _stated_poverty(intake)

    def cells(row: IntakeRow) -> Iterator[tuple[str, Cell]]:
        yield from _cells_of_facts(row, COLUMNS, stated)
        yield from _cells_of_school(intake)

    return cells


def odd_cells(intake: Intake) -> Callable[[IntakeRow], Iterator[tuple[str, Cell]]]:
    """As `fact_cells`, but only of facts that need not stand in one column of the sheet from the first row to the last."""
    stated = _stated_poverty(intake)

    def cells(row: IntakeRow) -> Iterator[tuple[str, Cell]]:
        ticked = set(row.cells.ticked if isinstance(row.cells, Cells) else row.cells)
        yield from _cells_of_facts(row, [c for c in COLUMNS if c.name in ticked or c.name in _MOVING], stated)

    return cells


def _own_facts(row: IntakeRow, intake: Intake) -> dict[str, Any]:
    facts: dict[str, Any] = {name: row.values.get(name, intake.header.get(name)) for name in OWN_FACTS}
    grandparents = row.values.get("grandparents")
    facts["lives_with_grandparents"] = grandparents[0] if isinstance(grandparents, tuple) else None
    return facts


def _months_of(year: SchoolYear) -> Callable[[IntakeRow], int]:
    """The usual months, cut by the days of coming and leaving; the August before too, unless its course was not taken."""
    between = lru_cache(maxsize=1_000)(lambda start, end: study_mask_between(year, Span(start, end)))

    def months(row: IntakeRow) -> int:
        since, until = row.values.get("enrolled_on"), row.values.get("left_on")
        start = since if isinstance(since, date) else date.min
        end = until if isinstance(until, date) else date.max
        mask = between(start, end)
        # When it is not known whether the course was taken, that August must be asked about, not dropped.
        return mask if row.values.get("pre_grade1_course") is False else mask | 1 << PREPARATORY

    return months


def _household_key(row: IntakeRow, learner: str) -> str:
    code = row.values.get("household_code")
    return f"ho-{folded(str(code)) or code}" if code else f"ho-cua-{learner}"


def _stated_poverty(intake: Intake) -> dict[str, tuple[object, Cell]]:
    """Household code → status and the cell that says it, for households of which some child's row says it."""
    said: dict[str, tuple[object, Cell]] = {}
    for row in intake.rows:
        if row.values.get("household_code") and row.values.get("poverty") is not None and "poverty" in row.cells:
            said.setdefault(_household_key(row, ""), (row.values["poverty"], row.cells["poverty"]))
    return said


def _household(
    row: IntakeRow,
    learner: str,
    stated: dict[str, tuple[object, Cell]],
    rows: dict[str, dict[str, Any]],
    dated: dict[str, date],
) -> str | None:
    """The key of the parents' household; None when nothing at all is known of it."""
    key = _household_key(row, learner)
    poverty = row.values.get("poverty")
    if poverty is None and key in stated:
        poverty = stated[key][0]
    if poverty is None and not row.values.get("household_code"):
        return None
    rows.setdefault(key, {"key": key, **dated, "poverty": poverty})
    return key


def _grandparents(row: IntakeRow, learner: str, rows: dict[str, dict[str, Any]], dated: dict[str, date]) -> str | None:
    said = row.values.get("grandparents")
    if not isinstance(said, tuple) or said[1] not in {code.value for code in POVERTY.codes}:
        return None
    key = f"ho-ong-ba-{learner}"
    rows[key] = {"key": key, **dated, "poverty": said[1]}
    return key


def _place(
    row: IntakeRow, column: str, learner: str, places: dict[str, dict[str, Any]], dated: dict[str, date]
) -> str | None:
    """Places are told apart by their class alone: the roster names no hamlets."""
    said = row.values.get(column)
    return _add_place(said, places, dated) if isinstance(said, tuple) else None


def _add_place(
    said: tuple[Any, ...], places: dict[str, dict[str, Any]], dated: dict[str, date], key: str | None = None
) -> str:
    letters = {True: "c", False: "k", None: "?"}
    key = key or "noi-" + "-".join(
        "?" if part is None else letters.get(part, str(part)) if isinstance(part, bool) else str(part) for part in said
    )
    places.setdefault(key, {"key": key, **dated, **dict(zip(PLACE_FACTS, said, strict=True))})
    return key


def _school_place(intake: Intake, places: dict[str, dict[str, Any]], dated: dict[str, date]) -> str | None:
    said = intake.header.get("school_place")
    has_hamlet = intake.header.get("school_has_dbkk_hamlet")
    if not isinstance(said, tuple) and has_hamlet is None:
        return None
    area, hamlet, coast, has = said if isinstance(said, tuple) else (None, None, None, None)
    if has_hamlet is False and hamlet is None:
        hamlet = False  # Where the commune has no such hamlet, the school stands in none.
    return _add_place((area, hamlet, coast, has if has_hamlet is None else has_hamlet), places, dated, SCHOOL_KEY)


def _name(row: IntakeRow, intake: Intake) -> dict[str, Any]:
    return {
        "name": row.values["full_name"],
        "class": row.values.get("class_name"),
        "code": row.values.get("learner_code"),
        "birth_date": row.values.get("birth_date"),
        "sex": row.values.get("sex"),
        "school": intake.header.get("school_name"),
        "commune": intake.header.get("commune"),
        "sheet": row.sheet,
        "row": row.row,
    }


_FED = Counter(fact for column in COLUMNS for fact in column.feeds)
# Columns of facts that the cell of another column may say.
_MOVING = {c.name for c in COLUMNS if any(_FED[fact] > 1 or fact in ("grade", "level", "poverty") for fact in c.feeds)}


def _cells_of_facts(
    row: IntakeRow, columns: Sequence[Column], stated: dict[str, tuple[object, Cell]]
) -> Iterator[tuple[str, Cell]]:
    """Each fact of these columns with the cell that says it, or the empty cell where it should stand."""
    own: dict[str, Cell | None] = {}
    for column in columns:
        cell = own[column.name] = row.cells.get(column.name)
        for fact in column.feeds:
            if fact in FACTS and cell is not None:
                yield fact, cell
    for fact in ("grade", "level"):
        cell = own[fact] if fact in own else row.cells.get(fact)
        if (cell is None or not cell.text) and row.values.get(fact) is not None:
            source = (
                row.cells.get("grade") if fact == "level" and _filled(row, "grade") else row.cells.get("class_name")
            )
            if source is not None:
                yield fact, source
    if row.values.get("poverty") is None and _household_key(row, "") in stated and row.values.get("household_code"):
        yield "poverty", stated[_household_key(row, "")][1]


def _cells_of_school(intake: Intake) -> Iterator[tuple[str, Cell]]:
    for column in SCHOOL_COLUMNS:
        cell = intake.header_cells.get(column.name)
        for fact in column.feeds:
            if cell is not None:
                yield fact, cell


def _filled(row: IntakeRow, name: str) -> bool:
    cell = row.cells.get(name)
    return cell is not None and bool(cell.text.strip())
