"""Reports of personal matters as pages show them: who must report, the numbers of a year, checks and the draw."""

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.common.tiles import Tile
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official

from ..choices import CheckFinding, MatterOccasion
from ..models import MatterCheck, MatterReport
from ..rules.matters import must_report

TABLES = ("leadership_level", "civil_rank")
KEEP, VIEW = "supervision.keep_matters", "supervision.view_matterreport"
VIEW_CHECK = "supervision.view_mattercheck"


def covered_people(county: Organization, day: date) -> list[int]:
    """Numbers of those in post in a county who report on a day, by level of post and rank (2 queries)."""
    labels = _covered_labels(county, day)
    people = Official.objects.system().serving().below(county.path)
    return list(people.filter(Q(level__in=labels) | Q(rank__in=labels)).order_by("pk").values_list("pk", flat=True))


def is_covered(official: Official, day: date) -> bool:
    """Does this person report on a day?"""
    labels = _covered_labels(official.home.jurisdiction or official.home, day)
    return official.level in labels or official.rank in labels


def _covered_labels(county: Organization, day: date) -> set[str]:
    covered = rulebook(on=day, jurisdiction=county.code).value("SUP-MATTERS-COVERED")
    return {row.label_zh for table in TABLES for code, row in codes(table).items() if must_report([code], covered)}


def numbers_of(reports, checks, day: date, year: int) -> list[Tile]:
    """The numbers of a year, each with the list behind it (2 queries)."""
    waiting = Q(reported_on__isnull=True, waived_reason="")
    counts = reports.filter(occasion=MatterOccasion.ANNUAL).aggregate(
        all=Count("pk"),
        filed=Count("pk", filter=Q(reported_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(reported_on__gt=F("due_on"))),
        waiting=Count("pk", filter=waiting & Q(due_on__gte=day)),
        overdue=Count("pk", filter=waiting & Q(due_on__lt=day)),
    )
    found = checks.aggregate(
        asked=Count("pk"),
        done=Count("pk", filter=~Q(finding="")),
        bad=Count("pk", filter=Q(finding__in=[CheckFinding.OMITTED, CheckFinding.CONCEALED])),
    )
    board = reverse("supervision:matters-year", args=[year])
    checked = reverse("supervision:matters-checks", args=[year])
    tiles = [
        Tile(_("Asked to report"), counts["all"], board),
        Tile(_("In time"), counts["filed"], f"{board}?state=FILED"),
        Tile(_("Late"), counts["late"], f"{board}?state=LATE", "orange", _("late")),
        Tile(_("Still to come"), counts["waiting"], f"{board}?state=WAITING"),
        Tile(_("Not reported, overdue"), counts["overdue"], f"{board}?state=OVERDUE", "red", _("overdue")),
        Tile(_("Checks asked for"), found["asked"], checked),
        Tile(_("Checked"), found["done"], f"{checked}?finding=done"),
        Tile(_("Omitted or concealed"), found["bad"], f"{checked}?finding=bad", "red", _("to be handled")),
    ]
    for tile in tiles:
        tile.settle(tile.count)
    return tiles


def years_known(user) -> list[int]:
    """Years with reports that the user may see, the newest first (1 query)."""
    rows = MatterReport.objects.visible_to(user, VIEW).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def reports_of(user, year: int):
    """Reports of a year that the user may see."""
    return MatterReport.objects.visible_to(user, VIEW).filter(year=year)


def checks_of(user, year: int):
    """Checks of a year that the user may see."""
    return MatterCheck.objects.visible_to(user, VIEW_CHECK).filter(year=year)
