"""Tolerance decisions that change an assessment, from a file; here because what they void stands in this room."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.sandbox.tables import read_csv
from foundation.organizations.models import Organization, UnitCategory
from foundation.regulations.services.codes import codes
from tolerance.choices import Effect, Target
from tolerance.imports.effects import parse_tolerance_effects
from tolerance.services.effects import apply_rows

from ..models import Adjustment, Indicator, Veto

SITUATIONS = ("tolerance_exempt", "tolerance_mitigate")


def _targets(organization) -> dict:
    """What a decision may void: deductions, vetoes and indicators, by year and unit. A bonus cannot be voided (§8)."""
    found = defaultdict(set)
    mine = {"cycle__jurisdiction": organization}
    for model, kind, only in ((Adjustment, "adjustment", {"points__lt": 0}), (Veto, "veto", {})):
        rows = model.objects.system().filter(**mine, **only).values_list("cycle__year", "unit__code", "number")
        for year, unit, number in rows:
            found[year, unit, kind].add(number)
    leaves = defaultdict(set)
    for year, category, code in (
        Indicator.objects.system()
        .filter(scheme__cycle__jurisdiction=organization)
        .values_list("scheme__cycle__year", "scheme__category", "code")
    ):
        leaves[year, category].add(code)
    categories = UnitCategory.objects.system().filter(organization__jurisdiction=organization)
    for unit, year, category in categories.values_list("organization__code", "year", "category"):
        found[year, unit, "indicator"] = leaves[year, category]
    return dict(found)


def parse(data, file_name, organization, year):
    """Read a table of decisions; a void must name something that stands in the year's assessment of the unit."""
    units = dict(Organization.objects.system().below(organization).values_list("code", "name"))
    return parse_tolerance_effects(read_csv(data, filename=file_name), units, _targets(organization))


def apply(batch, rows, changes):
    """Write the effects through their own room."""
    apply_rows(batch.organization, rows, changes)


register(
    ImportKind(
        code="tolerance_effects",
        label=_("Effects of tolerance decisions"),
        hint=_("A csv table of decided cases; only rows with an assessment year are taken."),
        permission="tolerance.import_effects",
        extensions=(".csv",),
        needs_year=False,
        parse=parse,
        apply=apply,
        order=60,
        secrets=("id_number",),  # of cases about persons, which are not taken but stand in the file
        words=lambda batch: {
            "effect": dict(Effect.choices),
            "target_kind": dict(Target.choices),
            "outcome": {"exempt": _("no accountability"), "mitigated": _("mitigated")},
            "situation": {code: row.label() for table in SITUATIONS for code, row in codes(table).items()},
        },
        labels={"target": _("number or code")},
    )
)
