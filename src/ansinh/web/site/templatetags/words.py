"""How values are written for people: money, quantities, months, facts, citations; in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.core.dates import Month, SchoolYear
from ansinh.core.decide import FIRST_BAR, FIRST_WHO, NO_GROUND, OVER_CAP, Explanation, Outcome
from ansinh.core.money import format_vnd, format_whole, in_words_vi
from ansinh.core.rules import Document, cite_en, cite_vi
from ansinh.core.tables import FACTS, FactDef, Source
from ansinh.sheets import templates
from ansinh.web import columns
from ansinh.web.columns import english, said

register = template.Library()
for _filter in (columns.said, columns.value, columns.column, columns.is_sensitive, columns.held, columns.kind_words):
    register.filter(_filter.__name__, _filter)


@register.filter
def told(entry: dict[str, Any], what: str) -> str:
    """The words of an entry of the law index that has `what_vi` and `what_en`."""
    return str(entry[f"{what}_{'en' if english() else 'vi'}"])


@register.filter
def in_language(pair: Sequence[str]) -> str:
    """One of a pair of texts, Vietnamese and English."""
    return pair[int(english())]


@register.filter
def outcome_word(outcome: Outcome) -> str:
    """An answer as the outcome mark names it."""
    return {Outcome.YES: "yes", Outcome.NO: "no", Outcome.CANNOT_SAY: "unknown"}[outcome]


@register.filter
def in_month(one: Month) -> str:
    return months([one])


@register.filter
def month(text: str) -> str:
    """`2025-09`, as the law index writes a month, as people write it."""
    year, number = text.split("-")
    return _("tháng %(m)s/%(y)s") % {"m": int(number), "y": year}


@register.filter
def quantity(amount: int, unit: str) -> str:
    """An amount in the unit of its benefit: đồng, kilograms of rice, or percent of tuition."""
    if unit == "VND":
        return format_vnd(amount)
    return f"{format_whole(amount)} {unit}"


@register.filter
def vnd(amount: int) -> str:
    """`1.234.567 đ`."""
    return format_vnd(amount)


@register.filter
def in_words(amount: int) -> str:
    """`Một triệu đồng`, as a payment paper says an amount beside its figures; in Vietnamese, the language of the paper."""
    said_so = f"{in_words_vi(amount)} đồng"
    return said_so[0].upper() + said_so[1:]


@register.filter
def law_amount(value: int, unit: str) -> str:
    """A number of the law as people read it: `936.000 đ mỗi tháng`, `40 % lương cơ sở`."""
    measure, _slash, per = unit.partition("/")
    spans = {
        "month": _("mỗi tháng"),
        "year": _("mỗi năm"),
        "school year": _("mỗi năm học"),
        "course": _("mỗi khóa học"),
        "level": _("mỗi cấp học"),
    }
    if measure == "% of base salary":
        return _("%(n)s %% lương cơ sở") % {"n": format_whole(value)}
    return " ".join([quantity(value, measure), *([spans[per]] if per else [])])


@register.filter
def cycle(months_: int) -> str:
    """How often something is given, by the months of a period."""
    words = {1: _("mỗi tháng"), 3: _("ba tháng một lần"), 6: _("sáu tháng một lần"), 12: _("mỗi năm một lần")}
    return words[months_]


@register.filter
def measure(unit: str) -> str:
    """What a support is reckoned in, in words."""
    return {"VND": _("tính bằng đồng"), "kg": _("tính bằng kg"), "%": _("tính bằng phần trăm học phí")}[unit]


@register.filter
def whole(number: int) -> str:
    return format_whole(number)


@register.filter
def school_year(year: SchoolYear) -> str:
    """`2025–2026`, as people write it."""
    return str(year).replace("-", "–")


@register.filter
def school_year_of(start: int) -> str:
    """`2025–2026`, from the calendar year in which it opens."""
    return school_year(SchoolYear(start))


@register.filter
def list_name(template: str) -> str:
    """What a kind of list is called; of a year's end, which is no list, that it is one."""
    return said(templates()[template]) if template in templates() else _("Kết thúc năm học")


