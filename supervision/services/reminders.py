"""Reminder talks (提醒谈话): what each step asks and does."""

from foundation.casework.registry import Handler, Papers, bind

from ..models import Reminder
from ..workflows import REMINDER
from ..workflows.admonishment import CARRY_OUT, PROPOSE
from .tool_cases import tell_repeated, writes
from .tool_guards import approver_of, facts_fit, ground_stands, not_the_proposer


def _held(case, *, actor, reason):
    """A talk counts towards repeated talks."""
    return {"talks": tell_repeated(case)}


bind(
    REMINDER,
    Reminder,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_reminder", add=(PROPOSE, CARRY_OUT)),
    approve=Handler(guards=(not_the_proposer, approver_of("REMIND", "OD_HEAD"))),
    decline=Handler(guards=(not_the_proposer,)),
    hold=Handler(guards=(ground_stands,), input_guards=(facts_fit("hold"),), effect=writes("hold", _held)),
    check=Handler(input_guards=(facts_fit("check"),), effect=writes("check")),
)
