"""Decree 105/2020/NĐ-CP on preschool development: lunch support for kindergarten children (Article 7).

Read in the official codification (source PD13). Article 8 (children of industrial-park workers) sets a floor of 160,000 a
month, written here; a province whose People's Council set more restates the article in its own law pack.
"""

from datetime import date

from ansinh.core.dates import Month
from ansinh.core.nodes import Fact, Number
from ansinh.core.rules import (
    Benefit,
    Case,
    Condition,
    Document,
    Doubt,
    Filing,
    Mark,
    NumberValue,
    Replaces,
    Rule,
    pays,
    refuses,
    undecided,
)
from ansinh.core.tables import AREA, ETHNICITY, LEVEL, MERIT, POVERTY
from ansinh.law._words import difficult_place, kindergarten, nursery, poor_or_near_poor, public_school, very_small_group

STILL_IN_FORCE = Doubt(
    "Chưa đọc được quy định chuyển tiếp của Nghị định 277/2025/NĐ-CP: chưa rõ Điều 7 Nghị định 105/2020/NĐ-CP hết hiệu lực từ ngày nào.",
    "The transitional clauses of Decree 277/2025 were not read: the day Article 7 of Decree 105/2020 ended is not known.",
    since=Month(2025, 9),
)

FLOOR = Doubt(
    "160.000 đồng/tháng là mức tối thiểu: mức thực do Hội đồng nhân dân cấp tỉnh quy định, phải lấy theo nghị quyết của tỉnh.",
    "160,000 a month is the floor: the provincial People's Council sets the rate, to be taken from its resolution.",
    only="yes",
)
BESIDE_277 = Doubt(
    "Chưa rõ trợ cấp này có được hưởng cùng các khoản của Nghị định 277/2025/NĐ-CP cho trẻ từ 3 đến 5 tuổi không.",
    "Whether this is paid for ages 3 to 5 beside the supports of Decree 277/2025 is not known.",
    since=Month(2025, 11),
    only="yes",
)

worker_child = Rule(
    benefit="worker_child",
    cite="8",
    who=(
        Condition(
            "8",
            "Trẻ em học tại cơ sở giáo dục mầm non dân lập, tư thục",
            "A child in a private or people-founded preschool",
            (nursery | kindergarten) & ~public_school,
        ),
    ),
    grounds=(
        Condition(
            "8",
            "Có cha, mẹ hoặc người chăm sóc làm việc tại khu công nghiệp theo hợp đồng lao động",
            "Father, mother or caregiver works in an industrial park under a labour contract",
            Fact("industrial_worker_parent"),
        ),
    ),
    quantity=Number("worker_child_vnd"),
    cap=9,
    papers=(
        (
            "Đơn đề nghị có xác nhận của người sử dụng lao động",
            "Application with the employer's confirmation",
        ),
    ),
    doubts=(FLOOR, BESIDE_277),
)

lunch = Rule(
    benefit="lunch",
    cite="7",
    who=(
        Condition(
            "7.1",
            "Trẻ em độ tuổi mẫu giáo đang học lớp mẫu giáo tại cơ sở giáo dục mầm non",
            "A kindergarten-age child in a kindergarten class of a preschool establishment",
            kindergarten,
        ),
        Condition(
            "7.1",
            "Không thuộc dân tộc thiểu số rất ít người theo Nghị định 57/2017/NĐ-CP",
            "Not of a very small ethnic group under Decree 57/2017",
            ~very_small_group,
        ),
    ),
    grounds=(
        Condition(
            "7.1.a",
            "Cha, mẹ, người chăm sóc hoặc trẻ em thường trú ở thôn, xã đặc biệt khó khăn, xã ĐBKK bãi ngang, ven biển, hải đảo",
            "Father, mother, caregiver or the child permanently resides in an extremely difficult hamlet, commune or coastal or island commune",
            difficult_place("home") | difficult_place("parent_home"),
        ),
        Condition(
            "7.1.b",
            "Không có nguồn nuôi dưỡng theo khoản 1 Điều 5 Nghị định 136/2013/NĐ-CP (nay là Nghị định 20/2021/NĐ-CP)",
            "No source of support under Article 5.1 of Decree 136/2013 (now Decree 20/2021)",
            Fact("no_support"),
        ),
        Condition(
            "7.1.c",
            "Nhân khẩu trong gia đình thuộc diện hộ nghèo, cận nghèo",
            "Member of a poor or near-poor household",
            poor_or_near_poor,
        ),
        Condition(
            "7.1.d",
            "Con liệt sĩ, Anh hùng Lực lượng vũ trang nhân dân, thương binh, bệnh binh và đối tượng khác theo Pháp lệnh",
            "Child of a martyr, Hero of the Armed Forces, war invalid, sick soldier or another group of the Ordinance",
            Fact("merit").is_(MERIT.child),
        ),
        Condition(
            "7.1.đ",
            "Trẻ em khuyết tật học hòa nhập",
            "Disabled child in inclusive education",
            Fact("disabled") & Fact("inclusive"),
        ),
    ),
    quantity=Number("lunch_vnd"),
    cap=9,
    papers=(
        (
            "Sổ hộ khẩu hoặc số định danh cá nhân (căn cứ nơi thường trú)",
            "Household book or personal identification number (residence)",
        ),
        (
            "Quyết định trợ cấp xã hội hoặc giấy xác nhận (không có nguồn nuôi dưỡng)",
            "Social-assistance decision or confirmation (no source of support)",
        ),
        (
            "Giấy chứng nhận hộ nghèo, hộ cận nghèo (mỗi năm học một lần)",
            "Poor or near-poor certificate (each school year)",
        ),
        (
            "Giấy xác nhận của cơ quan quản lý người có công và giấy khai sinh",
            "Confirmation of merit status and birth certificate",
        ),
        (
            "Giấy xác nhận khuyết tật hoặc quyết định trợ cấp xã hội",
            "Disability certificate or social-assistance decision",
        ),
    ),
    doubts=(STILL_IN_FORCE,),
)

