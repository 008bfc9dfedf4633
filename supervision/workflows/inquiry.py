"""The inquiry letter (函询): approved, sent, answered within 15 working days (R-1.42), believed, asked again or verified."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

from .admonishment import AGREE, CARRY_OUT

PROPOSED, APPROVED, SENT, REPLIED, VERIFYING = "proposed", "approved", "sent", "replied", "verifying"
CLOSED, REFERRED, DECLINED, REVOKED = "closed", "referred", "declined", "revoked"
INQUIRY_STATES = [
    (PROPOSED, pgettext_lazy("inquiry", "proposed")),
    (APPROVED, pgettext_lazy("inquiry", "approved")),
    (SENT, _("sent, reply awaited")),
    (REPLIED, _("replied")),
    (VERIFYING, _("reply being verified")),
    (CLOSED, _("settled")),
    (REFERRED, _("referred to discipline inspection")),
    (DECLINED, pgettext_lazy("inquiry", "declined")),
    (REVOKED, pgettext_lazy("inquiry", "withdrawn")),
]

INQUIRY = Workflow(
    kind="supervision.inquiry",
    label=_("Inquiry letter (函询)"),
    version=1,
    initial=frozenset({PROPOSED}),
    terminal=frozenset({CLOSED, REFERRED, DECLINED, REVOKED}),
    steps=(
        Step("approve", pgettext_lazy("inquiry", "Approve"), frozenset({PROPOSED}), APPROVED, AGREE),
        Step(
            "decline",
            pgettext_lazy("inquiry", "Decline"),
            frozenset({PROPOSED}),
            DECLINED,
            AGREE,
            needs_reason=True,
            style="danger",
        ),
        Step("send", _("Record the letter as sent"), frozenset({APPROVED}), SENT, CARRY_OUT),
        Step(
            "reply",
            _("Receive the reply"),
            frozenset({SENT}),
            REPLIED,
            CARRY_OUT,
            deadline_rule="R-1.42",
        ),
        Step("accept", _("Accept the reply"), frozenset({REPLIED, VERIFYING}), CLOSED, CARRY_OUT, needs_reason=True),
        Step("ask_again", _("Ask a second time"), frozenset({REPLIED}), APPROVED, CARRY_OUT, needs_reason=True),
        Step("verify", _("Verify by sampling"), frozenset({REPLIED}), VERIFYING, CARRY_OUT, needs_reason=True),
        Step(
            "refer",
            _("Refer to discipline inspection"),
            frozenset({SENT, REPLIED, VERIFYING}),
            REFERRED,
            AGREE,
            needs_reason=True,
            style="danger",
        ),
        Step(
            "revoke",
            pgettext_lazy("inquiry", "Withdraw the inquiry"),
            frozenset({APPROVED, SENT}),
            REVOKED,
            AGREE,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
    ),
)
