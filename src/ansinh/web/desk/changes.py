"""A file as a difference: what is new, changed, gone or in doubt; accepting it; what was accepted; taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from ansinh.core.tables import FACTS
from ansinh.web.access import CLERK, COMMUNE, READERS, SPECIALIST, seen_by
from ansinh.web.desk import asked, queries
from ansinh.web.desk.uploads import ROWS_ON_A_PAGE, may_write, upload_of
from ansinh.web.registry import actions
from ansinh.web.registry.comparing import ChangedError, accept_as_seen, compared
from ansinh.web.registry.difference import Change, Difference, Field, Kind
from ansinh.web.registry.incoming import SCHOOL_LIST, STAFF_LIST
from ansinh.web.registry.models import Area, Batch, School, Upload
from ansinh.web.registry.queries import household_codes, rows_written, written
from ansinh.web.registry.school_lists import SchoolListError

LEFT_OUT = "left_out"  # In the session: upload → the seal of the difference, and the rows a person has left out of it.
FILES_REMEMBERED = 5
BATCHES_ON_A_PAGE = 50
FAULTS_NAMED = 50


@dataclass(frozen=True)
class Row:
    """A change as the page shows it.

    outside: somebody whom the person reading may not see yet, so that nothing of their record is shown.
    """

    change: Change
    fields: tuple[Field, ...]
    outside: bool
    chosen: bool

    @property
    def sensitive(self) -> bool:
        return any(is_sensitive(field.name) for field in self.fields)


@dataclass(frozen=True)
class Choosing:
    """Which rows of a difference would be accepted: all that can be, but for those left out."""

    found: Difference
    out: frozenset[int]

    @property
    def numbers(self) -> set[int]:
        return {change.number for change in self.found.changes if change.to_accept} - self.out

    @property
    def counts(self) -> dict[str, int]:
        """Kind → how many rows are chosen."""
        chosen = self.numbers
        kinds = (Kind.NEW, Kind.CHANGED, Kind.GONE)
        return {kind.value: sum(c.number in chosen for c in self.found.of(kind)) for kind in kinds}

    @property
    def total(self) -> int:
        return len(self.numbers)

    @property
    def left_out(self) -> int:
        return sum(change.to_accept for change in self.found.changes) - self.total


def is_sensitive(name: str) -> bool:
    return name in FACTS and FACTS[name].sensitive


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, pk: Any) -> HttpResponse:
    """The difference page: see it, choose rows, accept them."""
    upload = upload_of(request, pk)
    if upload.withdrawn_at is not None:
        return redirect("desk:faults", pk=upload.pk)
    if request.method == "POST":
        if not may_write(request, upload):
            raise PermissionDenied
        return _chosen(request, upload)
    return _page(request, upload, _found(request, upload, request.GET.get("tu-ngay", "")))


def _found(request: HttpRequest, upload: Upload, typed: str) -> Difference:
    """The difference from the day typed; from the file's own first day, with a word about it, when the day will not do."""
    usual = compared(upload, read=queries.intake_of)
    since, incoming = asked.day(typed), usual.incoming
    if since is not None and incoming.since <= since < incoming.until:
        return compared(upload, read=queries.intake_of, since=since)
    if typed:
        first = {"day": typed[:20], "first": f"{incoming.since:%d/%m/%Y}"}
        said = _("Ngày %(day)s không dùng được. Hãy gõ dd/mm/yyyy, từ %(first)s và trong thời gian của danh sách.")
        messages.warning(request, said % first)
    return usual


