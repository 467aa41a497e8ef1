"""What the two decisions on elementary and short vocational courses share."""

from __future__ import annotations

from ansinh.core.nodes import Fact
from ansinh.core.rules import Condition, Doubt
from ansinh.law._vocational import short_or_elementary

group = Fact("worker_group")
CEILING = Doubt(
    "Đây là mức tối đa: trả theo chi phí thực tế của khóa học. Mỗi người chỉ được hỗ trợ một lần (tối đa ba lần nếu mất việc làm); hệ thống chưa biết các khóa trước.",
    "This is the ceiling: the real cost of the course is paid. Each person is supported once (at most three times after losing work); earlier courses are not known here.",
    only="yes",
)
TRAINEE_ONLY = Condition(
    "",
    "Học nghề trình độ sơ cấp hoặc dưới 3 tháng",
    "In a vocational course at elementary level or under three months",
    short_or_elementary,
)


def travel_ground(kilometres: int) -> Condition:
    """The course is held so far from home, or farther."""
    return Condition(
        "",
        f"Địa điểm đào tạo cách nơi cư trú từ {kilometres} km trở lên",
        f"The course is {kilometres} km or more from home",
        Fact("distance_m") >= kilometres * 1000,
    )
