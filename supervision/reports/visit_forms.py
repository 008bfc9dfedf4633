"""The register form of a return visit (回访教育情况登记表), which goes into the file of the case (汉阴县 practice). Pure.

听 the unit, 察 the work, 谈 with the person; subjects are the person, the unit's Party organization and the helper, who sign. What is
not known yet stays empty, so that the form can be taken along.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.exchange.reports.content import Column, Row, Table
from foundation.exchange.reports.letters import Letter, Paragraph, day_in_words

from .talk_records import SIGNED

EMPTY_LINES = "\n\n\n"


@dataclass(frozen=True)
class VisitForm:
    """What is known of a visit; `decision` tells kind, document and period of what it follows."""

    title: str
    number: str
    name: str
    post: str
    decision: str
    matter: str
    sequence: int
    planned_on: date
    made_on: date
    visited_on: date | None = None
    visitors: tuple[str, ...] = ()
    helper: str = ""
    heard: str = ""
    inspected: str = ""
    talked: str = ""
    result: str = ""
    suggestion: str = ""
    next_on: date | None = None


def visit_form(form: VisitForm) -> Letter:
    """The form as a paper without red head."""
    when = day_in_words(form.visited_on) if form.visited_on else ""
    lines = (
        (pgettext("person", "Name"), form.name),
        (_("Unit and post"), form.post),
        (_("Handling or sanction"), form.decision),
        (_("Matter"), form.matter),
        (pgettext("visit", "Which visit"), str(form.sequence)),
        (_("Planned for"), day_in_words(form.planned_on)),
        (_("Visited on"), when),
        (_("Visitors"), "、".join(form.visitors)),
        (_("Helper"), form.helper),
        (_("Heard from the unit (听)"), form.heard or EMPTY_LINES),
        (_("Seen of the work (察)"), form.inspected or EMPTY_LINES),
        (_("Talked about with the person (谈)"), form.talked or EMPTY_LINES),
        (pgettext("visit", "Result (good, fair, poor)"), form.result),
        (_("Suggestion"), form.suggestion or EMPTY_LINES),
        (_("Next visit"), day_in_words(form.next_on) if form.next_on else ""),
    )
    columns = (Column(pgettext("form", "Item"), 24), Column(pgettext("form", "Content"), 76))
    signature = _("%(who)s (signature): %(blank)s on %(day)s")
    signing = (_("Person visited"), _("Party organization of the unit"), _("Helper"), _("Visitors"))
    return Letter(
        mark="",
        symbol="",
        title=form.title,
        addressee="",
        paragraphs=(Paragraph(_("No. %(number)s") % {"number": form.number}),),
        issuer="",
        issued_on=form.made_on,
        table=Table(columns, tuple(Row(line) for line in lines)),
        table_after=0,
        signed_by=tuple(
            signature % {"who": who, "blank": SIGNED, "day": pgettext("signature", "(day)")} for who in signing
        ),
    )
