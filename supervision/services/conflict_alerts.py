"""Conflicts of avoidance as alerts: those that nobody has decided on, and decisions that wait to be carried out."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.rules.severity import ORANGE

from ..models import RelationConflict
from ..workflows.avoidance import DECIDED, FOUND, RESOLVE


def find_conflict_alerts(day, book, county):
    """Conflicts in a county that wait; who must not see the case of the relative does not learn the name here either."""
    rows = RelationConflict.objects.system().filter(
        status__in=(FOUND, DECIDED), organization__path__startswith=county.path
    )
    for case in rows.select_related("official").order_by("pk"):
        yield AlertFact(
            key=case.case_no,
            organization=case.organization_id,
            person=case.official_id,
            subject=case.official.name,
            params={"test": case.rule_id, "case_no": case.case_no},
            due_on=case.due_on,
            severity="" if case.status == DECIDED else ORANGE,
            url=reverse("supervision:conflict", args=[case.case_no]),
        )


register_kind(
    AlertKind(
        code="supervision.conflict",
        label=_("Conflict of avoidance (任职回避)"),
        text=_("%(test)s, %(case_no)s: decide who withdraws, and see that it is carried out."),
        permission=RESOLVE,
        lead_rule="ALR-CONFLICT",
        rule_ids=("SEL-AVOIDANCE-TESTS", "SEL-AVOIDANCE-RELATIONS", "SEL-AVOIDANCE-PLACES"),
        find=find_conflict_alerts,
        viewers=("supervision.view_relationconflict",),
    )
)
