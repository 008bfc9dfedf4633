"""Letters, circulars and certificates of clearances: made from the case, each taken out with an entry."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.exchange.reports.letter_documents import write_letter
from foundation.exchange.reports.paper_files import Paper, file_name
from foundation.regulations.services.codes import code_label

from ..models import Clearance
from ..reports.clearance_papers import PAPERS, ClearanceFacts
from ..workflows.clearance import APPROVED, CARRY_OUT, CLEARANCE, CONSENT_OK, STANDING
from .clearance_guards import consent_stands, texts_stand

ENDINGS = ("docx", "pdf")
OFFICE = "zh-hans"


def papers_open(case: Clearance) -> list[str]:
    """Papers that the case has come to: the letter once approved, the circular where it is a mode, the certificate once cleared."""
    if case.status not in (APPROVED, CONSENT_OK, *STANDING):
        return []
    found = ["letter"]
    found += ["circular"] if "CIRCULAR" in case.modes else []
    return [*found, "certificate"] if case.status in STANDING else found


@transaction.atomic
def export_paper(*, actor, case: Clearance, paper: str, ending: str) -> Paper:
    """A paper of a clearance as docx or PDF, in Chinese whoever asks for it.

    Raises PermissionDenied outside the actor's units; DomainError before the case has come to the paper, for a circular without
    the person's consent (R-CLR-06), for a text that names the informer (R-CLR-08), or when a PDF cannot be made here.
    """
    require(actor, CARRY_OUT, case.organization.path)
    if paper not in papers_open(case):
        raise DomainError("PAPER_NOT_YET", _("This paper is made once the case has come to it: approved, or cleared."))
    refusals = texts_stand(case, actor=actor)
    if paper == "circular":
        refusals += consent_stands(case, actor=actor)
    if refusals:
        raise DomainError("CASE_REFUSED", refusals[0].text, refusals)
    with translation.override(OFFICE):
        letter = PAPERS[paper](_facts(case))
        name = file_name(letter.title, case.official.name, ending=ending)
        content = write_letter(letter, ending, at=timezone.now())
    record(
        actor=actor,
        action="tolerance.clearance.lettered",
        target_kind=CLEARANCE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data={"paper": paper, "format": ending},
    )
    return Paper(name, content)


def _facts(case: Clearance) -> ClearanceFacts:
    county = case.organization.jurisdiction or case.organization
    return ClearanceFacts(
        person=case.official.name,
        post=case.official.post_text,
        unit=case.organization.name,
        issuer=f"中共{county.name}委组织部",
        body=case.finding_body,
        found_on=case.found_on,
        finding=str(case.get_finding_display()),
        text=case.text,
        scope=code_label("clearance_scope", case.scope, OFFICE),
        document_no=case.document_no or case.approval_no,
        certificate_no=case.certificate_no,
        cleared_on=case.cleared_on,
        issued_on=case.cleared_on or timezone.localdate(),
    )
