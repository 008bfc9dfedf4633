"""Results over the years: one unit's, and the year before beside a ranking."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from foundation.common.scoping import scope_of
from foundation.organizations.models import UnitCategory
from foundation.regulations.services.codes import codes

from ..models import Cycle, RunUnit
from .cycles import VIEW


@dataclass
class YearLine:
    """One published year of a unit. `cases` are the numbers of tolerance decisions (容错) that counted in it."""

    row: RunUnit
    year: int
    category_label: str
    cases: list[str]
    category_changed: bool = False
    rank_change: int | None = None
    total_change: Decimal | None = None


def published_rows(jurisdiction, user):
    """Results of the published runs of a county, in the user's scope."""
    runs = Cycle.objects.system().filter(jurisdiction=jurisdiction, published_run__isnull=False).values("published_run")
    return RunUnit.objects.visible_to(user, VIEW).filter(run__in=runs)


def history_of(unit, cycle: Cycle, user) -> list[RunUnit]:
    """Published results of a unit in the five years before a year, the latest first (1 query)."""
    rows = published_rows(cycle.jurisdiction, user).filter(unit=unit, run__cycle__year__lt=cycle.year)
    return list(rows.defer(*RunUnit.FIGURES, "notes").select_related("run__cycle").order_by("-run__cycle__year")[:5])


def years_of_unit(code: str, jurisdiction, user) -> list[YearLine]:
    """All published years of a unit, the first first, each against the published year before it (1 query)."""
    found = _lines(published_rows(jurisdiction, user).filter(unit__code=code))
    return next(iter(found.values()), [])


def years_of_units(units, jurisdiction, user) -> dict[int, list[YearLine]]:
    """The same for several units at once, by unit id (1 query; none for no units)."""
    return _lines(published_rows(jurisdiction, user).filter(unit__in=units)) if units else {}


def _lines(rows) -> dict[int, list[YearLine]]:
    found: dict[int, list[YearLine]] = {}
    for row in rows.defer(*RunUnit.FIGURES).select_related("run__cycle", "unit").order_by("run__cycle__year"):
        lines = found.setdefault(row.unit_id, [])
        lines.append(_line(row, lines[-1] if lines else None))
    return found


def _line(row: RunUnit, before: YearLine | None) -> YearLine:
    names = codes("unit_category")
    label = names[row.category].label() if row.category in names else row.category
    cases = sorted({effect["case"] for effect in row.notes["effects"]})
    line = YearLine(row, row.run.cycle.year, label, cases)
    if before:
        line.category_changed = before.row.category != row.category
        if not line.category_changed and before.year == line.year - 1:
            line.rank_change = before.row.rank - row.rank
            line.total_change = row.total - before.row.total
    return line


@dataclass(frozen=True)
class PastResult:
    """What a list says of an earlier year of a unit."""

    year: int
    category: str
    rank: int
    n: int
    total: Decimal
    flagged: bool
    shielded: bool


def _past(jurisdiction, user, **years):
    """Published results of the row's unit in some years as objects, for a subquery."""
    rows = published_rows(jurisdiction, user).filter(unit=OuterRef("unit"), **years).order_by("run__cycle__year")
    return rows.values(
        seen=JSONObject(
            year="run__cycle__year", category="category", rank="rank", n="n", total=Cast("total", TextField()),
            flagged="flagged", shielded="shielded",
        )
    )  # fmt: skip


def _read(seen: dict) -> PastResult:
    return PastResult(**seen | {"total": Decimal(seen["total"])})


def with_year_before(rows, cycle: Cycle, user) -> list[RunUnit]:
    """The rows of a query with `previous` (the published year before) and `rank_change` (positive: better) (1 query).

    Ranks of two categories are not compared: `rank_change` is None where the category changed.
    """
    past = _past(cycle.jurisdiction, user, run__cycle__year=cycle.year - 1)
    found = list(rows.annotate(seen_before=Subquery(past[:1])))
    for row in found:
        row.previous = _read(row.seen_before) if row.seen_before else None
        row.rank_change = None
        if row.previous and row.previous.category == row.category:
            row.rank_change = row.previous.rank - row.rank
    return found


def with_earlier_years(rows, cycle: Cycle, user) -> list[RunUnit]:
    """The rows of a query with `years`: all earlier published results of the unit, the first first (1 query)."""
    past = _past(cycle.jurisdiction, user, run__cycle__year__lt=cycle.year)
    found = list(rows.annotate(seen_years=ArraySubquery(past)))
    for row in found:
        row.years = [_read(seen) for seen in row.seen_years]
    return found


@dataclass(frozen=True)
class Switches:
    """Categories of the year and years of the category, for moving about in place. Years: (year, shows the category)."""

    tabs: list[tuple[str, str, int]]
    years: list[tuple[int, bool]]


def switches(cycle: Cycle, category: str, user) -> Switches:
    """Where a page about a category of a year can be switched to (1 query).

    Only where the user would see a unit, and where the page is now: a liaison is not led from one empty page to the next.
    """
    sizes: dict[int, dict[str, int]] = {}
    within = scope_of(user, VIEW).as_q("organization__path")
    counted = (
        UnitCategory.objects.system()
        .filter(organization__jurisdiction=cycle.jurisdiction)
        .filter(year__in=Cycle.objects.system().filter(jurisdiction=cycle.jurisdiction).values("year"))
        .order_by()
        .values_list("year", "category")
        .annotate(n=Count("pk"), seen=Count("pk", filter=within))
    )
    for year, code, n, seen in counted:
        if seen or (year, code) == (cycle.year, category):
            sizes.setdefault(year, {})[code] = n
    here = sizes.get(cycle.year, {})
    tabs = [(code, row.label(), here[code]) for code, row in codes("unit_category").items() if code in here]
    return Switches(tabs, [(year, category in sizes[year]) for year in sorted(sizes, reverse=True)])
