"""The columns of the learner roster, as data: the words a clerk knows, what is understood, and the facts each feeds."""

from __future__ import annotations

from ansinh.core.tables import ETHNICITY, LEVEL, POVERTY
from ansinh.sheets._identity import identity_column
from ansinh.sheets._roster_further import FURTHER_COLUMNS
from ansinh.sheets._roster_support import BOARDING_COLUMNS, ENROLMENT_COLUMNS, HOME_COLUMNS, STATUS_COLUMNS
from ansinh.sheets._roster_words import choices_of
from ansinh.sheets._template import CellKind, Choice, Column

LEARNER = ("Người học", "Learner")
HOUSEHOLD = ("Hộ gia đình", "Household")
KNOWN_BY = ("Để nhận ra đúng em", "To recognise the child")


# Only names that mean one group: “Thổ”, “Xá”, “Mán” or “Hoa” are used of several peoples and are not listed as variants.
_ETHNIC_VARIANTS: dict[str, tuple[str, ...]] = {
    "kinh": ("Việt",),
    "hoa": ("Hán", "Hoa (Hán)"),
    "kho_me": ("Khmer", "Khơ me", "Khơme", "Khơ-mer", "Khome", "Kh'mer", "K'mer"),
    "hmong": ("H'Mông", "H Mông", "Mông", "Mèo", "Hơ Mông", "Hơ-mông", "H’mông"),
    "gia_rai": ("Jrai", "Gia Lai", "Giarai", "J'rai", "Ja Rai"),
    "e_de": ("Ê Đê", "Êđê", "Rađê", "Ra-đê", "Rhade"),
    "ba_na": ("Bana", "Bahnar"),
    "xo_dang": ("Xê Đăng", "Xơđăng", "Sê đăng", "Xê-đăng", "Sedang"),
    "san_chay": ("Cao Lan", "Sán Chỉ", "Cao Lan - Sán Chỉ", "Sán Chay (Cao Lan-Sán Chỉ)"),
    "co_ho": ("Cơho", "K'Ho", "Kơ Ho", "KơHo", "C'Ho"),
    "cham": ("Chàm",),
    "san_diu": ("Sán Dẻo",),
    "hre": ("H'rê", "H're"),
    "mnong": ("M'Nông", "Mơ Nông", "M Nông"),
    "ra_glai": ("Raglai", "Raglay", "Ra Glay"),
    "xtieng": ("Stiêng", "S'tiêng", "X'tiêng"),
    "bru_van_kieu": ("Bru", "Vân Kiều", "Bru - Vân Kiều"),
    "giay": ("Nhắng",),
    "co_tu": ("Ka-tu", "Katu", "Cơtu", "K'tu"),
    "gie_trieng": ("Giẻ Triêng", "Dẻ Triêng", "Giẻ-Triêng", "Gié Triêng"),
    "ma": ("Châu Mạ",),
    "kho_mu": ("Khơmú", "Khơ mú", "Khmú"),
    "co": ("Cor", "Co (Cor)"),
    "ta_oi": ("Tà Ôi", "Tà-ôi", "Pa Cô", "Pa Kô", "Pacô", "Taôi"),
    "cho_ro": ("Châu Ro", "Chơro", "Chrau"),
    "xinh_mun": ("Xinh Mun", "Xinhmun"),
    "chu_ru": ("Churu", "Chơ-ru", "Ch'ru"),
    "pa_then": ("Pà Thẻn",),
    "co_lao": ("Cờ Lao",),
    "ro_mam": ("Rơmăm",),
    "nguoi_nuoc_ngoai": ("Nước ngoài", "Quốc tịch nước ngoài"),
}


def parent_column(name: str, vi: str, en: str, *aliases: str) -> Column:
    """A parent's name: it helps to recognise the child, no rule reads it."""
    return Column(
        name,
        vi,
        en,
        CellKind.NAME,
        KNOWN_BY,
        aliases,
        guide_vi="Không bắt buộc. Giúp nhận ra đúng em khi trùng họ tên và ngày sinh.",
        guide_en="Optional. Helps to tell children of one name and birth date apart.",
        example="Nguyễn Văn Cha" if name == "father" else "Trần Thị Mẹ",
        width=24,
    )


