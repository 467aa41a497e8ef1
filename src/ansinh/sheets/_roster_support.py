"""The roster's columns on policy status, residence, boarding and enrolment: what support turns on, besides who the child is."""

from __future__ import annotations

from ansinh.core.tables import ADMISSION, MERIT, ORPHAN, STUDY_STATUS
from ansinh.sheets._roster_words import HOME_PLACES, PLACE_FACTS, PLACE_GUIDE, YES_NO, choices_of
from ansinh.sheets._template import CellKind, Column

STATUS = ("Diện chính sách", "Policy status")
HOME = ("Nơi thường trú", "Permanent residence")
BOARDING = ("Bán trú, đi lại", "Boarding and travel")
ENROLMENT = ("Thời gian học", "Enrolment")


def yes_no(name: str, vi: str, en: str, group: tuple[str, str], guide: tuple[str, str], *aliases: str) -> Column:
    """A column of yes and no that feeds the fact of its own name; `guide` is Vietnamese, then English."""
    return Column(
        name,
        vi,
        en,
        CellKind.CHOICE,
        group,
        aliases,
        feeds=(name,),
        choices=YES_NO,
        guide_vi=guide[0],
        guide_en=guide[1],
        example="Không",
        width=13,
    )


STATUS_COLUMNS = (
    yes_no(
        "disabled",
        "Khuyết tật",
        "Disabled",
        STATUS,
        ("Có giấy xác nhận khuyết tật của UBND xã.", "Has the commune's certificate of disability."),
        "Học sinh khuyết tật",
        "Trẻ khuyết tật",
        "HS khuyết tật",
        "HSKT",
    ),
    yes_no(
        "inclusive",
        "Học hòa nhập",
        "In inclusive education",
        STATUS,
        ("Người khuyết tật học trong lớp bình thường.", "A disabled learner in an ordinary class."),
        "Khuyết tật học hòa nhập",
        "Hòa nhập",
        "HS khuyết tật học hòa nhập",
    ),
    Column(
        "orphan",
        "Mồ côi",
        "Orphan",
        CellKind.CHOICE,
        STATUS,
        ("Tình trạng mồ côi", "Trẻ mồ côi"),
        feeds=("orphan",),
        choices=choices_of(
            ORPHAN,
            none=("Không", "Không mồ côi", "Còn cả cha và mẹ", "Còn cha mẹ"),
            one=("Mồ côi cha", "Mồ côi mẹ", "Mồ côi một bên"),
            both=("Mồ côi cha và mẹ", "Mồ côi cả cha lẫn mẹ", "Mồ côi cả cha mẹ"),
        ),
        guide_vi="Mồ côi cha hoặc mẹ khác với mồ côi cả cha và mẹ: quyền lợi khác nhau.",
        guide_en="Losing one parent differs from losing both: the support differs.",
        example="Còn cha và mẹ",
        width=20,
    ),
    yes_no(
        "no_support",
        "Không có nguồn nuôi dưỡng",
        "No source of support",
        STATUS,
        (
            "Trẻ em không có nguồn nuôi dưỡng theo quyết định trợ cấp xã hội.",
            "A child with no source of support, by the decision on social allowance.",
        ),
        "Trẻ em không có nguồn nuôi dưỡng",
    ),
    Column(
        "merit",
        "Người có công",
        "Merit status",
        CellKind.CHOICE,
        STATUS,
        ("Diện người có công", "Con người có công", "Con liệt sĩ, thương binh", "Gia đình chính sách"),
        feeds=("merit",),
        choices=choices_of(
            MERIT,
            none=("Không",),
            child=(
                "Con liệt sĩ",
                "Con thương binh",
                "Con bệnh binh",
                "Con người có công",
                "Con TB",
                "Con LS",
                "Con của người có công",
            ),
            person=("Người có công",),
        ),
        guide_vi="Chọn “Con liệt sĩ…” khi cha hoặc mẹ được công nhận.",
        guide_en="Choose “Child of a person with merit” when a parent is recognised.",
        example="Không thuộc diện",
        width=28,
    ),
    yes_no(
        "conscript_child",
        "Con hạ sĩ quan, binh sĩ tại ngũ",
        "Child of a serving conscript",
        STATUS,
        (
            "Cha hoặc mẹ là hạ sĩ quan, binh sĩ, chiến sĩ có thời hạn đang tại ngũ.",
            "A parent is a conscript now serving.",
        ),
        "Con bộ đội nghĩa vụ",
        "Con hạ sĩ quan binh sĩ",
    ),
    yes_no(
        "work_accident_parent",
        "Cha mẹ bị tai nạn lao động, bệnh nghề nghiệp",
        "Parent on a work-accident allowance",
        STATUS,
        ("Cha hoặc mẹ đang hưởng trợ cấp thường xuyên.", "A parent draws the regular allowance."),
        "Cha hoặc mẹ bị tai nạn lao động",
        "Con người bị tai nạn lao động",
    ),
    yes_no(
        "industrial_worker_parent",
        "Cha mẹ là công nhân khu công nghiệp",
        "Parent works in an industrial park",
        STATUS,
        ("Dùng cho trẻ mầm non ở nơi có khu công nghiệp.", "For preschool children where there is an industrial park."),
        "Con công nhân khu công nghiệp",
        "Con công nhân",
        "Cha mẹ là công nhân KCN",
        "Con công nhân KCN",
    ),
    Column(
        "study_status",
        "Tình trạng học tập",
        "Study status",
        CellKind.CHOICE,
        STATUS,
        ("Trạng thái học tập", "Tình trạng", "Trạng thái"),
        feeds=("study_status",),
        choices=choices_of(
            STUDY_STATUS,
            normal=("Đang học", "Bình thường", "Học bình thường"),
            repeating=("Lưu ban", "Học lại", "Ở lại lớp"),
            repeating_illness=("Lưu ban do ốm đau", "Lưu ban do bệnh", "Lưu ban do tai nạn"),
            suspended=("Đình chỉ", "Bảo lưu", "Buộc thôi học", "Đình chỉ học tập"),
        ),
        guide_vi="Phần lớn các em là “Đang học bình thường”.",
        guide_en="Most learners are “Studying normally”.",
        example="Đang học bình thường",
        width=20,
    ),
)


