"""What only shows when a roster's rows are laid side by side, or a row's cells beside each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ansinh.core.tables import LEVEL
from ansinh.core.words import folded, person_key
from ansinh.sheets._checks import at, changed, is_open, listed, twice
from ansinh.sheets._identity import NAME
from ansinh.sheets._template import Draft, Fault, IntakeRow, Severity

# Classes whose names say the level by themselves; the colours of rooms, animals and flowers do not.
_NURSERY = re.compile(r"(lop |nhom )?(nha tre|nt|nhom tre|nhom)\b|.*\b(12|24|18|36) ?(den )?(24|36)? ?thang")
_KINDERGARTEN = re.compile(r"(lop |nhom )?(mau giao|mg|mam|choi|la|mg ?be|mg ?nho|mg ?lon)\b|.*\b[345]( ?[456])? ?tuoi")
_GRADED = re.compile(
    r"(?:lớp|khối)?\s*(1[0-2]|[1-9])\s*(?:[/.\-_]\s*[a-zđ]?\d{1,2}|[a-zđ][a-zđ]{0,4}\d{0,2}|\s[a-zđ]\d{0,2})?$"
)
_ADULT_SCHOOL = re.compile(r"gdtx|gdnn|giao duc thuong xuyen|giao duc nghe nghiep|trung tam")


@lru_cache(maxsize=2_000)
def grade_of_class(name: str) -> int | None:
    """The grade that a class name says beyond doubt: 5A, 6/2, Lớp 10A1. None for 61, 101 and names without a number."""
    found = _GRADED.fullmatch(" ".join(name.casefold().split()))
    return int(found[1]) if found else None


@lru_cache(maxsize=2_000)
def level_of_class(name: str) -> int | None:
    """Nursery or kindergarten when the class name says so, else None."""
    key = folded(name)
    if _KINDERGARTEN.match(key):
        return LEVEL.kindergarten
    return LEVEL.nursery if _NURSERY.match(key) else None


def _level_of_grade(grade: int) -> int:
    return LEVEL.primary if grade <= 5 else LEVEL.lower_secondary if grade <= 9 else LEVEL.upper_secondary


_GRADES_OF_LEVEL: Mapping[int, range] = {
    LEVEL.primary: range(1, 6),
    LEVEL.lower_secondary: range(6, 10),
    LEVEL.upper_secondary: range(10, 13),
    LEVEL.adult_lower_secondary: range(6, 10),
    LEVEL.adult_upper_secondary: range(10, 13),
    LEVEL.vocational: range(10, 13),
}


def derive_level(draft: Draft) -> None:
    """Grade from the class name and level from either, only when they say it beyond doubt; contradictions become unknown."""
    adult = bool(_ADULT_SCHOOL.search(folded(str(draft.header.get("school_name") or ""))))
    for index, row in enumerate(draft.rows):
        name = row.values.get("class_name")
        name = name if isinstance(name, str) else ""
        given_grade, given_level = row.values.get("grade"), row.values.get("level")
        class_grade, class_level = grade_of_class(name), level_of_class(name)
        grade = given_grade if isinstance(given_grade, int) else class_grade if is_open(row, "grade") else None
        level = given_level if isinstance(given_level, int) else None
        if level is None and is_open(row, "level"):
            if isinstance(grade, int) and not (adult and grade >= 6):
                level = _level_of_grade(grade)
            elif grade is None:
                level = class_level
        clash = _clash(grade, level, given_grade, class_grade, class_level)
        if clash:
            cell = row.cells.get("grade") or row.cells.get("level") or row.cells.get("class_name")
            draft.faults.append(at(cell, row, "grade_level_clash", *clash))
            grade = level = None
        if (grade, level) != (given_grade, given_level):
            draft.rows[index] = changed(row, grade=grade, level=level)


def _clash(
    grade: object, level: int | None, given: object, class_grade: int | None, class_level: int | None
) -> tuple[str, str] | None:
    """Words for a contradiction between class, grade and level; None when they agree."""
    if isinstance(given, int) and class_grade is not None and given != class_grade:
        return (
            (
                f"Khối {given} không khớp với tên lớp (khối {class_grade}). Hãy sửa khối hoặc tên lớp; tạm thời chưa "
                "biết khối."
            ),
            (
                f"Grade {given} does not agree with the class name (grade {class_grade}). Correct one of them; the "
                "grade counts as unknown."
            ),
        )
    if level is None:
        return None
    words = (LEVEL.of(level).vi, LEVEL.of(level).en)
    if isinstance(grade, int) and grade not in _GRADES_OF_LEVEL.get(level, range(0)):
        return (
            f"Khối {grade} không thuộc cấp {words[0]}. Hãy sửa khối hoặc cấp học; tạm thời chưa biết cả hai.",
            f"Grade {grade} is not in {words[1]}. Correct the grade or the level; both count as unknown.",
        )
    if class_level is not None and class_grade is None and level != class_level:
        return (
            f"Cấp học {words[0]} không khớp với tên lớp ({LEVEL.of(class_level).vi}). Hãy sửa một trong hai.",
            (
                f"The level {words[1]} does not agree with the class name ({LEVEL.of(class_level).en}). Correct one "
                "of them."
            ),
        )
    return None


def _made_id(row: IntakeRow) -> str:
    """A stable identifier for a child without a code: from the name and the birth date, or the class when that is not known."""
    birth = row.values.get("birth_date")
    rest = birth.isoformat() if isinstance(birth, date) else "lop:" + folded(str(row.values.get("class_name") or ""))
    text = f"{person_key(str(row.values['full_name']))}|{rest}"
    return "tam-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def identify(draft: Draft) -> None:
    """Give every row its learner id, set aside a child listed twice, and flag a likeness that may be one child or two."""
    kept: list[IntakeRow] = []
    by_id: dict[str, IntakeRow] = {}
    by_person: dict[tuple[str, date], IntakeRow] = {}
    by_number: dict[object, IntakeRow] = {}
    namesakes: dict[str, int] = {}
    for row in draft.rows:
        code, birth = row.values.get("learner_code"), row.values.get("birth_date")
        learner = str(code) if code else _made_id(row)
        person = (person_key(str(row.values["full_name"])), birth) if isinstance(birth, date) else None
        number = row.values.get(NAME)
        like = by_person.get(person) if person else None
        # Two identity numbers tell two children of one name and birth date apart as two codes do.
        apart = like is not None and bool(number and like.values.get(NAME)) and number != like.values.get(NAME)
        if apart and not code:
            namesakes[learner] = namesakes.get(learner, 1) + 1
            learner = f"{learner}-{namesakes[learner]}"
        first = by_id.get(learner)
        if first is None and like is not None and not apart and not (code and like.values.get("learner_code")):
            first = like
        if first is None and number in by_number:
            draft.faults.append(twice(row, by_number[number], "số định danh", "identity number", NAME))
            continue
        if first is not None:
            draft.faults.append(_twice(row, first, by_code=bool(code) and learner == first.values["learner"]))
            continue
        if like is not None:
            draft.faults.append(_alike(row, like))
        row = changed(row, learner=learner)
        kept.append(row)
        by_id[learner] = row
        if number:
            by_number.setdefault(number, row)
        if person:
            by_person.setdefault(person, row)
    draft.rows[:] = kept


def _twice(row: IntakeRow, first: IntakeRow, *, by_code: bool) -> Fault:
    where_vi = f"dòng {first.row}" + (f" trang “{first.sheet}”" if first.sheet != row.sheet else "")
    where_en = f"row {first.row}" + (f" of sheet “{first.sheet}”" if first.sheet != row.sheet else "")
    name = first.values["full_name"]
    if by_code:
        cell = row.cells.get("learner_code")
        vi = (
            f"Dòng {row.row} trùng mã học sinh với {where_vi} ({name}). Dòng {row.row} chưa được nhận; hãy xóa "
            "dòng thừa hoặc sửa mã."
        )
        en = (
            f"Row {row.row} has the same learner code as {where_en} ({name}). Row {row.row} was set aside; delete "
            "the spare row or correct the code."
        )
        return at(cell, row, "duplicate_code", vi, en, Severity.ROW)
    cell = row.cells.get("full_name")
    vi = (
        f"Dòng {row.row} trùng họ tên và ngày sinh với {where_vi} ({name}). Dòng {row.row} chưa được nhận; "
        "nếu là hai em khác nhau, hãy điền mã học sinh cho cả hai."
    )
    en = (
        f"Row {row.row} has the same name and birth date as {where_en} ({name}). Row {row.row} was set aside; "
        "if they are two children, fill in both learner codes."
    )
    return at(cell, row, "duplicate_child", vi, en, Severity.ROW)


def _alike(row: IntakeRow, like: IntakeRow) -> Fault:
    vi = (
        f"Dòng {row.row} và dòng {like.row} cùng họ tên và ngày sinh nhưng khác mã; cả hai được nhận. Nếu là "
        "một em, hãy xóa một dòng."
    )
    en = (
        f"Rows {row.row} and {like.row} share name and birth date but not the code; both were kept. If it is "
        "one child, delete one row."
    )
    return at(row.cells.get("full_name"), row, "same_name_and_birth", vi, en, Severity.NOTE)


def households(draft: Draft) -> None:
    """One household has one status: children of one code who say different things are asked about, and none is believed."""
    by_code: dict[str, list[int]] = {}
    for index, row in enumerate(draft.rows):
        code = row.values.get("household_code")
        if code:
            by_code.setdefault(folded(str(code)) or str(code), []).append(index)
    for indexes in by_code.values():
        said = {draft.rows[i].values["poverty"] for i in indexes if draft.rows[i].values.get("poverty") is not None}
        if len(said) < 2:
            continue
        rows = listed(draft.rows[i] for i in indexes)
        for i in indexes:
            row = draft.rows[i]
            code = row.values["household_code"]
            vi = (
                f"Các dòng {rows} cùng mã hộ {code} nhưng tình trạng hộ khác nhau, nên chưa biết tình trạng nào đúng. "
                "Hãy sửa cho giống nhau hoặc sửa mã hộ."
            )
            en = (
                f"Rows {rows} share household code {code} but differ in household status, so it is not known which is "
                "right. Make them agree or correct the code."
            )
            draft.faults.append(at(row.cells.get("poverty"), row, "household_contradicts", vi, en))
            draft.rows[i] = changed(row, poverty=None)


def enrolment(draft: Draft) -> None:
    """A child whose day of coming or leaving cannot be read is set aside: to take the whole year would be a guess in money."""
    kept: list[IntakeRow] = []
    unread_places: set[tuple[str | None, int | None, str | None]] = set()
    told: list[Fault] = []
    for row in draft.rows:
        since, until = row.values.get("enrolled_on"), row.values.get("left_on")
        unread = [
            name for name in ("enrolled_on", "left_on") if row.values.get(name) is None and not is_open(row, name)
        ]
        if unread:
            vi = (
                "Chưa đọc được ngày vào học hoặc thôi học nên chưa biết em học những tháng nào; dòng này chưa được "
                "nhận. Hãy sửa ngày rồi tải lại."
            )
            en = (
                "The day of coming or leaving could not be read, so the months studied are not known; the row was "
                "set aside. Correct the date and upload again."
            )
            cell = row.cells[unread[0]]
            # One cell, one message: what is done with the row says more than that the date could not be read.
            unread_places.add((cell.sheet, cell.row, cell.column))
            told.append(at(cell, row, "enrolment_unread", vi, en, Severity.ROW))
        elif isinstance(since, date) and isinstance(until, date) and until <= since:
            vi = "Ngày thôi học không sau ngày vào học; dòng này chưa được nhận. Hãy sửa một trong hai ngày."
            en = (
                "The day of leaving is not after the day of coming; the row was set aside. Correct one of the two "
                "dates."
            )
            told.append(at(row.cells.get("left_on"), row, "enrolment_backwards", vi, en, Severity.ROW))
        else:
            kept.append(row)
    other = [fault for fault in draft.faults if (fault.sheet, fault.row, fault.column) not in unread_places]
    draft.rows[:], draft.faults[:] = kept, other + told
