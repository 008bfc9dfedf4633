"""The heart-to-heart talk (谈心谈话): planned, held, its issues followed until they are settled."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

PLANNED, HELD, CLOSED, CANCELLED = "planned", "held", "closed", "cancelled"
TALK_STATES = [
    (PLANNED, pgettext_lazy("talk", "planned")),
    (HELD, pgettext_lazy("talk", "held, issues open")),
    (CLOSED, pgettext_lazy("talk", "closed")),
    (CANCELLED, pgettext_lazy("talk", "cancelled")),
]
KEEP = "supervision.keep_talk"

TALK = Workflow(
    kind="supervision.talk",
    label=_("Heart-to-heart talk (谈心谈话)"),
    version=1,
    initial=frozenset({PLANNED}),
    terminal=frozenset({CLOSED, CANCELLED}),
    steps=(
        Step("hold", _("Record the talk"), frozenset({PLANNED}), HELD, KEEP, own_clock=True),
        Step("close", pgettext_lazy("talk", "Close"), frozenset({HELD}), CLOSED, KEEP),
        Step(
            "cancel",
            pgettext_lazy("talk", "Cancel"),
            frozenset({PLANNED}),
            CANCELLED,
            KEEP,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
