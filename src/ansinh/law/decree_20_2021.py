"""Decree 20/2021/NĐ-CP on social assistance: monthly allowances that touch learners (Articles 5, 6) and emergency relief
(Articles 12 to 15).

Read in the official codification (source PDBTXH). Of several coefficients one counts, the highest (Article 6.2), so grounds
stand from the highest down. Not written: a child living with HIV (Article 5.3), whose status no school list may carry; carers
(Article 20), who are not the learner; care in a facility (Article 25), where the monthly allowance is not paid; a child whose
parents both died in a disaster (Article 16), who is cared for in kind.
"""

from datetime import date

from ansinh.core.codes import DISABILITY_DEGREE, DISASTER
from ansinh.core.dates import study_mask
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Expected,
    Filing,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import LEVEL, ORPHAN, POVERTY
from ansinh.law._words import age, difficult_place, disabled, no_support, orphan_of_both, poor_or_near_poor

MONTHS = Doubt(
    "Trợ cấp tính từ tháng ký quyết định (người khuyết tật: tháng của giấy xác nhận), thôi hưởng từ tháng sau khi hết điều kiện, và không trả cho người ở cơ sở trợ giúp xã hội; người học chưa đủ chín tháng chỉ được tính các tháng học ở đây.",
    "The allowance counts from the month of the decision (of the certificate, for disability), stops the month after the condition ends, and is not paid in a social-assistance facility; for who studies under nine months only the months studied are shown here.",
    only="yes",
)
HIV = Doubt(
    "Trẻ em nhiễm HIV thuộc hộ nghèo (khoản 3 Điều 5) không được xét ở đây: danh sách trường học không được ghi thông tin này.",
    "A child living with HIV in a poor household (Article 5.3) is not decided here: no school list may carry that.",
    only="no",
)
HOUSEHOLD = Doubt(
    "Mức hỗ trợ là mức tối thiểu, địa phương có thể quy định cao hơn; khoản của hộ gia đình chỉ trả một lần cho cả hộ, dù hộ có nhiều em; mỗi em chỉ ghi được một loại thiệt hại.",
    "The amount is the least, provinces may give more; what is the household's is paid once, however many learners it has; one kind of harm can be recorded a learner.",
    only="yes",
)
HARDSHIP = Doubt(
    "Hộ “có hoàn cảnh khó khăn” không phải hộ nghèo, cận nghèo: hệ thống chưa có dữ kiện, phải xét riêng.",
    "A household “in hardship” that is not poor or near-poor: there is no fact for it, look at each one.",
    only="no",
)
ROUNDS = Doubt(
    "Thiếu đói dịp Tết: một tháng mỗi đợt; do thiên tai, mất mùa: không quá ba tháng. Số đợt do cấp có thẩm quyền quyết định.",
    "Hunger at Tết: one month a round; after disaster or crop failure: at most three months. The rounds are for the authority to decide.",
    only="yes",
)

degree = Fact("disability_degree")
disaster = Fact("disaster")
unsupported = no_support | orphan_of_both
very_severe = disabled & degree.is_(DISABILITY_DEGREE.very_severe)
severe = disabled & degree.is_(DISABILITY_DEGREE.severe)
standard = Number("social_standard_vnd")

