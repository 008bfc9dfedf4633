"""Schemes from year to year: last year's as a start, and what differs between two years (assessment engine §2)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.organizations.models import UnitCategory

from ..models import Cycle, Indicator, Scheme
from ..rules.schemes import PARAMETERS
from .scheme_editing import EDIT

LEAF = (
    "code", "name", "group", "weight", "unit_of_measure", "responsible_id", "method", "direction", "params", "sort",
)  # fmt: skip


@transaction.atomic
def copy_schemes(*, actor, source: Cycle, year: int) -> Cycle:
    """Begin a year with the schemes of an earlier one as drafts (parameters and indicators, no figures) and its units.

    The units stand in the categories of the earlier year, unless categories of the new one were imported already.

    Returns the new year's cycle. Raises PermissionDenied outside the actor's county, DomainError when the earlier year
    has no scheme or the new one already has some: a copy never mixes with what stands there.
    """
    county = source.jurisdiction
    require(actor, EDIT, county.path)
    schemes = list(Scheme.objects.system().filter(cycle=source).order_by("category"))
    if not schemes:
        raise DomainError("NOTHING_TO_COPY", _("The year %(year)d has no scheme to copy.") % {"year": source.year})
    target, _created = Cycle.objects.system().get_or_create(jurisdiction=county, year=year)
    Cycle.objects.system().select_for_update(of=("self",)).get(pk=target.pk)
    if Scheme.objects.system().filter(cycle=target).exists():
        raise DomainError("SCHEMES_EXIST", _("The year %(year)d has schemes already.") % {"year": year})
    made = {
        scheme.pk: Scheme(
            cycle=target, category=scheme.category, **{name: getattr(scheme, name) for name in PARAMETERS}
        )
        for scheme in schemes
    }
    Scheme.objects.bulk_create(made.values())
    leaves = Indicator.objects.system().filter(scheme__in=schemes).order_by("scheme_id", "sort")
    copies = [Indicator(scheme=made[leaf.scheme_id], **{name: getattr(leaf, name) for name in LEAF}) for leaf in leaves]
    Indicator.objects.bulk_create(copies)
    units = _carry_categories(source, year)
    record(
        actor=actor,
        action="assessments.schemes.copied",
        target_kind="assessments.cycle",
        target_no=f"{county.code}-{year}",
        target_label=str(target),
        org_path=county.path,
        data={"from": source.year, "schemes": len(made), "indicators": len(copies), "units": units},
    )
    return target


def _carry_categories(source: Cycle, year: int) -> int:
    """Put the units that still exist into the same categories in a year that has none yet; returns how many."""
    held = UnitCategory.objects.system().filter(organization__jurisdiction=source.jurisdiction_id)
    if held.filter(year=year).exists():
        return 0
    remain = Q(organization__ends_on__isnull=True) | Q(organization__ends_on__gte=date(year, 1, 1))
    rows = held.filter(remain, year=source.year).values_list("organization", "category").order_by("pk")
    carried = [UnitCategory(organization_id=unit, year=year, category=category) for unit, category in rows]
    return len(UnitCategory.objects.bulk_create(carried))


@dataclass(frozen=True)
class SchemeDifference:
    """What two schemes of one category differ in; indicators are matched by code."""

    category: str
    added: tuple[Indicator, ...]
    dropped: tuple[Indicator, ...]
    changed: tuple[tuple[Indicator, Indicator, tuple[str, ...]], ...]
    parameters: tuple[tuple[str, object, object], ...]

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.added or self.dropped or self.changed or self.parameters)


def compare_schemes(before: Cycle, after: Cycle) -> list[SchemeDifference]:
    """Differences between the schemes of two years by category: indicators added, dropped, changed, parameters changed.

    A category that only one year has shows all its indicators as added or dropped. Two queries.
    """
    cycles = (before.pk, after.pk)
    schemes, leaves = {pk: {} for pk in cycles}, {pk: defaultdict(dict) for pk in cycles}
    for scheme in Scheme.objects.system().filter(cycle__in=cycles):
        schemes[scheme.cycle_id][scheme.category] = scheme
    rows = Indicator.objects.system().filter(scheme__cycle__in=cycles).select_related("scheme", "responsible")
    for leaf in rows.order_by("sort"):
        leaves[leaf.scheme.cycle_id][leaf.scheme.category][leaf.code] = leaf
    (old_schemes, new_schemes), (old_leaves, new_leaves) = ([side[pk] for pk in cycles] for side in (schemes, leaves))
    found = []
    for category in sorted(old_schemes.keys() | new_schemes.keys()):
        old, new = old_leaves.get(category, {}), new_leaves.get(category, {})
        watched = [name for name in LEAF if name not in ("code", "sort")]
        changed = []
        for code in sorted(old.keys() & new.keys()):
            fields = tuple(name for name in watched if getattr(old[code], name) != getattr(new[code], name))
            if fields:
                changed.append((old[code], new[code], fields))
        both = category in old_schemes and category in new_schemes
        pairs = [
            (name, getattr(old_schemes[category], name), getattr(new_schemes[category], name))
            for name in (PARAMETERS if both else ())
        ]
        found.append(
            SchemeDifference(
                category,
                tuple(leaf for code, leaf in new.items() if code not in old),
                tuple(leaf for code, leaf in old.items() if code not in new),
                tuple(changed),
                tuple(pair for pair in pairs if pair[1] != pair[2]),
            )
        )
    return found
