"""The request to publish as a case (发布提请): pure data; the engine, the buttons and the database trigger read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Step, Workflow

REQUESTED, PUBLISHED = "requested", "published"
REFUSED, LAPSED, WITHDRAWN = "refused", "lapsed", "withdrawn"

STATES = [
    (REQUESTED, _("waits for the second signature")),
    (PUBLISHED, pgettext_lazy("request", "signed and published")),
    (REFUSED, pgettext_lazy("request", "refused")),
    (LAPSED, _("lapsed: the inputs changed")),
    (WITHDRAWN, pgettext_lazy("request", "withdrawn")),
]
ASK, SIGN = "assessments.publish_run", "assessments.sign_run"

PUBLISH_REQUEST = Workflow(
    kind="assessments.publish_request",
    label=_("Request to publish (发布提请)"),
    version=1,
    initial=frozenset({REQUESTED}),
    terminal=frozenset({PUBLISHED, REFUSED, LAPSED, WITHDRAWN}),
    steps=(
        Step("confirm", _("Sign and publish"), frozenset({REQUESTED}), PUBLISHED, SIGN),
        Step("sign", _("Sign, others follow"), frozenset({REQUESTED}), REQUESTED, SIGN, automatic=True),
        Step("refuse", _("Do not sign"), frozenset({REQUESTED}), REFUSED, SIGN, needs_reason=True, style="danger"),
        Step(
            "withdraw",
            _("Take back the request"),
            frozenset({REQUESTED}),
            WITHDRAWN,
            ASK,
            needs_reason=True,
            waits=False,
            style="danger",
        ),
        Step("lapse", _("Lapse"), frozenset({REQUESTED}), LAPSED, SIGN, needs_reason=True, automatic=True),
    ),
)
