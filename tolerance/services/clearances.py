"""Clearances (澄清正名): taken up by the section, applied for by the person's unit, and what each step asks and does."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case, perform
from foundation.common.results import Reason
from foundation.common.scoping import require
from officials.models import Official
from supervision.choices import Source
from supervision.services.tool_cases import PREFIXES, new_case, person_of, refuse, summary_missing, writes
from supervision.services.tool_guards import facts_fit

from ..choices import Consent, Finding
from ..models import Clearance
from ..rules.clearance import check_trigger, without_consent
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..workflows.clearance import APPLY, APPROVE, CARRY_OUT, CLEARANCE, PROPOSE, PROPOSED
from . import clearance_guards as guards
from .clearance_effects import apply_clearance, withdraw_clearance
from .clearance_law import in_words, law_of
from .report_holds import REPORT

PREFIXES[Clearance] = "CQ"  # 澄清


@transaction.atomic
def take_up(
    *,
    actor,
    official: Official,
    report_no: str,
    summary: str,
    reported_on: date,
    finding: str,
    found_on: date | None = None,
    finding_body: str = "",
    finding_no: str = "",
    on: date | None = None,
) -> Clearance:
    """Take up a report about a person that was verified; `on`: the day of a case that was kept on paper before.

    An unproven report may be taken up too: it is then not cleared, with the ground and an explanation. Raises PermissionDenied
    outside the actor's units; DomainError (400, by field) for what is missing or impossible, or when the report is taken up
    already.
    """
    person = person_of(official)
    require(actor, PROPOSE, person.org_path)
    facts = {"summary": summary, "report_no": report_no, "reported_on": reported_on, "finding": finding}
    refuse(_wrong(person, facts, found_on, finding_body, on), "CLEARANCE_REFUSED")
    case = new_case(
        Clearance,
        person,
        actor=actor,
        status=PROPOSED,
        summary=summary,
        on=on,
        source=Source.COMPLAINT,
        source_kind=REPORT,
        source_no=report_no.strip(),
        reported_on=reported_on,
        finding=finding,
        found_on=found_on,
        finding_body=finding_body.strip(),
        finding_no=finding_no.strip(),
    )
    return _opened(case, actor, "tolerance.clearance.taken_up")


@transaction.atomic
def apply_for(*, actor, official: Official, application: str, report_no: str = "") -> Clearance:
    """Apply for clearance for a person of the unit (R-CLR-09): it is accepted in every case, and answered.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) without what the person says.
    """
    person = person_of(official)
    require(actor, APPLY, person.org_path)
    if not application.strip():
        text = _("Say what the person asks for and what the report did: the section answers it.")
        refuse([Reason("TEXT_MISSING", {"field": "application"}, text=text)], "CLEARANCE_REFUSED")
    words = words_about(report_no.strip())
    refuse(in_words(check_texts({"application": application}, words).reasons), "CLEARANCE_REFUSED")
    case = new_case(
        Clearance,
        person,
        actor=actor,
        status=PROPOSED,
        summary=_("Applied for by the person through the unit."),
        source=Source.COMPLAINT,
        source_kind=REPORT if report_no.strip() else "",
        source_no=report_no.strip(),
        application=application.strip(),
        applied_by=str(actor),
        applied_on=timezone.localdate(),
    )
    return _opened(case, actor, "tolerance.clearance.applied_for")


def _opened(case: Clearance, actor, action: str) -> Clearance:
    told = {"official": case.official_id, "report_no": case.source_no, "finding": case.finding}
    open_case(case, actor=actor, data=told)
    record(
        actor=actor,
        action=action,
        target_kind=CLEARANCE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data=told,
    )
    return case


def _wrong(person, facts, found_on, finding_body, on) -> list[Reason]:
    today, found = timezone.localdate(), summary_missing(facts["summary"])
    number = facts["report_no"].strip()
    if not number:
        text = _("Give the number of the report in its register; who reported stands nowhere here.")
        found.append(Reason("TEXT_MISSING", {"field": "report_no"}, text=text))
    if Clearance.objects.system().filter(official=person, source_no=number).exclude(source_no="").exists():
        text = _("This report is taken up already for this person: %(report)s.") % {"report": number}
        found.append(Reason("REPORT_TAKEN_UP", {"field": "report_no"}, text=text))
    if facts["finding"] not in Finding.values:
        found.append(Reason("CODE_UNKNOWN", {"field": "finding"}, text=_("Choose one of the offers.")))
    if facts["finding"] != Finding.NO_CONCLUSION:
        for name, value in (("found_on", found_on), ("finding_body", finding_body.strip())):
            if not value:
                found.append(Reason("FACT_MISSING", {"field": name}, text=_("A finding has its day and its body.")))
    for name, day in (("reported_on", facts["reported_on"]), ("found_on", found_on), ("on", on)):
        if day and day > today:
            found.append(Reason("DAY_IN_FUTURE", {"field": name}, text=_("This day lies in the future.")))
    if found_on and facts["reported_on"] and found_on < facts["reported_on"]:
        text = _("The finding lies before the report. Check the days.")
        found.append(Reason("DAY_TOO_EARLY", {"field": "found_on"}, text=text))
    return [*found, *in_words(check_texts({"summary": facts["summary"]}, words_about(number)).reasons)]


def _assessed(case, *, actor, reason="", **payload):
    """Harm, modes, scope and text as they were typed: what was unticked is gone."""
    for name in ("grounds", "modes"):
        setattr(case, name, sorted(payload.get(name) or ()))
    for name in ("harm", "spread", "scope", "scope_reason", "text"):
        setattr(case, name, (payload.get(name) or "").strip())
    case.routine_only = bool(payload.get("routine_only"))
    return {"grounds": case.grounds, "modes": case.modes, "scope": case.scope}


def _consented(case, *, actor, reason):
    case.consent = Consent.GIVEN
    return {"consent": case.consent}


def _refused(case, *, actor, reason):
    """What is said before others falls away; the smaller clearance needs no new approval."""
    case.consent = Consent.REFUSED
    case.modes = without_consent(case.modes, law_of(case))
    return {"consent": case.consent, "modes": case.modes}


_facts = writes("clear")


def _cleared(case, *, actor, reason="", effects=(), **payload):
    told = _facts(case, actor=actor, reason=reason, **payload)
    return told | apply_clearance(case, actor=actor, chosen=effects)


def _withdrawn(case, *, actor, reason="", withdrawn_by="", **payload):
    case.withdrawn_by = withdrawn_by.strip()
    day = timezone.localdate()
    return withdraw_clearance(case, actor=actor, day=day, reason=reason, by=case.withdrawn_by)


bind(
    CLEARANCE,
    Clearance,
    url_name="clearances:case",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="tolerance.view_clearance", add=(PROPOSE, CARRY_OUT, APPROVE)),
    find=Handler(input_guards=(facts_fit("find"), guards.no_informer), effect=writes("find")),
    assess=Handler(
        guards=(guards.trigger_given,),
        input_guards=(facts_fit("assess"), guards.codes_known, guards.modes_fit, guards.no_informer),
        effect=_assessed,
    ),
    approve=Handler(
        guards=(guards.nobody_self, guards.still_false, guards.texts_stand),
        input_guards=(facts_fit("approve"), guards.approved_by_chain),
        effect=writes("approve"),
    ),
    send_back=Handler(guards=(guards.nobody_self,)),
    consent=Handler(
        guards=(guards.consent_is_asked,),
        input_guards=(facts_fit("consent"), guards.no_informer),
        effect=writes("consent", _consented),
    ),
    go_without=Handler(
        guards=(guards.consent_is_asked,),
        input_guards=(facts_fit("go_without"),),
        effect=writes("go_without", _refused),
    ),
    clear=Handler(
        guards=(guards.still_false, guards.consent_stands, guards.all_announced, guards.texts_stand),
        input_guards=(
            facts_fit("clear"),
            guards.not_before_announcements,
            guards.in_time_since_finding,
            guards.no_informer,
        ),
        effect=_cleared,
    ),
    reject=Handler(
        input_guards=(facts_fit("reject"), guards.refusal_fits, guards.no_informer), effect=writes("reject")
    ),
    visit=Handler(guards=(guards.visit_made(1),)),
    visit_again=Handler(guards=(guards.visit_made(2), guards.certificate_filed)),
    withdraw=Handler(input_guards=(facts_fit("withdraw"), guards.no_informer), effect=_withdrawn),
)


@transaction.atomic
def take_up_with_plan(*, actor, official: Official, plan: dict | None, **report) -> Clearance:
    """Take up a report and propose at once how the person is cleared (the guided way); without a plan that follows later.

    Raises what `take_up` and the step `assess` raise; nothing is kept when either is refused.
    """
    case = take_up(actor=actor, official=official, **report)
    return perform(case, "assess", actor=actor, **plan) if plan else case


def foresee(official: Official, report: dict, plan: dict | None) -> list[Reason]:
    """What the rules say to a report and a plan before anything is entered; nothing is written."""
    case = Clearance(
        official=official, organization=official.home, opened_on=timezone.localdate(), status=PROPOSED,
        source_no=report["report_no"], finding=report["finding"], found_on=report["found_on"],
    )  # fmt: skip
    given = plan or {"grounds": [], "modes": []}
    found = in_words(
        check_trigger(
            case.finding, guards.harm_of(case, given["grounds"], given.get("routine_only")), law_of(case)
        ).reasons,
        "grounds",
    )
    if plan:
        found += guards.modes_fit(case, actor=None, **plan)
    return [*found, *guards.no_informer(case, actor=None, summary=report["summary"], **given)]
