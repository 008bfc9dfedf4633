"""Inquiry letters (函询): sent, answered within the days of R-1.42, asked a second time where the answer is unclear."""

from foundation.casework.registry import Handler, Papers, bind

from ..models import Inquiry
from ..workflows import INQUIRY
from ..workflows.admonishment import CARRY_OUT, PROPOSE
from .tool_cases import writes
from .tool_guards import approver_of, facts_fit, not_the_proposer

OF_ONE_LETTER = ("document_no", "held_on", "received_on", "replied_on", "reply", "unit_opinion", "late_reason")


def _next_letter(case, *, actor, reason="", **payload):
    """The next letter begins empty; what the one before it said stands in the event."""
    before = {name: getattr(case, name) for name in OF_ONE_LETTER}
    letter = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in before.items()}
    for name, value in before.items():
        setattr(case, name, None if hasattr(value, "isoformat") else "")
    case.round += 1
    return {"round": case.round, "letter": letter}


bind(
    INQUIRY,
    Inquiry,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_inquiry", add=(PROPOSE, CARRY_OUT)),
    approve=Handler(guards=(not_the_proposer, approver_of("INQUIRY", "OD_HEAD"))),
    decline=Handler(guards=(not_the_proposer,)),
    send=Handler(input_guards=(facts_fit("send"),), effect=writes("send")),
    reply=Handler(input_guards=(facts_fit("reply"),), effect=writes("reply")),
    ask_again=Handler(effect=_next_letter),
)
