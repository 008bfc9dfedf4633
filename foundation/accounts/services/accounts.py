"""Accounts: opened, locked, unlocked, given a new temporary password. Done by the system administrator 系统管理员.

Nobody administers the own account: two people see every change (GB/T 22239-2019 8.1.4.2).
"""

from dataclasses import dataclass

from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.crypto import keyed_hash
from foundation.common.results import DomainError, Reason

from ..choices import Duty
from ..models import ApiKey, RoleGrant, User
from .authority import MANAGE_ACCOUNTS, account_in_reach, in_reach
from .passwords import store, temporary_password


@dataclass(frozen=True)
class NewPassword:
    """An account with the temporary password that is shown once."""

    user: User
    password: str


@transaction.atomic
def create_account(*, actor, username: str, display_name: str, organization=None, language="zh-hans") -> NewPassword:
    """Open an account without any right; the temporary password must be changed at the first sign-in.

    Raises DomainError when the name is taken or unfit, or the unit lies outside the actor's area.
    """
    in_reach(actor, MANAGE_ACCOUNTS, organization)
    user = User(
        username=User.normalize_username(username),
        display_name=display_name.strip(),
        organization=organization,
        language=language,
    )
    password = temporary_password()
    user.set_password(password)
    try:
        user.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        reasons = [
            Reason(f"accounts.field.{field}", text=text)
            for field, texts in error.message_dict.items()
            for text in texts
        ]
        raise DomainError(
            "accounts.account_unfit", _("The account's fields are not right; correct them."), reasons, status=400
        ) from error
    user.must_change_password = True
    user.password_set_at = timezone.now()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise DomainError(
            "accounts.username_taken", _("This user name is taken; choose another."), status=409
        ) from error
    _record(actor, "accounts.account.created", user)
    return NewPassword(user, password)


@transaction.atomic
def deactivate(*, actor, user: User, reason: str) -> User:
    """Lock an account: no sign-in, sessions end with the next request, its keys are revoked.

    Raises DomainError for the own account and for the last holder of an administrator's duty.
    """
    user = _locked(actor, user)
    _is_not_the_last_administrator(user)
    if not user.is_active:
        raise DomainError("accounts.already_locked", _("The account is locked already."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    keys = ApiKey.objects.filter(user=user, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=str(actor)[:60]
    )
    _record(actor, "accounts.account.locked", user, reason=reason, data={"keys_revoked": keys})
    return user


@transaction.atomic
def unlock(*, actor, user: User, reason: str) -> User:
    """Let an account sign in again: after it was locked by an administrator or by failed attempts."""
    user = _locked(actor, user)
    attempts = forget_failures(username=user.username)
    was_active = user.is_active
    user.is_active = True
    user.save(update_fields=["is_active"])
    data = {"was_active": was_active, "attempts_forgotten": attempts}
    _record(actor, "accounts.account.unlocked", user, reason=reason, data=data)
    return user


@transaction.atomic
def reset_password(*, actor, user: User, reason: str) -> NewPassword:
    """Give a temporary password (shown once); it must be changed at the next sign-in, all sessions end."""
    user = _locked(actor, user)
    password = temporary_password()
    store(user, password, must_change=True)
    _record(actor, "accounts.password.reset", user, reason=reason)
    return NewPassword(user, password)


@transaction.atomic
def name_holder(*, actor, user: User, id_number: str, reason: str) -> User:
    """Say who holds the account, by identity number: only its keyed hash is kept, to shut out the own file and kin's.

    An empty number takes the statement back. Raises DomainError for the own account.
    """
    user = _locked(actor, user)
    user.person_key = keyed_hash(id_number) if id_number else ""
    user.save(update_fields=["person_key"])
    _record(actor, "accounts.account.holder-named", user, reason=reason, data={"is_known": bool(id_number)})
    return user


def _locked(actor, user):
    """The account, locked for this transaction and checked against the actor's area and against self-service."""
    user = User.objects.select_for_update(of=["self"]).select_related("organization").get(pk=user.pk)
    account_in_reach(actor, user)
    if actor == user:
        raise DomainError(
            "accounts.own_account", _("Nobody administers the own account; ask another system administrator.")
        )
    return user


def _is_not_the_last_administrator(user):
    today = timezone.localdate()
    administering = RoleGrant.objects.system().in_force(today).exclude(duty=Duty.BUSINESS)
    duties = set(administering.filter(user=user).values_list("duty", flat=True))
    others = administering.filter(user__is_active=True, duty__in=duties).exclude(user=user)
    left_without = duties - set(others.values_list("duty", flat=True))
    if left_without:
        raise DomainError(
            "accounts.last_administrator",
            _("This is the last active administrator of a separated duty; appoint a successor first."),
        )


def _record(actor, action, user, **more):
    record(
        actor=actor,
        action=action,
        target_kind="accounts.user",
        target_no=user.username,
        target_label=user.display_name,
        org_path=user.home_path,
        **more,
    )
