"""Tiles of the county's year. A mechanism adds its own by a small provider in `PROVIDERS`; each number leads to its list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.common.scoping import scope_of
from foundation.common.tiles import Tile

from ..choices import CycleStatus
from ..models import Cycle, Run
from ..workflows import MEASURE
from .county import CountyYear, MeasureState


@dataclass(frozen=True)
class YearFacts:
    """What the page has read already, so that a tile need not ask again."""

    cycle: Cycle
    run: Run | None
    year: CountyYear
    measures: list[MeasureState]
    user: Any

    @property
    def args(self) -> list:
        """What addresses of the year begin with."""
        return [self.cycle.jurisdiction.code, self.cycle.year]


Provider = Callable[[YearFacts], Iterable[Tile]]


def state_of_year(facts: YearFacts):
    """Published, being corrected, open; which run the page shows."""
    severity = {CycleStatus.PUBLISHED: "green", CycleStatus.CORRECTING: "orange"}.get(facts.cycle.status, "yellow")
    number = facts.run.number if facts.run else _("not calculated")
    yield Tile(
        _("State of the year"),
        facts.cycle.get_status_display(),
        reverse("assessments:cycle", args=facts.args),
        severity,
        number,
    )


def assessed_units(facts: YearFacts):
    """How many units were ranked, in how many categories."""
    kinds = len(facts.year.lines)
    yield Tile(
        _("Units ranked"),
        len(facts.year.rows),
        reverse("assessments:cycle", args=facts.args),
        hint=ngettext("%(n)d category", "%(n)d categories", kinds) % {"n": kinds},
    )


def bottom_units(facts: YearFacts):
    """Units at the bottom, and the longest streak among them."""
    flagged = [row for row in facts.year.rows if row.flagged]
    longest = max((row.streak for row in flagged), default=0)
    hint = _("longest streak: %(n)d years") % {"n": longest} if longest > 1 else ""
    page = reverse("assessments:bottom", args=facts.args)
    yield Tile(_("Units at the bottom"), len(flagged), page, "red" if hint else "", hint)


def tolerance_effects(facts: YearFacts):
    """Units whose result a tolerance decision (容错) touched."""
    touched = [row for row in facts.year.rows if row.notes["effects"]]
    if facts.run:
        page = reverse("assessments:run", args=[facts.run.number])
        yield Tile(_("Units with a tolerance decision (容错)"), len(touched), page)


def open_and_overdue(facts: YearFacts):
    """Measures that wait for somebody, and those whose due day has passed."""
    if not scope_of(facts.user, "assessments.view_measure"):
        return
    waiting = sum(state.count for state in facts.measures if state.code not in MEASURE.terminal)
    overdue = sum(state.overdue for state in facts.measures)
    if overdue:
        tracker = f"{reverse('assessments:bottom', args=facts.args)}#tracker"
        hint = ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue}
        yield Tile(_("Open measures"), waiting, tracker, "red", hint)
    else:
        page = f"{reverse('assessments:measure-list')}?year={facts.cycle.year}&status=open"
        yield Tile(_("Open measures"), waiting, page, "green", _("none overdue"))


PROVIDERS: tuple[Provider, ...] = (state_of_year, assessed_units, bottom_units, tolerance_effects, open_and_overdue)


def county_tiles(facts: YearFacts) -> list[Tile]:
    """Tiles of all providers, in their order."""
    return [tile for provide in PROVIDERS for tile in provide(facts)]
