"""Letters and records of talks as files: what they say comes from the case and the rulebook of their day; each is an entry.

The informer is nowhere in a case of supervision; what a report said is worded by the office (`matter`) for the letter alone.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.models import CaseEvent
from foundation.casework.registry import kind_of
from foundation.casework.services.deadlines import county_of, last_day
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.exchange.reports.letter_documents import write_letter
from foundation.exchange.reports.letter_heads import Heading
from foundation.exchange.reports.paper_files import Paper, file_name
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import rulebook
from officials.choices import RatingEffect

from ..choices import Mode
from ..models import Admonishment, Handling, Inquiry, Reminder, Revisit, TalkIssue
from ..reports import letters as texts
from ..reports.talk_records import Record, talk_record
from ..reports.visit_forms import VisitForm, visit_form
from ..rules.rating_effects import compute_effects
from ..selectors.documents import RECORD_TITLES, Document, documents_of, writer_of
from .admonishments import CONSEQUENCES
from .rating_law import rating_law_of

ENDINGS = ("docx", "pdf")
ZH = settings.LANGUAGE_CODE
WRITERS = {
    "reminder": texts.reminder,
    "inquiry": texts.inquiry,
    "outcome": texts.believed,
    "admonishment": texts.admonishment,
    "rectification": texts.rectification,
}


@transaction.atomic
def make_document(
    *, actor, case, document: Document, ending: str, heading: Heading, symbol: str = "", matter: str = ""
) -> Paper:
    """A letter or record of a case as docx or PDF; `matter` is how the letter words it, the case's own where empty.

    Without a number, room is left for it. Raises PermissionDenied for who does not carry out such cases at the unit,
    DomainError where the case is not so far (or further), or when a PDF cannot be made here.
    """
    require(actor, writer_of(case), case.organization.path)
    if document not in documents_of(case, actor):
        raise DomainError("DOCUMENT_NOT_NOW", _("This paper is not made where the case stands now."))
    with translation.override(ZH):  # an official letter is Chinese, whoever asks for it
        if document.has_head:
            number = symbol or _("〔%(year)d〕No.    ") % {"year": heading.issued_on.year}
            facts = facts_of_letter(case, matter or case.summary, heading.issued_on)
            letter = WRITERS[document.slug](facts, heading, number)
        elif isinstance(case, Revisit):
            letter = visit_form(visit_of(case, heading.issued_on))
        else:
            letter = talk_record(record_of(case, heading.issued_on))
        name = file_name(letter.title, case.official.name, ending=ending)
    content = write_letter(letter, ending, at=timezone.now())
    record(
        actor=actor,
        action="supervision.document.made",
        target_kind=kind_of(case).flow.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data={"document": document.slug, "format": ending, "number": symbol},
    )
    return Paper(name, content)


def facts_of_letter(case, matter: str, day: date) -> texts.Facts:
    """What the letters of a case say, by the rulebook of the day of issue."""
    book = rulebook(on=day, jurisdiction=county_of(case))
    cite = book.get("R-1.42" if isinstance(case, Inquiry) else "R-1.43").cite
    more = {}
    if isinstance(case, Inquiry):
        more = {"reply_days": book.value("R-1.42"), "replied_on": case.replied_on, "earlier": _earlier(case)}
    if isinstance(case, Reminder | Admonishment):
        more = {"held_on": case.held_on, "report_by": last_day(rectified_by(case, book), case.held_on or day)[0]}
    if isinstance(case, Admonishment):
        more |= _of_admonishment(case, book, day)
    return texts.Facts(
        name=case.official.name, matter=matter, source=case.source, law=f"《{cite.law}》{cite.article}", **more
    )


def rectified_by(case: Reminder | Admonishment, book):
    """The rule that gives the time of the rectification: after an inspection tour its own, as the clock of the case takes it."""
    other = case.clock_rule("report")
    return book.get(other if other in book else "R-1.41-RECHECK")


def _of_admonishment(case: Admonishment, book, day: date) -> dict:
    law = rating_law_of(book, "ADMONISH")
    effects = compute_effects(case.case_no, case.held_on or day, law) if law else ()
    return {
        "is_talk": case.mode == Mode.TALK,
        "situations": tuple(code_label("admonish_situation", code, ZH) for code in case.situations),
        "approved_by": case.approved_by,
        "approval_no": case.approval_no,
        "exam_days": book.value("R-1.41-SELF_EXAM"),
        "report_months": rectified_by(case, book).value,
        "period_months": book.value("R-DIS-ADMONISH"),
        "barred": tuple(code_label("blocked_act", code, ZH) for code in book.value("R-DIS-ADMONISH-BLOCKS")),
        "rating": str(RatingEffect(effects[0].word).label) if effects else "",
        "consequences": tuple(code_label("handling_type", code, ZH) for code in CONSEQUENCES),
    }


def _earlier(case: Inquiry) -> tuple[date, str, str] | None:
    """Day of the reply to the letter before this one, its number, and what it left open."""
    asked = CaseEvent.objects.filter(kind=kind_of(case).flow.kind, case_no=case.case_no, action="ask_again")
    event = asked.order_by("-seq").first()
    if event is None:
        return None
    letter = event.data["letter"]
    return date.fromisoformat(letter["replied_on"]), letter["document_no"], event.reason


def record_of(case, day: date) -> Record:
    """What is known of the talk; the rest is filled in by hand."""
    issues = TalkIssue.objects.system().filter(talk__case_no=case.case_no).order_by("sort")
    return Record(
        title=str(RECORD_TITLES[type(case)]),
        number=case.document_no or case.case_no,
        name=case.official.name,
        post=case.official.post_text or case.organization.name,
        matter=case.summary,
        held_on=case.held_on,
        made_on=day,
        talkers=case.talkers,
        recorder=case.recorder,
        place=case.place,
        content=case.content,
        issues=tuple(issues.values_list("text", flat=True)),
    )


def visit_of(case: Revisit, day: date) -> VisitForm:
    """What is known of the visit and of the decision that it follows; the rest is filled in by hand."""
    title = _("Register of a return visit for education (回访教育情况登记表)")
    return VisitForm(
        title=title,
        number=case.case_no,
        name=case.official.name,
        post=case.official.post_text or case.organization.name,
        decision=_decision_of(case),
        matter=case.summary,
        sequence=case.sequence,
        planned_on=case.planned_on,
        made_on=day,
        visited_on=case.visited_on,
        visitors=tuple(case.visitors),
        helper=case.helper_name,
        heard=case.heard,
        inspected=case.inspected,
        talked=case.talked,
        result=str(case.get_result_display()) if case.result else "",
        suggestion=case.suggestion,
        next_on=case.next_on,
    )


def _decision_of(case: Revisit) -> str:
    """Kind, document, day of effect and last day of the decision behind a visit; its number where it is no handling."""
    decided = Handling.objects.system().filter(case_no=case.source_no).with_last_days().first()
    if decided is None:
        return case.source_no
    kind, until = code_label("handling_type", decided.kind, ZH), f"{decided.until:%Y.%m.%d}" if decided.until else "—"
    words = {"kind": kind, "document": decided.document_no, "day": f"{decided.effective_on:%Y.%m.%d}", "until": until}
    return _("%(kind)s (%(document)s), in effect from %(day)s, influence period until %(until)s") % words
