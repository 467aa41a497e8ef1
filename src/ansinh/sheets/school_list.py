"""The list of schools: what each is called, what kind of school it is, whose it is, where it stands, from when until when."""

from __future__ import annotations

from datetime import date

from ansinh.core.tables import LEVEL, SCHOOL_KIND
from ansinh.sheets._checks import at, by_value, needs, once
from ansinh.sheets._list_columns import INTRO_EN, INTRO_VI
from ansinh.sheets._roster_school import SCHOOL_COLUMNS
from ansinh.sheets._roster_words import YES_NO, choices_of
from ansinh.sheets._template import CellKind, Choice, Column, Draft, Severity, Template

_SCHOOL = ("Trường", "School")
_KIND = ("Loại trường", "Kind")
_PLACE = ("Địa bàn", "Place")
_TIME = ("Thời gian", "Time")
_OF_THE_ROSTER = {column.name: column for column in SCHOOL_COLUMNS}
# Words for each level that is a school's own; universities and their preparatory schools are not schools of a department.
_LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    "nursery": ("Nhóm trẻ",),
    "kindergarten": ("Mầm non", "MN", "Trường mầm non", "Trường mẫu giáo", "MG"),
    "primary": ("TH", "Cấp 1", "TH và THCS", "TH&THCS", "TH-THCS", "Tiểu học và trung học cơ sở", "Liên cấp TH, THCS"),
    "lower_secondary": ("THCS", "Cấp 2", "THCS và THPT", "THCS&THPT", "THCS-THPT", "Cấp 2-3"),
    "upper_secondary": ("THPT", "Cấp 3"),
    "adult_lower_secondary": ("GDTX THCS",),
    "adult_upper_secondary": ("GDTX THPT", "GDTX", "GDNN-GDTX", "TTGDTX", "Trung tâm GDNN-GDTX"),
    "vocational": ("GDNN", "Trung cấp", "Cao đẳng"),
}
_LEVELS: tuple[Choice, ...] = tuple(
    choice
    for choice in choices_of(LEVEL, **_LEVEL_WORDS)
    if isinstance(choice.value, int) and choice.value <= LEVEL.vocational
)


def ends_after_it_begins(draft: Draft) -> None:
    """A school that ends before it begins is set aside: either day may be the wrong one."""
    kept = []
    for row in draft.rows:
        since, until = row.values.get("since"), row.values.get("until")
        if isinstance(since, date) and isinstance(until, date) and until <= since:
            vi = "Ngày kết thúc không sau ngày bắt đầu; dòng này chưa được nhận. Hãy sửa một trong hai ngày."
            en = "The last day is not after the first; the row was set aside. Correct one of the two."
            draft.faults.append(at(row.cells.get("until"), row, "ends_before_it_begins", vi, en, Severity.ROW))
        else:
            kept.append(row)
    draft.rows[:] = kept


_CODE = Column(
    "school_code",
    "Mã trường",
    "School code",
    CellKind.IDENTIFIER,
    _SCHOOL,
    ("MA_TRUONG", "Mã trường học", "Mã đơn vị", "Mã cơ sở giáo dục"),
    required=True,
    guide_vi="Mã trên cơ sở dữ liệu ngành. Định dạng cột là Văn bản (Text) để không mất số 0 ở đầu.",
    guide_en="The code in the sector database. Format the column as Text so that no leading zero is lost.",
    example="VÍ DỤ",
    width=13,
)

