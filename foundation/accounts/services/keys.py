"""Keys of programs: made, checked, revoked. The secret is shown once and never stored."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.crypto import sm3
from foundation.common.results import DomainError

from ..models import ApiKey, User
from ..roles import all_permissions
from .authority import account_in_reach

LONGEST_LIFE = timedelta(days=366)
USE_IS_NOTED_EVERY = timedelta(minutes=10)
# Administrators' work is done by people on pages; a key that could grant roles would outlive its owner's attention.
NEVER_BY_KEY = frozenset({"accounts.manage_accounts", "accounts.manage_grants"})


@dataclass(frozen=True)
class NewKey:
    """A key just made; `text` is what the program sends and cannot be read again."""

    key: ApiKey
    text: str


def permissions_for_keys() -> list[str]:
    """Permissions that a key may carry, in order."""
    return sorted(all_permissions() - NEVER_BY_KEY)


@transaction.atomic
def create_api_key(*, actor, user: User, name: str, scopes, expires_at) -> NewKey:
    """Make a key that speaks for `user` within `scopes` until `expires_at` (a year at most).

    Raises DomainError when the account is locked, the life is too long, or a scope is unknown or beyond the user.
    """
    account_in_reach(actor, user)
    now = timezone.now()
    wanted = sorted(set(scopes))
    if not user.is_active:
        raise DomainError("accounts.account_locked", _("The account is locked; unlock it first."))
    if not now < expires_at <= now + LONGEST_LIFE:
        raise DomainError("accounts.key_life", _("A key must expire in the future and within 366 days."), status=400)
    if not wanted or not set(wanted) <= user.get_all_permissions() - NEVER_BY_KEY:
        raise DomainError(
            "accounts.key_scopes",
            _("Choose at least one permission, and only permissions that the account itself holds."),
            status=400,
        )
    secret = secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=secrets.token_hex(5),
        digest=digest_of(secret),
        scopes=wanted,
        expires_at=expires_at,
    )
    record(
        actor=actor,
        action="accounts.key.created",
        target_kind="accounts.apikey",
        target_no=key.prefix,
        target_label=name,
        org_path=user.home_path,
        data={"user": user.username, "scopes": wanted, "expires_at": expires_at.isoformat()},
    )
    return NewKey(key, f"{key.prefix}.{secret}")


@transaction.atomic
def revoke_api_key(*, actor, key: ApiKey, reason: str = "") -> ApiKey:
    """Shut a key at once. Revoking twice changes nothing. Its owner may revoke it as well as the administrator."""
    if actor != key.user:
        account_in_reach(actor, key.user)
    now = timezone.now()
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now, revoked_by=str(actor)[:60]):
        key.refresh_from_db()
        return key
    record(
        actor=actor,
        action="accounts.key.revoked",
        target_kind="accounts.apikey",
        target_no=key.prefix,
        target_label=key.name,
        org_path=key.user.home_path,
        reason=reason,
        data={"user": key.user.username},
    )
    key.refresh_from_db()
    return key


def digest_of(secret: str) -> str:
    """SM3 of the secret, hexadecimal."""
    return sm3(secret.encode()).hex()


def find_usable(text: str) -> ApiKey | None:
    """The usable key that a program presented, or None; the comparison takes the same time for every wrong secret."""
    prefix, _dot, secret = text.partition(".")
    key = ApiKey.objects.system().select_related("user").filter(prefix=prefix).first()
    digest = digest_of(secret)
    if key is None:
        hmac.compare_digest(digest, digest)
        return None
    matches = hmac.compare_digest(digest, key.digest)
    return key if matches and key.is_usable() and key.user.is_active else None


def note_use(key: ApiKey, now=None) -> None:
    """Remember that the key was used, at most once in ten minutes: one conditional UPDATE, none when it is fresh."""
    moment = now or timezone.now()
    stale = moment - USE_IS_NOTED_EVERY
    if key.last_used_at is None or key.last_used_at < stale:
        fresh_enough = Q(last_used_at=None) | Q(last_used_at__lt=stale)
        ApiKey.objects.filter(fresh_enough, pk=key.pk).update(last_used_at=moment)
