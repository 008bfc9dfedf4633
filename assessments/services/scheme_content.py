"""Schemes as documents: read from the tables, written back to them (see `rules.schemes`)."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.organizations.models import Organization

from ..models import Indicator, Scheme, Score
from ..rules.schemes import PARAMETERS, Content, Leaf


def parameters_of(scheme: Scheme) -> dict:
    """The scheme's parameters by field."""
    return {name: getattr(scheme, name) for name in PARAMETERS}


def leaf_of(indicator: Indicator) -> Leaf:
    """An indicator as a part of the document; its department must be loaded with it."""
    return Leaf(
        code=indicator.code,
        name=indicator.name,
        group=indicator.group,
        weight=indicator.weight.normalize() + Decimal(0),
        method=indicator.method,
        direction=indicator.direction,
        params=indicator.params,
        unit_of_measure=indicator.unit_of_measure,
        responsible=indicator.responsible.code if indicator.responsible_id else "",
        key=indicator.pk,
    )


def contents_of(schemes: Iterable[Scheme]) -> dict[int, Content]:
    """Documents of several schemes by primary key (1 query)."""
    schemes = list(schemes)
    leaves = {scheme.pk: [] for scheme in schemes}
    rows = Indicator.objects.system().filter(scheme__in=schemes).select_related("responsible")
    for indicator in rows.order_by("scheme_id", "sort", "code"):
        leaves[indicator.scheme_id].append(leaf_of(indicator))
    return {scheme.pk: Content(parameters_of(scheme), tuple(leaves[scheme.pk])) for scheme in schemes}


def content_of(scheme: Scheme) -> Content:
    """The document of one scheme (1 query)."""
    return contents_of([scheme])[scheme.pk]


def departments_of(county: Organization) -> dict[str, Organization]:
    """Units of a county that may answer for an indicator, by code (1 query)."""
    units = Organization.objects.system().below(county).in_tree_order().only("code", "name", "short_name", "path")
    return {unit.code: unit for unit in units}


def store_content(scheme: Scheme, content: Content) -> int:
    """Bring parameters and indicators to what the document says; the scheme's version goes up by one.

    Part of an act that checked the document and records. Returns how many figures went with dropped indicators (the
    history of their rows stays). Raises DomainError when something else rests on a dropped indicator.
    """
    departments = {code: unit.pk for code, unit in departments_of(scheme.cycle.jurisdiction).items()}
    stored = {leaf.pk: leaf for leaf in Indicator.objects.system().filter(scheme=scheme)}
    kept = _match(stored, content)
    figures = _drop([leaf for pk, leaf in stored.items() if pk not in kept.values()])
    _make_room(stored, kept, content)
    changed, created = [], []
    for place, leaf in enumerate(content.leaves, start=1):
        row = stored[kept[place]] if place in kept else Indicator(scheme=scheme)
        _assign(row, leaf, place, departments)
        (changed if row.pk else created).append(row)
    fields = [
        "code",
        "name",
        "group",
        "weight",
        "method",
        "direction",
        "params",
        "unit_of_measure",
        "responsible",
        "sort",
    ]
    Indicator.objects.bulk_update(changed, fields)
    Indicator.objects.bulk_create(created)
    for name, value in content.parameters.items():
        setattr(scheme, name, value)
    scheme.version += 1
    scheme.save(update_fields=[*PARAMETERS, "version"])
    return figures


def figures_lost(scheme: Scheme, content: Content) -> dict[Indicator, set[int]]:
    """Indicators with figures that the document does not name any more, each with the numbers of the units (2 queries).

    There is one figure per indicator and unit.
    """
    stored = {leaf.pk: leaf for leaf in Indicator.objects.system().filter(scheme=scheme).order_by("sort", "code")}
    kept = _match(stored, content).values()
    dropped = {pk: leaf for pk, leaf in stored.items() if pk not in kept}
    found = {leaf: set() for leaf in dropped.values()}
    for indicator, unit in Score.objects.system().filter(indicator__in=dropped).values_list("indicator_id", "unit_id"):
        found[dropped[indicator]].add(unit)
    return {leaf: units for leaf, units in found.items() if units}


def _match(stored, content) -> dict[int, int]:
    """Place in the document → stored indicator: by key, else by code."""
    by_code = {leaf.code: pk for pk, leaf in stored.items()}
    found, used = {}, set()
    for place, leaf in enumerate(content.leaves, start=1):
        pk = leaf.key if leaf.key in stored else by_code.get(leaf.code)
        if pk is not None and pk not in used:
            found[place] = pk
            used.add(pk)
    return found


def _drop(leaves) -> int:
    if not leaves:
        return 0
    try:
        _rows, by_model = Score.objects.system().filter(indicator__in=leaves).delete()
        Indicator.objects.system().filter(pk__in=[leaf.pk for leaf in leaves]).delete()
    except (ProtectedError, RestrictedError) as error:
        names = "、".join(f"{leaf.code} {leaf.name}" for leaf in leaves)
        raise DomainError(
            "INDICATOR_IN_USE",
            _(
                "Other records of the year rest on what is to be dropped (%(names)s): tasks, appeals or evidence. Mark the figures as not applicable instead; their weight is then shared out."
            )
            % {"names": names},
        ) from error
    return by_model.get("assessments.Score", 0)


def _make_room(stored, kept, content):
    """Codes that change hands within the scheme are set aside first: they are unique at every moment."""
    taken = {leaf.code for leaf in stored.values()}
    moving = [
        stored[pk]
        for place, pk in kept.items()
        if content.leaves[place - 1].code != stored[pk].code and content.leaves[place - 1].code in taken
    ]
    for leaf in moving:
        leaf.code = f"~{leaf.pk}"
    if moving:
        Indicator.objects.bulk_update(moving, ["code"])


def _assign(row: Indicator, leaf: Leaf, place: int, departments: dict[str, int]):
    row.code, row.name, row.group, row.weight = leaf.code, leaf.name, leaf.group, leaf.weight
    row.method, row.direction, row.params = leaf.method, leaf.direction, dict(leaf.params)
    row.unit_of_measure, row.sort = leaf.unit_of_measure, place
    row.responsible_id = departments[leaf.responsible] if leaf.responsible else None
