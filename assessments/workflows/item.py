"""A bonus, deduction or veto as a proposal: proposed, then approved or declined by somebody else of the office."""

from django.utils.translation import gettext_lazy as _

from foundation.casework.flow import Step, Workflow

ITEM_PROPOSED, ITEM_APPROVED, ITEM_DECLINED, ITEM_WITHDRAWN = "proposed", "approved", "declined", "withdrawn"
ITEM_STATES = [
    (ITEM_PROPOSED, _("proposed")),
    (ITEM_APPROVED, _("approved")),
    (ITEM_DECLINED, _("declined")),
    (ITEM_WITHDRAWN, _("withdrawn")),
]
PROPOSE, DECIDE = "assessments.propose_item", "assessments.decide_item"

ITEM = Workflow(
    kind="assessments.item",
    label=_("Proposal of a bonus, deduction or veto (加减分、一票否决提案)"),
    version=1,
    initial=frozenset({ITEM_PROPOSED}),
    terminal=frozenset({ITEM_APPROVED, ITEM_DECLINED, ITEM_WITHDRAWN}),
    steps=(
        Step(
            "approve",
            _("Approve"),
            frozenset({ITEM_PROPOSED}),
            ITEM_APPROVED,
            DECIDE,
            needs_reason=True,
            deadline_rule="ASM-ITEM-DECIDE-DAYS",
        ),
        Step(
            "decline",
            _("Decline"),
            frozenset({ITEM_PROPOSED}),
            ITEM_DECLINED,
            DECIDE,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            frozenset({ITEM_PROPOSED}),
            ITEM_WITHDRAWN,
            PROPOSE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
