"""The hold after expiry (期满影响使用): proposed, confirmed by another, looked at again on its day, lifted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .handling import CONFIRM

PROPOSED, IN_FORCE, LIFTED, DECLINED = "proposed", "in_force", "lifted", "declined"
HOLD_STATES = [
    (PROPOSED, pgettext_lazy("hold", "proposed")),
    (IN_FORCE, pgettext_lazy("hold", "in force")),
    (LIFTED, pgettext_lazy("hold", "lifted")),
    (DECLINED, pgettext_lazy("hold", "declined")),
]

HOLD = Workflow(
    kind="supervision.hold",
    label=_("Hold after expiry (期满影响使用)"),
    version=1,
    initial=frozenset({PROPOSED}),
    terminal=frozenset({LIFTED, DECLINED}),
    steps=(
        Step("confirm", pgettext_lazy("hold", "Confirm"), frozenset({PROPOSED}), IN_FORCE, CONFIRM),
        Step(
            "decline",
            pgettext_lazy("hold", "Decline"),
            frozenset({PROPOSED}),
            DECLINED,
            CONFIRM,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "extend",
            _("Keep on hold"),
            frozenset({IN_FORCE}),
            IN_FORCE,
            CONFIRM,
            needs_reason=True,
            waits=False,
            deadline_rule="R-DIS-31",
        ),
        Step(
            "lift",
            pgettext_lazy("hold", "Lift"),
            frozenset({IN_FORCE}),
            LIFTED,
            CONFIRM,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "lapse",
            _("Lapsed with the decision"),
            frozenset({PROPOSED, IN_FORCE}),
            LIFTED,
            CONFIRM,
            automatic=True,
        ),
    ),
)
