"""Notice of the conclusion of a case of fault tolerance (容错认定结论通知书) and of its reversal, in the official form. Pure.

An official letter is Chinese whatever language the office's pages have: callers override the language. A letter tells its
recipient what was changed for this recipient alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.exchange.reports.letters import Letter, Paragraph, day_in_words

from ..choices import Applicant, Outcome


@dataclass(frozen=True)
class NoticeFacts:
    """What the notices say of a case, in words of the office.

    `to`: name of the recipient. `law`: the article by the outcome (TOL-BASIS-EXEMPT, TOL-BASIS-MITIGATED), empty where none is known.
    `situations`: those found, by name; `failed`: preconditions that were not met. `changed`: labels of what the decision changed
    for this recipient. Days of the rulebook in working days and months.
    """

    to: str
    is_person: bool
    begun_by: str
    matter: str
    event_on: date
    parties: str
    body: str
    meeting_on: date
    document_no: str
    decided_on: date
    outcome: str
    word: str
    law: str
    situations: tuple[str, ...]
    failed: tuple[str, ...]
    protections: tuple[str, ...]
    changed: tuple[str, ...]
    plan_days: int
    correct_months: int
    review_days: int
    filing_no: str = ""
    filing_on: date | None = None
    reversed_on: date | None = None
    reversal_no: str = ""
    reversal_reason: str = ""


def _letter(facts: NoticeFacts, title: str, symbol: str, day: date, paragraphs) -> Letter:
    named = _("Comrade %(person)s:") % {"person": facts.to} if facts.is_person else _("%(unit)s:") % {"unit": facts.to}
    return Letter(
        mark=_("Document of %(issuer)s") % {"issuer": facts.body},
        symbol=symbol,
        title=title,
        addressee=named,
        paragraphs=tuple(Paragraph(text) for text in paragraphs if text),
        issuer=facts.body,
        issued_on=day,
    )


def notice(facts: NoticeFacts) -> Letter:
    """What was decided, by which article, for which situation; what follows, and by when a review can be asked for."""
    paragraphs = (
        _opening(facts),
        _conclusion(facts),
        _protection(facts),
        _changed(facts),
        _correction(facts),
        _review(facts),
    )
    title = _("Notice of the conclusion on fault tolerance")
    return _letter(facts, title, facts.document_no, facts.decided_on, paragraphs)  # fmt: skip


def _opening(facts: NoticeFacts) -> str:
    how = {
        Applicant.UNIT: _("the application of the unit"),
        Applicant.CADRE: _("the application of the cadre concerned"),
        Applicant.EX_OFFICIO: _("an inquiry opened ex officio"),
    }[Applicant(facts.begun_by)]
    said = _(
        "The matter “%(matter)s” of %(event)s was taken up on %(how)s, verified, and deliberated collectively on %(meeting)s. The conclusion is notified as follows."
    )
    days = {"event": day_in_words(facts.event_on), "meeting": day_in_words(facts.meeting_on)}
    filed = ""
    if facts.filing_on:
        words = {"number": facts.filing_no, "day": day_in_words(facts.filing_on)}
        filed = _("The matter had been filed beforehand (%(number)s, accepted on %(day)s).") % words
    return filed + said % {"matter": facts.matter, "how": how, **days}


def _conclusion(facts: NoticeFacts) -> str:
    words = {
        "law": facts.law,
        "parties": facts.parties,
        "word": facts.word,
        "situations": "；".join(facts.situations),
        "failed": "；".join(facts.failed),
    }
    by = _("By %(law)s, ") % words if facts.law else ""
    if facts.outcome == Outcome.EXEMPT:
        text = _("all preconditions are met and the situation “%(situations)s” is found. As to %(parties)s: %(word)s.")
    elif facts.outcome == Outcome.MITIGATED:
        text = _("the situation “%(situations)s” is found. As to %(parties)s: %(word)s.")
    elif facts.situations:
        text = _("a situation that is never tolerated is found: %(situations)s. As to %(parties)s: %(word)s.")
    elif facts.failed:
        text = _("a precondition is not met: %(failed)s. As to %(parties)s: %(word)s.")
    else:
        text = _("no situation that allows tolerance is found. As to %(parties)s: %(word)s.")
    return by + text % words


def _protection(facts: NoticeFacts) -> str:
    if facts.outcome == Outcome.EXEMPT:
        return _("From the day of the decision on, in this matter: %(protections)s.") % {
            "protections": "；".join(facts.protections)
        }
    if facts.outcome == Outcome.MITIGATED:
        return _(
            "The handling of this matter follows from the lighter one decided; its consequences are those of the handling actually given."
        )
    return _("The matter is handled further by the rules on accountability.")


def _changed(facts: NoticeFacts) -> str:
    if not facts.changed:
        return ""
    return _("With this decision the following was adjusted: %(changed)s.") % {"changed": "；".join(facts.changed)}


def _correction(facts: NoticeFacts) -> str:
    if facts.outcome == Outcome.NOT_TOLERATED:
        return ""
    text = _(
        "Tolerance does not end the duty to correct: within %(days)d working days of this notice hand in a plan of correction; the correction is as a rule completed within %(months)d months. Civil compensation and recovery are not affected."
    )
    return text % {"days": facts.plan_days, "months": facts.correct_months}


def _review(facts: NoticeFacts) -> str:
    text = _(
        "Who disagrees can ask %(body)s for a review within %(days)d working days of receiving this notice; until then the decision is carried out."
    )
    return text % {"body": facts.body, "days": facts.review_days}


def reversal(facts: NoticeFacts) -> Letter:
    """What was reversed, why, by which document; what stands again."""
    decided = {
        "day": day_in_words(facts.decided_on),
        "document": facts.document_no,
        "matter": facts.matter,
        "parties": facts.parties,
        "word": facts.word,
    }
    paragraphs = (
        _("By %(document)s of %(day)s it was decided on the matter “%(matter)s” as to %(parties)s: %(word)s.") % decided,
        _("This decision is reversed from %(day)s on by %(document)s. Reason: %(reason)s")
        % {"day": day_in_words(facts.reversed_on), "document": facts.reversal_no, "reason": _ended(facts.reversal_reason)},
        _("What the decision changed stands again as it stood before.")
        + (_("For you this is: %(changed)s.") % {"changed": "；".join(facts.changed)} if facts.changed else ""),
        _("The matter is handled further by the rules on accountability."),
    )  # fmt: skip
    title = _("Notice of the reversal of a conclusion on fault tolerance")
    return _letter(facts, title, facts.reversal_no, facts.reversed_on, paragraphs)


def _ended(text: str) -> str:
    return text.strip().rstrip("。.") + "。"


PAPERS: dict[str, Callable[[NoticeFacts], Letter]] = {"notice": notice, "reversal": reversal}
