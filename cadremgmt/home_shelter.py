"""What the home page counts of shelter (关爱): each tile counts what the filter of its list shows."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.common.scoping import scope_of
from foundation.common.tiles import Tile
from supervision.forms.tools import ToolFilter
from supervision.models import Revisit
from supervision.selectors.tools import TOOLS
from tolerance.forms.cases import ToleranceFilter
from tolerance.forms.clearances import ApplicationFilter, ClearanceFilter
from tolerance.models import Clearance, ToleranceCase
from tolerance.selectors.cases import VIEW, sheltered
from tolerance.selectors.clearances import VIEW as VIEW_CLEARANCE
from tolerance.workflows.clearance import APPLY as APPLY_FOR_CLEARANCE
from tolerance.workflows.tolerance_case import ACCEPT, APPLY, CORRECTING, DRAFT, PATH, TOLERANCE_STATES, UNDER_REVIEW

STATIONS = (*PATH[: PATH.index(CORRECTING)], UNDER_REVIEW, *PATH[PATH.index(CORRECTING) : -1])
"""Where an open case can wait for the office, in the order of its way."""
VISITS = TOOLS["revisits"]


def shelter(user):
    """For a unit what it has applied for; for the office open cases by station, what is overdue, whom it has sheltered."""
    if not scope_of(user, ACCEPT) and scope_of(user, APPLY):
        yield from _of_the_unit(user)
        return
    if scope_of(user, VIEW):
        yield from _tolerance(user)
    if scope_of(user, VIEW_CLEARANCE):
        yield from _clearances(user)
    if scope_of(user, VISITS.view):
        page, cases = (
            reverse("supervision:tool-list", args=[VISITS.slug]),
            Revisit.objects.visible_to(user, VISITS.view),
        )
        given = {"status": "planned", "due": "soon"}
        found = ToolFilter(given, tool=VISITS).narrow(cases)
        yield _tile(_("Return visits due"), page, given, found, "yellow", _("within 30 days or overdue"))


def _tile(label, page, given, found, severity="", word="", **more):
    return Tile(label, [found], f"{page}?{urlencode(given)}", severity, word, **more)


def _tolerance(user):
    page, cases = reverse("tolerance:case-list"), ToleranceCase.objects.visible_to(user, VIEW)

    def tile(label, given, *words, **more):
        return _tile(label, page, given, ToleranceFilter(given).narrow(cases), *words, **more)

    yield tile(_("Open cases of fault tolerance"), {"status": "open"})
    labels = dict(TOLERANCE_STATES)
    for state in STATIONS:
        label = _("Fault tolerance: %(station)s") % {"station": labels[state]}
        yield tile(label, {"status": state}, if_any=True)
    yield tile(_("Fault tolerance: overdue"), {"due": "overdue"}, "red", _("past its day"))
    today = timezone.localdate()
    year = {"first": date(today.year, 1, 1).isoformat(), "last": today.isoformat()}
    for who, label in (("units", _("Units sheltered this year")), ("officials", _("Officials sheltered this year"))):
        found = sheltered(who, cases, date(today.year, 1, 1), today)
        word = pgettext("tolerance", "exempted or handled more lightly")
        yield _tile(label, reverse("tolerance:sheltered", args=[who]), year, found, "", word)


def _clearances(user):
    page, cases = reverse("clearances:list"), Clearance.objects.visible_to(user, VIEW_CLEARANCE)
    for label, given, *words in (
        (_("Open clearances"), {"status": "open"}),
        (_("Clearances overdue"), {"due": "overdue"}, "red", _("past its day")),
    ):
        yield _tile(label, page, given, ClearanceFilter(given).narrow(cases), *words)


def _of_the_unit(user):
    """What the liaison's unit has applied for and what is not submitted yet."""
    page, cases = reverse("tolerance:case-list"), ToleranceCase.objects.visible_to(user, VIEW)
    for label, given, *words in (
        (_("Fault tolerance: applications of the unit"), {"status": "open"}),
        (_("Fault tolerance: drafts to submit"), {"status": DRAFT}, "yellow", _("not submitted")),
    ):
        yield _tile(label, page, given, ToleranceFilter(given).narrow(cases), *words)
    if scope_of(user, APPLY_FOR_CLEARANCE):
        page, given = reverse("clearances:applications"), {"status": "open"}
        cases = Clearance.objects.visible_to(user, APPLY_FOR_CLEARANCE).filter(applied_on__isnull=False)
        yield _tile(_("Applications for clearance"), page, given, ApplicationFilter(given).narrow(cases))
