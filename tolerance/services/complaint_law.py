"""What the rulebook says about reports from the public and who made them, in the shape of the pure rules; answers in words."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.common.results import Reason
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import Rulebook, rulebook

from ..rules.complaints import ComplaintLaw
from .clearance_law import TEXTS as CLEARANCE_TEXTS

CITED = ("CLR-NAMED-INFORMANT-DAYS", "CLR-PETITION-DAYS", "CLR-FORWARD-DAYS", "R-CON-02")


def book_of(complaint) -> Rulebook:
    """The rulebook of the day on which the report was received."""
    return rulebook(on=complaint.received_on, jurisdiction=complaint.county.code)


def complaint_law(book: Rulebook) -> ComplaintLaw:
    """Values of CLR-NAMED-INFORMANT-DAYS, CLR-PETITION-DAYS, CLR-FORWARD-DAYS and R-CON-02.

    Raises LookupError before the day from which a rule is known: reports of before 1 May 2022 were kept on paper.
    """
    return ComplaintLaw(
        named=book.value("CLR-NAMED-INFORMANT-DAYS"),
        petition=book.value("CLR-PETITION-DAYS"),
        forward=int(book.value("CLR-FORWARD-DAYS")),
        bars_above=book.value("R-CON-02"),
        add_working_days=lambda day, number: add_working_days(day, number).date,
        cites={rule_id: book.cite(rule_id) for rule_id in CITED},
    )


def law_of(complaint) -> ComplaintLaw:
    """The law of a report."""
    return complaint_law(book_of(complaint))


EARLIEST = date(2022, 5, 1)
"""From when reports are entered here: the day from which all rules of the register are known (信访工作条例)."""

TEXTS = {
    "INFORMER_NAMED": CLEARANCE_TEXTS["INFORMER_NAMED"],
    "NOT_TO_BE_ENTERED": _(
        "A matter of the level above that came by mistake is neither copied nor entered (%(rule_id)s). Leave this empty and send it on."
    ),
    "NO_PETITION": _("Only petitions are reviewed (%(rule_id)s)."),
    "REVIEWED_TWICE": _("It has been reviewed and reviewed again: there is no third review (%(rule_id)s)."),
    "ACCEPTANCE_NOT_TOLD": _("Tell the reporter first that the report was accepted (%(rule_id)s)."),
    "ADMINISTRATOR": _("Administrators take no part in this (%(rule_id)s)."),
    "CONCERNED": _("The report is about you or somebody related to you: you take no part in this (%(rule_id)s)."),
    "NOT_THE_HANDLER": _(
        "Only the office for reports and the person who handles this one may ask who made it (%(rule_id)s)."
    ),
    "REASON_MISSING": _("Say why the identity is needed: the reason stays on record (%(rule_id)s)."),
    "SAME_PERSON": _("You asked for this. Somebody else must answer (%(rule_id)s)."),
    "ANSWERED_ALREADY": _("You have approved this already. Another person must approve as well (%(rule_id)s)."),
    "NOT_WHO_ASKED": _("Only who asked may look (%(rule_id)s)."),
    "NOT_APPROVED": _("Nobody else has approved this yet (%(rule_id)s)."),
    "TIME_OVER": _("The time to look is over (%(rule_id)s). Ask again, with a reason."),
}


def in_words(reasons, field: str = "") -> list[Reason]:
    """Reasons of the pure rules with their sentences; `field`: where a form shows those that name none."""
    found = []
    for one in reasons:
        facts = {"field": field} | dict(one.facts) if field else dict(one.facts)
        found.append(Reason(one.code, facts, one.cite, str(TEXTS[one.code] % facts)))
    return found
