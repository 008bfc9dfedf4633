"""What a lead for an adjustment rests on, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.regulations.services.codes import code_label

from .tools import CODES

EVIDENCE = {
    "unit_name": pgettext_lazy("evidence", "unit"),
    "post": pgettext_lazy("evidence", "post"),
    "days": pgettext_lazy("evidence", "days in post"),
    "year": pgettext_lazy("evidence", "assessed year"),
    "run": pgettext_lazy("evidence", "run"),
    "score": pgettext_lazy("evidence", "total points"),
    "rank": pgettext_lazy("evidence", "rank"),
    "n": pgettext_lazy("evidence", "units of the category"),
    "grade": pgettext_lazy("evidence", "grade"),
    "streak": pgettext_lazy("evidence", "years in a row among the last"),
    "situations": _("situations"),
    "approved_on": _("approved on"),
    "held_on": _("held or delivered on"),
    "examined_on": _("self-examination received on"),
    "reported_on": _("rectification reported on"),
    "checked_on": _("checked on"),
    "finding": pgettext_lazy("evidence", "finding"),
    "consequence": _("proposed consequence"),
}
"""Facts that a lead brings, in the order in which they are read."""


def evidence_lines(case) -> list[tuple[str, str]]:
    """What a lead rests on: label and words of each fact that its decision brought; none for other cases."""
    known = getattr(case, "evidence", None) or {}
    return [(str(label), _evidence_words(name, known[name])) for name, label in EVIDENCE.items() if name in known]


def _evidence_words(name: str, value) -> str:
    if name in CODES:
        return "；".join(code_label(CODES[name], one) for one in (value if isinstance(value, list) else [value]))
    return str(value).replace("-", ".") if name.endswith("_on") else str(value)
