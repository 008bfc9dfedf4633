"""Prior filing of a risky reform (容错报备、风险预申报): filed by the unit before it acts, looked through within one working day.

A filing decides nothing about tolerance: it is evidence for a later case, and the office's way to advise before harm is done.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .tolerance_case import ACCEPT, APPLY

DRAFT, FILED, RETURNED, ACCEPTED = "draft", "filed", "returned", "accepted"
CLOSED, WITHDRAWN = "closed", "withdrawn"
FILING_STATES = [
    (DRAFT, pgettext_lazy("filing", "draft")),
    (FILED, pgettext_lazy("filing", "filed, under preliminary review")),
    (RETURNED, pgettext_lazy("filing", "returned to be completed")),
    (ACCEPTED, pgettext_lazy("filing", "accepted, on file")),
    (CLOSED, pgettext_lazy("filing", "closed")),
    (WITHDRAWN, pgettext_lazy("filing", "withdrawn")),
]
PATH = (DRAFT, FILED, ACCEPTED, CLOSED)
"""Stations of the usual way."""
CITABLE = (ACCEPTED, CLOSED)
"""States in which a later case can cite a filing."""
OPEN_FOR_CHANGES = (DRAFT, RETURNED)

FILING = Workflow(
    kind="tolerance.filing",
    label=_("Prior filing (容错报备)"),
    version=1,
    initial=frozenset({DRAFT}),
    terminal=frozenset({CLOSED, WITHDRAWN}),
    steps=(
        Step("file", pgettext_lazy("filing", "File"), frozenset({DRAFT, RETURNED}), FILED, APPLY),
        Step(
            "accept",
            pgettext_lazy("filing", "Accept after preliminary review"),
            frozenset({FILED}),
            ACCEPTED,
            ACCEPT,
            deadline_rule="TOL-PREFILE-DAYS",
        ),
        Step(
            "return",
            pgettext_lazy("filing", "Return to be completed"),
            frozenset({FILED}),
            RETURNED,
            ACCEPT,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "close",
            pgettext_lazy("filing", "Record the result and close"),
            frozenset({ACCEPTED}),
            CLOSED,
            APPLY,
            own_clock=True,
        ),
        Step(
            "withdraw",
            pgettext_lazy("filing", "Withdraw the filing"),
            frozenset({DRAFT, FILED, RETURNED}),
            WITHDRAWN,
            APPLY,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
