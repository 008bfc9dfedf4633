"""Approved numbers of a unit, its level and type, and the order of the units below one."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require

from ..models import PATH_STEP, ApprovedNumbers, Organization
from ..rules.quotas import completed, contradictions
from .tree import PathGiver, relocate

PERMISSION = "organizations.reorganise_units"
UNIT = "organizations.organization"


def _refuse(code: str, text: str):
    raise DomainError(code, text, [Reason(code, text=text)], status=400)


@transaction.atomic
def set_numbers(*, actor, unit: Organization, starts_on: date, document_no: str, **numbers) -> ApprovedNumbers:
    """Set what is approved for a unit from a day on (核定职数, 编制); the same day again corrects what was entered for it.

    `numbers`: fields of `ApprovedNumbers`; a sum left empty is that of its parts. Raises DomainError for a sum smaller
    than its parts, PermissionDenied outside of the actor's scope.
    """
    require(actor, PERMISSION, unit.path)
    values = completed(numbers)
    wrong = contradictions(values)
    if "leaders" in wrong:
        _refuse("LEADERS_BELOW_PARTS", _("The approved leaders are fewer than principal and deputy leaders together."))
    if "staffing" in wrong:
        _refuse("STAFF_BELOW_PARTS", _("The approved staff is less than the kinds of staff together."))
    if not document_no.strip():
        _refuse("NUMBERS_WITHOUT_DOCUMENT", _("Name the document by which the numbers were approved."))
    if all(value is None for value in values.values()):
        _refuse("NO_NUMBERS", _("Enter at least one number."))
    row, made = ApprovedNumbers.objects.system().update_or_create(
        organization=unit,
        starts_on=starts_on,
        defaults={**values, "document_no": document_no, "decided_by": str(actor)[:60]},
    )
    record(
        actor=actor,
        action="organizations.numbers.approved",
        target_kind=UNIT,
        target_no=unit.code,
        target_label=unit.name,
        org_path=unit.path,
        basis=document_no,
        data={"starts_on": starts_on, "corrects": not made, **values},
    )
    return row


@transaction.atomic
def describe_unit(*, actor, unit: Organization, level: str, nature: str, document_no: str = "") -> Organization:
    """Set level (机构级别) and type (机构类型) of a unit."""
    require(actor, PERMISSION, unit.path)
    before = {"level": unit.level, "nature": unit.nature}
    unit.level, unit.nature = level, nature
    unit.save(update_fields=["level", "nature"])
    record(
        actor=actor,
        action="organizations.unit.described",
        target_kind=UNIT,
        target_no=unit.code,
        target_label=unit.name,
        org_path=unit.path,
        basis=document_no,
        data={"before": before, "after": {"level": level, "nature": nature}},
    )
    return unit


@transaction.atomic
def order_units(*, actor, parent: Organization, codes: list[str]) -> int:
    """Put the units below one into the order of `codes`; units not named keep their order behind them.

    Paths are made of ranks, so every unit below gets a fresh one, in one statement. Returns units moved with their own.
    """
    require(actor, PERMISSION, parent.path)
    rows = Organization.objects.system().filter(parent=parent).order_by("path").select_for_update()
    known = {unit.code: unit for unit in rows}
    unknown = [code for code in codes if code not in known]
    if unknown:
        _refuse("NOT_BELOW", _("These units do not stand below it: %(codes)s.") % {"codes": ", ".join(unknown)})
    order = [*dict.fromkeys(codes), *(code for code in known if code not in codes)]
    if order == list(known):
        return 0
    moved = relocate([(known[code].path, path) for code, path in zip(order, _fresh(parent, len(order)), strict=True)])
    record(
        actor=actor,
        action="organizations.units.ordered",
        target_kind=UNIT,
        target_no=parent.code,
        target_label=parent.name,
        org_path=parent.path,
        data={"order": order},
    )
    return moved


def _fresh(parent: Organization, count: int) -> list[str]:
    """Free ranks below a parent in order: those behind the last one, or the first ones again when these run out."""
    paths = PathGiver()
    first = int(paths.below(parent)[0][-PATH_STEP:])
    if first + count < 10**PATH_STEP:
        return [f"{parent.path}{rank:0{PATH_STEP}d}" for rank in range(first, first + count)]
    width = len(parent.path) + PATH_STEP
    taken = Organization.objects.system().filter(path__startswith=parent.path, path__length=width)
    ranks = {int(path[-PATH_STEP:]) for path in taken.values_list("path", flat=True)}
    free = [rank for rank in range(1, 10**PATH_STEP) if rank not in ranks][:count]
    return [f"{parent.path}{rank:0{PATH_STEP}d}" for rank in free]
