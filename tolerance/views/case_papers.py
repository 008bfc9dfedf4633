"""Notices of a case of fault tolerance as files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect

from foundation.common.results import DomainError
from supervision.views.documents import as_file

from ..models import ToleranceCase
from ..reports.case_papers import PAPERS
from ..selectors.cases import VIEW
from ..services.case_papers import ENDINGS, export_notice


@login_required
def case_paper(request, case_no, paper, to, ending):
    """The notice of the conclusion or of its reversal for one recipient, as docx or PDF."""
    query = ToleranceCase.objects.select_related("organization__jurisdiction", "filing")
    case = query.get_visible(user=request.user, perm=VIEW, case_no=case_no)
    if paper not in PAPERS or ending not in ENDINGS:
        raise Http404
    try:
        return as_file(export_notice(actor=request.user, case=case, paper=paper, to=to, ending=ending))
    except DomainError as error:
        if error.status == 404:
            raise Http404 from error
        messages.error(request, error.message)
        return redirect("tolerance:case", case_no)
