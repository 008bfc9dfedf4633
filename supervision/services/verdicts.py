"""What stands against an entry, and what should be noticed: facts for the pure checks, words for people."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation.common.results import Reason
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import UnknownRule, rulebook
from officials.choices import Status
from officials.models import Retirement

from ..choices import Body as BodyChoice
from ..choices import BodyLevel
from ..models import Handling
from ..rules.authority import Body
from ..rules.handling_checks import NOTICES, check_handling
from ..rules.handling_checks import Handling as HandlingFacts
from .handling_law import handling_law_of
from .influence import county_of, periods_of, running_periods, sanction_of

LEVELS_BY_WORD = (("中央", "CENTRAL"), ("省", "PROVINCE"), ("市", "PREFECTURE"), ("地", "PREFECTURE"), ("县", "COUNTY"))
FIELD_OF = {
    "DECIDED_IN_FUTURE": "decided_on",
    "EFFECTIVE_BEFORE_DECISION": "effective_on",
    "MONTHS_NOT_SET_HERE": "months",
    "MONTHS_BELOW_ONE": "months",
    "MONTHS_ABOVE_CAP": "months",
    "MONTHS_DIFFER": "period_reason",
    "PROBATION_LENGTH": "probation_months",
    "RESTORED_TOO_EARLY": "rights_restored_on",
    "RESTORED_IN_FUTURE": "rights_restored_on",
    "RETIRED_NOT_SANCTIONED": "kind",
    "BODY_MISSING": "body",
    "BODY_PROPOSES_ONLY": "body",
    "BODY_WITHOUT_AUTHORITY": "body",
    "LEVEL_WITHOUT_AUTHORITY": "body_level",
    "OTHER_SIDE_NOT_ASKED": "has_consulted",
}
"""The field of the form at which a refusal is printed."""


def level_managing(label: str) -> str:
    """Level of management by the person's category of management (干部管理权限); the county where nothing is said."""
    return next((level for word, level in LEVELS_BY_WORD if word in label), "COUNTY")


def verdict_on(case: Handling, periods=()):
    """The verdict with its reasons in words. Before the kind's regulation there is nothing to enter under: one refusal."""
    try:
        law = handling_law_of(rulebook(on=case.effective_on, jurisdiction=county_of(case)), case.kind)
    except UnknownRule as error:
        return [Reason("KIND_WITHOUT_RULE", {"field": "effective_on"}, text=_before_rule(case, error))]
    facts = HandlingFacts(
        sanction=sanction_of(case),
        today=timezone.localdate(),
        months_reason=case.period_reason,
        body=Body(case.body, case.body_level) if case.body else None,
        managed_at=level_managing(case.official.managed_by),
        is_dual_managed="双重" in case.official.managed_by,
        has_consulted=case.has_consulted,
        retired_on=_retired_on(case),
        is_intentional=case.is_intentional,
        committed_on=case.committed_on,
    )
    reasons = check_handling(facts, law, running_periods(case.official, before=case), periods).reasons
    return [Reason(r.code, dict(r.facts) | {"field": FIELD_OF.get(r.code, "")}, r.cite, in_words(r)) for r in reasons]


def _retired_on(case):
    """First day of retirement; the day of decision where only the status says retired; None: not retired."""
    if case.official.status != Status.RETIRED:
        return None
    row = Retirement.objects.system().filter(official=case.official, approved_on__isnull=False).first()
    return row.approved_on if row else case.decided_on


def entry_refusals(case: Handling) -> list[Reason]:
    """Everything that refuses the entry, an entry of the same decision included."""
    found = [reason for reason in verdict_on(case) if reason.code not in NOTICES]
    same = Handling.objects.system().filter(official=case.official, kind=case.kind, document_no=case.document_no)
    if same.exclude(pk=case.pk).exclude(status="withdrawn").exists():
        text = _("This decision is entered already for this person: %(document)s.") % {"document": case.document_no}
        found.append(Reason("HANDLING_ENTERED", {"field": "document_no"}, text=text))
    return found


def notices_of(case: Handling, periods=None) -> list[Reason]:
    """What should be noticed before confirming: the end moved by an earlier decision, a second intentional violation."""
    periods = periods_of(case) if periods is None else periods
    return [reason for reason in verdict_on(case, periods) if reason.code in NOTICES]


def _before_rule(case, error):
    return _("No rule for this kind was in force on %(day)s. Check kind and day. (%(error)s)") % {
        "day": _day(case.effective_on),
        "error": error,
    }


