"""A conflict of avoidance (任职回避): found from family relations and posts, decided, and ended when the facts have changed.

Nobody ends one by saying so: it ends when family relations and posts no longer conflict.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

FOUND, DECIDED, EXCEPTED, RESOLVED, GONE = "found", "decided", "excepted", "resolved", "gone"
CONFLICT_STATES = [
    (FOUND, pgettext_lazy("conflict", "to be resolved")),
    (DECIDED, pgettext_lazy("conflict", "decided, being carried out")),
    (EXCEPTED, pgettext_lazy("conflict", "no conflict, or excepted")),
    (RESOLVED, pgettext_lazy("conflict", "resolved")),
    (GONE, pgettext_lazy("conflict", "gone")),
]
STANDING = (FOUND, DECIDED, EXCEPTED)
"""States in which the facts still conflict."""
RESOLVE = "supervision.resolve_conflict"

CONFLICT = Workflow(
    kind="supervision.conflict",
    label=_("Conflict of avoidance (任职回避)"),
    version=2,
    initial=frozenset({FOUND}),
    terminal=frozenset({RESOLVED, GONE}),
    steps=(
        Step("decide", pgettext_lazy("conflict", "Record the decision"), frozenset({FOUND}), DECIDED, RESOLVE),
        Step(
            "except",
            pgettext_lazy("conflict", "Keep with a reason"),
            frozenset({FOUND, DECIDED}),
            EXCEPTED,
            RESOLVE,
            needs_reason=True,
        ),
        Step(
            "reopen",
            pgettext_lazy("conflict", "Open again"),
            frozenset({DECIDED, EXCEPTED}),
            FOUND,
            RESOLVE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "vanish",
            pgettext_lazy("conflict", "No longer so"),
            frozenset({FOUND, EXCEPTED}),
            GONE,
            RESOLVE,
            needs_reason=True,
            automatic=True,
        ),
        Step(
            "end",
            pgettext_lazy("conflict", "Carried out"),
            frozenset({DECIDED}),
            RESOLVED,
            RESOLVE,
            needs_reason=True,
            automatic=True,
        ),
    ),
)
