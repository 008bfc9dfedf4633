"""Tiles of the county's year. A mechanism adds its own by a small provider in `PROVIDERS`; each number leads to its list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.common.scoping import scope_of
from foundation.common.tiles import Tile

from ..choices import CycleStatus
from ..models import Cycle, Run
from ..workflows import MEASURE
from .appeals import VIEW_APPEAL
from .county import CountyYear
from .county_cases import CaseCount, measure_states, open_appeals_of, submission_counts


@dataclass(frozen=True)
class YearFacts:
    """What the page has read already, so that a tile need not ask again."""

    cycle: Cycle
    run: Run | None
    year: CountyYear
    cases: list[CaseCount]
    user: Any

    @property
    def args(self) -> list:
        """What addresses of the year begin with."""
        return [self.cycle.jurisdiction.code, self.cycle.year]


Provider = Callable[[YearFacts], Iterable[Tile]]


def state_of_year(facts: YearFacts):
    """Published, being corrected, open; which run the page shows."""
    severity, state = {
        CycleStatus.PUBLISHED: ("green", _("published")),
        CycleStatus.CORRECTING: ("orange", pgettext("year", "under correction")),
    }.get(facts.cycle.status, ("yellow", facts.cycle.get_status_display()))
    number = facts.run.number if facts.run else _("not calculated")
    yield Tile(
        _("State of the year"),
        state,
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
    states = measure_states(facts.cases, facts.cycle)
    waiting = sum(state.count for state in states if state.code not in MEASURE.terminal)
    overdue = sum(state.overdue for state in states)
    if overdue:
        tracker = f"{reverse('assessments:bottom', args=facts.args)}#tracker"
        yield Tile(_("Open measures"), waiting, tracker, "red", _late(overdue))
    else:
        page = f"{reverse('assessments:measure-list')}?year={facts.cycle.year}&status=open"
        yield Tile(_("Open measures"), waiting, page, "green", _("none overdue"))


def figures_verified(facts: YearFacts):
    """How many departments' figures (数据报送) of the open year are verified; what is late or waits for the office."""
    found = submission_counts(facts.cases, facts.cycle)
    if not found:
        return
    if found.overdue:
        severity, hint = "red", _late(found.overdue)
    elif found.submitted:
        severity, hint = "yellow", _("%(n)d to be verified") % {"n": found.submitted}
    else:
        severity, hint = ("green", _("all verified")) if found.verified == found.cases else ("", "")
    label = _("Figures of %(year)d verified") % {"year": found.year}
    board = reverse("assessments:collection-board", args=[facts.cycle.jurisdiction.code, found.year])
    yield Tile(label, f"{found.verified}/{found.cases}", board, severity, hint)


def appeals_open(facts: YearFacts):
    """Appeals (考核申诉) that wait for an answer or a decision."""
    if not scope_of(facts.user, VIEW_APPEAL):
        return
    waiting, overdue = open_appeals_of(facts.cases)
    severity, hint = ("red", _late(overdue)) if overdue else ("yellow", _("to do")) if waiting else ("", "")
    yield Tile(_("Open appeals"), waiting, f"{reverse('assessments:appeal-list')}?status=open", severity, hint)


def _late(n: int) -> str:
    return ngettext("%(n)d overdue", "%(n)d overdue", n) % {"n": n}


PROVIDERS: tuple[Provider, ...] = (
    state_of_year,
    assessed_units,
    bottom_units,
    tolerance_effects,
    open_and_overdue,
    figures_verified,
    appeals_open,
)


def county_tiles(facts: YearFacts) -> list[Tile]:
    """Tiles of all providers, in their order."""
    return [tile for provide in PROVIDERS for tile in provide(facts)]
