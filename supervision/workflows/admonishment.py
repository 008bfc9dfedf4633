"""The admonishment (诫勉): its approval chain (R-1.43), the self-examination (R-1.41), the check at six months."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .taking_back import WITHDRAWN, taking_back

PROPOSED, REVIEWED, AGREED, APPROVED = "proposed", "reviewed", "agreed", "approved"
DELIVERED, EXAMINED, REPORTED = "delivered", "examined", "reported"
CLOSED, UNCORRECTED, DECLINED, REVOKED = "closed", "uncorrected", "declined", "revoked"
ADMONISHMENT_STATES = [
    (PROPOSED, pgettext_lazy("admonishment", "proposed")),
    (REVIEWED, _("reviewed by the branch leader")),
    (AGREED, _("agreed by the head of the department")),
    (APPROVED, _("approved by the committee's leader")),
    (DELIVERED, pgettext_lazy("admonishment", "delivered, in its period")),
    (EXAMINED, _("self-examination received")),
    (REPORTED, _("rectification reported")),
    (CLOSED, _("checked and closed")),
    (UNCORRECTED, _("not corrected")),
    (DECLINED, pgettext_lazy("admonishment", "declined")),
    (REVOKED, pgettext_lazy("admonishment", "revoked")),
    (WITHDRAWN, pgettext_lazy("tool", "withdrawn")),
]
STATE_LABELS = dict(ADMONISHMENT_STATES)
REVERSIBLE = (AGREED, APPROVED, DELIVERED, EXAMINED, REPORTED)
"""States out of which a case can be withdrawn by its decision, and back into which it can be put."""
PROPOSE, REVIEW, AGREE = "supervision.propose_tool", "supervision.review_tool", "supervision.agree_tool"
CARRY_OUT = "supervision.carry_out_tool"

ADMONISHMENT = Workflow(
    kind="supervision.admonishment",
    label=_("Admonishment (诫勉)"),
    version=1,
    initial=frozenset({PROPOSED, AGREED}),
    terminal=frozenset({CLOSED, UNCORRECTED, DECLINED, REVOKED}),
    steps=(
        Step("review", _("Pass on after review"), frozenset({PROPOSED}), REVIEWED, REVIEW),
        Step("agree", _("Agree"), frozenset({REVIEWED}), AGREED, AGREE),
        Step("approve", _("Record the approval of the committee's leader"), frozenset({AGREED}), APPROVED, CARRY_OUT),
        Step(
            "decline",
            pgettext_lazy("admonishment", "Decline"),
            frozenset({PROPOSED, REVIEWED, AGREED}),
            DECLINED,
            REVIEW,
            needs_reason=True,
            style="danger",
        ),
        Step("deliver", _("Record talk or letter"), frozenset({APPROVED}), DELIVERED, CARRY_OUT),
        Step(
            "examine",
            _("Receive the self-examination"),
            frozenset({DELIVERED}),
            EXAMINED,
            CARRY_OUT,
            deadline_rule="R-1.41-SELF_EXAM",
        ),
        Step(
            "report",
            _("Receive the rectification report"),
            frozenset({EXAMINED}),
            REPORTED,
            CARRY_OUT,
            deadline_rule="R-1.41-RECHECK",
        ),
        Step(
            "check",
            _("Checked: corrected"),
            frozenset({REPORTED}),
            CLOSED,
            CARRY_OUT,
            needs_reason=True,
        ),
        Step(
            "not_corrected",
            _("Checked: not corrected"),
            frozenset({REPORTED}),
            UNCORRECTED,
            CARRY_OUT,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "revoke",
            pgettext_lazy("admonishment", "Revoke"),
            frozenset({APPROVED, DELIVERED, EXAMINED, REPORTED}),
            REVOKED,
            AGREE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        *taking_back({state: STATE_LABELS[state] for state in REVERSIBLE}, AGREE),
    ),
)
