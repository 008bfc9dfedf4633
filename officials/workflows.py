"""A correction that a unit asks for: asked, then taken over or declined by the cadre section."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

ASKED, TAKEN, DECLINED, WITHDRAWN = "asked", "taken", "declined", "withdrawn"
CORRECTION_STATES = [
    (ASKED, _("asked")),
    (TAKEN, _("taken over")),
    (DECLINED, _("declined")),
    (WITHDRAWN, _("withdrawn")),
]
ASK, DECIDE = "officials.ask_correction", "officials.edit_official"

CORRECTION = Workflow(
    kind="officials.correction",
    label=_("Correction of a record (信息更正)"),
    version=1,
    initial=frozenset({ASKED}),
    terminal=frozenset({TAKEN, DECLINED, WITHDRAWN}),
    steps=(
        Step(
            "take",
            _("Take over"),
            frozenset({ASKED}),
            TAKEN,
            DECIDE,
            needs_reason=True,
            deadline_rule="OFF-CORRECTION-DAYS",
        ),
        Step(
            "decline",
            pgettext_lazy("correction", "Decline"),
            frozenset({ASKED}),
            DECLINED,
            DECIDE,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            frozenset({ASKED}),
            WITHDRAWN,
            ASK,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
