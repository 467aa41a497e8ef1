"""A list of learners who are, or whose parent is, a person with merit, with the rate of education preference."""

from __future__ import annotations

from ansinh.sheets._checks import by_person, by_value, from_header, once
from ansinh.sheets._identity import identity_numbers
from ansinh.sheets._list_columns import (
    ABOUT_COLUMNS,
    DECISION_COLUMNS,
    INTRO_EN,
    INTRO_VI,
    SCHOOLING_COLUMNS,
    of_the_roster,
    person_columns,
)
from ansinh.sheets._template import CellKind, Choice, Column, Template

_MERIT = ("Diện người có công", "Merit")
_RELATIONS = (
    Choice("self", "Bản thân", "Self", ("Chính mình",)),
    Choice("child", "Con", "Child", ("Con đẻ", "Con ruột", "Con trai", "Con gái")),
    Choice("adopted_child", "Con nuôi", "Adopted child"),
    Choice("other", "Quan hệ khác", "Other relation", ("Khác", "Cháu", "Vợ", "Chồng", "Em")),
)

TEMPLATE = Template(
    name="merit_list",
    vi="Danh sách người học thuộc diện người có công",
    en="List of learners with merit status",
    sheet="Người có công",
    columns=(
        *person_columns(),
        *SCHOOLING_COLUMNS,
        of_the_roster(
            "merit",
            _MERIT,
            example="Con liệt sĩ, Anh hùng LLVTND, thương binh, bệnh binh, đối tượng khác của Pháp lệnh",
        ),
        of_the_roster("merit_rate", _MERIT, example="Mức giảm"),
        Column(
            "merit_person",
            "Họ và tên người có công",
            "Person with merit",
            CellKind.NAME,
            _MERIT,
            ("Người có công (họ tên)", "Họ tên người có công", "Họ tên thương binh, liệt sĩ", "Họ tên NCC"),
            guide_vi="Người mà em được hưởng theo.",
            guide_en="The person by whom the child is entitled.",
            example="Nguyễn Văn Mẫu Một",
            width=24,
        ),
        Column(
            "merit_relation",
            "Quan hệ với người có công",
            "Relation to the person",
            CellKind.CHOICE,
            _MERIT,
            ("Quan hệ", "Quan hệ với NCC", "Mối quan hệ"),
            choices=_RELATIONS,
            example="Con",
            width=16,
        ),
        *DECISION_COLUMNS,
    ),
    key_column="full_name",
    header_columns=ABOUT_COLUMNS,
    checks=(
        from_header("decision_number", "decision_date"),
        identity_numbers,
        once(
            by_value("learner_code", "mã học sinh", "learner code"),
            by_value("identity_number", "số định danh", "identity number"),
            by_person("birth_date"),
        ),
    ),
    intro_vi=("Mỗi em một dòng.", *INTRO_VI),
    intro_en=("One row for each learner.", *INTRO_EN),
)
