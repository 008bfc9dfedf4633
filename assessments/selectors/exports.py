"""Results as papers need them: all categories at once, and the sums of groups of indicators for letters."""

from decimal import Decimal

from foundation.regulations.services.codes import codes

from ..explanations import all_lines
from ..models import Run, RunUnit
from .cycles import VIEW


def category_labels() -> dict[str, str]:
    """Names of the categories by code, in the order of the code table."""
    return {code: row.label() for code, row in codes("unit_category").items()}


def rankings_of(run: Run, user, category: str = "") -> dict[str, list[RunUnit]]:
    """Results by category in rank order, of one category or of all, as far as the user sees them (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run)
    if category:
        rows = rows.filter(category=category)
    found: dict[str, list[RunUnit]] = {code: [] for code in category_labels()}
    for row in rows.defer(*RunUnit.FIGURES).select_related("unit").in_rank_order():
        row.reading = all_lines(row, seats_said=True)
        found.setdefault(row.category, []).append(row)
    return {code: listed for code, listed in found.items() if listed}


def addressees_of(run: Run, user) -> dict[str, list[tuple[str, str]]]:
    """By category, code and name of the units whose results the user sees, in rank order (1 query)."""
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in category_labels()}
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).in_rank_order()
    for category, code, name in rows.values_list("category", "unit__code", "unit__name"):
        found.setdefault(category, []).append((code, name))
    return {code: units for code, units in found.items() if units}


def results_with_points(run: Run, user, *, category: str = "", unit: str = "") -> list[RunUnit]:
    """Results with their indicators' points, by category and rank (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run)
    rows = rows.filter(category=category) if category else rows
    rows = rows.filter(unit__code=unit) if unit else rows
    places = {code: place for place, code in enumerate(category_labels())}
    found = list(rows.select_related("unit", "scheme").in_rank_order())
    for row in found:
        row.run = run
    return sorted(found, key=lambda row: (places.get(row.category, len(places)), row.rank))


def group_sums(row: RunUnit) -> list[tuple[str, Decimal, Decimal]]:
    """Name, effective weight and points of each group of indicators, in the scheme's order."""
    found: dict[str, list[Decimal]] = {}
    for point in row.points:
        sums = found.setdefault(point["group"], [Decimal(0), Decimal(0)])
        if point["state"] == "counted":
            sums[0] += Decimal(point["effective_weight"])
            sums[1] += Decimal(point["contribution"])
    return [(name, weight, points) for name, (weight, points) in found.items()]
