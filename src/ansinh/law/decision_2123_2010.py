"""Decision 2123/QĐ-TTg: scheme on the education of very small ethnic groups 2010-2015, kept until Decree 57/2017/NĐ-CP.

Read in two secondary pages of low trust (sources CCB2123, VNK2123), which disagree on the poverty test. Nine groups, in six
provinces. That it ran on to 30 June 2017 stands in the transition of Decree 57/2017/NĐ-CP (source PD13).
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Mark,
    NumberValue,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    ethnicity,
    general_school,
    kindergarten,
    level,
    lower_secondary,
    poor,
    pre_university,
    primary,
    public_school,
    semi_boarding_school,
    university,
)

UNREAD = Doubt(
    "Quyết định 2123/QĐ-TTg chỉ đọc được qua trang thứ cấp ít tin cậy: điều kiện hộ nghèo (ở đây chỉ xét với mức 100%), số tháng (đang lấy tháng thực học, tối đa 9) và điều khoản phải được đối chiếu.",
    "Decision 2123 was read in secondary pages of low trust only: the poverty test (used here for the 100 % rate only), the months (months studied, at most 9, are used) and the articles must be checked.",
)
SIX_PROVINCES = Doubt(
    "Chỉ áp dụng ở Lào Cai, Hà Giang, Điện Biên, Lai Châu, Nghệ An, Kon Tum: hệ thống chưa xét tỉnh.",
    "Only in Lào Cai, Hà Giang, Điện Biên, Lai Châu, Nghệ An and Kon Tum: the province is not looked at here.",
    only="yes",
)
VILLAGE_SCHOOL = Doubt(
    "Mức 40% dành cho học sinh tiểu học học tại điểm trường thôn, bản: hệ thống chưa có dữ kiện về điểm trường.",
    "The 40 % rate is for primary pupils of village school sites: there is no fact for school sites.",
)
NINE_GROUPS = (
    ETHNICITY.o_du,
    ETHNICITY.pu_peo,
    ETHNICITY.si_la,
    ETHNICITY.ro_mam,
    ETHNICITY.cong,
    ETHNICITY.brau,
    ETHNICITY.bo_y,
    ETHNICITY.mang,
    ETHNICITY.co_lao,
)
base_salary = Number("base_salary_vnd")


def _share(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "% of base salary", "?", "CCB2123; VNK2123", Mark.SECONDARY, vi, en)


PUPIL = {"ethnicity": ETHNICITY.si_la}
# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("mẫu giáo: 30% của 1.150.000", 2014, {**PUPIL, "level": LEVEL.kindergarten, "grade": None},
         {"small_group_support": pays(345_000, months=9)}),
    Case("tiểu học: 40%", 2014, {**PUPIL, "level": LEVEL.primary, "grade": 3}, {"small_group_support": pays(460_000, months=9)}),
    Case("trung học cơ sở bán trú: 60%", 2014, {**PUPIL, "semi_boarder": True}, {"small_group_support": pays(690_000)}),
    Case("trung học cơ sở không bán trú", 2014, PUPIL, {"small_group_support": refuses()}),
    Case("nội trú, hộ nghèo: 100%, học bổng nội trú vẫn xét riêng", 2014,
         {**PUPIL, "school_kind": SCHOOL_KIND.boarding, "poverty": POVERTY.poor}, {"small_group_support": pays(1_150_000, months=9)}),
    Case("sinh viên hộ nghèo: 100%", 2014, {**PUPIL, "level": LEVEL.university, "grade": None, "poverty": POVERTY.poor},
         {"small_group_support": pays(1_150_000)}),
    Case("La Hủ chưa thuộc chín dân tộc", 2014, {"ethnicity": ETHNICITY.la_hu, "semi_boarder": True}, {"small_group_support": refuses()}),
    Case("chưa rõ dân tộc", 2014, {"ethnicity": None, "semi_boarder": True}, {"small_group_support": undecided("ethnicity")}),
)
# fmt: on

DOCUMENT = Document(
    id="qd-2123-2010",
    number="2123/QĐ-TTg",
    kind="decision",
    title_vi="Đề án phát triển giáo dục đối với các dân tộc rất ít người giai đoạn 2010-2015",
    title_en="Scheme on the education of very small ethnic groups, 2010-2015",
    issued=date(2010, 11, 22),
    since=date(2010, 11, 22),
    source="CCB2123; VNK2123; PD13",
    mark=Mark.SECONDARY,
    doubts=(UNREAD, SIX_PROVINCES),
    benefits=(
        Benefit(
            "small_group_support",
            "Hỗ trợ học tập dân tộc thiểu số rất ít người",
            "Study support of very small ethnic groups",
            "VND",
        ),
    ),
    numbers=(
        _share("small_group_kindergarten_percent", 30, "Mẫu giáo", "Kindergarten"),
        _share("small_group_pupil_percent", 40, "Học sinh", "Pupils"),
        _share("small_group_semi_boarder_percent", 60, "Học sinh bán trú", "Semi-boarding pupils"),
        _share("small_group_boarder_percent", 100, "Nội trú, sau phổ thông", "Boarding pupils, after school"),
    ),
    rules=(
        Rule(
            benefit="small_group_support",
            cite="",
            who=(
                Condition(
                    "",
                    "Người dân tộc Ơ Đu, Pu Péo, Si La, Rơ Măm, Cống, Brâu, Bố Y, Mảng, Cờ Lao",
                    "Of the Ơ Đu, Pu Péo, Si La, Rơ Măm, Cống, Brâu, Bố Y, Mảng or Cờ Lao",
                    ethnicity.one_of(*NINE_GROUPS),
                ),
            ),
            grounds=(
                Condition(
                    "",
                    "Học sinh nội trú, dự bị đại học, sinh viên, học viên dạy nghề thuộc hộ nghèo: 100% lương tối thiểu",
                    "A boarding pupil, pre-university learner, student or vocational learner of a poor household: 100 % of the minimum wage",
                    ((boarding_school & general_school) | pre_university | university | level.is_(LEVEL.vocational))
                    & poor,
                ),
                Condition(
                    "",
                    "Học sinh tiểu học, trung học cơ sở bán trú: 60% lương tối thiểu",
                    "A primary or lower-secondary semi-boarding pupil: 60 % of the minimum wage",
                    (primary | lower_secondary) & (semi_boarding_school | Fact("semi_boarder")),
                    quantity=base_salary.percent(Number("small_group_semi_boarder_percent")),
                ),
                Condition(
                    "",
                    "Học sinh tiểu học tại điểm trường thôn, bản: 40% lương tối thiểu",
                    "A primary pupil of a village school site: 40 % of the minimum wage",
                    primary,
                    quantity=base_salary.percent(Number("small_group_pupil_percent")),
                    doubt=VILLAGE_SCHOOL,
                ),
                Condition(
                    "",
                    "Trẻ mẫu giáo 3 đến 5 tuổi trường công lập: 30% lương tối thiểu",
                    "A kindergarten child aged 3 to 5 of a public preschool: 30 % of the minimum wage",
                    kindergarten & public_school,
                    quantity=base_salary.percent(Number("small_group_kindergarten_percent")),
                ),
            ),
            quantity=base_salary.percent(Number("small_group_boarder_percent")),
            cap=9,
        ),
    ),
    cases=CASES,
)
