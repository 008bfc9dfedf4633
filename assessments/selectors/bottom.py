"""The bottom-rank page: who is last, over the years, and who is not flagged although at the end, with the reason."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, IntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..choices import MeasureStep
from ..explanations import all_lines, step_lines
from ..models import Run, RunUnit
from .cycles import VIEW
from .results import with_category
from .years import with_earlier_years

EXCLUSIONS = {
    "shielded": gettext_lazy("Shielded by a tolerance decision (容错)"),
    "exempt": gettext_lazy("Total at or above the exempting line"),
    "small": gettext_lazy("Category too small"),
    "tie": gettext_lazy("Tie at the boundary"),
    "none": gettext_lazy("The rule flags nobody"),
}


@dataclass
class BottomPage:
    """Flagged units, and those at the end of their category without a consequence, each with its `years` and reasons."""

    flagged: list[RunUnit]
    excluded: list[RunUnit]


def bottom_page(run: Run, user) -> BottomPage:
    """Both lists with their reasons and the published years of their units (1 query).

    The end of a category is looked for only where the user sees it: from one's own unit nobody can tell what became of
    the others.
    """
    is_end = Q(n=F("rank") + Cast(KT("notes__sharing"), IntegerField()) - 1)
    rows = (
        RunUnit.objects.visible_to(user, VIEW)
        .filter(run=run)
        .filter(Q(flagged=True) | Q(notes__in_bottom=True) | is_end)
    )
    rows = rows.defer(*RunUnit.FIGURES).select_related("unit")
    found = with_earlier_years(rows.in_rank_order(), run.cycle, user)
    taken = {row.category for row in found if row.flagged}
    kept = [row for row in found if row.flagged or row.notes["in_bottom"] or row.category not in taken]
    for row in kept:
        row.reading = [*all_lines(row), *step_lines(row, run.parameters)]
    kept = with_category(kept)
    for row in kept:
        row.exclusion = "" if row.flagged and not row.shielded else EXCLUSIONS[exclusion_of(row)]
    return BottomPage([row for row in kept if row.flagged], [row for row in kept if row.exclusion])


def exclusion_of(row: RunUnit) -> str:
    """Name of the reason why a unit at the end is not flagged, or is flagged without consequence; see `EXCLUSIONS`."""
    if row.flagged:
        return "shielded"
    if row.notes["in_bottom"]:
        return "exempt"
    if row.n < row.notes["min_class_size"]:
        return "small"
    return "tie" if Decimal(str(row.notes["bottom_n"])) > 0 else "none"


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder: when it applies, which step follows, how many units of the year stand on it."""

    condition: str
    step: str
    units: int


def ladder_rungs(run: Run, flagged: list[RunUnit]) -> list[Rung]:
    """The ladder as the run took it; of several rungs under a unit the severer step is proposed."""
    counted, ladder = [row for row in flagged if row.streak], run.parameters["ladder"]
    rungs = []
    for number, step in enumerate(ladder, start=1):
        is_last = number == len(ladder)
        text = (
            ngettext("%(n)d year in a row or more", "%(n)d years in a row or more", number)
            if is_last
            else ngettext("%(n)d year in a row", "%(n)d years in a row", number)
        )
        units = sum(row.streak >= number if is_last else row.streak == number for row in counted)
        rungs.append(Rung(text % {"n": number}, MeasureStep(step).label, units))
    flags = run.parameters["window_flags"]
    window = _("%(flags)d times within %(years)d years") % {"flags": flags, "years": run.parameters["window_years"]}
    units = sum(row.flags_in_window >= flags for row in counted)
    return [*rungs, Rung(window, MeasureStep(run.parameters["window_step"]).label, units)]