@register.filter
def months(run: Sequence[Month]) -> str:
    """A run of months: `tháng 9/2025`, or `tháng 9/2025 đến tháng 5/2026`."""
    first, last = run[0], run[-1]
    one = _("tháng %(m)s/%(y)s") % {"m": first.month, "y": first.year}
    if first == last:
        return one
    return _("%(first)s đến %(last)s") % {
        "first": one,
        "last": _("tháng %(m)s/%(y)s") % {"m": last.month, "y": last.year},
    }


@register.filter
def with_month(first: Month, last: Month) -> list[Month]:
    """Two months as the ends of a run of months."""
    return [first, last]


@register.filter
def run_months(run: Any) -> str:
    """The months of a run of payments."""
    return months([Month.of(run.since), Month.of(run.until) + -1])


@register.filter
def line_month(line: Any) -> str:
    """The month a line of a run pays for."""
    return months([Month.of(line.month)])


@register.filter
def state_on(dated: Any, on: date) -> str:
    """Whether a date of the calendar of payments is early, now or late on a day."""
    return str(dated.state(on))


@register.filter
def document_cited(name: str, cite: str) -> str:
    """A clause of a document known by its name."""
    return cited(next(one for one in law.load().documents if one.id == name), cite)


@register.filter
def step_address(run: Any, step: str) -> str:
    """Where a step of a run of payments is taken; those that move money have an address of their own."""
    name = "desk:run-money" if step in ("duyet", "chi", "rut-duyet") else "desk:run-step"
    return reverse(name, args=[run.pk, step])


@register.filter
def cited(document: Document, cite: str) -> str:
    """`điểm c khoản 1 Điều 7 Nghị định 105/2020/NĐ-CP`."""
    if english():
        where = cite_en(cite)
        return f"{where}, {document.name_en}" if where else document.name_en
    return f"{cite_vi(cite)} {document.name_vi}".strip()


@register.filter
def place(source: Source) -> str:
    """Where a fact stood in the file the page is about: sheet, row and column."""
    return _("trang “%(sheet)s”, dòng %(row)s, cột %(column)s") % {
        "sheet": source.sheet,
        "row": source.row,
        "column": source.column,
    }


@register.filter
def fact(name: str) -> FactDef:
    return FACTS[name]


@register.filter
def benefit_name(name: str) -> str:
    """The words of a benefit known by its name."""
    return said(law.load().benefits[name])


@register.filter
def why_not(explanation: Explanation) -> str:
    """What kind of no this is, in a few words."""
    code = explanation.decision.code
    if code == NO_GROUND:
        return _("không thuộc trường hợp nào được hưởng")
    if code == OVER_CAP:
        return _("đã đủ số tháng được hưởng trong năm học")
    if FIRST_BAR < code <= FIRST_WHO:
        return _("không đạt điều kiện này")
    return _("thuộc trường hợp bị loại trừ này")


@register.filter
def answer_of(answers: dict[str, Any], name: str) -> Any:
    return answers[name]


@register.filter
def month_count(answer: Any, outcome: str) -> int:
    return int(answer.months[outcome])


PLACES_NAMED = 3


@register.filter
def scope_in_words(account: Any, on: date) -> str:
    """What an account may see on a day, in a line: the first few schools and areas by name, and how many more."""
    held = [g for g in account.grants.all() if g.since <= on and (g.until is None or on < g.until)]
    names = sorted(str(grant) for grant in held)
    more = len(names) - PLACES_NAMED
    named = "; ".join(names[:PLACES_NAMED])
    return named + (" " + _("và %(n)s nơi nữa") % {"n": more} if more > 0 else "") or "–"


# What browsers and systems write of themselves; the first that fits, for most also name those they descend from.
BROWSERS = {
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "SamsungBrowser": "Samsung Internet",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """`Chrome, Windows`, from what a browser sends about itself; the text itself where nothing in it is known."""
    named = [next((words for mark, words in known.items() if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or user_agent


@register.filter
def item(of: Any, name: Any) -> Any:
    """What a mapping holds under a name; None when it holds nothing."""
    return of.get(name)
