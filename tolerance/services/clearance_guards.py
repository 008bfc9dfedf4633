"""What stands against the steps of a clearance: the pure rules, asked with the facts of the case and what was typed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.services.deadlines import county_of
from foundation.common.results import Reason
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.codes import codes
from foundation.regulations.services.rulebook import rulebook
from supervision.models import Revisit
from supervision.workflows.revisit import PLANNED

from ..models import Clearance, ClearanceAnnouncement
from ..rules import clearance as rules
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..workflows.clearance import CLEARANCE
from .clearance_law import in_words, law_of

TEXT_FIELDS = ("summary", "harm", "text", "explanation", "remedy", "consent_how", "scope_reason", "application")
TABLES = {"grounds": "clearance_ground", "modes": "clearance_mode", "scope": "clearance_scope"}


def harm_of(case: Clearance, grounds=None, routine_only=None) -> rules.Harm:
    """What is known of the harm; what was typed stands before what the case keeps."""
    known = case.grounds if grounds is None else grounds
    return rules.Harm(frozenset(known), case.routine_only if routine_only is None else bool(routine_only))


def trigger_given(case, *, actor, grounds=None, routine_only=None, **payload):
    """False and harmed, or the step is not taken (unproven ≠ false)."""
    if grounds is None and not case.grounds and case.finding not in rules.NEVER_FALSE:
        return []  # the button is offered: harm is asked by its form
    verdict = rules.check_trigger(case.finding, harm_of(case, grounds, routine_only), law_of(case))
    return in_words(verdict.reasons, "grounds")


def still_false(case, *, actor, **payload):
    """Whatever was approved before: nothing but a false report with harm is cleared."""
    return in_words(rules.check_trigger(case.finding, harm_of(case), law_of(case)).reasons)


def codes_known(case, *, actor, **payload):
    """Harm, modes and scopes are words of their tables."""
    found = []
    for name, table in (*TABLES.items(), ("spread", "clearance_scope")):
        value = payload.get(name) or ()
        for one in [value] if isinstance(value, str) else value:
            if one not in codes(table):
                found.append(Reason("CODE_UNKNOWN", {"field": name}, text=_("Choose one of the offers.")))
    return found


def modes_fit(case, *, actor, modes=(), scope="", spread="", scope_reason="", **payload):
    """The written mode belongs to every other (R-CLR-02); a scope wider than the harm is explained (R-CLR-07)."""
    law = law_of(case)
    found = in_words(rules.check_modes(modes, law).reasons, "modes")
    if scope in rules.SCOPES and spread in rules.SCOPES and not scope_reason.strip():
        found += in_words(rules.check_scope(scope, spread, law), "scope_reason")
    return found


def approved_by_chain(case, *, actor, **payload):
    """Head of the section, leader in charge, and before others the principal leader (R-CLR-05)."""
    given = [
        level for level in (rules.SECTION_HEAD, rules.LEADER, rules.PRINCIPAL) if str(payload.get(level) or "").strip()
    ]
    return in_words(rules.check_approvals(case.modes, given, law_of(case)).reasons)


def consent_stands(case, *, actor, **payload):
    """Nothing is said before others without consent (R-CLR-06)."""
    return in_words(rules.check_consent(case.modes, case.consent == "GIVEN", law_of(case)).reasons)


def consent_is_asked(case, *, actor, **payload):
    """Consent is a matter only where something is said before others."""
    if rules.needing_consent(case.modes, law_of(case)):
        return []
    return [Reason("CONSENT_NOT_NEEDED", text=_("These modes need no consent: go on to clear the person."))]


def all_announced(case, *, actor, **payload):
    """Every mode that was approved has been carried out (announcement record)."""
    held = ClearanceAnnouncement.objects.system().filter(clearance=case).values_list("mode", flat=True)
    return in_words(rules.check_announced(case.modes, list(held), law_of(case)).reasons)


def not_before_announcements(case, *, actor, cleared_on=None, **payload):
    """The clearance is complete with its last announcement."""
    days = ClearanceAnnouncement.objects.system().filter(clearance=case).values_list("held_on", flat=True)
    last = max(days, default=None)
    if not cleared_on or last is None or cleared_on >= last:
        return []
    text = _("This day lies before the last announcement, %(day)s.") % {"day": f"{last:%Y.%m.%d}"}
    return [Reason("DAY_TOO_EARLY", {"field": "cleared_on"}, text=text)]


def in_time_since_finding(case, *, actor, cleared_on=None, late_reason="", **payload):
    """The days since the finding run on behind the approval (CLR-CLEAR-DAYS); late needs a reason."""
    if not cleared_on or late_reason.strip() or case.late_reason:
        return []
    rule = rulebook(on=case.found_on, jurisdiction=county_of(case)).get("CLR-CLEAR-DAYS")
    due = add_working_days(case.found_on, int(rule.value)).date
    if cleared_on <= due:
        return []
    text = _("Since the finding the last day was %(due)s (%(rule_id)s). Say why it is late, and it is taken.")
    known = {"field": "late_reason", "due_on": due, "rule_id": "CLR-CLEAR-DAYS"}
    return [Reason("LATE_WITHOUT_REASON", known, rule.cite, text % {"due": f"{due:%Y.%m.%d}", "rule_id": rule.id})]


def refusal_fits(case, *, actor, refusal="", routine_only=False, **payload):
    """The ground against clearance is the one that the finding and the harm give; it is explained to the person (R-CLR-09)."""
    return in_words(
        rules.check_refusal(
            refusal or "", case.finding, harm_of(case, None, routine_only or None), law_of(case)
        ).reasons,
        "refusal",
    )


def no_informer(case, *, actor, reason="", **payload):
    """No text that was typed, and none that goes out, names the informer (R-CLR-08)."""
    texts = {name: str(payload.get(name) or "") for name in TEXT_FIELDS if payload.get(name)}
    if reason:
        texts["reason"] = reason
    return in_words(check_texts(texts, words_about(case.source_no), law_of(case).cites.get("R-CLR-08")).reasons)


def texts_stand(case, *, actor, **payload):
    """What was written before is looked at again before it goes out: the informer may have become known since."""
    texts = {name: getattr(case, name) for name in ("text", "harm") if getattr(case, name)}
    found = check_texts(texts, words_about(case.source_no), law_of(case).cites.get("R-CLR-08")).reasons
    return in_words(found)


def nobody_self(case, *, actor, **payload):
    """Whoever proposed a clearance does not approve it."""
    if actor.pk is None or actor.pk != case.proposed_by_id:
        return []
    return [Reason("CLEARANCE_SAME_PERSON", text=_("You proposed this. Somebody else must decide on it."))]


def visit_made(sequence: int):
    """Guard: the visit of this place has been made, or was cancelled with its reason (回访)."""

    def made(case, *, actor, **payload):
        visit = Revisit.objects.system().filter(source_kind=CLEARANCE.kind, source_no=case.case_no, sequence=sequence)
        planned = visit.filter(status=PLANNED).first()
        if planned is None:
            return []
        text = _("The visit %(case_no)s planned for %(day)s is still to be made.")
        words = {"case_no": planned.case_no, "day": f"{planned.planned_on:%Y.%m.%d}"}
        return [Reason("VISIT_TO_COME", {"case_no": planned.case_no}, text=text % words)]

    return made


def certificate_filed(case, *, actor, **payload):
    """The certificate lies in the record of integrity before the case is closed (§2.5)."""
    if case.certificate_no:
        return []
    text = _("The certificate of clearance is not filed yet. File it, then close.")
    return [Reason("CERTIFICATE_MISSING", {"today": timezone.localdate()}, text=text)]