def _home(name: str, prefix: str, vi: str, en: str, *aliases: str) -> Column:
    return Column(
        name,
        vi,
        en,
        CellKind.CHOICE,
        HOME,
        aliases,
        feeds=tuple(f"{prefix}_{fact}" for fact in PLACE_FACTS),
        choices=HOME_PLACES,
        guide_vi=PLACE_GUIDE[0],
        guide_en=PLACE_GUIDE[1],
        example="Không thuộc vùng khó khăn",
        width=36,
    )


HOME_COLUMNS = (
    _home(
        "home_place",
        "home",
        "Nơi thường trú của em",
        "The learner's permanent residence",
        "Nơi thường trú",
        "Vùng thường trú",
        "Khu vực thường trú",
        "Loại xã nơi thường trú",
        "Khu vực",
        "Vùng khó khăn",
    ),
    _home(
        "parent_home_place",
        "parent_home",
        "Nơi thường trú của cha, mẹ hoặc người giám hộ",
        "A parent's or guardian's permanent residence",
        "Nơi thường trú của cha mẹ",
        "Nơi thường trú của cha hoặc mẹ",
        "Nơi thường trú của mẹ",
        "Nơi thường trú của cha",
        "Nơi thường trú của bố mẹ",
        "Nơi thường trú của cha, mẹ",
        "Khu vực thường trú của cha mẹ",
        "Thường trú của cha mẹ",
    ),
)

