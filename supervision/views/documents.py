"""Letters and records of talks to take out."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..forms.documents import DocumentForm
from ..selectors.documents import documents_of, writer_of
from ..services.documents import make_document
from .tools import load_case


def as_file(paper) -> HttpResponse:
    """The paper as a download; what leaves the house stays in no cache."""
    answer = HttpResponse(paper.content, content_type=paper.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, paper.name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _load(request, case_no, slug):
    tool, case = load_case(request, case_no)
    if not scope_of(request.user, writer_of(case)).covers(case.organization.path):
        raise PermissionDenied(writer_of(case))
    document = next((one for one in documents_of(case, request.user) if one.slug == slug), None)
    if document is None:
        raise Http404
    return tool, case, document


@login_required
def document(request, case_no, slug):
    """What the office gives for the paper, then the file."""
    tool, case, paper = _load(request, case_no, slug)
    form = DocumentForm(request.POST or None, case=case, document=paper)
    if form.is_bound and form.is_valid():
        try:
            return as_file(make_document(actor=request.user, case=case, document=paper, **form.order))
        except DomainError as error:
            form.add_error(None, error.message)
    context = {"case": case, "tool": tool, "document": paper, "form": form}
    return render(request, "supervision/document.html", context, status=422 if form.is_bound else 200)
