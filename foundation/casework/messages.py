"""Texts of notices by id; each room adds its own with `register`."""

from django.utils.translation import gettext_lazy as _

_texts = {}


def register(message: str, text):
    """Give a notice id its text (lazy, with named placeholders)."""
    _texts[message] = text


def text_of(message: str, params: dict) -> str:
    """The text in the reader's language. Raises KeyError for an id nobody registered."""
    return str(_texts[message]) % params


register("case.waits", _("Case %(case_no)s waits for you."))
register(
    "casework.lead_times_changed",
    _("%(who)s has changed the lead times of alerts %(rule)s; they hold from %(day)s. Look whether that is right."),
)

DIGEST = "alerts.digest"
register(
    DIGEST,
    _("%(total)s alerts wait for you: %(red)s red (overdue), %(orange)s orange, %(yellow)s yellow, %(blue)s blue."),
)
