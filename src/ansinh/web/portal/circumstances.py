"""Questions that arise for some families only: after a yes elsewhere, of vocational and university learners, after a disaster.

Their answers are the code lists of the facts, in the facts' own words.
"""

from __future__ import annotations

from collections.abc import Callable

from ansinh.core.ask import Choice, Facts, Question
from ansinh.core.tables import FACTS, LEVEL

AFTER_SCHOOL = (LEVEL.vocational, LEVEL.university, LEVEL.pre_university)
YES_NO = (Choice("co", {}, "Có", "Yes"), Choice("khong", {}, "Không", "No"))


def answers(name: str) -> tuple[Choice, ...]:
    """Every value of a fact as a choice: its codes, or yes and no."""
    codes = FACTS[name].codes
    if codes is None:
        return tuple(Choice(c.code, {name: c.code == "co"}, c.vi, c.en) for c in YES_NO)
    return tuple(Choice(code.name.replace("_", "-"), {name: code.value}, code.vi, code.en) for code in codes.codes)


def _when(name: str, other: str, arises: Callable[[object], bool]) -> Callable[[Facts], tuple[Choice, ...]]:
    return lambda known: answers(name) if arises(known.get(other)) else ()


def _after_school(name: str, vi: str, en: str) -> Question:
    arises = _when(name, "level", lambda level: level in AFTER_SCHOOL)
    return Question(name, (name,), arises, ("level",), vi, en)


def _of_anyone(name: str, vi: str, en: str) -> Question:
    return Question(name, (name,), lambda known: answers(name), (), vi, en)


def circumstances() -> tuple[Question, ...]:
    """In the order they are asked when nothing else decides."""
    return (
        Question(
            "disability_degree",
            ("disability_degree",),
            _when("disability_degree", "disabled", lambda disabled: disabled is True),
            ("disabled",),
            "Giấy xác nhận ghi mức độ khuyết tật nào?",
            "Which degree of disability does the certificate state?",
        ),
        Question(
            "merit_rate",
            ("merit_rate",),
            _when("merit_rate", "merit", lambda merit: bool(merit)),
            ("merit",),
            "Người học thuộc mức ưu đãi giáo dục nào của người có công?",
            "At which rate is the learner's education preference for merit?",
        ),
        _of_anyone(
            "single_parent",
            "Cháu có là con của người đơn thân nghèo đang một mình nuôi con không?",
            "Is the child raised by a poor single parent alone?",
        ),
        _of_anyone("lunch_at_school", "Cháu có ăn trưa tại trường không?", "Does the child eat lunch at school?"),
        _of_anyone(
            "border_commune_school",
            "Trường của cháu có ở xã biên giới đất liền không?",
            "Is the school in a land-border commune?",
        ),
        _of_anyone(
            "disaster",
            "Gia đình cháu có bị thiệt hại do thiên tai, tai nạn không?",
            "Was the family harmed by a disaster or accident?",
        ),
        _after_school("course_level", "Bạn học nghề ở trình độ nào?", "At which level is the vocational course?"),
        _after_school("trade", "Nghề, ngành đang học thuộc nhóm nào?", "To which group does the trade belong?"),
        _after_school("admission", "Người học trúng tuyển bằng cách nào?", "How was the learner admitted?"),
        _after_school(
            "lower_secondary_entry",
            "Người học vào trung cấp bằng tốt nghiệp trung học cơ sở?",
            "Was entry to intermediate level with a lower-secondary certificate?",
        ),
        _after_school(
            "first_year_of_course", "Đây là năm đầu của khóa học nghề?", "Is it the first year of the course?"
        ),
        _after_school(
            "boarding_graduate",
            "Người học đã tốt nghiệp trường phổ thông dân tộc nội trú?",
            "Did the learner graduate from an ethnic boarding school?",
        ),
        _after_school(
            "worker_group", "Người học thuộc nhóm người lao động nào?", "Which group of worker is the learner in?"
        ),
    )
