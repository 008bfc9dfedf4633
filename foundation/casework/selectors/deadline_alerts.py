"""Deadlines of cases as alerts: one kind of alert for each kind of case, so that whoever may see the cases sees them."""

from collections.abc import Iterable

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..alert_kinds import AlertFact, AlertKind
from ..models import Deadline
from ..registry import CaseKind, kinds

LEAD = "ALR-DEADLINE"


def deadline_kinds() -> Iterable[AlertKind]:
    """A kind of alert for every registered kind of case with a clock; owner of an alert is who may take the step."""
    for kind in kinds():
        clocked = [step for step in kind.flow.steps if step.is_clocked]
        if clocked:
            meta = kind.model._meta
            yield AlertKind(
                code=f"deadline.{kind.flow.kind}",
                label=kind.flow.label,
                text=_("Step due on %(due_on)s."),
                permission=clocked[0].permission,
                lead_rule=LEAD,
                find=_finder(kind),
                find_days=_day_finder(kind),
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


def _day_finder(kind: CaseKind):
    def find_days(day, book, county):
        """Days of the open clocks of this kind of case in the county: what a preview of lead times counts."""
        for flow, clock in _clocks_inside(county):
            if flow == kind.flow.kind:
                yield AlertFact(key=str(clock.pk), organization=county, subject="", due_on=clock.due_on)

    return find_days


def _clocks_inside(county) -> list[tuple[str, Deadline]]:
    """Open clocks of cases of the county with their kind, of all kinds at once (2 queries), kept as `_open_clocks` are."""
    kept = vars(county)
    if "_clocks_inside" not in kept:
        clocked = [kind for kind in kinds() if any(step.is_clocked for step in kind.flow.steps)]
        cases = [_cases_inside(kind, county) for kind in clocked]
        inside = set(cases[0].union(*cases[1:], all=True)) if cases else set()
        kept["_clocks_inside"] = [(c.kind, c) for c in _open_clocks(county) if (c.kind, c.case_no) in inside]
    return kept["_clocks_inside"]


def _cases_inside(kind: CaseKind, county):
    """Kind and number of the cases of the county that have an open clock."""
    name = kind.flow.kind
    clocks = Deadline.objects.filter(kind=name, closed_at__isnull=True)
    cases = kind.model.objects.system().filter(
        organization__path__startswith=county.path, case_no__in=clocks.values("case_no")
    )
    return cases.order_by().values_list(Value(name, CharField()), "case_no")


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
