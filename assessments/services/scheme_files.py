"""Schemes that leave the system as a workbook; who took them is an audit entry."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..models import Cycle, Scheme
from ..reports.scheme_workbook import SchemeOfYear, write_schemes
from .scheme_content import contents_of

VIEW = "assessments.view_cycle"


@transaction.atomic
def take_schemes(*, actor, cycle: Cycle, category: str = "") -> bytes:
    """The workbook of a year's schemes, or of one category's, in a form that the import reads back equal.

    Raises PermissionDenied for who sees nothing of the county, DomainError when there is no scheme.
    """
    visible = Scheme.objects.visible_to(actor, VIEW) if scope_of(actor, VIEW) else Scheme.objects.none()
    schemes = visible.filter(cycle=cycle)
    schemes = {scheme.category: scheme for scheme in (schemes.filter(category=category) if category else schemes)}
    if not schemes:
        raise DomainError("NO_SCHEMES", _("The year %(year)d has no such scheme.") % {"year": cycle.year}, status=404)
    contents = contents_of(schemes.values())
    written = [
        SchemeOfYear(cycle.year, row.label("zh-hans"), contents[schemes[code].pk])
        for code, row in codes("unit_category").items()
        if code in schemes
    ]
    names = dict(Organization.objects.system().below(cycle.jurisdiction).values_list("code", "name"))
    record(
        actor=actor,
        action="assessments.schemes.exported",
        target_kind="assessments.cycle",
        target_no=f"{cycle.jurisdiction.code}-{cycle.year}",
        target_label=str(cycle),
        org_path=cycle.jurisdiction.path,
        data={"categories": sorted(schemes)},
    )
    return write_schemes(written, names)