allowance = Rule(
    benefit="social_allowance",
    cite="5",
    who=(),
    grounds=(
        Condition(
            "5.1",
            "Trẻ em dưới 4 tuổi không có nguồn nuôi dưỡng (hệ số 2,5)",
            "A child under 4 with no source of support (2.5)",
            unsupported & (age < 4),
            quantity=standard.percent(250),
        ),
        Condition(
            "5.6",
            "Trẻ em khuyết tật đặc biệt nặng (hệ số 2,5)",
            "A very severely disabled child (2.5)",
            very_severe & (age < 16),
            quantity=standard.percent(250),
        ),
        Condition(
            "5.6",
            "Trẻ em khuyết tật nặng, hoặc người từ 16 tuổi khuyết tật đặc biệt nặng (hệ số 2,0)",
            "A severely disabled child, or a very severely disabled person from 16 (2.0)",
            (severe & (age < 16)) | very_severe,
            quantity=standard.percent(200),
        ),
        Condition(
            "5.1",
            "Trẻ em từ 4 đến dưới 16 tuổi không có nguồn nuôi dưỡng (hệ số 1,5)",
            "A child from 4 to under 16 with no source of support (1.5)",
            unsupported & (age < 16),
        ),
        Condition(
            "5.2",
            "Người thuộc khoản 1 từ 16 đến 22 tuổi đang học phổ thông, học nghề, cao đẳng, đại học văn bằng thứ nhất (hệ số 1,5)",
            "A person of clause 1 aged 16 to 22, in general, vocational, college or first-degree university education (1.5)",
            unsupported & age.between(16, 22),
        ),
        Condition(
            "5.6",
            "Người từ 16 tuổi khuyết tật nặng (hệ số 1,5)",
            "A severely disabled person from 16 (1.5)",
            severe,
        ),
        Condition(
            "5.7",
            "Trẻ em dưới 3 tuổi thuộc hộ nghèo, hộ cận nghèo ở xã, thôn ĐBKK vùng dân tộc thiểu số và miền núi (hệ số 1,5)",
            "A child under 3 of a poor or near-poor household in an extremely difficult commune or hamlet (1.5)",
            poor_or_near_poor & (age < 3) & difficult_place("home"),
        ),
    ),
    quantity=standard.percent(150),
    cap=12,
    twelve=True,
    doubts=(MONTHS, HIV),
)

single_parent = Rule(
    benefit="single_parent_allowance",
    cite="5.4",
    who=(
        Condition(
            "5.4",
            "Con dưới 16 tuổi, hoặc từ 16 đến 22 tuổi đang học",
            "A child under 16, or aged 16 to 22 and studying",
            age <= 22,
        ),
    ),
    grounds=(
        Condition(
            "5.4",
            "Người đơn thân thuộc hộ nghèo, hộ cận nghèo đang nuôi con (hệ số 1,0 mỗi con, trả cho cha hoặc mẹ)",
            "A single parent of a poor or near-poor household (1.0 a child, paid to the parent)",
            poor_or_near_poor & Fact("single_parent"),
        ),
    ),
    quantity=standard,
    cap=12,
    twelve=True,
    doubts=(MONTHS,),
)

relief = Rule(
    benefit="emergency_relief",
    cite="13",
    who=(),
    grounds=(
        Condition(
            "14",
            "Hộ có người chết, mất tích do thiên tai, hỏa hoạn, tai nạn nghiêm trọng: tối thiểu 50 lần mức chuẩn",
            "Death or missing person in the household by disaster, fire or grave accident: at least 50 times the standard",
            disaster.is_(DISASTER.death),
            quantity=standard.percent(5000),
        ),
        Condition(
            "15",
            "Hộ nghèo, cận nghèo, hoàn cảnh khó khăn mất nhà ở: tối thiểu 40 triệu đồng",
            "A poor, near-poor or hardship household that lost its home: at least 40 million",
            disaster.is_(DISASTER.house_lost) & poor_or_near_poor,
            quantity=Number("relief_house_lost_vnd"),
            doubt=HARDSHIP,
        ),
        Condition(
            "15",
            "Hộ phải di dời nhà ở khẩn cấp: tối thiểu 30 triệu đồng",
            "A household whose home must be moved at once: at least 30 million",
            disaster.is_(DISASTER.relocation),
            quantity=Number("relief_relocation_vnd"),
        ),
        Condition(
            "15",
            "Hộ nghèo, cận nghèo, hoàn cảnh khó khăn có nhà hư hỏng nặng: tối thiểu 20 triệu đồng",
            "A poor, near-poor or hardship household whose home is badly damaged: at least 20 million",
            disaster.is_(DISASTER.house_damaged) & poor_or_near_poor,
            quantity=Number("relief_house_damaged_vnd"),
            doubt=HARDSHIP,
        ),
        Condition(
            "13",
            "Bị thương nặng do thiên tai, hỏa hoạn, tai nạn nghiêm trọng: tối thiểu 10 lần mức chuẩn",
            "Seriously injured by disaster, fire or grave accident: at least 10 times the standard",
            disaster.is_(DISASTER.injury),
        ),
    ),
    quantity=standard.percent(1000),
    cap=1,
    doubts=(HOUSEHOLD,),
)

rice = Rule(
    benefit="emergency_rice",
    cite="12",
    who=(),
    grounds=(
        Condition(
            "12",
            "Hộ thiếu đói: 15 kg gạo mỗi người mỗi tháng",
            "Household short of food: 15 kg of rice a person a month",
            disaster.is_(DISASTER.hunger),
        ),
    ),
    quantity=Number("relief_rice_kg"),
    cap=3,
    doubts=(ROUNDS,),
)


