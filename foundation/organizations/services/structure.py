"""The part of an act that concerns units alone: founding, names, places in the tree, closing, who follows whom.

Everything is written through the pen of the act (`changes`), so that it can be shown and taken back.
"""

from datetime import timedelta

from django.db.models import Q

from ..models import Organization, OrganizationName, Succession, UnitCategory
from ..rules.plans import Plan
from .tree import PathGiver


def found_units(plan: Plan, units: dict[str, Organization], changes) -> None:
    """Found the units of a plan below their parents; they take level, type and category of the year over from `like`."""
    paths = PathGiver()
    for new in plan.founds:
        parent, like = units[new.parent], units.get(new.like)
        path, rank = paths.below(parent)
        unit = changes.create(
            Organization(
                code=new.code,
                name=new.name,
                short_name=new.short_name,
                kind=new.kind,
                parent=parent,
                jurisdiction_id=parent.root_id,
                path=path,
                sort=rank,
                level=like.level if like else "",
                nature=like.nature if like else "",
                starts_on=plan.effective_on,
            )
        )
        units[new.code] = unit
        changes.create(_named(unit, unit.name, unit.short_name, plan))
        _take_over_category(unit, like, plan, changes)


def _named(unit, name, short_name, plan):
    return OrganizationName(
        organization=unit, name=name, short_name=short_name, starts_on=plan.effective_on, basis=plan.document_no
    )


def _take_over_category(unit, like, plan, changes):
    """A new unit is assessed where its predecessor was, from the year of the act on."""
    if like is None or like.kind != unit.kind:
        return
    for row in UnitCategory.objects.system().filter(organization=like, year__gte=plan.effective_on.year):
        changes.create(UnitCategory(organization=unit, year=row.year, category=row.category))


def rename_units(plan: Plan, units: dict[str, Organization], changes) -> None:
    """New names from the day of the act; the old ones end the day before. A name without days is the first one."""
    for code, name, short_name in plan.names:
        unit = units[code]
        _end_names(unit, plan, changes)
        changes.create(_named(unit, name, short_name, plan))
        changes.change(unit, name=name, short_name=short_name)


def _end_names(unit, plan, changes):
    last = plan.effective_on - timedelta(days=1)
    current = list(OrganizationName.objects.filter(organization=unit, ends_on__isnull=True))
    if not current:
        changes.create(
            OrganizationName(
                organization=unit, name=unit.name, short_name=unit.short_name, starts_on=unit.starts_on, ends_on=last
            )
        )
    for name in current:
        changes.change(name, ends_on=last)


def move_units(plan: Plan, units: dict[str, Organization], changes) -> None:
    """Hang units with everything below them under new parents: one statement for each width of path."""
    paths, places = PathGiver(), {}
    for code, parent_code in plan.moves:
        unit, parent = units[code], units[parent_code]
        path, rank = paths.below(parent)
        places.setdefault(len(unit.path), []).append((unit.path, path))
        changes.change(unit, parent=parent)
        unit.path, unit.sort = path, rank
    for pairs in places.values():
        changes.relocate(pairs)


def close_units(plan: Plan, units: dict[str, Organization], changes) -> None:
    """Close units on the day before the act, with their names."""
    last = plan.effective_on - timedelta(days=1)
    for code in plan.closes:
        changes.change(units[code], ends_on=last)
        for name in OrganizationName.objects.filter(Q(ends_on__isnull=True), organization=units[code]):
            changes.change(name, ends_on=last)


def record_successions(plan: Plan, units: dict[str, Organization], changes) -> None:
    """Write who follows whom."""
    for old, new in plan.follows:
        if old != new:
            changes.create(
                Succession(
                    predecessor=units[old],
                    successor=units[new],
                    kind=plan.kind,
                    effective_on=plan.effective_on,
                    document_no=plan.document_no,
                )
            )
