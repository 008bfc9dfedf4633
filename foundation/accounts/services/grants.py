"""Roles given and taken, by the security administrator 安全保密管理员; nobody gives a role to oneself."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import Cite, DomainError, Reason

from ..models import RoleGrant, User
from ..roles import ROLES, Role
from .authority import MANAGE_GRANTS, in_reach

SEPARATION = Cite("GB/T 22239-2019", "8.1.4.2 d, 8.1.5", "verified")


@transaction.atomic
def grant_role(
    *,
    actor,
    user: User,
    role: str,
    organization=None,
    include_subtree=True,
    valid_from: date,
    valid_to=None,
    reason: str,
) -> RoleGrant:
    """Give a role at a unit (everywhere when none is named) from `valid_from` to `valid_to` inclusive.

    Raises DomainError when the actor's area does not hold unit and account, the actor is the user, the role needs a
    unit, the days are wrong, the role is held there already, or the duties exclude each other.
    """
    if role not in ROLES:
        raise DomainError("accounts.unknown_role", _("There is no such role."), status=400)
    chosen = ROLES[role]
    in_reach(actor, MANAGE_GRANTS, organization)
    user = User.objects.select_for_update(of=["self"]).select_related("organization").get(pk=user.pk)
    in_reach(actor, MANAGE_GRANTS, user.organization)
    if actor == user:
        raise DomainError(
            "accounts.own_grant", _("Nobody gives a role to oneself; ask another security administrator.")
        )
    if organization is None and not chosen.everywhere:
        raise DomainError("accounts.role_needs_unit", _("This role is given at a unit; choose one."), status=400)
    if valid_to is not None and valid_to < valid_from:
        raise DomainError("accounts.days_reversed", _("The last day lies before the first day."), status=400)
    if valid_to is not None and valid_to < timezone.localdate():
        raise DomainError("accounts.days_over", _("The last day is over already."), status=400)
    if not user.is_active:
        raise DomainError("accounts.account_locked", _("The account is locked; unlock it first."))
    if not reason.strip():
        raise DomainError("accounts.reason_missing", _("Say why the role is given."), status=400)
    _check_against_others(user, chosen, organization, valid_from, valid_to)
    grant = _save(actor, user, chosen, organization, include_subtree, valid_from, valid_to, reason)
    user.forget_grants()
    _record(actor, "accounts.grant.given", grant, reason)
    return grant


@transaction.atomic
def end_grant(*, actor, grant: RoleGrant, reason: str) -> RoleGrant:
    """End a grant at once; the next request of the user is refused. Nobody ends the own grant."""
    grant = (
        RoleGrant.objects.select_for_update(of=["self"])
        .select_related("user__organization", "organization", "group")
        .get(pk=grant.pk)
    )
    in_reach(actor, MANAGE_GRANTS, grant.organization)
    if actor == grant.user:
        raise DomainError("accounts.own_grant", _("Nobody ends the own role; ask another security administrator."))
    if grant.ended_at is not None:
        raise DomainError("accounts.grant_ended", _("The role was ended already."))
    if not reason.strip():
        raise DomainError("accounts.reason_missing", _("Say why the role is ended."), status=400)
    grant.ended_at, grant.ended_by, grant.end_reason = timezone.now(), str(actor)[:60], reason.strip()
    grant.save(update_fields=["ended_at", "ended_by", "end_reason"])
    grant.user.forget_grants()
    _record(actor, "accounts.grant.ended", grant, reason)
    return grant


def _check_against_others(user, chosen: Role, organization, valid_from, valid_to):
    """Refuse a second duty and a doubled grant on any common day. The database refuses both as well."""
    overlapping = RoleGrant.objects.system().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), user=user, ended_at=None
    )
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    held = list(overlapping.select_related("group"))
    conflicts = {grant.role.code: grant.role for grant in held if grant.role.excludes(chosen)}
    if conflicts:
        reasons = [
            Reason("accounts.duties_separated", {"held": code, "wanted": chosen.code}, SEPARATION, other.label)
            for code, other in conflicts.items()
        ]
        raise DomainError(
            "accounts.duties_separated",
            _(
                "The three administrators are separate people and do no business work. "
                "End the role that the account holds, or choose another account."
            ),
            reasons,
        )
    if any(grant.role == chosen and grant.organization_id == getattr(organization, "pk", None) for grant in held):
        raise _held_already()


def _save(actor, user, chosen, organization, include_subtree, valid_from, valid_to, reason):
    try:
        with transaction.atomic():
            return RoleGrant.objects.create(
                user=user,
                group=Group.objects.get(name=chosen.code),
                duty=chosen.duty,
                organization=organization,
                include_subtree=include_subtree,
                valid_from=valid_from,
                valid_to=valid_to,
                reason=reason.strip(),
                granted_by=str(actor)[:60],
            )
    except IntegrityError as error:  # another transaction was first: the constraints of the table decide
        raise _held_already() from error


def _held_already():
    return DomainError(
        "accounts.grant_exists", _("The account holds this role there, or an excluded one, on some of these days.")
    )


def _record(actor, action, grant, reason):
    record(
        actor=actor,
        action=action,
        target_kind="accounts.user",
        target_no=grant.user.username,
        target_label=grant.user.display_name,
        org_path=grant.organization.path if grant.organization else "",
        reason=reason,
        data={
            "grant": grant.pk,
            "role": grant.group.name,
            "unit": grant.organization.code if grant.organization else None,
            "include_subtree": grant.include_subtree,
            "valid_from": grant.valid_from.isoformat(),
            "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
        },
    )
