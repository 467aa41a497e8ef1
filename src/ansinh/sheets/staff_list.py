"""The list of a school's or a province's staff, with position, coefficients and contract, for funds to which staff contribute."""

from __future__ import annotations

from dataclasses import replace

from ansinh.sheets._checks import by_person, by_value, from_header, once
from ansinh.sheets._identity import identity_numbers
from ansinh.sheets._list_columns import ABOUT, INTRO_EN, INTRO_VI, PERSON, person_columns
from ansinh.sheets._roster_school import SCHOOL_COLUMNS
from ansinh.sheets._template import CellKind, Choice, Column, Template

_SCHOOL = ("Nơi công tác", "Workplace")
_WORK = ("Vị trí, hệ số", "Position and coefficients")
_CONTRACTS = (
    Choice(
        "official",
        "Viên chức, công chức",
        "Public official",
        ("Biên chế", "Viên chức", "Công chức", "Hợp đồng làm việc"),
    ),
    Choice(
        "decree_111",
        "Hợp đồng theo Nghị định 111/2022/NĐ-CP",
        "Contract under Decree 111/2022",
        ("Hợp đồng 111", "HĐ 111", "Hợp đồng 68", "HĐ 68", "Nghị định 111"),
    ),
    Choice(
        "fixed_term", "Hợp đồng lao động", "Labour contract", ("HĐLĐ", "HĐ lao động", "Hợp đồng", "Hợp đồng trường")
    ),
    Choice("visiting", "Thỉnh giảng, kiêm nhiệm", "Visiting or part-time", ("Thỉnh giảng", "Kiêm nhiệm")),
)
_SCHOOL_OF_ALL = tuple(
    replace(column, group=ABOUT)
    for column in SCHOOL_COLUMNS
    if column.name in ("school_name", "school_code", "school_year")
)

TEMPLATE = Template(
    name="staff_list",
    vi="Danh sách cán bộ, giáo viên, nhân viên",
    en="Staff list",
    sheet="Nhân sự",
    columns=(
        Column(
            "staff_code",
            "Mã cán bộ",
            "Staff code",
            CellKind.IDENTIFIER,
            PERSON,
            ("Mã giáo viên", "Mã nhân viên", "Mã CBGVNV", "Mã nhân sự", "Mã GV", "Mã CB"),
            guide_vi="Mã trên cơ sở dữ liệu ngành. Để trống thì được nhận ra bằng họ tên và ngày sinh.",
            guide_en="The code in the sector database. If empty, name and birth date are used.",
            example="VÍ DỤ",
            width=14,
        ),
        *person_columns(
            aliases=(
                "Họ tên",
                "Họ và tên giáo viên",
                "Họ và tên cán bộ",
                "Họ tên cán bộ, giáo viên",
                "Họ tên giáo viên",
            ),
            guide_vi="Viết đủ như trên thẻ căn cước.",
            guide_en="As on the identity card.",
        ),
        Column(
            "school_code",
            "Mã trường",
            "School code",
            CellKind.IDENTIFIER,
            _SCHOOL,
            ("Mã đơn vị", "MA_TRUONG"),
            guide_vi="Ghi ở từng dòng, hoặc một lần cho cả danh sách ở trang thông tin.",
            guide_en="On each row, or once for the whole list on the sheet about it.",
            example="99000001",
            width=13,
        ),
        Column(
            "school_name",
            "Tên trường",
            "School name",
            CellKind.TEXT,
            _SCHOOL,
            ("Trường", "Đơn vị", "Đơn vị công tác", "Trường công tác"),
            example="Trường Tiểu học Mẫu Hòa",
            width=28,
        ),
        Column(
            "position",
            "Chức vụ, vị trí việc làm",
            "Position",
            CellKind.TEXT,
            _WORK,
            ("Chức vụ", "Vị trí việc làm", "Vị trí", "Chức danh", "Nhiệm vụ"),
            example="Giáo viên",
            width=20,
        ),
        Column(
            "coefficient_hundredths",
            "Hệ số lương",
            "Salary coefficient",
            CellKind.HUNDREDTHS,
            _WORK,
            ("HS lương", "Hệ số"),
            guide_vi="Ví dụ 2,34. Nhiều nhất hai chữ số thập phân.",
            guide_en="For example 2,34. At most two decimals.",
            example="2,34",
            width=10,
        ),
        Column(
            "allowance_hundredths",
            "Hệ số phụ cấp",
            "Allowance coefficient",
            CellKind.HUNDREDTHS,
            _WORK,
            ("HS phụ cấp", "Phụ cấp chức vụ", "Hệ số phụ cấp chức vụ", "HSPC"),
            guide_vi="Tổng hệ số phụ cấp, ví dụ 0,35. Không có thì ghi 0.",
            guide_en="All allowance coefficients together, for example 0,35. Write 0 when there is none.",
            example="0,35",
            width=10,
        ),
        Column(
            "contract",
            "Loại hợp đồng",
            "Contract",
            CellKind.CHOICE,
            _WORK,
            ("Hình thức hợp đồng", "Loại lao động", "Diện hợp đồng", "Biên chế/Hợp đồng"),
            choices=_CONTRACTS,
            example="Viên chức, công chức",
            width=24,
        ),
    ),
    key_column="full_name",
    header_columns=_SCHOOL_OF_ALL,
    checks=(
        from_header("school_code", "school_name"),
        identity_numbers,
        once(
            by_value("staff_code", "mã cán bộ", "staff code"),
            by_value("identity_number", "số định danh", "identity number"),
            by_person("birth_date", "school_code"),
        ),
    ),
    intro_vi=("Mỗi người một dòng.", *INTRO_VI),
    intro_en=("One row for each person.", *INTRO_EN),
)
