"""The columns we agree on: every fact a rule may read, its kind, its words, and the table it comes from.

A learner's row carries its own facts and the keys of the rows it leans on: the household of its parents, the household
of its grandparents, and the places of its home, its parents' home and its school. Those tables are dated: a row holds
`since` a day (included) `until` another (not included), and was `learned` on a day.

What changes about the learner alone (a disability certified in March, another school, leaving school) stands in the
dated table `status`, keyed by the learner: each of its rows says the facts or keys it carries and leaves the rest alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from ansinh.core.codes import COURSE_LEVEL, DISABILITY_DEGREE, DISASTER, MERIT_RATE, TRADE, WORKER_GROUP
from ansinh.core.codes import Code as Code
from ansinh.core.codes import Codes as Codes
from ansinh.core.codes import codes as _codes


class Kind(Enum):
    BOOL = "bool"
    INT = "int"
    DATE = "date"
    CODE = "code"


POVERTY = _codes(
    "poverty",
    (0, "none", "Không thuộc hộ nghèo, cận nghèo", "Not poor or near-poor"),
    (1, "near_poor", "Hộ cận nghèo", "Near-poor household"),
    (2, "poor", "Hộ nghèo", "Poor household"),
)
AREA = _codes(
    "area",
    (0, "none", "Không thuộc khu vực I, II, III", "Outside areas I, II and III"),
    (1, "one", "Xã khu vực I", "Area I commune"),
    (2, "two", "Xã khu vực II", "Area II commune"),
    (3, "three", "Xã khu vực III", "Area III commune"),
)
LEVEL = _codes(
    "level",
    (0, "nursery", "Nhà trẻ", "Nursery"),
    (1, "kindergarten", "Mẫu giáo", "Kindergarten"),
    (2, "primary", "Tiểu học", "Primary"),
    (3, "lower_secondary", "Trung học cơ sở", "Lower secondary"),
    (4, "upper_secondary", "Trung học phổ thông", "Upper secondary"),
    (5, "adult_lower_secondary", "GDTX cấp trung học cơ sở", "Adult education, lower secondary"),
    (6, "adult_upper_secondary", "GDTX cấp trung học phổ thông", "Adult education, upper secondary"),
    (7, "vocational", "Giáo dục nghề nghiệp (trung cấp, cao đẳng)", "Vocational education"),
    (8, "university", "Đại học", "University"),
    (9, "pre_university", "Dự bị đại học", "Pre-university course"),
)
SCHOOL_KIND = _codes(
    "school_kind",
    (0, "ordinary", "Trường bình thường", "Ordinary school"),
    (1, "semi_boarding", "Trường phổ thông dân tộc bán trú", "Ethnic semi-boarding school"),
    (2, "boarding", "Trường phổ thông dân tộc nội trú", "Ethnic boarding school"),
    (
        3,
        "border_boarding",
        "Trường phổ thông nội trú xã biên giới đất liền",
        "Boarding school of a land-border commune",
    ),
    (
        4,
        "invalid_vocational",
        "Cơ sở giáo dục nghề nghiệp dành cho thương binh, người khuyết tật",
        "Vocational institution for war invalids and the disabled",
    ),
)
ADMISSION = _codes(
    "admission",
    (0, "ordinary", "Trúng tuyển hệ chính quy (thi tuyển, xét tuyển)", "Admitted full-time by entrance exam"),
    (1, "quota", "Cử tuyển", "Sent by quota (cử tuyển)"),
    (2, "pre_university", "Vào từ dự bị đại học", "Entered from a pre-university course"),
    (
        3,
        "other",
        "Liên thông, văn bằng hai, theo địa chỉ, từ xa, vừa làm vừa học",
        "Bridging, second degree, addressed, distance or in-service training",
    ),
)
ORPHAN = _codes(
    "orphan",
    (0, "none", "Còn cha và mẹ", "Both parents living"),
    (1, "one", "Mồ côi cha hoặc mẹ", "Lost one parent"),
    (2, "both", "Mồ côi cả cha và mẹ", "Lost both parents"),
)
MERIT = _codes(
    "merit",
    (0, "none", "Không thuộc diện", "Not applicable"),
    (
        1,
        "child",
        "Con liệt sĩ, Anh hùng LLVTND, thương binh, bệnh binh, đối tượng khác của Pháp lệnh",
        "Child of a person with merit",
    ),
    (2, "person", "Bản thân là người có công", "Person with merit"),
)
STUDY_STATUS = _codes(
    "study_status",
    (0, "normal", "Đang học bình thường", "Studying normally"),
    (1, "repeating", "Lưu ban, học lại", "Repeating the year"),
    (
        2,
        "repeating_illness",
        "Lưu ban lần đầu do ốm đau, tai nạn, bất khả kháng",
        "Repeating once for illness, accident or force majeure",
    ),
    (3, "suspended", "Đình chỉ, bảo lưu, buộc thôi học", "Suspended, on reservation or expelled"),
)
# Codes of the ministry's list of ethnic groups (2020), which agree with the statistical list.
ETHNICITY = _codes(
    "ethnicity",
    (1, "kinh", "Kinh", "Kinh"),
    (2, "tay", "Tày", "Tày"),
    (3, "thai", "Thái", "Thái"),
    (4, "hoa", "Hoa", "Hoa"),
    (5, "kho_me", "Khơ-me", "Khơ-me"),
    (6, "muong", "Mường", "Mường"),
    (7, "nung", "Nùng", "Nùng"),
    (8, "hmong", "Hmông", "Hmông"),
    (9, "dao", "Dao", "Dao"),
    (10, "gia_rai", "Gia-rai", "Gia-rai"),
    (11, "ngai", "Ngái", "Ngái"),
    (12, "e_de", "Ê-đê", "Ê-đê"),
    (13, "ba_na", "Ba-na", "Ba-na"),
    (14, "xo_dang", "Xơ-đăng", "Xơ-đăng"),
    (15, "san_chay", "Sán Chay", "Sán Chay"),
    (16, "co_ho", "Cơ-ho", "Cơ-ho"),
    (17, "cham", "Chăm", "Chăm"),
    (18, "san_diu", "Sán Dìu", "Sán Dìu"),
    (19, "hre", "Hrê", "Hrê"),
    (20, "mnong", "Mnông", "Mnông"),
    (21, "ra_glai", "Ra-glai", "Ra-glai"),
    (22, "xtieng", "Xtiêng", "Xtiêng"),
    (23, "bru_van_kieu", "Bru-Vân Kiều", "Bru-Vân Kiều"),
    (24, "tho", "Thổ", "Thổ"),
    (25, "giay", "Giáy", "Giáy"),
    (26, "co_tu", "Cơ-tu", "Cơ-tu"),
    (27, "gie_trieng", "Gié-Triêng", "Gié-Triêng"),
    (28, "ma", "Mạ", "Mạ"),
    (29, "kho_mu", "Khơ-mú", "Khơ-mú"),
    (30, "co", "Co", "Co"),
    (31, "ta_oi", "Ta-ôi", "Ta-ôi"),
    (32, "cho_ro", "Chơ-ro", "Chơ-ro"),
    (33, "khang", "Kháng", "Kháng"),
    (34, "xinh_mun", "Xinh-mun", "Xinh-mun"),
    (35, "ha_nhi", "Hà Nhì", "Hà Nhì"),
    (36, "chu_ru", "Chu-ru", "Chu-ru"),
    (37, "lao", "Lào", "Lào"),
    (38, "la_chi", "La Chi", "La Chi"),
    (39, "la_ha", "La Ha", "La Ha"),
    (40, "phu_la", "Phù Lá", "Phù Lá"),
    (41, "la_hu", "La Hủ", "La Hủ"),
    (42, "lu", "Lự", "Lự"),
    (43, "lo_lo", "Lô Lô", "Lô Lô"),
    (44, "chut", "Chứt", "Chứt"),
    (45, "mang", "Mảng", "Mảng"),
    (46, "pa_then", "Pà Thẻn", "Pà Thẻn"),
    (47, "co_lao", "Cơ Lao", "Cơ Lao"),
    (48, "cong", "Cống", "Cống"),
    (49, "bo_y", "Bố Y", "Bố Y"),
    (50, "si_la", "Si La", "Si La"),
    (51, "pu_peo", "Pu Péo", "Pu Péo"),
    (52, "brau", "Brâu", "Brâu"),
    (53, "o_du", "Ơ Đu", "Ơ Đu"),
    (54, "ro_mam", "Rơ-măm", "Rơ-măm"),
    (55, "nguoi_nuoc_ngoai", "Người nước ngoài", "Foreigner"),
)
KINH = ETHNICITY.kinh
# The sixteen groups under 10,000 people: Decree 57/2017/NĐ-CP, Article 2.
VERY_SMALL_GROUPS: tuple[int, ...] = tuple(
    getattr(ETHNICITY, name)
    for name in (
        "cong",
        "mang",
        "pu_peo",
        "si_la",
        "co_lao",
        "bo_y",
        "la_ha",
        "ngai",
        "chut",
        "o_du",
        "brau",
        "ro_mam",
        "lo_lo",
        "lu",
        "pa_then",
        "la_hu",
    )
)


@dataclass(frozen=True)
class FactDef:
    """A fact: its name in rules, its kind, and its words. `sensitive` marks what the law on personal data protects."""

    name: str
    kind: Kind
    vi: str
    en: str
    codes: Codes | None = None
    sensitive: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Role:
    """A dated table a learner's row leans on through a key column; `facts` maps the table's columns to facts."""

    name: str
    table: str
    key: str
    facts: Mapping[str, str]


def _place(prefix: str, vi: str, en: str) -> tuple[FactDef, ...]:
    return (
        FactDef(f"{prefix}_area", Kind.CODE, f"Khu vực của {vi}", f"Area class of {en}", AREA),
        FactDef(
            f"{prefix}_dbkk_hamlet",
            Kind.BOOL,
            f"{vi} là thôn đặc biệt khó khăn",
            f"{en} is an extremely difficult hamlet",
        ),
        FactDef(
            f"{prefix}_dbkk_coast",
            Kind.BOOL,
            f"{vi} là xã ĐBKK bãi ngang, ven biển, hải đảo",
            f"{en} is an extremely difficult coastal or island commune",
        ),
        FactDef(
            f"{prefix}_has_dbkk_hamlet",
            Kind.BOOL,
            f"Xã của {vi} có thôn đặc biệt khó khăn",
            f"The commune of {en} has extremely difficult hamlets",
        ),
    )


FACTS: Mapping[str, FactDef] = {
    fact.name: fact
    for fact in (
        FactDef("birth_date", Kind.DATE, "Ngày sinh", "Date of birth"),
        FactDef("ethnicity", Kind.CODE, "Dân tộc", "Ethnic group", ETHNICITY, sensitive=True),
        FactDef("level", Kind.CODE, "Cấp học", "Level of education", LEVEL),
        FactDef("grade", Kind.INT, "Lớp (khối)", "Grade"),
        FactDef("public_school", Kind.BOOL, "Học trường công lập", "Attends a public school"),
        FactDef("school_kind", Kind.CODE, "Loại trường", "Kind of school", SCHOOL_KIND),
        FactDef(
            "border_commune_school",
            Kind.BOOL,
            "Trường ở xã biên giới đất liền",
            "The school is in a land-border commune",
        ),
        FactDef(
            "admission",
            Kind.CODE,
            "Hình thức trúng tuyển (giáo dục nghề nghiệp, đại học)",
            "Way of admission (vocational, university)",
            ADMISSION,
        ),
        FactDef("disabled", Kind.BOOL, "Khuyết tật", "Disabled", sensitive=True),
        FactDef("inclusive", Kind.BOOL, "Học hòa nhập", "In inclusive education"),
        FactDef("orphan", Kind.CODE, "Mồ côi", "Orphan", ORPHAN, sensitive=True),
        FactDef(
            "no_support",
            Kind.BOOL,
            "Trẻ em không có nguồn nuôi dưỡng",
            "Child with no source of support",
            sensitive=True,
        ),
        FactDef("merit", Kind.CODE, "Người có công", "Merit status", MERIT, sensitive=True),
        FactDef("conscript_child", Kind.BOOL, "Con hạ sĩ quan, binh sĩ tại ngũ", "Child of a serving conscript"),
        FactDef(
            "work_accident_parent",
            Kind.BOOL,
            "Cha hoặc mẹ bị tai nạn lao động, bệnh nghề nghiệp được trợ cấp thường xuyên",
            "Parent on a regular work-accident allowance",
            sensitive=True,
        ),
        FactDef(
            "industrial_worker_parent",
            Kind.BOOL,
            "Cha, mẹ hoặc người chăm sóc là công nhân khu công nghiệp",
            "Parent or caregiver works in an industrial park",
        ),
        FactDef("study_status", Kind.CODE, "Tình trạng học tập", "Study status", STUDY_STATUS),
        FactDef("distance_m", Kind.INT, "Khoảng cách từ nhà đến trường", "Distance from home to school", unit="m"),
        FactDef(
            "difficult_terrain",
            Kind.BOOL,
            "Địa hình cách trở, giao thông khó khăn",
            "Difficult terrain on the way to school",
        ),
        FactDef(
            "semi_boarder",
            Kind.BOOL,
            "Được ở lại trường hoặc gần trường trong tuần (bán trú)",
            "Stays at or near school during the week",
        ),
        FactDef(
            "lunch_at_school",
            Kind.BOOL,
            "Ăn trưa tại trường",
            "Eats lunch at school",
        ),
        FactDef("housed_by_school", Kind.BOOL, "Nhà trường bố trí được chỗ ở", "Housed by the school"),
        FactDef(
            "lodges_with_relative",
            Kind.BOOL,
            "Ở gần trường cùng người thân theo lựa chọn",
            "Chooses to live near school with a relative",
        ),
        FactDef(
            "pre_grade1_course",
            Kind.BOOL,
            "Học tiếng Việt trước khi vào lớp 1",
            "Took the pre-grade-1 Vietnamese course",
        ),
        FactDef(
            "merit_rate", Kind.CODE, "Mức ưu đãi giáo dục người có công", "Education rate, merit", MERIT_RATE, True
        ),
        FactDef("disability_degree", Kind.CODE, "Mức độ khuyết tật", "Degree of disability", DISABILITY_DEGREE, True),
        FactDef(
            "single_parent",
            Kind.BOOL,
            "Con của người đơn thân đang nuôi con",
            "Child of a single parent",
            sensitive=True,
        ),
        FactDef("disaster", Kind.CODE, "Thiệt hại do thiên tai, tai nạn", "Harm by disaster", DISASTER, sensitive=True),
        FactDef("first_year_of_course", Kind.BOOL, "Năm đầu của khóa học nghề", "First year of a vocational course"),
        FactDef("course_level", Kind.CODE, "Trình độ đào tạo nghề", "Level of vocational course", COURSE_LEVEL),
        FactDef(
            "lower_secondary_entry",
            Kind.BOOL,
            "Vào trung cấp bằng tốt nghiệp trung học cơ sở",
            "Entered intermediate level with a lower-secondary certificate",
        ),
        FactDef("boarding_graduate", Kind.BOOL, "Tốt nghiệp trường PTDT nội trú", "Graduate of a boarding school"),
        FactDef("trade", Kind.CODE, "Nghề, ngành học", "Trade", TRADE),
        FactDef("worker_group", Kind.CODE, "Nhóm người lao động học nghề", "Group of worker", WORKER_GROUP),
        FactDef("lives_with_grandparents", Kind.BOOL, "Sống cùng ông bà", "Lives with grandparents"),
        FactDef(
            "poverty",
            Kind.CODE,
            "Hộ nghèo, cận nghèo (hộ của cha mẹ)",
            "Poverty status of the parents' household",
            POVERTY,
            sensitive=True,
        ),
        FactDef(
            "grandparents_poverty",
            Kind.CODE,
            "Hộ nghèo, cận nghèo (hộ của ông bà)",
            "Poverty status of the grandparents' household",
            POVERTY,
            sensitive=True,
        ),
        *_place("home", "nơi thường trú của người học", "the learner's permanent residence"),
        *_place(
            "parent_home",
            "nơi thường trú của cha, mẹ hoặc người giám hộ",
            "the permanent residence of a parent or guardian",
        ),
        *_place("school", "nơi trường đặt", "the school's place"),
    )
}


def _place_role(prefix: str) -> Role:
    columns = ("area", "dbkk_hamlet", "dbkk_coast", "has_dbkk_hamlet")
    return Role(prefix, "place", f"{prefix}_place", {column: f"{prefix}_{column}" for column in columns})


ROLES: tuple[Role, ...] = (
    Role("household", "household", "household", {"poverty": "poverty"}),
    Role("grandparents", "household", "grandparents_household", {"poverty": "grandparents_poverty"}),
    _place_role("home"),
    _place_role("parent_home"),
    _place_role("school"),
)
OWN_FACTS: tuple[str, ...] = tuple(name for name in FACTS if not any(name in role.facts.values() for role in ROLES))

LEARNERS, STATUS = "learners", "status"
ENROLLED = "enrolled"  # False takes off a month of the study mask: the learner had left by its first day.
# What a row of the `status` table may say of a learner, over the learner's own row: each own fact, each key.
STATUS_COLUMNS: tuple[str, ...] = (ENROLLED, *(role.key for role in ROLES), *OWN_FACTS)
TABLE_SPAN = ("key", "since", "until", "learned")  # What every dated row has beside its facts.


def table_columns() -> dict[str, dict[str, Kind | None]]:
    """Every table of facts with its columns and their kinds; None is text."""
    span: dict[str, Kind | None] = {"key": None, **dict.fromkeys(TABLE_SPAN[1:], Kind.DATE)}
    kinds: dict[str, Kind | None] = {name: fact.kind for name, fact in FACTS.items()}
    keys: dict[str, Kind | None] = {role.key: None for role in ROLES}
    learners: dict[str, Kind | None] = {"learner": None, "months": Kind.INT}
    status = {name: kinds.get(name, Kind.BOOL if name == ENROLLED else None) for name in STATUS_COLUMNS}
    dated = {role.table: span | {column: kinds[fact] for column, fact in role.facts.items()} for role in ROLES}
    return {LEARNERS: learners | keys | kinds, STATUS: span | status, **dated}


Row = Mapping[str, Any]


class PeopleError(ValueError):
    """People that contradict themselves: said with the table and the key, so that a person can mend the source."""


@dataclass(frozen=True)
class Source:
    """Where a fact came from, in words a clerk can follow: file, sheet, row and column."""

    file: str
    sheet: str
    row: int
    column: str

    def vi(self) -> str:
        return f"tệp {self.file}, trang “{self.sheet}”, dòng {self.row}, cột {self.column}"

    def en(self) -> str:
        return f"file {self.file}, sheet “{self.sheet}”, row {self.row}, column {self.column}"


@dataclass(frozen=True)
class People:
    """A frozen population.

    learners: one mapping each with `learner` (unique text), `months` (study mask, see core.dates), the own facts, and
        one key per role (None when not known). A fact absent or None is not known.
    tables: `household` and `place` rows with `key`, `since`, `until`, `learned` (days) and their columns; `status` rows,
        of which `key` is the learner and the columns are any of STATUS_COLUMNS (None: this row says nothing of it).
    sources: (learner, fact) → where the value came from.
    names: learner → what a person calls them (name, class), for lists; no rule reads these.
    """

    learners: Sequence[Row]
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict)
    names: Mapping[str, Row] = field(default_factory=dict)

    def check(self) -> None:
        """PeopleError when an identifier comes twice, or two rows of one key hold on one day and were learned on one day."""
        seen: set[str] = set()
        for row in self.learners:
            if row["learner"] in seen:
                raise PeopleError(f"learner {row['learner']!r} comes twice")
            seen.add(row["learner"])
        for table, rows in self.tables.items():
            if table == STATUS:
                self._check_status(rows)
            else:
                _check_spans(table, rows)

    def _check_status(self, rows: Sequence[Row]) -> None:
        said = {name for row in rows for name in row} - set(TABLE_SPAN)
        if strange := sorted(said - set(STATUS_COLUMNS)):
            raise PeopleError(f"table {STATUS!r}: {', '.join(strange)} is neither an own fact nor a key")
        for name in sorted(said):
            _check_spans(f"{STATUS}.{name}", saying(rows, name))


def _check_spans(table: str, rows: Sequence[Row]) -> None:
    by_key: dict[tuple[str, date], list[Row]] = {}
    for row in rows:
        by_key.setdefault((row["key"], row["learned"]), []).append(row)
    for (key, learned), group in by_key.items():
        ordered = sorted(group, key=lambda row: row["since"])
        for earlier, later in itertools.pairwise(ordered):
            if later["since"] < earlier["until"]:
                raise PeopleError(
                    f"table {table!r}: two rows for {key!r} learned on {learned} hold on {later['since']}"
                )


def saying(rows: Sequence[Row], name: str) -> list[Row]:
    """The rows that say something of a column: a status row leaves alone what it does not carry."""
    return [row for row in rows if row.get(name) is not None]


def in_force(rows: Sequence[Row], on: date, known: date | None) -> Row | None:
    """The row of one key that holds on a day, as known on another: the latest learned wins (a correction is a new row)."""
    held = [row for row in rows if row["since"] <= on < row["until"] and (known is None or row["learned"] <= known)]
    return max(held, key=lambda row: row["learned"]) if held else None
