"""Imports: upload, preview, apply, undo."""

import re
from io import BytesIO
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError

from . import selectors
from .forms import BatchFilter, ColumnsForm, UploadForm, decisions_of, kinds_for
from .kinds import all_kinds, kind_for
from .models import BatchStatus
from .progress import progress_of
from .services import batches, decisions, queue

MOST_READINGS = 200
QUERY = re.compile(r"[a-z0-9=&]{0,80}")


@login_required
def batch_list(request):
    """Earlier imports, the latest first; the filter stands in the address."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise PermissionDenied
    form = BatchFilter(request.GET or None, kinds=kinds)
    batches = form.narrow(selectors.batches_for(request.user)).order_by("-pk")
    page = Paginator(batches, page_size(request)).get_page(request.GET.get("page"))
    labels = {kind.code: kind.label for kind in all_kinds()}
    for batch in page:
        batch.kind_label = labels[batch.kind]
    return render(request, "exchange/batch_list.html", {"page": page, "form": form})


@login_required
def upload(request):
    """Take a file, read it, show the preview. A file that cannot be read is refused with its reason at the field."""
    if not kinds_for(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file, file_name = form.uploaded()
        try:
            with file:
                batch = queue.stage_or_order(
                    actor=request.user,
                    kind_code=data["kind"],
                    file=file,
                    file_name=file_name,
                    organization=data["organization"],
                    year=data["year"],
                )
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            return redirect("exchange:batch", batch.number)
    kinds = [kind_for(code) for code, _label in form.fields["kind"].choices]
    return render(request, "exchange/upload.html", {"form": form, "kinds": kinds}, status=422 if form.errors else 200)


def _load(request, number, *, whole=False):
    if not kinds_for(request.user):
        raise PermissionDenied
    batches = selectors.batches_for(request.user)
    batch = (selectors.whole(batches) if whole else batches).filter(number=number).first()
    if batch is None:
        raise Http404
    return batch


@login_required
def batch_detail(request, number):
    """The preview: counts, every finding, every normalised reading, the rows; then apply or undo."""
    batch = _load(request, number, whole=True)
    if batch.is_waiting or batch.status == BatchStatus.READING:
        return _waiting(request, batch)
    if batch.status == BatchStatus.COLUMNS:
        return redirect("exchange:batch-columns", number)
    preview, wanted, told = selectors.Preview(batch), request.GET.get("rows", ""), selectors.told_rows(batch)
    readings = selectors.reading_lines(preview, told)
    rows = selectors.pages_of(batch, wanted, page_size(request)).get_page(request.GET.get("page"))
    selectors.complete_rows(batch, preview, rows.object_list)
    findings = selectors.finding_lines(batch, told)
    context = {
        "batch": batch,
        "kind": kind_for(batch.kind),
        "findings": [line for line in findings if line.level != "info"],
        "remarks": [line for line in findings if line.level == "info"],
        "readings": readings[:MOST_READINGS],
        "reading_count": batch.counts["readings"],
        "finding_count": batch.counts["errors"] + batch.counts["warnings"],
        "reasons": selectors.reasons_for_readings(batch, readings),
        "page": rows,
        "groups": selectors.groups_of(batch),
        "wanted": wanted,
        "decisions": selectors.possible_decisions(batch),
        "suggested": batch.suggested,
        "may_import": selectors.may_import(request.user, batch),
        "can_mark": kind_for(batch.kind).reread is not None and (batch.counts["errors"] or batch.counts["warnings"]),
        "good_rows": selectors.good_rows(batch),
    }
    return render(request, "exchange/batch_detail.html", context)


def _waiting(request, batch):
    """An act is under way, or the file could not be read: the progress, nothing to press but what helps."""
    context = {"batch": batch, "kind": kind_for(batch.kind), "job": progress_of(batch)}
    context["may_import"] = selectors.may_import(request.user, batch)
    return render(request, "exchange/waiting.html", context)


@login_required
def batch_progress(request, number):
    """The progress of an ordered act, asked again every second; when it ends, the whole page is shown anew."""
    batch = _load(request, number)
    address = reverse("exchange:batch-progress", args=[number])
    answer = render(request, "parts/progress.html", {"job": progress_of(batch), "url": address})
    if not batch.is_waiting:
        answer["HX-Redirect"] = reverse("exchange:batch", args=[number])
    return answer


@login_required
@require_POST
def batch_read(request, number):
    """Read a kept file once more, after reading it had failed."""
    batch = _load(request, number)
    try:
        queue.read_again(batch, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("exchange:batch", number)


@login_required
def batch_columns(request, number):
    """What the columns mean that nobody could tell: asked once, remembered for the county and this form of header."""
    batch = _load(request, number)
    if batch.status != BatchStatus.COLUMNS:
        return redirect("exchange:batch", number)
    kind = kind_for(batch.kind)
    form = ColumnsForm(request.POST or None, question=batch.counts["question"], fields=kind.fields)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.assign_columns(batch, actor=request.user, columns=form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("exchange:batch", number)
    context = {"batch": batch, "kind": kind, "form": form, "question": form.question}
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def batch_decide(request, number):
    """Decide about the rows of one page."""
    batch = _load(request, number)
    try:
        changed = decisions.decide(batch, actor=request.user, decisions=decisions_of(request.POST))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Decided about %(count)d rows.") % {"count": changed})
    return _back_to_rows(request, number)


@login_required
@require_POST
def batch_take_suggestions(request, number):
    """Take every suggestion that waits for a decision and names one person; each can still be decided otherwise."""
    batch = _load(request, number)
    try:
        changed = decisions.take_suggestions(batch, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Decided about %(count)d rows.") % {"count": changed})
    return _back_to_rows(request, number)


def _back_to_rows(request, number):
    back = request.POST.get("back", "")
    query = back if QUERY.fullmatch(back) else ""
    return redirect(f"{reverse('exchange:batch', args=[number])}{'?' + query if query else ''}#rows")


@login_required
def batch_marked(request, number):
    """The workbook given back with its faults marked; taking it is recorded."""
    batch = _load(request, number)
    try:
        data = batches.take_marked(batch, actor=request.user)
    except DomainError as error:
        if error.status == 404:
            raise Http404 from error
        messages.error(request, error.message)
        return redirect("exchange:batch", number)
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=f"{PurePath(batch.file_name).stem}-{batch.number}.xlsx"
    )


@login_required
def batch_file(request, number):
    """The file as it was uploaded; taking it is recorded."""
    batch = _load(request, number)
    data = batches.take_out(batch, actor=request.user)
    return FileResponse(BytesIO(data), as_attachment=True, filename=batch.file_name)


@login_required
@require_POST
def batch_apply(request, number):
    """Apply a batch: all of it or nothing."""
    batch = _load(request, number)
    try:
        done = queue.apply_or_order(batch, actor=request.user, good_rows_only="good_rows" in request.POST)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        if done.status == BatchStatus.APPLIED:
            messages.success(
                request,
                _("Imported: %(created)d created, %(updated)d changed, %(unchanged)d as they were.") % done.counts,
            )
    return redirect("exchange:batch", number)


@login_required
@require_POST
def batch_undo(request, number):
    """Take an applied batch back, with a reason."""
    batch = _load(request, number)
    try:
        done = queue.undo_or_order(batch, actor=request.user, reason=request.POST.get("reason", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        if done.status == BatchStatus.UNDONE:
            messages.success(request, _("The import was undone: everything stands as before it."))
    return redirect("exchange:batch", number)