TEMPLATE = Template(
    name="school_list",
    vi="Danh sách trường",
    en="School list",
    sheet="Trường",
    columns=(
        _CODE,
        Column(
            "school_name",
            "Tên trường",
            "School name",
            CellKind.TEXT,
            _SCHOOL,
            ("TEN_TRUONG_HOC", "Tên trường học", "Trường", "Tên đơn vị", "Tên cơ sở giáo dục"),
            required=True,
            example="Trường Tiểu học Mẫu Hòa",
            width=38,
        ),
        Column(
            "level",
            "Cấp học",
            "Level of education",
            CellKind.CHOICE,
            _KIND,
            ("CAP_HOC", "Bậc học", "Cấp", "Loại hình cấp học"),
            choices=_LEVELS,
            guide_vi="Trường có nhiều cấp ghi cấp thấp nhất, ví dụ TH và THCS ghi Tiểu học; trường mầm non ghi Mẫu giáo.",
            guide_en="A school of several levels is listed by its lowest, for example primary; a preschool as kindergarten.",
            example="Tiểu học",
            width=20,
        ),
        Column(
            "public_school",
            "Loại hình",
            "Ownership",
            CellKind.CHOICE,
            _KIND,
            ("Công lập/Ngoài công lập", "Loại hình trường", "Công lập"),
            feeds=("public_school",),
            choices=_OF_THE_ROSTER["public_school"].choices,
            example="Công lập",
            width=18,
        ),
        Column(
            "school_kind",
            "Loại trường",
            "Kind of school",
            CellKind.CHOICE,
            _KIND,
            ("Kiểu trường", "Trường chuyên biệt"),
            feeds=("school_kind",),
            choices=_OF_THE_ROSTER["school_kind"].choices,
            guide_vi="Trường bình thường, dân tộc bán trú (PTDTBT), dân tộc nội trú (PTDTNT)…",
            guide_en="Ordinary, ethnic semi-boarding, ethnic boarding …",
            example=SCHOOL_KIND.of(SCHOOL_KIND.ordinary).vi,
            width=24,
        ),
        Column(
            "industrial_zone",
            "Ở nơi có khu công nghiệp",
            "In an industrial zone",
            CellKind.CHOICE,
            _KIND,
            ("Khu công nghiệp", "Trong khu công nghiệp", "Địa bàn có khu công nghiệp"),
            choices=YES_NO,
            guide_vi="Cơ sở mầm non ở địa bàn có khu công nghiệp.",
            guide_en="A preschool in an area with an industrial park.",
            example="Không",
            width=14,
        ),
        Column(
            "authority",
            "Cơ quan quản lý",
            "Parent authority",
            CellKind.TEXT,
            _PLACE,
            ("Đơn vị quản lý", "Cơ quan chủ quản", "Trực thuộc"),
            example="UBND xã Mẫu Hòa",
            width=26,
        ),
        Column(
            "commune_code",
            "Mã xã",
            "Commune code",
            CellKind.IDENTIFIER,
            _PLACE,
            ("MA_XA_PHUONG", "Mã xã, phường", "Mã xã/phường"),
            guide_vi="Mã năm chữ số của xã, phường. Có mã thì không nhầm giữa các xã trùng tên.",
            guide_en="The commune's five digits: they tell communes of one name apart.",
            example="99001",
            width=10,
        ),
        Column(
            "commune",
            "Xã, phường",
            "Commune",
            CellKind.TEXT,
            _PLACE,
            ("Xã", "Phường", "Xã/Phường", "Tên xã", "Xã (phường)"),
            example="Xã Mẫu Hòa",
            width=20,
        ),
        Column("address", "Địa chỉ", "Address", CellKind.TEXT, _PLACE, ("DIA_CHI",), example="Ấp Mẫu Một", width=34),
        Column(
            "since",
            "Từ ngày",
            "Since",
            CellKind.DATE,
            _TIME,
            ("Ngày thành lập", "Hoạt động từ ngày", "NGAY_THANH_LAP"),
            guide_vi="Ngày mà những điều ghi trong dòng bắt đầu đúng. Để trống nghĩa là từ ngày nhận danh sách.",
            guide_en="The day from which the row holds. Empty means from the day the list was received.",
            example="01/09/2010",
            width=13,
        ),
        Column(
            "until",
            "Đến ngày",
            "Until",
            CellKind.DATE,
            _TIME,
            ("Ngày giải thể", "Ngày sáp nhập", "Hoạt động đến ngày"),
            guide_vi="Ngày đầu tiên không còn đúng (giải thể, sáp nhập). Để trống nghĩa là vẫn đúng.",
            guide_en="The first day on which it no longer holds (closed, merged). Empty means that it still does.",
            width=13,
        ),
    ),
    key_column="school_name",
    checks=(needs(_CODE), once(by_value("school_code", "mã trường", "school code")), ends_after_it_begins),
    intro_vi=("Mỗi trường một dòng.", INTRO_VI[0], INTRO_VI[2]),
    intro_en=("One row for each school.", INTRO_EN[0], INTRO_EN[2]),
)
