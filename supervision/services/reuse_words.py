"""The sentences of reuse: what stands against a condition, with the rule and its article."""

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.casework.registry import kind_named
from foundation.common.results import Reason
from foundation.regulations.services.codes import code_label
from officials.selectors.restrictions import kind_label

from ..choices import ReuseMode, VisitResult

TEXTS = {
    "PERIOD_RUNNING": _("%(kind)s (%(source_no)s) bars the mode “%(mode)s” until %(ends_on)s; from %(free_on)s it is possible."),
    "PERIOD_WITHOUT_END": _("%(kind)s (%(source_no)s) bars the mode “%(mode)s” and has no known end."),
    "HELD": _("The person is on hold after expiry (%(source_no)s). Lift the hold first."),
    "APPEAL_WAITS": _("An appeal against %(number)s waits for its answer. Record the answer first."),
    "STATEMENT_MISSING": _("“%(condition)s”: say so and name the evidence in the draft."),
    "VISIT_NONE": _("No return visit has been made since the decision. Plan one and record it."),
    "VISIT_OVERDUE": _("The return visit %(number)s planned for %(on)s has not been made. Record or cancel it."),
    "VISIT_NOT_GOOD": _("The last return visit %(number)s of %(on)s found: %(result)s. Only “good” speaks for use; visit again."),
    "PENDING": _("%(kind)s is proposed (%(source_no)s) and not decided yet."),
    "CASE_OPEN": _("%(kind)s %(number)s is open. Settle it first."),
    "RATING_LOW": _("The annual rating of %(year)s is %(rating)s: nobody with it may be nominated the year after."),
    "RATING_PENDING": _("The annual rating of %(year)s is not in the record: the verdict is pending until it is."),
}  # fmt: skip
"""By code of the pure rule; the rule itself follows in brackets."""


def in_words(reasons) -> list[Reason]:
    """Reasons of the pure rules with their sentences, each naming its rule and where that stands."""
    return [Reason(one.code, one.facts, one.cite, _said(one)) for one in reasons]


def _said(reason: Reason) -> str:
    facts = {name: _word(reason.code, name, value) for name, value in reason.facts.items()}
    law = f"《{reason.cite.law}》{reason.cite.article}" if reason.cite and reason.cite.article else ""
    return format_lazy(_("{text} ({rule})"), text=TEXTS[reason.code] % facts, rule=f"{facts['rule_id']} {law}".strip())


def _word(code: str, name: str, value):
    if name == "kind":
        case = kind_named(value) if code == "CASE_OPEN" else None
        return case.flow.label if case else kind_label(value)
    if name == "mode":
        return ReuseMode(value).label
    if name == "result":
        return VisitResult(value).label
    if name == "condition":
        return code_label("rule_word", value)
    return date_format(value, "Y.m.d") if hasattr(value, "isoformat") else value
