"""Who may know who has read a case."""

from foundation.common.scoping import scope_of

PERMISSION = "casework.view_casereading"


def may_see_readers(user, case) -> bool:
    """May the user know who has read the case? (Permission at the case's own unit.)"""
    return scope_of(user, PERMISSION).covers(case.organization.path)
