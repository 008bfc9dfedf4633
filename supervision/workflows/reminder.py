"""The reminder talk (提醒谈话): proposed by the section, approved by the head of the department (R-1.43), checked later."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .admonishment import AGREE, CARRY_OUT
from .taking_back import WITHDRAWN, taking_back

PROPOSED, APPROVED, HELD = "proposed", "approved", "held"
CLOSED, DECLINED, REVOKED = "closed", "declined", "revoked"
REMINDER_STATES = [
    (PROPOSED, pgettext_lazy("reminder", "proposed")),
    (APPROVED, pgettext_lazy("reminder", "approved")),
    (HELD, pgettext_lazy("reminder", "held, rectification under way")),
    (CLOSED, pgettext_lazy("reminder", "checked and closed")),
    (DECLINED, pgettext_lazy("reminder", "declined")),
    (REVOKED, pgettext_lazy("reminder", "revoked")),
    (WITHDRAWN, pgettext_lazy("tool", "withdrawn")),
]

REMINDER = Workflow(
    kind="supervision.reminder",
    label=_("Reminder talk (提醒谈话)"),
    version=1,
    initial=frozenset({PROPOSED, APPROVED}),
    terminal=frozenset({CLOSED, DECLINED, REVOKED}),
    steps=(
        Step("approve", pgettext_lazy("reminder", "Approve"), frozenset({PROPOSED}), APPROVED, AGREE),
        Step(
            "decline",
            pgettext_lazy("reminder", "Decline"),
            frozenset({PROPOSED}),
            DECLINED,
            AGREE,
            needs_reason=True,
            style="danger",
        ),
        Step("hold", _("Record talk or letter"), frozenset({APPROVED}), HELD, CARRY_OUT),
        Step(
            "check",
            _("Record the check"),
            frozenset({HELD}),
            CLOSED,
            CARRY_OUT,
            needs_reason=True,
            deadline_rule="R-1.41-RECHECK",
        ),
        Step(
            "revoke",
            pgettext_lazy("reminder", "Revoke"),
            frozenset({APPROVED, HELD}),
            REVOKED,
            AGREE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        *taking_back({state: dict(REMINDER_STATES)[state] for state in (APPROVED, HELD)}, AGREE),
    ),
)
