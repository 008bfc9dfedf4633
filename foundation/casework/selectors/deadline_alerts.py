"""Deadlines of cases as alerts: one kind of alert for each kind of case, so that whoever may see the cases sees them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..alert_kinds import AlertFact, AlertKind
from ..models import Deadline
from ..registry import CaseKind, kinds

LEAD = "ALR-DEADLINE"


def deadline_kinds() -> Iterable[AlertKind]:
    """A kind of alert for every registered kind of case with a clock; owner of an alert is who may take the step."""
    for kind in kinds():
        clocked = [step for step in kind.flow.steps if step.deadline_rule]
        if clocked:
            meta = kind.model._meta
            yield AlertKind(
                code=f"deadline.{kind.flow.kind}",
                label=kind.flow.label,
                text=_("Step due on %(due_on)s."),
                permission=clocked[0].permission,
                lead_rule=LEAD,
                find=_finder(kind),
                viewers=(f"{meta.app_label}.view_{meta.model_name}",),
            )


def _finder(kind: CaseKind):
    def find(day, book, county):
        """Open clocks of this kind of case in the county."""
        clocks = [clock for clock in _open_clocks(county) if clock.kind == kind.flow.kind]
        rows = kind.model.objects.system().filter(
            case_no__in=[clock.case_no for clock in clocks], organization__path__startswith=county.path
        )
        rows = rows.select_related("organization", *kind.places(), *kind.named_by)
        cases = {case.case_no: case for case in rows}
        for clock in clocks:
            case, step = cases.get(clock.case_no), kind.flow.step(clock.step)
            if case is not None and step is not None:
                yield _fact(kind, case, step, clock)

    return find


def _open_clocks(county) -> list[Deadline]:
    """All open clocks, read once for all kinds: kept on the county, which one sweep or preview has loaded for itself."""
    kept = vars(county)
    if "_clocks" not in kept:
        kept["_clocks"] = list(Deadline.objects.filter(closed_at__isnull=True).order_by("pk"))
    return kept["_clocks"]


def _fact(kind: CaseKind, case, step, clock) -> AlertFact:
    return AlertFact(
        key=str(clock.pk),
        organization=getattr(case, step.at),
        person=getattr(case, "official_id", None),
        subject=str(getattr(case, "title", case)),
        params={"case_no": case.case_no, "step": clock.step},
        due_on=clock.due_on,
        url=reverse(kind.url_name, args=[case.case_no]) if kind.url_name else "",
        rule_id=clock.rule_id,
        permission=step.permission,
        is_estimated=clock.is_estimated,
    )
