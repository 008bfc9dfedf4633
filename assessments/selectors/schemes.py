"""A year's schemes as lists show them, their amendments, and what differs between two years in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Subquery, Sum

from foundation.organizations.models import Organization, UnitCategory
from foundation.regulations.services.codes import codes

from ..models import Cycle, Indicator, Scheme, SchemeAmendment
from ..rules.methods import HUNDRED
from ..rules.schemes import Content, compute_changes
from ..scheme_words import change_text


@dataclass
class SchemeLine:
    """A category of a year: its scheme (None: there is none), units, indicators, sum of weights, amendments."""

    category: str
    label: str
    units: int
    scheme: Scheme | None
    indicators: int = 0
    weights: Decimal = Decimal(0)
    amendments: int = 0

    @property
    def is_whole(self) -> bool:
        """Do the weights sum to exactly 100?"""
        return self.weights == HUNDRED


def scheme_lines(cycle: Cycle) -> list[SchemeLine]:
    """Categories of the year with units or a scheme, in the order of the code table (2 queries)."""
    places = UnitCategory.objects.system().filter(organization__jurisdiction=cycle.jurisdiction, year=cycle.year)
    sizes = dict(places.order_by().values_list("category").annotate(n=Count("pk")))
    leaves = Indicator.objects.system().filter(scheme=OuterRef("pk")).order_by().values("scheme")
    amended = SchemeAmendment.objects.system().filter(scheme=OuterRef("pk")).order_by().values("scheme")
    schemes = Scheme.objects.system().filter(cycle=cycle)
    schemes = schemes.annotate(
        leaf_count=Subquery(leaves.annotate(n=Count("pk")).values("n")),
        weight_sum=Subquery(leaves.annotate(n=Sum("weight")).values("n")),
        amendment_count=Subquery(amended.annotate(n=Count("pk")).values("n")),
    )
    found = {scheme.category: scheme for scheme in schemes}
    return [
        _line(code, row.label(), sizes.get(code, 0), found.get(code))
        for code, row in codes("unit_category").items()
        if code in sizes or code in found
    ]


def _line(category, label, units, scheme) -> SchemeLine:
    if scheme is None:
        return SchemeLine(category, label, units, None)
    weights = scheme.weight_sum or Decimal(0)
    return SchemeLine(category, label, units, scheme, scheme.leaf_count or 0, weights, scheme.amendment_count or 0)


def cycles_with_schemes(cycle: Cycle) -> list[Cycle]:
    """Years of the county that have schemes, the latest first (1 query)."""
    schemes = Scheme.objects.system().filter(cycle=OuterRef("pk"))
    return list(
        Cycle.objects.system()
        .filter(jurisdiction=cycle.jurisdiction)
        .filter(Exists(schemes))
        .select_related("jurisdiction")
        .order_by("-year")
    )


def department_names(county: Organization) -> dict[str, str]:
    """Code → short name of the county's units (1 query)."""
    units = Organization.objects.system().below(county).values_list("code", "name", "short_name")
    return {code: short or name for code, name, short in units}


@dataclass
class AmendmentLine:
    """An amendment with what it changed, line by line."""

    amendment: SchemeAmendment
    changes: list[str]


def amendment_lines(scheme: Scheme, departments: dict[str, str]) -> list[AmendmentLine]:
    """Amendments of a scheme, the latest first, in words (1 query)."""
    return [
        AmendmentLine(
            amendment,
            [
                change_text(change, departments)
                for change in compute_changes(Content.from_dict(amendment.before), Content.from_dict(amendment.after))
            ],
        )
        for amendment in SchemeAmendment.objects.system().filter(scheme=scheme).order_by("-number")
    ]
