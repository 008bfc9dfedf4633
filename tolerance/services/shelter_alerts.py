"""Alerts of shelter that no clock of a case tells: windows that close on a draft, clearances and holds that hang.

A reversal needs none: it takes every effect back in one transaction or is refused whole.
"""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.rules.severity import ORANGE
from foundation.casework.services.deadlines import last_day
from supervision.models import Revisit
from supervision.workflows.revisit import MADE, PLANNED

from ..models import Clearance, ToleranceCase
from ..rules.clearance import visit_days
from ..workflows.clearance import CARRY_OUT, CLEARANCE, PROPOSE, STANDING
from ..workflows.tolerance_case import APPLY, DRAFT
from .clearance_alerts import clearances_under_way, holds_for_reports
from .clearance_law import clearance_law

VIEWERS = ("tolerance.view_clearance",)


def _colour(due_on: date, day: date, before: str) -> str:
    return "red" if due_on < day else before


def find_drafts(day: date, book, county):
    """Drafts after a notice of investigation: the window to apply (TOL-APPLY-DAYS) runs whether they are handed in or not."""
    cases = ToleranceCase.objects.system().filter(organization__path__startswith=county.path, status=DRAFT)
    rule = None  # asked for only where there is a draft: a sweep mostly finds none
    for case in cases.filter(notice_on__isnull=False).order_by("notice_on", "pk"):
        rule = rule or book.get("TOL-APPLY-DAYS")
        due_on, is_estimated = last_day(rule, case.notice_on)
        yield AlertFact(
            key=case.case_no,
            organization=case.organization_id,
            subject=case.title_text,
            params={"case_no": case.case_no, "notice_on": case.notice_on.isoformat()},
            due_on=due_on,
            severity=_colour(due_on, day, "yellow"),
            url=reverse("tolerance:case", args=[case.case_no]),
            is_estimated=is_estimated,
        )


def find_certificates(day: date, book, county):
    """Cleared without a certificate in the record of integrity: it is due by the first visit, and the case ends with it only."""
    cases = [case for case in clearances_under_way(county) if case.cleared_on and not case.certificate_no]
    law = clearance_law(book) if cases else None
    for case in cases:
        due_on = visit_days(case.cleared_on, law)[0]
        yield AlertFact(
            key=case.case_no,
            organization=case.organization_id,
            person=case.official_id,
            subject=case.official.name,
            params={"cleared_on": case.cleared_on.isoformat()},
            due_on=due_on,
            severity=_colour(due_on, day, "yellow"),
            url=reverse("clearances:case", args=[case.case_no]),
        )


def find_unvisited(day: date, book, county):
    """Visits after a clearance that were cancelled and for which no other one of the same clearance stands or was made."""
    visits = Revisit.objects.system().filter(source_kind=CLEARANCE.kind, source_no=OuterRef("source_no"))
    instead = visits.filter(sequence__gte=OuterRef("sequence"), status__in=[PLANNED, MADE])
    cleared = Clearance.objects.system().filter(case_no=OuterRef("source_no"), status__in=STANDING)
    lost = Revisit.objects.system().filter(source_kind=CLEARANCE.kind, organization__path__startswith=county.path)
    lost = lost.exclude(status__in=[PLANNED, MADE]).filter(~Exists(instead), Exists(cleared))
    for visit in lost.select_related("official").order_by("planned_on", "pk"):
        yield AlertFact(
            key=f"{visit.source_no}:{visit.sequence}",
            organization=visit.organization_id,
            person=visit.official_id,
            subject=visit.official.name,
            params={"case_no": visit.source_no},
            due_on=visit.planned_on,
            severity=_colour(visit.planned_on, day, "orange"),
            url=reverse("clearances:case", args=[visit.source_no]),
        )


def find_groundless(day: date, book, county):
    """Holds for a report that stand although its case is over: not cleared, or cleared before the hold was set (R-CLR-HOLD)."""
    for row in holds_for_reports(county):
        if row.over is None:
            continue
        yield AlertFact(
            key=f"{row.official_id}:{row.source_no}",
            organization=row.official.home_id,
            person=row.official_id,
            subject=row.official.name,
            params={"report": row.source_no, "case_no": row.over},
            due_on=row.review_on,
            severity=ORANGE,
            url=reverse("clearances:hold", args=[row.pk]),
        )


register_kind(
    AlertKind(
        code="tolerance.draft_window",
        label=_("Fault tolerance not applied for yet"),
        text=_("Notice of the investigation of %(notice_on)s: apply by %(due_on)s (%(case_no)s is a draft)."),
        permission=APPLY,
        rule_ids=("TOL-APPLY-DAYS",),
        find=find_drafts,
        viewers=("tolerance.view_tolerancecase",),
    )
)
register_kind(
    AlertKind(
        code="tolerance.certificate_missing",
        label=_("Certificate of clearance not filed"),
        text=_("Cleared on %(cleared_on)s: file the certificate in the record of integrity by %(due_on)s."),
        permission=CARRY_OUT,
        rule_ids=("CLR-REVISIT",),
        find=find_certificates,
        viewers=VIEWERS,
    )
)
register_kind(
    AlertKind(
        code="tolerance.clearance_unvisited",
        label=_("Clearance without its visit"),
        text=_("%(case_no)s: the visit of %(due_on)s was cancelled and none stands for it. Plan another one."),
        permission=CARRY_OUT,
        rule_ids=("CLR-REVISIT",),
        find=find_unvisited,
        viewers=VIEWERS,
    )
)
register_kind(
    AlertKind(
        code="tolerance.hold_groundless",
        label=_("Hold whose report is settled"),
        text=_("Report %(report)s is settled (%(case_no)s), the hold still stands: release it, or say why it stays."),
        permission=PROPOSE,
        rule_ids=("R-CLR-HOLD", "R-DIS-31"),
        find=find_groundless,
        viewers=("officials.view_restriction",),
    )
)
