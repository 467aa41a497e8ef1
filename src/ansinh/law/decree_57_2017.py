"""Decree 57/2017/NĐ-CP: study support of the sixteen very small ethnic groups (Articles 2, 4), from 1 July 2017.

Read in the official codification (source PD13). No poverty, residence or province test; public and private schools alike. Of the
pairs of Article 4.3.b, study cost and semi-boarding meals are barred where those supports are written; the two that are always
lower than this support are shown here as given up. Clauses inside Article 4 are cited only where they were read.
"""

from datetime import date

from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Case,
    Condition,
    Document,
    Expected,
    Filing,
    Mark,
    NumberValue,
    Overlap,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import ETHNICITY, LEVEL, POVERTY, SCHOOL_KIND
from ansinh.law._words import (
    boarding_school,
    general_school,
    kindergarten,
    level,
    pre_university,
    public_school,
    semi_boarding_school,
    university,
    very_small_group,
)

base_salary = Number("base_salary_vnd")


def _share(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "% of base salary", "4", "PD13", vi=vi, en=en)


CONG = {"ethnicity": ETHNICITY.cong}
BOARDER = {**CONG, "school_kind": SCHOOL_KIND.boarding}
STUDENT = {**CONG, "level": LEVEL.university, "grade": None}
# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("DER-20: học sinh Cống ở trường nội trú, mất học bổng 80%", 2025, BOARDER,
         {"small_group_support": Expected("yes", months=12, total=10 * 2_340_000 + 2 * 2_530_000), "policy_scholarship": refuses()},
         source="DER-20"),
    Case("học sinh bán trú trường công lập: 60%", 2024, {**CONG, "semi_boarder": True},
         {"small_group_support": pays(1_404_000, months=12, total=16_848_000)}),
    Case("trường phổ thông dân tộc bán trú: 60%", 2024, {**CONG, "school_kind": SCHOOL_KIND.semi_boarding},
         {"small_group_support": pays(1_404_000, months=12)}),
    Case("bán trú trường tư: 40%", 2024, {**CONG, "semi_boarder": True, "public_school": False},
         {"small_group_support": pays(936_000, months=12)}),
    Case("học sinh trung học phổ thông: 40%, không hưởng chi phí học tập", 2024,
         {**CONG, "level": LEVEL.upper_secondary, "grade": 11, "poverty": POVERTY.poor},
         {"small_group_support": pays(936_000, months=12, total=11_232_000), "study_cost": refuses("")}),
    Case("mẫu giáo: 30%, không hưởng ăn trưa", 2022,
         {"ethnicity": ETHNICITY.la_hu, "level": LEVEL.kindergarten, "grade": None, "birth_date": date(2018, 3, 1), "poverty": POVERTY.poor},
         {"small_group_support": Expected("yes", months=12, total=10 * 447_000 + 2 * 540_000), "lunch": refuses()}),
    Case("học tám tháng thì hưởng tám tháng", 2024, CONG, {"small_group_support": pays(936_000, months=8)}, months=0b111111110),
    Case("sinh viên: 100%, không hưởng hỗ trợ sinh viên dân tộc thiểu số", 2024, {**STUDENT, "poverty": POVERTY.poor},
         {"small_group_support": pays(2_340_000, months=12), "ethnic_student_support": refuses()}),
    Case("tháng 7, tháng 8 năm 2017 đã thay Quyết định 2123", 2016, {**CONG, "semi_boarder": True},
         {"small_group_support": Expected("yes", months=11, total=9 * 726_000 + 2 * 780_000)}),
    Case("Kinh", 2024, {"semi_boarder": True}, {"small_group_support": refuses("2")}),
    Case("chưa rõ dân tộc", 2024, {"ethnicity": None}, {"small_group_support": undecided("ethnicity")}),
    Case("trẻ nhà trẻ", 2024, {**CONG, "level": LEVEL.nursery, "grade": None}, {"small_group_support": refuses()}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-57-2017",
    number="57/2017/NĐ-CP",
    kind="decree",
    title_vi="Chính sách ưu tiên tuyển sinh và hỗ trợ học tập đối với trẻ mẫu giáo, học sinh, sinh viên dân tộc thiểu số rất ít người",
    title_en="Admission preferences and study support for children, pupils and students of very small ethnic groups",
    issued=date(2017, 5, 9),
    since=date(2017, 7, 1),
    source="PD13",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("qd-2123-2010"),),
    numbers=(
        _share("small_group_kindergarten_percent", 30, "Mẫu giáo", "Kindergarten"),
        _share("small_group_pupil_percent", 40, "Học sinh", "Pupils"),
        _share("small_group_semi_boarder_percent", 60, "Học sinh bán trú", "Semi-boarding pupils"),
        _share("small_group_boarder_percent", 100, "Nội trú, sau phổ thông", "Boarding pupils, after school"),
    ),
    rules=(
        Rule(
            benefit="small_group_support",
            cite="4",
            who=(
                Condition(
                    "2",
                    "Thuộc 16 dân tộc thiểu số rất ít người: Cống, Mảng, Pu Péo, Si La, Cờ Lao, Bố Y, La Ha, Ngái, Chứt, Ơ Đu, Brâu, Rơ Măm, Lô Lô, Lự, Pà Thẻn, La Hủ",
                    "Of one of the sixteen very small ethnic groups: Cống, Mảng, Pu Péo, Si La, Cờ Lao, Bố Y, La Ha, Ngái, Chứt, Ơ Đu, Brâu, Rơ Măm, Lô Lô, Lự, Pà Thẻn, La Hủ",
                    very_small_group,
                ),
            ),
            grounds=(
                Condition(
                    "4",
                    "Học sinh trường phổ thông dân tộc nội trú: 100% mức lương cơ sở",
                    "A pupil of an ethnic boarding school: 100 % of the base salary",
                    boarding_school & general_school,
                ),
                Condition(
                    "4",
                    "Học sinh, sinh viên dự bị đại học, đại học, giáo dục nghề nghiệp: 100% mức lương cơ sở",
                    "A learner of a pre-university course, university or vocational institution: 100 % of the base salary",
                    pre_university | university | level.is_(LEVEL.vocational),
                ),
                Condition(
                    "4",
                    "Học sinh trường phổ thông dân tộc bán trú; học sinh bán trú trường công lập: 60% mức lương cơ sở",
                    "A pupil of an ethnic semi-boarding school, or a semi-boarding pupil of a public school: 60 % of the base salary",
                    general_school & (semi_boarding_school | (Fact("semi_boarder") & public_school)),
                    quantity=base_salary.percent(Number("small_group_semi_boarder_percent")),
                ),
                Condition(
                    "4",
                    "Học sinh tiểu học, trung học cơ sở, trung học phổ thông: 40% mức lương cơ sở",
                    "A primary, lower-secondary or upper-secondary pupil: 40 % of the base salary",
                    general_school,
                    quantity=base_salary.percent(Number("small_group_pupil_percent")),
                ),
                Condition(
                    "4",
                    "Trẻ mẫu giáo: 30% mức lương cơ sở",
                    "A kindergarten child: 30 % of the base salary",
                    kindergarten,
                    quantity=base_salary.percent(Number("small_group_kindergarten_percent")),
                ),
            ),
            quantity=base_salary.percent(Number("small_group_boarder_percent")),
            cap=12,
            twelve=True,
            papers=(
                (
                    "Đơn đề nghị, một lần cho cả thời gian học: trường công lập trong 20 ngày làm việc từ khi có thông báo, trường tư trong 30 ngày làm việc từ ngày khai giảng",
                    "Application, once for the whole stay: public school within 20 working days of the notice, private within 30 working days of the opening of the year",
                ),
            ),
        ),
    ),
    overlaps=(
        Overlap(
            ("small_group_support", "policy_scholarship"),
            "4.3.b",
            "Học sinh nội trú, dự bị đại học đã hưởng chính sách này thì không hưởng học bổng chính sách",
            "A boarding or pre-university learner on this support does not get the policy scholarship",
        ),
        Overlap(
            ("small_group_support", "ethnic_student_support"),
            "4.3.b",
            "Sinh viên đã hưởng chính sách này thì không hưởng hỗ trợ theo Quyết định 66/2013/QĐ-TTg",
            "A student on this support does not get that of Decision 66/2013",
        ),
    ),
    cases=CASES,
    filings=(
        Filing(
            ("small_group_support",),
            "5",
            (
                "Trường công lập: nộp tại trường. Trường tư: trường xác nhận rồi nộp nơi có thẩm quyền của nơi thường trú",
                "Public school: at the school. Private: confirmed by the school, then filed with the authority of the place of permanent residence",
            ),
            (
                "Trường công lập: trong 20 ngày làm việc kể từ khi trường thông báo. Trường tư: trong 30 ngày làm việc kể từ ngày khai giảng",
                "Public: within 20 working days of the notice. Private: within 30 working days of the opening of the year",
            ),
            "PD13",
        ),
    ),
)
