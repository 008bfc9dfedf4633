"""Who made a report, under lock: written without being read back, known to comparisons by hashes alone (R-CON-01, R-CON-04)."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from foundation.audit.services.entries import record
from foundation.casework.services.engine import note
from foundation.common.crypto import encrypt, keyed_hash
from foundation.common.results import Reason
from foundation.common.scoping import require
from officials.rules.names import readings
from supervision.services.tool_cases import refuse

from ..choices import ReportKind
from ..models import Complaint, IdentityMark, ReporterIdentity
from ..rules.complaints import check_entry
from ..rules.informer_words import SHORTEST, Marks, check_texts, squeezed
from ..secret_words import add_source
from ..workflows.complaint import COMPLAINT, REGISTER
from .complaint_law import in_words, law_of


@dataclass(frozen=True, repr=False)
class Identity:
    """Who made a report, as long as it takes to lock it away or to show it once; it has no text of its own."""

    name: str
    id_number: str = ""
    phone: str = ""
    unit: str = ""
    address: str = ""

    def __repr__(self):
        return "<Identity>"

    @property
    def values(self) -> dict[str, str]:
        """Every field by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@sensitive_variables()
@transaction.atomic
def keep_identity(*, actor, complaint: Complaint, identity: Identity) -> Complaint:
    """Put under lock who made a report; nobody gets it back but by an approved request. Another call adds another person.

    Raises PermissionDenied outside the actor's units; DomainError (400) for an anonymous report, one of the level above
    (R-CON-02), without a name, or where the matter as it was written gives the person away.
    """
    rows = Complaint.objects.system().select_for_update(of=("self",)).select_related("organization", "county")
    case = rows.get(pk=complaint.pk)
    require(actor, REGISTER, case.organization.path)
    kept = Identity(**{name: value.strip() for name, value in identity.values.items()})
    words = _words_of(kept, case)
    refuse(_wrong(case, kept, words), "IDENTITY_REFUSED")
    ciphers = {f"{name}_cipher": encrypt(value) if value else b"" for name, value in kept.values.items()}
    ReporterIdentity.objects.bulk_create([ReporterIdentity(complaint=case, **ciphers)])
    IdentityMark.objects.bulk_create(
        [IdentityMark(complaint=case, size=len(word), mark=keyed_hash(word)) for word in sorted(words)],
        ignore_conflicts=True,
    )
    case.informers += 1
    case.save()
    note(case, actor=actor, action="kept")
    record(
        actor=actor,
        action="tolerance.identity.kept",
        target_kind=COMPLAINT.kind,
        target_no=case.case_no,
        target_label=case.number,
        org_path=case.organization.path,
        data={"informers": case.informers},
    )
    return case


@sensitive_variables()
def _wrong(case: Complaint, identity: Identity, words) -> list[Reason]:
    law = law_of(case)
    found = in_words(check_entry(case.owner, holds_matter=False, holds_identity=True, law=law).reasons)
    if case.kind == ReportKind.ANONYMOUS:
        text = _("The report is anonymous: there is no identity to keep.")
        found.append(Reason("ANONYMOUS", {"rule_id": "R-CON-04"}, text=text))
    if not identity.name:
        found.append(Reason("TEXT_MISSING", {"field": "name"}, text=_("The name is needed.")))
    named = check_texts({"matter": case.matter, "conclusion": case.conclusion}, words)
    return [*found, *in_words(named.reasons)]


@sensitive_variables()
def _words_of(identity: Identity, case: Complaint) -> set[str]:
    """What would give the person away, as texts are compared; not the unit that the report is about, which texts must name."""
    words = {squeezed(value) for value in identity.values.values()}
    ways = readings.__wrapped__(identity.name) if identity.name else ()  # past its cache: no name stays in memory
    pinyin = {"".join(way.syllables) for way in ways}
    words |= {word for word in pinyin if word.isalpha() and len(word) > 2 * SHORTEST}
    about = {squeezed(case.organization.name), squeezed(case.organization.short_name or "")}
    return {word for word in words if len(word) >= SHORTEST and word not in about}


@add_source
def marks_about(report_no: str) -> list[Marks]:
    """What no text about the report may hold, by keyed hashes: nothing is decrypted, no identity is opened (1 query)."""
    rows = IdentityMark.objects.filter(complaint__number=report_no).values_list("size", "mark")
    found = list(rows)
    if not found:
        return []
    return [Marks(frozenset(size for size, _mark in found), frozenset(mark for _size, mark in found), keyed_hash)]