def _house(name: str, value: int, vi: str, en: str) -> NumberValue:
    return NumberValue(name, value, "VND", "15", "PDBTXH", vi=vi, en=en)


INFANT = {"level": LEVEL.nursery, "grade": None, "birth_date": date(2020, 9, 1)}
FROM_16 = {"level": LEVEL.upper_secondary, "grade": 11, "birth_date": date(2008, 5, 1)}
SEVERE = {"disabled": True, "disability_degree": DISABILITY_DEGREE.severe}
VERY = {"disabled": True, "disability_degree": DISABILITY_DEGREE.very_severe}
of, relieved, reared = "social_allowance", "emergency_relief", "single_parent_allowance"
AUTUMN = study_mask(range(1, 5))

# One case a line, to be read as a table.
# fmt: off
CASES = (
    Case("PUB-07: mồ côi cả cha lẫn mẹ, dưới 4 tuổi", 2022, {**INFANT, "orphan": ORPHAN.both}, {of: pays(900_000, months=12, cite="5.1")}, source="PUB-07"),
    Case("PUB-07: mồ côi cả cha lẫn mẹ, 10 tuổi", 2022, {"orphan": ORPHAN.both}, {of: pays(540_000, months=12, total=6_480_000, cite="5.1")}, source="PUB-07"),
    Case("PUB-09: trẻ em khuyết tật đặc biệt nặng", 2024, VERY, {of: pays(1_250_000, months=12, cite="5.6")}, source="PUB-09"),
    Case("PUB-10: từ 16 tuổi, khuyết tật nặng", 2026, {**SEVERE, **FROM_16}, {of: pays(810_000, months=12, cite="5.6")}, source="PUB-10"),
    Case("DER-26: 12 tuổi, mồ côi cả cha lẫn mẹ, mức mới từ tháng 7 năm 2026", 2025, {"birth_date": date(2013, 5, 1), "orphan": ORPHAN.both},
         {of: Expected("yes", None, 12, 10 * 750_000 + 2 * 810_000, "5.1")}, source="DER-26"),
    Case("DER-27: mồ côi cha, ở với mẹ", 2025, {"orphan": ORPHAN.one}, {of: refuses()}, source="DER-27"),
    Case("trẻ em khuyết tật nặng", 2024, SEVERE, {of: pays(1_000_000, months=12, cite="5.6")}),
    Case("khuyết tật nặng, đủ 16 tuổi ngày 1 tháng 1", 2024, {**SEVERE, "birth_date": date(2009, 1, 1)},
         {of: Expected("yes", None, 12, 4 * 1_000_000 + 8 * 750_000, "5.6")}),
    Case("từ 16 tuổi, khuyết tật đặc biệt nặng", 2024, {**VERY, **FROM_16}, {of: pays(1_000_000, months=12, cite="5.6")}),
    Case("khuyết tật nặng và mồ côi: hệ số cao nhất", 2024, {**SEVERE, "orphan": ORPHAN.both}, {of: pays(1_000_000, months=12, cite="5.6")}),
    Case("khuyết tật nhẹ", 2024, {"disabled": True, "disability_degree": DISABILITY_DEGREE.light}, {of: refuses()}),
    Case("16 tuổi, không có nguồn nuôi dưỡng, đang học", 2024, {**FROM_16, "no_support": True}, {of: pays(750_000, months=12, cite="5.2")}),
    Case("dưới 3 tuổi, cận nghèo, thôn ĐBKK", 2022, {**INFANT, "poverty": POVERTY.near_poor, "home_dbkk_hamlet": True}, {of: pays(540_000, months=12, cite="5.7")}),
    Case("chưa biết mức độ khuyết tật", 2024, {"disabled": True, "disability_degree": None}, {of: undecided("disability_degree")}),
    Case("con của người đơn thân, hộ cận nghèo", 2024, {"single_parent": True, "poverty": POVERTY.near_poor}, {reared: pays(500_000, months=12, total=6_000_000)}),
    Case("con của người đơn thân, không nghèo", 2024, {"single_parent": True}, {reared: refuses()}),
    Case("con của người đơn thân, 23 tuổi", 2024, {"single_parent": True, "poverty": POVERTY.poor, "birth_date": date(2001, 1, 1)}, {reared: refuses("5.4")}),
    Case("hộ nghèo, chưa biết có phải người đơn thân", 2024, {"single_parent": None, "poverty": POVERTY.poor}, {reared: undecided("single_parent")}),
    Case("bị thương nặng", 2024, {"disaster": DISASTER.injury}, {relieved: pays(5_000_000, months=1, cite="13")}),
    Case("bị thương nặng, mức chuẩn năm 2026", 2026, {"disaster": DISASTER.injury}, {relieved: pays(5_400_000, months=1)}),
    Case("hộ có người mất tích", 2024, {"disaster": DISASTER.death}, {relieved: pays(25_000_000, months=1, cite="14")}),
    Case("mất nhà, hộ nghèo", 2024, {"disaster": DISASTER.house_lost, "poverty": POVERTY.poor}, {relieved: pays(40_000_000, months=1)}),
    Case("mất nhà, không nghèo", 2024, {"disaster": DISASTER.house_lost}, {relieved: refuses()}),
    Case("phải di dời nhà khẩn cấp", 2024, {"disaster": DISASTER.relocation}, {relieved: pays(30_000_000, months=1)}, months=AUTUMN),
    Case("nhà hư hỏng nặng, cận nghèo", 2024, {"disaster": DISASTER.house_damaged, "poverty": POVERTY.near_poor}, {relieved: pays(20_000_000, months=1)}),
    Case("thiếu đói", 2024, {"disaster": DISASTER.hunger}, {"emergency_rice": pays(15, months=3, total=45)}),
    Case("không bị thiệt hại", 2024, {}, {relieved: refuses(), "emergency_rice": refuses()}),
    Case("chưa biết có bị thiệt hại không", 2024, {"disaster": None}, {relieved: undecided("disaster"), "emergency_rice": undecided("disaster")}),
)
# fmt: on

