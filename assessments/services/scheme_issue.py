"""Issuing a year's schemes (印发): weights sum to exactly 100, every category with units has one (engine §2)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.lists import words
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.regulations.services.codes import codes

from ..choices import SchemeState
from ..models import Cycle, Scheme
from ..rules.scheme_faults import Fault, check_complete, check_shape
from ..scheme_words import fault_place, fault_text
from ..selectors.schemes import scheme_lines
from .scheme_content import contents_of, departments_of
from .scheme_editing import EDIT, check_departments, checked_document_number, refuse_locked


@dataclass(frozen=True)
class IssueFault:
    """One thing that stands against issuing: category, place inside of its scheme, what is wrong and what to do."""

    category: str
    code: str
    place: str
    text: str


def find_issue_faults(cycle: Cycle, lines=None) -> list[IssueFault]:
    """Everything that stands against issuing the year's drafts, in the order of the categories.

    `lines`: the year's categories, where the caller has read them already (`selectors.scheme_lines`; 2 queries without).
    """
    lines = scheme_lines(cycle) if lines is None else lines
    contents = contents_of(line.scheme for line in lines if line.scheme and not line.scheme.is_issued)
    known = departments_of(cycle.jurisdiction)
    return [fault for line in lines for fault in _faults_of(line, contents, known)]


def _faults_of(line, contents, known) -> list[IssueFault]:
    if line.scheme is None:
        return [IssueFault(line.category, "NO_SCHEME", "", fault_text(Fault("NO_SCHEME", facts={"units": line.units})))]
    content = contents.get(line.scheme.pk)
    if content is None:
        return []
    return [
        IssueFault(line.category, fault.code, fault_place(fault, content), fault_text(fault))
        for fault in (*check_complete(content), *check_shape(content), *check_departments(content, known))
    ]


@transaction.atomic
def issue_schemes(*, actor, cycle: Cycle, document_no: str, issued_on) -> list[Scheme]:
    """Issue all drafts of a year under one document and return them; from then on only amendments change them.

    Raises PermissionDenied outside of the actor's county; DomainError when the year is published, has no draft, the
    document number is missing, the day lies ahead, or something stands against it (reasons: every fault with its place).
    """
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    require(actor, EDIT, locked.jurisdiction.path)
    refuse_locked(locked)
    number = checked_document_number(document_no)
    if issued_on > timezone.localdate():
        raise DomainError("ISSUED_AHEAD", _("The day of issue lies ahead. Issue the schemes on that day."), status=400)
    drafts = list(Scheme.objects.system().select_for_update(of=("self",)).filter(cycle=locked, state=SchemeState.DRAFT))
    if not drafts:
        raise DomainError("NOTHING_TO_ISSUE", _("The year %(year)d has no draft to issue.") % {"year": locked.year})
    faults = find_issue_faults(locked)
    if faults:
        raise DomainError(
            "ISSUE_REFUSED",
            _("%(count)d places stand against issuing the schemes; nothing was issued.") % {"count": len(faults)},
            [Reason(f.code, {"category": f.category, "place": f.place}, text=f.text) for f in faults],
        )
    for scheme in drafts:
        scheme.state, scheme.issued_on, scheme.document_no = SchemeState.ISSUED, issued_on, number
        scheme.issuer_id, scheme.issuer_name, scheme.version = actor.pk, str(actor)[:120], scheme.version + 1
    Scheme.objects.bulk_update(drafts, ["state", "issued_on", "document_no", "issuer_id", "issuer_name", "version"])
    record(
        actor=actor,
        action="assessments.schemes.issued",
        target_kind="assessments.cycle",
        target_no=f"{locked.jurisdiction.code}-{locked.year}",
        target_label=str(locked),
        org_path=locked.jurisdiction.path,
        basis=number,
        data={"categories": sorted(scheme.category for scheme in drafts), "issued_on": issued_on},
    )
    return drafts


def drafts_of(cycle: Cycle) -> list[str]:
    """Names of the categories whose scheme is still a draft, in the order of the table (1 query)."""
    found = set(Scheme.objects.system().filter(cycle=cycle, state=SchemeState.DRAFT).values_list("category", flat=True))
    return [row.label() for code, row in codes("unit_category").items() if code in found] if found else []


def refuse_drafts(cycle: Cycle) -> None:
    """A result in force rests on issued schemes. Raises DomainError naming the categories that are still drafts."""
    drafts = drafts_of(cycle)
    if drafts:
        raise DomainError(
            "SCHEMES_NOT_ISSUED",
            _("Not issued yet: the schemes of %(categories)s. Issue them under the page of the year's schemes, then publish.")
            % {"categories": words(drafts)},
        )  # fmt: skip
