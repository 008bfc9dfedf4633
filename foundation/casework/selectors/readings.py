"""Who has read a case, for those who may know it."""

from foundation.common.scoping import scope_of

from ..models import CaseReading

PERMISSION = "casework.view_casereading"
MOST = 50


def may_see_readers(user, case) -> bool:
    """May the user know who has read the case? (Permission at the case's own unit.)"""
    return scope_of(user, PERMISSION).covers(case.organization.path)


def readers_of(kind: str, case_no: str) -> list[CaseReading]:
    """The latest readers of a case first (1 query)."""
    return list(CaseReading.objects.filter(kind=kind, case_no=case_no).order_by("-last_at", "-pk")[:MOST])
