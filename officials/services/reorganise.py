"""Acts on units, people's records following: rename, move, merge, split, close, found, and the undoing of the last act.

Each is one transaction with one audit entry. `preview` does the same act and takes it back before anybody sees it, so what it
says is what would happen.
"""

from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.organizations.choices import Act
from foundation.organizations.models import PATH_STEP, Organization, Reorganisation
from foundation.organizations.rules.plans import NewUnit, Plan, PostGoal
from foundation.organizations.services import structure

from ..selectors.consequences import Consequences, consequences_of, surroundings_of
from .ledger import Ledger, take_back
from .people_follow import move_holders, move_homes, move_posts
from .plan_check import refusals

PERMISSION = "organizations.reorganise_units"
TARGET = "organizations.organization"


def _locked(codes) -> dict[str, Organization]:
    rows = Organization.objects.system().filter(code__in=codes).order_by("pk").select_for_update()
    return {unit.code: unit for unit in rows}


def _authorise(actor, plan: Plan, units):
    """The actor reorganises at every unit of the act and at every parent that gets a unit."""
    for code in plan.codes():
        if code not in units:
            raise DomainError(
                "UNIT_UNKNOWN", _("There is no unit with the code %(code)s.") % {"code": code}, status=400
            )
        require(actor, PERMISSION, units[code].path)
    for code, _parent in plan.moves:  # taking a unit away is an act on what it stands below
        if units[code].parent_id:
            require(actor, PERMISSION, units[code].path[:-PATH_STEP])


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('organizations_reorganisation', 'id'))")
        return f"ORG-{cursor.fetchone()[0]:06d}"


@transaction.atomic
def carry_out(*, actor, plan: Plan) -> Reorganisation:
    """Do an act. Raises PermissionDenied outside of the actor's scope, DomainError with every reason against it."""
    units, pen = _done(actor, plan)
    return _store(actor, plan, units[plan.unit], pen)


def preview(*, actor, plan: Plan) -> Consequences:
    """What the act would change, found by doing it and taking it back. Raises as `carry_out`."""
    with transaction.atomic():
        _units, pen = _done(actor, plan)
        found = surroundings_of(consequences_of(pen.as_data()), timezone.localdate())
        transaction.set_rollback(True)
    return found


def _done(actor, plan: Plan) -> tuple[dict[str, Organization], Ledger]:
    """The act itself, without its record: the units it was about, and what it wrote."""
    units = _locked(plan.codes())
    _authorise(actor, plan, units)
    if reasons := refusals(plan, units, timezone.localdate()):
        raise DomainError("ACT_REFUSED", _("The act cannot be carried out. Nothing was changed."), reasons)
    pen = Ledger()
    try:
        with transaction.atomic():
            structure.found_units(plan, units, changes=pen)
            structure.rename_units(plan, units, changes=pen)
            structure.move_units(plan, units, changes=pen)
            followed = move_posts(plan, units, changes=pen)
            mains = move_holders(plan, followed, changes=pen)
            move_homes(plan, units, mains, changes=pen)
            structure.close_units(plan, units, changes=pen)
            structure.record_successions(plan, units, changes=pen)
    except IntegrityError as error:
        raise DomainError(
            "ACT_CONTRADICTS",
            _(
                "The result would contradict what is registered, so nothing was changed. Look for posts of the same days."
            ),
        ) from error
    return units, pen


def _store(actor, plan, unit, pen, undoes=None) -> Reorganisation:
    act = Reorganisation.objects.create(
        number=_next_number(),
        kind=plan.kind,
        unit=unit,
        effective_on=plan.effective_on,
        document_no=plan.document_no,
        reason=plan.reason,
        done_by=str(actor)[:60],
        changes=pen.as_data(),
        undoes=undoes,
    )
    record(
        actor=actor,
        action="organizations.unit.reorganised",
        target_kind=TARGET,
        target_no=unit.code,
        target_label=unit.name,
        org_path=unit.path,
        reason=plan.reason,
        basis=plan.document_no,
        data={
            "act": act.number,
            "kind": str(plan.kind),
            "effective_on": plan.effective_on,
            "undoes": undoes.number if undoes else "",
            "founded": [new.code for new in plan.founds],
            "closed": list(plan.closes),
            "moved": [list(pair) for pair in plan.moves],
            "rows": len(pen.rows),
        },
    )
    return act


@transaction.atomic
def undo(*, actor, act: Reorganisation, reason: str) -> Reorganisation:
    """Take an act back by a new act, as long as nothing that it wrote was changed since. Raises DomainError otherwise."""
    act = Reorganisation.objects.system().select_for_update(of=("self",)).select_related("unit").get(pk=act.pk)
    require(actor, PERMISSION, act.unit.path)
    if act.kind == Act.UNDO or Reorganisation.objects.system().filter(undoes=act).exists():
        raise DomainError("ALREADY_UNDONE", _("This act was undone already, or is itself an undoing."))
    if not reason.strip():
        raise DomainError("REASON_MISSING", _("Say why the act is undone."), status=400)
    unit = act.unit
    made = any(
        entry["before"] is None and (entry["model"], entry["pk"]) == (unit._meta.label, unit.pk)
        for entry in act.changes["rows"]
    )
    if made:  # what is undone is a founding: the record of both acts stays with the unit above
        unit = act.unit.parent
        Reorganisation.objects.system().filter(pk=act.pk).update(unit=unit)
    take_back(act.changes)
    unit.refresh_from_db()
    plan = Plan(Act.UNDO, unit.code, timezone.localdate(), act.document_no, reason)
    return _store(actor, plan, unit, Ledger(), undoes=act)


