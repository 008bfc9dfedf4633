"""The five conditions of a reuse as they stand on a day: facts of the record, statements of the case, law of the day."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.common.results import Reason
from foundation.regulations.services.rulebook import rulebook

from ..choices import ReuseOpinion
from ..models import Handling, ReuseProposal
from ..rules import reuse as rules
from ..selectors.reuse_facts import records_of
from .influence import county_of
from .reuse_law import reuse_law_of
from .reuse_words import in_words


def law_on(day: date, county: str = "") -> rules.ReuseLaw:
    """The law of reuse of a day in a county."""
    return reuse_law_of(rulebook(on=day, jurisdiction=county))


def statements_of(case: ReuseProposal) -> dict[str, rules.Statement]:
    """What the case attests, by condition."""
    return {code: rules.Statement(**given) for code, given in case.statements.items()}


def facts_of_case(case: ReuseProposal, day: date) -> rules.ReuseFacts:
    """What the record knows since the decision behind a proposal (`records_of`, and 1 query unless `effective_on` was read)."""
    since = getattr(case, "effective_on", None)
    if since is None:
        decided = Handling.objects.system().filter(case_no=case.source_no)
        since = decided.values_list("effective_on", flat=True).first() or case.opened_on
    return records_of([case.official_id], day)[case.official_id].since(since)


def conditions_of(case: ReuseProposal, day: date | None = None) -> tuple[rules.Condition, ...]:
    """The conditions of a proposal on a day, today where none is given (`facts_of_case`; none where the page has computed them)."""
    if case.known_conditions is not None:
        return case.known_conditions
    day = day or timezone.localdate()
    facts = facts_of_case(case, day)
    return rules.check_reuse(facts, statements_of(case), case.mode, day, law_on(day, county_of(case)))


def conditions_hold(case, *, actor, **payload) -> list[Reason]:
    """Guard: nothing stands against the reuse today; what does is told with rule and article."""
    return in_words(rules.refusals(conditions_of(case)))


def opinion_is_good(case, *, actor, **payload) -> list[Reason]:
    """Guard: the discipline commission was asked and does not object."""
    cite = law_on(timezone.localdate(), county_of(case)).cites[rules.CONDITIONS]
    known = {"rule_id": rules.CONDITIONS, "opinion": case.opinion}
    if not case.opinion:
        text = _("The opinion of the discipline commission is missing. Ask for it first (%(rule_id)s).")
        return [Reason("OPINION_MISSING", known, cite, text % known)]
    if case.opinion == ReuseOpinion.AGREE:
        return []
    text = _("The discipline commission objects: take the proposal back to the draft or withdraw it (%(rule_id)s).")
    return [Reason("OPINION_NEGATIVE", known, cite, text % known)]


def findings_of(conditions) -> list[dict]:
    """As the case keeps them."""
    return [
        {"code": one.code, "state": one.state, "reasons": [str(reason.text) for reason in in_words(one.reasons)]}
        for one in conditions
    ]
