"""A commune's list of poor and near-poor households for a year: one row a member, its household's status beside it."""

from __future__ import annotations

from ansinh.sheets._checks import by_person, by_value, carried_down, from_header, once
from ansinh.sheets._identity import identity_numbers
from ansinh.sheets._list_columns import (
    ABOUT_COLUMNS,
    DECISION_COLUMNS,
    INTRO_EN,
    INTRO_VI,
    PERSON,
    of_the_roster,
    person_columns,
)
from ansinh.sheets._roster_checks import households
from ansinh.sheets._template import CellKind, Column, Template

_HOUSEHOLD = ("Hộ gia đình", "Household")
_OF_THE_HOUSEHOLD = ("household_code", "head_name", "hamlet", "poverty", "decision_number", "decision_date")

COLUMNS = (
    of_the_roster(
        "household_code",
        _HOUSEHOLD,
        guide_vi="Mã hộ của xã. Ghi ở dòng đầu của hộ; các thành viên ghi tiếp ngay bên dưới có thể để trống.",
        guide_en="The commune's code. Write it on the household's first row; members just below may leave it empty.",
        example="VÍ DỤ",
    ),
    Column(
        "head_name",
        "Họ và tên chủ hộ",
        "Head of household",
        CellKind.NAME,
        _HOUSEHOLD,
        ("Chủ hộ", "Họ tên chủ hộ", "Tên chủ hộ"),
        guide_vi="Nếu danh sách chỉ có chủ hộ thì chủ hộ được đọc như thành viên duy nhất của hộ.",
        guide_en="Where a list has heads of household only, the head is read as the household's one member.",
        example="Nguyễn Văn Mẫu",
        width=24,
    ),
    Column(
        "hamlet",
        "Thôn, ấp",
        "Hamlet",
        CellKind.TEXT,
        _HOUSEHOLD,
        (
            "Thôn",
            "Ấp",
            "Khóm",
            "Khu phố",
            "Tổ dân phố",
            "Bản",
            "Địa chỉ",
            "Thôn/ấp/khóm",
            "Thôn, bản",
            "Địa chỉ (thôn, ấp)",
        ),
        example="Ấp Mẫu Một",
        width=18,
    ),
    of_the_roster(
        "poverty",
        _HOUSEHOLD,
        vi="Hộ nghèo, cận nghèo",
        en="Poverty status",
        aliases=("Hộ nghèo/cận nghèo", "Diện hộ", "Loại hộ", "Tình trạng hộ", "Phân loại hộ", "Diện hộ nghèo"),
        guide_vi="Theo quyết định công nhận của UBND xã.",
        guide_en="By the commune's decision.",
        example="Hộ nghèo",
        width=18,
    ),
    *person_columns(
        vi="Họ và tên thành viên",
        en="Member's name",
        aliases=("Họ và tên", "Họ tên", "Thành viên", "Họ tên thành viên", "Họ và tên thành viên hộ"),
        guide_vi="Mỗi thành viên một dòng, cả chủ hộ. Cần nhất là trẻ em và người đang đi học.",
        guide_en="One row for each member, the head too. Children and learners matter most.",
    ),
    Column(
        "relation",
        "Quan hệ với chủ hộ",
        "Relation to the head",
        CellKind.TEXT,
        PERSON,
        ("Quan hệ", "QH với chủ hộ"),
        example="Con",
        width=14,
    ),
    *DECISION_COLUMNS,
)


TEMPLATE = Template(
    name="household_poverty_list",
    vi="Danh sách hộ nghèo, hộ cận nghèo",
    en="List of poor and near-poor households",
    sheet="Hộ nghèo, cận nghèo",
    columns=COLUMNS,
    key_column="full_name",
    key_stands_in="head_name",
    header_columns=ABOUT_COLUMNS,
    checks=(
        carried_down(_OF_THE_HOUSEHOLD, *COLUMNS[:2]),
        from_header("decision_number", "decision_date"),
        identity_numbers,
        once(
            by_value("identity_number", "số định danh", "identity number"),
            by_person("birth_date", "household_code"),
        ),
        households,
    ),
    intro_vi=("Mỗi thành viên của hộ một dòng.", *INTRO_VI),
    intro_en=("One row for each member of a household.", *INTRO_EN),
)