def _day(value) -> str:
    return date_format(value, "Y.m.d") if value else ""


def in_words(reason: Reason) -> str:
    """A reason of the pure checks as a sentence: what is wrong, what to do."""
    facts = dict(reason.facts)
    words = {
        name: _day(value) if name.endswith("_on") or name in ("today", "earliest", "day") else value
        for name, value in facts.items()
    }
    words["kind"] = code_label("handling_type", facts.get("kind", ""))
    words["body"] = dict(BodyChoice.choices).get(facts.get("body"), facts.get("body"))
    words["bodies"] = "、".join(str(dict(BodyChoice.choices)[body]) for body in facts.get("bodies", ()))
    words["level"] = dict(BodyLevel.choices).get(facts.get("level"), "")
    words["managed_at"] = dict(BodyLevel.choices).get(facts.get("managed_at"), "")
    words["lengths"] = "、".join(str(length) for length in facts.get("lengths", ()))
    words["earlier_kind"] = code_label("handling_type", facts.get("earlier_kind", ""))
    return str(TEXTS[reason.code]) % words


TEXTS = {
    "DECIDED_IN_FUTURE": _("The decision is dated %(decided_on)s, after today. Check the day."),
    "EFFECTIVE_BEFORE_DECISION": _(
        "In effect from %(effective_on)s, but decided on %(decided_on)s: the effect cannot come before the decision."
    ),
    "MONTHS_NOT_SET_HERE": _("%(kind)s has no period that a decision sets. Leave the months empty."),
    "MONTHS_BELOW_ONE": _("A period has at least one month. Leave the months empty where the rule's hold."),
    "MONTHS_ABOVE_CAP": _("No such period is longer than %(most)s months; entered are %(months)s."),
    "MONTHS_DIFFER": _(
        "The rule says %(rule_months)s months for %(kind)s; entered are %(months)s. Give the reason, or leave the months empty."
    ),
    "MONTHS_DIFFER_WITH_REASON": _("The rule says %(rule_months)s months; %(months)s were decided, with a reason."),
    "NOT_OF_THIS_KIND": _("One of the particulars does not belong to %(kind)s. Clear what is only for another kind."),
    "PROBATION_LENGTH": _("A probation within the Party lasts %(lengths)s months. Choose one of them."),
    "RESTORED_IN_FUTURE": _("Rights are restored on %(restored_on)s, after today. Enter it when it has happened."),
    "RESTORED_TOO_EARLY": _("The probation runs until %(earliest)s; rights are not restored before."),
    "RETIRED_NOT_SANCTIONED": _(
        "Retired since %(retired_on)s: no government sanction is given to the retired. Benefits may have to be adjusted."
    ),
    "BODY_MISSING": _("Say which body decided."),
    "BODY_PROPOSES_ONLY": _("The organization department may only propose %(kind)s. It is decided by: %(bodies)s."),
    "BODY_WITHOUT_AUTHORITY": _("%(body)s does not decide on %(kind)s. It is decided by: %(bodies)s."),
    "LEVEL_WITHOUT_AUTHORITY": _(
        "This person is managed at the level of the %(managed_at)s; a body of the %(level)s may only propose upward."
    ),
    "OTHER_SIDE_NOT_ASKED": _("Two sides manage this person. Ask the other side, then tick that it was asked."),
    "ADDED_TO_EARLIER": _(
        "An earlier period (%(earlier)s) still runs: its %(added_days)s days left are added. Ends on %(ends_on)s instead of %(own_ends_on)s."
    ),
    "WAITS_FOR_PROBATION": _("A probation (%(earlier)s) runs: this period begins after it, on %(starts_on)s."),
    "HEAVIER_WITHIN_PERIOD": _(
        "A second intentional violation within a period (%(earlier)s, %(earlier_kind)s) is to be treated more heavily."
    ),
    "REPLY_IN_FUTURE": _("The reply is dated %(replied_on)s, after today. Check the day."),
    "REPLY_BEFORE_LETTER": _("The reply of %(replied_on)s comes before the letter of %(issued_on)s. Check the days."),
    "REPLY_LATE": _("The reply was due on %(due_on)s and came %(days_late)s days late. Give the reason."),
    "REPLY_LATE_WITH_REASON": _("The reply came %(days_late)s days after %(due_on)s, with a reason."),
}
