"""What stands against the steps of a report from the public: the pure rules, asked with the facts of the case."""

from django.utils.translation import gettext as _

from foundation.casework.models import Deadline
from foundation.common.results import Reason

from ..choices import Owner, ReportKind
from ..rules import complaints as rules
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..workflows.complaint import COMPLAINT
from .complaint_law import in_words, law_of

TEXT_FIELDS = ("matter", "conclusion", "forwarded_to", "late_reason")


def belongs_here(case, *, actor, **payload):
    """What belongs to the level above or below is sent there, not accepted (arts 15–16)."""
    if case.owner == Owner.OWN:
        return []
    text = _("This is a matter of another level: send it to the body in charge (CLR-FORWARD-DAYS).")
    return [Reason("NOT_OF_THIS_LEVEL", {"rule_id": "CLR-FORWARD-DAYS"}, law_of(case).cites["CLR-FORWARD-DAYS"], text)]


def can_be_told(case, *, actor, **payload):
    """Nobody can be told where nobody gave a name."""
    if case.kind != ReportKind.ANONYMOUS:
        return []
    return [Reason("NOBODY_TO_TELL", text=_("The report is anonymous: nobody can be told. Go on without."))]


def nobody_to_tell(case, *, actor, **payload):
    """Whoever gave a name hears the result."""
    if case.kind == ReportKind.ANONYMOUS:
        return []
    return [Reason("SOMEBODY_TO_TELL", text=_("The reporter is known: tell the result, then the report is closed."))]


def acceptance_told(case, *, actor, **payload):
    """The reporter hears of the acceptance before the matter is concluded."""
    return in_words(rules.check_told(case.kind, case.acceptance_told_on is not None, law_of(case)).reasons)


def may_be_extended(case, *, actor, **payload):
    """Petitions, once (信访工作条例: 30 days more)."""
    if case.kind == ReportKind.PETITION and not case.is_extended:
        return []
    return [Reason("NO_EXTENSION", {"rule_id": "CLR-PETITION-DAYS"}, text=_("Only petitions are extended, and once."))]


def may_be_reviewed(case, *, actor, **payload):
    """A petition twice (复查、复核)."""
    return in_words(rules.check_review(case.kind, case.reviews, law_of(case)).reasons)


def no_informer(case, *, actor, reason="", **payload):
    """No text names who reported (R-CON-01)."""
    texts = {name: str(payload[name]) for name in TEXT_FIELDS if payload.get(name)}
    if reason:
        texts["reason"] = reason
    return in_words(check_texts(texts, words_about(case.number)).reasons)


def in_time(step: str, name: str):
    """Guard: what comes after the last day says why it came late."""

    def fits(case, *, actor, **payload):
        day = payload.get(name)
        clock = Deadline.objects.filter(
            kind=COMPLAINT.kind, case_no=case.case_no, step=step, closed_at__isnull=True
        ).first()
        if not day or clock is None or day <= clock.due_on or (payload.get("late_reason") or "").strip():
            return []
        text = _("The last day was %(due)s (%(rule_id)s). Say why it is late, and it is taken.")
        known = {"field": "late_reason", "due_on": clock.due_on, "rule_id": case.due_rule}
        words = {"due": f"{clock.due_on:%Y.%m.%d}", "rule_id": case.due_rule}
        return [Reason("LATE_WITHOUT_REASON", known, law_of(case).cites.get(case.due_rule), text % words)]

    return fits
