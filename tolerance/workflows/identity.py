"""A request to see who made a report: asked with a reason, answered by somebody else, looked at for minutes, over.

Every answer stays on record, refusals too (R-CON-04). Opening and looking are taken by who asked, in `services.identities`.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .complaint import VIEW

ASKED, APPROVED, OPEN = "asked", "approved", "open"
CLOSED, REFUSED, WITHDRAWN, LAPSED = "closed", "refused", "withdrawn", "lapsed"
IDENTITY_STATES = [
    (ASKED, pgettext_lazy("identity request", "to be answered")),
    (APPROVED, pgettext_lazy("identity request", "approved, not looked at yet")),
    (OPEN, pgettext_lazy("identity request", "open for minutes")),
    (CLOSED, pgettext_lazy("identity request", "looked at, over")),
    (REFUSED, pgettext_lazy("identity request", "refused")),
    (WITHDRAWN, pgettext_lazy("identity request", "withdrawn")),
    (LAPSED, pgettext_lazy("identity request", "lapsed unused")),
]
PATH = (ASKED, APPROVED, OPEN, CLOSED)
ASK, ANSWER = "tolerance.ask_identity", "tolerance.answer_identity"

IDENTITY = Workflow(
    kind="tolerance.identity",
    label=_("Request to see who reported"),
    version=1,
    initial=frozenset({ASKED}),
    terminal=frozenset({CLOSED, REFUSED, WITHDRAWN, LAPSED}),
    steps=(
        Step("approve", pgettext_lazy("identity request", "Approve"), frozenset({ASKED}), APPROVED, ANSWER),
        Step(
            "refuse",
            pgettext_lazy("identity request", "Refuse"),
            frozenset({ASKED}),
            REFUSED,
            ANSWER,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "withdraw",
            pgettext_lazy("identity request", "Withdraw"),
            frozenset({ASKED, APPROVED}),
            WITHDRAWN,
            VIEW,
            waits=False,
        ),
        Step("look", _("Open the identity"), frozenset({APPROVED}), OPEN, VIEW, automatic=True, waits=False),
        Step("close", _("Close the view"), frozenset({OPEN}), CLOSED, VIEW, automatic=True, waits=False),
        Step("lapse", _("Lapsed unused"), frozenset({APPROVED}), LAPSED, VIEW, automatic=True, waits=False),
    ),
)
