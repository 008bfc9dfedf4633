"""A lead for the adjustment of a leader (能上能下线索): kept with its evidence until the adjustment procedure takes it up."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .taking_back import WITHDRAWN, taking_back

OPEN, DROPPED, TAKEN_UP = "open", "dropped", "taken_up"
LEAD_STATES = [
    (OPEN, pgettext_lazy("lead", "waits for the adjustment procedure")),
    (DROPPED, pgettext_lazy("lead", "dropped")),
    (TAKEN_UP, pgettext_lazy("lead", "taken up")),
    (WITHDRAWN, pgettext_lazy("tool", "withdrawn")),
]

LEAD = Workflow(
    kind="supervision.lead",
    label=_("Lead for an adjustment (能上能下线索)"),
    version=1,
    initial=frozenset({OPEN}),
    terminal=frozenset({DROPPED, TAKEN_UP}),
    steps=(
        Step(
            "drop",
            pgettext_lazy("lead", "Drop"),
            frozenset({OPEN}),
            DROPPED,
            "supervision.review_tool",
            needs_reason=True,
            style="danger",
            waits=False,
        ),
        Step(
            "take_up",
            pgettext_lazy("lead", "Take up"),
            frozenset({OPEN}),
            TAKEN_UP,
            "supervision.review_tool",
            needs_reason=True,
            automatic=True,
        ),
        *taking_back({OPEN: dict(LEAD_STATES)[OPEN]}, "supervision.review_tool"),
    ),
)
