"""Alerts of supervision: periods that end, and what a confirmed decision asks somebody to do (§3.4)."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.services.alert_sweep import raise_alerts
from foundation.common.dates import add_months
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import rulebook
from officials.models import Restriction

from ..choices import Body
from ..models import Handling
from ..rules.coverage import count_lacking
from ..rules.duties import compute_duties
from ..selectors.coverage import members_in
from ..workflows.talk import KEEP
from .duty_law import duty_law_of
from .influence import county_of, sanction_of

OWNER, VIEWERS = "supervision.enter_handling", ("supervision.view_handling",)
LOOK_AHEAD = 24  # months: no lead time of a rule is longer
STILL_TO_DO = timedelta(days=183)
"""Decisions that have been in effect for longer were dealt with on paper."""


def find_period_ends(day: date, book, county):
    """Influence periods that end within the lead times, or ended and wait to be lifted."""
    rows = (
        Restriction.objects.system()
        .standing()
        .filter(official__org_path__startswith=county.path, ends_on__isnull=False, ends_on__gte=day)
    )
    rows = rows.filter(ends_on__lte=add_months(day, LOOK_AHEAD)).select_related("official")
    for row in rows.order_by("ends_on", "pk"):
        yield AlertFact(
            key=f"{row.source_kind}:{row.source_no}:{row.part}:{row.ends_on:%Y-%m-%d}",
            organization=row.official.home_id,
            person=row.official_id,
            subject=row.official.name,
            params={"measure": code_label("handling_type", row.kind, "zh-hans")},
            due_on=row.ends_on,
            url=reverse("officials:person", args=[row.official_id]) + "?tab=restrictions",
        )


register_kind(
    AlertKind(
        code="supervision.period_end",
        label=_("Influence period ends"),
        text=_("%(measure)s: the influence period ends on %(due_on)s."),
        permission=OWNER,
        lead_rule="ALR-PERIOD-END",
        rule_ids=("SUP-EXPIRY-REMINDER-DAYS",),
        find=find_period_ends,
        viewers=VIEWERS,
    )
)


def find_talks_lacking(day: date, book, county):
    """Members of leading teams without the heart-to-heart talks of the year (SUP-TALK-YEARLY): one alert for the county.

    In January the past year's still stands, red: nobody has forgotten it with the year.
    """
    for year in (day.year - 1, day.year) if day.month == 1 else (day.year,):
        needed, last = int(book.value("SUP-TALK-YEARLY")), date(year, 12, 31)
        held = list(members_in(county, year, day).values_list("talks", flat=True))
        if lacking := count_lacking(held, needed):
            yield AlertFact(
                key=f"{county.code}:{year}",
                organization=county,
                subject=county.name,
                params={"year": year, "lacking": lacking, "members": len(held)},
                due_on=last,
                url=f"{reverse('supervision:talk-coverage')}?year={year}",
            )


register_kind(
    AlertKind(
        code="supervision.talks_lacking",
        label=_("Heart-to-heart talks of the year"),
        text=_("%(lacking)s of %(members)s members of leading teams lack a talk of %(year)s; it is due by %(due_on)s."),
        permission=KEEP,
        lead_rule="ALR-TALK-YEARLY",
        rule_ids=("SUP-TALK-YEARLY",),
        find=find_talks_lacking,
        viewers=("supervision.view_talk",),
    )
)
DUTIES = {
    code: register_kind(
        AlertKind(
            code=f"supervision.duty.{code.lower()}",
            label=label,
            text=text,
            permission=OWNER,
            lead_rule="ALR-DUTY",
            viewers=VIEWERS,
        )
    )
    for code, label, text in (
        (
            "FILE_IN_ARCHIVE",
            _("Decision to be filed in the archive"),
            _("%(measure)s (%(document)s): file the decision in category 8 of the personal archive."),
        ),
        (
            "CHANGE_POST_AND_PAY",
            _("Post and pay to be changed"),
            _("%(measure)s (%(document)s): change post and pay by %(due_on)s."),
        ),
        (
            "COMPLETE_PROCEDURES",
            _("Procedures to be completed"),
            _("%(measure)s (%(document)s): complete the procedures by %(due_on)s."),
        ),
        (
            "REPORT_TO_UPPER_DEPARTMENT",
            _("Decision to be reported upward"),
            _("%(measure)s (%(document)s): report the decision to the organization department above."),
        ),
    )
}


def raise_duties(case: Handling, periods, *, day: date) -> int:
    """Ask for what a decision in force brings with it, by the rulebook of its day of effect. Returns how many were asked for.

    What was due before the decision was entered here is history; decisions of earlier years ask for nothing.
    """
    if case.effective_on + STILL_TO_DO < day:
        return 0
    book = rulebook(on=case.effective_on, jurisdiction=county_of(case))
    law = duty_law_of(book, case.kind, by_supervisory_commission=case.body == Body.SUPERVISORY_COMMISSION)
    found = 0
    for duty in compute_duties(sanction_of(case), periods, law, known_on=case.delivered_on):
        kind = DUTIES.get(duty.code)
        if kind is None or (duty.due_on and duty.due_on < day):
            continue
        fact = AlertFact(
            key=case.case_no,
            organization=case.organization_id,
            person=case.official_id,
            subject=case.official.name,
            params={"measure": code_label("handling_type", case.kind, "zh-hans"), "document": case.document_no},
            due_on=duty.due_on,
            url=reverse("supervision:handling", args=[case.case_no]),
            rule_id=duty.rule_id,
        )
        raise_alerts(kind, [fact], day=day)
        found += 1
    return found
