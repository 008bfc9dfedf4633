"""Admonishments (诫勉): approval chain, delivery with its influence period, self-examination, report, check, consequence."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.registry import Handler, Papers, bind
from foundation.common.results import Reason
from foundation.regulations.services.rulebook import rulebook
from officials.services.restrictions import lift, restore

from ..choices import Source
from ..models import Admonishment
from ..workflows import ADMONISHMENT
from ..workflows.admonishment import CARRY_OUT, DELIVERED, EXAMINED, PROPOSE, REPORTED
from .holds import drop_holds
from .influence import county_of, write_admonishment
from .leads import open_lead
from .revisits import follow_period
from .tool_cases import tell_repeated, writes
from .tool_guards import facts_fit, ground_stands, not_the_proposer, not_the_reviewer

CONSEQUENCES = ("ORG_TRANSFER", "RESIGN_BLAME", "ORG_ORDER_RESIGN", "ORG_REMOVE", "ORG_DEMOTE")
"""R-1.44: 调离岗位, 引咎辞职, 责令辞职, 免职, 降职, by gravity (table handling_type)."""


def period_is_known(case, *, actor, held_on=None, **payload):
    """The influence period follows the rule of the day of delivery; before there was one, nothing can be computed."""
    if held_on is None or "R-DIS-ADMONISH" in rulebook(on=held_on, jurisdiction=county_of(case)):
        return []
    text = _("No rule gave an admonishment a period on this day. Check the day of delivery.")
    return [Reason("NO_RULE_ON_DAY", {"field": "held_on", "day": held_on}, text=text)]


def consequence_fits(case, *, actor, consequence="", **payload):
    """What may follow when nothing was corrected is named in R-1.44."""
    if not consequence or consequence in CONSEQUENCES:
        return []
    text = _("This consequence is none of those that may follow an admonishment.")
    return [Reason("CONSEQUENCE_UNKNOWN", {"field": "consequence", "known": CONSEQUENCES}, text=text)]


def _delivered(case, *, actor, reason):
    """The period begins: restriction and bound on the year's rating are written with the step."""
    periods = write_admonishment(case)
    follow_period(case, actor=actor)
    return {"ends_on": periods[0].ends_on.isoformat(), "talks": tell_repeated(case)}


def _uncorrected(case, *, actor, reason):
    """Not corrected: the adjustment procedure gets a lead with what is known (R-1.44)."""
    days = ("approved_on", "held_on", "examined_on", "reported_on", "checked_on")
    evidence = {name: getattr(case, name).isoformat() for name in days if getattr(case, name)}
    lead = open_lead(
        actor=actor,
        official=case.official,
        summary=case.summary,
        source=Source.CHECK,
        source_kind=ADMONISHMENT.kind,
        source_no=case.case_no,
        unit=case.organization,
        evidence=evidence | {"consequence": case.consequence, "finding": reason, "situations": case.situations},
    )
    return {"consequence": case.consequence, "lead": lead.case_no}


def _revoked(case, *, actor, reason="", **payload):
    """What it restricted ends today; the rows stay on record."""
    today = timezone.localdate()
    number = lift(
        source_kind=ADMONISHMENT.kind, source_no=case.case_no, on=today, by=f"{case.case_no} {actor}", reason=reason
    )
    follow_period(case, actor=actor)
    drop_holds(
        actor=actor, source_kind=ADMONISHMENT.kind, source_no=case.case_no, reason=_("The admonishment was revoked.")
    )
    return {"lifted": number}


def _reinstated(case, *, actor, reason="", **payload):
    """What it restricted stands again, with the days that it had; what is left of the period is visited."""
    number = restore(source_kind=ADMONISHMENT.kind, source_no=case.case_no)
    follow_period(case, actor=actor)
    return {"restored": number}


bind(
    ADMONISHMENT,
    Admonishment,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_admonishment", add=(PROPOSE, CARRY_OUT)),
    review=Handler(guards=(not_the_proposer,)),
    agree=Handler(guards=(not_the_proposer, not_the_reviewer)),
    decline=Handler(guards=(not_the_proposer,)),
    approve=Handler(input_guards=(facts_fit("approve"),), effect=writes("approve")),
    deliver=Handler(
        guards=(ground_stands,),
        input_guards=(facts_fit("deliver"), period_is_known),
        effect=writes("deliver", _delivered),
    ),
    examine=Handler(input_guards=(facts_fit("examine"),), effect=writes("examine")),
    report=Handler(input_guards=(facts_fit("report"),), effect=writes("report")),
    check=Handler(input_guards=(facts_fit("check"),), effect=writes("check")),
    not_corrected=Handler(
        input_guards=(facts_fit("not_corrected"), consequence_fits), effect=writes("not_corrected", _uncorrected)
    ),
    revoke=Handler(effect=_revoked),
    withdraw=Handler(effect=_revoked),
    **{f"reinstate_{state}": Handler(effect=_reinstated) for state in (DELIVERED, EXAMINED, REPORTED)},
)
