"""The return visit (回访) to somebody in an influence period: planned, made by at least two."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

PLANNED, MADE, CANCELLED = "planned", "made", "cancelled"
REVISIT_STATES = [
    (PLANNED, pgettext_lazy("visit", "planned")),
    (MADE, pgettext_lazy("visit", "made")),
    (CANCELLED, pgettext_lazy("visit", "cancelled")),
]
FOLLOW_UP = "supervision.follow_up"

REVISIT = Workflow(
    kind="supervision.revisit",
    label=_("Return visit (回访)"),
    version=1,
    initial=frozenset({PLANNED}),
    terminal=frozenset({MADE, CANCELLED}),
    steps=(
        Step("make", _("Record the visit"), frozenset({PLANNED}), MADE, FOLLOW_UP, deadline_rule="SUP-REVISIT"),
        Step(
            "move",
            _("Move to another day"),
            frozenset({PLANNED}),
            PLANNED,
            FOLLOW_UP,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "cancel",
            pgettext_lazy("visit", "Cancel"),
            frozenset({PLANNED}),
            CANCELLED,
            FOLLOW_UP,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step("lapse", _("Lapsed with its reason"), frozenset({PLANNED}), CANCELLED, FOLLOW_UP, automatic=True),
    ),
)
