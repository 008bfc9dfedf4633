"""Appeals that nobody has answered yet become alerts before the last day of their answer (§3.6)."""

from collections import defaultdict
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.models import CaseEvent
from foundation.regulations.services.codes import code_label

from ..models import Handling
from ..selectors.appeals import appeals_of
from ..workflows import HANDLING
from ..workflows.handling import ENTER, IN_FORCE

ACTS = ("appeal", "answer_appeal")


def find_unanswered(day: date, book, county):
    """Appeals of a county without an answer, with the last day that their own law gives (2 queries)."""
    acts = CaseEvent.objects.filter(kind=HANDLING.kind, action__in=ACTS)
    last = acts.filter(case_no=OuterRef("case_no")).order_by("-seq").values("action")[:1]
    rows = Handling.objects.system().filter(status=IN_FORCE, organization__path__startswith=county.path)
    waiting = rows.annotate(last_act=Subquery(last)).filter(last_act="appeal")
    cases = list(waiting.select_related("official", "organization__jurisdiction").order_by("pk"))
    told = defaultdict(list)
    for event in acts.filter(case_no__in=[case.case_no for case in cases]).order_by("seq") if cases else ():
        told[event.case_no].append(event)
    for case in cases:
        case.known_events = told[case.case_no]
        appeals = appeals_of(case, day)
        if appeals is None or appeals.waiting is None:
            continue
        yield AlertFact(
            key=f"{case.case_no}:{appeals.waiting.lodged_on:%Y-%m-%d}",
            organization=case.organization_id,
            person=case.official_id,
            subject=case.official.name,
            params={
                "measure": code_label("handling_type", case.kind, "zh-hans"),
                "document": case.document_no,
                "lodged_on": appeals.waiting.lodged_on.isoformat(),
            },
            due_on=appeals.waiting.due_on,
            url=reverse("supervision:handling", args=[case.case_no]),
            rule_id=appeals.rule_id,
        )


register_kind(
    AlertKind(
        code="supervision.appeal",
        label=_("Appeal to be answered (申诉)"),
        text=_("%(measure)s (%(document)s): the appeal of %(lodged_on)s is to be answered by %(due_on)s."),
        permission=ENTER,
        lead_rule="ALR-APPEAL",
        rule_ids=("SUP-APPEAL-CIVIL", "SUP-APPEAL-SUPERVISION", "SUP-APPEAL-ACCOUNTABILITY", "SUP-APPEAL-HANDLING"),
        find=find_unanswered,
        viewers=("supervision.view_handling",),
    )
)
