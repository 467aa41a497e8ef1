"""A small made-up roster workbook, written by the headings of the template, for the tests of the command line."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl

from ansinh.sheets import Template, templates

TEMPLATE: Template = templates()["learner_roster"]
SCHOOL = {
    "school_name": "Trường Mầm non Ví Dụ",
    "commune": "Xã Mẫu Đất",
    "school_year": "2023-2024",
    "public_school": "Công lập",
    "school_kind": "Trường bình thường",
    "school_place": "Không thuộc vùng khó khăn",
}
ORDINARY = {
    "level": "Mẫu giáo",
    "birth_date": "10/05/2019",
    "class_name": "Lá 1",
    "ethnicity": "Kinh",
    "poverty": "Không thuộc hộ nghèo, cận nghèo",
    "disabled": "Không",
    "inclusive": "Không",
    "no_support": "Không",
    "merit": "Không thuộc diện",
    "home_place": "Không thuộc vùng khó khăn",
    "parent_home_place": "Không thuộc vùng khó khăn",
}
POOR, UNKNOWN, NOT_POOR = "VD0001", "VD0002", "VD0003"
CHILDREN: Mapping[str, Mapping[str, str | None]] = {
    POOR: {"full_name": "Nguyễn Văn Ví Dụ", "poverty": "Hộ nghèo"},
    UNKNOWN: {"full_name": "Trần Thị Mẫu", "poverty": None},
    NOT_POOR: {"full_name": "=cmd|calc", "poverty": "Không thuộc hộ nghèo, cận nghèo"},
}


def roster(children: Mapping[str, Mapping[str, str | None]] = CHILDREN, school: Mapping[str, str] = SCHOOL) -> bytes:
    """The bytes of a workbook: one row a child, the school's facts on their own sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TEMPLATE.sheet
    sheet.append([column.vi for column in TEMPLATE.columns])
    for code, facts in children.items():
        row: dict[str, str | None] = {"learner_code": code, **ORDINARY, **facts}
        sheet.append([row.get(column.name) for column in TEMPLATE.columns])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    about = book.create_sheet("Thông tin trường")
    for name, value in school.items():
        about.append([TEMPLATE.column(name).vi, value])
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
