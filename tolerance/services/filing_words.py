"""The reasons of the pure rules on prior filings in words for people: what is wrong, by which rule, what to do."""

from datetime import date

from django.utils.translation import gettext_lazy

from foundation.common.results import Reason

from ..rules.filing import BEFORE, CITED, CONDITIONS

WORDS = {
    BEFORE: gettext_lazy("It begins on %(starts_on)s, before the filing of %(filed_on)s: a filing is made before the unit acts (%(rule)s)."),
    "PREFILE_MISSING": gettext_lazy("The filing needs this: what can go wrong, and what is done against it."),
    "PREFILE_TERM": gettext_lazy("Say from when until when it is to be carried out."),
    "PREFILE_TERM_BACKWARD": gettext_lazy("The term must end after it begins."),
    (CONDITIONS, "G1_LEGAL"): gettext_lazy("What a law or a superior order forbids cannot be filed: state that nothing forbids it (%(rule)s)."),
    (CONDITIONS, "G4_DUE_PROCESS"): gettext_lazy("Name the record of the collective decision: without it no exemption is possible later (%(rule)s)."),
    (CITED, "unit"): gettext_lazy("This filing is of another unit (%(rule)s)."),
    (CITED, "open"): gettext_lazy("This filing was not accepted, so it is no evidence (%(rule)s)."),
    (CITED, "late"): gettext_lazy("This filing was accepted on %(accepted_on)s, after the event of %(event_on)s (%(rule)s)."),
    (CITED, "term"): gettext_lazy("The event of %(event_on)s lies outside the term of the filing, %(starts_on)s to %(ends_on)s (%(rule)s)."),
}  # fmt: skip


def in_words(reasons) -> list[Reason]:
    """The reasons of the pure rules with words for people."""
    found = []
    for one in reasons:
        days = {name: f"{day:%Y.%m.%d}" for name, day in one.facts.items() if isinstance(day, date)}
        key = (one.code, one.facts.get("why") or one.facts.get("code")) if one.code in (CITED, CONDITIONS) else one.code
        text = str(WORDS[key]) % {"rule": one.code, **days}
        found.append(Reason(one.code, dict(one.facts), one.cite, text))
    return found
