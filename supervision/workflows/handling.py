"""A handling or sanction (组织处理、处分): entered from its document, confirmed by a second person, then in force.

What is entered only can be set aside by a decision on tolerance (容错) and taken up again when that is reversed; nothing is
imposed meanwhile. What is in force ends by being lifted or revoked alone.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

ENTERED, IN_FORCE, LIFTED, REVOKED, WITHDRAWN = "entered", "in_force", "lifted", "revoked", "withdrawn"
SHELTERED = "sheltered"
HANDLING_STATES = [
    (ENTERED, _("entered, to be confirmed")),
    (IN_FORCE, pgettext_lazy("handling", "in force")),
    (LIFTED, pgettext_lazy("handling", "lifted")),
    (REVOKED, pgettext_lazy("handling", "revoked")),
    (WITHDRAWN, pgettext_lazy("handling", "entry withdrawn")),
    (SHELTERED, pgettext_lazy("handling", "set aside by a decision on tolerance")),
]
ENTER, CONFIRM = "supervision.enter_handling", "supervision.confirm_handling"

HANDLING = Workflow(
    kind="supervision.handling",
    label=_("Handling or sanction (处理处分)"),
    version=1,
    initial=frozenset({ENTERED}),
    terminal=frozenset({REVOKED, WITHDRAWN}),
    steps=(
        Step("confirm", pgettext_lazy("handling", "Confirm"), frozenset({ENTERED}), IN_FORCE, CONFIRM),
        Step(
            "withdraw",
            _("Withdraw the entry"),
            frozenset({ENTERED}),
            WITHDRAWN,
            ENTER,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "restore",
            _("Record the restoration of rights"),
            frozenset({IN_FORCE}),
            IN_FORCE,
            ENTER,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "appeal",
            _("Record an appeal"),
            frozenset({IN_FORCE}),
            IN_FORCE,
            ENTER,
            waits=False,
        ),
        Step(
            "answer_appeal",
            _("Record the answer to the appeal"),
            frozenset({IN_FORCE}),
            IN_FORCE,
            ENTER,
            waits=False,
        ),
        Step("lift", _("Lift"), frozenset({IN_FORCE}), LIFTED, CONFIRM, needs_reason=True, waits=False),
        Step(
            "revoke",
            _("Revoke on appeal or correction"),
            frozenset({IN_FORCE, LIFTED}),
            REVOKED,
            CONFIRM,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step(
            "set_aside",
            pgettext_lazy("handling", "Set aside by a decision on tolerance"),
            frozenset({ENTERED}),
            SHELTERED,
            CONFIRM,
            needs_reason=True,
            automatic=True,
        ),
        Step(
            "take_up",
            pgettext_lazy("handling", "Taken up again: to be confirmed"),
            frozenset({SHELTERED}),
            ENTERED,
            CONFIRM,
            needs_reason=True,
            automatic=True,
        ),
    ),
)
