"""Cases that a decision of a room above has opened, by the decision's natural key, and how they stand to it."""

from foundation.casework.models import CaseEvent
from foundation.casework.registry import kind_of
from foundation.casework.selectors import events_of

from ..models import AdjustmentLead, Admonishment, Reminder

OPENED = (Reminder, Admonishment, AdjustmentLead)
BASIS_CHANGED, BASIS_RESTORED = "basis_changed", "basis_restored"
SOURCE_WITHDRAWN, SOURCE_REINSTATED = "source_withdrawn", "source_reinstated"


def cases_of_source(source_kind: str, source_no: str) -> list:
    """All cases that a decision opened, by kind and in the order of opening (3 queries)."""
    found = []
    for model in OPENED:
        rows = model.objects.system().filter(source_kind=source_kind, source_no=source_no)
        found += rows.select_related("organization__jurisdiction", "official").order_by("pk")
    return found


def _last_of(case, *actions: str) -> str:
    told = [event.action for event in events_of(kind_of(case).flow, case) if event.action in actions]
    return told[-1] if told else ""


def has_lost_ground(case) -> bool:
    """Did the decision that opened this case lose its ground and not get it back (`events_of`)?"""
    return bool(case.source_no) and _last_of(case, BASIS_CHANGED, BASIS_RESTORED) == BASIS_CHANGED


def was_taken_back(case) -> bool:
    """Was the decision behind an ended case taken back, and the case's effects with it (`events_of`)?"""
    return bool(case.source_no) and _last_of(case, SOURCE_WITHDRAWN, SOURCE_REINSTATED) == SOURCE_WITHDRAWN


def state_before(case) -> str:
    """The state out of which a case was last withdrawn (1 query)."""
    moves = CaseEvent.objects.filter(kind=kind_of(case).flow.kind, case_no=case.case_no, action="withdraw")
    return moves.order_by("-seq").values_list("from_status", flat=True)[0]
