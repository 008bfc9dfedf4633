"""The submission of a department's figures as a case: filled in, submitted, verified, or returned and submitted again."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

FILLING, SUBMITTED, VERIFIED, RETURNED = "filling", "submitted", "verified", "returned"
COLLECTION_STATES = [
    (FILLING, _("being filled in")),
    (SUBMITTED, pgettext_lazy("figures", "submitted")),
    (VERIFIED, pgettext_lazy("figures", "verified")),
    (RETURNED, _("returned")),
]
SUBMIT, VERIFY = "assessments.submit_collection", "assessments.verify_collection"

COLLECTION = Workflow(
    kind="assessments.collection",
    label=_("Submission of figures (数据报送)"),
    version=1,
    initial=frozenset({FILLING}),
    terminal=frozenset(),
    steps=(
        Step("submit", _("Submit"), frozenset({FILLING}), SUBMITTED, SUBMIT, deadline_rule="ASM-COLLECT-DAYS"),
        Step(
            "resubmit",
            _("Submit again"),
            frozenset({RETURNED}),
            SUBMITTED,
            SUBMIT,
            deadline_rule="ASM-COLLECT-RETURN-DAYS",
        ),
        Step(
            "submit_for",
            _("Submit on behalf of the department"),
            frozenset({FILLING, RETURNED}),
            SUBMITTED,
            VERIFY,
            needs_reason=True,
            waits=False,
        ),
        Step("verify", _("Verify"), frozenset({SUBMITTED}), VERIFIED, VERIFY, deadline_rule="ASM-COLLECT-VERIFY-DAYS"),
        Step(
            "send_back",
            _("Return for correction"),
            frozenset({SUBMITTED}),
            RETURNED,
            VERIFY,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "reopen",
            _("Open again"),
            frozenset({VERIFIED}),
            RETURNED,
            VERIFY,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
