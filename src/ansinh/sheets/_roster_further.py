"""The roster's columns that few schools need: rates and degrees of a status, harm by disaster, vocational courses."""

from __future__ import annotations

from ansinh.core.codes import COURSE_LEVEL, DISABILITY_DEGREE, DISASTER, MERIT_RATE, TRADE, WORKER_GROUP, Codes
from ansinh.sheets._roster_support import yes_no
from ansinh.sheets._roster_words import choices_of
from ansinh.sheets._template import CellKind, Column

FURTHER = ("Diện chính sách: chi tiết", "Policy status: details")
COURSE = ("Khóa học, học nghề", "Course and trade")


def _listed(
    name: str,
    vi: str,
    en: str,
    group: tuple[str, str],
    codes: Codes,
    guide: tuple[str, str],
    *aliases: str,
    **synonyms: tuple[str, ...],
) -> Column:
    return Column(
        name,
        vi,
        en,
        CellKind.CHOICE,
        group,
        aliases,
        feeds=(name,),
        choices=choices_of(codes, **synonyms),
        guide_vi=guide[0],
        guide_en=guide[1],
        example=codes.of(0).vi,
        width=24,
    )


FURTHER_COLUMNS = (
    _listed(
        "merit_rate",
        "Mức ưu đãi giáo dục người có công",
        "Education rate of people with merit",
        FURTHER,
        MERIT_RATE,
        (
            "Chỉ cần khi cột Người có công có ghi: mức theo tỷ lệ tổn thương cơ thể của cha, mẹ.",
            "Only where “Merit status” says something: the rate by the parent's injury.",
        ),
        "Mức ưu đãi giáo dục",
        "Mức trợ cấp ưu đãi",
        none=("Không",),
        full=("Mức đủ", "Từ 61%"),
        reduced=("Mức giảm", "Dưới 61%"),
    ),
    _listed(
        "disability_degree",
        "Mức độ khuyết tật",
        "Degree of disability",
        FURTHER,
        DISABILITY_DEGREE,
        (
            "Chỉ cần khi cột Khuyết tật ghi Có: mức độ trên giấy xác nhận của UBND xã.",
            "Only where “Disabled” is yes: the degree on the commune's certificate.",
        ),
        "Mức độ KT",
        "Mức độ",
        none=("Không",),
        light=("Nhẹ",),
        severe=("Nặng",),
        very_severe=("Đặc biệt nặng", "ĐBN"),
    ),
    yes_no(
        "single_parent",
        "Con của người đơn thân",
        "Child of a single parent",
        FURTHER,
        (
            "Cha hoặc mẹ chưa kết hôn, đã ly hôn, góa, và một mình nuôi con.",
            "A parent unmarried, divorced or widowed who brings the child up alone.",
        ),
        "Con người đơn thân",
        "Con của người đơn thân đang nuôi con",
        "Người đơn thân nuôi con",
    ),
    _listed(
        "disaster",
        "Thiệt hại do thiên tai, tai nạn",
        "Harm by disaster or grave accident",
        FURTHER,
        DISASTER,
        (
            "Em hoặc hộ của em bị thiệt hại trong năm học này. Không bị thì chọn dòng đầu.",
            "The child or its household was harmed in this school year. If not, choose the first line.",
        ),
        "Thiệt hại",
        "Thiệt hại do thiên tai",
        none=("Không",),
        hunger=("Thiếu đói",),
        injury=("Bị thương",),
        death=("Có người chết, mất tích",),
    ),
    yes_no(
        "first_year_of_course",
        "Năm đầu của khóa học nghề",
        "First year of the vocational course",
        COURSE,
        (
            "Chỉ cho người học nghề: năm nay là năm đầu của khóa.",
            "Only for vocational learners: this is the first year of the course.",
        ),
        "Năm đầu khóa học",
        "Tuyển mới",
    ),
    _listed(
        "course_level",
        "Trình độ đào tạo nghề",
        "Level of the vocational course",
        COURSE,
        COURSE_LEVEL,
        ("Chỉ cho người học nghề.", "Only for vocational learners."),
        "Trình độ đào tạo",
        none=("Không",),
        short=("Dưới 3 tháng", "Thường xuyên dưới 3 tháng"),
    ),
    yes_no(
        "lower_secondary_entry",
        "Tốt nghiệp THCS vào trung cấp",
        "Entered with a lower-secondary certificate",
        COURSE,
        (
            "Người học trung cấp vào học bằng tốt nghiệp trung học cơ sở.",
            "An intermediate learner who entered with a lower-secondary certificate.",
        ),
        "Vào trung cấp bằng tốt nghiệp trung học cơ sở",
        "Tốt nghiệp THCS học tiếp trung cấp",
    ),
    yes_no(
        "boarding_graduate",
        "Tốt nghiệp trường PTDT nội trú",
        "Graduate of an ethnic boarding school",
        COURSE,
        (
            "Người học nghề đã tốt nghiệp trường phổ thông dân tộc nội trú.",
            "A vocational learner who finished an ethnic boarding school.",
        ),
        "Đã tốt nghiệp trường dân tộc nội trú",
        "Tốt nghiệp PTDTNT",
    ),
    _listed(
        "trade",
        "Nghề, ngành học",
        "Trade",
        COURSE,
        TRADE,
        (
            "Chỉ cho người học nghề: loại nghề theo danh mục của Bộ.",
            "Only for vocational learners: the kind of trade by the Ministry's lists.",
        ),
        "Nghề học",
        "Ngành, nghề",
        ordinary=("Không", "Bình thường", "Nghề bình thường"),
        heavy=("Nặng nhọc, độc hại", "Nặng nhọc, độc hại, nguy hiểm"),
    ),
    _listed(
        "worker_group",
        "Nhóm người lao động học nghề",
        "Group of worker in training",
        COURSE,
        WORKER_GROUP,
        (
            "Chỉ cho người học sơ cấp hoặc dưới 3 tháng.",
            "Only for learners at elementary level or in courses under three months.",
        ),
        "Nhóm lao động",
        none=("Không",),
    ),
)
