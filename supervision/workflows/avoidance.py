"""A conflict of avoidance (任职回避): found from family relations and posts, resolved, or gone by itself."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

FOUND, RESOLVED, EXCEPTED, GONE = "found", "resolved", "excepted", "gone"
CONFLICT_STATES = [
    (FOUND, pgettext_lazy("conflict", "to be resolved")),
    (RESOLVED, pgettext_lazy("conflict", "resolved")),
    (EXCEPTED, pgettext_lazy("conflict", "no conflict, or excepted")),
    (GONE, pgettext_lazy("conflict", "gone")),
]
RESOLVE = "supervision.resolve_conflict"

CONFLICT = Workflow(
    kind="supervision.conflict",
    label=_("Conflict of avoidance (任职回避)"),
    version=1,
    initial=frozenset({FOUND}),
    terminal=frozenset({RESOLVED, GONE}),
    steps=(
        Step("resolve", pgettext_lazy("conflict", "Resolve"), frozenset({FOUND}), RESOLVED, RESOLVE, needs_reason=True),
        Step("except", _("Keep with a reason"), frozenset({FOUND}), EXCEPTED, RESOLVE, needs_reason=True),
        Step(
            "vanish",
            pgettext_lazy("conflict", "No longer so"),
            frozenset({FOUND, EXCEPTED}),
            GONE,
            RESOLVE,
            needs_reason=True,
            automatic=True,
        ),
    ),
)
