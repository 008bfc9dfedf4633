"""What the rulebook says about a clearance or a false accusation, in the shape of the pure rules; their answers in words."""

from django.utils.translation import gettext_lazy as _

from foundation.casework.services.deadlines import county_of
from foundation.common.results import Reason
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import Rulebook, rulebook

from ..choices import ApprovalLevel, Finding
from ..models import Clearance, FalseAccusation
from ..rules.accusation import AccusationLaw
from ..rules.clearance import ClearanceLaw

CITED = ("R-CLR-02", "R-CLR-05", "R-CLR-06", "R-CLR-07", "R-CLR-08", "CLR-WIDE-FALSE")


def clearance_book(case: Clearance) -> Rulebook:
    """The rulebook of the day of the finding; of the day it was taken up while there is none."""
    return rulebook(on=case.found_on or case.opened_on, jurisdiction=county_of(case))


def clearance_law(book: Rulebook) -> ClearanceLaw:
    """Values of R-CLR-02, -05, -06, CLR-WIDE-FALSE and CLR-REVISIT. Before the opinion of May 2020 nothing was asked."""

    def words(rule_id):
        return frozenset(book.value(rule_id)) if rule_id in book else frozenset()

    days = book.value("CLR-REVISIT")
    return ClearanceLaw(
        with_written=words("R-CLR-02"),
        with_consent=words("R-CLR-06"),
        with_principal=words("R-CLR-05"),
        wide=book.value("CLR-WIDE-FALSE"),
        first_days=days["first_days"],
        second_months=days["second_months"],
        cites={rule_id: book.cite(rule_id) for rule_id in CITED if rule_id in book},
    )


def law_of(case: Clearance) -> ClearanceLaw:
    """The law of a case."""
    return clearance_law(clearance_book(case))


def accusation_law(case: FalseAccusation) -> AccusationLaw:
    """R-FAL-02 and R-FAL-05-COUNTY of the day the inquiry was opened."""
    book = rulebook(on=case.opened_on, jurisdiction=county_of(case))
    cites = {rule_id: book.cite(rule_id) for rule_id in ("R-FAL-01", "R-FAL-02", "R-FAL-05-COUNTY")}
    return AccusationLaw(book.value("R-FAL-02"), frozenset(book.value("R-FAL-05-COUNTY")), cites)


TEXTS = {
    "NCL1": _(
        "False, but without adverse effect: there is nothing to clear (%(rule_id)s). Choose the harm, or do not clear."
    ),
    "NCL2": _(
        "Unproven is not false: a report with the finding “%(finding)s” is never cleared (%(rule_id)s). Wait for a conclusion, or do not clear."
    ),
    "NCL3": _(
        "The effect came from routine talks of the inquiry alone: that is no ground for clearance (%(rule_id)s). Explain it to the person."
    ),
    "NOT_FALSE": _("By the finding “%(finding)s” the report was not false (%(rule_id)s): there is nothing to clear."),
    "CLEARANCE_DUE": _("The report is false and did harm: the person is to be cleared. Propose the clearance."),
    "REFUSAL_DIFFERS": _("This ground does not fit the finding “%(finding)s”. What would fit: %(fitting)s."),
    "MODE_MISSING": _("Choose how the person is cleared; the written mode always belongs to it (%(rule_id)s)."),
    "WRITTEN_MISSING": _("%(modes)s: a written clearance has to be issued as well (%(rule_id)s). Choose it too."),
    "CONSENT_MISSING": _(
        "%(modes)s needs the person's consent first (%(rule_id)s). Record the consent, or clear in writing only."
    ),
    "SCOPE_WIDER": _(
        "The scope “%(scope)s” is wider than the harm has spread (“%(spread)s”): the smallest scope that removes the harm will do (%(rule_id)s). Say why it must be wider."
    ),
    "APPROVAL_MISSING": _("The approval of this level is missing for the modes chosen (%(rule_id)s)."),
    "MODE_NOT_DONE": _("Not carried out yet: %(modes)s. Record when, where and before whom it was said (%(rule_id)s)."),
    "INFORMER_NAMED": _(
        "This text gives away who reported it (%(rule_id)s). Take out every name, unit, number and address of the informer."
    ),
    "NOT_FABRICATED": _("Without fabricated facts or forged material there is no false accusation (%(rule_id)s)."),
    "NOT_INTENDED": _(
        "Without the intention to harm there is no false accusation (%(rule_id)s); a mistaken report leads to education only."
    ),
    "LEVEL_TOO_LOW": _(
        "A false accusation is determined by the Party committee or the discipline inspection of the level “%(needed)s” or above (%(rule_id)s). The county reports upward and records their answer."
    ),
    "DOCUMENT_MISSING": _("Give the number of the document that approves the determination (%(rule_id)s)."),
    "NOT_FOR_THE_COUNTY": _("The county does not conclude so by itself (%(rule_id)s)."),
}


def in_words(reasons, field: str = "") -> list[Reason]:
    """Reasons of the pure rules with their sentences; `field`: where a form shows those that name none."""
    return [
        Reason(one.code, {"field": field} | dict(one.facts) if field else one.facts, one.cite, _said(one))
        for one in reasons
    ]


def _said(reason: Reason) -> str:
    facts = dict(reason.facts)
    words = facts | {
        "finding": dict(Finding.choices).get(facts.get("finding"), ""),
        "modes": "、".join(code_label("clearance_mode", mode) for mode in facts.get("modes", ())),
        "scope": code_label("clearance_scope", facts.get("scope", "")),
        "spread": code_label("clearance_scope", facts.get("spread", "")),
        "fitting": code_label("clearance_refusal", facts.get("fitting", "")) or "—",
        "needed": dict(ApprovalLevel.choices).get(facts.get("needed"), ""),
    }
    return str(TEXTS[reason.code] % words)
