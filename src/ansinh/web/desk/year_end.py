"""The end of a school year at the desk: what is proposed for each child, corrected class by class, accepted as one batch."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ansinh.core.dates import SchoolYear
from ansinh.web.access import CLERK, seen_by
from ansinh.web.desk import asked
from ansinh.web.registry.models import School
from ansinh.web.registry.rollover import Choice, Outcome, Proposal, propose, roll_over

SAID = "year_end"  # In the session: school and year → class names and children that the clerk has set.


@dataclass
class Said:
    """What the clerk has set so far: class of the year → class of the next, and child → outcome and class."""

    classes: dict[str, str] = field(default_factory=dict)
    choices: dict[int, Choice] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, key: str) -> Said:
        kept = request.session.get(SAID, {}).get(key)
        if not kept:
            return cls()
        choices = {int(person): Choice(Outcome(outcome), name) for person, (outcome, name) in kept["choices"].items()}
        return cls(dict(kept["classes"]), choices)

    def keep(self, request: HttpRequest, key: str) -> None:
        plain = {str(person): (choice.outcome.value, choice.class_name) for person, choice in self.choices.items()}
        kept = {"classes": self.classes, "choices": plain}
        request.session[SAID] = {**request.session.get(SAID, {}), key: kept}

    def proposals(self, school: School, year: int) -> tuple[Proposal, ...]:
        return propose(school, year, classes=self.classes, choices=self.choices)


@seen_by(CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def year_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the year that ended, see what is proposed, correct it, accept it."""
    school: School = get_object_or_404(asked.scope(request).schools(), pk=pk)
    years = _years(request, school)
    year = _year(request, years)
    if year is None:
        return render(request, "desk/year_end.html", {"school": school, "years": []})
    key = f"{school.pk}-{year.start}"
    said = Said.of(request, key)
    if request.method == "POST":
        return _sent(request, school, year, said, key)
    return _page(request, school, year, said, years)


def _years(request: HttpRequest, school: School) -> list[SchoolYear]:
    """The years of which the school has a list, newest first."""
    lists = asked.scope(request).enrolments().filter(school=school).order_by().values_list("year", flat=True)
    return [SchoolYear(start) for start in sorted(set(lists.distinct()), reverse=True)]


def _year(request: HttpRequest, years: list[SchoolYear]) -> SchoolYear | None:
    """The year asked for; else the newest that has ended by today; else the newest."""
    wanted = request.POST.get("nam") or request.GET.get("nam")
    if not wanted:
        today = timezone.localdate()
        return next((year for year in years if year.month(9).first_day <= today), years[0] if years else None)
    return asked.one_of(wanted, years)


def _page(request: HttpRequest, school: School, year: SchoolYear, said: Said, years: list[SchoolYear]) -> HttpResponse:
    proposals = said.proposals(school, year.start)
    classes = list(dict.fromkeys(one.class_name for one in proposals))
    shown = request.GET.get("lop", classes[0] if classes else "")
    count = Counter(one.class_name for one in proposals)
    going = {one.class_name: one.next_class for one in reversed(proposals) if one.outcome is Outcome.PROMOTED}
    context = {
        "school": school,
        "year": year,
        "following": SchoolYear(year.start + 1),
        "years": years,
        "classes": [(name, count[name], said.classes.get(name) or going.get(name, "")) for name in classes],
        "shown": shown,
        "children": [(one, said.choices.get(one.person)) for one in proposals if one.class_name == shown],
        "outcomes": list(Outcome),
        "counts": [(kind, sum(one.outcome is kind for one in proposals)) for kind in Outcome],
        "total": len(proposals),
        "seal": _seal(school, year),
    }
    return render(request, "desk/year_end.html", context)


def _seal(school: School, year: SchoolYear) -> str:
    """A hash of what the registry proposes by itself: it changes when the lists do."""
    return hashlib.sha256(repr(propose(school, year.start)).encode()).hexdigest()


def _sent(request: HttpRequest, school: School, year: SchoolYear, said: Said, key: str) -> HttpResponse:
    """Corrections sent: keep them; accept everything when that was asked for and the lists are still those seen."""
    if not asked.scope(request).may_write("rollover", school, None):
        raise PermissionDenied
    _correct(request, school, year, said)
    said.keep(request, key)
    shown = request.POST.get("xem", request.POST.get("lop", ""))
    here = f"{reverse('desk:year-end', args=[school.pk])}?{urlencode({'nam': str(year), 'lop': shown})}"
    if request.POST.get("viec") != "chap-nhan":
        messages.success(request, _("Đã giữ các chỗ sửa. Chưa có gì được ghi vào sổ."))
        return redirect(here)
    if request.POST.get("dau") != _seal(school, year):
        messages.warning(request, _("Danh sách của trường vừa thay đổi. Hãy xem lại rồi bấm ghi lần nữa."))
        return redirect(here)
    proposals = said.proposals(school, year.start)
    batch = roll_over(school=school, year=year.start, proposals=proposals, by=asked.person(request), at=timezone.now())
    if batch is None:
        messages.info(request, _("Không có gì mới để ghi: sổ đã đúng như bảng này."))
        return redirect(here)
    Said().keep(request, key)
    messages.success(request, _("Đã ghi kết thúc năm học. Có thể hoàn tác cả lần ghi này."))
    return redirect("desk:batch", pk=batch.pk)


def _correct(request: HttpRequest, school: School, year: SchoolYear, said: Said) -> None:
    """Take over what was typed: class names first, then the children of the class that was shown."""
    typed: dict[str, Any] = request.POST.dict()
    before = {one.person: one for one in propose(school, year.start)}
    usual = {one.class_name: one.next_class for one in reversed(before.values()) if one.outcome is Outcome.PROMOTED}
    for number, name in enumerate(dict.fromkeys(one.class_name for one in before.values())):
        new = str(typed.get(f"lop-{number}", "")).strip()[:60]
        if new and new != usual.get(name):
            said.classes[name] = new
        elif new:
            said.classes.pop(name, None)
    plain = {one.person: one for one in propose(school, year.start, classes=said.classes)}
    for person, one in plain.items():
        if typed.get(f"kq-{person}") in list(Outcome):
            outcome = Outcome(typed[f"kq-{person}"])
            name = str(typed.get(f"lop-em-{person}", "")).strip()[:60] if outcome.stays else ""
            said.choices.pop(person, None)
            if outcome is not one.outcome or (name and name != one.next_class):
                said.choices[person] = Choice(outcome, name)
