"""A reuse that was handed over and against which something has come up since (a new sanction, a longer period) is an alert."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import AlertFact, AlertKind, register_kind
from foundation.casework.rules.severity import ORANGE

from ..models import ReuseProposal
from ..rules.reuse import FAILS, check_reuse
from ..selectors.reuse_cases import with_decision
from ..selectors.reuse_facts import records_of
from ..workflows.reuse import PROPOSE, WAITING
from .reuse_conditions import law_on, statements_of


def find_blocked(day: date, book, county):
    """Waiting proposals of a county that the record stands against today (1 query, with any `records_of`)."""
    rows = ReuseProposal.objects.system().filter(status=WAITING, organization__path__startswith=county.path)
    cases = list(with_decision(rows).select_related("official").order_by("pk"))
    known, law = records_of({case.official_id for case in cases}, day), law_on(day, county.code)
    for case in cases:
        facts = known[case.official_id].since(case.effective_on)
        found = check_reuse(facts, statements_of(case), case.mode, day, law)
        against = [reason for one in found if one.state == FAILS for reason in one.reasons]
        if against:
            yield AlertFact(
                key=case.case_no,
                organization=case.organization_id,
                person=case.official_id,
                subject=case.official.name,
                params={"case_no": case.case_no, "reasons": len(against)},
                severity=ORANGE,
                url=reverse("supervision:reuse", args=[case.case_no]),
            )


register_kind(
    AlertKind(
        code="supervision.reuse_blocked",
        label=_("Reuse blocked after the hand-over"),
        text=_("%(case_no)s waits for the selection procedure, and %(reasons)s facts stand against it now."),
        permission=PROPOSE,
        rule_ids=("SUP-REUSE-CONDITIONS",),
        find=find_blocked,
        viewers=("supervision.view_reuseproposal",),
    )
)
