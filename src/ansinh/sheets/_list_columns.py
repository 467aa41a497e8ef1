"""Columns that the lists share: who a person is, the decision a list rests on, and what is said once for a whole list."""

from __future__ import annotations

import re
from dataclasses import replace

from ansinh.core.words import folded
from ansinh.sheets._identity import identity_column
from ansinh.sheets._roster_columns import COLUMNS
from ansinh.sheets._template import CellKind, Column

PERSON = ("Người trong danh sách", "Person")
SCHOOLING = ("Nơi học", "School")
DECISION = ("Quyết định", "Decision")
ABOUT = ("Danh sách", "List")
_OF_THE_ROSTER = {column.name: column for column in COLUMNS}


def of_the_roster(name: str, group: tuple[str, str], **changes: object) -> Column:
    """A column as the learner roster has it, with some of its properties others."""
    return replace(_OF_THE_ROSTER[name], group=group, **changes)  # type: ignore[arg-type]


def person_columns(*, sex: bool = True, **name: object) -> tuple[Column, ...]:
    """Name, birth date, sex and identity number; `name` are changes to the column of the name."""
    columns = (
        of_the_roster("full_name", PERSON, **name),
        of_the_roster("birth_date", PERSON, feeds=()),
        of_the_roster("sex", PERSON),
        identity_column(PERSON),
    )
    return columns if sex else tuple(column for column in columns if column.name != "sex")


SCHOOLING_COLUMNS = (
    of_the_roster(
        "learner_code",
        SCHOOLING,
        feeds=(),
        example="",
        guide_vi="Mã của em trên cơ sở dữ liệu ngành, nếu biết. Có mã thì em được nhận ra chắc chắn nhất.",
        guide_en="The learner's code in the sector database, if known. It recognises the child most surely.",
    ),
    Column(
        "school_name",
        "Trường",
        "School",
        CellKind.TEXT,
        SCHOOLING,
        ("Tên trường", "Trường học", "Đang học tại trường", "Cơ sở giáo dục", "Nơi học"),
        guide_vi="Trường em đang học, để nhận ra đúng em.",
        guide_en="The school the child attends, to recognise it.",
        example="Trường TH Mẫu Hòa",
        width=26,
    ),
    of_the_roster("class_name", SCHOOLING),
)

# ---- the decision

_NUMBER = re.compile(r"\b(?:quyết định|qđ)\s*(?:số)?\s*:?\s*(\d{1,6}\s*/\s*[^\s,;)]+)", re.IGNORECASE)
_DAY = re.compile(
    r"ngày\s+(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})", re.IGNORECASE
)


def _number_named(text: str) -> str | None:
    """“(Kèm theo Quyết định số 12/QĐ-UBND ngày …)”."""
    found = _NUMBER.search(text)
    return found[1].replace(" ", "") if found else None


def _day_named(text: str) -> str | None:
    found = _DAY.search(text) if _NUMBER.search(text) else None
    return found[1] if found else None


DECISION_COLUMNS = (
    Column(
        "decision_number",
        "Số quyết định",
        "Decision number",
        CellKind.TEXT,
        DECISION,
        ("Quyết định số", "Số QĐ", "Quyết định công nhận", "Số quyết định công nhận", "Số, ký hiệu quyết định"),
        guide_vi="Ghi ở từng dòng, hoặc một lần cho cả danh sách ở trang thông tin.",
        guide_en="On each row, or once for the whole list on the sheet about it.",
        example="12/QĐ-UBND",
        width=18,
        line=_number_named,
    ),
    Column(
        "decision_date",
        "Ngày quyết định",
        "Date of decision",
        CellKind.DATE,
        DECISION,
        ("Ngày QĐ", "Ngày ký quyết định", "Ngày, tháng, năm quyết định", "Ngày ban hành quyết định"),
        guide_vi="Ngày/tháng/năm ký quyết định.",
        guide_en="Day/month/year of the decision.",
        example="15/12/2025",
        width=13,
        line=_day_named,
    ),
)

# ---- said once for the whole list

_COMMUNE = re.compile(
    r"(?:(?:ủy|uỷ) ban nhân dân|ubnd)\s+((?:xã|phường|thị trấn|đặc khu)\s+.+)|((?:xã|phường|đặc khu)\s+\S.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"danh sach (?:(?!quyet dinh).)*?\bnam (\d{4})\b")


def _commune_named(text: str) -> str | None:
    """“UBND XÃ MẪU HÒA” or “Xã Mẫu Hòa” on a line of its own."""
    found = _COMMUNE.fullmatch(text) if len(text) <= 60 else None
    return (found[1] or found[2]) if found else None


def _year_named(text: str) -> str | None:
    """“DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2026”; the year of a date is not meant."""
    found = _YEAR.match(folded(text))
    return found[1] if found else None


COMMUNE_COLUMNS = (
    Column(
        "commune",
        "Xã, phường",
        "Commune",
        CellKind.TEXT,
        ABOUT,
        ("Xã", "Phường", "Xã/Phường", "Xã (phường)", "Tên xã", "Tên xã, phường"),
        example="Xã Mẫu Hòa",
        line=_commune_named,
    ),
    Column(
        "commune_code", "Mã xã", "Commune code", CellKind.IDENTIFIER, ABOUT, ("Mã xã, phường", "Mã đơn vị hành chính")
    ),
    Column(
        "year",
        "Năm",
        "Year",
        CellKind.YEAR,
        ABOUT,
        ("Năm áp dụng", "Danh sách năm", "Năm công nhận"),
        guide_vi="Năm mà danh sách có giá trị, ví dụ 2026. Để trống nghĩa là từ ngày nhận danh sách.",
        guide_en="The year for which the list holds, for example 2026. Empty means from the day it was received.",
        example="2026",
        line=_year_named,
    ),
)
ABOUT_COLUMNS = (
    *COMMUNE_COLUMNS,
    *(replace(column, group=ABOUT, guide_vi="", guide_en="") for column in DECISION_COLUMNS),
)

INTRO_VI = (
    "Dòng ví dụ không được tính, có thể xóa. Ô để trống nghĩa là chưa biết, không bao giờ được hiểu là “Không”.",
    "Thông tin chung của cả danh sách ghi một lần ở trang “Thông tin danh sách”.",
    "Nhận tệp .xlsx, .xls, .ods, .csv. Không dùng macro, không đặt mật khẩu.",
)
INTRO_EN = (
    "The example row is not counted and may be deleted. An empty cell means not known; it is never read as “No”.",
    "What holds for the whole list is written once, on the sheet “Thông tin danh sách”.",
    "Files may be .xlsx, .xls, .ods or .csv, without macros and without a password.",
)
