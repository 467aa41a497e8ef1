"""A draft decree before it takes effect, on screen: children gained and lost, đồng by school and commune, named cases.

A draft is a folder of law files, which are code: it is laid in ANSINH_DRAFTS by who runs the server, never sent by a browser.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh import law, reports
from ansinh.core.compare import touched
from ansinh.core.dates import SchoolYear
from ansinh.core.decide import decide
from ansinh.core.resolve import Law
from ansinh.core.rules import Document
from ansinh.engines.reference import reference
from ansinh.reports import comparison
from ansinh.web.access import LEADER, SPECIALIST, seen_by
from ansinh.web.desk.cohort import Choices, Cohort, Known, choices, cohort
from ansinh.web.desk.downloads import download
from ansinh.web.registry import actions
from ansinh.web.registry.models import User
from ansinh.web.registry.scope import scope_of

MOST = 5_000  # Children decided twice while a person waits; a province is the command line's work.
LINES_ON_A_PAGE = 100


@dataclass(frozen=True)
class Draft:
    """A folder of law files to try: its files with the time each was written, what it holds, or why it does not load."""

    name: str
    files: tuple[tuple[str, int], ...]
    documents: tuple[Document, ...] = field(default=(), compare=False)
    law: Law | None = field(default=None, compare=False)
    wrong: str = field(default="", compare=False)


def folder() -> Path:
    """Where drafts lie."""
    return Path(os.environ.get("ANSINH_DRAFTS") or settings.VAR / "drafts")


def drafts() -> list[Draft]:
    """Every draft of the folder, by name. A draft's files are read anew when one of them changes."""
    if not folder().is_dir():
        return []
    packs = sorted(pack for pack in folder().iterdir() if pack.is_dir() and any(pack.glob("*.py")))
    return [_draft(pack, tuple(sorted((f.name, f.stat().st_mtime_ns) for f in pack.glob("*.py")))) for pack in packs]


@lru_cache(maxsize=32)
def _draft(pack: Path, files: tuple[tuple[str, int], ...]) -> Draft:
    province = os.environ.get("ANSINH_LAW_PATH")
    try:
        drafted = law.load.__wrapped__(Path(province) if province else None, pack)
    except Exception as wrong:  # A draft is somebody's code: whatever it raises, it did not load.
        said = str(wrong) if isinstance(wrong, ValueError) else f"{type(wrong).__name__}: {wrong}"
        return Draft(pack.name, files, wrong=said)
    before = {document.id for document in in_use().documents}
    return Draft(pack.name, files, tuple(one for one in drafted.documents if one.id not in before), drafted)


def in_use() -> Law:
    """The law with the province's own pack, where one is set."""
    province = os.environ.get("ANSINH_LAW_PATH")
    return law.load(Path(province) if province else None)


@dataclass(frozen=True)
class Asked:
    """What the address bar asks for."""

    draft: Draft
    given: Choices
    cohort: Cohort | None

    @property
    def too_many(self) -> bool:
        return self.cohort is not None and len(self.cohort.ids) > MOST

    @property
    def touched(self) -> tuple[str, ...]:
        """The benefits the draft may change in the year, with all that overlap with them."""
        if self.draft.law is None or self.cohort is None:
            return ()
        return touched(in_use().plan(self.cohort.year), self.draft.law.plan(self.cohort.year))


def _asked(request: HttpRequest, name: str) -> Asked:
    draft = next((one for one in drafts() if one.name == name), None)
    if draft is None:
        raise Http404
    scope = scope_of(cast(User, request.user))
    given = choices(scope)
    found = cohort(scope, given, year=request.GET.get("nam", ""), place=request.GET.get("noi", ""))
    return Asked(draft, given, found)


def compared(asked: Asked) -> comparison.Comparison | None:
    """The children decided under the law in use and with the draft; None when there is nobody, nothing, or too many."""
    if asked.cohort is None or asked.draft.law is None or asked.too_many or not asked.cohort.ids or not asked.touched:
        return None
    return _compared(Known.of(asked.cohort.people()), asked.cohort.year, asked.draft, asked.touched)


@lru_cache(maxsize=8)  # Turning a page, and taking what the page shows as a file, decide nothing anew.
def _compared(known: Known, year: SchoolYear, draft: Draft, benefits: tuple[str, ...]) -> comparison.Comparison:
    before, after = (
        decide(known.people, law=one, engine=reference, year=year, benefits=benefits)
        for one in (in_use(), draft.law or in_use())
    )
    labels = ("Luật hiện hành", "The law in use"), ("Có dự thảo", "With the draft")
    return comparison.figures(before, after, known.people, labels=labels)


@seen_by(SPECIALIST, LEADER)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The drafts that can be tried."""
    return render(request, "desk/drafts.html", {"drafts": drafts(), "folder": folder()})


@seen_by(SPECIALIST, LEADER)
@require_safe
def draft(request: HttpRequest, name: str) -> HttpResponse:
    """One draft tried on the children of a year: sums first, then each child for those who may see names."""
    asked = _asked(request, name)
    found = compared(asked)
    lang = int(get_language() == "en")
    names = request.user.role == SPECIALIST  # type: ignore[union-attr]
    kept = request.GET.copy()
    kept.pop("trang", None)
    context: dict[str, Any] = {
        "asked": asked,
        "most": MOST,
        "found": found,
        "names": names,
        "address": kept.urlencode(),
    }
    if found is not None:
        context["tables"] = [comparison.benefits_table(found, lang), comparison.places_table(found, lang)]
        if names:
            context["page"] = Paginator(found.lines, LINES_ON_A_PAGE).get_page(request.GET.get("trang"))
            _log(request, "read", asked, found)
    return render(request, "desk/draft.html", context)


@seen_by(SPECIALIST)
@require_safe
def as_file(request: HttpRequest, name: str) -> HttpResponse:
    """What the screen shows, as a workbook."""
    asked = _asked(request, name)
    found = compared(asked)
    if found is None:
        raise Http404
    _log(request, "export", asked, found)
    return download(reports.write("comparison", found, "xlsx"), f"thu-{asked.draft.name}-{found.year}", "xlsx")


def _log(request: HttpRequest, act: str, asked: Asked, found: comparison.Comparison) -> None:
    if children := {line.learner for line in found.lines}:
        what = _("Thử dự thảo %(draft)s, năm học %(year)s") % {"draft": asked.draft.name, "year": found.year}
        by = cast(User, request.user)
        actions.log_reading(by=by, at=timezone.now(), act=act, what=what, people=len(children))


urlpatterns = [
    path("du-thao/", listed, name="drafts"),
    path("du-thao/<slug:name>/", draft, name="draft"),
    path("du-thao/<slug:name>/ket-qua.xlsx", as_file, name="draft-xlsx"),
]
