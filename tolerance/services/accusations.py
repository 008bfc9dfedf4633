"""Inquiries into false accusations (诬告陷害): the county inquires and proposes, the prefecture determines (R-FAL-02)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case
from foundation.common.results import Reason
from foundation.common.scoping import require
from officials.models import Official
from supervision.choices import Source
from supervision.services.tool_cases import PREFIXES, new_case, person_of, refuse, summary_missing, writes
from supervision.services.tool_guards import facts_fit
from supervision.services.verdicts import level_managing

from ..choices import AccusationSign
from ..models import FalseAccusation
from ..rules.accusation import DETERMINED, MISTAKEN, NOT_ESTABLISHED, check_conclusion, check_elements
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..workflows.accusation import ACCUSATION, CONCLUDE, KEEP, SUSPECTED
from .clearance_law import accusation_law, in_words

PREFIXES[FalseAccusation] = "WG"  # 诬告
TEXTS = ("evidence", "handling", "summary")


@transaction.atomic
def suspect(
    *,
    actor,
    official: Official,
    report_no: str,
    summary: str,
    signs,
    source_kind: str = "",
    source_no: str = "",
    on: date | None = None,
) -> FalseAccusation:
    """Open an inquiry whether a report about the person was a false accusation; `signs`: why (R-FAL-06).

    Who reported is never named here. Raises PermissionDenied outside the actor's units; DomainError (400, by field) without a
    matter, a number or a sign, or for a text that names the informer.
    """
    person = person_of(official)
    require(actor, KEEP, person.org_path)
    number, wrong = report_no.strip(), summary_missing(summary)
    if not number:
        text = _("Give the number of the report in its register; who reported stands nowhere here.")
        wrong.append(Reason("TEXT_MISSING", {"field": "report_no"}, text=text))
    if not signs or not set(signs) <= set(AccusationSign.values):
        wrong.append(Reason("CODE_UNKNOWN", {"field": "signs"}, text=_("Choose at least one of the signs.")))
    wrong += in_words(check_texts({"summary": summary}, words_about(number)).reasons)
    if on and on > timezone.localdate():
        wrong.append(Reason("DAY_IN_FUTURE", {"field": "on"}, text=_("This day lies in the future.")))
    refuse(wrong, "ACCUSATION_REFUSED")
    case = new_case(
        FalseAccusation,
        person,
        actor=actor,
        status=SUSPECTED,
        summary=summary,
        on=on,
        source=Source.COMPLAINT,
        source_kind=source_kind,
        source_no=source_no,
        report_no=number,
        signs=sorted(signs),
    )
    told = {"official": person.pk, "report_no": number, "signs": case.signs}
    open_case(case, actor=actor, data=told)
    record(
        actor=actor,
        action="tolerance.accusation.opened",
        target_kind=ACCUSATION.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data=told,
    )
    return case


def both_elements(case, *, actor, is_fabricated=False, is_intended=False, **payload):
    """Fabricated and meant to harm (R-FAL-01), or nothing is proposed."""
    law = accusation_law(case)
    return in_words(check_elements(bool(is_fabricated), bool(is_intended), law.cites.get("R-FAL-01")).reasons)


def concludes(outcome: str):
    """Guard: the body's level and document let the case be concluded so (R-FAL-02, R-FAL-05-COUNTY)."""

    def may(case, *, actor, approval_level="", approval_no="", **payload):
        level = approval_level or ("" if outcome == DETERMINED else "COUNTY")
        managed = level_managing(case.official.managed_by)
        verdict = check_conclusion(outcome, level, approval_no or "", accusation_law(case), managed)
        return in_words(verdict.reasons)

    return may


def no_informer(case, *, actor, reason="", **payload):
    """No text names who reported (R-CON-01)."""
    texts = {name: str(payload.get(name) or "") for name in TEXTS if payload.get(name)}
    if reason:
        texts["reason"] = reason
    return in_words(check_texts(texts, words_about(case.report_no)).reasons)


bind(
    ACCUSATION,
    FalseAccusation,
    url_name="clearances:accusation",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="tolerance.view_falseaccusation", add=(KEEP, CONCLUDE)),
    propose=Handler(
        input_guards=(facts_fit("propose"), both_elements, no_informer),
        effect=writes("propose"),
    ),
    send=Handler(input_guards=(facts_fit("send"),), effect=writes("send")),
    determine=Handler(
        input_guards=(facts_fit("determine"), concludes(DETERMINED), no_informer), effect=writes("determine")
    ),
    mistaken=Handler(input_guards=(facts_fit("mistaken"), concludes(MISTAKEN), no_informer), effect=writes("mistaken")),
    not_established=Handler(input_guards=(concludes(NOT_ESTABLISHED), no_informer)),
)
