"""Bonuses, deductions and vetoes as proposals: proposed with ground and document, decided by somebody else of the office.

Approval writes the adjustment or veto under its number in the same transaction; nothing is written before it.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization, UnitCategory

from ..choices import ItemType
from ..models import Adjustment, Cycle, Item, Veto
from ..rules.items import check_item, signed
from ..workflows import DECIDE, ITEM, ITEM_PROPOSED, PROPOSE

_TEXTS = {
    "VETO_HAS_NO_POINTS": _("A veto has no points. Leave them empty."),
    "POINTS_MISSING": _("Give the points, as a number above 0."),
    "POINTS_RANGE": _(
        "Points lie above 0, at most 100, with at most 4 decimal places; bonus or deduction gives the sign."
    ),
    "DATE_OUTSIDE_YEAR": _("The date must lie in %(year)d, the assessed year."),
    "DATE_IN_FUTURE": _("The date lies in the future."),
}


@transaction.atomic
def propose(
    *,
    actor,
    cycle: Cycle,
    organization: Organization,
    unit: Organization,
    item: str,
    occurred_on: date,
    ground: str,
    document_no: str,
    points: Decimal | None = None,
    kind: str = "",
    decided_by: str = "",
    evidence: str = "",
) -> Item:
    """Propose an item about a unit; `organization` proposes (a department, or the county for its office).

    `points` is the size without sign. Raises PermissionDenied outside the actor's units; DomainError when the year is
    published, the unit is not assessed in it, ground or document is missing, or a value does not fit (400, by field).
    """
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    require(actor, PROPOSE, organization.path)
    _refuse_locked(locked)
    reasons = [
        Reason(code, {"field": field}, text=_TEXTS[code] % {"year": locked.year})
        for code, field in check_item(item, points, occurred_on, locked.year, timezone.localdate())
    ]
    texts = {"ground": ground.strip(), "document_no": document_no.strip()}
    reasons += [
        Reason("TEXT_MISSING", {"field": name}, text=_("Ground and document are needed: a decision rests on them."))
        for name, text in texts.items()
        if not text
    ]
    if not UnitCategory.objects.system().filter(organization=unit, year=locked.year).exists():
        reasons.append(Reason("UNIT_NOT_ASSESSED", {"field": "unit"}, text=_("This unit is not assessed in the year.")))
    if reasons:
        raise DomainError("ITEM_REFUSED", reasons[0].text, reasons, status=400)
    case = Item(
        case_no=_next_case_no(locked),
        status=ITEM_PROPOSED,
        organization=organization,
        opened_on=timezone.localdate(),
        cycle=locked,
        unit=unit,
        item=item,
        kind=kind.strip(),
        points=signed(item, points),
        decided_by=decided_by.strip(),
        evidence=evidence.strip(),
        occurred_on=occurred_on,
        proposed_by_id=actor.pk,
        proposed_by_name=str(actor),
        **texts,
    )
    open_case(case, actor=actor, reason=case.ground, data=_facts(case))
    record(
        actor=actor,
        action="assessments.item.proposed",
        target_kind=ITEM.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=organization.path,
        reason=case.ground,
        basis=case.document_no,
        data=_facts(case),
    )
    return case


def _refuse_locked(cycle: Cycle):
    if cycle.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))


def _facts(case: Item) -> dict:
    points = None if case.points is None else str(case.points)
    return {"unit": case.unit.code, "item": case.item, "points": points, "document_no": case.document_no}


def _next_case_no(cycle: Cycle) -> str:
    """`TA-440784-2025-0007`; the cycle is locked, so nobody else counts at the same time."""
    return f"TA-{cycle.jurisdiction.code}-{cycle.year}-{Item.objects.system().filter(cycle=cycle).count() + 1:04d}"


def year_is_open(case, *, actor, **payload):
    """Nothing is added to a published year until it is opened for correction."""
    if not case.cycle.is_locked:
        return []
    return [Reason("CYCLE_LOCKED", text=_("This year is published. Open it for correction with a reason first."))]


def not_the_proposer(case, *, actor, **payload):
    """Whoever proposed does not decide: two pairs of eyes (separation of duties)."""
    if actor.pk is None or actor.pk != case.proposed_by_id:
        return []
    return [Reason("ITEM_SAME_PERSON", text=_("You proposed this. Somebody else of the office must decide on it."))]


def is_the_proposer(case, *, actor, **payload):
    """Only who proposed takes a proposal back."""
    if actor.pk is not None and actor.pk == case.proposed_by_id:
        return []
    return [Reason("ITEM_NOT_YOURS", text=_("Only who proposed this may withdraw it."))]


def number_is_free(case, *, actor, number="", **payload):
    """A number names one adjustment or veto of the year."""
    number = (number or "").strip()
    if not number or not _taken(case.cycle, number):
        return []
    text = _("The number %(number)s is taken in this year. Choose another one, or leave it empty.")
    return [Reason("ITEM_NUMBER_TAKEN", {"number": number}, text=text % {"number": number})]


def _taken(cycle, number: str) -> bool:
    return any(model.objects.system().filter(cycle=cycle, number=number).exists() for model in (Adjustment, Veto))


def _write_item(case, *, actor, reason, number="", **payload):
    """Approval: the adjustment or veto stands in the year under its number (the case's number when none is given)."""
    Cycle.objects.system().select_for_update(of=("self",)).get(pk=case.cycle_id)
    case.number = (number or "").strip()[:40] or case.case_no
    shared = {
        "cycle": case.cycle,
        "unit": case.unit,
        "number": case.number,
        "ground": case.ground,
        "document_no": case.document_no,
        "occurred_on": case.occurred_on,
    }
    if case.item == ItemType.VETO:
        Veto.objects.create(**shared, decided_by=case.decided_by)
    else:
        Adjustment.objects.create(**shared, kind=case.kind, points=case.points, evidence=case.evidence)
    return {"number": case.number}


def papers_while_undecided(case, *, actor, part=""):
    """Papers come with the proposal; a decided one is closed."""
    if case.status == ITEM_PROPOSED:
        return []
    return [Reason("ITEM_DECIDED", text=_("The proposal is decided; its papers stay as they are."))]


bind(
    ITEM,
    Item,
    url_name="assessments:item",
    named_by=("unit",),
    papers=Papers(view="assessments.view_item", add=(PROPOSE, DECIDE), guards=(papers_while_undecided,)),
    approve=Handler(guards=(not_the_proposer, year_is_open), input_guards=(number_is_free,), effect=_write_item),
    decline=Handler(guards=(not_the_proposer,)),
    withdraw=Handler(guards=(is_the_proposer,)),
)
