"""Papers of a clearance in the official form: letter to the person (澄清函), circular (通报), certificate (澄清证明). Pure.

An official letter is Chinese whatever language the office's pages have: callers override the language. None of them names a
report's informer, and each says that it concerns this one report alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.exchange.reports.letters import Letter, Paragraph


@dataclass(frozen=True)
class ClearanceFacts:
    """What the papers say of a case. `text`: the clearance as it was approved; `scope`: in words."""

    person: str
    post: str
    unit: str
    issuer: str
    body: str
    found_on: date
    finding: str
    text: str
    scope: str
    document_no: str
    certificate_no: str
    cleared_on: date | None
    issued_on: date


def _said(day: date) -> str:
    return _("%(month)d/%(day)d/%(year)d") % {"year": day.year, "month": day.month, "day": day.day}


def _letter(facts: ClearanceFacts, title: str, addressee: str, paragraphs, symbol: str) -> Letter:
    return Letter(
        mark=_("Document of %(issuer)s") % {"issuer": facts.issuer},
        symbol=symbol,
        title=title,
        addressee=addressee,
        paragraphs=tuple(Paragraph(text) for text in paragraphs if text),
        issuer=facts.issuer,
        issued_on=facts.issued_on,
    )


def _found(facts: ClearanceFacts) -> str:
    return _("On %(day)s %(body)s concluded on a report about %(person)s: %(finding)s.") % {
        "day": _said(facts.found_on),
        "body": facts.body,
        "person": facts.person,
        "finding": facts.finding,
    }


def _alone() -> str:
    return _("This clearance concerns what was reported here alone and is no overall judgement.")


def letter(facts: ClearanceFacts) -> Letter:
    """To the person: the written clearance."""
    close = _("It is hereby cleared up. Put the burden down and go on with your work in good spirit.")
    return _letter(
        facts,
        _("Letter of clearance"),
        _("Comrade %(person)s:") % {"person": facts.person},
        (_found(facts), facts.text, close, _alone()),
        facts.document_no,
    )


def circular(facts: ClearanceFacts) -> Letter:
    """To those who are to hear it: unit, post, finding, text."""
    who = _("This circular makes known what was found on a report about comrade %(person)s (%(post)s).") % {
        "person": facts.person,
        "post": facts.post or facts.unit,
    }
    heard = _("This is made known within: %(scope)s.") % {"scope": facts.scope}
    return _letter(
        facts,
        _("Circular on the clearance of comrade %(person)s") % {"person": facts.person},
        _("%(unit)s:") % {"unit": facts.unit},
        (who, _found(facts), facts.text, _alone(), heard),
        facts.document_no,
    )


def certificate(facts: ClearanceFacts) -> Letter:
    """For the record of integrity (廉政档案)."""
    cleared = _("Cleared on %(day)s; document: %(document)s.") % {
        "day": _said(facts.cleared_on or facts.issued_on),
        "document": facts.document_no,
    }
    return _letter(
        facts,
        _("Certificate of clearance"),
        _("Record of integrity of comrade %(person)s:") % {"person": facts.person},
        (_found(facts), cleared, _("This certificate is filed in the record of integrity."), _alone()),
        facts.certificate_no,
    )


PAPERS: dict[str, Callable[[ClearanceFacts], Letter]] = {
    "letter": letter,
    "circular": circular,
    "certificate": certificate,
}
