"""The case of fault tolerance (容错免责): application, verification by two, collective decision, feedback, review, correction.

Steps and their order: 申请、初审受理、调查核实、会商认定、反馈、复核、纠错、验收、报备归档、回访 (§1.8). A reversal is a decision of its own:
whoever reverses says why, and everything that the decision changed returns.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

DRAFT, SUBMITTED, ACCEPTED, VERIFYING, DELIBERATING = "draft", "submitted", "accepted", "verifying", "deliberating"
DECIDED, FED_BACK, UNDER_REVIEW = "decided", "fed_back", "under_review"
CORRECTING, CORRECTED, FILED, CLOSED = "correcting", "corrected", "filed", "closed"
REJECTED, WITHDRAWN, REVERSED = "rejected", "withdrawn", "reversed"
TOLERANCE_STATES = [
    (DRAFT, pgettext_lazy("tolerance", "draft")),
    (SUBMITTED, pgettext_lazy("tolerance", "applied for")),
    (ACCEPTED, pgettext_lazy("tolerance", "accepted")),
    (VERIFYING, pgettext_lazy("tolerance", "being verified")),
    (DELIBERATING, pgettext_lazy("tolerance", "before the meeting")),
    (DECIDED, pgettext_lazy("tolerance", "decided")),
    (FED_BACK, pgettext_lazy("tolerance", "result told")),
    (UNDER_REVIEW, pgettext_lazy("tolerance", "under review")),
    (CORRECTING, pgettext_lazy("tolerance", "being corrected")),
    (CORRECTED, pgettext_lazy("tolerance", "correction accepted")),
    (FILED, pgettext_lazy("tolerance", "reported and filed")),
    (CLOSED, pgettext_lazy("tolerance", "closed")),
    (REJECTED, pgettext_lazy("tolerance", "not accepted")),
    (WITHDRAWN, pgettext_lazy("tolerance", "withdrawn")),
    (REVERSED, pgettext_lazy("tolerance", "reversed")),
]
APPLY, ACCEPT, VERIFY = "tolerance.apply_for_tolerance", "tolerance.accept_case", "tolerance.verify_case"
DECIDE, FOLLOW = "tolerance.decide_case", "tolerance.follow_case"
IN_FORCE = frozenset({FED_BACK, UNDER_REVIEW, CORRECTING, CORRECTED, FILED, CLOSED})
"""States in which a decision can be reversed. A closed case stays reversible: closing ends the work, not the decision."""
PATH = (SUBMITTED, ACCEPTED, VERIFYING, DELIBERATING, DECIDED, FED_BACK, CORRECTING, CORRECTED, FILED, CLOSED)
"""Stations of the usual way."""


def _one(state: str) -> frozenset[str]:
    return frozenset({state})


TOLERANCE = Workflow(
    kind="tolerance.case",
    label=_("Fault tolerance (容错免责)"),
    version=1,
    initial=frozenset({DRAFT, SUBMITTED}),
    terminal=frozenset({REJECTED, WITHDRAWN, REVERSED}),
    steps=(
        Step("submit", pgettext_lazy("tolerance", "Submit the application"), _one(DRAFT), SUBMITTED, APPLY),
        Step("accept", _("Accept"), _one(SUBMITTED), ACCEPTED, ACCEPT, deadline_rule="TOL-ACCEPT-DAYS"),
        Step(
            "reject",
            pgettext_lazy("tolerance", "Do not accept"),
            _one(SUBMITTED),
            REJECTED,
            ACCEPT,
            needs_reason=True,
            style="danger",
        ),
        Step("assign", _("Name the verifiers"), _one(ACCEPTED), VERIFYING, VERIFY, deadline_rule="TOL-VERIFY-DAYS"),
        Step(
            "report",
            _("Hand in the verification report"),
            _one(VERIFYING),
            DELIBERATING,
            VERIFY,
            deadline_rule="TOL-VERIFY-DAYS",
        ),
        Step(
            "extend",
            _("Extend the verification once"),
            _one(VERIFYING),
            VERIFYING,
            DECIDE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "decide",
            _("Record the collective decision"),
            _one(DELIBERATING),
            DECIDED,
            DECIDE,
            deadline_rule="TOL-DECIDE-DAYS",
        ),
        Step(
            "send_back",
            _("Send back to be verified"),
            _one(DELIBERATING),
            VERIFYING,
            DECIDE,
            needs_reason=True,
            waits=False,
        ),
        Step("feed_back", _("Tell the result"), _one(DECIDED), FED_BACK, FOLLOW, deadline_rule="TOL-FEEDBACK-DAYS"),
        Step(
            "ask_review",
            _("Ask for a review"),
            frozenset({FED_BACK, CORRECTING}),
            UNDER_REVIEW,
            APPLY,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "uphold",
            _("Uphold the decision"),
            _one(UNDER_REVIEW),
            FED_BACK,
            DECIDE,
            needs_reason=True,
            deadline_rule="TOL-REVIEW-DECIDE-DAYS",
        ),
        Step(
            "reverse",
            _("Reverse the decision"),
            IN_FORCE,
            REVERSED,
            DECIDE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step(
            "plan", _("Receive the correction plan"), _one(FED_BACK), CORRECTING, FOLLOW, deadline_rule="TOL-PLAN-DAYS"
        ),
        Step(
            "accept_correction",
            _("Check the correction"),
            _one(CORRECTING),
            CORRECTED,
            FOLLOW,
            deadline_rule="TOL-CORRECT-MONTHS",
        ),
        Step(
            "file", _("Report and file"), frozenset({CORRECTED, FED_BACK}), FILED, FOLLOW, deadline_rule="TOL-FILE-DAYS"
        ),
        Step("close", _("Record the visit and close"), _one(FILED), CLOSED, FOLLOW, deadline_rule="TOL-REVISIT-MONTHS"),
        Step(
            "withdraw",
            pgettext_lazy("tolerance", "Withdraw the application"),
            frozenset({DRAFT, SUBMITTED, ACCEPTED, VERIFYING, DELIBERATING}),
            WITHDRAWN,
            APPLY,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
