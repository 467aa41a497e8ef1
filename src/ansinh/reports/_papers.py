"""Which paper settles a fact, and who has it: the family, the school, or an office of the commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A paper a clerk asks for. `family` tells whether the parents bring it; what the school knows itself it fills in."""

    vi: str
    en: str
    family: bool = True


_BIRTH = Paper("Giấy khai sinh của em", "The child's birth certificate")
_HOUSEHOLD = Paper("Giấy chứng nhận hộ nghèo, hộ cận nghèo", "Poor or near-poor household certificate")
_GRANDPARENTS = Paper(
    "Giấy chứng nhận hộ nghèo, hộ cận nghèo của ông bà",
    "The grandparents' poor or near-poor household certificate, if the child lives with them",
)
_RESIDENCE = Paper(
    "Giấy xác nhận thông tin về cư trú của em và của cha, mẹ hoặc người giám hộ",
    "Confirmation of residence of the child and of a parent or guardian",
)
_DISABILITY = Paper("Giấy xác nhận khuyết tật", "Disability certificate")
_CARE = Paper(
    "Giấy tờ chứng minh hoàn cảnh mồ côi, không có nguồn nuôi dưỡng",
    "Proof that the child is an orphan or without support",
)
_MERIT = Paper("Giấy xác nhận con của người có công với cách mạng", "Confirmation of the parent's merit status")
_CONSCRIPT = Paper("Giấy xác nhận của đơn vị bộ đội", "The army unit's confirmation")
_ACCIDENT = Paper("Sổ hoặc giấy hưởng trợ cấp tai nạn lao động", "Work-accident allowance paper")
_WORKER = Paper("Giấy xác nhận công tác tại khu công nghiệp", "Confirmation of work in an industrial park")
_SCHOOL = Paper("Thông tin do nhà trường tự bổ sung", "What the school fills in itself", family=False)

_BY_FACT: Mapping[str, Paper] = {
    "birth_date": _BIRTH,
    "ethnicity": _BIRTH,
    "poverty": _HOUSEHOLD,
    "lives_with_grandparents": _GRANDPARENTS,
    "grandparents_poverty": _GRANDPARENTS,
    "disabled": _DISABILITY,
    "orphan": _CARE,
    "no_support": _CARE,
    "merit": _MERIT,
    "conscript_child": _CONSCRIPT,
    "work_accident_parent": _ACCIDENT,
    "industrial_worker_parent": _WORKER,
}


def paper_for(fact: str) -> Paper:
    """The paper that settles a fact; residence papers settle all that is asked about a place, the rest the school knows."""
    if fact.startswith(("home_", "parent_home_")):
        return _RESIDENCE
    return _BY_FACT.get(fact, _SCHOOL)


def papers_for(facts: Sequence[str]) -> tuple[Paper, ...]:
    """The papers that settle some facts, each once, in the order of the facts."""
    return tuple(dict.fromkeys(paper_for(fact) for fact in facts))
