"""Code lists, and the lists that few learners meet: rates of merit, degrees of disability, harm by disaster, vocational courses.

The lists every learner meets stand in core.tables, beside the facts that use them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One value of a code list: the integer engines compare, the words people read."""

    value: int
    name: str
    vi: str
    en: str


@dataclass(frozen=True)
class Codes:
    """A closed list of codes. Values are small integers so that every engine compares them alike."""

    name: str
    codes: tuple[Code, ...]

    def __getattr__(self, name: str) -> int:
        for code in object.__getattribute__(self, "codes"):
            if code.name == name:
                return int(code.value)
        raise AttributeError(f"code list {self.name!r} has no code {name!r}")

    def of(self, value: int) -> Code:
        for code in self.codes:
            if code.value == value:
                return code
        raise KeyError(f"code list {self.name!r} has no value {value!r}")


def codes(name: str, *rows: tuple[int, str, str, str]) -> Codes:
    return Codes(name, tuple(Code(*row) for row in rows))


# Decree 131/2021, Article 94, and Annex I, line 11 of the decrees on merit standards: who has which monthly rate.
MERIT_RATE = codes(
    "merit_rate",
    (0, "none", "Không thuộc diện ưu đãi giáo dục", "No education preference"),
    (
        1,
        "full",
        (
            "Mức đủ: bản thân; thân nhân liệt sĩ; con người hoạt động cách mạng trước 1945, tiền khởi nghĩa, Anh hùng; "
            "con thương binh, bệnh binh, người nhiễm chất độc hóa học từ 61%"
        ),
        (
            "Full: the person; kin of martyrs; child of a pre-1945 or 1945 revolutionary or Hero, or of one with "
            "injury of 61 % and more"
        ),
    ),
    (
        2,
        "reduced",
        "Mức giảm: con thương binh 21–60%, bệnh binh 41–60%, người nhiễm chất độc hóa học 21–60%",
        "Reduced: child of a war invalid 21–60 %, sick soldier 41–60 % or victim of toxic chemicals 21–60 %",
    ),
)
DISABILITY_DEGREE = codes(
    "disability_degree",
    (0, "none", "Không khuyết tật", "Not disabled"),
    (1, "light", "Khuyết tật nhẹ", "Light"),
    (2, "severe", "Khuyết tật nặng", "Severe"),
    (3, "very_severe", "Khuyết tật đặc biệt nặng", "Very severe"),
)
DISASTER = codes(
    "disaster",
    (0, "none", "Không bị thiệt hại", "No harm"),
    (1, "hunger", "Hộ thiếu đói", "Household short of food"),
    (2, "injury", "Bị thương nặng", "Seriously injured"),
    (3, "death", "Hộ có người chết, mất tích", "Death or missing person in the household"),
    (4, "house_lost", "Mất nhà ở", "Home lost"),
    (5, "relocation", "Phải di dời nhà ở khẩn cấp", "Home must be moved at once"),
    (6, "house_damaged", "Nhà ở bị hư hỏng nặng", "Home badly damaged"),
)
COURSE_LEVEL = codes(
    "course_level",
    (0, "none", "Không học nghề", "Not in a vocational course"),
    (1, "short", "Đào tạo nghề dưới 3 tháng", "Course under three months"),
    (2, "elementary", "Sơ cấp", "Elementary"),
    (3, "intermediate", "Trung cấp", "Intermediate"),
    (4, "college", "Cao đẳng", "College"),
)
TRADE = codes(
    "trade",
    (0, "ordinary", "Nghề không có chế độ riêng", "Trade with no rule of its own"),
    (1, "arts", "Nghệ thuật truyền thống, nhã nhạc, chèo, tuồng, cải lương, múa, xiếc", "Traditional and stage arts"),
    (2, "heavy", "Nghề nặng nhọc, độc hại, nguy hiểm trong danh mục", "Listed heavy, toxic or dangerous trade"),
    (3, "needed", "Nghề khó tuyển sinh mà xã hội có nhu cầu", "Listed trade hard to recruit for"),
    (4, "special", "Ngành, nghề chuyên môn đặc thù", "Special trade"),
)
WORKER_GROUP = codes(
    "worker_group",
    (0, "none", "Không thuộc nhóm nào", "None of these"),
    (1, "land_recovered", "Hộ bị thu hồi đất nông nghiệp, đất kinh doanh", "Household whose land was recovered"),
    (2, "laid_off_woman", "Lao động nữ bị mất việc làm", "Woman who lost her work"),
    (3, "fisherman", "Ngư dân", "Fisherman"),
    (4, "rural_or_woman", "Lao động nông thôn hoặc phụ nữ khác", "Other rural worker or woman"),
)
