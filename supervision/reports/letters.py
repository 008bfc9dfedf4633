"""The letters of daily supervision: 提醒函, 函询通知书, 函询结果告知书, 诫勉书, 整改通知书. Pure.

An official letter is Chinese whatever language the office's pages have: callers override the language. Who reported
something is never named: a letter says that there was a report, and the matter as the office worded it (R-CON-05).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from foundation.exchange.reports.letter_heads import Heading
from foundation.exchange.reports.letters import Letter, Paragraph, day_in_words

from ..choices import Source

OPENINGS = {
    Source.CHECK: gettext_lazy("In a supervisory check the following was found about you: %(matter)s."),
    Source.COMPLAINT: gettext_lazy("We received the following report about you: %(matter)s."),
    Source.AUDIT: gettext_lazy("In an audit the following was found about you: %(matter)s."),
    Source.INSPECTION: gettext_lazy("In an inspection tour the following was found about you: %(matter)s."),
    Source.ASSESSMENT: gettext_lazy("In an assessment the following was found about you: %(matter)s."),
    Source.RANKING: gettext_lazy("By the published result of the yearly assessment: %(matter)s."),
    Source.OTHER: gettext_lazy("In daily supervision we learned the following about you: %(matter)s."),
}
"""How a letter begins, by where the matter comes from (table Source)."""
ROOM = "＿" * 6
"""Room for a word written by hand."""


@dataclass(frozen=True)
class Facts:
    """What letters about one person may say. Texts are worded already, periods come from the rulebook of the day.

    `law`: the regulation with its article; `is_talk`: the admonishment is a talk, not a letter. `reply_days` and
    `exam_days` are working days. `earlier`: day of the reply, number of the letter and why it is asked again.
    """

    name: str
    matter: str
    source: str
    law: str
    is_talk: bool = False
    reply_days: int = 0
    earlier: tuple[date, str, str] | None = None
    replied_on: date | None = None
    situations: tuple[str, ...] = ()
    approved_by: str = ""
    approval_no: str = ""
    exam_days: int = 0
    report_months: int = 0
    period_months: int = 0
    barred: tuple[str, ...] = ()
    rating: str = ""
    consequences: tuple[str, ...] = ()
    held_on: date | None = None
    report_by: date | None = None

    @property
    def opening(self) -> str:
        """The first sentence."""
        return str(OPENINGS[Source(self.source)]) % {"matter": without_stop(self.matter)}


def without_stop(text: str) -> str:
    """A text without the full stop at its end: the sentence around it brings one."""
    return text.strip().rstrip("。.；;")


def _letter(title: str, facts: Facts, heading: Heading, symbol: str, sentences) -> Letter:
    return Letter(
        mark=heading.mark,
        symbol=symbol,
        title=title,
        addressee=_("Comrade %(name)s:") % {"name": facts.name},
        paragraphs=tuple(Paragraph(text) for text in sentences if text),
        issuer=heading.issuer,
        issued_on=heading.issued_on,
        copies=heading.copies,
        printed_by=heading.issuer if heading.copies else "",
    )


def reminder(facts: Facts, heading: Heading, symbol: str) -> Letter:
    """提醒函: the matter, the request to correct it, the day of the report."""
    asked = _(
        "By %(law)s you are hereby reminded in writing. Take this seriously, look for the causes, and correct it."
    )
    sentences = [facts.opening, asked % {"law": facts.law}, _report_by(facts)]
    return _letter(pgettext("letter", "Letter of reminder"), facts, heading, symbol, sentences)


def inquiry(facts: Facts, heading: Heading, symbol: str) -> Letter:
    """函询通知书, or 再次函询通知书 when the reply to an earlier letter left something open (R-1.42)."""
    sentences = [facts.opening]
    title = pgettext("letter", "Letter of inquiry")
    if facts.earlier:
        title = pgettext("letter", "Second letter of inquiry")
        replied_on, number, why = facts.earlier
        again = _(
            "Your explanation of %(day)s to %(number)s was received. It leaves open: %(why)s. You are asked again."
        )
        sentences.append(again % {"day": day_in_words(replied_on), "number": number, "why": without_stop(why)})
    asked = _(
        "By %(law)s you are asked to explain this truthfully in writing within %(days)d working days of receiving this letter; the explanation is signed with an opinion by the main leader of your unit's Party organization and sent to this department."
    )
    sentences += [
        asked % {"law": facts.law, "days": facts.reply_days},
        _(
            "Who does not explain truthfully, or does not reply in time without good reason, is dealt with by the rules."
        ),
    ]
    return _letter(title, facts, heading, symbol, sentences)


def believed(facts: Facts, heading: Heading, symbol: str) -> Letter:
    """函询结果告知书: the explanation is accepted and the matter settled."""
    text = _("Your written explanation of %(day)s was received. It is accepted, and the matter is settled.")
    sentences = [
        text % {"day": day_in_words(facts.replied_on)},
        _("May you go on to be strict with yourself and to do your duty with energy."),
    ]
    return _letter(pgettext("letter", "Outcome of the inquiry"), facts, heading, symbol, sentences)


def admonishment(facts: Facts, heading: Heading, symbol: str) -> Letter:
    """诫勉书: situation, approval, self-examination, report and check, influence period, what follows otherwise."""
    sentences = [facts.opening]
    if facts.situations:
        text = _("This belongs to the situations of an admonishment: %(situations)s.")
        sentences.append(text % {"situations": "；".join(facts.situations)})
    to_do = _(
        "Hand in a written self-examination within %(days)d working days of the day on which this was delivered, and a report on your rectification within %(months)d months; then it will be checked."
    )
    sentences += [
        _decision(facts),
        to_do % {"days": facts.exam_days, "months": facts.report_months},
        _period(facts),
    ]
    if facts.consequences:
        text = _("Where nothing is corrected, what may follow is: %(consequences)s.")
        sentences.append(text % {"consequences": "、".join(facts.consequences)})
    return _letter(pgettext("letter", "Letter of admonishment"), facts, heading, symbol, sentences)


def _decision(facts: Facts) -> str:
    """By whose approval (R-1.43); what is not recorded yet is filled in by hand."""
    words = {"law": facts.law, "by": facts.approved_by or ROOM, "number": facts.approval_no or ROOM}
    talk = _("By %(law)s, after study and with the approval of %(by)s (%(number)s), you are admonished in a talk.")
    letter = _("By %(law)s, after study and with the approval of %(by)s (%(number)s), you are admonished in writing.")
    return (talk if facts.is_talk else letter) % words


def _period(facts: Facts) -> str:
    if not facts.period_months:
        return ""
    text = _("The influence period is %(months)d months from the day of delivery. During it is barred: %(barred)s.")
    said = text % {"months": facts.period_months, "barred": "、".join(facts.barred)}
    if facts.rating:
        said += _("Annual rating of the year: %(rating)s.") % {"rating": facts.rating}
    return said


def rectification(facts: Facts, heading: Heading, symbol: str) -> Letter:
    """整改通知书: what is to be corrected after a talk or letter, and until when the report is due (R-1.41)."""
    admonished = _("On %(day)s you were admonished on the following matter: %(matter)s.")
    reminded = _("On %(day)s you were reminded of the following matter: %(matter)s.")
    words = {"day": day_in_words(facts.held_on), "matter": without_stop(facts.matter)}
    asked = _(
        "By %(law)s, draw up a list of the problems with measures and days, correct them one by one, and tell your unit's Party organization how it goes."
    )
    sentences = [
        (admonished if facts.exam_days else reminded) % words,
        asked % {"law": facts.law},
        _report_by(facts),
    ]
    return _letter(pgettext("letter", "Notice of rectification"), facts, heading, symbol, sentences)


def _report_by(facts: Facts) -> str:
    if facts.report_by is None:
        return ""
    text = _("Report on your rectification in writing by %(day)s; then it will be checked.")
    return text % {"day": day_in_words(facts.report_by)}
