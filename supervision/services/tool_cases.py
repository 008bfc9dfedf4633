"""What all talks and letters share: their numbers, opening a case about a person, writing the facts of a step."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.registry import kind_of
from foundation.casework.services.notices import tell
from foundation.common.dates import add_months
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official

from ..models import (
    AdjustmentLead,
    Admonishment,
    Handling,
    Hold,
    Inquiry,
    RelationConflict,
    Reminder,
    ReuseProposal,
    Revisit,
    Talk,
)
from ..rules.repeated import count_within, is_repeated
from ..workflows.step_facts import facts_of
from ..workflows.taking_back import WITHDRAWN
from .influence import county_of

PREFIXES = {
    Handling: "CL",
    Reminder: "TX",
    Inquiry: "HX",
    Admonishment: "JM",
    Talk: "TH",
    AdjustmentLead: "XS",
    Revisit: "HF",
    RelationConflict: "HB",
    Hold: "ZH",
    ReuseProposal: "SY",
}
"""First letters of the numbers: 处理, 提醒, 函询, 诫勉, 谈话, 线索, 回访, 回避, 暂缓, 使用."""
IMPORT = "supervision.import_talks"


def person_of(official: Official, *, needs_unit: bool = True) -> Official:
    """The person, locked for a new case. Raises DomainError for one in the trash and, where it is needed, without a unit."""
    people = Official.objects.system().select_related("home__jurisdiction").select_for_update(of=("self",), no_key=True)
    person = people.get(pk=official.pk)
    if person.trashed_at:
        raise DomainError("IN_TRASH", _("This record is in the trash. Restore it first."))
    if needs_unit and person.home is None:
        raise DomainError("PERSON_WITHOUT_UNIT", _("This person belongs to no unit. Record the unit first."))
    return person


def next_case_no(model, unit: Organization, day: date) -> str:
    """`TX-440784-2026-001`: counted by county and year under the lock of the county, so that no two get the same."""
    county = unit.jurisdiction or unit
    Organization.objects.system().select_for_update(of=("self",), no_key=True).get(pk=county.pk)
    begin = f"{PREFIXES[model]}-{county.code}-{day.year}-"
    return f"{begin}{model.objects.system().filter(case_no__startswith=begin).count() + 1:03d}"


def new_case(
    model,
    person: Official,
    *,
    actor,
    status: str,
    summary: str,
    on: date | None = None,
    unit: Organization | None = None,
    **fields,
):
    """An unsaved case about a locked person, kept by the person's unit, or by `unit` where the person has none.

    `on`: its day, today where none is given.
    """
    day, keeper = on or timezone.localdate(), person.home or unit
    return model(
        case_no=next_case_no(model, keeper, day),
        status=status,
        organization=keeper,
        opened_on=day,
        official=person,
        summary=summary.strip(),
        proposed_by_id=actor.pk,
        proposed_by_name=str(actor),
        **fields,
    )


def refuse(reasons: list[Reason], code: str) -> None:
    """Raise DomainError (400) with all reasons, each at its field, when there are any."""
    if reasons:
        raise DomainError(code, reasons[0].text, reasons, status=400)


def taken_over(actor, person: Official, on: date | None) -> list[Reason]:
    """What stands against opening a case on another day than today, as when cases kept on paper are taken over (补录).

    Raises PermissionDenied where the actor may not take over earlier cases.
    """
    if on is None:
        return []
    require(actor, IMPORT, person.org_path)
    if on <= timezone.localdate():
        return []
    return [Reason("DAY_IN_FUTURE", {"field": "on", "day": on}, text=_("This day lies in the future."))]


def summary_missing(summary: str) -> list[Reason]:
    """Nobody is talked to without a matter."""
    if summary.strip():
        return []
    return [
        Reason("TEXT_MISSING", {"field": "summary"}, text=_("Say what it is about: the matter goes into the record."))
    ]


def writes(step: str, then=None):
    """Effect: the facts of the step stand in the case; `then(case, actor=…, reason=…)` follows and may add to the event."""

    def effect(case, *, actor, reason="", **payload):
        names = facts_of(case, kind_of(case).flow.kind, step).names
        given = {name: payload[name] for name in names if payload.get(name)}
        if case_reason := given.get("late_reason"):
            given["late_reason"] = "；".join(filter(None, [case.late_reason, case_reason]))[:300]
        for name, value in given.items():
            setattr(case, name, value)
        days = {name: value.isoformat() for name, value in given.items() if isinstance(value, date)}
        more = then(case, actor=actor, reason=reason) if then else {}
        return {"official": case.official_id, **days, **(more or {})}

    return effect


def tell_repeated(case) -> int:
    """Tell the leaders when the person is talked to again (SUP-REPEATED-TALKS); returns how many talks there were."""
    rule = rulebook(on=case.held_on, jurisdiction=county_of(case)).value("SUP-REPEATED-TALKS")
    days = [case.held_on]
    for model in (Reminder, Admonishment):
        held = model.objects.system().filter(official=case.official_id, held_on__isnull=False)
        days += (
            held.exclude(status__in=["revoked", WITHDRAWN])
            .exclude(case_no=case.case_no)
            .values_list("held_on", flat=True)
        )
    number = count_within(days, case.held_on, rule["within_months"])
    is_recent = add_months(case.held_on, rule["within_months"]) > timezone.localdate()  # older ones were known on paper
    if is_recent and is_repeated(days, case.held_on, rule["talks"], rule["within_months"]):
        tell(
            key=f"supervision.repeated:{case.case_no}",
            message="supervision.repeated_talks",
            params={"case_no": case.case_no, "count": number, "months": rule["within_months"]},
            organization=case.organization,
            permission="supervision.review_tool",
            severity="orange",
        )
    return number
