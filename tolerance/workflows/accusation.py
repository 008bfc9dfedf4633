"""A report looked at as a false accusation (诬告陷害): the states are those of table false_report_status (R-FAL-05).

The county inquires, proposes and reports upward; DETERMINED rests on the approval of the prefecture or above (R-FAL-02).
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

SUSPECTED, INVESTIGATING, PROPOSED, SENT = "SUSPECTED", "INVESTIGATING", "PROPOSED", "SENT_TO_PREFECTURE"
DETERMINED, MISTAKEN, NOT_ESTABLISHED = "DETERMINED", "MISTAKEN_REPORT", "NOT_ESTABLISHED"
ACCUSATION_STATES = [
    (SUSPECTED, pgettext_lazy("false accusation", "suspected")),
    (INVESTIGATING, pgettext_lazy("false accusation", "under inquiry")),
    (PROPOSED, pgettext_lazy("false accusation", "determination proposed")),
    (SENT, pgettext_lazy("false accusation", "reported to the prefecture")),
    (DETERMINED, pgettext_lazy("false accusation", "determined")),
    (MISTAKEN, pgettext_lazy("false accusation", "mistaken report (错告)")),
    (NOT_ESTABLISHED, pgettext_lazy("false accusation", "not established")),
]
PATH = (SUSPECTED, INVESTIGATING, PROPOSED, SENT, DETERMINED)
KEEP, CONCLUDE = "tolerance.keep_accusation", "tolerance.conclude_accusation"
UNDER_WAY = frozenset({INVESTIGATING, PROPOSED, SENT})

ACCUSATION = Workflow(
    kind="tolerance.accusation",
    label=_("False accusation (诬告陷害)"),
    version=1,
    initial=frozenset({SUSPECTED}),
    terminal=frozenset({DETERMINED, MISTAKEN, NOT_ESTABLISHED}),
    steps=(
        Step("investigate", _("Begin the inquiry"), frozenset({SUSPECTED}), INVESTIGATING, KEEP),
        Step("propose", _("Propose to determine"), frozenset({INVESTIGATING}), PROPOSED, KEEP),
        Step("send", _("Report to the prefecture"), frozenset({PROPOSED}), SENT, CONCLUDE),
        Step("determine", _("Record the determination"), frozenset({SENT}), DETERMINED, CONCLUDE, style="danger"),
        Step(
            "mistaken",
            _("Conclude: mistaken report"),
            UNDER_WAY,
            MISTAKEN,
            CONCLUDE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "not_established",
            _("Conclude: not established"),
            frozenset({SUSPECTED, *UNDER_WAY}),
            NOT_ESTABLISHED,
            CONCLUDE,
            needs_reason=True,
            waits=False,
        ),
    ),
)
