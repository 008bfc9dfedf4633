"""What the home page counts. Each provider asks one room's selector and answers with tiles the user may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.selectors.overview import open_measures, ranked_in, years_of
from assessments.services.calculation import find_refusals
from foundation.accounts.models import User
from foundation.audit.models import Seal
from foundation.casework.alert_kinds import people_shut_for
from foundation.casework.models import AlertStatus
from foundation.casework.selectors import BarCounts, alerts_for, urgent_alerts, waiting_queries
from foundation.casework.selectors.alerts import CENTRE
from foundation.common.counting import count_all
from foundation.common.scoping import scope_of
from foundation.common.tiles import Tile
from foundation.exchange.kinds import all_kinds
from foundation.exchange.models import BatchStatus
from foundation.exchange.selectors import batches_for

from .home_shelter import shelter


@dataclass(frozen=True)
class Section:
    """Tiles under one heading; `provide(user)` yields those the user may open."""

    label: Any
    provide: Callable[[Any], Iterable[Tile]]


def for_me(user):
    """What waits for a step of the user."""
    if user.get_all_permissions():
        yield Tile(_("Cases and notices for you"), waiting_queries(user), reverse("inbox"), "yellow", _("to do"))


def alerts(user):
    """Alerts that wait, by colour; red is past its day."""
    if not user.has_perm(CENTRE):
        return
    found = alerts_for(user).waiting().exclude(status=AlertStatus.SNOOZED)
    page = reverse("alerts:list")
    for severity, label, word in (
        ("red", _("Red alerts"), _("overdue or far above the number")),
        ("orange", _("Orange alerts"), _("due very soon")),
        ("yellow", _("Yellow alerts"), _("due soon")),
        ("blue", _("Blue alerts"), _("in sight")),
    ):
        yield Tile(label, [found.filter(severity=severity)], f"{page}?severity={severity}", severity, word)


def assessment(user):
    """The year at work: its state, what is missing; the latest result: the county on one page, who came last; open measures."""
    if not user.has_perm("assessments.view_cycle"):
        return
    years = years_of(user)
    if not years:
        return
    present = _present(years)
    yield _state(present)
    one = present.cycle
    if one and not one.published_run_id and scope_of(user, "assessments.run_calculation").covers(one.jurisdiction.path):
        yield _preparation(find_refusals(one), _page("cycle", one))
    published = next((state for state in years if state.published), None)
    if published and user.has_perm("assessments.view_result"):
        ranked = ranked_in(published.year, user)
        if published.cycle and scope_of(user, "assessments.view_result").covers(published.cycle.jurisdiction.path):
            label = _("%(year)d at a glance") % {"year": published.year}
            yield Tile(label, [ranked], _page("overview", published.cycle), hint=_("units ranked"))
        label = _("Units at the bottom in %(year)d") % {"year": published.year}
        flagged, page = ranked.filter(flagged=True), _page("bottom", published.cycle)
        yield Tile(label, [flagged], page, "red", _("bottom rank"))
    if user.has_perm("assessments.view_measure"):
        yield Tile(_("Open measures"), [open_measures(user)], f"{reverse('assessments:measure-list')}?status=open")


def _present(years):
    """The year at work: the first after the latest published one, as schemes of the next may be in the making already."""
    published = next((state.year for state in years if state.published), 0)
    later = [state for state in years if state.year > published]
    return later[-1] if later else years[0]


def _page(name, cycle):
    """A page of the one cycle, or the list of years where the user has several counties."""
    if cycle is None:
        return reverse("assessments:cycle-list")
    return reverse(f"assessments:{name}", args=[cycle.jurisdiction.code, cycle.year])


def _preparation(refusals, page):
    """What the calculation waits for; a year without units is not ready because nothing of it is missing."""
    if any(refusal.code == "NO_UNITS" for refusal in refusals):
        return Tile(_("Units with a category"), 0, page, "orange", _("import the units of the year first"))
    word = _("the calculation waits for them") if refusals else _("the calculation can start")
    return Tile(_("Figures missing or wrong"), len(refusals), page, "orange" if refusals else "green", word)


def _state(state):
    label, page = _("Assessment of %(year)d") % {"year": state.year}, _page("cycle", state.cycle)
    if state.cycle is None:
        return Tile(label, f"{state.published}/{state.counties}", page, hint=_("counties published"))
    if not state.published:
        runs = state.cycle.run_count or 0
        word = ngettext("%(runs)d calculation", "%(runs)d calculations", runs) % {"runs": runs} if runs else ""
        return Tile(label, _("not published"), page, hint=word)
    day = date_format(timezone.localtime(state.cycle.published_on), "DATE_FORMAT")
    return Tile(label, _("published"), page, "green", day)


def imports(user):
    """Files that were read and wait for somebody to apply them."""
    if not any(scope_of(user, kind.permission) for kind in all_kinds()):
        return
    staged, page = BatchStatus.STAGED, reverse("exchange:batch-list")
    found = batches_for(user).filter(status=staged)
    yield Tile(_("Files to check and apply"), [found], f"{page}?status={staged}", "yellow", _("read, not applied"))


def accounts(user):
    """For the system and the security administrator: the accounts they look after."""
    for permission, page in (
        ("accounts.manage_accounts", "accounts:account-list"),
        ("accounts.manage_grants", "accounts:grant-list"),
    ):
        if user.has_perm(permission):
            yield Tile(_("Accounts in your care"), [User.objects.visible_to(user, permission)], reverse(page))


def audit(user):
    """For auditors: when the records were last sealed."""
    if user.has_perm("audit.view_entry"):
        last = Seal.objects.order_by("-number").only("number", "sealed_at").first()
        hint = date_format(timezone.localtime(last.sealed_at), "DATETIME_FORMAT") if last else ""
        yield Tile(_("Seals over the records"), last.number if last else 0, reverse("admin:index"), hint=hint)


SECTIONS = (
    Section(gettext_lazy("To do"), for_me),
    Section(gettext_lazy("Alerts"), alerts),
    Section(gettext_lazy("Unit assessment"), assessment),
    Section(gettext_lazy("Shelter"), shelter),
    Section(gettext_lazy("Imports"), imports),
    Section(gettext_lazy("Accounts"), accounts),
    Section(gettext_lazy("Audit"), audit),
)


def tiles_for(user) -> tuple[list[tuple[Any, list[Tile]]], BarCounts]:
    """Headings with their tiles, those without anything to show left out; and the numbers in the top bar.

    Whatever the tiles and the bar leave to be counted is counted in one query.
    """
    found = [(section.label, list(section.provide(user))) for section in SECTIONS]
    every = [tile for _label, tiles in found for tile in tiles]
    uncounted = [tile for tile in every if isinstance(tile.count, list)]
    urgent = [urgent_alerts(user, people_shut_for(user))] if user.has_perm(CENTRE) else []
    counts = iter(count_all([*urgent, *(rows for tile in uncounted for rows in tile.count)]))
    alarms = sum(islice(counts, len(urgent)))
    for tile in uncounted:
        tile.settle(sum(islice(counts, len(tile.count))))
    waiting = next((tile.count for tile in every if tile.url == reverse("inbox")), 0)
    shown = [(label, [tile for tile in tiles if tile.count or not tile.if_any]) for label, tiles in found]
    return [(label, tiles) for label, tiles in shown if tiles], BarCounts(waiting, alarms)
