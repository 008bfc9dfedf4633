"""The proposal to use somebody again (重新使用建议): drafted, checked, heard by the discipline commission, agreed, handed over.

The decision itself is taken by the selection procedure: a case that was handed over waits there, open, until that takes it up.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

DRAFT, CHECKED, ASKED, HEARD = "draft", "checked", "asked", "heard"
AGREED, WAITING, REUSED, DECLINED, WITHDRAWN = "agreed", "waiting", "reused", "declined", "withdrawn"
REUSE_STATES = [
    (DRAFT, pgettext_lazy("reuse", "drafted")),
    (CHECKED, pgettext_lazy("reuse", "conditions checked")),
    (ASKED, pgettext_lazy("reuse", "opinion asked for")),
    (HEARD, pgettext_lazy("reuse", "opinion received")),
    (AGREED, pgettext_lazy("reuse", "agreed by the department")),
    (WAITING, pgettext_lazy("reuse", "waits for the selection procedure")),
    (REUSED, pgettext_lazy("reuse", "used again")),
    (DECLINED, pgettext_lazy("reuse", "not agreed")),
    (WITHDRAWN, pgettext_lazy("reuse", "withdrawn")),
]
PATH = (DRAFT, CHECKED, ASKED, HEARD, AGREED, WAITING, REUSED)
"""Stations of the usual way."""
PROPOSE, OPINE, AGREE = "supervision.propose_reuse", "supervision.give_reuse_opinion", "supervision.agree_reuse"
OPEN = (DRAFT, CHECKED, ASKED, HEARD, AGREED, WAITING)


def _one(state: str) -> frozenset[str]:
    return frozenset({state})


REUSE = Workflow(
    kind="supervision.reuse",
    label=_("Proposal of reuse (重新使用建议)"),
    version=1,
    initial=frozenset({DRAFT, REUSED}),
    terminal=frozenset({REUSED, DECLINED, WITHDRAWN}),
    steps=(
        Step("check", _("Confirm that the conditions hold"), _one(DRAFT), CHECKED, PROPOSE),
        Step("ask", _("Ask the discipline commission"), _one(CHECKED), ASKED, PROPOSE),
        Step(
            "opine",
            _("Give the opinion"),
            _one(ASKED),
            HEARD,
            OPINE,
            needs_reason=True,
            deadline_rule="SUP-REUSE-OPINION-DAYS",
        ),
        Step("agree", _("Record the agreement of the department"), _one(HEARD), AGREED, AGREE),
        Step(
            "decline",
            pgettext_lazy("reuse", "Do not agree"),
            _one(HEARD),
            DECLINED,
            AGREE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step("hand_over", _("Hand over to the selection procedure"), _one(AGREED), WAITING, PROPOSE),
        Step("recheck", _("Check the conditions again"), _one(WAITING), WAITING, PROPOSE),
        Step(
            "amend",
            _("Take back to the draft"),
            frozenset({CHECKED, HEARD, AGREED, WAITING}),
            DRAFT,
            PROPOSE,
            needs_reason=True,
            waits=False,
        ),
        Step(
            "withdraw",
            pgettext_lazy("reuse", "Withdraw the proposal"),
            frozenset(OPEN),
            WITHDRAWN,
            PROPOSE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step("take_up", _("Taken up by the selection procedure"), _one(WAITING), REUSED, PROPOSE, automatic=True),
    ),
)