KINDERGARTEN = {"level": LEVEL.kindergarten, "birth_date": date(2018, 5, 10), "grade": None}
WORKER_CHILD = {**KINDERGARTEN, "public_school": False, "industrial_worker_parent": True}

DOCUMENT = Document(
    id="nd-105-2020",
    number="105/2020/NĐ-CP",
    kind="decree",
    title_vi="Chính sách phát triển giáo dục mầm non",
    title_en="Policies to develop preschool education",
    issued=date(2020, 9, 8),
    since=date(2020, 11, 1),
    source="PD13",
    mark=Mark.FULL_TEXT,
    replaces=(Replaces("nd-06-2018"),),
    benefits=(
        Benefit(
            "worker_child",
            "Trợ cấp trẻ em mầm non là con công nhân khu công nghiệp",
            "Allowance of preschool children of industrial-park workers",
            "VND",
        ),
    ),
    numbers=(
        NumberValue(
            "worker_child_vnd",
            160_000,
            "VND/month",
            "8",
            "PD13",
            Mark.FULL_TEXT,
            "Trợ cấp con công nhân, mức tối thiểu",
            "Workers' children, the floor",
        ),
        NumberValue(
            "lunch_vnd", 160_000, "VND/month", "7.2", "PD13", Mark.FULL_TEXT, "Mức hỗ trợ ăn trưa", "Lunch support"
        ),
    ),
    rules=(lunch, worker_child),
    cases=(
        Case(
            "DER-03",
            2023,
            {**KINDERGARTEN, "poverty": POVERTY.near_poor},
            {"lunch": pays(160_000, months=9, total=1_440_000, cite="7.1.c")},
            source="DER-03",
        ),
        Case(
            "DER-04: chỉ cha thường trú ở thôn ĐBKK",
            2022,
            {
                **KINDERGARTEN,
                "birth_date": date(2018, 5, 10),
                "parent_home_dbkk_hamlet": True,
                "parent_home_area": AREA.two,
            },
            {"lunch": pays(160_000, months=9, cite="7.1.a")},
            source="DER-04",
        ),
        Case("không thuộc nhóm nào", 2022, KINDERGARTEN, {"lunch": refuses()}),
        Case(
            "con công nhân, trường tư",
            2022,
            WORKER_CHILD,
            {"worker_child": pays(160_000, months=9, total=1_440_000, cite="8")},
        ),
        Case(
            "con công nhân, trường công", 2022, {**WORKER_CHILD, "public_school": True}, {"worker_child": refuses("8")}
        ),
        Case(
            "không phải con công nhân, trường tư",
            2022,
            {**KINDERGARTEN, "public_school": False},
            {"worker_child": refuses()},
        ),
        Case(
            "chưa biết cha mẹ có là công nhân khu công nghiệp",
            2022,
            {**WORKER_CHILD, "industrial_worker_parent": None},
            {"worker_child": undecided("industrial_worker_parent")},
        ),
        Case(
            "dân tộc rất ít người hưởng Nghị định 57/2017",
            2022,
            {**KINDERGARTEN, "ethnicity": ETHNICITY.cong, "poverty": POVERTY.poor},
            {"lunch": refuses("7.1")},
        ),
        Case("chưa biết hộ nghèo hay không", 2022, {**KINDERGARTEN, "poverty": None}, {"lunch": undecided("poverty")}),
        Case(
            "ô hộ nghèo trống nhưng đã có căn cứ khác",
            2022,
            {**KINDERGARTEN, "poverty": None, "no_support": True},
            {"lunch": pays(160_000, cite="7.1.b")},
        ),
    ),
    filings=(
        Filing(
            (
                "lunch",
                "worker_child",
            ),
            "7.3",
            ("Cơ sở giáo dục mầm non nơi cháu học", "The preschool the child attends"),
            (
                "Trong 15 ngày làm việc kể từ khi trường thông báo, vào tháng 8; nộp một lần cho cả thời gian học ở trường, riêng giấy hộ nghèo, cận nghèo nộp bổ sung mỗi năm học",
                "Within 15 working days of the school's notice in August; once for the whole stay at the school, but a poor or near-poor certificate each school year",
            ),
            "PD13",
        ),
    ),
)