BOARDING_COLUMNS = (
    Column(
        "distance_m",
        "Khoảng cách từ nhà đến trường (km)",
        "Distance from home to school (km)",
        CellKind.METRES,
        BOARDING,
        (
            "Khoảng cách từ nhà đến trường",
            "Khoảng cách",
            "Khoảng cách (km)",
            "Nhà cách trường (km)",
            "Khoảng cách từ nhà tới trường",
            "Cự ly từ nhà đến trường",
            "Quãng đường",
            "Số km từ nhà đến trường",
            "Nhà cách trường",
        ),
        feeds=("distance_m",),
        guide_vi="Số ki-lô-mét theo đường đi, ví dụ 4,5. Nếu ghi mét thì kèm đơn vị: 4500 m.",
        guide_en="Kilometres by road, for example 4,5. If in metres, write the unit: 4500 m.",
        example="1,2",
        width=14,
    ),
    yes_no(
        "difficult_terrain",
        "Địa hình cách trở",
        "Difficult terrain",
        BOARDING,
        (
            "Phải qua sông, suối không có cầu, đèo, núi cao, vùng sạt lở.",
            "The way crosses a river without bridge, a pass, high mountains or landslides.",
        ),
        "Địa hình cách trở, giao thông khó khăn",
        "Đi lại khó khăn",
        "Giao thông khó khăn",
    ),
    yes_no(
        "semi_boarder",
        "Bán trú (ở lại trong tuần)",
        "Semi-boarder",
        BOARDING,
        (
            "Ở lại trường hoặc gần trường trong tuần vì không thể đi về trong ngày. Ăn trưa rồi về thì chọn Không.",
            "Stays at or near school during the week. Lunch alone is “No”.",
        ),
        "Bán trú",
        "Học sinh bán trú",
        "HS bán trú",
        "HSBT",
    ),
    yes_no(
        "lunch_at_school",
        "Ăn trưa tại trường",
        "Eats lunch at school",
        BOARDING,
        ("Ăn bữa trưa do nhà trường tổ chức.", "Eats the lunch that the school serves."),
        "Ăn trưa ở trường",
        "Bán trú buổi trưa",
        "Đăng ký ăn trưa",
    ),
    yes_no(
        "housed_by_school",
        "Nhà trường bố trí chỗ ở",
        "Housed by the school",
        BOARDING,
        ("Em ở trong khu nội trú, bán trú của trường.", "Lives in the school's own quarters."),
        "Trường bố trí chỗ ở",
        "Ở trong trường",
    ),
    yes_no(
        "lodges_with_relative",
        "Ở gần trường cùng người thân",
        "Lodges with a relative",
        BOARDING,
        ("Gia đình chọn ở gần trường cùng người thân.", "The family chose lodging near school with a relative."),
        "Ở cùng người thân gần trường",
        "Ở nhờ người thân",
    ),
    yes_no(
        "pre_grade1_course",
        "Học tiếng Việt trước khi vào lớp 1",
        "Pre-grade-1 Vietnamese course",
        BOARDING,
        (
            "Chỉ cho trẻ dân tộc thiểu số sắp vào lớp 1, học trong tháng trước năm học.",
            "Only for minority children about to enter grade 1, in the month before the year.",
        ),
        "Học tiếng Việt trước lớp 1",
        "Tăng cường tiếng Việt trước lớp 1",
    ),
)

ENROLMENT_COLUMNS = (
    Column(
        "admission",
        "Hình thức trúng tuyển",
        "Way of admission",
        CellKind.CHOICE,
        ENROLMENT,
        ("Hình thức tuyển sinh", "Diện trúng tuyển", "Hình thức đào tạo"),
        feeds=("admission",),
        choices=choices_of(
            ADMISSION,
            ordinary=("Chính quy", "Thi tuyển", "Xét tuyển"),
            quota=("Hệ cử tuyển", "Sinh viên cử tuyển"),
            pre_university=("Dự bị đại học", "Từ dự bị đại học"),
            other=("Liên thông", "Văn bằng hai", "Vừa làm vừa học", "Từ xa"),
        ),
        guide_vi="Chỉ cần cho sinh viên, học viên giáo dục nghề nghiệp, đại học. Trường mầm non, phổ thông để trống.",
        guide_en="Only for vocational and university learners. Preschools and general schools leave it empty.",
        width=24,
    ),
    Column(
        "enrolled_on",
        "Vào học từ ngày",
        "Enrolled on",
        CellKind.DATE,
        ENROLMENT,
        ("Ngày nhập học", "Ngày vào học", "Ngày chuyển đến", "Ngày vào trường"),
        feeds=("months",),
        guide_vi=(
            "Chỉ ghi khi em vào học giữa năm. Để trống nghĩa là học từ đầu năm: tên có trong danh sách của năm "
            "học đã nói lên điều đó."
        ),
        guide_en=(
            "Only for a child who came during the year. Empty means from the start: being on the year's list says so."
        ),
        width=14,
    ),
    Column(
        "left_on",
        "Thôi học từ ngày",
        "Left on",
        CellKind.DATE,
        ENROLMENT,
        ("Ngày thôi học", "Ngày nghỉ học", "Ngày chuyển đi", "Ngày chuyển trường", "Ngày rời trường"),
        feeds=("months",),
        guide_vi="Ngày đầu tiên em không còn học ở trường. Để trống nghĩa là học đến hết năm.",
        guide_en="The first day the child no longer attends. Empty means to the end of the year.",
        width=14,
    ),
)
