"""Papers of cases: adding, handing out, withdrawing. Who sees the case sees its papers."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError

from .loading import load_case, load_paper
from .registry import kind_named
from .services import attachments


def _back(request, kind, case_no):
    """To the page that sent the form, else to the case."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect(kind_named(kind).url_name, case_no)


@login_required
@require_POST
def attachment_add(request, kind, case_no):
    """Take a paper in; what is wrong with it is said on the page that sent it."""
    case = load_case(request.user, kind, case_no)
    upload, part = request.FILES.get("file"), request.POST.get("part", "")
    try:
        paper = attachments.add(actor=request.user, case=case, file=upload, part=part)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("“%(name)s” was added.") % {"name": paper.name})
    return _back(request, kind, case_no)


@login_required
def attachment(request, kind, case_no, pk):
    """The paper as it was taken in, always as a file to save."""
    case = load_case(request.user, kind, case_no)
    paper = load_paper(kind, case_no, pk)
    data = attachments.take_out(actor=request.user, attachment=paper, case=case)
    answer = FileResponse(BytesIO(data), as_attachment=True, filename=paper.name, content_type=paper.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def attachment_withdraw(request, kind, case_no, pk):
    """Withdraw a paper with a reason."""
    case = load_case(request.user, kind, case_no)
    paper = load_paper(kind, case_no, pk)
    try:
        attachments.withdraw(actor=request.user, attachment=paper, case=case, reason=request.POST.get("reason", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("“%(name)s” was withdrawn.") % {"name": paper.name})
    return _back(request, kind, case_no)
