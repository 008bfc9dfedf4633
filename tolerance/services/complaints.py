"""The register of reports from the public: entering one, the days by which it is answered, what each step asks and writes."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import note, open_case
from foundation.common.results import Reason
from foundation.common.scoping import require, scope_of
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official
from supervision.services.tool_cases import PREFIXES, next_case_no, refuse
from supervision.services.tool_guards import facts_fit
from supervision.workflows.step_facts import facts_of

from ..choices import Channel, Owner, ReportKind
from ..models import Complaint, ComplaintSubject
from ..rules import complaints as rules
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..selectors.complaints import is_concerned
from ..workflows.complaint import COMPLAINT, HANDLE, RECEIVED, REGISTER, VIEW
from . import complaint_guards as guards
from .complaint_law import EARLIEST, complaint_law, in_words, law_of

PREFIXES[Complaint] = "XF"  # 信访


@transaction.atomic
def register(
    *,
    actor,
    organization: Organization,
    number: str,
    kind: str,
    channel: str,
    received_on: date,
    owner: str = Owner.OWN,
    matter: str = "",
    officials: list[Official] = (),
) -> Complaint:
    """Enter a report under its number: what came, how, about whom; who made it is entered apart (`identities.keep_identity`).

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) for what is missing or impossible, for a
    number that the county has already, or for content of a matter of the level above (R-CON-02).
    """
    require(actor, REGISTER, organization.path)
    county = organization.jurisdiction or organization
    given = {"number": number.strip(), "kind": kind, "channel": channel, "owner": owner, "received_on": received_on}
    refuse(_wrong(county, given, matter.strip()), "REPORT_REFUSED")
    law = complaint_law(rulebook(on=received_on, jurisdiction=county.code))
    people = list({one.pk: one for one in officials}.values())
    due = rules.first_due(kind, owner, received_on, law)
    case = Complaint(
        case_no=next_case_no(Complaint, organization, received_on),
        status=RECEIVED,
        organization=organization,
        county=county,
        opened_on=received_on,
        matter=matter.strip(),
        official=people[0] if people else None,
        registered_by_id=actor.pk,
        registered_by_name=str(actor),
        due_on=due.on if due else None,
        due_rule=due.rule_id if due else "",
        **given,
    )
    told = {"kind": kind, "channel": channel, "owner": owner, "officials": [one.pk for one in people]}
    open_case(case, actor=actor, data=told)
    ComplaintSubject.objects.bulk_create(ComplaintSubject(case=case, official=one) for one in people)
    _record(case, actor, "tolerance.complaint.registered", told)
    return case


def _wrong(county, given: dict, matter: str) -> list[Reason]:
    today, number = timezone.localdate(), given["number"]
    found = []
    if not number:
        text = _("Give the number of the report in its register; who reported stands nowhere here.")
        found.append(Reason("TEXT_MISSING", {"field": "number"}, text=text))
    elif Complaint.objects.system().filter(county=county, number=number).exists():
        found.append(Reason("NUMBER_TAKEN", {"field": "number"}, text=_("The register has this number already.")))
    for name, known in (("kind", ReportKind), ("channel", Channel), ("owner", Owner)):
        if given[name] not in known.values:
            found.append(Reason("CODE_UNKNOWN", {"field": name}, text=_("Choose one of the offers.")))
    received_on = given["received_on"]
    if received_on > today:
        found.append(Reason("DAY_IN_FUTURE", {"field": "received_on"}, text=_("This day lies in the future.")))
    if received_on < EARLIEST:
        text = _("Reports of before %(day)s are kept on paper.") % {"day": f"{EARLIEST:%Y.%m.%d}"}
        return [*found, Reason("DAY_TOO_EARLY", {"field": "received_on"}, text=text)]
    law = complaint_law(rulebook(on=received_on, jurisdiction=county.code))
    entry = rules.check_entry(given["owner"], holds_matter=bool(matter), holds_identity=False, law=law)
    if not matter and given["owner"] != Owner.ABOVE:
        text = _("Say in neutral words what was reported; never who reported it.")
        found.append(Reason("TEXT_MISSING", {"field": "matter"}, text=text))
    named = check_texts({"matter": matter}, words_about(number))
    return [*found, *in_words(entry.reasons), *in_words(named.reasons)]


@transaction.atomic
def assign(*, actor, complaint: Complaint, handler: User) -> Complaint:
    """Give a report to who handles it: only the handler and the office may ask who made it (R-CON-04).

    Raises PermissionDenied outside the actor's units; DomainError (400) for somebody who may not see the report, or whom it is
    about, or who is related to one of these.
    """
    case = (
        Complaint.objects.system().select_for_update(of=("self",)).select_related("organization").get(pk=complaint.pk)
    )
    require(actor, HANDLE, case.organization.path)
    if not scope_of(handler, VIEW).covers(case.organization.path) or is_concerned(handler, case):
        text = _("This person cannot handle the report: choose one of the offers.")
        refuse([Reason("HANDLER_UNFIT", {"field": "handler"}, text=text)], "HANDLER_REFUSED")
    case.handler_id, case.handler_name = handler.pk, str(handler)
    case.save()
    note(case, actor=actor, action="assigned", data={"handler": handler.pk})
    _record(case, actor, "tolerance.complaint.assigned", {"handler": handler.pk})
    return case


def _record(case: Complaint, actor, action: str, data: dict) -> None:
    record(
        actor=actor,
        action=action,
        target_kind=COMPLAINT.kind,
        target_no=case.case_no,
        target_label=case.number,
        org_path=case.organization.path,
        data=data,
    )


def _writes(step: str, then=None):
    def effect(case, *, actor, reason="", **payload):
        given = {name: payload[name] for name in facts_of(case, COMPLAINT.kind, step).names if payload.get(name)}
        if late := given.get("late_reason"):
            given["late_reason"] = "；".join(filter(None, [case.late_reason, late]))[:300]
        for name, value in given.items():
            setattr(case, name, value)
        due = then(case, law_of(case)) if then else None
        case.due_on, case.due_rule = (due.on, due.rule_id) if due else (None, "")
        return {name: value.isoformat() for name, value in given.items() if isinstance(value, date)}

    return effect


def _accepted(case, law):
    return rules.acceptance_due(case.kind, case.received_on, case.accepted_on, law)


def _being_decided(case, law):
    return rules.decision_due(case.kind, case.accepted_on, case.is_extended, law)


def _extended(case, law):
    case.is_extended = True
    return _being_decided(case, law)


def _concluded(case, law):
    return rules.result_due(case.kind, case.concluded_on, law)


def _reviewed(case, law):
    case.reviews += 1
    case.review_answered_on = None
    return rules.review_due(case.review_asked_on, case.reviews, law)


def _fits(step: str, *more):
    return (facts_fit(step), *more, guards.no_informer)


bind(
    COMPLAINT,
    Complaint,
    url_name="complaints:case",
    named_by=(),
    titled_by="number",
    papers=Papers(view=VIEW, add=(HANDLE,)),
    accept=Handler(
        (guards.belongs_here,), _fits("accept", guards.in_time("accept", "accepted_on")), _writes("accept", _accepted)
    ),
    forward=Handler((), _fits("forward", guards.in_time("accept", "forwarded_on")), _writes("forward")),
    not_accept=Handler((guards.belongs_here,), (guards.no_informer,), _writes("not_accept")),
    tell_acceptance=Handler(
        (guards.can_be_told,),
        _fits("tell_acceptance", guards.in_time("tell_acceptance", "acceptance_told_on")),
        _writes("tell_acceptance", _being_decided),
    ),
    conclude=Handler(
        (guards.acceptance_told,),
        _fits("conclude", guards.in_time("conclude", "concluded_on")),
        _writes("conclude", _concluded),
    ),
    extend=Handler((guards.may_be_extended,), (guards.no_informer,), _writes("extend", _extended)),
    tell_result=Handler(
        (guards.can_be_told,),
        _fits("tell_result", guards.in_time("tell_result", "result_told_on")),
        _writes("tell_result"),
    ),
    close_untold=Handler((guards.nobody_to_tell,), (guards.no_informer,), _writes("close_untold")),
    ask_review=Handler((guards.may_be_reviewed,), _fits("ask_review"), _writes("ask_review", _reviewed)),
    answer_review=Handler(
        (), _fits("answer_review", guards.in_time("answer_review", "review_answered_on")), _writes("answer_review")
    ),
)
