"""Loading a case by its kind, and its papers: found inside the user's scope, or not found."""

from django.http import Http404

from .models import Attachment
from .registry import CaseKind, kind_named
from .selectors import papers_of


def kind_with_papers(kind: str) -> CaseKind:
    """The kind with this name that has papers. Raises Http404 when there is none."""
    found = kind_named(kind)
    if found is None or found.papers is None:
        raise Http404
    return found


def load_case(user, kind: str, case_no: str):
    """The case, for who sees its papers. Raises Http404, PermissionDenied."""
    found = kind_with_papers(kind)
    cases = found.model.objects.select_related("organization__jurisdiction")
    return cases.get_visible(user=user, perm=found.papers.view, case_no=case_no)


def load_paper(kind: str, case_no: str, pk: int) -> Attachment:
    """A paper that was not withdrawn. Raises Http404."""
    paper = papers_of(kind, case_no).filter(pk=pk).first()
    if paper is None:
        raise Http404
    return paper