_LEARNER_COLUMNS = (
    Column(
        "learner_code",
        "Mã học sinh",
        "Learner code",
        CellKind.IDENTIFIER,
        LEARNER,
        (
            "Mã định danh",
            "Mã định danh Bộ GD&ĐT",
            "Mã định danh học sinh",
            "Mã HS",
            "Mã trẻ",
            "Mã định danh cá nhân",
            "Mã số học sinh",
            "Mã học sinh/Mã định danh",
            "Mã MOET",
        ),
        feeds=("learner",),
        guide_vi=(
            "Mã định danh của em trên cơ sở dữ liệu ngành. Để trống nếu chưa có: em được nhận ra bằng họ tên và "
            "ngày sinh."
        ),
        guide_en=(
            "The learner's code in the sector database. Leave empty if there is none: name and birth date are "
            "used instead."
        ),
        example="VÍ DỤ",
        width=16,
    ),
    Column(
        "full_name",
        "Họ và tên",
        "Full name",
        CellKind.NAME,
        LEARNER,
        (
            "Họ tên",
            "Họ và tên học sinh",
            "Họ tên học sinh",
            "Tên học sinh",
            "Họ và tên trẻ",
            "Họ tên trẻ",
            "Họ và tên HS",
            "Họ tên HS",
            "Họ, tên",
            "Họ và tên người học",
            "Họ, chữ đệm và tên",
            "Họ và tên khai sinh",
        ),
        parts=(
            (
                "Họ",
                "Họ đệm",
                "Họ và đệm",
                "Họ và tên đệm",
                "Họ lót",
                "Họ và tên lót",
                "Họ tên đệm",
                "Họ, đệm",
                "Họ và chữ đệm",
            ),
            ("Tên", "Tên gọi"),
        ),
        required=True,
        guide_vi="Viết đủ như giấy khai sinh. Dòng không có họ tên thì chưa được nhận.",
        guide_en="As on the birth certificate. A row without a name is set aside.",
        example="(Ví dụ) Nguyễn Văn Mẫu",
        width=26,
    ),
    Column(
        "birth_date",
        "Ngày sinh",
        "Date of birth",
        CellKind.DATE,
        LEARNER,
        (
            "Ngày tháng năm sinh",
            "Ngày, tháng, năm sinh",
            "NTNS",
            "Sinh ngày",
            "Ngày sinh (dd/mm/yyyy)",
            "Năm sinh",
            "Ngày tháng năm sinh của trẻ",
        ),
        feeds=("birth_date",),
        guide_vi="Ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 05/09/2016.",
        guide_en="Day/month/year with a four-digit year, for example 05/09/2016.",
        example="05/09/2016",
        width=13,
    ),
    Column(
        "sex",
        "Giới tính",
        "Sex",
        CellKind.CHOICE,
        LEARNER,
        ("Phái", "Nam/Nữ", "GT", "Nam, nữ"),
        marks=(("Nữ", "female"), ("Nam", "male")),
        choices=(Choice("male", "Nam", "Male", ("Trai",)), Choice("female", "Nữ", "Female", ("Gái",))),
        guide_vi="Chỉ để in danh sách; không quy định nào ở đây xét giới tính.",
        guide_en="For printed lists only; no rule here reads it.",
        example="Nam",
        width=10,
    ),
    Column(
        "ethnicity",
        "Dân tộc",
        "Ethnic group",
        CellKind.CHOICE,
        LEARNER,
        ("Thành phần dân tộc", "DT", "Tên dân tộc"),
        feeds=("ethnicity",),
        choices=choices_of(ETHNICITY, **_ETHNIC_VARIANTS),
        guide_vi="Theo giấy khai sinh. Các cách viết quen dùng (Khmer, H'Mông, Ê Đê…) đều được nhận.",
        guide_en="As on the birth certificate. Usual spellings (Khmer, H'Mông, Ê Đê…) are understood.",
        example="Kinh",
        width=13,
    ),
    Column(
        "class_name",
        "Lớp",
        "Class",
        CellKind.TEXT,
        LEARNER,
        ("Tên lớp", "Lớp học", "Lớp/Nhóm", "Nhóm/Lớp", "Nhóm, lớp", "Lớp năm học này"),
        guide_vi="Tên lớp, ví dụ 5A, 6/2, Lá 1. Nếu bỏ trống Khối và Cấp học thì suy từ tên lớp khi tên lớp nói rõ.",
        guide_en=(
            "Class name, for example 5A, 6/2, Lá 1. Grade and level are worked out from it when they are empty "
            "and it is clear."
        ),
        example="4A",
        width=10,
    ),
    Column(
        "grade",
        "Khối",
        "Grade",
        CellKind.GRADE,
        LEARNER,
        ("Khối lớp", "Khối học"),
        feeds=("grade",),
        guide_vi="Số từ 1 đến 12. Trẻ mầm non để trống.",
        guide_en="A number from 1 to 12. Leave empty for preschool children.",
        example="4",
        width=8,
    ),
    Column(
        "level",
        "Cấp học",
        "Level of education",
        CellKind.CHOICE,
        LEARNER,
        ("Bậc học", "Cấp", "Cấp/bậc học"),
        feeds=("level",),
        choices=choices_of(
            LEVEL,
            nursery=("NT", "Nhóm trẻ"),
            kindergarten=("MG", "Mầm non mẫu giáo"),
            primary=("TH", "Cấp 1", "Cấp I"),
            lower_secondary=("THCS", "Cấp 2", "Cấp II"),
            upper_secondary=("THPT", "Cấp 3", "Cấp III"),
            adult_lower_secondary=("GDTX THCS", "GDTX cấp THCS", "BTTHCS"),
            adult_upper_secondary=("GDTX THPT", "GDTX cấp THPT", "BTTHPT"),
            vocational=("GDNN", "Trung cấp", "Cao đẳng"),
            university=("ĐH",),
            pre_university=("DBĐH",),
        ),
        guide_vi="Chọn trong danh mục. Có thể bỏ trống nếu Khối hoặc Lớp đã nói rõ.",
        guide_en="Choose from the list. May be empty when the grade or class is clear.",
        example="Tiểu học",
        width=16,
    ),
)

