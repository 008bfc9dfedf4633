"""Reports of personal matters that are due, and checks that wait for their finding, as alerts. Neither says what a report says."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.rules.severity import BLUE

from ..choices import MatterOccasion
from ..models import MatterCheck, MatterReport
from ..selectors.matters import KEEP, VIEW, VIEW_CHECK


def find_reports(day, book, county):
    """Reports in a county that were asked for and are not there."""
    rows = MatterReport.objects.system().filter(
        reported_on__isnull=True,
        waived_reason="",
        official__org_path__startswith=county.path,
        official__home__isnull=False,
        official__trashed_at__isnull=True,
    )
    for row in rows.select_related("official").order_by("due_on", "pk"):
        is_annual = row.occasion == MatterOccasion.ANNUAL
        yield AlertFact(
            key=str(row.pk),
            organization=row.official.home_id,
            person=row.official_id,
            subject=row.official.name,
            params={"year": row.year},
            due_on=row.due_on,
            url=reverse("supervision:matters-year" if is_annual else "supervision:matters-changes", args=[row.year]),
            rule_id=row.rule_id,
        )


def find_checks(day, book, county):
    """Checks in a county that were asked for and have found nothing yet."""
    rows = MatterCheck.objects.system().filter(
        finding="", official__org_path__startswith=county.path, official__home__isnull=False
    )
    for row in rows.select_related("official").order_by("asked_on", "pk"):
        yield AlertFact(
            key=str(row.pk),
            organization=row.official.home_id,
            person=row.official_id,
            subject=row.official.name,
            params={"year": row.year, "asked_on": row.asked_on.isoformat()},
            severity=BLUE,
            url=reverse("supervision:matters-check", args=[row.pk]),
        )


register_kind(
    AlertKind(
        code="supervision.matters_report",
        label=_("Report of personal matters (个人有关事项报告)"),
        text=_("The report of personal matters of %(year)s is due on %(due_on)s."),
        permission=KEEP,
        lead_rule="ALR-MATTERS",
        rule_ids=("SUP-MATTERS-ANNUAL", "SUP-MATTERS-CHANGE-DAYS"),
        find=find_reports,
        viewers=(VIEW,),
    )
)
register_kind(
    AlertKind(
        code="supervision.matters_check",
        label=_("Check of personal matters (个人有关事项查核)"),
        text=_("A check of the report of %(year)s was asked for on %(asked_on)s; record what it found."),
        permission=KEEP,
        rule_ids=("SUP-MATTERS-CHECK-SHARE",),
        find=find_checks,
        viewers=(VIEW_CHECK,),
    )
)
