"""Files as they come in: choosing one, its faults, its bytes, taking it back and restoring it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ansinh import sheets
from ansinh.web.access import CLERK, COMMUNE, READERS, SPECIALIST, seen_by
from ansinh.web.desk import asked, queries
from ansinh.web.desk.forms import UploadForm
from ansinh.web.registry import actions
from ansinh.web.registry.comparing import compared
from ansinh.web.registry.models import Upload
from ansinh.web.registry.queries import written
from ansinh.web.registry.scope import OF_AN_AREA

ROWS_ON_A_PAGE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_of(request: HttpRequest, pk: Any) -> Upload:
    """An upload within the person's scope; 404 for every other."""
    return get_object_or_404(asked.scope(request).uploads(), pk=pk)


def may_write(request: HttpRequest, upload: Upload) -> bool:
    return asked.scope(request).may_write(upload.template, upload.school, upload.area)


def kinds_of(request: HttpRequest) -> list[sheets.Template]:
    """The kinds of list the person may bring in, of those that can be read and accepted."""
    known = sheets.templates()
    return [known[name] for name in asked.scope(request).kinds() if name in known]


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_safe
def blank_template(request: HttpRequest, template: str) -> HttpResponse:
    """The blank workbook of an import template."""
    found = sheets.templates().get(template)
    if found is None:
        raise Http404
    return asked.file(sheets.blank(found), XLSX, f"mau-{template.replace('_', '-')}.xlsx")


@seen_by(CLERK, SPECIALIST)
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """In the demo only: the made-up roster, to try an upload with."""
    made_up = settings.VAR / "demo" / "danh-sach-thu.xlsx"
    if not settings.DEMO or not made_up.exists():
        raise Http404
    return asked.file(made_up.read_bytes(), XLSX, made_up.name)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a kind of list and a file; read it; keep it, or say why it cannot be read. What was chosen stays chosen."""
    kinds = kinds_of(request)
    if not kinds:
        raise PermissionDenied
    wanted = request.POST.get("template") or request.GET.get("loai")
    kind = next((one for one in kinds if one.name == wanted), kinds[0])
    context = {"kinds": kinds, "kind": kind, "of_an_area": kind.name in OF_AN_AREA}
    if request.method != "POST":
        initial = {name: request.GET[key] for name, key in (("school", "truong"), ("area", "xa")) if key in request.GET}
        form = UploadForm(asked.person(request), kind.name, initial=initial)
        page = "desk/upload.html" if form.places else "desk/no_school.html"
        return render(request, page, {**context, "form": form})
    form = UploadForm(asked.person(request), kind.name, request.POST, request.FILES)
    if form.is_valid() and (kept := _kept(request, kind, form)):
        where = reverse("desk:faults", kwargs={"pk": kept.pk})
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(where)
        return HttpResponseRedirect(where)
    return render(request, "desk/upload.html", {**context, "form": form}, status=422)


def _kept(request: HttpRequest, kind: sheets.Template, form: UploadForm) -> Upload | None:
    """The file kept and already compared with what stands; None, with the form saying why, when it cannot be read."""
    sent = form.cleaned_data["file"]
    intake = queries.read_once(kind.name, sent.read(), str(sent.name)[:255])
    refusals = [fault for fault in intake.faults if fault.severity == sheets.Severity.FILE]
    for fault in refusals:
        english = getattr(request, "LANGUAGE_CODE", "vi") == "en"
        form.add_error("file", fault.en if english else fault.vi)
    if refusals:
        return None
    place = {name: form.cleaned_data[name] for name in ("school", "area") if name in form.cleaned_data}
    kept = actions.keep(intake=intake, by=asked.person(request), at=timezone.now(), **place)
    # While the person sees the progress of the upload anyway: the pages that follow then come at once.
    compared(kept, read=queries.intake_of)
    return kept


@seen_by(*READERS)
@require_safe
def faults(request: HttpRequest, pk: Any) -> HttpResponse:
    """The rows of the sheet with the faults beside them."""
    upload = upload_of(request, pk)
    page = queries.fault_page(upload, every_row=request.GET.get("dong") == "tat-ca", column=request.GET.get("cot", ""))
    rows = Paginator(page.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    standing = asked.scope(request).batches().filter(upload=upload, undone_at__isnull=True)
    context = {
        "upload": upload,
        "page": page,
        "rows": rows,
        "may_write": may_write(request, upload),
        "accepted": standing.exists(),
        "address": asked.address(request),
    }
    return render(request, "desk/faults.html", context)


@seen_by(*READERS)
@require_safe
def original(request: HttpRequest, pk: Any) -> HttpResponse:
    """The file as it came, byte for byte, never shown inside the page."""
    upload = upload_of(request, pk)
    # The file holds whatever was in it, identity numbers too.
    actions.log_reading(
        by=asked.person(request),
        at=timezone.now(),
        act="export",
        what=f"{upload.filename}",
        people=upload.rows_read,
    )
    return asked.file(bytes(upload.original), "application/octet-stream", upload.filename)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a whole file back: first what would go, then it goes; refused while later files rest on it."""
    upload = upload_of(request, pk)
    if not may_write(request, upload):
        raise PermissionDenied
    batches = list(asked.scope(request).batches().filter(upload=upload, undone_at__isnull=True).order_by("-pk"))
    later: tuple[Any, ...] = ()
    schools: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            actions.withdraw(upload=upload, by=asked.person(request), at=timezone.now())
        except actions.RestsError as refused:
            later, schools = refused.later, refused.schools
        else:
            said = _("Đã hoàn tác tệp %(file)s. Có thể khôi phục bất cứ lúc nào.") % {"file": upload.filename}
            messages.success(request, said)
            return redirect("desk:faults", pk=upload.pk)
    else:
        later = tuple(one for batch in batches for one in actions.resting(batch) if one not in batches)
        schools = tuple(school for batch in batches for school in actions.schools_resting(batch))
    context = {"upload": upload, "written": written(batches), "later": later, "schools": schools}
    return render(request, "desk/undo.html", context, status=409 if request.method == "POST" else 200)


@seen_by(CLERK, COMMUNE, SPECIALIST)
@require_POST
def restore(request: HttpRequest, pk: Any) -> HttpResponse:
    upload = upload_of(request, pk)
    actions.restore(upload=upload, by=asked.person(request))
    messages.success(request, _("Đã khôi phục tệp %(file)s.") % {"file": upload.filename})
    return redirect("desk:faults", pk=upload.pk)
