"""The measure as a case: pure data; the engine, the buttons and the database trigger read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

MANUAL, PROPOSED, REVIEWED, APPROVED = "manual", "proposed", "reviewed", "approved"
DECLINED, EXECUTED, CLOSED, WITHDRAWN = "declined", "executed", "closed", "withdrawn"
SHELTERED = "sheltered"
SET_ASIDE = (MANUAL, PROPOSED, REVIEWED, APPROVED, EXECUTED)
"""States out of which a decision on tolerance (容错) sets a measure aside, and back into which its reversal leads."""

TAKEN_UP = {
    MANUAL: pgettext_lazy("measure", "Taken up again: to be decided by hand"),
    PROPOSED: pgettext_lazy("measure", "Taken up again: proposed"),
    REVIEWED: pgettext_lazy("measure", "Taken up again: reviewed"),
    APPROVED: pgettext_lazy("measure", "Taken up again: approved"),
    EXECUTED: pgettext_lazy("measure", "Taken up again: carried out"),
}
"""The moves back, when the decision on tolerance was reversed."""
STATES = [
    (MANUAL, _("waits for a manual decision")),
    (PROPOSED, _("proposed")),
    (REVIEWED, _("reviewed")),
    (APPROVED, _("approved")),
    (DECLINED, _("declined")),
    (EXECUTED, _("carried out")),
    (CLOSED, _("closed")),
    (WITHDRAWN, _("withdrawn")),
    (SHELTERED, pgettext_lazy("measure", "set aside by a decision on tolerance")),
]

MEASURE = Workflow(
    kind="assessments.measure",
    label=_("Measure for a leader of a bottom-ranked unit (末位倒逼措施)"),
    version=1,
    initial=frozenset({MANUAL, PROPOSED}),
    terminal=frozenset({DECLINED, CLOSED, WITHDRAWN}),
    steps=(
        Step(
            "propose",
            _("Propose"),
            frozenset({MANUAL}),
            PROPOSED,
            "assessments.review_measure",
            needs_reason=True,
            deadline_rule="ASM-MEASURE-REVIEW-DAYS",
        ),
        Step(
            "dismiss",
            _("No measure"),
            frozenset({MANUAL}),
            DECLINED,
            "assessments.review_measure",
            needs_reason=True,
            style="danger",
        ),
        Step(
            "review",
            _("Pass on after review"),
            frozenset({PROPOSED}),
            REVIEWED,
            "assessments.review_measure",
            needs_reason=True,
            deadline_rule="ASM-MEASURE-REVIEW-DAYS",
        ),
        Step(
            "approve",
            _("Approve"),
            frozenset({REVIEWED}),
            APPROVED,
            "assessments.decide_measure",
            needs_reason=True,
            deadline_rule="ASM-MEASURE-DECIDE-DAYS",
        ),
        Step(
            "decline",
            _("Decline"),
            frozenset({REVIEWED}),
            DECLINED,
            "assessments.decide_measure",
            needs_reason=True,
            style="danger",
        ),
        Step(
            "execute",
            _("Record as carried out"),
            frozenset({APPROVED}),
            EXECUTED,
            "assessments.execute_measure",
            needs_reason=True,
            deadline_rule="ASM-MEASURE-EXECUTE-DAYS",
        ),
        Step(
            "close",
            pgettext_lazy("case", "Close"),
            frozenset({EXECUTED}),
            CLOSED,
            "assessments.execute_measure",
            needs_reason=True,
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            frozenset({MANUAL, PROPOSED, REVIEWED}),
            WITHDRAWN,
            "assessments.sign_run",
            needs_reason=True,
            automatic=True,
        ),
        Step(
            "revoke",
            _("Take the decision back"),
            frozenset({APPROVED, EXECUTED}),
            WITHDRAWN,
            "assessments.decide_measure",
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step(
            "set_aside",
            pgettext_lazy("measure", "Set aside by a decision on tolerance"),
            frozenset(SET_ASIDE),
            SHELTERED,
            "tolerance.decide_case",
            needs_reason=True,
            automatic=True,
        ),
        *(
            Step(
                f"take_up_{state}",
                label,
                frozenset({SHELTERED}),
                state,
                "tolerance.decide_case",
                needs_reason=True,
                automatic=True,
            )
            for state, label in TAKEN_UP.items()
        ),
    ),
)