# --- the acts by name -------------------------------------------------------------------------------------------------
def rename_unit(
    *, actor, unit: Organization, name: str, short_name: str, effective_on: date, document_no: str, reason=""
):
    """更名: the old name stays in the history with its days."""
    return carry_out(actor=actor, plan=rename_plan(unit, name, short_name, effective_on, document_no, reason))


def rename_plan(unit, name, short_name, effective_on, document_no, reason="") -> Plan:
    """The plan of a renaming."""
    return Plan(Act.RENAME, unit.code, effective_on, document_no, reason, names=((unit.code, name, short_name),))


def move_unit(*, actor, unit: Organization, parent: Organization, effective_on: date, document_no: str, reason=""):
    """划转: the unit and everything below it go under another unit; scopes follow the place, grants stay with their unit."""
    return carry_out(actor=actor, plan=move_plan(unit, parent, effective_on, document_no, reason))


def move_plan(unit, parent, effective_on, document_no, reason="") -> Plan:
    """The plan of a move."""
    return Plan(Act.MOVE, unit.code, effective_on, document_no, reason, moves=((unit.code, parent.code),))


def found_unit(*, actor, new: NewUnit, effective_on: date, document_no: str, reason=""):
    """新设: a new unit below another."""
    return carry_out(actor=actor, plan=found_plan(new, effective_on, document_no, reason))


def found_plan(new: NewUnit, effective_on, document_no, reason="") -> Plan:
    """The plan of a founding."""
    return Plan(Act.FOUND, new.code, effective_on, document_no, reason, founds=(new,))


def merge_units(*, actor, units: list[Organization], into: str, effective_on: date, document_no: str, **details):
    """合并: units end and `into` (a code: one of them, another unit, or that of `new`) goes on. See `merge_plan`."""
    return carry_out(actor=actor, plan=merge_plan(units, into, effective_on, document_no, **details))


def merge_plan(
    units: list[Organization],
    into: str,
    effective_on: date,
    document_no: str,
    *,
    reason: str = "",
    new: NewUnit | None = None,
    posts: tuple[PostGoal, ...] = (),
    cases_stay: bool = False,
) -> Plan:
    """The plan of a merger. People of the units that end go home to `into`; units below them stand below it."""
    closing = [unit for unit in units if unit.code != into]
    below = Organization.objects.system().filter(parent__in=closing, ends_on__isnull=True).order_by("path")
    return Plan(
        Act.MERGE,
        into,
        effective_on,
        document_no,
        reason,
        founds=(new,) if new else (),
        moves=tuple((code, into) for code in below.values_list("code", flat=True) if code != into),
        closes=tuple(unit.code for unit in closing),
        posts=posts,
        rest=into,
        follows=tuple((unit.code, into) for unit in closing),
        cases_stay=cases_stay,
    )


def split_unit(*, actor, unit: Organization, new: list[NewUnit], effective_on: date, document_no: str, **details):
    """分设: new units take over posts, people and units below from one that goes on or closes. See `split_plan`."""
    return carry_out(actor=actor, plan=split_plan(unit, new, effective_on, document_no, **details))


def split_plan(
    unit: Organization,
    new: list[NewUnit],
    effective_on: date,
    document_no: str,
    *,
    reason: str = "",
    closes: bool = False,
    posts: tuple[PostGoal, ...] = (),
    homes: tuple[tuple[int, str], ...] = (),
    below: tuple[tuple[str, str], ...] = (),
    rest: str = "",
    cases_stay: bool = False,
) -> Plan:
    """The plan of a split. `below`: which unit below goes under which new one. `rest`: where everybody else goes when

    the unit closes.
    """
    return Plan(
        Act.SPLIT,
        unit.code,
        effective_on,
        document_no,
        reason,
        founds=tuple(new),
        moves=below,
        closes=(unit.code,) if closes else (),
        posts=posts,
        homes=homes,
        rest=rest if closes else "",
        follows=tuple((unit.code, each.code) for each in new),
        cases_stay=cases_stay,
    )


def close_unit(*, actor, unit: Organization, effective_on: date, document_no: str, **details):
    """撤销: refused while people, posts, units below or open cases remain, unless the act says where they go."""
    return carry_out(actor=actor, plan=close_plan(unit, effective_on, document_no, **details))


def close_plan(
    unit: Organization,
    effective_on: date,
    document_no: str,
    *,
    reason: str = "",
    posts: tuple[PostGoal, ...] = (),
    rest: str = "",
    below: str = "",
    cases_stay: bool = False,
) -> Plan:
    """The plan of a closing. `rest`: the unit that everybody goes to; `below`: the one under which units below go."""
    children = Organization.objects.system().filter(parent=unit, ends_on__isnull=True).order_by("path")
    return Plan(
        Act.CLOSE,
        unit.code,
        effective_on,
        document_no,
        reason,
        moves=tuple((code, below) for code in children.values_list("code", flat=True)) if below else (),
        closes=(unit.code,),
        posts=posts,
        rest=rest,
        cases_stay=cases_stay,
    )
