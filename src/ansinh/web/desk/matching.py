"""Doubtful pairs: the work list, two records side by side, the words that were given, and joining two records on file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ansinh.web.access import CLERK, COMMUNE, SPECIALIST, seen_by
from ansinh.web.desk import asked, queries
from ansinh.web.desk.uploads import upload_of
from ansinh.web.registry import actions, sealed
from ansinh.web.registry.models import Doubt, Joining, Person, Upload
from ansinh.web.registry.queries import pairs_of, records_side_by_side

ROWS_ON_A_PAGE = 100
# A row's columns under the names that a person on record has.
_ROW = {
    "full_name": "full_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "code": "learner_code",
    "father": "father",
    "mother": "mother",
    "class_name": "class_name",
}


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Every row of a standing upload that waits for a person's word, file by file."""
    waiting = asked.scope(request).doubts().order_by("-upload__at", "upload", "number")
    rows = waiting.values(
        "upload_id", "upload__filename", "upload__school__name", "upload__area__name", "number", "name", "class_name",
        "sheet", "row",
    ).annotate(candidates=Count("person"))  # fmt: skip
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/doubts.html", {"page": page, "address": asked.address(request)})


def _row_of(upload: Upload, number: int) -> dict[str, Any]:
    rows = queries.intake_of(upload).rows
    if not 1 <= number <= len(rows):
        raise Http404
    values = rows[number - 1].values
    row = {name: values.get(column) for name, column in _ROW.items()}
    identity = values.get("identity_number")
    return {**row, "digest": sealed.digest(str(identity)) if identity else None}


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_safe
def pair(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """A row of a file beside each person on record whom it may be."""
    upload = upload_of(request, pk)
    pairs = pairs_of(asked.scope(request), upload, number, _row_of(upload, number))
    if not pairs:
        raise Http404
    person = asked.scope(request)
    context = {
        "upload": upload,
        "doubt": pairs[0].doubt,
        "pairs": [(one, person.may_match(one.doubt.person)) for one in pairs],
        "following": _following(request, upload, number),
        "settled": any(one.decided and one.decided.same for one in pairs) or all(one.decided for one in pairs),
    }
    return render(request, "desk/pair.html", context)


def _following(request: HttpRequest, upload: Upload, number: int) -> Doubt | None:
    """The next open row: of this file after this one, else before it, else of any other file."""
    mine = asked.scope(request).doubts()
    here = mine.filter(upload=upload).exclude(number=number).order_by("number")
    return here.filter(number__gt=number).first() or here.first() or mine.exclude(upload=upload).first()


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_POST
def decide(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """A person's word: this row is that person, or it is not."""
    upload = upload_of(request, pk)
    wanted = request.POST.get("nguoi", "")
    rows = asked.scope(request).doubts_found().filter(upload=upload, number=number)
    doubt = get_object_or_404(rows, person=wanted if wanted.isdigit() else None)
    same = request.POST.get("la") == "mot"
    actions.decide_pair(change=doubt, person=doubt.person, same=same, by=asked.person(request), at=timezone.now())
    said = _("Đã ghi: %(name)s là người đã có trong sổ.") if same else _("Đã ghi: %(name)s không phải người này.")
    messages.success(request, said % {"name": doubt.name})
    still = asked.scope(request).doubts().filter(upload=upload, number=number)
    following = still.first() or _following(request, upload, number)
    if following is None:
        return redirect("desk:difference", pk=upload.pk)
    return redirect("desk:pair", pk=following.upload_id, number=following.number)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The words that stand, and the records that are joined, each of which can be taken back."""
    mine = asked.scope(request)
    page = Paginator(mine.decisions(), ROWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    prints = [word.incoming for word in page]
    rows = {doubt.fingerprint: doubt for doubt in mine.doubts_found().filter(fingerprint__in=prints)}
    context = {
        "page": page,
        "words": [(word, rows.get(word.incoming)) for word in page],
        "joinings": mine.joinings().filter(parted_at__isnull=True)[:ROWS_ON_A_PAGE],
        "address": asked.address(request),
    }
    return render(request, "desk/decisions.html", context)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_POST
def withdraw_word(request: HttpRequest, pk: int) -> HttpResponse:
    word = get_object_or_404(asked.scope(request).decisions(), pk=pk)
    actions.withdraw_pair(decision=word, by=asked.person(request), at=timezone.now())
    messages.success(request, _("Đã rút lại. Dòng này sẽ được hỏi lại."))
    return redirect("desk:decisions")


@seen_by(CLERK, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Two records found by their codes, side by side; joined on a reason."""
    given = request.POST if request.method == "POST" else request.GET
    codes = [given.get(name, "").strip()[:30] for name in ("ma", "ma-2")]
    found = [_by_code(request, code) for code in codes]
    missing = [code for code, person in zip(codes, found, strict=True) if code and person is None]
    kept, gone = found
    same = kept is not None and kept == gone
    context = {"codes": codes, "missing": missing, "same": same, "kept": kept, "gone": gone}
    if kept is None or gone is None or same:
        return render(request, "desk/join.html", context)
    context["cells"] = records_side_by_side(asked.scope(request), kept, gone)
    reason = given.get("ly-do", "").strip()[:300]
    if request.method == "POST" and reason:
        return _joined(request, kept, gone, reason)
    context["no_reason"] = request.method == "POST"
    return render(request, "desk/join.html", context, status=422 if request.method == "POST" else 200)


def _by_code(request: HttpRequest, code: str) -> Person | None:
    return asked.scope(request).people().filter(code=code).order_by("pk").first() if code else None


def _joined(request: HttpRequest, kept: Person, gone: Person, reason: str) -> HttpResponse:
    try:
        actions.join(kept=kept, gone=gone, reason=reason, by=asked.person(request), at=timezone.now())
    except ValueError:
        messages.warning(request, _("Một trong hai hồ sơ đã được gộp trước đó. Hãy tách ra rồi gộp lại."))
        return redirect(reverse("desk:decisions"))
    messages.success(request, _("Đã gộp hai hồ sơ thành một. Có thể tách lại bất cứ lúc nào."))
    return redirect("desk:decisions")


@seen_by(CLERK, SPECIALIST)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    joining: Joining = get_object_or_404(asked.scope(request).joinings(), pk=pk)
    if not asked.scope(request).may_match(joining.kept):
        raise PermissionDenied
    actions.part(joining=joining, by=asked.person(request), at=timezone.now())
    messages.success(request, _("Đã tách lại thành hai hồ sơ như trước khi gộp."))
    return redirect("desk:decisions")