POVERTY_CHOICES = choices_of(
    POVERTY,
    none=(
        "Không",
        "Không nghèo",
        "Hộ không nghèo",
        "Bình thường",
        "Không thuộc",
        "Hộ trung bình",
        "Không thuộc diện",
        "Hộ khá",
        "KN",
    ),
    near_poor=("Cận nghèo", "HCN", "Hộ CN"),
    poor=("Nghèo", "HN", "Hộ nghèo đa chiều"),
)

_HOUSEHOLD_COLUMNS = (
    Column(
        "household_code",
        "Mã hộ gia đình",
        "Household code",
        CellKind.IDENTIFIER,
        HOUSEHOLD,
        ("Mã hộ", "Số hộ", "Mã hộ nghèo", "Mã hộ (sổ hộ nghèo)"),
        feeds=("household",),
        guide_vi="Không bắt buộc. Anh chị em cùng một hộ ghi cùng mã; tình trạng hộ của các em phải giống nhau.",
        guide_en="Optional. Brothers and sisters of one household share the code; their household status must agree.",
        example="H001",
        width=13,
    ),
    Column(
        "poverty",
        "Hộ nghèo, cận nghèo (hộ của cha mẹ)",
        "Poverty status of the parents' household",
        CellKind.CHOICE,
        HOUSEHOLD,
        (
            "Hộ nghèo, cận nghèo",
            "Hộ nghèo/cận nghèo",
            "Diện hộ",
            "Tình trạng hộ",
            "Diện hộ nghèo",
            "Hoàn cảnh gia đình",
            "Hộ nghèo - cận nghèo",
            "Loại hộ",
            "Hộ nghèo hoặc cận nghèo",
            "Phân loại hộ",
        ),
        marks=(
            ("Hộ nghèo", POVERTY.poor),
            ("Hộ cận nghèo", POVERTY.near_poor),
            ("Cận nghèo", POVERTY.near_poor),
            ("Nghèo", POVERTY.poor),
        ),
        feeds=("poverty",),
        choices=POVERTY_CHOICES,
        guide_vi="Theo quyết định công nhận của UBND xã. Để trống nghĩa là chưa biết, không phải là không nghèo.",
        guide_en="By the commune's decision. Empty means not known, not “not poor”.",
        example="Hộ cận nghèo",
        width=30,
    ),
    Column(
        "grandparents",
        "Sống cùng ông bà",
        "Lives with grandparents",
        CellKind.CHOICE,
        HOUSEHOLD,
        ("Ở với ông bà", "Sống với ông bà", "Sống cùng ông bà (hộ của ông bà)", "Hộ của ông bà"),
        feeds=("lives_with_grandparents", "grandparents_poverty"),
        choices=(
            Choice(
                (False, None), "Không sống cùng ông bà", "Does not live with grandparents", ("Không", "Không sống cùng")
            ),
            Choice(
                (True, POVERTY.none),
                "Sống cùng ông bà, hộ không nghèo",
                "Lives with grandparents, not poor",
                ("Sống cùng, hộ không nghèo",),
            ),
            Choice(
                (True, POVERTY.near_poor),
                "Sống cùng ông bà, hộ cận nghèo",
                "Lives with grandparents, near-poor",
                ("Sống cùng, hộ cận nghèo", "Sống cùng, cận nghèo"),
            ),
            Choice(
                (True, POVERTY.poor),
                "Sống cùng ông bà, hộ nghèo",
                "Lives with grandparents, poor",
                ("Sống cùng, hộ nghèo", "Sống cùng, nghèo"),
            ),
            Choice((True, None), "Sống cùng ông bà", "Lives with grandparents", ("Có", "x", "Sống cùng"), listed=False),
        ),
        guide_vi="Nếu em sống cùng ông bà thì chọn luôn tình trạng hộ của ông bà.",
        guide_en="When the child lives with grandparents, choose with it the status of their household.",
        example="Không sống cùng ông bà",
        width=24,
    ),
)

COLUMNS: tuple[Column, ...] = (
    *_LEARNER_COLUMNS,
    *_HOUSEHOLD_COLUMNS,
    *STATUS_COLUMNS,
    *HOME_COLUMNS,
    *BOARDING_COLUMNS,
    *ENROLMENT_COLUMNS,
    *FURTHER_COLUMNS,
    identity_column(KNOWN_BY),
    parent_column("father", "Họ tên cha", "Father's name", "Họ và tên cha", "Họ tên bố", "Họ và tên bố", "Tên cha"),
    parent_column("mother", "Họ tên mẹ", "Mother's name", "Họ và tên mẹ", "Tên mẹ"),
)