DOCUMENT = Document(
    id="nd-20-2021",
    number="20/2021/NĐ-CP",
    kind="decree",
    title_vi="Chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội",
    title_en="Social assistance to people under social protection",
    issued=date(2021, 3, 15),
    since=date(2021, 7, 1),
    source="PDBTXH",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-136-2013"),),
    benefits=(
        Benefit("single_parent_allowance", "Trợ cấp người đơn thân nuôi con", "Allowance of a single parent", "VND"),
        Benefit("emergency_relief", "Trợ giúp khẩn cấp", "Emergency relief", "VND"),
        Benefit("emergency_rice", "Trợ giúp lương thực khẩn cấp", "Emergency rice", "kg"),
    ),
    numbers=(
        NumberValue(
            "social_standard_vnd",
            360_000,
            "VND/month",
            "4.2",
            "PDBTXH",
            vi="Mức chuẩn trợ giúp xã hội",
            en="Social-assistance standard",
        ),
        _house("relief_house_lost_vnd", 40_000_000, "Hỗ trợ mất nhà ở", "Relief, home lost"),
        _house("relief_relocation_vnd", 30_000_000, "Hỗ trợ di dời nhà khẩn cấp", "Relief, home moved at once"),
        _house("relief_house_damaged_vnd", 20_000_000, "Hỗ trợ nhà hư hỏng nặng", "Relief, home badly damaged"),
        NumberValue("relief_rice_kg", 15, "kg/month", "12", "PDBTXH", vi="Gạo cứu đói", en="Relief rice"),
    ),
    rules=(allowance, single_parent, relief, rice),
    cases=CASES,
    filings=(
        Filing(
            (
                "social_allowance",
                "single_parent_allowance",
            ),
            "8",
            ("Ủy ban nhân dân xã, phường nơi cư trú", "The commune of residence"),
            (
                "Bất cứ lúc nào trong năm; được tính từ tháng ký quyết định, với người khuyết tật từ tháng có giấy xác nhận",
                "At any time; it counts from the month the decision is signed, for a disabled person from the month of the certificate",
            ),
            "PDBTXH",
        ),
        Filing(
            (
                "emergency_relief",
                "emergency_rice",
            ),
            "12",
            (
                "Trưởng thôn, tổ dân phố; Ủy ban nhân dân xã, phường quyết định",
                "The head of the hamlet; the commune decides",
            ),
            (
                "Ngay khi xảy ra: xã quyết định trong 2 ngày kể từ khi có đề nghị",
                "At once: the commune decides within 2 days of the proposal",
            ),
            "PDBTXH",
        ),
    ),
)
