"""Alerts of clearance: found false and still not cleared (CLR-ALERT-DAYS), holds that are to be reviewed."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.regulations.services.calendar import add_working_days
from officials.models import Restriction

from ..models import Clearance
from ..rules.clearance import FALSE, WIDELY_FALSE
from ..workflows.clearance import BEFORE, CARRY_OUT, CLEARED, PROPOSE, REJECTED, REVISITED, STANDING
from .report_holds import REPORT

VIEWERS = ("tolerance.view_clearance",)


def clearances_under_way(county) -> list[Clearance]:
    """Clearances that are not closed, for several kinds at once: kept on the county, which a sweep has loaded for itself."""
    kept = vars(county)
    if "_clearances" not in kept:
        cases = Clearance.objects.system().filter(
            organization__path__startswith=county.path, status__in=[*BEFORE, CLEARED, REVISITED]
        )
        kept["_clearances"] = list(cases.select_related("official").order_by("found_on", "pk"))
    return kept["_clearances"]


def holds_for_reports(county) -> list[Restriction]:
    """Holds for reports that stand, kept likewise; `over`: the case of the same report if it is settled, else None."""
    kept = vars(county)
    if "_report_holds" not in kept:
        settled = Clearance.objects.system().filter(
            official=OuterRef("official"),
            source_kind=REPORT,
            source_no=OuterRef("source_no"),
            status__in=[REJECTED, *STANDING],
        )
        rows = Restriction.objects.system().standing().filter(source_kind=REPORT)
        rows = rows.filter(official__org_path__startswith=county.path).select_related("official")
        rows = rows.annotate(over=Subquery(settled.order_by("-pk").values("case_no")[:1]))
        kept["_report_holds"] = list(rows.order_by("review_on", "pk"))
    return kept["_report_holds"]


def find_waiting(day, book, county):
    """People found falsely reported so many working days ago that they should hear of it (CLR-ALERT-DAYS)."""
    after, last = int(book.value("CLR-ALERT-DAYS")), int(book.value("CLR-CLEAR-DAYS"))
    finding = FALSE | WIDELY_FALSE if book.value("CLR-WIDE-FALSE") else FALSE
    for case in clearances_under_way(county):
        if case.status not in BEFORE or case.finding not in finding or case.found_on is None:
            continue
        due = add_working_days(case.found_on, last)
        if add_working_days(case.found_on, after).date <= day:
            yield AlertFact(
                key=case.case_no,
                organization=case.organization_id,
                person=case.official_id,
                subject=case.official.name,
                params={"found_on": case.found_on.isoformat()},
                due_on=due.date,
                severity="red" if due.date < day else "orange",
                url=reverse("clearances:case", args=[case.case_no]),
                is_estimated=due.estimated,
            )


def find_reviews(day, book, county):
    """Holds for reports whose day of review has come."""
    for row in holds_for_reports(county):
        if row.review_on is None or row.review_on > day:
            continue
        yield AlertFact(
            key=f"{row.official_id}:{row.source_no}:{row.review_on:%Y-%m-%d}",
            organization=row.official.home_id,
            person=row.official_id,
            subject=row.official.name,
            params={"report": row.source_no},
            due_on=row.review_on,
            severity="red" if row.review_on < day else "orange",
            url=reverse("clearances:hold", args=[row.pk]),
        )


register_kind(
    AlertKind(
        code="tolerance.clearance_waits",
        label=_("Found false, not cleared yet"),
        text=_("Found false on %(found_on)s; clearance is due on %(due_on)s."),
        permission=CARRY_OUT,
        rule_ids=("CLR-ALERT-DAYS", "CLR-CLEAR-DAYS"),
        find=find_waiting,
        viewers=VIEWERS,
    )
)
register_kind(
    AlertKind(
        code="tolerance.hold_review",
        label=_("Hold to be reviewed"),
        text=_("Report %(report)s: the hold is to be reviewed on %(due_on)s."),
        permission=PROPOSE,
        rule_ids=("R-DIS-31",),
        find=find_reviews,
        viewers=("officials.view_restriction",),
    )
)
