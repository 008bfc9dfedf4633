"""The tiles of the home page, each from one room's selectors: a count and the list it opens."""

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.choices import CycleStatus
from assessments.models import Cycle, Measure, RunUnit
from assessments.services.calculation import find_refusals
from assessments.workflows import APPROVED, MANUAL, MEASURE, PROPOSED, REVIEWED
from foundation.common.scoping import scope_of
from foundation.exchange.models import BatchStatus
from foundation.exchange.selectors import batches_for

from .home import Tile


def assessment_tiles(user):
    """The county's latest year: where it stands, what is missing, who is last."""
    if not scope_of(user, "assessments.view_cycle"):
        return
    cycles = Cycle.objects.visible_to(user, "assessments.view_cycle").select_related("jurisdiction", "published_run")
    latest = cycles.order_by("-year", "jurisdiction__path").first()
    if latest is None:
        return
    address = [latest.jurisdiction.code, latest.year]
    severity = {CycleStatus.OPEN: "blue", CycleStatus.CORRECTING: "orange"}.get(latest.status, "green")
    yield Tile(_("Current year"), latest.year, reverse("assessments:cycle", args=address), severity, latest.get_status_display())
    if scope_of(user, "assessments.run_calculation").covers(latest.jurisdiction.path) and not latest.is_locked:
        missing = len(find_refusals(latest))
        hint = _("stands against the calculation") if missing else _("complete")
        yield Tile(
            _("Missing or wrong figures"), missing, reverse("assessments:cycle", args=address), "red" if missing else "green", hint
        )
    published = cycles.filter(published_run__isnull=False).order_by("-year", "jurisdiction__path").first()
    if published and scope_of(user, "assessments.view_result"):
        rows = RunUnit.objects.visible_to(user, "assessments.view_result").filter(run=published.published_run)
        bottom = rows.filter(flagged=True).count()
        place = [published.jurisdiction.code, published.year]
        label = _("Bottom units %(year)d") % {"year": published.year}
        yield Tile(label, bottom, reverse("assessments:bottom", args=place), "", "")


def measure_tiles(user):
    """Measures by the step they wait for, as far as it is the user's."""
    waiting = (
        (_("Measures to review"), (PROPOSED, MANUAL), "assessments.review_measure"),
        (_("Measures to decide"), (REVIEWED,), "assessments.decide_measure"),
        (_("Measures to carry out"), (APPROVED,), "assessments.execute_measure"),
    )
    for label, states, permission in waiting:
        if scope_of(user, permission):
            count = Measure.objects.visible_to(user, permission).filter(status__in=states).count()
            severity, hint = ("orange", _("waits for you")) if count else ("", "")
            yield Tile(label, count, f"{reverse('assessments:measure-list')}?status={states[0]}", severity, hint)
    if scope_of(user, "assessments.view_measure"):
        measures = Measure.objects.visible_to(user, "assessments.view_measure")
        count = measures.filter(status__in=MEASURE.open_states()).count()
        yield Tile(_("Open measures"), count, f"{reverse('assessments:measure-list')}?status=open")


def import_tiles(user):
    """Files that were read and not applied."""
    staged = batches_for(user).filter(status=BatchStatus.STAGED).count()
    permissions = ("assessments.import_scores", "organizations.import_units", "officials.import_posts", "tolerance.import_effects")
    if any(scope_of(user, permission) for permission in permissions):
        severity, hint = ("yellow", _("read, not applied")) if staged else ("", "")
        yield Tile(_("Imports to finish"), staged, reverse("exchange:batch-list"), severity, hint)
