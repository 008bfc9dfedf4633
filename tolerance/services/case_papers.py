"""Notices of a case of fault tolerance: to the unit and to each party, after the decision; each taken out with an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.audit.services.entries import record
from foundation.casework.models import CaseEvent
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.exchange.reports.letter_documents import write_letter
from foundation.exchange.reports.paper_files import Paper, file_name
from foundation.regulations.services.codes import code_label, codes

from ..choices import Answer, Applicant, Outcome
from ..models import CaseParty, CasePoint, DecidedEffect, ToleranceCase
from ..reports.case_papers import PAPERS, NoticeFacts
from ..workflows import TOLERANCE
from ..workflows.tolerance_case import DECIDED, FOLLOW, IN_FORCE, REVERSED
from .case_law import book_of

ENDINGS = ("docx", "pdf")
OFFICE = "zh-hans"
UNIT = "unit"
LISTS = {
    Outcome.EXEMPT: ("exempting", "tolerance_exempt"),
    Outcome.MITIGATED: ("mitigating", "tolerance_mitigate"),
    Outcome.NOT_TOLERATED: ("excluding", "tolerance_exclude"),
}
BASIS = {Outcome.EXEMPT: "TOL-BASIS-EXEMPT", Outcome.MITIGATED: "TOL-BASIS-MITIGATED"}
"""Rules whose citation stands in the notice; each can be switched off from a day on by a local setting."""
APPLIED = pgettext_lazy("recipient", "applicant")


@dataclass(frozen=True)
class Recipient:
    """Who is told: `key` in addresses (`unit`, or the number of the party), and what it is in the case."""

    key: str
    name: str
    role: Any
    official: int | None = None
    unit: int | None = None


def papers_open(case: ToleranceCase) -> list[str]:
    """The notice once it is decided and while the decision stands; its reversal once it is reversed."""
    if case.status == REVERSED:
        return ["reversal"]
    return ["notice"] if case.status in {DECIDED, *IN_FORCE} else []


def recipients_of(case: ToleranceCase, parties: Iterable[Mapping[str, Any]]) -> list[Recipient]:
    """The unit, then each party (§1.8: to the applicant and the unit). `parties`: rows as `with_parts` gives them."""
    kind = case.applicant_kind
    role = APPLIED if kind == Applicant.UNIT else pgettext_lazy("recipient", "unit of the case")
    found = [Recipient(UNIT, case.organization.name, role, unit=case.organization_id)]
    for row in parties:
        if row["official"]:
            role = APPLIED if kind == Applicant.CADRE else gettext_lazy("official concerned")
            found.append(Recipient(str(row["pk"]), row["name"], role, official=row["official"]))
        elif row["unit_no"] != case.organization_id:
            found.append(Recipient(str(row["pk"]), row["unit"], gettext_lazy("unit concerned"), unit=row["unit_no"]))
    return found


def _parties(case: ToleranceCase) -> list[dict]:
    rows = CaseParty.objects.system().filter(case=case).order_by("pk")
    return [
        {"pk": pk, "official": official, "name": name, "unit": unit, "unit_no": unit_no}
        for pk, official, name, unit, unit_no in rows.values_list(
            "pk", "official", "official__name", "unit__name", "unit"
        )
    ]


@transaction.atomic
def export_notice(*, actor, case: ToleranceCase, paper: str, to: str, ending: str) -> Paper:
    """The notice for one recipient as docx or PDF, in Chinese whoever asks for it.

    Raises PermissionDenied for who does not tell results at the unit; DomainError before the decision (or for a reversal that was
    not made), for a recipient who is none, or when a PDF cannot be made here.
    """
    require(actor, FOLLOW, case.organization.path)
    if paper not in papers_open(case):
        raise DomainError("PAPER_NOT_YET", _("This notice is made once the case has come to it: decided, or reversed."))
    parties = _parties(case)
    told = next((one for one in recipients_of(case, parties) if one.key == to), None)
    if told is None:
        raise DomainError(
            "NO_RECIPIENT", _("Nobody of this case has this notice. Choose from the page of the case."), status=404
        )
    with translation.override(OFFICE):
        letter = PAPERS[paper](_facts(case, parties, told))
        name = file_name(letter.title, told.name, ending=ending)
        content = write_letter(letter, ending, at=timezone.now())
    record(
        actor=actor,
        action="tolerance.case.lettered",
        target_kind=TOLERANCE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data={"paper": paper, "to": to, "official": told.official, "format": ending},
    )
    return Paper(name, content)


def _facts(case: ToleranceCase, parties, told: Recipient) -> NoticeFacts:
    book = book_of(case, case.decided_on)
    column, table = LISTS[Outcome(case.outcome)]
    event = CaseEvent.objects.filter(kind=TOLERANCE.kind, case_no=case.case_no, action="reverse").order_by("seq").last()
    return NoticeFacts(
        to=told.name,
        is_person=told.official is not None,
        begun_by=case.applicant_kind,
        matter=case.title_text,
        event_on=case.event_on,
        parties="、".join(row["name"] or row["unit"] for row in parties),
        body=case.body_name,
        meeting_on=case.meeting_on,
        document_no=case.document_no,
        decided_on=case.decided_on,
        outcome=case.outcome,
        word=case.word,
        law=_law(book, case.outcome),
        situations=tuple(code_label(table, code, OFFICE) for code in getattr(case, column)),
        failed=_failed(case),
        protections=tuple(row.label(OFFICE) for row in codes("tolerance_protection").values()),
        changed=_changed(case, told),
        plan_days=int(book.value("TOL-PLAN-DAYS")),
        correct_months=int(book.value("TOL-CORRECT-MONTHS")["normal"]),
        review_days=int(book.value("TOL-REVIEW-WINDOW-DAYS")),
        filing_no=case.filing.case_no if case.filing else "",
        filing_on=case.filing.reviewed_on if case.filing else None,
        reversed_on=timezone.localdate(event.at) if event else None,
        reversal_no=case.review_document_no,
        reversal_reason=event.reason if event else "",
    )


def _law(book, outcome: str) -> str:
    """The article that the outcome rests on, empty where none is known on the day."""
    rule = BASIS.get(Outcome(outcome), "")
    if rule not in book or not book.value(rule):
        return ""
    cite = book.cite(rule)
    return f"《{cite.law}》{cite.article}"


def _failed(case: ToleranceCase) -> tuple[str, ...]:
    rows = CasePoint.objects.system().filter(case=case, table="tolerance_precondition", found=Answer.NO)
    return tuple(code_label(one.table, one.code, OFFICE) for one in rows.order_by("pk"))


def _changed(case: ToleranceCase, told: Recipient) -> tuple[str, ...]:
    """Labels of the effects about this recipient: what concerns others is not told."""
    rows = DecidedEffect.objects.system().of_case(TOLERANCE.kind, case.case_no).filter(applied_at__isnull=False)
    if told.official:
        rows = rows.filter(official=told.official)
    else:
        rows = rows.filter(about_unit=told.unit, official__isnull=True)
    return tuple(rows.values_list("label", flat=True))