def _page(request: HttpRequest, upload: Upload, found: Difference, *, changed: bool = False) -> HttpResponse:
    of_learners = upload.template not in (SCHOOL_LIST, STAFF_LIST)
    kind = request.GET.get("loai", "")
    kind = kind if kind in list(Kind) else ""
    shown = found.of(kind) if kind else [change for change in found.changes if change.kind is not Kind.UNCHANGED]
    page = Paginator(shown, ROWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    choosing = Choosing(found, _left_out(request, upload, found))
    revealed = request.GET.get("hien") == "1"
    rows = _rows(request, upload, found, page, choosing)
    hidden = sum(row.sensitive for row in rows)
    if revealed and hidden:
        what = _("So với sổ: %(file)s") % {"file": upload.filename}
        actions.log_reading(by=asked.person(request), at=timezone.now(), act="read", what=what, people=hidden)
    context = {
        "upload": upload,
        "found": found,
        "faults_named": FAULTS_NAMED,
        # Rows of schools and of staff are never in doubt: they are known, new or at fault.
        "counts": [(kind.value, found.counts[kind.value]) for kind in Kind if kind is not Kind.DOUBTFUL or of_learners],
        "kind": kind,
        "page": page,
        "rows": rows,
        "choosing": choosing,
        "changed": changed,
        "revealed": revealed,
        "hidden": hidden,
        "reveal": _with(request, hien="1"),
        "hide": _with(request, hien=""),
        "address": asked.address(request),
        **_bar(request, upload, found),
    }
    return render(request, "desk/changes.html", context, status=409 if changed else 200)


def _bar(request: HttpRequest, upload: Upload, found: Difference) -> dict[str, Any]:
    """What the accepting form needs beside the choice itself."""
    return {
        "may_write": may_write(request, upload),
        "seal": found.seal,
        "gone_on": asked.day(request.POST.get("ngay-roi")) or timezone.localdate(),
    }


def _with(request: HttpRequest, **changed: str) -> str:
    """The address bar with something else asked for."""
    kept = {**request.GET.dict(), **changed}
    return urlencode({name: value for name, value in kept.items() if value})


def _rows(request: HttpRequest, upload: Upload, found: Difference, page: Page[Change], choosing: Choosing) -> list[Row]:
    people = [change.person for change in page if change.person is not None]
    # Taken whole and cut here: one page's people are fewer than a query may name.
    within = set(asked.scope(request).people().filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    houses = [f.old for change in page for f in change.fields if f.name == "household_id" and isinstance(f.old, int)]
    codes = household_codes(asked.scope(request), upload, houses) if houses else {}
    chosen = choosing.numbers
    return [
        Row(
            change,
            tuple(_worded(field, change, codes) for field in change.fields)
            if change.person is None or change.person in within
            else (),
            outside=change.person is not None and change.person not in within,
            chosen=change.number in chosen,
        )
        for change in page
    ]


def _worded(field: Field, change: Change, codes: dict[int, str]) -> Field:
    """A household by the code the file calls it, in place of our own number."""
    if field.name != "household_id":
        return field
    return Field(field.name, codes.get(field.old), change.line.household if change.line else None)


def _left_out(request: HttpRequest, upload: Upload, found: Difference) -> frozenset[int]:
    """The rows the person left out of this very difference; of another one, what was left out no longer counts.

    A list of schools may name a few of them: one that it lacks is closed only if a person chooses so.
    """
    seal, numbers = request.session.get(LEFT_OUT, {}).get(str(upload.pk), ("", []))
    if seal == found.seal:
        return frozenset(numbers)
    return frozenset(change.number for change in found.of(Kind.GONE) if upload.template == SCHOOL_LIST)


def _remember(request: HttpRequest, upload: Upload, found: Difference, out: frozenset[int]) -> None:
    kept = dict(request.session.get(LEFT_OUT, {}))
    kept.pop(str(upload.pk), None)
    kept[str(upload.pk)] = (found.seal, sorted(out))
    request.session[LEFT_OUT] = dict(list(kept.items())[-FILES_REMEMBERED:])


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(text) for text in request.POST.getlist(name) if text.isdigit()}


def _chosen(request: HttpRequest, upload: Upload) -> HttpResponse:
    """A choice sent: keep it, and accept when that was asked for and the button still says how many it would be."""
    found = _found(request, upload, request.POST.get("tu-ngay", ""))
    if request.POST.get("dau") != found.seal:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        return _page(request, upload, found, changed=True)
    out = _left_out(request, upload, found)
    out = (out - _numbers(request, "tren-trang")) | (_numbers(request, "tren-trang") - _numbers(request, "chon"))
    act = request.POST.get("viec", "")
    group = {change.number for change in found.of(request.POST.get("nhom", "")) if change.to_accept}
    out = out | group if act == "bo-nhom" else out - group if act == "chon-nhom" else out
    _remember(request, upload, found, out)
    choosing = Choosing(found, out)
    left = request.POST.get("ngay-roi", "")
    wrong_day = bool(left) and asked.day(left) is None
    if act == "chap-nhan" and request.POST.get("dem") == str(choosing.total) and not wrong_day:
        return _accepted(request, upload, choosing)
    if request.htmx and not act:  # type: ignore[attr-defined]
        context = {"upload": upload, "found": found, "choosing": choosing, **_bar(request, upload, found)}
        return render(request, "desk/parts/accept_bar.html", context)
    if act == "chap-nhan" and wrong_day:
        said = _("Ngày rời danh sách “%(day)s” không đọc được. Hãy gõ dd/mm/yyyy, ví dụ 15/01/2026.") % {
            "day": left[:20]
        }
        messages.warning(request, said)
    elif act == "chap-nhan":
        said = _("Lựa chọn vừa đổi: nay là %(n)s dòng. Hãy xem lại rồi bấm chấp nhận.") % {"n": choosing.total}
        messages.warning(request, said)
    asked_for = urlencode({name: request.POST[name] for name in ("loai", "trang", "tu-ngay") if request.POST.get(name)})
    return redirect(f"{reverse('desk:difference', args=[upload.pk])}?{asked_for}")


def _accepted(request: HttpRequest, upload: Upload, choosing: Choosing) -> HttpResponse:
    try:
        batch = accept_as_seen(
            upload=upload,
            seen=choosing.found.seal,
            numbers=choosing.numbers,
            since=choosing.found.since,
            gone_on=asked.day(request.POST.get("ngay-roi")),
            by=asked.person(request),
            at=timezone.now(),
            read=queries.intake_of,
        )
    except ChangedError:
        since = choosing.found.since
        return _page(request, upload, compared(upload, read=queries.intake_of, since=since), changed=True)
    except SchoolListError as refused:
        for fault in refused.faults:
            messages.warning(request, fault.en if get_language() == "en" else fault.vi)
        return redirect("desk:difference", pk=upload.pk)
    if batch is None:
        messages.info(request, _("Không còn dòng nào để chấp nhận: sổ đã đúng như tệp này."))
        return redirect("desk:difference", pk=upload.pk)
    messages.success(request, _("Đã chấp nhận %(n)s dòng.") % {"n": choosing.total})
    return redirect("desk:batch", pk=batch.pk)


def _batch(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(asked.scope(request).batches(), pk=pk)


def _may_undo(request: HttpRequest, batch: Batch) -> bool:
    return asked.scope(request).may_write(batch.template, batch.school, batch.area)


@seen_by(*READERS)
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What was accepted at one time: how many of what, by whom, from which file."""
    one = _batch(request, pk)
    rows = rows_written(one)
    waiting = asked.scope(request).doubts().filter(upload=one.upload).values("number").distinct().count()
    context = {
        "batch": one,
        "written": written([one]),
        "page": None if rows is None else Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("trang")),
        "doubts": waiting if one.upload else 0,
        "may_undo": _may_undo(request, one) and one.undone_at is None,
    }
    return render(request, "desk/batch.html", context)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a batch back whole: first what would go, then it goes; refused while later ones rest on it."""
    one = _batch(request, pk)
    if not _may_undo(request, one):
        raise PermissionDenied
    later, schools = tuple(actions.resting(one)), tuple(actions.schools_resting(one))
    if request.method == "POST":
        try:
            actions.undo(batch=one, by=asked.person(request), at=timezone.now())
        except actions.RestsError as refused:
            later, schools = refused.later, refused.schools
        else:
            messages.success(request, _("Đã hoàn tác. Sổ trở lại đúng như trước khi chấp nhận."))
            return redirect("desk:batch", pk=one.pk)
    refused_now = request.method == "POST"
    context = {"batch": one, "upload": one.upload, "written": written([one]), "later": later, "schools": schools}
    return render(request, "desk/undo.html", context, status=409 if refused_now else 200)


@seen_by(*READERS)
@require_safe
def history(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Everything accepted for a school or an area, newest first, what was undone too."""
    mine = asked.scope(request)
    of: School | Area
    if place == "truong":
        of = get_object_or_404(mine.schools(), pk=pk)
        batches = mine.batches().filter(school=of)
    else:
        of = get_object_or_404(mine.areas(), pk=pk)
        batches = mine.batches().filter(area=of)
    page = Paginator(batches.order_by("-at", "-pk"), BATCHES_ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {"place": of, "page": page, "of_a_school": place == "truong", "address": asked.address(request)}
    return render(request, "desk/history.html", context)
