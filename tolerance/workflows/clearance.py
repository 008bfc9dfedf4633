"""The clearance of a false report (澄清正名): finding, harm, approval, consent, announcement, visits.

A closed clearance stays open to being withdrawn: closing ends the work, a new decision takes the clearance back.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

PROPOSED, HARM_ASSESSED, APPROVED, CONSENT_OK = "proposed", "harm_assessed", "approved", "consent_ok"
CLEARED, REVISITED, CLOSED = "cleared", "revisited", "closed"
REJECTED, WITHDRAWN = "rejected", "withdrawn"
CLEARANCE_STATES = [
    (PROPOSED, pgettext_lazy("clearance", "taken up")),
    (HARM_ASSESSED, pgettext_lazy("clearance", "proposed, to be approved")),
    (APPROVED, pgettext_lazy("clearance", "approved")),
    (CONSENT_OK, pgettext_lazy("clearance", "consent given")),
    (CLEARED, pgettext_lazy("clearance", "cleared")),
    (REVISITED, pgettext_lazy("clearance", "visited once")),
    (CLOSED, pgettext_lazy("clearance", "closed")),
    (REJECTED, pgettext_lazy("clearance", "not cleared")),
    (WITHDRAWN, pgettext_lazy("clearance", "clearance withdrawn")),
]
PATH = (PROPOSED, HARM_ASSESSED, APPROVED, CONSENT_OK, CLEARED, REVISITED, CLOSED)
"""Stations of the usual way."""
BEFORE = (PROPOSED, HARM_ASSESSED, APPROVED, CONSENT_OK)
"""States in which the clearance is still to come."""
STANDING = (CLEARED, REVISITED, CLOSED)
"""States in which the person is cleared."""
APPLY, PROPOSE = "tolerance.apply_for_clearance", "tolerance.propose_clearance"
APPROVE, CARRY_OUT = "tolerance.approve_clearance", "tolerance.carry_out_clearance"

CLEARANCE = Workflow(
    kind="tolerance.clearance",
    label=_("Clearance (澄清正名)"),
    version=1,
    initial=frozenset({PROPOSED}),
    terminal=frozenset({REJECTED, WITHDRAWN}),
    steps=(
        Step(
            "assess",
            _("Propose mode, scope and text"),
            frozenset({PROPOSED}),
            HARM_ASSESSED,
            PROPOSE,
            deadline_rule="CLR-CLEAR-DAYS",
        ),
        Step("find", _("Record the finding"), frozenset({PROPOSED}), PROPOSED, PROPOSE, waits=False),
        Step(
            "approve",
            pgettext_lazy("clearance", "Approve"),
            frozenset({HARM_ASSESSED}),
            APPROVED,
            APPROVE,
            deadline_rule="CLR-CLEAR-DAYS",
        ),
        Step(
            "send_back",
            pgettext_lazy("clearance", "Send back"),
            frozenset({HARM_ASSESSED}),
            PROPOSED,
            APPROVE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "clear",
            _("Cleared: record the end"),
            frozenset({APPROVED, CONSENT_OK}),
            CLEARED,
            CARRY_OUT,
            deadline_rule="CLR-AFTER-APPROVAL-DAYS",
        ),
        Step("consent", _("Record the person's consent"), frozenset({APPROVED}), CONSENT_OK, CARRY_OUT),
        Step(
            "go_without",
            _("The person does not agree: clear in writing only"),
            frozenset({APPROVED, CONSENT_OK}),
            APPROVED,
            CARRY_OUT,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "reject",
            pgettext_lazy("clearance", "Do not clear"),
            frozenset({PROPOSED, HARM_ASSESSED}),
            REJECTED,
            PROPOSE,
            needs_reason=True,
            style="danger",
            waits=False,
        ),
        Step("visit", _("First visit made"), frozenset({CLEARED}), REVISITED, CARRY_OUT, waits=False),
        Step("visit_again", _("Second visit made: close"), frozenset({REVISITED}), CLOSED, CARRY_OUT, waits=False),
        Step(
            "withdraw",
            _("Withdraw the clearance by a new decision"),
            frozenset({CLEARED, REVISITED, CLOSED}),
            WITHDRAWN,
            APPROVE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
