"""A report from the public in the register (检举控告、信访): taken in, accepted, told, concluded, told again, reviewed.

Days run by kind (`rules.complaints`): the case itself names each last day. A report that was answered stays open to review:
telling the result ends the work, a petitioner may still ask for a review and a second one.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

RECEIVED, ACCEPTED, HANDLING, CONCLUDED = "received", "accepted", "handling", "concluded"
TOLD, REVIEWING = "told", "reviewing"
FORWARDED, NOT_ACCEPTED = "forwarded", "not_accepted"
COMPLAINT_STATES = [
    (RECEIVED, pgettext_lazy("report", "received")),
    (ACCEPTED, pgettext_lazy("report", "accepted, to be told")),
    (HANDLING, pgettext_lazy("report", "being handled")),
    (CONCLUDED, pgettext_lazy("report", "concluded, to be told")),
    (TOLD, pgettext_lazy("report", "closed")),
    (REVIEWING, pgettext_lazy("report", "under review")),
    (FORWARDED, pgettext_lazy("report", "sent to the body in charge")),
    (NOT_ACCEPTED, pgettext_lazy("report", "not accepted")),
]
PATH = (RECEIVED, ACCEPTED, HANDLING, CONCLUDED, TOLD)
"""Stations of the usual way."""
VIEW, REGISTER, HANDLE = "tolerance.view_complaint", "tolerance.register_complaint", "tolerance.handle_complaint"

COMPLAINT = Workflow(
    kind="tolerance.complaint",
    label=_("Report from the public (检举控告、信访)"),
    version=1,
    initial=frozenset({RECEIVED}),
    terminal=frozenset({FORWARDED, NOT_ACCEPTED}),
    steps=(
        Step("accept", pgettext_lazy("report", "Accept"), frozenset({RECEIVED}), ACCEPTED, HANDLE, own_clock=True),
        Step(
            "forward",
            _("Send to the body in charge"),
            frozenset({RECEIVED}),
            FORWARDED,
            HANDLE,
            waits=False,
        ),
        Step(
            "not_accept",
            pgettext_lazy("report", "Do not accept"),
            frozenset({RECEIVED}),
            NOT_ACCEPTED,
            HANDLE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step(
            "tell_acceptance",
            _("Acceptance told to the reporter"),
            frozenset({ACCEPTED}),
            HANDLING,
            HANDLE,
            own_clock=True,
        ),
        Step("conclude", _("Conclude"), frozenset({ACCEPTED, HANDLING}), CONCLUDED, HANDLE, own_clock=True),
        Step(
            "extend",
            _("Extend the time once (petitions)"),
            frozenset({HANDLING}),
            HANDLING,
            HANDLE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "tell_result",
            _("Result told to the reporter"),
            frozenset({CONCLUDED}),
            TOLD,
            HANDLE,
            own_clock=True,
        ),
        Step(
            "close_untold",
            _("Close: nobody can be told (anonymous)"),
            frozenset({CONCLUDED}),
            TOLD,
            HANDLE,
            waits=False,
        ),
        Step(
            "ask_review",
            _("The petitioner asks for a review"),
            frozenset({TOLD}),
            REVIEWING,
            HANDLE,
            waits=False,
        ),
        Step("answer_review", _("Answer the review"), frozenset({REVIEWING}), TOLD, HANDLE, own_clock=True),
    ),
)
