"""Trial calculation: how a scheme would have ranked an earlier year."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from foundation.regulations.services.codes import codes

from ..formulas import figure
from ..services.scheme_editing import EDIT
from ..services.trial import trial_cycles, try_scheme
from .schemes import load_scheme


@login_required
def scheme_trial(request, county, year, category):
    """Rank and total by this scheme beside those of the real year. Nothing is stored."""
    scheme = load_scheme(request, county, year, category, EDIT)
    cycles = trial_cycles(scheme)
    asked = request.GET.get("year", "")
    earlier = [other for other in cycles if other < scheme.cycle.year]
    chosen = int(asked) if asked.isdecimal() and int(asked) in cycles else next(iter(earlier or cycles), None)
    trial = try_scheme(scheme, cycles[chosen]) if chosen else None
    context = _said(trial) | {
        "cycle": scheme.cycle,
        "scheme": scheme,
        "label": codes("unit_category")[category].label(),
        "years": list(cycles),
        "trial": trial,
    }
    return render(request, "assessments/scheme_trial.html", context)


def _said(trial) -> dict:
    """What the trial says beside its table: indicators without figures, doubtful ones, the sum of the weights."""
    if trial is None:
        return {}
    return {
        "missing": [(match.leaf, figure(match.leaf.weight)) for match in trial.missing],
        "missing_weight": figure(trial.missing_weight),
        "partial": trial.partial,
        "renamed": [match for match in trial.matches if match.is_renamed],
        "weight_sum": figure(trial.content.weight_sum),
        "weights_whole": trial.content.weight_sum == 100,
    }
