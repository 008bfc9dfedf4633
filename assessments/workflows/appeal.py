"""The appeal as a case (考核申诉): pure data; the engine, the buttons and the database trigger read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

LATE, FILED, ANSWERED = "late", "filed", "answered"
ACCEPTED, REJECTED, REFUSED, WITHDRAWN = "accepted", "rejected", "refused", "withdrawn"

STATES = [
    (LATE, _("filed late, waits for admission")),
    (FILED, _("waits for the department's answer")),
    (ANSWERED, _("answered, waits for the decision")),
    (ACCEPTED, pgettext_lazy("appeal", "accepted")),
    (REJECTED, pgettext_lazy("appeal", "rejected")),
    (REFUSED, _("not admitted")),
    (WITHDRAWN, pgettext_lazy("appeal", "withdrawn")),
]
DECIDE = "assessments.decide_appeal"

APPEAL = Workflow(
    kind="assessments.appeal",
    label=_("Appeal (考核申诉)"),
    version=1,
    initial=frozenset({LATE, FILED}),
    terminal=frozenset({ACCEPTED, REJECTED, REFUSED, WITHDRAWN}),
    steps=(
        Step(
            "admit",
            _("Admit though late"),
            frozenset({LATE}),
            FILED,
            DECIDE,
            needs_reason=True,
            deadline_rule="ASM-APPEAL-DECIDE-DAYS",
        ),
        Step("refuse", _("Do not admit"), frozenset({LATE}), REFUSED, DECIDE, needs_reason=True, style="danger"),
        Step(
            "answer",
            pgettext_lazy("appeal", "Answer"),
            frozenset({FILED}),
            ANSWERED,
            "assessments.answer_appeal",
            needs_reason=True,
            deadline_rule="ASM-APPEAL-ANSWER-DAYS",
            at="responsible",
            answers=(("agree", _("Agree: what the unit wants is right")), ("disagree", _("Disagree"))),
        ),
        Step(
            "accept",
            pgettext_lazy("appeal", "Accept"),
            frozenset({ANSWERED}),
            ACCEPTED,
            DECIDE,
            needs_reason=True,
            deadline_rule="ASM-APPEAL-DECIDE-DAYS",
        ),
        Step(
            "reject",
            pgettext_lazy("appeal", "Reject"),
            frozenset({ANSWERED}),
            REJECTED,
            DECIDE,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "withdraw",
            pgettext_lazy("appeal", "Withdraw"),
            frozenset({LATE, FILED, ANSWERED}),
            WITHDRAWN,
            "assessments.file_appeal",
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
