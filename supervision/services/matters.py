"""Reports of personal matters: asked for by year, reported, waived, changes with their days. What they say is not kept."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official

from ..choices import MatterOccasion
from ..models import MatterReport
from ..rules.matters import CHANGE_ITEMS, annual_due, change_due
from ..selectors.matters import KEEP, covered_people, is_covered
from .tool_cases import person_of, refuse

TARGET = "supervision.matters"
FIRST_YEAR = 2018
"""The first year whose reports the regulation of 2017 asks for by 31 January."""


def entry_of(target_no: str, org_path: str, *, reason="", **data) -> dict:
    """What an entry of the audit says besides the action: it names people and days, never what a report says."""
    return {
        "target_kind": TARGET,
        "target_no": target_no,
        "target_label": target_no,
        "org_path": org_path,
        "reason": reason[:300],
        "data": data,
    }


@transaction.atomic
def ask_reports(*, actor, county: Organization, year: int) -> int:
    """Ask everybody who must report for the report of a year; who is asked already stays. Returns how many are new.

    Raises PermissionDenied outside the actor's counties; DomainError (400) for a year before the regulation or to come.
    """
    require(actor, KEEP, county.path)
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        text = _("Reports are asked for from %(first)s to this year.") % {"first": FIRST_YEAR}
        raise DomainError("YEAR_OUT_OF_RANGE", text, status=400)
    due_on = annual_due(year, rulebook(on=date(year, 1, 1), jurisdiction=county.code).value("SUP-MATTERS-ANNUAL"))
    rows = [
        MatterReport(
            official_id=pk, occasion=MatterOccasion.ANNUAL, year=year, due_on=due_on, rule_id="SUP-MATTERS-ANNUAL"
        )
        for pk in covered_people(county, today)
    ]
    known = set(
        MatterReport.objects.system()
        .filter(occasion=MatterOccasion.ANNUAL, year=year, official__in=[row.official_id for row in rows])
        .values_list("official_id", flat=True)
    )
    new = [row for row in rows if row.official_id not in known]
    MatterReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        about = entry_of(f"{county.code}-{year}", county.path, people=[row.official_id for row in new])
        record(actor=actor, action="supervision.matters.asked", **about)
    return len(new)


def ask_of_january(*, actor, day: date) -> int:
    """In January, until the last day of the yearly reports: everybody who must report is asked. Returns how many are new."""
    found = 0
    for county in Organization.objects.system().filter(parent__isnull=True).order_by("pk"):
        book = rulebook(on=day, jurisdiction=county.code)
        if "SUP-MATTERS-ANNUAL" in book and day <= annual_due(day.year, book.value("SUP-MATTERS-ANNUAL")):
            found += ask_reports(actor=actor, county=county, year=day.year)
    return found


def _locked(actor, reports) -> list[MatterReport]:
    rows = MatterReport.objects.system().filter(pk__in=[report.pk for report in reports])
    found = list(rows.select_for_update(of=("self",)).select_related("official").order_by("pk"))
    for row in found:
        require(actor, KEEP, row.official.org_path)
    if not found:
        refuse([Reason("NONE_CHOSEN", text=_("Choose at least one report."))], "REPORTS_REFUSED")
    return found


@transaction.atomic
def file_reports(*, actor, reports, reported_on: date, late_reason: str = "") -> int:
    """Record that reports were handed in on a day. One fault refuses all of them. Returns how many.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) for a day to come or before the report
    could be made, for a late one without a reason, for one that is recorded already.
    """
    rows, wrong = _locked(actor, reports), []
    if reported_on > timezone.localdate():
        wrong.append(Reason("DAY_IN_FUTURE", {"field": "reported_on"}, text=_("This day lies in the future.")))
    for row in rows:
        first = row.changed_on or date(row.year, 1, 1)
        told = {"name": row.official.name, "day": f"{first:%Y.%m.%d}", "due": f"{row.due_on:%Y.%m.%d}"}
        if row.reported_on or row.waived_reason:
            text = _("The report of %(name)s is recorded already, or is not due.") % told
            wrong.append(Reason("REPORT_SETTLED", {"field": None, "report": row.pk}, text=text))
        elif reported_on < first:
            text = _("The report of %(name)s cannot have been made before %(day)s.") % told
            wrong.append(Reason("DAY_TOO_EARLY", {"field": "reported_on", "report": row.pk}, text=text))
        elif reported_on > row.due_on and not late_reason.strip():
            text = _("The report of %(name)s was due on %(due)s. Say why it came late.") % told
            wrong.append(Reason("LATE_WITHOUT_REASON", {"field": "late_reason", "report": row.pk}, text=text))
    refuse(wrong, "REPORTS_REFUSED")
    for row in rows:
        row.reported_on = reported_on
        row.late_reason = late_reason.strip() if row.is_late else ""
        row.version += 1
    MatterReport.objects.bulk_update(rows, ["reported_on", "late_reason", "version"])
    for row in rows:
        about = {"official": row.official_id, "occasion": row.occasion, "year": row.year}
        about |= {"reason": row.late_reason, "reported_on": reported_on.isoformat()}
        record(
            actor=actor,
            action="supervision.matters.filed",
            **entry_of(str(row.pk), row.official.org_path, **about),
        )
    return len(rows)


@transaction.atomic
def waive_reports(*, actor, reports, reason: str) -> int:
    """Record why reports that were asked for are not due after all. Returns how many.

    Raises PermissionDenied outside the actor's units; DomainError (400) without a reason, or for one that is recorded.
    """
    rows, wrong = _locked(actor, reports), []
    if not reason.strip():
        text = _("Say why the report is not due, for example a transfer out of the county.")
        wrong.append(Reason("TEXT_MISSING", {"field": "late_reason"}, text=text))
    for row in rows:
        if row.reported_on or row.waived_reason:
            text = _("The report of %(name)s is recorded already, or is not due.") % {"name": row.official.name}
            wrong.append(Reason("REPORT_SETTLED", {"field": None, "report": row.pk}, text=text))
    refuse(wrong, "REPORTS_REFUSED")
    for row in rows:
        row.waived_reason = reason.strip()[:300]
        row.version += 1
        about = {"official": row.official_id, "occasion": row.occasion, "year": row.year, "reason": row.waived_reason}
        record(
            actor=actor,
            action="supervision.matters.waived",
            **entry_of(str(row.pk), row.official.org_path, **about),
        )
    MatterReport.objects.bulk_update(rows, ["waived_reason", "version"])
    return len(rows)


@transaction.atomic
def register_change(*, actor, official: Official, changed_on: date, items) -> MatterReport:
    """Ask a person for the report of a change in the items of art. 3, due 30 days after it.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) for somebody who does not report, a day to
    come, items of no such report, or the same change again.
    """
    person, wrong = person_of(official), []
    require(actor, KEEP, person.org_path)
    chosen = sorted(set(items))
    if not is_covered(person, timezone.localdate()):
        text = _("By level and rank this person does not report personal matters.")
        wrong.append(Reason("NOT_COVERED", {"field": None}, text=text))
    if changed_on > timezone.localdate():
        wrong.append(Reason("DAY_IN_FUTURE", {"field": "changed_on"}, text=_("This day lies in the future.")))
    if not chosen or not set(chosen) <= set(CHANGE_ITEMS):
        text = _("Choose at least one of the items whose change is reported by itself.")
        wrong.append(Reason("ITEMS_MISSING", {"field": "items", "known": CHANGE_ITEMS}, text=text))
    same = MatterReport.objects.system().filter(official=person, changed_on=changed_on, items=chosen)
    if same.exists():
        text = _("This change of this day is registered already.")
        wrong.append(Reason("CHANGE_KNOWN", {"field": "changed_on"}, text=text))
    book = rulebook(on=changed_on, jurisdiction=(person.home.jurisdiction or person.home).code)
    if "SUP-MATTERS-CHANGE-DAYS" not in book:
        text = _("No rule asked for reports of changes on this day.")
        wrong.append(Reason("NO_RULE_ON_DAY", {"field": "changed_on"}, text=text))
    refuse(wrong, "CHANGE_REFUSED")
    row = MatterReport.objects.create(
        official=person,
        occasion=MatterOccasion.CHANGE,
        year=changed_on.year,
        items=chosen,
        changed_on=changed_on,
        due_on=change_due(changed_on, int(book.value("SUP-MATTERS-CHANGE-DAYS"))),
        rule_id="SUP-MATTERS-CHANGE-DAYS",
    )
    about = {"official": person.pk, "changed_on": changed_on.isoformat(), "due_on": row.due_on.isoformat()}
    record(
        actor=actor,
        action="supervision.matters.change-registered",
        **entry_of(str(row.pk), person.org_path, **about),
    )
    return row
