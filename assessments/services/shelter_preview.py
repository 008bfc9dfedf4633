"""After a decision on tolerance: a preview run of each year that it touches. Published runs are not rewritten."""

from collections.abc import Sequence

from django.urls import reverse

from foundation.organizations.models import Organization
from tolerance.effect_kinds import Decision
from tolerance.models import DecidedEffect
from tolerance.services.follow_ups import add_follow_up

from ..models import Cycle
from .calculation import CalculationRefused, calculate

COUNTED = ("shield", "void_adjustment", "void_veto", "void_indicator", "mitigate")
"""Kinds of effects that the calculation counts."""


@add_follow_up
def preview_years(decision: Decision, effects: Sequence[DecidedEffect], *, actor) -> dict:
    """Calculate every touched year anew; the run is a preview until somebody publishes it.

    A streak reaches into later years, so years with figures after the touched one are calculated as well. A year whose figures are
    incomplete gives no preview: its number of gaps is told instead, the decision stands.
    """
    touched = [(effect.about_unit_id, effect.year) for effect in effects if effect.kind in COUNTED]
    if not touched:
        return {}
    counties = Organization.objects.system().filter(pk__in={unit for unit, _year in touched}).values("jurisdiction")
    first = min(year for _unit, year in touched)
    cycles = Cycle.objects.system().filter(jurisdiction__in=counties, year__gte=first)
    return {"previews": [_preview(cycle, actor) for cycle in cycles.select_related("jurisdiction").order_by("year")]}


def _preview(cycle: Cycle, actor) -> dict:
    try:
        run = calculate(cycle, actor=actor).run
    except CalculationRefused as refused:
        return {"year": cycle.year, "gaps": len(refused.refusals)}
    page = "run-difference" if cycle.published_run_id and cycle.published_run_id != run.pk else "run"
    return {"year": cycle.year, "run": run.number, "url": reverse(f"assessments:{page}", args=[run.number])}
