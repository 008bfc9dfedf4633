"""Schemes and indicators of a county from files."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.registered import Registered
from foundation.exchange.sandbox.tables import read_csv
from foundation.exchange.services.changes import snapshot
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..choices import BottomMode, BottomTies, Direction, Method, VetoEffect
from ..imports.indicators import parse_indicators
from ..imports.schemes import parse_schemes
from ..models import Cycle, Indicator, Scheme
from .parameters import scheme_defaults
from .scheme_content import contents_of

_NUMBERS = (
    "bonus_cap", "deduction_cap", "excellent_share", "excellent_line", "good_line", "pass_line", "bottom_value",
    "exempt_line",
)  # fmt: skip
_PARAMETERS = {
    "cap": _("cap"),
    "best": _("best value"),
    "worst": _("worst value"),
    "step": _("points per rank"),
    "floor": _("floor"),
    "threshold": _("threshold"),
    "table": _("points by grade"),
}
SCHEME_WORDS = {
    "veto_effect": dict(VetoEffect.choices),
    "bottom_mode": dict(BottomMode.choices),
    "bottom_ties": dict(BottomTies.choices),
}
INDICATOR_WORDS = {"method": dict(Method.choices), "direction": dict(Direction.choices), "params": _PARAMETERS}


def _categories() -> dict[str, str]:
    return {code: row.label() for code, row in codes("unit_category").items()}


def parse_scheme_table(data, file_name, organization, year):
    """Read the parameters of each (year, category)."""
    return parse_schemes(read_csv(data, filename=file_name), _categories())


def parse_indicator_table(data, file_name, organization, year):
    """Read the leaves of the schemes."""
    units = dict(Organization.objects.system().below(organization).values_list("code", "name"))
    return parse_indicators(read_csv(data, filename=file_name), _categories(), units)


def cycles_of(batch, years, changes) -> dict[int, Cycle]:
    """The county's cycles of some years, created where they are missing."""
    existing = {c.year: c for c in Cycle.objects.system().filter(jurisdiction=batch.organization, year__in=years)}
    changes.create([Cycle(jurisdiction=batch.organization, year=year) for year in sorted(set(years) - set(existing))])
    return {c.year: c for c in Cycle.objects.system().filter(jurisdiction=batch.organization, year__in=years)}


def apply_schemes(batch, rows, changes):
    """Create or update the schemes with their parameters."""
    cycles = cycles_of(batch, {row.values["year"] for row in rows}, changes)
    wanted = {}
    for row in rows:
        values = {key: value for key, value in row.values.items() if key != "year"}
        for name in _NUMBERS:
            values[name] = Decimal(values[name]) if values[name] is not None else None
        wanted[cycles[row.values["year"]].pk, values["category"]] = {"cycle": cycles[row.values["year"]], **values}
    existing = {(s.cycle_id, s.category): s for s in Scheme.objects.system().filter(cycle__in=cycles.values())}
    touched = [scheme for key, scheme in existing.items() if key in wanted]
    seen = contents_of(touched)
    changes.merge(Scheme, existing, wanted)
    _count_up(touched, seen, changes)


def _count_up(schemes, seen, changes):
    """A scheme that the file changed gets the next version, so that who is editing it notices."""
    now = contents_of(schemes)
    changed = [scheme for scheme in schemes if now[scheme.pk] != seen[scheme.pk]]
    before = {scheme.pk: snapshot(scheme) for scheme in changed}
    for scheme in changed:
        scheme.version += 1
    changes.update(changed, before, ["version"])


def apply_indicators(batch, rows, changes):
    """Create or update the indicators; a category without a scheme gets one with the rulebook's parameters.

    Raises DomainError when the scheme has indicators that the file does not name.
    """
    cycles = cycles_of(batch, {row.values["year"] for row in rows}, changes)
    schemes, fresh = _schemes_of(batch, rows, cycles, changes)
    units = Registered(Organization.objects.system().below(batch.organization).values_list("code", "pk"))
    wanted = {}
    for row in rows:
        v = row.values
        scheme = schemes[cycles[v["year"]].pk, v["category"]]
        wanted[scheme.pk, v["code"]] = {
            "scheme": scheme,
            "code": v["code"],
            "name": v["name"],
            "group": v["group"],
            "weight": Decimal(v["weight"]),
            "unit_of_measure": v["unit_of_measure"],
            "responsible_id": units[v["responsible"]] if v["responsible"] else None,
            "method": v["method"],
            "direction": v["direction"],
            "params": v["params"],
            "sort": v["sort"],
        }
    touched = {key[0] for key in wanted}
    existing = {(i.scheme_id, i.code): i for i in Indicator.objects.system().filter(scheme__in=touched)}
    _refuse_leftovers(existing, wanted)
    older = [scheme for scheme in schemes.values() if scheme.pk in touched and scheme.pk not in fresh]
    seen = contents_of(older)
    changes.merge(Indicator, existing, wanted)
    _count_up(older, seen, changes)


def _schemes_of(batch, rows, cycles, changes) -> tuple[dict, set[int]]:
    """Schemes by cycle and category; what the file needs and nobody imported is made as the rulebook says (keys: second)."""
    stored = {(s.cycle_id, s.category): s for s in Scheme.objects.system().filter(cycle__in=cycles.values())}
    needed = {(row.values["year"], row.values["category"]) for row in rows}
    fresh = [
        Scheme(cycle=cycles[year], category=category, **scheme_defaults(year, batch.organization.code))
        for year, category in sorted(needed)
        if (cycles[year].pk, category) not in stored
    ]
    made = changes.create(fresh)
    return stored | {(s.cycle_id, s.category): s for s in made}, {scheme.pk for scheme in made}


def _refuse_leftovers(existing, wanted):
    """An indicator that stands in the scheme but not in the file would make the weights exceed 100: say so, keep both."""
    left = sorted(key[1] for key in set(existing) - set(wanted))
    if left:
        raise DomainError(
            "INDICATORS_LEFT_OVER",
            _(
                "The scheme has indicators that the file does not name: %(codes)s. A file replaces a scheme as a whole; undo the earlier import first."
            )
            % {"codes": ", ".join(left[:10])},
        )


register(
    ImportKind(
        code="schemes",
        label=_("Scheme parameters"),
        hint=_("A csv table with one row per year and category: caps, lines, bottom rule, tie-breakers."),
        permission="assessments.import_scores",
        extensions=(".csv",),
        needs_year=False,
        parse=parse_scheme_table,
        apply=apply_schemes,
        order=30,
        words=lambda batch: SCHEME_WORDS,
    )
)
register(
    ImportKind(
        code="indicators",
        label=_("Indicators"),
        hint=_("A csv table of the leaves: weights of a category must sum to exactly 100."),
        permission="assessments.import_scores",
        extensions=(".csv",),
        needs_year=False,
        parse=parse_indicator_table,
        apply=apply_indicators,
        order=40,
        words=lambda batch: INDICATOR_WORDS,
    )
)
