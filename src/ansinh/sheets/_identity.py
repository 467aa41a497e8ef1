"""The personal identity number: its column, the zero that Excel drops, and what it says of its bearer.

Its first three digits name the province or country of registration, the fourth century and sex (0 and 1: born in the
1900s, male and female; 2 and 3: in the 2000s), the next two the year of birth (Decree 137/2015/NĐ-CP, Article 13).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ansinh.core.words import person_key
from ansinh.sheets._checks import changed, listed
from ansinh.sheets._table import fault, repeatable
from ansinh.sheets._template import CellKind, Column, Draft, Fault, IntakeRow
from ansinh.sheets._values import IDENTITY_DIGITS

NAME = "identity_number"
SHARED_HEADINGS = (
    "Mã định danh",
    "Mã định danh cá nhân",
)  # Of the sector's code in one school, of this number in another.


def identity_column(group: tuple[str, str], example: str = "099216001234") -> Column:
    """The column of the identity number, optional in every list of people."""
    return Column(
        NAME,
        "Số định danh cá nhân",
        "Personal identity number",
        CellKind.IDENTITY,
        group,
        (
            *("CCCD", "Số CCCD", "Số căn cước", "Số căn cước công dân", "Căn cước công dân", "Số CC/CCCD"),
            *("Số ĐDCN", "ĐDCN", "Số định danh", "Mã số định danh", "Số ĐDCN/CCCD", "ĐDCN/CMND/CCCD", "Số CMND/CCCD"),
            *("Mã số định danh cá nhân", "Số định danh cá nhân/CCCD"),
        ),
        guide_vi=(
            "Không bắt buộc. Đủ 12 chữ số như trên giấy khai sinh hoặc thẻ căn cước. Số này chỉ để nhận ra đúng người và "
            "được mã hóa khi lưu."
        ),
        guide_en=(
            "Optional. All 12 digits, as on the birth certificate or identity card. It serves to recognise the person "
            "only, and is kept encrypted."
        ),
        example=example,
        width=16,
        strict_aliases=SHARED_HEADINGS,
    )


def identity_numbers(draft: Draft) -> None:
    """Numbers that lost a zero get it back where the row bears it out; numbers that contradict their row are asked about."""
    places = {(row.sheet, row.row): index for index, row in enumerate(draft.rows) if NAME in row.cells}
    if not places:
        return
    faults: list[Fault] = []
    for found in draft.faults:
        index = places.get((str(found.sheet), found.row or 0)) if found.code == "identity_short" else None
        faults.append(found if index is None else _mended(draft, index, found))
    draft.faults[:] = faults
    for row in draft.rows:
        number = row.values.get(NAME)
        if isinstance(number, str):
            draft.faults += _contradiction(row, number)
    _same_number(draft)


def _mended(draft: Draft, index: int, found: Fault) -> Fault:
    """The number with its zero and a note, when year of birth (and sex, if known) agree with it; else the fault."""
    row = draft.rows[index]
    cell = row.cells[NAME]
    number = re.sub(r"\D", "", cell.text).rjust(IDENTITY_DIGITS, "0")
    if not isinstance(row.values.get("birth_date"), date) or _against(number, row.values):
        return found
    draft.rows[index] = changed(row, **{NAME: number})
    return fault("identity_zero_restored", repeatable(cell, _COLUMN))


def year_of(number: str) -> int:
    """The year of birth that a number states."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def sex_of(number: str) -> str:
    """The sex that a number states, as the lists write it."""
    return "female" if int(number[3]) % 2 else "male"


def _against(number: str, values: Mapping[str, object]) -> list[str]:
    """Which of birth date and sex, where they are known, the number contradicts."""
    birth, sex = values.get("birth_date"), values.get("sex")
    found = ["birth_date"] if isinstance(birth, date) and birth.year != year_of(number) else []
    return found + (["sex"] if sex in ("male", "female") and sex != sex_of(number) else [])


def _contradiction(row: IntakeRow, number: str) -> list[Fault]:
    against = _against(number, row.values)
    if not against:
        return []
    birth = against[0] == "birth_date"
    male = sex_of(number) == "male"
    details: dict[str, object] = {
        "what": "năm sinh" if birth else "giới tính",
        "what_en": "year of birth" if birth else "sex",
        "said": f"năm {year_of(number)}" if birth else "nam" if male else "nữ",
        "said_en": str(year_of(number)) if birth else "male" if male else "female",
    }
    return [fault("identity_disagrees", repeatable(row.cells[NAME], _COLUMN), details)]


def _same_number(draft: Draft) -> None:
    """One number on rows of different names is believed on none of them; rows of one name are left to the check of doubles."""
    by_number: dict[str, list[int]] = {}
    for index, row in enumerate(draft.rows):
        if isinstance(number := row.values.get(NAME), str):
            by_number.setdefault(number, []).append(index)
    for indexes in by_number.values():
        names = {person_key(str(draft.rows[i].values.get("full_name") or "")) for i in indexes}
        if len(names) < 2:
            continue
        rows = listed(draft.rows[i] for i in indexes)
        for i in indexes:
            row = draft.rows[i]
            draft.faults.append(fault("identity_twice", repeatable(row.cells[NAME], _COLUMN), {"rows": rows}))
            draft.rows[i] = changed(row, **{NAME: None})


_COLUMN = identity_column(("", ""))
