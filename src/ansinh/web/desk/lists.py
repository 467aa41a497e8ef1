"""The list of children on the screen and as a file, and the lists that a person keeps under a name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ansinh.web.access import READERS, seen_by
from ansinh.web.columns import column
from ansinh.web.desk import asked
from ansinh.web.desk.downloads import table
from ansinh.web.desk.learner_list import (
    MOST,
    SORTS,
    Wanted,
    columns_offered,
    filters,
    headings,
    rows,
    rows_of_all,
)
from ansinh.web.registry import saved_lists
from ansinh.web.registry.actions import log_reading
from ansinh.web.registry.models import SavedList


def shown(request: HttpRequest) -> dict[str, Any]:
    """What the page of a list needs. A page that gives sensitive facts away is written to the access log."""
    mine = asked.scope(request)
    wanted = Wanted.of(mine, request.GET)
    kept = list(mine.saved_lists())
    context: dict[str, Any] = {
        "kept": [one for one in kept if one.removed_at is None],
        "gone": next((one for one in kept if one.removed_at and str(one.pk) == request.GET.get("vua-bo")), None),
        "most": MOST,
        "wanted": wanted,
    }
    if wanted is None:
        return context
    page = wanted.page(request.GET.get("trang"))
    lines = list(page)
    if wanted.sensitive and lines:
        log_reading(by=asked.person(request), at=timezone.now(), act="read", what=wanted.what, people=len(lines))
    chosen = {one.name: option for one, option in wanted.options.items()}
    ordinary, sensitive = columns_offered()
    address = wanted.address()
    return context | {
        "asked": {"given": wanted.given, "cohort": wanted},
        "filters": [(one, chosen.get(one.name)) for one in filters()],
        "narrowed": _narrowed(wanted),
        "ordinary": ordinary,
        "sensitive": sensitive,
        "headings": [_heading(wanted, name) for name in ("full_name", *wanted.columns)],
        "page": page,
        "rows": [(row.line, row.cells(wanted.columns)) for row in rows(lines, wanted.columns)],
        "address": address,
        "same": next((one for one in context["kept"] if one.query == address), None),
    }


def _narrowed(wanted: Wanted) -> list[tuple[str, str]]:
    """Each filter that is on, in words, and the address without it."""
    on = [(f"{one.label}: {option.words}", wanted.address(**{one.name: ""})) for one, option in wanted.options.items()]
    if wanted.class_name:
        on.insert(0, (f"{column('class_name')}: {wanted.class_name}", wanted.address(lop="")))
    place = wanted.school or wanted.area
    if place is not None and wanted.state.get("noi"):
        on.insert(0, (str(place), wanted.address(noi="", lop="")))
    return on


def _heading(wanted: Wanted, name: str) -> dict[str, Any]:
    """A column's words; where the list can be put in its order, the address that does it, and which way it runs now."""
    now = wanted.sorted_by
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    sortable = name in SORTS and (not wanted.many or name == "full_name")
    turned = wanted.address(xep=f"-{name}" if direction == "ascending" else name) if sortable else ""
    return {"name": name, "address": turned, "direction": direction}


@seen_by(*READERS)
@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole list with the same filters, columns and order; written to the access log with its count."""
    wanted = Wanted.of(asked.scope(request), request.GET)
    if wanted is None or (form == "xlsx" and wanted.many):
        raise Http404
    people = wanted.lines.order_by().count()
    log_reading(by=asked.person(request), at=timezone.now(), act="export", what=wanted.what, people=people)
    found = (row.plain(wanted.columns) for row in rows_of_all(wanted))
    return table(_("Học sinh"), headings(wanted.columns), found, f"hoc-sinh-{wanted.year}", form)


def _back(query: str) -> HttpResponse:
    return redirect(f"{reverse('desk:find')}?{query}" if query else reverse("desk:find"))


def _kept(request: HttpRequest, pk: int) -> SavedList:
    return get_object_or_404(asked.scope(request).saved_lists(), pk=pk)


def _refused(request: HttpRequest, wrong: saved_lists.RefusedError) -> None:
    said = {
        "no_name": _("Chưa lưu: hãy đặt tên cho danh sách."),
        "taken": _("Chưa lưu: đã có một danh sách mang tên này. Hãy đặt tên khác."),
        "many": _("Chưa lưu: đã có %(n)s danh sách. Hãy bỏ bớt một danh sách trước."),
    }[wrong.reason]
    messages.error(request, said % {"n": saved_lists.MOST_KEPT} if wrong.reason == "many" else said)


@seen_by(*READERS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list on the screen under a name; only what a list's address holds is kept of what was sent."""
    wanted = Wanted.of(asked.scope(request), QueryDict(request.POST.get("danh-sach", "")[:2000]))
    if wanted is None:
        raise Http404
    query, name = wanted.address(), request.POST.get("ten", "")
    try:
        one = saved_lists.save(by=asked.person(request), name=name, query=query, at=timezone.now())
        messages.success(request, _("Đã lưu danh sách “%(name)s”.") % {"name": one.name})
    except saved_lists.RefusedError as wrong:
        _refused(request, wrong)
    return _back(query)


@seen_by(*READERS)
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    try:
        saved_lists.rename(kept=one, name=request.POST.get("ten", ""))
        messages.success(request, _("Danh sách nay mang tên “%(name)s”.") % {"name": one.name})
    except saved_lists.RefusedError as wrong:
        _refused(request, wrong)
    return _back(one.query)


@seen_by(*READERS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    one = saved_lists.remove(kept=_kept(request, pk), at=timezone.now())
    return _back(f"{one.query}&vua-bo={one.pk}".lstrip("&"))


@seen_by(*READERS)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    try:
        saved_lists.restore(kept=one)
        messages.success(request, _("Đã lấy lại danh sách “%(name)s”.") % {"name": one.name})
    except saved_lists.RefusedError as wrong:
        _refused(request, wrong)
    return _back(one.query)


urlpatterns = [
    re_path(r"^hoc-sinh\.(?P<form>xlsx|csv)$", as_file, name="list-file"),
    path("hoc-sinh/da-luu/", keep, name="list-keep"),
    path("hoc-sinh/da-luu/<int:pk>/doi-ten/", rename, name="list-rename"),
    path("hoc-sinh/da-luu/<int:pk>/bo/", remove, name="list-remove"),
    path("hoc-sinh/da-luu/<int:pk>/lay-lai/", restore, name="list-restore"),
]
